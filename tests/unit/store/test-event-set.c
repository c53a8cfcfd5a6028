#include "iw-event-set.h"

static void
test_empty (void)
{
  g_autoptr (IwEventSet) none = iw_event_set_seal (iw_event_set_new (0, TRUE));
  g_autoptr (IwEventSet) empty = iw_event_set_seal (iw_event_set_new (1000, FALSE));

  g_assert_cmpint (iw_event_set_count (none), ==, 0);
  g_assert_cmpint (iw_event_set_select (none, 0), ==, 0);
  g_assert_cmpint (iw_event_set_rank (none, 1), ==, 0);
  g_assert_cmpint (iw_event_set_count (empty), ==, 0);
  g_assert_cmpint (iw_event_set_select (empty, 0), ==, 0);
  g_assert_cmpint (iw_event_set_rank (empty, 1001), ==, 0);
  g_assert_false (iw_event_set_contains (empty, 1));
}

static void
test_full (void)
{
  static const gint64 sizes[] = { 1, 63, 64, 65, 511, 512, 513, 4096 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (IwEventSet) set = iw_event_set_seal (iw_event_set_new (sizes[i], TRUE));

      g_assert_cmpint (iw_event_set_count (set), ==, sizes[i]);
      g_assert_cmpint (iw_event_set_select (set, sizes[i] - 1), ==, sizes[i]);
      g_assert_cmpint (iw_event_set_select (set, sizes[i]), ==, 0);
      g_assert_cmpint (iw_event_set_rank (set, sizes[i] + 1), ==, sizes[i]);
      g_assert_true (iw_event_set_contains (set, sizes[i]));
      g_assert_false (iw_event_set_contains (set, sizes[i] + 1));
    }
}

static void
test_outside (void)
{
  g_autoptr (IwEventSet) set = iw_event_set_new (10, FALSE);

  iw_event_set_add (set, 0);
  iw_event_set_add (set, -5);
  iw_event_set_add (set, 11);
  iw_event_set_add (set, G_MAXINT64);
  iw_event_set_remove (set, G_MININT64 + 1);
  iw_event_set_seal (set);
  g_assert_cmpint (iw_event_set_count (set), ==, 0);
  g_assert_false (iw_event_set_contains (set, 0));
  g_assert_cmpint (iw_event_set_select (set, -1), ==, 0);
  g_assert_cmpint (iw_event_set_rank (set, G_MININT64 + 1), ==, 0);
  g_assert_cmpint (iw_event_set_rank (set, G_MAXINT64), ==, 0);
}

/* Random sets of every density against an array of booleans. */
static void
test_random (void)
{
  for (guint round = 0; round < 60; round++)
    {
      gint64 n = g_test_rand_int_range (1, 5000);
      int percent = (int[]){ 1, 10, 50, 99 }[round % 4];
      g_autofree gboolean *in = g_new0 (gboolean, n + 2);
      g_autoptr (IwEventSet) set = iw_event_set_new (n, round % 2);
      gint64 seen = 0;

      for (gint64 rank = 1; rank <= n; rank++)
        {
          in[rank] = g_test_rand_int_range (0, 100) < percent;
          if (in[rank])
            iw_event_set_add (set, rank);
          else
            iw_event_set_remove (set, rank);
        }
      iw_event_set_seal (set);
      g_assert_cmpint (iw_event_set_get_n (set), ==, n);
      for (gint64 rank = 1; rank <= n + 1; rank++)
        {
          g_assert_cmpint (iw_event_set_rank (set, rank), ==, seen);
          g_assert_cmpint (iw_event_set_contains (set, rank), ==, in[rank]);
          if (in[rank])
            g_assert_cmpint (iw_event_set_select (set, seen++), ==, rank);
        }
      g_assert_cmpint (iw_event_set_count (set), ==, seen);
    }
}

static void
test_intersect (void)
{
  g_autoptr (IwEventSet) a = iw_event_set_new (1000, FALSE), b = iw_event_set_new (1000, FALSE),
                         both = NULL;

  for (gint64 rank = 1; rank <= 1000; rank++)
    {
      if (rank % 2 == 0)
        iw_event_set_add (a, rank);
      if (rank % 3 == 0)
        iw_event_set_add (b, rank);
    }
  both = iw_event_set_intersect (iw_event_set_seal (a), iw_event_set_seal (b));
  g_assert_cmpint (iw_event_set_count (both), ==, 166);
  for (gint64 k = 0; k < 166; k++)
    g_assert_cmpint (iw_event_set_select (both, k), ==, (k + 1) * 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/event-set/empty", test_empty);
  g_test_add_func ("/event-set/full", test_full);
  g_test_add_func ("/event-set/outside", test_outside);
  g_test_add_func ("/event-set/random", test_random);
  g_test_add_func ("/event-set/intersect", test_intersect);
  return g_test_run ();
}
