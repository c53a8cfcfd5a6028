#include "config.h"

#include "iw-review-list.h"

#include <glib/gi18n-lib.h>

#include "iw-ui.h"

struct _IwReviewList
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkLabel *intro;
  GtkListBox *list;

  IwWorkspace *workspace;
  const IwReviewKind *kind;
  gpointer data;
  GPtrArray *items; /* in the order of the rows; NULL once a page has it */
  gboolean reading, stale, shown;
  guint focus_id;
};

G_DEFINE_FINAL_TYPE (IwReviewList, iw_review_list, ADW_TYPE_BIN)

/* ---- the keyboard ---- */

static gboolean
is_lost (GtkRoot *root)
{
  GtkWidget *focus = gtk_root_get_focus (root);

  return focus == NULL || !gtk_widget_get_mapped (focus);
}

/* Below a dialog nothing takes the keyboard, nor is told when that goes: it is tried again. */
static gboolean
on_refocus (gpointer data)
{
  IwReviewList *self = data;
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->focus_id = 0;
  if (root != NULL && gtk_widget_get_mapped (view) && is_lost (root) &&
      !gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD))
    self->focus_id = g_timeout_add (200, on_refocus, self);
  return G_SOURCE_REMOVE;
}

static void
look_for_focus (IwReviewList *self)
{
  if (self->focus_id == 0)
    self->focus_id = g_idle_add (on_refocus, self);
}

/* ---- reading ---- */

typedef struct
{
  const IwReviewKind *kind;
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

  reading->items = reading->kind->read (store, error);
  return reading->items != NULL;
}

static void
open_item (IwReviewList *self, guint index)
{
  gpointer item = g_steal_pointer (&self->items->pdata[index]);

  if (item != NULL)
    self->kind->open (item, self->data);
}

static void
show_items (IwReviewList *self)
{
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->items->len; i++)
    gtk_list_box_append (self->list, self->kind->make_row (self->items->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, self->items->len > 0 ? "list" : "empty");
  look_for_focus (self);
  if (!self->shown && self->kind->opens_one && self->items->len == 1)
    open_item (self, 0);
  self->shown = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwReviewList) self = data;
  g_autoptr (GError) error = NULL;
  gpointer reading = NULL;

  if (self->workspace == NULL)
    return;
  self->reading = FALSE;
  if (iw_workspace_run_finish (IW_WORKSPACE (source), result, &reading, &error))
    {
      g_clear_pointer (&self->items, g_ptr_array_unref);
      self->items = g_steal_pointer (&((Reading *)reading)->items);
      show_items (self);
    }
  else
    g_warning ("What waits for a person could not be read: %s", error->message);
  if (self->stale)
    iw_review_list_reload (self);
}

void
iw_review_list_reload (IwReviewList *self)
{
  Reading *reading;

  self->stale = self->reading;
  if (self->reading || self->workspace == NULL)
    return;
  self->reading = TRUE;
  reading = g_new0 (Reading, 1);
  reading->kind = self->kind;
  iw_workspace_run_async (self->workspace, read_job, reading, reading_free, NULL, NULL, NULL,
                          on_read, g_object_ref (self));
}

/* ---- rows ---- */

guint
iw_review_list_get_n (IwReviewList *self)
{
  return self->items != NULL ? self->items->len : 0;
}

static void
on_row_activated (IwReviewList *self, GtkListBoxRow *row)
{
  open_item (self, gtk_list_box_row_get_index (row));
}

GtkWidget *
iw_review_row_new (const char *title, const char *subtitle, int subtitle_lines)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), subtitle_lines);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

/* A row that is made anew, or a page that is left while its form is still open, takes the keyboard
 * with it: Escape would not be heard any more. */
static void
on_focus_moved (IwReviewList *self, GParamSpec *pspec, GtkRoot *root)
{
  if (gtk_root_get_focus (root) == NULL)
    look_for_focus (self);
}

static void
on_map (IwReviewList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_signal_handlers_disconnect_by_func (root, on_focus_moved, self);
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (on_focus_moved), self,
                           G_CONNECT_SWAPPED);
}

/* ---- the object ---- */

static void
iw_review_list_dispose (GObject *object)
{
  IwReviewList *self = IW_REVIEW_LIST (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_object (&self->workspace);
  adw_bin_set_child (ADW_BIN (self), NULL); /* before the template lets it go */
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_REVIEW_LIST);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_review_list_parent_class)->dispose (object);
}

static void
iw_review_list_class_init (IwReviewListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_review_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-review-list.ui");
  gtk_widget_class_bind_template_child (widget_class, IwReviewList, stack);
  gtk_widget_class_bind_template_child (widget_class, IwReviewList, empty);
  gtk_widget_class_bind_template_child (widget_class, IwReviewList, intro);
  gtk_widget_class_bind_template_child (widget_class, IwReviewList, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
iw_review_list_init (IwReviewList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
}

void
iw_review_list_set_up (IwReviewList *self,
                       IwWorkspace *workspace,
                       const IwReviewKind *kind,
                       gpointer data)
{
  self->workspace = g_object_ref (workspace);
  self->kind = kind;
  self->data = data;
  gtk_label_set_label (self->intro, _ (kind->intro));
  adw_status_page_set_title (self->empty, _ (kind->empty_title));
  adw_status_page_set_description (self->empty, _ (kind->empty_description));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (kind->label), -1);
  iw_review_list_reload (self);
}
