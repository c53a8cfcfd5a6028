#include "iw-time.h"

static IwTime
at (const char *text)
{
  IwTime time = IW_TIME_NONE;

  g_assert_true (iw_time_parse_rfc3339 (text, NULL, &time));
  return time;
}

static void
assert_format (const char *text, GTimeZone *zone, const char *with_date, const char *clock)
{
  g_autofree char *full = iw_time_format (at (text), zone, TRUE);
  g_autofree char *alone = iw_time_format (at (text), zone, FALSE);

  g_assert_cmpstr (full, ==, with_date);
  g_assert_cmpstr (alone, ==, clock);
}

static void
test_precision (void)
{
  assert_format ("2026-11-03T03:04:11.123456Z", NULL, "3 Nov 2026 03:04:11.123456",
                 "03:04:11.123456");
  assert_format ("2026-11-03T03:04:11.007Z", NULL, "3 Nov 2026 03:04:11.007", "03:04:11.007");
  assert_format ("2026-11-03T03:04:11Z", NULL, "3 Nov 2026 03:04:11", "03:04:11");
  assert_format ("2026-11-13T03:04Z", NULL, "13 Nov 2026 03:04", "03:04");
  assert_format ("2026-11-03T03Z", NULL, "3 Nov 2026 03 h", "03 h");
  assert_format ("2026-11-03", NULL, "3 Nov 2026", "3 Nov 2026");
  assert_format ("2026-11", NULL, "November 2026", "November 2026");
  assert_format ("2026", NULL, "2026", "2026");
  assert_format ("1969-12-31T23:59:59.999999Z", NULL, "31 Dec 1969 23:59:59.999999",
                 "23:59:59.999999");
}

static void
test_zone (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GTimeZone) new_york = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (GTimeZone) kiritimati = g_time_zone_new_identifier ("Pacific/Kiritimati");

  assert_format ("2026-11-03T23:30Z", berlin, "4 Nov 2026 00:30", "00:30");
  assert_format ("2026-07-03T23:30Z", berlin, "4 Jul 2026 01:30", "01:30");
  assert_format ("2026-11-03T03:30Z", new_york, "2 Nov 2026 22:30", "22:30");
  /* A date stays what it is. */
  assert_format ("2026-11-03", new_york, "3 Nov 2026", "3 Nov 2026");
  assert_format ("2026-11", new_york, "November 2026", "November 2026");
  assert_format ("2026", new_york, "2026", "2026");
  /* The ends of the calendar, where the zone would lead beyond it. */
  assert_format ("9999-12-31T23:59Z", kiritimati, "31 Dec 9999 23:59", "23:59");
}

static void
test_unset (void)
{
  g_autofree char *text = iw_time_format (IW_TIME_NONE, NULL, TRUE);

  g_assert_cmpstr (text, ==, "");
}

static void
test_day (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *utc = iw_time_format_day (at ("2026-11-03T23:30Z").us, NULL);
  g_autofree char *local = iw_time_format_day (at ("2026-11-03T23:30Z").us, berlin);

  g_assert_cmpstr (utc, ==, "Tuesday 3 November 2026");
  g_assert_cmpstr (local, ==, "Wednesday 4 November 2026");
}

static void
assert_gap (gint64 us, const char *expected)
{
  g_autofree char *text = iw_time_format_gap (us);
  g_autofree char *negative = iw_time_format_gap (-us);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (negative, ==, expected);
}

static void
test_gap (void)
{
  const gint64 second = IW_USEC_PER_SEC, hour = 3600 * second;
  g_autofree char *extreme = iw_time_format_gap (G_MININT64);

  assert_gap (0, "0 s");
  assert_gap (1, "1 µs");
  assert_gap (999, "999 µs");
  assert_gap (1000, "1 ms");
  assert_gap (999999, "999 ms");
  assert_gap (second, "1 s");
  assert_gap (12 * second + 900000, "12 s");
  assert_gap (59 * second, "59 s");
  assert_gap (60 * second, "1 min");
  assert_gap (125 * second, "2 min");
  assert_gap (hour - 1, "59 min");
  assert_gap (hour, "1 h");
  assert_gap (3 * hour + 5 * 60 * second, "3 h 5 min");
  assert_gap (24 * hour - 1, "23 h 59 min");
  assert_gap (24 * hour, "1 d");
  assert_gap (25 * hour, "1 d 1 h");
  assert_gap (4 * 24 * hour, "4 d");
  assert_gap (4 * 24 * hour + 59 * 60 * second, "4 d");
  assert_gap (10 * 24 * hour + 5 * hour, "10 d");
  assert_gap (IW_TIME_MAX - IW_TIME_MIN, "3652058 d");
  g_assert_cmpstr (extreme, ==, "106751991 d");
}

static void
assert_zone (const char *identifier, const char *instant, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (identifier);
  g_autofree char *text = iw_time_zone_words (zone, at (instant).us);

  g_assert_nonnull (zone);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_zone_words (void)
{
  g_autofree char *none = iw_time_zone_words (NULL, 0);

  g_assert_cmpstr (none, ==, "UTC");
  assert_zone ("UTC", "2026-11-03", "UTC");
  assert_zone ("Z", "2026-11-03", "UTC");
  assert_zone ("Etc/UTC", "2026-11-03", "UTC");
  assert_zone ("+00:00", "2026-11-03", "UTC");
  assert_zone ("Europe/Berlin", "2026-11-03", "Europe/Berlin (UTC+01:00)");
  assert_zone ("Europe/Berlin", "2026-07-03", "Europe/Berlin (UTC+02:00)");
  assert_zone ("Europe/London", "2026-11-03", "Europe/London (UTC+00:00)");
  assert_zone ("America/St_Johns", "2026-11-03", "America/St_Johns (UTC-03:30)");
  assert_zone ("+01:00", "2026-11-03", "UTC+01:00");
  assert_zone ("-05:30", "2026-11-03", "UTC-05:30");
}

static void
assert_with_zone (const char *text, const char *identifier, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (identifier);
  g_autofree char *words = iw_time_format_with_zone (at (text), zone);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_with_zone (void)
{
  g_autofree char *unset = iw_time_format_with_zone (IW_TIME_NONE, NULL);

  g_assert_cmpstr (unset, ==, "");
  assert_with_zone ("2026-11-03T03:04Z", "UTC", "3 Nov 2026 03:04 UTC");
  assert_with_zone ("2026-11-03T03:04Z", "+09:00", "3 Nov 2026 12:04 UTC+09:00");
  assert_with_zone ("2026-11-03", "+09:00", "3 Nov 2026");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/time-format/precision", test_precision);
  g_test_add_func ("/time-format/zone", test_zone);
  g_test_add_func ("/time-format/unset", test_unset);
  g_test_add_func ("/time-format/day", test_day);
  g_test_add_func ("/time-format/gap", test_gap);
  g_test_add_func ("/time-format/zone-words", test_zone_words);
  g_test_add_func ("/time-format/with-zone", test_with_zone);
  return g_test_run ();
}
