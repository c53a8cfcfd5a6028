#include "iw-overview-scale.h"

#include <locale.h>

#include "iw-time.h"

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix_usec (time);
}

static GTimeZone *
zone_named (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

static void
test_there_and_back (void)
{
  IwScale scale = iw_scale_new (at ("2026-11-02T00:00:00Z"), at ("2026-11-03T00:00:00Z"), 800);

  g_assert_cmpint (scale.first, <, at ("2026-11-02T00:00:00Z"));
  g_assert_cmpint (scale.last, >, at ("2026-11-03T00:00:00Z"));
  for (int x = 0; x <= 800; x += 50)
    g_assert_cmpfloat_with_epsilon (iw_scale_to_x (&scale, iw_scale_to_time (&scale, x)), x, 0.001);
}

static void
test_one_instant_and_extremes (void)
{
  gint64 noon = at ("2026-11-02T12:00:00Z");
  IwScale point = iw_scale_new (noon, noon, 500);
  IwScale all = iw_scale_new (G_MININT64, G_MAXINT64, 500);

  g_assert_cmpint (point.end - point.start, ==, 60 * IW_USEC_PER_SEC);
  g_assert_cmpfloat_with_epsilon (iw_scale_to_x (&point, noon), 250, 0.001);
  g_assert_cmpint (all.first, ==, IW_TIME_MIN);
  g_assert_cmpint (all.last, ==, IW_TIME_MAX);
  iw_scale_pan (&all, 1e12);
  iw_scale_zoom (&all, 1e-300, 3);
  g_assert_cmpint (all.start, ==, IW_TIME_MIN);
  g_assert_cmpint (all.end, ==, IW_TIME_MAX);
}

static void
test_zoom_keeps_the_pointer (void)
{
  IwScale scale = iw_scale_new (at ("2026-01-01T00:00:00Z"), at ("2026-12-31T00:00:00Z"), 1000);
  gint64 there = iw_scale_to_time (&scale, 700);

  for (int i = 0; i < 8; i++)
    {
      iw_scale_zoom (&scale, 1.5, iw_scale_to_x (&scale, there));
      g_assert_cmpfloat_with_epsilon (iw_scale_to_x (&scale, there), 700, 0.5);
    }
  for (int i = 0; i < 60; i++)
    iw_scale_zoom (&scale, 2, 700);
  g_assert_cmpint (scale.end - scale.start, ==, IW_SCALE_MIN_SPAN);
  for (int i = 0; i < 60; i++)
    iw_scale_zoom (&scale, 0.5, 10);
  g_assert_cmpint (scale.start, ==, scale.first);
  g_assert_cmpint (scale.end, ==, scale.last);
  iw_scale_zoom (&scale, 0, 10);
  iw_scale_zoom (&scale, -1, 10);
  g_assert_cmpint (scale.end, ==, scale.last);
}

static void
test_pan_stops_at_the_ends (void)
{
  IwScale scale = iw_scale_new (at ("2026-11-02T00:00:00Z"), at ("2026-11-03T00:00:00Z"), 800);
  gint64 span;

  iw_scale_zoom (&scale, 4, 400);
  span = scale.end - scale.start;
  iw_scale_pan (&scale, 100);
  g_assert_cmpint (scale.end - scale.start, ==, span);
  iw_scale_pan (&scale, 1e6);
  g_assert_cmpint (scale.end, ==, scale.last);
  g_assert_cmpint (scale.end - scale.start, ==, span);
  iw_scale_pan (&scale, -1e6);
  g_assert_cmpint (scale.start, ==, scale.first);
}

static void
test_set_visible_is_limited (void)
{
  gint64 noon = at ("2026-11-02T12:00:00Z");
  IwScale scale = iw_scale_new (at ("2026-11-02T00:00:00Z"), at ("2026-11-03T00:00:00Z"), 800);

  iw_scale_set_visible (&scale, noon, noon);
  g_assert_cmpint (scale.end - scale.start, ==, IW_SCALE_MIN_SPAN);
  iw_scale_set_visible (&scale, noon, noon - IW_USEC_PER_DAY);
  g_assert_cmpint (scale.end, >, scale.start);
  iw_scale_set_visible (&scale, G_MININT64, G_MAXINT64);
  g_assert_cmpint (scale.start, ==, scale.first);
  g_assert_cmpint (scale.end, ==, scale.last);
}

/* From a second to nine thousand years: ticks are in order, inside, far enough apart. */
static void
test_ticks_at_every_zoom (void)
{
  g_autoptr (GTimeZone) zone = zone_named ("America/St_Johns");
  double spans[] = { 1e6,  3e6,  1e7,  6e7,    3e8,  3.6e9, 2e10, 8.64e10, 3e11,
                     6e11, 3e12, 8e12, 3.2e13, 2e14, 1e15,  1e16, 1e17 };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      IwScale scale = iw_scale_new (at ("2026-03-05T10:11:12Z"),
                                    at ("2026-03-05T10:11:12Z") + (gint64)spans[i], 900);
      IwTickStep step = iw_scale_choose_step (&scale, 40);
      g_autoptr (GArray) ticks = iw_scale_ticks (&scale, step, zone);

      g_assert_cmpuint (ticks->len, >, 1);
      g_assert_cmpuint (ticks->len, <, 40);
      for (guint k = 0; k < ticks->len; k++)
        {
          IwTick *tick = &g_array_index (ticks, IwTick, k);

          g_assert_cmpfloat (tick->x, >=, 0);
          g_assert_cmpfloat (tick->x, <, 900);
          if (k > 0)
            g_assert_cmpfloat (tick->x - (tick - 1)->x, >, 20);
        }
    }
}

static void
test_midnights_follow_the_wall_clock (void)
{
  g_autoptr (GTimeZone) zone = zone_named ("Europe/Berlin");
  /* the clock goes back on 25 October: a day of 25 hours */
  IwScale scale = iw_scale_new (at ("2026-10-23T12:00:00Z"), at ("2026-10-27T12:00:00Z"), 600);
  IwTickStep day = { IW_TICK_DAY, 1 };
  g_autoptr (GArray) ticks = iw_scale_ticks (&scale, day, zone);
  const char *expected[] = { "2026-10-23T22:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z",
                             "2026-10-26T23:00:00Z" };

  g_assert_cmpuint (ticks->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < ticks->len; i++)
    g_assert_cmpint (g_array_index (ticks, IwTick, i).us, ==, at (expected[i]));
}

static void
test_hours_over_a_changed_clock (void)
{
  g_autoptr (GTimeZone) zone = zone_named ("Europe/Berlin");
  /* 02:00 to 03:00 does not exist on 29 March */
  IwScale scale = iw_scale_new (at ("2026-03-28T22:00:00Z"), at ("2026-03-29T06:00:00Z"), 600);
  IwTickStep hour = { IW_TICK_HOUR, 1 };
  g_autoptr (GArray) ticks = iw_scale_ticks (&scale, hour, zone);
  guint majors = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      IwTick *tick = &g_array_index (ticks, IwTick, i);

      majors += tick->major;
      g_assert_cmpint (tick->us % (3600 * IW_USEC_PER_SEC), ==, 0);
      if (i > 0)
        g_assert_cmpint (tick->us, >, (tick - 1)->us);
    }
  g_assert_cmpuint (majors, ==, 1);
}

static void
test_quarter_hour_zone (void)
{
  g_autoptr (GTimeZone) zone = zone_named ("Asia/Kathmandu"); /* UTC+05:45 */
  IwScale scale = iw_scale_new (at ("2026-11-02T17:00:00Z"), at ("2026-11-02T19:30:00Z"), 600);
  IwTickStep half = { IW_TICK_MINUTE, 30 };
  g_autoptr (GArray) ticks = iw_scale_ticks (&scale, half, zone);
  g_autofree char *first = NULL;

  g_assert_cmpint (g_array_index (ticks, IwTick, 0).us, ==, at ("2026-11-02T17:15:00Z"));
  first = iw_scale_tick_label (&g_array_index (ticks, IwTick, 0), half, FALSE, zone);
  g_assert_cmpstr (first, ==, "23:00");
  g_assert_cmpint (g_array_index (ticks, IwTick, 2).us, ==, at ("2026-11-02T18:15:00Z"));
  g_assert_true (g_array_index (ticks, IwTick, 2).major);
}

static void
test_labels_in_words (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  IwTick tick = { at ("2026-11-03T04:05:06Z"), 10, FALSE, FALSE };
  IwTick midnight = { at ("2026-11-03T00:00:00Z"), 10, TRUE, FALSE };
  const struct
  {
    IwTick *tick;
    IwTickStep step;
    gboolean context;
    const char *words;
  } cases[] = {
    { &tick, { IW_TICK_HOUR, 1 }, FALSE, "04:05" },
    { &tick, { IW_TICK_HOUR, 1 }, TRUE, "3 Nov 04:05" },
    { &midnight, { IW_TICK_HOUR, 1 }, FALSE, "3 Nov" },
    { &tick, { IW_TICK_SECOND, 1 }, FALSE, "04:05:06" },
    { &tick, { IW_TICK_MILLISECOND, 100 }, FALSE, "04:05:06.00" },
    { &tick, { IW_TICK_DAY, 1 }, FALSE, "3 Nov" },
    { &tick, { IW_TICK_WEEK, 1 }, TRUE, "3 Nov 2026" },
    { &tick, { IW_TICK_MONTH, 1 }, FALSE, "Nov" },
    { &midnight, { IW_TICK_MONTH, 1 }, FALSE, "2026" },
    { &tick, { IW_TICK_YEAR, 10 }, FALSE, "2026" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words =
          iw_scale_tick_label (cases[i].tick, cases[i].step, cases[i].context, utc);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_labels_never_overlap (void)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (IwTick));
  double widths[40], end = -1e9;
  guint shown = 0;

  for (guint i = 0; i < 40; i++)
    {
      IwTick tick = { i, 5 + i * 10, i == 21, FALSE };

      g_array_append_val (ticks, tick);
      widths[i] = i % 3 == 0 ? 44 : 25;
    }
  iw_scale_place_labels (ticks, widths, 400, 6);
  g_assert_true (g_array_index (ticks, IwTick, 21).label);
  for (guint i = 0; i < 40; i++)
    {
      IwTick *tick = &g_array_index (ticks, IwTick, i);
      double x = iw_scale_label_x (tick, widths[i], 400);

      if (!tick->label)
        continue;
      shown++;
      g_assert_cmpfloat (x, >=, end + 6);
      g_assert_cmpfloat (x, >=, 0);
      end = x + widths[i];
      g_assert_cmpfloat (end, <=, 400);
    }
  g_assert_cmpuint (shown, >=, 7);
  /* no room at all */
  iw_scale_place_labels (ticks, widths, 10, 6);
  for (guint i = 0; i < 40; i++)
    g_assert_false (g_array_index (ticks, IwTick, i).label);
}

static void
test_bins_stay_while_panning (void)
{
  IwScale scale = iw_scale_new (at ("2026-11-02T00:00:00Z"), at ("2026-11-03T00:00:00Z"), 800);
  gint64 bin = iw_scale_bin_width (&scale, 2);
  double px = (double)bin / (double)(scale.end - scale.start) * scale.width;

  g_assert_cmpfloat (px, >=, 2);
  g_assert_cmpfloat (px, <, 4);
  iw_scale_zoom (&scale, 3, 200);
  bin = iw_scale_bin_width (&scale, 2);
  iw_scale_pan (&scale, 77);
  g_assert_cmpint (iw_scale_bin_width (&scale, 2), ==, bin);
}

static void
test_busy_stretches (void)
{
  guint32 bins[100] = { 0 };
  g_autoptr (GArray) none = iw_scale_busy_stretches (bins, 100, 0, 10);
  g_autoptr (GArray) some = NULL;
  const IwBusyStretch *stretches;

  g_assert_cmpuint (none->len, ==, 0);
  /* four empty bins are a pause, five are a gap */
  bins[3] = 1;
  bins[8] = 2;
  bins[14] = 4;
  bins[99] = 8;
  some = iw_scale_busy_stretches (bins, 100, 1000, 10);
  g_assert_cmpuint (some->len, ==, 3);
  stretches = (const IwBusyStretch *)(void *)some->data;
  g_assert_cmpint (stretches[0].start, ==, 1030);
  g_assert_cmpint (stretches[0].end, ==, 1090);
  g_assert_cmpuint (stretches[0].n, ==, 3);
  g_assert_cmpint (stretches[1].start, ==, 1140);
  g_assert_cmpint (stretches[2].end, ==, 2000);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/overview-scale/there-and-back", test_there_and_back);
  g_test_add_func ("/overview-scale/one-instant-and-extremes", test_one_instant_and_extremes);
  g_test_add_func ("/overview-scale/zoom-keeps-the-pointer", test_zoom_keeps_the_pointer);
  g_test_add_func ("/overview-scale/pan-stops-at-the-ends", test_pan_stops_at_the_ends);
  g_test_add_func ("/overview-scale/set-visible-is-limited", test_set_visible_is_limited);
  g_test_add_func ("/overview-scale/ticks-at-every-zoom", test_ticks_at_every_zoom);
  g_test_add_func ("/overview-scale/midnights", test_midnights_follow_the_wall_clock);
  g_test_add_func ("/overview-scale/changed-clock", test_hours_over_a_changed_clock);
  g_test_add_func ("/overview-scale/quarter-hour-zone", test_quarter_hour_zone);
  g_test_add_func ("/overview-scale/labels-in-words", test_labels_in_words);
  g_test_add_func ("/overview-scale/labels-never-overlap", test_labels_never_overlap);
  g_test_add_func ("/overview-scale/bins-stay", test_bins_stay_while_panning);
  g_test_add_func ("/overview-scale/busy-stretches", test_busy_stretches);
  return g_test_run ();
}
