#include "config.h"

#include "iw-conflict-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-conflict-page.h"
#include "iw-conflicts.h"
#include "iw-queries.h"
#include "iw-sync-service.h"
#include "iw-sync-words.h"
#include "iw-ui.h"
#include "iw-window.h"

/* More than anybody reviews one by one. */
#define MAX_ITEMS 500

typedef struct
{
  IwConflict *conflict; /* NULL once a page has it */
  char *incident_title;
} Item;

struct _IwConflictDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *navigation;
  GtkStack *stack;
  GtkListBox *list;

  IwWorkspace *workspace;
  GPtrArray *items; /* (element-type Item) in the order of the rows */
  gboolean narrow, reading, opened;
};

G_DEFINE_FINAL_TYPE (IwConflictDialog, iw_conflict_dialog, ADW_TYPE_DIALOG)

static void reload (IwConflictDialog *self);

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->conflict, iw_conflict_free);
  g_free (item->incident_title);
  g_free (item);
}

/* ---- reading ---- */

typedef struct
{
  GPtrArray *items;
} Reading;

static void
reading_free (gpointer data)
{
  g_clear_pointer (&((Reading *)data)->items, g_ptr_array_unref);
  g_free (data);
}

static gboolean
read_job (IwStore *store,
          gpointer data,
          IwProgressFunc progress,
          gpointer progress_data,
          GCancellable *cancellable,
          GError **error)
{
  Reading *reading = data;
  g_auto (GStrv) docids = iw_conflicts_list (store, error);

  if (docids == NULL)
    return FALSE;
  reading->items = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; docids[i] != NULL && reading->items->len < MAX_ITEMS; i++)
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
      g_ptr_array_add (reading->items, item);
    }
  return TRUE;
}

/* ---- the list ---- */

static GtkWidget *
make_row (Item *item)
{
  GtkWidget *row = adw_action_row_new ();
  JsonObject *merged = iw_conflict_get_merged (item->conflict);
  g_autofree char *kind = iw_sync_words_kind (iw_conflict_get_docid (item->conflict), merged);
  g_autofree char *title = iw_sync_words_title (merged);
  JsonObject *other_body = iw_conflict_get_other_body (item->conflict);
  g_autofree char *winner =
      iw_sync_words_written (iw_conflict_get_winner_body (item->conflict), NULL);
  g_autofree char *other =
      other_body != NULL ? iw_sync_words_written (other_body, NULL) : g_strdup (_ ("deleted"));
  g_autofree char *subtitle = NULL;

  if (*item->incident_title != '\0' && g_strcmp0 (item->incident_title, title) != 0)
    subtitle = g_strdup_printf ("%s\n%s\n%s", item->incident_title, winner, other);
  else
    subtitle = g_strdup_printf ("%s\n%s", winner, other);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  if (*title != '\0')
    {
      /* Translators: what a document is, then what it is called: "Task: Rotate the keys" */
      g_autofree char *name = g_strdup_printf (C_ ("document", "%s: %s"), kind, title);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
    }
  else
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kind);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
on_resolved (IwConflictDialog *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (IW_IS_WINDOW (root))
    iw_window_add_undo_toast (IW_WINDOW (root), _ ("Conflict resolved"));
  iw_sync_service_recount (iw_sync_service_of (self->workspace));
  if (self->items->len <= 1)
    adw_dialog_close (ADW_DIALOG (self));
  else
    adw_navigation_view_pop_to_tag (self->navigation, "list");
}

static void
open_item (IwConflictDialog *self, Item *item)
{
  AdwNavigationPage *page;

  if (item->conflict == NULL)
    return;
  page = iw_conflict_page_new (self->workspace, g_steal_pointer (&item->conflict),
                               item->incident_title);
  iw_conflict_page_set_narrow (IW_CONFLICT_PAGE (page), self->narrow);
  g_signal_connect_object (page, "resolved", G_CALLBACK (on_resolved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "hidden", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);
}

static void
on_row_activated (IwConflictDialog *self, GtkListBoxRow *row)
{
  open_item (self, self->items->pdata[gtk_list_box_row_get_index (row)]);
}

static void
show_items (IwConflictDialog *self)
{
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->items->len; i++)
    gtk_list_box_append (self->list, make_row (self->items->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, self->items->len > 0 ? "list" : "empty");
  /* A list of one is no choice. */
  if (!self->opened && self->items->len == 1)
    open_item (self, self->items->pdata[0]);
  self->opened = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwConflictDialog) self = data;
  g_autoptr (GError) error = NULL;
  gpointer reading = NULL;

  if (self->workspace == NULL)
    return;
  self->reading = FALSE;
  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &reading, &error))
    {
      g_warning ("The conflicts could not be read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_steal_pointer (&((Reading *)reading)->items);
  show_items (self);
}

static void
reload (IwConflictDialog *self)
{
  if (self->reading || self->workspace == NULL)
    return;
  self->reading = TRUE;
  iw_workspace_run_async (self->workspace, read_job, g_new0 (Reading, 1), reading_free, NULL, NULL,
                          NULL, on_read, g_object_ref (self));
}

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
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_conflict_dialog_parent_class)->dispose (object);
}

static void
iw_conflict_dialog_class_init (IwConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_conflict_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwConflictDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwConflictDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, IwConflictDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
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
  reload (self);
  return ADW_DIALOG (self);
}
