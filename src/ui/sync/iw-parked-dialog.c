#include "config.h"

#include "iw-parked-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-parked-item.h"
#include "iw-parked-page.h"
#include "iw-review-list.h"
#include "iw-sync-service.h"
#include "iw-time.h"
#include "iw-ui.h"

struct _IwParkedDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  IwReviewList *list;

  IwWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (IwParkedDialog, iw_parked_dialog, ADW_TYPE_DIALOG)

/* ---- what is done to one ---- */

typedef enum
{
  CHANGE_UNPARK, /* dismissed */
  CHANGE_PARK,   /* that was undone */
} Change;

typedef struct
{
  Change change;
  IwParked *parked;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  iw_parked_free (work->parked);
  g_free (work);
}

static IwParked *
copy_parked (const IwParked *parked)
{
  IwParked *copy = g_new0 (IwParked, 1);

  copy->compartment = g_strdup (parked->compartment);
  copy->docid = g_strdup (parked->docid);
  copy->rev = g_strdup (parked->rev);
  copy->incoming = parked->incoming;
  copy->error = g_strdup (parked->error);
  copy->reason = g_strdup (parked->reason);
  copy->at = parked->at;
  return copy;
}

static gboolean
work_job (IwStore *store,
          gpointer data,
          IwProgressFunc progress,
          gpointer progress_data,
          GCancellable *cancellable,
          GError **error)
{
  Work *work = data;

  if (work->change == CHANGE_PARK)
    return iw_peer_park (store, work->parked, error);
  return iw_peer_unpark (store, work->parked->compartment, work->parked->docid,
                         work->parked->incoming, error);
}

static void start_work (IwParkedDialog *self, Change change, const IwParked *parked);

static void
on_undo (IwParkedDialog *self, AdwToast *toast)
{
  start_work (self, CHANGE_PARK, g_object_get_data (G_OBJECT (toast), "parked"));
}

static void
offer_undo (IwParkedDialog *self, const IwParked *parked)
{
  AdwToast *toast = iw_ui_toast_new (_ ("Dismissed"));

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "parked", copy_parked (parked),
                          (GDestroyNotify)iw_parked_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_work_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwParkedDialog) self = data;
  g_autoptr (GError) error = NULL;
  gpointer work = NULL;

  if (self->workspace == NULL)
    return;
  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &work, &error))
    {
      g_autofree char *words = iw_ui_describe_error (error);

      adw_toast_overlay_add_toast (self->toasts, iw_ui_toast_new (words));
      return;
    }
  if (((Work *)work)->change == CHANGE_UNPARK)
    {
      adw_navigation_view_pop_to_tag (self->navigation, "list");
      offer_undo (self, ((Work *)work)->parked);
    }
  iw_sync_service_recount (iw_sync_service_of (self->workspace));
  iw_review_list_reload (self->list);
}

static void
start_work (IwParkedDialog *self, Change change, const IwParked *parked)
{
  Work *work = g_new0 (Work, 1);

  work->change = change;
  work->parked = copy_parked (parked);
  iw_workspace_run_async (self->workspace, work_job, work, work_free, NULL, NULL, NULL,
                          on_work_done, g_object_ref (self));
}

static void
on_dismissed (IwParkedDialog *self, IwParkedPage *page)
{
  start_work (self, CHANGE_UNPARK, iw_parked_page_get_item (page)->parked);
}

static void
on_send_again (IwParkedDialog *self, IwParkedPage *page)
{
  IwSyncService *service = iw_sync_service_of (self->workspace);
  const IwSyncAccount *account = iw_sync_service_get_account (service);
  gboolean offline = account == NULL || account->offline;

  iw_sync_service_retry (service, iw_parked_page_get_item (page)->parked->docid);
  adw_navigation_view_pop_to_tag (self->navigation, "list");
  adw_toast_overlay_add_toast (
      self->toasts, iw_ui_toast_new (offline ? _ ("It is sent again once you work online")
                                             : _ ("It is being sent again")));
}

/* ---- the list ---- */

static GtkWidget *
make_row (gpointer data)
{
  IwParkedItem *item = data;
  g_autofree char *name = iw_parked_item_name (item);
  g_autofree char *when =
      iw_time_format ((IwTime){ item->parked->at, IW_PRECISION_MINUTE }, NULL, TRUE);
  g_autofree char *where =
      *item->incident_title != '\0'
          /* Translators: the title of an incident, then when */
          ? g_strdup_printf (C_ ("held back", "%s · %s UTC"), item->incident_title, when)
          : g_strdup_printf (_ ("%s UTC"), when);
  g_autofree char *subtitle = g_strconcat (item->reason, "\n", where, NULL);
  GtkWidget *row = iw_review_row_new (name, subtitle, 5);

  adw_action_row_add_prefix (
      ADW_ACTION_ROW (row),
      g_object_new (GTK_TYPE_IMAGE, "icon-name",
                    item->parked->incoming ? "network-receive-symbolic"
                                           : "network-transmit-symbolic",
                    "tooltip-text",
                    item->parked->incoming ? _ ("From the server") : _ ("To the server"), NULL));
  return row;
}

static void
open_item (gpointer item, gpointer dialog)
{
  IwParkedDialog *self = dialog;
  AdwNavigationPage *page = iw_parked_page_new (self->workspace, item);

  g_signal_connect_object (page, "dismissed", G_CALLBACK (on_dismissed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "send-again", G_CALLBACK (on_send_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "hidden", G_CALLBACK (iw_review_list_reload), self->list,
                           G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);
}

static const IwReviewKind kind = {
  .label = N_ ("Held Back"),
  .intro = N_ ("These could not be exchanged with the server. They are safe on this computer, and "
               "hold up nothing else."),
  .empty_title = N_ ("Nothing Is Held Back"),
  .empty_description = N_ ("What the server does not take is kept here until it is put right."),
  .read = iw_parked_items_read,
  .make_row = make_row,
  .open = open_item,
};

/* ---- what changes meanwhile ---- */

/* Only where the list is in sight: nothing moves under a page that is being read. */
static void
on_status (IwParkedDialog *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);
  guint n = iw_sync_service_get_status (iw_sync_service_of (self->workspace))->n_parked;

  if (!IW_IS_PARKED_PAGE (page) && n != iw_review_list_get_n (self->list))
    iw_review_list_reload (self->list);
}

/* What a page shows that was edited meanwhile is the past: the new version goes to the server by
 * itself. */
static void
on_changed (IwParkedDialog *self, char **docids)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  if (!IW_IS_PARKED_PAGE (page) ||
      !g_strv_contains ((const char *const *)docids,
                        iw_parked_page_get_item (IW_PARKED_PAGE (page))->parked->docid))
    return;
  adw_navigation_view_pop_to_tag (self->navigation, "list");
  adw_toast_overlay_add_toast (self->toasts, iw_ui_toast_new (_ ("The new version is sent again")));
}

/* ---- the object ---- */

static void
iw_parked_dialog_dispose (GObject *object)
{
  IwParkedDialog *self = IW_PARKED_DIALOG (object);

  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_PARKED_DIALOG);
  G_OBJECT_CLASS (iw_parked_dialog_parent_class)->dispose (object);
}

static void
iw_parked_dialog_class_init (IwParkedDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (IW_TYPE_REVIEW_LIST);
  G_OBJECT_CLASS (klass)->dispose = iw_parked_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-parked-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwParkedDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, IwParkedDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwParkedDialog, list);
}

static void
iw_parked_dialog_init (IwParkedDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
iw_parked_dialog_new (IwWorkspace *workspace)
{
  IwParkedDialog *self = g_object_new (IW_TYPE_PARKED_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (iw_sync_service_of (workspace), "notify::status", G_CALLBACK (on_status),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  iw_review_list_set_up (self->list, workspace, &kind, self);
  return ADW_DIALOG (self);
}
