/* iw-quick-entry.h: the quick-add line: an optional time, then text (ui.md "quick-entry line").
 *
 * A pure function of what was typed, so that the line can show how it understood the time before
 * anything is saved. Any thread.
 */
#pragma once

#include "iw-time.h"

G_BEGIN_DECLS

typedef struct
{
  IwTime occurred;        /* always set: @now, to the second, where no time was written */
  IwTime occurred_end;    /* set for "14:05-14:20"; else unset */
  gboolean explicit_time; /* whether a time was written */
  gboolean future;  /* the time or its end lies more than a minute after @now: the line warns */
  const char *text; /* points into the input, after the time; "" if there is nothing else */
  /* Without explicit_time: the text begins with what looks like a time and is not understood. With
   * it: the text begins with what looks like a time zone and is not. See
   * iw_quick_entry_describe_unread(). */
  gboolean unread_time;
} IwQuickEntry;

/* Understands "14:05", "14:05:33", "2:05 pm", "2 pm", "yesterday 23:10", "today 9:00", "Mon 14:05"
 * (the last such weekday), "2026-11-02", "2026-11-02T03:04Z", "2026-11-02 03:04", "2 Nov 03:04",
 * "Nov 2 03:04", "02.11.2026 03:04" (day first with dots), "10 min ago", "1 h 30 min ago", "now",
 * ranges "14:05-14:20" and "14:05 to 14:20", "tomorrow 10:00", "in 2 hours", "an hour ago", "half
 * an hour ago", "noon", "14h05", "at 14:05", "~14:30", "[04:05]". A clock may carry "Z", "UTC", an
 * offset "+01:00" (or " +0100"), an IANA name ("Europe/Berlin") or an abbreviation that means one
 * zone only ("CET", "EDT"; not "IST" or "CST"). In the user's language as well for the words today,
 * yesterday, tomorrow, noon, now, ago, in and the units (as translated) and the names of days and
 * months (as in the locale), and in English always.
 *
 * A clock time without a date that would lie more than 12 hours ahead of @now is taken as
 * yesterday's; a date without a year is the last such date by the same rule. A range that ends
 * before it starts ends on the next day. A clock that a DST change skips or doubles is read as GLib
 * reads it. "3 d ago" and "2026-11-02" are dates: precision DAY, in UTC (see iw-time.h). Text that
 * merely begins with a number ("3 hosts down"), a weekday or a month ("2 may fail") is text, as is
 * what is no time ("25:61", "24:00", "since 04:05", "11/21/2026"); the latter sets unread_time. A
 * punctuation mark between time and text belongs to neither.
 *
 * @input: UTF-8, not NULL
 * @now: the current time, µs UTC
 * @zone: the zone that times without one are in; NULL is UTC */
IwQuickEntry iw_quick_entry_parse (const char *input, gint64 now, GTimeZone *zone);

/* How the line understood it, as a whole sentence fragment in the user's language, with the zone in
 * words: "Today 14:05 UTC", "Yesterday 23:10 Europe/Berlin (UTC+01:00)", "Today 14:05–14:20 UTC",
 * "Now, 14:05:33 UTC" where no time was written. A date stands alone. (transfer full) */
char *iw_quick_entry_describe (const IwQuickEntry *entry, gint64 now, GTimeZone *zone);

/* What to warn of where unread_time is set, as whole sentences in the user's language; NULL where
 * it is not. (transfer full) */
char *iw_quick_entry_describe_unread (const IwQuickEntry *entry);

/* An amount of time alone, with its units, as the line reads it before "ago": "45 min", "1 h 30 min", "1.5
 * h", "3 d", "half an hour", in English or the user's language. FALSE, and @us left alone, where @text is
 * anything else, a number without unit too.
 * @us: microseconds, never negative; a day is 24 hours */
gboolean iw_quick_parse_amount (const char *text, gint64 *us);

G_END_DECLS
