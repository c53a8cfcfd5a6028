#include "config.h"

#include "iw-evidence-export-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-evidence-gate.h"
#include "iw-evidence-jobs.h"
#include "iw-ui.h"
#include "iw-window.h"

#define REASONS_SAID 2

struct _IwEvidenceExportDialog
{
  AdwDialog parent_instance;

  GtkWidget *export;
  AdwBanner *error_banner;
  GtkWidget *progress_group;
  GtkProgressBar *progress;
  GtkWidget *to_group;
  GtkEditable *recipient;
  GtkEditable *purpose;
  AdwComboRow *shape;
  AdwPreferencesGroup *files_group;
  GtkButton *all;

  IwLiveIncident *live;
  GtkWidget *window; /* for the toast */
  GPtrArray *rows;   /* (element-type AdwActionRow), each with "docid", "check" and "size" */
  GCancellable *cancellable;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (IwEvidenceExportDialog, iw_evidence_export_dialog, ADW_TYPE_DIALOG)

#define DOCID "iw-docid"
#define CHECK "iw-check"
#define SIZE "iw-size"
#define WARNING "iw-warning"

static const char *
docid_of (gpointer row)
{
  return g_object_get_data (row, DOCID);
}

static gboolean
is_chosen (gpointer row)
{
  return gtk_check_button_get_active (g_object_get_data (row, CHECK));
}

static char *
recipient_of (IwEvidenceExportDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->recipient)));
}

/* ---- what will happen ---- */

static guint
count_chosen (IwEvidenceExportDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += is_chosen (self->rows->pdata[i]);
  return n;
}

/* Under each file its size, or why it will stay. */
static guint
show_reasons (IwEvidenceExportDialog *self, const char *recipient)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  guint n_going = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwActionRow *row = self->rows->pdata[i];
      g_autofree char *reason =
          iw_evidence_gate (situation, docid_of (row), *recipient != '\0' ? recipient : NULL, NULL);
      g_autofree char *text =
          /* Translators: a sentence that says why a file stays. */
          reason != NULL ? g_strdup_printf (_ ("Withheld. %s"), reason)
                         : g_strdup (g_object_get_data (G_OBJECT (row), SIZE));

      adw_action_row_set_subtitle (row, text);
      gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), WARNING), reason != NULL);
      n_going += reason == NULL && is_chosen (row);
    }
  return n_going;
}

static void
update (IwEvidenceExportDialog *self)
{
  g_autofree char *recipient = recipient_of (self);
  guint n_chosen = count_chosen (self);
  guint n_going = show_reasons (self, recipient);
  /* Translators: how many files will be exported; the others stay. */
  g_autofree char *words =
      g_strdup_printf (ngettext ("%u of %u file will be exported.",
                                 "%u of %u files will be exported.", self->rows->len),
                       n_going, self->rows->len);

  adw_preferences_group_set_description (self->files_group, words);
  gtk_button_set_label (self->all, n_chosen > 0 ? _ ("Select _None") : _ ("Select _All"));
  gtk_widget_set_sensitive (self->export,
                            self->cancellable == NULL && *recipient != '\0' && n_going > 0);
}

static void
on_changed (IwEvidenceExportDialog *self)
{
  if (self->rows != NULL)
    update (self);
}

static void
on_all (IwEvidenceExportDialog *self)
{
  gboolean choose = count_chosen (self) == 0;

  for (guint i = 0; i < self->rows->len; i++)
    gtk_check_button_set_active (g_object_get_data (self->rows->pdata[i], CHECK), choose);
}

/* ---- the run ---- */

static void
set_busy (IwEvidenceExportDialog *self, gboolean busy)
{
  gtk_widget_set_visible (self->progress_group, busy);
  gtk_widget_set_sensitive (self->to_group, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->files_group), !busy);
  update (self);
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  IwEvidenceExportDialog *self = data;
  g_autofree char *part = g_format_size ((guint64)done);
  g_autofree char *whole = g_format_size ((guint64)total);
  /* Translators: sizes: "1.2 GB of 2.1 GB". */
  g_autofree char *text = g_strdup_printf (_ ("%1$s of %2$s"), part, whole);

  gtk_progress_bar_set_text (self->progress, text);
  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / (double)total, 0, 1));
}

static char *
result_words (IwEvidenceExportResult *result)
{
  guint n_withheld = result->items->len - result->n_exported, said = 0;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("%u file exported.", "%u files exported.", result->n_exported),
                          result->n_exported);
  if (n_withheld > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u withheld.", "%u withheld.", n_withheld),
                              n_withheld);
    }
  for (guint i = 0; i < result->items->len && said < REASONS_SAID; i++)
    {
      IwEvidenceExportItem *item = result->items->pdata[i];

      if (item->reason == NULL)
        continue;
      g_string_append_c (text, ' ');
      /* Translators: the name of a file, then a sentence that says why it was left out. */
      g_string_append_printf (text, _ ("“%s”: %s"), item->name, item->reason);
      said++;
    }
  return g_string_free (text, FALSE);
}

static void
tell (IwEvidenceExportDialog *self, IwEvidenceExportResult *result)
{
  g_autofree char *words = result_words (result);

  if (self->window != NULL && gtk_widget_get_mapped (self->window))
    iw_window_add_toast (IW_WINDOW (self->window), iw_ui_toast_new (words));
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEvidenceExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job, &error);

  g_clear_object (&self->cancellable);
  if (done)
    {
      tell (self, ((IwEvidenceExportJob *)job)->result);
      if (!self->closed)
        adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (self->closed)
    return;
  set_busy (self, FALSE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = iw_ui_describe_error (error);

      adw_banner_set_title (self->error_banner, words);
      adw_banner_set_revealed (self->error_banner, TRUE);
    }
}

static char **
chosen_items (IwEvidenceExportDialog *self)
{
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();

  for (guint i = 0; i < self->rows->len; i++)
    if (is_chosen (self->rows->pdata[i]))
      g_strv_builder_add (items, docid_of (self->rows->pdata[i]));
  return g_strv_builder_end (items);
}

static void
start (IwEvidenceExportDialog *self, const char *path, gboolean zip)
{
  IwEvidenceExportJob *job = g_new0 (IwEvidenceExportJob, 1);

  job->incident = g_strdup (iw_live_incident_get_incident (self->live));
  job->items = chosen_items (self);
  job->recipient = recipient_of (self);
  job->purpose = g_strdup (gtk_editable_get_text (self->purpose));
  job->author = iw_ui_author ();
  job->path = g_strdup (path);
  job->zip = zip;
  job->replace = zip; /* the file chooser has asked */
  self->cancellable = g_cancellable_new ();
  adw_banner_set_revealed (self->error_banner, FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  set_busy (self, TRUE);
  iw_workspace_run_async (iw_live_incident_get_workspace (self->live), iw_evidence_export_job_run,
                          job, iw_evidence_export_job_free, on_progress, self, self->cancellable,
                          on_exported, g_object_ref (self));
}

/* ---- where to ---- */

static char *
suggest_name (IwEvidenceExportDialog *self, gboolean zip)
{
  return iw_evidence_export_name (
      iw_situation_get_title (iw_live_incident_get_situation (self->live)), zip, g_get_real_time (),
      iw_live_incident_get_zone (self->live));
}

static void
start_at (IwEvidenceExportDialog *self, GFile *file, gboolean zip)
{
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (file == NULL || self->closed || self->cancellable != NULL)
    return;
  if (path != NULL)
    {
      start (self, path, zip);
      return;
    }
  adw_banner_set_title (self->error_banner,
                        _ ("Evidence can only be exported to this computer. Choose a place here."));
  adw_banner_set_revealed (self->error_banner, TRUE);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEvidenceExportDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  start_at (self, file, TRUE);
}

/* A folder of its own in the one that is chosen. */
static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEvidenceExportDialog) self = data;
  g_autoptr (GFile) parent =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *name = suggest_name (self, FALSE);
  g_autoptr (GFile) file = parent != NULL ? g_file_get_child (parent, name) : NULL;

  start_at (self, file, FALSE);
}

static void
on_export (IwEvidenceExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_file_dialog_set_title (dialog, _ ("Export Evidence"));
  if (adw_combo_row_get_selected (self->shape) == 0)
    {
      g_autofree char *name = suggest_name (self, TRUE);

      gtk_file_dialog_set_initial_name (dialog, name);
      gtk_file_dialog_save (dialog, window, NULL, on_file_chosen, g_object_ref (self));
    }
  else
    gtk_file_dialog_select_folder (dialog, window, NULL, on_folder_chosen, g_object_ref (self));
}

/* While files are written, Cancel stops that; else it closes. */
static void
on_cancel (IwEvidenceExportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* ---- rows ---- */

static void
add_row (IwEvidenceExportDialog *self, IwDocument *document, const char *chosen)
{
  const char *docid = iw_document_get_id (document);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *warning =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "icon-name", "dialog-warning-symbolic", NULL);
  gint64 length =
      json_object_get_int_member_with_default (iw_document_get_body (document), "length", 0);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_document_get_name (document));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               chosen == NULL || g_str_equal (chosen, docid));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  gtk_widget_add_css_class (warning, "warning");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), warning);
  g_object_set_data (G_OBJECT (row), WARNING, warning);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (row), DOCID, g_strdup (docid), g_free);
  g_object_set_data (G_OBJECT (row), CHECK, check);
  g_object_set_data_full (G_OBJECT (row), SIZE, g_format_size ((guint64)length), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->files_group, row);
  g_ptr_array_add (self->rows, row);
}

/* Whoever may get one of the chosen is most likely who it is for. */
static void
suggest_recipient (IwEvidenceExportDialog *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);

  for (guint i = 0; i < self->rows->len; i++)
    {
      IwEntry *approval = iw_situation_get_approval (situation, docid_of (self->rows->pdata[i]));
      const char *recipient = approval != NULL ? iw_entry_get_field (approval, "recipient") : NULL;

      if (recipient == NULL || !is_chosen (self->rows->pdata[i]))
        continue;
      gtk_editable_set_text (self->recipient, recipient);
      return;
    }
}

static void
add_rows (IwEvidenceExportDialog *self, const char *chosen)
{
  g_autoptr (GPtrArray) documents =
      iw_situation_get_documents (iw_live_incident_get_situation (self->live), "evidence");

  self->rows = g_ptr_array_new ();
  for (guint i = 0; i < documents->len; i++)
    add_row (self, documents->pdata[i], chosen);
  suggest_recipient (self);
  update (self);
}

/* ---- the object ---- */

static void
iw_evidence_export_dialog_closed (AdwDialog *dialog)
{
  IwEvidenceExportDialog *self = IW_EVIDENCE_EXPORT_DIALOG (dialog);

  self->closed = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (ADW_DIALOG_CLASS (iw_evidence_export_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (iw_evidence_export_dialog_parent_class)->closed (dialog);
}

static void
iw_evidence_export_dialog_map (GtkWidget *widget)
{
  IwEvidenceExportDialog *self = IW_EVIDENCE_EXPORT_DIALOG (widget);

  GTK_WIDGET_CLASS (iw_evidence_export_dialog_parent_class)->map (widget);
  g_set_object (&self->window, gtk_widget_get_ancestor (widget, IW_TYPE_WINDOW));
}

static void
iw_evidence_export_dialog_dispose (GObject *object)
{
  IwEvidenceExportDialog *self = IW_EVIDENCE_EXPORT_DIALOG (object);

  self->closed = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_EVIDENCE_EXPORT_DIALOG);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->live);
  g_clear_object (&self->window);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (iw_evidence_export_dialog_parent_class)->dispose (object);
}

static void
iw_evidence_export_dialog_class_init (IwEvidenceExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_evidence_export_dialog_dispose;
  widget_class->map = iw_evidence_export_dialog_map;
  ADW_DIALOG_CLASS (klass)->closed = iw_evidence_export_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-evidence-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, export);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, progress_group);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, to_group);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, recipient);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, purpose);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, shape);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, files_group);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceExportDialog, all);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
iw_evidence_export_dialog_init (IwEvidenceExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
iw_evidence_export_dialog_new (IwLiveIncident *live, const char *docid)
{
  IwEvidenceExportDialog *self = g_object_new (IW_TYPE_EVIDENCE_EXPORT_DIALOG, NULL);

  self->live = g_object_ref (live);
  add_rows (self, docid);
  g_signal_connect_object (live, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  return ADW_DIALOG (self);
}
