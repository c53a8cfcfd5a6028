#include "iw-filter-words.h"

#include "iw-test-support.h"

#define NOW G_GINT64_CONSTANT (1793714700000000) /* 2026-11-03T14:05:00Z */

static void
assert_sentence (const IwFilter *filter, const char *expected)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *sentence = iw_filter_sentence (filter, utc);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_sentence (void)
{
  const char *sources[] = { "proxy.csv", "sign-in log", NULL };
  g_autoptr (IwFilter) filter = iw_filter_new ();

  assert_sentence (filter, NULL);
  iw_filter_set_events_mode (filter, IW_EVENTS_HIDDEN);
  assert_sentence (filter, NULL);
  iw_filter_set_text (filter, "token");
  iw_filter_set_kinds (filter, 1u << IW_ENTRY_ACTION | 1u << IW_ENTRY_NOTE, TRUE);
  iw_filter_set_sources (filter, sources);
  assert_sentence (
      filter,
      "Shown: with “token” · Action or Note or Machine events · from proxy.csv or sign-in log");
}

static void
test_more (void)
{
  const char *percent[] = { "100 %s", NULL };
  g_autoptr (IwFilter) filter = iw_filter_new ();

  iw_filter_set_actors (filter, percent);
  iw_filter_set_min_confidence (filter, IW_CONFIDENCE_MEDIUM);
  iw_filter_set_key_only (filter, TRUE);
  iw_filter_set_hide_duplicates (filter, TRUE);
  assert_sentence (
      filter,
      "Shown: by 100 %s · confidence at least Medium · only key events · without duplicates");
}

static void
test_ranges (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autofree char *first = iw_time_format ((IwTime){ NOW, IW_PRECISION_SECOND }, utc, TRUE);
  g_autofree char *from = g_strconcat ("Shown: from ", first, NULL);
  g_autofree char *before = g_strconcat ("Shown: before ", first, NULL);

  iw_filter_set_range (filter, NOW, IW_TIME_MAX);
  assert_sentence (filter, from);
  iw_filter_set_range (filter, IW_TIME_MIN, NOW);
  assert_sentence (filter, before);
}

static void
test_bounds (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 start = 0, end = 0;
  g_autofree char *text = NULL;

  g_assert_true (iw_filter_parse_bound ("2026-11-03", FALSE, NOW, utc, &start));
  g_assert_true (iw_filter_parse_bound (" 2026-11-03 ", TRUE, NOW, utc, &end));
  g_assert_cmpint (end - start, ==, IW_USEC_PER_DAY);
  g_assert_true (iw_filter_parse_bound ("14:05", FALSE, NOW, utc, &start));
  g_assert_cmpint (start, ==, NOW);
  text = iw_filter_format_bound (start, utc);
  g_assert_cmpstr (text, ==, "2026-11-03 14:05:00");
  g_assert_true (iw_filter_parse_bound (text, FALSE, NOW, utc, &end));
  g_assert_cmpint (end, ==, start);
}

static void
test_no_bounds (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const char *const texts[] = { "",           "  ",     "soon", "14:05 and more", "14:05-14:20",
                                "2026-13-01", "3 hosts" };
  gint64 us = 42;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_false (iw_filter_parse_bound (texts[i], FALSE, NOW, utc, &us));
      g_assert_cmpint (us, ==, 42);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/filter-words/sentence", test_sentence);
  g_test_add_func ("/filter-words/more", test_more);
  g_test_add_func ("/filter-words/ranges", test_ranges);
  g_test_add_func ("/filter-words/bounds", test_bounds);
  g_test_add_func ("/filter-words/no-bounds", test_no_bounds);
  return g_test_run ();
}
