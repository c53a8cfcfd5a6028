/* Databases of every version open, older ones after a backup, newer ones for reading. */
#include "store-fixture.h"

#include "iw-peer.h"
#include "iw-schema.h"

#define X INCIDENT_A ":x-1"

/* An empty folder instead of a workspace. */
static void
set_up_empty (Fixture *f, gconstpointer data)
{
  f->dir = iw_test_make_dir ();
  f->context = iw_context_new_fake (TEST_START, 1000, 42);
}

static IwDb *
open_raw (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->dir, IW_STORE_DATABASE, NULL);
  g_autoptr (GError) error = NULL;
  IwDb *db = iw_db_open (path, IW_DB_CREATE, &error);

  g_assert_no_error (error);
  return db;
}

static guint
count_backups (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->dir, "backups", NULL);
  g_autoptr (GDir) names = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_assert_true (g_str_has_suffix (name, ".sqlite"));
      n++;
    }
  return n;
}

static guint
known_version (void)
{
  g_auto (GStrv) migrations = iw_schema_migrations ();

  return g_strv_length (migrations);
}

/* ---- every version that was ever released ---- */

static void
assert_content (Fixture *f)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (IwIncidentRow) row = NULL;
  g_autofree char *draft = NULL;
  g_autofree char *label = NULL;
  g_auto (GStrv) leaves = NULL;
  g_autoptr (GError) error = NULL;

  row = iw_query_incident (f->store, INCIDENT_A, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->title, ==, "Phished administrator");
  g_assert_cmpint (row->severity, ==, IW_SEVERITY_HIGH);
  entries = iw_query_entries (f->store, INCIDENT_A, &error);
  g_assert_cmpint (entries->len, ==, 2);
  g_assert_cmpstr (iw_entry_get_text (entries->pdata[1]), ==, "多要素認証 was off");
  hits = iw_query_search (f->store, "認証", NULL, 0, NULL, 10, &error);
  g_assert_cmpint (hits->len, ==, 1);
  draft = iw_store_get_draft (f->store, "quick:a", &error);
  g_assert_cmpstr (draft, ==, "14:05 認証");
  leaves = iw_store_get_leaves (f->store, X, FALSE, &error);
  g_assert_cmpint (g_strv_length (leaves), ==, 2);
  label = iw_store_get_undo_label (f->store, NULL);
  g_assert_cmpstr (label, ==, "Edit Entry");
  g_assert_true (iw_store_undo (f->store, NULL, &error));
  g_assert_true (iw_store_check (f->store, FALSE, problems, NULL, &error));
  for (guint i = 0; i < problems->len; i++)
    g_assert_cmpstr (
        problems->pdata[i], ==,
        "The evidence file “proxy.csv” is not in this workspace. Import it again to put it back.");
  g_assert_cmpint (problems->len, <=, 1);
}

/* What version 2 added: decisions of all kinds, withdrawn ones, one that a peer deleted, other
 * documents. */
static void
assert_response (Fixture *f)
{
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) indicators = NULL;
  g_auto (GStrv) external = NULL;
  g_autoptr (GError) error = NULL;

  row = iw_query_incident (f->store, INCIDENT_B, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->severity, ==, IW_SEVERITY_CRITICAL);
  g_assert_cmpint (row->classification, ==, IW_CLASSIFICATION_CRSI);
  g_assert_cmpint (row->priority, ==, IW_PRIORITY_P1);
  g_assert_true (row->urgent);
  g_assert_cmpstr (row->source, ==, "customer-report");
  g_assert_cmpstr (row->due_name, ==, "Contract with Alpine");
  g_assert_cmpint (row->n_customers, ==, 1);
  situation = iw_query_situation (f->store, INCIDENT_B, TEST_START, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (iw_situation_get_role (situation, "incident-manager"), ==, "M. Ito");
  g_assert_cmpint (iw_situation_get_clocks (situation)->len, ==, 3);
  due = iw_query_due (f->store, &error);
  g_assert_cmpint (due->len, ==, 1);
  indicators = iw_query_indicators (f->store, "203.0.113.*", 10, &error);
  g_assert_cmpint (indicators->len, ==, 1);
  external = iw_query_external (f->store, "tracker:77", &error);
  g_assert_cmpint (g_strv_length (external), ==, 1);
}

/* What version 3 made of what was there. */
static void
assert_upgraded_peer (Fixture *f)
{
  IwDb *db = f->store->db;
  IwPeerInfo info;
  GError *error = NULL;

  g_assert_cmpint (iw_db_query_int (db, "SELECT fork FROM doc WHERE docid = '" X "'", 0), ==, 2);
  g_assert_cmpint (iw_db_query_int (db,
                                    "SELECT count(*) FROM attachment a JOIN rev r ON r.id = a.rev"
                                    " JOIN blob b ON b.id = a.blob JOIN doc d ON d.id = r.doc"
                                    " WHERE a.name = 'file' AND b.sha256 = r.body ->> 'sha256'"
                                    " AND r.attached AND d.docid LIKE '%:evidence-%'",
                                    0),
                   >=, 1);
  g_assert_true (iw_peer_get_info (f->store, &info, &error));
  g_assert_cmpint (info.doc_count + info.doc_del_count, ==,
                   iw_db_query_int (db, "SELECT count(*) FROM doc", 0));
}

static gboolean
count_purges (gint64 seq,
              gint64 at,
              const char *who,
              const char *docid,
              const char *const *revs,
              gpointer data)
{
  g_assert_cmpstr (who, ==, "A. Sato");
  g_assert_cmpstr (docid, ==, INCIDENT_B ":x-3");
  ++*(guint *)data;
  return TRUE;
}

/* What version 3 added: attachments, erasure, checkpoints, compartments, what was not taken. */
static void
assert_peer (Fixture *f)
{
  g_auto (IwPeerDoc) doc = { 0 };
  g_auto (GStrv) leaves = NULL;
  g_autofree char *checkpoint = NULL;
  g_autofree char *rev = NULL;
  g_autofree char *compartment = NULL;
  g_autoptr (GPtrArray) parked = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  leaves = iw_peer_leaves (f->store, INCIDENT_B ":x-2", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_strv_length (leaves), ==, 1);
  g_assert_cmpstr (leaves[0], ==, "2-zz");
  g_assert_true (iw_peer_foreach_purge (f->store, 0, count_purges, &n, NULL));
  g_assert_cmpint (n, ==, 1);
  checkpoint = iw_peer_get_local (f->store, "checkpoint-2", &rev, NULL);
  g_assert_cmpstr (checkpoint, ==, "{\"last\":\"13-x\"}");
  g_assert_cmpstr (rev, ==, "0-2");
  compartment = iw_peer_get_compartment (f->store, INCIDENT_B, NULL);
  g_assert_cmpstr (compartment, ==, "closed");
  parked = iw_peer_list_parked (f->store, NULL);
  g_assert_cmpint (parked->len, ==, 1);
  g_assert_cmpint (iw_peer_get_revs_limit (f->store), ==, 500);
  g_assert_true (iw_peer_get (f->store, INCIDENT_B ":x-4", NULL, &doc, NULL));
  g_assert_true (doc.deleted);
}

/* tests/data/workspace-v<n>.sql: who adds a migration adds the dump of what it left. */
static void
test_released_versions (void)
{
  for (guint version = 1; version <= known_version (); version++)
    {
      g_autofree char *name = g_strdup_printf ("workspace-v%u.sql", version);
      g_autofree char *path = iw_test_data_path (name);
      g_autofree char *sql = NULL;
      g_autoptr (GError) error = NULL;
      Fixture f = { 0 };
      IwDb *db;

      g_file_get_contents (path, &sql, NULL, &error);
      g_assert_no_error (error);
      set_up_empty (&f, NULL);
      db = open_raw (&f);
      iw_db_exec (db, sql, &error);
      g_assert_no_error (error);
      g_assert_cmpint (iw_schema_version (db), ==, version);
      iw_db_close (db);
      f.store = open_at (f.dir, IW_STORE_OPEN_DEFAULT, f.context);
      if (version >= 2)
        assert_response (&f);
      if (version >= 3)
        assert_peer (&f);
      assert_upgraded_peer (&f);
      assert_content (&f);
      g_assert_cmpint (iw_db_query_int (f.store->db, "PRAGMA user_version", 0), ==,
                       known_version ());
      g_assert_cmpint (count_backups (&f), ==, version < known_version () ? 1 : 0);
      tear_down (&f, NULL);
    }
}

/* Version 1 deleted decisions when they were undone: they stay so, and can be done again. */
static void
test_undone_in_version_1 (Fixture *f, gconstpointer data)
{
  static const char body[] =
      "{\"created_at\":\"2026-11-03T04:00:00Z\",\"incident\":\"" INCIDENT_A "\","
      "\"kind\":\"severity\",\"occurred_at\":\"2026-11-03T04:00:00Z\",\"text\":\"too much\","
      "\"to\":\"critical\",\"type\":\"entry\",\"v\":1,\"why\":\"by mistake\"}";
  g_autofree char *more = g_strdup_printf (
      "INSERT INTO doc VALUES (8, '" INCIDENT_A ":entry-8', 20, 21, 0);"
      "INSERT INTO rev VALUES (20, 8, 1, 'aaaa', NULL, 0, 0, '%s');"
      "INSERT INTO rev VALUES (21, 8, 2, 'bbbb', 20, 1, 1, '{\"type\":\"entry\"}');"
      "INSERT INTO action VALUES (9, 'Set Severity', 1, 1, 0);"
      "INSERT INTO action_step VALUES (9, 8, NULL, 20, 20);"
      "DELETE FROM action_step WHERE action = 8; DELETE FROM action WHERE id = 8;"
      "UPDATE meta SET value = 20 WHERE name = 'seq'",
      body);
  g_autofree char *path = iw_test_data_path ("workspace-v1.sql");
  g_autofree char *sql = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  static const struct
  {
    gboolean (*act) (IwStore *, char ***, GError **);
    IwSeverity severity;
    guint n_entries;
  } steps[] = {
    { NULL, IW_SEVERITY_HIGH, 2 },
    { iw_store_redo, IW_SEVERITY_CRITICAL, 3 }, /* comes back as it went */
    { iw_store_undo, IW_SEVERITY_HIGH, 4 },     /* from now on it is withdrawn */
    { iw_store_redo, IW_SEVERITY_CRITICAL, 5 },
  };
  IwDb *db = open_raw (f);

  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  g_assert_true (iw_db_exec (db, sql, NULL));
  iw_db_exec (db, more, &error);
  g_assert_no_error (error);
  iw_db_close (db);
  g_free (f->context); /* with ids that the dump does not have */
  f->context = iw_context_new_fake (TEST_START, 1000, 43);
  f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (IwIncidentRow) row = NULL;

      if (steps[i].act != NULL)
        steps[i].act (f->store, NULL, &error);
      g_assert_no_error (error);
      row = iw_query_incident (f->store, INCIDENT_A, NULL);
      g_assert_cmpint (row->severity, ==, steps[i].severity);
      g_assert_cmpint (row->n_entries, ==, steps[i].n_entries);
    }
  g_assert_true (iw_store_check (f->store, FALSE, problems, NULL, NULL));
  g_assert_cmpint (problems->len, ==, 1); /* its evidence file */
}

/* An unreadable body keeps nobody from upgrading. */
static void
test_unreadable_body (Fixture *f, gconstpointer data)
{
  g_autofree char *path = iw_test_data_path ("workspace-v1.sql");
  g_autofree char *sql = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  IwDb *db = open_raw (f);

  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  g_assert_true (iw_db_exec (db, sql, NULL));
  g_assert_true (iw_db_exec (db, "UPDATE rev SET body = '{' WHERE id = 10", NULL));
  iw_db_close (db);
  f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
  entries = iw_query_entries (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (entries->len, ==, 1);
  g_assert_true (iw_store_check (f->store, FALSE, problems, NULL, NULL));
  g_assert_nonnull (strstr (problems->pdata[0], "cannot be read"));
}

/* The dump of this version is what this version makes. */
static void
test_dump_is_this_schema (Fixture *f, gconstpointer data)
{
  const char *schema = "SELECT group_concat (sql, char (10)) FROM"
                       " (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)";
  g_autofree char *name = g_strdup_printf ("workspace-v%u.sql", known_version ());
  g_autofree char *path = iw_test_data_path (name);
  g_autofree char *sql = NULL;
  g_autoptr (IwDb) db = open_raw (f);
  g_autoptr (IwStore) fresh = NULL;
  g_autofree char *dir = iw_test_make_dir ();

  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  g_assert_true (iw_db_exec (db, sql, NULL));
  fresh = open_at (dir, IW_STORE_OPEN_DEFAULT, NULL);
  {
    g_autoptr (IwDbStmt) dumped = iw_db_prepare (db, schema, NULL);
    g_autoptr (IwDbStmt) made = iw_db_prepare (fresh->db, schema, NULL);

    g_assert_cmpint (iw_db_step (dumped, NULL), ==, IW_DB_ROW);
    g_assert_cmpint (iw_db_step (made, NULL), ==, IW_DB_ROW);
    g_assert_cmpstr (iw_db_text (dumped, 0), ==, iw_db_text (made, 0));
  }
  g_clear_object (&fresh);
  iw_test_remove_dir (dir);
}

/* ---- how upgrading goes ---- */

static const char *const first[] = { "CREATE TABLE t (a); INSERT INTO t VALUES (1)", NULL };
static const char *const three[] = { "CREATE TABLE t (a); INSERT INTO t VALUES (1)",
                                     "ALTER TABLE t ADD COLUMN b DEFAULT 2",
                                     "UPDATE t SET b = b + 1; CREATE TABLE u (c)", NULL };
static const char *const broken[] = { "CREATE TABLE t (a); INSERT INTO t VALUES (1)",
                                      "ALTER TABLE t ADD COLUMN b; UPDATE t SET a = 99",
                                      "UPDATE nonsense SET b = 1", NULL };

static void
test_upgrade (Fixture *f, gconstpointer data)
{
  g_autoptr (IwDb) db = open_raw (f);
  g_autofree char *folder = g_build_filename (f->dir, "backups", NULL);
  g_autoptr (GDir) names = NULL;
  g_autofree char *backup = NULL;
  g_autoptr (IwDb) old = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_schema_upgrade (db, f->dir, first, f->context, NULL, NULL, &error));
  g_assert_cmpint (iw_schema_version (db), ==, 1);
  g_assert_cmpint (count_backups (f), ==, 0); /* there was nothing to back up */
  g_assert_true (iw_schema_upgrade (db, f->dir, three, f->context, NULL, NULL, &error));
  g_assert_cmpint (iw_schema_version (db), ==, 3);
  g_assert_cmpint (iw_db_query_int (db, "SELECT b FROM t", 0), ==, 3);
  g_assert_cmpint (count_backups (f), ==, 1);
  g_assert_true (iw_schema_upgrade (db, f->dir, three, f->context, NULL, NULL, &error));
  g_assert_cmpint (count_backups (f), ==, 1);

  names = g_dir_open (folder, 0, NULL);
  backup = g_build_filename (folder, g_dir_read_name (names), NULL);
  old = iw_db_open (backup, IW_DB_READ, &error);
  g_assert_cmpint (iw_schema_version (old), ==, 1);
  g_assert_cmpint (iw_db_query_int (old, "SELECT a FROM t", 0), ==, 1);
}

static void
test_failure_changes_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (IwDb) db = open_raw (f);
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_schema_upgrade (db, f->dir, first, f->context, NULL, NULL, &error));
  g_assert_false (iw_schema_upgrade (db, f->dir, broken, f->context, NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_FAILED);
  g_assert_cmpint (iw_schema_version (db), ==, 1);
  g_assert_cmpint (iw_db_query_int (db, "SELECT a FROM t", 0), ==, 1);
  g_assert_cmpint (iw_db_query_int (db, "SELECT count(*) FROM pragma_table_info ('t')", 0), ==, 1);
}

/* ---- versions that do not fit ---- */

static void
set_version (Fixture *f, guint version)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u", version);
  IwDb *db = open_raw (f);

  g_assert_true (iw_db_exec (db, sql, NULL));
  iw_db_close (db);
}

static void
test_newer (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\",\"text\":\"2\"}");
  IwChange change = { X, body };
  g_autoptr (GError) error = NULL;

  put (f->store, X, "{\"type\":\"x\",\"text\":\"1\"}");
  g_clear_object (&f->store);
  set_version (f, known_version () + 1);
  f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
  g_assert_true (iw_store_get_read_only (f->store));
  g_assert_nonnull (strstr (iw_store_get_read_only_reason (f->store), "newer version"));
  assert_field (f->store, X, "text", "1");
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
  assert_field (f->store, X, "text", "1");
  g_clear_object (&f->store);
  f->store = open_at (f->dir, IW_STORE_OPEN_READ_ONLY, f->context);
  g_assert_nonnull (strstr (iw_store_get_read_only_reason (f->store), "newer version"));
  g_assert_cmpint (count_backups (f), ==, 0);
}

/* A reader does not migrate. */
static void
test_older_read_only (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  IwDb *db = open_raw (f);

  g_assert_true (iw_schema_upgrade (db, f->dir, first, f->context, NULL, NULL, NULL));
  g_assert_true (iw_db_exec (db, "PRAGMA user_version = 0", NULL));
  iw_db_close (db);
  g_assert_null (iw_store_open (f->dir, IW_STORE_OPEN_READ_ONLY, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
}

#define add_empty_test(path, func) g_test_add (path, Fixture, NULL, set_up_empty, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/migrations/released-versions", test_released_versions);
  add_empty_test ("/migrations/dump-is-this-schema", test_dump_is_this_schema);
  add_empty_test ("/migrations/undone-in-version-1", test_undone_in_version_1);
  add_empty_test ("/migrations/unreadable-body", test_unreadable_body);
  add_empty_test ("/migrations/upgrade", test_upgrade);
  add_empty_test ("/migrations/failure", test_failure_changes_nothing);
  add_test ("/migrations/newer", test_newer);
  add_empty_test ("/migrations/older-read-only", test_older_read_only);
  return g_test_run ();
}
