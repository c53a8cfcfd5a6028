#include "config.h"

#include "iw-export-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-export-work.h"
#include "iw-import-words.h"
#include "iw-ui.h"

struct _IwExportDialog
{
  AdwDialog parent_instance;

  AdwBanner *error_banner;
  GtkWidget *export;
  GtkWidget *formats_group;
  GtkWidget *progress_group;
  GtkProgressBar *progress_bar;
  GtkCheckButton *checks[IW_N_EXPORTS];

  IwWorkspace *workspace;
  char *incident;
  IwFilter *filter;
  IwTimeDisplay *display;
  GCancellable *cancellable; /* of the running export */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (IwExportDialog, iw_export_dialog, ADW_TYPE_DIALOG)

enum
{
  EXPORTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_busy (IwExportDialog *self, gboolean busy)
{
  gtk_widget_set_visible (self->progress_group, busy);
  gtk_widget_set_sensitive (self->formats_group, !busy);
  gtk_widget_set_sensitive (self->export, !busy);
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  IwExportDialog *self = data;

  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress_bar, CLAMP ((double)done / (double)total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress_bar);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gpointer work;
  gboolean written = iw_workspace_run_finish (IW_WORKSPACE (source), result, &work, &error);

  g_clear_object (&self->cancellable);
  if (written)
    {
      g_signal_emit (self, signals[EXPORTED], 0, ((IwExportWork *)work)->file,
                     ((IwExportWork *)work)->counts.withheld);
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

static IwExportFormat
chosen_format (IwExportDialog *self)
{
  for (guint i = 0; i < IW_N_EXPORTS; i++)
    if (gtk_check_button_get_active (self->checks[i]))
      return i;
  return IW_EXPORT_TIMESKETCH_CSV;
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwExportDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  IwExportWork *work;

  if (file == NULL || self->closed || self->cancellable != NULL)
    return;
  work = iw_export_work_new (self->incident, self->filter, chosen_format (self),
                             iw_time_display_get_zone (self->display), file);
  self->cancellable = g_cancellable_new ();
  adw_banner_set_revealed (self->error_banner, FALSE);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  set_busy (self, TRUE);
  iw_workspace_run_async (self->workspace, iw_export_work_write, work, iw_export_work_free,
                          on_progress, self, self->cancellable, on_written, g_object_ref (self));
}

static void
on_export (IwExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (IwIncidentRow) row =
      iw_query_incident (iw_workspace_get_store (self->workspace), self->incident, NULL);
  g_autofree char *name = iw_export_file_name (row != NULL ? row->title : "", chosen_format (self));

  gtk_file_dialog_set_title (dialog, _ ("Export Timeline"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        on_file_chosen, g_object_ref (self));
}

/* While a file is written, Cancel stops that; else it closes. */
static void
on_cancel (IwExportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* ---- the dialog ---- */

static void
iw_export_dialog_closed (AdwDialog *dialog)
{
  IwExportDialog *self = IW_EXPORT_DIALOG (dialog);

  self->closed = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (ADW_DIALOG_CLASS (iw_export_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (iw_export_dialog_parent_class)->closed (dialog);
}

static void
iw_export_dialog_dispose (GObject *object)
{
  IwExportDialog *self = IW_EXPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->workspace);
  g_clear_object (&self->display);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->filter, iw_filter_free);
  g_clear_pointer (&self->incident, g_free);
  G_OBJECT_CLASS (iw_export_dialog_parent_class)->dispose (object);
}

static void
iw_export_dialog_class_init (IwExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_export_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = iw_export_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwExportDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, IwExportDialog, export);
  gtk_widget_class_bind_template_child (widget_class, IwExportDialog, formats_group);
  gtk_widget_class_bind_template_child (widget_class, IwExportDialog, progress_group);
  gtk_widget_class_bind_template_child (widget_class, IwExportDialog, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  signals[EXPORTED] = g_signal_new ("exported", IW_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_FILE, G_TYPE_STRING);
}

static void
iw_export_dialog_init (IwExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < IW_N_EXPORTS; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_export_format_label (i));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), iw_export_words_format (i));
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_check_button_set_group (GTK_CHECK_BUTTON (check), i > 0 ? self->checks[0] : NULL);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->formats_group), row);
      self->checks[i] = GTK_CHECK_BUTTON (check);
    }
  gtk_check_button_set_active (self->checks[0], TRUE);
}

/* ---- how much will be written: counted in a thread, since a text filter takes its time ---- */

typedef struct
{
  char *incident;
  IwFilter *filter;
  gint64 n_entries, n_events;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_free (count->incident);
  iw_filter_free (count->filter);
  g_free (count);
}

static gboolean
count_rows (IwStore *store,
            gpointer data,
            IwProgressFunc progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  Count *count = data;
  g_autoptr (IwTimelineMatch) match = NULL;
  g_autoptr (IwTimelineView) view = NULL;

  if (iw_timeline_view_needs_match (count->filter))
    {
      match = iw_timeline_match_new (store, count->incident, count->filter, cancellable, error);
      if (match == NULL)
        return FALSE;
    }
  view = iw_timeline_view_new (store, count->incident, error);
  if (view == NULL)
    return FALSE;
  iw_timeline_view_set_filter (view, count->filter, match);
  count->n_entries = iw_timeline_view_get_n_entries (view);
  count->n_events = iw_timeline_view_get_n_events (view);
  return TRUE;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwExportDialog) self = data;
  gpointer job_data;
  g_autofree char *words = NULL;

  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, NULL) || self->closed)
    return;
  words = iw_export_words_count (((Count *)job_data)->n_entries, ((Count *)job_data)->n_events);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->formats_group), words);
  if (((Count *)job_data)->n_entries + ((Count *)job_data)->n_events == 0)
    gtk_widget_set_sensitive (self->export, FALSE);
}

AdwDialog *
iw_export_dialog_new (IwWorkspace *workspace,
                      const char *incident,
                      const IwFilter *filter,
                      IwTimeDisplay *display)
{
  IwExportDialog *self = g_object_new (IW_TYPE_EXPORT_DIALOG, NULL);
  Count *count = g_new0 (Count, 1);

  self->workspace = g_object_ref (workspace);
  self->incident = g_strdup (incident);
  self->filter = filter != NULL ? iw_filter_copy (filter) : iw_filter_new ();
  self->display = g_object_ref (display);
  count->incident = g_strdup (incident);
  count->filter = iw_filter_copy (self->filter);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->formats_group),
                                         _ ("Counting…"));
  iw_workspace_run_async (workspace, count_rows, count, count_free, NULL, NULL, NULL, on_counted,
                          g_object_ref (self));
  return ADW_DIALOG (self);
}
