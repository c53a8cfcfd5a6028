#include "config.h"

#include "iw-picker-page.h"

#include <glib/gi18n-lib.h>

#include "iw-ui.h"

struct _IwPickerPage
{
  AdwNavigationPage parent_instance;

  GtkEditable *search;
  GtkListView *list;
  GtkStack *stack;
  AdwStatusPage *empty;
  GListModel *items;
  GtkFilterListModel *found;
  GtkFilter *filter;
  char *folded; /* what is searched for */
};

enum
{
  TOGGLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwPickerPage, iw_picker_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- rows ---- */

static void
on_chosen (IwPickerItem *item, GParamSpec *pspec, GtkListItem *list_item)
{
  gboolean chosen = iw_picker_item_get_chosen (item);
  const char *subtitle = iw_picker_item_get_subtitle (item);
  GtkWidget *check = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  g_autofree char *said =
      g_strjoin (*subtitle != '\0' ? ", " : "", iw_picker_item_get_title (item), subtitle, NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
  gtk_list_item_set_accessible_label (list_item, said);
  /* Translators: of a row in a list to pick from, for a screen reader */
  gtk_list_item_set_accessible_description (list_item, chosen ? _ ("Picked") : _ ("Not picked"));
}

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, style);
      gtk_widget_add_css_class (label, "caption");
    }
  return label;
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *check = gtk_check_button_new ();

  /* The row is what is activated and read. */
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_focusable (check, FALSE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_box_append (GTK_BOX (words), make_label (NULL));
  gtk_box_append (GTK_BOX (words), make_label ("dimmed"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), check);
  gtk_box_append (GTK_BOX (row), words);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  IwPickerItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *check = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_next_sibling (check));
  GtkWidget *subtitle = gtk_widget_get_next_sibling (title);
  const char *words = iw_picker_item_get_subtitle (item);

  gtk_label_set_text (GTK_LABEL (title), iw_picker_item_get_title (item));
  gtk_label_set_text (GTK_LABEL (subtitle), words);
  gtk_widget_set_visible (subtitle, *words != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  iw_picker_item_get_title (item), -1);
  g_signal_connect (item, "notify::chosen", G_CALLBACK (on_chosen), list_item);
  on_chosen (item, NULL, list_item);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), list_item);
}

/* ---- picking and finding ---- */

static void
toggle (IwPickerPage *self, guint position)
{
  g_autoptr (IwPickerItem) item = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (item == NULL)
    return;
  iw_picker_item_set_chosen (item, !iw_picker_item_get_chosen (item));
  g_signal_emit (self, signals[TOGGLED], 0, iw_picker_item_get_id (item),
                 iw_picker_item_get_chosen (item));
}

static void
on_activate (IwPickerPage *self, guint position)
{
  toggle (self, position);
}

static gboolean
on_space (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  IwPickerPage *self = data;
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list));

  toggle (self, gtk_single_selection_get_selected (selection));
  return TRUE;
}

static gboolean
matches (gpointer item, gpointer data)
{
  return iw_picker_item_matches (item, ((IwPickerPage *)data)->folded);
}

static void
show_state (IwPickerPage *self)
{
  gboolean any = g_list_model_get_n_items (self->items) > 0;
  gboolean found = g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0;

  gtk_stack_set_visible_child_name (self->stack, !any ? "empty" : found ? "list" : "no-match");
  gtk_widget_set_visible (GTK_WIDGET (self->search), any);
}

static void
on_search_changed (IwPickerPage *self)
{
  g_free (self->folded);
  self->folded = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
}

/* Enter in the search picks what is found first: type, Enter, type, Enter. */
static void
on_search_activated (IwPickerPage *self)
{
  if (*gtk_editable_get_text (self->search) == '\0')
    return;
  on_search_changed (self);
  toggle (self, 0);
  gtk_editable_select_region (self->search, 0, -1);
}

/* Escape first clears the search, then leaves. */
static void
on_search_stopped (IwPickerPage *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

static void
on_search_next (IwPickerPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_shown (IwPickerPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* ---- the object ---- */

static void
iw_picker_page_dispose (GObject *object)
{
  IwPickerPage *self = IW_PICKER_PAGE (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_PICKER_PAGE);
  g_clear_object (&self->found);
  g_clear_object (&self->items);
  g_clear_pointer (&self->folded, g_free);
  G_OBJECT_CLASS (iw_picker_page_parent_class)->dispose (object);
}

static void
iw_picker_page_class_init (IwPickerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_picker_page_dispose;
  signals[TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-picker-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwPickerPage, search);
  gtk_widget_class_bind_template_child (widget_class, IwPickerPage, list);
  gtk_widget_class_bind_template_child (widget_class, IwPickerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwPickerPage, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
add_keys (IwPickerPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                        gtk_callback_action_new (on_space, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

static void
iw_picker_page_init (IwPickerPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->folded = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), NULL);
  gtk_list_view_set_factory (self->list, factory);
  add_keys (self);
  /* Typing searches wherever the keyboard is. */
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
  g_signal_connect (self, "shown", G_CALLBACK (on_shown), NULL);
  g_signal_connect_object (self->search, "next-match", G_CALLBACK (on_search_next), self,
                           G_CONNECT_SWAPPED);
}

AdwNavigationPage *
iw_picker_page_new (const char *title, GListModel *items, const char *empty)
{
  IwPickerPage *self = g_object_new (IW_TYPE_PICKER_PAGE, "title", title, NULL);
  GtkSelectionModel *selection;

  self->items = items;
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->found = gtk_filter_list_model_new (g_object_ref (items), self->filter);
  gtk_filter_list_model_set_incremental (self->found, g_list_model_get_n_items (items) > 2000);
  selection =
      GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->found))));
  gtk_list_view_set_model (self->list, selection);
  g_object_unref (selection);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_status_page_set_description (self->empty, empty);
  show_state (self);
  return ADW_NAVIGATION_PAGE (self);
}
