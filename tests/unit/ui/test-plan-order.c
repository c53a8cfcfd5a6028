#include "iw-plan-order.h"

#include <string.h>

#include "iw-situation.h"

#define INCIDENT "01890a5d-ac96-774b-bcce-b302099a8057"

static GPtrArray *tasks; /* (element-type IwDocument) */

static void
add_task (const char *name, const char *phase, gboolean emergency, const char *order)
{
  g_autofree char *docid = g_strdup_printf ("%s:task-%s", INCIDENT, name);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "type", "task");
  json_object_set_string_member (body, "title", name);
  json_object_set_string_member (body, "phase", phase);
  if (emergency)
    json_object_set_string_member (body, "emergency", "true");
  if (*order != '\0')
    json_object_set_string_member (body, "order", order);
  g_ptr_array_add (tasks, iw_document_new_take (docid, "1-a", body));
}

static char *
id_of (const char *name)
{
  return g_strdup_printf ("%s:task-%s", INCIDENT, name);
}

/* Sorted by the situation, as a page gets it. */
static GPtrArray *
get_plan (IwSituation **situation)
{
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (documents, iw_document_ref (tasks->pdata[i]));
  *situation = iw_situation_new (INCIDENT, none, documents, none, 0);
  return iw_situation_get_plan (*situation);
}

/* Writes @documents, as the store would; how many there were. */
static guint
write_all (GPtrArray *documents)
{
  for (guint i = 0; i < documents->len; i++)
    for (guint j = 0; j < tasks->len; j++)
      if (g_str_equal (iw_document_get_id (tasks->pdata[j]),
                       iw_document_get_id (documents->pdata[i])))
        {
          iw_document_unref (tasks->pdata[j]);
          tasks->pdata[j] = iw_document_ref (documents->pdata[i]);
        }
  return documents->len;
}

static void
assert_order (const char *expected)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) plan = get_plan (&situation);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < plan->len; i++)
    g_string_append (names, iw_document_get_name (plan->pdata[i]));
  g_assert_cmpstr (names->str, ==, expected);
}

static guint
move (const char *name, const char *phase, const char *target)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) plan = get_plan (&situation);
  g_autofree char *docid = id_of (name);
  g_autofree char *at = target != NULL ? id_of (target) : NULL;
  g_autoptr (GPtrArray) documents = iw_plan_move (plan, docid, phase, at);

  return write_all (documents);
}

static guint
step (const char *name, int by)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) plan = get_plan (&situation);
  g_autofree char *docid = id_of (name);
  g_autoptr (GPtrArray) documents = iw_plan_step (plan, docid, by);

  return write_all (documents);
}

static void
begin (void)
{
  g_clear_pointer (&tasks, g_ptr_array_unref);
  tasks = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
}

static void
test_step (void)
{
  begin ();
  add_task ("a", "containment", FALSE, "2");
  add_task ("b", "containment", FALSE, "4");
  add_task ("c", "containment", FALSE, "6");
  g_assert_cmpuint (step ("c", -1), ==, 1);
  assert_order ("acb");
  g_assert_cmpuint (step ("a", 1), ==, 1);
  assert_order ("cab");
  g_assert_cmpuint (step ("c", -1), ==, 0);
  g_assert_cmpuint (step ("b", 1), ==, 0);
  g_assert_cmpuint (step ("unknown", 1), ==, 0);
  assert_order ("cab");
}

static void
test_move (void)
{
  begin ();
  add_task ("a", "containment", FALSE, "2");
  add_task ("b", "containment", FALSE, "4");
  add_task ("c", "containment", FALSE, "6");
  add_task ("d", "containment", FALSE, "8");
  /* It takes the place of what it is dropped on, from both sides. */
  g_assert_cmpuint (move ("a", "containment", "c"), ==, 1);
  assert_order ("bcad");
  g_assert_cmpuint (move ("d", "containment", "b"), ==, 1);
  assert_order ("dbca");
  g_assert_cmpuint (move ("d", "containment", NULL), ==, 1);
  assert_order ("bcad");
  g_assert_cmpuint (move ("d", "containment", "d"), ==, 0);
  g_assert_cmpuint (move ("d", "containment", NULL), ==, 0);
  assert_order ("bcad");
}

static void
test_other_phase (void)
{
  begin ();
  add_task ("a", "containment", FALSE, "2");
  add_task ("b", "recovery", FALSE, "4");
  add_task ("c", "recovery", FALSE, "6");
  g_assert_cmpuint (move ("a", "recovery", "c"), ==, 1);
  assert_order ("bac");
  g_assert_cmpuint (move ("b", "eradication", NULL), ==, 1);
  assert_order ("bac");
  g_assert_cmpuint (move ("c", "containment", NULL), ==, 1);
  assert_order ("cba");
}

/* Emergency comes first, wherever things are dropped. */
static void
test_emergency (void)
{
  begin ();
  add_task ("e", "containment", TRUE, "5");
  add_task ("f", "containment", TRUE, "7");
  add_task ("a", "containment", FALSE, "2");
  add_task ("b", "containment", FALSE, "4");
  move ("b", "containment", "e");
  assert_order ("efba");
  move ("e", "containment", "a");
  assert_order ("feba");
  g_assert_cmpuint (step ("b", -1), ==, 0);
}

/* Tasks that were made elsewhere have no keys: they get some at the first move. */
static void
test_without_keys (void)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autofree char *end = NULL;

  begin ();
  add_task ("a", "containment", FALSE, "");
  add_task ("b", "containment", FALSE, "");
  add_task ("c", "containment", FALSE, "");
  g_assert_cmpuint (step ("c", -1), ==, 3);
  assert_order ("acb");
  g_assert_cmpuint (step ("c", -1), ==, 1);
  assert_order ("cab");
  plan = get_plan (&situation);
  end = iw_plan_order_at_end (plan, "containment", "x");
  add_task ("d", "containment", FALSE, end);
  assert_order ("cabd");
}

/* However often and wherever: the order is the one that was asked for. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (17);
  char expected[9] = "abcdefgh";

  begin ();
  for (const char *c = expected; *c != '\0'; c++)
    {
      char name[2] = { *c, '\0' };

      add_task (name, "recovery", FALSE, "");
    }
  for (guint i = 0; i < 300; i++)
    {
      int from = g_rand_int_range (random, 0, 8), to = g_rand_int_range (random, 0, 8);
      char name[2] = { expected[from], '\0' }, target[2] = { expected[to], '\0' };

      move (name, "recovery", target);
      if (from < to)
        memmove (expected + from, expected + from + 1, (gsize)(to - from));
      else
        memmove (expected + to + 1, expected + to, (gsize)(from - to));
      expected[to] = *name;
      assert_order (expected);
    }
  g_clear_pointer (&tasks, g_ptr_array_unref);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/plan-order/step", test_step);
  g_test_add_func ("/plan-order/move", test_move);
  g_test_add_func ("/plan-order/other-phase", test_other_phase);
  g_test_add_func ("/plan-order/emergency", test_emergency);
  g_test_add_func ("/plan-order/without-keys", test_without_keys);
  g_test_add_func ("/plan-order/random", test_random);
  return g_test_run ();
}
