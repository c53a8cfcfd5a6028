/* A replicator and a server that answers as no good one does. */
#include "hostile-server.h"

#include "iw-peer.h"
#include "iw-replicator.h"

#define INCIDENT "01a20319-20a1-7d22-a6b9-da0bef322d16"
#define NOTE INCIDENT ":note-1"

/* What each server here answers alike. FALSE where it is the test's to answer. */
static gboolean
answer_usual (const Question *question, GOutputStream *out, gboolean *goes_on)
{
  const char *body = NULL;
  int status = 200;

  if (is_for (question, "GET /_all_dbs "))
    body = "[\"db\"]";
  else if (is_for (question, "GET /db "))
    body = "{\"db_name\":\"db\"}";
  else if (is_for (question, "GET / "))
    body = "{\"uuid\":\"u\"}";
  else if (is_for (question, "GET /_session ") || is_for (question, "GET /db/_local/"))
    {
      status = 404;
      body = "{\"error\":\"not_found\",\"reason\":\"missing\"}";
    }
  else if (is_for (question, "PUT /db/_local/"))
    {
      status = 201;
      body = "{\"ok\":true,\"rev\":\"0-1\"}";
    }
  *goes_on = body != NULL && put_answer (out, status, "", body);
  return body != NULL;
}

typedef struct
{
  char *dir;
  Server *server;
  IwStore *store;
  IwRemote *remote;
  IwReplicator *replicator;
} Fixture;

static void
set_up (Fixture *fixture, Answer answer, gpointer data)
{
  IwSyncAccount account = { .user = (char *)"hana", .compartment = (char *)"db" };
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = iw_test_make_dir ();
  fixture->server = server_start (NULL, answer, data);
  account.url = url = g_strdup_printf ("http://127.0.0.1:%u/", fixture->server->port);
  fixture->store = iw_store_open (fixture->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  fixture->remote = iw_remote_new (&account, "secret");
  fixture->replicator = iw_replicator_new (fixture->store, fixture->remote, &account);
}

static void
tear_down (Fixture *fixture)
{
  g_object_unref (fixture->replicator);
  g_object_unref (fixture->remote);
  g_object_unref (fixture->store);
  server_stop (fixture->server);
  iw_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
}

/* ---- a document that is told of, and cannot be had at first ---- */

static gboolean
answer_later (const Question *question, GOutputStream *out, gpointer data)
{
  gint *there = data;
  gboolean goes_on;

  if (answer_usual (question, out, &goes_on))
    return goes_on;
  if (is_for (question, "GET /db/_changes") && strstr (question->head, "since=0&") != NULL)
    return put_answer (out, 200, "",
                       "{\"results\":[{\"seq\":\"1\",\"id\":\"" NOTE "\",\"changes\":"
                       "[{\"rev\":\"1-a\"}]}],\"last_seq\":\"1\",\"pending\":0}");
  if (is_for (question, "GET /db/_changes"))
    return put_answer (out, 200, "", "{\"results\":[],\"last_seq\":\"1\",\"pending\":0}");
  if (is_for (question, "POST /db/_revs_diff"))
    return put_answer (out, 200, "", "{}");
  g_assert_true (is_for (question, "POST /db/_bulk_get"));
  if (g_atomic_int_get (there))
    return put_answer (out, 200, "",
                       "{\"results\":[{\"id\":\"" NOTE "\",\"docs\":[{\"ok\":{\"_id\":\"" NOTE
                       "\",\"_rev\":\"1-a\",\"_revisions\":{\"start\":1,\"ids\":[\"a\"]},"
                       "\"type\":\"remark\"}}]}]}");
  return put_answer (out, 200, "",
                     "{\"results\":[{\"id\":\"" NOTE "\",\"docs\":[{\"error\":{\"id\":\"" NOTE
                     "\",\"rev\":\"1-a\",\"error\":\"internal\",\"reason\":\"busy\"}}]}]}");
}

static void
assert_parked (Fixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parked = iw_peer_list_parked (fixture->store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (parked->len, ==, n);
  if (n > 0)
    g_assert_cmpstr (((IwParked *)parked->pdata[0])->rev, ==, "1-a");
}

static void
run (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  iw_replicator_run (fixture->replicator, IW_REPLICATOR_BOTH, NULL, &error);
  g_assert_no_error (error);
}

static void
test_later (void)
{
  Fixture fixture = { 0 };
  gint there = 0;
  g_autoptr (JsonObject) body = NULL;

  set_up (&fixture, answer_later, &there);
  run (&fixture);
  assert_parked (&fixture, 1);
  g_atomic_int_set (&there, 1);
  iw_replicator_retry (fixture.replicator, NOTE);
  run (&fixture);
  assert_parked (&fixture, 0);
  body = iw_store_get (fixture.store, NOTE, NULL, NULL);
  g_assert_nonnull (body);
  tear_down (&fixture);
}

/* ---- one attachment that cannot be had ---- */

#define ATTACHED(id, name)                                                                         \
  "{\"id\":\"" id "\",\"docs\":[{\"ok\":{\"_id\":\"" id "\",\"_rev\":\"1-a\",\"_revisions\":"      \
  "{\"start\":1,\"ids\":[\"a\"]},\"type\":\"remark\",\"_attachments\":{\"" name                    \
  "\":{\"content_type\":\"text/plain\",\"digest\":\"md5-XUFAKrxLKna5cZ2REBfFkg==\",\"length\":5,"  \
  "\"revpos\":1,\"stub\":true}}}}]}"
#define ROW(seq, id) "{\"seq\":" seq ",\"id\":\"" id "\",\"changes\":[{\"rev\":\"1-a\"}]}"

static gboolean
answer_broken (const Question *question, GOutputStream *out, gpointer data)
{
  gint *n_broken = data;
  gboolean goes_on;

  if (answer_usual (question, out, &goes_on))
    return goes_on;
  if (is_for (question, "GET /db/_changes") && strstr (question->head, "since=0&") != NULL)
    return put_answer (out, 200, "",
                       "{\"results\":[" ROW ("1", "x:1") "," ROW ("2", "x:2") "," ROW (
                           "3", "x:3") "],\"last_seq\":3,\"pending\":0}");
  if (is_for (question, "GET /db/_changes"))
    return put_answer (out, 200, "", "{\"results\":[],\"last_seq\":3,\"pending\":0}");
  if (is_for (question, "POST /db/_revs_diff"))
    return put_answer (out, 200, "", "{}");
  if (is_for (question, "POST /db/_bulk_get"))
    return put_answer (out, 200, "",
                       "{\"results\":[" ATTACHED ("x:1", "broken") "," ATTACHED (
                           "x:2", "..") "," ATTACHED ("x:3", "well") "]}");
  if (is_for (question, "GET /db/x%3A3/well"))
    return put_answer (out, 200, "", "hello");
  g_assert_true (is_for (question, "GET /db/x%3A1/broken"));
  g_atomic_int_inc (n_broken);
  return put_answer (out, 500, "", "{\"error\":\"badmatch\",\"reason\":\"eof\"}");
}

/* A server that breaks down over one file must not keep back all others for ever. */
static void
test_broken (void)
{
  Fixture fixture = { 0 };
  gint n_broken = 0;
  g_autoptr (JsonObject) body = NULL;

  set_up (&fixture, answer_broken, &n_broken);
  run (&fixture);
  assert_parked (&fixture, 2);
  g_assert_cmpint (n_broken, ==, 3);
  body = iw_store_get (fixture.store, "x:3", NULL, NULL);
  g_assert_nonnull (body);
  tear_down (&fixture);
}

/* ---- one document that the server breaks down over ---- */

typedef struct
{
  const char *over; /* what it breaks down over */
  gint n_answers;
} Breakdown;

/* To _revs_diff: it has none of them. */
static gboolean
put_all_missing (const Question *question, GOutputStream *out)
{
  g_autoptr (JsonNode) asked = json_from_string (question->body->str, NULL);
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  JsonObjectIter iter;
  const char *docid;
  JsonNode *revs;

  json_object_iter_init (&iter, json_node_get_object (asked));
  while (json_object_iter_next (&iter, &docid, &revs))
    {
      JsonObject *row = json_object_new ();

      json_object_set_member (row, "missing", json_node_copy (revs));
      json_object_set_object_member (answer, docid, row);
    }
  root = json_node_init_object (json_node_alloc (), answer);
  text = json_to_string (root, FALSE);
  return put_answer (out, 200, "", text);
}

static gboolean
answer_breakdown (const Question *question, GOutputStream *out, gpointer data)
{
  Breakdown *breakdown = data;
  gboolean goes_on;

  if (answer_usual (question, out, &goes_on))
    return goes_on;
  if (is_for (question, "GET /db/_changes"))
    return put_answer (out, 200, "", "{\"results\":[],\"last_seq\":0,\"pending\":0}");
  if (is_for (question, "POST /db/_revs_diff"))
    return put_all_missing (question, out);
  g_assert_true (is_for (question, "POST /db/_bulk_docs"));
  g_atomic_int_inc (&breakdown->n_answers);
  if (strstr (question->body->str, breakdown->over) != NULL)
    return put_answer (out, 500, "", "{\"error\":\"badmatch\",\"reason\":\"eof\"}");
  return put_answer (out, 201, "", "[]");
}

static void
write_notes (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *docid = g_strdup_printf (INCIDENT ":note-%u", i);
      g_autofree char *text = g_strdup_printf ("text-%u.", i);
      g_autoptr (JsonObject) body = json_object_new ();
      IwChange change = { docid, body };

      json_object_set_string_member (body, "type", "note");
      json_object_set_string_member (body, "text", text);
      g_assert_true (iw_store_apply (fixture->store, "Add", &change, 1, 1, NULL));
    }
}

/* All others go over; it is parked, and sent again by hand. */
static void
test_breakdown (void)
{
  Fixture fixture = { 0 };
  Breakdown breakdown = { "text-3.", 0 };
  g_autoptr (GPtrArray) parked = NULL;

  set_up (&fixture, answer_breakdown, &breakdown);
  write_notes (&fixture, 8);
  run (&fixture);
  parked = iw_peer_list_parked (fixture.store, NULL);
  g_assert_cmpuint (parked->len, ==, 1);
  g_assert_cmpstr (((IwParked *)parked->pdata[0])->docid, ==, INCIDENT ":note-3");
  g_assert_cmpstr (((IwParked *)parked->pdata[0])->error, ==, "server_error");
  /* Eight, four, two, one and one, and their other halves, and once more. */
  g_assert_cmpint (breakdown.n_answers, ==, 8);
  breakdown.over = "nothing";
  iw_replicator_retry (fixture.replicator, NULL);
  run (&fixture);
  g_clear_pointer (&parked, g_ptr_array_unref);
  parked = iw_peer_list_parked (fixture.store, NULL);
  g_assert_cmpuint (parked->len, ==, 0);
  tear_down (&fixture);
}

/* One that breaks down over everything is down: nothing is parked, and it is not asked for each. */
static void
test_down (void)
{
  Fixture fixture = { 0 };
  Breakdown breakdown = { "text", 0 };
  g_autoptr (GPtrArray) parked = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&fixture, answer_breakdown, &breakdown);
  write_notes (&fixture, 64);
  g_assert_false (iw_replicator_run (fixture.replicator, IW_REPLICATOR_BOTH, NULL, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FAILED);
  g_assert_cmpint (breakdown.n_answers, <, 20);
  parked = iw_peer_list_parked (fixture.store, NULL);
  g_assert_cmpuint (parked->len, ==, 0);
  tear_down (&fixture);
}

/* ---- a server that has nothing for those who wait ---- */

static gboolean
answer_at_once (const Question *question, GOutputStream *out, gpointer data)
{
  gint status = GPOINTER_TO_INT (data);
  gboolean goes_on;

  if (answer_usual (question, out, &goes_on))
    return goes_on;
  if (strstr (question->head, "feed=longpoll") != NULL && status != 200)
    return put_answer (out, status, "", "{\"error\":\"busy\",\"reason\":\"Too many feeds.\"}");
  return put_answer (out, 200, "", "{\"results\":[],\"last_seq\":\"0\",\"pending\":0}");
}

typedef struct
{
  IwReplicator *replicator;
  GCancellable *cancellable;
} Live;

static gpointer
live_run (gpointer data)
{
  Live *live = data;

  iw_replicator_watch (live->replicator, live->cancellable, NULL);
  return NULL;
}

/* Whoever cannot wait for it must not ask without end. */
static void
test_deaf (gconstpointer data)
{
  Fixture fixture = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Live live = { NULL, cancellable };
  GThread *thread;

  set_up (&fixture, answer_at_once, (gpointer)data);
  iw_replicator_set_backoff (fixture.replicator, 200, 10000);
  live.replicator = fixture.replicator;
  thread = g_thread_new ("live", live_run, &live);
  g_usleep (1000 * 1000);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_cmpint (g_atomic_int_get (&fixture.server->n_requests), <, 100);
  g_assert_cmpint (iw_replicator_get_status (fixture.replicator)->phase, ==, IW_SYNC_IDLE);
  tear_down (&fixture);
}

/* ---- an account that may not read here for a while ---- */

static gboolean
answer_forbidden (const Question *question, GOutputStream *out, gpointer data)
{
  gint *n_left = data;
  gboolean goes_on;

  if (answer_usual (question, out, &goes_on))
    return goes_on;
  if (strstr (question->head, "feed=longpoll") == NULL && g_atomic_int_add (n_left, -1) > 0)
    return put_answer (out, 403, "", "{\"error\":\"forbidden\",\"reason\":\"No member.\"}");
  return put_answer (out, 200, "", "{\"results\":[],\"last_seq\":\"0\",\"pending\":0}");
}

typedef struct
{
  gint refused, idle_after;
} Seen;

static void
on_status (IwSyncStatus *status, gpointer data)
{
  Seen *seen = data;

  if (status->phase == IW_SYNC_REFUSED)
    g_atomic_int_set (&seen->refused, TRUE);
  if (status->phase == IW_SYNC_IDLE && g_atomic_int_get (&seen->refused))
    g_atomic_int_set (&seen->idle_after, TRUE);
}

/* It may be one compartment of several, and the server's admin can mend it: watching goes on. */
static void
test_forbidden (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Live live = { NULL, cancellable };
  gint n_left = 2;
  Seen seen = { FALSE, FALSE };
  GThread *thread;

  set_up (&fixture, answer_forbidden, &n_left);
  iw_replicator_set_backoff (fixture.replicator, 400, 400);
  iw_replicator_set_status_func (fixture.replicator, on_status, &seen);
  live.replicator = fixture.replicator;
  thread = g_thread_new ("live", live_run, &live);
  for (guint i = 0; i < 500 && !g_atomic_int_get (&seen.idle_after); i++)
    g_usleep (10000);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_true (seen.refused);
  g_assert_true (seen.idle_after);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/replicator-hostile/later", test_later);
  g_test_add_func ("/replicator-hostile/broken", test_broken);
  g_test_add_func ("/replicator-hostile/breakdown", test_breakdown);
  g_test_add_func ("/replicator-hostile/down", test_down);
  g_test_add_data_func ("/replicator-hostile/deaf/refused", GINT_TO_POINTER (503), test_deaf);
  g_test_add_data_func ("/replicator-hostile/deaf/empty", GINT_TO_POINTER (200), test_deaf);
  g_test_add_func ("/replicator-hostile/forbidden", test_forbidden);
  return g_test_run ();
}
