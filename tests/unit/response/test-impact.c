/* From impact to severity and priority. */
#include "iw-impact.h"

#include "iw-model-error.h"

static const char *const functional[] = { "none", "low", "medium", "high", NULL };
static const char *const information[] = { "none", "privacy-breach", "proprietary-breach",
                                           "integrity-loss", NULL };
static const char *const recoverability[] = { "regular", "supplemented", "extended",
                                              "not-recoverable", NULL };
static const char *const risk[] = { "none", "imminent", "confirmed", NULL };

static JsonObject *
parse (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_object_ref (json_node_get_object (node));
}

static IwProposal *
propose (IwMatrix *matrix, const char *f, const char *i, const char *r, const char *k)
{
  IwImpact impact = { f, i, r, k };

  return iw_matrix_propose (matrix, &impact);
}

static void
test_default (void)
{
  g_autoptr (IwMatrix) matrix = iw_matrix_new_default ();
  g_autoptr (IwProposal) none = propose (matrix, "none", "none", "regular", "none");
  g_autoptr (IwProposal) unset = propose (matrix, NULL, NULL, "", NULL);
  g_autoptr (IwProposal) high = propose (matrix, "high", "none", "regular", "none");
  g_autoptr (IwProposal) breach = propose (matrix, "none", "privacy-breach", "regular", "none");

  g_assert_cmpint (none->severity, ==, IW_SEVERITY_LOW);
  g_assert_cmpint (none->priority, ==, IW_PRIORITY_P4);
  g_assert_cmpuint (none->rule, ==, 16);
  g_assert_cmpstr (none->why, ==, "Rule 16: no other rule fits, so Low and P4");
  g_assert_cmpuint (unset->rule, ==, none->rule);
  g_assert_cmpint (high->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (high->priority, ==, IW_PRIORITY_P1);
  g_assert_cmpstr (high->why, ==, "Rule 6: high functional impact, so High and P1");
  g_assert_cmpint (breach->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (breach->priority, ==, IW_PRIORITY_P2);
}

/* A worse impact never makes an incident less severe or less pressing. The kinds of information
 * impact are no scale, but none is the least of them. */
static void
test_default_is_monotonic (void)
{
  g_autoptr (IwMatrix) matrix = iw_matrix_new_default ();

  for (int f = 0; functional[f] != NULL; f++)
    for (int i = 0; information[i] != NULL; i++)
      for (int r = 0; recoverability[r] != NULL; r++)
        for (int k = 0; risk[k] != NULL; k++)
          {
            g_autoptr (IwProposal) here =
                propose (matrix, functional[f], information[i], recoverability[r], risk[k]);
            IwImpact less[] = {
              { functional[MAX (f - 1, 0)], information[i], recoverability[r], risk[k] },
              { functional[f], information[0], recoverability[r], risk[k] },
              { functional[f], information[i], recoverability[MAX (r - 1, 0)], risk[k] },
              { functional[f], information[i], recoverability[r], risk[MAX (k - 1, 0)] },
            };

            g_assert_cmpint (here->severity, >, IW_SEVERITY_UNSET);
            g_assert_cmpint (here->priority, >, IW_PRIORITY_UNSET);
            for (guint n = 0; n < G_N_ELEMENTS (less); n++)
              {
                g_autoptr (IwProposal) below = iw_matrix_propose (matrix, &less[n]);

                g_assert_cmpint (below->severity, <=, here->severity);
                g_assert_cmpint (below->priority, <=, here->priority);
              }
          }
}

/* C5, whatever a team's rules say. */
static void
test_risk_overrules (void)
{
  g_autoptr (JsonObject) body =
      parse ("{\"rules\":[{\"severity\":\"low\",\"priority\":\"p4\",\"why\":\"All is well\"}]}");
  g_autoptr (IwMatrix) matrix = iw_matrix_new_from_json (body, NULL);
  g_autoptr (IwProposal) calm = propose (matrix, "high", "none", "extended", "none");
  g_autoptr (IwProposal) imminent = propose (matrix, "none", "none", "regular", "imminent");
  g_autoptr (IwProposal) odd = propose (matrix, "none", "none", "regular", "certain");

  g_assert_cmpint (calm->severity, ==, IW_SEVERITY_LOW);
  g_assert_cmpstr (calm->why, ==, "Rule 1: no other rule fits, so Low and P4. All is well");
  g_assert_cmpint (imminent->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (imminent->priority, ==, IW_PRIORITY_P1);
  g_assert_true (g_str_has_prefix (imminent->why, "Rule 1: "));
  g_assert_true (g_str_has_suffix (imminent->why, "it is worked on around the clock"));
  /* What a newer version knows is rather taken for grave. */
  g_assert_cmpint (odd->severity, ==, IW_SEVERITY_HIGH);

  g_assert_false (iw_impact_risk_is_urgent (NULL));
  g_assert_false (iw_impact_risk_is_urgent (""));
  g_assert_false (iw_impact_risk_is_urgent ("none"));
  g_assert_true (iw_impact_risk_is_urgent ("imminent"));
  g_assert_true (iw_impact_risk_is_urgent ("confirmed"));
}

static void
test_own_rules (void)
{
  g_autoptr (JsonObject) body =
      parse ("{\"type\":\"matrix\",\"v\":1,\"rules\":["
             "{\"functional\":[\"medium\",\"high\"],\"information\":[\"integrity-loss\"],"
             "\"severity\":\"critical\",\"priority\":\"p1\"},"
             "{\"severity\":\"medium\",\"priority\":\"p3\"}]}");
  g_autoptr (IwMatrix) matrix = iw_matrix_new_from_json (body, NULL);
  g_autoptr (IwProposal) first = propose (matrix, "medium", "integrity-loss", NULL, NULL);
  g_autoptr (IwProposal) second = propose (matrix, "medium", "none", NULL, NULL);
  g_autoptr (JsonObject) written = iw_matrix_to_json (matrix);
  g_autoptr (JsonNode) before = json_node_init_object (json_node_alloc (), body);
  g_autoptr (JsonNode) after = json_node_init_object (json_node_alloc (), written);

  g_assert_cmpuint (first->rule, ==, 1);
  g_assert_cmpstr (first->why, ==,
                   "Rule 1: medium functional impact, integrity of data lost, so Critical and P1");
  g_assert_cmpuint (second->rule, ==, 2);
  g_assert_true (json_node_equal (before, after));
}

static void
test_default_round_trip (void)
{
  g_autoptr (IwMatrix) matrix = iw_matrix_new_default ();
  g_autoptr (JsonObject) body = iw_matrix_to_json (matrix);
  g_autoptr (IwMatrix) again = iw_matrix_new_from_json (body, NULL);
  g_autoptr (JsonObject) twice = iw_matrix_to_json (again);
  g_autoptr (JsonNode) one = json_node_init_object (json_node_alloc (), body);
  g_autoptr (JsonNode) two = json_node_init_object (json_node_alloc (), twice);

  g_assert_true (json_node_equal (one, two));
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "{}", "“rules” must be a list of 1 to 200 rules" },
    { "{\"rules\":[]}", "“rules” must be a list of 1 to 200 rules" },
    { "{\"rules\":\"x\"}", "“rules” must be a list of 1 to 200 rules" },
    { "{\"rules\":[5]}", "Rule 1: “rules” is missing or not one of its values" },
    { "{\"rules\":[{\"priority\":\"p1\"}]}",
      "Rule 1: “severity” is missing or not one of its values" },
    { "{\"rules\":[{\"severity\":\"\",\"priority\":\"p1\"}]}",
      "Rule 1: “severity” is missing or not one of its values" },
    { "{\"rules\":[{\"severity\":\"low\",\"priority\":\"P1\"}]}",
      "Rule 1: “priority” is missing or not one of its values" },
    { "{\"rules\":[{\"severity\":\"low\",\"priority\":\"p1\",\"why\":7}]}",
      "Rule 1: “why” is missing or not one of its values" },
    { "{\"rules\":[{\"functional\":[\"huge\"],\"severity\":\"low\",\"priority\":\"p1\"}]}",
      "Rule 1: “functional” is missing or not one of its values" },
    { "{\"rules\":[{\"functional\":[],\"severity\":\"low\",\"priority\":\"p1\"}]}",
      "Rule 1: “functional” is missing or not one of its values" },
    { "{\"rules\":[{\"functional\":[\"\"],\"severity\":\"low\",\"priority\":\"p1\"}]}",
      "Rule 1: “functional” is missing or not one of its values" },
    { "{\"rules\":[{\"risk\":\"none\",\"severity\":\"low\",\"priority\":\"p1\"}]}",
      "Rule 1: “risk” is missing or not one of its values" },
    { "{\"rules\":[{\"severity\":\"low\",\"priority\":\"p1\"},"
      "{\"risk\":[\"none\"],\"severity\":\"low\",\"priority\":\"p1\"}]}",
      "Rule 2: the last rule must have no conditions, so that one always fits" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) body = parse (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (iw_matrix_new_from_json (body, &error));
      g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_limit (void)
{
  for (int n = 200; n <= 201; n++)
    {
      g_autoptr (JsonObject) body = json_object_new ();
      g_autoptr (IwMatrix) matrix = NULL;
      JsonArray *rules = json_array_new ();

      for (int i = 0; i < n; i++)
        {
          JsonObject *rule = json_object_new ();

          json_object_set_string_member (rule, "severity", "low");
          json_object_set_string_member (rule, "priority", "p4");
          json_array_add_object_element (rules, rule);
        }
      json_object_set_array_member (body, "rules", rules);
      matrix = iw_matrix_new_from_json (body, NULL);
      g_assert_true ((matrix != NULL) == (n == 200));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/impact/default", test_default);
  g_test_add_func ("/impact/default-is-monotonic", test_default_is_monotonic);
  g_test_add_func ("/impact/risk-overrules", test_risk_overrules);
  g_test_add_func ("/impact/own-rules", test_own_rules);
  g_test_add_func ("/impact/default-round-trip", test_default_round_trip);
  g_test_add_func ("/impact/wrong", test_wrong);
  g_test_add_func ("/impact/limit", test_limit);
  return g_test_run ();
}
