/* What looks like a time and is not understood as one: better said than silently taken as text. */
#include "iw-quick-private.h"

#include <string.h>

/* The place after @min to @max digits that no further digit follows. */
static const char *
skip_digits (const char *p, int min, int max)
{
  int n = 0;

  while (n <= max && g_ascii_isdigit (p[n]))
    n++;
  return n >= min && n <= max ? p + n : NULL;
}

/* "25:99", "14:05x"; but neither "10:20:30:40:50:60" nor "1:1". */
static gboolean
is_clock_shape (const char *p)
{
  const char *seconds;

  p = skip_digits (p, 1, 2);
  if (p == NULL || *p != ':' || (p = skip_digits (p + 1, 2, 2)) == NULL)
    return FALSE;
  if (*p == ':' && (seconds = skip_digits (p + 1, 1, 2)) != NULL)
    p = seconds;
  /* More colons: an address. */
  return *p != ':' || (!g_ascii_isxdigit (p[1]) && p[1] != ':');
}

/* "1405Z", "1405h", "1405 UTC" */
static gboolean
is_military_shape (const char *p)
{
  const char *next = skip_digits (p, 4, 4), *word;
  IwQuickOffset offset;

  if (next == NULL || strncmp (p, "24", 2) > 0)
    return FALSE;
  if (strchr ("ZzhH", *next) != NULL && *next != '\0')
    return iw_quick_is_boundary (next + 1);
  word = iw_quick_scan_offset (next, FALSE, &offset);
  return offset.set && word > next && g_ascii_isspace (*next) && iw_quick_is_boundary (word);
}

/* "2026-02-30", "11/21/2026", "31.11.2026": three numbers of which one is a year. */
static gboolean
is_date_shape (const char *p)
{
  const char *next = skip_digits (p, 4, 4);
  gboolean year_first = next != NULL;
  char mark;

  if (next == NULL && (next = skip_digits (p, 1, 2)) == NULL)
    return FALSE;
  mark = *next;
  if (mark == '\0' || strchr ("-/.", mark) == NULL)
    return FALSE;
  next = skip_digits (next + 1, year_first ? 2 : 1, 2);
  if (next == NULL || *next != mark)
    return FALSE;
  next = year_first ? skip_digits (next + 1, 2, 2) : skip_digits (next + 1, 4, 4);
  return next != NULL && !(*next == mark && g_ascii_isdigit (next[1]));
}

/* "13 pm" */
static gboolean
is_meridiem_shape (const char *p)
{
  const char *next = skip_digits (p, 1, 2);

  if (next == NULL)
    return FALSE;
  next = iw_quick_skip_space (next);
  return (g_ascii_strncasecmp (next, "am", 2) == 0 || g_ascii_strncasecmp (next, "pm", 2) == 0) &&
         iw_quick_is_boundary (next + 2);
}

/* "2 Nov", "30 Feb 14:05"; "2 may" begins a sentence. */
static gboolean
is_named_date_shape (const char *p)
{
  const char *next = skip_digits (p, 1, 2);
  int month;

  if (next == NULL)
    return FALSE;
  next = iw_quick_scan_month (iw_quick_skip_space (*next == '.' ? next + 1 : next), &month);
  if (next == NULL || !iw_quick_is_boundary (next))
    return FALSE;
  return month != 5 || is_clock_shape (iw_quick_skip_space (next));
}

/* "a few minutes ago" */
static gboolean
is_vague_amount (const char *p)
{
  const char *next = iw_quick_scan_word (p, IW_QUICK_FEW), *unit = NULL;

  if (next == NULL)
    return FALSE;
  next = iw_quick_skip_space (next);
  for (IwQuickWord word = IW_QUICK_SECONDS; word <= IW_QUICK_WEEKS && unit == NULL; word++)
    unit = iw_quick_scan_word (next, word);
  return unit != NULL && iw_quick_scan_word (iw_quick_skip_space (unit), IW_QUICK_AGO) != NULL;
}

static gboolean
is_any_shape (const char *p)
{
  return is_clock_shape (p) || is_date_shape (p) || is_military_shape (p) ||
         is_meridiem_shape (p) || is_named_date_shape (p);
}

/* "around 3", and nothing after it. */
static gboolean
is_lone_hour (const char *p)
{
  const char *next = skip_digits (p, 1, 2);

  return next != NULL && *iw_quick_skip_space (next) == '\0';
}

/* "since 04:05", "around noon", "yesterday 25:00" */
static gboolean
is_after_word (const char *p)
{
  static const IwQuickWord before[] = { IW_QUICK_ABOUT,     IW_QUICK_AT,       IW_QUICK_TODAY,
                                        IW_QUICK_YESTERDAY, IW_QUICK_TOMORROW, IW_QUICK_NOW };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      const char *next = iw_quick_scan_word (p, before[i]), *at;
      IwQuickClock clock;

      if (next == NULL)
        continue;
      next = iw_quick_skip_space (*next == ',' || *next == '.' ? next + 1 : next);
      if ((at = iw_quick_scan_word (next, IW_QUICK_AT)) != NULL)
        next = iw_quick_skip_space (at);
      if (is_any_shape (next) || is_lone_hour (next) || iw_quick_scan_clock (next, &clock) != NULL)
        return TRUE;
    }
  return FALSE;
}

gboolean
iw_quick_looks_like_time (const char *p)
{
  static const char *const marks[] = { "[", "(", "~", "≈", "<", "-", "–", "\"", "'" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (p, marks[i]))
      {
        p = iw_quick_skip_space (p + strlen (marks[i]));
        break;
      }
  return is_any_shape (p) || is_after_word (p) || is_vague_amount (p);
}
