#include "iw-order.h"

#include <string.h>

static void
assert_between (const char *before, const char *after, const char *salt)
{
  g_autofree char *key = iw_order_between (before, after, salt);

  g_assert_nonnull (key);
  g_assert_true (iw_order_is_key (key));
  if (before != NULL)
    g_assert_cmpstr (before, <, key);
  if (after != NULL && *after != '\0')
    g_assert_cmpstr (key, <, after);
}

static void
test_between (void)
{
  assert_between (NULL, NULL, NULL);
  assert_between ("", "", "x");
  assert_between ("i", NULL, NULL);
  assert_between (NULL, "1", "a");
  assert_between (NULL, "01", NULL);
  assert_between ("1", "2", "a");
  assert_between ("1z", "2", "a");
  assert_between ("1zzzz", "2", NULL);
  assert_between ("1", "11", "b");
  assert_between ("1", "101", "b");
  assert_between ("zz", NULL, "c");
  assert_between ("a", "a1", "c");
}

static void
test_no_room (void)
{
  g_assert_null (iw_order_between ("b", "a", NULL));
  g_assert_null (iw_order_between ("a", "a", NULL));
  g_assert_null (iw_order_between ("A", NULL, NULL));
  g_assert_null (iw_order_between (NULL, "a0", NULL));
  g_assert_null (iw_order_between ("ü", "z", NULL));
  g_assert_false (iw_order_is_key (""));
  g_assert_false (iw_order_is_key ("a b"));
  g_assert_true (iw_order_is_key ("0i"));
}

/* Any two neighbours have room, however often one goes in between. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  gsize longest = 0;

  for (guint i = 0; i < 2000; i++)
    {
      guint at = g_rand_int_range (random, 0, keys->len + 1);
      const char *before = at > 0 ? keys->pdata[at - 1] : NULL;
      const char *after = at < keys->len ? keys->pdata[at] : NULL;
      g_autofree char *salt = g_strdup_printf ("%u", i);
      char *key = iw_order_between (before, after, i % 2 ? salt : NULL);

      g_assert_nonnull (key);
      longest = MAX (longest, strlen (key));
      g_ptr_array_insert (keys, at, key);
    }
  for (guint i = 1; i < keys->len; i++)
    g_assert_cmpstr (keys->pdata[i - 1], <, keys->pdata[i]);
  g_assert_cmpuint (longest, <, 60);
}

/* Two who put something into the same gap get different keys. */
static void
test_salt (void)
{
  g_autofree char *a = iw_order_between ("1", "2", "one");
  g_autofree char *b = iw_order_between ("1", "2", "two");

  g_assert_cmpstr (a, !=, b);
  assert_between (MIN (a, b) == a && strcmp (a, b) < 0 ? a : b, strcmp (a, b) < 0 ? b : a, NULL);
}

static guint
move (const char **orders, const char **names, guint n, guint from, guint to)
{
  char **keys = iw_order_move (orders, n, from, to, "salt");
  guint written = 0;

  for (guint i = 0; i < n; i++)
    if (keys[i] != NULL)
      {
        orders[i] = g_intern_string (keys[i]);
        written++;
      }
  iw_order_keys_free (keys, n);
  /* sorts as it would be read again */
  for (guint i = 1; i < n; i++)
    for (guint j = i; j > 0 && strcmp (orders[j - 1], orders[j]) > 0; j--)
      {
        const char *order = orders[j], *name = names[j];

        orders[j] = orders[j - 1], names[j] = names[j - 1];
        orders[j - 1] = order, names[j - 1] = name;
      }
  return written;
}

static void
assert_names (const char **names, const char *expected)
{
  g_autofree char *joined = g_strjoinv ("", (char **)names);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_move (void)
{
  const char *orders[] = { "2", "4", "6", "8", NULL };
  const char *names[] = { "a", "b", "c", "d", NULL };

  g_assert_cmpuint (move (orders, names, 4, 0, 3), ==, 1);
  assert_names (names, "bcda");
  g_assert_cmpuint (move (orders, names, 4, 3, 0), ==, 1);
  assert_names (names, "abcd");
  g_assert_cmpuint (move (orders, names, 4, 2, 1), ==, 1);
  assert_names (names, "acbd");
  g_assert_cmpuint (move (orders, names, 4, 1, 2), ==, 1);
  assert_names (names, "abcd");
  g_assert_cmpuint (move (orders, names, 4, 1, 1), ==, 0);
}

/* Things that were never moved have no keys, or two the same. */
static void
test_move_without_keys (void)
{
  const char *orders[] = { "", "", "", NULL };
  const char *names[] = { "a", "b", "c", NULL };
  const char *equal[] = { "i", "i", "k", NULL };
  const char *equal_names[] = { "a", "b", "c", NULL };

  g_assert_cmpuint (move (orders, names, 3, 2, 0), ==, 3);
  assert_names (names, "cab");
  g_assert_cmpuint (move (orders, names, 3, 0, 1), ==, 1);
  assert_names (names, "acb");
  g_assert_cmpuint (move (equal, equal_names, 3, 2, 1), ==, 3);
  assert_names (equal_names, "acb");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/order/between", test_between);
  g_test_add_func ("/order/no-room", test_no_room);
  g_test_add_func ("/order/random", test_random);
  g_test_add_func ("/order/salt", test_salt);
  g_test_add_func ("/order/move", test_move);
  g_test_add_func ("/order/move-without-keys", test_move_without_keys);
  return g_test_run ();
}
