/* Typed access to an entry. */
#include "iw-entry.h"

#define INCIDENT "0199a1b2-c3d4-7800-8000-000000000000"

static IwTime
at (const char *text)
{
  IwTime time = IW_TIME_NONE;

  g_assert_true (iw_time_parse_rfc3339 (text, NULL, &time));
  return time;
}

static void
test_new (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_ACTION, "Blocked the address");
  g_autoptr (JsonObject) json = iw_entry_to_json (entry);

  g_assert_null (iw_entry_get_id (entry));
  g_assert_cmpstr (iw_entry_get_incident (entry), ==, INCIDENT);
  g_assert_cmpint (iw_entry_get_kind (entry), ==, IW_ENTRY_ACTION);
  g_assert_cmpstr (iw_entry_get_text (entry), ==, "Blocked the address");
  g_assert_cmpstr (json_object_get_string_member (json, "type"), ==, "entry");
  g_assert_cmpint (json_object_get_int_member (json, "v"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json, "kind"), ==, "action");
  g_assert_cmpuint (json_object_get_size (json), ==, 5);

  iw_entry_set_id (entry, INCIDENT ":entry-x");
  g_assert_cmpstr (iw_entry_get_id (entry), ==, INCIDENT ":entry-x");
  iw_entry_set_id (entry, NULL);
  g_assert_null (iw_entry_get_id (entry));
}

static void
test_empty (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, NULL);

  g_assert_cmpstr (iw_entry_get_text (entry), ==, "");
  g_assert_cmpstr (iw_entry_get_zone (entry), ==, "");
  g_assert_cmpstr (iw_entry_get_actor (entry), ==, "");
  g_assert_cmpstr (iw_entry_get_team (entry), ==, "");
  g_assert_cmpstr (iw_entry_get_source (entry), ==, "");
  g_assert_cmpint (iw_entry_get_confidence (entry), ==, IW_CONFIDENCE_UNSET);
  g_assert_false (iw_entry_get_key (entry));
  g_assert_cmpuint (iw_entry_get_links (entry)->len, ==, 0);
  g_assert_null (iw_entry_get_tags (entry)[0]);
  g_assert_false (iw_time_is_set (iw_entry_get_occurred (entry)));
  g_assert_false (iw_time_is_set (iw_entry_get_occurred_end (entry)));
  g_assert_false (iw_time_is_set (iw_entry_get_discovered (entry)));
  g_assert_false (iw_time_is_set (iw_entry_get_recorded (entry)));
  g_assert_cmpint (iw_entry_get_sort_time (entry), ==, 0);
  g_assert_null (iw_entry_get_field (entry, "to"));
}

static void
test_text_fields (void)
{
  static const struct
  {
    const char *name;
    const char *(*get) (IwEntry *);
    void (*set) (IwEntry *, const char *);
  } fields[] = {
    { "text", iw_entry_get_text, iw_entry_set_text },
    { "occurred_zone", iw_entry_get_zone, iw_entry_set_zone },
    { "actor", iw_entry_get_actor, iw_entry_set_actor },
    { "team", iw_entry_get_team, iw_entry_set_team },
    { "source", iw_entry_get_source, iw_entry_set_source },
  };
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (JsonObject) json = NULL;
      g_autoptr (JsonObject) without = NULL;

      fields[i].set (entry, "認証 failed");
      g_assert_cmpstr (fields[i].get (entry), ==, "認証 failed");
      json = iw_entry_to_json (entry);
      g_assert_cmpstr (json_object_get_string_member (json, fields[i].name), ==, "認証 failed");
      fields[i].set (entry, i % 2 ? NULL : "");
      g_assert_cmpstr (fields[i].get (entry), ==, "");
      without = iw_entry_to_json (entry);
      g_assert_false (json_object_has_member (without, fields[i].name));
      fields[i].set (entry, "\xffx");
      g_assert_true (g_utf8_validate (fields[i].get (entry), -1, NULL));
      fields[i].set (entry, NULL);
    }
}

static void
test_times (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "x");
  g_autoptr (JsonObject) json = NULL;

  iw_entry_set_recorded (entry, at ("2026-11-03T10:00:00.5Z"));
  g_assert_cmpint (iw_entry_get_sort_time (entry), ==, at ("2026-11-03T10:00:00.5Z").us);
  iw_entry_set_discovered (entry, at ("2026-11-02T10:00Z"));
  g_assert_cmpint (iw_entry_get_sort_time (entry), ==, at ("2026-11-02T10:00Z").us);
  iw_entry_set_occurred (entry, at ("2026-11"));
  iw_entry_set_occurred_end (entry, at ("2026-12"));
  g_assert_cmpint (iw_entry_get_sort_time (entry), ==, at ("2026-11-01").us);
  g_assert_cmpint (iw_entry_get_occurred (entry).precision, ==, IW_PRECISION_MONTH);
  g_assert_cmpint (iw_entry_get_occurred_end (entry).us, ==, at ("2026-12").us);
  g_assert_cmpint (iw_entry_get_recorded (entry).precision, ==, IW_PRECISION_MILLISECOND);

  json = iw_entry_to_json (entry);
  g_assert_cmpstr (json_object_get_string_member (json, "occurred_at"), ==, "2026-11");
  g_assert_cmpstr (json_object_get_string_member (json, "occurred_end"), ==, "2026-12");
  g_assert_cmpstr (json_object_get_string_member (json, "discovered_at"), ==, "2026-11-02T10:00Z");
  g_assert_cmpstr (json_object_get_string_member (json, "recorded_at"), ==,
                   "2026-11-03T10:00:00.500Z");

  iw_entry_set_occurred (entry, IW_TIME_NONE);
  g_assert_false (iw_time_is_set (iw_entry_get_occurred (entry)));
  g_assert_cmpint (iw_entry_get_sort_time (entry), ==, at ("2026-11-02T10:00Z").us);
}

static void
test_flags (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "x");
  g_autoptr (JsonObject) json = NULL;

  iw_entry_set_key (entry, TRUE);
  iw_entry_set_confidence (entry, IW_CONFIDENCE_CONFIRMED);
  g_assert_true (iw_entry_get_key (entry));
  g_assert_cmpint (iw_entry_get_confidence (entry), ==, IW_CONFIDENCE_CONFIRMED);
  iw_entry_set_key (entry, FALSE);
  iw_entry_set_confidence (entry, IW_CONFIDENCE_UNSET);
  g_assert_false (iw_entry_get_key (entry));
  json = iw_entry_to_json (entry);
  g_assert_false (json_object_has_member (json, "key"));
  g_assert_false (json_object_has_member (json, "confidence"));
}

static void
assert_link (IwEntry *entry, guint index, const char *docid, gint64 row)
{
  const IwEntryLink *link;

  g_assert_cmpuint (index, <, iw_entry_get_links (entry)->len);
  link = &g_array_index (iw_entry_get_links (entry), IwEntryLink, index);
  g_assert_cmpstr (link->docid, ==, docid);
  g_assert_cmpint (link->row, ==, row);
}

static void
test_links (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "x");
  g_autoptr (JsonObject) json = NULL;

  iw_entry_add_link (entry, "evidence-a", 17);
  iw_entry_add_link (entry, "document-b", 0);
  iw_entry_add_link (entry, "evidence-a", 18);
  g_assert_cmpuint (iw_entry_get_links (entry)->len, ==, 3);
  assert_link (entry, 0, "evidence-a", 17);
  assert_link (entry, 1, "document-b", 0);
  assert_link (entry, 2, "evidence-a", 18);
  iw_entry_remove_link (entry, 1);
  g_assert_cmpuint (iw_entry_get_links (entry)->len, ==, 2);
  assert_link (entry, 1, "evidence-a", 18);
  iw_entry_remove_link (entry, 0);
  iw_entry_remove_link (entry, 0);
  json = iw_entry_to_json (entry);
  g_assert_false (json_object_has_member (json, "links"));
}

static void
test_foreign_links (void)
{
  static const char text[] = "{\"incident\":\"" INCIDENT "\",\"kind\":\"note\",\"links\":["
                             "{\"ticket\":\"T-1\"},{\"evidence\":\"e\",\"row\":2},"
                             "{\"ticket\":\"T-2\"},{\"document\":\"d\",\"page\":4}]}";
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEntry) entry = iw_entry_new_from_json (NULL, json_node_get_object (node), &error);
  g_autoptr (JsonObject) json = NULL;
  JsonArray *links;

  g_assert_no_error (error);
  g_assert_cmpuint (iw_entry_get_links (entry)->len, ==, 2);
  assert_link (entry, 0, "e", 2);
  assert_link (entry, 1, "d", 0);
  /* The index counts what is shown; what is not shown stays. */
  iw_entry_remove_link (entry, 0);
  assert_link (entry, 0, "d", 0);
  json = iw_entry_to_json (entry);
  links = json_object_get_array_member (json, "links");
  g_assert_cmpuint (json_array_get_length (links), ==, 3);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (links, 1), "ticket"), ==,
      "T-2");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (links, 2), "page"),
                   ==, 4);
}

static void
test_tags (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "x");
  const char *const tags[] = { "T1078", "credential", NULL };
  g_autoptr (JsonObject) json = NULL;

  iw_entry_set_tags (entry, tags);
  g_assert_cmpstrv (iw_entry_get_tags (entry), tags);
  iw_entry_set_tags (entry, NULL);
  g_assert_null (iw_entry_get_tags (entry)[0]);
  json = iw_entry_to_json (entry);
  g_assert_false (json_object_has_member (json, "tags"));
}

static void
test_fields (void)
{
  static const char text[] = "{\"incident\":\"" INCIDENT "\",\"kind\":\"note\",\"n\":17,"
                             "\"d\":2.5,\"s\":\"x\",\"b\":true,\"o\":{},\"z\":null}";
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (IwEntry) entry = iw_entry_new_from_json (NULL, json_node_get_object (node), NULL);
  const char *number;

  number = iw_entry_get_field (entry, "n");
  g_assert_cmpstr (number, ==, "17");
  g_assert_cmpstr (iw_entry_get_field (entry, "d"), ==, "2.5");
  g_assert_cmpstr (iw_entry_get_field (entry, "s"), ==, "x");
  /* It is still there after others were asked for. */
  g_assert_cmpstr (number, ==, "17");
  g_assert_true (iw_entry_get_field (entry, "n") == number);
  g_assert_null (iw_entry_get_field (entry, "b"));
  g_assert_null (iw_entry_get_field (entry, "o"));
  g_assert_null (iw_entry_get_field (entry, "z"));
  g_assert_null (iw_entry_get_field (entry, "absent"));

  iw_entry_set_field (entry, "n", "18");
  g_assert_cmpstr (iw_entry_get_field (entry, "n"), ==, "18");
  iw_entry_set_field (entry, "n", NULL);
  g_assert_null (iw_entry_get_field (entry, "n"));
  /* A field that has a getter of its own is seen by it at once. */
  g_assert_cmpint (iw_entry_get_sort_time (entry), ==, 0);
  iw_entry_set_field (entry, "occurred_at", "2026-11-03");
  g_assert_cmpint (iw_entry_get_sort_time (entry), ==, at ("2026-11-03").us);
}

static void
test_copy (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "x");
  g_autoptr (IwEntry) copy = NULL;

  iw_entry_set_id (entry, "id");
  iw_entry_add_link (entry, "a", 1);
  copy = iw_entry_copy (entry);
  g_assert_cmpstr (iw_entry_get_id (copy), ==, "id");
  g_assert_true (iw_entry_equal_content (entry, copy));
  iw_entry_set_text (copy, "y");
  iw_entry_add_link (copy, "b", 2);
  g_assert_cmpstr (iw_entry_get_text (entry), ==, "x");
  g_assert_cmpuint (iw_entry_get_links (entry)->len, ==, 1);
}

static void
test_to_json_is_a_copy (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "x");
  g_autoptr (JsonObject) json = iw_entry_to_json (entry);

  json_object_set_string_member (json, "text", "y");
  g_assert_cmpstr (iw_entry_get_text (entry), ==, "x");
}

static void
test_kinds (void)
{
  for (int i = 0; i < IW_N_ENTRY_KINDS; i++)
    {
      g_assert_cmpint (iw_entry_kind_from_string (iw_entry_kind_to_string (i)), ==, i);
      g_assert_cmpstr (iw_entry_kind_label (i), !=, "");
      g_assert_cmpint (iw_entry_kind_is_decision (i), ==, i >= IW_ENTRY_STAGE);
    }
  g_assert_cmpstr (iw_entry_kind_label (IW_ENTRY_OBSERVATION), ==, "Observation");
  g_assert_cmpint (iw_entry_kind_from_string ("hologram"), ==, IW_ENTRY_UNKNOWN);
  g_assert_cmpint (iw_entry_kind_from_string ("Note"), ==, IW_ENTRY_UNKNOWN);
  g_assert_cmpint (iw_entry_kind_from_string (""), ==, IW_ENTRY_UNKNOWN);
  g_assert_cmpint (iw_entry_kind_from_string (NULL), ==, IW_ENTRY_UNKNOWN);
}

static void
test_confidences (void)
{
  for (int i = 0; i < IW_N_CONFIDENCES; i++)
    g_assert_cmpint (iw_confidence_from_string (iw_confidence_to_string (i)), ==, i);
  g_assert_cmpstr (iw_confidence_label (IW_CONFIDENCE_UNSET), ==, "");
  g_assert_cmpstr (iw_confidence_label (IW_CONFIDENCE_HIGH), ==, "High");
  g_assert_cmpint (iw_confidence_from_string ("utter"), ==, IW_CONFIDENCE_UNSET);
  g_assert_cmpint (iw_confidence_from_string (NULL), ==, IW_CONFIDENCE_UNSET);
}

static void
test_lists (void)
{
  static const char *const values[] = { "a", "", "b\nc", "\xff", NULL };
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_SWEEP, "x");
  g_autoptr (JsonObject) json = NULL;
  g_auto (GStrv) none = iw_entry_get_list (entry, "found");
  g_auto (GStrv) list = NULL;
  g_auto (GStrv) text = NULL;

  g_assert_nonnull (none);
  g_assert_null (none[0]);
  iw_entry_set_list (entry, "found", values);
  list = iw_entry_get_list (entry, "found");
  g_assert_cmpuint (g_strv_length (list), ==, 4);
  g_assert_cmpstr (list[2], ==, "b\nc");
  g_assert_true (g_utf8_validate (list[3], -1, NULL));
  /* A list is no text, and a text no list. */
  g_assert_null (iw_entry_get_field (entry, "found"));
  text = iw_entry_get_list (entry, "kind");
  g_assert_null (text[0]);

  iw_entry_set_list (entry, "found", (const char *const[]){ NULL });
  json = iw_entry_to_json (entry);
  g_assert_false (json_object_has_member (json, "found"));
}

/* Items that are no text are left out, whatever they are. */
static void
test_odd_list (void)
{
  g_autoptr (JsonNode) node = json_from_string (
      "{\"incident\":\"" INCIDENT "\",\"kind\":\"sweep\",\"found\":[1,null,\"a\",{},[\"b\"]]}",
      NULL);
  g_autoptr (IwEntry) entry = iw_entry_new_from_json (NULL, json_node_get_object (node), NULL);
  g_auto (GStrv) list = iw_entry_get_list (entry, "found");

  g_assert_cmpuint (g_strv_length (list), ==, 1);
  g_assert_cmpstr (list[0], ==, "a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/entry/new", test_new);
  g_test_add_func ("/entry/empty", test_empty);
  g_test_add_func ("/entry/text-fields", test_text_fields);
  g_test_add_func ("/entry/times", test_times);
  g_test_add_func ("/entry/flags", test_flags);
  g_test_add_func ("/entry/links", test_links);
  g_test_add_func ("/entry/links/foreign", test_foreign_links);
  g_test_add_func ("/entry/tags", test_tags);
  g_test_add_func ("/entry/fields", test_fields);
  g_test_add_func ("/entry/copy", test_copy);
  g_test_add_func ("/entry/to-json-is-a-copy", test_to_json_is_a_copy);
  g_test_add_func ("/entry/kinds", test_kinds);
  g_test_add_func ("/entry/confidences", test_confidences);
  g_test_add_func ("/entry/lists", test_lists);
  g_test_add_func ("/entry/odd-list", test_odd_list);
  return g_test_run ();
}
