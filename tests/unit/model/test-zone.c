/* test-zone.c: time zones by the names that files use */
#include "iw-zone.h"

static void
check (const char *name, gint64 instant, int offset)
{
  g_autoptr (GTimeZone) zone = iw_zone_lookup (name);
  int interval;

  if (zone == NULL)
    g_error ("“%s” is not known", name);
  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant);
  g_assert_cmpint (g_time_zone_get_offset (zone, interval), ==, offset);
}

static void
test_known (void)
{
  const gint64 summer = 1783014480, winter = 1767225600;

  check ("UTC", summer, 0);
  check (" utc ", summer, 0);
  check ("Z", summer, 0);
  check ("GMT", summer, 0);
  check ("+01:00", summer, 3600);
  check ("-0530", summer, -19800);
  check ("+1", summer, 3600);
  check ("UTC+2", summer, 7200);
  check ("CET", winter, 3600);
  check ("CEST", summer, 7200);
  check ("EST5EDT", summer, -14400);
  check ("Europe/Berlin", summer, 7200);
  check ("America/Argentina/Buenos_Aires", summer, -10800);
}

static void
test_unknown (void)
{
  static const char *const names[] = {
    "",         "IST",    "CST", "BST",    "Nowhere/Else",  "../../etc/passwd",  "+25:00",
    "/etc/UTC", "+1:2:3", "+",   "+01:99", "Europe/../UTC", "Europe/Berlin\n/x", "a\tb"
  };

  g_assert_null (iw_zone_lookup (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (iw_zone_lookup (names[i]) != NULL)
      g_error ("“%s” is a zone", names[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/zone/known", test_known);
  g_test_add_func ("/zone/unknown", test_unknown);
  return g_test_run ();
}
