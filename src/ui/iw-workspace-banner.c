#include "config.h"

#include "iw-workspace-banner.h"

#include <glib/gi18n-lib.h>

#include "iw-sync-service.h"

struct _IwWorkspaceBanner
{
  AdwBin parent_instance;

  IwSyncService *service; /* NULL before there is a workspace */
};

G_DEFINE_FINAL_TYPE (IwWorkspaceBanner, iw_workspace_banner, ADW_TYPE_BIN)

/* Sync speaks up only where it stands still until the person does something. */
static void
show_sync (IwWorkspaceBanner *self)
{
  IwSyncStatus *status = iw_sync_service_get_status (self->service);
  GtkWidget *banner = adw_bin_get_child (ADW_BIN (self));
  g_autofree char *words = NULL;
  gboolean certificate = status->phase == IW_SYNC_CERTIFICATE;

  if (!certificate && status->phase != IW_SYNC_REFUSED)
    {
      if (banner != NULL)
        adw_banner_set_revealed (ADW_BANNER (banner), FALSE);
      return;
    }
  if (banner == NULL)
    {
      banner = adw_banner_new ("");
      adw_banner_set_use_markup (ADW_BANNER (banner), FALSE);
      adw_bin_set_child (ADW_BIN (self), banner);
    }
  words = iw_sync_status_describe (status, g_get_real_time ());
  adw_banner_set_title (ADW_BANNER (banner), words);
  adw_banner_set_button_label (ADW_BANNER (banner),
                               certificate ? _ ("_Look…") : _ ("_Preferences…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (banner),
                                  certificate ? "win.sync-certificate" : "win.sync-preferences");
  adw_banner_set_revealed (ADW_BANNER (banner), TRUE);
}

static void
iw_workspace_banner_dispose (GObject *object)
{
  g_clear_object (&IW_WORKSPACE_BANNER (object)->service);
  G_OBJECT_CLASS (iw_workspace_banner_parent_class)->dispose (object);
}

static void
iw_workspace_banner_class_init (IwWorkspaceBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_workspace_banner_dispose;
}

static void
iw_workspace_banner_init (IwWorkspaceBanner *self)
{
}

/* Made only where it has something to say. */
void
iw_workspace_banner_set_workspace (IwWorkspaceBanner *self, IwWorkspace *workspace)
{
  const char *title = NULL;
  GtkWidget *banner;

  if (iw_workspace_get_read_only (workspace))
    {
      title = iw_workspace_get_read_only_reason (workspace);
      if (title == NULL)
        title = _ ("This workspace can only be read");
    }
  else if (iw_workspace_is_sample (workspace))
    title = _ ("This is the sample workspace");

  if (title == NULL)
    {
      adw_bin_set_child (ADW_BIN (self), NULL);
      if (self->service == NULL)
        {
          self->service = g_object_ref (iw_sync_service_of (workspace));
          g_signal_connect_object (self->service, "notify::status", G_CALLBACK (show_sync), self,
                                   G_CONNECT_SWAPPED);
        }
      show_sync (self);
      return;
    }
  banner = adw_banner_new (title);
  adw_banner_set_use_markup (ADW_BANNER (banner), FALSE);
  adw_banner_set_revealed (ADW_BANNER (banner), TRUE);
  if (iw_workspace_is_sample (workspace))
    {
      adw_banner_set_button_label (ADW_BANNER (banner), _ ("_Remove Sample"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (banner), "app.remove-sample");
    }
  adw_bin_set_child (ADW_BIN (self), banner);
}
