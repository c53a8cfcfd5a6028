/* iw-timeline-row-text.h: what a row of the timeline says, in words. Pure functions: any thread
 * that may read the row. All return new strings, "" where there is nothing to say.
 */
#pragma once

#include "iw-columns.h"
#include "iw-timeline-view.h"

G_BEGIN_DECLS

/* The clock time in @zone (the day stands above the rows), a range, or how imprecise it is in
 * words: "03:04:11", "03:04–03:20", "in November 2026". */
char *iw_row_time_words (IwTimelineRow *row, GTimeZone *zone);
/* The same for a narrow column: at most milliseconds; a range in minutes, and how many days later
 * it ends, or in seconds where that is all it takes: "23:50–00:10 +1 d", "03:04:11 +30 s". */
char *iw_row_time_brief (IwTimelineRow *row, GTimeZone *zone);
/* "+2 min" since the row before; "" for the first row and for gaps too short to name. */
char *iw_row_gap_words (IwTimelineRow *row);
/* The same in its largest unit alone: "+6 h". */
char *iw_row_gap_brief (IwTimelineRow *row);
char *iw_row_kind_words (IwTimelineRow *row);
/* The first line of the text, or how many events a run has. */
char *iw_row_text (IwTimelineRow *row);
/* The text of any column. */
char *iw_row_column_text (IwTimelineRow *row, IwColumn column, GTimeZone *zone);
/* "Clock corrected by +3600 s"; NULL where the time is as the source wrote it. */
char *iw_row_skew_words (IwTimelineRow *row);
/* "Not in force: it was withdrawn"; NULL where a decision counts, and for all that is none. */
char *iw_row_problem_words (IwTimelineRow *row);
gboolean iw_row_is_key (IwTimelineRow *row);
/* The whole row in one sentence, for a screen reader. */
char *iw_row_spoken (IwTimelineRow *row, GTimeZone *zone);
/* Seconds as a correction: "+3600 s", "−0.5 s". */
char *iw_row_format_correction (gint64 us);

G_END_DECLS
