/* iw-overview-private.h: what the files of the overview share. Main thread. */
#pragma once

#include "iw-overview-scale.h"
#include "iw-overview.h"

G_BEGIN_DECLS

/* The histogram, kept until range, width or content change. Bins begin at whole multiples of their
 * width and reach beyond what is visible on both sides, so that panning finds them ready. */
typedef struct
{
  gint64 start;
  gint64 bin_us; /* 0: not read yet */
  guint n;
  guint32 *counts;
} IwOverviewBins;

struct _IwOverview
{
  GtkWidget parent_instance;

  IwTimelineView *view;
  IwTimeDisplay *display;
  IwScale scale;
  gboolean has_scale; /* FALSE where the incident is empty */
  IwOverviewBins bins;

  gint64 list_start, list_end;   /* equal: no frame */
  gint64 brush_start, brush_end; /* equal: no brush */
  gint64 brush_anchor;           /* the fixed end while it is drawn */
  gboolean brushing;
  guint brush_timeout;

  double pointer_x; /* -1 while the pointer is elsewhere */
  IwScale gesture_scale;
  guint announce_idle;
};

/* iw-overview.c */
GTimeZone *iw_overview_zone (IwOverview *self); /* (transfer none) */
void iw_overview_changed_visible (IwOverview *self);
const IwOverviewBins *iw_overview_bins (IwOverview *self);
/* Events in [@start, @end) of the bins at hand, and the largest visible bin with its begin. */
guint32 iw_overview_peak (IwOverview *self, gint64 *at);

/* iw-overview-input.c */
void iw_overview_init_input (IwOverview *self);
void iw_overview_set_brush (IwOverview *self, gint64 start, gint64 end);

/* iw-overview-draw.c */
void iw_overview_draw (IwOverview *self, GtkSnapshot *snapshot);
int iw_overview_natural_height (IwOverview *self);

/* iw-overview-words.c */
char *iw_overview_words (IwOverview *self); /* the whole drawing in words */
char *iw_overview_words_at (IwOverview *self,
                            double x); /* what stands at a pixel; NULL if nothing */

G_END_DECLS
