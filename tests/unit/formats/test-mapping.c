/* test-mapping.c: mappings, and the names of formats and roles */
#include "iw-mapping.h"
#include "iw-timeline-import.h"

static void
test_names (void)
{
  for (guint i = 0; i < IW_N_FORMATS; i++)
    {
      IwFormat format = IW_N_FORMATS;

      g_assert_true (iw_format_from_string (iw_format_to_string (i), &format));
      g_assert_cmpint (format, ==, i);
      g_assert_cmpint (strlen (iw_format_label (i)), >, 0);
    }
  for (guint i = 0; i < IW_N_ROLES; i++)
    {
      IwRole role = IW_N_ROLES;

      g_assert_true (iw_role_from_string (iw_role_to_string (i), &role));
      g_assert_cmpint (role, ==, i);
      g_assert_cmpint (strlen (iw_role_label (i)), >, 0);
    }
  {
    IwFormat format;
    IwRole role;

    g_assert_false (iw_format_from_string ("xls", &format));
    g_assert_false (iw_role_from_string (NULL, &role));
  }
}

static void
test_roles (void)
{
  g_autoptr (IwMapping) mapping = iw_mapping_new (IW_FORMAT_GENERIC_CSV);
  g_autoptr (IwMapping) copy = NULL;

  iw_mapping_set_role (mapping, "a", IW_ROLE_TIME);
  iw_mapping_set_role (mapping, "b", IW_ROLE_TIME);
  g_assert_cmpint (iw_mapping_get_role (mapping, "a"), ==, IW_ROLE_NONE);
  g_assert_cmpstr (iw_mapping_get_column (mapping, IW_ROLE_TIME), ==, "b");
  iw_mapping_set_role (mapping, "t2", IW_ROLE_TAGS);
  iw_mapping_set_role (mapping, "t1", IW_ROLE_TAGS);
  g_assert_cmpint (iw_mapping_get_role (mapping, "t2"), ==, IW_ROLE_TAGS);
  g_assert_cmpstr (iw_mapping_get_column (mapping, IW_ROLE_TAGS), ==, "t1");
  copy = iw_mapping_copy (mapping);
  iw_mapping_set_role (mapping, "b", IW_ROLE_NONE);
  g_assert_null (iw_mapping_get_column (mapping, IW_ROLE_TIME));
  g_assert_cmpstr (iw_mapping_get_column (copy, IW_ROLE_TIME), ==, "b");
}

static void
test_json (void)
{
  g_autoptr (IwMapping) mapping = iw_mapping_new (IW_FORMAT_PLASO_TLN);
  g_autoptr (IwMapping) again = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (iw_mapping_get_delimiter (mapping), ==, '|');
  iw_mapping_set_delimiter (mapping, '\t');
  iw_mapping_set_zone (mapping, "Europe/Berlin");
  iw_mapping_set_day_first (mapping, TRUE);
  iw_mapping_set_header (mapping, FALSE);
  iw_mapping_set_role (mapping, "Zeit", IW_ROLE_TIME);
  object = iw_mapping_to_json (mapping);
  again = iw_mapping_new_from_json (object, &error);
  g_assert_no_error (error);
  g_assert_cmpint (iw_mapping_get_format (again), ==, IW_FORMAT_PLASO_TLN);
  g_assert_cmpint (iw_mapping_get_delimiter (again), ==, '\t');
  g_assert_cmpstr (iw_mapping_get_zone (again), ==, "Europe/Berlin");
  g_assert_true (iw_mapping_get_day_first (again));
  g_assert_false (iw_mapping_get_header (again));
  g_assert_cmpint (iw_mapping_get_role (again, "Zeit"), ==, IW_ROLE_TIME);
}

static void
test_json_hostile (void)
{
  static const char *const bad[] = {
    "{}",
    "{\"format\": 7}",
    "{\"format\": \"nothing\"}",
    "{\"format\": \"csv\", \"zone\": {}}",
    "{\"format\": \"csv\", \"roles\": []}",
    "{\"format\": \"csv\", \"delimiter\": \"\\n\"}",
    "{\"format\": \"csv\", \"delimiter\": \"::\"}",
    "{\"format\": \"csv\", \"roles\": {\"a\": 1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (bad[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (iw_mapping_new_from_json (json_node_get_object (node), &error));
      g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING);
    }
  {
    g_autoptr (JsonNode) node = json_from_string (
        "{\"format\": \"csv\", \"day_first\": 3, \"roles\": {\"a\": \"newer\"}}", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (IwMapping) mapping = iw_mapping_new_from_json (json_node_get_object (node), &error);

    g_assert_no_error (error);
    g_assert_cmpint (iw_mapping_get_role (mapping, "a"), ==, IW_ROLE_NONE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/mapping/names", test_names);
  g_test_add_func ("/mapping/roles", test_roles);
  g_test_add_func ("/mapping/json", test_json);
  g_test_add_func ("/mapping/json-hostile", test_json_hostile);
  return g_test_run ();
}
