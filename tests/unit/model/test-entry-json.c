/* Which documents are entries, and when two say the same. */
#include "iw-entry.h"
#include "iw-model-error.h"

#include <string.h>

#define INCIDENT "0199a1b2-c3d4-7800-8000-000000000000"
#define BASE "\"incident\":\"" INCIDENT "\",\"kind\":\"note\""

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static IwEntry *
read_entry (const char *text)
{
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (GError) error = NULL;
  IwEntry *entry = iw_entry_new_from_json ("id", object, &error);

  g_assert_no_error (error);
  return entry;
}

static void
assert_refused (const char *text, const char *field)
{
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdup_printf ("“%s”", field);

  g_test_message ("%s", text);
  g_assert_null (iw_entry_new_from_json (NULL, object, &error));
  g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, quoted));
  g_assert_null (iw_entry_new_from_json (NULL, object, NULL));
}

static void
test_refused (void)
{
  static const char *const times[] = { "occurred_at", "occurred_end", "discovered_at",
                                       "recorded_at", "created_at",   "modified_at" };
  static const char *const texts[] = { "text", "actor",      "team", "source", "occurred_zone",
                                       "why",  "confidence", "from", "to",     "created_by" };

  assert_refused ("{}", "incident");
  assert_refused ("{\"incident\":\"" INCIDENT "\"}", "kind");
  assert_refused ("{\"kind\":\"note\"}", "incident");
  assert_refused ("{\"incident\":null,\"kind\":\"note\"}", "incident");
  assert_refused ("{\"incident\":\"x\",\"kind\":\"note\"}", "incident");
  assert_refused ("{\"incident\":\"" INCIDENT "\",\"kind\":\"\"}", "kind");
  assert_refused ("{\"incident\":\"" INCIDENT "\",\"kind\":3}", "kind");
  assert_refused ("{" BASE ",\"type\":\"incident\"}", "type");
  assert_refused ("{" BASE ",\"type\":1}", "type");
  assert_refused ("{" BASE ",\"v\":\"1\"}", "v");
  assert_refused ("{" BASE ",\"key\":1}", "key");
  assert_refused ("{" BASE ",\"key\":\"true\"}", "key");
  assert_refused ("{" BASE ",\"tags\":\"a\"}", "tags");
  assert_refused ("{" BASE ",\"tags\":[1]}", "tags");
  assert_refused ("{" BASE ",\"tags\":[[\"a\"]]}", "tags");
  assert_refused ("{" BASE ",\"links\":{}}", "links");
  assert_refused ("{" BASE ",\"links\":[\"x\"]}", "links");
  assert_refused ("{" BASE ",\"links\":[null]}", "links");
  assert_refused ("{" BASE ",\"links\":[{\"evidence\":1,\"row\":1}]}", "evidence");
  assert_refused ("{" BASE ",\"links\":[{\"document\":{}}]}", "document");
  assert_refused ("{" BASE ",\"links\":[{\"evidence\":\"e\",\"row\":\"1\"}]}", "row");
  assert_refused ("{" BASE ",\"links\":[{\"evidence\":\"e\",\"row\":0}]}", "links");
  assert_refused ("{" BASE ",\"links\":[{\"evidence\":\"e\",\"row\":-5}]}", "links");

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *number = g_strdup_printf ("{" BASE ",\"%s\":1793588645}", times[i]);
      g_autofree char *naive = g_strdup_printf ("{" BASE ",\"%s\":\"2026-11-03T14:05\"}", times[i]);

      assert_refused (number, times[i]);
      assert_refused (naive, times[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *number = g_strdup_printf ("{" BASE ",\"%s\":1}", texts[i]);
      g_autofree char *list = g_strdup_printf ("{" BASE ",\"%s\":[\"x\"]}", texts[i]);

      assert_refused (number, texts[i]);
      assert_refused (list, texts[i]);
    }
}

static void
assert_limit (const char *field, gsize limit)
{
  g_autoptr (JsonObject) object = parse ("{" BASE "}");
  g_autofree char *text = g_strnfill (limit, 'x');
  g_autofree char *longer = g_strnfill (limit + 1, 'x');
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (object, field, text);
  entry = iw_entry_new_from_json (NULL, object, &error);
  g_assert_no_error (error);
  json_object_set_string_member (object, field, longer);
  g_assert_null (iw_entry_new_from_json (NULL, object, &error));
  g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
}

static void
test_limits (void)
{
  assert_limit ("text", 1024 * 1024);
  assert_limit ("actor", 64 * 1024);
}

static void
test_many (void)
{
  g_autoptr (JsonObject) object = parse ("{" BASE ",\"links\":[]}");
  JsonArray *links = json_object_get_array_member (object, "links");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 10001; i++)
    {
      JsonObject *link = json_object_new ();

      json_object_set_string_member (link, "document", "d");
      json_array_add_object_element (links, link);
    }
  g_assert_null (iw_entry_new_from_json (NULL, object, &error));
  g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
}

static void
test_accepted (void)
{
  g_autoptr (IwEntry) bare = read_entry ("{" BASE "}");
  g_autoptr (IwEntry) nulls =
      read_entry ("{" BASE ",\"text\":null,\"occurred_at\":null,\"key\":null,\"tags\":null,"
                  "\"links\":null,\"confidence\":null,\"type\":null,\"v\":null}");
  g_autoptr (IwEntry) newer =
      read_entry ("{\"incident\":\"" INCIDENT "\",\"kind\":\"hologram\",\"v\":7,"
                  "\"confidence\":\"utter\",\"to\":\"legal\"}");

  g_assert_cmpstr (iw_entry_get_id (bare), ==, "id");
  g_assert_cmpstr (iw_entry_get_text (nulls), ==, "");
  g_assert_false (iw_entry_get_key (nulls));
  g_assert_cmpuint (iw_entry_get_links (nulls)->len, ==, 0);
  iw_entry_add_link (nulls, "d", 0);
  g_assert_cmpuint (iw_entry_get_links (nulls)->len, ==, 1);
  g_assert_cmpint (iw_entry_get_kind (newer), ==, IW_ENTRY_UNKNOWN);
  g_assert_cmpint (iw_entry_get_confidence (newer), ==, IW_CONFIDENCE_UNSET);
  g_assert_cmpstr (iw_entry_get_field (newer, "to"), ==, "legal");
}

/* What this version does not know stays, at any depth, also when something else changes. */
static void
test_unknown_fields_survive (void)
{
  static const char text[] =
      "{\"type\":\"entry\",\"v\":9," BASE ",\"text\":\"x\",\"_rev\":\"3-abc\","
      "\"new\":{\"deep\":[1,2.5,{\"x\":null}]},\"flag\":false,\"confidence\":\"utter\"}";
  g_autoptr (IwEntry) entry = read_entry (text);
  g_autoptr (JsonObject) before = parse (text);
  g_autoptr (JsonObject) after = iw_entry_to_json (entry);
  g_autoptr (JsonObject) changed = NULL;

  g_assert_true (json_object_equal (before, after));
  iw_entry_set_text (entry, "y");
  iw_entry_set_key (entry, TRUE);
  changed = iw_entry_to_json (entry);
  json_object_set_string_member (before, "text", "y");
  json_object_set_boolean_member (before, "key", TRUE);
  g_assert_true (json_object_equal (before, changed));
}

static void
test_body_is_copied (void)
{
  g_autoptr (JsonObject) body = parse ("{" BASE ",\"links\":[{\"document\":\"d\"}]}");
  g_autoptr (IwEntry) entry = iw_entry_new_from_json (NULL, body, NULL);
  JsonArray *links = json_object_get_array_member (body, "links");

  json_object_set_string_member (json_array_get_object_element (links, 0), "document", "other");
  g_assert_cmpstr (g_array_index (iw_entry_get_links (entry), IwEntryLink, 0).docid, ==, "d");
}

static void
assert_equal (const char *a, const char *b, gboolean equal)
{
  g_autofree char *text_a = g_strdup_printf ("{" BASE "%s}", a);
  g_autofree char *text_b = g_strdup_printf ("{" BASE "%s}", b);
  g_autoptr (IwEntry) entry_a = read_entry (text_a);
  g_autoptr (IwEntry) entry_b = read_entry (text_b);

  g_test_message ("%s | %s", a, b);
  g_assert_true (iw_entry_equal_content (entry_a, entry_a));
  g_assert_cmpint (iw_entry_equal_content (entry_a, entry_b), ==, equal);
  g_assert_cmpint (iw_entry_equal_content (entry_b, entry_a), ==, equal);
}

static void
test_equal (void)
{
  assert_equal ("", "", TRUE);
  assert_equal (",\"text\":\"x\"", ",\"text\":\"x\"", TRUE);
  assert_equal (",\"text\":\"x\"", ",\"text\":\"y\"", FALSE);
  assert_equal (",\"text\":\"x\"", "", FALSE);
  /* Who kept it and when is not what it says. */
  assert_equal (",\"recorded_at\":\"2026\",\"created_at\":\"2026\",\"created_by\":\"a\"",
                ",\"modified_at\":\"2025\",\"modified_by\":\"b\",\"_rev\":\"1-a\",\"v\":1", TRUE);
  /* A time is a time, however it is written; its precision counts. */
  assert_equal (",\"occurred_at\":\"2026-11-03T14:05:00+01:00\"",
                ",\"occurred_at\":\"2026-11-03T13:05:00Z\"", TRUE);
  assert_equal (",\"occurred_at\":\"2026-11-03T13:05Z\"",
                ",\"occurred_at\":\"2026-11-03T13:05:00Z\"", FALSE);
  assert_equal (",\"occurred_at\":\"2026-11-03\"", ",\"discovered_at\":\"2026-11-03\"", FALSE);
  /* Empty is as good as absent. */
  assert_equal (",\"key\":false,\"tags\":[],\"links\":[],\"actor\":\"\",\"x\":null", "", TRUE);
  assert_equal (",\"key\":true", "", FALSE);
  assert_equal (",\"tags\":[\"a\",\"b\"]", ",\"tags\":[\"a\"]", FALSE);
  assert_equal (",\"links\":[{\"evidence\":\"e\",\"row\":1}]",
                ",\"links\":[{\"evidence\":\"e\",\"row\":2}]", FALSE);
  assert_equal (",\"foreign\":{\"a\":1}", ",\"foreign\":{\"a\":2}", FALSE);
  assert_equal (",\"a\":\"1\",\"b\":\"2\"", ",\"b\":\"2\",\"a\":\"1\"", TRUE);
}

static void
test_equal_ignores_id (void)
{
  g_autoptr (IwEntry) a = read_entry ("{" BASE "}");
  g_autoptr (IwEntry) b = read_entry ("{" BASE "}");

  iw_entry_set_id (b, "other");
  iw_entry_set_recorded (b, (IwTime){ 5, IW_PRECISION_SECOND });
  g_assert_true (iw_entry_equal_content (a, b));
  iw_entry_set_kind (b, IW_ENTRY_ACTION);
  g_assert_false (iw_entry_equal_content (a, b));
}

/* Any JSON object at all: it is an entry that answers each question, or an error. */
static void
add_noise (JsonObject *object, GRand *rand, const char *name)
{
  JsonObject *link;
  JsonArray *array;

  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      json_object_set_null_member (object, name);
      break;
    case 1:
      json_object_set_int_member (object, name, g_rand_int (rand));
      break;
    case 2:
      json_object_set_double_member (object, name, g_rand_double (rand));
      break;
    case 3:
      json_object_set_boolean_member (object, name, g_rand_boolean (rand));
      break;
    case 4:
      json_object_set_object_member (object, name, json_object_new ());
      break;
    case 5:
      array = json_array_new ();
      link = json_object_new ();
      json_object_set_string_member (link, g_rand_boolean (rand) ? "evidence" : "x", "e");
      json_object_set_int_member (link, "row", g_rand_int_range (rand, -1, 4));
      json_array_add_object_element (array, link);
      json_object_set_array_member (object, name, array);
      break;
    case 6:
      json_object_set_string_member (object, name, "2026-11-03T14:05:00Z");
      break;
    default:
      break;
    }
}

static void
test_noise (void)
{
  static const char *const names[] = { "text", "key",   "tags",        "links",       "actor",
                                       "v",    "to",    "occurred_at", "recorded_at", "confidence",
                                       "type", "extra", "occurred_end" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);
  guint accepted = 0, refused = 0;

  for (int i = 0; i < 5000; i++)
    {
      g_autoptr (JsonObject) object = parse ("{" BASE "}");
      g_autoptr (IwEntry) entry = NULL;
      g_autoptr (GError) error = NULL;

      for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        add_noise (object, rand, names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))]);
      entry = iw_entry_new_from_json (NULL, object, &error);
      g_assert_true ((entry == NULL) == (error != NULL));
      if (entry == NULL)
        {
          refused++;
          continue;
        }
      accepted++;
      iw_entry_get_sort_time (entry);
      iw_entry_get_occurred_end (entry);
      iw_entry_get_confidence (entry);
      iw_entry_get_key (entry);
      g_assert_nonnull (iw_entry_get_links (entry));
      g_assert_nonnull (iw_entry_get_tags (entry));
      g_assert_nonnull (iw_entry_get_text (entry));
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        iw_entry_get_field (entry, names[j]);
    }
  g_assert_cmpuint (accepted, >, 500);
  g_assert_cmpuint (refused, >, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/entry-json/refused", test_refused);
  g_test_add_func ("/entry-json/limits", test_limits);
  g_test_add_func ("/entry-json/many", test_many);
  g_test_add_func ("/entry-json/accepted", test_accepted);
  g_test_add_func ("/entry-json/unknown-fields-survive", test_unknown_fields_survive);
  g_test_add_func ("/entry-json/body-is-copied", test_body_is_copied);
  g_test_add_func ("/entry-json/equal", test_equal);
  g_test_add_func ("/entry-json/equal/ignores-id", test_equal_ignores_id);
  g_test_add_func ("/entry-json/noise", test_noise);
  return g_test_run ();
}
