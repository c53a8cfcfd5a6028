/* Files that are opened with the window, or dropped on it: imported one after another. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-bundle-import-dialog.h"
#include "iw-import-dialog.h"
#include "iw-incident-chooser.h"
#include "iw-incident-dialog.h"
#include "iw-window-private.h"

static void open_next (IwWindow *self);

void
iw_window_forget_files (IwWindow *self)
{
  g_queue_clear_full (&self->bundles, g_object_unref);
  g_queue_clear_full (&self->files, g_object_unref);
  g_clear_pointer (&self->files_incident, g_free);
}

static void
on_imported (IwWindow *self, const char *docid)
{
  IwIncidentPage *page = iw_window_get_incident_page (self);

  if (page != NULL)
    iw_timeline_page_announce_import (iw_incident_page_get_timeline (page), docid);
}

static void
import_timeline (IwWindow *self, GFile *file)
{
  AdwDialog *dialog = iw_import_dialog_new (self->workspace, self->files_incident, file);

  g_signal_connect_object (dialog, "imported", G_CALLBACK (on_imported), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (open_next), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_bundle_closed (IwWindow *self)
{
  self->bundle_open = FALSE;
  open_next (self);
}

static void
open_bundle (IwWindow *self, GFile *file)
{
  AdwDialog *dialog = iw_bundle_import_open (GTK_WIDGET (self), self->workspace, file);

  if (dialog == NULL)
    {
      open_next (self);
      return;
    }
  self->bundle_open = TRUE;
  g_signal_connect_object (dialog, "closed", G_CALLBACK (on_bundle_closed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
import_into (IwWindow *self, const char *incident)
{
  g_set_str (&self->files_incident, incident);
  iw_window_show_incident (self, incident, FALSE);
  open_next (self);
}

static void
on_new_incident_wanted (IwWindow *self)
{
  AdwDialog *dialog = iw_incident_dialog_new (self->workspace);

  g_signal_connect_object (dialog, "created", G_CALLBACK (import_into), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
ask_incident (IwWindow *self)
{
  IwIncidentsFilter open = { .open_only = TRUE, .stage = -1, .severity = -1, .classification = -1 };
  AdwDialog *dialog;
  g_autoptr (GError) error = NULL;
  guint n;

  if (!iw_query_count_incidents (iw_workspace_get_store (self->workspace), &open, &n, &error))
    {
      iw_window_add_text_toast (self, error->message);
      iw_window_forget_files (self);
      return;
    }
  if (n == 0)
    {
      on_new_incident_wanted (self);
      return;
    }
  dialog = iw_incident_chooser_new (self->workspace);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (import_into), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "new-wanted", G_CALLBACK (on_new_incident_wanted), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* Bundles first: what they bring can then be chosen for the timelines. */
static void
open_next (IwWindow *self)
{
  IwIncidentPage *page = iw_window_get_incident_page (self);
  g_autoptr (GFile) bundle = NULL;
  g_autoptr (GFile) file = NULL;

  if (self->workspace == NULL)
    iw_window_forget_files (self);
  else if ((bundle = g_queue_pop_head (&self->bundles)) != NULL)
    open_bundle (self, bundle);
  else if (g_queue_is_empty (&self->files))
    iw_window_forget_files (self);
  else if (self->files_incident == NULL && page != NULL)
    import_into (self, iw_incident_page_get_incident (page));
  else if (self->files_incident == NULL)
    ask_incident (self);
  else
    {
      file = g_queue_pop_head (&self->files);
      import_timeline (self, file);
    }
}

void
iw_window_open_files (IwWindow *self, GFile **files, guint n_files)
{
  gboolean under_way = self->bundle_open || self->files_incident != NULL;

  if (self->workspace == NULL || n_files == 0)
    return;
  if (iw_workspace_get_read_only (self->workspace))
    {
      iw_window_add_text_toast (self, _ ("Nothing can be imported: the workspace is read-only"));
      return;
    }
  /* What was asked about and not answered is forgotten. */
  if (!under_way)
    iw_window_forget_files (self);
  for (guint i = 0; i < n_files; i++)
    g_queue_push_tail (iw_bundle_import_takes (files[i]) ? &self->bundles : &self->files,
                       g_object_ref (files[i]));
  if (!under_way)
    open_next (self);
}

static gboolean
on_drop (IwWindow *self, const GValue *value)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  /* A drop behind a dialog would act on what cannot be seen. */
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return FALSE;
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_ptr_array_add (files, l->data);
  iw_window_open_files (self, (GFile **)files->pdata, files->len);
  return files->len > 0;
}

void
iw_window_init_drop (IwWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
on_files_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwWindow) self = data;
  g_autoptr (GListModel) chosen =
      gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; chosen != NULL && i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  iw_window_open_files (self, (GFile **)files->pdata, files->len);
}

void
iw_window_choose_file (IwWindow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) timelines = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  const char *const suffixes[] = { "csv", "tsv", "json", "jsonl", "ndjson",
                                   "tln", "txt", "gz",   "body" };

  gtk_file_filter_set_name (timelines, _ ("Timelines"));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (timelines, suffixes[i]);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, timelines);
  g_list_store_append (filters, all);

  gtk_file_dialog_set_title (dialog, _ ("Import Timelines"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Import"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (self), NULL, on_files_chosen,
                                 g_object_ref (self));
}
