#include "iw-evidence.h"

#include "iw-model-error.h"

#include <string.h>

#define INCIDENT "0199a1b2-c3d4-7800-8000-000000000000"
#define SHA "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define BASE                                                                                       \
  "\"incident\":\"" INCIDENT "\",\"name\":\"proxy.csv\",\"sha256\":\"" SHA "\",\"length\":17"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
test_new (void)
{
  g_autoptr (IwEvidence) evidence = iw_evidence_new (INCIDENT, "proxy.csv", SHA, 0);
  g_autoptr (JsonObject) json = iw_evidence_to_json (evidence);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEvidence) again = iw_evidence_new_from_json ("id", json, &error);

  g_assert_no_error (error);
  g_assert_null (iw_evidence_get_id (evidence));
  g_assert_cmpstr (iw_evidence_get_id (again), ==, "id");
  g_assert_cmpstr (json_object_get_string_member (json, "type"), ==, "evidence");
  g_assert_cmpint (json_object_get_int_member (json, "v"), ==, 1);
  g_assert_cmpstr (iw_evidence_get_incident (again), ==, INCIDENT);
  g_assert_cmpstr (iw_evidence_get_name (again), ==, "proxy.csv");
  g_assert_cmpstr (iw_evidence_get_sha256 (again), ==, SHA);
  g_assert_cmpint (iw_evidence_get_length (again), ==, 0);
  g_assert_cmpint (iw_evidence_get_skew (again), ==, 0);
  g_assert_false (iw_evidence_is_timeline (again));
  g_assert_null (iw_evidence_get_timeline (again));
}

static void
test_changes (void)
{
  g_autoptr (IwEvidence) evidence = iw_evidence_new (INCIDENT, "a", SHA, 5);
  g_autoptr (JsonObject) timeline = parse ("{\"format\":\"timesketch-csv\",\"rows\":3}");
  g_autoptr (JsonObject) json = NULL;

  iw_evidence_set_id (evidence, "id");
  g_assert_cmpstr (iw_evidence_get_id (evidence), ==, "id");
  iw_evidence_set_name (evidence, "b");
  g_assert_cmpstr (iw_evidence_get_name (evidence), ==, "b");

  iw_evidence_set_timeline (evidence, timeline);
  g_assert_true (iw_evidence_is_timeline (evidence));
  json_object_set_int_member (timeline, "rows", 4);
  g_assert_cmpint (json_object_get_int_member (iw_evidence_get_timeline (evidence), "rows"), ==, 3);
  iw_evidence_set_timeline (evidence, NULL);
  g_assert_false (iw_evidence_is_timeline (evidence));

  iw_evidence_set_skew (evidence, -90 * IW_USEC_PER_SEC);
  g_assert_cmpint (iw_evidence_get_skew (evidence), ==, -90 * IW_USEC_PER_SEC);
  iw_evidence_set_skew (evidence, 0);
  json = iw_evidence_to_json (evidence);
  g_assert_false (json_object_has_member (json, "skew_us"));
}

/* No correction can carry a time past what 64 bits hold. */
static void
test_extreme_skew (void)
{
  g_autoptr (IwEvidence) evidence = iw_evidence_new (INCIDENT, "a", SHA, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (IwEvidence) again = NULL;

  iw_evidence_set_skew (evidence, G_MAXINT64);
  g_assert_cmpint (iw_evidence_get_skew (evidence), ==, 36525 * IW_USEC_PER_DAY);
  iw_evidence_set_skew (evidence, G_MININT64);
  g_assert_cmpint (iw_evidence_get_skew (evidence), ==, -36525 * IW_USEC_PER_DAY);
  json = iw_evidence_to_json (evidence);
  again = iw_evidence_new_from_json (NULL, json, &error);
  g_assert_no_error (error);
}

static void
test_unknown_fields_survive (void)
{
  static const char text[] =
      "{" BASE ",\"type\":\"evidence\",\"v\":4,\"custody\":[{\"who\":\"x\"}],"
      "\"timeline\":{\"format\":\"csv\",\"new\":[1]}}";
  g_autoptr (JsonObject) before = parse (text);
  g_autoptr (IwEvidence) evidence = iw_evidence_new_from_json (NULL, before, NULL);
  g_autoptr (JsonObject) after = iw_evidence_to_json (evidence);
  g_autoptr (JsonObject) changed = NULL;

  g_assert_true (json_object_equal (before, after));
  iw_evidence_set_skew (evidence, 5);
  changed = iw_evidence_to_json (evidence);
  json_object_set_int_member (before, "skew_us", 5);
  g_assert_true (json_object_equal (before, changed));
}

static void
test_collected (void)
{
  g_autoptr (JsonObject) object = parse ("{" BASE "}");
  g_autoptr (IwEvidence) evidence = iw_evidence_new_from_json (NULL, object, NULL);
  g_autoptr (JsonObject) body = NULL;

  iw_evidence_set_collected_at (evidence, IW_TIME_NONE);
  iw_evidence_set_collected_by (evidence, "");
  iw_evidence_set_origin (evidence, NULL);
  iw_evidence_set_media_type (evidence, NULL);
  g_assert_false (iw_time_is_set (iw_evidence_get_collected_at (evidence)));
  g_assert_cmpstr (iw_evidence_get_collected_by (evidence), ==, "");
  g_assert_cmpstr (iw_evidence_get_origin (evidence), ==, "");
  g_assert_cmpstr (iw_evidence_get_media_type (evidence), ==, "");
  iw_evidence_set_collected_at (evidence, (IwTime){ 0, IW_PRECISION_MINUTE });
  iw_evidence_set_collected_by (evidence, "A. Sato");
  iw_evidence_set_origin (evidence, "mail server");
  iw_evidence_set_media_type (evidence, "image/png");
  body = iw_evidence_to_json (evidence);
  g_assert_cmpstr (json_object_get_string_member (body, "collected_at"), ==, "1970-01-01T00:00Z");
  g_assert_cmpstr (json_object_get_string_member (body, "collected_by"), ==, "A. Sato");
  g_assert_cmpint (iw_evidence_get_collected_at (evidence).precision, ==, IW_PRECISION_MINUTE);
  g_assert_cmpstr (iw_evidence_get_origin (evidence), ==, "mail server");
  g_assert_cmpstr (iw_evidence_get_media_type (evidence), ==, "image/png");
}

/* @change: a member that takes the place of a good one; NULL removes it. */
static void
assert_refused (const char *name, const char *value)
{
  g_autoptr (JsonObject) object = parse ("{" BASE "}");
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdup_printf ("“%s”", name);

  if (value != NULL)
    json_object_set_member (object, name, json_from_string (value, NULL));
  else
    json_object_remove_member (object, name);
  g_test_message ("%s: %s", name, value);
  g_assert_null (iw_evidence_new_from_json (NULL, object, &error));
  g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, quoted));
}

static void
test_refused (void)
{
  assert_refused ("incident", NULL);
  assert_refused ("incident", "\"x\"");
  assert_refused ("name", NULL);
  assert_refused ("name", "\"\"");
  assert_refused ("name", "[]");
  assert_refused ("sha256", NULL);
  assert_refused ("sha256", "\"abc\"");
  assert_refused ("sha256", "\"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\"");
  assert_refused ("sha256", "7");
  assert_refused ("length", NULL);
  assert_refused ("length", "-1");
  assert_refused ("length", "\"17\"");
  assert_refused ("length", "1.5");
  assert_refused ("skew_us", "\"5\"");
  assert_refused ("skew_us", "9223372036854775807");
  assert_refused ("skew_us", "-9223372036854775807");
  assert_refused ("timeline", "[]");
  assert_refused ("timeline", "\"csv\"");
  assert_refused ("collected_at", "\"yesterday\"");
  assert_refused ("media_type", "1");
  assert_refused ("type", "\"entry\"");
  assert_refused ("v", "\"1\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/evidence/new", test_new);
  g_test_add_func ("/evidence/changes", test_changes);
  g_test_add_func ("/evidence/extreme-skew", test_extreme_skew);
  g_test_add_func ("/evidence/unknown-fields-survive", test_unknown_fields_survive);
  g_test_add_func ("/evidence/collected", test_collected);
  g_test_add_func ("/evidence/refused", test_refused);
  return g_test_run ();
}
