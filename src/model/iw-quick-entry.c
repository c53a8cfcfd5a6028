#include "iw-quick-entry.h"

#include "iw-quick-private.h"
#include "iw-time-private.h"

#include <string.h>

#define BRACKETED_MAX 80
#define USEC_PER_MINUTE (60 * IW_USEC_PER_SEC)

static IwTime
this_second (const IwQuickContext *context)
{
  gint64 seconds = iw_floor_div (context->now, IW_USEC_PER_SEC);

  return (IwTime){ seconds * IW_USEC_PER_SEC, IW_PRECISION_SECOND };
}

static const char *
parse_now (const IwQuickContext *context, const char *p, IwQuickEntry *entry)
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
is_future (const IwQuickContext *context, IwTime time)
{
  if (!iw_time_is_set (time))
    return FALSE;
  if (time.precision <= IW_PRECISION_DAY)
    return time.us > iw_time_to_local (context->now, context->zone);
  return time.us > context->now + USEC_PER_MINUTE;
}

static const char *
parse_plain (const IwQuickContext *context, const char *p, IwQuickEntry *entry)
{
  const char *next = parse_now (context, p, entry);

  if (next == NULL)
    next = iw_quick_parse_ago (context, p, entry);
  return next != NULL ? next : iw_quick_parse_moment (context, p, entry);
}

/* "[04:05]", "(04:05)", as in logs: nothing but a time between the brackets. */
static const char *
parse_bracketed (const IwQuickContext *context, const char *p, IwQuickEntry *entry)
{
  g_autofree char *inner = NULL;
  const char *close, *next;

  if (*p != '[' && *p != '(')
    return NULL;
  close = memchr (p, *p == '[' ? ']' : ')', strnlen (p, BRACKETED_MAX));
  if (close == NULL)
    return NULL;
  inner = g_strndup (p + 1, close - p - 1);
  next = iw_quick_parse_moment (context, iw_quick_skip_space (inner), entry);
  return next != NULL && *iw_quick_skip_space (next) == '\0' ? close + 1 : NULL;
}

/* "~14:30", "at 14:05" */
static const char *
parse_marked (const IwQuickContext *context, const char *p, IwQuickEntry *entry)
{
  static const char *const marks[] = { "~", "≈" };
  const char *word = iw_quick_scan_word (p, IW_QUICK_AT);

  if (word != NULL)
    return iw_quick_parse_moment (context, iw_quick_skip_space (word), entry);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (p, marks[i]))
      return iw_quick_parse_moment (context, iw_quick_skip_space (p + strlen (marks[i])), entry);
  return NULL;
}

IwQuickEntry
iw_quick_entry_parse (const char *input, gint64 now, GTimeZone *zone)
{
  g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func ((GDestroyNotify)g_time_zone_unref);
  IwQuickContext context = { CLAMP (now, IW_TIME_MIN, IW_TIME_MAX), zone, zones };
  IwQuickEntry entry = { .occurred_end = IW_TIME_NONE };
  const char *start, *next;

  g_return_val_if_fail (input != NULL, entry);

  start = iw_quick_skip_space (input);
  if ((next = parse_plain (&context, start, &entry)) == NULL &&
      (next = parse_bracketed (&context, start, &entry)) == NULL)
    next = parse_marked (&context, start, &entry);
  if (next == NULL)
    {
      entry.occurred = this_second (&context);
      entry.occurred_end = IW_TIME_NONE;
      entry.text = start;
      entry.unread_time = iw_quick_looks_like_time (start);
      return entry;
    }
  entry.explicit_time = TRUE;
  entry.future = is_future (&context, entry.occurred) || is_future (&context, entry.occurred_end);
  entry.text = skip_separator (next);
  entry.unread_time =
      entry.occurred.precision > IW_PRECISION_DAY && iw_quick_looks_like_zone (entry.text);
  return entry;
}
