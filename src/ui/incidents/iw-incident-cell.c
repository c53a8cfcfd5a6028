#include "config.h"

#include "iw-incident-cell.h"

#include "iw-ui.h"

struct _IwIncidentCell
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *words;
  GtkWidget *urgent;
  GtkWidget *overdue;
  IwIncidentItem *item;
  const char *severity_class; /* the one that the icon has; static */
};

G_DEFINE_FINAL_TYPE (IwIncidentCell, iw_incident_cell, GTK_TYPE_BOX)

void
iw_incident_cell_update (IwIncidentCell *self)
{
  g_autofree char *words = NULL, *spoken = NULL, *hint = NULL, *both = NULL;
  gint64 now = g_get_real_time ();
  const IwIncidentRow *row;

  if (self->item == NULL)
    return;
  row = iw_incident_item_get_row (self->item);
  words = iw_incident_row_words (row, now);
  spoken = iw_incident_row_spoken (row, now);
  hint = iw_incident_due_hint (row, now);
  gtk_label_set_text (self->title, row->title);
  gtk_label_set_text (self->words, words);
  both = g_strdup_printf ("%s, %s", row->title, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);

  gtk_widget_set_visible (self->urgent, row->urgent && row->closed_at == 0);
  gtk_widget_set_visible (self->overdue, iw_incident_is_overdue (row, now));
  gtk_widget_set_tooltip_text (self->overdue, hint);
  gtk_image_set_from_icon_name (self->icon, iw_incident_severity_icon (row->severity));
  if (self->severity_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), self->severity_class);
  self->severity_class = iw_incident_severity_class (row->severity);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), self->severity_class);
}

static void
iw_incident_cell_dispose (GObject *object)
{
  iw_incident_cell_set_item (IW_INCIDENT_CELL (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), IW_TYPE_INCIDENT_CELL);
  G_OBJECT_CLASS (iw_incident_cell_parent_class)->dispose (object);
}

static void
iw_incident_cell_class_init (IwIncidentCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_incident_cell_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-incident-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, IwIncidentCell, icon);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentCell, title);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentCell, words);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentCell, urgent);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentCell, overdue);
}

static void
iw_incident_cell_init (IwIncidentCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  iw_ui_tooltip_when_ellipsized (self->title);
  iw_ui_tooltip_when_ellipsized (self->words);
}

GtkWidget *
iw_incident_cell_new (void)
{
  return g_object_new (IW_TYPE_INCIDENT_CELL, NULL);
}

void
iw_incident_cell_set_item (IwIncidentCell *self, IwIncidentItem *item)
{
  if (item == self->item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, iw_incident_cell_update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (iw_incident_cell_update), self,
                           G_CONNECT_SWAPPED);
  iw_incident_cell_update (self);
}
