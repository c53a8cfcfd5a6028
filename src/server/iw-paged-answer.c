#include "config.h"

#include "iw-paged-answer.h"

#include <string.h>

#define PIECE (128 * 1024)

typedef struct
{
  gatomicrefcount refs;
  IwRequest *request;
  IwPagedHead *head;
  IwPageFunc func;
  gpointer data;
  GDestroyNotify free_data;
  IwPage page;
  gboolean begun; /* the answer */
  gboolean busy;  /* a job or a read is under way */
} Paged;

static Paged *
paged_ref (Paged *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
paged_unref (gpointer data)
{
  Paged *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->page.pieces);
  if (self->page.text != NULL)
    g_string_free (self->page.text, TRUE);
  self->free_data (self->data);
  g_object_unref (self->request);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paged, paged_unref)

static void make_page (Paged *self);

static gboolean
is_gone (Paged *self)
{
  return g_cancellable_is_cancelled (iw_request_get_cancellable (self->request));
}

/* ---- sending ---- */

static void
send_piece (Paged *self, GBytes *bytes)
{
  gboolean last = self->page.last && self->page.pieces == NULL;

  if (g_bytes_get_size (bytes) > 0)
    iw_request_stream_write (self->request, bytes);
  if (last)
    iw_request_stream_end (self->request);
  else if (g_bytes_get_size (bytes) == 0)
    make_page (self);
}

static void
on_piece (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Paged) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  self->busy = FALSE;
  if (is_gone (self))
    return;
  if (bytes == NULL)
    {
      /* Too late to say so: without its end the client sees that it was cut. */
      g_warning ("an answer could not be finished: %s", error->message);
      iw_request_stream_end (self->request);
      return;
    }
  if (g_bytes_get_size (bytes) < PIECE)
    g_clear_object (&self->page.pieces);
  send_piece (self, bytes);
}

static void
go_on (Paged *self)
{
  if (self->busy || is_gone (self))
    return;
  if (self->page.pieces == NULL)
    {
      if (!self->page.last)
        make_page (self);
      return;
    }
  self->busy = TRUE;
  g_input_stream_read_bytes_async (G_INPUT_STREAM (self->page.pieces), PIECE, G_PRIORITY_DEFAULT,
                                   iw_request_get_cancellable (self->request), on_piece,
                                   paged_ref (self));
}

static void
on_drained (IwRequest *request, gpointer data)
{
  go_on (data);
}

static GBytes *
take_text (Paged *self)
{
  GBytes *bytes = g_string_free_to_bytes (g_steal_pointer (&self->page.text));

  self->page.text = g_string_new (NULL);
  return bytes;
}

static void
on_end (GCancellable *cancellable, gpointer data)
{
  g_signal_handlers_disconnect_by_func (cancellable, on_end, data);
  paged_unref (data);
}

/* It keeps itself until the answer is sent or its client is gone. */
static void
begin (Paged *self)
{
  self->begun = TRUE;
  g_signal_connect (iw_request_get_cancellable (self->request), "cancelled", G_CALLBACK (on_end),
                    paged_ref (self));
  iw_request_stream_begin (self->request, self->head->status, self->head->content_type, on_drained,
                           self);
}

static void
answer (Paged *self)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!self->begun && self->head->etag != NULL)
    iw_request_set_header (self->request, "ETag", self->head->etag);
  if (!self->begun && self->page.last && self->page.pieces == NULL)
    {
      bytes = take_text (self);
      iw_request_answer_bytes (self->request, self->head->status, self->head->content_type, bytes);
      return;
    }
  if (!self->begun)
    begin (self);
  if (self->page.pieces != NULL)
    {
      go_on (self);
      return;
    }
  bytes = take_text (self);
  send_piece (self, bytes);
}

/* ---- making ---- */

static gboolean
run_page (IwStore *store, gpointer data, GError **error)
{
  Paged *self = data;

  return self->func (store, &self->page, self->data, error);
}

static void
on_page (IwDatabase *database, gpointer data, const GError *error)
{
  Paged *self = data;

  self->busy = FALSE;
  if (is_gone (self))
    return;
  if (error == NULL)
    answer (self);
  else if (!self->begun)
    iw_answer_gerror (self->request, error);
  else
    {
      g_warning ("an answer could not be finished: %s", error->message);
      iw_request_stream_end (self->request);
    }
}

static void
make_page (Paged *self)
{
  self->busy = TRUE;
  iw_database_read (iw_request_get_database (self->request), run_page, paged_ref (self), on_page,
                    paged_unref);
}

void
iw_paged_answer_start (IwRequest *request,
                       IwPagedHead *head,
                       IwPageFunc func,
                       gpointer data,
                       GDestroyNotify free_data)
{
  g_autoptr (Paged) self = g_new0 (Paged, 1);

  g_atomic_ref_count_init (&self->refs);
  self->request = request;
  self->head = head;
  self->func = func;
  self->data = data;
  self->free_data = free_data;
  self->page.text = g_string_new (NULL);
  make_page (self);
}

/* ---- what all routes of documents need ---- */

void
iw_answer_gerror (IwRequest *request, const GError *error)
{
  const char *reason;
  const char *name = iw_wire_error_name (error, &reason);
  guint status = 400;

  if (name == NULL)
    {
      iw_request_answer_gerror (request, error);
      return;
    }
  if (strcmp (name, "missing_stub") == 0)
    status = 412;
  if (strcmp (name, "document_too_large") == 0)
    status = 413;
  iw_request_answer_error (request, status, name, reason);
}

gboolean
iw_refuse (GError **error, guint status, const char *reason)
{
  g_set_error_literal (error, IW_REQUEST_ERROR, status, reason);
  return FALSE;
}

const char *
iw_request_get_header (IwRequest *request, const char *name)
{
  return soup_message_headers_get_one (
      soup_server_message_get_request_headers (iw_request_get_message (request)), name);
}

void
iw_request_set_header (IwRequest *request, const char *name, const char *value)
{
  soup_message_headers_replace (
      soup_server_message_get_response_headers (iw_request_get_message (request)), name, value);
}

gboolean
iw_request_wants_multipart (IwRequest *request)
{
  const char *accept = iw_request_get_header (request, "Accept");
  const char *multipart = accept != NULL ? strstr (accept, "multipart/") : NULL;
  const char *json = accept != NULL ? strstr (accept, "application/json") : NULL;

  return multipart != NULL && (json == NULL || multipart < json);
}

gboolean
iw_request_is_head (IwRequest *request)
{
  return g_str_equal (soup_server_message_get_method (iw_request_get_message (request)), "HEAD");
}
