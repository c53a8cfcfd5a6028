#include "config.h"

#include "iw-reject-table.h"

#include <glib/gi18n-lib.h>

/* Rows are numbers into the array: the model holds no copies. */
struct _IwRejectTable
{
  GtkWidget parent_instance;
  GtkWidget *scroller;
  GListStore *model; /* (element-type GtkStringObject) the index as text */
  GPtrArray *rejects;
};

G_DEFINE_FINAL_TYPE (IwRejectTable, iw_reject_table, GTK_TYPE_WIDGET)

enum
{
  COLUMN_LINE,
  COLUMN_ROW,
  COLUMN_FIELD,
  COLUMN_REASON,
  COLUMN_VALUE,
};

static char *
cell_text (const IwReject *reject, guint column)
{
  switch (column)
    {
    case COLUMN_LINE:
      return g_strdup_printf ("%'" G_GINT64_FORMAT, reject->line);
    case COLUMN_ROW:
      return g_strdup_printf ("%'" G_GINT64_FORMAT, reject->row);
    case COLUMN_FIELD:
      return g_strdup (reject->field != NULL ? reject->field : "");
    case COLUMN_REASON:
      return g_strdup (reject->reason != NULL ? reject->reason : "");
    default:
      return g_strdup (reject->value != NULL ? reject->value : "");
    }
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  guint column = GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), column <= COLUMN_ROW ? 1 : 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  if (column == COLUMN_REASON)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_width_chars (GTK_LABEL (label), 26);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
    }
  else
    {
      gtk_label_set_ellipsize (GTK_LABEL (label),
                               column == COLUMN_VALUE ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
      gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
    }
  if (column == COLUMN_VALUE)
    gtk_label_set_width_chars (GTK_LABEL (label), 16);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  IwRejectTable *self = g_object_get_data (G_OBJECT (factory), "table");
  guint position = gtk_list_item_get_position (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = NULL;

  if (self->rejects == NULL || position >= self->rejects->len)
    return;
  text = cell_text (g_ptr_array_index (self->rejects, position), GPOINTER_TO_UINT (data));
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (
      label, GPOINTER_TO_UINT (data) == COLUMN_VALUE && *text != '\0' ? text : NULL);
}

static void
add_column (IwRejectTable *self, GtkColumnView *view, const char *title, guint which)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_object_set_data (G_OBJECT (factory), "table", self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (which));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (which));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, which >= COLUMN_REASON);
  gtk_column_view_append_column (view, column);
}

void
iw_reject_table_set_rejects (IwRejectTable *self, GPtrArray *rejects)
{
  g_return_if_fail (IW_IS_REJECT_TABLE (self));

  g_list_store_remove_all (self->model);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  self->rejects = g_ptr_array_ref (rejects);
  for (guint i = 0; i < rejects->len; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autoptr (GtkStringObject) item = gtk_string_object_new (text);

      g_list_store_append (self->model, item);
    }
}

static void
iw_reject_table_dispose (GObject *object)
{
  IwRejectTable *self = IW_REJECT_TABLE (object);

  if (self->model != NULL)
    g_list_store_remove_all (self->model);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_reject_table_parent_class)->dispose (object);
}

static void
iw_reject_table_class_init (IwRejectTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_reject_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
iw_reject_table_init (IwRejectTable *self)
{
  GtkSelectionModel *selection;
  GtkWidget *view;

  self->model = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  selection =
      GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->model))));
  view = gtk_column_view_new (selection);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rejected rows"), -1);
  /* Translators: columns of a table: the line of the file, the row (record), the field, the reason
   * why it was refused, the value that stands there */
  add_column (self, GTK_COLUMN_VIEW (view), _ ("Line"), COLUMN_LINE);
  add_column (self, GTK_COLUMN_VIEW (view), C_ ("of a table", "Row"), COLUMN_ROW);
  add_column (self, GTK_COLUMN_VIEW (view), _ ("Field"), COLUMN_FIELD);
  add_column (self, GTK_COLUMN_VIEW (view), _ ("Reason"), COLUMN_REASON);
  add_column (self, GTK_COLUMN_VIEW (view), _ ("Value"), COLUMN_VALUE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (self->scroller, "card");
  gtk_widget_set_overflow (self->scroller, GTK_OVERFLOW_HIDDEN);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
iw_reject_table_new (void)
{
  return g_object_new (IW_TYPE_REJECT_TABLE, NULL);
}
