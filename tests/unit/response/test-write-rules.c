/* The table of cases, which the design document is held to as well (tests/peers/validate.mjs). */
#include "iw-write-rules.h"

#include <string.h>

#include "iw-test-support.h"

#define LEAST_CASES 80

static JsonArray *
load_cases (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "write-rules.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_array_ref (json_node_get_array (json_parser_get_root (parser)));
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
run_case (JsonObject *row)
{
  JsonObject *account = json_object_get_object_member (row, "account");
  JsonArray *list = json_object_get_array_member (account, "roles");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) roles = NULL;
  IwAccount who = { json_object_get_string_member_with_default (account, "name", NULL), NULL };

  for (guint i = 0; i < json_array_get_length (list); i++)
    g_strv_builder_add (builder, json_array_get_string_element (list, i));
  roles = g_strv_builder_end (builder);
  who.roles = (const char *const *)roles;
  return iw_write_rules_check (json_object_get_string_member (row, "docid"),
                               get_object (row, "before"), get_object (row, "after"),
                               json_object_get_boolean_member_with_default (row, "deleted", FALSE),
                               &who);
}

static void
test_table (void)
{
  g_autoptr (JsonArray) cases = load_cases ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (json_array_get_length (cases), >=, LEAST_CASES);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *row = json_array_get_object_element (cases, i);
      const char *name = json_object_get_string_member (row, "name");
      g_autofree char *reason = run_case (row);

      if (!g_hash_table_add (names, (gpointer)name))
        g_error ("two cases are called “%s”", name);
      if (g_strcmp0 (reason, json_object_get_string_member_with_default (row, "reason", NULL)) != 0)
        g_error ("%s: %s", name, reason != NULL ? reason : "allowed");
    }
}

/* Each reason that is not allowed is known to the client. */
static void
test_translate (void)
{
  g_autofree char *field = iw_write_rules_translate ("The field “why” is missing or does not fit.");
  g_autofree char *author = iw_write_rules_translate ("This account does not write as “A”.");
  g_autofree char *foreign = iw_write_rules_translate ("No %s%n today");

  g_assert_cmpstr (field, ==, "The field “why” is missing or does not fit.");
  g_assert_cmpstr (author, ==, "This account does not write as “A”.");
  g_assert_cmpstr (foreign, ==, "No %s%n today");
}

static void
test_concern (void)
{
  g_assert_true (iw_write_rules_concern ("_design/x", NULL));
  g_assert_true (iw_write_rules_concern ("a", "entry"));
  g_assert_true (iw_write_rules_concern ("a", "team"));
  g_assert_false (iw_write_rules_concern ("a", "song"));
  g_assert_false (iw_write_rules_concern ("a", ""));
  g_assert_false (iw_write_rules_concern ("a", NULL));
}

static void
test_roles (void)
{
  const char *const roles[] = { "responder", "_admin", NULL };
  IwAccount account = { "a", roles };
  IwAccount none = { "a", NULL };

  g_assert_true (iw_account_has_role (&account, "responder"));
  g_assert_false (iw_account_has_role (&account, "respond"));
  g_assert_true (iw_account_is_admin (&account));
  g_assert_false (iw_account_is_admin (&none));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/write-rules/table", test_table);
  g_test_add_func ("/write-rules/translate", test_translate);
  g_test_add_func ("/write-rules/concern", test_concern);
  g_test_add_func ("/write-rules/roles", test_roles);
  return g_test_run ();
}
