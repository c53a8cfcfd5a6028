/* iw-multipart.h: multipart bodies (RFC 2046) as a stream: read piece by piece as they arrive, written as an input
 * stream of known length. For multipart/related documents, multipart/mixed answers. Memory does not grow with a part.
 * One thread at a time.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* ---- reading ---- */

#define IW_TYPE_MULTIPART_READER (iw_multipart_reader_get_type ())
G_DECLARE_FINAL_TYPE (IwMultipartReader, iw_multipart_reader, IW, MULTIPART_READER, GObject)

/* What the reader finds, in order. FALSE with @error ends the reading. */
typedef struct
{
  gboolean (*part) (GHashTable *headers, gpointer data, GError **error);  /* names in lower case → values */
  gboolean (*bytes) (const guint8 *bytes, gsize length, gpointer data, GError **error); /* of the part begun last */
  gboolean (*end) (gpointer data, GError **error);                        /* of that part */
} IwMultipartFuncs;

/* The boundary in a Content-Type's value; NULL where it has none or a malformed one. (transfer full) */
char *iw_multipart_boundary (const char *content_type);
/* The file name of a part's Content-Disposition; NULL where it has none. (transfer full) */
char *iw_multipart_filename (GHashTable *headers);
/* Copies @boundary and @funcs. (transfer full) */
IwMultipartReader *iw_multipart_reader_new (const char *boundary, const IwMultipartFuncs *funcs, gpointer data);
/* Takes the next bytes as they come. G_IO_ERROR_INVALID_DATA where they are no multipart body, or headers of a part
 * are longer than 16 KiB, or there are more than 2,000 parts. */
gboolean iw_multipart_reader_feed (IwMultipartReader *self, const guint8 *bytes, gsize length, GError **error);
/* Whether the last boundary was there: a body that was cut is G_IO_ERROR_PARTIAL_INPUT. */
gboolean iw_multipart_reader_finish (IwMultipartReader *self, GError **error);

/* ---- writing ---- */

/* Pieces one after the other as one stream, each opened when its turn comes. */
#define IW_TYPE_PIECES_STREAM (iw_pieces_stream_get_type ())
G_DECLARE_FINAL_TYPE (IwPiecesStream, iw_pieces_stream, IW, PIECES_STREAM, GInputStream)

/* Filled before it is read. (transfer full) */
IwPiecesStream *iw_pieces_stream_new (void);
void iw_pieces_stream_add_bytes (IwPiecesStream *self, GBytes *bytes);
void iw_pieces_stream_add_text (IwPiecesStream *self, const char *text);
/* A file of which @length bytes are read from @offset. G_IO_ERROR_PARTIAL_INPUT while reading where it is shorter. */
void iw_pieces_stream_add_file (IwPiecesStream *self, const char *path, gint64 offset, gint64 length);
/* The whole file, as base64. @length: of the file. */
void iw_pieces_stream_add_file_base64 (IwPiecesStream *self, const char *path, gint64 length);
gint64 iw_pieces_stream_get_length (IwPiecesStream *self); /* bytes, all together */

G_END_DECLS
