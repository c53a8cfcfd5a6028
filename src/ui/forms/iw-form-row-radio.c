/* One of a few choices with long words: all are read at once. */
#include "config.h"

#include "iw-form-row-private.h"

typedef struct
{
  IwFormRow parent_instance;

  GPtrArray *buttons; /* (element-type GtkCheckButton), borrowed */
  GStrv values;
  char *value;
} IwRadioFormRow;

typedef IwFormRowClass IwRadioFormRowClass;

G_DEFINE_FINAL_TYPE (IwRadioFormRow, iw_radio_form_row, IW_TYPE_FORM_ROW)

static void
on_toggled (GtkCheckButton *button, gpointer data)
{
  IwRadioFormRow *self = data;
  guint index;

  if (!gtk_check_button_get_active (button) || !g_ptr_array_find (self->buttons, button, &index))
    return;
  g_set_str (&self->value, self->values[index]);
  iw_form_row_changed (data, self->value);
}

static GtkWidget *
make (IwFormRow *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  iw_form_field_label (iw_form_row_get_field (self)), -1);
  return list;
}

static void
select_value (IwRadioFormRow *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (self->buttons->pdata[i],
                                 g_strcmp0 (self->values[i], self->value) == 0);
}

static void
set_value (IwFormRow *row, const char *value)
{
  IwRadioFormRow *self = (IwRadioFormRow *)row;

  g_set_str (&self->value, value);
  select_value (self);
}

static void
add_choice (IwRadioFormRow *self, const char *label)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  if (self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->buttons->pdata[0]);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_ptr_array_add (self->buttons, button);
  gtk_list_box_append (GTK_LIST_BOX (iw_form_row_get_control (IW_FORM_ROW (self))), row);
}

static void
set_choices (IwFormRow *row, const IwChoice *choices)
{
  IwRadioFormRow *self = (IwRadioFormRow *)row;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GStrv values;

  for (const IwChoice *choice = choices; choice->value != NULL; choice++)
    g_strv_builder_add (builder, choice->value);
  values = g_strv_builder_end (builder);
  if (self->values != NULL &&
      g_strv_equal ((const char *const *)values, (const char *const *)self->values))
    {
      g_strfreev (values);
      return;
    }
  g_strfreev (self->values);
  self->values = values;
  g_ptr_array_set_size (self->buttons, 0);
  gtk_list_box_remove_all (GTK_LIST_BOX (iw_form_row_get_control (row)));
  for (char **value = values; *value != NULL; value++)
    add_choice (self, iw_form_field_choice_label (iw_form_row_get_field (row), *value));
  select_value (self);
  for (guint i = 0; i < self->buttons->len; i++)
    g_signal_connect_object (self->buttons->pdata[i], "toggled", G_CALLBACK (on_toggled), self, 0);
}

static GtkWidget *
get_focus (IwFormRow *row)
{
  GPtrArray *buttons = ((IwRadioFormRow *)row)->buttons;

  for (guint i = 0; i < buttons->len; i++)
    if (gtk_check_button_get_active (buttons->pdata[i]))
      return buttons->pdata[i];
  return buttons->len > 0 ? buttons->pdata[0] : iw_form_row_get_control (row);
}

static void
iw_radio_form_row_finalize (GObject *object)
{
  IwRadioFormRow *self = (IwRadioFormRow *)object;

  g_ptr_array_unref (self->buttons);
  g_strfreev (self->values);
  g_free (self->value);
  G_OBJECT_CLASS (iw_radio_form_row_parent_class)->finalize (object);
}

static void
iw_radio_form_row_class_init (IwRadioFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_radio_form_row_finalize;
  klass->block = TRUE;
  klass->make = make;
  klass->set_value = set_value;
  klass->set_choices = set_choices;
  klass->get_focus = get_focus;
}

static void
iw_radio_form_row_init (IwRadioFormRow *self)
{
  self->buttons = g_ptr_array_new ();
}
