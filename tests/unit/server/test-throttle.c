#include "iw-throttle.h"

#define SECOND ((gint64)G_USEC_PER_SEC)

static void
fail_often (IwThrottle *throttle, const char *name, const char *address, guint n)
{
  for (guint i = 0; i < n; i++)
    iw_throttle_failed (throttle, name, address);
}

typedef struct
{
  gint64 now;
  IwContext context;
  IwThrottle *throttle;
} Fixture;

static gint64
get_now (gpointer data)
{
  return *(gint64 *)data;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->now = 1000 * SECOND;
  fixture->context = *iw_context_system ();
  fixture->context.now = get_now;
  fixture->context.data = &fixture->now;
  fixture->throttle = iw_throttle_new (&fixture->context, 100);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  iw_throttle_free (fixture->throttle);
}

static void
test_a_few_are_free (Fixture *fixture, gconstpointer data)
{
  fail_often (fixture->throttle, "hana", "192.0.2.1", 4);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "192.0.2.1"), ==, 0);
  fail_often (fixture->throttle, "hana", "192.0.2.1", 1);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "192.0.2.1"), ==, 1);
}

static void
test_waits_grow_and_end (Fixture *fixture, gconstpointer data)
{
  fail_often (fixture->throttle, "hana", "192.0.2.1", 8);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "192.0.2.1"), ==, 8);
  fixture->now += 8 * SECOND;
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "192.0.2.1"), ==, 0);
  fail_often (fixture->throttle, "hana", "192.0.2.1", 11);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "192.0.2.1"), ==, 60);
  fixture->now += 3601 * SECOND;
  fail_often (fixture->throttle, "hana", "192.0.2.1", 1);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "192.0.2.1"), ==, 0);
}

static void
test_success_starts_anew (Fixture *fixture, gconstpointer data)
{
  fail_often (fixture->throttle, "hana", "192.0.2.1", 7);
  iw_throttle_succeeded (fixture->throttle, "hana", "192.0.2.1");
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "192.0.2.1"), ==, 0);
}

/* Whoever guesses from elsewhere does not lock the owner out. */
static void
test_the_owner_is_hardly_slowed (Fixture *fixture, gconstpointer data)
{
  fail_often (fixture->throttle, "hana", "192.0.2.1", 40);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "192.0.2.1"), ==, 60);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "198.51.100.7"), ==, 0);
  fail_often (fixture->throttle, "hana", "192.0.2.1", 400);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "198.51.100.7"), <=, 5);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "hana", "198.51.100.7"), >, 0);
}

/* One address that tries many accounts, and one that tries tokens. */
static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *name = g_strdup_printf ("account-%u", i);

      iw_throttle_failed (fixture->throttle, name, "192.0.2.1");
    }
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "another", "192.0.2.1"), >, 0);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, NULL, "192.0.2.1"), >, 0);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, "another", "192.0.2.2"), ==, 0);
}

static void
test_ipv6_networks (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *address = g_strdup_printf ("2001:db8:1:2::%x", i);

      iw_throttle_failed (fixture->throttle, NULL, address);
    }
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, NULL, "2001:db8:1:2:ffff::1"), >, 0);
  g_assert_cmpuint (iw_throttle_wait (fixture->throttle, NULL, "2001:db8:1:3::1"), ==, 0);
}

static void
test_memory_is_bounded (Fixture *fixture, gconstpointer data)
{
  fail_often (fixture->throttle, "hana", "192.0.2.1", 9);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *name = g_strdup_printf ("account-%u", i);
      g_autofree char *address = g_strdup_printf ("10.0.%u.%u", i / 256, i % 256);

      fixture->now += 1000;
      iw_throttle_failed (fixture->throttle, name, address);
      g_assert_cmpuint (iw_throttle_size (fixture->throttle), <=, 100);
    }
}

#define ADD(name) g_test_add ("/throttle/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD (a_few_are_free);
  ADD (waits_grow_and_end);
  ADD (success_starts_anew);
  ADD (the_owner_is_hardly_slowed);
  ADD (addresses);
  ADD (ipv6_networks);
  ADD (memory_is_bounded);
  return g_test_run ();
}
