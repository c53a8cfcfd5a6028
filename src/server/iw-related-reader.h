/* iw-related-reader.h: a document with its attachments as one multipart/related body, taken in as it comes: the
 * attachments go to blobs/ while they are read. One thread at a time.
 */
#pragma once

#include "iw-wire.h"

G_BEGIN_DECLS

typedef struct _IwRelatedReader IwRelatedReader;

/* @dir: where blobs/ is. (transfer full) */
IwRelatedReader *iw_related_reader_new (const char *dir, const char *boundary);
/* INVALID with the wire's names; FULL; G_IO_ERROR of the multipart body. */
gboolean iw_related_reader_feed (IwRelatedReader *self, const guint8 *bytes, gsize length, GError **error);
/* The document, all its attachments in place. (transfer full) */
IwWireDoc *iw_related_reader_finish (IwRelatedReader *self, GError **error);
void iw_related_reader_free (IwRelatedReader *self);

G_END_DECLS
