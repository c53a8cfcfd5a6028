/* fuzz-time-cell.c: times made of pieces of times: what is read lies in range and reads again the
 * same */
#include "iw-time-cell.h"
#include "iw-zone.h"
#include "mutate.h"

static const char *const pieces[] = {
  "2026",
  "-",
  "/",
  ".",
  "11",
  "02",
  "31",
  "29",
  "1",
  "0",
  "T",
  " ",
  ":",
  "03:04:05",
  ",",
  "Z",
  "+01:00",
  "-0530",
  "+",
  "UTC",
  "CEST",
  "Nov",
  "November",
  "Mon",
  "am",
  "PM",
  "12",
  "24:00:00",
  "23:59:60",
  "00",
  "1723474994349345",
  "99999999999999",
  "123456789",
  ".5",
  "é",
  "\t",
  "000",
  "9999",
  "10000",
  "e9",
  "0x",
  "Europe/Berlin",
  "20261102",
  "T030405",
  "February",
  "may",
  "(",
  ")",
  "\n",
};

static void
check (const char *text, GTimeZone *zone, gboolean day_first)
{
  IwTime time, again;
  g_autofree char *written = NULL;
  IwTimeCell cell = iw_time_cell_parse (text, zone, day_first, &time);

  iw_time_cell_day_order (text);
  if (cell != IW_TIME_CELL_OK)
    return;
  g_assert_cmpint (time.us, >=, IW_TIME_MIN);
  g_assert_cmpint (time.us, <=, IW_TIME_MAX);
  written = iw_time_to_rfc3339 (time);
  g_assert_cmpint (iw_time_cell_parse (written, NULL, FALSE, &again), ==, IW_TIME_CELL_OK);
  /* Zones of old had seconds in their offsets, which a minute does not tell. */
  if (time.precision >= IW_PRECISION_SECOND)
    g_assert_cmpint (again.us, ==, time.us);
}

static void
fuzz (void)
{
  Mutator mutator;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  guint n = 0;

  mutator_init (&mutator);
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GTimeZone) named = NULL;
      guint length = 1 + mutator_below (&mutator, 12);

      for (guint i = 0; i < length; i++)
        g_string_append (text, pieces[mutator_below (&mutator, G_N_ELEMENTS (pieces))]);
      check (text->str, NULL, FALSE);
      check (text->str, zone, mutator_below (&mutator, 2));
      named = iw_zone_lookup (text->str);
    }
  g_test_message ("%u inputs", n);
  mutator_clear (&mutator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/time-cell", fuzz);
  return g_test_run ();
}
