/* iw-rate.h: how many requests an address may send: a bucket that fills at a rate, in bounded memory. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _IwRate IwRate;

/* @per_second: what comes in; the bucket holds ten seconds of it. @max: addresses remembered. (transfer full) */
IwRate *iw_rate_new (guint per_second, guint max);
void iw_rate_free (IwRate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwRate, iw_rate_free)
/* Takes one; FALSE where there is none. @now: monotonic µs. */
gboolean iw_rate_take (IwRate *self, const char *address, gint64 now);

G_END_DECLS
