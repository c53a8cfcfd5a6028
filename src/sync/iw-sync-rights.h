/* iw-sync-refusal.h: what the server will not take, said before it is written (sync.md "Write rules"). */
#pragma once

#include "iw-form.h"
#include "iw-store.h"

G_BEGIN_DECLS

/* A sentence for the user on what @form writes now, as far as the roles are known that the server last told for the
 * workspace's account; NULL: it will be taken, nothing syncs, or there are no such rules. @author: who writes, as
 * iw_store_set_author() has it. The thread of @store. (transfer full) */
char *iw_sync_describe_refusal (IwStore *store, IwForm *form, const char *author);

G_END_DECLS
