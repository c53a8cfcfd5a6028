/* The federated response model, and who does what in an incident. */
#include "decision-fixture.h"

#include "iw-board.h"

static void
test_activities (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint sides[IW_N_PHASES][2] = { 0 };
  guint n;
  const IwActivity *activities = iw_activities (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_hash_table_add (ids, (char *)activities[i].id));
      g_assert_true (iw_activity_find (activities[i].id) == &activities[i]);
      g_assert_cmpstr (iw_activity_label (&activities[i]), !=, "");
      sides[activities[i].phase][activities[i].side]++;
    }
  /* R2 gives both sides something to do in each phase. */
  for (guint phase = 0; phase < IW_N_PHASES; phase++)
    {
      g_assert_cmpuint (sides[phase][IW_SIDE_CENTRAL], >, 0);
      g_assert_cmpuint (sides[phase][IW_SIDE_SERVICE], >, 0);
      g_assert_cmpstr (iw_phase_label (phase), !=, "");
    }
  g_assert_null (iw_activity_find ("dance"));
  g_assert_null (iw_activity_find (NULL));
}

/* The form asks for these and no others. */
static void
test_form (void)
{
  const IwFormField *field = iw_form_kind_field (iw_form_kind_find ("activity"), "activity");
  guint n;
  const IwActivity *activities = iw_activities (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpstr (field->choices[i].value, ==, activities[i].id);
      g_assert_cmpstr (iw_form_field_choice_label (field, activities[i].id), ==,
                       iw_activity_label (&activities[i]));
    }
  g_assert_null (field->choices[n].value);
}

static void
test_phases (void)
{
  g_assert_cmpint (iw_phase_of_stage (IW_STAGE_DETECT), ==, IW_PHASE_DETECTION);
  g_assert_cmpint (iw_phase_of_stage (IW_STAGE_DIAGNOSE), ==, IW_PHASE_DETECTION);
  g_assert_cmpint (iw_phase_of_stage (IW_STAGE_STABILISE), ==, IW_PHASE_CONTAINMENT);
  g_assert_cmpint (iw_phase_of_stage (IW_STAGE_CLOSED), ==, IW_PHASE_POST_INCIDENT);
}

static void
test_situation (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwSituation) situation = NULL;
  IwEntry *entry = put (entries, 1,
                        iw_decision_new (INCIDENT, "activity", "activity", "forensics", "to",
                                         "in-progress", "assignee", "Threat Intelligence", NULL));

  situation = iw_situation_new (INCIDENT, entries, NULL, NULL, minute (5));
  g_assert_true (iw_situation_get_activity (situation, "forensics") == entry);
  g_assert_null (iw_situation_get_activity (situation, "breach-hunt"));
  g_assert_null (iw_situation_get_activity (situation, "dance"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/board/activities", test_activities);
  g_test_add_func ("/board/form", test_form);
  g_test_add_func ("/board/phases", test_phases);
  g_test_add_func ("/board/situation", test_situation);
  return g_test_run ();
}
