/* test-time-cell.c: times as they stand in tables */
#include "iw-time-cell.h"

typedef struct
{
  const char *text;
  const char *expected; /* RFC 3339 in UTC; NULL where it is no time */
} Case;

static void
check (const Case *cases, guint n, GTimeZone *zone, gboolean day_first)
{
  for (guint i = 0; i < n; i++)
    {
      IwTime time = IW_TIME_NONE;
      IwTimeCell cell = iw_time_cell_parse (cases[i].text, zone, day_first, &time);
      g_autofree char *text = cell == IW_TIME_CELL_OK ? iw_time_to_rfc3339 (time) : NULL;

      if (g_strcmp0 (text, cases[i].expected) != 0)
        g_error ("“%s” reads as %s, not %s", cases[i].text, text, cases[i].expected);
    }
}

static void
test_forms (void)
{
  static const Case cases[] = {
    { "2023-08-15T09:53:59.757Z", "2023-08-15T09:53:59.757Z" },
    { "2022-07-24T19:01:01+0000", "2022-07-24T19:01:01Z" },
    { "2015-07-25 02:01:01+00:00", "2015-07-25T02:01:01Z" },
    { "  2026-11-02T03:04Z ", "2026-11-02T03:04Z" },
    { "11/02/2026 03:04:05", "2026-11-02T03:04:05Z" },
    { "11/2/2026 3:04:05 PM", "2026-11-02T15:04:05Z" },
    { "11/02/2026 12:00 am", "2026-11-02T00:00Z" },
    { "02.11.2026 03:04", "2026-11-02T03:04Z" },
    { "2.11.2026", "2026-11-02" },
    { "2026/11/02 03:04:05", "2026-11-02T03:04:05Z" },
    { "2026-11-02 03:04:05,123", "2026-11-02T03:04:05.123Z" },
    { "2026-11-02 03:04:05 UTC", "2026-11-02T03:04:05Z" },
    { "2026-07-02 03:04:05 CEST", "2026-07-02T01:04:05Z" },
    { "2 Nov 2026 03:04:05 +0100", "2026-11-02T02:04:05Z" },
    { "Mon, 02 Nov 2026 03:04:05 GMT", "2026-11-02T03:04:05Z" },
    { "Mon Nov  2 03:04:05 2026", "2026-11-02T03:04:05Z" },
    { "Nov 2, 2026 3:04 PM", "2026-11-02T15:04Z" },
    { "November 2, 2026", "2026-11-02" },
    { "02/Nov/2026:03:04:05 +0000", "2026-11-02T03:04:05Z" },
    { "02-Nov-2026 03:04:05", "2026-11-02T03:04:05Z" },
    { "20261102T030405Z", "2026-11-02T03:04:05Z" },
    { "20261102", "2026-11-02" },
    { "20261102030405", "2026-11-02T03:04:05Z" },
    { "1723474994349345", "2024-08-12T15:03:14.349345Z" },
    { "1658689261", "2022-07-24T19:01:01Z" },
    { "Not a time", NULL },
    { "0000-00-00", NULL },
    { "00/00/0000 --:--:--", NULL },
    { "1234 19:01:01", NULL },
    { "2026-02-30 10:00:00", NULL },
    { "13/13/2026 10:00:00", NULL },
    { "2026-11-02 03:04:05 XYZ", NULL },
    { "2026-11-02 25:04:05", NULL },
    { "11/02/26 03:04", NULL },
    { "Nov 2 03:04:05", NULL },
    { "192.168.10.20", NULL },
    { "hello", NULL },
    { "99999999999999999999999", NULL },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  check (cases, G_N_ELEMENTS (cases), utc, FALSE);
}

static void
test_day_first (void)
{
  static const Case cases[] = {
    { "03/04/2026 10:00", "2026-04-03T10:00Z" },
    { "31/12/2026", "2026-12-31" },
    { "2026-03-04", "2026-03-04" },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  check (cases, G_N_ELEMENTS (cases), utc, TRUE);
  g_assert_cmpint (iw_time_cell_day_order ("31/12/2026 10:00"), ==, 1);
  g_assert_cmpint (iw_time_cell_day_order ("12/31/2026"), ==, -1);
  g_assert_cmpint (iw_time_cell_day_order ("03/04/2026"), ==, 0);
  g_assert_cmpint (iw_time_cell_day_order ("2026-04-03"), ==, 0);
  g_assert_cmpint (iw_time_cell_day_order (""), ==, 0);
}

static void
test_zone (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  IwTime time;

  g_assert_nonnull (berlin);
  g_assert_cmpint (iw_time_cell_parse ("07/02/2026 19:48:00", berlin, FALSE, &time), ==,
                   IW_TIME_CELL_OK);
  g_assert_cmpint (time.us, ==, G_GINT64_CONSTANT (1783014480000000));
  g_assert_cmpint (iw_time_cell_parse ("07/02/2026 19:48:00 Z", berlin, FALSE, &time), ==,
                   IW_TIME_CELL_OK);
  g_assert_cmpint (time.us, ==, G_GINT64_CONSTANT (1783021680000000));
}

static void
test_naive_and_empty (void)
{
  static const char *const naive[] = { "2017-09-24 19:01:01", "07/02/2026 19:48:00",
                                       "Nov 2, 2026 3:04 PM", "20261102030405" };
  static const char *const empty[] = { "", "   ", "-", " - " };
  IwTime time;

  for (guint i = 0; i < G_N_ELEMENTS (naive); i++)
    g_assert_cmpint (iw_time_cell_parse (naive[i], NULL, FALSE, &time), ==, IW_TIME_CELL_NAIVE);
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    g_assert_cmpint (iw_time_cell_parse (empty[i], NULL, FALSE, &time), ==, IW_TIME_CELL_EMPTY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/time-cell/forms", test_forms);
  g_test_add_func ("/time-cell/day-first", test_day_first);
  g_test_add_func ("/time-cell/zone", test_zone);
  g_test_add_func ("/time-cell/naive-and-empty", test_naive_and_empty);
  return g_test_run ();
}
