#include "config.h"

#include "iw-writer-private.h"

typedef struct
{
  IwWriterFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GError *error;
} WriterJob;

struct _IwWriter
{
  gatomicrefcount ref_count; /* one for the owner, one for each job on its way back */
  IwStore *store;            /* the thread's */
  GAsyncQueue *queue;
  GAsyncQueue *finished; /* jobs whose done function has not run yet */
  GThread *thread;
  IwWriterDone done;
  gpointer user_data;
};

/* Ends the thread when it comes out of the queue. */
static WriterJob quit_job;

static void
writer_unref (gpointer data)
{
  IwWriter *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_async_queue_unref (self->queue);
  g_async_queue_unref (self->finished);
  g_free (self);
}

/* Main thread. Nothing is left where iw_writer_free() was faster than the main loop. */
static gboolean
finish_one (gpointer data)
{
  IwWriter *self = data;
  WriterJob *job = g_async_queue_try_pop (self->finished);

  if (job == NULL)
    return G_SOURCE_REMOVE;
  self->done (job->data, job->error, self->user_data);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_clear_error (&job->error);
  g_free (job);
  return G_SOURCE_REMOVE;
}

static gpointer
writer_thread (gpointer data)
{
  IwWriter *self = data;
  WriterJob *job;

  while ((job = g_async_queue_pop (self->queue)) != &quit_job)
    {
      if (!job->func (self->store, job->data, &job->error) && job->error == NULL)
        g_set_error_literal (&job->error, IW_STORE_ERROR, IW_STORE_ERROR_FAILED, "no reason given");
      g_async_queue_push (self->finished, job);
      g_atomic_ref_count_inc (&self->ref_count);
      g_idle_add_full (G_PRIORITY_DEFAULT, finish_one, self, writer_unref);
    }
  g_clear_object (&self->store);
  return NULL;
}

IwWriter *
iw_writer_new (IwStore *store, IwWriterDone done, gpointer user_data)
{
  IwWriter *self = g_new0 (IwWriter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->store = store;
  self->queue = g_async_queue_new ();
  self->finished = g_async_queue_new ();
  self->done = done;
  self->user_data = user_data;
  self->thread = g_thread_new ("iw-writer", writer_thread, self);
  return self;
}

void
iw_writer_push (IwWriter *self, IwWriterFunc func, gpointer data, GDestroyNotify free_data)
{
  WriterJob *job = g_new0 (WriterJob, 1);

  job->func = func;
  job->data = data;
  job->free_data = free_data;
  g_async_queue_push (self->queue, job);
}

void
iw_writer_free (IwWriter *self)
{
  g_async_queue_push (self->queue, &quit_job);
  g_thread_join (self->thread);
  while (g_async_queue_length (self->finished) > 0)
    finish_one (self);
  writer_unref (self);
}
