#include "iw-quick-entry.h"

#include "iw-quick-private.h"
#include "iw-time-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define USEC_PER_MINUTE (60 * IW_USEC_PER_SEC)
#define USEC_PER_HOUR (3600 * IW_USEC_PER_SEC)

/* Where the line is read. */
typedef struct
{
  gint64 now;
  GTimeZone *zone;
} Context;

/* One side of what was written: a date, a clock, an offset, each of which may be missing. */
typedef struct
{
  IwQuickDate date;
  IwQuickClock clock;
  gboolean has_clock;
  IwQuickOffset offset;
} Moment;

/* The day of the wall clock at @us, in days since 1970, as @moment's zone sees it. */
static gint64
local_day (const Context *context, const Moment *moment, gint64 us)
{
  gint64 local = moment->offset.set ? us + moment->offset.offset * IW_USEC_PER_SEC
                                    : iw_time_to_local (us, context->zone);

  return iw_floor_div (local, IW_USEC_PER_DAY);
}

/* @moment's clock on the day @day. */
static gint64
instant (const Context *context, const Moment *moment, gint64 day)
{
  const IwQuickClock *clock = &moment->clock;
  gint64 seconds = iw_quick_clock_hour (clock) * 3600 + clock->minute * 60 + clock->second;
  gint64 local = day * IW_USEC_PER_DAY + seconds * IW_USEC_PER_SEC + clock->usec;

  return moment->offset.set ? local - moment->offset.offset * IW_USEC_PER_SEC
                            : iw_time_from_local (local, context->zone);
}

/* The last such day of a year that is not more than half a day ahead. */
static gint64
day_without_year (const Context *context, const Moment *moment)
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
day_of_moment (const Context *context, const Moment *moment)
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
    case IW_QUICK_DATE_NONE:
    default:
      day = today;
      return instant (context, moment, day) > context->now + 12 * USEC_PER_HOUR ? day - 1 : day;
    }
}

/* The time in its precision. A date alone is a date, whatever the zone. */
static IwTime
time_of_moment (const Context *context, const Moment *moment, gint64 day)
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
scan_moment (const char *p, Moment *moment)
{
  const char *date_end = iw_quick_scan_date (p, &moment->date);
  const char *clock_start = date_end != NULL ? scan_joiner (date_end, &moment->date) : p;
  const char *clock_end = iw_quick_scan_clock (clock_start, &moment->clock);

  moment->offset = (IwQuickOffset){ FALSE, 0 };
  moment->has_clock = clock_end != NULL && (date_end == NULL || clock_start > date_end ||
                                            iw_quick_is_boundary (date_end));
  if (moment->has_clock)
    return iw_quick_scan_offset (clock_end,
                                 allows_minus (moment, date_end != NULL ? date_end : p, clock_end),
                                 &moment->offset);
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
scan_range_end (const Context *context, const char *p, Moment *start, Moment *end)
{
  const char *next = scan_range_mark (p);

  if (next == NULL || (next = scan_moment (next, end)) == NULL || !iw_quick_is_boundary (next))
    return NULL;
  if (start->has_clock != end->has_clock)
    return NULL;
  if (start->has_clock)
    share_suffixes (start, end);
  return next;
}

/* Fills in a range; FALSE where its end lies before its start. */
static gboolean
set_range (const Context *context, const Moment *start, const Moment *end, IwQuickEntry *entry)
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

static gboolean
is_in_range (IwTime time)
{
  return time.us >= IW_TIME_MIN && time.us <= IW_TIME_MAX;
}

static const char *
parse_moment (const Context *context, const char *p, IwQuickEntry *entry)
{
  Moment start, shared, end;
  const char *next = scan_moment (p, &start);
  const char *range_end;

  if (next == NULL)
    return NULL;
  shared = start;
  range_end = scan_range_end (context, next, &shared, &end);
  if (range_end != NULL && set_range (context, &shared, &end, entry))
    return is_in_range (entry->occurred) && is_in_range (entry->occurred_end) ? range_end : NULL;

  entry->occurred_end = IW_TIME_NONE;
  if (!iw_quick_is_boundary (next))
    return NULL;
  entry->occurred = time_of_moment (context, &start, day_of_moment (context, &start));
  return is_in_range (entry->occurred) ? next : NULL;
}

/* An amount of time, kept apart by what it is exact to. */
typedef struct
{
  gint64 us;
  IwQuickWord smallest;
  gboolean decimals;
} Amount;

/* "10", "1.5": thousandths. */
static const char *
scan_amount_number (const char *p, gint64 *thousandths, gboolean *decimals)
{
  const char *start = p;
  gint64 value = 0, unit = 1000;

  for (; g_ascii_isdigit (*p) && p - start < 8; p++)
    value = value * 10 + (*p - '0') * unit;
  if (p == start || g_ascii_isdigit (*p))
    return NULL;
  if ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1]))
    {
      *decimals = TRUE;
      for (p++; g_ascii_isdigit (*p); p++)
        {
          unit /= 10;
          value += (*p - '0') * unit;
        }
    }
  *thousandths = value;
  return p;
}

/* "1 h 30 min"; at least one number with its unit. */
static const char *
scan_amount (const char *p, Amount *amount)
{
  static const gint64 seconds[] = { 1, 60, 3600, 86400, 7 * 86400 };
  const char *end = NULL;

  *amount = (Amount){ 0, IW_QUICK_WEEKS, FALSE };
  for (;;)
    {
      gint64 thousandths;
      const char *unit = scan_amount_number (p, &thousandths, &amount->decimals);
      const char *after = NULL;
      IwQuickWord word;

      if (unit == NULL)
        return end;
      unit = iw_quick_skip_space (unit);
      for (word = IW_QUICK_SECONDS; word <= IW_QUICK_WEEKS; word++)
        if ((after = iw_quick_scan_word (unit, word)) != NULL)
          break;
      if (after == NULL)
        return end;
      amount->us += thousandths * (seconds[word - IW_QUICK_SECONDS] * (IW_USEC_PER_SEC / 1000));
      if (amount->us > IW_TIME_MAX)
        return NULL;
      amount->smallest = MIN (amount->smallest, word);
      end = *after == '.' ? after + 1 : after;
      p = iw_quick_skip_space (end);
    }
}

/* The time @amount before now. Days and weeks are days of the calendar. */
static IwTime
before_now (const Context *context, const Amount *amount)
{
  gint64 us = context->now - amount->us;
  gint64 unit = USEC_PER_MINUTE;

  if (amount->smallest >= IW_QUICK_DAYS && !amount->decimals)
    {
      gint64 today = iw_floor_div (iw_time_to_local (context->now, context->zone), IW_USEC_PER_DAY);

      us = (today - amount->us / IW_USEC_PER_DAY) * IW_USEC_PER_DAY;
      return (IwTime){ us, IW_PRECISION_DAY };
    }
  if (amount->smallest == IW_QUICK_SECONDS)
    unit = IW_USEC_PER_SEC;
  us = iw_floor_div (us, unit) * unit;
  return (IwTime){ us, amount->smallest == IW_QUICK_SECONDS ? IW_PRECISION_SECOND
                                                            : IW_PRECISION_MINUTE };
}

/* "10 min ago"; in languages that say so, "vor 10 min". */
static const char *
parse_ago (const Context *context, const char *p, IwQuickEntry *entry)
{
  const char *before = iw_quick_scan_translated_word (p, IW_QUICK_AGO);
  Amount amount;
  const char *next;

  next = scan_amount (before != NULL ? iw_quick_skip_space (before) : p, &amount);
  if (next != NULL && before == NULL)
    next = iw_quick_scan_word (iw_quick_skip_space (next), IW_QUICK_AGO);
  if (next == NULL || !iw_quick_is_boundary (next))
    return NULL;
  entry->occurred = before_now (context, &amount);
  return is_in_range (entry->occurred) ? next : NULL;
}

static IwTime
this_second (const Context *context)
{
  gint64 seconds = iw_floor_div (context->now, IW_USEC_PER_SEC);

  return (IwTime){ seconds * IW_USEC_PER_SEC, IW_PRECISION_SECOND };
}

static const char *
parse_now (const Context *context, const char *p, IwQuickEntry *entry)
{
  const char *next = iw_quick_scan_word (p, IW_QUICK_NOW);

  if (next == NULL || !iw_quick_is_boundary (next))
    return NULL;
  entry->occurred = this_second (context);
  return next;
}

/* The text after a time, without what people put between the two: "14:05: ", "14:05 – ". */
static const char *
skip_separator (const char *p)
{
  static const char *const marks[] = { ",", ";", ":", ".", "-", "–", "—" };

  p = iw_quick_skip_space (p);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (p, marks[i]))
      {
        const char *after = p + strlen (marks[i]);
        const char *next = iw_quick_skip_space (after);

        return next > after || *after == '\0' ? next : p;
      }
  return p;
}

/* A date is ahead when the day is; other times by more than a minute. */
static gboolean
is_future (const Context *context, IwTime time)
{
  if (!iw_time_is_set (time))
    return FALSE;
  if (time.precision <= IW_PRECISION_DAY)
    return time.us > iw_time_to_local (context->now, context->zone);
  return time.us > context->now + USEC_PER_MINUTE;
}

IwQuickEntry
iw_quick_entry_parse (const char *input, gint64 now, GTimeZone *zone)
{
  Context context = { CLAMP (now, IW_TIME_MIN, IW_TIME_MAX), zone };
  IwQuickEntry entry = { .occurred_end = IW_TIME_NONE };
  const char *start, *next;

  g_return_val_if_fail (input != NULL, entry);

  start = iw_quick_skip_space (input);
  if ((next = parse_now (&context, start, &entry)) == NULL &&
      (next = parse_ago (&context, start, &entry)) == NULL)
    next = parse_moment (&context, start, &entry);
  if (next == NULL)
    {
      entry.occurred = this_second (&context);
      entry.occurred_end = IW_TIME_NONE;
      entry.text = start;
      return entry;
    }
  entry.explicit_time = TRUE;
  entry.future = is_future (&context, entry.occurred) || is_future (&context, entry.occurred_end);
  entry.text = skip_separator (next);
  return entry;
}

/* The day of @time as people call it, seen from @now. */
static char *
describe_day (IwTime time, gint64 now, GTimeZone *zone)
{
  gboolean is_date = time.precision <= IW_PRECISION_DAY;
  gint64 day = iw_floor_div (is_date ? time.us : iw_time_to_local (time.us, zone), IW_USEC_PER_DAY);
  gint64 today = iw_floor_div (iw_time_to_local (now, zone), IW_USEC_PER_DAY);

  if (day == today)
    return g_strdup (C_ ("day", "Today"));
  if (day == today - 1)
    return g_strdup (C_ ("day", "Yesterday"));
  if (day == today + 1)
    return g_strdup (C_ ("day", "Tomorrow"));
  return iw_time_format_day (time.us, is_date ? NULL : zone);
}

static char *
describe_moment (IwTime time, gint64 now, GTimeZone *zone)
{
  g_autofree char *day = describe_day (time, now, zone);
  g_autofree char *clock = NULL;

  if (time.precision <= IW_PRECISION_DAY)
    return g_steal_pointer (&day);
  clock = iw_time_format (time, zone, FALSE);
  /* Translators: a day (%1$s) and a clock time (%2$s): "Yesterday 23:10". */
  return g_strdup_printf (C_ ("day and clock", "%1$s %2$s"), day, clock);
}

/* "Today 14:05–14:20"; the day is said again only where it is another. */
static char *
describe_range (IwTime start, IwTime end, gint64 now, GTimeZone *zone)
{
  g_autofree char *from = describe_moment (start, now, zone);
  g_autofree char *to = NULL;
  gboolean same_day = end.precision > IW_PRECISION_DAY &&
                      iw_time_day_start (start.us, zone) == iw_time_day_start (end.us, zone);

  if (same_day)
    {
      to = iw_time_format (end, zone, FALSE);
      /* Translators: the start (%1$s) and the end (%2$s) on the same day: "Today 14:05–14:20". */
      return g_strdup_printf (C_ ("range", "%1$s–%2$s"), from, to);
    }
  to = describe_moment (end, now, zone);
  /* Translators: the start (%1$s) and the end (%2$s): "Yesterday 23:50 – Today 00:10". */
  return g_strdup_printf (C_ ("range of days", "%1$s – %2$s"), from, to);
}

char *
iw_quick_entry_describe (const IwQuickEntry *entry, gint64 now, GTimeZone *zone)
{
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  if (!entry->explicit_time)
    {
      g_autofree char *clock = iw_time_format (entry->occurred, zone, FALSE);

      /* Translators: the clock time of this moment: "Now, 14:05:33". */
      time = g_strdup_printf (C_ ("quick entry", "Now, %s"), clock);
    }
  else if (iw_time_is_set (entry->occurred_end))
    time = describe_range (entry->occurred, entry->occurred_end, now, zone);
  else
    time = describe_moment (entry->occurred, now, zone);

  if (entry->occurred.precision <= IW_PRECISION_DAY)
    return g_steal_pointer (&time);
  words = iw_time_zone_words (zone, entry->occurred.us);
  /* Translators: a time (%1$s) and its zone (%2$s): "Today 14:05 Europe/Berlin (UTC+01:00)". */
  return g_strdup_printf (C_ ("time and zone", "%1$s %2$s"), time, words);
}
