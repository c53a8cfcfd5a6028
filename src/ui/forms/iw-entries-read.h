/* iw-entries-read.h: all entries of an incident, to choose from, read in a thread. Main thread. */
#pragma once

#include "iw-workspace.h"

G_BEGIN_DECLS

/* @incident: a UUID. */
void iw_entries_read_async (IwWorkspace *workspace,
                            const char *incident,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
/* In timeline order. (element-type IwEntry) (transfer full); NULL with @error set: what the store
 * says. */
GPtrArray *iw_entries_read_finish (IwWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
