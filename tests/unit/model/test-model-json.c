#include "iw-model-json.h"

#include "iw-model-error.h"

#include <string.h>

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
test_copy_is_deep (void)
{
  g_autoptr (JsonObject) object =
      parse ("{\"a\":{\"b\":[1,{\"c\":\"d\"},[2.5,null,true]]},\"e\":null}");
  g_autoptr (JsonObject) copy = iw_model_json_copy (object);
  g_autoptr (JsonObject) other = NULL;
  JsonArray *array;

  g_assert_true (json_object_equal (object, copy));
  array = json_object_get_array_member (json_object_get_object_member (copy, "a"), "b");
  json_object_set_string_member (json_array_get_object_element (array, 1), "c", "x");
  g_assert_false (json_object_equal (object, copy));

  other = iw_model_json_copy (object);
  array = json_object_get_array_member (json_object_get_object_member (other, "a"), "b");
  json_array_remove_element (json_array_get_array_element (array, 2), 0);
  g_assert_false (json_object_equal (object, other));
}

static void
test_copy_keeps_order (void)
{
  g_autoptr (JsonObject) object = parse ("{\"z\":1,\"a\":2,\"m\":3}");
  g_autoptr (JsonObject) copy = iw_model_json_copy (object);
  g_autoptr (GList) names = json_object_get_members (copy);

  g_assert_cmpstr (names->data, ==, "z");
  g_assert_cmpstr (names->next->data, ==, "a");
  g_assert_cmpstr (names->next->next->data, ==, "m");
}

static void
test_strings (void)
{
  g_autoptr (JsonObject) object = parse ("{\"n\":null,\"i\":1,\"s\":\"x\"}");

  g_assert_null (iw_model_json_get_string (object, "absent"));
  g_assert_null (iw_model_json_get_string (object, "n"));
  g_assert_null (iw_model_json_get_string (object, "i"));
  g_assert_cmpstr (iw_model_json_get_string (object, "s"), ==, "x");
  iw_model_json_set_string (object, "s", "bad \xff byte");
  g_assert_cmpstr (iw_model_json_get_string (object, "s"), ==, "bad \357\277\275 byte");
  iw_model_json_set_string (object, "s", "");
  g_assert_false (json_object_has_member (object, "s"));
  iw_model_json_set_string (object, "s", NULL);
  g_assert_false (json_object_has_member (object, "s"));
}

static void
test_sets (void)
{
  g_autoptr (JsonObject) object = parse ("{\"a\":[\"x\",1,null,\"y\"],\"b\":\"no\"}");
  g_auto (GStrv) a = iw_model_json_get_strings (object, "a");
  g_auto (GStrv) b = iw_model_json_get_strings (object, "b");
  g_auto (GStrv) absent = iw_model_json_get_strings (object, "c");
  const char *const wanted[] = { "x", "y", NULL };
  const char *const none[] = { NULL };

  g_assert_cmpstrv (a, wanted);
  g_assert_cmpuint (g_strv_length (b), ==, 0);
  g_assert_cmpuint (g_strv_length (absent), ==, 0);
  iw_model_json_set_strings (object, "a", none);
  g_assert_false (json_object_has_member (object, "a"));
}

/* Each check, with a member that passes and members that do not. */
static void
assert_check (const char *text, const char *check, const char *problem)
{
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (GError) error = NULL;
  gboolean good = FALSE;

  if (strcmp (check, "string") == 0)
    good = iw_model_json_check_string (object, "f", 4, &error);
  else if (strcmp (check, "required") == 0)
    good = iw_model_json_check_required (object, "f", 4, &error);
  else if (strcmp (check, "int") == 0)
    good = iw_model_json_check_int (object, "f", &error);
  else if (strcmp (check, "boolean") == 0)
    good = iw_model_json_check_boolean (object, "f", &error);
  else if (strcmp (check, "object") == 0)
    good = iw_model_json_check_object (object, "f", &error);
  else if (strcmp (check, "time") == 0)
    good = iw_model_json_check_time (object, "f", &error);
  else if (strcmp (check, "strings") == 0)
    good = iw_model_json_check_strings (object, "f", 2, 4, &error);
  else
    g_assert_not_reached ();

  g_test_message ("%s %s", check, text);
  if (problem == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (good);
      return;
    }
  g_assert_false (good);
  g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“f”"));
  g_assert_nonnull (strstr (error->message, problem));
}

static void
test_checks (void)
{
  static const char *const optional[] = { "string", "int", "boolean", "object", "time", "strings" };

  for (guint i = 0; i < G_N_ELEMENTS (optional); i++)
    {
      assert_check ("{}", optional[i], NULL);
      assert_check ("{\"f\":null}", optional[i], NULL);
    }
  assert_check ("{\"f\":\"four\"}", "string", NULL);
  assert_check ("{\"f\":\"fives\"}", "string", "too long");
  assert_check ("{\"f\":4}", "string", "not text");
  assert_check ("{\"f\":[]}", "string", "not text");
  assert_check ("{\"f\":\"x\"}", "required", NULL);
  assert_check ("{}", "required", "missing");
  assert_check ("{\"f\":null}", "required", "missing");
  assert_check ("{\"f\":\"\"}", "required", "empty");
  assert_check ("{\"f\":{}}", "required", "not text");
  assert_check ("{\"f\":-3}", "int", NULL);
  assert_check ("{\"f\":1.5}", "int", "whole number");
  assert_check ("{\"f\":\"1\"}", "int", "whole number");
  assert_check ("{\"f\":false}", "boolean", NULL);
  assert_check ("{\"f\":0}", "boolean", "true nor false");
  assert_check ("{\"f\":\"true\"}", "boolean", "true nor false");
  assert_check ("{\"f\":{}}", "object", NULL);
  assert_check ("{\"f\":[]}", "object", "object");
  assert_check ("{\"f\":\"2026\"}", "time", NULL);
  assert_check ("{\"f\":\"2026-11-03T14:05\"}", "time", "not a time");
  assert_check ("{\"f\":\"\"}", "time", "not a time");
  assert_check ("{\"f\":2026}", "time", "not text");
  assert_check ("{\"f\":[]}", "strings", NULL);
  assert_check ("{\"f\":[\"a\",\"b\"]}", "strings", NULL);
  assert_check ("{\"f\":[\"a\",\"b\",\"c\"]}", "strings", "too many");
  assert_check ("{\"f\":[\"a\",2]}", "strings", "not text");
  assert_check ("{\"f\":[\"a\",null]}", "strings", "not text");
  assert_check ("{\"f\":[\"fives\"]}", "strings", "too long");
  assert_check ("{\"f\":\"a\"}", "strings", "not a list");
}

static void
test_check_utf8 (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (object, "f", "\xff");
  g_assert_false (iw_model_json_check_string (object, "f", 4, &error));
  g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
  g_assert_false (iw_model_json_check_string (object, "f", 4, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model-json/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/model-json/copy-keeps-order", test_copy_keeps_order);
  g_test_add_func ("/model-json/strings", test_strings);
  g_test_add_func ("/model-json/sets", test_sets);
  g_test_add_func ("/model-json/checks", test_checks);
  g_test_add_func ("/model-json/check-utf8", test_check_utf8);
  return g_test_run ();
}
