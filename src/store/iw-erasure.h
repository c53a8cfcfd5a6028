/* iw-erasure.h: documents that say what is erased (sync.md "Erasure", GDPR Article 17).
 *
 * A purge does not replicate by itself. A document of the type "erasure", docid "<scope>:erasure-<uuid>", does: it lists
 * ids, no content, with who erased them, when and on what ground, and every copy that gets it purges what it lists. Only
 * an administrator may write one (iw-write-rules.h); clients trust the server in that, and take none from bundles.
 *
 *   { "type": "erasure", "v": 1, "ids": ["<scope>:…", …], "why": "…", and the four stamps of all documents }
 *
 * What it lists beyond its own scope counts for nothing, and so do other erasures, of which the record is made.
 */
#pragma once

#include "iw-peer.h"

G_BEGIN_DECLS

#define IW_ERASURE_MAX 10000 /* ids in one document */

/* Whether a document is one by its id. */
gboolean iw_erasure_is_docid (const char *docid);
/* Whether a document can be erased by one: false of erasures, and of those without a scope. */
gboolean iw_erasure_can_list (const char *docid);
/* Does what a revision of the erasure @docid says, which was stored in the same transaction: iw_peer_purge() of whole
 * documents, also of those that are not here yet. What is no erasure, or a malformed one, changes nothing.
 * @n_erased (out, optional): of documents that were here. */
gboolean iw_erasure_obey (IwStore *self, const char *docid, const char *body, guint *n_erased, GError **error);
/* Writes erasures of @docids, one for each scope and IW_ERASURE_MAX of its ids, and obeys them. INVALID where one
 * cannot be listed. Within iw_peer_begin(). @why: "" for none. */
gboolean iw_erasure_write (IwStore *self, const char *const *docids, const char *who, const char *why, GError **error);

G_END_DECLS
