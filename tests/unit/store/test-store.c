/* Opening, applying, reading, the changes feed, _local documents. */
#include "store-fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#define ENTRY INCIDENT_A ":entry-01900000-0000-7000-8000-000000000001"
#define OTHER INCIDENT_A ":entry-01900000-0000-7000-8000-000000000002"

static void
test_new_workspace (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "workspace.sqlite", "blobs", "events", "staging" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->dir, names[i], NULL);
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 077, ==, 0);
    }
  g_assert_cmpstr (iw_store_get_dir (f->store), ==, f->dir);
  g_assert_true (iw_id_is_uuid (iw_store_get_uuid (f->store)));
  g_assert_false (iw_store_get_read_only (f->store));
  g_assert_null (iw_store_get_read_only_reason (f->store));
  g_assert_cmpint (iw_store_get_seq (f->store), ==, 0);
}

static void
test_uuid_stays (Fixture *f, gconstpointer data)
{
  g_autofree char *uuid = g_strdup (iw_store_get_uuid (f->store));

  reopen (f);
  g_assert_cmpstr (iw_store_get_uuid (f->store), ==, uuid);
}

static void
test_put_and_get (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;
  g_autofree char *before = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;

  put (f->store, ENTRY, "{\"type\":\"x\",\"text\":\"first\",\"new\":{\"field\":[1,2.5,null]}}");
  body = iw_store_get (f->store, ENTRY, &rev, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (rev, "1-"));
  g_assert_cmpstr (json_object_get_string_member (body, "text"), ==, "first");
  g_assert_cmpstr (json_object_get_string_member (body, "created_by"), ==, "A. Sato");
  g_assert_cmpstr (json_object_get_string_member (body, "modified_by"), ==, "A. Sato");
  g_assert_true (json_object_has_member (json_object_get_object_member (body, "new"), "field"));
  before = g_strdup (json_object_get_string_member (body, "created_at"));
  g_clear_pointer (&body, json_object_unref);

  iw_store_set_author (f->store, "B. Lee");
  put (f->store, ENTRY, "{\"type\":\"x\",\"text\":\"second\",\"created_at\":\"1999-01-01\"}");
  body = iw_store_get (f->store, ENTRY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (body, "text"), ==, "second");
  g_assert_cmpstr (json_object_get_string_member (body, "created_at"), ==, before);
  g_assert_cmpstr (json_object_get_string_member (body, "created_by"), ==, "A. Sato");
  g_assert_cmpstr (json_object_get_string_member (body, "modified_by"), ==, "B. Lee");
  g_assert_cmpstr (json_object_get_string_member (body, "modified_at"), >, before);
}

static void
test_absent (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) leaves = NULL;

  g_assert_null (iw_store_get (f->store, ENTRY, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  leaves = iw_store_get_leaves (f->store, ENTRY, TRUE, NULL);
  g_assert_cmpint (g_strv_length (leaves), ==, 0);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  IwChange change = { ENTRY, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) grave = NULL;
  g_autofree char *rev = NULL;
  gboolean deleted = FALSE;

  put (f->store, ENTRY, "{\"type\":\"x\"}");
  put (f->store, ENTRY, NULL);
  g_assert_null (iw_store_get (f->store, ENTRY, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (iw_store_apply (f->store, "Delete", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  rev = winner_of (f->store, ENTRY);
  g_assert_true (g_str_has_prefix (rev, "2-"));
  grave = iw_store_get_rev (f->store, ENTRY, rev, &deleted, &error);
  g_assert_no_error (error);
  g_assert_true (deleted);
  g_assert_cmpstr (json_object_get_string_member (grave, "modified_by"), ==, "A. Sato");

  put (f->store, ENTRY, "{\"type\":\"x\",\"text\":\"back\"}");
  g_free (rev);
  rev = winner_of (f->store, ENTRY);
  g_assert_true (g_str_has_prefix (rev, "3-"));
}

static void
test_equal_body_is_no_change (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = NULL;
  IwChange change = { ENTRY };
  g_autofree char *rev = NULL;
  g_autofree char *rev_after = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq;

  put (f->store, ENTRY, "{\"type\":\"x\",\"n\":1,\"a\":{\"b\":1,\"c\":2}}");
  reopen (f); /* without an author */
  seq = iw_store_get_seq (f->store);
  body = iw_store_get (f->store, ENTRY, &rev, NULL);
  change.body = body;
  g_assert_true (iw_store_apply (f->store, "Nothing", &change, 1, 1, &error));
  /* Also where the members stand in another order and the stamps are missing. */
  put (f->store, ENTRY, "{\"a\":{\"c\":2,\"b\":1},\"n\":1,\"type\":\"x\"}");
  rev_after = winner_of (f->store, ENTRY);
  g_assert_cmpstr (rev, ==, rev_after);
  g_assert_cmpint (iw_store_get_seq (f->store), ==, seq);
  label = iw_store_get_undo_label (f->store, NULL);
  g_assert_cmpstr (label, ==, "Change");
}

static void
test_all_or_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  IwChange changes[] = { { ENTRY, body }, { OTHER, NULL } };
  g_autoptr (GError) error = NULL;

  g_assert_false (iw_store_apply (f->store, "Two", changes, 2, 2, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_assert_null (iw_store_get (f->store, ENTRY, NULL, NULL));
  g_assert_cmpint (iw_store_get_seq (f->store), ==, 0);
  g_assert_null (iw_store_get_undo_label (f->store, NULL));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  static const char *const ids[] = {
    "",
    "x",
    "_local/x",
    "workspace:",
    "workspace",
    ":entry-1",
    INCIDENT_A,
    INCIDENT_A ":",
    INCIDENT_A ":Entry",
    INCIDENT_A ":a b",
    "01900000-0000-7000-8000-00000000000A:entry",
    INCIDENT_A ":\xff",
  };
  g_autoptr (JsonObject) good = json ("{\"type\":\"x\"}");
  g_autoptr (JsonObject) bad = json ("{\"text\":\"of no type\"}");
  g_autoptr (JsonObject) deep = json ("{\"type\":\"x\"}");
  g_autoptr (GError) error = NULL;
  IwChange change = { NULL, good };
  JsonObject *inner = deep;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      change.docid = ids[i];
      g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_clear_error (&error);
    }
  change = (IwChange){ ENTRY, bad };
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_clear_error (&error);
  json_object_set_string_member (bad, "type", "x");
  json_object_set_string_member (bad, "text", "\xff");
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_clear_error (&error);
  for (guint i = 0; i < 100; i++)
    {
      JsonObject *next = json_object_new ();

      json_object_set_object_member (inner, "in", next);
      inner = next;
    }
  change.body = deep;
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

static void
test_too_long (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (9 * 1024 * 1024, 'x');
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  IwChange change = { ENTRY, body };
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (body, "text", text);
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

static void
test_reserved_members (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = NULL;

  put (f->store, ENTRY, "{\"_id\":\"a\",\"_rev\":\"1-b\",\"type\":\"x\"}");
  body = iw_store_get (f->store, ENTRY, NULL, NULL);
  g_assert_false (json_object_has_member (body, "_id"));
  g_assert_false (json_object_has_member (body, "_rev"));
}

static gboolean
collect_id (const char *docid, const char *rev, JsonObject *body, gpointer data)
{
  GString *ids = data;

  g_assert_true (g_str_has_prefix (rev, "1-"));
  g_string_append_printf (ids, "%s,", strrchr (docid, ':') + 1);
  return ids->len < 30;
}

static void
test_foreach (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) none = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  put (f->store, INCIDENT_B ":x-9", "{\"type\":\"x\"}");
  put (f->store, INCIDENT_A ":x-2", "{\"type\":\"x\"}");
  put (f->store, INCIDENT_A ":x-1", "{\"type\":\"x\"}");
  put (f->store, INCIDENT_A ":x-3", "{\"type\":\"x\"}");
  put (f->store, INCIDENT_A ":x-3", NULL);
  put (f->store, "workspace:filter-1", "{\"type\":\"filter\"}");
  g_assert_true (iw_store_foreach (f->store, INCIDENT_A ":", collect_id, ids, NULL));
  g_assert_cmpstr (ids->str, ==, "x-1,x-2,");
  g_assert_true (iw_store_foreach (f->store, "nothing", collect_id, none, NULL));
  g_assert_cmpstr (none->str, ==, "");
  g_assert_true (iw_store_foreach (f->store, "", collect_id, all, NULL));
  g_assert_cmpstr (all->str, ==, "x-1,x-2,x-9,filter-1,");
}

static void
collect_change (gint64 seq, const char *docid, const char *rev, gboolean deleted, gpointer data)
{
  g_string_append_printf (data, "%s %c%s,", strrchr (docid, ':') + 1, rev[0], deleted ? "-" : "");
}

static void
test_changes (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  gint64 first;
  gint64 last;

  put (f->store, INCIDENT_A ":x-1", "{\"type\":\"x\"}");
  put (f->store, INCIDENT_A ":x-2", "{\"type\":\"x\"}");
  put (f->store, INCIDENT_A ":x-1", "{\"type\":\"x\",\"n\":2}");
  put (f->store, INCIDENT_A ":x-3", "{\"type\":\"x\"}");
  put (f->store, INCIDENT_A ":x-2", NULL);
  last = iw_store_foreach_change (f->store, 0, 0, collect_change, changes, NULL);
  g_assert_cmpstr (changes->str, ==, "x-1 2,x-3 1,x-2 2-,");
  g_assert_cmpint (last, ==, iw_store_get_seq (f->store));

  g_string_truncate (changes, 0);
  first = iw_store_foreach_change (f->store, 0, 1, collect_change, changes, NULL);
  g_assert_cmpstr (changes->str, ==, "x-1 2,");
  g_string_truncate (changes, 0);
  iw_store_foreach_change (f->store, first, 0, collect_change, changes, NULL);
  g_assert_cmpstr (changes->str, ==, "x-3 1,x-2 2-,");
  g_string_truncate (changes, 0);
  g_assert_cmpint (iw_store_foreach_change (f->store, last, 0, collect_change, changes, NULL), ==,
                   last);
  g_assert_cmpstr (changes->str, ==, "");
}

static void
cancel_half_way (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (total, ==, 1000);
  if (done > 500)
    g_cancellable_cancel (data);
}

/* Many changes can be called off, and are then as if never begun. */
static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  IwChange changes[1000];
  gint64 seq = iw_store_get_seq (f->store);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_ptr_array_add (ids, g_strdup_printf (INCIDENT_A ":x-%u", i));
      changes[i] = (IwChange){ ids->pdata[i], body };
    }
  g_assert_false (iw_store_apply_full (f->store, "Change", changes, G_N_ELEMENTS (changes), 1,
                                       cancel_half_way, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (iw_store_get_seq (f->store), ==, seq);
  g_assert_null (iw_store_get_undo_label (f->store, NULL));
  assert_field (f->store, INCIDENT_A ":x-0", "type", NULL);
  put (f->store, INCIDENT_A ":x-0", "{\"type\":\"x\"}");
}

/* Counting from 0 again would hide every later change from peers. */
static void
test_count_is_lost (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  IwChange change = { INCIDENT_A ":x-1", body };
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_db_exec (f->store->db, "DELETE FROM meta WHERE name = 'seq'", NULL));
  g_assert_false (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT);
  assert_field (f->store, INCIDENT_A ":x-1", "type", NULL);
  g_assert_true (iw_db_exec (f->store->db, "INSERT INTO meta VALUES ('seq', 7)", NULL));
  put (f->store, INCIDENT_A ":x-1", "{\"type\":\"x\"}");
  g_assert_cmpint (iw_store_get_seq (f->store), >, 7);
}

static void
test_local (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json ("{\"last_seq\":\"5-x\"}");
  g_autoptr (JsonObject) got = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_store_get_local (f->store, "abc", &error));
  g_assert_no_error (error);
  g_assert_true (iw_store_put_local (f->store, "abc", body, &error));
  json_object_set_string_member (body, "last_seq", "6-x");
  g_assert_true (iw_store_put_local (f->store, "abc", body, &error));
  reopen (f);
  got = iw_store_get_local (f->store, "abc", &error);
  g_assert_cmpstr (json_object_get_string_member (got, "last_seq"), ==, "6-x");
  g_assert_true (iw_store_put_local (f->store, "abc", NULL, &error));
  g_assert_null (iw_store_get_local (f->store, "abc", &error));
  g_assert_no_error (error);
  g_assert_cmpint (iw_store_get_seq (f->store), ==, 0);
}

/* ---- other connections ---- */

static void
test_reader_sees_writer (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) reader = open_at (f->dir, IW_STORE_OPEN_READ_ONLY, NULL);
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  IwChange change = { OTHER, body };
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_store_get_read_only (reader));
  g_assert_nonnull (iw_store_get_read_only_reason (reader));
  g_assert_cmpstr (iw_store_get_uuid (reader), ==, iw_store_get_uuid (f->store));
  put (f->store, ENTRY, "{\"type\":\"x\",\"text\":\"1\"}");
  assert_field (reader, ENTRY, "text", "1");
  put (f->store, ENTRY, "{\"type\":\"x\",\"text\":\"2\"}");
  assert_field (reader, ENTRY, "text", "2");
  g_assert_cmpint (iw_store_get_seq (reader), ==, iw_store_get_seq (f->store));

  g_assert_false (iw_store_apply (reader, "Change", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (iw_store_put_draft (reader, "k", "t", &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (iw_store_undo (reader, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
}

static void
test_two_writers (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_at (f->dir, IW_STORE_OPEN_DEFAULT, NULL);

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *a = g_strdup_printf (INCIDENT_A ":x-%u", i);
      g_autofree char *b = g_strdup_printf (INCIDENT_B ":x-%u", i);

      put (f->store, a, "{\"type\":\"x\",\"text\":\"a\"}");
      put (other, b, "{\"type\":\"x\",\"text\":\"b\"}");
      assert_field (f->store, b, "text", "b");
      assert_field (other, a, "text", "a");
    }
  g_assert_cmpint (iw_store_get_seq (f->store), ==, iw_store_get_seq (other));
}

static int
write_thirty (const char *dir, guint i)
{
  g_autoptr (IwStore) store = open_at (dir, IW_STORE_OPEN_DEFAULT, NULL);

  for (guint k = 0; k < 30; k++)
    {
      g_autofree char *docid = g_strdup_printf (INCIDENT_A ":x-%u-%u", i, k);

      put (store, docid, "{\"type\":\"x\"}");
    }
  return 0;
}

/* Several processes write the same workspace at once; each waits for its turn. */
static void
test_processes (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) changes = NULL;
  pid_t children[3];
  guint n = 0;

  g_clear_object (&f->store);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    if ((children[i] = fork ()) == 0)
      _exit (write_thirty (f->dir, i));
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
  f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
  changes = g_string_new (NULL);
  iw_store_foreach_change (f->store, 0, 0, collect_change, changes, NULL);
  for (const char *p = changes->str; *p != '\0'; p++)
    n += *p == ',';
  g_assert_cmpint (n, ==, 90);
}

/* ---- what cannot be opened ---- */

static void
test_not_a_database (Fixture *f, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (f->dir, "other", NULL);
  g_autofree char *path = g_build_filename (dir, "workspace.sqlite", NULL);
  g_autofree char *garbage = g_strnfill (8192, '?');
  g_autoptr (GError) error = NULL;

  g_mkdir (dir, 0700);
  g_assert_true (g_file_set_contents (path, garbage, 8192, NULL));
  g_assert_null (iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (iw_store_open (dir, IW_STORE_OPEN_READ_ONLY, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT);
}

static void
test_database_of_another_program (Fixture *f, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (f->dir, "other", NULL);
  g_autofree char *path = g_build_filename (dir, "workspace.sqlite", NULL);
  g_autoptr (IwDb) db = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir (dir, 0700);
  db = iw_db_open (path, IW_DB_CREATE, &error);
  g_assert_true (iw_db_exec (db, "CREATE TABLE song (name)", &error));
  g_assert_null (iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

static void
test_absent_read_only (Fixture *f, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (f->dir, "absent", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_store_open (dir, IW_STORE_OPEN_READ_ONLY, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
}

static void
test_folder_is_a_file (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "file", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_null (iw_store_open (path, IW_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
}

#define SKIPPED 77

static int
open_as_nobody (const char *dir)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () != 0 || setuid (65534) != 0)
    return SKIPPED;
  g_assert_null (iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  return 0;
}

/* As a user who may not read it; root may read anything, so a child gives that up. */
static void
test_no_permission (Fixture *f, gconstpointer data)
{
  pid_t child;
  int status;

  g_chmod (f->dir, 0700);
  child = fork ();
  if (child == 0)
    _exit (open_as_nobody (f->dir));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == SKIPPED)
    g_test_skip ("only root can become another user");
  else
    g_assert_cmpint (status, ==, 0);
}

/* Another program that keeps everybody out is told of soon, and does no harm. */
static void
test_locked (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "workspace.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwDb) other = NULL;
  IwStore *refused;
  gint64 start;

  g_clear_object (&f->store);
  other = iw_db_open (path, IW_DB_WRITE, NULL);
  g_assert_true (iw_db_exec (
      other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM meta WHERE 0", &error));
  g_assert_no_error (error);

  start = g_get_monotonic_time ();
  refused = iw_store_open (f->dir, IW_STORE_OPEN_DEFAULT, f->context, &error);
  g_assert_null (refused);
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_BUSY);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);

  g_clear_pointer (&other, iw_db_close);
  f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/store/open/new", test_new_workspace);
  add_test ("/store/open/uuid-stays", test_uuid_stays);
  add_test ("/store/open/not-a-database", test_not_a_database);
  add_test ("/store/open/another-program", test_database_of_another_program);
  add_test ("/store/open/absent-read-only", test_absent_read_only);
  add_test ("/store/open/folder-is-a-file", test_folder_is_a_file);
  add_test ("/store/open/no-permission", test_no_permission);
  add_test ("/store/open/locked", test_locked);
  add_test ("/store/apply/put-and-get", test_put_and_get);
  add_test ("/store/apply/absent", test_absent);
  add_test ("/store/apply/delete", test_delete);
  add_test ("/store/apply/equal-body", test_equal_body_is_no_change);
  add_test ("/store/apply/all-or-nothing", test_all_or_nothing);
  add_test ("/store/apply/refused", test_refused);
  add_test ("/store/apply/too-long", test_too_long);
  add_test ("/store/apply/reserved-members", test_reserved_members);
  add_test ("/store/foreach", test_foreach);
  add_test ("/store/changes", test_changes);
  add_test ("/store/apply/cancel", test_cancel);
  add_test ("/store/count-is-lost", test_count_is_lost);
  add_test ("/store/local", test_local);
  add_test ("/store/connections/reader", test_reader_sees_writer);
  add_test ("/store/connections/two-writers", test_two_writers);
  add_test ("/store/connections/processes", test_processes);
  return g_test_run ();
}
