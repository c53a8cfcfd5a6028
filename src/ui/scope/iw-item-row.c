#include "config.h"

#include "iw-item-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_STATE 36 /* characters */

struct _IwItemRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkBox *words;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkBox *warning;
  GtkLabel *warning_text;
  GtkBox *state;
  GtkImage *mark;
  GtkLabel *state_text;
  GtkWidget *menu; /* NULL for rows without one */

  IwItem *item;
  IwItemMenuFunc make_menu;
  gpointer data;
  const char *tone_class; /* static */
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (IwItemRow, iw_item_row, GTK_TYPE_BOX)

static const char *
shown (const char *text)
{
  return text != NULL ? text : "";
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, shown (text));
  gtk_widget_set_visible (GTK_WIDGET (label), *shown (text) != '\0');
}

static void
show_text (IwItemRow *self)
{
  const IwItemText *text = iw_item_get_text (self->item);

  gtk_widget_set_visible (GTK_WIDGET (self->icon), text->icon != NULL);
  gtk_image_set_from_icon_name (self->icon, text->icon);
  gtk_label_set_text (self->title, shown (text->title));
  set_label (self->subtitle, text->subtitle);
  set_label (self->state_text, text->state);
  /* What is short is shown whole, however long the words beside it are. */
  gtk_label_set_ellipsize (self->state_text, g_utf8_strlen (shown (text->state), -1) > MAX_STATE
                                                 ? PANGO_ELLIPSIZE_END
                                                 : PANGO_ELLIPSIZE_NONE);
  gtk_image_set_from_icon_name (self->mark, text->mark);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), text->mark != NULL);
  if (self->tone_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->mark), self->tone_class);
  self->tone_class = iw_tone_css_class (text->tone);
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), self->tone_class);
  gtk_widget_set_visible (GTK_WIDGET (self->state), *shown (text->state) != '\0');
  gtk_label_set_text (self->warning_text, shown (text->warning));
  gtk_widget_set_visible (GTK_WIDGET (self->warning), *shown (text->warning) != '\0');
  if (self->menu != NULL)
    {
      /* Translators: %s is what the row is about. */
      g_autofree char *words = g_strdup_printf (_ ("Menu of %s"), shown (text->title));

      gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      words, -1);
    }
}

void
iw_item_row_set_item (IwItemRow *self, IwItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_text, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (show_text), self, G_CONNECT_SWAPPED);
  show_text (self);
}

void
iw_item_row_set_narrow (IwItemRow *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  g_object_ref (self->state);
  gtk_box_remove (narrow ? GTK_BOX (self) : self->words, GTK_WIDGET (self->state));
  if (narrow)
    gtk_box_append (self->words, GTK_WIDGET (self->state));
  else
    gtk_box_insert_child_after (GTK_BOX (self), GTK_WIDGET (self->state), GTK_WIDGET (self->words));
  g_object_unref (self->state);
}

/* ---- the menu ---- */

static void
on_create_menu (GtkMenuButton *button, gpointer data)
{
  IwItemRow *self = data;
  g_autoptr (GMenuModel) menu =
      self->item != NULL ? self->make_menu (self->item, self->data) : NULL;

  gtk_menu_button_set_menu_model (button, menu);
}

void
iw_item_row_popup (IwItemRow *self)
{
  if (self->menu != NULL)
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}

static void
on_secondary (IwItemRow *self)
{
  iw_item_row_popup (self);
}

static void
add_menu (IwItemRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->menu, _ ("Actions"));
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), on_create_menu, self, NULL);
  gtk_box_append (GTK_BOX (self), self->menu);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_secondary), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* ---- the object ---- */

static GtkImage *
new_image (const char *icon)
{
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "icon-name", icon, "valign", GTK_ALIGN_CENTER, NULL);

  return GTK_IMAGE (image);
}

static GtkLabel *
new_label (const char *class_name, int lines)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (lines > 0)
    {
      gtk_label_set_lines (GTK_LABEL (label), lines);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    }
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);
  return GTK_LABEL (label);
}

static void
iw_item_row_dispose (GObject *object)
{
  iw_item_row_set_item (IW_ITEM_ROW (object), NULL);
  G_OBJECT_CLASS (iw_item_row_parent_class)->dispose (object);
}

static void
iw_item_row_class_init (IwItemRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_item_row_dispose;
}

static void
iw_item_row_init (IwItemRow *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->icon = new_image (NULL);
  self->words = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  self->title = new_label (NULL, 3);
  self->subtitle = new_label ("caption", 3);
  self->warning = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->warning_text = new_label ("caption", 0);
  self->state = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->mark = new_image (NULL);
  self->state_text = new_label ("caption", 1);
  gtk_label_set_wrap (self->state_text, FALSE);
  gtk_label_set_width_chars (self->state_text, -1);
  gtk_label_set_max_width_chars (self->state_text, MAX_STATE);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->state_text), "numeric");
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->words), GTK_ALIGN_CENTER);
  gtk_box_append (self->warning, GTK_WIDGET (new_image ("dialog-warning-symbolic")));
  gtk_box_append (self->warning, GTK_WIDGET (self->warning_text));
  gtk_widget_add_css_class (GTK_WIDGET (self->warning), "warning");
  gtk_box_append (self->state, GTK_WIDGET (self->mark));
  gtk_box_append (self->state, GTK_WIDGET (self->state_text));
  gtk_box_append (self->words, GTK_WIDGET (self->title));
  gtk_box_append (self->words, GTK_WIDGET (self->subtitle));
  gtk_box_append (self->words, GTK_WIDGET (self->warning));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->state));
}

GtkWidget *
iw_item_row_new (IwItemMenuFunc menu, gpointer data)
{
  IwItemRow *self = g_object_new (IW_TYPE_ITEM_ROW, NULL);

  self->make_menu = menu;
  self->data = data;
  if (menu != NULL)
    add_menu (self);
  return GTK_WIDGET (self);
}
