#include "config.h"

#include "iw-compartment.h"

#include "iw-peer.h"
#include "iw-sync-service.h"

static gboolean
is_wanted (const IwSyncAccount *account, const char *compartment)
{
  return account->excluded == NULL ||
         !g_strv_contains ((const char *const *)account->excluded, compartment);
}

char *
iw_compartment_of_incident (IwWorkspace *workspace, const char *incident)
{
  IwSyncService *service = iw_sync_service_of (workspace);
  const IwSyncAccount *account = iw_sync_service_get_account (service);
  g_auto (GStrv) all = NULL;
  char *compartment;

  if (account == NULL)
    return NULL;
  compartment = iw_peer_get_compartment (iw_workspace_get_store (workspace), incident, NULL);
  if (compartment != NULL)
    return compartment;
  all = iw_sync_service_list_compartments (service);
  return g_strv_length (all) > 1 ? g_strdup (account->compartment) : NULL;
}

char **
iw_compartment_choices (IwWorkspace *workspace)
{
  IwSyncService *service = iw_sync_service_of (workspace);
  const IwSyncAccount *account = iw_sync_service_get_account (service);
  g_auto (GStrv) all = iw_sync_service_list_compartments (service);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) choices = NULL;

  if (account == NULL || account->compartment == NULL)
    return NULL;
  g_strv_builder_add (builder, account->compartment);
  for (guint i = 0; all[i] != NULL; i++)
    if (is_wanted (account, all[i]) && !g_str_equal (all[i], account->compartment))
      g_strv_builder_add (builder, all[i]);
  choices = g_strv_builder_end (builder);
  return g_strv_length (choices) > 1 ? g_steal_pointer (&choices) : NULL;
}

typedef struct
{
  char *incident;
  char *compartment;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->incident);
  g_free (work->compartment);
  g_free (work);
}

static gboolean
set_job (IwStore *store,
         gpointer data,
         IwProgressFunc progress,
         gpointer progress_data,
         GCancellable *cancellable,
         GError **error)
{
  Work *work = data;

  return iw_peer_set_compartment (store, work->incident, work->compartment, error);
}

void
iw_compartment_set_async (IwWorkspace *workspace,
                          const char *incident,
                          const char *compartment,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->incident = g_strdup (incident);
  work->compartment = g_strdup (compartment);
  iw_workspace_run_async (workspace, set_job, work, work_free, NULL, NULL, NULL, callback, data);
}

gboolean
iw_compartment_set_finish (IwWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return iw_workspace_run_finish (workspace, result, NULL, error);
}
