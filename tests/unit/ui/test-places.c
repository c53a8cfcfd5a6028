#include "iw-places.h"

#include "iw-gap.h"

#define INCIDENT "019a0000-0000-7000-8000-000000000001"

static void
assert_in (const char *place, const char *tab)
{
  IwTab found = IW_N_TABS;

  g_test_message ("%s", place);
  g_assert_true (iw_place_find_tab (place, &found));
  g_assert_cmpstr (iw_tab_to_string (found), ==, tab);
}

static void
test_places (void)
{
  /* Those of iw-gap.h, and the names of the tabs. */
  static const char *const response[] = { "response", "detection", "assessment", "classification", "impact",
                                          "roles",    "clocks",    "escalations", "plan", "board" };

  for (guint i = 0; i < G_N_ELEMENTS (response); i++)
    assert_in (response[i], "response");
  assert_in ("overview", "overview");
  assert_in ("timeline", "timeline");
  assert_in ("notices", "notices");
  assert_in ("scope", "scope");
  assert_in ("indicators", "scope");
  assert_in ("evidence", "evidence");
}

static void
test_documents (void)
{
  assert_in (INCIDENT ":entry-019a0000-0000-7000-8000-000000000002", "timeline");
  assert_in (INCIDENT ":evidence-019a0000-0000-7000-8000-000000000002", "evidence");
  assert_in (INCIDENT ":task-019a0000-0000-7000-8000-000000000002", "response");
  assert_in (INCIDENT ":notice-019a0000-0000-7000-8000-000000000002", "notices");
  assert_in (INCIDENT ":scope-019a0000-0000-7000-8000-000000000002", "scope");
  assert_in (INCIDENT ":indicator-019a0000-0000-7000-8000-000000000002", "scope");
  assert_in (INCIDENT ":asset-019a0000-0000-7000-8000-000000000002", "scope");
  assert_in (INCIDENT ":incident", "overview");
}

static void
test_unknown (void)
{
  static const char *const unknown[] = { "", "nowhere", "workspace:team-1", INCIDENT ":postmortem-1", INCIDENT,
                                         "entry:x" };
  IwTab tab = IW_TAB_SCOPE;

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (iw_place_find_tab (unknown[i], &tab));
  g_assert_false (iw_tab_from_string (NULL, &tab));
  g_assert_false (iw_tab_from_string ("", &tab));
  g_assert_cmpint (tab, ==, IW_TAB_SCOPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/places/places", test_places);
  g_test_add_func ("/places/documents", test_documents);
  g_test_add_func ("/places/unknown", test_unknown);
  return g_test_run ();
}
