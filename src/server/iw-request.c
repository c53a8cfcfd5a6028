#include "config.h"

#include "iw-request-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (IwRequest, iw_request, G_TYPE_OBJECT)
G_DEFINE_QUARK (iw-request-error-quark, iw_request_error)

static void
let_go (IwRequest *self)
{
  if (!self->paused || self->finished)
    return;
  self->paused = FALSE;
  soup_server_message_unpause (self->message);
}

void
iw_request_wait (IwRequest *self)
{
  if (self->paused || self->finished)
    return;
  self->paused = TRUE;
  soup_server_message_pause (self->message);
}

static void
iw_request_dispose (GObject *object)
{
  IwRequest *self = IW_REQUEST (object);

  if (self->message != NULL && !self->finished)
    {
      if (!self->answered)
        iw_request_answer_error (self, 500, NULL, "The request was given up.");
      else if (self->streaming)
        iw_request_stream_end (self);
    }
  if (self->message != NULL)
    {
      g_clear_signal_handler (&self->finished_id, self->message);
      g_clear_signal_handler (&self->wrote_id, self->message);
    }
  g_clear_object (&self->message);
  g_clear_object (&self->database);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (iw_request_parent_class)->dispose (object);
}

static void
iw_request_finalize (GObject *object)
{
  IwRequest *self = IW_REQUEST (object);

  g_clear_pointer (&self->identity, iw_identity_unref);
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (iw_request_parent_class)->finalize (object);
}

static void
iw_request_class_init (IwRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_request_dispose;
  G_OBJECT_CLASS (klass)->finalize = iw_request_finalize;
}

static void
iw_request_init (IwRequest *self)
{
  self->cancellable = g_cancellable_new ();
}

/* Sent whole, or cut: soup knows nothing more of the message after this. */
static void
on_finished (SoupServerMessage *message, IwRequest *self)
{
  g_object_ref (self);
  self->finished = TRUE;
  self->streaming = FALSE;
  g_cancellable_cancel (self->cancellable);
  if (self->kept)
    g_object_unref (self);
  g_object_unref (self);
}

IwRequest *
iw_request_new (IwServer *server,
                SoupServerMessage *message,
                const IwRoute *route,
                IwDatabase *database,
                IwIdentity *identity,
                GHashTable *parts,
                GHashTable *query)
{
  IwRequest *self = g_object_new (IW_TYPE_REQUEST, NULL);

  self->server = server;
  self->message = g_object_ref (message);
  self->route = route;
  self->database = database != NULL ? g_object_ref (database) : NULL;
  self->identity = identity != NULL ? iw_identity_ref (identity) : NULL;
  self->parts = parts;
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
  self->finished_id = g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  return self;
}

void
iw_request_handle (IwRequest *self)
{
  self->route->handler (g_object_ref (self));
}

gboolean
iw_request_is_answered (IwRequest *self)
{
  return self->answered;
}

void
iw_request_cancel (IwRequest *self)
{
  g_cancellable_cancel (self->cancellable);
}

IwServer *
iw_request_get_server (IwRequest *self)
{
  return self->server;
}

SoupServerMessage *
iw_request_get_message (IwRequest *self)
{
  return self->message;
}

IwDatabase *
iw_request_get_database (IwRequest *self)
{
  return self->database;
}

const char *
iw_request_get_part (IwRequest *self, const char *name)
{
  return g_hash_table_lookup (self->parts, name);
}

const IwAccount *
iw_request_get_account (IwRequest *self)
{
  return self->identity != NULL ? iw_identity_get_account (self->identity) : NULL;
}

GCancellable *
iw_request_get_cancellable (IwRequest *self)
{
  return self->cancellable;
}

/* ---- the question ---- */

const char *
iw_request_get_query (IwRequest *self, const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

static gboolean
refuse_query (IwRequest *self, const char *name, const char *what)
{
  g_autofree char *reason = g_strdup_printf ("Invalid value for %s: %s", name, what);

  iw_request_answer_error (self, 400, "query_parse_error", reason);
  return FALSE;
}

gboolean
iw_request_get_query_bool (IwRequest *self, const char *name, gboolean fallback, gboolean *out)
{
  const char *value = iw_request_get_query (self, name);

  *out = fallback;
  if (value == NULL)
    return TRUE;
  if (!g_str_equal (value, "true") && !g_str_equal (value, "false"))
    return refuse_query (self, name, "it must be true or false");
  *out = *value == 't';
  return TRUE;
}

gboolean
iw_request_get_query_int (IwRequest *self,
                          const char *name,
                          gint64 min,
                          gint64 max,
                          gint64 fallback,
                          gint64 *out)
{
  const char *value = iw_request_get_query (self, name);

  *out = fallback;
  if (value == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (value, 10, min, max, out, NULL))
    return refuse_query (self, name, "it must be a whole number within its bounds");
  return TRUE;
}

gboolean
iw_request_get_query_json (IwRequest *self, const char *name, yyjson_doc **out)
{
  const char *value = iw_request_get_query (self, name);

  *out = NULL;
  if (value == NULL)
    return TRUE;
  *out = iw_canonical_read (value, strlen (value), NULL);
  return *out != NULL || refuse_query (self, name, "it must be JSON");
}

static gboolean
is_json (IwRequest *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type == NULL || g_ascii_strcasecmp (type, "application/json") == 0;
}

yyjson_doc *
iw_request_read_json (IwRequest *self)
{
  g_autoptr (GBytes) body = iw_request_get_body (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (!is_json (self))
    {
      iw_request_answer_error (self, 415, NULL, "Content-Type must be application/json");
      return NULL;
    }
  doc = iw_canonical_read (text != NULL ? text : "", length, &error);
  if (doc == NULL)
    {
      iw_request_answer_error (self, 400, "bad_request", error->message);
      return NULL;
    }
  if (!yyjson_is_obj (yyjson_doc_get_root (doc)))
    {
      iw_request_answer_error (self, 400, "bad_request", "Request body must be a JSON object");
      return NULL;
    }
  return g_steal_pointer (&doc);
}

GBytes *
iw_request_get_body (IwRequest *self)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (self->message));
}

void
iw_request_receive (IwRequest *self, IwRequestPiece func, gpointer data)
{
  g_return_if_fail (self->route->body == IW_BODY_STREAM);
  self->piece = func;
  self->piece_data = data;
}

void
iw_request_give_piece (IwRequest *self, GBytes *piece)
{
  if (self->piece != NULL && !self->answered && !self->finished)
    self->piece (self, piece, self->piece_data);
}

void
iw_request_hold (IwRequest *self)
{
  if (!self->answered)
    iw_request_wait (self);
}

void
iw_request_go_on (IwRequest *self)
{
  if (!self->answered)
    let_go (self);
}

/* ---- the answer ---- */

static gboolean
begin_answer (IwRequest *self)
{
  g_return_val_if_fail (!self->answered, FALSE);
  self->answered = TRUE;
  return !self->finished;
}

void
iw_request_answer_json (IwRequest *self, guint status, char *json)
{
  if (!begin_answer (self))
    {
      g_free (json);
      return;
    }
  iw_answer_json (self->message, status, json);
  let_go (self);
}

void
iw_request_answer_bytes (IwRequest *self, guint status, const char *content_type, GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  if (!begin_answer (self))
    return;
  iw_answer_as_given (self->message);
  soup_message_headers_replace (headers, "Cache-Control", "must-revalidate");
  soup_message_headers_replace (headers, "Content-Type", content_type);
  soup_server_message_set_status (self->message, status, NULL);
  if (g_bytes_get_size (bytes) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
  let_go (self);
}

void
iw_request_answer_error (IwRequest *self, guint status, const char *error, const char *reason)
{
  if (!begin_answer (self))
    return;
  iw_answer_error (self->message, status, error, reason);
  let_go (self);
}

/* 0: none of the store's words may leave this machine. */
static guint
status_of_store (const GError *error)
{
  switch ((IwStoreError)error->code)
    {
    case IW_STORE_ERROR_NOT_FOUND:
      return 404;
    case IW_STORE_ERROR_CONFLICT:
      return 409;
    case IW_STORE_ERROR_INVALID:
      return strstr (error->message, "missing_stub") != NULL ? 412 : 400;
    case IW_STORE_ERROR_FULL:
      return 507;
    case IW_STORE_ERROR_BUSY:
    case IW_STORE_ERROR_READ_ONLY:
      return 503;
    default:
      return 500;
    }
}

static guint
status_of_io (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_NO_SPACE:
      return 507;
    case G_IO_ERROR_INVALID_DATA:
    case G_IO_ERROR_PARTIAL_INPUT:
      return 400;
    case G_IO_ERROR_CANCELLED:
      return 503;
    default:
      return 500;
    }
}

static const char *
plain_reason (guint status, const GError *error)
{
  switch (status)
    {
    case 409:
      return "Document update conflict.";
    case 500:
      return "The server could not do this; its log says why.";
    case 503:
      return "The server is busy or stopping; try again.";
    case 507:
      return "The server's disk is full; nothing was changed.";
    default:
      return error->message;
    }
}

void
iw_request_answer_gerror (IwRequest *self, const GError *error)
{
  guint status = 500;

  if (error->domain == IW_REQUEST_ERROR)
    {
      iw_request_answer_error (self, error->code, NULL, error->message);
      return;
    }
  if (error->domain == IW_STORE_ERROR)
    status = status_of_store (error);
  else if (error->domain == G_IO_ERROR)
    status = status_of_io (error);
  if (status == 500 || status == 507)
    g_warning ("%s %s: %s", self->route->method, self->route->pattern, error->message);
  iw_request_answer_error (self, status, status == 412 ? "missing_stub" : NULL,
                           plain_reason (status, error));
}
