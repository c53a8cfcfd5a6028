#include "config.h"

#include "iw-time-display.h"

/* 2026-11-03T03:04:11Z */
#define A_TIME G_GINT64_CONSTANT (1793675051000000)

static void
count (IwTimeDisplay *display, gpointer data)
{
  (*(guint *)data)++;
}

static void
reset (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  g_settings_reset (settings, "zone");
}

static void
test_cycle_with_incident_zone (void)
{
  g_autoptr (IwTimeDisplay) display = iw_time_display_new ("Asia/Tokyo");

  g_assert_cmpint (iw_time_display_get_mode (display), ==, IW_ZONE_UTC);
  iw_time_display_cycle (display);
  g_assert_cmpint (iw_time_display_get_mode (display), ==, IW_ZONE_LOCAL);
  iw_time_display_cycle (display);
  g_assert_cmpint (iw_time_display_get_mode (display), ==, IW_ZONE_INCIDENT);
  g_assert_cmpstr (g_time_zone_get_identifier (iw_time_display_get_zone (display)), ==,
                   "Asia/Tokyo");
  iw_time_display_cycle (display);
  g_assert_cmpint (iw_time_display_get_mode (display), ==, IW_ZONE_UTC);
  reset ();
}

static void
test_cycle_without_incident_zone (void)
{
  g_autoptr (IwTimeDisplay) display = iw_time_display_new (NULL);

  iw_time_display_cycle (display);
  g_assert_cmpint (iw_time_display_get_mode (display), ==, IW_ZONE_LOCAL);
  iw_time_display_cycle (display);
  g_assert_cmpint (iw_time_display_get_mode (display), ==, IW_ZONE_UTC);

  /* Chosen in another incident: shows UTC here, so that the next one is local time. */
  iw_time_display_set_mode (display, IW_ZONE_INCIDENT);
  g_assert_cmpstr (g_time_zone_get_identifier (iw_time_display_get_zone (display)), ==, "UTC");
  iw_time_display_cycle (display);
  g_assert_cmpint (iw_time_display_get_mode (display), ==, IW_ZONE_LOCAL);
  reset ();
}

static void
test_bad_incident_zone (void)
{
  g_autoptr (IwTimeDisplay) display = iw_time_display_new ("Mars/Olympus_Mons");
  g_autofree char *words = NULL;

  iw_time_display_set_mode (display, IW_ZONE_INCIDENT);
  words = iw_time_display_words (display, A_TIME);
  g_assert_cmpstr (words, ==, "UTC");
  reset ();
}

static void
test_shared_and_kept (void)
{
  g_autoptr (IwTimeDisplay) a = iw_time_display_new ("Asia/Tokyo");
  g_autoptr (IwTimeDisplay) b = iw_time_display_new ("Europe/Berlin");
  g_autoptr (IwTimeDisplay) later = NULL;
  guint n = 0;

  g_signal_connect (b, "changed", G_CALLBACK (count), &n);
  iw_time_display_set_mode (a, IW_ZONE_INCIDENT);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (iw_time_display_get_mode (b), ==, IW_ZONE_INCIDENT);
  iw_time_display_set_mode (a, IW_ZONE_INCIDENT);
  g_assert_cmpuint (n, ==, 1);

  iw_time_display_set_incident_zone (b, "Europe/Berlin");
  g_assert_cmpuint (n, ==, 1);
  iw_time_display_set_incident_zone (b, "Europe/Paris");
  g_assert_cmpuint (n, ==, 2);
  iw_time_display_set_incident_zone (b, "");
  g_assert_cmpuint (n, ==, 3);

  later = iw_time_display_new ("Asia/Tokyo");
  g_assert_cmpint (iw_time_display_get_mode (later), ==, IW_ZONE_INCIDENT);
  reset ();
}

static void
test_words (void)
{
  g_autoptr (IwTimeDisplay) display = iw_time_display_new ("Asia/Tokyo");
  g_autofree char *utc = iw_time_display_words (display, A_TIME);
  g_autofree char *local = NULL;
  g_autofree char *incident = NULL;

  g_assert_cmpstr (utc, ==, "UTC");
  iw_time_display_set_mode (display, IW_ZONE_LOCAL);
  local = iw_time_display_words (display, A_TIME);
  g_assert_true (g_str_has_prefix (local, "Local time, "));
  iw_time_display_set_mode (display, IW_ZONE_INCIDENT);
  incident = iw_time_display_words (display, A_TIME);
  g_assert_cmpstr (incident, ==, "Incident time, Asia/Tokyo (UTC+09:00)");
  reset ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/time-display/cycle-with-incident-zone", test_cycle_with_incident_zone);
  g_test_add_func ("/time-display/cycle-without-incident-zone", test_cycle_without_incident_zone);
  g_test_add_func ("/time-display/bad-incident-zone", test_bad_incident_zone);
  g_test_add_func ("/time-display/shared-and-kept", test_shared_and_kept);
  g_test_add_func ("/time-display/words", test_words);
  return g_test_run ();
}
