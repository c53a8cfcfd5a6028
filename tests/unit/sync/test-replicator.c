/* Two workspaces and a real server: both come to the same state, also when killed at every point.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "iw-conflicts.h"
#include "iw-peer.h"
#include "iw-replicator.h"
#include "iw-test-server.h"
#include "iw-test-support.h"

#define INCIDENT "01a20319-20a1-7d22-a6b9-da0bef322d16"
#define TASK INCIDENT ":note-01a20319-20a1-7d22-a6b9-da0bef322d1"

typedef struct
{
  char *dir;
  IwStore *store;
  IwSyncAccount account;
  IwRemote *remote;
  IwReplicator *replicator;
} Client;

static void
client_open (Client *client)
{
  g_autoptr (GError) error = NULL;

  client->store = iw_store_open (client->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  client->remote = iw_remote_new (&client->account, "writer-secret");
  client->replicator = iw_replicator_new (client->store, client->remote, &client->account);
}

static void
client_close (Client *client)
{
  g_clear_object (&client->replicator);
  g_clear_object (&client->remote);
  g_clear_object (&client->store);
}

static void
client_init (Client *client, IwTestServer *server)
{
  client->dir = iw_test_make_dir ();
  client->account.url = g_strconcat (iw_test_server_get_url (server), "/", NULL);
  client->account.user = (char *)"writer";
  client->account.compartment = (char *)"incidents";
  client_open (client);
}

static void
client_clear (Client *client)
{
  client_close (client);
  iw_test_remove_dir (client->dir);
  g_free (client->dir);
  g_free (client->account.url);
}

/* A document that no write rule is concerned with. */
static void
write_doc (Client *client, const char *docid, const char *name, const char *value)
{
  g_autoptr (JsonObject) body = iw_store_get (client->store, docid, NULL, NULL);
  g_autoptr (GError) error = NULL;
  IwChange change = { docid, NULL };

  if (body == NULL)
    body = json_object_new ();
  json_object_set_string_member (body, "type", "remark");
  json_object_set_string_member (body, name, value);
  change.body = body;
  iw_store_apply (client->store, "Edit", &change, 1, 1, &error);
  g_assert_no_error (error);
}

static void
delete_doc (Client *client, const char *docid)
{
  g_autoptr (GError) error = NULL;
  IwChange change = { docid, NULL };

  iw_store_apply (client->store, "Delete", &change, 1, 1, &error);
  g_assert_no_error (error);
}

static void
sync_now (Client *client)
{
  g_autoptr (GError) error = NULL;

  iw_replicator_run (client->replicator, IW_REPLICATOR_BOTH, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
add_change (const IwPeerChange *change, gpointer data)
{
  g_autoptr (GString) line = g_string_new (change->docid);

  for (guint i = 0; change->revs[i] != NULL; i++)
    g_string_append_printf (line, " %s", change->revs[i]);
  g_ptr_array_add (data, g_string_free (g_steal_pointer (&line), FALSE));
  return TRUE;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* All documents with all their leaves, as one text. */
static char *
state_of (Client *client)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  iw_peer_foreach_change (client->store, 0, 0, IW_PEER_CHANGES_ALL_LEAVES, add_change, lines, NULL,
                          &error);
  g_assert_no_error (error);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static void
assert_same (Client *a, Client *b)
{
  g_autofree char *one = state_of (a);
  g_autofree char *two = state_of (b);

  g_assert_cmpstr (one, ==, two);
}

static void
assert_value (Client *client, const char *docid, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = iw_store_get (client->store, docid, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member_with_default (body, name, NULL), ==, value);
}

static void
test_both_ways (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 }, b = { 0 };
  IwReplicatorCounts counts;

  client_init (&a, server);
  client_init (&b, server);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *docid = g_strdup_printf (TASK "%x", i);

      write_doc (i % 2 == 0 ? &a : &b, docid, "title", docid);
    }
  sync_now (&a);
  sync_now (&b);
  sync_now (&a);
  assert_same (&a, &b);
  assert_value (&a, TASK "1", "title", TASK "1");
  delete_doc (&a, TASK "2");
  write_doc (&b, TASK "3", "title", "other");
  sync_now (&a);
  sync_now (&b);
  sync_now (&a);
  assert_same (&a, &b);
  assert_value (&a, TASK "3", "title", "other");
  /* Nothing goes over twice. */
  iw_replicator_get_counts (a.replicator, &counts);
  g_assert_cmpuint (counts.sent, ==, 6);
  g_assert_cmpuint (counts.received, ==, 6);
  g_assert_cmpuint (counts.refused, ==, 0);
  g_assert_cmpint (iw_replicator_count_waiting (b.store), ==, 0);
  g_assert_cmpint (iw_replicator_get_status (a.replicator)->phase, ==, IW_SYNC_IDLE);
  client_clear (&a);
  client_clear (&b);
}

/* A new process goes on from the checkpoint. */
static gboolean
count_bulk (const char *method, const char *path, gpointer data, GError **error)
{
  if (g_str_has_prefix (path, "_bulk"))
    g_atomic_int_inc ((gint *)data);
  if (g_str_has_prefix (path, "_changes?") && strstr (path, "since=0&") != NULL)
    g_atomic_int_add ((gint *)data, 1000);
  return TRUE;
}

static void
test_checkpoint (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 };
  gint n = 0;

  client_init (&a, server);
  write_doc (&a, TASK "1", "title", "one");
  sync_now (&a);
  sync_now (&a);
  client_close (&a);
  client_open (&a);
  iw_remote_set_guard (a.remote, count_bulk, &n);
  sync_now (&a);
  g_assert_cmpint (n, ==, 0);
  client_clear (&a);
}

static void
test_conflicts (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 }, b = { 0 };
  g_auto (GStrv) open = NULL;

  client_init (&a, server);
  client_init (&b, server);
  write_doc (&a, TASK "1", "title", "one");
  sync_now (&a);
  sync_now (&b);
  /* One that merges, and one that does not. */
  write_doc (&a, TASK "1", "left", "here");
  write_doc (&b, TASK "1", "right", "there");
  write_doc (&a, TASK "2", "word", "black");
  write_doc (&b, TASK "2", "word", "white");
  for (guint i = 0; i < 3; i++)
    {
      sync_now (&a);
      sync_now (&b);
    }
  assert_same (&a, &b);
  assert_value (&a, TASK "1", "left", "here");
  assert_value (&b, TASK "1", "right", "there");
  open = iw_conflicts_list (a.store, NULL);
  g_assert_cmpuint (g_strv_length (open), ==, 1);
  g_assert_cmpstr (open[0], ==, TASK "2");
  client_clear (&a);
  client_clear (&b);
}

/* ---- files, histories ---- */

static IwAttachment *
stage (Client *client, const char *name, gsize length)
{
  g_autofree char *bytes = g_strnfill (length, *name);
  g_autofree char *md5_hex = g_compute_checksum_for_string (G_CHECKSUM_MD5, bytes, length);
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (bytes, length, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *staged = NULL;
  g_autofree char *md5 = NULL;
  guint8 digest[16];
  char sha256[65];
  gint64 n;

  for (guint i = 0; i < sizeof digest; i++)
    digest[i] =
        (g_ascii_xdigit_value (md5_hex[2 * i]) << 4) | g_ascii_xdigit_value (md5_hex[2 * i + 1]);
  md5 = g_base64_encode (digest, sizeof digest);
  staged = iw_blobs_stage (client->dir, input, length, NULL, NULL, NULL, sha256, &n, &error);
  g_assert_no_error (error);
  iw_blobs_commit (client->dir, staged, sha256, &error);
  g_assert_no_error (error);
  return iw_attachment_new (name, "application/octet-stream", sha256, md5, length, 1);
}

/* A small one goes within its document, a large one beside it. */
static void
test_attachments (gconstpointer data)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 }, b = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (IwAttachment) one = NULL;
  g_autoptr (IwAttachment) two = NULL;
  g_autofree char *rev = NULL;
  g_auto (IwPeerDoc) doc = { 0 };
  IwAttachment *list[3] = { NULL, NULL, NULL };

  client_init (&a, server);
  client_init (&b, server);
  list[0] = one = stage (&a, "small", 10);
  list[1] = two = stage (&a, "tall", GPOINTER_TO_SIZE (data));
  iw_peer_begin (a.store, &error);
  iw_peer_edit (a.store, TASK "1", NULL, "{\"type\":\"remark\"}", FALSE, list, &rev, &error);
  iw_peer_commit (a.store, &error);
  g_assert_no_error (error);
  sync_now (&a);
  sync_now (&b);
  assert_same (&a, &b);
  g_assert_true (iw_peer_get (b.store, TASK "1", rev, &doc, &error));
  g_assert_cmpuint (doc.attachments->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const IwAttachment *got = doc.attachments->pdata[i];

      g_assert_cmpstr (got->sha256, ==, list[i]->sha256);
      g_assert_true (iw_blobs_verify (b.dir, got->sha256, NULL, &error));
      g_assert_no_error (error);
    }
  client_clear (&a);
  client_clear (&b);
}

/* A file that is gone, or cut, is the trouble of its own document. */
static void
test_damaged_file (gconstpointer data)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (IwAttachment) file = NULL;
  g_autoptr (GPtrArray) parked = NULL;
  g_autofree char *path = NULL;
  IwAttachment *list[2] = { NULL, NULL };

  client_init (&a, server);
  list[0] = file = stage (&a, "file", GPOINTER_TO_SIZE (data));
  iw_peer_begin (a.store, &error);
  iw_peer_edit (a.store, TASK "1", NULL, "{\"type\":\"remark\"}", FALSE, list, NULL, &error);
  iw_peer_commit (a.store, &error);
  g_assert_no_error (error);
  path = iw_blobs_path (a.dir, file->sha256);
  g_chmod (path, 0600);
  g_assert_cmpint (truncate (path, 5), ==, 0);
  write_doc (&a, TASK "2", "title", "whole");
  sync_now (&a);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/incidents/" TASK "1", NULL),
                    ==, 404);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/incidents/" TASK "2", NULL),
                    ==, 200);
  parked = iw_peer_list_parked (a.store, &error);
  g_assert_cmpuint (parked->len, ==, 1);
  g_assert_cmpstr (((IwParked *)parked->pdata[0])->docid, ==, TASK "1");
  client_clear (&a);
}

/* What an entry said first goes over with what it says last. */
static void
test_first_of_entries (void)
{
  static const char entry[] = INCIDENT ":entry-01a20319-20a1-7d22-a6b9-da0bef322d17";
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 }, b = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_auto (IwPeerDoc) doc = { 0 };

  client_init (&a, server);
  client_init (&b, server);
  iw_peer_begin (a.store, &error);
  iw_peer_edit (a.store, entry, NULL, "{\"type\":\"remark\",\"n\":1}", FALSE, NULL, &first, &error);
  iw_peer_edit (a.store, entry, first, "{\"type\":\"remark\",\"n\":2}", FALSE, NULL, &second,
                &error);
  iw_peer_commit (a.store, &error);
  g_assert_no_error (error);
  sync_now (&a);
  sync_now (&b);
  assert_same (&a, &b);
  g_assert_true (iw_peer_get (b.store, entry, first, &doc, &error));
  g_assert_cmpstr (doc.body, ==, "{\"n\":1,\"type\":\"remark\"}");
  {
    g_autofree char *path = g_strdup_printf ("/incidents/%s?rev=%s", entry, first);

    g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", path, NULL), ==, 200);
  }
  client_clear (&a);
  client_clear (&b);
}

/* ---- killed at every point ---- */

typedef struct
{
  gint left; /* requests until the end; < 0: none */
} Fault;

static gboolean
fail_at (const char *method, const char *path, gpointer data, GError **error)
{
  Fault *fault = data;

  if (g_atomic_int_add (&fault->left, -1) != 0)
    return TRUE;
  g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE, "cut");
  return FALSE;
}

/* Runs with a cut at the @at'th request; whether there was one so far. The process is a new one
 * afterwards. */
static gboolean
run_cut (Client *client, guint at)
{
  Fault fault = { (gint)at };
  g_autoptr (GError) error = NULL;
  gboolean ok;

  client_close (client);
  client_open (client);
  iw_remote_set_guard (client->remote, fail_at, &fault);
  ok = iw_replicator_run (client->replicator, IW_REPLICATOR_BOTH, NULL, &error);
  if (!ok)
    g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE);
  client_close (client);
  client_open (client);
  return !ok;
}

static void
test_cut_everywhere (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 }, b = { 0 };
  guint at = 0;
  gboolean cut = TRUE;

  client_init (&a, server);
  client_init (&b, server);
  for (; cut; at++)
    {
      g_autofree char *mine = g_strdup_printf (INCIDENT ":note-01a20319-20a1-7d22-a6b9-%012x", at);
      g_autofree char *yours =
          g_strdup_printf (INCIDENT ":note-01a20319-20a1-7d22-a6b9-%012x", at + 1000);

      write_doc (&a, mine, "title", "mine");
      write_doc (&b, yours, "title", "yours");
      sync_now (&b);
      cut = run_cut (&a, at);
      sync_now (&a);
      sync_now (&b);
      assert_same (&a, &b);
    }
  g_assert_cmpuint (at, >, 10);
  g_test_message ("%u points", at);
  client_clear (&a);
  client_clear (&b);
}

/* ---- what the server does not take ---- */

static void
test_parked (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 };
  g_autoptr (GPtrArray) parked = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;
  IwReplicatorCounts counts;
  IwParked *one;

  client_init (&a, server);
  /* Rules: a task has a title and an author who is the account. */
  iw_store_set_author (a.store, "somebody else");
  {
    g_autoptr (JsonObject) body = json_object_new ();
    IwChange change = { "workspace:team-01a20319-20a1-7d22-a6b9-da0bef322d16", body };

    json_object_set_string_member (body, "type", "team");
    json_object_set_string_member (body, "name", "Night shift");
    json_object_set_int_member (body, "v", 1);
    iw_store_apply (a.store, "Edit", &change, 1, 1, &error);
    g_assert_no_error (error);
  }
  write_doc (&a, TASK "1", "title", "goes");
  sync_now (&a);
  iw_replicator_get_counts (a.replicator, &counts);
  g_assert_cmpuint (counts.sent, ==, 1);
  g_assert_cmpuint (counts.refused, ==, 1);
  parked = iw_peer_list_parked (a.store, &error);
  g_assert_cmpuint (parked->len, ==, 1);
  one = parked->pdata[0];
  g_assert_cmpstr (one->error, ==, "forbidden");
  g_assert_cmpstr (one->reason, !=, "");
  g_assert_false (one->incoming);
  /* It stays, without being sent again, until it is asked for or there is a new revision. */
  sync_now (&a);
  iw_replicator_get_counts (a.replicator, &counts);
  g_assert_cmpuint (counts.refused, ==, 1);
  iw_replicator_retry (a.replicator, NULL);
  sync_now (&a);
  iw_replicator_get_counts (a.replicator, &counts);
  g_assert_cmpuint (counts.refused, ==, 2);
  iw_store_set_author (a.store, "writer");
  delete_doc (&a, "workspace:team-01a20319-20a1-7d22-a6b9-da0bef322d16");
  sync_now (&a);
  left = iw_peer_list_parked (a.store, &error);
  g_assert_cmpuint (left->len, ==, 0);
  client_clear (&a);
}

static void
test_reader (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 };
  g_autoptr (GPtrArray) parked = NULL;
  g_autoptr (GError) error = NULL;

  client_init (&a, server);
  g_clear_object (&a.replicator);
  g_clear_object (&a.remote);
  a.account.user = (char *)"reader";
  a.remote = iw_remote_new (&a.account, "reader-secret");
  a.replicator = iw_replicator_new (a.store, a.remote, &a.account);
  write_doc (&a, TASK "1", "title", "mine alone");
  g_assert_true (iw_replicator_run (a.replicator, IW_REPLICATOR_BOTH, NULL, &error));
  g_assert_no_error (error);
  parked = iw_peer_list_parked (a.store, &error);
  g_assert_cmpuint (parked->len, ==, 1);
  g_assert_cmpstr (((IwParked *)parked->pdata[0])->error, ==, "forbidden");
  assert_value (&a, TASK "1", "title", "mine alone");
  client_clear (&a);
}

static void
test_wrong_password (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 };
  g_autoptr (GError) error = NULL;

  client_init (&a, server);
  g_clear_object (&a.replicator);
  g_clear_object (&a.remote);
  a.remote = iw_remote_new (&a.account, "wrong");
  a.replicator = iw_replicator_new (a.store, a.remote, &a.account);
  g_assert_false (iw_replicator_watch (a.replicator, NULL, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_UNAUTHORIZED);
  g_assert_cmpint (iw_replicator_get_status (a.replicator)->phase, ==, IW_SYNC_REFUSED);
  client_clear (&a);
}

/* ---- compartments ---- */

static void
ask_admin (IwTestServer *server, const char *method, const char *path, const char *body)
{
  guint status = iw_test_server_status (server, "admin", method, path, body);

  g_assert_cmpuint (status, >=, 200);
  g_assert_cmpuint (status, <, 300);
}

static void
test_compartments (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 }, b = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *home = NULL;

  ask_admin (server, "PUT", "/secret", NULL);
  ask_admin (server, "PUT", "/secret/_security",
             "{\"admins\":{\"names\":[],\"roles\":[\"admin\"]},\"members\":{\"names\":[\"writer\"],"
             "\"roles\":[]}}");
  client_init (&a, server);
  client_init (&b, server);
  write_doc (&a, TASK "1", "title", "open");
  g_assert_true (iw_peer_set_compartment (a.store, INCIDENT, "secret", &error));
  sync_now (&a);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "GET", "/secret/" TASK "1", NULL), ==,
                    200);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "GET", "/incidents/" TASK "1", NULL),
                    ==, 404);
  sync_now (&b);
  assert_value (&b, TASK "1", "title", "open");
  home = iw_peer_get_compartment (b.store, INCIDENT, &error);
  g_assert_cmpstr (home, ==, "secret");
  /* What B writes goes back to where it lives. */
  write_doc (&b, TASK "2", "title", "also");
  sync_now (&b);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "GET", "/secret/" TASK "2", NULL), ==,
                    200);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "GET", "/incidents/" TASK "2", NULL),
                    ==, 404);
  /* Of it in another compartment nothing is taken. */
  ask_admin (server, "PUT", "/incidents/" TASK "3", "{\"type\":\"remark\",\"title\":\"planted\"}");
  sync_now (&b);
  g_assert_null (iw_store_get (b.store, TASK "3", NULL, NULL));
  {
    g_autoptr (GPtrArray) parked = iw_peer_list_parked (b.store, &error);

    g_assert_cmpuint (parked->len, ==, 1);
    g_assert_true (((IwParked *)parked->pdata[0])->incoming);
  }
  client_clear (&a);
  client_clear (&b);
}

static void
test_moved_later (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 };
  g_autoptr (GError) error = NULL;

  ask_admin (server, "PUT", "/secret", NULL);
  ask_admin (server, "PUT", "/secret/_security",
             "{\"admins\":{\"names\":[],\"roles\":[\"admin\"]},\"members\":{\"names\":[\"writer\"],"
             "\"roles\":[]}}");
  client_init (&a, server);
  write_doc (&a, TASK "1", "title", "open");
  sync_now (&a);
  g_assert_true (iw_peer_set_compartment (a.store, INCIDENT, "secret", &error));
  sync_now (&a);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "GET", "/secret/" TASK "1", NULL), ==,
                    200);
  client_clear (&a);
}

/* ---- live ---- */

typedef struct
{
  Client *client;
  GCancellable *cancellable;
} Live;

static gpointer
live_run (gpointer data)
{
  Live *live = data;
  g_autoptr (GError) error = NULL;

  iw_replicator_watch (live->client->replicator, live->cancellable, &error);
  g_assert_no_error (error);
  return NULL;
}

/* Another connection to the same workspace, as the window has. */
static gboolean
comes (const char *dir, const char *docid)
{
  for (guint i = 0; i < 500; i++, g_usleep (10 * 1000))
    {
      g_autoptr (IwStore) store = iw_store_open (dir, IW_STORE_OPEN_READ_ONLY, NULL, NULL);
      g_autoptr (JsonObject) body = store != NULL ? iw_store_get (store, docid, NULL, NULL) : NULL;

      if (body != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_live (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Client a = { 0 }, b = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Live live = { &b, cancellable };
  GThread *thread;

  client_init (&a, server);
  client_init (&b, server);
  write_doc (&a, TASK "1", "title", "one");
  sync_now (&a);
  thread = g_thread_new ("live", live_run, &live);
  g_assert_true (comes (b.dir, TASK "1"));
  write_doc (&a, TASK "2", "title", "two");
  sync_now (&a);
  g_assert_true (comes (b.dir, TASK "2"));
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  client_clear (&a);
  client_clear (&b);
}

static void
test_live_offline (void)
{
  Client a = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Live live = { &a, cancellable };
  IwTestServer *server = iw_test_server_new ();
  GThread *thread;

  client_init (&a, server);
  iw_test_server_free (server);
  iw_replicator_set_backoff (a.replicator, 10, 50);
  thread = g_thread_new ("live", live_run, &live);
  g_usleep (300 * 1000);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_cmpint (iw_replicator_get_status (a.replicator)->phase, ==, IW_SYNC_WAITING);
  g_assert_cmpint (iw_replicator_get_status (a.replicator)->retry_at, >, 0);
  client_clear (&a);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/replicator/both-ways", test_both_ways);
  g_test_add_func ("/replicator/checkpoint", test_checkpoint);
  g_test_add_func ("/replicator/conflicts", test_conflicts);
  g_test_add_data_func ("/replicator/attachments/small", GSIZE_TO_POINTER (1000), test_attachments);
  g_test_add_data_func ("/replicator/attachments/large", GSIZE_TO_POINTER (3000000),
                        test_attachments);
  g_test_add_data_func ("/replicator/damaged-file/small", GSIZE_TO_POINTER (1000),
                        test_damaged_file);
  g_test_add_data_func ("/replicator/damaged-file/large", GSIZE_TO_POINTER (3000000),
                        test_damaged_file);
  g_test_add_func ("/replicator/first-of-entries", test_first_of_entries);
  g_test_add_func ("/replicator/cut-everywhere", test_cut_everywhere);
  g_test_add_func ("/replicator/parked", test_parked);
  g_test_add_func ("/replicator/reader", test_reader);
  g_test_add_func ("/replicator/wrong-password", test_wrong_password);
  g_test_add_func ("/replicator/compartments", test_compartments);
  g_test_add_func ("/replicator/moved-later", test_moved_later);
  g_test_add_func ("/replicator/live", test_live);
  g_test_add_func ("/replicator/live-offline", test_live_offline);
  return g_test_run ();
}
