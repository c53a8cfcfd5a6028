#include "config.h"

#include <string.h>

#include "iw-multipart.h"

/* Whole groups of three, so that the pieces of base64 fit together without state. */
#define BASE64_STEP (48 * 1024)

typedef struct
{
  GBytes *bytes; /* NULL: of a file */
  char *path;
  gint64 offset;
  gint64 length; /* of the source */
  gboolean base64;
} Piece;

struct _IwPiecesStream
{
  GInputStream parent_instance;

  GQueue pieces;       /* the first is being read */
  GInputStream *file;  /* of the first, where it is one and is open */
  gint64 done;         /* of its source */
  GByteArray *encoded; /* base64 that is not read yet */
  gsize encoded_at;
  gint64 length;
};

G_DEFINE_FINAL_TYPE (IwPiecesStream, iw_pieces_stream, G_TYPE_INPUT_STREAM)

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_clear_pointer (&piece->bytes, g_bytes_unref);
  g_free (piece->path);
  g_free (piece);
}

/* ---- reading ---- */

static gboolean
open_file (IwPiecesStream *self, const Piece *piece, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;

  if (self->file != NULL)
    return TRUE;
  file = g_file_new_for_path (piece->path);
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL || (piece->offset > 0 && !g_seekable_seek (G_SEEKABLE (stream), piece->offset,
                                                                G_SEEK_SET, cancellable, error)))
    return FALSE;
  self->file = G_INPUT_STREAM (g_steal_pointer (&stream));
  return TRUE;
}

/* Bytes of the first piece's source, at least one unless it is empty; -1 on error. */
static gssize
read_source (IwPiecesStream *self,
             const Piece *piece,
             void *buffer,
             gsize count,
             GCancellable *cancellable,
             GError **error)
{
  gsize wanted = MIN ((gint64)count, piece->length - self->done);
  gssize n;

  if (wanted == 0)
    return 0;
  if (piece->bytes != NULL)
    {
      memcpy (buffer, (const guint8 *)g_bytes_get_data (piece->bytes, NULL) + self->done, wanted);
      self->done += wanted;
      return wanted;
    }
  if (!open_file (self, piece, cancellable, error))
    return -1;
  n = g_input_stream_read (self->file, buffer, wanted, cancellable, error);
  if (n == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                           "A file is shorter than it was said to be.");
      return -1;
    }
  if (n > 0)
    self->done += n;
  return n;
}

/* Fills the buffer of base64 from the first piece. */
static gboolean
encode_some (IwPiecesStream *self, const Piece *piece, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *raw = g_malloc (BASE64_STEP);
  g_autofree char *text = NULL;
  gsize n = 0;

  while (n < BASE64_STEP && self->done < piece->length)
    {
      gssize got = read_source (self, piece, raw + n, BASE64_STEP - n, cancellable, error);

      if (got < 0)
        return FALSE;
      n += got;
    }
  text = g_base64_encode (raw, n);
  g_byte_array_set_size (self->encoded, 0);
  g_byte_array_append (self->encoded, (const guint8 *)text, strlen (text));
  self->encoded_at = 0;
  return TRUE;
}

static gssize
read_base64 (IwPiecesStream *self,
             const Piece *piece,
             void *buffer,
             gsize count,
             GCancellable *cancellable,
             GError **error)
{
  gsize n;

  if (self->encoded_at == self->encoded->len && !encode_some (self, piece, cancellable, error))
    return -1;
  n = MIN (count, self->encoded->len - self->encoded_at);
  if (n > 0)
    memcpy (buffer, self->encoded->data + self->encoded_at, n);
  self->encoded_at += n;
  return n;
}

static void
next_piece (IwPiecesStream *self)
{
  g_clear_object (&self->file);
  self->done = 0;
  piece_free (g_queue_pop_head (&self->pieces));
}

static gssize
iw_pieces_stream_read (GInputStream *stream,
                       void *buffer,
                       gsize count,
                       GCancellable *cancellable,
                       GError **error)
{
  IwPiecesStream *self = IW_PIECES_STREAM (stream);
  gsize filled = 0;

  while (filled < count && !g_queue_is_empty (&self->pieces))
    {
      const Piece *piece = g_queue_peek_head (&self->pieces);
      guint8 *to = (guint8 *)buffer + filled;
      gssize n = piece->base64 ? read_base64 (self, piece, to, count - filled, cancellable, error)
                               : read_source (self, piece, to, count - filled, cancellable, error);

      if (n < 0)
        return -1;
      if (n == 0)
        next_piece (self);
      filled += n;
    }
  return filled;
}

static void
iw_pieces_stream_finalize (GObject *object)
{
  IwPiecesStream *self = IW_PIECES_STREAM (object);

  g_queue_clear_full (&self->pieces, piece_free);
  g_clear_object (&self->file);
  g_byte_array_unref (self->encoded);
  G_OBJECT_CLASS (iw_pieces_stream_parent_class)->finalize (object);
}

static void
iw_pieces_stream_class_init (IwPiecesStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_pieces_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = iw_pieces_stream_read;
}

static void
iw_pieces_stream_init (IwPiecesStream *self)
{
  g_queue_init (&self->pieces);
  self->encoded = g_byte_array_new ();
}

/* ---- building ---- */

IwPiecesStream *
iw_pieces_stream_new (void)
{
  return g_object_new (IW_TYPE_PIECES_STREAM, NULL);
}

static Piece *
add_piece (IwPiecesStream *self, gint64 length, gboolean base64)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->length = length;
  piece->base64 = base64;
  g_queue_push_tail (&self->pieces, piece);
  self->length += base64 ? (length + 2) / 3 * 4 : length;
  return piece;
}

void
iw_pieces_stream_add_bytes (IwPiecesStream *self, GBytes *bytes)
{
  add_piece (self, g_bytes_get_size (bytes), FALSE)->bytes = g_bytes_ref (bytes);
}

void
iw_pieces_stream_add_text (IwPiecesStream *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  iw_pieces_stream_add_bytes (self, bytes);
}

void
iw_pieces_stream_add_file (IwPiecesStream *self, const char *path, gint64 offset, gint64 length)
{
  Piece *piece = add_piece (self, length, FALSE);

  piece->path = g_strdup (path);
  piece->offset = offset;
}

void
iw_pieces_stream_add_file_base64 (IwPiecesStream *self, const char *path, gint64 length)
{
  add_piece (self, length, TRUE)->path = g_strdup (path);
}

gint64
iw_pieces_stream_get_length (IwPiecesStream *self)
{
  return self->length;
}
