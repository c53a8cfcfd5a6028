/* iw-decode.h: from the bytes of a foreign file to UTF-8 text.
 *
 * A file that is plain UTF-8 is read as it is; gzip and other encodings are decoded once into a
 * file beside it, with limits against archives that are made to fill the disk. Synchronous, any
 * thread.
 */
#pragma once

#include "iw-blobs.h"
#include "iw-staged.h"

G_BEGIN_DECLS

#define IW_DECODE_MAX_LENGTH (G_GINT64_CONSTANT (64) * 1024 * 1024 * 1024) /* bytes, inflated */

/* What the first bytes of a file say. */
typedef struct
{
  gboolean gzip;
  const char *encoding; /* static: "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252" */
  gboolean certain;     /* FALSE: WINDOWS-1252 because it is not UTF-8; ask the person */
} IwEncoding;

/* Whether the file begins as gzip does. */
gboolean
iw_decode_is_gzip (const char *path, gboolean *gzip, GError **error);
/* Guesses the encoding of a file that is not compressed. IW_IMPORT_ERROR_EMPTY, _UNREADABLE for
 * what is no text, in words that say what it is where that is known; G_IO_ERROR_*. */
gboolean
iw_decode_guess (const char *path, IwEncoding *encoding, GError **error);
/* Inflates @path into a new file in the folder @staging (transfer full). All members of the
 * archive are read. IW_IMPORT_ERROR_UNREADABLE where it is broken, ends early, or grows too much.
 */
IwStaged *
iw_decode_gunzip (const char *path,
                  const char *staging,
                  IwProgressFunc progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error);
/* Converts @path from @encoding into UTF-8, in a new file in @staging (transfer full). Bytes
 * that the encoding does not have become a backslash and two hex digits. */
IwStaged *
iw_decode_convert (const char *path,
                   const char *encoding,
                   const char *staging,
                   IwProgressFunc progress,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error);

G_END_DECLS
