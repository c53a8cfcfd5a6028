/* Points in time by how long ago or ahead they are. */
#include "iw-quick-private.h"

#include "iw-time-private.h"

#define USEC_PER_MINUTE (60 * IW_USEC_PER_SEC)

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

  for (; g_ascii_isdigit (*p) && p - start < 7; p++)
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

/* "an", "half an", a number. */
static const char *
scan_amount_word (const char *p, gint64 *thousandths, gboolean *decimals)
{
  const char *next = iw_quick_scan_word (p, IW_QUICK_HALF);

  if (next != NULL)
    {
      *thousandths = 500;
      *decimals = TRUE;
      return next;
    }
  next = iw_quick_scan_word (p, IW_QUICK_ONE);
  if (next == NULL)
    return scan_amount_number (p, thousandths, decimals);
  *thousandths = 1000;
  return next;
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
      const char *unit = scan_amount_word (p, &thousandths, &amount->decimals);
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

/* The time @amount before now, or after it where @sign is 1. Days and weeks are days of the
 * calendar. */
static IwTime
from_now (const IwQuickContext *context, const Amount *amount, int sign)
{
  gint64 us = context->now + sign * amount->us;
  gint64 unit = USEC_PER_MINUTE;

  if (amount->smallest >= IW_QUICK_DAYS && !amount->decimals)
    {
      gint64 today = iw_floor_div (iw_time_to_local (context->now, context->zone), IW_USEC_PER_DAY);

      us = (today + sign * (amount->us / IW_USEC_PER_DAY)) * IW_USEC_PER_DAY;
      return (IwTime){ us, IW_PRECISION_DAY };
    }
  if (amount->smallest == IW_QUICK_SECONDS)
    unit = IW_USEC_PER_SEC;
  us = iw_floor_div (us, unit) * unit;
  return (IwTime){ us, amount->smallest == IW_QUICK_SECONDS ? IW_PRECISION_SECOND
                                                            : IW_PRECISION_MINUTE };
}

/* "in 2 hours" */
static const char *
parse_ahead (const IwQuickContext *context, const char *p, IwQuickEntry *entry)
{
  const char *next = iw_quick_scan_word (p, IW_QUICK_IN);
  Amount amount;

  if (next == NULL || (next = scan_amount (iw_quick_skip_space (next), &amount)) == NULL ||
      !iw_quick_is_boundary (next))
    return NULL;
  entry->occurred = from_now (context, &amount, 1);
  return iw_quick_is_in_range (entry->occurred) ? next : NULL;
}

/* "10 min ago"; in languages that say so, "vor 10 min". */
const char *
iw_quick_parse_ago (const IwQuickContext *context, const char *p, IwQuickEntry *entry)
{
  const char *before = iw_quick_scan_translated_word (p, IW_QUICK_AGO);
  Amount amount;
  const char *next = parse_ahead (context, p, entry);

  if (next != NULL)
    return next;
  next = scan_amount (before != NULL ? iw_quick_skip_space (before) : p, &amount);
  if (next != NULL && before == NULL)
    next = iw_quick_scan_word (iw_quick_skip_space (next), IW_QUICK_AGO);
  if (next == NULL || !iw_quick_is_boundary (next))
    return NULL;
  entry->occurred = from_now (context, &amount, -1);
  return iw_quick_is_in_range (entry->occurred) ? next : NULL;
}

gboolean
iw_quick_parse_amount (const char *text, gint64 *us)
{
  Amount amount;
  const char *end;

  g_return_val_if_fail (text != NULL && us != NULL, FALSE);

  end = scan_amount (iw_quick_skip_space (text), &amount);
  if (end == NULL || *iw_quick_skip_space (end) != '\0')
    return FALSE;
  *us = amount.us;
  return TRUE;
}
