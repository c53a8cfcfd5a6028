#include "config.h"

#include "iw-directory.h"

#include "iw-time-display.h"

#define TICK_SECONDS 60

struct _IwDirectory
{
  GObject parent_instance;

  IwWorkspace *workspace;
  IwSituation *situation;
  IwTimeDisplay *display;
  GCancellable *cancellable; /* of the reading under way */
  guint tick_id;
};

enum
{
  CHANGED,
  TICK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwDirectory, iw_directory, G_TYPE_OBJECT)

/* ---- reading ---- */

static gboolean
read_job (IwStore *store,
          gpointer data,
          IwProgressFunc progress,
          gpointer progress_data,
          GCancellable *cancellable,
          GError **error)
{
  IwSituation **situation = data;

  *situation = iw_query_directory (store, error);
  return *situation != NULL;
}

static void
free_job (gpointer data)
{
  IwSituation **situation = data;

  g_clear_pointer (situation, iw_situation_unref);
  g_free (situation);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwDirectory) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job_data = NULL;
  gboolean good = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->workspace == NULL)
    return;
  if (!good)
    {
      g_warning ("The directory could not be read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->situation, iw_situation_unref);
  self->situation = iw_situation_ref (*(IwSituation **)job_data);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_again (IwDirectory *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  iw_workspace_run_async (self->workspace, read_job, g_new0 (IwSituation *, 1), free_job, NULL,
                          NULL, self->cancellable, on_read, g_object_ref (self));
}

static void
on_workspace_changed (IwDirectory *self, char **docids)
{
  for (char **docid = docids; *docid != NULL; docid++)
    if (g_str_has_prefix (*docid, "workspace:team") ||
        g_str_has_prefix (*docid, "workspace:person"))
      {
        read_again (self);
        return;
      }
}

static gboolean
on_tick (gpointer data)
{
  g_signal_emit (data, signals[TICK], 0);
  return G_SOURCE_CONTINUE;
}

static void
on_display_changed (IwDirectory *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the object ---- */

static void
iw_directory_dispose (GObject *object)
{
  IwDirectory *self = IW_DIRECTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);
  g_clear_object (&self->display);
  g_clear_pointer (&self->situation, iw_situation_unref);
  G_OBJECT_CLASS (iw_directory_parent_class)->dispose (object);
}

static void
iw_directory_class_init (IwDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = iw_directory_dispose;
  signals[CHANGED] = g_signal_new ("changed", IW_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[TICK] = g_signal_new ("tick", IW_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
iw_directory_init (IwDirectory *self)
{
  self->display = iw_time_display_new (NULL);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
  g_signal_connect_object (self->display, "changed", G_CALLBACK (on_display_changed), self,
                           G_CONNECT_SWAPPED);
}

IwDirectory *
iw_directory_new (IwWorkspace *workspace)
{
  IwDirectory *self = g_object_new (IW_TYPE_DIRECTORY, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed), self,
                           G_CONNECT_SWAPPED);
  read_again (self);
  return self;
}

IwWorkspace *
iw_directory_get_workspace (IwDirectory *self)
{
  return self->workspace;
}

IwSituation *
iw_directory_get_situation (IwDirectory *self)
{
  return self->situation;
}

GTimeZone *
iw_directory_get_zone (IwDirectory *self)
{
  return iw_time_display_get_zone (self->display);
}

/* ---- open escalations ---- */

typedef struct
{
  char *team;
  GPtrArray *found; /* (element-type IwOpenEscalation) */
} Search;

void
iw_open_escalation_free (IwOpenEscalation *escalation)
{
  g_free (escalation->incident);
  g_free (escalation->title);
  g_free (escalation->id);
  g_free (escalation->ask);
  g_free (escalation->words);
  g_free (escalation);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->team);
  g_ptr_array_unref (search->found);
  g_free (search);
}

static void
look_into (Search *search, IwSituation *situation)
{
  GPtrArray *escalations = iw_situation_get_escalations (situation);
  gint64 now = iw_situation_get_now (situation);

  for (guint i = 0; i < escalations->len; i++)
    {
      const IwEscalation *escalation = escalations->pdata[i];
      IwOpenEscalation *open;

      if (escalation->acknowledged != 0 || g_strcmp0 (escalation->to, search->team) != 0)
        continue;
      open = g_new0 (IwOpenEscalation, 1);
      open->incident = g_strdup (iw_situation_get_incident (situation));
      open->title = g_strdup (iw_situation_get_title (situation));
      open->id = g_strdup (escalation->id);
      open->ask = g_strdup (escalation->ask);
      open->words = iw_escalation_words (escalation, now);
      open->overdue = iw_escalation_is_overdue (escalation, now);
      g_ptr_array_add (search->found, open);
    }
}

static gboolean
search_job (IwStore *store,
            gpointer data,
            IwProgressFunc progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) due = iw_query_due (store, error);

  for (guint i = 0; due != NULL && i < due->len; i++)
    {
      const IwIncidentRow *row = due->pdata[i];
      g_autoptr (IwSituation) situation = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      situation = iw_query_situation (store, row->incident, 0, NULL);
      if (situation != NULL)
        look_into (search, situation);
    }
  return due != NULL;
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  gpointer job_data = NULL;

  if (iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error))
    g_task_return_pointer (task, g_ptr_array_ref (((Search *)job_data)->found),
                           (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
iw_directory_find_escalations_async (IwDirectory *self,
                                     const char *team,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Search *search = g_new0 (Search, 1);

  search->team = g_strdup (team);
  search->found = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_open_escalation_free);
  iw_workspace_run_async (self->workspace, search_job, search, search_free, NULL, NULL, cancellable,
                          on_searched, task);
}

GPtrArray *
iw_directory_find_escalations_finish (IwDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
