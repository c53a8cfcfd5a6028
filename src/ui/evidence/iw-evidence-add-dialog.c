#include "config.h"

#include "iw-evidence-add-dialog.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "iw-form-row.h"
#include "iw-ui.h"

#define FILES_SHOWN 4

enum
{
  PERSON,
  WHEN,
  ORIGIN,
  N_FIELDS
};

static const IwFormField fields[N_FIELDS] = {
  [PERSON] = { .name = "collected_by",
               .input = IW_INPUT_PERSON,
               .label = NC_ ("field", "Collected By") },
  [WHEN] = { .name = "collected_at",
             .input = IW_INPUT_TIME,
             .label = NC_ ("field", "When"),
             .help = NC_ ("field help", "Leave it empty for the present.") },
  [ORIGIN] = { .name = "origin",
               .input = IW_INPUT_TEXT,
               .label = NC_ ("field", "Origin"),
               .help =
                   NC_ ("field help",
                        "The system or person it is from. Left empty, the place of each file is "
                        "kept.") },
};

struct _IwEvidenceAddDialog
{
  AdwDialog parent_instance;

  GtkWidget *add;
  AdwNavigationView *navigation;
  AdwPreferencesGroup *files_group;
  AdwPreferencesGroup *fields_group;

  IwLiveIncident *live;
  GPtrArray *files;
  IwFormContext context;
  IwFormRow *rows[N_FIELDS];
  char *values[N_FIELDS];
  char *draft_key;
};

enum
{
  CONFIRMED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwEvidenceAddDialog, iw_evidence_add_dialog, ADW_TYPE_DIALOG)

/* ---- what is typed ---- */

GPtrArray *
iw_evidence_add_dialog_get_files (IwEvidenceAddDialog *self)
{
  return self->files;
}

const char *
iw_evidence_add_dialog_get_person (IwEvidenceAddDialog *self)
{
  return self->values[PERSON];
}

const char *
iw_evidence_add_dialog_get_origin (IwEvidenceAddDialog *self)
{
  return self->values[ORIGIN];
}

IwTime
iw_evidence_add_dialog_get_time (IwEvidenceAddDialog *self)
{
  IwTime time = IW_TIME_NONE;

  iw_time_parse_rfc3339 (self->values[WHEN], iw_live_incident_get_zone (self->live), &time);
  return time;
}

static void
check (IwEvidenceAddDialog *self)
{
  gboolean good =
      *self->values[WHEN] == '\0' || iw_time_is_set (iw_evidence_add_dialog_get_time (self));

  iw_form_row_set_problem (
      self->rows[WHEN], good ? NULL
                             : _ ("This is not understood as a time. Write it as “14:05”, “10 min "
                                  "ago” or “2026-11-03 14:05”."));
  gtk_widget_set_sensitive (self->add, good);
}

/* ---- the draft ---- */

static void
keep_draft (IwEvidenceAddDialog *self)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < N_FIELDS; i++)
    json_object_set_string_member (object, fields[i].name, self->values[i]);
  json_node_take_object (root, object);
  text = json_to_string (root, FALSE);
  iw_workspace_put_draft (iw_live_incident_get_workspace (self->live), self->draft_key, text);
}

static void
restore_draft (IwEvidenceAddDialog *self)
{
  g_autofree char *text =
      iw_workspace_get_draft (iw_live_incident_get_workspace (self->live), self->draft_key);
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  for (guint i = 0; i < N_FIELDS; i++)
    g_set_str (&self->values[i], json_object_get_string_member_with_default (
                                     json_node_get_object (root), fields[i].name, ""));
}

/* ---- rows ---- */

static void
on_row_changed (IwFormRow *row, const char *value, IwEvidenceAddDialog *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (self->rows[i] == row)
      g_set_str (&self->values[i], value);
  check (self);
  keep_draft (self);
}

static void
add_rows (IwEvidenceAddDialog *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      GtkWidget *hint;

      self->rows[i] = iw_form_row_new (&fields[i], &self->context);
      iw_form_row_set_value (self->rows[i], self->values[i]);
      g_signal_connect_object (self->rows[i], "changed", G_CALLBACK (on_row_changed), self, 0);
      adw_preferences_group_add (self->fields_group, iw_form_row_get_widget (self->rows[i]));
      hint = iw_form_row_get_hint_row (self->rows[i]);
      if (hint != NULL)
        adw_preferences_group_add (self->fields_group, hint);
    }
  check (self);
}

static void
add_file_row (IwEvidenceAddDialog *self, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "icon-name", "x-office-document-symbolic", NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (self->files_group, row);
}

static void
add_file_rows (IwEvidenceAddDialog *self)
{
  guint n = self->files->len;
  guint shown = n > FILES_SHOWN + 1 ? FILES_SHOWN : n;
  g_autofree char *title = g_strdup_printf (ngettext ("%u File", "%u Files", n), n);

  adw_preferences_group_set_title (self->files_group, title);
  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *base = g_file_get_basename (self->files->pdata[i]);
      g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

      add_file_row (self, name);
    }
  if (shown < n)
    {
      g_autofree char *more = g_strdup_printf (
          ngettext ("And %u more file", "And %u more files", n - shown), n - shown);

      add_file_row (self, more);
    }
}

/* ---- buttons ---- */

static void
on_cancel (IwEvidenceAddDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_add (IwEvidenceAddDialog *self)
{
  if (!gtk_widget_get_sensitive (self->add))
    return;
  iw_workspace_put_draft (iw_live_incident_get_workspace (self->live), self->draft_key, NULL);
  g_signal_emit (self, signals[CONFIRMED], 0);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static gboolean
add_by_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  on_add (IW_EVIDENCE_ADD_DIALOG (widget));
  return TRUE;
}

/* ---- the object ---- */

static void
iw_evidence_add_dialog_dispose (GObject *object)
{
  IwEvidenceAddDialog *self = IW_EVIDENCE_ADD_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_EVIDENCE_ADD_DIALOG);
  for (guint i = 0; i < N_FIELDS; i++)
    g_clear_object (&self->rows[i]);
  g_clear_object (&self->live);
  g_clear_object (&self->context.display);
  g_clear_pointer (&self->context.situation, iw_situation_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_evidence_add_dialog_parent_class)->dispose (object);
}

static void
iw_evidence_add_dialog_finalize (GObject *object)
{
  IwEvidenceAddDialog *self = IW_EVIDENCE_ADD_DIALOG (object);

  for (guint i = 0; i < N_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self->draft_key);
  G_OBJECT_CLASS (iw_evidence_add_dialog_parent_class)->finalize (object);
}

static void
iw_evidence_add_dialog_class_init (IwEvidenceAddDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_evidence_add_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = iw_evidence_add_dialog_finalize;
  signals[CONFIRMED] = g_signal_new ("confirmed", IW_TYPE_EVIDENCE_ADD_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-evidence-add-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceAddDialog, add);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceAddDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceAddDialog, files_group);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceAddDialog, fields_group);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, add_by_key, NULL);
}

static void
iw_evidence_add_dialog_init (IwEvidenceAddDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->values[PERSON] = iw_ui_author ();
  self->values[WHEN] = g_strdup ("");
  self->values[ORIGIN] = g_strdup ("");
}

AdwDialog *
iw_evidence_add_dialog_new (IwLiveIncident *live, GPtrArray *files)
{
  IwEvidenceAddDialog *self = g_object_new (IW_TYPE_EVIDENCE_ADD_DIALOG, NULL);
  IwSituation *situation = iw_live_incident_get_situation (live);

  self->live = g_object_ref (live);
  self->files = g_ptr_array_ref (files);
  self->draft_key = g_strdup_printf ("evidence-add:%s", iw_live_incident_get_incident (live));
  self->context.situation = situation != NULL ? iw_situation_ref (situation) : NULL;
  self->context.navigation = self->navigation;
  self->context.display = iw_time_display_new (
      situation != NULL ? g_time_zone_get_identifier (iw_situation_get_zone (situation)) : NULL);
  restore_draft (self);
  add_file_rows (self);
  add_rows (self);
  iw_ui_focus_in_dialog (ADW_DIALOG (self), self->add);
  return ADW_DIALOG (self);
}
