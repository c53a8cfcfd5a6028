/* A situation as JSON: the shape that its header promises. */
#include "situation-fixture.h"

#include "iw-situation-json.h"

static JsonObject *
to_json (World *world, gint64 now)
{
  g_autoptr (IwSituation) situation = world_look (world, now);

  return iw_situation_to_json (situation);
}

/* @path: members and indices with slashes; @expected: JSON. */
static void
assert_member (JsonObject *json, const char *path, const char *expected)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), json);
  g_autoptr (JsonNode) wanted = json_from_string (expected, NULL);
  g_autofree char *found = NULL;
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);
  JsonNode *node = root;

  g_assert_nonnull (wanted);
  for (guint i = 0; steps[i] != NULL; i++)
    if (JSON_NODE_HOLDS_ARRAY (node))
      node = json_array_get_element (json_node_get_array (node),
                                     g_ascii_strtoull (steps[i], NULL, 10));
    else
      {
        node = json_object_get_member (json_node_get_object (node), steps[i]);
        if (node == NULL)
          g_error ("no member %s", path);
      }
  found = json_to_string (node, FALSE);
  if (!json_node_equal (node, wanted))
    g_error ("%s is %s, not %s", path, found, expected);
}

static void
test_empty (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (JsonObject) json = to_json (world, 0);

  assert_member (json, "incident", "\"" INCIDENT "\"");
  assert_member (json, "now", "\"2026-11-03T09:00:00.000000Z\"");
  assert_member (json, "stage", "\"detect\"");
  assert_member (json, "severity", "\"\"");
  assert_member (json, "classification", "\"\"");
  assert_member (json, "urgent", "false");
  assert_member (json, "bands", "[]");
  assert_member (json, "roles", "{}");
  assert_member (json, "clocks", "[]");
  assert_member (json, "decisions", "[]");
  assert_member (json, "not_in_force", "[]");
  g_assert_false (json_object_has_member (json, "opened_at"));
  g_assert_false (json_object_has_member (json, "closed_at"));
  g_assert_false (json_object_has_member (json, "classified"));
}

static void
test_all (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (JsonObject) json = NULL;
  IwEntry *declared, *wrong, *undo, *asked;
  g_autofree char *counted = NULL;

  add_document (world->documents, INCIDENT ":incident", "{\"type\":\"incident\",\"title\":\"P\"}");
  add_document (world->documents, "e", "{\"type\":\"evidence\",\"name\":\"a.log\"}");
  add_notice (world, "n", "customers", "x");
  add_notice (world, "d", "internal", "x");
  add_scope (world, "s", "customer", "a@b.example");
  add_task (world, "t", "containment", ",\"emergency\":true");
  put_stage (world->entries, 0, "assess");
  declared = put_declaration (world->entries, 10);
  put_impact (world->entries, 11, "confirmed");
  put_severity (world->entries, 11, "low");
  put_containment (world->entries, 12, "started");
  put_role (world->entries, 13, "legal", "L. Lee");
  put (world->entries, 14,
       iw_decision_new (INCIDENT, "activity", "activity", "forensics", "to", "done", "assignee",
                        "Lab", NULL));
  asked = put_escalation (world->entries, 15, "Legal", "30");
  put_answer (world->entries, 50, asked, "accepted");
  put_notice (world->entries, 16, "n", "deferred", NULL);
  put_scope (world, 17, "s", "confirmed");
  put_task (world, 18, "t", "in-progress");
  put_marking (world, 19, "e", "customer-data");
  put_approval (world, 20, "e", "A. Sato");
  wrong = put_stage (world->entries, 21, "diagnose");
  undo = put_withdrawal (world->entries, 22, id_of (wrong));
  json = to_json (world, 60);

  assert_member (json, "title", "\"P\"");
  assert_member (json, "stage", "\"assess\"");
  assert_member (json, "severity", "\"high\"");
  assert_member (json, "set_severity", "\"low\"");
  assert_member (json, "priority", "\"p1\"");
  assert_member (json, "set_priority", "\"\"");
  assert_member (json, "classification", "\"crsi\"");
  assert_member (json, "urgent", "true");
  assert_member (json, "containing", "true");
  assert_member (json, "opened_at", "\"2026-11-03T09:00:00.000000Z\"");
  assert_member (json, "bands",
                 "[{\"stage\":\"assess\",\"start\":\"2026-11-03T09:00:00.000000Z\"}]");
  assert_member (json, "containment", "[{\"start\":\"2026-11-03T09:12:00.000000Z\"}]");
  g_assert_cmpstr (json_object_get_string_member (json, "classified"), ==, id_of (declared));
  assert_member (json, "roles", "{\"legal\":\"L. Lee\"}");
  assert_member (json, "activities/forensics/state", "\"done\"");
  assert_member (json, "activities/forensics/assignee", "\"Lab\"");
  assert_member (json, "escalations/0/to", "\"Legal\"");
  assert_member (json, "escalations/0/due", "\"2026-11-03T09:45:00.000000Z\"");
  assert_member (json, "escalations/0/acknowledged", "\"2026-11-03T09:50:00.000000Z\"");
  assert_member (json, "escalations/0/late", "true");
  assert_member (json, "escalations/0/overdue", "false");
  assert_member (json, "clocks/0/kind", "\"acknowledgement\"");
  assert_member (json, "clocks/0/state", "\"met\"");
  assert_member (json, "clocks/1/kind", "\"customer-notice\"");
  assert_member (json, "clocks/1/due", "\"2026-11-06T09:10:00.000000Z\"");
  assert_member (json, "clocks/1/state", "\"running\"");
  assert_member (json, "notices/0/id", "\"n\"");
  assert_member (json, "notices/0/status", "\"deferred\"");
  assert_member (json, "notices/1/id", "\"d\"");
  assert_member (json, "notices/1/status", "\"draft\"");
  assert_member (json, "scope/0/state", "\"confirmed\"");
  assert_member (json, "tasks",
                 "[{\"id\":\"t\",\"title\":\"Task t\",\"phase\":\"containment\",\"emergency\":true,"
                 "\"state\":\"in-progress\"}]");
  assert_member (json, "evidence/0/marks", "[\"customer-data\"]");
  assert_member (json, "gaps/0/closing", "true");
  g_assert_true (json_object_has_member (
      json_array_get_object_element (json_object_get_array_member (json, "evidence"), 0),
      "approval"));
  assert_member (json, "not_in_force/0/kind", "\"stage\"");
  assert_member (json, "not_in_force/0/problem", "\"Withdrawn by M. Ito: Undone\"");
  counted = g_strdup_printf ("\"%s\"", id_of (undo));
  assert_member (json, "not_in_force/0/withdrawn_by", counted);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "decisions")), ==,
                    world->entries->len - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/situation-json/empty", test_empty);
  g_test_add_func ("/situation-json/all", test_all);
  return g_test_run ();
}
