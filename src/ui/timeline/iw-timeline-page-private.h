/* iw-timeline-page-private.h: what the files of the timeline page share. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-columns.h"
#include "iw-detail-pane.h"
#include "iw-filter-popover.h"
#include "iw-overview.h"
#include "iw-quick-entry-bar.h"
#include "iw-time-display.h"
#include "iw-timeline-model.h"
#include "iw-timeline-page.h"

G_BEGIN_DECLS

struct _IwTimelinePage
{
  GtkWidget parent_instance;

  IwWorkspace *workspace;
  char *incident;
  IwTimeDisplay *display;
  IwColumns *columns;
  IwTimelineView *view;   /* NULL where the incident cannot be read */
  IwTimelineModel *model; /* with the view */
  GSettings *settings;
  GSimpleActionGroup *actions;

  /* the filter */
  IwFilter *filter;        /* what is asked for; the view follows */
  GCancellable *matching;  /* the search under way, NULL if none */
  gboolean syncing_search; /* the search entry follows the filter */

  /* the list */
  GPtrArray *headers;    /* (element-type GtkListHeader) (unowned): shown just now */
  gboolean had_keyboard; /* the list had the keyboard when the change began */
  guint visible_tick;    /* 0: the rows stand where they were last seen */
  guint visible_wait;    /* ticks until they have been laid out */
  guint visible_first, visible_n;
  gint64 anchor_time; /* of the first row on screen before a change */
  guint reveal;       /* the row to bring into sight; invalid: none */
  guint reveal_turns; /* layouts that may still be waited for */
  gboolean to_latest; /* it is the last row, whichever that is by then */
  GtkWidget *row_menu_popover;

  /* indexes to rebuild */
  GCancellable *rebuilding; /* NULL if nothing is under way */
  gboolean rebuild_stopped; /* cancelled or failed: wait for the person */

  AdwToast *toast; /* the one that offers undo, NULL if none */

  AdwToastOverlay *toasts;
  AdwOverlaySplitView *split;
  GtkSearchEntry *search;
  GtkMenuButton *filter_button;
  IwFilterPopover *filter_popover;
  GtkWidget *progress_row;
  GtkLabel *progress_label;
  GtkProgressBar *progress;
  GtkButton *progress_button;
  GtkWidget *area;
  GtkWidget *overview_box;
  IwOverview *overview;
  GtkMenuButton *zone_button;
  GtkLabel *zone_label;
  GtkWidget *filter_row;
  GtkLabel *filter_label;
  GtkWidget *filter_spinner;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  AdwStatusPage *problem;
  IwQuickEntryBar *quick_entry;
  IwDetailPane *detail;
  GMenuModel *row_menu;
  GMenu *columns_section;
};

/* iw-timeline-page.c */
/* @undoable: the toast offers to undo the last action. */
void iw_timeline_page_toast (IwTimelinePage *self, const char *text, gboolean undoable);
void iw_timeline_page_show_problem (IwTimelinePage *self, const GError *error);
/* Which of list and empty states is shown. */
void iw_timeline_page_update_stack (IwTimelinePage *self);

/* iw-timeline-page-filter.c */
/* Takes a filter: at once, or when its search is done. Copied. */
void iw_timeline_page_set_filter (IwTimelinePage *self, const IwFilter *filter);
/* The search again, after the content changed. */
void iw_timeline_page_refresh_match (IwTimelinePage *self);
void iw_timeline_page_update_filter_row (IwTimelinePage *self);
void iw_timeline_page_init_filter (IwTimelinePage *self);
void iw_timeline_page_class_init_filter (GtkWidgetClass *widget_class);

/* iw-timeline-page-list.c */
void iw_timeline_page_init_list (IwTimelinePage *self);
void iw_timeline_page_class_init_list (GtkWidgetClass *widget_class);
/* Around a change of the view: keeps what is read where it is. */
void iw_timeline_page_begin_change (IwTimelinePage *self);
void iw_timeline_page_end_change (IwTimelinePage *self);
/* The only selected row. (transfer full), NULL where none or several are */
IwTimelineRow *iw_timeline_page_get_single (IwTimelinePage *self);
/* Selects a row and brings it into sight; the focus goes to it with @focus. */
void iw_timeline_page_reveal (IwTimelinePage *self, guint position, gboolean focus);
/* Shows the end of the list: what happened last. Selects nothing. */
void iw_timeline_page_show_latest (IwTimelinePage *self);
void iw_timeline_page_toggle_run (IwTimelinePage *self, guint position);
void iw_timeline_page_update_detail (IwTimelinePage *self);
void iw_timeline_page_zone_changed (IwTimelinePage *self);

/* iw-timeline-page-reload.c */
void iw_timeline_page_init_reload (IwTimelinePage *self);
void iw_timeline_page_class_init_reload (GtkWidgetClass *widget_class);
/* Builds the indexes that are not here, one after the other. */
void iw_timeline_page_rebuild_indexes (IwTimelinePage *self);

/* iw-timeline-page-files.c */
void iw_timeline_page_choose_import (IwTimelinePage *self);
void iw_timeline_page_export (IwTimelinePage *self);

/* iw-timeline-actions.c */
void iw_timeline_actions_init (IwTimelinePage *self);
/* Which actions make sense for what is selected. */
void iw_timeline_actions_update (IwTimelinePage *self);

/* iw-timeline-edits.c: the actions that change entries */
void iw_timeline_edits_add (IwTimelinePage *self);
void iw_timeline_edits_edit (IwTimelinePage *self);
void iw_timeline_edits_duplicate (IwTimelinePage *self);
void iw_timeline_edits_delete (IwTimelinePage *self);
void iw_timeline_edits_bulk (IwTimelinePage *self);
void iw_timeline_edits_promote (IwTimelinePage *self);
void iw_timeline_edits_toggle_key (IwTimelinePage *self);

G_END_DECLS
