/* Long work of a workspace: a thread and a connection of its own each. */
#include "config.h"

#include "iw-workspace.h"
#include "iw-workspace-private.h"

/* At most ten reports a second. */
#define PROGRESS_INTERVAL_US (100 * 1000)

/* Shared by the thread and the main loop; counted, since a report may still be under way when the
 * work is over. */
typedef struct
{
  gatomicrefcount ref_count;
  GMutex lock;
  gint64 done, total;  /* under the lock */
  gboolean scheduled;  /* under the lock */
  gint64 last_us;      /* the thread's */
  IwProgressFunc func; /* the main thread's; NULL when the work is over */
  gpointer data;
} Progress;

typedef struct
{
  char *dir;
  char *author;
  IwWorkspaceJob job;
  gpointer job_data;
  GDestroyNotify free_data;
  Progress *progress;
} Run;

static void
progress_unref (gpointer data)
{
  Progress *progress = data;

  if (!g_atomic_ref_count_dec (&progress->ref_count))
    return;
  g_mutex_clear (&progress->lock);
  g_free (progress);
}

static void
run_free (gpointer data)
{
  Run *run = data;

  if (run->free_data != NULL)
    run->free_data (run->job_data);
  g_free (run->dir);
  g_free (run->author);
  progress_unref (run->progress);
  g_free (run);
}

static gboolean
on_progress (gpointer data)
{
  Progress *progress = data;
  gint64 done, total;

  g_mutex_lock (&progress->lock);
  done = progress->done;
  total = progress->total;
  progress->scheduled = FALSE;
  g_mutex_unlock (&progress->lock);
  if (progress->func != NULL)
    progress->func (done, total, progress->data);
  return G_SOURCE_REMOVE;
}

/* Called by the job, in its thread. */
static void
report_progress (gint64 done, gint64 total, gpointer data)
{
  Progress *progress = data;
  gint64 now = g_get_monotonic_time ();
  gboolean schedule;

  if (done < total && now - progress->last_us < PROGRESS_INTERVAL_US)
    return;
  progress->last_us = now;
  g_mutex_lock (&progress->lock);
  progress->done = done;
  progress->total = total;
  schedule = !progress->scheduled;
  progress->scheduled = TRUE;
  g_mutex_unlock (&progress->lock);
  if (schedule)
    {
      g_atomic_ref_count_inc (&progress->ref_count);
      g_idle_add_full (G_PRIORITY_DEFAULT, on_progress, progress, progress_unref);
    }
}

static void
run_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = iw_store_open (run->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);

  if (store != NULL)
    {
      iw_store_set_author (store, run->author);
      if (run->job (store, run->job_data, report_progress, run->progress, cancellable, &error))
        {
          g_clear_object (&store);
          g_task_return_boolean (task, TRUE);
          return;
        }
    }
  if (error == NULL)
    g_set_error_literal (&error, IW_STORE_ERROR, IW_STORE_ERROR_FAILED, "no reason given");
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_thread_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) outer = data;
  g_autoptr (GError) error = NULL;
  Run *run = g_task_get_task_data (outer);

  run->progress->func = NULL;
  iw_workspace_check_changes (IW_WORKSPACE (source));
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, g_steal_pointer (&error));
}

void
iw_workspace_run_async (IwWorkspace *self,
                        IwWorkspaceJob job,
                        gpointer job_data,
                        GDestroyNotify free_data,
                        IwProgressFunc progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  /* The outer task and its data live and die on the main thread; the inner one is the thread's. */
  GTask *outer = g_task_new (self, NULL, callback, data);
  g_autoptr (GTask) inner = g_task_new (self, cancellable, on_thread_done, outer);
  Run *run = g_new0 (Run, 1);

  run->dir = g_strdup (iw_workspace_get_dir (self));
  run->author = g_strdup (iw_workspace_get_author (self));
  run->job = job;
  run->job_data = job_data;
  run->free_data = free_data;
  run->progress = g_new0 (Progress, 1);
  g_atomic_ref_count_init (&run->progress->ref_count);
  g_mutex_init (&run->progress->lock);
  run->progress->func = progress;
  run->progress->data = progress_data;
  g_task_set_source_tag (outer, iw_workspace_run_async);
  g_task_set_task_data (outer, run, run_free);
  g_task_set_task_data (inner, run, NULL);
  /* What the job did counts, not when it was cancelled. */
  g_task_set_check_cancellable (inner, FALSE);
  g_task_run_in_thread (inner, run_thread);
}

gboolean
iw_workspace_run_finish (IwWorkspace *self,
                         GAsyncResult *result,
                         gpointer *job_data,
                         GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (job_data != NULL)
    *job_data = ((Run *)g_task_get_task_data (G_TASK (result)))->job_data;
  return g_task_propagate_boolean (G_TASK (result), error);
}
