#include "iw-test-server.h"

#include <string.h>

#include "iw-rate.h"

static char *
request (const char *format, const char *account, gsize n)
{
  g_autofree char *basic = iw_test_basic (account);

  return g_strdup_printf ("%sAuthorization: %s\r\nHost: x\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n",
                          format, basic, n);
}

static guint
status_of (const char *raw)
{
  return g_str_has_prefix (raw, "HTTP/1.1 ") ? g_ascii_strtoull (raw + 9, NULL, 10) : 0;
}

static void
test_bodies (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *large = g_strnfill (2 * 1024 * 1024, ' ');
  g_auto (IwTestAnswer) told =
      iw_test_server_ask (server, "admin", "PUT", "/incidents/_security", large);

  g_assert_cmpuint (told.status, ==, 413);
  g_assert_nonnull (strstr (told.body, "document_too_large"));
  g_assert_cmpuint (iw_test_server_status (server, "admin", "GET", "/incidents", NULL), ==, 200);
}

/* Without a length told beforehand it is counted while it comes. */
static void
test_chunked_bodies (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *basic = iw_test_basic ("admin");
  g_autoptr (GString) raw = g_string_new (NULL);
  g_autofree char *piece = g_strnfill (65536, ' ');
  g_autofree char *got = NULL;

  g_string_append_printf (
      raw,
      "PUT /incidents/_security HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Type: "
      "application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
      basic);
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (raw, "10000\r\n%s\r\n", piece);
  g_string_append (raw, "0\r\n\r\n");
  got = iw_test_server_raw (server, raw->str, raw->len, 2000);
  g_assert_cmpuint (status_of (got), ==, 413);
}

/* Who may not write does not get to send: the answer comes before the body. */
static void
test_refused_before_the_body (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *raw = request ("POST /incidents/_bulk_docs HTTP/1.1\r\nExpect: 100-continue\r\n",
                                  "reader", 1000000);
  g_autofree char *got = iw_test_server_raw (server, raw, strlen (raw), 1000);
  g_autofree char *fine = request (
      "POST /incidents/_bulk_docs HTTP/1.1\r\nExpect: 100-continue\r\n", "writer", 1000000);
  g_autofree char *go_on = iw_test_server_raw (server, fine, strlen (fine), 1000);

  g_assert_cmpuint (status_of (got), ==, 403);
  g_assert_cmpuint (status_of (go_on), ==, 100);
}

static void
test_headers (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *value = g_strnfill (40000, 'a');
  g_auto (IwTestAnswer) large =
      iw_test_server_ask_full (server, "GET", "/", "X-Large", value, NULL, NULL, 0);
  g_auto (IwTestAnswer) coded = iw_test_server_ask_full (
      server, "POST", "/_session", "Content-Encoding", "gzip", "application/json", "{}", 2);
  g_autofree char *endless = g_strnfill (300000, 'a');
  g_autofree char *got = iw_test_server_raw (server, endless, strlen (endless), 2000);

  g_assert_cmpuint (large.status, ==, 431);
  g_assert_cmpuint (coded.status, ==, 415);
  g_assert_true (status_of (got) != 200);
  g_assert_cmpuint (iw_test_server_status (server, NULL, "GET", "/", NULL), ==, 200);
}

static void
test_methods_and_paths (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_auto (IwTestAnswer) method = iw_test_server_ask (server, "admin", "DELETE", "/_up", NULL);
  g_auto (IwTestAnswer) path = iw_test_server_ask (server, "admin", "GET", "/_none", NULL);
  g_auto (IwTestAnswer) head = iw_test_server_ask (server, "admin", "HEAD", "/incidents", NULL);

  g_assert_cmpuint (method.status, ==, 405);
  g_assert_cmpstr (soup_message_headers_get_one (method.headers, "Allow"), ==, "GET, HEAD");
  g_assert_cmpstr (method.body, ==,
                   "{\"error\":\"method_not_allowed\",\"reason\":\"Only GET, HEAD allowed\"}\n");
  g_assert_cmpuint (path.status, ==, 404);
  g_assert_cmpstr (soup_message_headers_get_content_type (path.headers, NULL), ==,
                   "application/json");
  g_assert_cmpuint (head.status, ==, 200);
  g_assert_cmpuint (head.length, ==, 0);
  g_assert_cmpint (soup_message_headers_get_content_length (head.headers), >, 0);
}

static void
test_connection_close (void)
{
  static const char close[] = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  static const char two[] =
      "GET /_up HTTP/1.1\r\nHost: x\r\n\r\nGET /_up HTTP/1.1\r\nHost: x\r\n\r\n";
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *closed = iw_test_server_raw (server, close, strlen (close), 5000);
  g_autofree char *both = NULL;

  g_assert_nonnull (strstr (closed, "\r\nConnection: close\r\n"));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 3 * G_USEC_PER_SEC);
  /* One connection, two requests. */
  both = iw_test_server_raw (server, two, strlen (two), 500);
  g_assert_nonnull (strstr (strstr (both, "HTTP/1.1 200") + 1, "HTTP/1.1 200"));
}

static void
test_nonsense (void)
{
  static const char *const texts[] = {
    "\r\n\r\n",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "\x16\x03\x01\x02",
    "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
    "GET http://x:99999/ HTTP/1.1\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST /_session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /_session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET /_session HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ====\r\n\r\n",
    "GET /_session HTTP/1.1\r\nHost: x\r\nAuthorization: Basic\r\n\r\n",
    "GET /_session HTTP/1.1\r\nHost: x\r\nCookie: AuthSession\r\n\r\n"
  };
  g_autoptr (IwTestServer) server = iw_test_server_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (iw_test_server_raw (server, texts[i], strlen (texts[i]), 100));
  g_assert_cmpuint (iw_test_server_status (server, NULL, "GET", "/_up", NULL), ==, 200);
}

/* ---- connections ---- */

static GSocketConnection *
connect_to (IwTestServer *server)
{
  g_autoptr (GSocketClient) client =
      g_object_new (G_TYPE_SOCKET_CLIENT, "enable-proxy", FALSE, NULL);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", iw_test_server_get_port (server), NULL, &error);

  g_assert_no_error (error);
  return connection;
}

/* A thousand clients at once: all connect before the first one is read from. */
static void
test_a_burst (void)
{
  static const char text[] = "GET /_up HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 1000; i++)
    g_ptr_array_add (all, connect_to (server));
  for (guint i = 0; i < all->len; i++)
    g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (all->pdata[i]), text,
                                              strlen (text), NULL, NULL, NULL));
  for (guint i = 0; i < all->len; i++)
    {
      char got[64] = "";

      g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (all->pdata[i]), got,
                                            sizeof got - 1, NULL, NULL),
                       >, 12);
      g_assert_cmpuint (status_of (got), ==, 200);
    }
}

/* ---- requests that last ---- */

typedef struct
{
  IwTestServer *server;
  guint open;
  guint running;
} Counts;

static void
read_counts (gpointer data)
{
  Counts *counts = data;

  counts->open = iw_server_get_counts (iw_test_server_get (counts->server))->open_connections;
  counts->running = iw_server_get_counts (iw_test_server_get (counts->server))->running;
}

static void
wait_for_running (IwTestServer *server, guint n)
{
  Counts counts = { server, 0, n + 1 };

  for (guint i = 0; i < 500 && counts.running != n; i++)
    {
      iw_test_server_run (server, read_counts, &counts);
      g_usleep (10000);
    }
  g_assert_cmpuint (counts.running, ==, n);
}

static char *
longpoll (void)
{
  g_autofree char *basic = iw_test_basic ("writer");

  return g_strdup_printf (
      "GET /incidents/_changes?feed=longpoll&timeout=60000 HTTP/1.1\r\nHost: x\r\n"
      "Authorization: %s\r\n\r\n",
      basic);
}

/* Nobody waits for a client that has gone. */
static void
test_a_client_goes (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *text = longpoll ();
  GSocketConnection *connection = connect_to (server);

  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                 strlen (text), NULL, NULL, NULL));
  wait_for_running (server, 1);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_object_unref (connection);
  wait_for_running (server, 0);
}

static gpointer
ask_for_long (gpointer data)
{
  g_autofree char *text = longpoll ();

  return iw_test_server_raw (data, text, strlen (text), 30000);
}

/* Not 404: nobody must take the database for deleted. Who was told already that there will be an
 * answer gets a whole one. */
static void
assert_told_of_the_end (const char *got)
{
  if (status_of (got) == 200)
    g_assert_nonnull (strstr (got, "\"last_seq\""));
  else
    g_assert_cmpuint (status_of (got), ==, 503);
}

/* What was begun is answered, and new connections are not taken. */
static void
test_stop (void)
{
  IwTestServer *server = iw_test_server_new ();
  GThread *thread = g_thread_new ("client", ask_for_long, server);
  g_autofree char *got = NULL;

  wait_for_running (server, 1);
  iw_test_server_free (server);
  got = g_thread_join (thread);
  assert_told_of_the_end (got);
}

typedef struct
{
  IwTestServer *server;
  int released; /* atomic; until then readers wait */
} Blocked;

static gboolean
wait_for_release (IwStore *store, gpointer data, GError **error)
{
  while (!g_atomic_int_get ((int *)data))
    g_usleep (1000);
  return TRUE;
}

static void
ignore (IwDatabase *database, gpointer data, const GError *error)
{
}

/* More than there are threads that read. */
static void
block_readers (gpointer data)
{
  Blocked *blocked = data;
  IwDatabase *database = iw_server_get_database (iw_test_server_get (blocked->server), "incidents");

  for (guint i = 0; i < 32; i++)
    iw_database_read (database, wait_for_release, &blocked->released, ignore, NULL);
}

static gpointer
release_later (gpointer data)
{
  g_usleep (300 * 1000);
  g_atomic_int_set ((int *)data, TRUE);
  return NULL;
}

/* A feed that still reads when the others are told of the end begins to wait after that. */
static void
test_stop_while_a_feed_reads (void)
{
  Blocked blocked = { .server = iw_test_server_new () };
  g_autofree char *got = NULL;
  GThread *client, *release;

  iw_test_server_run (blocked.server, block_readers, &blocked);
  client = g_thread_new ("client", ask_for_long, blocked.server);
  wait_for_running (blocked.server, 1);
  /* Until its password is checked and its reading stands in the line. */
  g_usleep (500 * 1000);
  release = g_thread_new ("release", release_later, &blocked.released);
  iw_test_server_free (blocked.server);
  got = g_thread_join (client);
  g_thread_join (release);
  assert_told_of_the_end (got);
}

static void
get_open (gpointer data)
{
  gpointer *both = data;

  *(guint *)both[1] = iw_server_get_counts (both[0])->open_connections;
}

/* Whoever was idle for longest makes room. */
static void
test_room_is_made (void)
{
  static const char text[] = "GET /_up HTTP/1.1\r\nHost: x\r\n\r\n";
  IwServerConfig *config = iw_server_config_new ();
  g_autoptr (IwTestServer) server = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  guint open = 0;
  gpointer both[2];

  config->max_connections = 20;
  server = iw_test_server_new_full (config, FALSE);
  for (guint i = 0; i < 60; i++)
    {
      GSocketConnection *connection = connect_to (server);
      char got[64] = "";

      g_ptr_array_add (all, connection);
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                 strlen (text), NULL, NULL, NULL);
      g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), got,
                           sizeof got - 1, NULL, NULL);
      g_assert_cmpuint (status_of (got), ==, 200);
    }
  both[0] = iw_test_server_get (server);
  both[1] = &open;
  iw_test_server_run (server, get_open, both);
  g_assert_cmpuint (open, <=, 21);
  g_assert_cmpuint (open, >, 10);
}

static void
test_rate (void)
{
  g_autoptr (IwRate) rate = iw_rate_new (10, 50);
  gint64 now = 5 * G_USEC_PER_SEC;

  for (guint i = 0; i < 100; i++)
    g_assert_true (iw_rate_take (rate, "192.0.2.1", now));
  g_assert_false (iw_rate_take (rate, "192.0.2.1", now));
  g_assert_true (iw_rate_take (rate, "192.0.2.2", now));
  now += G_USEC_PER_SEC;
  for (guint i = 0; i < 10; i++)
    g_assert_true (iw_rate_take (rate, "192.0.2.1", now));
  g_assert_false (iw_rate_take (rate, "192.0.2.1", now));
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.0.%u.%u", i / 256, i % 256);

      g_assert_true (iw_rate_take (rate, address, now));
    }
}

/* ---- TLS ---- */

static void
test_tls (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new_full (NULL, TRUE);
  static const char text[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  g_autofree char *plain = iw_test_server_raw (server, text, strlen (text), 1000);

  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/incidents", NULL), ==, 200);
  g_assert_cmpuint (status_of (plain), ==, 0);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/incidents", NULL), ==, 200);
}

static void
test_http_is_for_loopback (void)
{
  static const char *const addresses[] = { "*", "0.0.0.0", "192.0.2.1", "::", "2001:db8::1" };
  g_autoptr (IwTestServer) other = iw_test_server_new ();

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      IwServerConfig *config = iw_server_config_new ();
      const char *list[] = { addresses[i], NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (IwServer) server = NULL;

      config->http = TRUE;
      config->port = 0;
      g_strfreev (config->listen);
      config->listen = g_strdupv ((char **)list);
      server = iw_server_new (iw_test_server_get_dir (other), config, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (iw_server_listen (server, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/limits/bodies", test_bodies);
  g_test_add_func ("/limits/chunked-bodies", test_chunked_bodies);
  g_test_add_func ("/limits/refused-before-the-body", test_refused_before_the_body);
  g_test_add_func ("/limits/headers", test_headers);
  g_test_add_func ("/limits/methods-and-paths", test_methods_and_paths);
  g_test_add_func ("/limits/connection-close", test_connection_close);
  g_test_add_func ("/limits/nonsense", test_nonsense);
  g_test_add_func ("/limits/burst", test_a_burst);
  g_test_add_func ("/limits/room", test_room_is_made);
  g_test_add_func ("/limits/client-goes", test_a_client_goes);
  g_test_add_func ("/limits/stop", test_stop);
  g_test_add_func ("/limits/stop-while-a-feed-reads", test_stop_while_a_feed_reads);
  g_test_add_func ("/limits/rate", test_rate);
  g_test_add_func ("/limits/tls", test_tls);
  g_test_add_func ("/limits/http-is-for-loopback", test_http_is_for_loopback);
  return g_test_run ();
}
