/* The overview in words: for the tooltip, and for those who do not see the drawing. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-markdown.h"
#include "iw-overview-private.h"

/* How far beside a mark the pointer may stand. */
#define NEAR_PX 6
#define MAX_NAMED 4
#define SECONDS_BELOW (6 * 3600 * IW_USEC_PER_SEC)

static char *
format_time (IwOverview *self, gint64 us)
{
  /* Where days are shown, seconds are noise. */
  gboolean fine = !self->has_scale || self->scale.end - self->scale.start < SECONDS_BELOW;
  IwTime time = { us, fine ? IW_PRECISION_SECOND : IW_PRECISION_MINUTE };

  return iw_time_format (time, iw_overview_zone (self), TRUE);
}

char *
iw_overview_get_range_words (IwOverview *self)
{
  g_autofree char *start = NULL, *end = NULL, *zone = NULL;

  if (!self->has_scale)
    return g_strdup ("");
  start = format_time (self, self->scale.start);
  end = format_time (self, self->scale.end);
  zone = self->display != NULL ? iw_time_display_words (self->display, self->scale.start)
                               : g_strdup (_ ("UTC"));
  /* Translators: a stretch of time and its zone: 2 Nov 2026 22:10 to 3 Nov 2026 06:40, UTC */
  return g_strdup_printf (_ ("%s to %s, %s"), start, end, zone);
}

static guint
n_visible_entries (IwOverview *self)
{
  GPtrArray *entries = iw_timeline_view_get_entries (self->view);
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      gint64 us = iw_entry_get_sort_time (g_ptr_array_index (entries, i));

      n += us >= self->scale.start && us < self->scale.end;
    }
  return n;
}

/* Counted exactly, not from the bins, which reach over the edges of what is visible. */
static guint32
n_visible_events (IwOverview *self)
{
  guint32 n = 0;

  iw_timeline_view_histogram (self->view, self->scale.start, self->scale.end, 1, &n);
  return n;
}

static void
describe_stages (IwOverview *self, GString *words)
{
  GArray *bands = iw_timeline_view_get_bands (self->view);

  for (guint i = 0; i < bands->len; i++)
    {
      const IwStageBand *band = &g_array_index (bands, IwStageBand, i);
      g_autofree char *since = NULL;

      if (band->end <= self->scale.start || band->start >= self->scale.end)
        continue;
      since = format_time (self, band->start);
      g_string_append_c (words, ' ');
      /* Translators: the name of a stage of the incident, and when it began. */
      g_string_append_printf (words, _ ("%s since %s."), iw_stage_label (band->stage), since);
    }
}

static void
describe_containment (IwOverview *self, GString *words)
{
  GArray *spans = iw_timeline_view_get_containment (self->view);

  for (guint i = 0; i < spans->len; i++)
    {
      const IwSpan *span = &g_array_index (spans, IwSpan, i);
      g_autofree char *since = NULL, *until = NULL;

      if (span->end <= self->scale.start || span->start >= self->scale.end)
        continue;
      since = format_time (self, span->start);
      g_string_append_c (words, ' ');
      if (span->end == G_MAXINT64)
        {
          g_string_append_printf (words, _ ("Containment since %s."), since);
          continue;
        }
      until = format_time (self, span->end);
      g_string_append_printf (words, _ ("Containment from %1$s to %2$s."), since, until);
    }
}

char *
iw_overview_words (IwOverview *self)
{
  GString *words = g_string_new (NULL);
  g_autofree char *range = iw_overview_get_range_words (self);
  guint entries, peak;
  guint32 events;
  gint64 peak_at;

  if (!self->has_scale)
    {
      g_string_append (words, _ ("Overview of the timeline: nothing yet"));
      return g_string_free (words, FALSE);
    }
  entries = n_visible_entries (self);
  events = n_visible_events (self);
  g_string_append_printf (words, _ ("Overview of the timeline from %s."), range);
  g_string_append_c (words, ' ');
  g_string_append_printf (words, ngettext ("%'u entry.", "%'u entries.", entries), entries);
  g_string_append_c (words, ' ');
  g_string_append_printf (words, ngettext ("%'u event.", "%'u events.", events), events);
  peak = iw_overview_peak (self, &peak_at);
  if (peak > 0)
    {
      g_autofree char *at = format_time (self, peak_at);

      g_string_append_c (words, ' ');
      /* Translators: %u events is the most there are in one bar of the histogram, %s is its time */
      g_string_append_printf (words,
                              ngettext ("At most %'u event at a time, at %s.",
                                        "At most %'u events at a time, at %s.", peak),
                              peak, at);
    }
  describe_stages (self, words);
  describe_containment (self, words);
  if (self->brush_start != self->brush_end)
    {
      g_autofree char *start = format_time (self, self->brush_start);
      g_autofree char *end = format_time (self, self->brush_end);

      g_string_append_c (words, ' ');
      g_string_append_printf (words, _ ("Selected: %s to %s."), start, end);
    }
  return g_string_free (words, FALSE);
}

static char *
short_line (const char *text)
{
  g_autofree char *line = iw_markdown_first_line (text);

  if (g_utf8_strlen (line, -1) > 60)
    {
      g_autofree char *cut = g_utf8_substring (line, 0, 59);

      return g_strconcat (cut, "…", NULL);
    }
  return g_steal_pointer (&line);
}

static void
append_entries (IwOverview *self, double x, GString *words)
{
  GPtrArray *entries = iw_timeline_view_get_entries (self->view);
  guint named = 0, more = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (entries, i);
      double at = iw_scale_to_x (&self->scale, iw_entry_get_sort_time (entry));
      g_autofree char *line = NULL;

      if (at < x - NEAR_PX)
        continue;
      if (at > x + NEAR_PX)
        break;
      if (named == MAX_NAMED)
        {
          more++;
          continue;
        }
      named++;
      line = short_line (iw_entry_get_text (entry));
      /* Translators: the kind of an entry and its text, in a tooltip */
      g_string_append_printf (words, C_ ("tooltip", "\n%s: %s"),
                              iw_entry_kind_label (iw_entry_get_kind (entry)), line);
    }
  if (more > 0)
    {
      g_string_append_c (words, '\n');
      g_string_append_printf (words, ngettext ("and %u more", "and %u more", more), more);
    }
}

/* The name of a narrow band does not fit into it. */
static void
append_stage (IwOverview *self, gint64 us, GString *words)
{
  GArray *bands = iw_timeline_view_get_bands (self->view);

  for (guint i = 0; i < bands->len; i++)
    {
      const IwStageBand *band = &g_array_index (bands, IwStageBand, i);

      if (us < band->start || us >= band->end)
        continue;
      /* Translators: %s is the name of a stage of the incident, in a tooltip. */
      g_string_append_printf (words, C_ ("tooltip", "\nStage: %s"), iw_stage_label (band->stage));
    }
}

static void
append_containment (IwOverview *self, gint64 us, GString *words)
{
  GArray *spans = iw_timeline_view_get_containment (self->view);

  for (guint i = 0; i < spans->len; i++)
    {
      const IwSpan *span = &g_array_index (spans, IwSpan, i);

      if (us >= span->start && us < span->end)
        g_string_append_printf (words, "\n%s", _ ("Containment runs"));
    }
}

char *
iw_overview_words_at (IwOverview *self, double x)
{
  const IwOverviewBins *bins;
  gint64 us;
  guint32 count = 0;
  GString *words;
  g_autofree char *time = NULL;

  if (!self->has_scale)
    return NULL;
  us = iw_scale_to_time (&self->scale, x);
  bins = iw_overview_bins (self);
  if (bins->bin_us > 0 && us >= bins->start && (us - bins->start) / bins->bin_us < bins->n)
    count = bins->counts[(us - bins->start) / bins->bin_us];
  time = format_time (self, us);
  words = g_string_new (time);
  if (count > 0)
    {
      g_string_append_c (words, '\n');
      g_string_append_printf (words, ngettext ("%'u event", "%'u events", count), count);
    }
  append_stage (self, us, words);
  append_containment (self, us, words);
  append_entries (self, x, words);
  return g_string_free (words, FALSE);
}
