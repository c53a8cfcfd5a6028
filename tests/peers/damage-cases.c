/* damage-cases.c: the table of write rules with members taken out, swapped or of another type, and
 * what the C code says of each, for validate.mjs to compare. Arguments: write-rules.json, how many.
 * The same ones in every run; $IW_FUZZ_SEED takes others.
 */
#include "iw-model-json.h"
#include "iw-write-rules.h"

#include <stdio.h>
#include <stdlib.h>

#define INCIDENT "01900000-0000-7000-8000-00000000000b"

static const char *const texts[] = {
  "",
  " ",
  "\xc2\xa0",
  "crsi",
  "closed",
  "deferred",
  "approved",
  "sent",
  "draft",
  "true",
  "high",
  "low",
  "none",
  "hana",
  "omar",
  "Hana Levi",
  "entry",
  "evidence",
  "incident",
  "task",
  "team",
  "song",
  "severity",
  "notice",
  "approval",
  "2026-11-03T03:00:00Z",
  "2026-11-03t03:00:00.5+05:30",
  "2026-12-31T23:59:60Z",
  "2026-12-31T23:59:60+01:00",
  "2027-01-01T00:59:60+01:00",
  "2026-02-29",
  "0000-01-01",
  "2026-11",
  "2026-11-03T03",
  "2026-11-03T03:00:00+24:00",
  "30",
  "0",
  "007",
  "99999999999999999999",
  INCIDENT,
  "a b",
  "a 0",
  "a 7",
  "\n\n",
  "x\ny",
  "é",
  "\xf0\x9f\x98\x80",
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "regulator",
  "customer-only",
  "2-a",
};
static const char *const names[] = {
  "type",
  "kind",
  "to",
  "from",
  "why",
  "links",
  "tags",
  "modified_by",
  "created_by",
  "created_at",
  "modified_at",
  "incident",
  "merged",
  "audience",
  "subject",
  "items",
  "legal",
  "executive",
  "grounds",
  "due",
  "emergency",
  "length",
  "v",
  "key",
  "realm",
  "digest",
  "constructor",
  "risk",
  "severity",
  "priority",
  "proposed_severity",
};

static JsonNode *
odd_node (GRand *rand, guint depth)
{
  JsonNode *node = json_node_alloc ();

  switch (g_rand_int_range (rand, 0, depth > 2 ? 6 : 8))
    {
    case 0:
      return json_node_init_null (node);
    case 1:
      return json_node_init_boolean (node, g_rand_boolean (rand));
    case 2:
      return json_node_init_int (node, g_rand_int_range (rand, -3, 100));
    case 3:
      return json_node_init_double (node, -0.5);
    case 4:
    case 5:
      return json_node_init_string (node, texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
    case 6:
      {
        g_autoptr (JsonArray) array = json_array_new ();

        for (guint i = g_rand_int_range (rand, 0, 4); i > 0; i--)
          json_array_add_element (array, odd_node (rand, depth + 1));
        return json_node_init_array (node, array);
      }
    default:
      {
        static const char *const members[] = { "evidence", "document", "row", "x" };
        g_autoptr (JsonObject) object = json_object_new ();

        for (guint i = 0; i < G_N_ELEMENTS (members); i++)
          if (g_rand_boolean (rand))
            json_object_set_member (object, members[i], odd_node (rand, depth + 1));
        return json_node_init_object (node, object);
      }
    }
}

/* One member taken out, changed or added. */
static void
damage (JsonObject *object, GRand *rand)
{
  g_autoptr (GList) members = json_object_get_members (object);
  guint n = g_list_length (members);
  const char *name = n > 0 && g_rand_int_range (rand, 0, 3) > 0
                         ? g_list_nth_data (members, g_rand_int_range (rand, 0, n))
                         : names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))];
  g_autofree char *copy = g_strdup (name);

  if (g_rand_int_range (rand, 0, 4) == 0)
    json_object_remove_member (object, copy);
  else
    json_object_set_member (object, copy, odd_node (rand, 0));
}

static JsonObject *
get_object (JsonObject *row, const char *name)
{
  JsonNode *node = json_object_get_member (row, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
judge (JsonObject *row)
{
  JsonObject *account = json_object_get_object_member (row, "account");
  g_auto (GStrv) roles = iw_model_json_get_strings (account, "roles");
  IwAccount who = { iw_model_json_get_string (account, "name"), (const char *const *)roles };
  g_autofree char *reason = iw_write_rules_check (
      json_object_get_string_member (row, "docid"), get_object (row, "before"),
      get_object (row, "after"), json_object_get_boolean_member (row, "deleted"), &who);

  if (reason != NULL)
    json_object_set_string_member (row, "reason", reason);
  else
    json_object_set_null_member (row, "reason");
}

static JsonObject *
make_case (JsonArray *cases, GRand *rand, guint n)
{
  guint length = json_array_get_length (cases);
  JsonObject *row = iw_model_json_copy (
      json_array_get_object_element (cases, g_rand_int_range (rand, 0, length)));
  JsonObject *other = json_array_get_object_element (cases, g_rand_int_range (rand, 0, length));
  g_autofree char *name =
      g_strdup_printf ("%u: %s", n, json_object_get_string_member (row, "name"));

  json_object_set_string_member (row, "name", name);
  if (g_rand_int_range (rand, 0, 4) == 0)
    json_object_set_member (row, "account",
                            iw_model_json_copy_node (json_object_get_member (other, "account")));
  if (g_rand_int_range (rand, 0, 6) == 0)
    json_object_set_member (row, "before",
                            iw_model_json_copy_node (json_object_get_member (other, "after")));
  for (guint i = g_rand_int_range (rand, 0, 4); i > 0; i--)
    damage (get_object (row, "after"), rand);
  if (get_object (row, "before") != NULL && g_rand_int_range (rand, 0, 3) == 0)
    damage (get_object (row, "before"), rand);
  judge (row);
  return row;
}

int
main (int argc, char *argv[])
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonArray) made = json_array_new ();
  g_autoptr (JsonNode) root = json_node_alloc ();
  const char *seed = g_getenv ("IW_FUZZ_SEED");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed != NULL ? atoi (seed) : 20261103);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 3 || !json_parser_load_from_file (parser, argv[1], &error))
    g_error ("%s", error != NULL ? error->message : "two arguments are needed");
  for (int i = 0; i < atoi (argv[2]); i++)
    json_array_add_object_element (
        made, make_case (json_node_get_array (json_parser_get_root (parser)), rand, i));
  json_node_init_array (root, made);
  text = json_to_string (root, FALSE);
  /* Bytes: g_print() would write for the locale. */
  puts (text);
  return 0;
}
