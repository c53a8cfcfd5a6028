#include "config.h"

#include "iw-incident-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-compartment.h"
#include "iw-meanwhile.h"
#include "iw-model-json.h"
#include "iw-new-incident.h"
#include "iw-ui.h"
#include "iw-zone-names.h"

struct _IwIncidentDialog
{
  AdwDialog parent_instance;

  GtkButton *save;
  AdwBanner *banner;
  AdwBanner *meanwhile;
  AdwEntryRow *title_row;
  AdwComboRow *severity_row;
  AdwComboRow *compartment_row;
  AdwComboRow *zone_row;
  GtkTextView *summary;
  GtkLabel *problem;

  IwWorkspace *workspace;
  char *incident; /* that is edited or just made; NULL before */
  gboolean editing;
  JsonObject *original; /* the document that is edited */
  char *rev;            /* its revision */
  char *untouched;      /* what the form holds when nothing was typed, as a draft text */
  char *draft_key;
  gboolean filling; /* the program, not the person, changes the fields */
  gboolean saving;
};

enum
{
  CREATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwIncidentDialog, iw_incident_dialog, ADW_TYPE_DIALOG)

/* ---- the fields ---- */

static char *
get_summary (IwIncidentDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->summary);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static char *
get_title (IwIncidentDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title_row))));
}

static const char *
get_zone (IwIncidentDialog *self)
{
  GtkStringObject *zone = adw_combo_row_get_selected_item (self->zone_row);

  return zone != NULL ? gtk_string_object_get_string (zone) : "";
}

static void
set_zone (IwIncidentDialog *self, const char *zone)
{
  GtkStringList *zones = GTK_STRING_LIST (adw_combo_row_get_model (self->zone_row));
  guint position = gtk_string_list_find (zones, zone);

  /* A name that this computer does not know came from another one, and is kept. */
  if (position == GTK_INVALID_LIST_POSITION && *zone != '\0')
    {
      position = g_list_model_get_n_items (G_LIST_MODEL (zones));
      gtk_string_list_append (zones, zone);
    }
  adw_combo_row_set_selected (self->zone_row, position);
}

/* "" where there is no choice. */
static const char *
get_compartment (IwIncidentDialog *self)
{
  GtkStringObject *compartment = adw_combo_row_get_selected_item (self->compartment_row);

  return compartment != NULL ? gtk_string_object_get_string (compartment) : "";
}

/* One that may not be read any more is not chosen. */
static void
set_compartment (IwIncidentDialog *self, const char *compartment)
{
  GListModel *choices = adw_combo_row_get_model (self->compartment_row);
  guint position = choices != NULL ? gtk_string_list_find (GTK_STRING_LIST (choices), compartment)
                                   : GTK_INVALID_LIST_POSITION;

  if (position != GTK_INVALID_LIST_POSITION)
    adw_combo_row_set_selected (self->compartment_row, position);
}

/* ---- the draft ---- */

static char *
make_draft (IwIncidentDialog *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) draft = json_object_new ();
  g_autofree char *summary = get_summary (self);

  json_object_set_string_member (draft, "title",
                                 gtk_editable_get_text (GTK_EDITABLE (self->title_row)));
  json_object_set_string_member (draft, "summary", summary);
  json_object_set_string_member (draft, "zone", get_zone (self));
  json_object_set_string_member (draft, "compartment", get_compartment (self));
  json_object_set_string_member (
      draft, "severity", iw_severity_to_string (adw_combo_row_get_selected (self->severity_row)));
  json_node_set_object (node, draft);
  return json_to_string (node, FALSE);
}

static void
fill (IwIncidentDialog *self, JsonObject *fields)
{
  IwSeverity severity = IW_SEVERITY_UNSET;
  const char *zone = iw_model_json_get_text (fields, "zone");

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->title_row), iw_model_json_get_text (fields, "title"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->summary),
                            iw_model_json_get_text (fields, "summary"), -1);
  if (iw_severity_from_string (iw_model_json_get_text (fields, "severity"), &severity))
    adw_combo_row_set_selected (self->severity_row, severity);
  if (*zone != '\0')
    set_zone (self, zone);
  set_compartment (self, iw_model_json_get_text (fields, "compartment"));
  self->filling = FALSE;
}

static gboolean
is_touched (IwIncidentDialog *self)
{
  g_autofree char *draft = make_draft (self);

  return g_strcmp0 (draft, self->untouched) != 0;
}

static void
overlay (JsonObject *object, const char *name, JsonNode *value, gpointer fields)
{
  json_object_set_member (fields, name, json_node_copy (value));
}

/* FALSE where @draft is none. */
static gboolean
fill_from_draft (IwIncidentDialog *self, const char *draft)
{
  g_autoptr (JsonNode) node = draft != NULL ? json_from_string (draft, NULL) : NULL;
  g_autoptr (JsonNode) untouched = json_from_string (self->untouched, NULL);
  g_autoptr (JsonObject) fields = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  fields = json_node_dup_object (untouched);
  json_object_foreach_member (json_node_get_object (node), overlay, fields);
  if (*iw_model_json_get_text (fields, "rev") != '\0')
    g_set_str (&self->rev, iw_model_json_get_text (fields, "rev"));
  fill (self, fields);
  return TRUE;
}

/* Only what was typed: what others write into other fields until it is restored is to stay. */
static char *
make_typed (IwIncidentDialog *self, const char *draft)
{
  g_autoptr (JsonNode) node = json_from_string (draft, NULL);
  g_autoptr (JsonNode) untouched = json_from_string (self->untouched, NULL);
  JsonObject *fields = json_node_get_object (node);
  g_autoptr (GList) members = json_object_get_members (fields);

  for (GList *l = members; l != NULL; l = l->next)
    if (g_str_equal (iw_model_json_get_text (fields, l->data),
                     iw_model_json_get_text (json_node_get_object (untouched), l->data)))
      json_object_remove_member (fields, l->data);
  iw_model_json_set_string (fields, "rev", self->rev);
  return json_to_string (node, FALSE);
}

static void
restore_draft (IwIncidentDialog *self)
{
  g_autofree char *draft = iw_workspace_get_draft (self->workspace, self->draft_key);

  if (fill_from_draft (self, draft) && is_touched (self))
    adw_banner_set_revealed (self->banner, TRUE);
}

static gboolean
can_save (IwIncidentDialog *self)
{
  g_autofree char *title = get_title (self);

  return *title != '\0' && !self->saving && (!self->editing || is_touched (self));
}

static void
update_save (IwIncidentDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), can_save (self));
}

static void
on_discard_draft (IwIncidentDialog *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  fill_from_draft (self, self->untouched);
  iw_workspace_put_draft (self->workspace, self->draft_key, NULL);
  update_save (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->title_row));
}

static void
on_edited (IwIncidentDialog *self)
{
  g_autofree char *draft = NULL;
  g_autofree char *typed = NULL;

  if (self->workspace == NULL || self->filling || self->saving)
    return;
  draft = make_draft (self);
  if (g_strcmp0 (draft, self->untouched) != 0)
    typed = make_typed (self, draft);
  iw_workspace_put_draft (self->workspace, self->draft_key, typed);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  update_save (self);
}

/* ---- saving ---- */

static void
show_problem (IwIncidentDialog *self, const GError *error)
{
  g_autofree char *words = iw_ui_describe_error (error);

  self->saving = FALSE;
  iw_meanwhile_hold (self->meanwhile, FALSE);
  gtk_label_set_text (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  update_save (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwIncidentDialog) self = data;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (!iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error))
    {
      show_problem (self, error);
      return;
    }
  iw_workspace_put_draft (self->workspace, self->draft_key, NULL);
  adw_dialog_force_close (ADW_DIALOG (self));
  if (!self->editing)
    g_signal_emit (self, signals[CREATED], 0, self->incident);
}

static void
write_new (IwIncidentDialog *self)
{
  const IwContext *context = iw_store_get_context (iw_workspace_get_store (self->workspace));
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autofree char *author = iw_ui_author ();
  g_autofree char *team = g_settings_get_string (settings, "team");
  g_autofree char *title = get_title (self);
  g_autofree char *summary = g_strchomp (get_summary (self));
  IwNewIncident fields = {
    .title = title,
    .summary = summary,
    .zone = get_zone (self),
    .severity = adw_combo_row_get_selected (self->severity_row),
    .author = author,
    .team = team,
  };
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree IwChange *changes = NULL;

  documents = iw_new_incident_documents (&fields, self->incident, context);
  changes = g_new0 (IwChange, documents->len);
  for (guint i = 0; i < documents->len; i++)
    {
      IwNewDocument *document = documents->pdata[i];

      changes[i] = (IwChange){ document->docid, document->body };
    }
  iw_workspace_apply_async (self->workspace, N_ ("New Incident"), changes, documents->len, 1,
                            on_saved, g_object_ref (self));
}

static void
on_compartment_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwIncidentDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (self->workspace == NULL)
    return;
  if (iw_compartment_set_finish (IW_WORKSPACE (source), result, &error))
    {
      write_new (self);
      return;
    }
  show_problem (self, error);
}

/* Where it lives is settled before anything of it is there to be sent. */
static void
save_new (IwIncidentDialog *self)
{
  const IwContext *context = iw_store_get_context (iw_workspace_get_store (self->workspace));

  g_free (self->incident);
  self->incident = iw_id_new (context);
  if (*get_compartment (self) != '\0')
    iw_compartment_set_async (self->workspace, self->incident, get_compartment (self),
                              on_compartment_set, g_object_ref (self));
  else
    write_new (self);
}

static void
save_edited (IwIncidentDialog *self)
{
  g_autofree char *docid = iw_id_incident_document (self->incident);
  g_autofree char *title = get_title (self);
  g_autofree char *summary = g_strchomp (get_summary (self));
  g_autoptr (JsonObject) mine = iw_model_json_copy (self->original);
  IwChange change = { docid, mine, self->rev };

  json_object_set_string_member (mine, "title", title);
  json_object_set_string_member (mine, "summary", summary);
  json_object_set_string_member (mine, "zone", get_zone (self));
  iw_workspace_apply_async (self->workspace, N_ ("Edit Incident Details"), &change, 1, 1, on_saved,
                            g_object_ref (self));
}

static void
on_save (IwIncidentDialog *self)
{
  if (!can_save (self))
    return;
  self->saving = TRUE;
  iw_meanwhile_hold (self->meanwhile, TRUE);
  update_save (self);
  if (self->editing)
    save_edited (self);
  else
    save_new (self);
}

/* Enter alone is a line of the summary. */
static gboolean
on_save_shortcut (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  on_save (IW_INCIDENT_DIALOG (widget));
  return TRUE;
}

/* ---- the object ---- */

static void
iw_incident_dialog_dispose (GObject *object)
{
  IwIncidentDialog *self = IW_INCIDENT_DIALOG (object);

  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_INCIDENT_DIALOG);
  g_clear_pointer (&self->incident, g_free);
  g_clear_pointer (&self->original, json_object_unref);
  g_clear_pointer (&self->rev, g_free);
  g_clear_pointer (&self->untouched, g_free);
  g_clear_pointer (&self->draft_key, g_free);
  G_OBJECT_CLASS (iw_incident_dialog_parent_class)->dispose (object);
}

static void
iw_incident_dialog_class_init (IwIncidentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_incident_dialog_dispose;
  signals[CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-incident-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, save);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, meanwhile);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, title_row);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, compartment_row);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, severity_row);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, zone_row);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_discard_draft);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, on_save_shortcut,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, on_save_shortcut,
                                NULL);
}

static void
fill_choices (IwIncidentDialog *self)
{
  g_auto (GStrv) names = iw_zone_names ();
  g_autofree char *local = iw_zone_local_name ();
  g_autoptr (GtkStringList) zones = gtk_string_list_new ((const char *const *)names);
  g_autoptr (GtkStringList) severities = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) string =
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_string_list_append (severities, _ ("Not decided"));
  for (IwSeverity s = IW_SEVERITY_LOW; s < IW_N_SEVERITIES; s++)
    gtk_string_list_append (severities, iw_severity_label (s));
  adw_combo_row_set_model (self->severity_row, G_LIST_MODEL (severities));
  adw_combo_row_set_expression (self->zone_row, string);
  adw_combo_row_set_model (self->zone_row, G_LIST_MODEL (zones));
  set_zone (self, local);
}

static void
iw_incident_dialog_init (IwIncidentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->summary), "changed",
                           G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  iw_ui_focus_in_dialog (ADW_DIALOG (self), GTK_WIDGET (self->title_row));
}

static void
start (IwIncidentDialog *self, IwWorkspace *workspace)
{
  self->untouched = make_draft (self);
  self->workspace = g_object_ref (workspace);
  restore_draft (self);
  update_save (self);
}

static void
offer_compartments (IwIncidentDialog *self, IwWorkspace *workspace)
{
  g_auto (GStrv) names = iw_compartment_choices (workspace);
  g_autoptr (GtkStringList) choices = NULL;

  if (names == NULL)
    return;
  choices = gtk_string_list_new ((const char *const *)names);
  adw_combo_row_set_model (self->compartment_row, G_LIST_MODEL (choices));
  gtk_widget_set_visible (GTK_WIDGET (self->compartment_row), TRUE);
}

AdwDialog *
iw_incident_dialog_new (IwWorkspace *workspace)
{
  IwIncidentDialog *self = g_object_new (IW_TYPE_INCIDENT_DIALOG, NULL);

  self->draft_key = g_strdup ("new-incident");
  offer_compartments (self, workspace);
  start (self, workspace);
  return ADW_DIALOG (self);
}

AdwDialog *
iw_incident_dialog_new_edit (IwWorkspace *workspace, const char *incident)
{
  IwIncidentDialog *self = g_object_new (IW_TYPE_INCIDENT_DIALOG, NULL);
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autoptr (GError) error = NULL;

  self->editing = TRUE;
  self->incident = g_strdup (incident);
  self->draft_key = g_strconcat ("incident:", incident, NULL);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Incident Details"));
  gtk_button_set_label (self->save, _ ("_Save"));
  gtk_widget_set_visible (GTK_WIDGET (self->severity_row), FALSE);
  self->original = iw_store_get (iw_workspace_get_store (workspace), docid, &self->rev, &error);
  if (self->original == NULL)
    {
      g_warning ("The incident could not be read: %s", error->message);
      self->original = json_object_new ();
    }
  else
    {
      fill (self, self->original);
      iw_meanwhile_watch (self->meanwhile, workspace, docid, self->original);
    }
  start (self, workspace);
  return ADW_DIALOG (self);
}
