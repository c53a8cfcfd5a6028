#include "config.h"

#include "iw-known-values.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  AdwEntryRow *row; /* owns this */
  GtkWidget *button;
  GtkWidget *list;
} KnownValues;

static gboolean
matches (GtkListBoxRow *list_row, gpointer data)
{
  KnownValues *self = data;
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->row)), -1);
  g_autofree char *value =
      g_utf8_casefold (gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (list_row))), -1);

  /* what already is one of the values does not hide the others */
  return strcmp (typed, value) == 0 || strstr (value, typed) != NULL ||
         g_object_get_data (G_OBJECT (self->list), "all") != NULL;
}

static void
on_opened (GtkWidget *popover, gpointer data)
{
  KnownValues *self = data;
  gboolean any = FALSE;

  g_object_set_data (G_OBJECT (self->list), "all", NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (self->list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    any |= matches (GTK_LIST_BOX_ROW (child), self);
  if (!any)
    g_object_set_data (G_OBJECT (self->list), "all", GINT_TO_POINTER (TRUE));
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *list_row, gpointer data)
{
  KnownValues *self = data;

  gtk_editable_set_text (GTK_EDITABLE (self->row),
                         gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (list_row))));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_widget_grab_focus (GTK_WIDGET (self->row));
  gtk_editable_set_position (GTK_EDITABLE (self->row), -1);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, gpointer data)
{
  KnownValues *self = data;

  if (key != GDK_KEY_Down || (state & gtk_accelerator_get_default_mod_mask ()) != GDK_ALT_MASK)
    return GDK_EVENT_PROPAGATE;
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_popover (KnownValues *self, const char *const *values)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Used before"), -1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  for (guint i = 0; values[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (values[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_list_box_append (GTK_LIST_BOX (self->list), label);
    }
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), matches, self, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_size_request (scroller, 200, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_activated), self);
  g_signal_connect (popover, "show", G_CALLBACK (on_opened), self);
  return popover;
}

void
iw_known_values_attach (AdwEntryRow *row, const char *const *values)
{
  KnownValues *self;
  GtkEventController *keys;

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  if (values == NULL || values[0] == NULL)
    return;
  self = g_new0 (KnownValues, 1);
  self->row = row;
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "pan-down-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), make_popover (self, values));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _ ("Used Before (Alt+Down)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Used before"), -1);
  gtk_widget_add_css_class (self->button, "flat");
  adw_entry_row_add_suffix (row, self->button);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (row), keys);
  g_object_set_data_full (G_OBJECT (row), "iw-known-values", self, g_free);
}
