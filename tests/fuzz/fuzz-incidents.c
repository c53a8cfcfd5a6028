/* fuzz-incidents.c: alerts, VERIS records and decision entries with members that are missing,
 * swapped or of another type: nothing crashes, and no forbidden decision comes out. */
#include <json-glib/json-glib.h>

#include "iw-alert.h"
#include "iw-indicator.h"
#include "iw-veris.h"
#include "mutate.h"

#define START G_GINT64_CONSTANT (1795600000000000)

static const char *const texts[] = {
  "",           "Unknown",  "NA",        "crsi",     "closed",
  "deferred",   "true",     "Confirmed", "Yes",      "2026-11-03T03:00:00Z",
  "high",       "\xc2\xa0", "é",         "critical", "sent",
  "0001-01-01", "[.]",      "hxxp://x",  "::1",      "999999999999999999999",
};

/* ---- damage ---- */

static JsonNode *
odd_node (Mutator *mutator, guint depth)
{
  JsonNode *node = json_node_alloc ();

  switch (mutator_below (mutator, depth > 3 ? 5 : 7))
    {
    case 0:
      return json_node_init_null (node);
    case 1:
      return json_node_init_boolean (node, TRUE);
    case 2:
      return json_node_init_int (
          node, mutator_below (mutator, 3) == 0 ? G_MININT64 : mutator_below (mutator, 4000));
    case 3:
      return json_node_init_double (node, mutator_below (mutator, 2) ? 1e308 : -0.5);
    case 4:
      return json_node_init_string (node, texts[mutator_below (mutator, G_N_ELEMENTS (texts))]);
    case 5:
      {
        JsonArray *array = json_array_new ();

        for (guint i = mutator_below (mutator, 3); i > 0; i--)
          json_array_add_element (array, odd_node (mutator, depth + 1));
        return json_node_init_array (node, array);
      }
    default:
      {
        JsonObject *object = json_object_new ();

        json_object_set_member (object, "x", odd_node (mutator, depth + 1));
        return json_node_init_object (node, object);
      }
    }
}

static JsonNode *damaged (JsonNode *node, Mutator *mutator);

static JsonNode *
damaged_object (JsonObject *object, Mutator *mutator)
{
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    if (mutator_below (mutator, 25) != 0)
      json_object_set_member (copy, name->data,
                              damaged (json_object_get_member (object, name->data), mutator));
  return json_node_init_object (json_node_alloc (), copy);
}

static JsonNode *
damaged_array (JsonArray *array, Mutator *mutator)
{
  JsonArray *copy = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    for (guint n = mutator_below (mutator, 20) == 0 ? mutator_below (mutator, 3) : 1; n > 0; n--)
      json_array_add_element (copy, damaged (json_array_get_element (array, i), mutator));
  return json_node_init_array (json_node_alloc (), copy);
}

static JsonNode *
damaged (JsonNode *node, Mutator *mutator)
{
  if (mutator_below (mutator, 20) == 0)
    return odd_node (mutator, 0);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return damaged_object (json_node_get_object (node), mutator);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return damaged_array (json_node_get_array (node), mutator);
  return json_node_copy (node);
}

static JsonNode *
load (const char *name, guint line)
{
  g_autofree char *path = iw_test_data_path (name);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  JsonNode *node;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  node = json_from_string (g_str_has_suffix (name, "jsonl") ? lines[line] : text, NULL);
  g_assert_nonnull (node);
  return node;
}

/* ---- what must hold ---- */

/* Whatever comes out counts, or is refused by the rules; never something in between. */
static void
check_documents (GPtrArray *documents)
{
  for (guint i = 0; i < documents->len; i++)
    {
      IwDocument *document = documents->pdata[i];
      g_autoptr (GPtrArray) problems = iw_problems_new ();
      g_autoptr (IwEntry) entry = NULL;
      g_autoptr (GError) error = NULL;

      if (strcmp (iw_document_get_type_name (document), "entry") != 0)
        continue;
      entry = iw_entry_new_from_json (iw_document_get_id (document),
                                      iw_document_get_body (document), &error);
      g_assert_no_error (error);
      g_assert_true (iw_decision_check (entry, problems));
    }
}

static void
fuzz_veris (void)
{
  Mutator mutator;
  g_autoptr (JsonNode) record = load ("veris.jsonl", 0);
  g_autoptr (IwMatrix) matrix = iw_matrix_new_default ();
  g_autofree IwContext *context = iw_context_new_fake (START, 1000, 1);
  guint n = 0;

  mutator_init (&mutator);
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (JsonNode) odd = damaged (record, &mutator);
      g_autoptr (GPtrArray) issues = iw_import_issues_new ();
      g_autoptr (GPtrArray) documents = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (odd))
        continue;
      documents = iw_veris_convert (json_node_get_object (odd), matrix, context, "A. Sato",
                                    mutator_below (&mutator, 2) ? "Verified." : NULL, 1, 1, issues);
      if (documents != NULL)
        check_documents (documents);
      else
        g_assert_cmpuint (issues->len, >, 0);
    }
  g_test_message ("%u inputs", n);
  mutator_clear (&mutator);
}

static void
fuzz_alerts (void)
{
  Mutator mutator;
  g_autoptr (JsonNode) graph = load ("alerts/graph.json", 0);
  g_autoptr (JsonNode) manager = load ("alerts/alertmanager.json", 0);
  guint n = 0;

  mutator_init (&mutator);
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (JsonNode) odd = damaged (n % 2 ? graph : manager, &mutator);
      g_autofree char *text = json_to_string (odd, FALSE);
      g_autoptr (GPtrArray) issues = iw_import_issues_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) groups = iw_alert_read (text, strlen (text), NULL, issues, &error);

      g_assert_true ((groups == NULL) == (error != NULL));
      for (guint i = 0; groups != NULL && i < groups->len; i++)
        g_assert_true (g_utf8_validate (((IwAlertGroup *)groups->pdata[i])->title, -1, NULL));
    }
  g_test_message ("%u inputs", n);
  mutator_clear (&mutator);
}

static const char *const pieces[] = {
  "hxxp",
  "://",
  "[.]",
  "(dot)",
  "evil",
  ".",
  "example",
  "203.0.113.7",
  ":",
  "::1",
  "/24",
  "@",
  "\\",
  "\\\\",
  "user",
  "d41d8cd98f00b204e9800998ecf8427e",
  " ",
  "\n",
  ",",
  "<",
  ">",
  "[",
  "]",
  "(",
  ")",
  "%00",
  "xn--bcher-kva",
  "ü",
  "認証",
  "C:\\x\\y.exe",
  "\"",
  "'",
  "…",
  "fe80::1%eth0",
  "65536",
  "http://[",
  "a@b@c",
  "|",
  "=",
};

/* A value in its normal form is its own normal form. */
static void
fuzz_indicators (void)
{
  Mutator mutator;
  guint n = 0;

  mutator_init (&mutator);
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) found = NULL;

      for (guint i = 1 + mutator_below (&mutator, 20); i > 0; i--)
        g_string_append (text, pieces[mutator_below (&mutator, G_N_ELEMENTS (pieces))]);
      found = iw_indicators_parse (text->str, rest);
      for (guint i = 0; i < found->len; i++)
        {
          const IwIndicatorFound *indicator = found->pdata[i];
          g_autofree char *again = iw_indicator_normalise (indicator->type, indicator->value);

          g_assert_cmpstr (again, ==, indicator->value);
        }
    }
  g_test_message ("%u inputs", n);
  mutator_clear (&mutator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/incidents/veris", fuzz_veris);
  g_test_add_func ("/fuzz/incidents/alerts", fuzz_alerts);
  g_test_add_func ("/fuzz/incidents/indicators", fuzz_indicators);
  return g_test_run ();
}
