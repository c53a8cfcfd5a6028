/* iw-timeline-axis.h: the machine events of several sources as one list in order of corrected time.
 * Private to src/store.
 *
 * Nothing is merged in advance. An event's place is the sum of how many events of each source lie
 * before it, and each of those is a binary search; the event of a place is found by a binary search
 * over time. Events of equal time stand in the order of their sources, then of their ranks.
 *
 * One thread at a time.
 */
#pragma once

#include "iw-event-index.h"
#include "iw-evidence.h"

G_BEGIN_DECLS

typedef struct _IwTimelineAxis IwTimelineAxis;

/* An event by its source and rank there. */
typedef struct
{
  guint source;
  gint64 rank;
  gint64 time; /* corrected */
} IwAxisItem;

/* What lies between two times. */
typedef struct
{
  gint64 n;
  IwAxisItem first, last; /* where n > 0 */
  gboolean single_source;
} IwAxisSpan;

IwTimelineAxis *iw_timeline_axis_new (void); /* (transfer full) */
void iw_timeline_axis_free (IwTimelineAxis *axis); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwTimelineAxis, iw_timeline_axis_free)

/* References both. Sources are counted from 0 in the order they are added. */
void iw_timeline_axis_add (IwTimelineAxis *axis, IwEvidence *evidence, IwEventIndex *index);
guint iw_timeline_axis_get_n_sources (IwTimelineAxis *axis);
IwEvidence *iw_timeline_axis_get_evidence (IwTimelineAxis *axis, guint source); /* (transfer none) */
gint64 iw_timeline_axis_get_skew (IwTimelineAxis *axis, guint source); /* as applied, µs */
IwEventIndex *iw_timeline_axis_get_index (IwTimelineAxis *axis, guint source); /* (transfer none) */
/* The number of an evidence's source; -1 where it is not here. */
int iw_timeline_axis_find_source (IwTimelineAxis *axis, const char *evidence_id);
/* First and last corrected time of all sources, unrestricted. FALSE where there is no event. */
gboolean iw_timeline_axis_get_extent (IwTimelineAxis *axis, gint64 *first, gint64 *last);

/* Restricts a source to @set (NULL: all of it), or hides it. */
void iw_timeline_axis_restrict (IwTimelineAxis *axis, guint source, IwEventSet *set, gboolean hidden);
/* Restricts all sources to [start, end) of corrected time; after the sets. */
void iw_timeline_axis_set_range (IwTimelineAxis *axis, gint64 start, gint64 end);

/* All that follows is within the restrictions. */
gint64 iw_timeline_axis_get_n (IwTimelineAxis *axis);
gint64 iw_timeline_axis_count_before (IwTimelineAxis *axis, gint64 us); /* events before @us */
/* The span of events in [start, end). */
void iw_timeline_axis_get_span (IwTimelineAxis *axis, gint64 start, gint64 end, IwAxisSpan *span);
/* Events of places [k, k + n), which lie within [start, end) (the closer, the quicker).
 * (element-type IwAxisItem) (transfer full) */
GArray *iw_timeline_axis_slice (IwTimelineAxis *axis, gint64 k, gint64 n, gint64 start, gint64 end);
/* The place of the event of a row of an evidence's file; -1 where it is not within the
 * restrictions. */
gint64 iw_timeline_axis_find_row (IwTimelineAxis *axis, const char *evidence_id, gint64 row);
/* The same of the event of a rank. */
gint64 iw_timeline_axis_find_rank (IwTimelineAxis *axis, const char *evidence_id, gint64 rank);
/* The events of @items, one for each, in their order; what a damaged index cannot give is empty.
 * (element-type IwEvent) (transfer full) */
GPtrArray *iw_timeline_axis_read (IwTimelineAxis *axis, GArray *items);
/* Events by @n equal bins of [start, end), as if there were no range. */
void iw_timeline_axis_histogram (IwTimelineAxis *axis, gint64 start, gint64 end, guint n, guint32 *bins);

G_END_DECLS
