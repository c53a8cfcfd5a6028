/* iw-attachments.h: what is attached to revisions, as rows. Private to src/store. */
#pragma once

#include "iw-peer.h"
#include "iw-store-private.h"
#include "iw-tree.h"

G_BEGIN_DECLS

#define IW_ATTACHMENT_FILE "file" /* what an evidence document's own file is called */

/* What a new revision shall have: those of @given (NULL-terminated, or NULL) with what lies in blobs/ for stubs.
 * @path: the revision and its ancestors, where stubs are looked up by name; else by their digest. Writes nothing.
 * NULL with no error where there are none. (element-type IwAttachment) (transfer full) */
GPtrArray *iw_attachments_resolve (IwStore *self, gint64 doc, GArray *path, IwAttachment *const *given,
                                   GError **error);
/* Writes the rows of a new revision; rev.attached is the caller's. */
gboolean iw_attachments_store (IwStore *self, gint64 rev, GPtrArray *attachments, GError **error);
/* Those of a revision, by name, as IwPeerDoc has them. NULL on error. (transfer full) */
GPtrArray *iw_attachments_read (IwStore *self, gint64 rev, GError **error);
/* What a revision written here has: what @source (a revision's row id, 0: none) has, and an evidence document its own
 * file. NULL where that is nothing. FALSE on error. */
gboolean iw_attachments_of_body (IwStore *self, gint64 source, const char *body, GPtrArray **out,
                                 GError **error);

/* ---- iw-peer-put.c ---- */

/* iw_peer_put(), also for a document that was purged: somebody makes it anew. */
gboolean iw_peer_put_again (IwStore *self, const IwPeerRev *rev, GError **error);

G_END_DECLS
