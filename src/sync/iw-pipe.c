/* A bounded queue between two threads. */
#include "config.h"

#include "iw-pipe.h"

static void
on_outer_cancelled (GCancellable *outer, IwPipe *self)
{
  g_cancellable_cancel (self->cancellable);
}

void
iw_pipe_start (IwPipe *self,
               const char *name,
               guint max,
               GDestroyNotify free_item,
               GCancellable *outer,
               GThreadFunc give,
               gpointer data)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->items);
  self->max = max;
  self->free_item = free_item;
  self->closed = self->aborted = FALSE;
  self->error = NULL;
  self->cancellable = g_cancellable_new ();
  self->outer = outer;
  self->handler = outer != NULL
                      ? g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled), self, NULL)
                      : 0;
  self->thread = g_thread_new (name, give, data);
}

gboolean
iw_pipe_put (IwPipe *self, gpointer item)
{
  gboolean taken;

  g_mutex_lock (&self->mutex);
  while (!self->aborted && self->items.length >= self->max)
    g_cond_wait (&self->changed, &self->mutex);
  taken = !self->aborted;
  if (taken)
    g_queue_push_tail (&self->items, item);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  if (!taken)
    self->free_item (item);
  return taken;
}

void
iw_pipe_close (IwPipe *self, GError *error)
{
  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  self->error = error;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

gpointer
iw_pipe_take (IwPipe *self, GError **error)
{
  gpointer item;

  g_mutex_lock (&self->mutex);
  while (!self->closed && self->items.length == 0)
    g_cond_wait (&self->changed, &self->mutex);
  item = g_queue_pop_head (&self->items);
  if (item == NULL && self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return item;
}

void
iw_pipe_end (IwPipe *self)
{
  g_mutex_lock (&self->mutex);
  self->aborted = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->handler);
  g_queue_clear_full (&self->items, self->free_item);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}
