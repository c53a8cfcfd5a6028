/* The layer over SQLite: statements, transactions, errors told apart. */
#include "store-fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define X INCIDENT_A ":x-1"

static IwDb *
open_db (Fixture *f, const char *name, IwDbMode mode)
{
  g_autofree char *path = g_build_filename (f->dir, name, NULL);
  g_autoptr (GError) error = NULL;
  IwDb *db = iw_db_open (path, mode, &error);

  g_assert_no_error (error);
  return db;
}

static void
test_statements (Fixture *f, gconstpointer data)
{
  g_autoptr (IwDb) db = open_db (f, "t.sqlite", IW_DB_CREATE);
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_db_exec (db, "CREATE TABLE t (a INTEGER, b TEXT)", &error));
  {
    g_autoptr (IwDbStmt) insert = iw_db_prepare (db, "INSERT INTO t VALUES (?1, ?2)", &error);

    iw_db_bind_int (insert, 1, G_MAXINT64);
    iw_db_bind_text (insert, 2, "é");
    g_assert_true (iw_db_run (insert, &error));
    g_assert_cmpint (iw_db_n_changes (db), ==, 1);
    iw_db_bind_text (insert, 2, NULL);
    g_assert_true (iw_db_run (insert, &error));
    g_assert_cmpint (iw_db_last_rowid (db), ==, 2);
  }
  {
    g_autoptr (IwDbStmt) select = iw_db_prepare (db, "SELECT a, b FROM t ORDER BY rowid", &error);

    g_assert_cmpint (iw_db_step (select, &error), ==, IW_DB_ROW);
    g_assert_cmpint (iw_db_int (select, 0), ==, G_MAXINT64);
    g_assert_cmpstr (iw_db_text (select, 1), ==, "é");
    g_assert_cmpint (iw_db_step (select, &error), ==, IW_DB_ROW);
    g_assert_true (iw_db_is_null (select, 1));
    g_assert_null (iw_db_text (select, 1));
    g_assert_cmpint (iw_db_step (select, &error), ==, IW_DB_DONE);
  }
  g_assert_null (iw_db_prepare (db, "SELECT nonsense FROM t", &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_FAILED);
}

/* A statement that is in use further up the stack is not taken from there. */
static void
test_nested_statements (Fixture *f, gconstpointer data)
{
  const char *sql = "SELECT value FROM (SELECT 1 AS value UNION ALL SELECT 2)";
  g_autoptr (IwDb) db = open_db (f, "t.sqlite", IW_DB_CREATE);
  g_autoptr (IwDbStmt) outer = iw_db_prepare (db, sql, NULL);

  g_assert_cmpint (iw_db_step (outer, NULL), ==, IW_DB_ROW);
  {
    g_autoptr (IwDbStmt) inner = iw_db_prepare (db, sql, NULL);

    g_assert_true (inner != outer);
    g_assert_cmpint (iw_db_step (inner, NULL), ==, IW_DB_ROW);
    g_assert_cmpint (iw_db_int (inner, 0), ==, 1);
  }
  g_assert_cmpint (iw_db_step (outer, NULL), ==, IW_DB_ROW);
  g_assert_cmpint (iw_db_int (outer, 0), ==, 2);
}

/* Bindings of the last use do not leak into the next. */
static void
test_fresh_bindings (Fixture *f, gconstpointer data)
{
  g_autoptr (IwDb) db = open_db (f, "t.sqlite", IW_DB_CREATE);
  IwDbStmt *first = iw_db_prepare (db, "SELECT ?1", NULL);
  g_autoptr (IwDbStmt) second = NULL;

  iw_db_bind_text (first, 1, "x");
  g_assert_cmpint (iw_db_step (first, NULL), ==, IW_DB_ROW);
  iw_db_release (first);
  second = iw_db_prepare (db, "SELECT ?1", NULL);
  g_assert_true (second == first);
  g_assert_cmpint (iw_db_step (second, NULL), ==, IW_DB_ROW);
  g_assert_true (iw_db_is_null (second, 0));
}

static void
test_rollback (Fixture *f, gconstpointer data)
{
  g_autoptr (IwDb) db = open_db (f, "t.sqlite", IW_DB_CREATE);

  g_assert_true (iw_db_exec (db, "CREATE TABLE t (a)", NULL));
  iw_db_rollback (db); /* nothing to roll back */
  g_assert_true (iw_db_begin (db, NULL));
  g_assert_true (iw_db_exec (db, "INSERT INTO t VALUES (1)", NULL));
  iw_db_rollback (db);
  g_assert_cmpint (iw_db_query_int (db, "SELECT count(*) FROM t", -1), ==, 0);
}

static void
test_odd_paths (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "a b?c#d%20e.sqlite", "é&=x.sqlite" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->dir, names[i], NULL);
      g_autoptr (IwDb) db = open_db (f, names[i], IW_DB_CREATE);

      g_assert_true (iw_db_exec (db, "CREATE TABLE t (a)", NULL));
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
}

static void
test_busy (Fixture *f, gconstpointer data)
{
  g_autoptr (IwDb) db = open_db (f, "workspace.sqlite", IW_DB_WRITE);
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  IwChange change = { X, body };
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (iw_db_begin (db, NULL));
  g_assert_true (iw_db_exec (f->store->db, "PRAGMA busy_timeout = 200", NULL));
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_BUSY);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 150000);
  iw_db_rollback (db);
  put (f->store, X, "{\"type\":\"x\"}");
}

static JsonObject *
big_body (void)
{
  g_autofree char *text = g_strnfill (400000, 'x');
  JsonObject *body = json ("{\"type\":\"x\"}");

  json_object_set_string_member (body, "text", text);
  return body;
}

static void
assert_untouched (Fixture *f)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *label = iw_store_get_undo_label (f->store, NULL);

  g_assert_null (iw_store_get (f->store, INCIDENT_A ":x-2", NULL, NULL));
  assert_field (f->store, X, "text", "kept");
  g_assert_cmpstr (label, ==, "Change");
  g_assert_true (iw_store_check (f->store, TRUE, problems, NULL, NULL));
  g_assert_cmpint (problems->len, ==, 0);
}

static void
test_full (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) small = json ("{\"type\":\"x\"}");
  g_autoptr (JsonObject) big = big_body ();
  IwChange changes[] = { { INCIDENT_A ":x-2", small }, { INCIDENT_A ":x-3", big } };
  g_autofree char *limit = NULL;
  g_autoptr (GError) error = NULL;

  put (f->store, X, "{\"type\":\"x\",\"text\":\"kept\"}");
  limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                           iw_db_query_int (f->store->db, "PRAGMA page_count", 0) + 10);
  g_assert_true (iw_db_exec (f->store->db, limit, NULL));
  g_assert_false (iw_store_apply (f->store, "Too much", changes, 2, 2, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_FULL);
  assert_untouched (f);
  g_assert_true (iw_db_exec (f->store->db, "PRAGMA max_page_count = 1000000", NULL));
  g_assert_true (iw_store_apply (f->store, "Room again", changes, 2, 2, NULL));
}

static int
write_beyond_limit (const char *dir)
{
  g_autoptr (IwStore) store = open_at (dir, IW_STORE_OPEN_DEFAULT, NULL);
  g_autoptr (JsonObject) small = json ("{\"type\":\"x\"}");
  g_autoptr (JsonObject) big = big_body ();
  IwChange changes[] = { { INCIDENT_A ":x-2", small }, { INCIDENT_A ":x-3", big } };
  struct rlimit limit = { 300000, 300000 };
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
  if (iw_store_apply (store, "Too much", changes, 2, 2, &error))
    return 1;
  return g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_FULL) ? 0 : 2;
}

/* The system itself refuses to let files grow. */
static void
test_file_limit (Fixture *f, gconstpointer data)
{
  pid_t child;
  int status;

  put (f->store, X, "{\"type\":\"x\",\"text\":\"kept\"}");
  g_clear_object (&f->store);
  child = fork ();
  if (child == 0)
    _exit (write_beyond_limit (f->dir));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
  assert_untouched (f);
}

static void
test_backup (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "copy.sqlite", NULL);
  g_autofree char *nowhere = g_build_filename (f->dir, "no", "such", "folder", NULL);
  g_autoptr (IwDb) copy = NULL;
  g_autoptr (GError) error = NULL;

  put (f->store, X, "{\"type\":\"x\",\"text\":\"kept\"}");
  g_assert_true (iw_db_backup (f->store->db, path, &error));
  copy = open_db (f, "copy.sqlite", IW_DB_READ);
  g_assert_cmpint (iw_db_query_int (copy, "SELECT count(*) FROM rev", 0), ==, 1);
  g_assert_false (iw_db_backup (f->store->db, nowhere, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/db/statements", test_statements);
  add_test ("/db/nested", test_nested_statements);
  add_test ("/db/fresh-bindings", test_fresh_bindings);
  add_test ("/db/rollback", test_rollback);
  add_test ("/db/odd-paths", test_odd_paths);
  add_test ("/db/busy", test_busy);
  add_test ("/db/full", test_full);
  add_test ("/db/file-limit", test_file_limit);
  add_test ("/db/backup", test_backup);
  return g_test_run ();
}
