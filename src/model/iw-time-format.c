#include "iw-time.h"

#include "iw-time-private.h"

#include <glib/gi18n-lib.h>

/* @us as GLib's date in @zone. Years that the zone would carry past the calendar stay in UTC. */
static GDateTime *
date_time_in_zone (gint64 us, GTimeZone *zone)
{
  gint64 clamped = CLAMP (us, IW_TIME_MIN, IW_TIME_MAX);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (clamped);
  GDateTime *local = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? local : g_steal_pointer (&utc);
}

static char *
format_clock (IwTime t, GDateTime *local)
{
  int usec = g_date_time_get_microsecond (local);

  switch (t.precision)
    {
    case IW_PRECISION_HOUR:
      /* Translators: a time of which only the hour is known, "03 h". See the documentation of
       * g_date_time_format(). Keep two digits. */
      return g_date_time_format (local, C_ ("time format", "%H h"));
    case IW_PRECISION_MINUTE:
      return g_date_time_format (local, "%H:%M");
    case IW_PRECISION_SECOND:
      return g_date_time_format (local, "%H:%M:%S");
    case IW_PRECISION_MILLISECOND:
    case IW_PRECISION_MICROSECOND:
      return g_strdup_printf ("%02d:%02d:%02d.%0*d", g_date_time_get_hour (local),
                              g_date_time_get_minute (local), g_date_time_get_second (local),
                              t.precision == IW_PRECISION_MILLISECOND ? 3 : 6,
                              t.precision == IW_PRECISION_MILLISECOND ? usec / 1000 : usec);
    case IW_PRECISION_UNKNOWN:
    case IW_PRECISION_YEAR:
    case IW_PRECISION_MONTH:
    case IW_PRECISION_DAY:
    default:
      return g_strdup ("");
    }
}

static char *
format_date (IwTime t, GDateTime *local)
{
  switch (t.precision)
    {
    case IW_PRECISION_YEAR:
      /* Translators: a date of which only the year is known. See g_date_time_format(). */
      return g_date_time_format (local, C_ ("date format", "%Y"));
    case IW_PRECISION_MONTH:
      /* Translators: a date of which only month and year are known, "November 2026". See
       * g_date_time_format(). */
      return g_date_time_format (local, C_ ("date format", "%OB %Y"));
    default:
      /* Translators: a date in a table, short, "3 Nov 2026". See g_date_time_format(). */
      return g_date_time_format (local, C_ ("date format", "%-e %b %Y"));
    }
}

char *
iw_time_format (IwTime t, GTimeZone *zone, gboolean with_date)
{
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *date = NULL;
  g_autofree char *clock = NULL;

  if (!iw_time_is_set (t))
    return g_strdup ("");

  /* A date is no instant: a zone must not move it to the day before. */
  local = date_time_in_zone (t.us, t.precision <= IW_PRECISION_DAY ? NULL : zone);
  if (t.precision <= IW_PRECISION_DAY)
    return format_date (t, local);

  clock = format_clock (t, local);
  if (!with_date)
    return g_steal_pointer (&clock);
  date = format_date (t, local);
  /* Translators: a date (%1$s) and a clock time (%2$s): "3 Nov 2026 03:04:11". */
  return g_strdup_printf (C_ ("date and clock", "%1$s %2$s"), date, clock);
}

char *
iw_time_format_day (gint64 us, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = date_time_in_zone (us, zone);

  /* Translators: the heading of a day, "Tuesday 3 November 2026". See g_date_time_format(). */
  return g_date_time_format (local, C_ ("date format", "%A %-e %B %Y"));
}

static char *
format_gap_hours (int minutes)
{
  if (minutes % 60 == 0)
    /* Translators: a span of time in hours, as short as can be. */
    return g_strdup_printf (C_ ("time span", "%d h"), minutes / 60);
  /* Translators: a span of time in hours and minutes, as short as can be. */
  return g_strdup_printf (C_ ("time span", "%1$d h %2$d min"), minutes / 60, minutes % 60);
}

static char *
format_gap_days (gint64 hours)
{
  /* Past ten days the odd hours say nothing. */
  if (hours % 24 == 0 || hours >= 240)
    /* Translators: a span of time in days, as short as can be. */
    return g_strdup_printf (C_ ("time span", "%d d"), (int)(hours / 24));
  /* Translators: a span of time in days and hours, as short as can be. */
  return g_strdup_printf (C_ ("time span", "%1$d d %2$d h"), (int)(hours / 24), (int)(hours % 24));
}

char *
iw_time_format_gap (gint64 us)
{
  gint64 span = us >= 0 ? us : -MAX (us, -G_MAXINT64);
  gint64 seconds = span / IW_USEC_PER_SEC;

  if (span > 0 && span < 1000)
    /* Translators: a span of time in microseconds, as short as can be. */
    return g_strdup_printf (C_ ("time span", "%d µs"), (int)span);
  if (span > 0 && seconds == 0)
    /* Translators: a span of time in milliseconds, as short as can be. */
    return g_strdup_printf (C_ ("time span", "%d ms"), (int)(span / 1000));
  if (seconds < 60)
    /* Translators: a span of time in seconds, as short as can be. */
    return g_strdup_printf (C_ ("time span", "%d s"), (int)seconds);
  if (seconds < 3600)
    /* Translators: a span of time in minutes, as short as can be. */
    return g_strdup_printf (C_ ("time span", "%d min"), (int)(seconds / 60));
  if (seconds < 86400)
    return format_gap_hours (seconds / 60);
  return format_gap_days (seconds / 3600);
}

static gboolean
is_utc_name (const char *name)
{
  static const char *const names[] = { "UTC",           "Z",    "Etc/UTC",  "Etc/UCT",
                                       "UCT",           "Zulu", "Etc/Zulu", "Universal",
                                       "Etc/Universal", "+00",  "+00:00",   "+00:00:00",
                                       "-00:00",        NULL };

  return g_strv_contains (names, name);
}

char *
iw_time_zone_words (GTimeZone *zone, gint64 us)
{
  const char *name;
  int interval, offset;
  g_autofree char *words = NULL;

  if (zone == NULL || is_utc_name (g_time_zone_get_identifier (zone)))
    return g_strdup ("UTC");

  name = g_time_zone_get_identifier (zone);
  interval =
      g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, iw_floor_div (us, IW_USEC_PER_SEC));
  offset = g_time_zone_get_offset (zone, interval);
  words = g_strdup_printf ("UTC%c%02d:%02d", offset < 0 ? '-' : '+', ABS (offset) / 3600,
                           ABS (offset) / 60 % 60);
  if (*name == '+' || *name == '-' || g_ascii_isdigit (*name))
    return g_steal_pointer (&words);
  /* Translators: a time zone's name (%1$s) and its offset (%2$s): "Europe/Berlin (UTC+01:00)". */
  return g_strdup_printf (C_ ("time zone", "%1$s (%2$s)"), name, words);
}

char *
iw_time_format_with_zone (IwTime t, GTimeZone *zone)
{
  g_autofree char *text = iw_time_format (t, zone, TRUE);
  g_autofree char *words = NULL;

  if (t.precision <= IW_PRECISION_DAY)
    return g_steal_pointer (&text);
  words = iw_time_zone_words (zone, t.us);
  /* Translators: a time (%1$s) and its zone in words (%2$s): "3 Nov 2026 03:04 UTC". */
  return g_strdup_printf (C_ ("time and zone", "%1$s %2$s"), text, words);
}
