#include "config.h"

#include "iw-sync-session.h"

#include <glib/gi18n-lib.h>

#include "iw-replicator.h"
#include "iw-secrets.h"
#include "iw-sync-words.h"

/* At most ten reports a second. */
#define STATUS_INTERVAL_MS 100

/* What both threads hold; counted, since a report may still be under way when the owner is gone. */
typedef struct
{
  gatomicrefcount ref_count;
  GMutex lock;
  IwReplicator *replicator; /* under the lock; NULL before it runs and after */
  gboolean poked;           /* under the lock: before there was one */
  GPtrArray *retries;       /* under the lock: the same; "": all */
  IwSyncStatus *latest;     /* under the lock */
  gboolean scheduled;       /* under the lock */
  gint64 delivered_at;      /* under the lock; monotonic */
  gint ended;               /* atomic */
  IwSyncSessionFunc func;   /* under the lock; NULL once stopped; called on the main thread */
  gpointer data;
} Shared;

struct _IwSyncSession
{
  Shared *shared;
  GThread *thread;
  GCancellable *cancellable;
  IwSyncSession *before; /* the thread's, which waits for it */
  char *dir;
  IwSyncAccount *account;
};

static void
shared_unref (gpointer data)
{
  Shared *shared = data;

  if (!g_atomic_ref_count_dec (&shared->ref_count))
    return;
  g_clear_pointer (&shared->latest, iw_sync_status_unref);
  g_ptr_array_unref (shared->retries);
  g_mutex_clear (&shared->lock);
  g_free (shared);
}

static gboolean
on_deliver (gpointer data)
{
  Shared *shared = data;
  g_autoptr (IwSyncStatus) status = NULL;
  IwSyncSessionFunc func;

  g_mutex_lock (&shared->lock);
  func = shared->func;
  status = g_steal_pointer (&shared->latest);
  shared->scheduled = FALSE;
  shared->delivered_at = g_get_monotonic_time ();
  g_mutex_unlock (&shared->lock);
  if (status != NULL && func != NULL)
    func (status, shared->data);
  return G_SOURCE_REMOVE;
}

/* The thread's. */
static void
on_status (IwSyncStatus *status, gpointer data)
{
  Shared *shared = data;
  gint64 wait_ms;
  gboolean schedule;

  g_mutex_lock (&shared->lock);
  g_clear_pointer (&shared->latest, iw_sync_status_unref);
  shared->latest = iw_sync_status_ref (status);
  schedule = !shared->scheduled;
  shared->scheduled = TRUE;
  wait_ms = STATUS_INTERVAL_MS - (g_get_monotonic_time () - shared->delivered_at) / 1000;
  g_mutex_unlock (&shared->lock);
  if (!schedule)
    return;
  g_atomic_ref_count_inc (&shared->ref_count);
  g_timeout_add_full (G_PRIORITY_DEFAULT, (guint)CLAMP (wait_ms, 0, STATUS_INTERVAL_MS), on_deliver,
                      shared, shared_unref);
}

/* ---- the thread ---- */

static void
report_refused (Shared *shared, IwSyncStatus *before, const char *message)
{
  g_autoptr (IwSyncStatus) status =
      before != NULL ? iw_sync_status_copy (before) : iw_sync_status_new (IW_SYNC_REFUSED);

  status->phase = IW_SYNC_REFUSED;
  g_free (status->message);
  status->message = g_strdup (message);
  on_status (status, shared);
}

static void
retry (IwReplicator *replicator, const char *docid)
{
  iw_replicator_retry (replicator, *docid != '\0' ? docid : NULL);
}

static void
watch (IwSyncSession *self, IwStore *store, const char *secret)
{
  Shared *shared = self->shared;
  g_autoptr (IwRemote) remote = iw_remote_new (self->account, secret);
  g_autoptr (IwReplicator) replicator = iw_replicator_new (store, remote, self->account);
  g_autoptr (GError) error = NULL;
  IwSyncStatus *status;

  iw_replicator_set_status_func (replicator, on_status, shared);
  g_mutex_lock (&shared->lock);
  shared->replicator = replicator;
  for (guint i = 0; i < shared->retries->len; i++)
    retry (replicator, shared->retries->pdata[i]);
  if (shared->poked)
    iw_replicator_poke (replicator);
  g_mutex_unlock (&shared->lock);

  if (!iw_replicator_watch (replicator, self->cancellable, &error))
    {
      status = iw_replicator_get_status (replicator);
      if (status->phase != IW_SYNC_REFUSED && status->phase != IW_SYNC_CERTIFICATE)
        {
          g_autofree char *words = iw_sync_words_error (error);

          report_refused (shared, status, words);
        }
    }

  g_mutex_lock (&shared->lock);
  shared->replicator = NULL;
  g_mutex_unlock (&shared->lock);
}

static void
run (IwSyncSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = iw_store_open (self->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  char *secret = NULL;

  if (store != NULL)
    secret = iw_secrets_lookup (self->account->url, self->account->user, self->cancellable, &error);
  if (error != NULL)
    report_refused (self->shared, NULL, error->message);
  else if (secret == NULL)
    report_refused (self->shared, NULL,
                    _ ("The password is not in the keyring of this computer. Sign in again."));
  else
    watch (self, store, secret);
  iw_secret_free (secret);
}

static gpointer
session_thread (gpointer data)
{
  IwSyncSession *self = data;

  g_clear_pointer (&self->before, iw_sync_session_free);
  if (!g_cancellable_is_cancelled (self->cancellable))
    run (self);
  g_atomic_int_set (&self->shared->ended, TRUE);
  return NULL;
}

/* ---- the owner ---- */

IwSyncSession *
iw_sync_session_start (const char *dir,
                       const IwSyncAccount *account,
                       IwSyncSession *before,
                       IwSyncSessionFunc func,
                       gpointer data)
{
  IwSyncSession *self = g_new0 (IwSyncSession, 1);

  self->shared = g_new0 (Shared, 1);
  g_atomic_ref_count_init (&self->shared->ref_count);
  g_mutex_init (&self->shared->lock);
  self->shared->retries = g_ptr_array_new_with_free_func (g_free);
  self->shared->func = func;
  self->shared->data = data;
  self->cancellable = g_cancellable_new ();
  self->before = before;
  self->dir = g_strdup (dir);
  self->account = iw_sync_account_copy (account);
  self->thread = g_thread_new ("iw-sync", session_thread, self);
  return self;
}

void
iw_sync_session_poke (IwSyncSession *self)
{
  Shared *shared = self->shared;

  g_mutex_lock (&shared->lock);
  if (shared->replicator != NULL)
    iw_replicator_poke (shared->replicator);
  else
    shared->poked = TRUE;
  g_mutex_unlock (&shared->lock);
}

void
iw_sync_session_retry (IwSyncSession *self, const char *docid)
{
  Shared *shared = self->shared;

  g_mutex_lock (&shared->lock);
  if (shared->replicator != NULL)
    iw_replicator_retry (shared->replicator, docid);
  else
    g_ptr_array_add (shared->retries, g_strdup (docid != NULL ? docid : ""));
  g_mutex_unlock (&shared->lock);
}

gboolean
iw_sync_session_has_ended (IwSyncSession *self)
{
  return g_atomic_int_get (&self->shared->ended);
}

void
iw_sync_session_stop (IwSyncSession *self)
{
  /* Once more from the next session's thread, which frees this one. */
  g_mutex_lock (&self->shared->lock);
  self->shared->func = NULL;
  g_mutex_unlock (&self->shared->lock);
  g_cancellable_cancel (self->cancellable);
  iw_sync_session_poke (self);
}

void
iw_sync_session_free (IwSyncSession *self)
{
  iw_sync_session_stop (self);
  g_thread_join (self->thread);
  shared_unref (self->shared);
  g_object_unref (self->cancellable);
  g_free (self->dir);
  iw_sync_account_free (self->account);
  g_free (self);
}
