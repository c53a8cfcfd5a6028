/* A time: typed as people say it, with how it was understood beneath, and "Now". */
#include "config.h"

#include "iw-form-row-private.h"

#include <glib/gi18n-lib.h>

#include "iw-form-time.h"

typedef struct
{
  IwFormRow parent_instance;

  char *value; /* RFC 3339, or what was typed and not understood */
} IwTimeFormRow;

typedef IwFormRowClass IwTimeFormRowClass;

G_DEFINE_FINAL_TYPE (IwTimeFormRow, iw_time_form_row, IW_TYPE_FORM_ROW)

static GTimeZone *
get_zone (IwFormRow *self)
{
  return iw_time_display_get_zone (iw_form_row_get_context (self)->display);
}

static void
show_understood (IwFormRow *self)
{
  const char *value = ((IwTimeFormRow *)self)->value;
  g_autofree char *words = iw_form_time_describe (value, get_zone (self));
  g_autofree char *hint = NULL;

  if (words != NULL)
    /* Translators: %s is a time as it was understood: "Monday 2 November 2026, 14:05 UTC" */
    hint = g_strdup_printf (_ ("Understood as %s"), words);
  iw_form_row_set_hint (self, hint);
}

static void
on_changed (GtkEditable *editable, gpointer data)
{
  IwTimeFormRow *self = data;
  g_autofree char *value =
      iw_form_time_read (gtk_editable_get_text (editable), g_get_real_time (), get_zone (data));

  if (!g_set_str (&self->value, value))
    return;
  iw_form_row_changed (data, value);
  show_understood (data);
}

static void
on_now (IwFormRow *self)
{
  gint64 now = g_get_real_time ();
  IwTime time = { now - now % IW_USEC_PER_SEC, IW_PRECISION_SECOND };
  g_autofree char *value = iw_time_to_rfc3339 (time);
  g_autofree char *text = iw_form_time_write (value, get_zone (self));

  gtk_editable_set_text (GTK_EDITABLE (iw_form_row_get_control (self)), text);
  iw_form_row_focus (self);
}

static void
add_now (IwFormRow *self, AdwEntryRow *row)
{
  /* Translators: a button that fills in the present time */
  GtkWidget *now = gtk_button_new_with_label (C_ ("time", "Now"));

  gtk_widget_set_valign (now, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (now, "flat");
  gtk_widget_set_tooltip_text (now, _ ("Fill in the present time"));
  g_signal_connect_object (now, "clicked", G_CALLBACK (on_now), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (row, now);
}

static GtkWidget *
make (IwFormRow *self)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 iw_form_field_label (iw_form_row_get_field (self)));
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, 0);
  if ((iw_form_row_get_field (self)->flags & IW_FORM_FIELD_AHEAD) == 0)
    add_now (self, ADW_ENTRY_ROW (row));
  return row;
}

static void
set_value (IwFormRow *row, const char *value)
{
  IwTimeFormRow *self = (IwTimeFormRow *)row;
  GtkEditable *editable = GTK_EDITABLE (iw_form_row_get_control (row));
  g_autofree char *text = NULL;

  if (g_strcmp0 (self->value, value) == 0)
    return;
  g_set_str (&self->value, value);
  text = iw_form_time_write (value, get_zone (row));
  gtk_editable_set_text (editable, text);
  /* The digits may say less than the value does, which stays until something else is typed. */
  g_set_str (&self->value, value);
  show_understood (row);
}

static void
iw_time_form_row_finalize (GObject *object)
{
  g_free (((IwTimeFormRow *)object)->value);
  G_OBJECT_CLASS (iw_time_form_row_parent_class)->finalize (object);
}

static void
iw_time_form_row_class_init (IwTimeFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_time_form_row_finalize;
  klass->make = make;
  klass->set_value = set_value;
}

static void
iw_time_form_row_init (IwTimeFormRow *self)
{
  self->value = g_strdup ("");
}
