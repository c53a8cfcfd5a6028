#include "config.h"

#include "iw-hint-row.h"

struct _IwHintRow
{
  AdwPreferencesRow parent_instance;
};

G_DEFINE_FINAL_TYPE (IwHintRow, iw_hint_row, ADW_TYPE_PREFERENCES_ROW)

static gboolean
iw_hint_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *next = widget;

  do
    next = back ? gtk_widget_get_prev_sibling (next) : gtk_widget_get_next_sibling (next);
  while (next != NULL && !gtk_widget_get_visible (next));
  return next != NULL && gtk_widget_child_focus (next, direction);
}

static void
iw_hint_row_class_init (IwHintRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = iw_hint_row_focus;
}

static void
iw_hint_row_init (IwHintRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

GtkWidget *
iw_hint_row_new (GtkWidget *label)
{
  IwHintRow *self = g_object_new (IW_TYPE_HINT_ROW, NULL);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
  return GTK_WIDGET (self);
}
