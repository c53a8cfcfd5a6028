/* The replicator: the object, its status, the list of what is parked. */
#include "config.h"

#include "iw-replicator-private.h"

#include <string.h>

#define TELL_EVERY (G_USEC_PER_SEC / 10)
#define LARGE_BYTES (4 * 1024 * 1024)
#define FIRST_MS 1000
#define MAX_MS (5 * 60 * 1000)

G_DEFINE_FINAL_TYPE (IwReplicator, iw_replicator, G_TYPE_OBJECT)

void
iw_compartment_free (IwCompartment *compartment)
{
  g_free (compartment->db);
  iw_progress_clear (&compartment->pull);
  iw_progress_clear (&compartment->push);
  g_free (compartment);
}

static void
iw_replicator_finalize (GObject *object)
{
  IwReplicator *self = IW_REPLICATOR (object);

  g_clear_pointer (&self->compartments, g_ptr_array_unref);
  g_clear_object (&self->side_remote);
  g_clear_object (&self->side_store);
  g_clear_object (&self->remote);
  g_clear_object (&self->store);
  g_clear_pointer (&self->account, iw_sync_account_free);
  g_clear_pointer (&self->status, iw_sync_status_unref);
  g_hash_table_unref (self->parked);
  g_hash_table_unref (self->parked_in);
  g_hash_table_unref (self->retry);
  g_clear_pointer (&self->retrying, g_hash_table_unref);
  g_free (self->session);
  g_mutex_clear (&self->telling);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->woken);
  G_OBJECT_CLASS (iw_replicator_parent_class)->finalize (object);
}

static void
iw_replicator_class_init (IwReplicatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_replicator_finalize;
}

static GHashTable *
set_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
iw_replicator_init (IwReplicator *self)
{
  g_mutex_init (&self->telling);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->woken);
  self->parked = set_new ();
  self->parked_in = set_new ();
  self->retry = set_new ();
  self->status = iw_sync_status_new (IW_SYNC_OFF);
  iw_replicator_set_backoff (self, 0, 0);
}

IwReplicator *
iw_replicator_new (IwStore *store, IwRemote *remote, const IwSyncAccount *account)
{
  IwReplicator *self = g_object_new (IW_TYPE_REPLICATOR, NULL);

  self->store = g_object_ref (store);
  self->remote = g_object_ref (remote);
  self->account = iw_sync_account_copy (account);
  self->synced_at = iw_replicator_last_synced (store);
  self->session = iw_id_new (iw_store_get_context (store));
  return self;
}

void
iw_replicator_set_status_func (IwReplicator *self, IwReplicatorFunc func, gpointer data)
{
  self->func = func;
  self->func_data = data;
}

IwSyncStatus *
iw_replicator_get_status (IwReplicator *self)
{
  return self->status;
}

void
iw_replicator_get_counts (IwReplicator *self, IwReplicatorCounts *counts)
{
  *counts = self->counts;
}

void
iw_replicator_set_backoff (IwReplicator *self, guint first_ms, guint max_ms)
{
  self->first_ms = first_ms > 0 ? first_ms : FIRST_MS;
  self->max_ms = max_ms > 0 ? max_ms : MAX_MS;
}

static void
wake (IwReplicator *self)
{
  self->poked = TRUE;
  g_cond_broadcast (&self->woken);
}

void
iw_replicator_poke (IwReplicator *self)
{
  g_mutex_lock (&self->mutex);
  wake (self);
  g_mutex_unlock (&self->mutex);
}

void
iw_replicator_retry (IwReplicator *self, const char *docid)
{
  g_mutex_lock (&self->mutex);
  if (docid != NULL)
    g_hash_table_add (self->retry, g_strdup (docid));
  else
    self->retry_all = TRUE;
  wake (self);
  g_mutex_unlock (&self->mutex);
}

/* ---- status ---- */

/* Within @telling. */
static void
take_status (IwReplicator *self, IwSyncStatus *status)
{
  iw_sync_status_unref (self->status);
  self->status = status;
  self->told_at = g_get_monotonic_time ();
  if (self->func != NULL)
    self->func (status, self->func_data);
}

static gboolean
was_told_just_now (IwReplicator *self)
{
  return g_get_monotonic_time () - self->told_at < TELL_EVERY;
}

void
iw_replicator_tell (IwReplicator *self, IwSyncStatus *status)
{
  status->synced_at = self->synced_at;
  status->n_parked = g_hash_table_size (self->parked) + g_hash_table_size (self->parked_in);
  status->n_conflicts = self->counts.open;
  if (self->compartments != NULL)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      for (guint i = 0; i < self->compartments->len; i++)
        g_strv_builder_add (builder, ((IwCompartment *)self->compartments->pdata[i])->db);
      g_strfreev (status->compartments);
      status->compartments = g_strv_builder_end (builder);
    }
  g_mutex_lock (&self->telling);
  take_status (self, status);
  g_mutex_unlock (&self->telling);
}

void
iw_replicator_tell_progress (IwReplicator *self,
                             IwSyncPhase phase,
                             const char *db,
                             gint64 done,
                             gint64 total)
{
  IwSyncStatus *status;
  gboolean too_early;

  g_mutex_lock (&self->telling);
  too_early = self->status->phase == phase && was_told_just_now (self);
  g_mutex_unlock (&self->telling);
  if (too_early)
    return;
  status = iw_sync_status_new (phase);
  status->compartment = g_strdup (db);
  status->done = done;
  status->total = total;
  if (phase == IW_SYNC_PUSHING)
    status->n_waiting = MAX (total - done, 0);
  iw_replicator_tell (self, status);
}

void
iw_replicator_tell_bytes (IwReplicator *self,
                          IwSyncPhase phase,
                          const char *db,
                          gint64 done,
                          gint64 total)
{
  IwSyncStatus *status;

  if (total < LARGE_BYTES)
    return;
  g_mutex_lock (&self->telling);
  if (self->status->phase != phase || !was_told_just_now (self))
    {
      status = iw_sync_status_copy (self->status);
      status->phase = phase;
      g_set_str (&status->compartment, db);
      status->bytes_done = done;
      status->bytes_total = total;
      take_status (self, status);
    }
  g_mutex_unlock (&self->telling);
}

/* ---- parked ---- */

static char *
key_of (const char *db, const char *docid)
{
  return g_strdup_printf ("%s\n%s", db, docid);
}

gboolean
iw_replicator_load_parked (IwReplicator *self, GError **error)
{
  g_autoptr (GPtrArray) list = iw_peer_list_parked (self->store, error);

  if (list == NULL)
    return FALSE;
  g_hash_table_remove_all (self->parked);
  g_hash_table_remove_all (self->parked_in);
  for (guint i = 0; i < list->len; i++)
    {
      const IwParked *parked = list->pdata[i];

      g_hash_table_add (parked->incoming ? self->parked_in : self->parked,
                        key_of (parked->compartment, parked->docid));
    }
  return TRUE;
}

gboolean
iw_replicator_park (IwReplicator *self,
                    const char *db,
                    const char *docid,
                    const char *rev,
                    gboolean incoming,
                    const char *code,
                    const char *reason,
                    GError **error)
{
  IwParked parked = {
    .compartment = (char *)db,
    .docid = (char *)docid,
    .rev = (char *)rev,
    .incoming = incoming,
    .error = (char *)code,
    .reason = (char *)reason,
    .at = iw_context_now (iw_store_get_context (self->store)),
  };

  if (!iw_peer_park (self->store, &parked, error))
    return FALSE;
  self->counts.refused++;
  g_hash_table_add (incoming ? self->parked_in : self->parked, key_of (db, docid));
  return TRUE;
}

gboolean
iw_replicator_unpark (IwReplicator *self,
                      const char *db,
                      const char *docid,
                      gboolean incoming,
                      GError **error)
{
  GHashTable *set = incoming ? self->parked_in : self->parked;
  g_autofree char *key = NULL;

  if (g_hash_table_size (set) == 0)
    return TRUE;
  key = key_of (db, docid);
  if (!g_hash_table_contains (set, key))
    return TRUE;
  if (!iw_peer_unpark (self->store, db, docid, incoming, error))
    return FALSE;
  g_hash_table_remove (set, key);
  return TRUE;
}

GPtrArray *
iw_replicator_take_retries (IwReplicator *self, const char *db, gboolean incoming, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;

  if (!self->retrying_all && (self->retrying == NULL || g_hash_table_size (self->retrying) == 0))
    return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_parked_free);
  list = iw_peer_list_parked (self->store, error);
  for (guint i = list != NULL ? list->len : 0; i > 0; i--)
    {
      const IwParked *parked = list->pdata[i - 1];

      if (parked->incoming != incoming || !g_str_equal (parked->compartment, db) ||
          (!self->retrying_all && !g_hash_table_contains (self->retrying, parked->docid)))
        g_ptr_array_remove_index (list, i - 1);
    }
  return g_steal_pointer (&list);
}
