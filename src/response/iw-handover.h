/* iw-handover.h: what the next one on duty must know of an incident, as a text to send or to read
 * aloud.
 *
 * Markdown that reads as plain text: a heading, short lists. In the user's language. Pure; any one
 * thread.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

/* How many of the latest events it ends with. */
#define IW_HANDOVER_EVENTS 10

/* State and since when, what runs and what is overdue, open escalations, open tasks, roles, what is
 * missing, the latest events. @zone: that times are written in (NULL: UTC); said once. @now: µs.
 * (transfer full) */
char *iw_handover_text (IwSituation *situation, GTimeZone *zone, gint64 now);

G_END_DECLS
