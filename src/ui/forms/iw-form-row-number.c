/* A whole number from 0 on. */
#include "config.h"

#include "iw-form-row-private.h"

typedef struct
{
  IwFormRow parent_instance;
} IwNumberFormRow;

typedef IwFormRowClass IwNumberFormRowClass;

G_DEFINE_FINAL_TYPE (IwNumberFormRow, iw_number_form_row, IW_TYPE_FORM_ROW)

static void
on_value (AdwSpinRow *row, GParamSpec *pspec, gpointer data)
{
  g_autofree char *value = g_strdup_printf ("%.0f", adw_spin_row_get_value (row));

  iw_form_row_changed (data, value);
}

static GtkWidget *
make (IwFormRow *self)
{
  const IwFormField *field = iw_form_row_get_field (self);
  GtkWidget *row = adw_spin_row_new_with_range (0, 1e9, 1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_form_field_label (field));
  g_signal_connect_object (row, "notify::value", G_CALLBACK (on_value), self, 0);
  return row;
}

static void
set_value (IwFormRow *self, const char *value)
{
  adw_spin_row_set_value (ADW_SPIN_ROW (iw_form_row_get_control (self)),
                          g_ascii_strtoull (value, NULL, 10));
}

static void
iw_number_form_row_class_init (IwNumberFormRowClass *klass)
{
  klass->make = make;
  klass->set_value = set_value;
}

static void
iw_number_form_row_init (IwNumberFormRow *self)
{
}
