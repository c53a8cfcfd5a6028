#include "iw-starter-teams.h"

#include "iw-form-kind.h"

static void
test_all (void)
{
  g_autofree IwContext *context = iw_context_new_fake (0, 1000, 1);
  g_autoptr (GPtrArray) teams = iw_starter_teams (context, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (teams->len, ==, IW_N_STARTER_TEAMS);
  for (guint i = 0; i < teams->len; i++)
    {
      IwDocument *team = teams->pdata[i];
      g_autoptr (GPtrArray) problems = iw_problems_new ();

      g_assert_true (g_str_has_prefix (iw_document_get_id (team), "workspace:team-"));
      g_assert_true (g_hash_table_add (ids, (gpointer)iw_document_get_id (team)));
      g_assert_cmpstr (iw_document_get_type_name (team), ==, "team");
      g_assert_cmpstr (iw_document_get_text (team, "purpose"), !=, "");
      g_assert_cmpstr (iw_document_get_text (team, "contacts"), !=, "");
      iw_document_check ("team", iw_document_get_body (team), problems);
      g_assert_cmpuint (problems->len, ==, 0);
    }
}

static void
test_known (void)
{
  const char *known[] = { "Security Response Team", "Somebody Else", NULL };
  g_autoptr (GPtrArray) teams = iw_starter_teams (iw_context_system (), known);

  g_assert_cmpuint (teams->len, ==, IW_N_STARTER_TEAMS - 1);
  for (guint i = 0; i < teams->len; i++)
    g_assert_cmpstr (iw_document_get_name (teams->pdata[i]), !=, known[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/starter-teams/all", test_all);
  g_test_add_func ("/starter-teams/known", test_known);
  return g_test_run ();
}
