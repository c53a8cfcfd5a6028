/* test-duration.c: how long something may take, read and written */
#include "iw-duration.h"

static void
assert_parse (const char *text, gint64 expected)
{
  gint64 minutes = -1;

  g_test_message ("“%s”", text);
  g_assert_cmpint (iw_duration_parse (text, &minutes), ==, expected >= 0);
  g_assert_cmpint (minutes, ==, expected);
}

static void
test_parse (void)
{
  assert_parse ("45 min", 45);
  assert_parse (" 45min ", 45);
  assert_parse ("72 h", 72 * 60);
  assert_parse ("72", 72 * 60);
  assert_parse ("3 d", 3 * 24 * 60);
  assert_parse ("2 weeks", 14 * 24 * 60);
  assert_parse ("1 h 30 min", 90);
  assert_parse ("1.5 h", 90);
  assert_parse ("half an hour", 30);
  assert_parse ("90 s", 1);
  assert_parse ("30 s", -1);
  assert_parse ("0", -1);
  assert_parse ("-1", -1);
  assert_parse ("", -1);
  assert_parse ("soon", -1);
  assert_parse ("3 d ago", -1);
  assert_parse ("72 h!", -1);
  assert_parse ("10 years", -1);
  assert_parse ("1000 weeks", -1);
  assert_parse ("99999999999999999999", -1);
  assert_parse ("9999999 weeks 9999999 weeks 9999999 weeks 9999999 weeks", -1);
  g_assert_false (iw_duration_parse (NULL, &(gint64){ 0 }));
}

static void
test_stored (void)
{
  gint64 minutes = 0;

  g_assert_true (iw_duration_parse_stored ("4320", &minutes));
  g_assert_cmpint (minutes, ==, 4320);
  g_assert_false (iw_duration_parse_stored ("0", &minutes));
  g_assert_false (iw_duration_parse_stored ("72 h", &minutes));
  g_assert_false (iw_duration_parse_stored ("+5", &minutes));
  g_assert_false (iw_duration_parse_stored (" 5", &minutes));
  g_assert_false (iw_duration_parse_stored ("9999999999", &minutes));
  g_assert_false (iw_duration_parse_stored (NULL, &minutes));
  g_assert_cmpint (minutes, ==, 4320);
}

static void
assert_format (gint64 minutes, const char *expected)
{
  g_autofree char *text = iw_duration_format (minutes);
  gint64 again = 0;

  g_assert_cmpstr (text, ==, expected);
  g_assert_true (iw_duration_parse (text, &again));
  g_assert_cmpint (again, ==, minutes);
}

static void
test_format (void)
{
  assert_format (45, "45 min");
  assert_format (60, "1 h");
  assert_format (90, "1 h 30 min");
  assert_format (72 * 60, "72 h");
  assert_format (4 * 24 * 60, "4 d");
  assert_format (4 * 24 * 60 + 60, "97 h");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/duration/parse", test_parse);
  g_test_add_func ("/duration/stored", test_stored);
  g_test_add_func ("/duration/format", test_format);
  return g_test_run ();
}
