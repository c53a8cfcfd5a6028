#include "config.h"

#include "iw-completion.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More would not be read. */
#define MAX_OFFERED 8

typedef struct
{
  AdwEntryRow *row; /* owns this */
  GtkWidget *popover;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  IwCompletionFunc func;
  gpointer data;
  gboolean taking; /* the text is set from the list */
} Completion;

static gboolean
is_open (Completion *self)
{
  return gtk_widget_get_visible (self->popover);
}

static void
tell_active (Completion *self)
{
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->row)));
  GtkListBoxRow *selected = is_open (self) ? gtk_list_box_get_selected_row (self->list) : NULL;

  gtk_accessible_update_state (text, GTK_ACCESSIBLE_STATE_EXPANDED, is_open (self), -1);
  if (selected != NULL)
    gtk_accessible_update_relation (text, GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, selected, -1);
  else
    gtk_accessible_reset_relation (text, GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static void
close_list (Completion *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  tell_active (self);
}

static void
add_offer (Completion *self, const char *value)
{
  GtkWidget *label = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_append (self->list, label);
}

static gboolean
contains (const char *value, const char *folded)
{
  g_autofree char *key = g_utf8_casefold (value, -1);

  return strstr (key, folded) != NULL;
}

/* @all: whatever is typed. FALSE where there is nothing to offer. */
static gboolean
fill (Completion *self, gboolean all)
{
  g_auto (GStrv) values = self->func (self->data);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->row));
  g_autofree char *folded = g_utf8_casefold (typed, -1);
  guint n = 0;

  gtk_list_box_remove_all (self->list);
  for (char **value = values; *value != NULL && (all || n < MAX_OFFERED); value++)
    {
      if (!all && (strcmp (*value, typed) == 0 || !contains (*value, folded)))
        continue;
      add_offer (self, *value);
      n++;
    }
  /* A scroller has a height of its own that a short list would not fill. */
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER,
                                  n > MAX_OFFERED ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  return n > 0;
}

static void
open_list (Completion *self, gboolean all)
{
  if (fill (self, all))
    {
      gtk_widget_set_size_request (self->popover,
                                   MIN (280, gtk_widget_get_width (GTK_WIDGET (self->row))), -1);
      gtk_popover_popup (GTK_POPOVER (self->popover));
      tell_active (self);
    }
  else
    close_list (self);
}

static void
on_changed (AdwEntryRow *row, Completion *self)
{
  gboolean focused =
      (gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  if (self->taking || !focused)
    return;
  if (*gtk_editable_get_text (GTK_EDITABLE (row)) == '\0')
    close_list (self);
  else
    open_list (self, FALSE);
}

static void
take (Completion *self, GtkListBoxRow *list_row)
{
  GtkLabel *label = GTK_LABEL (gtk_list_box_row_get_child (list_row));

  self->taking = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->row), gtk_label_get_text (label));
  self->taking = FALSE;
  close_list (self);
  adw_entry_row_grab_focus_without_selecting (self->row);
  gtk_editable_set_position (GTK_EDITABLE (self->row), -1);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *list_row, gpointer data)
{
  take (data, list_row);
}

static void
move (Completion *self, int step)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int index = selected != NULL ? gtk_list_box_row_get_index (selected) + step : step > 0 ? 0 : -1;
  GtkListBoxRow *next = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  if (next == NULL && index >= 0)
    return;
  gtk_list_box_select_row (self->list, next);
  if (next != NULL)
    {
      GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_VIEWPORT);

      if (scroller != NULL)
        gtk_viewport_scroll_to (GTK_VIEWPORT (scroller), GTK_WIDGET (next), NULL);
    }
  tell_active (self);
}

static gboolean
on_open_key (Completion *self, guint key)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_Up:
      move (self, key == GDK_KEY_Down ? 1 : -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (selected == NULL)
        return GDK_EVENT_PROPAGATE;
      take (self, selected);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      close_list (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, gpointer data)
{
  Completion *self = data;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (key == GDK_KEY_Down && !is_open (self) && modifiers == GDK_ALT_MASK)
    {
      open_list (self, TRUE);
      return is_open (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    }
  return is_open (self) && modifiers == 0 ? on_open_key (self, key) : GDK_EVENT_PROPAGATE;
}

static void
on_button (Completion *self)
{
  if (is_open (self))
    {
      close_list (self);
      return;
    }
  adw_entry_row_grab_focus_without_selecting (self->row);
  open_list (self, TRUE);
}

static void
make_popover (Completion *self, const char *label)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->scroller = GTK_SCROLLED_WINDOW (scroller);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  gtk_widget_set_focusable (GTK_WIDGET (self->list), FALSE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->row));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
}

static void
add_button (Completion *self, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("pan-down-symbolic");
  /* Translators: %s is a list to choose from: "From the Directory" */
  g_autofree char *tooltip = g_strdup_printf (_ ("%s (Alt+Down)"), label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  /* The keyboard has Alt+Down. */
  gtk_widget_set_focus_on_click (button, FALSE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_button), self);
  adw_entry_row_add_suffix (self->row, button);
}

static void
on_destroy (GtkWidget *row, Completion *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

void
iw_completion_attach (AdwEntryRow *row, const char *label, IwCompletionFunc func, gpointer data)
{
  Completion *self = g_new0 (Completion, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->row = row;
  self->func = func;
  self->data = data;
  make_popover (self, label);
  add_button (self, label);
  g_signal_connect (row, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (row, "destroy", G_CALLBACK (on_destroy), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (row), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (close_list), self);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
  g_object_set_data_full (G_OBJECT (row), "iw-completion", self, g_free);
}
