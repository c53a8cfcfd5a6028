/* iw-sync-session.h: one run of the replicator in a thread, from a start to a stop. Main thread. */
#pragma once

#include "iw-sync-account.h"
#include "iw-sync-status.h"

G_BEGIN_DECLS

typedef struct _IwSyncSession IwSyncSession;

/* On the main loop, at most ten times a second; the last status always comes. */
typedef void (*IwSyncSessionFunc) (IwSyncStatus *status, gpointer data);

/* Begins. @before: a session that was stopped and is waited for in the new thread, or NULL
 * (transfer full). */
IwSyncSession *iw_sync_session_start (const char *dir,
                                      const IwSyncAccount *account,
                                      IwSyncSession *before,
                                      IwSyncSessionFunc func,
                                      gpointer data);
void iw_sync_session_poke (IwSyncSession *self);
/* Tries again what is parked: one document, or all with NULL. */
void iw_sync_session_retry (IwSyncSession *self, const char *docid);
/* Whether it has ended by itself: it was refused. */
gboolean iw_sync_session_has_ended (IwSyncSession *self);
/* Tells the thread to end; @func is not called any more. Does not wait. */
void iw_sync_session_stop (IwSyncSession *self);
/* Waits for the thread, and frees. */
void iw_sync_session_free (IwSyncSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwSyncSession, iw_sync_session_free)

G_END_DECLS
