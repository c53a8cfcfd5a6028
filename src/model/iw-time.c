/* Parsing is on the path of each row of an import: it works on digits alone, allocates nothing and
 * asks GTimeZone only where the text has no offset of its own. */
#include "iw-time.h"

#include "iw-time-private.h"

#include <string.h>

#define IW_USEC_PER_MINUTE (60 * IW_USEC_PER_SEC)
#define IW_USEC_PER_HOUR (3600 * IW_USEC_PER_SEC)

/* What a text says, field by field, before it is known which instant that is. */
typedef struct
{
  int year, month, day, hour, minute, second, usec;
  IwPrecision precision;
  gboolean has_offset;
  int offset; /* seconds east of UTC */
} Fields;

gboolean
iw_time_is_set (IwTime t)
{
  return t.precision != IW_PRECISION_UNKNOWN;
}

gint64
iw_time_end (IwTime t)
{
  gint64 days = iw_floor_div (t.us, IW_USEC_PER_DAY);
  IwCivil civil;

  switch (t.precision)
    {
    case IW_PRECISION_YEAR:
      civil = iw_civil_from_days (days);
      return iw_civil_to_days (civil.year + 1, 1, 1) * IW_USEC_PER_DAY;
    case IW_PRECISION_MONTH:
      civil = iw_civil_from_days (days);
      if (civil.month == 12)
        return iw_civil_to_days (civil.year + 1, 1, 1) * IW_USEC_PER_DAY;
      return iw_civil_to_days (civil.year, civil.month + 1, 1) * IW_USEC_PER_DAY;
    case IW_PRECISION_DAY:
      return (days + 1) * IW_USEC_PER_DAY;
    case IW_PRECISION_HOUR:
      return t.us + IW_USEC_PER_HOUR;
    case IW_PRECISION_MINUTE:
      return t.us + IW_USEC_PER_MINUTE;
    case IW_PRECISION_SECOND:
      return t.us + IW_USEC_PER_SEC;
    case IW_PRECISION_MILLISECOND:
      return t.us + 1000;
    case IW_PRECISION_MICROSECOND:
    case IW_PRECISION_UNKNOWN:
    default:
      return t.us + 1;
    }
}

/* Reads exactly @n digits. */
static gboolean
read_digits (const char **p, int n, int *out)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      unsigned digit = (unsigned char)(*p)[i] - '0';

      if (digit > 9)
        return FALSE;
      value = value * 10 + digit;
    }
  *p += n;
  *out = value;
  return TRUE;
}

/* One to nine decimals, cut at the microsecond. */
static gboolean
read_fraction (const char **p, Fields *fields)
{
  const char *start = *p;
  int value = 0, n = 0;

  for (; g_ascii_isdigit (**p) && n < 9; (*p)++, n++)
    if (n < 6)
      value = value * 10 + (**p - '0');
  if (*p == start)
    return FALSE;
  for (int i = n; i < 6; i++)
    value *= 10;
  fields->usec = value;
  fields->precision = n <= 3 ? IW_PRECISION_MILLISECOND : IW_PRECISION_MICROSECOND;
  return TRUE;
}

static gboolean
read_offset (const char **p, Fields *fields)
{
  int sign = **p == '-' ? -1 : 1;
  int hours, minutes = 0;

  if (**p == 'Z' || **p == 'z')
    {
      (*p)++;
      fields->has_offset = TRUE;
      return TRUE;
    }
  if (**p != '+' && **p != '-')
    return **p == '\0';

  (*p)++;
  if (!read_digits (p, 2, &hours) || hours > 23)
    return FALSE;
  if (**p == ':')
    {
      (*p)++;
      if (!read_digits (p, 2, &minutes))
        return FALSE;
    }
  else if (**p != '\0' && !read_digits (p, 2, &minutes))
    return FALSE;
  if (minutes > 59)
    return FALSE;
  fields->offset = sign * (hours * 3600 + minutes * 60);
  fields->has_offset = TRUE;
  return TRUE;
}

static gboolean
read_clock (const char **p, Fields *fields)
{
  if (!read_digits (p, 2, &fields->hour) || fields->hour > 23)
    return FALSE;
  fields->precision = IW_PRECISION_HOUR;
  if (**p != ':')
    return TRUE;

  (*p)++;
  if (!read_digits (p, 2, &fields->minute) || fields->minute > 59)
    return FALSE;
  fields->precision = IW_PRECISION_MINUTE;
  if (**p != ':')
    return TRUE;

  (*p)++;
  if (!read_digits (p, 2, &fields->second) || fields->second > 60)
    return FALSE;
  fields->precision = IW_PRECISION_SECOND;
  if (**p != '.' && **p != ',')
    return TRUE;

  (*p)++;
  return read_fraction (p, fields);
}

/* The date alone; leaves @p after it. A year or a month may stand for itself. */
static gboolean
read_date (const char **p, Fields *fields)
{
  if (!read_digits (p, 4, &fields->year) || fields->year < 1)
    return FALSE;
  fields->precision = IW_PRECISION_YEAR;
  if (**p == '\0')
    return TRUE;

  if (*(*p)++ != '-' || !read_digits (p, 2, &fields->month) || fields->month < 1 ||
      fields->month > 12)
    return FALSE;
  fields->precision = IW_PRECISION_MONTH;
  if (**p == '\0')
    return TRUE;

  if (*(*p)++ != '-' || !read_digits (p, 2, &fields->day) || fields->day < 1 ||
      fields->day > iw_civil_days_in_month (fields->year, fields->month))
    return FALSE;
  fields->precision = IW_PRECISION_DAY;
  return TRUE;
}

static gboolean
read_fields (const char *text, Fields *fields)
{
  const char *p = text;

  *fields = (Fields){ .month = 1, .day = 1 };
  if (!read_date (&p, fields))
    return FALSE;
  if (*p == '\0')
    return TRUE;
  if (*p != 'T' && *p != 't' && *p != ' ')
    return FALSE;
  p++;
  return read_clock (&p, fields) && read_offset (&p, fields) && *p == '\0';
}

/* Leap seconds are inserted at the end of June or December, UTC. @us lies in the second before. */
static gboolean
precedes_leap_second (gint64 us)
{
  gint64 days = iw_floor_div (us, IW_USEC_PER_DAY);
  IwCivil civil = iw_civil_from_days (days);

  return us - days * IW_USEC_PER_DAY >= IW_USEC_PER_DAY - IW_USEC_PER_SEC &&
         ((civil.month == 6 && civil.day == 30) || (civil.month == 12 && civil.day == 31));
}

gboolean
iw_time_parse_rfc3339 (const char *text, GTimeZone *zone, IwTime *out)
{
  Fields fields;
  gint64 us;
  gboolean leap;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  if (!read_fields (text, &fields))
    return FALSE;
  leap = fields.second == 60;
  if (leap)
    {
      fields.second = 59;
      fields.usec = 999999;
      fields.precision = IW_PRECISION_MICROSECOND;
    }

  us = iw_civil_to_days (fields.year, fields.month, fields.day) * IW_USEC_PER_DAY +
       (fields.hour * 3600 + fields.minute * 60 + fields.second) * IW_USEC_PER_SEC + fields.usec;
  if (fields.has_offset)
    us -= fields.offset * IW_USEC_PER_SEC;
  else if (fields.precision > IW_PRECISION_DAY)
    {
      if (zone == NULL)
        return FALSE;
      us = iw_time_from_local (us, zone);
    }
  if (us < IW_TIME_MIN || us > IW_TIME_MAX || (leap && !precedes_leap_second (us)))
    return FALSE;

  *out = (IwTime){ us, fields.precision };
  return TRUE;
}

gboolean
iw_time_is_naive (const char *text)
{
  Fields fields;

  g_return_val_if_fail (text != NULL, FALSE);

  return read_fields (text, &fields) && fields.precision > IW_PRECISION_DAY && !fields.has_offset;
}

/* An hour in a zone that is a half or a quarter off UTC starts amid an hour of UTC. Written with
 * that part as the offset it reads back as the same hour. */
static char *
hour_to_rfc3339 (gint64 us)
{
  const gint64 quarter = 15 * IW_USEC_PER_MINUTE;
  gint64 rest = us - iw_floor_div (us, IW_USEC_PER_HOUR) * IW_USEC_PER_HOUR;
  gint64 shift = rest > 0 && rest % quarter == 0 ? IW_USEC_PER_HOUR - rest : 0;
  gint64 hours = iw_floor_div (us + shift, IW_USEC_PER_HOUR);
  gint64 days = iw_floor_div (hours, 24);
  IwCivil civil = iw_civil_from_days (days);
  int minutes = shift / IW_USEC_PER_MINUTE;

  if (minutes == 0)
    return g_strdup_printf ("%04d-%02d-%02dT%02dZ", civil.year, civil.month, civil.day,
                            (int)(hours - days * 24));
  return g_strdup_printf ("%04d-%02d-%02dT%02d+00:%02d", civil.year, civil.month, civil.day,
                          (int)(hours - days * 24), minutes);
}

char *
iw_time_to_rfc3339 (IwTime t)
{
  char buffer[40];
  gint64 us = CLAMP (t.us, IW_TIME_MIN, IW_TIME_MAX);
  gint64 days = iw_floor_div (us, IW_USEC_PER_DAY);
  gint64 of_day = us - days * IW_USEC_PER_DAY;
  int seconds = of_day / IW_USEC_PER_SEC;
  int usec = of_day % IW_USEC_PER_SEC;
  IwCivil civil = iw_civil_from_days (days);
  int n;

  if (!iw_time_is_set (t))
    return NULL;
  if (t.precision == IW_PRECISION_HOUR)
    return hour_to_rfc3339 (us);

  n = g_snprintf (buffer, sizeof buffer, "%04d", civil.year);
  if (t.precision >= IW_PRECISION_MONTH)
    n += g_snprintf (buffer + n, sizeof buffer - n, "-%02d", civil.month);
  if (t.precision >= IW_PRECISION_DAY)
    n += g_snprintf (buffer + n, sizeof buffer - n, "-%02d", civil.day);
  if (t.precision >= IW_PRECISION_MINUTE)
    n +=
        g_snprintf (buffer + n, sizeof buffer - n, "T%02d:%02d", seconds / 3600, seconds / 60 % 60);
  if (t.precision >= IW_PRECISION_SECOND)
    n += g_snprintf (buffer + n, sizeof buffer - n, ":%02d", seconds % 60);
  if (t.precision == IW_PRECISION_MILLISECOND)
    n += g_snprintf (buffer + n, sizeof buffer - n, ".%03d", usec / 1000);
  if (t.precision == IW_PRECISION_MICROSECOND)
    n += g_snprintf (buffer + n, sizeof buffer - n, ".%06d", usec);
  if (t.precision >= IW_PRECISION_MINUTE)
    g_strlcat (buffer, "Z", sizeof buffer);
  return g_strdup (buffer);
}
