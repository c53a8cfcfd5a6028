#include "iw-impact-rules.h"

#include <locale.h>
#include <string.h>

static GPtrArray *
defaults (void)
{
  g_autoptr (IwMatrix) matrix = iw_matrix_new_default ();

  return iw_impact_rules_new (matrix);
}

static void
test_round_trip (void)
{
  g_autoptr (IwMatrix) matrix = iw_matrix_new_default ();
  g_autoptr (GPtrArray) rules = iw_impact_rules_new (matrix);
  g_autoptr (JsonObject) body = iw_impact_rules_to_json (rules, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwMatrix) again = iw_matrix_new_from_json (body, &error);
  g_autoptr (GPtrArray) rules_again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rules->len, >, 5);
  rules_again = iw_impact_rules_new (again);
  g_assert_true (iw_impact_rules_equal (rules, rules_again));
  ((IwImpactRule *)rules_again->pdata[1])->wanted[3] ^= 1;
  g_assert_false (iw_impact_rules_equal (rules, rules_again));
}

/* What a newer version wrote into the document stays. */
static void
test_unknown_members (void)
{
  g_autoptr (GPtrArray) rules = defaults ();
  g_autoptr (JsonObject) old = json_object_new ();
  g_autoptr (JsonObject) body = NULL;

  json_object_set_string_member (old, "reviewed_by", "A. Sato");
  json_object_set_string_member (old, "rules", "replaced");
  body = iw_impact_rules_to_json (rules, old);
  g_assert_cmpstr (json_object_get_string_member (body, "reviewed_by"), ==, "A. Sato");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (body, "rules")), ==, rules->len);
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) rules = defaults ();
  guint n = rules->len;
  gpointer first = rules->pdata[0], last = rules->pdata[n - 1];

  g_assert_false (iw_impact_rules_move (rules, 0, -1));
  g_assert_true (iw_impact_rules_move (rules, 0, 1));
  g_assert_true (rules->pdata[1] == first);
  /* The last fits everything, and stays last. */
  g_assert_false (iw_impact_rules_move (rules, n - 1, -1));
  g_assert_false (iw_impact_rules_move (rules, n - 2, 1));
  g_assert_false (iw_impact_rules_remove (rules, n - 1));
  g_assert_true (iw_impact_rules_remove (rules, 0));
  g_assert_cmpuint (rules->len, ==, n - 1);
  g_assert_true (rules->pdata[0] == first);
  g_assert_cmpuint (iw_impact_rules_add (rules), ==, n - 2);
  g_assert_true (rules->pdata[n - 1] == last);
  g_assert_true (iw_impact_rules_check (rules, NULL));
  /* Whatever one removes, what is left may be kept. */
  while (iw_impact_rules_remove (rules, 0))
    g_assert_true (iw_impact_rules_check (rules, NULL));
  g_assert_cmpuint (rules->len, ==, 1);
}

static void
test_check (void)
{
  g_autoptr (GPtrArray) rules = defaults ();
  IwImpactRule *last = rules->pdata[rules->len - 1];
  g_autoptr (GError) error = NULL;

  last->wanted[0] = 1 << 3;
  g_assert_false (iw_impact_rules_check (rules, &error));
  g_assert_nonnull (error);
}

static void
test_shadow (void)
{
  g_autoptr (GPtrArray) rules = defaults ();
  guint added;

  for (guint i = 0; i < rules->len; i++)
    g_assert_false (iw_impact_rules_is_shadowed (rules, i));
  /* Without conditions it takes all that the last one would. */
  added = iw_impact_rules_add (rules);
  g_assert_true (iw_impact_rules_is_shadowed (rules, rules->len - 1));
  ((IwImpactRule *)rules->pdata[added])->wanted[0] = 1 << 3;
  g_assert_false (iw_impact_rules_is_shadowed (rules, rules->len - 1));
  /* High functional impact is taken by a rule above. */
  g_assert_true (iw_impact_rules_is_shadowed (rules, added));
  /* All values are as good as none. */
  ((IwImpactRule *)rules->pdata[added])->wanted[0] = 0xf;
  g_assert_true (iw_impact_rules_is_shadowed (rules, rules->len - 1));
}

static void
test_words (void)
{
  g_autoptr (GPtrArray) rules = defaults ();
  IwImpactRule *rule = rules->pdata[0];
  g_autofree char *everything_else = iw_impact_rules_describe (rules, rules->len - 1);
  g_autofree char *outcome = NULL;
  g_autofree char *any = NULL;
  g_autofree char *some = NULL;
  g_autofree char *words = NULL;

  memset (rule->wanted, 0, sizeof rule->wanted);
  rule->severity = IW_SEVERITY_HIGH;
  rule->priority = IW_PRIORITY_P2;
  outcome = iw_impact_rule_outcome (rule);
  any = iw_impact_rule_wanted (rule, 0);
  rule->wanted[3] = 1 << 1 | 1 << 2;
  some = iw_impact_rule_wanted (rule, 3);
  words = iw_impact_rules_describe (rules, 0);
  g_assert_cmpstr (everything_else, ==, "Everything Else");
  g_assert_cmpstr (outcome, ==, "High, P2");
  g_assert_cmpstr (any, ==, "Any");
  g_assert_cmpstr (some, ==, "Imminent or Confirmed");
  g_assert_cmpstr (words, ==, "Risk to Customer Data: Imminent or Confirmed");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/impact-rules/round-trip", test_round_trip);
  g_test_add_func ("/impact-rules/unknown-members", test_unknown_members);
  g_test_add_func ("/impact-rules/order", test_order);
  g_test_add_func ("/impact-rules/check", test_check);
  g_test_add_func ("/impact-rules/shadow", test_shadow);
  g_test_add_func ("/impact-rules/words", test_words);
  return g_test_run ();
}
