/* iw-replicator.h: one workspace and one server, brought to the same state (sync.md "The replicator").
 *
 * Synchronous, in a thread of its own with its own store. Everything is durable before a checkpoint says so: killed at
 * any point it goes on where it was, without duplicates.
 */
#pragma once

#include "iw-remote.h"
#include "iw-sync-status.h"

G_BEGIN_DECLS

#define IW_TYPE_REPLICATOR (iw_replicator_get_type ())
G_DECLARE_FINAL_TYPE (IwReplicator, iw_replicator, IW, REPLICATOR, GObject)

/* Called with each new state, one at a time; in the thread of the replicator or one of its own. */
typedef void (*IwReplicatorFunc) (IwSyncStatus *status, gpointer data);

/* Keeps @store and @remote. (transfer full) */
IwReplicator *iw_replicator_new (IwStore *store, IwRemote *remote, const IwSyncAccount *account);
void iw_replicator_set_status_func (IwReplicator *self, IwReplicatorFunc func, gpointer data);
IwSyncStatus *iw_replicator_get_status (IwReplicator *self); /* (transfer none); in the replicator's thread */

typedef enum
{
  IW_REPLICATOR_PUSH = 1 << 0,
  IW_REPLICATOR_PULL = 1 << 1,
  IW_REPLICATOR_BOTH = IW_REPLICATOR_PUSH | IW_REPLICATOR_PULL,
} IwReplicatorFlags;

/* Once: every compartment pulled, what can be merged merged, then pushed. What the server refuses is parked and blocks
 * nothing. What is erased (iw-erasure.h) is freed at the end, which takes as long as writing the database anew.
 * FALSE where it could not be finished; what was done stays. */
gboolean iw_replicator_run (IwReplicator *self, IwReplicatorFlags flags, GCancellable *cancellable, GError **error);

/* What was done since the replicator was made. */
typedef struct
{
  guint64 sent;     /* revisions that the server took */
  guint64 received; /* that were stored here */
  guint64 refused;  /* that were parked, in either direction */
  guint64 merged;   /* documents whose conflict was merged here */
  guint open;       /* conflicts that need a review */
  guint64 erased;   /* documents that an erasure of somebody else has taken from here */
} IwReplicatorCounts;
void iw_replicator_get_counts (IwReplicator *self, IwReplicatorCounts *counts); /* in the replicator's thread */

/* When @store was last brought to the same state as its server, µs; 0: never since the account was set up. */
gint64 iw_replicator_last_synced (IwStore *store);

/* What stood in the way of a run since then, as a sentence for the user, and when that was first so (µs); NULL: nothing.
 * (transfer full) */
char *iw_replicator_last_failure (IwStore *store, gint64 *at);

/* How many documents were written here since then; all of them where it never was. */
gint64 iw_replicator_count_waiting (IwStore *store);

/* The next run also tries again what is parked: @docid, or all of it with NULL. Wakes iw_replicator_watch(). Any thread. */
void iw_replicator_retry (IwReplicator *self, const char *docid);
/* How long iw_replicator_watch() waits after a failure, ms: at first, and at most. 0: 1 s and 5 min. */
void iw_replicator_set_backoff (IwReplicator *self, guint first_ms, guint max_ms);

/* Until @cancellable: runs, then listens (longpoll) and looks at the store when it is poked; after failures tries again
 * by exponential backoff with jitter (1 s to 5 min), at once when poked by the network's return. Returns FALSE with
 * an error only where trying again cannot help: UNAUTHORIZED, CERTIFICATE, and FORBIDDEN where no compartment was
 * found; one compartment that is forbidden later is tried again with the others. Cancelled: TRUE. */
gboolean iw_replicator_watch (IwReplicator *self, GCancellable *cancellable, GError **error);
/* Wakes iw_replicator_watch(): documents were written here, the network is back, "sync now". Any thread. */
void iw_replicator_poke (IwReplicator *self);

G_END_DECLS
