/* The words of stages, severities, priorities and classifications. */
#include "iw-incident.h"

/* Each value has a name of its own that reads back as it, and a label of its own. */
#define assert_words(Type, type, n)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);                     \
    g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);                    \
                                                                                                   \
    for (guint i = 0; i < n; i++)                                                                  \
      {                                                                                            \
        Type value = n - 1 - i;                                                                    \
                                                                                                   \
        g_assert_true (iw_##type##_from_string (iw_##type##_to_string (i), &value));               \
        g_assert_cmpint (value, ==, i);                                                            \
        g_assert_cmpstr (iw_##type##_label (i), !=, "");                                           \
        g_assert_true (g_hash_table_add (names, (char *)iw_##type##_to_string (i)));               \
        g_assert_true (g_hash_table_add (labels, (char *)iw_##type##_label (i)));                  \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static void
test_words (void)
{
  assert_words (IwStage, stage, IW_N_STAGES);
  assert_words (IwSeverity, severity, IW_N_SEVERITIES);
  assert_words (IwPriority, priority, IW_N_PRIORITIES);
  assert_words (IwClassification, classification, IW_N_CLASSIFICATIONS);
  g_assert_cmpstr (iw_stage_label (IW_STAGE_STABILISE), ==, "Stabilise and Recover");
  g_assert_cmpstr (iw_priority_label (IW_PRIORITY_P1), ==, "P1");
}

static void
test_unknown (void)
{
  IwStage stage = IW_STAGE_ASSESS;
  IwSeverity severity = IW_SEVERITY_LOW;
  IwPriority priority = IW_PRIORITY_P2;
  IwClassification classification = IW_CLASSIFICATION_CRSI;

  g_assert_false (iw_stage_from_string ("x", &stage));
  g_assert_false (iw_stage_from_string (NULL, &stage));
  g_assert_false (iw_severity_from_string ("High", &severity));
  g_assert_false (iw_priority_from_string ("P1", &priority));
  g_assert_false (iw_priority_from_string ("p5", &priority));
  g_assert_false (iw_classification_from_string ("x", &classification));
  g_assert_cmpint (stage, ==, IW_STAGE_ASSESS);
  g_assert_cmpint (severity, ==, IW_SEVERITY_LOW);
  g_assert_cmpint (priority, ==, IW_PRIORITY_P2);
  g_assert_cmpint (classification, ==, IW_CLASSIFICATION_CRSI);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/incident-labels/words", test_words);
  g_test_add_func ("/incident-labels/unknown", test_unknown);
  return g_test_run ();
}
