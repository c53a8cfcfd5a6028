/* One run: connect, pull every compartment, merge, push every compartment. */
#include "config.h"

#include "iw-replicator-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-conflicts.h"

#define LIST_EVERY (10 * 60 * (gint64)G_USEC_PER_SEC)
#define COMPACT_EVERY (10 * 60 * (gint64)G_USEC_PER_SEC)

/* ---- connecting ---- */

/* The account's own, or the only one there is. */
static const char *
pick_default (IwReplicator *self, char **names, GError **error)
{
  const char *wanted = self->account->compartment;

  if (wanted == NULL && g_strv_length (names) == 1)
    return names[0];
  if (wanted != NULL && g_strv_contains ((const char *const *)names, wanted))
    return wanted;
  if (wanted == NULL)
    g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN,
                         names[0] == NULL
                             ? _ ("The server lets this account into no compartment.")
                             : _ ("Choose the compartment that new incidents go into."));
  else
    g_set_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN,
                 _ ("The server has no compartment “%s” for this account."), wanted);
  return NULL;
}

const char *
iw_replicator_default_db (IwReplicator *self)
{
  for (guint i = 0; i < self->compartments->len; i++)
    if (((IwCompartment *)self->compartments->pdata[i])->is_default)
      return ((IwCompartment *)self->compartments->pdata[i])->db;
  return "";
}

static IwCompartment *
make_compartment (IwReplicator *self, const char *db, GCancellable *cancellable, GError **error)
{
  g_autofree char *id = iw_remote_get_database_id (self->remote, db, cancellable, error);
  g_autoptr (IwCompartment) compartment = NULL;
  const char *uuid = iw_store_get_uuid (self->store);

  if (id == NULL)
    return NULL;
  compartment = g_new0 (IwCompartment, 1);
  compartment->db = g_strdup (db);
  iw_progress_init (&compartment->pull, "pull", id, uuid);
  iw_progress_init (&compartment->push, "push", id, uuid);
  if (!iw_progress_read (self, &compartment->pull, db, cancellable, error) ||
      !iw_progress_read (self, &compartment->push, db, cancellable, error))
    return NULL;
  return g_steal_pointer (&compartment);
}

static gboolean
is_excluded (IwReplicator *self, const char *db)
{
  return self->account->excluded != NULL &&
         g_strv_contains ((const char *const *)self->account->excluded, db);
}

static GPtrArray *
make_compartments (IwReplicator *self,
                   char **names,
                   const char *def,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_compartment_free);

  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean is_default = g_str_equal (names[i], def);
      IwCompartment *compartment;

      if (!is_default && is_excluded (self, names[i]))
        continue;
      compartment = make_compartment (self, names[i], cancellable, error);
      if (compartment == NULL)
        return NULL;
      compartment->is_default = is_default;
      /* What is of no other is of the default one: that comes first. */
      g_ptr_array_insert (list, is_default ? 0 : -1, compartment);
    }
  return g_steal_pointer (&list);
}

static gboolean
open_side (IwReplicator *self, GError **error)
{
  if (self->side_remote == NULL)
    self->side_remote = iw_remote_copy (self->remote);
  if (self->side_store == NULL)
    self->side_store = iw_store_open (iw_store_get_dir (self->store), IW_STORE_OPEN_READ_ONLY,
                                      iw_store_get_context (self->store), error);
  return self->side_store != NULL;
}

/* So that forms can say beforehand what the server will refuse. @roles: NULL where it has no such
 * rules, or does not tell. */
static gboolean
ask_roles (IwReplicator *self,
           const char *db,
           char ***roles,
           GCancellable *cancellable,
           GError **error)
{
  g_auto (GStrv) all = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean rules = FALSE;

  *roles = NULL;
  if (iw_remote_get_session (self->remote, &name, &all, cancellable, &cause) &&
      g_strcmp0 (name, self->account->user) == 0 &&
      iw_remote_has_rules (self->remote, db, &rules, cancellable, &cause) && rules)
    *roles = g_steal_pointer (&all);
  if (cause == NULL || (!iw_remote_error_is_passing (cause) &&
                        !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
keep_roles (IwReplicator *self, const char *db, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) roles = NULL;

  return ask_roles (self, db, &roles, cancellable, error) &&
         iw_sync_account_save_roles (self->store, self->account, (const char *const *)roles, error);
}

gboolean
iw_replicator_connect (IwReplicator *self, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const char *def;

  if (!open_side (self, error) || !iw_replicator_load_parked (self, error))
    return FALSE;
  if (self->compartments != NULL && g_get_monotonic_time () - self->listed_at < LIST_EVERY)
    return TRUE;
  iw_replicator_tell (self, iw_sync_status_new (IW_SYNC_CONNECTING));
  names = iw_remote_list_databases (self->remote, cancellable, error);
  def = names != NULL ? pick_default (self, names, error) : NULL;
  list = def != NULL ? make_compartments (self, names, def, cancellable, error) : NULL;
  if (list == NULL || !keep_roles (self, def, cancellable, error))
    return FALSE;
  g_clear_pointer (&self->compartments, g_ptr_array_unref);
  self->compartments = g_steal_pointer (&list);
  self->listed_at = g_get_monotonic_time ();
  return TRUE;
}

/* ---- what it means ---- */

IwSyncPhase
iw_replicator_phase_of (const GError *error)
{
  if (iw_remote_error_is_passing (error))
    return IW_SYNC_WAITING;
  if (g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CERTIFICATE))
    return IW_SYNC_CERTIFICATE;
  if (g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_UNAUTHORIZED) ||
      g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN))
    return IW_SYNC_REFUSED;
  return IW_SYNC_FAILED;
}

static guint
count_waiting (IwReplicator *self)
{
  gint64 since = 0;

  if (self->compartments != NULL && self->compartments->len > 0)
    {
      const IwCompartment *first = self->compartments->pdata[0];

      since = first->push.seq != NULL ? g_ascii_strtoll (first->push.seq, NULL, 10) : 0;
    }
  return CLAMP (iw_peer_count_changes (self->store, since), 0, G_MAXUINT);
}

void
iw_replicator_tell_failure (IwReplicator *self, const GError *error, gint64 retry_at)
{
  IwSyncStatus *status = iw_sync_status_new (iw_replicator_phase_of (error));

  status->message = g_strdup (error->message);
  status->retry_at = retry_at;
  status->n_waiting = count_waiting (self);
  if (status->phase == IW_SYNC_CERTIFICATE)
    {
      GTlsCertificate *certificate = iw_remote_get_certificate (self->remote);

      if (certificate == NULL && self->side_remote != NULL)
        certificate = iw_remote_get_certificate (self->side_remote);
      g_set_object (&status->certificate, certificate);
    }
  iw_replicator_tell (self, status);
}

/* ---- the run ---- */

/* An error that is of one compartment alone lets the others go on. */
static gboolean
is_of_compartment (const GError *error)
{
  return g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_NOT_FOUND) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_TOO_LARGE) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_REFUSED);
}

typedef gboolean (*Direction) (IwReplicator *self,
                               IwCompartment *compartment,
                               GCancellable *cancellable,
                               GError **error);

/* The first error is kept in *failed. FALSE where there is no sense in going on. */
static gboolean
run_all (IwReplicator *self, Direction direction, GCancellable *cancellable, GError **failed)
{
  for (guint i = 0; i < self->compartments->len; i++)
    {
      g_autoptr (GError) cause = NULL;
      gboolean goes_on;

      if (direction (self, self->compartments->pdata[i], cancellable, &cause))
        continue;
      goes_on = is_of_compartment (cause);
      if (*failed == NULL)
        *failed = g_steal_pointer (&cause);
      if (!goes_on)
        return FALSE;
    }
  return TRUE;
}

static gboolean
merge (IwReplicator *self, guint64 received_before, GError **error)
{
  guint merged = 0, open = 0;

  if (self->looked_at_conflicts && self->counts.received == received_before &&
      !iw_conflicts_left (self->store))
    {
      self->counts.open = iw_conflicts_count (self->store);
      return TRUE;
    }
  if (!iw_conflicts_merge_all (self->store, &merged, &open, error))
    return FALSE;
  /* More of them than one call goes through are for the next run, whether it receives anything or
   * not. */
  self->looked_at_conflicts = !iw_conflicts_left (self->store);
  self->counts.merged += merged;
  self->counts.open = open;
  return TRUE;
}

static gboolean
run_directions (IwReplicator *self,
                IwReplicatorFlags flags,
                GCancellable *cancellable,
                GError **error)
{
  guint64 received = self->counts.received;
  GError *failed = NULL;

  if (!iw_replicator_connect (self, cancellable, error))
    return FALSE;
  if ((flags & IW_REPLICATOR_PULL) == 0 || run_all (self, iw_replicator_pull, cancellable, &failed))
    {
      GError *cause = NULL;

      if ((flags & IW_REPLICATOR_PULL) != 0 && !merge (self, received, &cause))
        {
          g_clear_error (&failed);
          failed = cause;
        }
      else if ((flags & IW_REPLICATOR_PUSH) != 0)
        run_all (self, iw_replicator_push, cancellable, &failed);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/* What was erased is sync's to see through; a run that has brought all over has not failed where
 * that has. */
static void
compact_if_due (IwReplicator *self, GCancellable *cancellable)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (now < self->compact_after || !iw_peer_wants_compact (self->store))
    return;
  if (!iw_peer_compact (self->store, cancellable, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("What was erased is not freed yet: %s", error->message);
  if (iw_peer_wants_compact (self->store))
    self->compact_after = now + COMPACT_EVERY;
}

static guint64
count_done (IwReplicator *self)
{
  return self->counts.sent + self->counts.received + self->counts.refused;
}

/* The least that every compartment has got. */
static gint64
pushed_seq (IwReplicator *self)
{
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < self->compartments->len; i++)
    {
      const char *seq = ((IwCompartment *)self->compartments->pdata[i])->push.seq;

      least = MIN (least, seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0);
    }
  return least == G_MAXINT64 ? 0 : least;
}

static void
begin_retries (IwReplicator *self)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->retrying, g_hash_table_unref);
  self->retrying = self->retry;
  self->retrying_all = self->retry_all;
  self->retry = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->retry_all = FALSE;
  g_mutex_unlock (&self->mutex);
}

gboolean
iw_replicator_run (IwReplicator *self,
                   IwReplicatorFlags flags,
                   GCancellable *cancellable,
                   GError **error)
{
  guint64 n_before = count_done (self);
  GError *cause = NULL;
  gboolean ok;

  begin_retries (self);
  ok = run_directions (self, flags, cancellable, &cause);
  if (ok)
    {
      if (flags == IW_REPLICATOR_BOTH)
        iw_replicator_note_synced (self, pushed_seq (self), count_done (self) != n_before);
      ok = iw_replicator_load_parked (self, &cause);
    }
  if (ok)
    {
      compact_if_due (self, cancellable);
      iw_replicator_tell (self, iw_sync_status_new (IW_SYNC_IDLE));
      return TRUE;
    }
  /* It may have been put back, or be another by now. */
  g_clear_pointer (&self->compartments, g_ptr_array_unref);
  if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      iw_replicator_note_failure (self, cause->message);
      iw_replicator_tell_failure (self, cause, 0);
    }
  g_propagate_error (error, cause);
  return FALSE;
}
