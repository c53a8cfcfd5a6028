#include <glib.h>

#include "iw-conflict-fields.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_node_dup_object (node);
}

static char *
write_out (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

typedef struct
{
  JsonObject *winner, *other, *base, *merged;
} Versions;

static void
set_up (Versions *v, gconstpointer data)
{
  v->base = parse ("{\"type\":\"task\",\"title\":\"Keys\",\"phase\":\"recovery\",\"note\":\"a\"}");
  v->winner = parse ("{\"type\":\"task\",\"title\":\"Rotate keys\",\"phase\":\"eradication\","
                     "\"owner\":\"Ada\",\"note\":\"a\",\"modified_by\":\"Ada\"}");
  v->other = parse ("{\"type\":\"task\",\"title\":\"Revoke keys\",\"phase\":\"containment\","
                    "\"note\":\"b\",\"modified_by\":\"Ben\"}");
  v->merged = parse ("{\"type\":\"task\",\"title\":\"Rotate keys\",\"phase\":\"eradication\","
                     "\"owner\":\"Ada\",\"note\":\"b\",\"modified_by\":\"Ben\"}");
}

static void
tear_down (Versions *v, gconstpointer data)
{
  json_object_unref (v->winner);
  json_object_unref (v->other);
  json_object_unref (v->base);
  json_object_unref (v->merged);
}

static const char *const open_members[] = { "/title", "/phase", NULL };

static GPtrArray *
make (Versions *v)
{
  return iw_conflict_fields_new (v->winner, v->other, v->base, v->merged, open_members, NULL);
}

static void
test_fields (Versions *v, gconstpointer data)
{
  g_autoptr (GPtrArray) fields = make (v);
  IwConflictField *title, *phase;

  g_assert_cmpuint (fields->len, ==, 2);
  title = fields->pdata[0];
  phase = fields->pdata[1];
  g_assert_cmpstr (title->label, ==, "Task");
  g_assert_cmpstr (title->winner, ==, "Rotate keys");
  g_assert_cmpstr (title->other, ==, "Revoke keys");
  g_assert_cmpstr (title->base, ==, "Keys");
  g_assert_true (title->editable);
  /* A choice is shown in its words, and picked, not typed. */
  g_assert_cmpstr (phase->winner, ==, "Eradication");
  g_assert_false (phase->editable);
}

static void
test_settled (Versions *v, gconstpointer data)
{
  g_autoptr (GPtrArray) settled =
      iw_conflict_fields_settled (v->winner, v->other, v->merged, open_members, NULL);
  IwSettledField *first, *second;

  /* What is open, and stamps, are not among them. */
  g_assert_cmpuint (settled->len, ==, 2);
  first = settled->pdata[0];
  second = settled->pdata[1];
  g_assert_cmpstr (first->text, ==, "b");
  g_assert_cmpstr (second->label, ==, "Owner");
  g_assert_cmpstr (second->text, ==, "Ada");
}

static void
test_apply (Versions *v, gconstpointer data)
{
  g_autoptr (GPtrArray) fields = make (v);
  g_autoptr (JsonObject) body = NULL;

  g_assert_false (iw_conflict_fields_are_decided (fields));
  iw_conflict_field_pick (fields->pdata[0], IW_PICK_EDITED, "Rotate and revoke keys");
  g_assert_false (iw_conflict_fields_are_decided (fields));
  iw_conflict_field_pick (fields->pdata[1], IW_PICK_OTHER, NULL);
  g_assert_true (iw_conflict_fields_are_decided (fields));
  body = iw_conflict_fields_apply (fields, v->winner, v->other, v->merged);
  g_assert_cmpstr (json_object_get_string_member (body, "title"), ==, "Rotate and revoke keys");
  g_assert_cmpstr (json_object_get_string_member (body, "phase"), ==, "containment");
  g_assert_cmpstr (json_object_get_string_member (body, "note"), ==, "b");
  /* The versions are as they were. */
  g_assert_cmpstr (json_object_get_string_member (v->merged, "title"), ==, "Rotate keys");
}

/* One side has taken the field away. */
static void
test_absent (void)
{
  g_autoptr (JsonObject) winner = parse ("{\"type\":\"task\",\"note\":\"here\"}");
  g_autoptr (JsonObject) other = parse ("{\"type\":\"task\"}");
  const char *const open[] = { "/note", NULL };
  g_autoptr (GPtrArray) fields = iw_conflict_fields_new (winner, other, NULL, winner, open, NULL);
  IwConflictField *field = fields->pdata[0];
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonObject) emptied = NULL;

  g_assert_null (field->other);
  g_assert_true (field->editable);
  iw_conflict_field_pick (field, IW_PICK_OTHER, NULL);
  body = iw_conflict_fields_apply (fields, winner, other, winner);
  g_assert_false (json_object_has_member (body, "note"));
  iw_conflict_field_pick (field, IW_PICK_EDITED, "");
  emptied = iw_conflict_fields_apply (fields, winner, other, winner);
  g_assert_false (json_object_has_member (emptied, "note"));
}

/* In a list whose elements have names, the same name is the same element. */
static void
test_in_lists (void)
{
  g_autoptr (JsonObject) winner =
      parse ("{\"rules\":[{\"id\":\"a\",\"v\":1},{\"id\":\"b\",\"v\":2},{\"id\":\"c\",\"v\":3}]}");
  g_autoptr (JsonObject) other = parse ("{\"rules\":[{\"id\":\"b\",\"v\":9}]}");
  const char *const open[] = { "/rules/1/v", NULL };
  g_autoptr (GPtrArray) fields = iw_conflict_fields_new (winner, other, NULL, winner, open, NULL);
  IwConflictField *field = fields->pdata[0];
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpstr (field->winner, ==, "2");
  g_assert_cmpstr (field->other, ==, "9");
  g_assert_false (field->editable);
  iw_conflict_field_pick (field, IW_PICK_OTHER, NULL);
  body = iw_conflict_fields_apply (fields, winner, other, winner);
  text = write_out (body);
  g_assert_cmpstr (
      text, ==,
      "{\"rules\":[{\"id\":\"a\",\"v\":1},{\"id\":\"b\",\"v\":9},{\"id\":\"c\",\"v\":3}]}");
}

static void
test_list_of_texts (void)
{
  g_autoptr (JsonObject) winner = parse ("{\"type\":\"entry\",\"tags\":[\"a\",\"b\"]}");
  g_autoptr (JsonObject) other = parse ("{\"type\":\"entry\",\"tags\":[\"c\"]}");
  const char *const open[] = { "/tags", NULL };
  g_autoptr (GPtrArray) fields = iw_conflict_fields_new (winner, other, NULL, winner, open, NULL);
  IwConflictField *field = fields->pdata[0];
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpstr (field->winner, ==, "a\nb");
  g_assert_true (field->lines);
  iw_conflict_field_pick (field, IW_PICK_EDITED, "a\n\n  c \n");
  body = iw_conflict_fields_apply (fields, winner, other, winner);
  text = write_out (body);
  g_assert_cmpstr (text, ==, "{\"type\":\"entry\",\"tags\":[\"a\",\"c\"]}");
}

/* Members have any name that JSON has. */
static void
test_escapes (void)
{
  g_autoptr (JsonObject) winner = parse ("{\"a/b~c\":{\"d\":\"x\"}}");
  g_autoptr (JsonObject) other = parse ("{\"a/b~c\":{\"d\":\"y\"}}");
  const char *const open[] = { "/a~1b~0c/d", NULL };
  g_autoptr (GPtrArray) fields = iw_conflict_fields_new (winner, other, NULL, winner, open, NULL);
  IwConflictField *field = fields->pdata[0];
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpstr (field->winner, ==, "x");
  g_assert_cmpstr (field->label, ==, "a/b~c › d");
  iw_conflict_field_pick (field, IW_PICK_OTHER, NULL);
  body = iw_conflict_fields_apply (fields, winner, other, winner);
  text = write_out (body);
  g_assert_cmpstr (text, ==, "{\"a/b~c\":{\"d\":\"y\"}}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/conflict-fields/fields", Versions, NULL, set_up, test_fields, tear_down);
  g_test_add ("/conflict-fields/settled", Versions, NULL, set_up, test_settled, tear_down);
  g_test_add ("/conflict-fields/apply", Versions, NULL, set_up, test_apply, tear_down);
  g_test_add_func ("/conflict-fields/absent", test_absent);
  g_test_add_func ("/conflict-fields/in-lists", test_in_lists);
  g_test_add_func ("/conflict-fields/list-of-texts", test_list_of_texts);
  g_test_add_func ("/conflict-fields/escapes", test_escapes);
  return g_test_run ();
}
