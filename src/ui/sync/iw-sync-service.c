#include "config.h"

#include "iw-sync-service.h"

#include <string.h>

#include "iw-conflicts.h"
#include "iw-peer.h"
#include "iw-replicator.h"
#include "iw-secrets.h"
#include "iw-sync-session.h"

#define DATA_KEY "iw-sync-service"
#define MAX_TOLD 500 /* whoever has more of them held back has one trouble, not many */

struct _IwSyncService
{
  GObject parent_instance;

  IwWorkspace *workspace; /* which keeps this */
  GNetworkMonitor *network;
  IwSyncAccount *account; /* NULL: none */
  IwSyncStatus *status;
  IwSyncSession *session; /* NULL where it does not run */
  IwSyncSession *stopped; /* told to end, not waited for yet */
  GPtrArray *retries;     /* (element-type utf8): for when it runs */
  char **parked;          /* documents that were when that was last told */
  gint64 rested_at;       /* the store's sequence when it last stopped; -1: it runs */
  guint waited;           /* documents that waited to be sent then */
  gboolean started, closed;
};

enum
{
  PROP_0,
  PROP_STATUS,
  PROP_ACCOUNT,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  REFUSALS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwSyncService, iw_sync_service, G_TYPE_OBJECT)

/* ---- the status ---- */

/* Adds those of @ids that are not among @others. */
static void
add_new (GStrvBuilder *builder, char **ids, char **others)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *)others, ids[i]))
      g_strv_builder_add (builder, ids[i]);
}

/* No document changes when one is refused, or taken after all, but what is said of it does. */
static void
tell_parked (IwSyncService *self)
{
  g_autoptr (GPtrArray) parked =
      iw_peer_list_parked (iw_workspace_get_store (self->workspace), NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) changed = g_strv_builder_new ();
  g_auto (GStrv) before = g_steal_pointer (&self->parked);
  g_auto (GStrv) docids = NULL;

  for (guint i = 0; parked != NULL && i < MIN (parked->len, MAX_TOLD); i++)
    g_strv_builder_add (builder, ((const IwParked *)parked->pdata[i])->docid);
  self->parked = g_strv_builder_end (builder);
  add_new (changed, before, self->parked);
  add_new (changed, self->parked, before);
  docids = g_strv_builder_end (changed);
  if (docids[0] != NULL)
    g_signal_emit (self, signals[REFUSALS], 0, docids);
}

static void
take_status (IwSyncService *self, IwSyncStatus *status)
{
  gboolean rests = status->phase != IW_SYNC_PUSHING && status->phase != IW_SYNC_PULLING;

  iw_sync_status_unref (self->status);
  self->status = status;
  if (rests && !self->closed && (status->n_parked > 0 || self->parked[0] != NULL))
    tell_parked (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
count (IwSyncService *self, IwSyncStatus *status)
{
  IwStore *store = iw_workspace_get_store (self->workspace);
  g_autoptr (GPtrArray) parked = iw_peer_list_parked (store, NULL);

  status->n_parked = parked != NULL ? parked->len : 0;
  status->n_conflicts = iw_conflicts_count (store);
}

static void
on_status (IwSyncStatus *status, gpointer data)
{
  IwSyncService *self = data;
  IwSyncStatus *counted;

  /* A session that never came to run has counted nothing. */
  if (status->phase != IW_SYNC_REFUSED)
    {
      take_status (self, iw_sync_status_ref (status));
      return;
    }
  counted = iw_sync_status_copy (status);
  count (self, counted);
  take_status (self, counted);
}

/* What was written since it stopped is to be sent as well. */
static guint
count_waiting (IwSyncService *self)
{
  IwStore *store = self->closed ? NULL : iw_workspace_get_store (self->workspace);

  if (store == NULL)
    return 0;
  if (self->rested_at < 0)
    {
      self->rested_at = iw_store_get_seq (store);
      self->waited = self->status->phase == IW_SYNC_OFF
                         ? (guint)CLAMP (iw_replicator_count_waiting (store), 0, G_MAXINT)
                         : self->status->n_waiting;
    }
  return self->waited + (guint)MAX (iw_peer_count_changes (store, self->rested_at), 0);
}

/* Off, or offline by choice: what is known without a replicator. */
static void
show_resting (IwSyncService *self)
{
  IwSyncStatus *status;

  if (self->account != NULL)
    {
      status = iw_sync_status_copy (self->status);
      status->phase = IW_SYNC_OFFLINE_BY_CHOICE;
      status->retry_at = 0;
      g_clear_pointer (&status->message, g_free);
      g_clear_object (&status->certificate);
      status->n_waiting = count_waiting (self);
    }
  else
    {
      status = iw_sync_status_new (IW_SYNC_OFF);
      self->rested_at = -1;
    }
  if (!self->closed)
    count (self, status);
  take_status (self, status);
}

/* ---- running ---- */

/* Not waited for here: the next session's thread does that, or the end of the workspace. */
static void
halt (IwSyncService *self)
{
  if (self->session == NULL)
    return;
  iw_sync_session_stop (self->session);
  g_clear_pointer (&self->stopped, iw_sync_session_free); /* it ended long ago: see run() */
  self->stopped = g_steal_pointer (&self->session);
}

static void
run (IwSyncService *self)
{
  halt (self);
  if (self->account == NULL || self->account->offline || self->closed)
    {
      show_resting (self);
      return;
    }
  if (self->status->phase == IW_SYNC_OFF || self->status->phase == IW_SYNC_OFFLINE_BY_CHOICE)
    {
      IwSyncStatus *status = iw_sync_status_copy (self->status);

      status->phase = IW_SYNC_CONNECTING;
      count (self, status);
      take_status (self, status);
    }
  self->rested_at = -1;
  self->session = iw_sync_session_start (iw_workspace_get_dir (self->workspace), self->account,
                                         g_steal_pointer (&self->stopped), on_status, self);
  for (guint i = 0; i < self->retries->len; i++)
    iw_sync_session_retry (self->session, self->retries->pdata[i]);
  g_ptr_array_set_size (self->retries, 0);
}

static void
poke (IwSyncService *self)
{
  if (self->session != NULL)
    iw_sync_session_poke (self->session);
}

/* Offline more waits to be sent. Conflicts come of bundles as well, and go by hand. */
static void
on_workspace_changed (IwSyncService *self)
{
  if (self->session != NULL)
    poke (self);
  else if (self->started && (self->account != NULL ||
                             iw_conflicts_count (iw_workspace_get_store (self->workspace)) !=
                                 self->status->n_conflicts))
    show_resting (self);
}

static void
on_network_changed (IwSyncService *self, gboolean available)
{
  if (available)
    poke (self);
}

static void
take_account (IwSyncService *self, IwSyncAccount *account)
{
  g_clear_pointer (&self->account, iw_sync_account_free);
  self->account = account;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

gboolean
iw_sync_service_can_sync (IwSyncService *self)
{
  return !self->closed && !iw_workspace_is_sample (self->workspace) &&
         !iw_workspace_get_read_only (self->workspace);
}

void
iw_sync_service_start (IwSyncService *self)
{
  g_autoptr (GError) error = NULL;
  IwSyncAccount *account;

  if (self->started || !iw_sync_service_can_sync (self))
    return;
  self->started = TRUE;
  account = iw_sync_account_load (iw_workspace_get_store (self->workspace), &error);
  if (error != NULL)
    g_warning ("The account could not be read: %s", error->message);
  take_account (self, account);
  run (self);
}

void
iw_sync_service_sync_now (IwSyncService *self)
{
  if (self->session == NULL || iw_sync_session_has_ended (self->session))
    run (self);
  if (self->session != NULL && self->status->n_parked > 0)
    iw_sync_session_retry (self->session, NULL);
  poke (self);
}

void
iw_sync_service_retry (IwSyncService *self, const char *docid)
{
  if (self->session != NULL)
    iw_sync_session_retry (self->session, docid);
  else
    g_ptr_array_add (self->retries, g_strdup (docid));
}

void
iw_sync_service_recount (IwSyncService *self)
{
  IwSyncStatus *status;

  if (self->closed)
    return;
  status = iw_sync_status_copy (self->status);
  count (self, status);
  take_status (self, status);
  poke (self);
}

static void
on_workspace_closing (IwSyncService *self)
{
  self->closed = TRUE;
  g_clear_pointer (&self->session, iw_sync_session_free);
  g_clear_pointer (&self->stopped, iw_sync_session_free);
}

/* ---- the account ---- */

static gboolean
save_account (IwStore *store,
              gpointer data,
              IwProgressFunc progress,
              gpointer progress_data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (IwSyncAccount) before = NULL;
  g_autoptr (GError) local_error = NULL;

  if (data == NULL)
    before = iw_sync_account_load (store, NULL);
  /* A keyring that is not there keeps nobody from signing out. */
  if (before != NULL && !iw_secrets_clear (before->url, before->user, NULL, &local_error))
    g_info ("The secret could not be removed: %s", local_error->message);
  return iw_sync_account_save (store, data, error);
}

static void
free_account (gpointer data)
{
  if (data != NULL)
    iw_sync_account_free (data);
}

static void
on_account_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  IwSyncService *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gpointer account = NULL;

  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &account, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  take_account (self, account != NULL ? iw_sync_account_copy (account) : NULL);
  run (self);
  g_task_return_boolean (task, TRUE);
}

void
iw_sync_service_set_account_async (IwSyncService *self,
                                   const IwSyncAccount *account,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  halt (self);
  iw_workspace_run_async (self->workspace, save_account,
                          account != NULL ? iw_sync_account_copy (account) : NULL, free_account,
                          NULL, NULL, NULL, on_account_saved, task);
}

gboolean
iw_sync_service_set_account_finish (IwSyncService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_offline_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!iw_sync_service_set_account_finish (IW_SYNC_SERVICE (source), result, &error))
    g_warning ("The account could not be kept: %s", error->message);
}

void
iw_sync_service_set_offline (IwSyncService *self, gboolean offline)
{
  g_autoptr (IwSyncAccount) account = NULL;

  if (self->account == NULL || self->account->offline == offline)
    return;
  account = iw_sync_account_copy (self->account);
  account->offline = offline;
  iw_sync_service_set_account_async (self, account, on_offline_saved, NULL);
}

const IwSyncAccount *
iw_sync_service_get_account (IwSyncService *self)
{
  return self->account;
}

IwSyncStatus *
iw_sync_service_get_status (IwSyncService *self)
{
  return self->status;
}

IwWorkspace *
iw_sync_service_get_workspace (IwSyncService *self)
{
  return self->workspace;
}

static void
add_names (GHashTable *names, char **more)
{
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    g_hash_table_add (names, g_strdup (more[i]));
}

char **
iw_sync_service_list_compartments (IwSyncService *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) sorted = NULL;

  if (self->account != NULL)
    {
      add_names (names, self->account->excluded);
      if (self->account->compartment != NULL)
        g_hash_table_add (names, g_strdup (self->account->compartment));
      add_names (names, self->status->compartments);
    }
  sorted = g_hash_table_steal_all_keys (names);
  g_ptr_array_sort_values (sorted, (GCompareFunc)g_strcmp0);
  g_ptr_array_add (sorted, NULL);
  return (char **)g_ptr_array_steal (sorted, NULL);
}

/* ---- the object ---- */

static void
iw_sync_service_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  IwSyncService *self = IW_SYNC_SERVICE (object);

  switch (id)
    {
    case PROP_STATUS:
      g_value_set_boxed (value, self->status);
      break;
    case PROP_ACCOUNT:
      g_value_set_pointer (value, self->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
iw_sync_service_finalize (GObject *object)
{
  IwSyncService *self = IW_SYNC_SERVICE (object);

  on_workspace_closing (self);
  g_clear_object (&self->network);
  g_clear_pointer (&self->account, iw_sync_account_free);
  iw_sync_status_unref (self->status);
  g_ptr_array_unref (self->retries);
  g_strfreev (self->parked);
  G_OBJECT_CLASS (iw_sync_service_parent_class)->finalize (object);
}

static void
iw_sync_service_class_init (IwSyncServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = iw_sync_service_get_property;
  object_class->finalize = iw_sync_service_finalize;
  properties[PROP_STATUS] = g_param_spec_boxed ("status", NULL, NULL, IW_TYPE_SYNC_STATUS, flags);
  properties[PROP_ACCOUNT] = g_param_spec_pointer ("account", NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[REFUSALS] = g_signal_new ("refusals", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
iw_sync_service_init (IwSyncService *self)
{
  self->status = iw_sync_status_new (IW_SYNC_OFF);
  self->rested_at = -1;
  self->retries = g_ptr_array_new_with_free_func (g_free);
  self->parked = g_new0 (char *, 1);
}

IwSyncService *
iw_sync_service_of (IwWorkspace *workspace)
{
  IwSyncService *self = g_object_get_data (G_OBJECT (workspace), DATA_KEY);

  if (self != NULL)
    return self;
  self = g_object_new (IW_TYPE_SYNC_SERVICE, NULL);
  self->workspace = workspace;
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (workspace, "closing", G_CALLBACK (on_workspace_closing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (on_network_changed), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (workspace), DATA_KEY, self, g_object_unref);
  return self;
}
