/* iw-timeline-layout.h: which row holds what. Private to src/store.
 *
 * Entries cut the machine events into segments, one before each entry and one after the last: they
 * alone take memory. A segment is shown event by event, as one row that stands for the run, or as
 * that row with the events below it.
 */
#pragma once

#include "iw-filter.h"
#include "iw-timeline-axis.h"

G_BEGIN_DECLS

typedef struct _IwTimelineLayout IwTimelineLayout;

/* A run this short says less than its events do, and is shown as they are. */
#define IW_TIMELINE_SHORT_RUN 3

typedef enum
{
  IW_ITEM_ENTRY,
  IW_ITEM_EVENT,
  IW_ITEM_RUN,
} IwItemKind;

typedef struct
{
  IwItemKind kind;
  guint index;  /* the entry, or the segment of the event or run */
  gint64 event; /* the place of the EVENT, or of the RUN's first */
  gint64 n;     /* events from there to the end of the segment */
  gboolean expanded;
} IwLayoutItem;

/* @entries: those that are shown, in order; referenced. @expanded: see iw_timeline_layout_expand().
 * (element-type IwEntry) (transfer full) */
IwTimelineLayout *iw_timeline_layout_new (IwTimelineAxis *axis,
                                          GPtrArray *entries,
                                          gboolean collapse,
                                          GArray *expanded);
void iw_timeline_layout_free (IwTimelineLayout *layout);

/* Rows and entries count from 0. @row is one that there is. */
guint iw_timeline_layout_get_n_rows (IwTimelineLayout *layout);
IwLayoutItem iw_timeline_layout_get (IwTimelineLayout *layout, guint row);
guint iw_timeline_layout_row_of_entry (IwTimelineLayout *layout, guint entry);
/* @head: the run's own row, where there is one, also while it is expanded. */
guint iw_timeline_layout_row_of_event (IwTimelineLayout *layout, gint64 event, gboolean head);
/* The first row at or after @us, or n_rows. */
guint iw_timeline_layout_find_time (IwTimelineLayout *layout, gint64 us);
/* The times of the entries around a segment, [start, end); the ends of time where there is none. */
void iw_timeline_layout_get_bounds (IwTimelineLayout *layout, guint segment, gint64 *start, gint64 *end);

/* What is expanded is a stretch of time, so that it stays so when an entry comes in between.
 * (element-type IwTimeStretch) */
typedef struct
{
  gint64 start, end;
} IwTimeStretch;
void iw_timeline_stretches_add (GArray *stretches, gint64 start, gint64 end);
void iw_timeline_stretches_remove (GArray *stretches, gint64 start, gint64 end);

G_END_DECLS
