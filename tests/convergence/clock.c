#include "clock.h"

#define STEP_US 1000

typedef struct
{
  IwContext context;
  GMutex lock;
  gint64 now;
  GRand *rand;
} Clock;

static gint64
tick (gpointer data)
{
  Clock *self = data;
  gint64 now;

  g_mutex_lock (&self->lock);
  now = self->now += STEP_US;
  g_mutex_unlock (&self->lock);
  return now;
}

static void
fill (guint8 *bytes, gsize n, gpointer data)
{
  Clock *self = data;

  g_mutex_lock (&self->lock);
  for (gsize i = 0; i < n; i++)
    bytes[i] = g_rand_int_range (self->rand, 0, 256);
  g_mutex_unlock (&self->lock);
}

const IwContext *
conv_clock_new (gint64 start, guint32 seed)
{
  Clock *self = g_new0 (Clock, 1);

  g_mutex_init (&self->lock);
  self->now = start;
  self->rand = g_rand_new_with_seed (seed);
  self->context = (IwContext){ tick, fill, self };
  return &self->context;
}
