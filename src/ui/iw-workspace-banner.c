#include "config.h"

#include "iw-workspace-banner.h"

#include <glib/gi18n-lib.h>

struct _IwWorkspaceBanner
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (IwWorkspaceBanner, iw_workspace_banner, ADW_TYPE_BIN)

static void
iw_workspace_banner_class_init (IwWorkspaceBannerClass *klass)
{
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
