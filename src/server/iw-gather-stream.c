#include "config.h"

#include "iw-gather-stream.h"

#include <string.h>

/* A record of TLS. */
#define MAX_HELD 16384

#define EMPTY_LINE "\r\n\r\n"

/* ---- what is written ---- */

#define IW_TYPE_GATHER_OUTPUT (iw_gather_output_get_type ())
G_DECLARE_FINAL_TYPE (IwGatherOutput, iw_gather_output, IW, GATHER_OUTPUT, GOutputStream)

struct _IwGatherOutput
{
  GOutputStream parent_instance;

  GOutputStream *base;
  gboolean gathering;
  GSource *flush; /* waits until @held can go */

  GMutex lock;
  GByteArray *held; /* by @lock */
};

static void iw_gather_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (IwGatherOutput,
                               iw_gather_output,
                               G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      iw_gather_output_pollable_init))

static gssize
write_base (IwGatherOutput *self, const void *buffer, gsize count, GError **error)
{
  return g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (self->base), buffer,
                                                     count, NULL, error);
}

/* FALSE where it would block, or failed. With the lock. */
static gboolean
push (IwGatherOutput *self, GError **error)
{
  while (self->held->len > 0)
    {
      gssize n = write_base (self, self->held->data, self->held->len, error);

      if (n < 0)
        return FALSE;
      g_byte_array_remove_range (self->held, 0, n);
    }
  return TRUE;
}

/* With the lock: takes what there is room for. */
static gssize
take (IwGatherOutput *self, const void *buffer, gsize count, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize n;

  if (self->held->len == MAX_HELD && !push (self, error))
    return -1;
  /* What is long needs no company. */
  if (self->held->len == 0 && (!self->gathering || count >= MAX_HELD))
    return write_base (self, buffer, count, error);
  n = MIN (count, MAX_HELD - self->held->len);
  g_byte_array_append (self->held, buffer, n);
  if ((!self->gathering || self->held->len == MAX_HELD) && !push (self, &cause) &&
      !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return -1;
    }
  return n;
}

static gssize
iw_gather_output_write_nonblocking (GPollableOutputStream *stream,
                                    const void *buffer,
                                    gsize count,
                                    GError **error)
{
  IwGatherOutput *self = IW_GATHER_OUTPUT (stream);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return take (self, buffer, count, error);
}

/* With the lock. */
static gboolean
is_whole (IwGatherOutput *self)
{
  gsize n = strlen (EMPTY_LINE);

  return self->held->len >= MAX_HELD ||
         (self->held->len >= n &&
          memcmp (self->held->data + self->held->len - n, EMPTY_LINE, n) == 0);
}

/* The lock is not kept while this waits for the client. */
static gssize
iw_gather_output_write (GOutputStream *stream,
                        const void *buffer,
                        gsize count,
                        GCancellable *cancellable,
                        GError **error)
{
  IwGatherOutput *self = IW_GATHER_OUTPUT (stream);
  g_autoptr (GByteArray) whole = NULL;

  g_mutex_lock (&self->lock);
  g_byte_array_append (self->held, buffer, count);
  if (is_whole (self))
    {
      whole = g_steal_pointer (&self->held);
      self->held = g_byte_array_new ();
    }
  g_mutex_unlock (&self->lock);
  if (whole != NULL &&
      !g_output_stream_write_all (self->base, whole->data, whole->len, NULL, cancellable, error))
    return -1;
  return count;
}

/* ---- waiting ---- */

static gboolean
iw_gather_output_is_writable (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_is_writable (
      G_POLLABLE_OUTPUT_STREAM (IW_GATHER_OUTPUT (stream)->base));
}

static GSource *
iw_gather_output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  GSource *base = g_pollable_output_stream_create_source (
      G_POLLABLE_OUTPUT_STREAM (IW_GATHER_OUTPUT (stream)->base), cancellable);
  GSource *source = g_pollable_source_new_full (stream, base, NULL);

  g_source_unref (base);
  return source;
}

static void
iw_gather_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = iw_gather_output_is_writable;
  iface->create_source = iw_gather_output_create_source;
  iface->write_nonblocking = iw_gather_output_write_nonblocking;
}

static void
stop_flush (IwGatherOutput *self)
{
  if (self->flush == NULL)
    return;
  g_source_destroy (self->flush);
  g_clear_pointer (&self->flush, g_source_unref);
}

/* Who reads from the connection learns of a failure by himself. */
static gboolean
push_now (IwGatherOutput *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GError) error = NULL;

  return push (self, &error) || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static gboolean
on_writable (GObject *base, gpointer data)
{
  IwGatherOutput *self = data;

  if (!self->gathering && !push_now (self))
    return G_SOURCE_CONTINUE;
  stop_flush (self);
  return G_SOURCE_REMOVE;
}

static void
set_gathering (IwGatherOutput *self, gboolean on)
{
  self->gathering = on;
  if (on || push_now (self) || self->flush != NULL)
    return;
  self->flush =
      g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (self->base), NULL);
  g_source_set_callback (self->flush, G_SOURCE_FUNC (on_writable), self, NULL);
  g_source_attach (self->flush, g_main_context_get_thread_default ());
}

static void
iw_gather_output_finalize (GObject *object)
{
  IwGatherOutput *self = IW_GATHER_OUTPUT (object);

  stop_flush (self);
  g_byte_array_unref (self->held);
  g_mutex_clear (&self->lock);
  g_object_unref (self->base);
  G_OBJECT_CLASS (iw_gather_output_parent_class)->finalize (object);
}

static void
iw_gather_output_class_init (IwGatherOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_gather_output_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = iw_gather_output_write;
}

static void
iw_gather_output_init (IwGatherOutput *self)
{
  self->held = g_byte_array_new ();
  g_mutex_init (&self->lock);
}

/* ---- the stream ---- */

struct _IwGatherStream
{
  GIOStream parent_instance;

  GIOStream *base;
  IwGatherOutput *output;
};

G_DEFINE_FINAL_TYPE (IwGatherStream, iw_gather_stream, G_TYPE_IO_STREAM)

static GInputStream *
iw_gather_stream_get_input (GIOStream *stream)
{
  return g_io_stream_get_input_stream (IW_GATHER_STREAM (stream)->base);
}

static GOutputStream *
iw_gather_stream_get_output (GIOStream *stream)
{
  return G_OUTPUT_STREAM (IW_GATHER_STREAM (stream)->output);
}

/* All that was promised has gone with the end of its body. */
static gboolean
iw_gather_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (IW_GATHER_STREAM (stream)->base, cancellable, error);
}

static void
iw_gather_stream_finalize (GObject *object)
{
  IwGatherStream *self = IW_GATHER_STREAM (object);

  g_clear_object (&self->output);
  g_clear_object (&self->base);
  G_OBJECT_CLASS (iw_gather_stream_parent_class)->finalize (object);
}

static void
iw_gather_stream_class_init (IwGatherStreamClass *klass)
{
  GIOStreamClass *stream = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = iw_gather_stream_finalize;
  stream->get_input_stream = iw_gather_stream_get_input;
  stream->get_output_stream = iw_gather_stream_get_output;
  stream->close_fn = iw_gather_stream_close;
}

static void
iw_gather_stream_init (IwGatherStream *self)
{
}

IwGatherStream *
iw_gather_stream_new (GIOStream *base)
{
  IwGatherStream *self = g_object_new (IW_TYPE_GATHER_STREAM, NULL);

  self->base = g_object_ref (base);
  self->output = g_object_new (IW_TYPE_GATHER_OUTPUT, NULL);
  self->output->base = g_object_ref (g_io_stream_get_output_stream (base));
  return self;
}

void
iw_gather_stream_set_gathering (IwGatherStream *self, gboolean on)
{
  set_gathering (self->output, on);
}
