/* Files in and out of the timeline page: import by chooser and by drag and drop, export. */
#include "config.h"

#include "iw-timeline-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-export-dialog.h"
#include "iw-import-dialog.h"

/* How many rows at the beginning of a file are looked for among its events. */
#define MAX_TRIED 20

/* ---- import: one dialog after the other ---- */

static void import_next (IwTimelinePage *self);

/* The first row of the file that is an event: the ones before it may have been rejected. */
static guint
find_first_event (IwTimelinePage *self, const char *docid)
{
  guint position = G_MAXUINT;

  for (guint i = 1; i <= MAX_TRIED && position == G_MAXUINT; i++)
    {
      g_autofree char *key = g_strdup_printf ("event:%s:%u", docid, i);

      position = iw_timeline_view_find_key (self->view, key);
    }
  return position;
}

void
iw_timeline_page_announce_import (IwTimelinePage *self, const char *docid)
{
  guint position = G_MAXUINT;

  g_return_if_fail (IW_IS_TIMELINE_PAGE (self));

  if (self->view == NULL)
    return;
  iw_timeline_page_toast (self, _ ("Timeline imported"), TRUE);
  if (docid != NULL)
    position = find_first_event (self, docid);
  if (position != G_MAXUINT)
    iw_timeline_page_reveal (self, position, FALSE);
}

static void
import_next (IwTimelinePage *self)
{
  g_autoptr (GFile) file = NULL;
  AdwDialog *dialog;

  if (self->files->len == 0 || self->view == NULL)
    return;
  file = g_object_ref (g_ptr_array_index (self->files, 0));
  g_ptr_array_remove_index (self->files, 0);
  dialog = iw_import_dialog_new (self->workspace, self->incident, file);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (iw_timeline_page_announce_import), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (import_next), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_files_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwTimelinePage) self = IW_TIMELINE_PAGE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files =
      gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  if (files == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        iw_timeline_page_toast (self, error->message, FALSE);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (self->files, g_list_model_get_item (files, i));
  import_next (self);
}

static void
add_filter (GListStore *filters, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  if (suffixes[0] == NULL)
    gtk_file_filter_add_pattern (filter, "*");
  g_list_store_append (filters, filter);
}

void
iw_timeline_page_choose_import (IwTimelinePage *self)
{
  static const char *const tables[] = { "csv", "tsv", "jsonl", "json", "txt", "gz", "tln", NULL };
  static const char *const all[] = { NULL };
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  add_filter (filters, _ ("Timelines"), tables);
  add_filter (filters, _ ("All Files"), all);
  gtk_file_dialog_set_title (dialog, _ ("Import Timeline"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Import"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                                 on_files_chosen, g_object_ref (self));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, IwTimelinePage *self)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  for (GSList *l = files; l != NULL; l = l->next)
    g_ptr_array_add (self->files, g_object_ref (l->data));
  import_next (self);
  return TRUE;
}

/* ---- export ---- */

static void
on_exported (IwTimelinePage *self, GFile *file, const char *withheld)
{
  g_autofree char *name = g_file_get_basename (file);
  /* Translators: %1$s is the name of a file, %2$s says what was left out. */
  g_autofree char *text = withheld != NULL
                              ? g_strdup_printf (_ ("Exported to “%1$s”. %2$s"), name, withheld)
                              /* Translators: %s is the name of a file. */
                              : g_strdup_printf (_ ("Exported to “%s”"), name);

  iw_timeline_page_toast (self, text, FALSE);
}

void
iw_timeline_page_export (IwTimelinePage *self)
{
  AdwDialog *dialog =
      iw_export_dialog_new (self->workspace, self->incident, self->filter, self->display);

  g_signal_connect_object (dialog, "exported", G_CALLBACK (on_exported), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
iw_timeline_page_init_files (IwTimelinePage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  if (iw_workspace_get_read_only (self->workspace))
    {
      g_object_unref (target);
      return;
    }
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
