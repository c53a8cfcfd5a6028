#include "config.h"

#include "iw-wake.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* With nothing to wait for the timer stands a year ahead: only an armed timer tells of a clock that
 * was set. */
#define IDLE_SECONDS (G_GINT64_CONSTANT (366) * 86400)
/* Where the kernel has no such timer: how often the clock is looked at. */
#define LOOK_SECONDS 20

struct _IwWake
{
  const IwContext *context;
  IwWakeFunc func;
  gpointer data;
  gint64 instant;   /* in the context's time; 0: none */
  int fd;           /* -1 where there is none */
  gboolean was_set; /* the kernel said so while the timer was armed, which it says but once */
  guint source;
};

static void
set_timer (IwWake *self, gint64 at)
{
  struct itimerspec spec = { 0 };

  /* 0 would disarm it, and an instant long past is as good as one just past. */
  at = self->was_set ? 1 : MAX (at, 1);
  spec.it_value.tv_sec = at / G_USEC_PER_SEC;
  spec.it_value.tv_nsec = at % G_USEC_PER_SEC * 1000;
  if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) == 0)
    return;
  if (errno == ECANCELED && !self->was_set)
    {
      self->was_set = TRUE;
      set_timer (self, 1);
    }
  else if (errno != ECANCELED)
    g_warning ("The timer could not be set: %s", g_strerror (errno));
}

static void
arm (IwWake *self)
{
  gint64 real = g_get_real_time ();
  gint64 at = real + IDLE_SECONDS * G_USEC_PER_SEC;

  if (self->fd < 0)
    return;
  if (self->instant != 0)
    at = MIN (at, real + self->instant - iw_context_now (self->context));
  set_timer (self, at);
}

/* FALSE where the instant has not come yet. */
static gboolean
take_due (IwWake *self)
{
  if (self->instant == 0 || iw_context_now (self->context) < self->instant)
    return FALSE;
  self->instant = 0;
  return TRUE;
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  IwWake *self = data;
  guint64 expirations;
  gboolean was_set = self->was_set;
  gboolean due;

  if (read (fd, &expirations, sizeof expirations) < 0 && errno == ECANCELED)
    was_set = TRUE;
  self->was_set = FALSE;
  due = take_due (self);
  arm (self);
  if (due || was_set)
    self->func (self->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_look (gpointer data)
{
  IwWake *self = data;

  if (take_due (self))
    self->func (self->data);
  return G_SOURCE_CONTINUE;
}

IwWake *
iw_wake_new (const IwContext *context, IwWakeFunc func, gpointer data)
{
  IwWake *self = g_new0 (IwWake, 1);

  self->context = context != NULL ? context : iw_context_system ();
  self->func = func;
  self->data = data;
  self->fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->fd >= 0)
    self->source = g_unix_fd_add (self->fd, G_IO_IN, on_readable, self);
  else
    self->source = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
  arm (self);
  return self;
}

void
iw_wake_at (IwWake *self, gint64 instant)
{
  g_return_if_fail (self != NULL);

  self->instant = MAX (instant, 0);
  arm (self);
}

gint64
iw_wake_get_instant (IwWake *self)
{
  return self->instant;
}

void
iw_wake_clock_was_set (IwWake *self)
{
  take_due (self);
  arm (self);
  self->func (self->data);
}

void
iw_wake_free (IwWake *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
