/* The timeline page follows the workspace: changed documents, and indexes that are not here yet. */
#include "config.h"

#include "iw-timeline-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-timeline-import.h"

/* ---- changes ---- */

static gboolean
concerns (IwTimelinePage *self, char **docids)
{
  gsize length = strlen (self->incident);

  for (guint i = 0; docids[i] != NULL; i++)
    if (strncmp (docids[i], self->incident, length) == 0 && docids[i][length] == ':')
      return TRUE;
  return FALSE;
}

static void
read_incident_zone (IwTimelinePage *self)
{
  g_autofree char *docid = iw_id_incident_document (self->incident);
  g_autoptr (JsonObject) body =
      iw_store_get (iw_workspace_get_store (self->workspace), docid, NULL, NULL);

  if (body != NULL)
    iw_time_display_set_incident_zone (
        self->display, json_object_get_string_member_with_default (body, "zone", ""));
}

static void
on_changed (IwTimelinePage *self, char **docids)
{
  g_autoptr (GError) error = NULL;

  /* What the toast offers to undo is no longer the last action. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  if (self->view == NULL || !concerns (self, docids))
    return;
  read_incident_zone (self);
  iw_timeline_page_begin_change (self);
  if (!iw_timeline_view_reload (self->view, &error))
    g_warning ("timeline of %s: %s", self->incident, error->message);
  iw_timeline_page_end_change (self);
  if (error != NULL)
    iw_timeline_page_show_problem (self, error);
  iw_overview_refresh (self->overview);
  iw_timeline_page_refresh_match (self);
  iw_timeline_page_rebuild_indexes (self);
}

/* ---- indexes ---- */

typedef struct
{
  char *docid;
  char *name;
} Rebuild;

static void
rebuild_free (gpointer data)
{
  Rebuild *rebuild = data;

  g_free (rebuild->docid);
  g_free (rebuild->name);
  g_free (rebuild);
}

static gboolean
rebuild_job (IwStore *store,
             gpointer job_data,
             IwProgressFunc progress,
             gpointer progress_data,
             GCancellable *cancellable,
             GError **error)
{
  Rebuild *rebuild = job_data;

  return iw_timeline_import_rebuild (store, rebuild->docid, progress, progress_data, cancellable,
                                     error);
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  IwTimelinePage *self = IW_TIMELINE_PAGE (data);

  if (self->progress == NULL)
    return;
  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / (double)total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
show_stopped (IwTimelinePage *self, const char *words)
{
  self->rebuild_stopped = TRUE;
  gtk_label_set_text (self->progress_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_button_set_label (self->progress_button, _ ("_Try Again"));
  gtk_widget_set_visible (self->progress_row, TRUE);
}

static void
on_rebuilt (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwTimelinePage) self = IW_TIMELINE_PAGE (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  gpointer job_data = NULL;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error);
  Rebuild *rebuild = job_data;

  g_clear_object (&self->rebuilding);
  if (self->view == NULL || self->progress_row == NULL)
    return;
  if (done)
    {
      iw_timeline_page_begin_change (self);
      if (!iw_timeline_view_reload (self->view, &error))
        g_warning ("timeline of %s: %s", self->incident, error->message);
      iw_timeline_page_end_change (self);
      iw_overview_refresh (self->overview);
      iw_timeline_page_refresh_match (self);
      iw_timeline_page_rebuild_indexes (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: %s is the name of a file. */
    words = g_strdup_printf (_ ("The events of “%s” are not shown."), rebuild->name);
  else
    /* Translators: the name of a file and the reason. */
    words = g_strdup_printf (_ ("The events of “%s” cannot be shown: %s"), rebuild->name,
                             error->message);
  show_stopped (self, words);
}

void
iw_timeline_page_rebuild_indexes (IwTimelinePage *self)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *words = NULL;
  IwEvidence *evidence;
  Rebuild *rebuild;

  if (self->view == NULL || self->rebuilding != NULL || self->rebuild_stopped)
    return;
  missing = iw_timeline_view_get_unindexed (self->view);
  gtk_widget_set_visible (self->progress_row, missing->len > 0);
  if (missing->len == 0)
    return;
  evidence = g_ptr_array_index (missing, 0);
  rebuild = g_new0 (Rebuild, 1);
  rebuild->docid = g_strdup (iw_evidence_get_id (evidence));
  rebuild->name = g_strdup (iw_evidence_get_name (evidence));
  /* Translators: %s is the name of a file. */
  words = g_strdup_printf (_ ("Indexing “%s”…"), rebuild->name);
  gtk_label_set_text (self->progress_label, words);
  gtk_button_set_label (self->progress_button, _ ("_Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->rebuilding = g_cancellable_new ();
  iw_workspace_run_async (self->workspace, rebuild_job, rebuild, rebuild_free, on_progress, self,
                          self->rebuilding, on_rebuilt, g_object_ref (self));
}

static void
on_progress_clicked (GtkButton *button, IwTimelinePage *self)
{
  if (self->rebuilding != NULL)
    {
      g_cancellable_cancel (self->rebuilding);
      return;
    }
  self->rebuild_stopped = FALSE;
  iw_timeline_page_rebuild_indexes (self);
}

void
iw_timeline_page_init_reload (IwTimelinePage *self)
{
  g_signal_connect_object (self->workspace, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
}

void
iw_timeline_page_class_init_reload (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_progress_clicked);
}
