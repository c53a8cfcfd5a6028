/* One of several choices, in a drop-down. */
#include "config.h"

#include "iw-form-row-private.h"

#include <glib/gi18n-lib.h>

/* Longer words stand under the title. */
#define MAX_BESIDE 16

typedef struct
{
  IwFormRow parent_instance;

  GStrv values;
  char *value; /* as it was set, which may be none of the values */
} IwComboFormRow;

typedef IwFormRowClass IwComboFormRowClass;

G_DEFINE_FINAL_TYPE (IwComboFormRow, iw_combo_form_row, IW_TYPE_FORM_ROW)

static void
on_selected (AdwComboRow *row, GParamSpec *pspec, gpointer data)
{
  IwComboFormRow *self = data;
  guint selected = adw_combo_row_get_selected (row);

  if (self->values != NULL && selected < g_strv_length (self->values))
    iw_form_row_changed (data, self->values[selected]);
}

static GtkWidget *
make (IwFormRow *self)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 iw_form_field_label (iw_form_row_get_field (self)));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_selected), self, 0);
  return row;
}

static void
select_value (IwComboFormRow *self)
{
  AdwComboRow *row = ADW_COMBO_ROW (iw_form_row_get_control (IW_FORM_ROW (self)));

  for (guint i = 0; self->values != NULL && self->values[i] != NULL; i++)
    if (g_strcmp0 (self->values[i], self->value) == 0)
      {
        adw_combo_row_set_selected (row, i);
        return;
      }
  adw_combo_row_set_selected (
      row, self->values != NULL && self->values[0] != NULL ? 0 : GTK_INVALID_LIST_POSITION);
}

static void
set_value (IwFormRow *row, const char *value)
{
  IwComboFormRow *self = (IwComboFormRow *)row;

  g_set_str (&self->value, value);
  select_value (self);
}

static gboolean
has_empty (const IwChoice *choices)
{
  for (; choices->value != NULL; choices++)
    if (*choices->value == '\0')
      return TRUE;
  return FALSE;
}

static void
set_choices (IwFormRow *row, const IwChoice *choices)
{
  IwComboFormRow *self = (IwComboFormRow *)row;
  const IwFormField *field = iw_form_row_get_field (row);
  AdwComboRow *combo = ADW_COMBO_ROW (iw_form_row_get_control (row));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  glong longest = 0;
  GStrv built;

  if (!has_empty (choices))
    {
      gtk_string_list_append (labels, (field->flags & IW_FORM_FIELD_REQUIRED) != 0
                                          ? C_ ("choice", "Choose…")
                                          : C_ ("choice", "Not Stated"));
      g_strv_builder_add (values, "");
    }
  for (; choices->value != NULL; choices++)
    {
      const char *label = iw_form_field_choice_label (field, choices->value);

      gtk_string_list_append (labels, label);
      g_strv_builder_add (values, choices->value);
      longest = MAX (longest, g_utf8_strlen (label, -1));
    }
  built = g_strv_builder_end (values);
  if (self->values != NULL &&
      g_strv_equal ((const char *const *)built, (const char *const *)self->values))
    {
      g_strfreev (built);
      return;
    }
  g_strfreev (self->values);
  self->values = built;
  adw_combo_row_set_use_subtitle (combo, longest > MAX_BESIDE);
  adw_combo_row_set_model (combo, G_LIST_MODEL (labels));
  select_value (self);
}

static void
iw_combo_form_row_finalize (GObject *object)
{
  IwComboFormRow *self = (IwComboFormRow *)object;

  g_strfreev (self->values);
  g_free (self->value);
  G_OBJECT_CLASS (iw_combo_form_row_parent_class)->finalize (object);
}

static void
iw_combo_form_row_class_init (IwComboFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_combo_form_row_finalize;
  klass->make = make;
  klass->set_value = set_value;
  klass->set_choices = set_choices;
}

static void
iw_combo_form_row_init (IwComboFormRow *self)
{
}
