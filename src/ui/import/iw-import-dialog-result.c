/* The import dialog's page of what the dry run found. */
#include "config.h"

#include "iw-import-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "iw-ui.h"

static void
show_button (IwImportDialog *self)
{
  IwImportWork *work = self->work;
  gint64 n = iw_import_n_rows (&work->counts, work->target,
                               adw_switch_row_get_active (self->keep_duplicates));
  g_autofree char *label = iw_import_words_button (n, work->target);

  gtk_button_set_label (GTK_BUTTON (self->primary), label);
  gtk_widget_set_sensitive (self->primary, n > 0 && !iw_workspace_get_read_only (self->workspace));
}

static void
show_text (IwImportDialog *self)
{
  IwImportWork *work = self->work;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *range = iw_import_words_range (&work->counts, utc);
  g_autofree char *duplicates = iw_import_words_duplicates (
      &work->counts, work->target, adw_switch_row_get_active (self->keep_duplicates));
  g_autofree char *decisions = iw_import_words_decisions (&work->counts);
  g_autofree char *text =
      g_strjoin (" ", range != NULL ? range : "", decisions != NULL ? decisions : "",
                 duplicates != NULL ? duplicates : "", NULL);

  gtk_label_set_text (self->result_text, g_strstrip (text));
}

static void
on_keep_duplicates (IwImportDialog *self)
{
  if (self->step != IW_STEP_RESULT)
    return;
  show_button (self);
  show_text (self);
}

void
iw_import_dialog_init_result (IwImportDialog *self)
{
  self->reject_list = IW_REJECT_LIST (iw_reject_list_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->reject_list), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->reject_list), -1, 260);
  gtk_box_append (GTK_BOX (self->rejects_box), GTK_WIDGET (self->reject_list));
  g_signal_connect_swapped (self->keep_duplicates, "notify::active",
                            G_CALLBACK (on_keep_duplicates), self);
}

void
iw_import_dialog_fill_result (IwImportDialog *self)
{
  IwImportWork *work = self->work;
  g_autofree char *title = iw_import_words_result (&work->counts);

  gtk_label_set_text (self->result_title, title);
  gtk_widget_set_visible (self->duplicates_group,
                          work->target == IW_IMPORT_AS_ENTRIES && work->counts.duplicates > 0);
  gtk_widget_set_visible (self->rejects_box, work->counts.rejected > 0);
  if (work->rejects != NULL)
    iw_reject_list_set_rejects (self->reject_list, work->rejects);
  gtk_widget_set_visible (GTK_WIDGET (self->rejects_more),
                          work->counts.rejected > IW_IMPORT_MAX_REJECTS);
  if (work->counts.rejected > IW_IMPORT_MAX_REJECTS)
    {
      g_autofree char *more =
          g_strdup_printf (_ ("The first %'d are shown; the exported file holds all of them."),
                           IW_IMPORT_MAX_REJECTS);

      gtk_label_set_text (self->rejects_more, more);
    }
  show_button (self);
  show_text (self);
  /* read aloud when it appears: it is what the person waits for */
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* ---- the rejected rows as a file ---- */

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImportDialog) self = data;

  if (!iw_import_dialog_end (self, result, IW_STEP_RESULT) || self->closed)
    return;
  iw_import_dialog_set_step (self, IW_STEP_RESULT);
  iw_ui_toast (GTK_WIDGET (self), _ ("Rejected rows exported"));
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwImportDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL || self->closed || self->cancellable != NULL)
    return;
  g_set_object (&self->work->rejects_file, file);
  iw_import_dialog_run (self, IW_STEP_CHECKING, iw_import_work_export_rejects, on_exported);
}

void
iw_import_dialog_export_rejects (IwImportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* Translators: the name of a file; %s is the name of the file that was imported */
  g_autofree char *name =
      g_strdup_printf (_ ("%s-rejected.csv"), iw_timeline_import_get_name (self->work->import));

  gtk_file_dialog_set_title (dialog, _ ("Export Rejected Rows"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        on_file_chosen, g_object_ref (self));
}
