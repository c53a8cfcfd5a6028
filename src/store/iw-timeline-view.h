/* iw-timeline-view.h: the timeline of an incident as a list of rows, entries and events together.
 *
 * Positions are computed, not stored: memory grows with the number of entries, not of events. Skew is
 * applied to display and order here and nowhere else. One thread at a time (the UI's main thread);
 * what takes longer than a frame is prepared elsewhere as an IwTimelineMatch.
 */
#pragma once

#include "iw-evidence.h"
#include "iw-event-index.h"
#include "iw-filter.h"
#include "iw-incident.h"
#include "iw-store.h"

G_BEGIN_DECLS

/* ---- a row ---- */

typedef enum
{
  IW_ROW_ENTRY,
  IW_ROW_EVENT,
  IW_ROW_RUN, /* a run of events that is collapsed, or the head of one that is expanded */
} IwRowKind;

#define IW_TYPE_TIMELINE_ROW (iw_timeline_row_get_type ())
G_DECLARE_FINAL_TYPE (IwTimelineRow, iw_timeline_row, IW, TIMELINE_ROW, GObject)

/* Immutable. */
IwRowKind iw_timeline_row_get_kind (IwTimelineRow *self);
gint64 iw_timeline_row_get_time (IwTimelineRow *self);       /* µs, corrected for skew */
IwPrecision iw_timeline_row_get_precision (IwTimelineRow *self);
gint64 iw_timeline_row_get_end (IwTimelineRow *self);        /* end of a range or run; == time if none */
/* µs since the row before it, since the last event of that one where it is a collapsed run; -1 for the
 * first row. */
gint64 iw_timeline_row_get_gap (IwTimelineRow *self);
gint64 iw_timeline_row_get_skew (IwTimelineRow *self);       /* µs that were added; 0 for entries */
IwEntry *iw_timeline_row_get_entry (IwTimelineRow *self);    /* (transfer none), NULL unless ENTRY */
/* Why a decision is not in force (withdrawn, against the rules), as a sentence; NULL where it is, and for all
 * that is no decision. */
const char *iw_timeline_row_get_problem (IwTimelineRow *self);
const IwEvent *iw_timeline_row_get_event (IwTimelineRow *self); /* NULL unless EVENT */
IwEvidence *iw_timeline_row_get_evidence (IwTimelineRow *self); /* of an EVENT; of a RUN where it has one source, else NULL */
gint64 iw_timeline_row_get_run_count (IwTimelineRow *self);  /* events in a RUN */
gboolean iw_timeline_row_get_run_expanded (IwTimelineRow *self);
/* Stable while the view's content is: a key to find the row again after a change
 * ("entry:<docid>", "event:<evidence docid>:<row>", "run:<evidence docid>:<rank of its first event>"). (transfer none) */
const char *iw_timeline_row_get_key (IwTimelineRow *self);

/* ---- what matched, made on any thread with its own store connection ---- */

typedef struct _IwTimelineMatch IwTimelineMatch; /* immutable, counted */
IwTimelineMatch *iw_timeline_match_new (IwStore *store, const char *incident, const IwFilter *filter,
                                        GCancellable *cancellable, GError **error); /* (transfer full) */
IwTimelineMatch *iw_timeline_match_ref (IwTimelineMatch *match); /* any thread */
void iw_timeline_match_unref (IwTimelineMatch *match); /* any thread; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwTimelineMatch, iw_timeline_match_unref)

/* ---- the view ---- */

#define IW_TYPE_TIMELINE_VIEW (iw_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (IwTimelineView, iw_timeline_view, IW, TIMELINE_VIEW, GObject)

/* Shows @incident without restriction, events collapsed if there are entries, else shown.
 * @store: kept; read connection of this thread. (transfer full) */
IwTimelineView *iw_timeline_view_new (IwStore *store, const char *incident, GError **error);

/* Takes a filter. All of it acts on entries at once; on events its range, kinds, sources and events mode
 * do, while its text, actors and duplicates act through @match (NULL: no such restriction on events, see
 * iw_timeline_view_needs_match()). A timeline that @match does not know, because it was imported or
 * built again since, shows no events until the next match. An entry that lasts is within a range where
 * any of it is; the date it ends on counts whole, in UTC. */
void iw_timeline_view_set_filter (IwTimelineView *self, const IwFilter *filter, IwTimelineMatch *match);
const IwFilter *iw_timeline_view_get_filter (IwTimelineView *self);
/* Whether @filter has a part that must be prepared with iw_timeline_match_new(): text, actors or
 * duplicates, where events can pass at all. */
gboolean iw_timeline_view_needs_match (const IwFilter *filter);
/* Reads entries, evidence, skews and stage bands again after a change in the store. */
gboolean iw_timeline_view_reload (IwTimelineView *self, GError **error);
/* The zone that days are cut in. */
void iw_timeline_view_set_zone (IwTimelineView *self, GTimeZone *zone);
/* @position: of a run, or (to collapse it) of an event below it. Runs of three events or fewer are shown
 * as their events and have no row of their own. What is expanded stays so over reloads and filters, also
 * when an entry comes to stand within it. */
void iw_timeline_view_set_run_expanded (IwTimelineView *self, guint position, gboolean expanded);

guint iw_timeline_view_get_n_rows (IwTimelineView *self); /* entries, events and runs, as they are shown */
IwTimelineRow *iw_timeline_view_get_row (IwTimelineView *self, guint position); /* (transfer full) */
/* The first and one past the last row of the day that holds @position. */
void iw_timeline_view_get_day (IwTimelineView *self, guint position, guint *start, guint *end);
/* The first row at or after @us; n_rows if none. */
guint iw_timeline_view_find_time (IwTimelineView *self, gint64 us);
/* The row of a key; G_MAXUINT if it is not shown. An event inside a collapsed run gives the run's row. */
guint iw_timeline_view_find_key (IwTimelineView *self, const char *key);

/* Totals after filtering. */
gint64 iw_timeline_view_get_n_entries (IwTimelineView *self);
gint64 iw_timeline_view_get_n_events (IwTimelineView *self);
/* First and last time in the unfiltered incident; FALSE where it is empty. */
gboolean iw_timeline_view_get_extent (IwTimelineView *self, gint64 *first, gint64 *last);

/* ---- for the overview ---- */

/* Machine events (filtered, but not by time) in @n equal bins of [start, end). */
void iw_timeline_view_histogram (IwTimelineView *self, gint64 start, gint64 end, guint n, guint32 *bins);
/* Entries that pass the filter, but not by time. (element-type IwEntry) (transfer none), ordered */
GPtrArray *iw_timeline_view_get_entries (IwTimelineView *self);
/* (element-type IwStageBand) (transfer none) */
GArray *iw_timeline_view_get_bands (IwTimelineView *self);
/* When containment ran (P3, P5), beside the bands. (element-type IwSpan) (transfer none), ordered */
GArray *iw_timeline_view_get_containment (IwTimelineView *self);
/* (element-type IwEvidence) (transfer none): all timelines of the incident */
GPtrArray *iw_timeline_view_get_evidence (IwTimelineView *self);
/* Timelines whose index is not here (just synced, or damaged, also where that came to light while rows
 * were read since the last load, or while the match was made): to be rebuilt by the worker. (element-type IwEvidence) (transfer full) */
GPtrArray *iw_timeline_view_get_unindexed (IwTimelineView *self);

G_END_DECLS
