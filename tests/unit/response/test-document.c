/* test-document.c: a document as it was read */
#include "iw-document.h"

static IwDocument *
read_document (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  return iw_document_new ("workspace:team-1", "2-b", json_node_get_object (node));
}

static void
test_members (void)
{
  g_autoptr (IwDocument) document =
      read_document ("{\"type\":\"team\",\"name\":\"CDOC\",\"n\":3,\"f\":1.5,\"b\":true,"
                     "\"o\":{},\"l\":[\"a\",1,null,\"b\"],\"z\":null}");
  g_auto (GStrv) list = iw_document_get_list (document, "l");
  g_auto (GStrv) none = iw_document_get_list (document, "name");

  g_assert_cmpstr (iw_document_get_id (document), ==, "workspace:team-1");
  g_assert_cmpstr (iw_document_get_rev (document), ==, "2-b");
  g_assert_cmpstr (iw_document_get_type_name (document), ==, "team");
  g_assert_cmpstr (iw_document_get_text (document, "name"), ==, "CDOC");
  g_assert_cmpstr (iw_document_get_text (document, "n"), ==, "3");
  g_assert_cmpstr (iw_document_get_text (document, "f"), ==, "1.5");
  g_assert_cmpstr (iw_document_get_text (document, "b"), ==, "");
  g_assert_cmpstr (iw_document_get_text (document, "o"), ==, "");
  g_assert_cmpstr (iw_document_get_text (document, "z"), ==, "");
  g_assert_cmpstr (iw_document_get_text (document, "no"), ==, "");
  g_assert_cmpuint (g_strv_length (list), ==, 2);
  g_assert_cmpstr (list[1], ==, "b");
  g_assert_nonnull (none);
  g_assert_null (none[0]);
}

static void
assert_name (const char *json, const char *name)
{
  g_autoptr (IwDocument) document = read_document (json);

  g_assert_cmpstr (iw_document_get_name (document), ==, name);
}

static void
test_name (void)
{
  assert_name ("{\"name\":\"a\",\"title\":\"b\"}", "a");
  assert_name ("{\"name\":\"\",\"title\":\"b\",\"value\":\"c\"}", "b");
  assert_name ("{\"value\":\"c\",\"subject\":\"d\"}", "c");
  assert_name ("{\"subject\":\"d\"}", "d");
  assert_name ("{}", "workspace:team-1");
}

static void
test_counted (void)
{
  IwDocument *document = read_document ("{}");

  g_assert_true (iw_document_ref (document) == document);
  iw_document_unref (document);
  g_assert_cmpstr (iw_document_get_type_name (document), ==, "");
  iw_document_unref (document);
  iw_document_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/document/members", test_members);
  g_test_add_func ("/document/name", test_name);
  g_test_add_func ("/document/counted", test_counted);
  return g_test_run ();
}
