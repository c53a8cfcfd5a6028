#include "config.h"

#include "iw-timeline-row-text.h"

#include <glib/gi18n-lib.h>

#include "iw-markdown.h"

#define MINUTE (60 * IW_USEC_PER_SEC)
#define HOUR (60 * MINUTE)

gboolean
iw_row_is_key (IwTimelineRow *row)
{
  IwEntry *entry = iw_timeline_row_get_entry (row);

  return entry != NULL && iw_entry_get_key (entry);
}

/* ---- time ---- */

/* A time coarser than a clock can show, as part of a row below the heading of its first day. */
static char *
imprecise_words (IwTime time, GTimeZone *zone)
{
  g_autofree char *words = iw_time_format (time, zone, TRUE);

  switch (time.precision)
    {
    case IW_PRECISION_UNKNOWN:
      return g_strdup (_ ("time unknown"));
    case IW_PRECISION_YEAR:
    case IW_PRECISION_MONTH:
      /* Translators: %s is a month or year: "November 2026". The exact day is not known. */
      return g_strdup_printf (C_ ("imprecise time", "in %s"), words);
    case IW_PRECISION_DAY:
      return g_strdup (C_ ("imprecise time", "this day"));
    case IW_PRECISION_HOUR:
      {
        g_autofree char *clock = iw_time_format (time, zone, FALSE);

        /* Translators: %s is a clock time without minutes. */
        return g_strdup_printf (C_ ("imprecise time", "about %s"), clock);
      }
    default:
      return g_strdup ("");
    }
}

char *
iw_row_time_words (IwTimelineRow *row, GTimeZone *zone)
{
  IwTime time = { iw_timeline_row_get_time (row), iw_timeline_row_get_precision (row) };
  gint64 end = iw_timeline_row_get_end (row);
  g_autofree char *first = NULL, *last = NULL;

  /* Where a run begins is no finer matter. */
  if (iw_timeline_row_get_kind (row) == IW_ROW_RUN)
    time.precision = MIN (time.precision, IW_PRECISION_SECOND);
  if (time.precision <= IW_PRECISION_HOUR)
    return imprecise_words (time, zone);
  first = iw_time_format (time, zone, FALSE);
  if (end <= time.us || iw_timeline_row_get_kind (row) != IW_ROW_ENTRY)
    return g_steal_pointer (&first);
  last = iw_time_format ((IwTime){ end, time.precision }, zone,
                         iw_time_day_start (end, zone) != iw_time_day_start (time.us, zone));
  /* Translators: a range of times: "03:04–03:20", "23:50–4 Nov 2026 00:10". */
  return g_strdup_printf (C_ ("range of times", "%s–%s"), first, last);
}

/* Digits that tell rows apart; the details show all that were recorded. */
static char *
brief_clock (gint64 us, IwPrecision precision, GTimeZone *zone)
{
  return iw_time_format ((IwTime){ us, MIN (precision, IW_PRECISION_MILLISECOND) }, zone, FALSE);
}

static char *
seconds_brief (gint64 us, gint64 length, GTimeZone *zone)
{
  g_autofree char *first = brief_clock (us, IW_PRECISION_SECOND, zone);
  g_autofree char *span = iw_time_format_gap (length);

  /* Translators: when something began and how long it took: "03:04:11 +30 s". */
  return g_strdup_printf (C_ ("range of times", "%s +%s"), first, span);
}

char *
iw_row_time_brief (IwTimelineRow *row, GTimeZone *zone)
{
  gint64 us = iw_timeline_row_get_time (row);
  gint64 end = iw_timeline_row_get_end (row);
  IwPrecision precision = iw_timeline_row_get_precision (row);
  g_autofree char *first = NULL, *last = NULL;
  gint64 days;

  if (iw_timeline_row_get_kind (row) == IW_ROW_RUN)
    precision = MIN (precision, IW_PRECISION_SECOND);
  if (precision <= IW_PRECISION_HOUR)
    return iw_row_time_words (row, zone);
  if (end <= us || iw_timeline_row_get_kind (row) != IW_ROW_ENTRY)
    return brief_clock (us, precision, zone);
  if (us / MINUTE == end / MINUTE)
    return seconds_brief (us, end - us, zone);
  first = brief_clock (us, MIN (precision, IW_PRECISION_MINUTE), zone);
  last = brief_clock (end, MIN (precision, IW_PRECISION_MINUTE), zone);
  days = (iw_time_day_start (end, zone) - iw_time_day_start (us, zone) + IW_USEC_PER_DAY / 2) /
         IW_USEC_PER_DAY;
  if (days == 0)
    return g_strdup_printf (C_ ("range of times", "%s–%s"), first, last);
  /* Translators: a range of times that ends days later: "23:50–00:10 +1 d". */
  return g_strdup_printf (C_ ("range of times", "%s–%s +%" G_GINT64_FORMAT " d"), first, last,
                          days);
}

char *
iw_row_gap_words (IwTimelineRow *row)
{
  gint64 gap = iw_timeline_row_get_gap (row);
  g_autofree char *words = NULL;

  if (gap < IW_USEC_PER_SEC)
    return g_strdup ("");
  words = iw_time_format_gap (gap);
  /* Translators: %s is a span of time since the row before: "+2 min". */
  return g_strdup_printf (C_ ("gap", "+%s"), words);
}

char *
iw_row_gap_brief (IwTimelineRow *row)
{
  static const gint64 units[] = { IW_USEC_PER_DAY, HOUR };
  gint64 gap = iw_timeline_row_get_gap (row);
  g_autofree char *words = NULL;

  if (gap < IW_USEC_PER_SEC)
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (gap >= units[i])
      {
        gap -= gap % units[i];
        break;
      }
  words = iw_time_format_gap (gap);
  return g_strdup_printf (C_ ("gap", "+%s"), words);
}

char *
iw_row_format_correction (gint64 us)
{
  g_autofree char *number = NULL;
  const char *sign = us < 0 ? "−" : "+";
  guint64 size = us < 0 ? -(guint64)us : (guint64)us;
  guint64 micro = size % IW_USEC_PER_SEC;

  if (micro == 0)
    number = g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, size / IW_USEC_PER_SEC);
  else
    {
      guint n;

      number = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT, sign,
                                size / IW_USEC_PER_SEC, micro);
      for (n = strlen (number); number[n - 1] == '0'; n--)
        number[n - 1] = '\0';
    }
  /* Translators: %s is a number of seconds with its sign. */
  return g_strdup_printf (C_ ("clock correction", "%s s"), number);
}

char *
iw_row_skew_words (IwTimelineRow *row)
{
  gint64 skew = iw_timeline_row_get_skew (row);
  g_autofree char *correction = NULL;

  if (skew == 0)
    return NULL;
  correction = iw_row_format_correction (skew);
  /* Translators: %s is "+3600 s": what was added to the times that this source wrote. */
  return g_strdup_printf (_ ("Clock corrected by %s"), correction);
}

char *
iw_row_problem_words (IwTimelineRow *row)
{
  const char *problem = iw_timeline_row_get_problem (row);

  if (problem == NULL)
    return NULL;
  /* Translators: %s is a sentence that says why a decision does not count. */
  return g_strdup_printf (_ ("Not in force: %s"), problem);
}

/* ---- kind ---- */

char *
iw_row_kind_words (IwTimelineRow *row)
{
  const IwEvent *event = iw_timeline_row_get_event (row);
  IwEntry *entry = iw_timeline_row_get_entry (row);

  if (entry != NULL)
    return g_strdup (iw_entry_kind_label (iw_entry_get_kind (entry)));
  if (event != NULL)
    return g_strdup (event->desc != NULL && *event->desc != '\0' ? event->desc
                                                                 : C_ ("kind of row", "Event"));
  return g_strdup (C_ ("kind of row", "Events"));
}

/* ---- text ---- */

/* A message in one line: machines write many short ones, and the first alone seldom tells events
 * apart. */
static char *
one_line (const char *text)
{
  GString *line = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (line, *text);
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  if (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  return g_string_free_and_steal (line);
}

static char *
run_text (IwTimelineRow *row)
{
  gint64 n = iw_timeline_row_get_run_count (row);
  IwEvidence *evidence = iw_timeline_row_get_evidence (row);
  gulong plural = n > G_MAXINT ? G_MAXINT : n;

  if (evidence != NULL)
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " event from %s",
                                      "%'" G_GINT64_FORMAT " events from %s", plural),
                            n, iw_evidence_get_name (evidence));
  return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " event from several sources",
                                    "%'" G_GINT64_FORMAT " events from several sources", plural),
                          n);
}

char *
iw_row_text (IwTimelineRow *row)
{
  const IwEvent *event = iw_timeline_row_get_event (row);
  IwEntry *entry = iw_timeline_row_get_entry (row);

  if (entry != NULL)
    return iw_markdown_first_line (iw_entry_get_text (entry));
  if (event != NULL)
    return one_line (event->message != NULL ? event->message : "");
  return run_text (row);
}

static char *
source_text (IwTimelineRow *row)
{
  IwEntry *entry = iw_timeline_row_get_entry (row);
  IwEvidence *evidence = iw_timeline_row_get_evidence (row);

  if (entry != NULL)
    return g_strdup (iw_entry_get_source (entry));
  /* A run already names its source in its text. */
  if (evidence == NULL || iw_timeline_row_get_kind (row) == IW_ROW_RUN)
    return g_strdup ("");
  return g_strdup (iw_evidence_get_name (evidence));
}

static char *
entry_column_text (IwEntry *entry, IwColumn column)
{
  switch (column)
    {
    case IW_COLUMN_ACTOR:
      return g_strdup (iw_entry_get_actor (entry));
    case IW_COLUMN_TEAM:
      return g_strdup (iw_entry_get_team (entry));
    case IW_COLUMN_CONFIDENCE:
      return g_strdup (iw_confidence_label (iw_entry_get_confidence (entry)));
    case IW_COLUMN_TAGS:
      return g_strjoinv (" ", (char **)iw_entry_get_tags (entry));
    default:
      return g_strdup ("");
    }
}

char *
iw_row_column_text (IwTimelineRow *row, IwColumn column, GTimeZone *zone)
{
  const IwEvent *event = iw_timeline_row_get_event (row);
  IwEntry *entry = iw_timeline_row_get_entry (row);

  switch (column)
    {
    case IW_COLUMN_TIME:
      return iw_row_time_words (row, zone);
    case IW_COLUMN_GAP:
      return iw_row_gap_words (row);
    case IW_COLUMN_KIND:
      return iw_row_kind_words (row);
    case IW_COLUMN_TEXT:
      return iw_row_text (row);
    case IW_COLUMN_SOURCE:
      return source_text (row);
    default:
      if (entry != NULL)
        return entry_column_text (entry, column);
      if (event != NULL && column == IW_COLUMN_ACTOR)
        return g_strdup (event->actor != NULL ? event->actor : "");
      if (event != NULL && column == IW_COLUMN_HOST)
        return g_strdup (event->host != NULL ? event->host : "");
      return g_strdup ("");
    }
}

/* ---- all of it ---- */

static void
say (GString *spoken, const char *words)
{
  if (words == NULL || *words == '\0')
    return;
  if (spoken->len > 0)
    /* Translators: stands between the parts of a row that is read aloud. */
    g_string_append (spoken, C_ ("between parts of a row", ", "));
  g_string_append (spoken, words);
}

static void
say_take (GString *spoken, char *words)
{
  say (spoken, words);
  g_free (words);
}

char *
iw_row_spoken (IwTimelineRow *row, GTimeZone *zone)
{
  GString *spoken = g_string_new (NULL);
  gint64 gap = iw_timeline_row_get_gap (row);

  say_take (spoken, iw_row_time_words (row, zone));
  if (iw_row_is_key (row))
    say (spoken, _ ("key event"));
  say_take (spoken, iw_row_kind_words (row));
  say_take (spoken, iw_row_text (row));
  for (IwColumn column = IW_COLUMN_SOURCE; column < IW_N_COLUMNS; column++)
    say_take (spoken, iw_row_column_text (row, column, zone));
  say_take (spoken, iw_row_skew_words (row));
  say_take (spoken, iw_row_problem_words (row));
  if (iw_timeline_row_get_kind (row) == IW_ROW_RUN)
    say (spoken, iw_timeline_row_get_run_expanded (row) ? _ ("expanded") : _ ("collapsed"));
  if (gap >= IW_USEC_PER_SEC)
    {
      g_autofree char *words = iw_time_format_gap (gap);

      /* Translators: %s is a span of time: "2 min". */
      say_take (spoken, g_strdup_printf (_ ("%s after the row before"), words));
    }
  return g_string_free_and_steal (spoken);
}
