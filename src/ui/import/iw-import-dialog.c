#include "config.h"

#include "iw-import-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "iw-ui.h"

G_DEFINE_FINAL_TYPE (IwImportDialog, iw_import_dialog, ADW_TYPE_DIALOG)

enum
{
  IMPORTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void start_reading (IwImportDialog *self, GFile *file);

/* ---- steps ---- */

static const char *
step_title (IwImportStep step)
{
  switch (step)
    {
    case IW_STEP_READING:
      return _ ("Reading the File…");
    case IW_STEP_CHECKING:
      return _ ("Checking All Rows…");
    case IW_STEP_IMPORTING:
      return _ ("Importing…");
    case IW_STEP_SETUP:
    case IW_STEP_RESULT:
    case IW_STEP_PROBLEM:
    default:
      return "";
    }
}

static const char *
step_page (IwImportStep step)
{
  switch (step)
    {
    case IW_STEP_SETUP:
      return "setup";
    case IW_STEP_RESULT:
      return "result";
    case IW_STEP_PROBLEM:
      return "problem";
    case IW_STEP_READING:
    case IW_STEP_CHECKING:
    case IW_STEP_IMPORTING:
    default:
      return "progress";
    }
}

/* Where Enter goes on from here, or what keeps it from going on. */
static GtkWidget *
step_focus (IwImportDialog *self)
{
  switch (self->step)
    {
    case IW_STEP_PROBLEM:
      return self->choose_file;
    case IW_STEP_SETUP:
      if (self->setup_focus != NULL)
        return self->setup_focus;
      if (!gtk_widget_get_sensitive (self->primary) && gtk_widget_get_visible (self->zone_hint_row))
        return GTK_WIDGET (self->zone);
      return self->primary;
    case IW_STEP_RESULT:
      return gtk_widget_get_sensitive (self->primary) ? self->primary : self->back;
    case IW_STEP_READING:
    case IW_STEP_CHECKING:
    case IW_STEP_IMPORTING:
    default:
      return self->cancel;
    }
}

/* What had the keyboard has gone with its page. Later, since a dialog that is just presented still
 * gives the keyboard to its first widget. */
static gboolean
focus_step (gpointer data)
{
  IwImportDialog *self = data;

  self->focus_idle = 0;
  adw_dialog_set_focus (ADW_DIALOG (self), step_focus (self));
  return G_SOURCE_REMOVE;
}

static void
remember_focus (IwImportDialog *self)
{
  GtkWidget *focus = adw_dialog_get_focus (ADW_DIALOG (self));

  g_clear_weak_pointer (&self->setup_focus);
  /* the row, not what it popped up */
  focus = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  if (focus != NULL && focus != GTK_WIDGET (self->name_row))
    g_set_weak_pointer (&self->setup_focus, focus);
}

void
iw_import_dialog_set_step (IwImportDialog *self, IwImportStep step)
{
  if (self->step == IW_STEP_SETUP && step != IW_STEP_SETUP)
    remember_focus (self);
  self->step = step;
  if (*step_title (step) != '\0')
    adw_status_page_set_title (self->progress_page, step_title (step));
  gtk_stack_set_visible_child_name (self->stack, step_page (step));
  gtk_widget_set_visible (self->bottom, step == IW_STEP_SETUP || step == IW_STEP_RESULT);
  gtk_widget_set_visible (self->back, step == IW_STEP_RESULT);
  if (step == IW_STEP_SETUP)
    {
      gtk_button_set_label (GTK_BUTTON (self->primary), _ ("_Check All Rows"));
      iw_import_dialog_check_setup (self);
    }
  if (step == IW_STEP_SETUP || step == IW_STEP_RESULT)
    adw_dialog_set_default_widget (ADW_DIALOG (self), self->primary);
  if (self->focus_idle == 0)
    self->focus_idle = g_idle_add (focus_step, self);
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  IwImportDialog *self = data;
  g_autofree char *words = iw_import_words_progress (done, total);

  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress_bar, CLAMP ((double)done / (double)total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress_bar);
  gtk_label_set_text (self->progress_label, words);
}

void
iw_import_dialog_run (IwImportDialog *self,
                      IwImportStep step,
                      IwWorkspaceJob job,
                      GAsyncReadyCallback callback)
{
  g_return_if_fail (self->cancellable == NULL);

  self->cancellable = g_cancellable_new ();
  adw_banner_set_revealed (self->error_banner, FALSE);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_label_set_text (self->progress_label, "");
  iw_import_dialog_set_step (self, step);
  iw_workspace_run_async (self->workspace, job, iw_import_work_ref (self->work),
                          iw_import_work_unref, on_progress, self, self->cancellable, callback,
                          g_object_ref (self));
}

gboolean
iw_import_dialog_end (IwImportDialog *self, GAsyncResult *result, IwImportStep otherwise)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  gboolean done = iw_workspace_run_finish (self->workspace, result, NULL, &error);

  g_clear_object (&self->cancellable);
  if (done)
    return TRUE;
  if (self->closed)
    return FALSE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    words = iw_import_words_error (error);
  if (otherwise == IW_STEP_PROBLEM && words == NULL)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return FALSE;
    }
  if (otherwise == IW_STEP_PROBLEM)
    {
      g_autofree char *escaped = g_markup_escape_text (words, -1);

      adw_status_page_set_description (self->problem_page, escaped);
    }
  else if (words != NULL)
    {
      adw_banner_set_use_markup (self->error_banner, FALSE);
      adw_banner_set_title (self->error_banner, words);
      adw_banner_set_revealed (self->error_banner, TRUE);
    }
  iw_import_dialog_set_step (self, otherwise);
  return FALSE;
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImportDialog) self = data;

  if (!iw_import_dialog_end (self, result, IW_STEP_PROBLEM) || self->closed)
    return;
  iw_import_dialog_fill_setup (self);
  iw_import_dialog_set_step (self, IW_STEP_SETUP);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImportDialog) self = data;

  if (!iw_import_dialog_end (self, result, IW_STEP_SETUP) || self->closed)
    return;
  iw_import_dialog_set_step (self, IW_STEP_RESULT);
  iw_import_dialog_fill_result (self);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImportDialog) self = data;

  if (!iw_import_dialog_end (self, result, IW_STEP_SETUP))
    return;
  g_signal_emit (self, signals[IMPORTED], 0, self->work->docid);
  if (!self->closed)
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_primary (IwImportDialog *self)
{
  if (self->step == IW_STEP_SETUP)
    {
      iw_import_dialog_take_setup (self);
      iw_import_dialog_run (self, IW_STEP_CHECKING, iw_import_work_dry_run, on_checked);
    }
  else if (self->step == IW_STEP_RESULT)
    {
      self->work->keep_duplicates = adw_switch_row_get_active (self->keep_duplicates);
      iw_import_dialog_run (self, IW_STEP_IMPORTING, iw_import_work_commit, on_imported);
    }
}

static void
on_back (IwImportDialog *self)
{
  iw_import_dialog_set_step (self, IW_STEP_SETUP);
}

static void
on_cancel (IwImportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
on_export_rejects (IwImportDialog *self)
{
  iw_import_dialog_export_rejects (self);
}

/* ---- another file ---- */

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImportDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && !self->closed)
    start_reading (self, file);
}

static void
on_choose_file (IwImportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Import Timeline"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        on_file_chosen, g_object_ref (self));
}

static void
start_reading (IwImportDialog *self, GFile *file)
{
  g_autofree char *author = iw_ui_author ();
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name != NULL ? name : "");

  g_clear_pointer (&self->work, iw_import_work_unref);
  self->work =
      iw_import_work_new (iw_workspace_get_dir (self->workspace), author, self->incident, file);
  adw_status_page_set_description (self->progress_page, NULL);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Import Timeline"));
  {
    g_autofree char *escaped = g_markup_escape_text (shown, -1);

    adw_status_page_set_description (self->progress_page, escaped);
  }
  iw_import_dialog_run (self, IW_STEP_READING, iw_import_work_probe, on_probed);
}

/* ---- the dialog ---- */

static void
iw_import_dialog_closed (AdwDialog *dialog)
{
  IwImportDialog *self = IW_IMPORT_DIALOG (dialog);

  self->closed = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (ADW_DIALOG_CLASS (iw_import_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (iw_import_dialog_parent_class)->closed (dialog);
}

static void
iw_import_dialog_dispose (GObject *object)
{
  IwImportDialog *self = IW_IMPORT_DIALOG (object);

  g_clear_weak_pointer (&self->setup_focus);
  g_clear_handle_id (&self->focus_idle, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->work, iw_import_work_unref);
  g_clear_pointer (&self->incident, g_free);
  G_OBJECT_CLASS (iw_import_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, IwImportDialog, name)
  BIND (error_banner);
  BIND (stack);
  BIND (progress_page);
  BIND (problem_page);
  BIND (progress_bar);
  BIND (progress_label);
  BIND (bottom);
  BIND (back);
  BIND (primary);
  BIND (cancel);
  BIND (choose_file);
  BIND (name_row);
  BIND (length_row);
  BIND (sha256);
  BIND (format);
  BIND (encoding);
  BIND (target);
  BIND (more_columns);
  BIND (zone);
  BIND (zone_hint_row);
  BIND (zone_hint);
  BIND (day_first);
  BIND (keep_duplicates);
  BIND (columns_group);
  BIND (columns_box);
  BIND (mapping_hint);
  BIND (more_group);
  BIND (result_title);
  BIND (result_text);
  BIND (rejects_more);
  BIND (duplicates_group);
  BIND (rejects_box);
  BIND (export_rejects);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_primary);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_file);
  gtk_widget_class_bind_template_callback (widget_class, on_export_rejects);
}

static void
iw_import_dialog_class_init (IwImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_import_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = iw_import_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-import-dialog.ui");
  bind_template (widget_class);
  signals[IMPORTED] = g_signal_new ("imported", IW_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
iw_import_dialog_init (IwImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  iw_import_dialog_init_setup (self);
  iw_import_dialog_init_result (self);
}

AdwDialog *
iw_import_dialog_new (IwWorkspace *workspace, const char *incident, GFile *file)
{
  IwImportDialog *self = g_object_new (IW_TYPE_IMPORT_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->incident = g_strdup (incident);
  start_reading (self, file);
  return ADW_DIALOG (self);
}
