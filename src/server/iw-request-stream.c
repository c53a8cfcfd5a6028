/* Answers that go on: feeds, and files. */
#include "config.h"

#include "iw-request-private.h"

#include "iw-connection.h"

#define FILE_PIECE (128 * 1024)

/* Not for what has a length: there are no chunks. */
static void
cork (IwRequest *self, gboolean on)
{
  if (self->chunked)
    iw_connection_cork (iw_connection_of (self->message), on);
}

/* The last piece was gathered with the end of it all. The request may be gone by now. */
static void
on_wrote_body (SoupServerMessage *message, gpointer data)
{
  iw_connection_cork (iw_connection_of (message), FALSE);
}

static void
on_wrote_chunk (SoupServerMessage *message, IwRequest *self)
{
  self->n_written++;
  if (self->n_written != self->n_given || !self->streaming)
    return;
  cork (self, FALSE);
  if (self->drained == NULL)
    return;
  g_object_ref (self);
  self->drained (self, self->drained_data);
  g_object_unref (self);
}

static void
begin (IwRequest *self, guint status, const char *content_type, SoupEncoding encoding)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  self->answered = TRUE;
  if (self->finished)
    return;
  self->streaming = TRUE;
  self->chunked = encoding == SOUP_ENCODING_CHUNKED;
  iw_answer_as_given (self->message);
  soup_message_headers_replace (headers, "Content-Type", content_type);
  soup_message_headers_set_encoding (headers, encoding);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  soup_server_message_set_status (self->message, status, NULL);
  self->wrote_id =
      g_signal_connect (self->message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), self);
  g_signal_connect (self->message, "wrote-body", G_CALLBACK (on_wrote_body), NULL);
}

/* soup pauses by itself where it has nothing to write. */
static void
push (IwRequest *self)
{
  self->paused = FALSE;
  soup_server_message_unpause (self->message);
}

void
iw_request_stream_begin (IwRequest *self,
                         guint status,
                         const char *content_type,
                         IwRequestDrained drained,
                         gpointer data)
{
  g_return_if_fail (!self->answered);
  self->drained = drained;
  self->drained_data = data;
  begin (self, status, content_type, SOUP_ENCODING_CHUNKED);
  if (!self->streaming)
    return;
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Cache-Control", "must-revalidate");
  push (self);
}

static void
give (IwRequest *self, GBytes *bytes)
{
  if (!self->streaming || self->finished || g_bytes_get_size (bytes) == 0)
    return;
  if (self->n_given == self->n_written)
    cork (self, TRUE);
  self->n_given++;
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
  push (self);
}

void
iw_request_stream_write (IwRequest *self, GBytes *bytes)
{
  give (self, bytes);
}

void
iw_request_stream_end (IwRequest *self)
{
  if (!self->streaming || self->finished)
    return;
  self->streaming = FALSE;
  soup_message_body_complete (soup_server_message_get_response_body (self->message));
  push (self);
}

/* ---- files ---- */

static void read_piece (IwRequest *self);

/* What was promised cannot be sent: the client must see that it was cut. One that has gone is no
 * news. */
static void
break_off (IwRequest *self, const char *why)
{
  if (!g_cancellable_is_cancelled (self->cancellable))
    g_warning ("a file could not be sent whole: %s", why);
  iw_connection_cut (iw_connection_of (self->message));
  /* soup, which waits for more to write, would not see that: this byte finds no way out. */
  self->file_left = 0;
  soup_message_body_append (soup_server_message_get_response_body (self->message),
                            SOUP_MEMORY_STATIC, "", 1);
  push (self);
}

static void
on_piece (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwRequest) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (self->finished)
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      break_off (self, error != NULL ? error->message : "it is shorter than it was");
      return;
    }
  self->file_left -= g_bytes_get_size (bytes);
  give (self, bytes);
  if (self->file_left == 0)
    iw_request_stream_end (self);
}

static void
read_piece (IwRequest *self)
{
  g_input_stream_read_bytes_async (self->file, MIN (self->file_left, FILE_PIECE),
                                   G_PRIORITY_DEFAULT, self->cancellable, on_piece,
                                   g_object_ref (self));
}

static void
on_file_drained (IwRequest *self, gpointer data)
{
  if (self->file_left > 0)
    read_piece (self);
}

static void
set_file_headers (IwRequest *self,
                  guint status,
                  gint64 offset,
                  gint64 length,
                  gint64 total,
                  const char *etag)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  soup_message_headers_replace (headers, "Cache-Control", "must-revalidate");
  soup_message_headers_set_content_length (headers, length);
  if (etag != NULL)
    soup_message_headers_replace (headers, "ETag", etag);
  if (status == 206)
    soup_message_headers_set_content_range (headers, offset, offset + length - 1, total);
}

void
iw_request_answer_file (IwRequest *self,
                        guint status,
                        const char *path,
                        gint64 offset,
                        gint64 length,
                        gint64 total,
                        const char *content_type,
                        const char *etag)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GFileInputStream *stream = g_file_read (file, NULL, &error);

  g_return_if_fail (!self->answered);
  if (stream == NULL || !g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, NULL, &error))
    {
      g_clear_object (&stream);
      g_warning ("a file could not be opened: %s", error->message);
      iw_request_answer_error (self, 500, NULL,
                               "The server could not read this file; its log says why.");
      return;
    }
  self->file = G_INPUT_STREAM (stream);
  self->file_left = length;
  self->drained = on_file_drained;
  begin (self, status, content_type, SOUP_ENCODING_CONTENT_LENGTH);
  if (!self->streaming)
    return;
  self->kept = TRUE;
  g_object_ref (self);
  set_file_headers (self, status, offset, length, total, etag);
  if (length == 0 || g_str_equal (soup_server_message_get_method (self->message), "HEAD"))
    iw_request_stream_end (self);
  else
    read_piece (self);
}
