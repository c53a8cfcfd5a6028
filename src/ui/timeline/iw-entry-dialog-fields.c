/* The entry dialog's widgets and the fields of its form. */
#include "config.h"

#include "iw-entry-dialog-private.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "iw-known-values.h"

static AdwEntryRow *
entry_row (IwEntryDialog *self, IwEntryField field)
{
  AdwEntryRow *rows[IW_N_FIELDS] = {
    [IW_FIELD_OCCURRED] = self->occurred,     [IW_FIELD_END] = self->end,
    [IW_FIELD_DISCOVERED] = self->discovered, [IW_FIELD_ZONE] = self->zone,
    [IW_FIELD_ACTOR] = self->actor,           [IW_FIELD_TEAM] = self->team,
    [IW_FIELD_SOURCE] = self->source,         [IW_FIELD_TAGS] = self->tags,
  };

  return rows[field];
}

static GtkWidget *
hint_row (IwEntryDialog *self, IwEntryField field)
{
  GtkWidget *rows[IW_N_FIELDS] = {
    [IW_FIELD_OCCURRED] = self->occurred_hint,
    [IW_FIELD_END] = self->end_hint,
    [IW_FIELD_DISCOVERED] = self->discovered_hint,
    [IW_FIELD_ZONE] = self->zone_hint,
  };

  return rows[field];
}

/* ---- from the widgets ---- */

static void
take (IwEntryDialog *self, IwEntryField field, const char *text)
{
  g_autoptr (IwEntryForm) form = NULL;

  if (self->filling || self->form == NULL)
    return;
  form = iw_entry_form_set (self->form, field, text);
  if (form == self->form)
    return;
  iw_entry_dialog_set_form (self, form);
  /* the times may be written in another zone now */
  if (field == IW_FIELD_ZONE)
    iw_entry_dialog_fill (self);
}

static void
on_row_changed (AdwEntryRow *row, gpointer data)
{
  IwEntryField field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "field"));

  take (data, field, gtk_editable_get_text (GTK_EDITABLE (row)));
}

static void
on_text_changed (GtkTextBuffer *buffer, gpointer data)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  take (data, IW_FIELD_TEXT, text);
}

static void
on_combo_changed (AdwComboRow *row, GParamSpec *pspec, gpointer data)
{
  IwEntryField field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "field"));
  GPtrArray *values = g_object_get_data (G_OBJECT (row), "values");
  guint selected = adw_combo_row_get_selected (row);

  if (values != NULL && selected < values->len && g_ptr_array_index (values, selected) != NULL)
    take (data, field, g_ptr_array_index (values, selected));
}

static void
on_key_switched (AdwSwitchRow *row, GParamSpec *pspec, gpointer data)
{
  take (data, IW_FIELD_KEY, adw_switch_row_get_active (row) ? "true" : "");
}

/* ---- into the widgets ---- */

static void
select_value (AdwComboRow *row, const char *value, gboolean mixed)
{
  GPtrArray *values = g_object_get_data (G_OBJECT (row), "values");

  for (guint i = 0; i < values->len; i++)
    if (mixed ? g_ptr_array_index (values, i) == NULL
              : g_strcmp0 (g_ptr_array_index (values, i), value) == 0)
      {
        adw_combo_row_set_selected (row, i);
        return;
      }
}

void
iw_entry_dialog_fill (IwEntryDialog *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < IW_N_FIELDS; i++)
    {
      AdwEntryRow *row = entry_row (self, i);
      const char *text = iw_entry_form_get (self->form, i);

      if (row != NULL && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row)), text) != 0)
        gtk_editable_set_text (GTK_EDITABLE (row), text);
    }
  gtk_text_buffer_set_text (self->buffer, iw_entry_form_get (self->form, IW_FIELD_TEXT), -1);
  select_value (self->kind, iw_entry_form_get (self->form, IW_FIELD_KIND),
                iw_entry_form_is_mixed (self->form, IW_FIELD_KIND));
  select_value (self->confidence, iw_entry_form_get (self->form, IW_FIELD_CONFIDENCE),
                iw_entry_form_is_mixed (self->form, IW_FIELD_CONFIDENCE));
  select_value (self->key_combo, iw_entry_form_get (self->form, IW_FIELD_KEY),
                iw_entry_form_is_mixed (self->form, IW_FIELD_KEY));
  adw_switch_row_set_active (self->key, *iw_entry_form_get (self->form, IW_FIELD_KEY) != '\0');
  self->filling = FALSE;
}

/* A line under the field: what is wrong, in words, or how a time was understood. */
static void
show_hint (IwEntryDialog *self, IwEntryField field)
{
  const char *problem = iw_entry_form_get_problem (self->form, field);
  const char *words = problem != NULL ? problem : iw_entry_form_get_hint (self->form, field);
  GtkWidget *row = GTK_WIDGET (entry_row (self, field));
  GtkLabel *label = self->hint_labels[field];

  gtk_widget_set_visible (hint_row (self, field), words != NULL);
  gtk_label_set_text (label, words != NULL ? words : "");
  if (words != NULL)
    gtk_widget_add_css_class (row, "has-hint");
  else
    gtk_widget_remove_css_class (row, "has-hint");
  if (problem != NULL)
    {
      gtk_widget_add_css_class (row, "error");
      gtk_widget_add_css_class (GTK_WIDGET (label), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (label), "dimmed");
    }
  else
    {
      gtk_widget_remove_css_class (row, "error");
      gtk_widget_remove_css_class (GTK_WIDGET (label), "error");
      gtk_widget_add_css_class (GTK_WIDGET (label), "dimmed");
    }
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
show_text_problem (IwEntryDialog *self)
{
  const char *problem = iw_entry_form_get_problem (self->form, IW_FIELD_TEXT);

  /* An empty new entry is no mistake yet: Save is insensitive, and that says enough. */
  if (problem != NULL && iw_entry_form_is_field_changed (self->form, IW_FIELD_TEXT))
    {
      gtk_label_set_text (self->text_hint, problem);
      gtk_widget_add_css_class (GTK_WIDGET (self->text_hint), "error");
      return;
    }
  gtk_label_set_text (self->text_hint, _ ("Markdown: **bold**, *italic*, `code`, lists and links"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->text_hint), "error");
}

void
iw_entry_dialog_show_problems (IwEntryDialog *self)
{
  for (guint i = 0; i < IW_N_FIELDS; i++)
    if (hint_row (self, i) != NULL)
      show_hint (self, i);
  show_text_problem (self);
}

/* ---- once ---- */

static void
on_dark_changed (GtkSourceBuffer *buffer)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  const char *name = adw_style_manager_get_dark (style) ? "Adwaita-dark" : "Adwaita";

  gtk_source_buffer_set_style_scheme (buffer,
                                      gtk_source_style_scheme_manager_get_scheme (schemes, name));
}

static gboolean
on_idle_language (gpointer data)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();

  gtk_source_buffer_set_language (data,
                                  gtk_source_language_manager_get_language (languages, "markdown"));
  return G_SOURCE_REMOVE;
}

static void
make_text_view (IwEntryDialog *self)
{
  GtkSourceBuffer *buffer = gtk_source_buffer_new (NULL);
  GtkWidget *view = gtk_source_view_new_with_buffer (buffer);

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What happened"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->text_frame), view);
  self->text_view = view;
  self->buffer = GTK_TEXT_BUFFER (buffer);
  on_dark_changed (buffer);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (on_dark_changed), buffer, G_CONNECT_SWAPPED);
  g_signal_connect (buffer, "changed", G_CALLBACK (on_text_changed), self);
  /* reading the language takes some frames: the dialog stands first */
  g_idle_add_full (G_PRIORITY_LOW, on_idle_language, buffer, g_object_unref);
}

static void
make_hint (IwEntryDialog *self, IwEntryField field)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_bottom (label, 8);
  gtk_widget_add_css_class (label, "caption");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (hint_row (self, field)), label);
  self->hint_labels[field] = GTK_LABEL (label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry_row (self, field)),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (hint_row (self, field)),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

void
iw_entry_dialog_init_fields (IwEntryDialog *self)
{
  make_text_view (self);
  for (guint i = 0; i < IW_N_FIELDS; i++)
    {
      if (entry_row (self, i) != NULL)
        {
          g_object_set_data (G_OBJECT (entry_row (self, i)), "field", GUINT_TO_POINTER (i));
          g_signal_connect (entry_row (self, i), "changed", G_CALLBACK (on_row_changed), self);
        }
      if (hint_row (self, i) != NULL)
        make_hint (self, i);
    }
}

static void
set_choices (IwEntryDialog *self,
             AdwComboRow *row,
             IwEntryField field,
             const char *const *values,
             const char *const *labels,
             guint n)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      gtk_string_list_append (list, labels[i]);
      g_ptr_array_add (kept, g_strdup (values[i]));
    }
  if (iw_entry_form_is_mixed (self->pristine, field))
    {
      /* Translators: in a bulk edit, of a field in which the entries differ */
      gtk_string_list_append (list, _ ("Leave as It Is"));
      g_ptr_array_add (kept, NULL);
    }
  g_object_set_data (G_OBJECT (row), "field", GUINT_TO_POINTER (field));
  g_object_set_data_full (G_OBJECT (row), "values", kept, (GDestroyNotify)g_ptr_array_unref);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_combo_changed), self);
}

static void
bind_combos (IwEntryDialog *self)
{
  const char *kinds[IW_ENTRY_NOTE + 1], *kind_labels[IW_ENTRY_NOTE + 1];
  const char *sure[IW_N_CONFIDENCES], *sure_labels[IW_N_CONFIDENCES];
  const char *keys[] = { "true", "" };
  const char *key_labels[] = { _ ("Yes"), _ ("No") };

  for (guint i = 0; i <= IW_ENTRY_NOTE; i++)
    {
      kinds[i] = iw_entry_kind_to_string (i);
      kind_labels[i] = iw_entry_kind_label (i);
    }
  for (guint i = 0; i < IW_N_CONFIDENCES; i++)
    {
      sure[i] = iw_confidence_to_string (i);
      /* Translators: of confidence */
      sure_labels[i] =
          i == IW_CONFIDENCE_UNSET ? C_ ("confidence", "Not Stated") : iw_confidence_label (i);
    }
  set_choices (self, self->kind, IW_FIELD_KIND, kinds, kind_labels, G_N_ELEMENTS (kinds));
  set_choices (self, self->confidence, IW_FIELD_CONFIDENCE, sure, sure_labels, G_N_ELEMENTS (sure));
  set_choices (self, self->key_combo, IW_FIELD_KEY, keys, key_labels, G_N_ELEMENTS (keys));
}

static void
bind_known_values (IwEntryDialog *self)
{
  const char *incident = iw_entry_get_incident (g_ptr_array_index (self->entries, 0));
  const struct
  {
    AdwEntryRow *row;
    IwFacet facet;
  } facets[] = {
    { self->actor, IW_FACET_ACTOR },
    { self->team, IW_FACET_TEAM },
    { self->source, IW_FACET_SOURCE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (facets); i++)
    {
      g_auto (GStrv) values = iw_query_facet (iw_workspace_get_store (self->workspace), incident,
                                              facets[i].facet, 50, NULL);

      iw_known_values_attach (facets[i].row, (const char *const *)values);
    }
}

static void
mark_mixed (IwEntryDialog *self)
{
  for (guint i = 0; i < IW_N_FIELDS; i++)
    {
      AdwEntryRow *row = entry_row (self, i);
      g_autofree char *title = NULL;

      if (row == NULL || !iw_entry_form_is_mixed (self->pristine, i))
        continue;
      /* Translators: %s is the name of a field in which the entries of a bulk edit differ */
      title = g_strdup_printf (_ ("%s (Several Values)"),
                               adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
    }
}

void
iw_entry_dialog_bind_fields (IwEntryDialog *self)
{
  gboolean key_mixed = iw_entry_form_is_mixed (self->pristine, IW_FIELD_KEY);

  bind_combos (self);
  bind_known_values (self);
  mark_mixed (self);
  gtk_widget_set_visible (GTK_WIDGET (self->key), !key_mixed);
  gtk_widget_set_visible (GTK_WIDGET (self->key_combo), key_mixed);
  g_signal_connect (self->key, "notify::active", G_CALLBACK (on_key_switched), self);
}
