#include "config.h"

#include "iw-incident-chooser.h"

#include "iw-incident-cell.h"
#include "iw-ui.h"

/* The most urgent ones; others are reached by opening their page first. */
#define MAX_ROWS 100

struct _IwIncidentChooser
{
  AdwDialog parent_instance;

  GtkListBox *list;
  GListStore *items;
};

enum
{
  CHOSEN,
  NEW_WANTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwIncidentChooser, iw_incident_chooser, ADW_TYPE_DIALOG)

static void
on_new_activated (IwIncidentChooser *self)
{
  g_autoptr (IwIncidentChooser) alive = g_object_ref (self);

  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[NEW_WANTED], 0);
}

static void
on_incident_activated (IwIncidentChooser *self, GtkListBoxRow *row)
{
  g_autoptr (IwIncidentChooser) alive = g_object_ref (self);
  g_autoptr (IwIncidentItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->items), gtk_list_box_row_get_index (row));

  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, iw_incident_item_get_incident (item));
}

static void
iw_incident_chooser_dispose (GObject *object)
{
  IwIncidentChooser *self = IW_INCIDENT_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_INCIDENT_CHOOSER);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (iw_incident_chooser_parent_class)->dispose (object);
}

static void
iw_incident_chooser_class_init (IwIncidentChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_incident_chooser_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NEW_WANTED] = g_signal_new ("new-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-incident-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, IwIncidentChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, on_new_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_incident_activated);
}

static void
iw_incident_chooser_init (IwIncidentChooser *self)
{
  self->items = g_list_store_new (IW_TYPE_INCIDENT_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  GtkWidget *cell = iw_incident_cell_new ();

  iw_incident_cell_set_item (IW_INCIDENT_CELL (cell), item);
  return cell;
}

AdwDialog *
iw_incident_chooser_new (IwWorkspace *workspace)
{
  IwIncidentChooser *self = g_object_new (IW_TYPE_INCIDENT_CHOOSER, NULL);
  IwIncidentsFilter filter = {
    .open_only = TRUE, .stage = -1, .severity = -1, .classification = -1
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      iw_query_incidents (iw_workspace_get_store (workspace), &filter, IW_INCIDENTS_BY_URGENCY,
                          FALSE, 0, MAX_ROWS, &error);

  if (rows == NULL)
    g_warning ("The open incidents could not be read: %s", error->message);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (IwIncidentItem) item = iw_incident_item_new (rows->pdata[i]);

      g_list_store_append (self->items, item);
    }
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->items), create_row, self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0);
  return ADW_DIALOG (self);
}
