/* ThreadSanitizer sees locks of pthreads; GLib's are futexes of its own, in a library that is not instrumented. Linked
 * into tests with -Wl,--wrap, this tells it what happens before what. */
#include <gio/gio.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

#define WRAPPED(type, name, ...)                                                                                       \
  type __real_##name (__VA_ARGS__);                                                                                    \
  type __wrap_##name (__VA_ARGS__);                                                                                    \
  type __wrap_##name (__VA_ARGS__)

WRAPPED (void, g_mutex_lock, GMutex *mutex)
{
  __real_g_mutex_lock (mutex);
  __tsan_acquire (mutex);
}

WRAPPED (void, g_mutex_unlock, GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_mutex_unlock (mutex);
}

WRAPPED (void, g_cond_wait, GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_cond_wait (cond, mutex);
  __tsan_acquire (mutex);
}

WRAPPED (void, g_async_queue_push, GAsyncQueue *queue, gpointer data)
{
  __tsan_release (queue);
  __real_g_async_queue_push (queue, data);
}

WRAPPED (gpointer, g_async_queue_pop, GAsyncQueue *queue)
{
  gpointer data = __real_g_async_queue_pop (queue);

  __tsan_acquire (queue);
  return data;
}

WRAPPED (gpointer, g_async_queue_try_pop, GAsyncQueue *queue)
{
  gpointer data = __real_g_async_queue_try_pop (queue);

  __tsan_acquire (queue);
  return data;
}

/* ---- what runs elsewhere ---- */

typedef struct
{
  GFunc func;
  gpointer data;
} Pool;

static void
run_pooled (gpointer data, gpointer pool)
{
  __tsan_acquire (data);
  __tsan_acquire (pool);
  ((Pool *)pool)->func (data, ((Pool *)pool)->data);
}

WRAPPED (GThreadPool *, g_thread_pool_new, GFunc func, gpointer data, gint max, gboolean exclusive, GError **error)
{
  Pool *pool = g_new0 (Pool, 1); /* as long as the test */

  pool->func = func;
  pool->data = data;
  __tsan_release (pool);
  return __real_g_thread_pool_new (run_pooled, pool, max, exclusive, error);
}

WRAPPED (gboolean, g_thread_pool_push, GThreadPool *pool, gpointer data, GError **error)
{
  __tsan_release (data);
  return __real_g_thread_pool_push (pool, data, error);
}

typedef struct
{
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static gboolean
run_callback (gpointer data)
{
  Callback *callback = data;

  __tsan_acquire (callback);
  return callback->func (callback->data);
}

static void
free_callback (gpointer data)
{
  Callback *callback = data;

  __tsan_acquire (callback);
  if (callback->notify != NULL)
    callback->notify (callback->data);
  g_free (callback);
}

static Callback *
callback_new (GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  Callback *callback = g_new0 (Callback, 1);

  callback->func = func;
  callback->data = data;
  callback->notify = notify;
  __tsan_release (callback);
  return callback;
}

WRAPPED (void, g_main_context_invoke, GMainContext *context, GSourceFunc func, gpointer data)
{
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, run_callback, callback_new (func, data, NULL), free_callback);
}
