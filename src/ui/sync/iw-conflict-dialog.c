#include "config.h"

#include "iw-conflict-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-conflict-page.h"
#include "iw-conflicts.h"
#include "iw-queries.h"
#include "iw-review-list.h"
#include "iw-sync-service.h"
#include "iw-sync-words.h"
#include "iw-ui.h"
#include "iw-window.h"

/* More than anybody reviews one by one. */
#define MAX_ITEMS 500

typedef struct
{
  IwConflict *conflict;
  char *incident_title;
} Item;

struct _IwConflictDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *navigation;
  IwReviewList *list;

  IwWorkspace *workspace;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (IwConflictDialog, iw_conflict_dialog, ADW_TYPE_DIALOG)

static void
item_free (gpointer data)
{
  Item *item = data;

  if (item == NULL)
    return;
  g_clear_pointer (&item->conflict, iw_conflict_free);
  g_free (item->incident_title);
  g_free (item);
}

static GPtrArray *
read_items (IwStore *store, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_auto (GStrv) docids = iw_conflicts_list (store, error);

  if (docids == NULL)
    return NULL;
  for (guint i = 0; docids[i] != NULL && items->len < MAX_ITEMS; i++)
    {
      IwConflict *conflict = iw_conflict_read (store, docids[i], NULL);
      g_autofree char *incident = iw_id_incident_of (docids[i]);
      g_autoptr (IwIncidentRow) row =
          incident != NULL ? iw_query_incident (store, incident, NULL) : NULL;
      Item *item;

      if (conflict == NULL)
        continue;
      item = g_new0 (Item, 1);
      item->conflict = conflict;
      item->incident_title = g_strdup (row != NULL ? row->title : "");
      g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

/* ---- the list ---- */

static GtkWidget *
make_row (gpointer data)
{
  Item *item = data;
  JsonObject *merged = iw_conflict_get_merged (item->conflict);
  g_autofree char *kind = iw_sync_words_kind (iw_conflict_get_docid (item->conflict), merged);
  g_autofree char *title = iw_sync_words_title (merged);
  JsonObject *other_body = iw_conflict_get_other_body (item->conflict);
  g_autofree char *winner =
      iw_sync_words_written (iw_conflict_get_winner_body (item->conflict), NULL);
  g_autofree char *other =
      other_body != NULL ? iw_sync_words_written (other_body, NULL) : g_strdup (_ ("deleted"));
  g_autofree char *versions = g_strdup_printf ("%s\n%s", winner, other);
  gboolean says_where =
      *item->incident_title != '\0' && g_strcmp0 (item->incident_title, title) != 0;
  g_autofree char *subtitle =
      says_where ? g_strdup_printf ("%s\n%s", item->incident_title, versions) : g_strdup (versions);
  /* Translators: what a document is, then what it is called: "Task: Rotate the keys" */
  g_autofree char *name =
      *title != '\0' ? g_strdup_printf (C_ ("document", "%s: %s"), kind, title) : g_strdup (kind);

  return iw_review_row_new (name, subtitle, 4);
}

static void
on_resolved (IwConflictDialog *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (IW_IS_WINDOW (root))
    iw_window_add_undo_toast (IW_WINDOW (root), _ ("Conflict resolved"));
  iw_sync_service_recount (iw_sync_service_of (self->workspace));
  if (iw_review_list_get_n (self->list) <= 1)
    adw_dialog_close (ADW_DIALOG (self));
  else
    adw_navigation_view_pop_to_tag (self->navigation, "list");
}

static void
open_item (gpointer data, gpointer dialog)
{
  IwConflictDialog *self = dialog;
  Item *item = data;
  AdwNavigationPage *page = iw_conflict_page_new (
      self->workspace, g_steal_pointer (&item->conflict), item->incident_title);

  item_free (item);
  iw_conflict_page_set_narrow (IW_CONFLICT_PAGE (page), self->narrow);
  g_signal_connect_object (page, "resolved", G_CALLBACK (on_resolved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "hidden", G_CALLBACK (iw_review_list_reload), self->list,
                           G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);
}

static const IwReviewKind kind = {
  .label = N_ ("Conflicts"),
  .intro = N_ ("Two people changed these at once, and what they wrote cannot be merged. Until you "
               "pick, one version is shown everywhere, the same for all."),
  .empty_title = N_ ("No Conflicts"),
  .empty_description = N_ ("What two people change at once is merged by itself where that is safe, "
                           "and asked about here where it is not."),
  .opens_one = TRUE,
  .read = read_items,
  .make_row = make_row,
  .open = open_item,
};

/* ---- the template's ---- */

static void
set_narrow (IwConflictDialog *self, gboolean narrow)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  self->narrow = narrow;
  if (IW_IS_CONFLICT_PAGE (page))
    iw_conflict_page_set_narrow (IW_CONFLICT_PAGE (page), narrow);
}

static void
on_narrow (IwConflictDialog *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (IwConflictDialog *self)
{
  set_narrow (self, FALSE);
}

/* ---- the object ---- */

static void
iw_conflict_dialog_dispose (GObject *object)
{
  IwConflictDialog *self = IW_CONFLICT_DIALOG (object);

  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_CONFLICT_DIALOG);
  G_OBJECT_CLASS (iw_conflict_dialog_parent_class)->dispose (object);
}

static void
iw_conflict_dialog_class_init (IwConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (IW_TYPE_REVIEW_LIST);
  G_OBJECT_CLASS (klass)->dispose = iw_conflict_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwConflictDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwConflictDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
}

static void
iw_conflict_dialog_init (IwConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
iw_conflict_dialog_new (IwWorkspace *workspace)
{
  IwConflictDialog *self = g_object_new (IW_TYPE_CONFLICT_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  iw_review_list_set_up (self->list, workspace, &kind, self);
  return ADW_DIALOG (self);
}
