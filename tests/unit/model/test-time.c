/* Reading and writing RFC 3339. */
#include "iw-time.h"

#include <string.h>

typedef struct
{
  const char *text;
  gint64 us;
  IwPrecision precision;
} Case;

static const Case good[] = {
  { "1970", 0, IW_PRECISION_YEAR },
  { "2026", G_GINT64_CONSTANT (1767225600000000), IW_PRECISION_YEAR },
  { "2026-11", G_GINT64_CONSTANT (1793491200000000), IW_PRECISION_MONTH },
  { "2026-11-02", G_GINT64_CONSTANT (1793577600000000), IW_PRECISION_DAY },
  { "2026-11-02T03Z", G_GINT64_CONSTANT (1793588400000000), IW_PRECISION_HOUR },
  { "2026-11-02T03:04Z", G_GINT64_CONSTANT (1793588640000000), IW_PRECISION_MINUTE },
  { "2026-11-02t03:04z", G_GINT64_CONSTANT (1793588640000000), IW_PRECISION_MINUTE },
  { "2026-11-02 03:04:05Z", G_GINT64_CONSTANT (1793588645000000), IW_PRECISION_SECOND },
  { "2026-11-02T03:04:05.6Z", G_GINT64_CONSTANT (1793588645600000), IW_PRECISION_MILLISECOND },
  { "2026-11-02T03:04:05,678Z", G_GINT64_CONSTANT (1793588645678000), IW_PRECISION_MILLISECOND },
  { "2026-11-02T03:04:05.6789Z", G_GINT64_CONSTANT (1793588645678900), IW_PRECISION_MICROSECOND },
  { "2026-11-02T03:04:05.678901Z", G_GINT64_CONSTANT (1793588645678901), IW_PRECISION_MICROSECOND },
  { "2026-11-02T03:04:05.678901999Z", G_GINT64_CONSTANT (1793588645678901),
    IW_PRECISION_MICROSECOND },
  { "2026-11-02T03:04+01:00", G_GINT64_CONSTANT (1793585040000000), IW_PRECISION_MINUTE },
  { "2026-11-02T03:04+0100", G_GINT64_CONSTANT (1793585040000000), IW_PRECISION_MINUTE },
  { "2026-11-02T03:04+01", G_GINT64_CONSTANT (1793585040000000), IW_PRECISION_MINUTE },
  { "2026-11-02T03:04-05:30", G_GINT64_CONSTANT (1793608440000000), IW_PRECISION_MINUTE },
  { "2026-11-02T03:04:05-00:00", G_GINT64_CONSTANT (1793588645000000), IW_PRECISION_SECOND },
  { "1969-12-31T23:59:59.999999Z", -1, IW_PRECISION_MICROSECOND },
  { "0001-01-01T00:00:00Z", IW_TIME_MIN, IW_PRECISION_SECOND },
  { "9999-12-31T23:59:59.999999Z", IW_TIME_MAX, IW_PRECISION_MICROSECOND },
  { "2000-02-29", G_GINT64_CONSTANT (951782400000000), IW_PRECISION_DAY },
  { "2024-02-29", G_GINT64_CONSTANT (1709164800000000), IW_PRECISION_DAY },
  /* Leap seconds: 2016-12-31 UTC, and the same instant in Tokyo. */
  { "2016-12-31T23:59:60Z", G_GINT64_CONSTANT (1483228799999999), IW_PRECISION_MICROSECOND },
  { "2017-01-01T08:59:60.5+09:00", G_GINT64_CONSTANT (1483228799999999), IW_PRECISION_MICROSECOND },
  { "2015-06-30T23:59:60Z", G_GINT64_CONSTANT (1435708799999999), IW_PRECISION_MICROSECOND },
};

static const char *const bad[] = {
  "",
  " ",
  "x",
  "202",
  "20261",
  "0000",
  "0000-01-01",
  "-2026",
  "2026-",
  "2026-1",
  "2026-00",
  "2026-13",
  "2026-11-",
  "2026-11-2",
  "2026-11-00",
  "2026-11-31",
  "2018-02-29",
  "1900-02-29",
  "2026/11/02",
  "20261102",
  "2026-11-02T",
  "2026-11-02 ",
  "2026-11-02T3Z",
  "2026-11-02T24:00Z",
  "2026-11-02T23:60Z",
  "2026-11-02T23:59:61Z",
  "2026-11-02T23:59:60Z",      /* no leap second in November */
  "2016-12-31T22:59:60Z",      /* nor at another hour */
  "2016-12-31T23:59:60+01:00", /* nor at another zone's midnight */
  "2026-11-02T03:04:05.Z",
  "2026-11-02T03:04:05.1234567890Z",
  "2026-11-02T03:04:Z",
  "2026-11-02T03:Z",
  "2026-11-02T0304Z",
  "2026-11-02T03:04ZZ",
  "2026-11-02T03:04Z ",
  " 2026-11-02T03:04Z",
  "2026-11-02  03:04Z",
  "2026-11-02T03:04 Z",
  "2026-11-02T03:04+",
  "2026-11-02T03:04+1",
  "2026-11-02T03:04+01:",
  "2026-11-02T03:04+01:0",
  "2026-11-02T03:04+24:00",
  "2026-11-02T03:04+01:60",
  "2026-11-02T03:04+01000",
  "2026-11-02Z",
  "2026-11-02T03:04:05 UTC",
  "9999-12-31T23:59:59-00:01", /* past the last year */
  "0001-01-01T00:00:00+00:01", /* before the first */
  "２０２６-11-02",            /* digits, but not ASCII */
  "2026-11-02T03:04:05\xff",
};

/* All that needs a zone and has none. */
static const char *const naive[] = {
  "2017-09-24 19:01:01",
  "2017-09-24T19:01",
  "2017-09-24T19",
  "2017-09-24 19:01:01.5",
};

static void
test_parse_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      IwTime time = IW_TIME_NONE;

      g_test_message ("%s", good[i].text);
      g_assert_true (iw_time_parse_rfc3339 (good[i].text, NULL, &time));
      g_assert_cmpint (time.us, ==, good[i].us);
      g_assert_cmpint (time.precision, ==, good[i].precision);
      g_assert_false (iw_time_is_naive (good[i].text));
    }
}

static void
test_parse_bad (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *printable = g_strescape (bad[i], NULL);
      IwTime time = { 42, IW_PRECISION_HOUR };

      g_test_message ("\"%s\"", printable);
      g_assert_false (iw_time_parse_rfc3339 (bad[i], NULL, &time));
      g_assert_false (iw_time_parse_rfc3339 (bad[i], utc, &time));
      g_assert_cmpint (time.us, ==, 42);
      g_assert_cmpint (time.precision, ==, IW_PRECISION_HOUR);
      g_assert_false (iw_time_is_naive (bad[i]));
    }
}

static void
test_naive (void)
{
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  IwTime time = IW_TIME_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (naive); i++)
    {
      g_assert_true (iw_time_is_naive (naive[i]));
      g_assert_false (iw_time_parse_rfc3339 (naive[i], NULL, &time));
      g_assert_true (iw_time_parse_rfc3339 (naive[i], tokyo, &time));
    }
  g_assert_true (iw_time_parse_rfc3339 ("2017-09-24 19:01:01", tokyo, &time));
  g_assert_cmpint (time.us, ==, G_GINT64_CONSTANT (1506247261000000));
}

static void
assert_in_zone (const char *zone_name, const char *local, const char *utc)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autofree char *text = NULL;
  IwTime time;

  g_assert_nonnull (zone);
  g_assert_true (iw_time_parse_rfc3339 (local, zone, &time));
  text = iw_time_to_rfc3339 (time);
  g_assert_cmpstr (text, ==, utc);
}

static void
test_zones (void)
{
  assert_in_zone ("Europe/Berlin", "2026-07-01T12:00", "2026-07-01T10:00Z");
  assert_in_zone ("Europe/Berlin", "2026-12-01T12:00", "2026-12-01T11:00Z");
  assert_in_zone ("Asia/Kolkata", "2026-12-01T12:00", "2026-12-01T06:30Z");
  /* A text's own offset outweighs the zone. */
  assert_in_zone ("Europe/Berlin", "2026-07-01T12:00Z", "2026-07-01T12:00Z");
  /* Skipped: from 02:00 to 03:00 the clock moved on at 01:00 UTC. */
  assert_in_zone ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59Z");
  assert_in_zone ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00Z");
  assert_in_zone ("Europe/Berlin", "2026-03-29T02:30:15.5", "2026-03-29T01:00:00.000Z");
  assert_in_zone ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00Z");
  /* Twice: 02:30 in summer time is 00:30 UTC, in standard time 01:30. */
  assert_in_zone ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T01:30Z");
  assert_in_zone ("America/New_York", "2026-11-01T01:30:00.25", "2026-11-01T06:30:00.250Z");
  /* A date is a date, whatever the zone. */
  assert_in_zone ("Pacific/Kiritimati", "2026-11-02", "2026-11-02");
  assert_in_zone ("America/New_York", "2026-11", "2026-11");
  assert_in_zone ("America/New_York", "2026", "2026");
}

/* The same as GDateTime, at each quarter of an hour of two years. */
static void
test_zones_as_glib (void)
{
  static const char *const names[] = { "Europe/Berlin",  "America/Sao_Paulo",   "Asia/Kolkata",
                                       "Europe/Dublin",  "Australia/Lord_Howe", "America/Havana",
                                       "Pacific/Chatham" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (names[i]);

      g_assert_nonnull (zone);
      for (int day = 0; day < 400; day++)
        for (int quarter = 0; quarter < 16; quarter++)
          {
            g_autoptr (GDateTime) utc = g_date_time_new_utc (2018, 1, 1, 0, 0, 0);
            g_autoptr (GDateTime) date = g_date_time_add_days (utc, day);
            g_autoptr (GDateTime) expected = NULL;
            g_autofree char *text = NULL;
            IwTime time;

            expected = g_date_time_new (
                zone, g_date_time_get_year (date), g_date_time_get_month (date),
                g_date_time_get_day_of_month (date), quarter / 4, quarter % 4 * 15, 0);
            text =
                g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", g_date_time_get_year (date),
                                 g_date_time_get_month (date), g_date_time_get_day_of_month (date),
                                 quarter / 4, quarter % 4 * 15);
            g_assert_true (iw_time_parse_rfc3339 (text, zone, &time));
            if (time.us != g_date_time_to_unix_usec (expected))
              g_error ("%s %s", names[i], text);
          }
    }
}

static void
test_calendar_as_glib (void)
{
  for (int year = 1; year <= 9999; year += 7)
    for (int month = 1; month <= 12; month++)
      {
        int last = g_date_get_days_in_month (month, year);
        g_autoptr (GDateTime) expected = g_date_time_new_utc (year, month, last, 23, 59, 58);
        g_autofree char *text = g_date_time_format (expected, "%Y-%m-%dT%H:%M:%SZ");
        g_autofree char *padded = g_strdup_printf ("%04d%s", year, strchr (text, '-'));
        g_autofree char *beyond = g_strdup_printf ("%04d-%02d-%02d", year, month, last + 1);
        g_autofree char *back = NULL;
        IwTime time;

        g_assert_true (iw_time_parse_rfc3339 (padded, NULL, &time));
        g_assert_cmpint (time.us, ==, g_date_time_to_unix_usec (expected));
        back = iw_time_to_rfc3339 (time);
        g_assert_cmpstr (back, ==, padded);
        g_assert_false (iw_time_parse_rfc3339 (beyond, NULL, &time));
      }
}

/* What is written reads back as the same time, from the coarsest to the finest. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++)
    {
      gint64 us = IW_TIME_MIN + (gint64)(g_rand_double (rand) * (IW_TIME_MAX - IW_TIME_MIN));
      int precision = g_rand_int_range (rand, IW_PRECISION_YEAR, IW_PRECISION_MICROSECOND + 1);
      g_autofree char *text = iw_time_to_rfc3339 ((IwTime){ us, precision });
      g_autofree char *again = NULL;
      IwTime time;

      g_assert_true (iw_time_parse_rfc3339 (text, NULL, &time));
      g_assert_cmpint (time.precision, ==, precision);
      g_assert_cmpint (time.us, <=, us);
      g_assert_cmpint (iw_time_end (time), >, us);
      again = iw_time_to_rfc3339 (time);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_write (void)
{
  const gint64 us = G_GINT64_CONSTANT (1793588645678901);
  static const char *const forms[] = {
    [IW_PRECISION_YEAR] = "2026",
    [IW_PRECISION_MONTH] = "2026-11",
    [IW_PRECISION_DAY] = "2026-11-02",
    [IW_PRECISION_HOUR] = "2026-11-02T03Z",
    [IW_PRECISION_MINUTE] = "2026-11-02T03:04Z",
    [IW_PRECISION_SECOND] = "2026-11-02T03:04:05Z",
    [IW_PRECISION_MILLISECOND] = "2026-11-02T03:04:05.678Z",
    [IW_PRECISION_MICROSECOND] = "2026-11-02T03:04:05.678901Z",
  };

  for (guint i = IW_PRECISION_YEAR; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *text = iw_time_to_rfc3339 ((IwTime){ us, i });

      g_assert_cmpstr (text, ==, forms[i]);
    }
  g_assert_null (iw_time_to_rfc3339 (IW_TIME_NONE));
  g_assert_false (iw_time_is_set (IW_TIME_NONE));
}

/* An hour of India begins at half past of UTC, and is still one hour long. */
static void
test_odd_hours (void)
{
  static const char *const texts[][2] = {
    { "2026-11-02T03+05:30", "2026-11-01T22+00:30" },
    { "2026-11-02T03+05:45", "2026-11-01T22+00:45" },
    { "2026-11-02T00-03:30", "2026-11-02T04+00:30" },
    { "2026-11-02T05+05:30", "2026-11-02T00+00:30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;
      IwTime time, again;

      g_assert_true (iw_time_parse_rfc3339 (texts[i][0], NULL, &time));
      g_assert_cmpint (time.precision, ==, IW_PRECISION_HOUR);
      g_assert_cmpint (iw_time_end (time) - time.us, ==, 3600 * IW_USEC_PER_SEC);
      text = iw_time_to_rfc3339 (time);
      g_assert_cmpstr (text, ==, texts[i][1]);
      g_assert_true (iw_time_parse_rfc3339 (text, NULL, &again));
      g_assert_cmpint (again.us, ==, time.us);
    }
}

static void
assert_end (const char *text, const char *end)
{
  IwTime time, expected;

  g_assert_true (iw_time_parse_rfc3339 (text, NULL, &time));
  g_assert_true (iw_time_parse_rfc3339 (end, NULL, &expected));
  g_assert_cmpint (iw_time_end (time), ==, expected.us);
}

static void
test_end (void)
{
  assert_end ("2026", "2027-01-01");
  assert_end ("2026-11", "2026-12-01");
  assert_end ("2026-12", "2027-01-01");
  assert_end ("2024-02", "2024-03-01");
  assert_end ("2026-12-31", "2027-01-01");
  assert_end ("1960-02-28", "1960-02-29");
  assert_end ("2026-11-02T23Z", "2026-11-03T00:00Z");
  assert_end ("2026-11-02T03:59Z", "2026-11-02T04:00Z");
  assert_end ("2026-11-02T03:04:59Z", "2026-11-02T03:05:00Z");
  assert_end ("2026-11-02T03:04:59.999Z", "2026-11-02T03:05:00Z");
  assert_end ("2026-11-02T03:04:59.999999Z", "2026-11-02T03:05:00Z");
  g_assert_cmpint (iw_time_end ((IwTime){ -1, IW_PRECISION_DAY }), ==, 0);
}

/* Hostile bytes: mangled times and noise. What is accepted must hold. */
static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3339);
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  static const char seed[] = "2026-11-02T03:04:05.678901+01:00";
  static const char alphabet[] = "0123456789-:.,+TZz \xff\xc3";
  guint accepted = 0;

  for (int i = 0; i < 100000; i++)
    {
      char text[48];
      int length = g_rand_int_range (rand, 0, sizeof seed);
      IwTime time;

      memcpy (text, seed, length);
      text[length] = '\0';
      for (int n = g_rand_int_range (rand, 0, 4); n > 0 && length > 0; n--)
        text[g_rand_int_range (rand, 0, length)] =
            i % 2 ? alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)]
                  : (char)g_rand_int_range (rand, 1, 256);
      iw_time_is_naive (text);
      if (!iw_time_parse_rfc3339 (text, i % 3 ? berlin : NULL, &time))
        continue;
      accepted++;
      g_assert_cmpint (time.us, >=, IW_TIME_MIN);
      g_assert_cmpint (time.us, <=, IW_TIME_MAX);
      g_assert_true (iw_time_is_set (time));
    }
  g_assert_cmpuint (accepted, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/time/parse/good", test_parse_good);
  g_test_add_func ("/time/parse/bad", test_parse_bad);
  g_test_add_func ("/time/parse/naive", test_naive);
  g_test_add_func ("/time/parse/zones", test_zones);
  g_test_add_func ("/time/parse/zones-as-glib", test_zones_as_glib);
  g_test_add_func ("/time/parse/calendar-as-glib", test_calendar_as_glib);
  g_test_add_func ("/time/parse/noise", test_noise);
  g_test_add_func ("/time/write", test_write);
  g_test_add_func ("/time/write/round-trip", test_round_trip);
  g_test_add_func ("/time/write/odd-hours", test_odd_hours);
  g_test_add_func ("/time/end", test_end);
  return g_test_run ();
}
