#include "config.h"

#include "iw-overview-scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "iw-time.h"

#define MINUTE (60 * IW_USEC_PER_SEC)
#define HOUR (60 * MINUTE)

IwScale
iw_scale_new (gint64 first, gint64 last, double width)
{
  IwScale self = { 0 };
  gint64 room;

  first = CLAMP (first, IW_TIME_MIN, IW_TIME_MAX - 1);
  last = CLAMP (last, first, IW_TIME_MAX);
  room = MAX ((last - first) / 40, first == last ? 30 * IW_USEC_PER_SEC : IW_SCALE_MIN_SPAN);
  self.first = self.start = MAX (first - room, IW_TIME_MIN);
  self.last = self.end = MIN (last + room, IW_TIME_MAX);
  self.width = MAX (width, 1);
  return self;
}

double
iw_scale_to_x (const IwScale *self, gint64 us)
{
  return ((double)us - (double)self->start) / (double)(self->end - self->start) * self->width;
}

gint64
iw_scale_to_time (const IwScale *self, double x)
{
  double span = (double)(self->end - self->start);
  double offset = CLAMP (x / self->width * span, -(double)IW_TIME_MAX, (double)IW_TIME_MAX);

  return CLAMP (self->start + (gint64)offset, IW_TIME_MIN, IW_TIME_MAX);
}

void
iw_scale_set_visible (IwScale *self, gint64 start, gint64 end)
{
  gint64 widest = self->last - self->first;
  gint64 shortest = MIN (IW_SCALE_MIN_SPAN, widest);
  gint64 span;

  start = CLAMP (start, IW_TIME_MIN, IW_TIME_MAX);
  end = CLAMP (end, IW_TIME_MIN, IW_TIME_MAX);
  span = end - start;
  if (span < shortest)
    {
      start -= (shortest - span) / 2;
      span = shortest;
    }
  span = MIN (span, widest);
  self->start = CLAMP (start, self->first, self->last - span);
  self->end = self->start + span;
}

void
iw_scale_zoom (IwScale *self, double factor, double x)
{
  double widest = (double)(self->last - self->first);
  double span = (double)(self->end - self->start);
  double at = CLAMP (x / self->width, 0, 1);
  double wanted;
  gint64 start;

  if (!(factor > 0))
    return;
  wanted = CLAMP (span / factor, MIN ((double)IW_SCALE_MIN_SPAN, widest), widest);
  start = self->start + (gint64)llround (at * (span - wanted));
  iw_scale_set_visible (self, start, start + (gint64)llround (wanted));
}

void
iw_scale_pan (IwScale *self, double dx)
{
  gint64 span = self->end - self->start;
  double widest = (double)(self->last - self->first);
  double by = CLAMP (dx / self->width * (double)span, -widest, widest);
  gint64 start = CLAMP (self->start + (gint64)by, self->first, self->last - span);

  iw_scale_set_visible (self, start, start + span);
}

GArray *
iw_scale_busy_stretches (const guint32 *bins, guint n, gint64 start, gint64 bin_us)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (IwBusyStretch));
  gint64 longest_gap = n / 20 * bin_us;

  for (guint i = 0; i < n; i++)
    {
      IwBusyStretch *last =
          stretches->len > 0 ? &g_array_index (stretches, IwBusyStretch, stretches->len - 1) : NULL;
      IwBusyStretch next = { start + (gint64)i * bin_us, start + (gint64)(i + 1) * bin_us,
                             bins[i] };

      if (bins[i] == 0)
        continue;
      if (last == NULL || next.start - last->end >= longest_gap)
        {
          g_array_append_val (stretches, next);
          continue;
        }
      last->end = next.end;
      last->n += next.n;
    }
  return stretches;
}

gint64
iw_scale_bin_width (const IwScale *self, double min_px)
{
  double wanted = (double)(self->end - self->start) / self->width * min_px;
  gint64 bin = 1;

  while ((double)bin < wanted)
    bin *= 2;
  return bin;
}

static const struct
{
  IwTickStep step;
  double us; /* mean length */
} steps[] = {
  { { IW_TICK_MILLISECOND, 10 }, 1e4 },   { { IW_TICK_MILLISECOND, 50 }, 5e4 },
  { { IW_TICK_MILLISECOND, 100 }, 1e5 },  { { IW_TICK_MILLISECOND, 200 }, 2e5 },
  { { IW_TICK_MILLISECOND, 500 }, 5e5 },  { { IW_TICK_SECOND, 1 }, 1e6 },
  { { IW_TICK_SECOND, 2 }, 2e6 },         { { IW_TICK_SECOND, 5 }, 5e6 },
  { { IW_TICK_SECOND, 10 }, 1e7 },        { { IW_TICK_SECOND, 15 }, 1.5e7 },
  { { IW_TICK_SECOND, 30 }, 3e7 },        { { IW_TICK_MINUTE, 1 }, 6e7 },
  { { IW_TICK_MINUTE, 2 }, 1.2e8 },       { { IW_TICK_MINUTE, 5 }, 3e8 },
  { { IW_TICK_MINUTE, 10 }, 6e8 },        { { IW_TICK_MINUTE, 15 }, 9e8 },
  { { IW_TICK_MINUTE, 30 }, 1.8e9 },      { { IW_TICK_HOUR, 1 }, 3.6e9 },
  { { IW_TICK_HOUR, 2 }, 7.2e9 },         { { IW_TICK_HOUR, 3 }, 1.08e10 },
  { { IW_TICK_HOUR, 6 }, 2.16e10 },       { { IW_TICK_HOUR, 12 }, 4.32e10 },
  { { IW_TICK_DAY, 1 }, 8.64e10 },        { { IW_TICK_DAY, 2 }, 1.728e11 },
  { { IW_TICK_WEEK, 1 }, 6.048e11 },      { { IW_TICK_MONTH, 1 }, 2.6297e12 },
  { { IW_TICK_MONTH, 3 }, 7.889e12 },     { { IW_TICK_MONTH, 6 }, 1.5778e13 },
  { { IW_TICK_YEAR, 1 }, 3.15569e13 },    { { IW_TICK_YEAR, 2 }, 6.31139e13 },
  { { IW_TICK_YEAR, 5 }, 1.577847e14 },   { { IW_TICK_YEAR, 10 }, 3.155695e14 },
  { { IW_TICK_YEAR, 50 }, 1.577847e15 },  { { IW_TICK_YEAR, 100 }, 3.155695e15 },
  { { IW_TICK_YEAR, 500 }, 1.577847e16 }, { { IW_TICK_YEAR, 1000 }, 3.155695e16 },
};

IwTickStep
iw_scale_choose_step (const IwScale *self, double min_px)
{
  double per_px = (double)(self->end - self->start) / self->width;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].us / per_px >= min_px)
      return steps[i].step;
  return steps[G_N_ELEMENTS (steps) - 1].step;
}

static GDateTime *
local_time (gint64 us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

static void
add_tick (GArray *ticks, const IwScale *self, gint64 us, gboolean major)
{
  IwTick tick = { us, iw_scale_to_x (self, us), major, FALSE };

  if (us < self->start || us >= self->end)
    return;
  if (ticks->len > 0 && g_array_index (ticks, IwTick, ticks->len - 1).us >= us)
    return;
  g_array_append_val (ticks, tick);
}

/* Steps below an hour: a whole number of steps of the wall clock. Zones change by whole minutes at
 * the least, so that the offset is looked up again at each tick. */
static void
add_short_ticks (GArray *ticks, const IwScale *self, gint64 step, GTimeZone *zone)
{
  gint64 us = self->start;

  while (us < self->end)
    {
      g_autoptr (GDateTime) local = local_time (us, zone);
      gint64 offset = local != NULL ? g_date_time_get_utc_offset (local) : 0;
      gint64 wall = us + offset;
      gint64 past = ((wall % step) + step) % step;

      if (past == 0)
        {
          gint64 in_day = ((wall % IW_USEC_PER_DAY) + IW_USEC_PER_DAY) % IW_USEC_PER_DAY;

          add_tick (ticks, self, us, in_day == 0);
          us += step;
        }
      else
        us += step - past;
    }
}

/* The next date from @date on that the step stops at. */
static GDateTime *
first_date (GDateTime *date, IwTickStep step, GTimeZone *zone)
{
  int year = g_date_time_get_year (date);
  int month = g_date_time_get_month (date);
  int day = g_date_time_get_day_of_month (date);

  switch (step.unit)
    {
    case IW_TICK_YEAR:
      return g_date_time_new (zone, MAX (year - year % (int)step.n, 1), 1, 1, 0, 0, 0);
    case IW_TICK_MONTH:
      return g_date_time_new (zone, year, (month - 1) / (int)step.n * (int)step.n + 1, 1, 0, 0, 0);
    case IW_TICK_WEEK:
      {
        g_autoptr (GDateTime) midnight = g_date_time_new (zone, year, month, day, 0, 0, 0);

        return g_date_time_add_days (midnight, 1 - g_date_time_get_day_of_week (date));
      }
    case IW_TICK_MILLISECOND:
    case IW_TICK_SECOND:
    case IW_TICK_MINUTE:
    case IW_TICK_HOUR:
    case IW_TICK_DAY:
    default:
      return g_date_time_new (zone, year, month, day, 0, 0, 0);
    }
}

static GDateTime *
next_date (GDateTime *date, IwTickStep step)
{
  switch (step.unit)
    {
    case IW_TICK_YEAR:
      /* year 1 stands in for year 0, which no calendar here has */
      return g_date_time_add_years (
          date, g_date_time_get_year (date) == 1 && step.n > 1 ? (int)step.n - 1 : (int)step.n);
    case IW_TICK_MONTH:
      return g_date_time_add_months (date, (int)step.n);
    case IW_TICK_WEEK:
      return g_date_time_add_days (date, 7);
    case IW_TICK_MILLISECOND:
    case IW_TICK_SECOND:
    case IW_TICK_MINUTE:
    case IW_TICK_HOUR:
    case IW_TICK_DAY:
    default:
      return g_date_time_add_days (date, 1);
    }
}

static void
add_hours (GArray *ticks, const IwScale *self, GDateTime *day, guint n, GTimeZone *zone)
{
  for (guint hour = 0; hour < 24; hour += n)
    {
      g_autoptr (GDateTime) at =
          g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                           g_date_time_get_day_of_month (day), (int)hour, 0, 0);

      if (at != NULL)
        add_tick (ticks, self, g_date_time_to_unix_usec (at), hour == 0);
    }
}

static void
add_date (GArray *ticks, const IwScale *self, GDateTime *date, IwTickStep step, GTimeZone *zone)
{
  gint64 us = g_date_time_to_unix_usec (date);
  int day = g_date_time_get_day_of_month (date);

  if (step.unit == IW_TICK_HOUR)
    add_hours (ticks, self, date, step.n, zone);
  else if (step.unit == IW_TICK_DAY)
    {
      /* every other day starts anew with each month, and keeps clear of its end */
      if (step.n == 1 || (day % 2 == 1 && day < 30))
        add_tick (ticks, self, us, day == 1);
    }
  else if (step.unit == IW_TICK_WEEK)
    add_tick (ticks, self, us, day <= 7);
  else if (step.unit == IW_TICK_MONTH)
    add_tick (ticks, self, us, g_date_time_get_month (date) == 1);
  else
    add_tick (ticks, self, us, FALSE);
}

static void
add_long_ticks (GArray *ticks, const IwScale *self, IwTickStep step, GTimeZone *zone)
{
  g_autoptr (GDateTime) begin = local_time (self->start, zone);
  g_autoptr (GDateTime) date = begin != NULL ? first_date (begin, step, zone) : NULL;

  while (date != NULL && g_date_time_to_unix_usec (date) < self->end)
    {
      GDateTime *next;

      add_date (ticks, self, date, step, zone);
      next = next_date (date, step);
      g_date_time_unref (date);
      date = next;
    }
}

GArray *
iw_scale_ticks (const IwScale *self, IwTickStep step, GTimeZone *zone)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (IwTick));

  if (step.unit == IW_TICK_MILLISECOND)
    add_short_ticks (ticks, self, (gint64)step.n * 1000, zone);
  else if (step.unit == IW_TICK_SECOND)
    add_short_ticks (ticks, self, (gint64)step.n * IW_USEC_PER_SEC, zone);
  else if (step.unit == IW_TICK_MINUTE)
    add_short_ticks (ticks, self, (gint64)step.n * MINUTE, zone);
  else
    add_long_ticks (ticks, self, step, zone);
  return ticks;
}

static const char *
tick_format (const IwTick *tick, IwTickStep step, gboolean context)
{
  switch (step.unit)
    {
    case IW_TICK_MILLISECOND:
    case IW_TICK_SECOND:
      if (tick->major)
        return C_ ("axis", "%-d %b");
      /* Translators: marks on a time axis, in the language of strftime: a day with its clock */
      return context ? C_ ("axis", "%-d %b %H:%M:%S") : C_ ("axis", "%H:%M:%S");
    case IW_TICK_MINUTE:
    case IW_TICK_HOUR:
      if (tick->major)
        return C_ ("axis", "%-d %b");
      return context ? C_ ("axis", "%-d %b %H:%M") : C_ ("axis", "%H:%M");
    case IW_TICK_DAY:
    case IW_TICK_WEEK:
      return context ? C_ ("axis", "%-d %b %Y") : C_ ("axis", "%-d %b");
    case IW_TICK_MONTH:
      if (tick->major)
        return C_ ("axis", "%Y");
      return context ? C_ ("axis", "%b %Y") : C_ ("axis", "%b");
    case IW_TICK_YEAR:
    default:
      return C_ ("axis", "%Y");
    }
}

char *
iw_scale_tick_label (const IwTick *tick, IwTickStep step, gboolean context, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = local_time (tick->us, zone);
  g_autofree char *text =
      local != NULL ? g_date_time_format (local, tick_format (tick, step, context)) : NULL;

  if (text == NULL)
    return g_strdup ("");
  if (step.unit == IW_TICK_MILLISECOND && !tick->major)
    return g_strdup_printf ("%s.%02d", text, g_date_time_get_microsecond (local) / 10000);
  return g_steal_pointer (&text);
}

double
iw_scale_label_x (const IwTick *tick, double label_width, double width)
{
  return CLAMP (tick->x - label_width / 2, 0, MAX (width - label_width, 0));
}

static gboolean
is_free (GArray *ticks, const double *widths, double width, double gap, guint which)
{
  IwTick *tick = &g_array_index (ticks, IwTick, which);
  double x = iw_scale_label_x (tick, widths[which], width);

  for (guint i = 0; i < ticks->len; i++)
    {
      IwTick *other = &g_array_index (ticks, IwTick, i);
      double other_x;

      if (i == which || !other->label)
        continue;
      other_x = iw_scale_label_x (other, widths[i], width);
      if (x < other_x + widths[i] + gap && other_x < x + widths[which] + gap)
        return FALSE;
    }
  return TRUE;
}

void
iw_scale_place_labels (GArray *ticks, const double *widths, double width, double gap)
{
  for (guint i = 0; i < ticks->len; i++)
    g_array_index (ticks, IwTick, i).label = FALSE;
  for (int major = 1; major >= 0; major--)
    for (guint i = 0; i < ticks->len; i++)
      {
        IwTick *tick = &g_array_index (ticks, IwTick, i);

        if (tick->major == (gboolean)major && widths[i] <= width)
          tick->label = is_free (ticks, widths, width, gap, i);
      }
}
