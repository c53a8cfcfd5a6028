/* Documents that are meant, or entries and evidence that are cited: a list, and a picker to add to
 * it. */
#include "config.h"

#include "iw-form-row-private.h"

#include <glib/gi18n-lib.h>

#include "iw-document-picker.h"
#include "iw-entry-picker.h"

typedef struct
{
  IwFormRow parent_instance;

  GStrv lines; /* "docid" or "docid row" */
  GtkWidget *add;
} IwDocumentsFormRow;

typedef IwFormRowClass IwDocumentsFormRowClass;

G_DEFINE_FINAL_TYPE (IwDocumentsFormRow, iw_documents_form_row, IW_TYPE_FORM_ROW)

static void fill (IwDocumentsFormRow *self);

static gboolean
is_links (IwFormRow *row)
{
  return iw_form_row_get_field (row)->input == IW_INPUT_LINKS;
}

static void
tell (IwDocumentsFormRow *self)
{
  g_autofree char *value = g_strjoinv ("\n", self->lines);

  fill (self);
  iw_form_row_changed (IW_FORM_ROW (self), value);
}

static void
set_line (IwDocumentsFormRow *self, const char *line, gboolean on)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **other = self->lines; *other != NULL; other++)
    if (g_strcmp0 (*other, line) != 0)
      g_strv_builder_add (builder, *other);
  if (on)
    g_strv_builder_add (builder, line);
  g_strfreev (self->lines);
  self->lines = g_strv_builder_end (builder);
  tell (self);
}

static void
on_toggled (IwFormRow *row, const char *id, gboolean chosen)
{
  set_line ((IwDocumentsFormRow *)row, id, chosen);
}

static void
on_add (IwFormRow *row)
{
  IwDocumentsFormRow *self = (IwDocumentsFormRow *)row;
  const IwFormContext *context = iw_form_row_get_context (row);
  const IwFormField *field = iw_form_row_get_field (row);
  const char *const *chosen = (const char *const *)self->lines;
  AdwNavigationPage *page;

  if (context->situation == NULL)
    return;
  page =
      is_links (row)
          ? iw_entry_picker_new_with_entries (context->situation, context->entries,
                                              iw_time_display_get_zone (context->display), chosen)
          : iw_document_picker_new (context->situation, field->items_type, chosen);
  adw_navigation_page_set_title (page, iw_form_field_label (field));
  g_signal_connect_object (page, "toggled", G_CALLBACK (on_toggled), row, G_CONNECT_SWAPPED);
  adw_navigation_view_push (context->navigation, page);
}

static void
on_remove (GtkButton *button, gpointer data)
{
  IwDocumentsFormRow *self = data;
  g_autofree char *line = g_strdup (g_object_get_data (G_OBJECT (button), "line"));

  set_line (self, line, FALSE);
  gtk_widget_grab_focus (self->add);
}

static void
describe (IwFormRow *row, const char *line, char **title, char **subtitle)
{
  const IwFormContext *context = iw_form_row_get_context (row);
  g_auto (GStrv) parts = g_strsplit (line, " ", 2);

  if (context->situation == NULL)
    {
      *title = g_strdup (line);
      *subtitle = g_strdup ("");
      return;
    }
  *title = iw_entry_picker_title (context->situation, context->entries, parts[0]);
  if (parts[1] != NULL)
    /* Translators: %s is the number of a row in an evidence file */
    *subtitle = g_strdup_printf (_ ("Row %s"), parts[1]);
  else
    *subtitle = iw_entry_picker_describe (context->situation, context->entries,
                                          iw_time_display_get_zone (context->display), parts[0]);
}

static GtkWidget *
make_line (IwDocumentsFormRow *self, const char *line)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *words = NULL;

  describe (IW_FORM_ROW (self), line, &title, &subtitle);
  /* Translators: %s is the name of a document or the beginning of an entry */
  words = g_strdup_printf (_ ("Remove %s"), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_object_set_data_full (G_OBJECT (remove), "line", g_strdup (line), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  return row;
}

static void
fill (IwDocumentsFormRow *self)
{
  GtkListBox *list = GTK_LIST_BOX (iw_form_row_get_control (IW_FORM_ROW (self)));
  GtkWidget *child;
  int position = 0;

  /* The button stays: the keyboard may be on it. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != self->add)
    gtk_list_box_remove (list, child);
  for (char **line = self->lines; *line != NULL; line++)
    gtk_list_box_insert (list, make_line (self, *line), position++);
}

static GtkWidget *
make (IwFormRow *row)
{
  IwDocumentsFormRow *self = (IwDocumentsFormRow *)row;
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  iw_form_field_label (iw_form_row_get_field (row)), -1);
  self->add = adw_button_row_new ();
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->add), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add),
                                 is_links (row) ? _ ("Cite Entries or Evidence…") : _ ("Pick…"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (self->add), "list-add-symbolic");
  g_signal_connect_object (self->add, "activated", G_CALLBACK (on_add), row, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), self->add);
  return list;
}

static void
set_value (IwFormRow *row, const char *value)
{
  IwDocumentsFormRow *self = (IwDocumentsFormRow *)row;

  g_strfreev (self->lines);
  self->lines = *value != '\0' ? g_strsplit (value, "\n", -1) : g_new0 (char *, 1);
  fill (self);
}

static GtkWidget *
get_focus (IwFormRow *row)
{
  return ((IwDocumentsFormRow *)row)->add;
}

static void
iw_documents_form_row_finalize (GObject *object)
{
  g_strfreev (((IwDocumentsFormRow *)object)->lines);
  G_OBJECT_CLASS (iw_documents_form_row_parent_class)->finalize (object);
}

static void
iw_documents_form_row_class_init (IwDocumentsFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_documents_form_row_finalize;
  klass->block = TRUE;
  klass->make = make;
  klass->set_value = set_value;
  klass->get_focus = get_focus;
}

static void
iw_documents_form_row_init (IwDocumentsFormRow *self)
{
  self->lines = g_new0 (char *, 1);
}
