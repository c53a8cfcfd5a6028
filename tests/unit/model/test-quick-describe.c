#include "iw-quick-entry.h"

#define NOW "2026-11-03T14:30:45.5Z"

static gint64
at (const char *text)
{
  IwTime time = IW_TIME_NONE;

  g_assert_true (iw_time_parse_rfc3339 (text, NULL, &time));
  return time.us;
}

static void
assert_words (const char *input, const char *zone_name, const char *expected)
{
  g_autoptr (GTimeZone) zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;
  IwQuickEntry entry = iw_quick_entry_parse (input, at (NOW), zone);
  g_autofree char *words = iw_quick_entry_describe (&entry, at (NOW), zone);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_utc (void)
{
  assert_words ("14:05 x", NULL, "Today 14:05 UTC");
  assert_words ("14:05:33 x", "UTC", "Today 14:05:33 UTC");
  assert_words ("yesterday 23:10", NULL, "Yesterday 23:10 UTC");
  assert_words ("2 pm", NULL, "Today 14 h UTC");
  assert_words ("2026-10-30 03:04", NULL, "Friday 30 October 2026 03:04 UTC");
  assert_words ("2026-11-04 03:04", NULL, "Tomorrow 03:04 UTC");
  assert_words ("10 min ago", NULL, "Today 14:20 UTC");
  assert_words ("3 hosts down", NULL, "Now, 14:30:45 UTC");
  assert_words ("now", NULL, "Today 14:30:45 UTC");
}

static void
test_zones (void)
{
  assert_words ("14:05 x", "Europe/Berlin", "Today 14:05 Europe/Berlin (UTC+01:00)");
  assert_words ("yesterday 23:10", "Europe/Berlin", "Yesterday 23:10 Europe/Berlin (UTC+01:00)");
  /* The offset is that of the time, not of now. */
  assert_words ("2026-07-01 12:00", "Europe/Berlin",
                "Wednesday 1 July 2026 12:00 Europe/Berlin (UTC+02:00)");
  /* Written in one zone, said in the other. */
  assert_words ("14:05Z x", "Europe/Berlin", "Today 15:05 Europe/Berlin (UTC+01:00)");
  assert_words ("x", "America/New_York", "Now, 09:30:45 America/New_York (UTC-05:00)");
  /* There it is the 4th. */
  assert_words ("2:00", "Pacific/Auckland", "Today 02:00 Pacific/Auckland (UTC+13:00)");
  assert_words ("2 pm x", "Asia/Kolkata", "Today 14 h Asia/Kolkata (UTC+05:30)");
}

static void
test_dates (void)
{
  assert_words ("2026-11-03", NULL, "Today");
  assert_words ("2026-11-02 x", "America/New_York", "Yesterday");
  assert_words ("2026-10-30", "Europe/Berlin", "Friday 30 October 2026");
  assert_words ("2026-11-01 - 2026-11-03 x", NULL, "Sunday 1 November 2026 – Today");
}

static void
test_ranges (void)
{
  assert_words ("14:05-14:20", NULL, "Today 14:05–14:20 UTC");
  assert_words ("yesterday 23:10-00:20", NULL, "Yesterday 23:10 – Today 00:20 UTC");
  assert_words ("14:05-14:20", "Europe/Berlin", "Today 14:05–14:20 Europe/Berlin (UTC+01:00)");
  /* Across midnight of UTC, but on one day of New York. */
  assert_words ("yesterday 18:50-19:10", "America/New_York",
                "Yesterday 18:50–19:10 America/New_York (UTC-05:00)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/quick-describe/utc", test_utc);
  g_test_add_func ("/quick-describe/zones", test_zones);
  g_test_add_func ("/quick-describe/dates", test_dates);
  g_test_add_func ("/quick-describe/ranges", test_ranges);
  return g_test_run ();
}
