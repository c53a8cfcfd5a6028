/* iw-sync-service.h: sync of the workspace that the window shows: a thread with a store of its own that
 * runs the replicator, and how it stands, on the main loop.
 *
 * One for each workspace; the sample workspace and one that can only be read never sync. Main thread.
 */
#pragma once

#include "iw-sync-account.h"
#include "iw-sync-status.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_SYNC_SERVICE (iw_sync_service_get_type ())
G_DECLARE_FINAL_TYPE (IwSyncService, iw_sync_service, IW, SYNC_SERVICE, GObject)

/* Properties: "status" (IwSyncStatus): told at most ten times a second. "account" (pointer, notified
 * only): where it syncs to.
 * Signal: "refusals" (GStrv docids): these were held back, or are no longer. */

/* The one of @workspace, made at the first call and stopped when the workspace is closed.
 * (transfer none) */
IwSyncService *iw_sync_service_of (IwWorkspace *workspace);
/* Reads the account and begins. Does nothing where iw_sync_service_can_sync() is FALSE. */
void iw_sync_service_start (IwSyncService *self);
/* Whether this workspace may have an account at all. */
gboolean iw_sync_service_can_sync (IwSyncService *self);
IwSyncStatus *iw_sync_service_get_status (IwSyncService *self); /* (transfer none), never NULL */
const IwSyncAccount *iw_sync_service_get_account (IwSyncService *self); /* NULL: none */
IwWorkspace *iw_sync_service_get_workspace (IwSyncService *self);
/* Compartments the account may read, the excluded ones too, sorted; as far as they are known.
 * (transfer full), never NULL */
char **iw_sync_service_list_compartments (IwSyncService *self);

/* Keeps @account and goes on with it. NULL signs out: the secret, checkpoints and parked documents are
 * forgotten, documents stay. */
void iw_sync_service_set_account_async (IwSyncService *self,
                                        const IwSyncAccount *account,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
gboolean
iw_sync_service_set_account_finish (IwSyncService *self, GAsyncResult *result, GError **error);
/* "Work offline"; kept with the account. */
void iw_sync_service_set_offline (IwSyncService *self, gboolean offline);
/* Tries again what is parked, one document; once it is online where it is not. */
void iw_sync_service_retry (IwSyncService *self, const char *docid);
/* At once, also after a refusal; what is parked as well. */
void iw_sync_service_sync_now (IwSyncService *self);
/* Counts parked documents and conflicts again, and wakes the replicator: something was done to them. */
void iw_sync_service_recount (IwSyncService *self);

G_END_DECLS
