/* The import dialog's page of what was detected and may be changed. */
#include "config.h"

#include "iw-import-dialog-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-detect.h"
#include "iw-known-values.h"

static const char *const encodings[] = { "UTF-8",        "UTF-16LE",    "UTF-16BE",
                                         "WINDOWS-1252", "ISO-8859-15", "WINDOWS-1251",
                                         "WINDOWS-1250", "SHIFT_JIS",   "EUC-JP",
                                         "EUC-KR",       "GB18030",     "BIG5" };

static void
set_text (GtkWidget *row, const char *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

/* ---- format and encoding: the file is read again ---- */

static void
on_adjusted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImportDialog) self = data;

  if (!iw_import_dialog_end (self, result, IW_STEP_SETUP))
    {
      if (!self->closed && self->work->import != NULL)
        iw_import_dialog_fill_setup (self);
      return;
    }
  if (self->closed)
    return;
  iw_import_dialog_fill_setup (self);
  iw_import_dialog_set_step (self, IW_STEP_SETUP);
}

static void
adjust (IwImportDialog *self)
{
  iw_import_dialog_run (self, IW_STEP_READING, iw_import_work_adjust, on_adjusted);
}

static void
on_format (IwImportDialog *self)
{
  IwImportWork *work = self->work;
  IwFormat format = adw_combo_row_get_selected (self->format);
  IwMapping *mapping;

  if (self->filling || format == iw_mapping_get_format (work->mapping))
    return;
  iw_import_dialog_take_setup (self);
  mapping = iw_mapping_new (format);
  iw_mapping_set_zone (mapping, iw_mapping_get_zone (work->mapping));
  iw_mapping_set_day_first (mapping, iw_mapping_get_day_first (work->mapping));
  if (iw_mapping_get_delimiter (work->mapping) != 0 && !iw_format_is_json (format))
    iw_mapping_set_delimiter (mapping, iw_mapping_get_delimiter (work->mapping));
  iw_detect_roles (mapping, iw_timeline_import_get_columns (work->import));
  iw_mapping_free (work->mapping);
  work->mapping = mapping;
  adjust (self);
}

static void
on_encoding (IwImportDialog *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->encoding);

  if (self->filling || item == NULL ||
      g_strcmp0 (gtk_string_object_get_string (item), self->work->encoding) == 0)
    return;
  iw_import_dialog_take_setup (self);
  g_free (self->work->encoding);
  self->work->encoding = g_strdup (gtk_string_object_get_string (item));
  adjust (self);
}

/* ---- columns ---- */

static void
fill_more_columns (IwImportDialog *self)
{
  g_auto (GStrv) hidden = iw_import_preview_get_hidden (self->preview);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_string_list_append (list, _ ("None"));
  gtk_string_list_splice (list, 1, 0, (const char *const *)hidden);
  adw_combo_row_set_model (self->more_columns, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->more_columns, 0);
  gtk_widget_set_visible (self->more_group, hidden[0] != NULL);
  self->filling = FALSE;
}

static void
on_more_columns (IwImportDialog *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->more_columns);

  if (self->filling || item == NULL || adw_combo_row_get_selected (self->more_columns) == 0)
    return;
  iw_import_preview_show_column (self->preview, gtk_string_object_get_string (item));
  fill_more_columns (self);
}

static void
on_role_chosen (IwImportPreview *preview, const char *column, int role, gpointer data)
{
  IwImportDialog *self = data;

  iw_mapping_set_role (self->work->mapping, column, (IwRole)role);
  iw_import_preview_set_mapping (self->preview, self->work->mapping);
  iw_import_dialog_check_setup (self);
}

/* ---- problems ---- */

static gboolean
has_time (const IwMapping *mapping)
{
  return iw_mapping_get_column (mapping, IW_ROLE_TIME) != NULL ||
         iw_mapping_get_column (mapping, IW_ROLE_EPOCH) != NULL ||
         iw_mapping_get_column (mapping, IW_ROLE_DATE) != NULL;
}

void
iw_import_dialog_check_setup (IwImportDialog *self)
{
  gboolean needed, timed;
  g_autofree char *problem = NULL;
  const char *zone = gtk_editable_get_text (GTK_EDITABLE (self->zone));

  if (self->work == NULL || self->work->import == NULL)
    return;
  needed = iw_timeline_import_needs_zone (self->work->import);
  timed = has_time (self->work->mapping);
  problem = iw_import_zone_problem (zone, needed);
  gtk_label_set_text (self->zone_hint, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->zone_hint_row, problem != NULL);
  if (problem != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->zone), "has-hint");
      gtk_widget_add_css_class (GTK_WIDGET (self->zone), "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->zone), "has-hint");
      gtk_widget_remove_css_class (GTK_WIDGET (self->zone), "error");
    }
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->zone), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_widget_set_visible (self->mapping_hint, !timed);
  if (self->step == IW_STEP_SETUP)
    gtk_widget_set_sensitive (self->primary, problem == NULL && timed &&
                                                 !iw_workspace_get_read_only (self->workspace));
}

void
iw_import_dialog_take_setup (IwImportDialog *self)
{
  g_autofree char *zone = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->zone))));

  iw_mapping_set_zone (self->work->mapping, *zone != '\0' ? zone : NULL);
  iw_mapping_set_day_first (self->work->mapping, adw_switch_row_get_active (self->day_first));
  self->work->target =
      adw_combo_row_get_selected (self->target) == 1 ? IW_IMPORT_AS_ENTRIES : IW_IMPORT_AS_EVIDENCE;
}

/* ---- filling the page ---- */

static void
fill_encoding (IwImportDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gtk_string_list_append (list, encodings[i]);
      if (g_strcmp0 (encodings[i], self->work->encoding) == 0)
        selected = i;
    }
  if (selected == GTK_INVALID_LIST_POSITION)
    {
      gtk_string_list_append (list, self->work->encoding);
      selected = G_N_ELEMENTS (encodings);
    }
  adw_combo_row_set_model (self->encoding, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->encoding, selected);
}

/* Zones that are likely: UTC, this computer's, the incident's. */
static void
add_known_zones (IwImportDialog *self)
{
  g_autofree char *docid = iw_id_incident_document (self->incident);
  g_autoptr (JsonObject) incident =
      iw_store_get (iw_workspace_get_store (self->workspace), docid, NULL, NULL);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) zones = NULL;
  const char *own =
      incident != NULL ? json_object_get_string_member_with_default (incident, "zone", "") : "";

  if (g_object_get_data (G_OBJECT (self->zone), "iw-known-values") != NULL)
    return;
  g_strv_builder_add (builder, "UTC");
  if (g_strcmp0 (g_time_zone_get_identifier (local), "UTC") != 0 &&
      strchr (g_time_zone_get_identifier (local), '/') != NULL &&
      *g_time_zone_get_identifier (local) != '/')
    g_strv_builder_add (builder, g_time_zone_get_identifier (local));
  if (*own != '\0' && g_strcmp0 (own, "UTC") != 0 &&
      g_strcmp0 (own, g_time_zone_get_identifier (local)) != 0)
    g_strv_builder_add (builder, own);
  zones = g_strv_builder_end (builder);
  iw_known_values_attach (self->zone, (const char *const *)zones);
}

void
iw_import_dialog_fill_setup (IwImportDialog *self)
{
  IwImportWork *work = self->work;
  IwTimelineImport *import = work->import;
  g_autofree char *length = iw_import_words_length (iw_timeline_import_get_length (import));
  const char *zone = iw_mapping_get_zone (work->mapping);

  add_known_zones (self);
  self->filling = TRUE;
  set_text (GTK_WIDGET (self->name_row), iw_timeline_import_get_name (import));
  set_text (GTK_WIDGET (self->length_row), length);
  gtk_label_set_text (self->sha256, iw_timeline_import_get_sha256 (import));
  adw_combo_row_set_selected (self->format, iw_mapping_get_format (work->mapping));
  fill_encoding (self);
  adw_combo_row_set_selected (self->target, work->target == IW_IMPORT_AS_ENTRIES ? 1 : 0);
  gtk_editable_set_text (GTK_EDITABLE (self->zone), zone != NULL ? zone : "");
  adw_switch_row_set_active (self->day_first, iw_mapping_get_day_first (work->mapping));
  gtk_widget_set_visible (GTK_WIDGET (self->day_first),
                          !iw_format_is_json (iw_mapping_get_format (work->mapping)));
  iw_import_preview_set_content (self->preview, iw_timeline_import_get_columns (import),
                                 iw_timeline_import_get_preview (import), work->mapping);
  self->filling = FALSE;
  fill_more_columns (self);
  iw_import_dialog_check_setup (self);
}

void
iw_import_dialog_init_setup (IwImportDialog *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* a hyphen at the end of a line would look like part of the hash */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->sha256, attributes);
  for (guint i = 0; i < IW_N_FORMATS; i++)
    gtk_string_list_append (formats, iw_format_label (i));
  self->filling = TRUE;
  adw_combo_row_set_model (self->format, G_LIST_MODEL (formats));
  self->filling = FALSE;
  self->preview = IW_IMPORT_PREVIEW (iw_import_preview_new ());
  gtk_box_prepend (GTK_BOX (self->columns_box), GTK_WIDGET (self->preview));
  g_signal_connect (self->preview, "role-chosen", G_CALLBACK (on_role_chosen), self);
  g_signal_connect_swapped (self->format, "notify::selected", G_CALLBACK (on_format), self);
  g_signal_connect_swapped (self->encoding, "notify::selected", G_CALLBACK (on_encoding), self);
  g_signal_connect_swapped (self->more_columns, "notify::selected", G_CALLBACK (on_more_columns),
                            self);
  g_signal_connect_swapped (self->zone, "changed", G_CALLBACK (iw_import_dialog_check_setup), self);
}
