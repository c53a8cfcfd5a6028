/* test-entry-columns.c: an entry as columns, and back */
#include "iw-entry-columns.h"
#include "iw-id.h"
#include "iw-incident.h"
#include "iw-model-error.h"

#define INCIDENT "01890000-0000-7000-8000-000000000001"

static IwEntry *
again (IwEntry *entry)
{
  g_auto (GStrv) values = iw_entry_to_columns (entry);
  g_autoptr (GError) error = NULL;
  const char *desc;
  IwTime time = iw_entry_time_and_desc (entry, &desc);
  IwEntry *copy = iw_entry_from_columns (INCIDENT, (const char *const *)values,
                                         iw_entry_get_text (entry), time, desc, &error);

  g_assert_no_error (error);
  return copy;
}

static void
assert_same (IwEntry *entry)
{
  g_autoptr (IwEntry) copy = again (entry);
  g_autoptr (JsonObject) content = iw_entry_content_json (entry);
  g_autoptr (IwEntry) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_entry_equal_content (entry, copy));
  other = iw_entry_from_content_json (INCIDENT, content, &error);
  g_assert_no_error (error);
  g_assert_true (iw_entry_equal_content (entry, other));
}

static void
test_all_fields (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_COMMUNICATION, "Line\n\n| \"x\"");
  const char *const tags[] = { "a|b", "c,d", "[e]", NULL };

  iw_entry_set_occurred (
      entry, (IwTime){ G_GINT64_CONSTANT (1793167964123000), IW_PRECISION_MILLISECOND });
  iw_entry_set_occurred_end (entry,
                             (IwTime){ G_GINT64_CONSTANT (1793232000000000), IW_PRECISION_DAY });
  iw_entry_set_discovered (entry,
                           (IwTime){ G_GINT64_CONSTANT (1793167964000000), IW_PRECISION_SECOND });
  iw_entry_set_recorded (entry, (IwTime){ 5, IW_PRECISION_MICROSECOND });
  iw_entry_set_zone (entry, "Europe/Berlin");
  iw_entry_set_actor (entry, "ada");
  iw_entry_set_team (entry, "blue");
  iw_entry_set_source (entry, "phone");
  iw_entry_set_confidence (entry, IW_CONFIDENCE_HIGH);
  iw_entry_set_key (entry, TRUE);
  iw_entry_set_tags (entry, tags);
  iw_entry_add_link (entry, INCIDENT ":evidence-x", 7);
  iw_entry_set_field (entry, "foreign", "value");
  assert_same (entry);
}

static void
test_times (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "");
  const char *desc;

  iw_entry_set_recorded (entry, (IwTime){ 1000000, IW_PRECISION_SECOND });
  iw_entry_time_and_desc (entry, &desc);
  g_assert_cmpstr (desc, ==, IW_DESC_RECORDED);
  assert_same (entry);
  iw_entry_set_discovered (entry, (IwTime){ 0, IW_PRECISION_MONTH });
  iw_entry_time_and_desc (entry, &desc);
  g_assert_cmpstr (desc, ==, IW_DESC_DISCOVERED);
  assert_same (entry);
  iw_entry_set_occurred (entry, (IwTime){ 0, IW_PRECISION_YEAR });
  iw_entry_time_and_desc (entry, &desc);
  g_assert_cmpstr (desc, ==, IW_DESC_OCCURRED);
  assert_same (entry);
}

static void
test_decision (void)
{
  g_autoptr (IwEntry) entry = iw_decision_new (INCIDENT, "stage", "from", "detect", "to", "assess",
                                               "why", "because, | why", NULL);

  iw_entry_set_occurred (entry, (IwTime){ 0, IW_PRECISION_MINUTE });
  assert_same (entry);
}

static void
test_tags (void)
{
  static const struct
  {
    const char *cell;
    const char *joined;
  } cases[] = {
    { "", "" },        { "a", "a" },          { "a|b c|", "a;b c" },
    { "a, b", "a;b" }, { "a|b,c", "a;b,c" },  { "[\"x|y\", \"z\"]", "x|y;z" },
    { "[x", "[x" },    { "[1, 2]", "[1;2]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) tags = iw_tags_from_cell (cases[i].cell);
      g_autofree char *joined = g_strjoinv (";", tags);

      g_assert_cmpstr (joined, ==, cases[i].joined);
    }
}

/* A row cannot say who wrote it or where it belongs, nor smuggle in what no entry may hold. */
static void
test_hostile (void)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_NOTE, "x");
  g_auto (GStrv) values = iw_entry_to_columns (entry);
  static const char *const bad[] = { "not json", "[1]", "{\"links\": 7}",
                                     "{\"links\": [{\"row\": -1}]}" };
  IwTime time = { 0, IW_PRECISION_SECOND };
  g_autoptr (IwEntry) taken = NULL;
  g_autoptr (JsonObject) body = NULL;
  guint n;

  iw_entry_columns (&n);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_set_str (&values[n - 1], bad[i]);
      g_assert_null (iw_entry_from_columns (INCIDENT, (const char *const *)values, "x", time,
                                            IW_DESC_OCCURRED, &error));
      g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
    }
  g_set_str (&values[n - 1],
             "{\"incident\": \"other\", \"created_by\": \"eve\", \"_id\": \"x\", \"text\": \"y\"}");
  taken = iw_entry_from_columns (INCIDENT, (const char *const *)values, "x", time, IW_DESC_OCCURRED,
                                 NULL);
  body = iw_entry_to_json (taken);
  g_assert_cmpstr (iw_entry_get_incident (taken), ==, INCIDENT);
  g_assert_cmpstr (iw_entry_get_text (taken), ==, "x");
  g_assert_false (json_object_has_member (body, "created_by"));
  g_assert_false (json_object_has_member (body, "_id"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/entry-columns/all-fields", test_all_fields);
  g_test_add_func ("/entry-columns/times", test_times);
  g_test_add_func ("/entry-columns/decision", test_decision);
  g_test_add_func ("/entry-columns/tags", test_tags);
  g_test_add_func ("/entry-columns/hostile", test_hostile);
  return g_test_run ();
}
