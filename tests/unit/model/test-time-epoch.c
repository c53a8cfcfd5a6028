#include "iw-time.h"

typedef struct
{
  const char *text;
  gint64 us;
  IwPrecision precision;
} Case;

static const Case good[] = {
  { "0", 0, IW_PRECISION_SECOND },
  { "1", 1000000, IW_PRECISION_SECOND },
  { "-1", -1000000, IW_PRECISION_SECOND },
  { "123456789", G_GINT64_CONSTANT (123456789000000), IW_PRECISION_SECOND },
  { "1506279661", G_GINT64_CONSTANT (1506279661000000), IW_PRECISION_SECOND },
  { "-1506279661", G_GINT64_CONSTANT (-1506279661000000), IW_PRECISION_SECOND },
  { "1506279661.5", G_GINT64_CONSTANT (1506279661500000), IW_PRECISION_MILLISECOND },
  { "1506279661.123456", G_GINT64_CONSTANT (1506279661123456), IW_PRECISION_MICROSECOND },
  { "1506279661.1234569999999", G_GINT64_CONSTANT (1506279661123456), IW_PRECISION_MICROSECOND },
  { "-0.0000005", -1, IW_PRECISION_MICROSECOND },
  { "99999999999", G_GINT64_CONSTANT (99999999999000000), IW_PRECISION_SECOND },
  { "1506279661123", G_GINT64_CONSTANT (1506279661123000), IW_PRECISION_MILLISECOND },
  { "100000000000", G_GINT64_CONSTANT (100000000000000), IW_PRECISION_MILLISECOND },
  { "1506279661123.25", G_GINT64_CONSTANT (1506279661123250), IW_PRECISION_MICROSECOND },
  { "1506279661123456", G_GINT64_CONSTANT (1506279661123456), IW_PRECISION_MICROSECOND },
  { "1506279661123456789", G_GINT64_CONSTANT (1506279661123456), IW_PRECISION_MICROSECOND },
  { "-1506279661123456789", G_GINT64_CONSTANT (-1506279661123457), IW_PRECISION_MICROSECOND },
  { "0000001506279661", G_GINT64_CONSTANT (1506279661000000), IW_PRECISION_SECOND },
};

static const char *const bad[] = {
  "",
  "-",
  "+1506279661",
  ".5",
  "5.",
  "1.5.2",
  "1e9",
  "0x10",
  "1506279661 ",
  " 1506279661",
  "1506279661Z",
  "--1",
  "nan",
  "inf",
  "12345678901234567890",
  "99999999999999999999999999999999",
  "-99999999999", /* before the year 1 */
  "１５０６２７９６６１",
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      IwTime time = IW_TIME_NONE;

      g_test_message ("%s", good[i].text);
      g_assert_true (iw_time_parse_epoch (good[i].text, &time));
      g_assert_cmpint (time.us, ==, good[i].us);
      g_assert_cmpint (time.precision, ==, good[i].precision);
    }
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      IwTime time = { 42, IW_PRECISION_HOUR };

      g_test_message ("“%s”", bad[i]);
      g_assert_false (iw_time_parse_epoch (bad[i], &time));
      g_assert_cmpint (time.us, ==, 42);
    }
}

/* The same instant in all four units. */
static void
test_units_agree (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int i = 0; i < 10000; i++)
    {
      gint64 seconds = g_rand_int_range (rand, 1000000000, 2000000000);
      int micro = g_rand_int_range (rand, 0, 1000000);
      char *text[] = {
        g_strdup_printf ("%" G_GINT64_FORMAT ".%06d", seconds, micro),
        g_strdup_printf ("%" G_GINT64_FORMAT "%03d.%03d", seconds, micro / 1000, micro % 1000),
        g_strdup_printf ("%" G_GINT64_FORMAT "%06d", seconds, micro),
        g_strdup_printf ("%" G_GINT64_FORMAT "%06d789", seconds, micro),
      };

      for (guint j = 0; j < G_N_ELEMENTS (text); j++)
        {
          IwTime time;

          g_assert_true (iw_time_parse_epoch (text[j], &time));
          g_assert_cmpint (time.us, ==, seconds * IW_USEC_PER_SEC + micro);
          g_free (text[j]);
        }
    }
}

static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  static const char alphabet[] = "0123456789.-e \xff";

  for (int i = 0; i < 100000; i++)
    {
      char text[33];
      int length = g_rand_int_range (rand, 0, sizeof text - 1);
      IwTime time;

      for (int j = 0; j < length; j++)
        text[j] = alphabet[g_rand_int_range (rand, 0, i % 2 ? 10 : sizeof alphabet - 1)];
      text[length] = '\0';
      if (iw_time_parse_epoch (text, &time))
        {
          g_assert_cmpint (time.us, >=, IW_TIME_MIN);
          g_assert_cmpint (time.us, <=, IW_TIME_MAX);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/time-epoch/good", test_good);
  g_test_add_func ("/time-epoch/bad", test_bad);
  g_test_add_func ("/time-epoch/units-agree", test_units_agree);
  g_test_add_func ("/time-epoch/noise", test_noise);
  return g_test_run ();
}
