/* iw-calendar.h: an incident's clocks as an iCalendar file (RFC 5545), for calendars and phones.
 *
 * Each clock is an event at the instant that it is due, in UTC, with alarms 24 h, 6 h and 1 h
 * before. An event has the clock's id for its UID: importing again moves it, and takes it off the
 * calendar (STATUS CANCELLED) once the clock was met or stopped. Events, not to-dos: many calendars
 * leave those out. Pure; any thread.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

/* @situations: (element-type IwSituation). @now: µs, when it is written. @n_running: optional, how
 * many clocks run. (transfer full) */
char *iw_calendar_write (GPtrArray *situations, gint64 now, guint *n_running);

G_END_DECLS
