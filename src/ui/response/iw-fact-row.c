#include "config.h"

#include "iw-fact-row.h"

#include "iw-ui.h"

struct _IwFactRow
{
  AdwPreferencesRow parent_instance;

  GtkBox *header;
  GtkBox *words;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *note;
  GtkLevelBar *level;
  AdwWrapBox *buttons;
  GtkImage *arrow;
  const char *tone_class; /* the one that the icon has; static */
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (IwFactRow, iw_fact_row, ADW_TYPE_PREFERENCES_ROW)

static void
show_icon (IwFactRow *self, const IwFact *fact)
{
  gtk_widget_set_visible (GTK_WIDGET (self->icon), fact->icon != NULL);
  gtk_image_set_from_icon_name (self->icon, fact->icon);
  if (self->tone_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), self->tone_class);
  self->tone_class = iw_tone_css_class (fact->tone);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), self->tone_class);
}

/* ---- buttons ---- */

static void
show_button (GtkButton *button, const IwFactButton *wanted)
{
  if (wanted->label != NULL)
    gtk_button_set_label (button, wanted->label);
  else
    gtk_button_set_icon_name (button, wanted->icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), wanted->spoken);
  /* What is written on it would come before what it is called. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  wanted->spoken, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), wanted->target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), wanted->action);
}

static void
show_buttons (IwFactRow *self, const IwFact *fact)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons));

  for (guint i = 0; i < fact->buttons->len; i++)
    {
      if (child == NULL)
        {
          child = gtk_button_new ();
          gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
          adw_wrap_box_append (self->buttons, child);
        }
      show_button (GTK_BUTTON (child), fact->buttons->pdata[i]);
      child = gtk_widget_get_next_sibling (child);
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      adw_wrap_box_remove (self->buttons, child);
      child = next;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), fact->buttons->len > 0);
}

/* ---- the whole ---- */

static void
show_level (IwFactRow *self, const IwFact *fact)
{
  gtk_widget_set_visible (GTK_WIDGET (self->level), fact->level >= 0);
  if (fact->level < 0)
    return;
  gtk_level_bar_set_value (self->level, CLAMP (fact->level, 0, 1));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fact->title, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, fact->subtitle,
                                  -1);
}

static void
show_action (IwFactRow *self, const IwFact *fact)
{
  gboolean form = fact->action != NULL && (g_str_equal (fact->action, "incident.form") ||
                                           g_str_has_prefix (fact->action, "response."));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self), fact->target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), fact->action);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), fact->action != NULL);
  gtk_image_set_from_icon_name (self->arrow, form ? "document-edit-symbolic" : "go-next-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), fact->action != NULL);
}

void
iw_fact_row_set_fact (IwFactRow *self, const IwFact *fact)
{
  g_autofree char *both =
      g_strconcat (fact->subtitle, *fact->note != '\0' ? "\n" : "", fact->note, NULL);

  g_return_if_fail (IW_IS_FACT_ROW (self));

  iw_ui_set_css_class (GTK_WIDGET (self), "property", fact->shape == IW_FACT_PROPERTY);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), fact->title);
  gtk_label_set_text (self->title, fact->title);
  gtk_label_set_text (self->subtitle, fact->subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *fact->subtitle != '\0');
  gtk_label_set_text (self->note, fact->note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *fact->note != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, fact->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, both, -1);
  show_icon (self, fact);
  show_level (self, fact);
  show_buttons (self, fact);
  show_action (self, fact);
}

void
iw_fact_row_set_narrow (IwFactRow *self, gboolean narrow)
{
  g_return_if_fail (IW_IS_FACT_ROW (self));

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  g_object_ref (self->buttons);
  gtk_box_remove (narrow ? self->header : self->words, GTK_WIDGET (self->buttons));
  if (narrow)
    gtk_box_append (self->words, GTK_WIDGET (self->buttons));
  else
    gtk_box_insert_child_after (self->header, GTK_WIDGET (self->buttons),
                                gtk_widget_get_prev_sibling (GTK_WIDGET (self->arrow)));
  iw_ui_set_css_class (GTK_WIDGET (self->buttons), "iw-below", narrow);
  g_object_unref (self->buttons);
}

static GtkLabel *
make_label (const char *class_name)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, class_name);
  return GTK_LABEL (label);
}

static void
iw_fact_row_class_init (IwFactRowClass *klass)
{
}

static void
iw_fact_row_init (IwFactRow *self)
{
  self->words = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->header = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  self->icon = GTK_IMAGE (
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->title = make_label ("title");
  self->subtitle = make_label ("subtitle");
  self->note = make_label ("caption");
  self->level = GTK_LEVEL_BAR (gtk_level_bar_new ());
  self->buttons = ADW_WRAP_BOX (adw_wrap_box_new ());
  self->arrow = GTK_IMAGE (
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));

  /* The nodes that libadwaita's own rows have, so that its style is theirs. */
  gtk_widget_add_css_class (GTK_WIDGET (self->header), "header");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "icon");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "title");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->level), "iw-time-gone");
  gtk_widget_add_css_class (GTK_WIDGET (self->arrow), "dimmed");
  gtk_widget_set_valign (GTK_WIDGET (self->words), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->buttons), GTK_ALIGN_CENTER);
  adw_wrap_box_set_child_spacing (self->buttons, 6);
  adw_wrap_box_set_line_spacing (self->buttons, 6);
  /* No colours of its own: a clock far from its end is no good news, one near it no failure. */
  gtk_level_bar_remove_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_FULL);

  gtk_box_append (self->words, GTK_WIDGET (self->title));
  gtk_box_append (self->words, GTK_WIDGET (self->subtitle));
  gtk_box_append (self->words, GTK_WIDGET (self->level));
  gtk_box_append (self->words, GTK_WIDGET (self->note));
  gtk_box_append (self->header, GTK_WIDGET (self->icon));
  gtk_box_append (self->header, GTK_WIDGET (self->words));
  gtk_box_append (self->header, GTK_WIDGET (self->buttons));
  gtk_box_append (self->header, GTK_WIDGET (self->arrow));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->header));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
iw_fact_row_new (void)
{
  return g_object_new (IW_TYPE_FACT_ROW, NULL);
}
