#include "config.h"

#include "iw-reject-list.h"

#include <glib/gi18n-lib.h>

#include "iw-import-words.h"

/* Rows are positions in the array: the model holds no copies. */
struct _IwRejectList
{
  GtkWidget parent_instance;
  GtkWidget *scroller;
  GtkStringList *model; /* as many items as rejects */
  GPtrArray *rejects;
};

G_DEFINE_FINAL_TYPE (IwRejectList, iw_reject_list, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *place = make_label ("caption");
  GtkWidget *value = make_label ("monospace");

  gtk_widget_add_css_class (place, "dimmed");
  gtk_label_set_lines (GTK_LABEL (value), 3);
  gtk_label_set_ellipsize (GTK_LABEL (value), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), place);
  gtk_box_append (GTK_BOX (box), make_label (NULL));
  gtk_box_append (GTK_BOX (box), value);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  IwRejectList *self = data;
  guint position = gtk_list_item_get_position (item);
  GtkWidget *place = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *reason = gtk_widget_get_next_sibling (place);
  GtkWidget *value = gtk_widget_get_next_sibling (reason);
  const IwReject *reject;
  g_autofree char *where = NULL;
  g_autofree char *spoken = NULL;

  if (self->rejects == NULL || position >= self->rejects->len)
    return;
  reject = g_ptr_array_index (self->rejects, position);
  where = iw_import_words_place (reject);
  gtk_label_set_text (GTK_LABEL (place), where);
  gtk_label_set_text (GTK_LABEL (reason), reject->reason != NULL ? reject->reason : "");
  gtk_label_set_text (GTK_LABEL (value), reject->value != NULL ? reject->value : "");
  gtk_widget_set_visible (value, reject->value != NULL && *reject->value != '\0');
  spoken = g_strdup_printf ("%s: %s %s", where, reject->reason != NULL ? reject->reason : "",
                            reject->value != NULL ? reject->value : "");
  gtk_list_item_set_accessible_label (item, spoken);
}

void
iw_reject_list_set_rejects (IwRejectList *self, GPtrArray *rejects)
{
  g_autofree const char **names = g_new0 (const char *, rejects->len + 1);

  g_return_if_fail (IW_IS_REJECT_LIST (self));

  for (guint i = 0; i < rejects->len; i++)
    names[i] = "";
  g_ptr_array_ref (rejects);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  self->rejects = rejects;
  gtk_string_list_splice (self->model, 0, g_list_model_get_n_items (G_LIST_MODEL (self->model)),
                          names);
}

static void
iw_reject_list_dispose (GObject *object)
{
  IwRejectList *self = IW_REJECT_LIST (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_reject_list_parent_class)->dispose (object);
}

static void
iw_reject_list_class_init (IwRejectListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_reject_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
iw_reject_list_init (IwRejectList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection;
  GtkWidget *view;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->model = gtk_string_list_new (NULL);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rejected rows"), -1);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (self->scroller, "card");
  gtk_widget_set_overflow (self->scroller, GTK_OVERFLOW_HIDDEN);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
iw_reject_list_new (void)
{
  return g_object_new (IW_TYPE_REJECT_LIST, NULL);
}
