#include "config.h"

#include "iw-calendar-export.h"

#include <glib/gi18n-lib.h>

#include "iw-calendar.h"
#include "iw-ui.h"
#include "iw-window.h"

typedef struct
{
  char *text;
  char *path;
  guint n_running;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_free (export->text);
  g_free (export->path);
  g_free (export);
}

typedef struct
{
  GtkWidget *window; /* (ref) */
  IwWorkspace *workspace;
  Export *export;
} Choice;

static void
choice_free (Choice *choice)
{
  g_clear_pointer (&choice->export, export_free);
  g_object_unref (choice->window);
  g_object_unref (choice->workspace);
  g_free (choice);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choice, choice_free)

/* Beside its place and then moved there: a calendar that watches the file never reads half of it.
 */
static gboolean
write_file (IwStore *store,
            gpointer data,
            IwProgressFunc progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  Export *export = data;

  return g_file_set_contents_full (export->path, export->text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  gpointer job;
  g_autofree char *words = NULL;

  if (iw_workspace_run_finish (IW_WORKSPACE (source), result, &job, &error))
    words = g_strdup_printf (
        ngettext ("%u clock exported", "%u clocks exported", ((Export *)job)->n_running),
        ((Export *)job)->n_running);
  else
    words = iw_ui_describe_error (error);
  if (IW_IS_WINDOW (window))
    iw_window_add_text_toast (IW_WINDOW (window), words);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Choice) choice = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  choice->export->path = path;
  iw_workspace_run_async (choice->workspace, write_file, g_steal_pointer (&choice->export),
                          export_free, NULL, NULL, NULL, on_written, g_object_ref (choice->window));
}

void
iw_calendar_export_dialog (GtkWidget *widget, IwLiveIncident *live)
{
  IwSituation *situation = iw_live_incident_get_situation (live);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GPtrArray) situations = g_ptr_array_new ();
  GtkRoot *root = gtk_widget_get_root (widget);
  Choice *choice;

  g_return_if_fail (IW_IS_LIVE_INCIDENT (live));

  if (situation == NULL || root == NULL)
    return;
  g_ptr_array_add (situations, situation);
  choice = g_new0 (Choice, 1);
  choice->window = g_object_ref (GTK_WIDGET (root));
  choice->workspace = g_object_ref (iw_live_incident_get_workspace (live));
  choice->export = g_new0 (Export, 1);
  choice->export->text =
      iw_calendar_write (situations, g_get_real_time (), &choice->export->n_running);
  gtk_file_dialog_set_title (dialog, _ ("Export Clocks as Calendar"));
  /* Translators: the suggested name of a calendar file with the clocks of an incident. */
  gtk_file_dialog_set_initial_name (dialog, _ ("clocks.ics"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (root), NULL, on_file_chosen, choice);
}
