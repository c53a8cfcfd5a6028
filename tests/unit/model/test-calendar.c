/* Days in zones. */
#include "iw-time.h"

static gint64
at (const char *text)
{
  IwTime time = IW_TIME_NONE;

  g_assert_true (iw_time_parse_rfc3339 (text, NULL, &time));
  return time.us;
}

static void
assert_day (const char *zone_name, const char *instant, const char *start, const char *end)
{
  g_autoptr (GTimeZone) zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;

  g_test_message ("%s %s", zone_name != NULL ? zone_name : "-", instant);
  g_assert_true (zone_name == NULL || zone != NULL);
  g_assert_cmpint (iw_time_day_start (at (instant), zone), ==, at (start));
  g_assert_cmpint (iw_time_day_end (at (instant), zone), ==, at (end));
}

static void
test_utc (void)
{
  assert_day (NULL, "2026-11-02T15:00Z", "2026-11-02", "2026-11-03");
  assert_day ("UTC", "2026-11-02T15:00Z", "2026-11-02", "2026-11-03");
  /* A midnight belongs to the day that it begins. */
  assert_day ("UTC", "2026-11-02T00:00Z", "2026-11-02", "2026-11-03");
  assert_day ("UTC", "2026-11-02T23:59:59.999999Z", "2026-11-02", "2026-11-03");
  assert_day ("UTC", "1965-01-01T00:00:00.000001Z", "1965-01-01", "1965-01-02");
}

static void
test_zones (void)
{
  assert_day ("Europe/Berlin", "2026-01-02T23:30Z", "2026-01-02T23:00Z", "2026-01-03T23:00Z");
  assert_day ("America/New_York", "2026-01-02T03:30Z", "2026-01-01T05:00Z", "2026-01-02T05:00Z");
  assert_day ("Asia/Kolkata", "2026-01-02T18:29Z", "2026-01-01T18:30Z", "2026-01-02T18:30Z");
  assert_day ("Pacific/Kiritimati", "2026-01-02T12:00Z", "2026-01-02T10:00Z", "2026-01-03T10:00Z");
}

static void
test_changes (void)
{
  /* 23 hours, then 25. */
  assert_day ("Europe/Berlin", "2026-03-29T12:00Z", "2026-03-28T23:00Z", "2026-03-29T22:00Z");
  assert_day ("Europe/Berlin", "2026-10-25T12:00Z", "2026-10-24T22:00Z", "2026-10-25T23:00Z");
  /* São Paulo: midnight of 4 November 2018 is skipped; the day begins at one o'clock. */
  assert_day ("America/Sao_Paulo", "2018-11-04T12:00Z", "2018-11-04T03:00Z", "2018-11-05T02:00Z");
  assert_day ("America/Sao_Paulo", "2018-11-03T12:00Z", "2018-11-03T03:00Z", "2018-11-04T03:00Z");
  /* On 18 February 2018 the hour before midnight came twice: the 17th has 25 hours. */
  assert_day ("America/Sao_Paulo", "2018-02-18T01:30Z", "2018-02-17T02:00Z", "2018-02-18T03:00Z");
  assert_day ("America/Sao_Paulo", "2018-02-18T02:30Z", "2018-02-17T02:00Z", "2018-02-18T03:00Z");
  assert_day ("America/Sao_Paulo", "2018-02-18T03:00Z", "2018-02-18T03:00Z", "2018-02-19T03:00Z");
  /* Havana: the hour after midnight comes twice, and both are of the new day. */
  assert_day ("America/Havana", "2025-11-02T04:30Z", "2025-11-02T04:00Z", "2025-11-03T05:00Z");
  assert_day ("America/Havana", "2025-11-02T05:30Z", "2025-11-02T04:00Z", "2025-11-03T05:00Z");
  assert_day ("America/Havana", "2025-11-02T03:59Z", "2025-11-01T04:00Z", "2025-11-02T04:00Z");
  /* Samoa left out 30 December 2011. */
  assert_day ("Pacific/Apia", "2011-12-30T09:00Z", "2011-12-29T10:00Z", "2011-12-30T10:00Z");
  assert_day ("Pacific/Apia", "2011-12-30T10:00Z", "2011-12-30T10:00Z", "2011-12-31T10:00Z");
}

/* Days follow on each other without gap or overlap, and each holds what it was asked for. */
static void
test_days_tile (void)
{
  static const char *const names[] = {
    "UTC",          "Europe/Berlin",     "America/Sao_Paulo", "America/Havana",
    "Africa/Cairo", "Europe/Dublin",     "Pacific/Apia",      "Australia/Lord_Howe",
    "Asia/Beirut",  "Africa/Casablanca", "Asia/Tehran",       "America/Asuncion",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (names[i]);
      gint64 day = iw_time_day_start (at ("2005-01-01T12:00Z"), zone);
      gint64 last = at ("2030-01-01");

      g_assert_nonnull (zone);
      while (day < last)
        {
          gint64 end = iw_time_day_end (day, zone);

          if (end <= day || end - day > 26 * 3600 * IW_USEC_PER_SEC ||
              iw_time_day_start (day, zone) != day || iw_time_day_start (end - 1, zone) != day ||
              iw_time_day_end (end - 1, zone) != end ||
              iw_time_day_start ((day + end) / 2, zone) != day)
            {
              g_autofree char *text = iw_time_to_rfc3339 ((IwTime){ day, IW_PRECISION_SECOND });
              g_error ("%s %s", names[i], text);
            }
          day = end;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/calendar/utc", test_utc);
  g_test_add_func ("/calendar/zones", test_zones);
  g_test_add_func ("/calendar/changes", test_changes);
  g_test_add_func ("/calendar/days-tile", test_days_tile);
  return g_test_run ();
}
