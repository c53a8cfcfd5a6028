/* How the quick-add line says what it understood. */
#include "iw-quick-entry.h"

#include "iw-time-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
iw_quick_entry_describe_unread (const IwQuickEntry *entry)
{
  g_autofree char *word = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  if (!entry->unread_time)
    return NULL;
  if (!entry->explicit_time)
    return g_strdup (
        _ ("This looks like a time, but it is not understood. The entry gets the time now."));
  word = g_strndup (entry->text, strcspn (entry->text, " \t,;:."));
  /* Translators: %s is the word after a time: "IST". */
  return g_strdup_printf (
      _ ("“%s” looks like a time zone, but it is not clear which. It becomes part of the text."),
      word);
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
