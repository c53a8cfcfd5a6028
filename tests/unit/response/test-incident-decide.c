/* Decision entries, the incident document, and the words. */
#include "iw-incident.h"

#define INCIDENT "0199a1b2-c3d4-7800-8000-000000000000"

static void
assert_decision (IwEntry *entry,
                 IwEntryKind kind,
                 const char *from,
                 const char *to,
                 const char *why,
                 const char *text)
{
  g_autoptr (JsonObject) json = iw_entry_to_json (entry);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEntry) again = iw_entry_new_from_json (NULL, json, &error);

  g_assert_no_error (error);
  g_assert_cmpint (iw_entry_get_kind (again), ==, kind);
  g_assert_cmpstr (iw_entry_get_incident (again), ==, INCIDENT);
  g_assert_cmpstr (iw_entry_get_field (again, "from"), ==, from);
  g_assert_cmpstr (iw_entry_get_field (again, "to"), ==, to);
  g_assert_cmpstr (iw_entry_get_field (again, "why"), ==, why);
  g_assert_cmpstr (iw_entry_get_text (again), ==, text);
  g_object_unref (entry);
}

static void
test_stage (void)
{
  assert_decision (iw_incident_decide_stage (INCIDENT, IW_STAGE_DETECT, IW_STAGE_DETECT, NULL),
                   IW_ENTRY_STAGE, NULL, "detect", NULL, "Stage set to Detect");
  assert_decision (
      iw_incident_decide_stage (INCIDENT, IW_STAGE_DIAGNOSE, IW_STAGE_STABILISE, " host found\n"),
      IW_ENTRY_STAGE, "diagnose", "stabilise", "host found",
      "Stage changed from Diagnose to Stabilise and Recover: host found");
}

static void
test_severity (void)
{
  assert_decision (iw_incident_decide_severity (INCIDENT, IW_SEVERITY_UNSET, IW_SEVERITY_LOW, "  "),
                   IW_ENTRY_SEVERITY, NULL, "low", NULL, "Severity set to Low");
  assert_decision (iw_incident_decide_severity (INCIDENT, IW_SEVERITY_LOW, IW_SEVERITY_CRITICAL,
                                                "data was read"),
                   IW_ENTRY_SEVERITY, "low", "critical", "data was read",
                   "Severity changed from Low to Critical: data was read");
}

static void
test_classification (void)
{
  assert_decision (iw_incident_decide_classification (INCIDENT, IW_CLASSIFICATION_UNSET,
                                                      IW_CLASSIFICATION_SECURITY_INCIDENT, NULL),
                   IW_ENTRY_CLASSIFICATION, NULL, "security-incident", NULL,
                   "Classified as Security Incident");
  assert_decision (iw_incident_decide_classification (INCIDENT, IW_CLASSIFICATION_SECURITY_INCIDENT,
                                                      IW_CLASSIFICATION_FALSE_POSITIVE,
                                                      "a %s test"),
                   IW_ENTRY_CLASSIFICATION, "security-incident", "false-positive", "a %s test",
                   "Classification changed from Security Incident to False Positive: a %s test");
}

/* What the forms write is what the fold reads. */
static void
test_folds (void)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (IwIncidentState) state = NULL;

  g_ptr_array_add (entries,
                   iw_incident_decide_stage (INCIDENT, IW_STAGE_DETECT, IW_STAGE_ASSESS, NULL));
  g_ptr_array_add (
      entries, iw_incident_decide_severity (INCIDENT, IW_SEVERITY_UNSET, IW_SEVERITY_HIGH, NULL));
  g_ptr_array_add (entries, iw_incident_decide_classification (INCIDENT, IW_CLASSIFICATION_UNSET,
                                                               IW_CLASSIFICATION_PRIVACY, NULL));
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_ASSESS);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_PRIVACY);
}

static void
test_document (void)
{
  g_autoptr (JsonObject) full =
      iw_incident_new_document (INCIDENT, "Phished administrator", "A summary", "Europe/Berlin");
  g_autoptr (JsonObject) bare = iw_incident_new_document (INCIDENT, "Title", NULL, "");

  g_assert_cmpstr (json_object_get_string_member (full, "type"), ==, "incident");
  g_assert_cmpint (json_object_get_int_member (full, "v"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (full, "incident"), ==, INCIDENT);
  g_assert_cmpstr (json_object_get_string_member (full, "title"), ==, "Phished administrator");
  g_assert_cmpstr (json_object_get_string_member (full, "summary"), ==, "A summary");
  g_assert_cmpstr (json_object_get_string_member (full, "zone"), ==, "Europe/Berlin");
  g_assert_false (json_object_has_member (bare, "summary"));
  g_assert_false (json_object_has_member (bare, "zone"));
}

static void
test_words (void)
{
  IwStage stage = IW_STAGE_ASSESS;
  IwSeverity severity = IW_SEVERITY_LOW;
  IwClassification classification = IW_CLASSIFICATION_CRSI;

  g_assert_false (iw_stage_from_string ("x", &stage));
  g_assert_false (iw_stage_from_string (NULL, &stage));
  g_assert_false (iw_severity_from_string ("High", &severity));
  g_assert_false (iw_classification_from_string ("x", &classification));
  g_assert_cmpint (stage, ==, IW_STAGE_ASSESS);
  g_assert_cmpint (severity, ==, IW_SEVERITY_LOW);
  g_assert_cmpint (classification, ==, IW_CLASSIFICATION_CRSI);

  for (int i = 0; i < IW_N_STAGES; i++)
    {
      g_assert_true (iw_stage_from_string (iw_stage_to_string (i), &stage));
      g_assert_cmpint (stage, ==, i);
      g_assert_cmpstr (iw_stage_label (i), !=, "");
    }
  for (int i = 0; i < IW_N_SEVERITIES; i++)
    {
      g_assert_true (iw_severity_from_string (iw_severity_to_string (i), &severity));
      g_assert_cmpint (severity, ==, i);
      g_assert_cmpstr (iw_severity_label (i), !=, "");
    }
  for (int i = 0; i < IW_N_CLASSIFICATIONS; i++)
    {
      g_assert_true (
          iw_classification_from_string (iw_classification_to_string (i), &classification));
      g_assert_cmpint (classification, ==, i);
      g_assert_cmpstr (iw_classification_label (i), !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/incident-decide/stage", test_stage);
  g_test_add_func ("/incident-decide/severity", test_severity);
  g_test_add_func ("/incident-decide/classification", test_classification);
  g_test_add_func ("/incident-decide/folds", test_folds);
  g_test_add_func ("/incident-decide/document", test_document);
  g_test_add_func ("/incident-decide/words", test_words);
  return g_test_run ();
}
