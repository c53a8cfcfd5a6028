#include "iw-filter.h"

#include "iw-model-error.h"

#include <string.h>

static void
test_empty (void)
{
  g_autoptr (IwFilter) filter = iw_filter_new ();
  gboolean machine = TRUE;
  gint64 start, end;

  g_assert_true (iw_filter_is_empty (filter));
  g_assert_cmpuint (iw_filter_get_kinds (filter, &machine), ==, 0);
  g_assert_false (machine);
  g_assert_null (iw_filter_get_sources (filter)[0]);
  g_assert_null (iw_filter_get_actors (filter)[0]);
  g_assert_null (iw_filter_get_teams (filter)[0]);
  g_assert_cmpstr (iw_filter_get_text (filter), ==, "");
  g_assert_false (iw_filter_get_range (filter, &start, &end));
  g_assert_cmpint (iw_filter_get_events_mode (filter), ==, IW_EVENTS_COLLAPSED);
  g_assert_true (iw_filter_admits_events (filter));
  /* How events are shown restricts nothing. */
  iw_filter_set_events_mode (filter, IW_EVENTS_SHOWN);
  g_assert_true (iw_filter_is_empty (filter));
  iw_filter_free (NULL);
}

/* Each restriction alone, by number; FALSE past the last one. */
static gboolean
restrict_by (IwFilter *filter, int number)
{
  static const char *const values[] = { "b", "a", "b", NULL };

  switch (number)
    {
    case 0:
      iw_filter_set_kinds (filter, 1u << IW_ENTRY_ACTION | 1u << IW_ENTRY_UNKNOWN, FALSE);
      return TRUE;
    case 1:
      iw_filter_set_kinds (filter, 0, TRUE);
      return TRUE;
    case 2:
      iw_filter_set_sources (filter, values);
      return TRUE;
    case 3:
      iw_filter_set_actors (filter, values);
      return TRUE;
    case 4:
      iw_filter_set_teams (filter, values);
      return TRUE;
    case 5:
      iw_filter_set_min_confidence (filter, IW_CONFIDENCE_MEDIUM);
      return TRUE;
    case 6:
      iw_filter_set_key_only (filter, TRUE);
      return TRUE;
    case 7:
      iw_filter_set_text (filter, "\"signed in\" 認証");
      return TRUE;
    case 8:
      iw_filter_set_range (filter, -5, G_GINT64_CONSTANT (1793588645678901));
      return TRUE;
    case 9:
      iw_filter_set_hide_duplicates (filter, TRUE);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
assert_round_trip (IwFilter *filter)
{
  g_autoptr (JsonObject) json = iw_filter_to_json (filter);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) parsed = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwFilter) again = iw_filter_new_from_json (json_node_get_object (parsed), &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  g_assert_true (iw_filter_equal (filter, again));
}

static void
test_each (void)
{
  g_autoptr (IwFilter) all = iw_filter_new ();
  g_autoptr (IwFilter) empty = iw_filter_new ();

  for (int i = 0;; i++)
    {
      g_autoptr (IwFilter) filter = iw_filter_new ();
      g_autoptr (IwFilter) copy = NULL;

      if (!restrict_by (filter, i))
        break;
      restrict_by (all, i);
      g_assert_false (iw_filter_is_empty (filter));
      g_assert_false (iw_filter_equal (filter, empty));
      copy = iw_filter_copy (filter);
      g_assert_true (iw_filter_equal (filter, copy));
      assert_round_trip (filter);
      assert_round_trip (all);
    }
  for (int mode = IW_EVENTS_COLLAPSED; mode <= IW_EVENTS_HIDDEN; mode++)
    {
      iw_filter_set_events_mode (empty, mode);
      g_assert_cmpint (iw_filter_get_events_mode (empty), ==, mode);
      assert_round_trip (empty);
    }
}

static void
test_sets (void)
{
  static const char *const one[] = { "b", "a", "b", NULL };
  static const char *const other[] = { "a", "b", NULL };
  g_autoptr (IwFilter) a = iw_filter_new ();
  g_autoptr (IwFilter) b = iw_filter_new ();

  iw_filter_set_sources (a, one);
  iw_filter_set_sources (b, other);
  g_assert_true (iw_filter_equal (a, b));
  g_assert_cmpstrv (iw_filter_get_sources (a), other);
  /* A filter may be given its own values. */
  iw_filter_set_sources (a, iw_filter_get_sources (a));
  g_assert_cmpstrv (iw_filter_get_sources (a), other);
  iw_filter_set_sources (a, NULL);
  g_assert_true (iw_filter_is_empty (a));
}

static void
test_text (void)
{
  g_autoptr (IwFilter) filter = iw_filter_new ();

  iw_filter_set_text (filter, "  two words ");
  g_assert_cmpstr (iw_filter_get_text (filter), ==, "two words");
  iw_filter_set_text (filter, iw_filter_get_text (filter));
  g_assert_cmpstr (iw_filter_get_text (filter), ==, "two words");
  iw_filter_set_text (filter, "   ");
  g_assert_true (iw_filter_is_empty (filter));
  iw_filter_set_text (filter, NULL);
  g_assert_cmpstr (iw_filter_get_text (filter), ==, "");
}

static void
test_range (void)
{
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwFilter) empty = iw_filter_new ();
  gint64 start = 0, end = 0;

  iw_filter_set_range (filter, G_MININT64, G_MAXINT64);
  g_assert_true (iw_filter_get_range (filter, &start, &end));
  g_assert_cmpint (start, ==, IW_TIME_MIN);
  g_assert_cmpint (end, ==, IW_TIME_MAX);
  assert_round_trip (filter);
  iw_filter_set_range (filter, 77, 77);
  g_assert_false (iw_filter_get_range (filter, NULL, NULL));
  g_assert_true (iw_filter_equal (filter, empty));
}

static void
test_admits_events (void)
{
  static const gboolean admits[] = {
    FALSE, TRUE, TRUE, TRUE, FALSE, FALSE, FALSE, TRUE, TRUE, TRUE
  };

  for (int i = 0;; i++)
    {
      g_autoptr (IwFilter) filter = iw_filter_new ();

      if (!restrict_by (filter, i))
        break;
      g_test_message ("%d", i);
      g_assert_cmpint (iw_filter_admits_events (filter), ==, admits[i]);
      iw_filter_set_events_mode (filter, IW_EVENTS_HIDDEN);
      g_assert_false (iw_filter_admits_events (filter));
    }
}

static void
test_kinds (void)
{
  g_autoptr (IwFilter) filter = iw_filter_new ();
  gboolean machine = FALSE;

  iw_filter_set_kinds (filter, G_MAXUINT32, TRUE);
  g_assert_cmpuint (iw_filter_get_kinds (filter, &machine), ==, (1u << IW_N_ENTRY_KINDS) - 1);
  g_assert_true (machine);
  g_assert_cmpuint (iw_filter_get_kinds (filter, NULL), !=, 0);
  assert_round_trip (filter);
}

static IwFilter *
read_filter (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return iw_filter_new_from_json (json_node_get_object (node), error);
}

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwFilter) empty = read_filter ("{}", &error);
  g_autoptr (IwFilter) nulls = read_filter ("{\"kinds\":null,\"text\":null,\"key_only\":null,"
                                            "\"start\":null,\"events\":null}",
                                            &error);
  g_autoptr (IwFilter) newer = read_filter ("{\"kinds\":[\"hologram\"],\"events\":\"folded\","
                                            "\"min_confidence\":\"utter\",\"new\":{}}",
                                            &error);
  g_autoptr (IwFilter) open = read_filter ("{\"start\":\"2026-11-03\"}", &error);
  gint64 start, end;

  g_assert_no_error (error);
  g_assert_true (iw_filter_is_empty (empty));
  g_assert_true (iw_filter_equal (empty, nulls));
  g_assert_cmpuint (iw_filter_get_kinds (newer, NULL), ==, 1u << IW_ENTRY_UNKNOWN);
  g_assert_cmpint (iw_filter_get_min_confidence (newer), ==, IW_CONFIDENCE_UNSET);
  g_assert_cmpint (iw_filter_get_events_mode (newer), ==, IW_EVENTS_COLLAPSED);
  g_assert_true (iw_filter_get_range (open, &start, &end));
  g_assert_cmpint (start, ==, G_GINT64_CONSTANT (1793664000000000));
  g_assert_cmpint (end, ==, IW_TIME_MAX);
}

static void
test_refused (void)
{
  static const char *const texts[][2] = {
    { "{\"kinds\":\"note\"}", "kinds" },
    { "{\"kinds\":[1]}", "kinds" },
    { "{\"sources\":{}}", "sources" },
    { "{\"actors\":[null]}", "actors" },
    { "{\"teams\":true}", "teams" },
    { "{\"min_confidence\":3}", "min_confidence" },
    { "{\"key_only\":\"yes\"}", "key_only" },
    { "{\"text\":[\"a\"]}", "text" },
    { "{\"start\":5}", "start" },
    { "{\"end\":\"soon\"}", "end" },
    { "{\"start\":\"2026\",\"end\":\"2025\"}", "end" },
    { "{\"events\":0}", "events" },
    { "{\"hide_duplicates\":1}", "hide_duplicates" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *quoted = g_strdup_printf ("“%s”", texts[i][1]);

      g_test_message ("%s", texts[i][0]);
      g_assert_null (read_filter (texts[i][0], &error));
      g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, quoted));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/filter/empty", test_empty);
  g_test_add_func ("/filter/each", test_each);
  g_test_add_func ("/filter/sets", test_sets);
  g_test_add_func ("/filter/text", test_text);
  g_test_add_func ("/filter/range", test_range);
  g_test_add_func ("/filter/admits-events", test_admits_events);
  g_test_add_func ("/filter/kinds", test_kinds);
  g_test_add_func ("/filter/read", test_read);
  g_test_add_func ("/filter/refused", test_refused);
  return g_test_run ();
}
