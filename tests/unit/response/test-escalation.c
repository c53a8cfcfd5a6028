/* Escalations: when an answer is due, and whether it came. */
#include "decision-fixture.h"

#include "iw-escalation.h"

static GPtrArray *
fold_escalations (Entries *entries)
{
  g_autoptr (IwDecisions) decisions = iw_decisions_new (entries);

  return iw_escalations_fold (decisions);
}

static void
assert_words (const IwEscalation *escalation, gint64 now, const char *expected)
{
  g_autofree char *words = iw_escalation_words (escalation, minute (now));

  g_assert_cmpstr (words, ==, expected);
}

static void
test_open (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) escalations = NULL;
  IwEntry *entry = put_escalation (entries, 10, "Legal", "30");
  const IwEscalation *escalation;

  escalations = fold_escalations (entries);
  g_assert_cmpuint (escalations->len, ==, 1);
  escalation = escalations->pdata[0];
  g_assert_cmpstr (escalation->id, ==, id_of (entry));
  g_assert_true (escalation->entry == entry);
  g_assert_cmpstr (escalation->from, ==, "Operations");
  g_assert_cmpstr (escalation->to, ==, "Legal");
  g_assert_cmpstr (escalation->ask, ==, "help");
  g_assert_cmpint (escalation->asked, ==, minute (10));
  g_assert_cmpint (escalation->due, ==, minute (40));
  g_assert_cmpint (escalation->acknowledged, ==, 0);
  g_assert_false (iw_escalation_is_overdue (escalation, minute (40)));
  g_assert_true (iw_escalation_is_overdue (escalation, minute (41)));
  g_assert_false (iw_escalation_was_late (escalation));
  assert_words (escalation, 28, "Due in 12 min");
  assert_words (escalation, 100, "Overdue by 1 h");
}

/* The instant that was written down holds; without it, so long after it was asked. */
static void
test_due (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) escalations = NULL;
  IwEntry *entry = put_escalation (entries, 10, "Legal", "30");

  iw_entry_set_field (entry, "due_at", "2026-11-03T10:00:00+00:30");
  escalations = fold_escalations (entries);
  g_assert_cmpint (((IwEscalation *)escalations->pdata[0])->due, ==, minute (30));
}

static void
test_answered (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) escalations = NULL;
  IwEntry *early = put_escalation (entries, 0, "Legal", "30");
  IwEntry *late = put_escalation (entries, 1, "Trust", "30");
  IwEntry *declined = put_escalation (entries, 2, "Partner", "30");
  const IwEscalation *escalation;

  put_answer (entries, 8, early, "accepted");
  put_answer (entries, 20, early, "declined"); /* the first answer counts */
  put_answer (entries, 51, late, "accepted");
  iw_entry_set_actor (put_answer (entries, 12, declined, "declined"), NULL);
  escalations = fold_escalations (entries);

  escalation = escalations->pdata[0];
  g_assert_cmpint (escalation->acknowledged, ==, minute (8));
  g_assert_cmpstr (escalation->acknowledged_by, ==, "M. Ito");
  g_assert_true (escalation->accepted);
  g_assert_false (iw_escalation_is_overdue (escalation, minute (500)));
  g_assert_false (iw_escalation_was_late (escalation));
  assert_words (escalation, 500, "Acknowledged by M. Ito after 8 min");

  escalation = escalations->pdata[1];
  g_assert_true (iw_escalation_was_late (escalation));
  assert_words (escalation, 500, "Acknowledged by M. Ito 20 min late");

  escalation = escalations->pdata[2];
  g_assert_false (escalation->accepted);
  assert_words (escalation, 500, "Declined after 10 min");
}

/* To the minute it was due is in time. */
static void
test_answered_when_due (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) escalations = NULL;
  IwEntry *entry = put_escalation (entries, 10, "Legal", "30");

  put_answer (entries, 40, entry, "accepted");
  escalations = fold_escalations (entries);
  g_assert_false (iw_escalation_was_late (escalations->pdata[0]));
  assert_words (escalations->pdata[0], 500, "Acknowledged by M. Ito after 30 min");
}

/* An answer that was withdrawn is none; an escalation that was withdrawn is gone. */
static void
test_withdrawn (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) escalations = NULL;
  IwEntry *first = put_escalation (entries, 0, "Legal", "30");
  IwEntry *second = put_escalation (entries, 1, "Trust", "30");

  put_withdrawal (entries, 5, id_of (put_answer (entries, 4, first, "accepted")));
  put_withdrawal (entries, 6, id_of (second));
  escalations = fold_escalations (entries);
  g_assert_cmpuint (escalations->len, ==, 1);
  g_assert_cmpint (((IwEscalation *)escalations->pdata[0])->acknowledged, ==, 0);
}

/* Whoever's clock runs behind did not answer before being asked. */
static void
test_answered_before_asked (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) escalations = NULL;
  IwEntry *entry = put_escalation (entries, 10, "Legal", "30");

  put_answer (entries, 7, entry, "accepted");
  escalations = fold_escalations (entries);
  g_assert_cmpint (((IwEscalation *)escalations->pdata[0])->acknowledged, ==, minute (10));
}

static void
test_order (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) escalations = NULL;

  put_escalation (entries, 0, "Slow", "120");
  put_escalation (entries, 30, "Quick", "10");
  escalations = fold_escalations (entries);
  g_assert_cmpstr (((IwEscalation *)escalations->pdata[0])->to, ==, "Quick");
  g_assert_cmpstr (((IwEscalation *)escalations->pdata[1])->to, ==, "Slow");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/escalation/open", test_open);
  g_test_add_func ("/escalation/due", test_due);
  g_test_add_func ("/escalation/answered", test_answered);
  g_test_add_func ("/escalation/answered-when-due", test_answered_when_due);
  g_test_add_func ("/escalation/withdrawn", test_withdrawn);
  g_test_add_func ("/escalation/answered-before-asked", test_answered_before_asked);
  g_test_add_func ("/escalation/order", test_order);
  return g_test_run ();
}
