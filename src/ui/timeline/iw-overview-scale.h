/* iw-overview-scale.h: the time axis of the overview: time to x and back, zoom limits, ticks.
 *
 * Pure functions of values, in µs UTC and pixels; tested without a widget. The axis always runs
 * from left to right, also in languages written from right to left: that is how time axes and the
 * instruments people compare them with are drawn everywhere. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The shortest stretch of time that can be zoomed to. */
#define IW_SCALE_MIN_SPAN G_GINT64_CONSTANT (1000000)

typedef struct
{
  gint64 first, last; /* the widest view: the incident with a little room around it */
  gint64 start, end;  /* what is visible: [start, end) */
  double width;       /* pixels */
} IwScale;

/* The widest view of events from @first to @last, all visible. @first == @last is a point with a
 * minute around it. Values outside IW_TIME_MIN..MAX are clamped. */
IwScale iw_scale_new (gint64 first, gint64 last, double width);

/* The pixel of @us (may lie outside 0..width), and the time of pixel @x. */
double iw_scale_to_x (const IwScale *self, gint64 us);
gint64 iw_scale_to_time (const IwScale *self, double x);

/* Shows [@start, @end), moved and widened to what the limits allow. */
void iw_scale_set_visible (IwScale *self, gint64 start, gint64 end);
/* Zooms in (@factor > 1) or out; the time under @x stays there where the limits let it. */
void iw_scale_zoom (IwScale *self, double factor, double x);
/* Moves the view by @dx pixels towards later times. */
void iw_scale_pan (IwScale *self, double dx);

/* Units of ticks, fine to coarse. */
typedef enum
{
  IW_TICK_MILLISECOND,
  IW_TICK_SECOND,
  IW_TICK_MINUTE,
  IW_TICK_HOUR,
  IW_TICK_DAY,
  IW_TICK_WEEK, /* Mondays */
  IW_TICK_MONTH,
  IW_TICK_YEAR,
} IwTickUnit;

typedef struct
{
  IwTickUnit unit;
  guint n; /* every n units */
} IwTickStep;

typedef struct
{
  gint64 us;
  double x;
  gboolean major; /* begins a longer unit: midnight, a new year */
  gboolean label; /* set by iw_scale_place_labels() */
} IwTick;

/* The finest step whose ticks stand at least @min_px apart. */
IwTickStep iw_scale_choose_step (const IwScale *self, double min_px);
/* The visible ticks of @step in @zone, in order. Wall clock: midnights stay midnights when a clock
 * is changed. (element-type IwTick) (transfer full) */
GArray *iw_scale_ticks (const IwScale *self, IwTickStep step, GTimeZone *zone);
/* What is written at @tick: the clock, the date at a midnight, the month, the year. With @context
 * the longer form that also stands alone ("3 Nov 14:05"), for a view without a major tick.
 * (transfer full) */
char *iw_scale_tick_label (const IwTick *tick, IwTickStep step, gboolean context, GTimeZone *zone);
/* Chooses which ticks get their label so that no two overlap: major ones first, then from the
 * start.
 * @widths: the width of each tick's label; it is centred on the tick and kept within 0..@width. */
void iw_scale_place_labels (GArray *ticks, const double *widths, double width, double gap);
/* Where the label of a tick begins. */
double iw_scale_label_x (const IwTick *tick, double label_width, double width);

/* A stretch of time in which something happens, between long empty ones. */
typedef struct
{
  gint64 start, end;
  guint64 n; /* how much happens */
} IwBusyStretch;

/* Cuts @n bins of @bin_us from @start on where a twentieth of them or more in a row are empty. In
 * order of time; empty where all bins are. (element-type IwBusyStretch) (transfer full) */
GArray *iw_scale_busy_stretches (const guint32 *bins, guint n, gint64 start, gint64 bin_us);

/* The width of one bin of the histogram: a power of two of µs, at least @min_px wide, so that bins
 * stay where they are while the view moves. */
gint64 iw_scale_bin_width (const IwScale *self, double min_px);

G_END_DECLS
