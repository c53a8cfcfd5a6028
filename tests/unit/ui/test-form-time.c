#include "iw-form-time.h"

#include <locale.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1793804400000000) /* 2026-11-04T15:00:00Z, a Wednesday */

static void
test_read (void)
{
  static const struct
  {
    const char *typed, *zone, *value;
  } cases[] = {
    { "", "UTC", "" },
    { "   ", "UTC", "" },
    { "14:05", "UTC", "2026-11-04T14:05Z" },
    { " 14:05 ", "UTC", "2026-11-04T14:05Z" },
    { "14:05", "Asia/Tokyo", "2026-11-04T05:05Z" },
    { "10 min ago", "UTC", "2026-11-04T14:50Z" },
    { "2026-11-02", "Asia/Tokyo", "2026-11-02" },
    { "2026-11-02 03:04:11", "Europe/Berlin", "2026-11-02T02:04:11Z" },
    { "2026-11-02T03:04Z", "Asia/Tokyo", "2026-11-02T03:04Z" },
    { "2026-11", "UTC", "2026-11" },
    { "tomorrow 10:00", "UTC", "2026-11-05T10:00Z" },
    /* No instant: the form says so about what was typed. */
    { "14:05-14:20", "UTC", "14:05-14:20" },
    { "14:05 the gateway went down", "UTC", "14:05 the gateway went down" },
    { "soon", "UTC", "soon" },
    { "25:61", "UTC", "25:61" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      g_autofree char *value = iw_form_time_read (cases[i].typed, NOW, zone);

      g_test_message ("“%s” in %s", cases[i].typed, cases[i].zone);
      if (g_str_has_suffix (cases[i].typed, "ago"))
        g_assert_true (g_str_has_prefix (value, "2026-11-04T14:50"));
      else
        g_assert_cmpstr (value, ==, cases[i].value);
    }
}

static void
test_write (void)
{
  static const struct
  {
    const char *value, *zone, *text;
  } cases[] = {
    { "", "UTC", "" },
    { "2026-11-02T03:04Z", "UTC", "2026-11-02 03:04" },
    { "2026-11-02T03:04Z", "Asia/Tokyo", "2026-11-02 12:04" },
    { "2026-11-02T03:04:11.582Z", "UTC", "2026-11-02 03:04:11.582" },
    { "2026-11-02T03:04:11.582123Z", "UTC", "2026-11-02 03:04:11.582123" },
    { "2026-11-02", "Asia/Tokyo", "2026-11-02" },
    { "2026", "UTC", "2026" },
    { "soon", "UTC", "soon" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      g_autofree char *text = iw_form_time_write (cases[i].value, zone);
      g_autofree char *again = iw_form_time_read (text, NOW, zone);

      g_assert_cmpstr (text, ==, cases[i].text);
      /* What is written is read as the same. */
      g_assert_cmpstr (again, ==, cases[i].value);
    }
}

/* The clock that comes twice is written and read without harm, if not told apart. */
static void
test_change_to_winter_time (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *before = iw_form_time_write ("2026-10-25T00:30Z", zone);
  g_autofree char *after = iw_form_time_write ("2026-10-25T01:30Z", zone);
  g_autofree char *words = iw_form_time_describe ("2026-10-25T00:30Z", zone);

  g_assert_cmpstr (before, ==, "2026-10-25 02:30");
  g_assert_cmpstr (after, ==, before);
  /* The words say which one it is. */
  g_assert_nonnull (strstr (words, "UTC+02:00"));
}

static void
test_describe (void)
{
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autofree char *clock = iw_form_time_describe ("2026-11-02T05:05Z", tokyo);
  g_autofree char *day = iw_form_time_describe ("2026-11-02", tokyo);

  g_assert_cmpstr (clock, ==, "Monday 2 November 2026, 14:05 Asia/Tokyo (UTC+09:00)");
  g_assert_cmpstr (day, ==, "2 Nov 2026");
  g_assert_null (iw_form_time_describe ("", tokyo));
  g_assert_null (iw_form_time_describe ("soon", tokyo));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/form-time/read", test_read);
  g_test_add_func ("/form-time/write", test_write);
  g_test_add_func ("/form-time/change-to-winter-time", test_change_to_winter_time);
  g_test_add_func ("/form-time/describe", test_describe);
  return g_test_run ();
}
