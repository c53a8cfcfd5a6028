/* A situation: all that is known of an incident, in one immutable value. */
#include "situation-fixture.h"

static void
test_nothing (void)
{
  g_autoptr (IwSituation) situation = iw_situation_new (INCIDENT, NULL, NULL, NULL, minute (0));
  g_autoptr (IwSituation) directory = iw_situation_new (NULL, NULL, NULL, NULL, 0);
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (situation);
  g_auto (GStrv) people = iw_situation_get_people (situation);
  g_auto (GStrv) marks = iw_situation_get_marks (situation, "e");
  g_autoptr (GPtrArray) custody = iw_situation_get_custody (situation, "e");

  g_assert_cmpstr (iw_situation_get_incident (situation), ==, INCIDENT);
  g_assert_cmpstr (iw_situation_get_incident (directory), ==, "");
  g_assert_cmpstr (iw_situation_get_title (situation), ==, "");
  g_assert_cmpstr (g_time_zone_get_identifier (iw_situation_get_zone (situation)), ==, "UTC");
  g_assert_cmpint (iw_situation_get_now (situation), ==, minute (0));
  g_assert_cmpuint (iw_situation_get_clocks (situation)->len, ==, 0);
  g_assert_cmpuint (iw_situation_get_scope (situation)->len, ==, 0);
  g_assert_null (iw_situation_get_notice (situation, "n"));
  g_assert_null (iw_situation_find (situation, "n"));
  g_assert_null (iw_situation_find (situation, NULL));
  g_assert_cmpstr (iw_situation_get_role (situation, "legal"), ==, "");
  g_assert_cmpstr (iw_situation_get_task_state (situation, "t", NULL), ==, "planned");
  g_assert_null (iw_situation_get_approval (situation, "e"));
  g_assert_nonnull (iw_situation_get_matrix (situation));
  g_assert_cmpuint (plan->len, ==, 0);
  g_assert_cmpuint (custody->len, ==, 0);
  g_assert_null (people[0]);
  g_assert_null (marks[0]);
}

static void
test_incident (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;

  add_document (world->documents, INCIDENT ":incident",
                "{\"type\":\"incident\",\"title\":\"Phished\",\"zone\":\"Asia/Tokyo\"}");
  put_role (world->entries, 1, "incident-manager", "A. Sato");
  put_declaration (world->entries, 2);
  situation = world_look (world, 3);
  g_assert_cmpstr (iw_situation_get_title (situation), ==, "Phished");
  g_assert_cmpstr (g_time_zone_get_identifier (iw_situation_get_zone (situation)), ==,
                   "Asia/Tokyo");
  g_assert_cmpstr (iw_situation_get_role (situation, "incident-manager"), ==, "A. Sato");
  g_assert_cmpint (iw_situation_get_state (situation)->classification, ==, IW_CLASSIFICATION_CRSI);
  g_assert_cmpuint (iw_situation_get_clocks (situation)->len, ==, 1);
  g_assert_cmpuint (iw_situation_get_entries (situation)->len, ==, 2);
  g_assert_cmpuint (iw_decisions_get_n (iw_situation_get_decisions (situation)), ==, 2);
}

/* A situation does not change when the world does. */
static void
test_immutable (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) before = world_look (world, 1);
  g_autoptr (IwSituation) other = iw_situation_ref (before);

  put_stage (world->entries, 1, "assess");
  add_task (world, "t", "recovery", "");
  g_assert_cmpuint (iw_situation_get_entries (before)->len, ==, 0);
  g_assert_null (iw_situation_find (other, "t"));
}

static void
test_zone_that_is_none (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;

  add_document (world->documents, INCIDENT ":incident",
                "{\"type\":\"incident\",\"zone\":\"../../etc/passwd\"}");
  situation = world_look (world, 1);
  g_assert_cmpstr (g_time_zone_get_identifier (iw_situation_get_zone (situation)), ==, "UTC");
}

static void
test_matrix (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (IwProposal) proposal = NULL;
  IwImpact impact = { NULL, NULL, NULL, NULL };

  add_document (world->directory, IW_MATRIX_DOCID,
                "{\"type\":\"matrix\",\"rules\":[{\"severity\":\"high\",\"priority\":\"p2\"}]}");
  situation = world_look (world, 1);
  proposal = iw_matrix_propose (iw_situation_get_matrix (situation), &impact);
  g_assert_cmpint (proposal->severity, ==, IW_SEVERITY_HIGH);
  g_clear_pointer (&situation, iw_situation_unref);
  g_clear_pointer (&proposal, iw_proposal_free);

  /* One that is broken is as good as none. */
  g_ptr_array_set_size (world->directory, 0);
  add_document (world->directory, IW_MATRIX_DOCID, "{\"type\":\"matrix\",\"rules\":5}");
  situation = world_look (world, 1);
  proposal = iw_matrix_propose (iw_situation_get_matrix (situation), &impact);
  g_assert_cmpint (proposal->severity, ==, IW_SEVERITY_LOW);
}

static void
test_notices (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  const IwNoticeState *state;

  add_notice (world, "new", "regulator", "x");
  add_notice (world, "old", "customers", "x");
  put_notice (world->entries, 1, "old", "in-review", NULL);
  put_notice (world->entries, 1, "gone", "draft", NULL); /* its document is still to come */
  situation = world_look (world, 2);
  state = iw_situation_get_notice (situation, "new");
  g_assert_cmpint (state->status, ==, IW_NOTICE_DRAFT);
  g_assert_cmpint (state->audience, ==, IW_AUDIENCE_REGULATOR);
  g_assert_null (state->entry);
  g_assert_cmpint (iw_situation_get_notice (situation, "old")->status, ==, IW_NOTICE_IN_REVIEW);
  g_assert_nonnull (iw_situation_get_notice (situation, "gone"));
  g_assert_null (iw_situation_get_notice (situation, "x"));
  g_assert_cmpuint (iw_situation_get_notices (situation)->len, ==, 2);
}

/* ---- names ---- */

static void
assert_name (IwSituation *situation, const char *docid, const char *expected)
{
  g_autofree char *name = iw_situation_name (situation, docid);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_names (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autofree char *endless = g_strnfill (500, 'x');
  g_autofree char *cut = NULL;
  g_autofree char *name = NULL;
  IwEntry *entry, *silent, *longest;

  add_task (world, "t1", "recovery", "");
  add_document (world->documents, "odd", "{\"type\":\"task\"}");
  add_document (world->documents, INCIDENT ":erasure-1",
                "{\"type\":\"erasure\",\"ids\":[\"" INCIDENT ":entry-gone\"]}");
  entry = put (world->entries, 1, iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "First line\nsecond"));
  silent = put (world->entries, 1, iw_entry_new (INCIDENT, IW_ENTRY_STAGE, ""));
  longest = put (world->entries, 1, iw_entry_new (INCIDENT, IW_ENTRY_NOTE, endless));
  situation = world_look (world, 2);
  assert_name (situation, "t1", "Task t1");
  assert_name (situation, id_of (entry), "First line");
  assert_name (situation, id_of (silent), "Stage");
  assert_name (situation, "odd", "odd");
  assert_name (situation, INCIDENT ":evidence-0199a1b2-c3d4-7800-8000-00000000abcd", "…0000abcd");
  assert_name (situation, INCIDENT ":entry-gone", "Erased for good");
  assert_name (situation, NULL, "");
  name = iw_situation_name (situation, id_of (longest));
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, 80);
  g_assert_true (g_str_has_suffix (name, "…"));
}

static void
assert_list (char **list, const char *expected)
{
  g_autofree char *joined = g_strjoinv ("|", list);

  g_assert_cmpstr (joined, ==, expected);
  g_strfreev (list);
}

static void
test_people (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_auto (GStrv) teams = NULL;

  add_document (world->directory, "p1", "{\"type\":\"person\",\"name\":\"zoe Zed\"}");
  add_document (world->directory, "p2", "{\"type\":\"person\",\"name\":\" A. Sato \"}");
  add_document (world->directory, "t1",
                "{\"type\":\"team\",\"name\":\"Legal\",\"on_call_now\":\"a. sato\","
                "\"on_call_next\":\"B. Berg\"}");
  put_role (world->entries, 1, "legal", "L. Lee");
  iw_entry_set_team (world->entries->pdata[0], "Forensics Lab");
  situation = world_look (world, 2);
  assert_list (iw_situation_get_people (situation), "A. Sato|B. Berg|L. Lee|M. Ito|zoe Zed");
  teams = iw_situation_get_teams (situation);
  g_assert_true (g_strv_contains ((const char *const *)teams, "Legal"));
  g_assert_true (g_strv_contains ((const char *const *)teams, "Forensics Lab"));
  g_assert_true (g_strv_contains ((const char *const *)teams, "Scribe"));
}

static void
test_documents (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) teams = NULL;

  add_task (world, "t1", "recovery", "");
  add_document (world->directory, "team", "{\"type\":\"team\",\"name\":\"Legal\"}");
  situation = world_look (world, 2);
  tasks = iw_situation_get_documents (situation, "task");
  teams = iw_situation_get_documents (situation, "team");
  g_assert_cmpuint (tasks->len, ==, 1);
  g_assert_cmpuint (teams->len, ==, 1);
  g_assert_true (iw_situation_find (situation, "team") == teams->pdata[0]);
}

/* ---- tasks ---- */

static void
test_plan (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  IwEntry *entry = NULL;

  add_task (world, "f", "follow-up", "");
  add_task (world, "r2", "recovery", ",\"order\":\"b\"");
  add_task (world, "r1", "recovery", ",\"order\":\"c\"");
  add_task (world, "r3", "recovery", ",\"order\":\"z\",\"emergency\":\"true\"");
  add_task (world, "c2", "containment", "");
  add_task (world, "c1", "containment", "");
  add_task (world, "c3", "containment", ",\"emergency\":true");
  add_task (world, "x", "unheard-of", "");
  put_task (world, 1, "r1", "in-progress");
  put_task (world, 2, "r1", "done");
  put_task (world, 3, "r2", "exploded");
  situation = world_look (world, 4);
  plan = iw_situation_get_plan (situation);
  for (guint i = 0; i < plan->len; i++)
    g_string_append_printf (order, "%s ", iw_document_get_id (plan->pdata[i]));
  g_assert_cmpstr (order->str, ==, "c3 c1 c2 r3 r2 r1 f x ");
  g_assert_cmpstr (iw_situation_get_task_state (situation, "r1", &entry), ==, "done");
  g_assert_true (entry == world->entries->pdata[1]);
  g_assert_cmpstr (iw_situation_get_task_state (situation, "r2", &entry), ==, "planned");
  g_assert_null (entry);
}

/* ---- evidence ---- */

static void
test_marks (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;

  put_marking (world, 1, "e", "sensitive");
  put_marking (world, 2, "e", "customer-data\nconfidential");
  situation = world_look (world, 3);
  assert_list (iw_situation_get_marks (situation, "e"), "customer-data|confidential");
  g_clear_pointer (&situation, iw_situation_unref);

  put_marking (world, 4, "e", "");
  situation = world_look (world, 5);
  assert_list (iw_situation_get_marks (situation, "e"), "");
}

static void
test_approval (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  IwEntry *approval;

  put_approval (world, 1, "e\nf", "Anybody"); /* nobody is the manager yet */
  put_marking (world, 2, "e", "customer-data");
  situation = world_look (world, 9);
  g_assert_null (iw_situation_get_approval (situation, "e")); /* it came before the marking */
  g_assert_nonnull (iw_situation_get_approval (situation, "f"));
  g_assert_null (iw_situation_get_approval (situation, "g"));
  g_clear_pointer (&situation, iw_situation_unref);

  put_role (world->entries, 3, "incident-manager", "A. Sato");
  put_approval (world, 4, "e", "Anybody");
  situation = world_look (world, 9);
  g_assert_null (iw_situation_get_approval (situation, "e")); /* not the manager's */
  g_clear_pointer (&situation, iw_situation_unref);

  approval = put_approval (world, 5, "e", " a. sato");
  put_role (world->entries, 6, "incident-manager", "B. Berg"); /* was the manager's at its time */
  situation = world_look (world, 9);
  g_assert_true (iw_situation_get_approval (situation, "e") == approval);
  g_clear_pointer (&situation, iw_situation_unref);

  put_withdrawal (world->entries, 7, id_of (approval));
  situation = world_look (world, 9);
  g_assert_null (iw_situation_get_approval (situation, "e"));
}

static void
test_custody (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) custody = NULL;
  IwEntry *collected, *marked, *approved, *released;

  approved = put_approval (world, 3, "x\ne\ne", "A. Sato");
  collected = put (world->entries, 1,
                   iw_decision_new (INCIDENT, "custody", "subject", "e", "to", "collected", NULL));
  marked = put_marking (world, 2, "e", "sensitive");
  put_marking (world, 2, "x", "sensitive");
  released = put (world->entries, 4, iw_entry_new (INCIDENT, IW_ENTRY_RELEASE, "Released"));
  iw_entry_set_list (released, "items", (const char *const[]){ "x", NULL });
  iw_entry_set_list (released, "withheld", (const char *const[]){ "e", NULL });
  iw_entry_set_field (released, "recipient", "Lab");
  iw_entry_set_field (released, "manifest",
                      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  situation = world_look (world, 5);
  custody = iw_situation_get_custody (situation, "e");
  g_assert_cmpuint (custody->len, ==, 4);
  g_assert_true (custody->pdata[0] == collected);
  g_assert_true (custody->pdata[1] == marked);
  g_assert_true (custody->pdata[2] == approved);
  g_assert_true (custody->pdata[3] == released);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/situation/nothing", test_nothing);
  g_test_add_func ("/situation/incident", test_incident);
  g_test_add_func ("/situation/immutable", test_immutable);
  g_test_add_func ("/situation/zone-that-is-none", test_zone_that_is_none);
  g_test_add_func ("/situation/matrix", test_matrix);
  g_test_add_func ("/situation/notices", test_notices);
  g_test_add_func ("/situation/names", test_names);
  g_test_add_func ("/situation/people", test_people);
  g_test_add_func ("/situation/documents", test_documents);
  g_test_add_func ("/situation/plan", test_plan);
  g_test_add_func ("/situation/marks", test_marks);
  g_test_add_func ("/situation/approval", test_approval);
  g_test_add_func ("/situation/custody", test_custody);
  return g_test_run ();
}
