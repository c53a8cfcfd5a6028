/* iw-sample-folder.h: the sample workspace's folder: there or not, set aside for an undo, deleted.
 *
 * Only folders that this program made are ever touched: "sample" and "sample.removed-<time>" in
 * $XDG_DATA_HOME/incident-workbench.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether it has been made. Main thread. */
gboolean iw_sample_folder_exists (void);
/* Renames it; the name it has then is needed to put it back or delete it. (transfer full) */
char *iw_sample_folder_set_aside (GError **error);
/* G_IO_ERROR_EXISTS where a new sample has been made since. */
gboolean iw_sample_folder_put_back (const char *aside, GError **error);
/* Deletes a folder that was set aside, in a thread. Nothing else is accepted. */
void iw_sample_folder_delete_async (const char *aside, GAsyncReadyCallback callback, gpointer data);
gboolean iw_sample_folder_delete_finish (GAsyncResult *result, GError **error);
/* Deletes in a thread what earlier runs had set aside. */
void iw_sample_folder_delete_leftovers (void);

G_END_DECLS
