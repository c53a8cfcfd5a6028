/* iw-wake.h: call me at this instant of the wall clock; also at once when the clock was set or the
 * machine woke.
 *
 * A timeout counts time that passes while the machine runs, and so comes late after suspend and at
 * the wrong instant after the clock was set. Clocks and reminders (process.md N1, R4) need the
 * instant. Main thread.
 */
#pragma once

#include "iw-id.h"

G_BEGIN_DECLS

typedef struct _IwWake IwWake;

/* It may call any function here on its own IwWake but iw_wake_free(). */
typedef void (*IwWakeFunc) (gpointer data);

/* @context: the clock that instants are in, NULL for the system's; must outlive it. Nothing is
 * armed at first, but a clock that is set is told of all the same. (transfer full) */
IwWake *iw_wake_new (const IwContext *context, IwWakeFunc func, gpointer data);
/* Calls once at @instant, µs since the epoch; from the main loop at once where that is past. 0
 * disarms; the last instant asked for is the one that counts. */
void iw_wake_at (IwWake *self, gint64 instant);
/* When it will call; 0 where it is not armed. */
gint64 iw_wake_get_instant (IwWake *self);
/* What the kernel's word that the clock was set leads to, now: calls, and looks at the clock again
 * for an instant that is still to come. For a clock that is not the system's. */
void iw_wake_clock_was_set (IwWake *self);
void iw_wake_free (IwWake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwWake, iw_wake_free)

G_END_DECLS
