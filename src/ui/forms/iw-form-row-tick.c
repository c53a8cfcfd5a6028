/* Yes or no. */
#include "config.h"

#include "iw-form-row-private.h"

typedef struct
{
  IwFormRow parent_instance;
} IwTickFormRow;

typedef IwFormRowClass IwTickFormRowClass;

G_DEFINE_FINAL_TYPE (IwTickFormRow, iw_tick_form_row, IW_TYPE_FORM_ROW)

static void
on_active (AdwSwitchRow *row, GParamSpec *pspec, gpointer data)
{
  iw_form_row_changed (data, adw_switch_row_get_active (row) ? "true" : "");
}

static GtkWidget *
make (IwFormRow *self)
{
  const IwFormField *field = iw_form_row_get_field (self);
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_form_field_label (field));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), iw_form_field_help (field));
  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_active), self, 0);
  return row;
}

static void
set_value (IwFormRow *self, const char *value)
{
  adw_switch_row_set_active (ADW_SWITCH_ROW (iw_form_row_get_control (self)), *value != '\0');
}

static void
iw_tick_form_row_class_init (IwTickFormRowClass *klass)
{
  klass->shows_help = TRUE;
  klass->make = make;
  klass->set_value = set_value;
}

static void
iw_tick_form_row_init (IwTickFormRow *self)
{
}
