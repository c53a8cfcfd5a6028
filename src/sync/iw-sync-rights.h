/* iw-sync-rights.h: what the server will not take, said before it is written (sync.md "Write rules"). */
#pragma once

#include "iw-form.h"
#include "iw-store.h"

G_BEGIN_DECLS

/* The account of a workspace and its roles, as far as the server last told them. A value. */
typedef struct _IwSyncRights IwSyncRights;

/* Reads the database: the thread of @store, and not on the path of a keystroke. NULL: nothing syncs, there are no such
 * rules, or they are not known. (transfer full) */
IwSyncRights *iw_sync_rights_load (IwStore *store);
void iw_sync_rights_free (IwSyncRights *self); /* NULL does nothing */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwSyncRights, iw_sync_rights_free)

/* A sentence for the user on what @form writes now; NULL: it will be taken, as far as is known. @self: NULL for NULL.
 * @author: who writes, as iw_store_set_author() has it. (transfer full) */
char *iw_sync_rights_describe_refusal (const IwSyncRights *self, IwForm *form, const IwContext *context,
                                       const char *author);

G_END_DECLS
