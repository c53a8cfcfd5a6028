#include "iw-new-incident.h"

/* 2026-11-03T03:04:11.5Z */
#define A_TIME G_GINT64_CONSTANT (1793675051500000)
#define INCIDENT "019a0000-0000-7000-8000-000000000001"

static GPtrArray *
make (IwSeverity severity)
{
  g_autofree IwContext *context = iw_context_new_fake (A_TIME, 0, 1);
  IwNewIncident fields = {
    .title = "Leaked storage",
    .summary = "A bucket was public.",
    .zone = "Asia/Tokyo",
    .severity = severity,
    .author = "A. Sato",
    .team = "CDOC",
  };

  return iw_new_incident_documents (&fields, INCIDENT, context);
}

static IwEntry *
read_entry (GPtrArray *documents, guint i)
{
  IwNewDocument *document = documents->pdata[i];
  g_autoptr (GError) error = NULL;
  IwEntry *entry = iw_entry_new_from_json (document->docid, document->body, &error);

  g_assert_no_error (error);
  return entry;
}

static void
test_without_severity (void)
{
  g_autoptr (GPtrArray) documents = make (IW_SEVERITY_UNSET);
  IwNewDocument *incident = documents->pdata[0];
  g_autoptr (IwEntry) stage = NULL;

  g_assert_cmpuint (documents->len, ==, 2);
  g_assert_cmpstr (incident->docid, ==, INCIDENT ":incident");
  g_assert_cmpstr (json_object_get_string_member (incident->body, "title"), ==, "Leaked storage");
  g_assert_cmpstr (json_object_get_string_member (incident->body, "summary"), ==,
                   "A bucket was public.");
  g_assert_cmpstr (json_object_get_string_member (incident->body, "zone"), ==, "Asia/Tokyo");

  stage = read_entry (documents, 1);
  g_assert_cmpint (iw_entry_get_kind (stage), ==, IW_ENTRY_STAGE);
  g_assert_cmpstr (iw_entry_get_field (stage, "to"), ==, "detect");
  g_assert_cmpstr (iw_entry_get_actor (stage), ==, "A. Sato");
  g_assert_cmpstr (iw_entry_get_team (stage), ==, "CDOC");
  /* Whole seconds for what a person decides, all there is for when it was written. */
  g_assert_cmpint (iw_entry_get_occurred (stage).us, ==, A_TIME - 500000);
  g_assert_cmpint (iw_entry_get_recorded (stage).us, ==, A_TIME);
}

static void
test_fold (void)
{
  g_autoptr (GPtrArray) documents = make (IW_SEVERITY_HIGH);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (IwDecisions) decisions = NULL;
  g_autoptr (IwIncidentState) state = NULL;

  g_assert_cmpuint (documents->len, ==, 3);
  for (guint i = 1; i < documents->len; i++)
    g_ptr_array_add (entries, read_entry (documents, i));
  g_assert_cmpstr (((IwNewDocument *)documents->pdata[1])->docid, !=,
                   ((IwNewDocument *)documents->pdata[2])->docid);
  decisions = iw_decisions_new (entries);
  state = iw_incident_fold (decisions);
  g_assert_cmpint (state->stage, ==, IW_STAGE_DETECT);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->opened_at, ==, A_TIME - 500000);
  g_assert_cmpint (state->closed_at, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/new-incident/without-severity", test_without_severity);
  g_test_add_func ("/new-incident/fold", test_fold);
  return g_test_run ();
}
