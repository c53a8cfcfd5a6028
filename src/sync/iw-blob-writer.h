/* iw-blob-writer.h: an attachment's bytes as they arrive, on their way into blobs/: hashed while they are written.
 * One thread at a time. What is not kept is gone when it is freed.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _IwBlobWriter IwBlobWriter;

/* A file in staging/ of @dir. @gzip: what is written is gzipped; kept is what it stands for, no more than
 * @max bytes of it. (transfer full) */
IwBlobWriter *iw_blob_writer_new (const char *dir, gboolean gzip, gint64 max, GError **error);
/* INVALID ("bad_request: …") where it is no gzip or more than @max; FULL. */
gboolean iw_blob_writer_write (IwBlobWriter *self, const guint8 *bytes, gsize length, GError **error);
/* Moves it into blobs/, durable. @md5 (24 characters of base64), @sent_md5 (the same of the bytes as they came),
 * @sha256: (transfer full), each optional. */
gboolean iw_blob_writer_keep (IwBlobWriter *self, char **sha256, char **md5, char **sent_md5, gint64 *length,
                              GError **error);
void iw_blob_writer_free (IwBlobWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwBlobWriter, iw_blob_writer_free)

G_END_DECLS
