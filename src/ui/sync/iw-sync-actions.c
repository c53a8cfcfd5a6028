#include "config.h"

#include "iw-sync-actions.h"

#include "iw-certificate-dialog.h"
#include "iw-conflict-dialog.h"
#include "iw-parked-dialog.h"
#include "iw-preferences-dialog.h"
#include "iw-sync-service.h"

#define SERVICE_KEY "iw-sync-service"

static IwSyncService *
service_of (gpointer window)
{
  return g_object_get_data (G_OBJECT (window), SERVICE_KEY);
}

static void
on_sync_now (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  iw_sync_service_sync_now (service_of (window));
}

/* The account tells the new state once it is kept. */
static void
on_offline_change (GSimpleAction *action, GVariant *state, gpointer window)
{
  iw_sync_service_set_offline (service_of (window), g_variant_get_boolean (state));
}

static void
on_parked (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  adw_dialog_present (iw_parked_dialog_new (iw_sync_service_get_workspace (service_of (window))),
                      window);
}

static void
on_conflicts (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  adw_dialog_present (iw_conflict_dialog_new (iw_sync_service_get_workspace (service_of (window))),
                      window);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  AdwDialog *dialog =
      iw_preferences_dialog_new (iw_sync_service_get_workspace (service_of (window)));

  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), "sync");
  adw_dialog_present (dialog, window);
}

static void
on_account_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!iw_sync_service_set_account_finish (IW_SYNC_SERVICE (source), result, &error))
    g_warning ("The account could not be kept: %s", error->message);
}

static void
on_trusted (IwSyncService *service, const char *hash)
{
  g_autoptr (IwSyncAccount) account = NULL;

  if (iw_sync_service_get_account (service) == NULL)
    return;
  account = iw_sync_account_copy (iw_sync_service_get_account (service));
  g_set_str (&account->certificate, hash);
  iw_sync_service_set_account_async (service, account, on_account_kept, NULL);
}

static void
on_certificate (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  IwSyncService *service = service_of (window);
  const IwSyncAccount *account = iw_sync_service_get_account (service);
  IwSyncStatus *status = iw_sync_service_get_status (service);
  AdwDialog *dialog;

  if (account == NULL || status->certificate == NULL)
    return;
  dialog = iw_certificate_dialog_new (status->certificate, account->url, account->certificate);
  g_signal_connect_object (dialog, "trusted", G_CALLBACK (on_trusted), service, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, window);
}

static const GActionEntry entries[] = {
  { .name = "sync-now", .activate = on_sync_now },
  { .name = "work-offline", .state = "false", .change_state = on_offline_change },
  { .name = "sync-parked", .activate = on_parked },
  { .name = "sync-conflicts", .activate = on_conflicts },
  { .name = "sync-preferences", .activate = on_preferences },
  { .name = "sync-certificate", .activate = on_certificate },
};

static void
set_enabled (gpointer window, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (gpointer window)
{
  IwSyncService *service = service_of (window);
  const IwSyncAccount *account = service != NULL ? iw_sync_service_get_account (service) : NULL;
  IwSyncStatus *status = service != NULL ? iw_sync_service_get_status (service) : NULL;
  gboolean dialog =
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL;
  gboolean offline = account != NULL && account->offline;
  gboolean ready = account != NULL && !dialog;
  GAction *offline_action = g_action_map_lookup_action (G_ACTION_MAP (window), "work-offline");

  set_enabled (window, "sync-now", ready && !offline);
  set_enabled (window, "work-offline", account != NULL);
  set_enabled (window, "sync-parked", ready && status->n_parked > 0);
  set_enabled (window, "sync-conflicts", !dialog && status != NULL && status->n_conflicts > 0);
  set_enabled (window, "sync-preferences", service != NULL && !dialog);
  set_enabled (window, "sync-certificate",
               ready && status->phase == IW_SYNC_CERTIFICATE && status->certificate != NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (offline_action), g_variant_new_boolean (offline));
}

void
iw_sync_actions_set_workspace (GtkApplicationWindow *window, IwWorkspace *workspace)
{
  IwSyncService *before = service_of (window);
  IwSyncService *service = workspace != NULL ? iw_sync_service_of (workspace) : NULL;

  if (g_action_map_lookup_action (G_ACTION_MAP (window), entries[0].name) == NULL)
    {
      g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries),
                                       window);
      g_signal_connect (window, "notify::visible-dialog", G_CALLBACK (update), NULL);
    }
  if (before != NULL)
    g_signal_handlers_disconnect_by_func (before, update, window);
  g_object_set_data_full (G_OBJECT (window), SERVICE_KEY,
                          service != NULL ? g_object_ref (service) : NULL, g_object_unref);
  if (service != NULL)
    g_signal_connect_object (service, "notify", G_CALLBACK (update), window, G_CONNECT_SWAPPED);
  update (window);
}
