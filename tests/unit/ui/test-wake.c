#include "iw-wake.h"

typedef struct
{
  gint64 now; /* of a clock that the test moves */
  guint n;
  gint64 called; /* by the system's clock */
} Probe;

static gint64
probe_now (gpointer data)
{
  return ((Probe *)data)->now;
}

static void
on_wake (gpointer data)
{
  Probe *probe = data;

  probe->n++;
  probe->called = g_get_real_time ();
}

static gboolean
on_over (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop for that long. */
static void
run_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_instant (void)
{
  Probe probe = { 0 };
  g_autoptr (IwWake) wake = iw_wake_new (NULL, on_wake, &probe);
  gint64 instant = g_get_real_time () + 60 * 1000;

  iw_wake_at (wake, instant);
  g_assert_cmpint (iw_wake_get_instant (wake), ==, instant);
  run_ms (20);
  g_assert_cmpuint (probe.n, ==, 0);
  run_ms (400);
  g_assert_cmpuint (probe.n, ==, 1);
  g_assert_cmpint (probe.called, >=, instant);
  g_assert_cmpint (iw_wake_get_instant (wake), ==, 0);
  /* Once is once. */
  run_ms (50);
  g_assert_cmpuint (probe.n, ==, 1);
}

static void
test_past (void)
{
  Probe probe = { 0 };
  g_autoptr (IwWake) wake = iw_wake_new (NULL, on_wake, &probe);

  iw_wake_at (wake, 1);
  g_assert_cmpuint (probe.n, ==, 0);
  run_ms (100);
  g_assert_cmpuint (probe.n, ==, 1);
}

static void
test_disarm (void)
{
  Probe probe = { 0 };
  g_autoptr (IwWake) wake = iw_wake_new (NULL, on_wake, &probe);

  iw_wake_at (wake, g_get_real_time () + 30 * 1000);
  iw_wake_at (wake, 0);
  run_ms (100);
  g_assert_cmpuint (probe.n, ==, 0);
  /* The last instant counts, also a later one. */
  iw_wake_at (wake, g_get_real_time () + 20 * 1000);
  iw_wake_at (wake, g_get_real_time () + (gint64)G_USEC_PER_SEC * 3600);
  run_ms (100);
  g_assert_cmpuint (probe.n, ==, 0);
}

/* An instant is in the context's time, not in the system's. */
static void
test_other_clock (void)
{
  Probe probe = { .now = (gint64)G_USEC_PER_SEC * 1000 };
  IwContext context = { .now = probe_now, .data = &probe };
  g_autoptr (IwWake) wake = iw_wake_new (&context, on_wake, &probe);

  iw_wake_at (wake, probe.now + 40 * 1000);
  run_ms (20);
  g_assert_cmpuint (probe.n, ==, 0);
  probe.now += 50 * 1000;
  run_ms (300);
  g_assert_cmpuint (probe.n, ==, 1);
}

/* The timer comes, and by the clock it is too early: it waits on. */
static void
test_clock_stands (void)
{
  Probe probe = { .now = (gint64)G_USEC_PER_SEC * 1000 };
  IwContext context = { .now = probe_now, .data = &probe };
  g_autoptr (IwWake) wake = iw_wake_new (&context, on_wake, &probe);

  iw_wake_at (wake, probe.now + 10 * 1000);
  run_ms (100);
  g_assert_cmpuint (probe.n, ==, 0);
  g_assert_cmpint (iw_wake_get_instant (wake), !=, 0);
}

static void
test_clock_was_set (void)
{
  Probe probe = { .now = (gint64)G_USEC_PER_SEC * 1000 };
  IwContext context = { .now = probe_now, .data = &probe };
  g_autoptr (IwWake) wake = iw_wake_new (&context, on_wake, &probe);
  gint64 hour = 3600 * (gint64)G_USEC_PER_SEC;

  /* Past the instant: the call is the one that was asked for. */
  iw_wake_at (wake, probe.now + hour);
  probe.now += 2 * hour;
  iw_wake_clock_was_set (wake);
  g_assert_cmpuint (probe.n, ==, 1);
  g_assert_cmpint (iw_wake_get_instant (wake), ==, 0);

  /* Back: told at once, and the instant still comes. */
  iw_wake_at (wake, probe.now + hour);
  probe.now -= 5 * hour;
  iw_wake_clock_was_set (wake);
  g_assert_cmpuint (probe.n, ==, 2);
  g_assert_cmpint (iw_wake_get_instant (wake), ==, probe.now + 6 * hour);
  probe.now += 6 * hour;
  iw_wake_at (wake, iw_wake_get_instant (wake));
  run_ms (100);
  g_assert_cmpuint (probe.n, ==, 3);

  /* Also with nothing to wait for: words about the present are old now. */
  iw_wake_clock_was_set (wake);
  g_assert_cmpuint (probe.n, ==, 4);
}

/* The function may ask for the next instant. */
typedef struct
{
  IwWake *wake;
  guint n;
} Chain;

static void
on_link (gpointer data)
{
  Chain *chain = data;

  if (++chain->n < 3)
    iw_wake_at (chain->wake, g_get_real_time () + 1000);
}

static void
test_chain (void)
{
  Chain chain = { 0 };
  g_autoptr (IwWake) wake = iw_wake_new (NULL, on_link, &chain);

  chain.wake = wake;
  iw_wake_at (wake, g_get_real_time () + 1000);
  run_ms (300);
  g_assert_cmpuint (chain.n, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wake/instant", test_instant);
  g_test_add_func ("/wake/past", test_past);
  g_test_add_func ("/wake/disarm", test_disarm);
  g_test_add_func ("/wake/other-clock", test_other_clock);
  g_test_add_func ("/wake/clock-stands", test_clock_stands);
  g_test_add_func ("/wake/clock-was-set", test_clock_was_set);
  g_test_add_func ("/wake/chain", test_chain);
  return g_test_run ();
}
