#include "config.h"

#include "iw-calendar-export.h"

#include <glib/gi18n-lib.h>

#include "iw-calendar.h"
#include "iw-ui.h"
#include "iw-window.h"

typedef struct
{
  GtkWidget *window; /* (ref) */
  GBytes *text;
  guint n_running;
} Export;

static void
export_free (Export *export)
{
  g_clear_object (&export->window);
  g_bytes_unref (export->text);
  g_free (export);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
tell (Export *export, const char *words)
{
  if (IW_IS_WINDOW (export->window))
    iw_window_add_text_toast (IW_WINDOW (export->window), words);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    words = g_strdup_printf (
        ngettext ("%u clock exported", "%u clocks exported", export->n_running), export->n_running);
  else
    words = iw_ui_describe_error (error);
  tell (export, words);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  GBytes *text;

  if (file == NULL)
    return;
  text = export->text;
  g_file_replace_contents_bytes_async (file, text, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_written, g_steal_pointer (&export));
}

void
iw_calendar_export_dialog (GtkWidget *widget, IwLiveIncident *live)
{
  IwSituation *situation = iw_live_incident_get_situation (live);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GPtrArray) situations = g_ptr_array_new ();
  GtkRoot *root = gtk_widget_get_root (widget);
  Export *export;
  char *text;

  g_return_if_fail (IW_IS_LIVE_INCIDENT (live));

  if (situation == NULL || root == NULL)
    return;
  g_ptr_array_add (situations, situation);
  export = g_new0 (Export, 1);
  export->window = g_object_ref (GTK_WIDGET (root));
  text = iw_calendar_write (situations, g_get_real_time (), &export->n_running);
  export->text = g_bytes_new_take (text, strlen (text));
  gtk_file_dialog_set_title (dialog, _ ("Export Clocks as Calendar"));
  /* Translators: the suggested name of a calendar file with the clocks of an incident. */
  gtk_file_dialog_set_initial_name (dialog, _ ("clocks.ics"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (root), NULL, on_file_chosen, export);
}
