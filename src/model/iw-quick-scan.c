/* Clocks, dates and offsets as people type them. */
#include "iw-quick-private.h"

#include "iw-time-private.h"

#include <string.h>

/* Reads @min to @max digits that no further digit follows. */
static const char *
scan_number (const char *p, int min, int max, int *value)
{
  int n = 0;

  *value = 0;
  for (; g_ascii_isdigit (*p) && n < max; p++, n++)
    *value = *value * 10 + (*p - '0');
  return n >= min && !g_ascii_isdigit (*p) ? p : NULL;
}

/* "noon" */
static const char *
scan_noon (const char *p, IwQuickClock *clock)
{
  p = iw_quick_scan_word (p, IW_QUICK_NOON);
  *clock = (IwQuickClock){ .hour = 12, .precision = IW_PRECISION_MINUTE };
  return p;
}

/* "14h05"; with one digit ("1h30") it may as well be how long something took. */
static const char *
scan_h_clock (const char *p, IwQuickClock *clock)
{
  const char *next = scan_number (p, 2, 2, &clock->hour);

  if (next == NULL || (*next != 'h' && *next != 'H') || clock->hour > 23)
    return NULL;
  next = scan_number (next + 1, 2, 2, &clock->minute);
  clock->precision = IW_PRECISION_MINUTE;
  return clock->minute <= 59 ? next : NULL;
}

/* ":05" */
static const char *
scan_colon_number (const char *p, int *value)
{
  return *p == ':' ? scan_number (p + 1, 2, 2, value) : NULL;
}

/* ".123", and as many log files write it ",123". */
static const char *
scan_fraction (const char *p, IwQuickClock *clock)
{
  int n = 0, value = 0;
  const char *digits = p + 1;

  if (*p != '.' && *p != ',')
    return p;
  while (g_ascii_isdigit (digits[n]))
    n++;
  if (n == 0 || n > 9 || (*p == ',' && n != 3))
    return p;
  for (int i = 0; i < 6; i++)
    value = value * 10 + (i < n ? digits[i] - '0' : 0);
  clock->usec = value;
  clock->precision = n <= 3 ? IW_PRECISION_MILLISECOND : IW_PRECISION_MICROSECOND;
  return digits + n;
}

/* "am", "p.m.", with or without a space before. */
static const char *
scan_meridiem (const char *p, IwMeridiem *meridiem)
{
  static const struct
  {
    const char *text;
    IwMeridiem meridiem;
  } forms[] = {
    { "a.m.", IW_MERIDIEM_AM },
    { "p.m.", IW_MERIDIEM_PM },
    { "am", IW_MERIDIEM_AM },
    { "pm", IW_MERIDIEM_PM },
  };

  p = iw_quick_skip_space (p);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      gsize length = strlen (forms[i].text);

      if (g_ascii_strncasecmp (p, forms[i].text, length) == 0 && !g_ascii_isalnum (p[length]))
        {
          *meridiem = forms[i].meridiem;
          return p + length;
        }
    }
  return NULL;
}

const char *
iw_quick_scan_clock (const char *p, IwQuickClock *clock)
{
  const char *next;

  if ((next = scan_noon (p, clock)) != NULL || (next = scan_h_clock (p, clock)) != NULL)
    return next;
  *clock = (IwQuickClock){ .precision = IW_PRECISION_HOUR };
  p = scan_number (p, 1, 2, &clock->hour);
  if (p == NULL || clock->hour > 23)
    return NULL;
  if ((next = scan_colon_number (p, &clock->minute)) != NULL)
    {
      p = next;
      clock->precision = IW_PRECISION_MINUTE;
      if ((next = scan_colon_number (p, &clock->second)) != NULL)
        {
          clock->precision = IW_PRECISION_SECOND;
          p = scan_fraction (next, clock);
        }
      else
        clock->second = 0;
    }
  if (clock->minute > 59 || clock->second > 59)
    return NULL;

  /* "14:05 am" is a clock and a word. */
  if (clock->hour >= 1 && clock->hour <= 12)
    {
      next = scan_meridiem (p, &clock->meridiem);
      p = next != NULL ? next : p;
    }
  /* A number alone is no time. */
  return clock->precision > IW_PRECISION_HOUR || clock->meridiem != IW_MERIDIEM_NONE ? p : NULL;
}

int
iw_quick_clock_hour (const IwQuickClock *clock)
{
  switch (clock->meridiem)
    {
    case IW_MERIDIEM_AM:
      return clock->hour % 12;
    case IW_MERIDIEM_PM:
      return clock->hour % 12 + 12;
    case IW_MERIDIEM_NONE:
    default:
      return clock->hour;
    }
}

static gboolean
is_valid (const IwQuickDate *date)
{
  /* The year of a date without one is chosen later; any leap year lets 29 February pass. */
  int year = date->kind == IW_QUICK_DATE_NO_YEAR ? 2024 : date->year;

  /* Beside a name or dots a number is taken for a year only where it looks like one. */
  if (!date->iso && (year < 1900 || year > 2199))
    return FALSE;
  return year >= 1 && date->month >= 1 && date->month <= 12 && date->day >= 1 &&
         date->day <= iw_civil_days_in_month (year, date->month);
}

/* "2026-11-02", "2026/11/02" */
static const char *
scan_iso_date (const char *p, IwQuickDate *date)
{
  char mark;

  *date = (IwQuickDate){ .kind = IW_QUICK_DATE_FULL, .iso = TRUE };
  p = scan_number (p, 4, 4, &date->year);
  mark = p != NULL ? *p : '\0';
  if ((mark != '-' && mark != '/') || (p = scan_number (p + 1, 2, 2, &date->month)) == NULL)
    return NULL;
  if (*p != mark || (p = scan_number (p + 1, 2, 2, &date->day)) == NULL)
    return NULL;
  return is_valid (date) ? p : NULL;
}

/* "02.11.2026", "2.11." */
static const char *
scan_dotted_date (const char *p, IwQuickDate *date)
{
  const char *year;

  *date = (IwQuickDate){ .kind = IW_QUICK_DATE_FULL };
  p = scan_number (p, 1, 2, &date->day);
  if (p == NULL || *p != '.' || (p = scan_number (p + 1, 1, 2, &date->month)) == NULL)
    return NULL;
  if (*p != '.')
    return NULL;
  year = scan_number (p + 1, 4, 4, &date->year);
  if (year == NULL)
    {
      if (g_ascii_isdigit (p[1]))
        return NULL;
      date->kind = IW_QUICK_DATE_NO_YEAR;
      year = p + 1;
    }
  return is_valid (date) ? year : NULL;
}

/* The year after a day and a month, if there is one; "2 Nov 2026" but not "2 Nov 2026:05". */
static const char *
scan_year (const char *p, IwQuickDate *date)
{
  const char *next = iw_quick_skip_space (*p == ',' ? p + 1 : p);

  if (next > p && (next = scan_number (next, 4, 4, &date->year)) != NULL &&
      iw_quick_is_boundary (next))
    return next;
  date->kind = IW_QUICK_DATE_NO_YEAR;
  return p;
}

/* "2 Nov", "2. November 2026", "Nov 2", "November 2, 2026" */
static const char *
scan_named_date (const char *p, IwQuickDate *date)
{
  const char *next;

  *date = (IwQuickDate){ .kind = IW_QUICK_DATE_FULL };
  next = scan_number (p, 1, 2, &date->day);
  if (next != NULL)
    {
      next = iw_quick_skip_space (*next == '.' ? next + 1 : next);
      next = iw_quick_scan_month (next, &date->month);
    }
  else if ((next = iw_quick_scan_month (p, &date->month)) != NULL)
    next = scan_number (iw_quick_skip_space (next), 1, 2, &date->day);
  if (next == NULL)
    return NULL;
  next = scan_year (next, date);
  return is_valid (date) ? next : NULL;
}

static const char *
scan_calendar_date (const char *p, IwQuickDate *date)
{
  const char *next = scan_iso_date (p, date);

  if (next == NULL)
    next = scan_dotted_date (p, date);
  if (next == NULL)
    next = scan_named_date (p, date);
  return next;
}

/* "Mon", "Mon, 2 Nov 2026": beside a date the weekday says nothing new. */
static const char *
scan_weekday_date (const char *p, IwQuickDate *date)
{
  const char *next, *after;
  int weekday;

  p = iw_quick_scan_weekday (p, &weekday);
  if (p == NULL)
    return NULL;
  next = iw_quick_skip_space (*p == ',' ? p + 1 : p);
  after = scan_calendar_date (next, date);
  if (after != NULL)
    return after;
  *date = (IwQuickDate){ .kind = IW_QUICK_DATE_WEEKDAY, .weekday = weekday };
  return p;
}

const char *
iw_quick_scan_date (const char *p, IwQuickDate *date)
{
  const char *next;

  if ((next = scan_calendar_date (p, date)) != NULL)
    return next;
  if ((next = iw_quick_scan_word (p, IW_QUICK_TODAY)) != NULL)
    {
      *date = (IwQuickDate){ .kind = IW_QUICK_DATE_TODAY };
      return next;
    }
  if ((next = iw_quick_scan_word (p, IW_QUICK_YESTERDAY)) != NULL)
    {
      *date = (IwQuickDate){ .kind = IW_QUICK_DATE_YESTERDAY };
      return next;
    }
  if ((next = iw_quick_scan_word (p, IW_QUICK_TOMORROW)) != NULL)
    {
      *date = (IwQuickDate){ .kind = IW_QUICK_DATE_TOMORROW };
      return next;
    }
  if ((next = scan_weekday_date (p, date)) != NULL)
    return next;
  *date = (IwQuickDate){ .kind = IW_QUICK_DATE_NONE };
  return NULL;
}

/* "+01:00", "+0100", "-05"; @p is at the sign. */
static const char *
scan_signed_offset (const char *p, IwQuickOffset *offset)
{
  int sign = *p == '-' ? -1 : 1;
  int hours, minutes = 0, both;
  const char *next;

  if ((next = scan_number (p + 1, 4, 4, &both)) != NULL)
    {
      hours = both / 100;
      minutes = both % 100;
    }
  else if ((next = scan_number (p + 1, 1, 2, &hours)) == NULL)
    return NULL;
  else if (*next == ':' && (next = scan_colon_number (next, &minutes)) == NULL)
    return NULL;
  /* No zone is further off; "UTC-14:20" is the end of a range. */
  if (minutes > 59 || hours * 60 + minutes > 14 * 60)
    return NULL;
  *offset = (IwQuickOffset){ TRUE, sign * (hours * 3600 + minutes * 60), NULL };
  return next;
}

/* " +0100", " -0500", " +01:00". Beside "14:05 +5 hosts" and "14:05 -05:00", which is a range. */
static const char *
scan_spaced_offset (const char *p, IwQuickOffset *offset)
{
  const char *next;
  int digits;

  if (*p != '+' && *p != '-')
    return NULL;
  if (scan_number (p + 1, 4, 4, &digits) == NULL &&
      (*p == '-' || (next = scan_number (p + 1, 2, 2, &digits)) == NULL || *next != ':'))
    return NULL;
  next = scan_signed_offset (p, offset);
  if (next != NULL && iw_quick_is_boundary (next))
    return next;
  *offset = (IwQuickOffset){ 0 };
  return NULL;
}

const char *
iw_quick_scan_offset (const char *p, gboolean minus, IwQuickOffset *offset)
{
  const char *word = iw_quick_skip_space (p);
  const char *next = NULL;

  *offset = (IwQuickOffset){ 0 };
  if ((*p == 'Z' || *p == 'z') && !g_ascii_isalnum (p[1]))
    {
      offset->set = TRUE;
      return p + 1;
    }
  if (*p == '+' || (minus && *p == '-'))
    {
      next = scan_signed_offset (p, offset);
      return next != NULL ? next : p;
    }
  if (word > p && (next = scan_spaced_offset (word, offset)) != NULL)
    return next;
  if (g_ascii_strncasecmp (word, "utc", 3) != 0 && g_ascii_strncasecmp (word, "gmt", 3) != 0)
    return p;
  word += 3;
  if ((*word == '+' || *word == '-') && g_ascii_isdigit (word[1]) &&
      (next = scan_signed_offset (word, offset)) != NULL)
    return next;
  if (!iw_quick_is_boundary (word) && *word != '-')
    return p;
  offset->set = TRUE;
  return word;
}
