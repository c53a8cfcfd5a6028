/* One line of text; names are completed from the directory. */
#include "config.h"

#include "iw-form-row-private.h"

#include <glib/gi18n-lib.h>

#include "iw-completion.h"
#include "iw-duration.h"

typedef struct
{
  IwFormRow parent_instance;
} IwEntryFormRow;

typedef IwFormRowClass IwEntryFormRowClass;

G_DEFINE_FINAL_TYPE (IwEntryFormRow, iw_entry_form_row, IW_TYPE_FORM_ROW)

static void
show_understood (IwFormRow *self, const char *text)
{
  g_autofree char *hint = NULL;
  g_autofree char *words = NULL;
  gint64 minutes;

  if (iw_form_row_get_field (self)->input != IW_INPUT_DURATION)
    return;
  if (iw_duration_parse (text, &minutes))
    {
      words = iw_duration_format (minutes);
      if (g_strcmp0 (words, text) != 0)
        /* Translators: %s is a duration as it was understood: "1 h 30 min" */
        hint = g_strdup_printf (_ ("Understood as %s"), words);
    }
  iw_form_row_set_hint (self, hint);
}

static void
on_changed (GtkEditable *editable, gpointer data)
{
  iw_form_row_changed (data, gtk_editable_get_text (editable));
  show_understood (data, gtk_editable_get_text (editable));
}

/* The team's members and whoever was named before; a team, role or person. */
static char **
get_names (gpointer data)
{
  IwFormRow *self = data;
  IwSituation *situation = iw_form_row_get_context (self)->situation;

  if (situation == NULL)
    return g_new0 (char *, 1);
  return iw_form_row_get_field (self)->input == IW_INPUT_PERSON
             ? iw_situation_get_people (situation)
             : iw_situation_get_teams (situation);
}

static GtkWidget *
make (IwFormRow *self)
{
  const IwFormField *field = iw_form_row_get_field (self);
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_form_field_label (field));
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, 0);
  if (field->input == IW_INPUT_PERSON || field->input == IW_INPUT_TEAM)
    iw_completion_attach (ADW_ENTRY_ROW (row), _ ("From the Directory"), get_names, self);
  return row;
}

static void
set_value (IwFormRow *self, const char *value)
{
  GtkEditable *editable = GTK_EDITABLE (iw_form_row_get_control (self));

  if (g_strcmp0 (gtk_editable_get_text (editable), value) != 0)
    gtk_editable_set_text (editable, value);
}

static void
iw_entry_form_row_class_init (IwEntryFormRowClass *klass)
{
  klass->make = make;
  klass->set_value = set_value;
}

static void
iw_entry_form_row_init (IwEntryFormRow *self)
{
}
