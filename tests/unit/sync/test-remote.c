/* The client against a server that lies. */
#include "hostile-server.h"

typedef struct
{
  int status;
  const char *headers;
  const char *body;
} Canned;

static gboolean
answer_canned (const Question *question, GOutputStream *out, gpointer data)
{
  const Canned *canned = data;

  return put_answer (out, canned->status, canned->headers != NULL ? canned->headers : "",
                     canned->body);
}

/* ---- what each call makes of an answer ---- */

static gboolean
call_changes (IwRemote *remote, GError **error)
{
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) rows =
      iw_remote_changes (remote, "db", NULL, 10, 0, &last, NULL, NULL, error);

  return rows != NULL;
}

static gboolean
call_diff (IwRemote *remote, GError **error)
{
  static const char *const revs[] = { "1-a", NULL };
  IwRemoteRevs item = { "d:1", revs };
  g_autoptr (GPtrArray) rows = iw_remote_revs_diff (remote, "db", &item, 1, NULL, error);

  return rows != NULL;
}

static gboolean
take_first_error (const char *docid, IwWireDoc *doc, const GError *error, gpointer data)
{
  GError **first = data;

  if (error != NULL && *first == NULL)
    *first = g_error_copy (error);
  g_clear_pointer (&doc, iw_wire_doc_free);
  return TRUE;
}

/* An error of a row counts as one of the call. */
static gboolean
call_bulk_get (IwRemote *remote, GError **error)
{
  static const char *const revs[] = { "2-b", NULL };
  IwRemoteRevs item = { "d:1", revs };
  GError *row = NULL;

  if (!iw_remote_bulk_get (remote, "db", &item, 1, take_first_error, &row, NULL, error))
    return FALSE;
  if (row == NULL)
    return TRUE;
  g_propagate_error (error, row);
  return FALSE;
}

static void
on_row (const char *docid, const char *rev, const char *code, const char *reason, gpointer data)
{
  guint *n = data;

  g_assert_cmpstr (docid, ==, "d:1");
  g_assert_cmpstr (code, ==, "forbidden");
  g_assert_cmpstr (reason, ==, "no");
  (*n)++;
}

static gboolean
call_bulk_docs (IwRemote *remote, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  guint n = 0;

  g_ptr_array_add (texts, (char *)"{\"_id\":\"d:1\",\"_rev\":\"1-a\"}");
  return iw_remote_bulk_docs (remote, "db", texts, on_row, &n, NULL, error);
}

static gboolean
call_session (IwRemote *remote, GError **error)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) roles = NULL;

  return iw_remote_get_session (remote, &name, &roles, NULL, error);
}

static gboolean
call_databases (IwRemote *remote, GError **error)
{
  g_auto (GStrv) names = iw_remote_list_databases (remote, NULL, error);

  return names != NULL;
}

static gboolean
call_local (IwRemote *remote, GError **error)
{
  g_autofree char *rev = NULL;
  g_autofree char *text = iw_remote_get_local (remote, "db", "x", &rev, NULL, error);

  return text != NULL;
}

typedef gboolean (*Call) (IwRemote *remote, GError **error);

static void
check_answer (Call call, int status, const char *body, int code)
{
  Canned canned = { status, NULL, body };
  Server *server = server_start (NULL, answer_canned, &canned);
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok = call (remote, &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (ok);
    }
  else
    {
      g_test_message ("%s: %s", body, error != NULL ? error->message : "no error");
      g_assert_error (error, IW_REMOTE_ERROR, code);
      g_assert_false (ok);
    }
  g_clear_object (&remote);
  server_stop (server);
}

static void
test_types (void)
{
  static const struct
  {
    Call call;
    const char *body;
    int code;
  } cases[] = {
    { call_changes, "{\"results\":[],\"last_seq\":5}", -1 },
    { call_changes, "{\"results\":[],\"last_seq\":\"5-g1AAA\"}", -1 },
    { call_changes, "{\"results\":[],\"last_seq\":[5,\"g1AAA\"]}", -1 },
    { call_changes,
      "{\"results\":[{\"seq\":null,\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}]}],\"last_seq\":1}",
      -1 },
    { call_changes, "{\"results\":[]}", IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "{\"results\":{},\"last_seq\":5}", IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "{\"results\":[7],\"last_seq\":5}", IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "{\"results\":[{\"seq\":1,\"id\":1,\"changes\":[]}],\"last_seq\":5}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "{\"results\":[{\"seq\":1,\"id\":\"a\",\"changes\":[]}],\"last_seq\":5}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_changes,
      "{\"results\":[{\"seq\":1,\"id\":\"a\",\"changes\":[{\"rev\":1}]}],\"last_seq\":5}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "{\"results\":[],\"last_seq\":1e999}", IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "{\"results\":[],\"last_seq\":\"5\\u0000\"}", IW_REMOTE_ERROR_PROTOCOL },
    /* a NUL in one id is not the others' fault */
    { call_changes,
      "{\"results\":[{\"seq\":1,\"id\":\"a\\u0000b\",\"changes\":[{\"rev\":\"1-a\"}]}],"
      "\"last_seq\":1}",
      -1 },
    { call_changes, "[]", IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "<html>", IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "", IW_REMOTE_ERROR_PROTOCOL },
    { call_changes, "{\"results\":[],\"last_seq\":5", IW_REMOTE_ERROR_PROTOCOL },
    { call_diff, "{}", -1 },
    { call_diff, "{\"other\":{\"missing\":[\"1-z\"]}}", -1 },
    { call_diff, "{\"d:1\":{\"missing\":[\"9-z\",7,null]}}", -1 },
    { call_diff, "[]", IW_REMOTE_ERROR_PROTOCOL },
    { call_diff, "{\"d:1\":[\"1-a\"]}", IW_REMOTE_ERROR_PROTOCOL },
    { call_diff, "{\"d:1\":{\"missing\":\"1-a\"}}", IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_get,
      "{\"results\":[{\"id\":\"d:1\",\"docs\":[{\"ok\":{\"_id\":\"d:1\",\"_rev\":\"2-b\"}}]}]}",
      -1 },
    /* latest=true: a later one of the same line */
    { call_bulk_get,
      "{\"results\":[{\"id\":\"d:1\",\"docs\":[{\"ok\":{\"_id\":\"d:1\",\"_rev\":\"3-c\",\"_"
      "revisions\":{\"start\":3,"
      "\"ids\":[\"c\",\"b\",\"a\"]}}}]}]}",
      -1 },
    { call_bulk_get, "{\"results\":[]}", IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_get, "{\"results\":{}}", IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_get, "{\"results\":[{\"id\":\"d:1\"}]}", IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_get,
      "{\"results\":[{\"id\":\"d:1\",\"docs\":[{\"error\":{\"error\":\"not_found\"}}]}]}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_get,
      "{\"results\":[{\"id\":\"d:1\",\"docs\":[{\"ok\":{\"_id\":\"d:2\",\"_rev\":\"2-b\"}}]}]}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_get,
      "{\"results\":[{\"id\":\"d:1\",\"docs\":[{\"ok\":{\"_id\":\"d:1\",\"_rev\":\"2-z\"}}]}]}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_get,
      "{\"results\":[{\"id\":\"d:1\",\"docs\":[{\"ok\":{\"_id\":\"d:1\",\"_rev\":7}}]}]}",
      IW_REMOTE_ERROR_PROTOCOL },
    /* a history that goes round, one that does not fit, one below nothing */
    { call_bulk_get,
      "{\"results\":[{\"id\":\"d:1\",\"docs\":[{\"ok\":{\"_id\":\"d:1\",\"_rev\":\"2-b\",\"_"
      "revisions\":{\"start\":9,"
      "\"ids\":[\"b\",\"a\"]}}}]}]}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_get,
      "{\"results\":[{\"id\":\"d:1\",\"docs\":[{\"ok\":{\"_id\":\"d:1\",\"_rev\":\"2-b\",\"_"
      "revisions\":{\"start\":2,"
      "\"ids\":[\"b\",\"a\",\"b\",\"a\"]}}}]}]}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_docs, "[]", -1 },
    { call_bulk_docs, "[{\"ok\":true,\"id\":\"d:1\",\"rev\":\"1-a\"}]", -1 },
    { call_bulk_docs, "[{\"id\":\"d:1\",\"error\":\"forbidden\",\"reason\":\"no\"}]", -1 },
    { call_bulk_docs, "[{\"error\":\"forbidden\",\"reason\":\"no\"}]", IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_docs, "[7]", IW_REMOTE_ERROR_PROTOCOL },
    { call_bulk_docs, "{}", IW_REMOTE_ERROR_PROTOCOL },
    { call_session, "{\"ok\":true,\"userCtx\":{\"name\":\"hana\",\"roles\":[\"responder\"]}}", -1 },
    { call_session, "{\"ok\":true}", IW_REMOTE_ERROR_PROTOCOL },
    { call_session, "{\"userCtx\":{\"name\":\"hana\",\"roles\":\"admin\"}}",
      IW_REMOTE_ERROR_PROTOCOL },
    { call_session, "{\"userCtx\":{\"name\":\"hana\",\"roles\":[7]}}", IW_REMOTE_ERROR_PROTOCOL },
    { call_databases, "[\"a\",\"_users\"]", -1 },
    { call_databases, "{\"a\":1}", IW_REMOTE_ERROR_PROTOCOL },
    { call_databases, "[1]", IW_REMOTE_ERROR_PROTOCOL },
    { call_local, "{\"_id\":\"_local/x\",\"_rev\":\"0-1\",\"a\":1}", -1 },
    { call_local, "[]", IW_REMOTE_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_answer (cases[i].call, 200, cases[i].body, cases[i].code);
  check_answer (call_bulk_docs, 201, "[]", -1);
  check_answer (call_bulk_docs, 202, "[]", -1);
}

static void
test_statuses (void)
{
  static const struct
  {
    int status;
    int code;
  } cases[] = {
    { 400, IW_REMOTE_ERROR_REFUSED },   { 401, IW_REMOTE_ERROR_UNAUTHORIZED },
    { 403, IW_REMOTE_ERROR_FORBIDDEN }, { 404, IW_REMOTE_ERROR_NOT_FOUND },
    { 409, IW_REMOTE_ERROR_CONFLICT },  { 412, IW_REMOTE_ERROR_CONFLICT },
    { 413, IW_REMOTE_ERROR_TOO_LARGE }, { 429, IW_REMOTE_ERROR_BUSY },
    { 500, IW_REMOTE_ERROR_FAILED },    { 502, IW_REMOTE_ERROR_BUSY },
    { 503, IW_REMOTE_ERROR_BUSY },      { 304, IW_REMOTE_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_answer (call_changes, cases[i].status,
                  cases[i].status == 304 ? "" : "{\"error\":\"x\",\"reason\":\"y\"}",
                  cases[i].code);
}

static void
test_reason_and_retry (void)
{
  Canned canned = { 503, "Retry-After: 7\r\n",
                    "{\"error\":\"busy\",\"reason\":\"come\\u0000 \\u001b[31mlater\"}" };
  Server *server = server_start (NULL, answer_canned, &canned);
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (call_changes (remote, &error));
  g_assert_true (iw_remote_error_is_passing (error));
  g_assert_null (strchr (error->message, 0x1b));
  g_assert_cmpuint (iw_remote_get_retry_after (remote), ==, 7);
  canned.headers = "Retry-After: 99999999999999999999\r\n";
  g_clear_error (&error);
  call_changes (remote, &error);
  g_assert_cmpuint (iw_remote_get_retry_after (remote), <=, 3600);
  g_clear_object (&remote);
  server_stop (server);
}

/* ---- time and size ---- */

static gboolean
answer_endless (const Question *question, GOutputStream *out, gpointer data)
{
  const char *kind = data;
  gboolean goes_on = TRUE;

  if (g_str_equal (kind, "silent"))
    {
      g_usleep (1500 * 1000);
      return FALSE;
    }
  if (g_str_equal (kind, "drip-head"))
    {
      for (guint i = 0; goes_on && i < 100; i++, g_usleep (50 * 1000))
        goes_on = put (out, i == 0 ? "HTTP/1.1 200 OK\r\nX: " : "x");
      return FALSE;
    }
  goes_on = put (
      out,
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  if (g_str_equal (kind, "drip"))
    for (guint i = 0; goes_on && i < 100; i++, g_usleep (50 * 1000))
      goes_on = put (out, "1\r\n \r\n");
  else
    {
      g_autofree char *spaces = g_strnfill (0x4000, ' ');
      g_autofree char *chunk = g_strconcat ("4000\r\n", spaces, "\r\n", NULL);

      while (goes_on)
        goes_on = put (out, chunk);
    }
  return FALSE;
}

static void
test_endless (gconstpointer data)
{
  Server *server = server_start (NULL, answer_endless, (gpointer)data);
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (GError) error = NULL;
  int code = g_str_equal (data, "endless") ? IW_REMOTE_ERROR_TOO_LARGE : IW_REMOTE_ERROR_OFFLINE;
  gint64 begun = g_get_monotonic_time ();

  g_assert_false (call_changes (remote, &error));
  g_assert_error (error, IW_REMOTE_ERROR, code);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);
  g_clear_object (&remote);
  server_stop (server);
}

static gboolean
answer_leaves (const Question *question, GOutputStream *out, gpointer data)
{
  GString *body =
      g_string_new ("{\"results\":[{\"seq\":1,\"id\":\"d:1\",\"changes\":[{\"rev\":\"1-0\"}");
  gboolean goes_on;

  for (guint i = 1; i < 1000000; i++)
    g_string_append_printf (body, ",{\"rev\":\"1-%x\"}", i);
  g_string_append (body, "]}],\"last_seq\":1}");
  goes_on = put_answer (out, 200, "", body->str);
  g_string_free (body, TRUE);
  return goes_on;
}

static void
test_million_conflicts (void)
{
  Server *server = server_start (NULL, answer_leaves, NULL);
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *last = NULL;
  IwRemoteChange *row;

  iw_remote_set_limits (remote, 20000, 20000, 32 * 1024 * 1024);
  rows = iw_remote_changes (remote, "db", NULL, 10, 0, &last, NULL, NULL, &error);
  g_assert_no_error (error);
  row = rows->pdata[0];
  g_assert_cmpuint (row->n_revs, ==, 1000000);
  g_assert_cmpuint (g_strv_length (row->revs), ==, IW_REMOTE_MAX_LEAVES);
  g_clear_object (&remote);
  server_stop (server);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel (void)
{
  Server *server = server_start (NULL, answer_endless, (char *)"silent");
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 begun = g_get_monotonic_time ();

  iw_remote_set_limits (remote, 20000, 20000, 0);
  g_assert_null (iw_remote_call (remote, "GET", "db", NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, G_USEC_PER_SEC);
  g_thread_join (thread);
  g_clear_object (&remote);
  server_stop (server);
}

static gboolean
answer_heartbeat (const Question *question, GOutputStream *out, gpointer data)
{
  gboolean goes_on = put (
      out,
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");

  g_assert_nonnull (strstr (question->head, "feed=longpoll"));
  for (guint i = 0; goes_on && i < 100; i++, g_usleep (100 * 1000))
    goes_on = put (out, "1\r\n\n\r\n");
  return FALSE;
}

static void
test_longpoll (void)
{
  Server *server = server_start (NULL, answer_heartbeat, NULL);
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) rows =
      iw_remote_changes (remote, "db", "5-x", 1, 1, &last, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_cmpstr (last, ==, "5-x");
  g_clear_object (&remote);
  server_stop (server);
}

/* ---- elsewhere ---- */

static gboolean
answer_redirect (const Question *question, GOutputStream *out, gpointer data)
{
  g_autofree char *headers = g_strdup_printf ("Location: %s\r\n", (char *)data);

  if (is_for (question, "GET /there"))
    return put_answer (out, 200, "", "{\"results\":[],\"last_seq\":1}");
  return put_answer (out, 302, headers, "");
}

static void
test_redirects (void)
{
  Canned canned = { 200, NULL, "{\"results\":[],\"last_seq\":1}" };
  Server *other = server_start (NULL, answer_canned, &canned);
  g_autofree char *away = g_strdup_printf ("http://127.0.0.1:%u/db", other->port);
  Server *server = server_start (NULL, answer_redirect, away);
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (call_changes (remote, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL);
  g_assert_cmpint (g_atomic_int_get (&other->n_requests), ==, 0);
  g_clear_error (&error);
  server->data = (char *)"/there";
  g_assert_true (call_changes (remote, &error));
  g_assert_no_error (error);
  /* Round and round. */
  server->data = (char *)"/db/again";
  g_assert_false (call_changes (remote, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL);
  /* What is sent is not sent on. */
  g_clear_error (&error);
  server->data = (char *)"/there";
  g_assert_false (call_bulk_docs (remote, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL);
  g_clear_object (&remote);
  server_stop (server);
  server_stop (other);
}

static gboolean
answer_signed_in (const Question *question, GOutputStream *out, gpointer data)
{
  g_assert_nonnull (strstr (question->head, data));
  return put_answer (out, 200, "Set-Cookie: a=b\r\n", "{\"results\":[],\"last_seq\":1}");
}

static void
test_signing_in (void)
{
  Server *server =
      server_start (NULL, answer_signed_in, (char *)"Authorization: Basic aGFuYTpzZWNyZXQ=\r\n");
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", server->port);
  IwSyncAccount account = { .url = url, .user = (char *)"hana", .bearer = TRUE };
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (IwRemote) bearer = iw_remote_new (&account, "token");
  g_autoptr (GError) error = NULL;

  g_assert_true (call_changes (remote, &error));
  server->data = (char *)"Authorization: Bearer token\r\n";
  g_assert_true (call_changes (bearer, &error));
  g_assert_no_error (error);
  g_clear_object (&remote);
  g_clear_object (&bearer);
  server_stop (server);
}

/* ---- without _bulk_get ---- */

static gboolean
answer_open_revs (const Question *question, GOutputStream *out, gpointer data)
{
  static const char parts[] =
      "--x\r\nContent-Type: multipart/related; boundary=\"y\"\r\n\r\n--y\r\nContent-Type: "
      "application/json\r\n\r\n"
      "{\"_id\":\"d:1\",\"_rev\":\"2-b\",\"_attachments\":{\"f\":{\"follows\":true,\"length\":3,"
      "\"digest\":"
      "\"md5-kAFQmDzST7DWlj99KOF/cg==\",\"content_type\":\"text/plain\",\"revpos\":1}}}\r\n"
      "--y\r\n\r\nabc\r\n--y--\r\n--x\r\nContent-Type: application/json; "
      "error=\"true\"\r\n\r\n{\"missing\":\"2-c\"}\r\n--x--";

  if (is_for (question, "GET /db/d%3A1?") && g_str_equal (data, "json"))
    return put_answer (
        out, 200, "",
        "[{\"ok\":{\"_id\":\"d:1\",\"_rev\":\"2-b\",\"a\":1}},{\"missing\":\"2-c\"}]");
  if (is_for (question, "GET /db/d%3A1?"))
    {
      g_autofree char *head =
          g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n"
                           "Content-Length: %zu\r\n\r\n",
                           strlen (parts));

      return put (out, head) && put (out, parts);
    }
  if (is_for (question, "GET /db HTTP"))
    return put_answer (out, 200, "", "{\"db_name\":\"db\"}");
  return put_answer (out, 404, "", "{\"error\":\"not_found\"}");
}

typedef struct
{
  guint docs, errors;
} Found;

static gboolean
on_doc (const char *docid, IwWireDoc *doc, const GError *error, gpointer data)
{
  Found *found = data;

  g_assert_cmpstr (docid, ==, "d:1");
  if (doc != NULL)
    g_assert_cmpstr (doc->rev, ==, "2-b");
  *(doc != NULL ? &found->docs : &found->errors) += 1;
  g_clear_pointer (&doc, iw_wire_doc_free);
  return TRUE;
}

static void
test_open_revs (gconstpointer data)
{
  static const char *const revs[] = { "2-b", "2-c", NULL };
  IwRemoteRevs item = { "d:1", revs };
  Server *server = server_start (NULL, answer_open_revs, (gpointer)data);
  g_autoptr (IwRemote) remote = remote_for (server, NULL);
  g_autoptr (GError) error = NULL;
  Found found = { 0 };

  g_assert_true (iw_remote_bulk_get (remote, "db", &item, 1, on_doc, &found, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (found.docs, ==, 1);
  g_assert_cmpuint (found.errors, ==, 1);
  g_clear_object (&remote);
  server_stop (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/remote/types", test_types);
  g_test_add_func ("/remote/statuses", test_statuses);
  g_test_add_func ("/remote/reason-and-retry", test_reason_and_retry);
  g_test_add_data_func ("/remote/silent", "silent", test_endless);
  g_test_add_data_func ("/remote/drip", "drip", test_endless);
  g_test_add_data_func ("/remote/drip-head", "drip-head", test_endless);
  g_test_add_data_func ("/remote/endless", "endless", test_endless);
  g_test_add_func ("/remote/million-conflicts", test_million_conflicts);
  g_test_add_func ("/remote/cancel", test_cancel);
  g_test_add_func ("/remote/longpoll", test_longpoll);
  g_test_add_func ("/remote/redirects", test_redirects);
  g_test_add_func ("/remote/signing-in", test_signing_in);
  g_test_add_data_func ("/remote/open-revs/json", "json", test_open_revs);
  g_test_add_data_func ("/remote/open-revs/multipart", "multipart", test_open_revs);
  return g_test_run ();
}
