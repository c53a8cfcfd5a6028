/* iw-timeline-model.h: the rows of an IwTimelineView for a GtkListView: days are its sections, and
 * it keeps its own selection, because a selection of rows has to survive a change by the rows'
 * keys.
 *
 * Rows are read from the view when they are shown. A change of the view is announced in few steps
 * that leave the rows on screen standing, so that what a person reads does not move, and that never
 * make GtkListView look at rows that are not shown. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-timeline-view.h"

G_BEGIN_DECLS

#define IW_TYPE_TIMELINE_MODEL (iw_timeline_model_get_type ())
G_DECLARE_FINAL_TYPE (IwTimelineModel, iw_timeline_model, IW, TIMELINE_MODEL, GObject)

/* @view: kept. Implements GListModel (items are IwTimelineRow), GtkSectionModel and
 * GtkSelectionModel (any number of rows). (transfer full) */
IwTimelineModel *iw_timeline_model_new (IwTimelineView *view);

/* Which rows are on screen just now: those that a change leaves standing where it can. */
void iw_timeline_model_set_visible (IwTimelineModel *self, guint first, guint n);
/* As it was set, or where those rows are after a change. */
void iw_timeline_model_get_visible (IwTimelineModel *self, guint *first, guint *n);

/* Call these around everything that changes which rows the view has (its filter, a reload, an
 * opened run, a skew). The view must be as it was when begin is called. end() tells whether at
 * least one of the rows on screen is still there: where none is, the caller scrolls to where the
 * person was. */
void iw_timeline_model_begin_change (IwTimelineModel *self);
gboolean iw_timeline_model_end_change (IwTimelineModel *self);
/* The zone of the view changed: the same rows, cut into other days. */
void iw_timeline_model_days_changed (IwTimelineModel *self);

guint iw_timeline_model_get_n_selected (IwTimelineModel *self);
/* The only selected row's position; GTK_INVALID_LIST_POSITION where none or several are. */
guint iw_timeline_model_get_single (IwTimelineModel *self);
/* Selects this row alone. */
void iw_timeline_model_select_only (IwTimelineModel *self, guint position);
/* The selected entries that may be changed (decision entries never are), at most @limit, in order.
 * Does not look at events, however many are selected. (element-type IwEntry) (transfer full) */
GPtrArray *iw_timeline_model_get_editable (IwTimelineModel *self, guint limit);

G_END_DECLS
