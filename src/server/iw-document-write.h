/* iw-document-write.h: one document written as a request asks, by the rules of who may write what. In the writer's
 * thread, within its transaction (iw_database_write()).
 */
#pragma once

#include "iw-peer.h"
#include "iw-wire.h"
#include "iw-write-rules.h"

G_BEGIN_DECLS

/* 32 hexadecimal digits by chance, for a document that comes without an id. (transfer full) */
char *iw_document_make_id (void);
/* Writes @doc: with @new_edits a new revision on top of its _rev, else as it is, with its history. Ids that begin with
 * "_local/" are written there. Attachments' bytes are in blobs/ already (iw_wire_store_inline()).
 * @rev (transfer full). IW_REQUEST_ERROR 403 where a rule forbids it; CONFLICT, INVALID. */
gboolean iw_document_write (IwStore *store, const IwAccount *account, IwWireDoc *doc, gboolean new_edits, char **rev,
                            GError **error);
/* Deletes with nothing left of the body. NOT_FOUND where there is none or it is deleted already. */
gboolean iw_document_delete (IwStore *store, const IwAccount *account, const char *docid, const char *rev,
                             char **new_rev, GError **error);

G_END_DECLS
