/* Days and wall clocks. */
#include "iw-time-private.h"

gint64
iw_floor_div (gint64 a, gint64 b)
{
  return a >= 0 ? a / b : -((-(a + 1)) / b) - 1;
}

/* The year is taken to begin in March, so that the leap day is its last and the lengths of the
 * months before any day follow one straight line. */
gint64
iw_civil_to_days (int year, int month, int day)
{
  int y = month > 2 ? year : year - 1;
  int m = month > 2 ? month - 3 : month + 9;
  gint64 era = iw_floor_div (y, 400);
  gint64 of_era = y - era * 400;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + day - 1 -
         719468;
}

IwCivil
iw_civil_from_days (gint64 days)
{
  gint64 z = days + 719468;
  gint64 era = iw_floor_div (z, 146097);
  gint64 doe = z - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int m = (5 * doy + 2) / 153;
  IwCivil civil;

  civil.day = doy - (153 * m + 2) / 5 + 1;
  civil.month = m < 10 ? m + 3 : m - 9;
  civil.year = yoe + era * 400 + (civil.month <= 2 ? 1 : 0);
  return civil;
}

int
iw_civil_days_in_month (int year, int month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
    return 29;
  return days[month - 1];
}

gint64
iw_time_to_local (gint64 us, GTimeZone *zone)
{
  int interval;

  if (zone == NULL)
    return us;
  interval =
      g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, iw_floor_div (us, IW_USEC_PER_SEC));
  return us + (gint64)g_time_zone_get_offset (zone, interval) * IW_USEC_PER_SEC;
}

static gint64
from_local (gint64 local_us, GTimeZone *zone, GTimeType type)
{
  gint64 seconds = iw_floor_div (local_us, IW_USEC_PER_SEC);
  gint64 usec = local_us - seconds * IW_USEC_PER_SEC;
  gint64 adjusted = seconds;
  int interval = g_time_zone_adjust_time (zone, type, &adjusted);

  /* A moved clock is the instant of the change itself: what is less than a second was not there. */
  if (adjusted != seconds)
    usec = 0;
  return (adjusted - g_time_zone_get_offset (zone, interval)) * IW_USEC_PER_SEC + usec;
}

gint64
iw_time_from_local (gint64 local_us, GTimeZone *zone)
{
  return zone == NULL ? local_us : from_local (local_us, zone, G_TIME_TYPE_STANDARD);
}

/* The first instant whose date in @zone is @days. A midnight that comes twice counts when it comes
 * first; one that is skipped, at the change itself. */
static gint64
first_of_day (gint64 days, GTimeZone *zone)
{
  gint64 local = days * IW_USEC_PER_DAY;
  gint64 a, b;

  if (zone == NULL)
    return local;
  a = from_local (local, zone, G_TIME_TYPE_DAYLIGHT);
  b = from_local (local, zone, G_TIME_TYPE_STANDARD);
  if (a > b)
    {
      gint64 swap = a;
      a = b;
      b = swap;
    }
  return iw_floor_div (iw_time_to_local (a, zone), IW_USEC_PER_DAY) == days ? a : b;
}

gint64
iw_time_day_start (gint64 us, GTimeZone *zone)
{
  return first_of_day (iw_floor_div (iw_time_to_local (us, zone), IW_USEC_PER_DAY), zone);
}

gint64
iw_time_day_end (gint64 us, GTimeZone *zone)
{
  return first_of_day (iw_floor_div (iw_time_to_local (us, zone), IW_USEC_PER_DAY) + 1, zone);
}
