/* Erasures: what they list is gone here, on every copy that gets them, and on the disk. */
#include "peer-fixture.h"

#include <glib/gstdio.h>

#include "iw-blobs.h"
#include "iw-erasure.h"

#define SECRET "Jane Doe of 4 Privet Drive"
#define ERASURE INCIDENT_A ":erasure-0199a1b2-c3d4-7800-8000-00000000000e"

static gboolean
is_purged (IwStore *store, const char *docid)
{
  gboolean purged;

  return iw_peer_is_purged (store, docid, &purged, NULL) && purged;
}

static void
put_body (IwStore *store, const char *docid, const char *body)
{
  const char *revs[] = { "1-a", NULL };
  IwPeerRev rev = { docid, revs, body, FALSE, NULL };
  g_autoptr (GError) error = NULL;

  begin (store);
  iw_peer_put (store, &rev, NULL, &error);
  g_assert_no_error (error);
  commit (store);
}

static guint
obey (IwStore *store, const char *docid, const char *body)
{
  g_autoptr (GError) error = NULL;
  guint n = 99;

  begin (store);
  iw_erasure_obey (store, docid, body, &n, &error);
  g_assert_no_error (error);
  commit (store);
  return n;
}

static void
erase (IwStore *store, const char *const *docids)
{
  g_autoptr (GError) error = NULL;

  begin (store);
  iw_erasure_write (store, docids, "officer", "Article 17", &error);
  g_assert_no_error (error);
  commit (store);
}

static guint
count_purges (IwStore *store)
{
  return iw_db_query_int (store->db, "SELECT count(*) FROM purge", -1);
}

static void
test_scope (Fixture *f, gconstpointer data)
{
  g_autofree char *own = g_strdup_printf (
      "{\"ids\":[\"" INCIDENT_A ":x-1\",\"" INCIDENT_B ":x-1\",\"" ERASURE "\",\"" INCIDENT_A
      "\",\"" INCIDENT_A "x:y\",7,null,[\"a\"],\"\",\"_design/x\",\"" INCIDENT_A
      ":never\"],\"modified_by\":\"officer\",\"type\":\"erasure\"}");

  put_body (f->store, INCIDENT_A ":x-1", "{}");
  put_body (f->store, INCIDENT_B ":x-1", "{}");
  put_body (f->store, INCIDENT_A "x:y", "{}");
  put_body (f->store, ERASURE, own);
  /* What is no erasure by its id, or by its type, or says nothing. */
  g_assert_cmpint (obey (f->store, INCIDENT_A ":x-2", own), ==, 0);
  g_assert_cmpint (obey (f->store, INCIDENT_B ":entry-:erasure-1", own), ==, 0);
  g_assert_cmpint (obey (f->store, ERASURE, "{\"ids\":[\"" INCIDENT_A ":x-1\"]}"), ==, 0);
  g_assert_cmpint (obey (f->store, ERASURE, "{\"type\":\"erasure\"}"), ==, 0);
  g_assert_cmpint (obey (f->store, ERASURE, "{\"ids\":{},\"type\":\"erasure\"}"), ==, 0);
  g_assert_cmpint (obey (f->store, ERASURE, "nonsense"), ==, 0);
  assert_peer_leaves (f->store, INCIDENT_A ":x-1", "1-a");
  g_assert_cmpint (obey (f->store, ERASURE, own), ==, 1);
  assert_peer_leaves (f->store, INCIDENT_A ":x-1", "");
  assert_peer_leaves (f->store, INCIDENT_B ":x-1", "1-a");
  assert_peer_leaves (f->store, INCIDENT_A "x:y", "1-a");
  assert_peer_leaves (f->store, ERASURE, "1-a");
  g_assert_true (is_purged (f->store, INCIDENT_A ":x-1"));
  g_assert_true (is_purged (f->store, INCIDENT_A ":never"));
  g_assert_false (is_purged (f->store, INCIDENT_B ":x-1"));
  /* Once more changes nothing, and is recorded no more. */
  g_assert_cmpint (count_purges (f->store), ==, 2);
  g_assert_cmpint (obey (f->store, ERASURE, own), ==, 0);
  g_assert_cmpint (count_purges (f->store), ==, 2);
  assert_sound (f->store);
}

static gboolean
find_erasures (const IwPeerDoc *doc, gpointer data)
{
  if (iw_erasure_is_docid (doc->docid))
    g_string_append_printf (data, "%.36s %s\n", doc->docid, doc->body);
  return TRUE;
}

/* One document a scope, which another copy obeys. */
static void
test_write (Fixture *f, gconstpointer data)
{
  const char *docids[] = { INCIDENT_A ":x-1", INCIDENT_B ":x-1", INCIDENT_A ":x-2", NULL };
  const char *erasures[] = { ERASURE, NULL };
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  IwPeerRange range = { .bodies = TRUE };
  g_auto (GStrv) lines = NULL;

  put_body (f->store, INCIDENT_A ":x-1", "{}");
  put_body (f->store, INCIDENT_B ":x-1", "{}");
  erase (f->store, docids);
  g_assert_true (iw_peer_foreach_doc (f->store, &range, find_erasures, found, NULL));
  lines = g_strsplit (found->str, "\n", -1);
  g_assert_cmpint (g_strv_length (lines), ==, 3);
  g_assert_nonnull (strstr (lines[0], "\"ids\":[\"" INCIDENT_A ":x-1\",\"" INCIDENT_A ":x-2\"]"));
  g_assert_nonnull (strstr (lines[0], "\"modified_by\":\"officer\""));
  g_assert_nonnull (strstr (lines[0], "\"why\":\"Article 17\""));
  g_assert_nonnull (strstr (lines[1], "\"ids\":[\"" INCIDENT_B ":x-1\"]"));
  assert_peer_leaves (f->store, INCIDENT_A ":x-1", "");
  /* From a stale peer. */
  g_assert_false (put_rev (f->store, INCIDENT_A ":x-1", "2-b 1-a", FALSE));
  g_assert_false (put_rev (f->store, INCIDENT_A ":x-2", "1-a", FALSE));
  begin (f->store);
  g_assert_false (iw_erasure_write (f->store, erasures, "officer", "", &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  iw_peer_rollback (f->store);
  assert_sound (f->store);
}

/* ---- a workspace ---- */

static gboolean
holds (const char *path, const char *text)
{
  g_autofree char *content = NULL;
  gsize length;

  return g_file_get_contents (path, &content, &length, NULL) &&
         memmem (content, length, text, strlen (text)) != NULL;
}

/* Whether any file below @dir has @text. */
static gboolean
tree_holds (const char *dir, const char *text)
{
  g_autoptr (GDir) names = g_dir_open (dir, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? tree_holds (path, text) : holds (path, text))
        return TRUE;
    }
  return FALSE;
}

static char *
put_secret_evidence (IwStore *store)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (SECRET " (file)", -1, NULL);
  g_autofree char *docid = g_strdup (INCIDENT_A ":evidence-0199a1b2-c3d4-7800-8000-0000000000ee");
  g_autofree char *body = NULL;
  g_autofree char *staged = NULL;
  g_autoptr (GError) error = NULL;
  char sha256[65];
  gint64 length;

  staged = iw_blobs_stage (iw_store_get_dir (store), input, 0, NULL, NULL, NULL, sha256, &length,
                           &error);
  g_assert_no_error (error);
  g_assert_true (iw_blobs_commit (iw_store_get_dir (store), staged, sha256, &error));
  body = g_strdup_printf ("{\"type\":\"evidence\",\"v\":1,\"incident\":\"" INCIDENT_A
                          "\",\"name\":\"mail.txt\",\"sha256\":\"%s\",\"length\":%d}",
                          sha256, (int)length);
  put (store, docid, body);
  return g_steal_pointer (&docid);
}

/* Bodies, search, drafts, files, undo: nothing has it after compacting. */
static void
test_workspace (Fixture *f, gconstpointer data)
{
  g_autofree char *entry = NULL;
  g_autofree char *evidence = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  const char *docids[3] = { NULL };

  put_incident (f->store, INCIDENT_A, "Title");
  entry = put_text (f->store, INCIDENT_A, 10, SECRET);
  evidence = put_secret_evidence (f->store);
  key = g_strdup_printf ("form:%s", entry);
  g_assert_true (iw_store_put_draft (f->store, key, SECRET, NULL));
  g_assert_false (iw_peer_wants_compact (f->store));
  g_assert_true (tree_holds (f->dir, SECRET " (file)"));
  docids[0] = entry;
  docids[1] = evidence;
  erase (f->store, docids);
  g_assert_true (iw_peer_wants_compact (f->store));
  iw_peer_compact (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (tree_holds (f->dir, "Privet"));
  g_assert_false (tree_holds (f->dir, "privet"));
  g_assert_true (tree_holds (f->dir, "Title"));
  g_assert_false (iw_peer_wants_compact (f->store));
  reopen (f);
  g_assert_false (iw_peer_wants_compact (f->store));
  assert_sound (f->store);
}

/* A file that something else refers to stays. */
static void
test_shared_file (Fixture *f, gconstpointer data)
{
  g_autofree char *evidence = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;
  const char *docids[2] = { NULL };

  put_incident (f->store, INCIDENT_A, "Title");
  evidence = put_secret_evidence (f->store);
  body = iw_store_get (f->store, evidence, NULL, NULL);
  json_object_set_string_member (body, "incident", INCIDENT_B);
  text = g_strdup_printf ("{\"type\":\"evidence\",\"v\":1,\"incident\":\"" INCIDENT_B
                          "\",\"name\":\"a\",\"sha256\":\"%s\",\"length\":%d}",
                          json_object_get_string_member (body, "sha256"),
                          (int)json_object_get_int_member (body, "length"));
  put_incident (f->store, INCIDENT_B, "Other");
  put (f->store, INCIDENT_B ":evidence-0199a1b2-c3d4-7800-8000-0000000000ef", text);
  docids[0] = evidence;
  erase (f->store, docids);
  iw_peer_compact (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (tree_holds (f->dir, SECRET));
  assert_sound (f->store);
}

/* Decisions that are erased leave the state, and what withdrew them is of nothing. */
static void
test_decisions (Fixture *f, gconstpointer data)
{
  g_autoptr (IwIncidentRow) before = NULL;
  g_autoptr (IwIncidentRow) after = NULL;
  g_autoptr (IwIncidentRow) last = NULL;
  g_autofree char *docid = NULL;
  g_auto (GStrv) changed = NULL;
  const char *docids[2] = { NULL };

  put_incident (f->store, INCIDENT_A, "Title");
  docid = put_severity (f->store, INCIDENT_A, 1, "high");
  before = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (before->severity, ==, IW_SEVERITY_HIGH);
  g_assert_true (iw_store_undo (f->store, &changed, NULL));
  docids[0] = docid;
  erase (f->store, docids);
  after = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (after->severity, ==, IW_SEVERITY_UNSET);
  g_assert_cmpint (after->n_entries, ==, 1);
  assert_sound (f->store);
  docids[0] = changed[1];
  erase (f->store, docids);
  last = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (last->n_entries, ==, 0);
  assert_sound (f->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_peer_test ("/erasure/scope", test_scope);
  add_peer_test ("/erasure/write", test_write);
  add_test ("/erasure/workspace", test_workspace);
  add_test ("/erasure/shared-file", test_shared_file);
  add_test ("/erasure/decisions", test_decisions);
  return g_test_run ();
}
