/* Any of some choices; the value is a line each. */
#include "config.h"

#include "iw-form-row-private.h"

typedef struct
{
  IwFormRow parent_instance;

  GPtrArray *buttons; /* (element-type GtkCheckButton), borrowed, in the order of the choices */
} IwSetFormRow;

typedef IwFormRowClass IwSetFormRowClass;

G_DEFINE_FINAL_TYPE (IwSetFormRow, iw_set_form_row, IW_TYPE_FORM_ROW)

static void
on_toggled (GtkCheckButton *button, gpointer data)
{
  IwSetFormRow *self = data;
  const IwChoice *choices = iw_form_row_get_field (data)->choices;
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (self->buttons->pdata[i]))
      g_string_append_printf (value, "%s%s", value->len > 0 ? "\n" : "", choices[i].value);
  iw_form_row_changed (data, value->str);
}

static void
add_choice (IwSetFormRow *self, GtkWidget *list, const char *label)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);
  g_ptr_array_add (self->buttons, button);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
make (IwFormRow *row)
{
  const IwFormField *field = iw_form_row_get_field (row);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  iw_form_field_label (field), -1);
  for (const IwChoice *choice = field->choices; choice->value != NULL; choice++)
    add_choice ((IwSetFormRow *)row, list, iw_form_field_choice_label (field, choice->value));
  return list;
}

static void
set_value (IwFormRow *row, const char *value)
{
  IwSetFormRow *self = (IwSetFormRow *)row;
  const IwChoice *choices = iw_form_row_get_field (row)->choices;
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (self->buttons->pdata[i],
                                 g_strv_contains ((const char *const *)lines, choices[i].value));
}

static GtkWidget *
get_focus (IwFormRow *row)
{
  return ((IwSetFormRow *)row)->buttons->pdata[0];
}

static void
iw_set_form_row_finalize (GObject *object)
{
  g_ptr_array_unref (((IwSetFormRow *)object)->buttons);
  G_OBJECT_CLASS (iw_set_form_row_parent_class)->finalize (object);
}

static void
iw_set_form_row_class_init (IwSetFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_set_form_row_finalize;
  klass->block = TRUE;
  klass->make = make;
  klass->set_value = set_value;
  klass->get_focus = get_focus;
}

static void
iw_set_form_row_init (IwSetFormRow *self)
{
  self->buttons = g_ptr_array_new ();
}
