#include "iw-zone-names.h"

static void
test_parse (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  const char *const expected[] = { "Europe/Andorra", "Asia/Dubai", "Asia/Tokyo", NULL };

  iw_zone_names_parse_tab ("# comment\tx\tNot/This\n"
                           "AD\t+4230+00131\tEurope/Andorra\n"
                           "AE,OM\t+2518+05518\tAsia/Dubai\tCrozet\r\n"
                           "broken line\n"
                           "XX\t+0000+00000\t\n"
                           "\n"
                           "JP\t+353916+1394441\tAsia/Tokyo",
                           builder);
  names = g_strv_builder_end (builder);
  g_assert_cmpstrv (names, expected);
}

static void
test_list (void)
{
  g_auto (GStrv) names = iw_zone_names ();
  g_autofree char *local = iw_zone_local_name ();

  g_assert_cmpstr (names[0], ==, "UTC");
  g_assert_true (g_strv_contains ((const char *const *)names, local));
  for (guint i = 1; names[i] != NULL; i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (names[i]);

      /* Ordered, without doubles, and each of them is one. */
      g_assert_nonnull (zone);
      if (i > 1)
        g_assert_cmpstr (names[i - 1], <, names[i]);
    }
}

static void
test_local (void)
{
  g_autofree char *berlin = NULL;
  g_autofree char *utc = NULL;

  g_setenv ("TZ", "Europe/Berlin", TRUE);
  berlin = iw_zone_local_name ();
  g_assert_cmpstr (berlin, ==, "Europe/Berlin");
  g_setenv ("TZ", "Etc/UTC", TRUE);
  utc = iw_zone_local_name ();
  g_assert_cmpstr (utc, ==, "UTC");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/zone-names/parse", test_parse);
  g_test_add_func ("/zone-names/list", test_list);
  g_test_add_func ("/zone-names/local", test_local);
  return g_test_run ();
}
