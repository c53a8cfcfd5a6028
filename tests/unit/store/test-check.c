/* The check finds what is wrong, and nothing where all is well. */
#include "store-fixture.h"

#include "iw-blobs.h"

#define X INCIDENT_A ":x-1"

static char *entry_id;

static void
set_up_content (Fixture *f, gconstpointer data)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data ("hello", 5, NULL);
  g_autofree char *staged = NULL;
  g_autoptr (IwEvidence) evidence = NULL;
  g_autoptr (JsonObject) body = NULL;
  IwChange change = { INCIDENT_A ":evidence-1" };
  char sha256[65];

  set_up (f, data);
  put_incident (f->store, INCIDENT_A, "Leaked storage");
  entry_id = put_text (f->store, INCIDENT_A, 1, "public bucket");
  put (f->store, X, "{\"type\":\"x\",\"text\":\"1\"}");
  put (f->store, X, "{\"type\":\"x\",\"text\":\"2\"}");
  put (f->store, INCIDENT_A ":x-2", "{\"type\":\"x\"}");
  put (f->store, INCIDENT_A ":x-2", NULL);
  staged = iw_blobs_stage (f->dir, input, 5, NULL, NULL, NULL, sha256, NULL, NULL);
  g_assert_true (iw_blobs_commit (f->dir, staged, sha256, NULL));
  evidence = iw_evidence_new (INCIDENT_A, "proxy.csv", sha256, 5);
  body = iw_evidence_to_json (evidence);
  change.body = body;
  g_assert_true (iw_store_apply (f->store, "Import", &change, 1, 1, NULL));
}

static void
tear_down_content (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&entry_id, g_free);
  tear_down (f, data);
}

/* All problems in one text. */
static char *
check (Fixture *f, gboolean full)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  iw_store_check (f->store, full, problems, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (problems, NULL);
  return g_strjoinv ("\n", (char **)problems->pdata);
}

static void
test_all_is_well (Fixture *f, gconstpointer data)
{
  g_autofree char *quick = check (f, FALSE);
  g_autofree char *full = check (f, TRUE);
  g_autoptr (IwStore) reader = open_at (f->dir, IW_STORE_OPEN_READ_ONLY, NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_cmpstr (quick, ==, "");
  g_assert_cmpstr (full, ==, "");
  g_assert_true (iw_store_check (reader, TRUE, problems, NULL, NULL));
  g_assert_cmpint (problems->len, ==, 0);
}

/* Each of these is one thing gone wrong, and one sentence that says so. */
static void
test_finds (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *damage;
    const char *sentence;
  } cases[] = {
    { "UPDATE entry SET sort_time = 5", "The lists do not show the document" },
    { "UPDATE entry SET incident = 'x'", "The lists do not show the document" },
    { "DELETE FROM entry", "The lists do not show the document" },
    { "INSERT INTO entry SELECT id, 'x', 0, 0, 0, '', '', '' FROM doc WHERE docid LIKE '%:x-1'",
      "The lists do not show the document “" X "”" },
    { "UPDATE entry SET key = 1", "The lists do not show the document" },
    { "DELETE FROM document", "The lists do not show the document" },
    { "UPDATE document SET type = 'y'", "The lists do not show the document" },
    { "INSERT INTO external SELECT id, 'x', 0 FROM doc", "The lists do not show the document" },
    { "INSERT INTO indicator SELECT id, 'x', 0 FROM doc", "The lists do not show the document" },
    { "UPDATE doc SET shown = (SELECT min (id) FROM rev)", "The lists do not show the document" },
    { "UPDATE incident SET due_at = 7", "The lists do not show the document" },
    { "UPDATE incident SET n_customers = 7", "The lists do not show the document" },
    { "UPDATE incident SET title = 'other'",
      "The lists do not show the document “" INCIDENT_A ":incident”" },
    { "UPDATE incident SET n_entries = 7", "The lists do not show the document" },
    { "DELETE FROM incident", "The lists do not show the document" },
    { "UPDATE evidence SET name = 'other'", "The lists do not show the document" },
    { "DELETE FROM entry_fts", "The lists do not show the document" },
    { "INSERT INTO entry_fts (rowid, text) SELECT id, 'x' FROM doc WHERE docid LIKE '%:x-1'",
      "The lists do not show the document" },
    { "UPDATE rev SET body = '{' WHERE NOT leaf", "cannot be read" },
    { "UPDATE rev SET body = NULL WHERE leaf AND NOT deleted", "cannot be read" },
    { "UPDATE rev SET leaf = 1", "does not fit into its history" },
    { "UPDATE rev SET gen = 5 WHERE parent IS NOT NULL", "does not fit into its history" },
    { "UPDATE doc SET winner = (SELECT id FROM rev WHERE doc = doc.id AND gen = 1)",
      "does not show its winning revision" },
    { "UPDATE meta SET value = 1 WHERE name = 'seq'", "The count of changes is behind" },
    { "PRAGMA foreign_keys = OFF; DELETE FROM doc WHERE docid LIKE '%:x-1'",
      "refers to a row of “doc” that is not there" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *problems = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (iw_db_begin (f->store->db, NULL));
      if (g_str_has_prefix (cases[i].damage, "PRAGMA"))
        {
          /* Not within a transaction; the last case, so nothing has to be put back. */
          iw_db_rollback (f->store->db);
          g_assert_cmpint (i, ==, G_N_ELEMENTS (cases) - 1);
        }
      iw_db_exec (f->store->db, cases[i].damage, &error);
      g_assert_no_error (error);
      problems = check (f, FALSE);
      if (strstr (problems, cases[i].sentence) == NULL)
        g_error ("after %s: “%s”", cases[i].damage, problems);
      iw_db_rollback (f->store->db);
    }
}

static void
test_blobs (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) evidence = iw_query_evidence (f->store, INCIDENT_A, NULL);
  g_autofree char *path = iw_blobs_path (f->dir, iw_evidence_get_sha256 (evidence->pdata[0]));
  g_autofree char *quick = NULL;
  g_autofree char *full = NULL;
  g_autofree char *missing = NULL;

  g_assert_true (g_file_set_contents (path, "HELLO", 5, NULL));
  quick = check (f, FALSE);
  g_assert_cmpstr (quick, ==, "");
  full = check (f, TRUE);
  g_assert_nonnull (strstr (full, "is damaged"));
  g_assert_true (g_str_has_prefix (full, "proxy.csv: "));
  g_assert_cmpint (g_unlink (path), ==, 0);
  missing = check (f, FALSE);
  g_assert_cmpstr (
      missing, ==,
      "The evidence file “proxy.csv” is not in this workspace. Import it again to put it back.");
}

static void
test_many_are_counted (Fixture *f, gconstpointer data)
{
  g_autofree char *problems = NULL;

  for (guint i = 0; i < 30; i++)
    g_free (put_text (f->store, INCIDENT_A, i, "x"));
  g_assert_true (iw_db_exec (f->store->db, "UPDATE entry SET actor = 'nobody'", NULL));
  problems = check (f, FALSE);
  g_assert_nonnull (strstr (problems, "The same holds for 11 more documents."));
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (iw_store_check (f->store, TRUE, problems, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (iw_store_check (f->store, TRUE, problems, NULL, &error));
}

#define add_check(path, func)                                                                      \
  g_test_add (path, Fixture, NULL, set_up_content, func, tear_down_content)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_check ("/check/all-is-well", test_all_is_well);
  add_check ("/check/finds", test_finds);
  add_check ("/check/blobs", test_blobs);
  add_check ("/check/many", test_many_are_counted);
  add_check ("/check/cancel", test_cancel);
  return g_test_run ();
}
