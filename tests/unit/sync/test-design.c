#include "iw-design.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "iw-test-support.h"

/* That it does what it should is for tests/peers/validate.mjs. */
static void
test_document (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (iw_design_document (), &error);
  JsonObject *document;
  const char *function;

  g_assert_no_error (error);
  document = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (document, "_id"), ==, IW_DESIGN_ID);
  g_assert_cmpstr (json_object_get_string_member (document, "language"), ==, "javascript");
  function = json_object_get_string_member (document, "validate_doc_update");
  g_assert_true (g_str_has_prefix (function, "function (newDoc, oldDoc, userCtx, secObj) {"));
  g_assert_true (g_str_has_suffix (function, "}"));
  g_assert_null (strstr (function, "TABLES = null"));
  g_assert_nonnull (strstr (function, "\"declared_by\""));
  g_assert_true (iw_design_document () == iw_design_document ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/design/document", test_document);
  return g_test_run ();
}
