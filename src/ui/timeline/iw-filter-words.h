/* iw-filter-words.h: what a filter hides, in words; and the time range of a filter as a person
 * types it. Pure functions.
 */
#pragma once

#include "iw-filter.h"

G_BEGIN_DECLS

/* Everything that @filter restricts, as fragments of a line: ["Only Observation or Action",
 * "only key events", "from 3 Nov 2026 03:00 to 3 Nov 2026 06:00"]. Empty where it restricts
 * nothing. (transfer full) NULL-terminated */
char **iw_filter_words (const IwFilter *filter, GTimeZone *zone);
/* The same in one line; NULL where it restricts nothing. (transfer full) */
char *iw_filter_sentence (const IwFilter *filter, GTimeZone *zone);

/* Reads one end of a range, in the forms of the quick-add line and nothing after it. An imprecise
 * time means its beginning, or its end where @end: "2026-11-03" to "2026-11-03" is that whole day.
 * FALSE where @text is no time. */
gboolean
iw_filter_parse_bound (const char *text, gboolean end, gint64 now, GTimeZone *zone, gint64 *us);
/* The exact reverse: "2026-11-03 03:00:00". (transfer full) */
char *iw_filter_format_bound (gint64 us, GTimeZone *zone);

G_END_DECLS
