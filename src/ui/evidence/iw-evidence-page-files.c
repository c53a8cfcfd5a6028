/* Files on their way to being evidence: chosen, dropped or pasted. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-evidence-add-dialog.h"
#include "iw-evidence-jobs.h"
#include "iw-evidence-page-private.h"

#define REASONS_SHOWN 8

/* ---- afterwards ---- */

static guint
count (GPtrArray *results, IwEvidenceOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    n += ((IwEvidenceAdded *)results->pdata[i])->outcome == outcome;
  return n;
}

/* Names and reasons of those that were not added. */
static char *
reasons (GPtrArray *results, guint n)
{
  GString *text = g_string_new (NULL);
  guint shown = 0;

  for (guint i = 0; i < results->len && shown < REASONS_SHOWN; i++)
    {
      IwEvidenceAdded *added = results->pdata[i];

      if (added->outcome == IW_EVIDENCE_ADDED)
        continue;
      if (shown++ > 0)
        g_string_append (text, "\n\n");
      /* Translators: the name of a file, then a sentence that says why it was not added. */
      g_string_append_printf (text, C_ ("not added", "%1$s: %2$s"), added->name, added->message);
    }
  if (n > shown)
    {
      g_string_append (text, "\n\n");
      g_string_append_printf (text, ngettext ("And %u more.", "And %u more.", n - shown),
                              n - shown);
    }
  return g_string_free (text, FALSE);
}

static void
tell_of_the_rest (IwEvidencePage *self, GPtrArray *results, guint n)
{
  g_autofree char *heading =
      g_strdup_printf (ngettext ("%u File Was Not Added", "%u Files Were Not Added", n), n);
  g_autofree char *body = reasons (results, n);
  AdwDialog *dialog = adw_alert_dialog_new (heading, NULL);

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_alert_dialog_set_prefer_wide_layout (ADW_ALERT_DIALOG (dialog), TRUE);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
tell (IwEvidencePage *self, GPtrArray *results)
{
  guint n = count (results, IW_EVIDENCE_ADDED);

  if (n > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u file added", "%u files added", n), n);

      iw_evidence_page_toast (self, text, TRUE);
    }
  if (n < results->len)
    tell_of_the_rest (self, results, results->len - n);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEvidencePage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job, &error);

  iw_evidence_page_end (self);
  if (self->gone)
    return;
  if (done)
    tell (self, ((IwEvidenceAddJob *)job)->results);
  else
    iw_evidence_page_toast_error (self, error);
}

/* ---- asked once for all ---- */

static void
on_confirmed (IwEvidencePage *self, IwEvidenceAddDialog *dialog)
{
  IwEvidenceAddJob *job = iw_evidence_add_job_new (iw_live_incident_get_incident (self->live),
                                                   iw_evidence_add_dialog_get_files (dialog));

  if (self->cancellable != NULL)
    {
      iw_evidence_add_job_free (job);
      return;
    }
  job->collected_at = iw_evidence_add_dialog_get_time (dialog);
  job->collected_by = g_strdup (iw_evidence_add_dialog_get_person (dialog));
  job->origin = g_strdup (iw_evidence_add_dialog_get_origin (dialog));
  iw_evidence_page_begin (self, _ ("Adding files…"));
  iw_workspace_run_async (iw_live_incident_get_workspace (self->live), iw_evidence_add_job_run, job,
                          iw_evidence_add_job_free, iw_evidence_page_progress, self,
                          self->cancellable, on_added, g_object_ref (self));
}

/* @files: (element-type GFile) */
static void
ask (IwEvidencePage *self, GPtrArray *files)
{
  AdwDialog *dialog;

  if (files->len == 0 || self->gone)
    return;
  dialog = iw_evidence_add_dialog_new (self->live, files);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_confirmed), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
ask_for_list (IwEvidencePage *self, GdkFileList *list)
{
  g_autoptr (GSList) each = gdk_file_list_get_files (list);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *l = each; l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  ask (self, files);
}

/* ---- chosen ---- */

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEvidencePage) self = data;
  g_autoptr (GListModel) model =
      gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (files, g_list_model_get_item (model, i));
  ask (self, files);
}

void
iw_evidence_page_choose (IwEvidencePage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Add Evidence"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Add"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                                 on_chosen, g_object_ref (self));
}

/* ---- pasted ---- */

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwEvidencePage) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    ask_for_list (self, g_value_get_boxed (value));
  else
    iw_evidence_page_toast (self, _ ("There are no files to paste. Copy some in Files first."),
                            FALSE);
}

void
iw_evidence_page_paste (IwEvidencePage *self)
{
  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), GDK_TYPE_FILE_LIST,
                                  G_PRIORITY_DEFAULT, NULL, on_pasted, g_object_ref (self));
}

/* ---- dropped ---- */

static gboolean
on_drop (IwEvidencePage *self, const GValue *value)
{
  gtk_widget_set_visible (self->drop_hint, FALSE);
  if (self->cancellable != NULL)
    return FALSE;
  ask_for_list (self, g_value_get_boxed (value));
  return TRUE;
}

static GdkDragAction
on_drop_enter (IwEvidencePage *self)
{
  if (self->cancellable != NULL)
    return 0;
  gtk_widget_set_visible (self->drop_hint, TRUE);
  return GDK_ACTION_COPY;
}

static void
on_drop_leave (IwEvidencePage *self)
{
  gtk_widget_set_visible (self->drop_hint, FALSE);
}

void
iw_evidence_page_init_drop (IwEvidencePage *self)
{
  GtkDropTarget *target;

  if (iw_workspace_get_read_only (iw_live_incident_get_workspace (self->live)))
    return;
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "enter", G_CALLBACK (on_drop_enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (on_drop_leave), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
