#include "config.h"

#include "iw-sidebar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-incident-cell.h"
#include "iw-main-menu.h"
#include "iw-queries.h"
#include "iw-sync-indicator.h"
#include "iw-ui.h"

/* More than anybody works on at once; the list of all has the rest. */
#define MAX_ROWS 200
/* The ages tick. */
#define TICK_SECONDS 60

struct _IwSidebar
{
  AdwNavigationPage parent_instance;

  GtkMenuButton *menu_button;
  GtkStack *stack;
  GtkListBox *list;
  GtkListBox *places;
  GtkListBoxRow *all_row;
  GtkListBoxRow *directory_row;
  GtkLabel *count;
  IwSyncIndicator *sync;

  IwWorkspace *workspace;
  GListStore *items; /* of IwIncidentItem */
  char *shown;       /* UUID; "": the list of all; IW_SIDEBAR_DIRECTORY; NULL: none of these */
  gboolean selecting;
  guint tick_id;
};

enum
{
  INCIDENT_CHOSEN,
  ALL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwSidebar, iw_sidebar, ADW_TYPE_NAVIGATION_PAGE)

static IwIncidentItem *
item_at (IwSidebar *self, guint position)
{
  g_autoptr (IwIncidentItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item; /* the store keeps it */
}

static void
select_row_of (IwSidebar *self, const char *incident)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (iw_incident_item_get_incident (item_at (self, i)), incident))
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, i));
}

/* What is selected is what is shown. A row that merely gets the keyboard is selected by GTK: this
 * is taken back. */
static void
select_shown (IwSidebar *self)
{
  if (self->selecting)
    return;
  self->selecting = TRUE;
  gtk_list_box_unselect_all (self->list);
  gtk_list_box_unselect_all (self->places);
  if (g_strcmp0 (self->shown, "") == 0)
    gtk_list_box_select_row (self->places, self->all_row);
  else if (g_strcmp0 (self->shown, IW_SIDEBAR_DIRECTORY) == 0)
    gtk_list_box_select_row (self->places, self->directory_row);
  else if (self->shown != NULL)
    select_row_of (self, self->shown);
  self->selecting = FALSE;
}

static void
on_row_selected (IwSidebar *self)
{
  select_shown (self);
}

static gboolean
same_incident (IwSidebar *self, guint position, const IwIncidentRow *row)
{
  return g_str_equal (iw_incident_item_get_incident (item_at (self, position)), row->incident);
}

/* Puts the rows in the place of the items with as little change as it takes: what stays keeps its
 * widget, its focus and its selection. */
static void
merge_rows (IwSidebar *self, GPtrArray *rows)
{
  guint before = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint start = 0, end = 0;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  while (start < before && start < rows->len && same_incident (self, start, rows->pdata[start]))
    start++;
  while (end < before - start && end < rows->len - start &&
         same_incident (self, before - end - 1, rows->pdata[rows->len - end - 1]))
    end++;

  for (guint i = start; i < rows->len - end; i++)
    g_ptr_array_add (fresh, iw_incident_item_new (rows->pdata[i]));
  if (before - end != start || fresh->len > 0)
    g_list_store_splice (self->items, start, before - start - end, fresh->pdata, fresh->len);
  for (guint i = 0; i < rows->len; i++)
    iw_incident_item_set_row (item_at (self, i), rows->pdata[i]);
}

static void
update_count (IwSidebar *self)
{
  IwIncidentsFilter all = { .stage = -1, .severity = -1, .classification = -1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  g_autofree char *words = NULL;
  guint n;

  if (!iw_query_count_incidents (iw_workspace_get_store (self->workspace), &all, &n, &error))
    {
      g_warning ("The incidents could not be counted: %s", error->message);
      return;
    }
  number = g_strdup_printf ("%'u", n);
  words = g_strdup_printf (ngettext ("%u incident", "%u incidents", n), n);
  gtk_label_set_text (self->count, n > 0 ? number : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->all_row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* What is due first; the rest by severity, the oldest first. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const IwIncidentRow *one = *(const IwIncidentRow *const *)a;
  const IwIncidentRow *two = *(const IwIncidentRow *const *)b;

  if ((one->due_at == 0) != (two->due_at == 0))
    return one->due_at == 0 ? 1 : -1;
  if (one->due_at != two->due_at)
    return one->due_at < two->due_at ? -1 : 1;
  if (one->severity != two->severity)
    return one->severity > two->severity ? -1 : 1;
  if (one->opened_at != two->opened_at)
    return one->opened_at < two->opened_at ? -1 : 1;
  return strcmp (one->incident, two->incident);
}

static void
reload (IwSidebar *self)
{
  IwIncidentsFilter filter = {
    .open_only = TRUE, .stage = -1, .severity = -1, .classification = -1
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      iw_query_incidents (iw_workspace_get_store (self->workspace), &filter, IW_INCIDENTS_BY_DUE,
                          FALSE, 0, MAX_ROWS, &error);

  if (rows == NULL)
    {
      g_warning ("The open incidents could not be read: %s", error->message);
      return;
    }
  g_ptr_array_sort (rows, compare_rows);
  merge_rows (self, rows);
  gtk_stack_set_visible_child_name (self->stack, rows->len > 0 ? "list" : "empty");
  update_count (self);
  select_shown (self);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  GtkWidget *cell = iw_incident_cell_new ();
  GtkWidget *row = gtk_list_box_row_new ();

  iw_incident_cell_set_item (IW_INCIDENT_CELL (cell), item);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), cell);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, cell,
                                  NULL, -1);
  return row;
}

static gboolean
on_tick (gpointer data)
{
  IwSidebar *self = data;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    iw_incident_cell_update (IW_INCIDENT_CELL (gtk_list_box_row_get_child (row)));
  return G_SOURCE_CONTINUE;
}

static void
on_incident_activated (IwSidebar *self, GtkListBoxRow *row)
{
  IwIncidentItem *item = item_at (self, gtk_list_box_row_get_index (row));

  g_signal_emit (self, signals[INCIDENT_CHOSEN], 0, iw_incident_item_get_incident (item));
}

static void
on_place_activated (IwSidebar *self, GtkListBoxRow *row)
{
  if (row == self->directory_row)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.directory", NULL);
  else
    g_signal_emit (self, signals[ALL_CHOSEN], 0);
}

static void
iw_sidebar_dispose (GObject *object)
{
  IwSidebar *self = IW_SIDEBAR (object);

  self->selecting = TRUE; /* the lists go */
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_SIDEBAR);
  g_clear_object (&self->items);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (iw_sidebar_parent_class)->dispose (object);
}

static void
iw_sidebar_class_init (IwSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_sidebar_dispose;
  signals[INCIDENT_CHOSEN] =
      g_signal_new ("incident-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ALL_CHOSEN] = g_signal_new ("all-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (IW_TYPE_SYNC_INDICATOR);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, IwSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, IwSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, IwSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, IwSidebar, places);
  gtk_widget_class_bind_template_child (widget_class, IwSidebar, all_row);
  gtk_widget_class_bind_template_child (widget_class, IwSidebar, directory_row);
  gtk_widget_class_bind_template_child (widget_class, IwSidebar, count);
  gtk_widget_class_bind_template_child (widget_class, IwSidebar, sync);
  gtk_widget_class_bind_template_callback (widget_class, on_incident_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
}

static void
iw_sidebar_init (IwSidebar *self)
{
  self->items = g_list_store_new (IW_TYPE_INCIDENT_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->items), create_row, self, NULL);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
}

void
iw_sidebar_set_workspace (IwSidebar *self, IwWorkspace *workspace)
{
  g_autoptr (GMenuModel) menu = iw_main_menu_new (workspace);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_func (self->workspace, reload, self);
  g_set_object (&self->workspace, workspace);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  iw_sync_indicator_set_workspace (self->sync, workspace);
  if (workspace == NULL)
    {
      g_list_store_remove_all (self->items);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      gtk_label_set_text (self->count, "");
      return;
    }
  g_signal_connect_object (workspace, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
}

void
iw_sidebar_set_shown (IwSidebar *self, const char *incident)
{
  g_set_str (&self->shown, incident);
  select_shown (self);
}

gboolean
iw_sidebar_has_incidents (IwSidebar *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0;
}
