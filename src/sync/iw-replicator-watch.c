/* Live: a thread for each compartment waits for the server's changes (longpoll); runs follow, and
 * failures are tried again with growing, jittered pauses. */
#include "config.h"

#include "iw-replicator-private.h"

#include <string.h>

#define MAX_LISTENERS 32
#define LISTEN_S 300
#define LOOK_EVERY_MS                                                                              \
  (10 * 60 * 1000) /* compartments that came or went; those beyond the listeners */

/* An answer without rows that comes sooner than this was no waiting. */
#define QUICK_US G_USEC_PER_SEC
/* So many runs in a row may bring nothing over before listening is paced: a push comes back as
 * news, and so does what somebody else sent that is here already. */
#define MAX_IDLE_RUNS 3

typedef struct
{
  IwReplicator *replicator;
  IwRemote *remote;
  GCancellable *cancellable;
  GThread *thread;
  char *db;
  char *since;    /* the replicator's mutex guards this and what follows */
  gboolean rests; /* something came; it waits until a run has taken that */
  gboolean failed;
} Listener;

static gboolean
wait_for_run (Listener *listener)
{
  IwReplicator *self = listener->replicator;

  while (listener->rests && !g_cancellable_is_cancelled (listener->cancellable))
    g_cond_wait (&self->woken, &self->mutex);
  return !g_cancellable_is_cancelled (listener->cancellable);
}

static gpointer
listen_run (gpointer data)
{
  Listener *listener = data;
  IwReplicator *self = listener->replicator;
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      g_autofree char *since = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      gint64 begun;
      gboolean quick;

      g_mutex_lock (&self->mutex);
      goes_on = wait_for_run (listener);
      since = g_strdup (listener->since);
      g_mutex_unlock (&self->mutex);
      if (!goes_on)
        break;
      begun = g_get_monotonic_time ();
      rows = iw_remote_changes (listener->remote, listener->db, since, 1, LISTEN_S, NULL, NULL,
                                listener->cancellable, NULL);
      quick = g_get_monotonic_time () - begun < QUICK_US;
      g_mutex_lock (&self->mutex);
      goes_on = rows != NULL && (rows->len > 0 || !quick);
      listener->failed = !goes_on;
      if (!goes_on || rows->len > 0)
        {
          listener->rests = TRUE;
          self->poked = TRUE;
          g_cond_broadcast (&self->woken);
        }
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

static void
listener_free (gpointer data)
{
  Listener *listener = data;
  IwReplicator *self = listener->replicator;

  g_cancellable_cancel (listener->cancellable);
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->woken);
  g_mutex_unlock (&self->mutex);
  g_thread_join (listener->thread);
  g_object_unref (listener->cancellable);
  g_object_unref (listener->remote);
  g_free (listener->db);
  g_free (listener->since);
  g_free (listener);
}

static Listener *
listener_new (IwReplicator *self, const IwCompartment *compartment)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->replicator = self;
  listener->remote = iw_remote_copy (self->remote);
  listener->cancellable = g_cancellable_new ();
  listener->db = g_strdup (compartment->db);
  listener->since = g_strdup (compartment->pull.seq);
  listener->thread = g_thread_new ("iw-listen", listen_run, listener);
  return listener;
}

static gboolean
has_failed (Listener *listener)
{
  IwReplicator *self = listener->replicator;
  gboolean failed;

  g_mutex_lock (&self->mutex);
  failed = listener->failed;
  g_mutex_unlock (&self->mutex);
  return failed;
}

/* Lets those go on that rest, from where the run has come to; starts those that are wanting. */
static void
tend_listeners (IwReplicator *self, GHashTable *listeners)
{
  GHashTableIter iter;
  gpointer db, value;

  g_hash_table_iter_init (&iter, listeners);
  while (g_hash_table_iter_next (&iter, &db, &value))
    if (has_failed (value))
      g_hash_table_iter_remove (&iter);
  for (guint i = 0; i < self->compartments->len; i++)
    {
      IwCompartment *compartment = self->compartments->pdata[i];
      Listener *listener = g_hash_table_lookup (listeners, compartment->db);

      if (listener == NULL && g_hash_table_size (listeners) < MAX_LISTENERS)
        g_hash_table_insert (listeners, g_strdup (compartment->db),
                             listener_new (self, compartment));
      if (listener == NULL)
        continue;
      g_mutex_lock (&self->mutex);
      g_set_str (&listener->since, compartment->pull.seq);
      listener->rests = FALSE;
      g_cond_broadcast (&self->woken);
      g_mutex_unlock (&self->mutex);
    }
}

/* ---- waiting ---- */

static void
on_cancelled (GCancellable *cancellable, IwReplicator *self)
{
  iw_replicator_poke (self);
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, IwReplicator *self)
{
  if (available)
    iw_replicator_poke (self);
}

/* Until poked, which is TRUE, or @ms went by. */
static gboolean
wait_for_poke (IwReplicator *self, gint64 ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;
  gboolean poked;

  g_mutex_lock (&self->mutex);
  while (!self->poked && g_cond_wait_until (&self->woken, &self->mutex, until))
    ;
  poked = self->poked;
  self->poked = FALSE;
  g_mutex_unlock (&self->mutex);
  return poked;
}

/* Doubled each time, the @n th, then half of it by chance, so that many clients do not come back at
 * once. */
static gint64
backoff (IwReplicator *self, guint n)
{
  const IwContext *context = iw_store_get_context (self->store);
  gint64 ms = self->first_ms;
  guint32 chance;
  guint asked;

  for (guint i = 1; i < n && ms < self->max_ms; i++)
    ms *= 2;
  ms = MIN (ms, self->max_ms);
  context->random ((guint8 *)&chance, sizeof chance, context->data);
  ms = ms / 2 + chance % (ms / 2 + 1);
  asked = iw_remote_get_retry_after (self->remote);
  if (self->side_remote != NULL)
    asked = MAX (asked, iw_remote_get_retry_after (self->side_remote));
  return MAX (ms, (gint64)asked * 1000);
}

/* Whoever is forbidden something after all compartments were found: it may be one of several, and
 * somebody else can mend it. */
static gboolean
needs_user (IwReplicator *self, const GError *error)
{
  if (g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN))
    return self->listed_at == 0;
  return g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CERTIFICATE);
}

/* A server that will not let anybody wait, or tells of news that there are none of, is not asked
 * without end. FALSE: there is a run to be made first. */
static gboolean
may_listen (IwReplicator *self, guint n_idle)
{
  return n_idle <= MAX_IDLE_RUNS || !wait_for_poke (self, backoff (self, n_idle - MAX_IDLE_RUNS));
}

static guint64
count_moved (IwReplicator *self)
{
  return self->counts.sent + self->counts.received + self->counts.erased;
}

static gboolean
watch_loop (IwReplicator *self, GHashTable *listeners, GCancellable *cancellable, GError **error)
{
  guint n_failures = 0, n_idle = 0;

  while (!g_cancellable_is_cancelled (cancellable))
    {
      guint64 moved = count_moved (self);
      g_autoptr (GError) cause = NULL;
      gint64 ms = LOOK_EVERY_MS;

      if (iw_replicator_run (self, IW_REPLICATOR_BOTH, cancellable, &cause))
        {
          n_failures = 0;
          n_idle = count_moved (self) == moved ? n_idle + 1 : 0;
          if (!may_listen (self, n_idle))
            continue;
          tend_listeners (self, listeners);
        }
      else if (g_cancellable_is_cancelled (cancellable))
        break;
      else if (needs_user (self, cause))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      else
        {
          g_hash_table_remove_all (listeners);
          ms = backoff (self, ++n_failures);
          iw_replicator_tell_failure (
              self, cause, iw_context_now (iw_store_get_context (self->store)) + ms * 1000);
        }
      if (!wait_for_poke (self, ms))
        n_idle = 0;
    }
  return TRUE;
}

gboolean
iw_replicator_watch (IwReplicator *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) listeners =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, listener_free);
  GNetworkMonitor *monitor = g_network_monitor_get_default ();
  gulong network =
      g_signal_connect (monitor, "network-changed", G_CALLBACK (on_network_changed), self);
  gulong cancelled =
      cancellable != NULL
          ? g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL)
          : 0;
  gboolean ok;

  self->watching = TRUE;
  ok = watch_loop (self, listeners, cancellable, error);
  self->watching = FALSE;
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, cancelled);
  g_signal_handler_disconnect (monitor, network);
  return ok;
}
