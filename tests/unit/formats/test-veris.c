/* VERIS records become incidents, and nothing of them is lost in silence. */
#include "formats-fixture.h"

#include "iw-test-queries.h"
#include "iw-veris.h"

#define START G_GINT64_CONSTANT (1795600000000000)

typedef struct
{
  char *dir;
  IwContext *context;
  IwStore *store;
  GPtrArray *issues;
  IwVerisCounts counts;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = iw_test_make_dir ();
  self->context = iw_context_new_fake (START, 1000, 7);
  self->store = iw_store_open (self->dir, IW_STORE_OPEN_DEFAULT, self->context, &error);
  g_assert_no_error (error);
  self->issues = iw_import_issues_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_ptr_array_unref (self->issues);
  g_clear_object (&self->store);
  iw_test_remove_dir (self->dir);
  g_free (self->dir);
  g_free (self->context);
}

#define add_test(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static void
import (Fixture *self, const char *verification, gboolean dry_run)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "veris.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (self->issues, 0);
  iw_veris_import (self->store, file, "A. Sato", verification, dry_run, &self->counts, self->issues,
                   NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
incident_of (Fixture *self, const char *id)
{
  g_autofree char *external = g_strdup_printf ("veris:%s", id);
  g_auto (GStrv) found = iw_query_external (self->store, external, NULL);

  g_assert_nonnull (found[0]);
  return iw_id_incident_of (found[0]);
}

static const IwImportIssue *
find_issue (Fixture *self, gint64 row, const char *field)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      const IwImportIssue *issue = self->issues->pdata[i];

      if (issue->row == row && strcmp (issue->field, field) == 0)
        return issue;
    }
  return NULL;
}

static void
test_counts (Fixture *self, gconstpointer data)
{
  import (self, NULL, FALSE);
  g_assert_cmpint (self->counts.rows, ==, 9);
  g_assert_cmpint (self->counts.good, ==, 4); /* the other */
  g_assert_cmpint (self->counts.duplicates, ==, 1);
  g_assert_cmpint (self->counts.rejected, ==, 4);
  g_assert_cmpuint (iw_test_count_incidents (self->store, NULL), ==, 4);
  g_assert_true (find_issue (self, 5, "incident_id")->rejected);
  g_assert_nonnull (find_issue (self, 3, "incident_id"));
  g_assert_false (find_issue (self, 3, "incident_id")->rejected);

  /* The same file again brings nothing. */
  import (self, NULL, FALSE);
  g_assert_cmpint (self->counts.good, ==, 0);
  g_assert_cmpint (self->counts.duplicates, ==, 5);
  g_assert_cmpuint (iw_test_count_incidents (self->store, NULL), ==, 4);
}

static void
test_whole_record (Fixture *self, gconstpointer data)
{
  g_autofree char *incident = NULL;
  g_autofree char *docid = NULL;
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (GPtrArray) assets = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) body = NULL;

  import (self, NULL, FALSE);
  {
    g_auto (GStrv) found = iw_query_external (self->store, "veris:A-1", NULL);

    incident = iw_id_incident_of (found[0]);
  }
  row = iw_query_incident (self->store, incident, NULL);
  g_assert_cmpstr (row->title, ==, "A phished clerk gave away a password");
  g_assert_cmpint (row->classification, ==, IW_CLASSIFICATION_PRIVACY);
  g_assert_cmpstr (row->source, ==, "customer-report");
  g_assert_cmpint (row->stage, ==, IW_STAGE_DETECT);
  g_assert_cmpint (row->severity, >=, IW_SEVERITY_MEDIUM);
  g_assert_cmpuint (row->n_customers, ==, 1);
  assets = iw_query_documents (self->store, incident, "asset", NULL);
  g_assert_cmpuint (assets->len, ==, 2);
  situation = iw_query_situation (self->store, incident, 0, NULL);
  g_assert_cmpuint (iw_situation_get_scope (situation)->len, ==, 3);
  /* What has no place of its own is kept with the record. */
  docid = iw_id_incident_document (incident);
  body = iw_store_get (self->store, docid, NULL, NULL);
  g_assert_true (json_object_get_boolean_member (
      json_object_get_object_member (json_object_get_object_member (body, "veris"), "own_field"),
      "kept"));
}

static IwEntry *
find_entry (GPtrArray *entries, const char *begin)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_str_has_prefix (iw_entry_get_text (entries->pdata[i]), begin))
      return entries->pdata[i];
  return NULL;
}

static void
test_timeline (Fixture *self, gconstpointer data)
{
  g_autofree char *incident = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  IwEntry *entry;
  IwTime time;

  import (self, NULL, FALSE);
  {
    g_auto (GStrv) found = iw_query_external (self->store, "veris:A-1", NULL);

    incident = iw_id_incident_of (found[0]);
  }
  entries = iw_query_entries (self->store, incident, NULL);
  /* 4 May 2024 14:30 and five minutes. */
  entry = find_entry (entries, "First compromise");
  time = iw_entry_get_occurred (entry);
  g_assert_cmpint (time.us, ==, G_GINT64_CONSTANT (1714833300000000));
  g_assert_cmpint (time.precision, ==, IW_PRECISION_MINUTE);
  /* Two months later is July, and no more exact than that. */
  time = iw_entry_get_occurred (find_entry (entries, "Discovered"));
  g_assert_cmpint (time.precision, ==, IW_PRECISION_MONTH);
  g_assert_cmpint (time.us, ==, G_GINT64_CONSTANT (1719792000000000));
  g_assert_nonnull (strstr (iw_entry_get_text (find_entry (entries, "Contained")), "some days"));
  g_assert_nonnull (find_entry (entries, "Those affected"));
}

static void
test_impossible_date (Fixture *self, gconstpointer data)
{
  g_autofree char *incident = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const IwImportIssue *issue;

  import (self, NULL, FALSE);
  incident = incident_of (self, "A-2");
  issue = find_issue (self, 2, "timeline.incident");
  g_assert_nonnull (issue);
  g_assert_false (issue->rejected);
  g_assert_nonnull (strstr (issue->value, "29"));
  entries = iw_query_entries (self->store, incident, NULL);
  g_assert_cmpint (iw_entry_get_occurred (find_entry (entries, "- error")).precision, ==,
                   IW_PRECISION_MONTH);
  g_assert_nonnull (find_issue (self, 7, "timeline.incident"));
  g_assert_nonnull (find_issue (self, 7, "security_incident"));
}

/* VERIS verifies nothing; who imports may. */
static void
test_verification (Fixture *self, gconstpointer data)
{
  g_autofree char *incident = NULL;
  g_autoptr (IwIncidentRow) row = NULL;

  import (self, "Past incidents of the public record.", FALSE);
  incident = incident_of (self, "A-2");
  row = iw_query_incident (self->store, incident, NULL);
  g_assert_cmpint (row->stage, ==, IW_STAGE_CLOSED);
}

static void
test_dry_run_and_undo (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  import (self, NULL, TRUE);
  g_assert_cmpint (self->counts.good, ==, 4);
  g_assert_cmpuint (iw_test_count_incidents (self->store, NULL), ==, 0);
  import (self, NULL, FALSE);
  iw_store_undo (self->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (iw_test_count_incidents (self->store, NULL), ==, 0);
}

/* Records that nobody checked: each is refused alone, the good one beside them comes in. */
static void
test_hostile (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"incident_id\":7,\"action\":{}}\n"
                                           "{\"incident_id\":null,\"action\":{}}\n"
                                           "{\"incident_id\":\"G\",\"action\":{}}\n");
  g_autofree char *name = g_strnfill (5000, 'a');
  g_autofree char *open = g_strnfill (100, '[');
  g_autofree char *close = g_strnfill (100, ']');
  g_autofree char *path = g_build_filename (self->dir, "hostile.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (text,
                          "{\"incident_id\":\"L\",\"action\":{},\"victim\":{\"secondary\":"
                          "{\"victim_id\":[\"%s\"]}}}\n",
                          name);
  g_string_append_printf (text, "{\"incident_id\":\"D\",\"action\":{},\"plus\":%s1%s}\n", open,
                          close);
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  iw_veris_import (self->store, file, "A. Sato", NULL, FALSE, &self->counts, self->issues, NULL,
                   NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (self->counts.good, ==, 1);
  g_assert_cmpint (self->counts.rejected, ==, 4);
  g_assert_cmpuint (iw_test_count_incidents (self->store, NULL), ==, 1);
  for (gint64 row = 4; row <= 5; row++)
    g_assert_true (find_issue (self, row, "")->rejected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/veris/counts", test_counts);
  add_test ("/veris/whole-record", test_whole_record);
  add_test ("/veris/timeline", test_timeline);
  add_test ("/veris/impossible-date", test_impossible_date);
  add_test ("/veris/verification", test_verification);
  add_test ("/veris/dry-run-and-undo", test_dry_run_and_undo);
  add_test ("/veris/hostile", test_hostile);
  return g_test_run ();
}
