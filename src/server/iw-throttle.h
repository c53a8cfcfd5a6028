/* iw-throttle.h: failed sign-ins are slowed, by account and by address, in bounded memory. Main thread.
 *
 * The account is counted by itself and with the address together: whoever guesses from elsewhere slows the account's
 * owner by seconds at most, and does not lock them out. Sign-ins that were seen to be right a moment ago, sessions and
 * tokens do not ask here.
 */
#pragma once

#include "iw-id.h"

G_BEGIN_DECLS

typedef struct _IwThrottle IwThrottle;

/* @context: the clock; kept. @max: how many accounts and addresses are remembered at a time. (transfer full) */
IwThrottle *iw_throttle_new (const IwContext *context, guint max);
void iw_throttle_free (IwThrottle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwThrottle, iw_throttle_free)

/* Seconds to wait before the next try; 0: now. @name NULL: by address alone (tokens). */
guint iw_throttle_wait (IwThrottle *self, const char *name, const char *address);
/* A wrong password or token. @name as above. */
void iw_throttle_failed (IwThrottle *self, const char *name, const char *address);
/* A right password: this account from this address starts anew. */
void iw_throttle_succeeded (IwThrottle *self, const char *name, const char *address);
guint iw_throttle_size (IwThrottle *self); /* records in memory, @max at most */

G_END_DECLS
