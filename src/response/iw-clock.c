/* Clocks as values: their words. iw-clock-fold.c makes them. */
#include "iw-clock.h"

#include "iw-nicks-private.h"

static const IwNick kinds[IW_N_CLOCK_KINDS] = {
  [IW_CLOCK_CUSTOMER_NOTICE] = { "customer-notice", NC_ ("clock", "Customer Notice") },
  [IW_CLOCK_REGULATOR] = { "regulator", NC_ ("clock", "Regulator") },
  [IW_CLOCK_CONTRACT] = { "contract", NC_ ("clock", "Contract") },
  /* Translators: a clock that somebody set for whatever it is needed for. */
  [IW_CLOCK_FREE] = { "free", NC_ ("clock", "Other") },
  [IW_CLOCK_ACKNOWLEDGEMENT] = { "acknowledgement", NC_ ("clock", "Acknowledgement") },
};

void
iw_clock_free (IwClock *clock)
{
  if (clock == NULL)
    return;
  g_free (clock->id);
  g_free (clock->name);
  g_free (clock->ends_on);
  g_free (clock->why);
  g_free (clock);
}

IW_DEFINE_NICKS (IwClockKind, iw_clock_kind, kinds, IW_CLOCK_FREE, "clock")

gboolean
iw_clock_is_overdue (const IwClock *clock, gint64 now)
{
  g_return_val_if_fail (clock != NULL, FALSE);

  return clock->state == IW_CLOCK_RUNNING && now > clock->due;
}

/* Clocks of one to four days are spoken of in hours: "41 h", not "1 d 17 h". */
static char *
format_gap (gint64 us)
{
  gint64 hours = us / (3600 * IW_USEC_PER_SEC);

  if (hours >= 24 && hours <= 96)
    /* Translators: a span of time in hours, as short as can be. */
    return g_strdup_printf (C_ ("time span", "%d h"), (int)hours);
  return iw_time_format_gap (us);
}

static char *
running_words (const IwClock *clock, gint64 now)
{
  gboolean overdue = iw_clock_is_overdue (clock, now);
  g_autofree char *gap = format_gap (overdue ? now - clock->due : clock->due - now);

  if (overdue)
    /* Translators: what a clock says; a span of time: "overdue by 3 h 5 min". */
    return g_strdup_printf (C_ ("clock", "overdue by %s"), gap);
  /* Translators: what a clock says; a span of time: "41 h left". */
  return g_strdup_printf (C_ ("clock", "%s left"), gap);
}

char *
iw_clock_words (const IwClock *clock, gint64 now)
{
  g_autofree char *gap = NULL;

  g_return_val_if_fail (clock != NULL, NULL);

  if (clock->state == IW_CLOCK_RUNNING)
    return running_words (clock, now);
  if (clock->state == IW_CLOCK_STOPPED)
    /* Translators: what a clock says that ended without what it waited for. */
    return g_strdup (C_ ("clock", "stopped"));
  gap = format_gap (ABS (clock->due - clock->ended));
  if (clock->ended > clock->due)
    /* Translators: what a clock says; a span of time: "met 4 h late". */
    return g_strdup_printf (C_ ("clock", "met %s late"), gap);
  /* Translators: what a clock says; a span of time: "met 2 h before it was due". */
  return g_strdup_printf (C_ ("clock", "met %s before it was due"), gap);
}

/* "Tue 3 Nov 2026 09:00 UTC" */
static char *
format_due (gint64 us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local =
      utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  GDateTime *shown = local != NULL ? local : utc;
  g_autofree char *day = shown != NULL ? g_date_time_format (shown, "%a") : g_strdup ("");
  g_autofree char *when = iw_time_format ((IwTime){ us, IW_PRECISION_MINUTE }, zone, TRUE);
  g_autofree char *words = iw_time_zone_words (zone, us);

  /* Translators: a weekday, a date with clock, and the time zone: "Tue 3 Nov 2026 09:00 UTC". */
  return g_strdup_printf (C_ ("clock", "%1$s %2$s %3$s"), day, when, words);
}

char *
iw_clock_sentence (const IwClock *clock, gint64 now, GTimeZone *zone)
{
  g_autofree char *due = NULL;
  g_autofree char *words = NULL;
  g_autofree char *gap = NULL;

  g_return_val_if_fail (clock != NULL, NULL);

  due = format_due (clock->due, zone);
  if (clock->state != IW_CLOCK_RUNNING)
    {
      words = iw_clock_words (clock, now);
      /* Translators: the name of a clock, what it says, when it was due:
       * "Customer notice: met 4 h late (due Tue 3 Nov 2026 09:00 UTC)". */
      return g_strdup_printf (_ ("%1$s: %2$s (due %3$s)"), clock->name, words, due);
    }
  gap = format_gap (ABS (clock->due - now));
  if (iw_clock_is_overdue (clock, now))
    /* Translators: the name of a clock, a span of time, when it was due:
     * "Customer notice overdue by 3 h: it was due Tue 3 Nov 2026 09:00 UTC". */
    return g_strdup_printf (_ ("%1$s overdue by %2$s: it was due %3$s"), clock->name, gap, due);
  /* Translators: the name of a clock, a span of time, when it is due:
   * "Customer notice due in 41 h: Tue 3 Nov 2026 09:00 UTC". */
  return g_strdup_printf (_ ("%1$s due in %2$s: %3$s"), clock->name, gap, due);
}

const IwClock *
iw_clocks_next_due (GPtrArray *clocks)
{
  const IwClock *next = NULL;

  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    {
      const IwClock *clock = g_ptr_array_index (clocks, i);

      if (clock->state == IW_CLOCK_RUNNING && (next == NULL || clock->due < next->due))
        next = clock;
    }
  return next;
}
