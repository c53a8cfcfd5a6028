/* Decisions: their order, which count, and why the others do not. */
#include "decision-fixture.h"

static const char *
problem_of (IwDecisions *decisions, IwEntry *entry)
{
  int index = iw_decisions_index_of (decisions, id_of (entry));

  g_assert_cmpint (index, >=, 0);
  return iw_decisions_get_problem (decisions, index);
}

#define assert_counts(decisions, entry) g_assert_cmpstr (problem_of (decisions, entry), ==, NULL)
#define assert_problem(decisions, entry, text)                                                     \
  g_assert_cmpstr (problem_of (decisions, entry), ==, text)

static void
test_nothing (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) none = iw_decisions_new (NULL);
  g_autoptr (IwDecisions) empty = NULL;
  guint index = 0;

  put (entries, 1, iw_entry_new (INCIDENT, IW_ENTRY_OBSERVATION, "seen"));
  put (entries, 1, iw_entry_new (INCIDENT, IW_ENTRY_DECISION, "agreed"));
  empty = iw_decisions_new (entries);
  g_assert_cmpuint (iw_decisions_get_n (none), ==, 0);
  g_assert_cmpuint (iw_decisions_get_n (empty), ==, 0);
  g_assert_null (iw_decisions_next (empty, &index, IW_ENTRY_UNKNOWN, NULL));
  g_assert_null (iw_decisions_last (empty, IW_ENTRY_STAGE, NULL));
  g_assert_null (iw_decisions_find (empty, "x"));
  g_assert_null (iw_decisions_find (empty, NULL));
}

static void
test_order (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *late = put_severity (entries, 20, "high");
  IwEntry *second = put_severity (entries, 10, "low");
  IwEntry *first = put_severity (entries, 10, "medium");
  IwEntry *third = put_severity (entries, 10, "critical");

  iw_entry_set_recorded (second, at_minute (12));
  iw_entry_set_recorded (third, at_minute (12));
  decisions = iw_decisions_new (entries);
  g_assert_cmpuint (iw_decisions_get_n (decisions), ==, 4);
  g_assert_true (iw_decisions_get (decisions, 0) == first);
  g_assert_true (iw_decisions_get (decisions, 1) == second);
  g_assert_true (iw_decisions_get (decisions, 2) == third);
  g_assert_true (iw_decisions_get (decisions, 3) == late);
  g_assert_cmpint (iw_decisions_get_time (decisions, 1), ==, minute (10));
  g_assert_true (iw_decisions_last (decisions, IW_ENTRY_SEVERITY, NULL) == late);
}

/* Without a time of its own a decision counts from when it was discovered, recorded, else made. */
static void
test_time (void)
{
  g_autoptr (Entries) entries = entries_new ();
  IwEntry *entry = put_severity (entries, 10, "low");

  iw_entry_set_discovered (entry, at_minute (11));
  iw_entry_set_recorded (entry, at_minute (12));
  iw_entry_set_field (entry, "created_at", "2026-11-03T09:13:00Z");
  g_assert_cmpint (iw_decision_time (entry), ==, minute (10));
  iw_entry_set_occurred (entry, IW_TIME_NONE);
  g_assert_cmpint (iw_decision_time (entry), ==, minute (11));
  iw_entry_set_discovered (entry, IW_TIME_NONE);
  g_assert_cmpint (iw_decision_time (entry), ==, minute (12));
  iw_entry_set_recorded (entry, IW_TIME_NONE);
  g_assert_cmpint (iw_decision_time (entry), ==, minute (13));
  iw_entry_set_field (entry, "created_at", "yesterday");
  g_assert_cmpint (iw_decision_time (entry), ==, 0);
}

static void
test_walk (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *draft = put_notice (entries, 1, "n1", "draft", NULL);
  IwEntry *other = put_notice (entries, 2, "n2", "draft", NULL);
  IwEntry *review = put_notice (entries, 3, "n1", "in-review", NULL);
  IwEntry *stage = put_stage (entries, 4, "assess");
  guint index = 0;

  decisions = iw_decisions_new (entries);
  g_assert_true (iw_decisions_next (decisions, &index, IW_ENTRY_NOTICE, "n1") == draft);
  g_assert_cmpuint (index - 1, ==, 0);
  g_assert_true (iw_decisions_next (decisions, &index, IW_ENTRY_NOTICE, "n1") == review);
  g_assert_cmpuint (index - 1, ==, 2);
  g_assert_null (iw_decisions_next (decisions, &index, IW_ENTRY_NOTICE, "n1"));
  g_assert_null (iw_decisions_next (decisions, &index, IW_ENTRY_NOTICE, "n1"));
  index = 1;
  g_assert_true (iw_decisions_next (decisions, &index, IW_ENTRY_UNKNOWN, NULL) == other);
  g_assert_true (iw_decisions_next (decisions, &index, IW_ENTRY_STAGE, NULL) == stage);
  g_assert_null (iw_decisions_next (decisions, &index, IW_ENTRY_STAGE, NULL));
  g_assert_true (iw_decisions_last (decisions, IW_ENTRY_NOTICE, "n1") == review);
  g_assert_true (iw_decisions_last (decisions, IW_ENTRY_UNKNOWN, "n2") == other);
  g_assert_null (iw_decisions_last (decisions, IW_ENTRY_STAGE, "n1"));
  g_assert_null (iw_decisions_last (decisions, IW_ENTRY_NOTICE, "n3"));
}

/* What rules forbid is kept and says why, also where an old version wrote it. */
static void
test_refused (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *good = put_classification (entries, 1, "security-incident");
  IwEntry *crsi = put (entries, 2, iw_entry_new (INCIDENT, IW_ENTRY_CLASSIFICATION, "CRSI"));
  IwEntry *closed = put (entries, 3, iw_entry_new (INCIDENT, IW_ENTRY_STAGE, "Closed"));
  IwEntry *deferred = put_notice (entries, 4, "n1", "deferred", NULL);
  IwEntry *expert = put_expert (entries, 5, "A. Sato", "");
  IwEntry *few = put_expert (entries, 6, "B. Berg", "");

  iw_entry_set_field (few, "holders", "a few");
  iw_entry_set_field (crsi, "to", "crsi");
  iw_entry_set_field (closed, "to", "closed");
  iw_entry_set_field (deferred, "legal", NULL);
  decisions = iw_decisions_new (entries);
  g_assert_cmpuint (iw_decisions_get_n (decisions), ==, 6);
  assert_counts (decisions, good);
  assert_counts (decisions, expert);
  assert_problem (decisions, few, "“a few” is not one of the choices of Holders.");
  g_assert_nonnull (problem_of (decisions, crsi));
  g_assert_nonnull (problem_of (decisions, closed));
  g_assert_nonnull (problem_of (decisions, deferred));
  g_assert_true (iw_decisions_last (decisions, IW_ENTRY_CLASSIFICATION, NULL) == good);
  g_assert_null (iw_decisions_last (decisions, IW_ENTRY_STAGE, NULL));
  g_assert_null (
      iw_decisions_get_withdrawal (decisions, iw_decisions_index_of (decisions, id_of (crsi))));
}

static void
test_withdrawn (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *low = put_severity (entries, 1, "low");
  IwEntry *high = put_severity (entries, 2, "high");
  IwEntry *undo = put_withdrawal (entries, 3, id_of (high));
  int index;

  decisions = iw_decisions_new (entries);
  index = iw_decisions_index_of (decisions, id_of (high));
  assert_problem (decisions, high, "Withdrawn by M. Ito: Undone");
  g_assert_true (iw_decisions_get_withdrawal (decisions, index) == undo);
  assert_counts (decisions, undo);
  g_assert_true (iw_decisions_last (decisions, IW_ENTRY_SEVERITY, NULL) == low);
}

/* Redo, and undo of that, as deep as anyone likes. */
static void
test_withdrawn_withdrawal (void)
{
  g_autoptr (Entries) entries = entries_new ();
  IwEntry *high = put_severity (entries, 1, "high");
  const char *subject = id_of (high);

  for (int depth = 1; depth <= 2000; depth++)
    {
      subject = id_of (put_withdrawal (entries, depth + 1, subject));
      if (depth <= 4 || depth == 2000)
        {
          g_autoptr (IwDecisions) decisions = iw_decisions_new (entries);

          g_assert_true ((problem_of (decisions, high) == NULL) == (depth % 2 == 0));
        }
    }
}

/* The machine that undid it had a clock that runs behind. */
static void
test_withdrawn_by_a_slow_clock (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *high = put_severity (entries, 10, "high");

  put_withdrawal (entries, 4, id_of (high));
  decisions = iw_decisions_new (entries);
  g_assert_nonnull (problem_of (decisions, high));
}

/* One that has no reason is no withdrawal, and one of something unknown does no harm. */
static void
test_void_withdrawals (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *high = put_severity (entries, 1, "high");
  IwEntry *silent = put_withdrawal (entries, 2, id_of (high));
  IwEntry *lost = put_withdrawal (entries, 3, "nothing");

  iw_entry_set_field (silent, "why", NULL);
  decisions = iw_decisions_new (entries);
  assert_counts (decisions, high);
  g_assert_nonnull (problem_of (decisions, silent));
  assert_counts (decisions, lost);
}

static IwEntry *
put_withdrawal_of (Entries *entries, gint64 n, IwEntry *subject, const char *of)
{
  IwEntry *entry = put_withdrawal (entries, n, id_of (subject));

  iw_entry_set_field (entry, "of", of);
  return entry;
}

/* Who may withdraw it was asked by what the withdrawal says that it is. */
static void
test_says_of_what (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  g_autofree char *of_crsi = NULL;
  g_autofree char *of_high = NULL;
  g_autofree char *of_good = NULL;
  g_autofree char *of_plain = NULL;
  IwEntry *high = put_severity (entries, 0, "high");
  IwEntry *crsi = put_declaration (entries, 1);
  IwEntry *wrong = put_withdrawal_of (entries, 2, crsi, "severity");
  IwEntry *good = put_withdrawal_of (entries, 3, high, "severity");
  IwEntry *back = put_withdrawal_of (entries, 4, good, "withdrawal");
  IwEntry *plain = put_withdrawal (entries, 5, "nothing");

  of_crsi = iw_withdrawal_of (crsi);
  g_assert_cmpstr (of_crsi, ==, "classification/crsi");
  of_high = iw_withdrawal_of (high);
  g_assert_cmpstr (of_high, ==, "severity");
  of_good = iw_withdrawal_of (good);
  g_assert_cmpstr (of_good, ==, "severity");
  of_plain = iw_withdrawal_of (plain);
  g_assert_cmpstr (of_plain, ==, "withdrawal");
  decisions = iw_decisions_new (entries);
  assert_problem (decisions, crsi, NULL);
  assert_problem (decisions, wrong, "It says that it withdraws a decision of another kind.");
  assert_problem (decisions, back, "It says that it withdraws a decision of another kind.");
  assert_problem (decisions, good, NULL);
  g_assert_true (iw_decisions_get_withdrawal (
                     decisions, iw_decisions_index_of (decisions, id_of (high))) == good);
}

/* Two withdraw it; one of these is withdrawn: the other holds. */
static void
test_two_withdrawals (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *high = put_severity (entries, 1, "high");
  IwEntry *first = put_withdrawal (entries, 2, id_of (high));
  IwEntry *second = put_withdrawal (entries, 3, id_of (high));

  put_withdrawal (entries, 4, id_of (second));
  decisions = iw_decisions_new (entries);
  g_assert_true (iw_decisions_get_withdrawal (
                     decisions, iw_decisions_index_of (decisions, id_of (high))) == first);
}

/* Of several the last in order is named, also where it was settled before the first. */
static void
test_named_withdrawal (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *high = put_severity (entries, 1, "high");
  IwEntry *first = put_withdrawal (entries, 2, id_of (high));
  IwEntry *second = put_withdrawal (entries, 3, id_of (high));
  IwEntry *undo = put_withdrawal (entries, 4, id_of (first));

  put_withdrawal (entries, 5, id_of (undo)); /* the first holds after all */
  decisions = iw_decisions_new (entries);
  assert_counts (decisions, first);
  g_assert_true (iw_decisions_get_withdrawal (
                     decisions, iw_decisions_index_of (decisions, id_of (high))) == second);
}

/* A hostile peer can make withdrawals that go in a circle. None of these counts. */
static void
test_circle (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *high = put_severity (entries, 1, "high");
  IwEntry *self = put_withdrawal (entries, 2, "x");
  IwEntry *a = put_withdrawal (entries, 3, "x");
  IwEntry *b = put_withdrawal (entries, 4, id_of (a));
  IwEntry *on_circle = put_withdrawal (entries, 5, "x");

  iw_entry_set_field (self, "subject", id_of (self));
  iw_entry_set_field (a, "subject", id_of (b));
  iw_entry_set_field (on_circle, "subject", id_of (high));
  decisions = iw_decisions_new (entries);
  assert_problem (decisions, self, "It withdraws itself, so it counts for nothing.");
  assert_problem (decisions, a,
                  "Withdrawals that withdraw each other in a circle count for nothing.");
  assert_problem (decisions, b,
                  "Withdrawals that withdraw each other in a circle count for nothing.");
  assert_counts (decisions, on_circle);
  g_assert_nonnull (problem_of (decisions, high));
}

/* One from outside breaks the circle: what is then not withdrawn counts. */
static void
test_broken_circle (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *a = put_withdrawal (entries, 1, "x");
  IwEntry *b = put_withdrawal (entries, 2, id_of (a));
  IwEntry *c = put_withdrawal (entries, 3, id_of (b));

  iw_entry_set_field (a, "subject", id_of (c));
  put_withdrawal (entries, 4, id_of (b));
  decisions = iw_decisions_new (entries);
  g_assert_nonnull (problem_of (decisions, b));
  assert_counts (decisions, a);
  g_assert_nonnull (problem_of (decisions, c));
}

static void
test_given_twice (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  IwEntry *high = put_severity (entries, 1, "high");
  IwEntry *other;

  g_ptr_array_add (entries, iw_entry_copy (high));
  g_ptr_array_add (entries, g_object_ref (high));
  decisions = iw_decisions_new (entries);
  g_assert_cmpuint (iw_decisions_get_n (decisions), ==, 1);
  g_clear_pointer (&decisions, iw_decisions_unref);

  /* Another one under the same id: both are kept, the first in order counts. */
  other = iw_entry_copy (high);
  iw_entry_set_occurred (other, at_minute (5));
  g_ptr_array_add (entries, other);
  decisions = iw_decisions_new (entries);
  g_assert_cmpuint (iw_decisions_get_n (decisions), ==, 2);
  g_assert_true (iw_decisions_find (decisions, id_of (high)) != other);
  g_assert_cmpstr (iw_decisions_get_problem (decisions, 1), ==,
                   "Another decision has the same id.");
}

/* Circles, trees on them and chains in any shape: an answer that is the same for every order, and
 * in which a decision is withdrawn exactly if a withdrawal that counts names it. */
static void
test_random_withdrawals (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (77);

  for (int round = 0; round < 300; round++)
    {
      g_autoptr (Entries) entries = entries_new ();
      g_autoptr (IwDecisions) decisions = NULL;
      guint n = g_rand_int_range (rand, 1, 14);

      put_severity (entries, 0, "high");
      for (guint i = 1; i < n; i++)
        put_withdrawal (entries, g_rand_int_range (rand, 0, 5), "x");
      for (guint i = 1; i < n; i++)
        iw_entry_set_field (entries->pdata[i], "subject",
                            id_of (entries->pdata[g_rand_int_range (rand, 0, n)]));
      decisions = iw_decisions_new (entries);
      for (guint i = 0; i < n; i++)
        {
          gboolean named = iw_decisions_last (decisions, IW_ENTRY_WITHDRAWAL,
                                              id_of (iw_decisions_get (decisions, i))) != NULL;

          g_assert_true (named == (iw_decisions_get_withdrawal (decisions, i) != NULL));
          g_assert_true (!named || iw_decisions_get_problem (decisions, i) != NULL);
        }
      for (int again = 0; again < 5; again++)
        {
          g_autoptr (IwDecisions) other = NULL;

          shuffle (entries, rand);
          other = iw_decisions_new (entries);
          for (guint i = 0; i < n; i++)
            {
              g_assert_true (iw_decisions_get (other, i) == iw_decisions_get (decisions, i));
              g_assert_cmpstr (iw_decisions_get_problem (other, i), ==,
                               iw_decisions_get_problem (decisions, i));
            }
        }
    }
}

/* Ten thousand in well under a second, also where they all withdraw each other. */
static void
test_many (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  gint64 began;
  guint index = 0, counted = 0;

  put_severity (entries, 0, "high");
  for (guint i = 1; i < 10000; i++)
    put_withdrawal (entries, i % 7, id_of (entries->pdata[i % 3 == 0 ? 0 : entries->len - 1]));
  began = g_get_monotonic_time ();
  decisions = iw_decisions_new (entries);
  while (iw_decisions_next (decisions, &index, IW_ENTRY_UNKNOWN, NULL) != NULL)
    counted++;
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpuint (iw_decisions_get_n (decisions), ==, 10000);
  g_assert_cmpuint (counted, >, 1);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/decisions/nothing", test_nothing);
  g_test_add_func ("/decisions/order", test_order);
  g_test_add_func ("/decisions/time", test_time);
  g_test_add_func ("/decisions/walk", test_walk);
  g_test_add_func ("/decisions/refused", test_refused);
  g_test_add_func ("/decisions/withdrawn", test_withdrawn);
  g_test_add_func ("/decisions/withdrawn-withdrawal", test_withdrawn_withdrawal);
  g_test_add_func ("/decisions/withdrawn-by-a-slow-clock", test_withdrawn_by_a_slow_clock);
  g_test_add_func ("/decisions/void-withdrawals", test_void_withdrawals);
  g_test_add_func ("/decisions/says-of-what", test_says_of_what);
  g_test_add_func ("/decisions/two-withdrawals", test_two_withdrawals);
  g_test_add_func ("/decisions/named-withdrawal", test_named_withdrawal);
  g_test_add_func ("/decisions/circle", test_circle);
  g_test_add_func ("/decisions/broken-circle", test_broken_circle);
  g_test_add_func ("/decisions/given-twice", test_given_twice);
  g_test_add_func ("/decisions/random-withdrawals", test_random_withdrawals);
  g_test_add_func ("/decisions/many", test_many);
  return g_test_run ();
}
