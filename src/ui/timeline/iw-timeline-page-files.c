/* Files in and out of the timeline page: import by chooser, export. */
#include "config.h"

#include "iw-timeline-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-export-dialog.h"
#include "iw-window.h"

/* How many rows at the beginning of a file are looked for among its events. */
#define MAX_TRIED 20

/* ---- import ---- */

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
on_files_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwTimelinePage) self = IW_TIMELINE_PAGE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) chosen =
      gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), IW_TYPE_WINDOW);

  if (chosen == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        iw_timeline_page_toast (self, error->message, FALSE);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  /* Where the page went away meanwhile, so did the incident to import into. */
  if (window != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    iw_window_open_files (IW_WINDOW (window), (GFile **)files->pdata, files->len);
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
