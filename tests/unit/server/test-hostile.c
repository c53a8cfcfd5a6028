/* Clients that mean harm, by name: each gets what it deserves, and everybody else is served. */
#include <string.h>

#include "iw-server-private.h"
#include "iw-test-server.h"
#include "raw-http.h"

#define MIB (1024 * 1024)
#define PATIENCE_MS 500 /* with a server that does not read on: it will cut the connection */

static void
check_served (IwTestServer *server)
{
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/incidents", NULL), ==, 200);
}

/* ---- what is no request ---- */

#define AUTH "Authorization: Basic d3JpdGVyOndyaXRlci1zZWNyZXQ=\r\n" /* writer */
#define PUT "PUT /incidents/doc HTTP/1.1\r\nHost: x\r\n" AUTH

static const struct
{
  const char *name;
  const char *bytes;
  guint status; /* of its first answer; 0: none before there is more of it */
} cases[] = {
  { "http2-preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505 },
  { "tls-hello", "\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03\r\n\r\n", 400 },
  { "unknown-version", "GET / HTTP/7.3\r\n\r\n", 505 },
  { "no-host", "GET / HTTP/1.1\r\n\r\n", 400 },
  { "absolute-elsewhere", "GET ftp://x/incidents HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
  { "length-negative", PUT "Content-Length: -1\r\n\r\n{}", 0 },
  { "length-huge", PUT "Content-Length: 9223372036854775807\r\n\r\n{}", 0 },
  { "chunk-size-nonsense", PUT "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400 },
  { "chunk-size-negative", PUT "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n", 400 },
  { "unknown-coding", PUT "Transfer-Encoding: gzip\r\n\r\n{}", 501 },
  { "nul-in-path", "GET /incidents/%00 HTTP/1.1\r\nHost: x\r\n" AUTH "\r\n", 404 },
  { "no-utf8-in-path", "GET /incidents/%FF HTTP/1.1\r\nHost: x\r\n" AUTH "\r\n", 404 },
  { "json-by-range", "GET /incidents HTTP/1.1\r\nHost: x\r\nRange: bytes=0-3\r\n" AUTH "\r\n",
    200 },
  { "form-without-body",
    "POST /_session HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n",
    400 },
};

static void
test_no_request (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *got = iw_test_server_raw (server, cases[i].bytes, strlen (cases[i].bytes), 300);

  g_assert_cmpuint (g_str_has_prefix (got, "HTTP/1.") ? g_ascii_strtoull (got + 9, NULL, 10) : 0,
                    ==, cases[i].status);
  check_served (server);
}

/* A body that was sent without waiting for leave is no request, where leave is not given. */
static void
test_expect (void)
{
  static const char text[] =
      "POST /incidents/_bulk_docs HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
      "Content-Length: 36\r\n\r\nGET /_up HTTP/1.1\r\nHost: abcdefg\r\n\r\n";
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *got = iw_test_server_raw (server, text, strlen (text), 2000);

  g_assert_nonnull (strstr (got, "HTTP/1.1 401 "));
  g_assert_nonnull (strstr (got, "\r\nConnection: close\r\n"));
  g_assert_null (strstr (got, "HTTP/1.1 200 "));
}

/* ---- clients that are slow ---- */

typedef struct
{
  IwTestServer *server;
  gint64 later_s;
  guint open;
} Look;

/* As if so much time had gone by. */
static void
check_connections (gpointer data)
{
  Look *look = data;
  IwServer *server = iw_test_server_get (look->server);
  g_autoptr (GPtrArray) all = g_hash_table_get_keys_as_ptr_array (server->connections);

  look->open = all->len;
  for (guint i = 0; look->later_s > 0 && i < all->len; i++)
    iw_connection_check (all->pdata[i], g_get_monotonic_time () + look->later_s * G_USEC_PER_SEC);
}

static void
wait_for_open (IwTestServer *server, guint n)
{
  Look look = { server, 0, n + 1 };

  for (guint i = 0; i < 1000 && look.open != n; i++)
    {
      iw_test_server_run (server, check_connections, &look);
      g_usleep (5000);
    }
  g_assert_cmpuint (look.open, ==, n);
}

static const struct
{
  const char *name;
  const char *bytes;
  gint64 allowed_s; /* is still open after */
  gint64 too_long_s;
} slow[] = {
  { "says-nothing", "", 15, 25 },
  { "half-a-line", "GET / HT", 50, 65 },
  { "half-its-headers", "GET / HTTP/1.1\r\nHost: x\r\nX-", 50, 65 },
  { "half-a-body", PUT "Content-Length: 1000\r\n\r\n{", 50, 65 },
  { "half-an-upload",
    "PUT /incidents/doc/file HTTP/1.1\r\nHost: x\r\n" AUTH "Content-Length: 1000\r\n\r\nabc", 50,
    65 },
  { "idle", "GET /_up HTTP/1.1\r\nHost: x\r\n\r\n", 280, 310 },
};

static void
test_slow (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  Look look = { server, slow[i].allowed_s, 0 };
  RawClient client;

  raw_init (&client, iw_test_server_get_port (server));
  g_assert_true (raw_send (&client, slow[i].bytes, strlen (slow[i].bytes), 1000));
  wait_for_open (server, 1);
  g_usleep (100000);
  iw_test_server_run (server, check_connections, &look);
  wait_for_open (server, 1);
  look.later_s = slow[i].too_long_s;
  iw_test_server_run (server, check_connections, &look);
  wait_for_open (server, 0);
  raw_clear (&client);
}

/* ---- many of them ---- */

static RawClient *
open_many (IwTestServer *server, guint n, const void *bytes, gsize length)
{
  RawClient *all = g_new (RawClient, n);

  for (guint i = 0; i < n; i++)
    {
      raw_init (&all[i], iw_test_server_get_port (server));
      g_assert_true (raw_send (&all[i], bytes, length, 1000));
    }
  return all;
}

static void
close_many (RawClient *all, guint n)
{
  for (guint i = 0; i < n; i++)
    raw_clear (&all[i]);
  g_free (all);
}

static void
test_half_open (gconstpointer data)
{
  static const guint8 part[] = { 0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3 };
  gboolean tls = GPOINTER_TO_INT (data);
  g_autoptr (IwTestServer) server = iw_test_server_new_full (NULL, tls);
  RawClient *all = open_many (server, 1000, part, sizeof part);

  check_served (server);
  close_many (all, 1000);
  check_served (server);
}

/* Where there are as many as there may be, those that say nothing give way. */
static void
test_room_of_the_silent (void)
{
  IwServerConfig *config = iw_server_config_new ();
  g_autoptr (IwTestServer) server = NULL;
  RawClient *all;

  config->max_connections = 20;
  server = iw_test_server_new_full (config, FALSE);
  all = open_many (server, 20, "", 0);
  wait_for_open (server, 20);
  g_usleep (2200000);
  check_served (server);
  close_many (all, 20);
}

static void
take_turn (gpointer who)
{
  ++*(guint *)who;
}

static void
test_turns (void)
{
  g_autoptr (IwHandshakes) turns = iw_handshakes_new (2);
  guint a[5] = { 0 };
  guint b = 0;

  for (guint i = 0; i < 5; i++)
    iw_handshakes_enter (turns, "192.0.2.1", take_turn, &a[i]);
  g_assert_true (a[0] == 1 && a[1] == 1 && a[2] == 0);
  iw_handshakes_enter (turns, "192.0.2.2", take_turn, &b);
  g_assert_cmpuint (b, ==, 1);
  iw_handshakes_leave (turns, "192.0.2.1", &a[2]); /* waits no more */
  g_assert_cmpuint (a[3], ==, 0);
  iw_handshakes_leave (turns, "192.0.2.1", &a[0]);
  g_assert_true (a[2] == 0 && a[3] == 1 && a[4] == 0);
  iw_handshakes_leave (turns, "192.0.2.1", &a[0]); /* again */
  g_assert_cmpuint (a[4], ==, 0);
  iw_handshakes_leave (turns, "192.0.2.1", &a[1]);
  g_assert_cmpuint (a[4], ==, 1);
  iw_handshakes_leave (turns, "192.0.2.3", &b);
}

/* ---- bodies ---- */

static guint
count_staged (IwTestServer *server)
{
  g_autofree char *path =
      g_build_filename (iw_test_server_get_dir (server), "databases", "incidents", "staging", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Closed in the middle of an upload: nothing of it is left. */
static void
test_cut_upload (void)
{
  static const char head[] =
      "PUT /incidents/doc/file HTTP/1.1\r\nHost: x\r\n" AUTH "Content-Length: 1000000\r\n\r\n";
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *part = g_strnfill (400000, 'x');
  RawClient client;

  raw_init (&client, iw_test_server_get_port (server));
  g_assert_true (raw_send (&client, head, strlen (head), 5000));
  g_assert_true (raw_send (&client, part, strlen (part), 5000));
  for (guint i = 0; i < 500 && count_staged (server) == 0; i++)
    g_usleep (10000);
  g_assert_cmpuint (count_staged (server), ==, 1);
  raw_reset (&client);
  for (guint i = 0; i < 500 && count_staged (server) > 0; i++)
    g_usleep (10000);
  g_assert_cmpuint (count_staged (server), ==, 0);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/incidents/doc", NULL), ==,
                    404);
  raw_clear (&client);
}

/* Asks for much, reads some of it, and goes: @shut: half of it at first. */
static void
leave_half_way (IwTestServer *server, const char *path, guint wait_ms, gboolean shut)
{
  g_autofree char *text =
      g_strdup_printf ("GET /incidents/%s HTTP/1.1\r\nHost: x\r\n" AUTH "\r\n", path);
  g_auto (RawAnswer) answer = { 0 };
  RawClient client;

  raw_init (&client, iw_test_server_get_port (server));
  g_assert_true (raw_send (&client, text, strlen (text), 1000));
  answer = raw_receive (&client, FALSE, wait_ms);
  if (shut)
    {
      shutdown (client.fd, SHUT_WR);
      g_usleep (20000);
    }
  raw_clear (&client);
}

/* Nothing stays of it, and it is no reason to complain (a warning would end the test). */
static void
test_cut_download (void)
{
  static const char *const paths[] = {
    "doc/file",
    "doc?attachments=true",
    "doc?open_revs=all&attachments=true",
    "_changes?feed=continuous&since=now",
    "_all_docs?include_docs=true&attachments=true",
  };
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *file = g_strnfill (16 * MIB, 'x');

  g_assert_cmpuint (iw_test_server_status (server, "writer", "PUT", "/incidents/doc/file", file),
                    ==, 201);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    for (guint n = 0; n < 8; n++)
      leave_half_way (server, paths[i], n * 4, n % 2 == 0);
  wait_for_open (server, 1);
  check_served (server);
}

/* ---- leaving at any moment ---- */

static const struct
{
  const char *name;
  const char *head;
  gsize n; /* bytes of a body after it */
} leavers[] = {
  { "before-a-refused-body",
    "PUT /incidents/_local/x HTTP/1.1\r\nHost: x\r\n" AUTH "Content-Length: 2000000\r\n\r\n",
    1900000 },
  { "within-a-refused-body",
    "POST /_session HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n", 1000000 },
  { "after-a-refused-body", "POST /_session HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n",
    2000000 },
  { "within-an-upload",
    "PUT /incidents/up/file HTTP/1.1\r\nHost: x\r\n" AUTH "Content-Length: 3000000\r\n\r\n",
    2500000 },
  { "after-an-upload",
    "PUT /incidents/up/file HTTP/1.1\r\nHost: x\r\n" AUTH "Content-Length: 3000000\r\n\r\n",
    3000000 },
  { "within-a-document",
    "PUT /incidents/up HTTP/1.1\r\nHost: x\r\n" AUTH "Content-Length: 3000000\r\n\r\n", 2500000 },
  { "after-a-document",
    "PUT /incidents/up HTTP/1.1\r\nHost: x\r\n" AUTH "Content-Length: 3000000\r\n\r\n", 3000000 },
  { "after-bulk-docs",
    "POST /incidents/_bulk_docs HTTP/1.1\r\nHost: x\r\n" AUTH "Content-Length: 3000000\r\n\r\n",
    3000000 },
  { "within-multipart",
    "PUT /incidents/r HTTP/1.1\r\nHost: x\r\n" AUTH
    "Content-Type: multipart/related; boundary=f\r\nContent-Length: 3000000\r\n\r\n",
    2500000 },
  { "after-multipart",
    "PUT /incidents/r HTTP/1.1\r\nHost: x\r\n" AUTH
    "Content-Type: multipart/related; boundary=f\r\nContent-Length: 3000000\r\n\r\n",
    3000000 },
  { "a-feed", "GET /incidents/_changes?feed=continuous HTTP/1.1\r\nHost: x\r\n" AUTH "\r\n", 0 },
  { "a-longpoll",
    "GET /incidents/_changes?feed=longpoll&since=now HTTP/1.1\r\nHost: x\r\n" AUTH "\r\n", 0 },
  { "a-longpoll-and-more",
    "GET /incidents/_changes?feed=longpoll&since=now HTTP/1.1\r\nHost: x\r\n" AUTH
    "\r\nGET / HTTP/1.1\r\n\r\n",
    2000 },
  { "connect", "CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere\r\n\r\n", 100 },
  { "sign-in",
    "GET /incidents HTTP/1.1\r\nHost: x\r\nAuthorization: Basic b3V0c2lkZXI6d3Jvbmc=\r\n\r\n", 0 },
};

static void
check_running (gpointer data)
{
  Look *look = data;

  look->open = iw_server_get_counts (iw_test_server_get (look->server))->running;
}

static void
test_leave (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *body = g_strnfill (leavers[i].n, ' ');
  Look look = { server, 0, 1 };

  for (guint n = 0; n < 16; n++)
    {
      RawClient client;

      raw_init (&client, iw_test_server_get_port (server));
      raw_send (&client, leavers[i].head, strlen (leavers[i].head), 200);
      raw_send (&client, body, leavers[i].n, 200);
      g_usleep (n / 4 * 3000);
      if (n % 4 == 1)
        shutdown (client.fd, SHUT_WR);
      if (n % 4 == 2)
        raw_reset (&client);
      raw_clear (&client);
    }
  wait_for_open (server, 0);
  iw_test_server_run (server, check_running, &look);
  g_assert_cmpuint (look.open, ==, 0);
  check_served (server);
}

/* Sends until the server has had enough; how many bytes that was. */
static gsize
send_without_end (IwTestServer *server, const char *head, gboolean chunked)
{
  g_autofree char *piece = g_strnfill (MIB, ' ');
  gsize sent = 0;
  RawClient client;

  raw_init (&client, iw_test_server_get_port (server));
  g_assert_true (raw_send (&client, head, strlen (head), 5000));
  while (sent < 100 * MIB && (!chunked || raw_send (&client, "100000\r\n", 8, PATIENCE_MS)) &&
         raw_send (&client, piece, MIB, PATIENCE_MS) &&
         (!chunked || raw_send (&client, "\r\n", 2, PATIENCE_MS)))
    sent += MIB;
  raw_clear (&client);
  return sent;
}

static void
test_endless (void)
{
  static const char *const heads[] = {
    "PUT /incidents/doc/file HTTP/1.1\r\nHost: x\r\n" AUTH "Transfer-Encoding: chunked\r\n\r\n",
    "PUT /incidents/_local/l HTTP/1.1\r\nHost: x\r\n" AUTH "Transfer-Encoding: chunked\r\n\r\n",
    "POST /incidents/_bulk_docs HTTP/1.1\r\nHost: x\r\n" AUTH "Transfer-Encoding: chunked\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
    "POST /_session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
    "POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000000\r\n\r\n",
  };
  IwServerConfig *config = iw_server_config_new ();
  g_autoptr (IwTestServer) server = NULL;

  config->max_attachment = 2 * MIB;
  config->max_body = 2 * MIB;
  server = iw_test_server_new_full (config, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    g_assert_cmpuint (send_without_end (server, heads[i], strstr (heads[i], "chunked") != NULL), <,
                      40 * MIB);
  check_served (server);
  g_assert_cmpuint (count_staged (server), ==, 0);
}

/* ---- one document with more conflicts than anybody has ---- */

#define MAX_LEAVES 10000
#define AT_ONCE 1000

static char *
write_leaves (guint from, guint n)
{
  GString *out = g_string_new ("{\"new_edits\":false,\"docs\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out,
                            "%s{\"_id\":\"many\",\"_rev\":\"2-%06x\",\"_revisions\":{\"start\":2,"
                            "\"ids\":[\"%06x\",\"a\"]}}",
                            i > 0 ? "," : "", from + i, from + i);
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

static guint
count_text (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

static void
test_conflicts (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_auto (IwTestAnswer) changes = { 0 };
  g_auto (IwTestAnswer) longer = { 0 };

  for (guint from = 0; from < MAX_LEAVES + AT_ONCE; from += AT_ONCE)
    {
      g_autofree char *body = write_leaves (from, AT_ONCE);
      g_auto (IwTestAnswer) answer =
          iw_test_server_ask (server, "writer", "POST", "/incidents/_bulk_docs", body);

      g_assert_cmpuint (answer.status, ==, 201);
      g_assert_cmpuint (count_text (answer.body, "document_too_large"), ==,
                        from < MAX_LEAVES ? 0 : AT_ONCE);
    }
  changes =
      iw_test_server_ask (server, "reader", "GET", "/incidents/_changes?style=all_docs", NULL);
  g_assert_cmpuint (count_text (changes.body, "\"rev\""), ==, MAX_LEAVES);
  /* What goes on from one that is there is no more than there were. */
  longer =
      iw_test_server_ask (server, "writer", "POST", "/incidents/_bulk_docs",
                          "{\"new_edits\":false,\"docs\":[{\"_id\":\"many\",\"_revisions\":"
                          "{\"start\":3,\"ids\":[\"x\",\"000001\",\"a\"]},\"_deleted\":true}]}");
  g_assert_cmpstr (longer.body, ==, "[]\n");
  g_assert_cmpuint (
      iw_test_server_status (server, "reader", "GET", "/incidents/many?rev=3-x", NULL), ==, 200);
  check_served (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/no-request/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_no_request);
    }
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/slow/", slow[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_slow);
    }
  for (guint i = 0; i < G_N_ELEMENTS (leavers); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/leave/", leavers[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_leave);
    }
  g_test_add_func ("/hostile/expect", test_expect);
  g_test_add_data_func ("/hostile/half-open", GINT_TO_POINTER (FALSE), test_half_open);
  g_test_add_data_func ("/hostile/half-open-tls", GINT_TO_POINTER (TRUE), test_half_open);
  g_test_add_func ("/hostile/room-of-the-silent", test_room_of_the_silent);
  g_test_add_func ("/hostile/turns", test_turns);
  g_test_add_func ("/hostile/cut-upload", test_cut_upload);
  g_test_add_func ("/hostile/cut-download", test_cut_download);
  g_test_add_func ("/hostile/endless", test_endless);
  g_test_add_func ("/hostile/conflicts", test_conflicts);
  return g_test_run ();
}
