/* iw-pipe.h: a bounded queue between the thread that fetches and the one that stores. Private to src/sync. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GMutex mutex;
  GCond changed;
  GQueue items;
  guint max;
  GDestroyNotify free_item;
  gboolean closed;  /* the giver gives no more */
  gboolean aborted; /* the taker takes no more */
  GError *error;    /* of the giver */
  GCancellable *cancellable; /* for the giver's calls: cancelled by abort and by the outer one */
  GCancellable *outer;
  gulong handler;
  GThread *thread;
} IwPipe;

/* Starts @give in a thread; it calls iw_pipe_put() and, at its end, iw_pipe_close(). @max: items that may wait. */
void iw_pipe_start (IwPipe *self, const char *name, guint max, GDestroyNotify free_item, GCancellable *outer,
                    GThreadFunc give, gpointer data);
/* Waits for room. @item is taken over. FALSE where nobody takes any more. */
gboolean iw_pipe_put (IwPipe *self, gpointer item);
void iw_pipe_close (IwPipe *self, GError *error); /* takes @error over; NULL: all was given */
/* Waits for an item. NULL at the end, with an error where the giver had one. (transfer full) */
gpointer iw_pipe_take (IwPipe *self, GError **error);
/* Ends the thread, in whatever state it is, and frees what waits. */
void iw_pipe_end (IwPipe *self);

G_END_DECLS
