/* A notice into mail messages, a PDF, a text. */
#include "config.h"

#include "iw-notice-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-model-json.h"
#include "iw-notice-export.h"
#include "iw-ui.h"
#include "iw-window.h"

typedef struct
{
  IwNoticePage *page; /* (ref) */
  IwNoticeExport *export;
} Choice;

static void
choice_free (Choice *choice)
{
  g_clear_pointer (&choice->export, iw_notice_export_free);
  g_object_unref (choice->page);
  g_free (choice);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choice, choice_free)

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwNoticePage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job;
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), IW_TYPE_WINDOW);
  gboolean good = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job, &error);
  g_autofree char *words = good ? iw_notice_export_words (job) : iw_ui_describe_error (error);

  if (window != NULL)
    iw_window_add_text_toast (IW_WINDOW (window), words);
}

/* @path: (transfer full), NULL where nothing was chosen. */
static void
run (Choice *choice, char *path)
{
  IwNoticePage *self = choice->page;

  if (path == NULL || self->gone)
    {
      g_free (path);
      return;
    }
  choice->export->path = path;
  iw_workspace_run_async (iw_notice_page_get_workspace (self), iw_notice_export_run,
                          g_steal_pointer (&choice->export), iw_notice_export_free, NULL, NULL,
                          NULL, on_exported, g_object_ref (self));
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Choice) choice = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  run (choice, file != NULL ? g_file_get_path (file) : NULL);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Choice) choice = data;
  g_autoptr (GFile) folder =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *path = folder != NULL ? g_file_get_path (folder) : NULL;
  g_autofree char *name = iw_notice_export_file_name (
      IW_NOTICE_EXPORT_FOLDER, iw_model_json_get_text (choice->page->notice, "title"));

  run (choice, path != NULL ? g_build_filename (path, name, NULL) : NULL);
}

void
iw_notice_page_export (IwNoticePage *self, const char *what)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  IwSituation *situation = iw_notice_page_get_situation (self);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *author = iw_ui_author ();
  g_autofree char *name = NULL;
  IwNoticeExportKind kind;
  Choice *choice;

  if (self->notice == NULL || situation == NULL || !iw_notice_export_kind_from_string (what, &kind))
    return;
  choice = g_new0 (Choice, 1);
  choice->page = g_object_ref (self);
  choice->export = iw_notice_export_new (kind, self->docid, self->notice, situation, author);
  if (iw_notice_export_problem (choice->export) != NULL)
    {
      if (IW_IS_WINDOW (window))
        iw_window_add_text_toast (IW_WINDOW (window), iw_notice_export_problem (choice->export));
      choice_free (choice);
      return;
    }
  gtk_file_dialog_set_title (dialog, _ ("Export Notice"));
  if (kind == IW_NOTICE_EXPORT_FOLDER)
    {
      gtk_file_dialog_set_accept_label (dialog, _ ("_Export Here"));
      gtk_file_dialog_select_folder (dialog, window, NULL, on_folder_chosen, choice);
      return;
    }
  name = iw_notice_export_file_name (kind, iw_model_json_get_text (self->notice, "title"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, window, NULL, on_file_chosen, choice);
}
