/* fuzz-routes.c: every endpoint of a real server, asked by every role what is right, strange or
 * damaged.
 *
 * Nothing crashes, complains or answers 500; what says it is JSON is JSON, refusals say why; who is
 * no member of a database gets nothing from it and does not learn that it exists; who only reads
 * changes nothing; the databases stay sound and memory stays bounded. $IW_FUZZ_LOG names a file
 * that requests are written to before they are sent.
 */
#include <yyjson.h>

#include "iw-store.h"
#include "iw-test-server.h"
#include "raw-http.h"
#include "routes-request.h"

#define EPOCH 2000      /* requests to one server */
#define CHECK_AFTER 500 /* requests */
#define WAIT_MS 60000   /* for an answer; machines may be busy */
#define CANARY "canary-7f3a9c"
#define MAX_GROWTH (512 * 1024 * 1024)

static const char security[] = "{\"admins\":{\"names\":[\"boss\"],\"roles\":[]},\"members\":"
                               "{\"names\":[\"writer\",\"reader\",\"auditor\"],\"roles\":[]}}";

typedef struct
{
  Mutator mutator;
  IwTestServer *server;
  RawClient client;
  Seen seen;
  GRegex *revs;
  FILE *log;
  guint n;
  guint n_epoch;
  guint statuses[6];
  gsize rss;
} Fuzz;

/* What a quarantine keeps would look like growth. */
const char *__asan_default_options (void);
const char *
__asan_default_options (void)
{
  return "quarantine_size_mb=16";
}

static gsize
get_rss (void)
{
  g_autofree char *text = NULL;
  gsize pages;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  pages = g_ascii_strtoull (strchr (text, ' '), NULL, 10);
  return pages * sysconf (_SC_PAGESIZE);
}

/* ---- what is learnt from answers ---- */

static char *
text_of (const GByteArray *bytes)
{
  return bytes->len > 0 ? g_strndup ((char *)bytes->data, bytes->len) : g_strdup ("");
}

static void
learn_text (char **out, const char *text, const char *before)
{
  const char *at = strstr (text, before);

  if (at == NULL)
    return;
  at += strlen (before);
  g_free (*out);
  *out = g_strndup (at, strcspn (at, "\";\r"));
}

static void
learn (Fuzz *self, const RawAnswer *answer)
{
  g_autofree char *text = text_of (answer->body);
  g_autoptr (GMatchInfo) match = NULL;

  learn_text (&self->seen.seq, text, "\"last_seq\":\"");
  if (answer->head != NULL)
    learn_text (&self->seen.cookie, answer->head, "Set-Cookie: AuthSession=");
  if (!g_utf8_validate (text, -1, NULL))
    return;
  g_regex_match (self->revs, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_hash_table_insert (self->seen.revs, g_match_info_fetch (match, 1),
                           g_match_info_fetch (match, 2));
      g_match_info_next (match, NULL);
    }
}

/* ---- what must hold of an answer ---- */

static gboolean
is_feed (const GByteArray *bytes)
{
  return memmem (bytes->data, bytes->len, "_changes", 8) != NULL &&
         memmem (bytes->data, bytes->len, "feed", 4) != NULL;
}

static gboolean
has_text (const GByteArray *bytes, const char *text)
{
  return bytes->len > 0 && memmem (bytes->data, bytes->len, text, strlen (text)) != NULL;
}

static void
tell (const GByteArray *sent, const RawAnswer *answer, const char *what)
{
  g_printerr ("%s\n>>>\n%.*s\n<<< %u, end %d\n%s%.*s\n", what, (int)MIN (sent->len, 20000),
              (char *)sent->data, answer->status, answer->end,
              answer->head != NULL ? answer->head : "", (int)MIN (answer->body->len, 4000),
              (char *)answer->body->data);
}

static void
fail (const GByteArray *sent, const RawAnswer *answer, const char *what)
{
  tell (sent, answer, what);
  g_error ("%s", what);
}

static void
check_json (const GByteArray *sent, const RawAnswer *answer)
{
  g_autofree char *type = raw_header (answer, "content-type");
  g_autofree char *of_attachments = raw_header (answer, "content-security-policy");
  gboolean is_json = type != NULL && g_str_has_prefix (type, "application/json");
  yyjson_doc *doc;
  yyjson_val *root;

  if (answer->body->len == 0 || (of_attachments != NULL && answer->status < 400))
    return;
  /* What soup itself refuses has no body. */
  if (answer->status >= 400 && !is_json)
    fail (sent, answer, "a refusal is not JSON");
  if (!is_json)
    return;
  doc = yyjson_read ((char *)answer->body->data, answer->body->len, 0);
  if (doc == NULL)
    fail (sent, answer, "the answer is no JSON");
  root = yyjson_doc_get_root (doc);
  if (answer->status >= 400 && (!yyjson_is_str (yyjson_obj_get (root, "error")) ||
                                !yyjson_is_str (yyjson_obj_get (root, "reason"))))
    fail (sent, answer, "a refusal does not say why");
  yyjson_doc_free (doc);
}

static void
check_answer (const Request *request,
              const GByteArray *sent,
              const RawAnswer *answer,
              gboolean head)
{
  gboolean feed = is_feed (sent);

  if (answer->end == RAW_WRONG)
    fail (sent, answer, "the answer is no HTTP");
  if (!request->odd && !feed && answer->end != RAW_WHOLE)
    fail (sent, answer, "there is no whole answer");
  if (answer->status >= 500 && !(request->odd && (answer->status == 501 || answer->status == 505)))
    fail (sent, answer, "the server failed");
  if (answer->head != NULL && strstr (answer->head, "\r\nEvil:") != NULL)
    fail (sent, answer, "a header was brought in");
  if (answer->end == RAW_WHOLE && !feed && !head)
    check_json (sent, answer);
}

/* ---- what must hold of who asks ---- */

static gboolean
names_database (const Request *request)
{
  g_autofree char *target = text_of (request->target);
  const char *at = target + strspn (target, "/");
  g_autofree char *first = g_uri_unescape_segment (at, at + strcspn (at, "/?#"), NULL);

  g_autofree char *plain = g_uri_unescape_string (target, NULL);

  /* "/db/.." is the server itself. */
  return g_strcmp0 (first, DB) == 0 && plain != NULL && strstr (plain, "/..") == NULL;
}

static gboolean
is_plain_outsider (const Request *request)
{
  return (g_str_equal (request->who, "outsider") || g_str_equal (request->who, "nobody")) &&
         !has_header (request, "Authorization") && !has_header (request, "Cookie") && !request->odd;
}

static void
check_outsider (const Request *request, const GByteArray *sent, const RawAnswer *answer)
{
  if (!is_plain_outsider (request))
    return;
  if (names_database (request) && answer->status / 100 == 2)
    fail (sent, answer, "an outsider got in");
  if (has_text (answer->body, CANARY))
    fail (sent, answer, "an outsider got to see");
}

static void
check_reader (const Request *request, const GByteArray *sent, const RawAnswer *answer)
{
  gboolean reads = g_str_equal (request->who, "reader") || g_str_equal (request->who, "auditor");

  if (!reads || request->odd || has_header (request, "Authorization") ||
      has_header (request, "Cookie") || !names_database (request) ||
      has_text (request->target, "_local"))
    return;
  if (answer->status / 100 == 2 &&
      (g_str_equal (request->method, "PUT") || g_str_equal (request->method, "DELETE") ||
       (g_str_equal (request->method, "POST") && answer->status == 201 &&
        !has_text (request->target, "_ensure_full_commit"))))
    fail (sent, answer, "who only reads has written");
}

/* ---- asking ---- */

static RawAnswer
ask (Fuzz *self, const Request *request, const GByteArray *sent)
{
  gboolean head = g_str_equal (request->method, "HEAD");
  guint wait = is_feed (sent) || request->odd ? 300 : WAIT_MS;
  gboolean fresh = self->client.fd < 0;
  RawAnswer answer;

  raw_send (&self->client, sent->data, sent->len, wait);
  answer = raw_receive (&self->client, head, wait);
  /* The server may have closed it after the answer before, as to what is no request. */
  if (!fresh && answer.end == RAW_CUT && answer.status == 0)
    {
      raw_answer_clear (&answer);
      raw_close (&self->client);
      raw_send (&self->client, sent->data, sent->len, wait);
      answer = raw_receive (&self->client, head, wait);
    }
  if (answer.end != RAW_WHOLE || answer.closes || request->odd || head)
    raw_close (&self->client);
  return answer;
}

/* Where a database is that one may not see, all is as where there is none. */
static void
compare_with_none (Fuzz *self, Request *request, const GByteArray *sent, const RawAnswer *answer)
{
  g_autofree char *target = text_of (request->target);
  g_autoptr (GByteArray) other = NULL;
  g_auto (RawAnswer) none = { 0 };

  if (!is_plain_outsider (request) || !g_str_has_prefix (target, "/" DB) ||
      strchr ("/?", target[strlen ("/" DB)]) == NULL || answer->end != RAW_WHOLE)
    return;
  request->target->data[strlen (DB)] = 'z';
  other = request_write (request, &self->seen);
  none = ask (self, request, other);
  if (none.status != answer->status || none.body->len != answer->body->len ||
      (none.body->len > 0 && memcmp (none.body->data, answer->body->data, none.body->len) != 0))
    {
      tell (other, &none, "where there is none");
      fail (sent, answer, "an outsider learns what there is");
    }
}

/* An admin may well let the outsider in. */
static gboolean
lets_outsider_in (const Request *request, const GByteArray *sent)
{
  return !g_str_equal (request->who, "outsider") && !g_str_equal (request->who, "nobody") &&
         has_text (sent, "_users") && has_text (sent, "outsider");
}

static void
run (Fuzz *self, Request *request)
{
  g_autoptr (GByteArray) sent = request_write (request, &self->seen);
  g_auto (RawAnswer) answer = { 0 };

  if (lets_outsider_in (request, sent))
    return;
  if (self->log != NULL)
    {
      fprintf (self->log, "\n=== %u %s\n", self->n, request->who);
      fwrite (sent->data, 1, sent->len, self->log);
      fflush (self->log);
    }
  answer = ask (self, request, sent);
  self->n++;
  self->statuses[MIN (answer.status / 100, 5)]++;
  check_answer (request, sent, &answer, g_str_equal (request->method, "HEAD"));
  check_outsider (request, sent, &answer);
  check_reader (request, sent, &answer);
  learn (self, &answer);
  compare_with_none (self, request, sent, &answer);
}

/* ---- a server ---- */

static void
start (Fuzz *self)
{
  self->server = iw_test_server_new ();
  self->n_epoch = 0;
  g_hash_table_remove_all (self->seen.revs);
  raw_init (&self->client, iw_test_server_get_port (self->server));
  if (self->log != NULL)
    g_assert_cmpint (ftruncate (fileno (self->log), 0), ==, 0);
}

/* FALSE where an admin can do nothing any more: one has changed themselves. */
static gboolean
restore (Fuzz *self)
{
  guint status;

  iw_test_server_pass (self->server, 2 * 3600 * (gint64)G_USEC_PER_SEC);
  status = iw_test_server_status (self->server, "admin", "PUT", "/" DB, NULL);
  g_assert_cmpuint (status, <, 500);
  return (status == 201 || status == 412) &&
         iw_test_server_status (self->server, "admin", "PUT", "/" DB "/_security", security) ==
             200 &&
         iw_test_server_status (self->server, "admin", "POST", "/" DB, "{\"_id\":\"" CANARY "\"}") <
             500;
}

static void
check_database (Fuzz *self, gboolean full)
{
  g_autofree char *dir = iw_database_dir (iw_test_server_get_dir (self->server), DB);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store =
      iw_store_open (dir, IW_STORE_OPEN_PEER | IW_STORE_OPEN_READ_ONLY, NULL, &error);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  iw_store_check (store, full, problems, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_error ("the database is damaged: %s", (char *)problems->pdata[i]);
}

static void
finish (Fuzz *self)
{
  raw_clear (&self->client);
  iw_test_server_free (g_steal_pointer (&self->server));
}

static void
next_epoch (Fuzz *self)
{
  gsize rss;

  finish (self);
  start (self);
  rss = get_rss ();
  if (self->rss == 0 && self->n > 2 * EPOCH)
    self->rss = rss;
  g_test_message ("%u requests, %zu MiB", self->n, rss >> 20);
  if (self->rss > 0)
    g_assert_cmpuint (rss, <, self->rss + MAX_GROWTH);
}

static void
replay (Fuzz *self)
{
  for (guint i = 0; i < self->mutator.corpus->len; i++)
    {
      g_autoptr (Request) request = request_parse (self->mutator.corpus->pdata[i]);

      run (self, request);
    }
}

/* What there is, by everybody, with what its body may be. */
static void
walk_routes (Fuzz *self)
{
  guint n_tables;
  const IwRoute *const *tables = iw_routes_get (&n_tables);

  for (guint t = 0; t < n_tables; t++)
    for (const IwRoute *route = tables[t]; route->method != NULL; route++)
      {
        g_autofree char *path = fill_pattern (&self->mutator, route->pattern);
        g_autofree char *text = g_strdup_printf (
            "%s %s %s\nContent-Type: application/json\n\n%s", PICK (&self->mutator, fuzz_accounts),
            route->method, path, g_str_equal (route->method, "GET") ? "" : "{}");
        g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));
        g_autoptr (Request) request = request_parse (file);

        if (g_str_equal (route->pattern, "/{db}") && g_str_equal (route->method, "DELETE"))
          continue;
        mend_target (&self->mutator, request);
        run (self, request);
      }
}

static void
fuzz_routes (void)
{
  const char *log = g_getenv ("IW_FUZZ_LOG");
  Fuzz self = { .log = log != NULL ? fopen (log, "a") : NULL };

  mutator_init_from (&self.mutator, "routes");
  self.seen.revs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.revs = g_regex_new ("\"_?id\":\"([^\"]*)\",\"_?rev\":\"([^\"]*)\"", 0, 0, NULL);
  start (&self);
  g_assert_true (restore (&self));
  replay (&self);
  walk_routes (&self);
  while (mutator_goes_on (&self.mutator, self.n))
    {
      g_autoptr (Request) request = request_next (&self.mutator);

      run (&self, request);
      self.n_epoch++;
      if (self.n_epoch % 100 == 0 && (!restore (&self) || self.n_epoch >= EPOCH))
        {
          check_database (&self, TRUE);
          next_epoch (&self);
          restore (&self);
          replay (&self);
        }
      if (self.n_epoch % CHECK_AFTER == 0)
        {
          restore (&self);
          check_database (&self, FALSE);
        }
    }
  restore (&self);
  check_database (&self, TRUE);
  g_test_message ("%u requests: cut %u, 2xx %u, 3xx %u, 4xx %u", self.n, self.statuses[0],
                  self.statuses[2], self.statuses[3], self.statuses[4]);
  g_assert_cmpuint (self.statuses[2], >, self.n / 20);
  finish (&self);
  g_regex_unref (self.revs);
  g_hash_table_unref (self.seen.revs);
  g_free (self.seen.seq);
  g_free (self.seen.cookie);
  mutator_clear (&self.mutator);
  g_clear_pointer (&self.log, fclose);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/routes", fuzz_routes);
  return g_test_run ();
}
