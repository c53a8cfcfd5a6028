#include "config.h"

#include "iw-item-list.h"

#include <glib/gi18n-lib.h>

/* A list shorter than this is seen at a glance. */
#define SEARCH_FROM 6

struct _IwItemList
{
  AdwBin parent_instance;

  IwItemModel *model;
  GtkBox *bar;
  GtkBox *summary;
  GtkSearchEntry *search;
  GtkDropDown *choice; /* hidden where there are no choices */
  GtkStack *stack;
  GtkListView *view;
  GPtrArray *widgets; /* (element-type IwItemRow): those that there are, whether shown or not */

  IwItemMenuFunc menu;
  IwItemHeadingFunc heading;
  gpointer data;
  gboolean has_choices;
  guint scroll_id; /* to the top, after the first rows */
  gboolean scrolled;
  gboolean narrow;
};

enum
{
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwItemList, iw_item_list, ADW_TYPE_BIN)

/* ---- rows ---- */

static void
on_widget_gone (gpointer data, GObject *gone)
{
  IwItemList *self = data;

  g_ptr_array_remove_fast (self->widgets, gone);
}

static void
on_setup (IwItemList *self, GtkListItem *list_item)
{
  GtkWidget *row = iw_item_row_new (self->menu, self->data);

  iw_item_row_set_narrow (IW_ITEM_ROW (row), self->narrow);
  g_ptr_array_add (self->widgets, row);
  g_object_weak_ref (G_OBJECT (row), on_widget_gone, self);
  gtk_list_item_set_child (list_item, row);
}

static void
tell_label (GtkListItem *list_item, IwItem *item)
{
  g_autofree char *description = iw_item_dup_description (item);
  const char *title = iw_item_get_text (item)->title;

  gtk_list_item_set_accessible_label (list_item, title != NULL ? title : "");
  gtk_list_item_set_accessible_description (list_item, description);
}

static void
on_bind (IwItemList *self, GtkListItem *list_item)
{
  IwItem *item = gtk_list_item_get_item (list_item);

  iw_item_row_set_item (IW_ITEM_ROW (gtk_list_item_get_child (list_item)), item);
  g_signal_connect_object (item, "changed", G_CALLBACK (tell_label), list_item, G_CONNECT_SWAPPED);
  tell_label (list_item, item);
}

static void
on_unbind (IwItemList *self, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), tell_label, list_item);
  iw_item_row_set_item (IW_ITEM_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
on_header_setup (IwItemList *self, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

static void
on_header_bind (IwItemList *self, GtkListHeader *header)
{
  guint section = iw_item_model_get_section (self->model, gtk_list_header_get_start (header));
  g_autofree char *text = self->heading (section, self->data);

  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), text);
}

static void
on_activated (IwItemList *self, guint position)
{
  g_autoptr (IwItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, iw_item_get_id (item));
}

/* ---- the row with the keyboard ---- */

static GtkWidget *
find_row (GtkWidget *widget)
{
  if (IW_IS_ITEM_ROW (widget))
    return widget;
  for (GtkWidget *child = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
popup_focused (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, widget))
    row = gtk_widget_get_ancestor (focus, IW_TYPE_ITEM_ROW);
  if (row == NULL && focus != NULL && focus != widget)
    row = find_row (focus);
  if (row == NULL)
    return FALSE;
  iw_item_row_popup (IW_ITEM_ROW (row));
  return TRUE;
}

static void
init_keys (IwItemList *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
  } keys[] = { { GDK_KEY_Menu, 0 }, { GDK_KEY_F10, GDK_SHIFT_MASK } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkEventController *controller = gtk_shortcut_controller_new ();

      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller),
          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                            gtk_callback_action_new (popup_focused, NULL, NULL)));
      gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
    }
}

/* ---- what is shown ---- */

/* GTK puts the first row on top and so hides the heading over it; this comes after its layout. */
static gboolean
scroll_to_top (gpointer data)
{
  IwItemList *self = data;

  self->scroll_id = 0;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), 0);
  return G_SOURCE_REMOVE;
}

static void
show_top (IwItemList *self)
{
  if (self->heading != NULL && self->scroll_id == 0)
    self->scroll_id = g_idle_add_full (G_PRIORITY_LOW, scroll_to_top, self, NULL);
}

static void
update (IwItemList *self)
{
  guint n = iw_item_model_get_n_rows (self->model);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  gboolean filtered = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' ||
                      (self->has_choices && gtk_drop_down_get_selected (self->choice) > 0);

  gtk_widget_set_visible (GTK_WIDGET (self->bar), n >= SEARCH_FROM || (n > 0 && filtered));
  gtk_widget_set_visible (GTK_WIDGET (self->summary), n > 0);
  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : any ? "list" : "no-match");
  if (any && !self->scrolled && gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    {
      self->scrolled = TRUE;
      show_top (self);
    }
}

static void
on_mapped (IwItemList *self)
{
  if (self->scrolled)
    return;
  self->scrolled = TRUE;
  show_top (self);
}

static void
on_filter_changed (IwItemList *self)
{
  guint choice = gtk_drop_down_get_selected (self->choice);

  if (self->model == NULL)
    return;
  self->scrolled = FALSE;
  iw_item_model_set_filter (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)),
                            choice == GTK_INVALID_LIST_POSITION ? 0 : choice);
  update (self);
}

static void
on_clear (IwItemList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (self->has_choices)
    gtk_drop_down_set_selected (self->choice, 0);
  on_filter_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_search_activated (IwItemList *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    on_activated (self, 0);
}

/* ---- the object ---- */

static void
iw_item_list_dispose (GObject *object)
{
  IwItemList *self = IW_ITEM_LIST (object);

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  for (guint i = 0; self->widgets != NULL && i < self->widgets->len; i++)
    g_object_weak_unref (self->widgets->pdata[i], on_widget_gone, self);
  g_clear_pointer (&self->widgets, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_item_list_parent_class)->dispose (object);
  g_clear_object (&self->model);
}

static void
iw_item_list_class_init (IwItemListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_item_list_dispose;
  signals[ACTIVATED] = g_signal_new ("activated", IW_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
new_no_match_page (IwItemList *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Clear Search"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-search-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing Matches"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("Try other words or fewer restrictions."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clear), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
clamped (GtkWidget *child)
{
  return g_object_new (ADW_TYPE_CLAMP, "maximum-size", 860, "child", child, NULL);
}

static void
init_bar (IwItemList *self)
{
  self->bar = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->choice = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_search_entry_set_placeholder_text (self->search, _ ("Search"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->search), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->choice), FALSE);
  gtk_box_append (self->bar, GTK_WIDGET (self->search));
  gtk_box_append (self->bar, GTK_WIDGET (self->choice));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (on_filter_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (on_search_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (on_filter_changed), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
new_view (IwItemList *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();

  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_list_view_set_tab_behavior (self->view, GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "iw-items");
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "map", G_CALLBACK (on_mapped), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 860);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  init_keys (self);
  return scrolled;
}

static void
iw_item_list_init (IwItemList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->widgets = g_ptr_array_new ();
  init_bar (self);
  self->summary = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, new_view (self), "list");
  gtk_stack_add_named (self->stack, new_no_match_page (self), "no-match");
  gtk_stack_add_named (self->stack, adw_bin_new (), "empty");
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->summary));
  gtk_widget_add_css_class (top, "iw-items-top");
  gtk_box_append (GTK_BOX (box), clamped (top));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
init_factories (IwItemList *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (rows, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rows, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rows, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, rows);
  if (self->heading == NULL)
    return;
  g_signal_connect_object (headers, "setup", G_CALLBACK (on_header_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (headers, "bind", G_CALLBACK (on_header_bind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_header_factory (self->view, headers);
}

GtkWidget *
iw_item_list_new (const IwItemSource *source,
                  const char *label,
                  IwItemMenuFunc menu,
                  IwItemHeadingFunc heading,
                  gpointer data)
{
  IwItemList *self = g_object_new (IW_TYPE_ITEM_LIST, NULL);
  GtkNoSelection *selection;

  self->menu = menu;
  self->heading = heading;
  self->data = data;
  self->model = iw_item_model_new (source);
  init_factories (self);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search"), -1);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

IwItemModel *
iw_item_list_get_model (IwItemList *self)
{
  return self->model;
}

void
iw_item_list_set_empty (IwItemList *self, GtkWidget *page)
{
  adw_bin_set_child (ADW_BIN (gtk_stack_get_child_by_name (self->stack, "empty")), page);
}

void
iw_item_list_set_choices (IwItemList *self, const char *label, const char *const *choices)
{
  g_autoptr (GtkStringList) strings = gtk_string_list_new (choices);

  self->has_choices = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (strings));
  gtk_widget_set_visible (GTK_WIDGET (self->choice), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

void
iw_item_list_set_choice (IwItemList *self, guint choice)
{
  gtk_drop_down_set_selected (self->choice, choice);
}

void
iw_item_list_set_summary (IwItemList *self, GtkWidget *widget)
{
  gtk_box_append (self->summary, widget);
}

void
iw_item_list_focus_find (IwItemList *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->bar)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

gboolean
iw_item_list_focus_item (IwItemList *self, const char *id)
{
  int position = iw_item_model_find (self->model, id);

  if (position < 0)
    return FALSE;
  gtk_list_view_scroll_to (self->view, (guint)position, GTK_LIST_SCROLL_FOCUS, NULL);
  return TRUE;
}

void
iw_item_list_set_narrow (IwItemList *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar), narrow && self->has_choices
                                                                  ? GTK_ORIENTATION_VERTICAL
                                                                  : GTK_ORIENTATION_HORIZONTAL);
  for (guint i = 0; i < self->widgets->len; i++)
    iw_item_row_set_narrow (self->widgets->pdata[i], narrow);
}
