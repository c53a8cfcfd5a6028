/* iw-detail-pane-private.h: what the files of the detail pane share. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-detail-pane.h"

G_BEGIN_DECLS

struct _IwDetailPane
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwStatusPage *run_page;
  GtkButton *run_button;
  GtkScrolledWindow *entry_scroller;
  GtkListView *event_list;

  IwWorkspace *workspace;
  IwTimeDisplay *display;
  IwTimelineRow *row;

  GListStore *event_model;   /* (element-type IwDetailItem) */
  GCancellable *cancellable; /* of the reading of fields */
  guint read_timeout;        /* reading waits for the selection to rest */
};

/* ---- pieces that both pages use ---- */

/* Text that wraps without hyphens and can be selected. */
GtkWidget *iw_detail_make_text (const char *text);
/* A row of a boxed list: title and value, selectable; not added where @value is empty. */
void iw_detail_add_fact (GtkListBox *list, const char *title, const char *value);
GtkListBox *iw_detail_make_facts (void);
/* A flat icon button of an action of the timeline page. */
GtkWidget *iw_detail_make_button (const char *icon, const char *words, const char *action);
GtkWidget *iw_detail_make_heading (const char *text);
/* A time in the zone in force, with the zone in words; "" for an unset one. (transfer full) */
char *iw_detail_format_time (IwDetailPane *self, IwTime time);

/* iw-detail-entry.c (transfer floating) */
GtkWidget *iw_detail_make_entry (IwDetailPane *self, IwEntry *entry);
/* What a document is called; for IwNameFunc, @data is the pane. (transfer full) */
char *iw_detail_name (const char *docid, gpointer data);
/* iw-detail-decision.c: why it is not in force (@problem, NULL where it is), and buttons to
 * withdraw it or to decide again. (transfer floating) */
GtkWidget *iw_detail_make_decision_head (IwDetailPane *self, IwEntry *entry, const char *problem);
/* Its fields, by the labels of its form; the reason alone where it has none. */
void iw_detail_add_decision (IwDetailPane *self, GtkListBox *facts, IwEntry *entry);
/* iw-detail-history.c: the revisions of a document, read when it is opened. (transfer floating) */
GtkWidget *iw_detail_make_history (IwDetailPane *self, const char *docid);
/* iw-detail-event.c */
void iw_detail_init_event (IwDetailPane *self);
void iw_detail_show_event (IwDetailPane *self, IwTimelineRow *row);
/* Facts above the fields. (transfer floating) */
GtkWidget *iw_detail_make_event_head (IwDetailPane *self, IwTimelineRow *row);

G_END_DECLS
