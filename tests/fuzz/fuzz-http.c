/* fuzz-http.c: what is no HTTP, or no good one, on many connections at a time: the server goes on
 * serving, keeps no connection, request or file of it, and its memory stays bounded.
 */
#include "iw-server-private.h"
#include "iw-test-server.h"
#include "mutate.h"
#include "raw-http.h"

#define AT_ONCE 24
#define HALF_OPEN 1000
#define ROUND 400 /* connections before a look at the server */
#define MAX_GROWTH (256 * 1024 * 1024)
#define SETTLE_MS 90000 /* a feed whose client went may last its minute */

typedef struct
{
  Mutator mutator;
  IwTestServer *server;
  RawClient clients[AT_ONCE];
  guint n;
  guint n_answered;
  guint n_rounds;
  gsize rss;
  gsize files;
  FILE *log;
} Fuzz;

const char *__asan_default_options (void);
const char *
__asan_default_options (void)
{
  return "quarantine_size_mb=16";
}

/* ---- what is sent ---- */

static void
add (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *)text, strlen (text));
}

/* Signed in, so that it gets further; or not. */
static void
begin_request (Mutator *mutator, GByteArray *out)
{
  static const char *const lines[] = {
    "PUT /incidents/up/file HTTP/1.1\r\n",
    "POST /incidents/_bulk_docs HTTP/1.1\r\n",
    "POST /_session HTTP/1.1\r\n",
    "PUT /incidents/doc HTTP/1.1\r\n",
    "PUT /incidents/_local/x HTTP/1.1\r\n",
    "GET /incidents HTTP/1.1\r\n",
    "POST /incidents/_changes HTTP/1.1\r\n",
    "PUT /incidents/_security HTTP/1.1\r\n",
    "GET /incidents/_changes?feed=continuous HTTP/1.1\r\n",
    "PUT /incidents/rel HTTP/1.1\r\nContent-Type: multipart/related; boundary=frontier\r\n",
  };
  static const char *const accounts[] = { "writer", "writer", "admin", "reader", "outsider" };
  g_autofree char *basic =
      iw_test_basic (accounts[mutator_below (mutator, G_N_ELEMENTS (accounts))]);

  add (out, lines[mutator_below (mutator, G_N_ELEMENTS (lines))]);
  add (out, "Host: x\r\n");
  if (mutator_below (mutator, 5) == 0)
    return;
  add (out, "Authorization: ");
  add (out, basic);
  add (out, "\r\n");
}

static void
add_noise (Mutator *mutator, GByteArray *out, guint length)
{
  for (guint i = 0; i < length; i += 4)
    {
      guint32 four = g_rand_int (mutator->random);

      g_byte_array_append (out, (guint8 *)&four, 4);
    }
}

static void
add_tls (Mutator *mutator, GByteArray *out)
{
  static const guint8 hello[] = {
    0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03
  };

  g_byte_array_append (out, hello, sizeof hello);
  add_noise (mutator, out, 600);
}

static void
add_http2 (Mutator *mutator, GByteArray *out)
{
  static const guint8 settings[] = { 0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0x7f, 0xff, 0xff, 0xff };

  add (out, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  g_byte_array_append (out, settings, sizeof settings);
  add_noise (mutator, out, mutator_below (mutator, 400));
}

static void
add_huge_headers (Mutator *mutator, GByteArray *out)
{
  guint n = 1 + mutator_below (mutator, 3000);
  g_autofree char *value = g_strnfill (mutator_below (mutator, 200), 'v');

  begin_request (mutator, out);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = g_strdup_printf ("X-%u: %s\r\n", i, value);

      add (out, line);
    }
  if (mutator_below (mutator, 2) == 0)
    add (out, "\r\n");
}

static void
add_chunks (Mutator *mutator, GByteArray *out)
{
  static const char *const sizes[] = { "5",
                                       "0",
                                       "-1",
                                       "ffffffffffffffff",
                                       "7fffffff",
                                       "5;x=y",
                                       "zz",
                                       " ",
                                       "0x5",
                                       "00000000000000005",
                                       "5\t",
                                       "",
                                       "1 5",
                                       "+5",
                                       "10000000000000000" };
  guint n = mutator_below (mutator, 12);

  begin_request (mutator, out);
  add (out, mutator_below (mutator, 4) == 0
                ? "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                : "Transfer-Encoding: chunked\r\n\r\n");
  for (guint i = 0; i < n; i++)
    {
      add (out, mutator_below (mutator, 3) == 0
                    ? sizes[mutator_below (mutator, G_N_ELEMENTS (sizes))]
                    : "5");
      add (out, mutator_below (mutator, 20) == 0 ? "\n" : "\r\n");
      add (out, "{\"a\":");
      add (out, mutator_below (mutator, 20) == 0 ? "" : "\r\n");
    }
  add (out, mutator_below (mutator, 2) == 0 ? "0\r\n\r\n" : "0\r\nTrailer: x\r\n\r\n");
}

static void
add_lengths (Mutator *mutator, GByteArray *out)
{
  static const char *const lengths[] = { "-1",
                                         "0",
                                         "5, 5",
                                         "5\r\nContent-Length: 6",
                                         "99999999999999999999",
                                         "9223372036854775807",
                                         "5x",
                                         "",
                                         "0x10",
                                         "+5",
                                         "1000000" };

  begin_request (mutator, out);
  add (out, "Content-Length: ");
  add (out, lengths[mutator_below (mutator, G_N_ELEMENTS (lengths))]);
  add (out, "\r\n\r\n{\"a\":1}");
}

/* Some MiB of a body, whatever is answered meanwhile. */
static void
add_long_body (Mutator *mutator, GByteArray *out)
{
  guint n = 1 + mutator_below (mutator, 3 * 1024 * 1024);
  g_autofree char *head =
      g_strdup_printf ("Content-Length: %u\r\n\r\n", n + mutator_below (mutator, 3) * 1000);
  guint at;

  begin_request (mutator, out);
  add (out, head);
  at = out->len;
  g_byte_array_set_size (out, at + n);
  memset (out->data + at, mutator_below (mutator, 2) == 0 ? '[' : ' ', n);
}

static void
add_endless_chunks (Mutator *mutator, GByteArray *out)
{
  guint n = mutator_below (mutator, 60);
  g_autofree char *piece = g_strnfill (0x8000, ' ');

  begin_request (mutator, out);
  add (out, "Transfer-Encoding: chunked\r\n\r\n");
  for (guint i = 0; i < n; i++)
    {
      add (out, "8000\r\n");
      add (out, piece);
      add (out, "\r\n");
    }
}

static GByteArray *
next_bytes (Mutator *mutator)
{
  GByteArray *out = g_byte_array_new ();

  switch (mutator_below (mutator, 14))
    {
    case 0:
      add_tls (mutator, out);
      break;
    case 1:
      add_http2 (mutator, out);
      break;
    case 2:
      add_huge_headers (mutator, out);
      break;
    case 3:
    case 4:
      add_chunks (mutator, out);
      break;
    case 5:
      add_lengths (mutator, out);
      break;
    case 6:
      add_long_body (mutator, out);
      break;
    case 7:
      add_endless_chunks (mutator, out);
      break;
    case 8:
      add_noise (mutator, out, mutator_below (mutator, 2000));
      break;
    default:
      g_byte_array_unref (out);
      return mutator_next (mutator);
    }
  for (guint i = mutator_below (mutator, 3); i > 0; i--)
    mutator_change (mutator, out);
  return out;
}

/* ---- one connection ---- */

static void
leave (Fuzz *self, RawClient *client)
{
  if (mutator_below (&self->mutator, 4) == 0)
    raw_reset (client);
  else
    raw_close (client);
}

static void
write_log (Fuzz *self, guint client, const guint8 *bytes, gsize length)
{
  if (self->log == NULL || length == 0)
    return;
  fprintf (self->log, "\n=== %u: %u, %zu bytes\n", self->n, client, length);
  fwrite (bytes, 1, MIN (length, 2000), self->log);
  fflush (self->log);
}

static void
one (Fuzz *self)
{
  Mutator *mutator = &self->mutator;
  RawClient *client = &self->clients[mutator_below (mutator, AT_ONCE)];
  g_autoptr (GByteArray) bytes = next_bytes (mutator);
  guint upto =
      mutator_below (mutator, 3) == 0 ? mutator_below (mutator, bytes->len + 1) : bytes->len;
  guint wait = mutator_below (mutator, 3) == 0 ? 0 : 15;
  g_auto (RawAnswer) answer = { 0 };

  write_log (self, client - self->clients, bytes->data, upto);
  for (guint at = 0; at < upto;)
    {
      guint n = 1 + mutator_below (mutator, bytes->len > 4000 ? 1 << 20 : 800);

      n = MIN (upto - at, n);
      if (!raw_send (client, bytes->data + at, n, 20))
        break;
      at += n;
    }
  self->n++;
  if (wait > 0 && client->fd >= 0)
    {
      answer = raw_receive (client, FALSE, wait);
      self->n_answered += answer.status != 0;
      g_assert_cmpuint (answer.status, !=, 500);
    }
  if (mutator_below (mutator, 3) > 0)
    leave (self, client);
}

/* ---- the server afterwards ---- */

static gsize
get_rss (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  return g_ascii_strtoull (strchr (text, ' '), NULL, 10) * sysconf (_SC_PAGESIZE);
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

typedef struct
{
  IwTestServer *server;
  IwServerCounts counts;
} Counts;

static void
read_counts (gpointer data)
{
  Counts *counts = data;

  counts->counts = *iw_server_get_counts (iw_test_server_get (counts->server));
}

/* For whoever looks for what it was. */
static void
tell_what_is_left (gpointer data)
{
  IwServer *server = data;
  g_autoptr (GPtrArray) all = g_hash_table_get_keys_as_ptr_array (server->connections);

  for (guint i = 0; i < all->len; i++)
    g_test_message ("a connection is in state %d for %" G_GINT64_FORMAT " ms",
                    iw_connection_get_state (all->pdata[i]),
                    (g_get_monotonic_time () - iw_connection_get_since (all->pdata[i])) / 1000);
}

static void
check_nothing_is_left (Fuzz *self)
{
  Counts counts = { self->server };
  g_autofree char *staging =
      g_build_filename (iw_test_server_get_dir (self->server), "databases/incidents/staging", NULL);
  gint64 end = g_get_monotonic_time () + SETTLE_MS * G_GINT64_CONSTANT (1000);

  /* The client that asks has one connection, too. */
  do
    {
      g_usleep (5000);
      iw_test_server_run (self->server, read_counts, &counts);
    }
  while ((counts.counts.running > 0 || counts.counts.open_connections > 1 ||
          count_entries (staging) > 0) &&
         g_get_monotonic_time () < end);
  if (counts.counts.running > 0 || counts.counts.open_connections > 1)
    iw_test_server_run (self->server, tell_what_is_left, iw_test_server_get (self->server));
  g_assert_cmpuint (counts.counts.running, ==, 0);
  g_assert_cmpuint (counts.counts.open_connections, <=, 1);
  g_assert_cmpuint (count_entries (staging), ==, 0);
}

static void
check_server (Fuzz *self)
{
  gsize files;
  gsize rss;

  g_assert_cmpuint (iw_test_server_status (self->server, NULL, "GET", "/_up", NULL), ==, 200);
  for (guint i = 0; i < AT_ONCE; i++)
    raw_close (&self->clients[i]);
  check_nothing_is_left (self);
  if (self->log != NULL)
    g_assert_cmpint (ftruncate (fileno (self->log), 0), ==, 0);
  g_assert_cmpuint (iw_test_server_status (self->server, "writer", "GET", "/incidents", NULL), ==,
                    200);
  files = count_entries ("/proc/self/fd");
  rss = get_rss ();
  if (self->n_rounds++ == 3)
    {
      self->rss = rss;
      self->files = files;
    }
  if (self->n_rounds <= 3)
    return;
  g_test_message ("%u connections, %zu MiB, %zu files", self->n, rss >> 20, files);
  g_assert_cmpuint (rss, <, self->rss + MAX_GROWTH);
  g_assert_cmpuint (files, <, self->files + 50);
}

/* They say nothing, or half a line; meanwhile others are served. */
static void
half_open (Fuzz *self)
{
  RawClient *all = g_new (RawClient, HALF_OPEN);

  for (guint i = 0; i < HALF_OPEN; i++)
    {
      raw_init (&all[i], iw_test_server_get_port (self->server));
      raw_connect (&all[i]);
      if (i % 2 == 0)
        raw_send (&all[i], "GET / HT", i % 8, 100);
    }
  g_assert_cmpuint (iw_test_server_status (self->server, "writer", "GET", "/incidents", NULL), ==,
                    200);
  for (guint i = 0; i < HALF_OPEN; i++)
    {
      if (i % 3 == 0)
        raw_reset (&all[i]);
      raw_clear (&all[i]);
    }
  g_free (all);
}

static void
fuzz_with (gboolean tls)
{
  const char *log = g_getenv ("IW_FUZZ_LOG");
  Fuzz self = { .server = iw_test_server_new_full (NULL, tls),
                .log = log != NULL ? fopen (log, "a") : NULL };

  mutator_init_from (&self.mutator, "http");
  for (guint i = 0; i < AT_ONCE; i++)
    raw_init (&self.clients[i], iw_test_server_get_port (self.server));
  half_open (&self);
  check_server (&self);
  while (mutator_goes_on (&self.mutator, self.n))
    {
      one (&self);
      if (self.n % ROUND == 0)
        check_server (&self);
      if (self.n % (ROUND * 20) == 0)
        half_open (&self);
    }
  check_server (&self);
  g_test_message ("%u connections, %u answered", self.n, self.n_answered);
  g_assert_true (tls || self.n_answered > self.n / 20);
  for (guint i = 0; i < AT_ONCE; i++)
    raw_clear (&self.clients[i]);
  iw_test_server_free (self.server);
  g_clear_pointer (&self.log, fclose);
  mutator_clear (&self.mutator);
}

static void
fuzz_plain (void)
{
  fuzz_with (FALSE);
}

static void
fuzz_tls (void)
{
  fuzz_with (TRUE);
}

/* libsoup hands a negative Content-Length on to a property, which GObject refuses with a critical
 * and then takes for none: the body is read until its end, within our limits. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "'content-length'") == NULL;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  g_test_add_func ("/fuzz/http", fuzz_plain);
  g_test_add_func ("/fuzz/http-tls", fuzz_tls);
  return g_test_run ();
}
