#include "config.h"

#include "iw-form-time.h"

#include <glib/gi18n-lib.h>

#include "iw-quick-entry.h"

static gboolean
read_value (const char *value, IwTime *out)
{
  return *value != '\0' && iw_time_parse_rfc3339 (value, NULL, out);
}

char *
iw_form_time_write (const char *value, GTimeZone *zone)
{
  static const char *const formats[] = {
    [IW_PRECISION_HOUR] = "%Y-%m-%d %H:00",
    [IW_PRECISION_MINUTE] = "%Y-%m-%d %H:%M",
    [IW_PRECISION_SECOND] = "%Y-%m-%d %H:%M:%S",
    [IW_PRECISION_MILLISECOND] = "%Y-%m-%d %H:%M:%S",
    [IW_PRECISION_MICROSECOND] = "%Y-%m-%d %H:%M:%S",
  };
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *text = NULL;
  IwTime time;

  if (!read_value (value, &time) || time.precision <= IW_PRECISION_DAY)
    return g_strdup (value);
  utc = g_date_time_new_from_unix_utc_usec (time.us);
  local = g_date_time_to_timezone (utc, zone);
  text = g_date_time_format (local, formats[time.precision]);
  if (time.precision == IW_PRECISION_MILLISECOND)
    return g_strdup_printf ("%s.%03d", text, g_date_time_get_microsecond (local) / 1000);
  if (time.precision == IW_PRECISION_MICROSECOND)
    return g_strdup_printf ("%s.%06d", text, g_date_time_get_microsecond (local));
  return g_steal_pointer (&text);
}

char *
iw_form_time_read (const char *text, gint64 now, GTimeZone *zone)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  IwQuickEntry quick;
  IwTime time;

  if (*stripped == '\0')
    return g_strdup ("");
  if (iw_time_parse_rfc3339 (stripped, zone, &time))
    return iw_time_to_rfc3339 (time);
  quick = iw_quick_entry_parse (stripped, now, zone);
  /* A range is no instant. */
  if (!quick.explicit_time || *quick.text != '\0' || iw_time_is_set (quick.occurred_end))
    return g_strdup (text);
  return iw_time_to_rfc3339 (quick.occurred);
}

char *
iw_form_time_describe (const char *value, GTimeZone *zone)
{
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *words = NULL;
  IwTime time;

  if (!read_value (value, &time))
    return NULL;
  if (time.precision <= IW_PRECISION_DAY)
    return iw_time_format (time, zone, TRUE);
  day = iw_time_format_day (time.us, zone);
  clock = iw_time_format (time, zone, FALSE);
  words = iw_time_zone_words (zone, time.us);
  /* Translators: a day, a clock time and a time zone: "Monday 2 November 2026, 14:05 UTC" */
  return g_strdup_printf (_ ("%1$s, %2$s %3$s"), day, clock, words);
}
