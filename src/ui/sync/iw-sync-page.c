#include "config.h"

#include "iw-sync-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-ui.h"

/* "Synced 12 seconds ago" */
#define TICK_SECONDS 5

G_DEFINE_FINAL_TYPE (IwSyncPage, iw_sync_page, ADW_TYPE_PREFERENCES_PAGE)

void
iw_sync_page_toast (IwSyncPage *self, const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), iw_ui_toast_new (text));
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwSyncPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!iw_sync_service_set_account_finish (IW_SYNC_SERVICE (source), result, &error))
    {
      g_autofree char *words = iw_ui_describe_error (error);

      iw_sync_page_toast (self, words);
    }
  if (self->service != NULL)
    iw_sync_page_update (self);
}

void
iw_sync_page_keep (IwSyncPage *self, const IwSyncAccount *account)
{
  iw_sync_service_set_account_async (self->service, account, on_kept, g_object_ref (self));
}

/* The row that had it is gone. */
static void
keep_keyboard (IwSyncPage *self, gboolean signing_in)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (signing_in ? GTK_WIDGET (self->address) : GTK_WIDGET (self->offline));
}

void
iw_sync_page_update (IwSyncPage *self)
{
  gboolean can = iw_sync_service_can_sync (self->service);
  gboolean account = can && iw_sync_service_get_account (self->service) != NULL;
  gboolean signing_in = can && (!account || self->again);

  gtk_widget_set_visible (self->never_group, !can);
  gtk_widget_set_visible (self->sign_in_group, signing_in);
  gtk_widget_set_visible (self->work_group, signing_in);
  gtk_widget_set_visible (self->account_group, account && !signing_in);
  gtk_widget_set_visible (self->compartments_group, account && !signing_in);
  gtk_widget_set_visible (self->default_group, account && !signing_in);
  gtk_widget_set_visible (self->sign_out_group, account && !signing_in);
  if (!can)
    gtk_label_set_text (
        self->never_label,
        iw_workspace_is_sample (iw_sync_service_get_workspace (self->service))
            ? _ ("The sample workspace never syncs, so that nothing of it can reach a server.")
            : _ ("This workspace can only be read, so it does not sync."));
  if (signing_in)
    iw_sync_page_update_sign_in (self);
  if (account)
    iw_sync_page_update_account (self);
  if (signing_in != self->signing_in)
    keep_keyboard (self, signing_in);
  self->signing_in = signing_in;
}

static gboolean
on_tick (gpointer data)
{
  IwSyncPage *self = data;

  if (gtk_widget_get_mapped (self->account_group))
    iw_sync_page_update_account (self);
  return G_SOURCE_CONTINUE;
}

static void
iw_sync_page_dispose (GObject *object)
{
  IwSyncPage *self = IW_SYNC_PAGE (object);

  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->service);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_SYNC_PAGE);
  g_clear_pointer (&self->trusted, g_free);
  g_clear_pointer (&self->compartments, g_ptr_array_unref);
  g_clear_pointer (&self->shown_compartments, g_strfreev);
  G_OBJECT_CLASS (iw_sync_page_parent_class)->dispose (object);
}

static void
iw_sync_page_class_init (IwSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_sync_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-sync-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, never_group);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, never_label);
  iw_sync_page_class_init_sign_in (widget_class);
  iw_sync_page_class_init_account (widget_class);
}

static void
iw_sync_page_init (IwSyncPage *self)
{
  self->compartments = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "sync");
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
}

AdwPreferencesPage *
iw_sync_page_new (IwWorkspace *workspace)
{
  IwSyncPage *self = g_object_new (IW_TYPE_SYNC_PAGE, NULL);

  self->service = g_object_ref (iw_sync_service_of (workspace));
  g_signal_connect_object (self->service, "notify", G_CALLBACK (iw_sync_page_update), self,
                           G_CONNECT_SWAPPED);
  iw_sync_page_update (self);
  return ADW_PREFERENCES_PAGE (self);
}
