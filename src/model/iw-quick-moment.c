/* Points in time by date and clock, and ranges of them. */
#include "iw-quick-private.h"

#include "iw-time-private.h"

#include <string.h>

#define USEC_PER_MINUTE (60 * IW_USEC_PER_SEC)
#define USEC_PER_HOUR (3600 * IW_USEC_PER_SEC)

/* One side of what was written: a date, a clock, an offset, each of which may be missing. */
typedef struct
{
  IwQuickDate date;
  IwQuickClock clock;
  gboolean has_clock;
  IwQuickOffset offset;
} Moment;

static GTimeZone *
zone_of (const IwQuickContext *context, const Moment *moment)
{
  return moment->offset.zone != NULL ? moment->offset.zone : context->zone;
}

static gboolean
has_fixed_offset (const Moment *moment)
{
  return moment->offset.set && moment->offset.zone == NULL;
}

/* The day of the wall clock at @us, in days since 1970, as @moment's zone sees it. */
static gint64
local_day (const IwQuickContext *context, const Moment *moment, gint64 us)
{
  gint64 local = has_fixed_offset (moment) ? us + moment->offset.offset * IW_USEC_PER_SEC
                                           : iw_time_to_local (us, zone_of (context, moment));

  return iw_floor_div (local, IW_USEC_PER_DAY);
}

/* @moment's clock on the day @day. */
static gint64
instant (const IwQuickContext *context, const Moment *moment, gint64 day)
{
  const IwQuickClock *clock = &moment->clock;
  gint64 seconds = iw_quick_clock_hour (clock) * 3600 + clock->minute * 60 + clock->second;
  gint64 local = day * IW_USEC_PER_DAY + seconds * IW_USEC_PER_SEC + clock->usec;

  return has_fixed_offset (moment) ? local - moment->offset.offset * IW_USEC_PER_SEC
                                   : iw_time_from_local (local, zone_of (context, moment));
}

/* The last such day of a year that is not more than half a day ahead. */
static gint64
day_without_year (const IwQuickContext *context, const Moment *moment)
{
  const IwQuickDate *date = &moment->date;
  int year = iw_civil_from_days (local_day (context, moment, context->now)).year + 1;
  gint64 day = 0;

  /* 29 February may be up to eight years back. */
  for (int i = 0; i < 10; i++, year--)
    {
      if (date->day > iw_civil_days_in_month (year, date->month))
        continue;
      day = iw_civil_to_days (year, date->month, date->day);
      if (instant (context, moment, day) <= context->now + 12 * USEC_PER_HOUR)
        break;
    }
  return day;
}

static gint64
day_of_moment (const IwQuickContext *context, const Moment *moment)
{
  gint64 today = local_day (context, moment, context->now);
  gint64 day;

  switch (moment->date.kind)
    {
    case IW_QUICK_DATE_FULL:
      return iw_civil_to_days (moment->date.year, moment->date.month, moment->date.day);
    case IW_QUICK_DATE_NO_YEAR:
      return day_without_year (context, moment);
    case IW_QUICK_DATE_WEEKDAY:
      /* 1970-01-01 was a Thursday. */
      day = today - (today + 3 + 7 - (moment->date.weekday - 1)) % 7;
      return instant (context, moment, day) > context->now + USEC_PER_MINUTE ? day - 7 : day;
    case IW_QUICK_DATE_TODAY:
      return today;
    case IW_QUICK_DATE_YESTERDAY:
      return today - 1;
    case IW_QUICK_DATE_TOMORROW:
      return today + 1;
    case IW_QUICK_DATE_NONE:
    default:
      day = today;
      return instant (context, moment, day) > context->now + 12 * USEC_PER_HOUR ? day - 1 : day;
    }
}

/* The time in its precision. A date alone is a date, whatever the zone. */
static IwTime
time_of_moment (const IwQuickContext *context, const Moment *moment, gint64 day)
{
  if (!moment->has_clock)
    return (IwTime){ day * IW_USEC_PER_DAY, IW_PRECISION_DAY };
  return (IwTime){ instant (context, moment, day), moment->clock.precision };
}

/* What may stand between a date and a clock. */
static const char *
scan_joiner (const char *p, const IwQuickDate *date)
{
  const char *next;

  if (date->iso && (*p == 'T' || *p == 't') && g_ascii_isdigit (p[1]))
    return p + 1;
  p = iw_quick_skip_space (*p == ',' ? p + 1 : p);
  next = iw_quick_scan_word (p, IW_QUICK_AT);
  return next != NULL ? iw_quick_skip_space (next) : p;
}

/* "-05:00" after a clock is an offset where the rest is written as in RFC 3339, else a range. */
static gboolean
allows_minus (const Moment *moment, const char *date_end, const char *p)
{
  if (moment->date.kind != IW_QUICK_DATE_FULL || !moment->date.iso)
    return FALSE;
  if (*date_end == 'T' || *date_end == 't')
    return TRUE;
  /* With seconds before and none after, the two cannot be one range. */
  return moment->clock.precision >= IW_PRECISION_SECOND && strlen (p) >= 6 && p[6] != ':';
}

static const char *
scan_moment (const IwQuickContext *context, const char *p, Moment *moment)
{
  const char *date_end = iw_quick_scan_date (p, &moment->date);
  const char *clock_start = date_end != NULL ? scan_joiner (date_end, &moment->date) : p;
  const char *clock_end = iw_quick_scan_clock (clock_start, &moment->clock);

  moment->offset = (IwQuickOffset){ 0 };
  moment->has_clock = clock_end != NULL;
  if (moment->has_clock)
    {
      gboolean minus = allows_minus (moment, date_end != NULL ? date_end : p, clock_end);
      const char *next = iw_quick_scan_offset (clock_end, minus, &moment->offset);

      return moment->offset.set ? next : iw_quick_scan_zone (context, next, &moment->offset);
    }
  /* Words such as "Monday" or "2 may" begin many a sentence: without a clock they are text. */
  return moment->date.kind == IW_QUICK_DATE_FULL ? date_end : NULL;
}

/* A hyphen or dash, or a word as in "14:05 to 14:20". */
static const char *
scan_range_mark (const char *p)
{
  static const char *const marks[] = { "-", "–", "—", "−", "〜", "～" };
  const char *word;

  p = iw_quick_skip_space (p);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (p, marks[i]))
      return iw_quick_skip_space (p + strlen (marks[i]));
  word = iw_quick_scan_word (p, IW_QUICK_TO);
  return word != NULL ? iw_quick_skip_space (word) : NULL;
}

/* In "2:05-2:20 pm UTC" what stands after the end holds for the start as well. */
static void
share_suffixes (Moment *start, Moment *end)
{
  if (end->offset.set && !start->offset.set)
    start->offset = end->offset;
  else if (start->offset.set && !end->offset.set)
    end->offset = start->offset;

  if (end->clock.meridiem == IW_MERIDIEM_NONE || start->clock.meridiem != IW_MERIDIEM_NONE ||
      start->clock.hour < 1 || start->clock.hour > 12)
    return;
  start->clock.meridiem = end->clock.meridiem;
  /* "11:50-12:10 pm" begins before noon. */
  if (end->clock.meridiem == IW_MERIDIEM_PM &&
      iw_quick_clock_hour (&start->clock) > iw_quick_clock_hour (&end->clock))
    start->clock.meridiem = IW_MERIDIEM_AM;
}

/* The end of a range that began with @start, on the day @day; NULL where none is written. */
static const char *
scan_range_end (const IwQuickContext *context, const char *p, Moment *start, Moment *end)
{
  const char *next = scan_range_mark (p);

  if (next == NULL || (next = scan_moment (context, next, end)) == NULL ||
      !iw_quick_is_boundary (next))
    return NULL;
  if (start->has_clock != end->has_clock)
    return NULL;
  if (start->has_clock)
    share_suffixes (start, end);
  return next;
}

/* Fills in a range; FALSE where its end lies before its start. */
static gboolean
set_range (const IwQuickContext *context,
           const Moment *start,
           const Moment *end,
           IwQuickEntry *entry)
{
  gint64 day = day_of_moment (context, start);
  gint64 end_day = end->date.kind == IW_QUICK_DATE_NONE ? day : day_of_moment (context, end);
  IwTime from = time_of_moment (context, start, day);
  IwTime to = time_of_moment (context, end, end_day);

  /* "23:50-00:10" ends on the next day. */
  if (to.us < from.us && end->date.kind == IW_QUICK_DATE_NONE)
    to = time_of_moment (context, end, end_day + 1);
  if (to.us < from.us)
    return FALSE;
  entry->occurred = from;
  entry->occurred_end = to;
  return TRUE;
}

gboolean
iw_quick_is_in_range (IwTime time)
{
  return time.us >= IW_TIME_MIN && time.us <= IW_TIME_MAX;
}

const char *
iw_quick_parse_moment (const IwQuickContext *context, const char *p, IwQuickEntry *entry)
{
  Moment start, shared, end;
  const char *next = scan_moment (context, p, &start);
  const char *range_end;

  if (next == NULL)
    return NULL;
  shared = start;
  range_end = scan_range_end (context, next, &shared, &end);
  if (range_end != NULL && set_range (context, &shared, &end, entry))
    return iw_quick_is_in_range (entry->occurred) && iw_quick_is_in_range (entry->occurred_end)
               ? range_end
               : NULL;

  entry->occurred_end = IW_TIME_NONE;
  if (!iw_quick_is_boundary (next))
    return NULL;
  entry->occurred = time_of_moment (context, &start, day_of_moment (context, &start));
  return iw_quick_is_in_range (entry->occurred) ? next : NULL;
}
