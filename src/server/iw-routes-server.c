/* What the server says of itself. */
#include "config.h"

#include "iw-route.h"
#include "iw-server.h"

#include <string.h>

#define MAX_UUIDS 1000

static void
get_welcome (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  iw_request_answer_json (
      self, 200,
      g_strdup_printf ("{\"couchdb\":\"Welcome\",\"version\":\"3.3.3\",\"uuid\":\"%s\","
                       "\"features\":[],\"vendor\":{\"name\":\"Incident Workbench\","
                       "\"version\":\"" PACKAGE_VERSION "\"}}\n",
                       iw_server_get_uuid (iw_request_get_server (self))));
}

static void
get_up (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  iw_request_answer_json (self, 200, g_strdup ("{\"status\":\"ok\",\"seeds\":{}}\n"));
}

/* Those that the account may see, and not one more. By name. (element-type utf8) */
static GPtrArray *
list_visible (IwRequest *request)
{
  IwServer *server = iw_request_get_server (request);
  const IwAccount *account = iw_request_get_account (request);
  g_autoptr (GPtrArray) databases = iw_server_list_databases (server);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  if (iw_account_is_admin (account))
    g_ptr_array_add (names, g_strdup (IW_USERS_DATABASE));
  for (guint i = 0; i < databases->len; i++)
    if (iw_database_admits (databases->pdata[i], account))
      g_ptr_array_add (names, g_strdup (iw_database_get_name (databases->pdata[i])));
  return names;
}

typedef struct
{
  gboolean descending;
  gint64 skip;
  gint64 limit;
  char *start; /* NULL: from the first */
  char *end;
} Part;

static void
part_clear (Part *part)
{
  g_free (part->start);
  g_free (part->end);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Part, part_clear)

/* A name as JSON, under either of its two names. FALSE where it is answered. */
static gboolean
read_name (IwRequest *request, const char *name, const char *other, char **out)
{
  const char *given = iw_request_get_query (request, name) != NULL ? name : other;
  g_autoptr (yyjson_doc) json = NULL;

  if (iw_request_get_query (request, given) == NULL)
    return TRUE;
  if (!iw_request_get_query_json (request, given, &json))
    return FALSE;
  *out = g_strdup (yyjson_get_str (yyjson_doc_get_root (json)));
  return TRUE;
}

static gboolean
read_part (IwRequest *request, Part *part)
{
  return iw_request_get_query_bool (request, "descending", FALSE, &part->descending) &&
         iw_request_get_query_int (request, "skip", 0, G_MAXINT64, 0, &part->skip) &&
         iw_request_get_query_int (request, "limit", 0, G_MAXINT64, G_MAXINT64, &part->limit) &&
         read_name (request, "startkey", "start_key", &part->start) &&
         read_name (request, "endkey", "end_key", &part->end);
}

static gboolean
is_within (const Part *part, const char *name)
{
  int sign = part->descending ? -1 : 1;

  return (part->start == NULL || sign * strcmp (name, part->start) >= 0) &&
         (part->end == NULL || sign * strcmp (name, part->end) <= 0);
}

static void
get_all_dbs (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  g_autoptr (GPtrArray) names = list_visible (self);
  g_auto (Part) part = { 0 };
  GString *out;
  gint64 left;

  if (!read_part (self, &part))
    return;
  out = g_string_new ("[");
  left = part.limit;
  for (guint i = 0; i < names->len && left > 0; i++)
    {
      const char *name = names->pdata[part.descending ? names->len - 1 - i : i];

      if (!is_within (&part, name) || part.skip-- > 0)
        continue;
      if (out->len > 1)
        g_string_append_c (out, ',');
      iw_canonical_append_string (out, name);
      left--;
    }
  g_string_append (out, "]\n");
  iw_request_answer_json (self, 200, g_string_free (out, FALSE));
}

static void
get_uuids (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  GString *out;
  gint64 count;

  if (!iw_request_get_query_int (self, "count", 0, MAX_UUIDS, 1, &count))
    return;
  out = g_string_new ("{\"uuids\":[");
  for (gint64 i = 0; i < count; i++)
    {
      g_autofree char *id = iw_id_new (iw_context_system ());
      g_auto (GStrv) parts = g_strsplit (id, "-", -1);
      g_autofree char *plain = g_strjoinv ("", parts);

      g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", plain);
    }
  g_string_append (out, "]}\n");
  iw_request_answer_json (self, 200, g_string_free (out, FALSE));
}

/* ---- metrics ---- */

static void
append_head (GString *out, const char *name, const char *type, const char *help)
{
  g_string_append_printf (out, "# HELP iw_%s %s\n# TYPE iw_%s %s\n", name, help, name, type);
}

static void
append_metric (GString *out, const char *name, const char *type, const char *help, guint64 value)
{
  append_head (out, name, type, help);
  g_string_append_printf (out, "iw_%s %" G_GUINT64_FORMAT "\n", name, value);
}

static void
append_requests (GString *out, const IwServerCounts *counts)
{
  static const char *const classes[] = { "cut", "1xx", "2xx", "3xx", "4xx", "5xx" };

  append_head (out, "requests_total", "counter", "Requests by the class of their answer.");
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    g_string_append_printf (out, "iw_requests_total{status=\"%s\"} %" G_GUINT64_FORMAT "\n",
                            classes[i], counts->n_requests[i]);
}

static void
append_sequences (GString *out, IwServer *server)
{
  g_autoptr (GPtrArray) databases = iw_server_list_databases (server);

  append_head (out, "database_sequence", "gauge", "The last change of each database.");
  for (guint i = 0; i < databases->len; i++)
    /* Names of databases need no escapes. */
    g_string_append_printf (out, "iw_database_sequence{database=\"%s\"} %" G_GINT64_FORMAT "\n",
                            iw_database_get_name (databases->pdata[i]),
                            iw_database_get_seq (databases->pdata[i]));
}

/* In bytes; 0 where the system does not say. */
static guint64
resident_size (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  words = g_strsplit (text, " ", 3);
  return g_strv_length (words) > 1 ? g_ascii_strtoull (words[1], NULL, 10) * 4096 : 0;
}

static void
get_metrics (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  IwServer *server = iw_request_get_server (self);
  const IwServerCounts *counts = iw_server_get_counts (server);
  g_autoptr (GBytes) bytes = NULL;
  GString *out = g_string_new (NULL);

  append_requests (out, counts);
  append_metric (out, "requests_running", "gauge", "Requests that are not answered whole.",
                 counts->running);
  append_metric (out, "connections_total", "counter", "Connections since the start.",
                 counts->n_connections);
  append_metric (out, "connections_open", "gauge", "Connections that are open.",
                 counts->open_connections);
  append_metric (out, "received_bytes_total", "counter", "Bytes of requests' bodies.",
                 counts->bytes_in);
  append_metric (out, "sent_bytes_total", "counter", "Bytes of answers' bodies.",
                 counts->bytes_out);
  append_metric (out, "failed_sign_ins_total", "counter", "Sign-ins that failed.",
                 counts->n_sign_ins_failed);
  append_metric (out, "accounts", "gauge", "Accounts.",
                 iw_accounts_get_size (iw_server_get_accounts (server)));
  append_metric (out, "slowed", "gauge", "Accounts and addresses that failed to sign in of late.",
                 iw_throttle_size (iw_server_get_throttle (server)));
  append_metric (out, "resident_bytes", "gauge", "Memory.", resident_size ());
  append_sequences (out, server);
  bytes = g_string_free_to_bytes (out);
  iw_request_answer_bytes (self, 200, "text/plain; version=0.0.4; charset=utf-8", bytes);
}

const IwRoute iw_routes_server[] = {
  { "GET", "/", IW_NEEDS_NOBODY, IW_BODY_NONE, get_welcome },
  { "GET", "/_up", IW_NEEDS_NOBODY, IW_BODY_NONE, get_up },
  { "GET", "/_uuids", IW_NEEDS_NOBODY, IW_BODY_NONE, get_uuids },
  { "GET", "/_all_dbs", IW_NEEDS_ACCOUNT, IW_BODY_NONE, get_all_dbs },
  { "GET", "/_metrics", IW_NEEDS_ADMIN, IW_BODY_NONE, get_metrics },
  { NULL },
};
