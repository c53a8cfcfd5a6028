#include "config.h"

#include "iw-upload.h"

#include "iw-paged-answer.h"

#define HIGH (1024 * 1024) /* bytes that wait for the disk: the client is held back */

typedef struct
{
  gatomicrefcount refs;
  IwRequest *request;
  IwUploadFuncs funcs;
  gpointer data;
  GDestroyNotify free_data;
  GQueue pieces; /* (GBytes) that wait; main thread */
  GQueue batch;  /* the thread's, while it runs */
  gsize waiting; /* bytes in @pieces */
  gboolean running;
  gboolean held;
  gboolean whole;
  gboolean last; /* the thread runs for the last time */
} Upload;

static Upload *
upload_ref (Upload *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
upload_unref (gpointer data)
{
  Upload *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  self->free_data (self->data);
  g_queue_clear_full (&self->pieces, (GDestroyNotify)g_bytes_unref);
  g_queue_clear_full (&self->batch, (GDestroyNotify)g_bytes_unref);
  g_object_unref (self->request);
  g_free (self);
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_signal_handlers_disconnect_by_func (cancellable, on_cancelled, data);
  upload_unref (data);
}

/* ---- the thread ---- */

static gboolean
take (Upload *self, GError **error)
{
  GBytes *piece;
  gboolean ok = TRUE;

  while (ok && (piece = g_queue_pop_head (&self->batch)) != NULL)
    {
      gsize length;
      const guint8 *bytes = g_bytes_get_data (piece, &length);

      ok = self->funcs.bytes (bytes, length, self->data, error);
      g_bytes_unref (piece);
    }
  return ok && (!self->last || self->funcs.finish (self->data, error));
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (take (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- the main thread ---- */

static void start (Upload *self);

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  Upload *self = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  self->running = FALSE;
  if (!g_cancellable_is_cancelled (iw_request_get_cancellable (self->request)))
    {
      if (!ok || self->last)
        self->funcs.done (self->request, self->data, error);
      else if (self->waiting > 0 || self->whole)
        start (self);
      if (ok && self->held && self->waiting < HIGH)
        {
          self->held = FALSE;
          iw_request_go_on (self->request);
        }
    }
  upload_unref (self);
}

static void
start (Upload *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_run, upload_ref (self));

  self->running = TRUE;
  self->last = self->whole;
  self->batch = self->pieces;
  g_queue_init (&self->pieces);
  self->waiting = 0;
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, run);
}

static void
on_piece (IwRequest *request, GBytes *piece, gpointer data)
{
  Upload *self = data;

  if (piece != NULL)
    {
      g_queue_push_tail (&self->pieces, g_bytes_ref (piece));
      self->waiting += g_bytes_get_size (piece);
    }
  else
    self->whole = TRUE;
  if (!self->running)
    start (self);
  else if (self->waiting > HIGH && !self->held)
    {
      self->held = TRUE;
      iw_request_hold (request);
    }
}

void
iw_upload_start (IwRequest *request,
                 const IwUploadFuncs *funcs,
                 gpointer data,
                 GDestroyNotify free_data)
{
  Upload *self = g_new0 (Upload, 1);

  g_atomic_ref_count_init (&self->refs);
  self->request = g_object_ref (request);
  self->funcs = *funcs;
  self->data = data;
  self->free_data = free_data;
  g_queue_init (&self->pieces);
  g_queue_init (&self->batch);
  g_signal_connect (iw_request_get_cancellable (request), "cancelled", G_CALLBACK (on_cancelled),
                    self);
  iw_request_receive (request, on_piece, self);
}

/* ---- into memory ---- */

typedef struct
{
  IwRequest *request;
  GByteArray *bytes;
  gsize max;
  IwCollected done;
  gpointer data;
  GDestroyNotify free_data;
} Collect;

static void
collect_free (GCancellable *cancellable, gpointer data)
{
  Collect *self = data;

  g_signal_handlers_disconnect_by_func (cancellable, collect_free, data);
  self->free_data (self->data);
  g_byte_array_unref (self->bytes);
  g_object_unref (self->request);
  g_free (self);
}

static void
on_collect (IwRequest *request, GBytes *piece, gpointer data)
{
  Collect *self = data;
  g_autoptr (GBytes) body = NULL;

  if (piece != NULL)
    {
      g_byte_array_append (self->bytes, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
      if (self->bytes->len > self->max)
        iw_request_answer_error (request, 413, "document_too_large", "The document is too large.");
      return;
    }
  body = g_byte_array_free_to_bytes (self->bytes);
  self->bytes = g_byte_array_new ();
  self->done (request, body, self->data);
}

void
iw_upload_collect (IwRequest *request,
                   gsize max,
                   IwCollected done,
                   gpointer data,
                   GDestroyNotify free_data)
{
  Collect *self = g_new0 (Collect, 1);

  self->request = g_object_ref (request);
  self->bytes = g_byte_array_new ();
  self->max = max;
  self->done = done;
  self->data = data;
  self->free_data = free_data;
  g_signal_connect (iw_request_get_cancellable (request), "cancelled", G_CALLBACK (collect_free),
                    self);
  iw_request_receive (request, on_collect, self);
}
