/* iw-handshakes.h: whose turn it is to agree on TLS. Each handshake under way holds a thread of the few that all share:
 * of one address only some go on at a time, the others wait, so that nobody can hold them all. Main thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _IwHandshakes IwHandshakes;

/* @max: at a time, of one address. (transfer full) */
IwHandshakes *iw_handshakes_new (guint max);
void iw_handshakes_free (IwHandshakes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwHandshakes, iw_handshakes_free)

/* Calls @func once it is the turn of @who, at once or later; not after iw_handshakes_leave(). */
void iw_handshakes_enter (IwHandshakes *self, const char *address, GSourceOnceFunc func, gpointer who);
/* @who is through, or waits no more; the next one's turn comes. One that never entered is fine. */
void iw_handshakes_leave (IwHandshakes *self, const char *address, gpointer who);

G_END_DECLS
