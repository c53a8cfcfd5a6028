/* One message from its headers to its last byte: limits, who asks, the route, the log. */
#include "config.h"

#include "iw-server-private.h"

#include <string.h>

#define MAX_HEADERS (32 * 1024)
#define MAX_NONE (64 * 1024)
#define MAX_SMALL (1024 * 1024)
/* What is read and thrown away of a body that was refused, so that the client gets to read why. */
#define MAX_WASTE (16 * 1024 * 1024)
#define MAX_LOGGED_PATH 400

#define EXCHANGE_KEY "iw-exchange"

typedef struct
{
  IwServer *server;
  SoupServerMessage *message; /* owns us */
  gint64 begin;
  const IwRoute *route;
  GHashTable *parts;
  GHashTable *query;
  IwDatabase *database;
  IwIdentity *identity;
  IwRequest *request; /* weak: the handler's */
  gint64 received;
  gint64 limit;
  gboolean identifying;
  gboolean paused; /* until that is done */
  gboolean gone;   /* the message is finished */
} IwExchange;

static void
exchange_free (gpointer data)
{
  IwExchange *self = data;

  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->identity, iw_identity_unref);
  g_clear_object (&self->database);
  g_clear_weak_pointer (&self->request);
  g_free (self);
}

static void
refuse (IwExchange *self, guint status, const char *reason)
{
  if (self->request != NULL)
    {
      if (!iw_request_is_answered (self->request))
        iw_request_answer_error (self->request, status, NULL, reason);
      iw_request_cancel (self->request);
    }
  else if (soup_server_message_get_status (self->message) == 0)
    iw_answer_error (self->message, status, NULL, reason);
  soup_message_body_truncate (soup_server_message_get_request_body (self->message));
  soup_message_body_set_accumulate (soup_server_message_get_request_body (self->message), FALSE);
}

/* ---- the end ---- */

static void
write_log (IwExchange *self, guint status, goffset sent)
{
  IwServer *server = self->server;
  IwConnection *connection = iw_connection_of (self->message);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *who =
      self->identity != NULL
          ? g_uri_escape_string (iw_identity_get_account (self->identity)->name, NULL, TRUE)
          : NULL;
  g_autofree char *line = NULL;

  /* The query may hold what is nobody's business, and is left out. */
  line = g_strdup_printf (
      "%s.%03dZ %s %s %s %.*s %u %" G_GINT64_FORMAT "ms in=%" G_GINT64_FORMAT
      " out=%" G_GINT64_FORMAT,
      when, g_date_time_get_microsecond (now) / 1000,
      connection != NULL ? iw_connection_get_address (connection) : "-", who != NULL ? who : "-",
      soup_server_message_get_method (self->message), MAX_LOGGED_PATH,
      g_uri_get_path (soup_server_message_get_uri (self->message)), status,
      (g_get_monotonic_time () - self->begin) / 1000, self->received, (gint64)sent);
  server->log (line, server->log_data);
}

static void
on_finished (SoupServerMessage *message, gpointer data)
{
  IwExchange *self = data;
  IwServer *server = self->server;
  IwConnection *connection = iw_connection_of (message);
  guint status = soup_server_message_get_status (message);
  goffset sent = soup_server_message_get_response_body (message)->length;

  self->gone = TRUE;
  server->counts.running--;
  server->counts.n_requests[MIN (status / 100, 5)]++;
  server->counts.bytes_in += self->received;
  server->counts.bytes_out += sent;
  if (server->config->log_requests)
    write_log (self, status, sent);
  if (connection != NULL)
    {
      iw_connection_watch (connection, NULL, NULL);
      iw_connection_set_state (connection, IW_CONNECTION_IDLE);
    }
}

/* ---- the handler ---- */

static void
on_client_gone (gpointer data)
{
  IwExchange *self = data;

  if (self->request != NULL)
    iw_request_cancel (self->request);
}

static void
run_handler (IwExchange *self)
{
  IwRequest *request = iw_request_new (self->server, self->message, self->route, self->database,
                                       self->identity, g_steal_pointer (&self->parts), self->query);

  g_set_weak_pointer (&self->request, request);
  iw_request_handle (request);
  g_object_unref (request);
}

/* Until there is an answer nobody looks at the socket but us. */
static void
await (IwExchange *self)
{
  IwConnection *connection = iw_connection_of (self->message);

  if (self->request == NULL)
    return;
  if (!iw_request_is_answered (self->request))
    iw_request_wait (self->request);
  if (connection != NULL)
    iw_connection_watch (connection, on_client_gone, self);
}

/* The body is here. */
static void
on_body (SoupServer *soup,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer data)
{
  IwExchange *self = g_object_get_data (G_OBJECT (message), EXCHANGE_KEY);
  IwConnection *connection = iw_connection_of (message);

  if (self == NULL)
    {
      iw_answer_error (message, 400, NULL, "This is no request.");
      return;
    }
  if (connection != NULL)
    iw_connection_set_state (connection, IW_CONNECTION_ANSWERING);
  /* What is only asked for can be asked again: a feed that begins now would hear of the end no
   * more. */
  if (self->route->body == IW_BODY_NONE && g_cancellable_is_cancelled (self->server->stopping))
    refuse (self, 503, "The server is stopping.");
  else if (self->route->body != IW_BODY_STREAM)
    run_handler (self);
  else if (self->request != NULL)
    iw_request_give_piece (self->request, NULL);
  await (self);
}

static void
on_chunk (SoupServerMessage *message, GBytes *bytes, gpointer data)
{
  IwExchange *self = data;
  IwConnection *connection = iw_connection_of (message);

  self->received += g_bytes_get_size (bytes);
  if (connection != NULL)
    iw_connection_count (connection, g_bytes_get_size (bytes));
  if (soup_server_message_get_status (message) != 0)
    {
      soup_message_body_truncate (soup_server_message_get_request_body (message));
      if (self->received > self->limit + MAX_WASTE)
        iw_connection_cut (connection);
    }
  else if (self->received > self->limit)
    refuse (self, 413, "The request's body is too large.");
  else if (self->route != NULL && self->route->body == IW_BODY_STREAM && self->request != NULL)
    iw_request_give_piece (self->request, bytes);
}

/* ---- the headers ---- */

static gint64
limit_of (IwExchange *self, IwBody body)
{
  switch (body)
    {
    case IW_BODY_LARGE:
      return self->server->config->max_body;
    case IW_BODY_STREAM:
      return self->server->config->max_attachment;
    case IW_BODY_SMALL:
      return MAX_SMALL;
    case IW_BODY_NONE:
    default:
      return MAX_NONE;
    }
}

static void
challenge (IwExchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);

  /* Without being asked for it a browser would put up a dialog of its own. */
  if (soup_message_headers_get_one (headers, "X-CouchDB-WWW-Authenticate") != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                  "WWW-Authenticate", "Basic realm=\"Incident Workbench\"");
}

static void
admit (IwExchange *self)
{
  const char *name = g_hash_table_lookup (self->parts, "db");
  IwDatabase *database = name != NULL ? iw_server_get_database (self->server, name) : NULL;
  const IwAccount *account =
      self->identity != NULL ? iw_identity_get_account (self->identity) : NULL;
  const char *reason = NULL;
  guint status = iw_gate_admit (self->route, name != NULL, database, account, &reason);

  if (status == 401)
    challenge (self);
  if (status != 0)
    {
      refuse (self, status, reason);
      return;
    }
  self->database = database != NULL ? g_object_ref (database) : NULL;
  if (self->route->body == IW_BODY_STREAM)
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (self->message),
                                        FALSE);
      run_handler (self);
    }
}

static void
on_identified (IwIdentity *identity, guint status, const char *reason, gpointer data)
{
  IwExchange *self = data;

  if (self->gone)
    return;
  self->identity = identity != NULL ? iw_identity_ref (identity) : NULL;
  if (status == 401)
    challenge (self);
  if (status != 0)
    refuse (self, status, reason);
  else
    admit (self);
  self->identifying = FALSE;
  if (self->paused)
    soup_server_message_unpause (self->message);
  self->paused = FALSE;
}

static void
identify (IwExchange *self)
{
  IwConnection *connection = iw_connection_of (self->message);
  const char *address = connection != NULL ? iw_connection_get_address (connection) : "-";
  g_autoptr (SoupServerMessage) message = g_object_ref (self->message);

  /* Whoever signs in anew has only wrong things to say of before. */
  if (self->route->needs == IW_NEEDS_NOBODY && g_str_equal (self->route->method, "POST"))
    {
      on_identified (NULL, 0, NULL, self);
      return;
    }
  self->identifying = TRUE;
  iw_gate_identify (self->server, message, address, on_identified, self);
  if (!self->identifying)
    return;
  self->paused = TRUE;
  soup_server_message_pause (message);
}

static gsize
headers_size (SoupServerMessage *message)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  gsize size = strlen (g_uri_get_path (soup_server_message_get_uri (message))) +
               (query != NULL ? strlen (query) : 0);

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    size += strlen (name) + strlen (value) + 4;
  return size;
}

static gboolean
check_frame (IwExchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  IwConnection *connection = iw_connection_of (self->message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");

  if (g_cancellable_is_cancelled (self->server->stopping))
    refuse (self, 503, "The server is stopping.");
  else if (headers_size (self->message) > MAX_HEADERS)
    refuse (self, 431, "The headers are too large.");
  else if (connection != NULL && !iw_connection_is_local (connection) &&
           !iw_rate_take (self->server->rate, iw_connection_get_address (connection), self->begin))
    refuse (self, 429, "Too many requests; try again in a moment.");
  else if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    refuse (self, 415, "Content-Encoding must be identity.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
find_route (IwExchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  g_autofree char *allowed = NULL;
  g_autofree char *reason = NULL;

  self->route = iw_routes_find (soup_server_message_get_method (self->message),
                                g_uri_get_path (soup_server_message_get_uri (self->message)),
                                &self->parts, &allowed);
  if (self->route != NULL)
    {
      self->limit = limit_of (self, self->route->body);
      if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
          soup_message_headers_get_content_length (headers) <= self->limit)
        return TRUE;
      refuse (self, 413, "The request's body is too large.");
      return FALSE;
    }
  if (allowed == NULL)
    {
      refuse (self, 404, "missing");
      return FALSE;
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "Allow",
                                allowed);
  reason = g_strdup_printf ("Only %s allowed", allowed);
  refuse (self, 405, reason);
  return FALSE;
}

static gboolean
wants_close (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_header_contains (headers, "Connection", "close");
}

static void
on_headers (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  IwServer *server = data;
  IwExchange *self = g_new0 (IwExchange, 1);
  IwConnection *connection = iw_connection_of (message);

  self->server = server;
  self->message = message;
  self->begin = g_get_monotonic_time ();
  self->limit = MAX_NONE;
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
  server->counts.running++;
  g_object_set_data_full (G_OBJECT (message), EXCHANGE_KEY, self, exchange_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), self);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  if (connection != NULL)
    iw_connection_set_state (connection, IW_CONNECTION_READING);
  if (wants_close (message) || g_cancellable_is_cancelled (server->stopping))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                  "close");
  if (check_frame (self) && find_route (self))
    identify (self);
}

static void
on_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  IwConnection *connection = iw_connection_of (message);

  if (connection != NULL && iw_connection_get_state (connection) == IW_CONNECTION_IDLE)
    iw_connection_set_state (connection, IW_CONNECTION_READING);
}

void
iw_server_serve (IwServer *self)
{
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_started), NULL);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_body, self, NULL);
}
