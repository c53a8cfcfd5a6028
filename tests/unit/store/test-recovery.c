/* What can be saved of a damaged database. */
#include "store-fixture.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "iw-recovery.h"

#define PAGE 4096
#define N_ENTRIES 600

static char *ids[N_ENTRIES];

static void
set_up_entries (Fixture *f, gconstpointer data)
{
  IwChange changes[N_ENTRIES];
  g_autoptr (GError) error = NULL;

  set_up (f, data);
  put_incident (f->store, INCIDENT_A, "Phished administrator");
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *text = g_strdup_printf ("entry %u", i);
      g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT_A, IW_ENTRY_OBSERVATION, text);

      ids[i] = iw_id_new_document (f->context, INCIDENT_A, "entry");
      changes[i] = (IwChange){ ids[i], iw_entry_to_json (entry) };
    }
  iw_store_apply (f->store, "Import", changes, N_ENTRIES, N_ENTRIES, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_ENTRIES; i++)
    json_object_unref (changes[i].body);
  put (f->store, ids[5], NULL);
  put (f->store, INCIDENT_A ":x-1", "{\"type\":\"x\",\"text\":\"1\"}");
  put (f->store, INCIDENT_A ":x-1", "{\"type\":\"x\",\"text\":\"2\"}");
  g_assert_true (iw_store_put_draft (f->store, "quick:a", "typed", NULL));
}

static void
tear_down_entries (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    g_clear_pointer (&ids[i], g_free);
  tear_down (f, data);
}

static char *
database (Fixture *f)
{
  return g_build_filename (f->dir, IW_STORE_DATABASE, NULL);
}

/* Overwrites a page with @byte; pages count from 0. */
static void
damage_page (Fixture *f, guint page, int byte)
{
  g_autofree char *path = database (f);
  guint8 garbage[PAGE];
  int fd = open (path, O_WRONLY);

  memset (garbage, byte, PAGE);
  g_assert_cmpint (pwrite (fd, garbage, PAGE, (off_t)page * PAGE), ==, PAGE);
  close (fd);
}

/* Pages of one table or index, 0-based; the root first. */
static GArray *
pages_of (Fixture *f, const char *name)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (f->store->db, "SELECT pageno FROM dbstat WHERE name = ?1 ORDER BY path", NULL);

  g_assert_nonnull (stmt);
  iw_db_bind_text (stmt, 1, name);
  while (iw_db_step (stmt, NULL) == IW_DB_ROW)
    {
      guint page = iw_db_int (stmt, 0) - 1;

      g_array_append_val (pages, page);
    }
  return pages;
}

static void
recover (Fixture *f, IwRecoveryReport *report)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *staging = g_build_filename (f->dir, "staging", NULL);

  iw_recovery_run (f->dir, f->context, report, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (report->kept_as, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (staging), ==, 0); /* nothing is left in it */
  f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
  g_assert_true (iw_store_check (f->store, TRUE, problems, NULL, &error));
  g_assert_cmpint (problems->len, ==, 0);
}

static guint
count_saved (Fixture *f)
{
  guint n = 0;

  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autoptr (IwEntry) entry = iw_query_entry (f->store, ids[i], NULL);
      g_autofree char *text = g_strdup_printf ("entry %u", i);

      if (entry == NULL)
        continue;
      g_assert_cmpstr (iw_entry_get_text (entry), ==, text);
      n++;
    }
  return n;
}

static void
assert_all_there (Fixture *f)
{
  g_autofree char *draft = iw_store_get_draft (f->store, "quick:a", NULL);
  g_autofree char *rev = winner_of (f->store, INCIDENT_A ":x-1");
  g_auto (GStrv) history = iw_store_get_history (f->store, INCIDENT_A ":x-1", rev, NULL);
  g_autoptr (GPtrArray) hits = iw_query_search (f->store, "entry ", NULL, 0, NULL, 1000, NULL);

  g_assert_cmpint (count_saved (f), ==, N_ENTRIES - 1);
  g_assert_cmpstr (draft, ==, "typed");
  g_assert_cmpint (g_strv_length (history), ==, 2);
  assert_field (f->store, INCIDENT_A ":x-1", "text", "2");
  assert_field (f->store, INCIDENT_A ":incident", "title", "Phished administrator");
  g_assert_null (iw_store_get (f->store, ids[5], NULL, NULL));
  g_assert_cmpint (hits->len, ==, N_ENTRIES - 1);
}

static void
test_undamaged (Fixture *f, gconstpointer data)
{
  IwRecoveryReport report;

  g_clear_object (&f->store);
  recover (f, &report);
  g_assert_cmpint (report.lost, ==, 0);
  g_assert_cmpint (report.documents, ==, N_ENTRIES + 2);
  assert_all_there (f);
  iw_recovery_report_clear (&report);
}

/* What is still in the write-ahead log counts. */
static void
test_log (Fixture *f, gconstpointer data)
{
  g_autofree char *path = database (f);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *copy = g_build_filename (f->dir, "copy", NULL);
  g_autofree char *copied = g_build_filename (copy, IW_STORE_DATABASE, NULL);
  g_autofree char *copied_wal = g_strconcat (copied, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  IwRecoveryReport report;
  struct stat info;
  char *content;
  gsize length;

  /* As a killed program leaves it: a log that was never written back. */
  g_assert_cmpint (stat (wal, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 0);
  g_mkdir (copy, 0700);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_file_set_contents (copied, content, length, NULL));
  g_free (content);
  g_assert_true (g_file_get_contents (wal, &content, &length, NULL));
  g_assert_true (g_file_set_contents (copied_wal, content, length, NULL));
  g_free (content);
  g_assert_true (iw_recovery_run (copy, f->context, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpint (report.documents, ==, N_ENTRIES + 2);
  g_assert_false (g_file_test (copied_wal, G_FILE_TEST_EXISTS));
  {
    g_autofree char *kept_wal = g_strconcat (report.kept_as, "-wal", NULL);

    g_assert_true (g_file_test (kept_wal, G_FILE_TEST_EXISTS));
  }
  iw_recovery_report_clear (&report);
}

static void
test_leaf_of_rev (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) pages = pages_of (f, "rev");
  IwRecoveryReport report;
  guint saved;

  g_clear_object (&f->store);
  damage_page (f, g_array_index (pages, guint, pages->len / 2), 0);
  damage_page (f, g_array_index (pages, guint, pages->len / 3), 0xff);
  recover (f, &report);
  saved = count_saved (f);
  g_test_message ("saved %u of %u, %u lost", saved, N_ENTRIES - 1, report.lost);
  g_assert_cmpint (saved, >, N_ENTRIES - 60);
  g_assert_cmpint (saved, <, N_ENTRIES - 1);
  g_assert_cmpint (report.lost, >, 0);
  g_assert_cmpint (saved + report.lost, >=, N_ENTRIES - 1);
  iw_recovery_report_clear (&report);
}

/* The last leaf: how many rows it had is known from the index alone. */
static void
test_last_leaf_of_rev (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) pages = pages_of (f, "rev");
  IwRecoveryReport report;

  g_clear_object (&f->store);
  damage_page (f, g_array_index (pages, guint, pages->len - 1), 0);
  recover (f, &report);
  g_assert_cmpint (report.lost, >, 0);
  g_assert_cmpint (report.lost, <, 60);
  iw_recovery_report_clear (&report);
}

/* Ids that the table has lost stand in its index, and the other way round. */
static void
test_doc (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) pages = pages_of (f, "doc");
  IwRecoveryReport report;

  g_clear_object (&f->store);
  damage_page (f, g_array_index (pages, guint, 1), 0);
  recover (f, &report);
  g_assert_cmpint (report.lost, ==, 0);
  assert_all_there (f);
  iw_recovery_report_clear (&report);
}

static void
test_indexes (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "doc_docid", "rev_id", "entry", "entry_fts_data" };
  IwRecoveryReport report;
  GArray *pages[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    pages[i] = pages_of (f, names[i]);
  g_clear_object (&f->store);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      for (guint k = 0; k < pages[i]->len; k++)
        damage_page (f, g_array_index (pages[i], guint, k), 0xa5);
      g_array_unref (pages[i]);
    }
  recover (f, &report);
  g_assert_cmpint (report.lost, ==, 0);
  assert_all_there (f);
  iw_recovery_report_clear (&report);
}

/* Both the table of ids and its index: the entries live on under new ids. */
static void
test_ids_are_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) doc = pages_of (f, "doc");
  g_autoptr (GArray) index = pages_of (f, "doc_docid");
  g_autoptr (GPtrArray) entries = NULL;
  IwRecoveryReport report;

  g_clear_object (&f->store);
  damage_page (f, g_array_index (doc, guint, 0), 0);
  damage_page (f, g_array_index (index, guint, 0), 0);
  recover (f, &report);
  entries = iw_query_entries (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (entries->len, >=, N_ENTRIES - 1);
  assert_field (f->store, INCIDENT_A ":incident", "title", "Phished administrator");
  iw_recovery_report_clear (&report);
}

static void
test_first_page (Fixture *f, gconstpointer data)
{
  IwRecoveryReport report;
  g_autoptr (GError) error = NULL;

  g_clear_object (&f->store);
  damage_page (f, 0, '?');
  g_assert_null (iw_store_open (f->dir, IW_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT);
  recover (f, &report);
  g_assert_cmpint (report.lost, ==, 0);
  assert_all_there (f);
  iw_recovery_report_clear (&report);
}

static void
test_cut_short (Fixture *f, gconstpointer data)
{
  g_autofree char *path = database (f);
  IwRecoveryReport report;
  struct stat info;

  g_clear_object (&f->store);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (truncate (path, info.st_size / PAGE / 2 * PAGE + 100), ==, 0);
  recover (f, &report);
  g_test_message ("saved %u of %u", count_saved (f), N_ENTRIES - 1);
  g_assert_cmpint (count_saved (f), >, 0);
  iw_recovery_report_clear (&report);
}

/* Nothing that could be read: an empty workspace, and the file is kept. */
static void
test_garbage (Fixture *f, gconstpointer data)
{
  g_autofree char *path = database (f);
  g_autofree char *garbage = g_strnfill (50000, '?');
  g_autofree char *kept = NULL;
  IwRecoveryReport report;
  gsize length;

  g_clear_object (&f->store);
  g_assert_true (g_file_set_contents (path, garbage, 50000, NULL));
  recover (f, &report);
  g_assert_cmpint (report.documents, ==, 0);
  g_assert_true (g_file_get_contents (report.kept_as, &kept, &length, NULL));
  g_assert_cmpmem (kept, length, garbage, 50000);
  iw_recovery_report_clear (&report);
}

static int
recover_what_is_used (const char *dir)
{
  IwRecoveryReport report;
  g_autoptr (GError) error = NULL;

  if (iw_recovery_run (dir, NULL, &report, &error))
    return 1;
  return g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_BUSY) ? 0 : 2;
}

/* Locks are a matter between processes. */
static void
test_in_use (Fixture *f, gconstpointer data)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    _exit (recover_what_is_used (f->dir));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  assert_all_there (f);
}

static void
test_absent (Fixture *f, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (f->dir, "absent", NULL);
  IwRecoveryReport report;
  g_autoptr (GError) error = NULL;

  g_assert_false (iw_recovery_run (dir, NULL, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  iw_recovery_report_clear (&report);
}

/* What a newer version has stored would be lost on the way. */
static void
test_newer (Fixture *f, gconstpointer data)
{
  IwRecoveryReport report;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_db_exec (f->store->db, "PRAGMA user_version = 100", NULL));
  g_clear_object (&f->store);
  g_assert_false (iw_recovery_run (f->dir, f->context, &report, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  f->store = iw_store_open (f->dir, IW_STORE_OPEN_DEFAULT, f->context, &error);
  g_assert_no_error (error);
  g_assert_true (iw_store_get_read_only (f->store));
  iw_recovery_report_clear (&report);
}

#define add_recovery(path, func)                                                                   \
  g_test_add (path, Fixture, NULL, set_up_entries, func, tear_down_entries)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_recovery ("/recovery/undamaged", test_undamaged);
  add_recovery ("/recovery/log", test_log);
  add_recovery ("/recovery/rev", test_leaf_of_rev);
  add_recovery ("/recovery/last-rev", test_last_leaf_of_rev);
  add_recovery ("/recovery/doc", test_doc);
  add_recovery ("/recovery/indexes", test_indexes);
  add_recovery ("/recovery/ids-are-gone", test_ids_are_gone);
  add_recovery ("/recovery/first-page", test_first_page);
  add_recovery ("/recovery/cut-short", test_cut_short);
  add_recovery ("/recovery/garbage", test_garbage);
  add_recovery ("/recovery/in-use", test_in_use);
  add_recovery ("/recovery/newer", test_newer);
  add_recovery ("/recovery/absent", test_absent);
  return g_test_run ();
}
