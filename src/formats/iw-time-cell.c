/* iw-time-cell.c: other people's times are rewritten as RFC 3339, and then read as such */
#include "iw-time-cell.h"

#include "iw-zone.h"

#include <string.h>

#define MAX_LENGTH 96

typedef struct
{
  const char *p;
  int year, month, day;
  char clock[32]; /* "T03:04:05.678" or "" */
  char offset[8]; /* "+01:00" or "" */
} Draft;

static int
read_number (Draft *d, guint *digits)
{
  int value = 0;

  *digits = 0;
  while (g_ascii_isdigit (*d->p) && *digits < 9)
    {
      value = value * 10 + (*d->p++ - '0');
      (*digits)++;
    }
  return value;
}

static void
skip (Draft *d, const char *chars)
{
  while (*d->p != '\0' && strchr (chars, *d->p) != NULL)
    d->p++;
}

/* A month's English name or its first three letters. */
static int
read_month (Draft *d)
{
  static const char *const months[] = { "january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december" };
  gsize n = 0;

  while (g_ascii_isalpha (d->p[n]))
    n++;
  for (guint i = 0; n >= 3 && i < 12; i++)
    if (n <= strlen (months[i]) && g_ascii_strncasecmp (d->p, months[i], n) == 0)
      {
        d->p += n;
        return i + 1;
      }
  return 0;
}

static void
skip_weekday (Draft *d)
{
  static const char days[] = "sunmontuewedthufrisat";
  gsize n = 0;

  while (g_ascii_isalpha (d->p[n]))
    n++;
  if (n < 3)
    return;
  for (guint i = 0; i < 7; i++)
    if (g_ascii_strncasecmp (d->p, days + 3 * i, 3) == 0)
      {
        d->p += n;
        skip (d, ",. ");
        return;
      }
}

/* "2026-11-02", "2026/11/2", "02.11.2026", "11/02/2026", "2-Nov-2026", "2 Nov 2026", "20261102" */
static gboolean
read_numeric_date (Draft *d, gboolean day_first)
{
  guint digits;
  int first = read_number (d, &digits), second;
  char separator = *d->p;
  guint first_digits = digits;

  if (digits == 8)
    {
      d->year = first / 10000;
      d->month = first / 100 % 100;
      d->day = first % 100;
      return TRUE;
    }
  if (digits == 0 || digits > 4 || strchr ("-/. ", separator) == NULL || separator == '\0')
    return FALSE;
  skip (d, "-/. ");
  if (g_ascii_isalpha (*d->p))
    {
      d->day = first;
      d->month = read_month (d);
      skip (d, "-/., ");
      d->year = read_number (d, &digits);
      return d->month > 0 && digits == 4;
    }
  second = read_number (d, &digits);
  if (digits == 0 || digits > 2 || *d->p != separator || separator == ' ')
    return FALSE;
  d->p++;
  if (first_digits == 4)
    {
      d->year = first;
      d->month = second;
      d->day = read_number (d, &digits);
      return digits == 1 || digits == 2;
    }
  if (first_digits > 2)
    return FALSE;
  d->year = read_number (d, &digits);
  if (digits != 4)
    return FALSE;
  day_first = day_first || separator == '.';
  d->day = day_first ? first : second;
  d->month = day_first ? second : first;
  return TRUE;
}

static gboolean
read_clock (Draft *d)
{
  guint digits;
  int hour = read_number (d, &digits), minute = 0, second = -1;
  char fraction[16] = "";
  gsize n = 0;

  if (digits == 6)
    {
      second = hour % 100;
      minute = hour / 100 % 100;
      hour /= 10000;
    }
  else
    {
      if (digits == 0 || digits > 2 || *d->p != ':')
        return FALSE;
      d->p++;
      minute = read_number (d, &digits);
      if (digits != 2)
        return FALSE;
      if (*d->p == ':')
        {
          d->p++;
          second = read_number (d, &digits);
          if (digits != 2)
            return FALSE;
        }
    }
  if (second >= 0 && (*d->p == '.' || *d->p == ',') && g_ascii_isdigit (d->p[1]))
    {
      fraction[n++] = '.';
      for (d->p++; g_ascii_isdigit (*d->p); d->p++)
        if (n < 10)
          fraction[n++] = *d->p;
      fraction[n] = '\0';
    }
  skip (d, " ");
  if (g_ascii_strncasecmp (d->p, "am", 2) == 0 || g_ascii_strncasecmp (d->p, "pm", 2) == 0)
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (g_ascii_tolower (*d->p) == 'p' ? 12 : 0);
      d->p += 2;
    }
  if (hour > 24 || minute > 60)
    return FALSE;
  if (second >= 0)
    g_snprintf (d->clock, sizeof d->clock, "T%02d:%02d:%02d%s", hour, minute, second, fraction);
  else
    g_snprintf (d->clock, sizeof d->clock, "T%02d:%02d", hour, minute);
  return TRUE;
}

/* The date in one of its orders, and the clock, which stands before the year in "Nov  2 03:04
 * 2026". */
static gboolean
read_date_and_clock (Draft *d, gboolean day_first)
{
  guint digits;

  skip_weekday (d);
  if (!g_ascii_isalpha (*d->p))
    {
      if (!read_numeric_date (d, day_first))
        return FALSE;
      if (*d->p == '\0')
        return TRUE;
      if (strchr ("T: ,", *d->p) == NULL)
        return FALSE;
      skip (d, "T: ,");
      return read_clock (d);
    }
  d->month = read_month (d);
  skip (d, " .");
  d->day = read_number (d, &digits);
  if (d->month == 0 || digits == 0 || digits > 2)
    return FALSE;
  skip (d, ", ");
  if (d->p[0] != '\0' && d->p[1] != '\0' && (d->p[1] == ':' || d->p[2] == ':'))
    {
      if (!read_clock (d))
        return FALSE;
      skip (d, " ");
      d->year = read_number (d, &digits);
      return digits == 4;
    }
  d->year = read_number (d, &digits);
  if (digits != 4)
    return FALSE;
  skip (d, ", ");
  return *d->p == '\0' || read_clock (d);
}

static void
set_offset (Draft *d, int seconds)
{
  g_snprintf (d->offset, sizeof d->offset, "%c%02d:%02d", seconds < 0 ? '-' : '+',
              ABS (seconds) / 3600 % 100, ABS (seconds) / 60 % 60);
}

/* Puts the draft together; @zone is what the text itself names, or the fallback. */
static IwTimeCell
finish (Draft *d, GTimeZone *zone, IwTime *out)
{
  char text[MAX_LENGTH];

  g_snprintf (text, sizeof text, "%04d-%02d-%02d%s%s", d->year, d->month, d->day, d->clock,
              d->offset);
  if (d->clock[0] == '\0')
    text[10] = '\0';
  if (iw_time_parse_rfc3339 (text, zone, out))
    return IW_TIME_CELL_OK;
  return zone == NULL && iw_time_is_naive (text) ? IW_TIME_CELL_NAIVE : IW_TIME_CELL_BAD;
}

static IwTimeCell
parse_other (const char *text, GTimeZone *zone, gboolean day_first, IwTime *out)
{
  Draft d = { text, 0, 0, 0, "", "" };
  g_autoptr (GTimeZone) named = NULL;

  if (!read_date_and_clock (&d, day_first) || d.month < 1 || d.month > 12 || d.day < 1 ||
      d.day > 31)
    return IW_TIME_CELL_BAD;
  skip (&d, " ");
  if (*d.p == '\0')
    return finish (&d, zone, out);
  if (*d.p == '(' || d.clock[0] == '\0')
    return IW_TIME_CELL_BAD;
  named = iw_zone_lookup (d.p);
  if (named == NULL)
    return IW_TIME_CELL_BAD;
  if (*d.p == '+' || *d.p == '-')
    set_offset (&d, g_time_zone_get_offset (named, 0));
  return finish (&d, named, out);
}

static gboolean
all_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* A date without separators, "20261102" or "20261102030405", that an epoch could be taken for. */
static gboolean
is_compact (const char *text, gsize length)
{
  return (length == 8 || length == 14) && all_digits (text, length) &&
         (strncmp (text, "19", 2) == 0 || strncmp (text, "20", 2) == 0) &&
         strncmp (text + 4, "12", 2) <= 0 && strncmp (text + 4, "01", 2) >= 0 &&
         strncmp (text + 6, "31", 2) <= 0 && strncmp (text + 6, "01", 2) >= 0;
}

IwTimeCell
iw_time_cell_parse (const char *text, GTimeZone *zone, gboolean day_first, IwTime *out)
{
  char copy[MAX_LENGTH], split[MAX_LENGTH];
  gsize length;

  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0 || (length == 1 && *text == '-'))
    return IW_TIME_CELL_EMPTY;
  if (length >= MAX_LENGTH - 1)
    return IW_TIME_CELL_BAD;
  memcpy (copy, text, length);
  copy[length] = '\0';
  if (is_compact (copy, length))
    {
      if (length == 14)
        {
          g_snprintf (split, sizeof split, "%.8sT%s", copy, copy + 8);
          return parse_other (split, zone, day_first, out);
        }
      return parse_other (copy, zone, day_first, out);
    }
  if (iw_time_parse_rfc3339 (copy, zone, out))
    return IW_TIME_CELL_OK;
  if (zone == NULL && iw_time_is_naive (copy))
    return IW_TIME_CELL_NAIVE;
  if (iw_time_parse_epoch (copy, out))
    return IW_TIME_CELL_OK;
  return parse_other (copy, zone, day_first, out);
}

int
iw_time_cell_day_order (const char *text)
{
  Draft d = { text, 0, 0, 0, "", "" };
  guint digits;
  int first, second;
  char separator;

  skip (&d, " ");
  skip_weekday (&d);
  first = read_number (&d, &digits);
  separator = *d.p;
  if (digits == 0 || digits > 2 || (separator != '/' && separator != '-'))
    return 0;
  d.p++;
  second = read_number (&d, &digits);
  if (digits == 0 || digits > 2 || *d.p != separator)
    return 0;
  if (first > 12 && second <= 12)
    return 1;
  return second > 12 && first <= 12 ? -1 : 0;
}
