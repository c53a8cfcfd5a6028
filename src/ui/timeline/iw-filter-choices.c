#include "config.h"

#include "iw-filter-choices.h"

#include <glib/gi18n-lib.h>

struct _IwFilterChoices
{
  AdwExpanderRow parent_instance;

  char **values;
  char **labels;
  char **chosen;
  GPtrArray *rows;  /* (element-type GtkWidget) (unowned) */
  gboolean filling; /* the rows are made, nobody ticked them */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwFilterChoices, iw_filter_choices, ADW_TYPE_EXPANDER_ROW)

static void
update_subtitle (IwFilterChoices *self)
{
  guint n = g_strv_length (self->chosen);
  g_autofree char *subtitle = NULL;

  if (n == 0)
    subtitle = g_strdup (C_ ("filter", "All"));
  else
    subtitle = g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
on_toggled (GtkCheckButton *check, gpointer data)
{
  IwFilterChoices *self = IW_FILTER_CHOICES (data);
  const char *value = g_object_get_data (G_OBJECT (check), "value");
  g_autoptr (GStrvBuilder) chosen = NULL;

  if (self->filling)
    return;
  chosen = g_strv_builder_new ();
  for (guint i = 0; self->chosen[i] != NULL; i++)
    if (!g_str_equal (self->chosen[i], value))
      g_strv_builder_add (chosen, self->chosen[i]);
  if (gtk_check_button_get_active (check))
    g_strv_builder_add (chosen, value);
  g_strfreev (self->chosen);
  self->chosen = g_strv_builder_end (chosen);
  update_subtitle (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_row (IwFilterChoices *self, const char *value, const char *label)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (check), "value", g_strdup (value), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               g_strv_contains ((const char *const *)self->chosen, value));
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
fill (IwFilterChoices *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; self->values[i] != NULL; i++)
    add_row (self, self->values[i], self->labels != NULL ? self->labels[i] : self->values[i]);
  for (guint i = 0; self->chosen[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *)self->values, self->chosen[i]))
      add_row (self, self->chosen[i], self->chosen[i]);
  gtk_widget_set_sensitive (GTK_WIDGET (self), self->rows->len > 0);
  update_subtitle (self);
  self->filling = FALSE;
}

void
iw_filter_choices_set_values (IwFilterChoices *self,
                              const char *const *values,
                              const char *const *labels)
{
  g_return_if_fail (IW_IS_FILTER_CHOICES (self));

  if (g_strv_equal ((const char *const *)self->values, values))
    return;
  g_strfreev (self->values);
  g_strfreev (self->labels);
  self->values = g_strdupv ((char **)values);
  self->labels = g_strdupv ((char **)labels);
  fill (self);
}

void
iw_filter_choices_set_chosen (IwFilterChoices *self, const char *const *chosen)
{
  g_return_if_fail (IW_IS_FILTER_CHOICES (self));

  if (g_strv_equal ((const char *const *)self->chosen, chosen))
    return;
  g_strfreev (self->chosen);
  self->chosen = g_strdupv ((char **)chosen);
  fill (self);
}

const char *const *
iw_filter_choices_get_chosen (IwFilterChoices *self)
{
  g_return_val_if_fail (IW_IS_FILTER_CHOICES (self), NULL);

  return (const char *const *)self->chosen;
}

static void
iw_filter_choices_finalize (GObject *object)
{
  IwFilterChoices *self = IW_FILTER_CHOICES (object);

  g_clear_pointer (&self->values, g_strfreev);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->chosen, g_strfreev);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_filter_choices_parent_class)->finalize (object);
}

static void
iw_filter_choices_class_init (IwFilterChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_filter_choices_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
iw_filter_choices_init (IwFilterChoices *self)
{
  self->values = g_new0 (char *, 1);
  self->chosen = g_new0 (char *, 1);
  self->rows = g_ptr_array_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  update_subtitle (self);
}
