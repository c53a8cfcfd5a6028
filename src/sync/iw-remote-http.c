/* One request and its answer: TLS and pinning, time limits, bounds, redirects. Runs libsoup's
 * asynchronous calls in a context of the remote's own until they are done, so that a timer can end
 * whatever drips or never ends. */
#include "config.h"

#include "iw-remote-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_REDIRECTS 5
#define MAX_ERROR_BODY (64 * 1024)
#define MAX_RETRY_AFTER 3600
#define THINKING 3

typedef struct
{
  IwRemote *remote;
  IwExchange *exchange;
  SoupMessage *message;
  GCancellable *cancellable; /* of this exchange alone */
  GSource *timer;
  gint64 overall;    /* monotonic µs */
  gint64 renewed_at; /* bytes */
  gint64 n_sent;
  gint64 n_received;
  gboolean timed_out;
  gboolean abandoned; /* soup may still come back to it: it is never freed */
  guint8 *piece;      /* that is read into */

  gboolean done;
  GInputStream *input;
  gssize n_read;
  GError *error;
} Run;

/* ---- time ---- */

#define GRACE_US (5 * (gint64)G_USEC_PER_SEC)

static gboolean
on_timer (gpointer data)
{
  Run *run = data;

  /* It was seen that soup does not end although it is cancelled; nobody shall wait for ever. */
  if (run->timed_out)
    {
      run->abandoned = run->done = TRUE;
      g_clear_error (&run->error);
      run->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");
      return G_SOURCE_REMOVE;
    }
  run->timed_out = TRUE;
  g_source_set_ready_time (run->timer, g_get_monotonic_time () + GRACE_US);
  g_cancellable_cancel (run->cancellable);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_timer (GSource *source, GSourceFunc func, gpointer data)
{
  return func (data);
}

static GSourceFuncs timer_funcs = { .dispatch = dispatch_timer };

/* Silence may last @idle_ms, longer where a server thinks before it answers; all of it until
 * @overall. */
static void
wind_timer (Run *run)
{
  guint idle = run->remote->idle_ms * (run->input != NULL ? 1 : THINKING);
  gint64 silence = g_get_monotonic_time () + (gint64)idle * 1000;

  if (!run->timed_out)
    g_source_set_ready_time (run->timer, MIN (silence, run->overall));
}

static gint64
overall_limit (Run *run)
{
  gint64 ms =
      run->exchange->wait_s > 0 ? (gint64)run->exchange->wait_s * 1000 : run->remote->overall_ms;

  return g_get_monotonic_time () + ms * 1000;
}

static void
renew (Run *run, gint64 n)
{
  if (n - run->renewed_at >= IW_REMOTE_PIECE)
    {
      run->renewed_at = n;
      run->overall = overall_limit (run);
    }
  wind_timer (run);
}

static void
on_outer_cancelled (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/* ---- certificates ---- */

char *
iw_remote_certificate_hash (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return g_strdup ("");
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

gboolean
iw_remote_certificate_is_over (GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return end != NULL && g_date_time_compare (end, now) < 0;
}

/* With a pin the session has no authorities, so that this is asked about every certificate. */
static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       IwRemote *self)
{
  const char *pin = self->account->certificate;
  g_autofree char *hash = iw_remote_certificate_hash (certificate);
  gboolean other = pin != NULL && g_ascii_strcasecmp (pin, hash) != 0;

  /* Without authorities nobody has looked at its dates. */
  if (iw_remote_certificate_is_over (certificate))
    errors |= G_TLS_CERTIFICATE_EXPIRED;
  if (pin != NULL && !other && (errors & G_TLS_CERTIFICATE_EXPIRED) == 0)
    return TRUE;
  g_set_object (&self->refused, certificate);
  g_free (self->refusal);
  self->refusal = iw_remote_describe_refusal (certificate, errors, other);
  return FALSE;
}

/* ---- the message ---- */

SoupSession *
iw_remote_make_session (IwRemote *self)
{
  /* No timer closes an idle connection: our context runs only while a request does, so it would go
   * off in the turn that sends the next request, and soup never ends a request whose connection it
   * closed itself. The server closes what is idle, and soup sees that before it uses it. */
  SoupSession *session =
      soup_session_new_with_options ("max-conns-per-host", 4, "max-conns", 8, "idle-timeout", 0,
                                     "user-agent", "incident-workbench/" PACKAGE_VERSION, NULL);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (self->base));

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (self->account->certificate != NULL)
    soup_session_set_tls_database (session, NULL);
  if ((address != NULL && g_inet_address_get_is_loopback (address)) ||
      g_str_equal (g_uri_get_host (self->base), "localhost"))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

static void
on_wrote_body_data (SoupMessage *message, guint size, Run *run)
{
  run->n_sent += size;
  if (run->exchange->progress != NULL)
    run->exchange->progress (run->n_sent, run->exchange->stream_length,
                             run->exchange->progress_data);
  renew (run, run->n_sent);
}

static GUri *
make_uri (IwRemote *self, const IwExchange *exchange)
{
  g_autofree char *db = exchange->db != NULL ? iw_remote_escape (exchange->db) : NULL;
  g_autofree char *base = g_uri_to_string (self->base);
  g_autofree char *whole =
      g_strconcat (base, db != NULL ? db : "", db != NULL && exchange->path != NULL ? "/" : "",
                   exchange->path != NULL ? exchange->path : "", NULL);

  return g_uri_parse (whole, SOUP_HTTP_URI_FLAGS, NULL);
}

static void
set_body (SoupMessage *message, const IwExchange *exchange)
{
  if (exchange->body != NULL)
    soup_message_set_request_body_from_bytes (
        message, exchange->type != NULL ? exchange->type : "application/json", exchange->body);
  else if (exchange->stream != NULL)
    soup_message_set_request_body (message, exchange->type, exchange->stream,
                                   exchange->stream_length);
}

/* soup tries again by itself where a connection that was kept turns out to be closed, with what is
 * left of the body: nothing. A stream cannot be begun anew. */
static void
on_restarted (SoupMessage *message, Run *run)
{
  if (run->exchange->stream == NULL)
    set_body (message, run->exchange);
  else if (run->n_sent > 0)
    {
      run->timed_out = TRUE;
      g_cancellable_cancel (run->cancellable);
    }
}

static SoupMessage *
make_message (Run *run, GUri *uri)
{
  IwExchange *exchange = run->exchange;
  SoupMessage *message = soup_message_new_from_uri (exchange->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_headers_replace (headers, "Accept",
                                exchange->accept != NULL ? exchange->accept : "application/json");
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (run->remote->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", run->remote->authorization);
  if (exchange->range_from > 0)
    soup_message_headers_set_range (headers, exchange->range_from, -1);
  set_body (message, exchange);
  if (exchange->stream == NULL)
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), run->remote);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (on_wrote_body_data), run);
  g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), run);
  return message;
}

/* ---- the answer ---- */

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->input = soup_session_send_finish (SOUP_SESSION (source), result, &run->error);
  run->done = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &run->error);
  run->done = TRUE;
}

static gboolean
wait_for (Run *run)
{
  while (!run->done)
    g_main_context_iteration (run->remote->context, TRUE);
  run->done = FALSE;
  return run->error == NULL;
}

static gboolean
take_piece (Run *run, const guint8 *piece, gsize length, gboolean good, GError **error)
{
  IwExchange *exchange = run->exchange;
  gint64 max = exchange->max > 0 ? exchange->max : (gint64)run->remote->max_json;

  run->n_received += length;
  if (exchange->renew)
    renew (run, run->n_received);
  else
    wind_timer (run);
  if (!good)
    max = MAX_ERROR_BODY;
  if (run->n_received > max)
    {
      if (!good)
        return TRUE;
      g_set_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_TOO_LARGE,
                   _ ("The server’s answer is longer than %" G_GINT64_FORMAT " bytes."), max);
      return FALSE;
    }
  if (good && exchange->sink != NULL)
    return exchange->sink (piece, length, exchange->data, error);
  g_string_append_len (exchange->text, (const char *)piece, length);
  return TRUE;
}

/* Reads to the end. An error's body is read as far as it is of use. */
static gboolean
read_body (Run *run, gboolean good, GError **error)
{
  if (run->piece == NULL)
    run->piece = g_malloc (IW_REMOTE_PIECE);
  for (;;)
    {
      g_input_stream_read_async (run->input, run->piece, IW_REMOTE_PIECE, G_PRIORITY_DEFAULT,
                                 run->cancellable, on_read, run);
      if (!wait_for (run))
        {
          g_propagate_error (error, g_steal_pointer (&run->error));
          return FALSE;
        }
      if (run->n_read == 0)
        return TRUE;
      if (!take_piece (run, run->piece, run->n_read, good, error))
        return FALSE;
      if (!good && run->n_received > MAX_ERROR_BODY)
        {
          soup_session_abort (run->remote->session);
          return TRUE;
        }
    }
}

static void
read_retry_after (IwRemote *self, SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds = 0;

  self->retry_after = 0;
  if (value == NULL)
    return;
  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seconds, NULL))
    {
      date = soup_date_time_new_from_http_string (value);
      if (date != NULL)
        seconds = MAX (0, g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC);
    }
  self->retry_after = MIN (seconds, MAX_RETRY_AFTER);
}

/* ---- all of it ---- */

static gboolean
is_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_uri_get_port (a) == g_uri_get_port (b);
}

/* Where the answer sends to, within the same origin; NULL with an error else. */
static GUri *
follow (Run *run, GUri *from, GError **error)
{
  const char *location =
      soup_message_headers_get_one (soup_message_get_response_headers (run->message), "Location");
  g_autoptr (GUri) to =
      location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (to == NULL || g_uri_get_host (to) == NULL)
    iw_remote_unfit (error, "a redirect to nowhere");
  else if (!is_same_origin (from, to))
    g_set_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL,
                 _ ("The server sends this account’s requests on to another place, “%s”. Nothing "
                    "was sent there."),
                 g_uri_get_host (to));
  else
    return g_steal_pointer (&to);
  return NULL;
}

static gboolean
is_redirect (const Run *run)
{
  return run->exchange->status == 301 || run->exchange->status == 302 ||
         run->exchange->status == 307 || run->exchange->status == 308;
}

static gboolean
send_once (Run *run, GUri *uri, GError **error)
{
  IwRemote *self = run->remote;

  g_clear_object (&run->message);
  run->message = make_message (run, uri);
  soup_session_send_async (self->session, run->message, G_PRIORITY_DEFAULT, run->cancellable,
                           on_sent, run);
  if (!wait_for (run))
    {
      g_propagate_error (error, g_steal_pointer (&run->error));
      return FALSE;
    }
  run->remote->status = run->exchange->status = soup_message_get_status (run->message);
  run->renewed_at = 0;
  run->overall = overall_limit (run);
  wind_timer (run);
  read_retry_after (self, soup_message_get_response_headers (run->message));
  return TRUE;
}

/* A handshake that was cut, by a server that ends just then, looks like one with a server that
 * knows no TLS. The second try tells: nothing of the request was sent yet. */
static gboolean
send_request (Run *run, GUri *uri, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (send_once (run, uri, &cause))
    return TRUE;
  if (run->remote->refusal == NULL && !run->timed_out &&
      g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    return send_once (run, uri, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
take_answer (Run *run, GError **error)
{
  IwExchange *exchange = run->exchange;
  SoupMessageHeaders *headers = soup_message_get_response_headers (run->message);
  gboolean good = exchange->status >= 200 && exchange->status < 300;

  g_set_str (&exchange->content_type, soup_message_headers_get_one (headers, "Content-Type"));
  if (good && exchange->head != NULL &&
      !exchange->head (exchange->status, headers, exchange->data, error))
    return FALSE;
  return read_body (run, good, error);
}

static gboolean
run_exchange (Run *run, GError **error)
{
  g_autoptr (GUri) uri = make_uri (run->remote, run->exchange);

  if (uri == NULL)
    return iw_remote_unfit (error, "a name that is no part of an address");
  for (guint i = 0; i <= MAX_REDIRECTS; i++)
    {
      g_autoptr (GUri) next = NULL;

      if (!send_request (run, uri, error))
        return FALSE;
      if (!is_redirect (run))
        return take_answer (run, error);
      next = follow (run, uri, error);
      if (next == NULL || !read_body (run, FALSE, error))
        return FALSE;
      if (!g_str_equal (run->exchange->method, "GET"))
        return iw_remote_unfit (error, "a redirect of %s", run->exchange->method);
      g_clear_object (&run->input);
      g_string_truncate (run->exchange->text, 0);
      run->n_received = 0;
      g_uri_unref (uri);
      uri = g_steal_pointer (&next);
    }
  return iw_remote_unfit (error, "redirects without end");
}

static void
run_begin (Run *run)
{
  run->cancellable = g_cancellable_new ();
  run->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (run->timer, on_timer, run, NULL);
  run->overall = overall_limit (run);
  /* The answer to a longpoll begins when there is one. */
  wind_timer (run);
  g_source_attach (run->timer, run->remote->context);
}

static void
run_end (Run *run)
{
  g_source_destroy (run->timer);
  g_source_unref (run->timer);
  if (run->message != NULL)
    g_signal_handlers_disconnect_by_data (run->message, run);
  if (run->abandoned)
    {
      /* Neither may its session be used again, nor go. */
      g_signal_handlers_disconnect_by_data (run->message, run->remote);
      run->remote->session = NULL;
      return;
    }
  g_clear_object (&run->message);
  g_clear_object (&run->input);
  g_clear_object (&run->cancellable);
  /* Connections are given back. */
  while (g_main_context_iteration (run->remote->context, FALSE))
    ;
  g_free (run->piece);
  g_free (run);
}

static gboolean
finish (Run *run, gboolean ok, GError *cause, GCancellable *cancellable, GError **error)
{
  IwExchange *exchange = run->exchange;

  if (ok && exchange->status >= 200 && exchange->status < 300)
    return TRUE;
  if (ok)
    return iw_remote_fail_status (exchange->status, exchange->text->str, exchange->text->len,
                                  error);
  /* Nothing more is wanted of it, and it may go on for ever. */
  soup_session_abort (run->remote->session);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_error_free (cause);
      return FALSE;
    }
  /* A server that is gone shows at the next request. */
  if (run->timed_out && exchange->wait_s > 0)
    {
      exchange->over = TRUE;
      g_error_free (cause);
      return TRUE;
    }
  return iw_remote_fail_transport (run->remote, cause, run->timed_out, error);
}

gboolean
iw_remote_exchange (IwRemote *self, IwExchange *exchange, GCancellable *cancellable, GError **error)
{
  Run *run;
  GError *cause = NULL;
  gulong handler;
  gboolean ok;

  if (self->base == NULL)
    {
      g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL,
                           _ ("This is no address that a password may be sent to."));
      return FALSE;
    }
  if (self->guard != NULL &&
      !self->guard (exchange->method, exchange->path != NULL ? exchange->path : "",
                    self->guard_data, error))
    return FALSE;
  g_clear_pointer (&self->refusal, g_free);
  if (exchange->text == NULL)
    exchange->text = g_string_new (NULL);
  g_main_context_push_thread_default (self->context);
  if (self->session == NULL)
    self->session = iw_remote_make_session (self);
  run = g_new0 (Run, 1);
  run->remote = self;
  run->exchange = exchange;
  run_begin (run);
  handler = cancellable != NULL
                ? g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                         run->cancellable, NULL)
                : 0;
  ok = run_exchange (run, &cause);
  g_cancellable_disconnect (cancellable, handler);
  ok = finish (run, ok, cause, cancellable, error);
  run_end (run);
  g_main_context_pop_thread_default (self->context);
  return ok;
}

void
iw_exchange_clear (IwExchange *exchange)
{
  if (exchange->text != NULL)
    g_string_free (exchange->text, TRUE);
  exchange->text = NULL;
  g_clear_pointer (&exchange->content_type, g_free);
}
