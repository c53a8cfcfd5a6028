/* One of several choices, in a drop-down. */
#include "config.h"

#include "iw-form-row-private.h"

#include <glib/gi18n-lib.h>

/* Longer words stand under the title. */
#define MAX_BESIDE 16
/* In the list words wrap here: it has to fit a window of 360 px. */
#define MAX_WIDTH 28

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

/* ---- the list that comes up: whole words, where libadwaita's own end in dots ---- */

static void
show_tick (GtkListItem *item, GParamSpec *pspec, AdwComboRow *row)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  gpointer shown = gtk_list_item_get_item (item);

  if (box != NULL)
    gtk_widget_set_opacity (gtk_widget_get_last_child (box),
                            shown != NULL && shown == adw_combo_row_get_selected_item (row));
}

static void
on_setup_item (GtkSignalListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "max-width-chars", MAX_WIDTH, "hexpand", TRUE, NULL);
  GtkWidget *tick = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), tick);
  gtk_list_item_set_child (item, box);
  g_signal_connect_object (row, "notify::selected-item", G_CALLBACK (show_tick), item,
                           G_CONNECT_SWAPPED);
}

static void
on_bind_item (GtkSignalListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  const char *words =
      gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item)));

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), words);
  gtk_list_item_set_accessible_label (item, words);
  show_tick (item, NULL, row);
}

static void
set_list_factory (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup_item), row, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind_item), row, 0);
  adw_combo_row_set_list_factory (row, factory);
}

/* ---- the row ---- */

static GtkWidget *
make (IwFormRow *self)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 iw_form_field_label (iw_form_row_get_field (self)));
  set_list_factory (ADW_COMBO_ROW (row));
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
