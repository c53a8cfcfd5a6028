/* iw-timeline-row.h: making rows; what they tell is in iw-timeline-view.h. Private to src/store. */
#pragma once

#include "iw-timeline-view.h"

G_BEGIN_DECLS

/* (transfer full) all. @gap: µs since the row before, -1 for the first. @problem: see
 * iw_timeline_row_get_problem(). */
IwTimelineRow *iw_timeline_row_new_entry (IwEntry *entry, const char *problem, gint64 gap);
/* @event: (transfer full); @skew: what is added to its time. */
IwTimelineRow *iw_timeline_row_new_event (IwEvent *event, IwEvidence *evidence, gint64 skew, gint64 gap);
/* A run of @count events from @start to @end, corrected. @evidence: NULL where it has several sources.
 * @first, @rank: the evidence of its first event, and that one's rank there. */
IwTimelineRow *iw_timeline_row_new_run (gint64 start, gint64 end, gint64 count, gboolean expanded,
                                        IwEvidence *evidence, IwEvidence *first, gint64 rank, gint64 gap);

G_END_DECLS
