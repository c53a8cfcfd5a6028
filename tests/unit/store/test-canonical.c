/* The canonical form of peers' JSON, which is that of the store's own bodies. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "iw-canonical.h"
#include "iw-json.h"
#include "iw-store.h"
#include "iw-test-support.h"

static char *
canonical (const char *text, GError **error)
{
  g_autoptr (yyjson_doc) doc = iw_canonical_read (text, strlen (text), error);
  g_autoptr (GString) out = g_string_new (NULL);

  if (doc == NULL || !iw_canonical_append (out, yyjson_doc_get_root (doc), error))
    return NULL;
  return g_string_free_and_steal (g_steal_pointer (&out));
}

static char *
canonical_of_object (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  char *out;

  g_assert_no_error (error);
  out = iw_json_to_canonical (json_node_get_object (node), &error);
  g_assert_no_error (error);
  return out;
}

static void
assert_same (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ours = canonical (text, &error);
  g_autofree char *theirs = canonical_of_object (text);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (ours, ==, theirs);
  again = canonical (ours, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, ours);
}

/* ---- forms ---- */

static void
test_forms (void)
{
  static const struct
  {
    const char *input;
    const char *expected;
  } cases[] = {
    { " { \"b\" : 1 , \"a\" : [ true , false , null ] } ", "{\"a\":[true,false,null],\"b\":1}" },
    { "{\"a\":\"\\u00e9\\n\\t\\\"\\\\\\/\\u0001\\u007f\\ud83d\\ude00\"}",
      "{\"a\":\"é\\n\\u0009\\\"\\\\/\\u0001\x7f😀\"}" },
    { "{\"a\":1.0,\"b\":0.1,\"c\":1e300,\"d\":-0.0,\"e\":3,\"f\":-0}",
      "{\"a\":1.0,\"b\":0.1,\"c\":1e+300,\"d\":0.0,\"e\":3,\"f\":0}" },
    { "[9223372036854775807,-9223372036854775808,18446744073709551615,1e15,123456789012345.0]",
      "[9223372036854775807,-9223372036854775808,1.8446744073709552e+19,1e+15,123456789012345.0]" },
    { "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}" },
    { "{\"a\":1,\"a\":{\"x\":1},\"a\":null}", "{\"a\":null}" },
    { "{\"ab\":1,\"a\":2,\"\":3,\"é\":4,\"Z\":5}", "{\"\":3,\"Z\":5,\"a\":2,\"ab\":1,\"é\":4}" },
    { "{}", "{}" },
    { "[]", "[]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = canonical (cases[i].input, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_body (void)
{
  static const char text[] =
      "{\"_id\":\"x\",\"b\":{\"_kept\":1},\"_rev\":\"1-a\",\"_attachments\":{},\"a\":0}";
  g_autoptr (yyjson_doc) doc = iw_canonical_read (text, strlen (text), NULL);
  g_autoptr (yyjson_doc) array = iw_canonical_read ("[1]", 3, NULL);
  g_autoptr (GString) out = g_string_new ("before ");
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_canonical_append_body (out, yyjson_doc_get_root (doc), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, "before {\"a\":0,\"b\":{\"_kept\":1}}");
  g_assert_false (iw_canonical_append_body (out, yyjson_doc_get_root (array), &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

static void
test_too_long (void)
{
  g_autofree char *fill = g_strnfill (IW_JSON_MAX_BYTES, 'x');
  g_autofree char *text = g_strconcat ("{\"a\":\"", fill, "\"}", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) doc = iw_canonical_read (text, strlen (text), &error);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_false (iw_canonical_append_body (out, yyjson_doc_get_root (doc), &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

static void
test_string (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  iw_canonical_append_string (out, "a\"\xff\n");
  g_assert_cmpstr (out->str, ==, "\"a\\\"\xef\xbf\xbd\\n\"");
}

/* ---- what is refused ---- */

static char *
nested (guint depth)
{
  g_autofree char *open = g_strnfill (depth, '[');
  g_autofree char *close = g_strnfill (depth, ']');

  return g_strconcat (open, close, NULL);
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "",
    "{",
    "{\"a\":}",
    "{\"a\":1}x",
    "{\"a\":1,}",
    "nul",
    "{\"a\":1e400}",
    "{\"a\":NaN}",
    "{\"a\":\"\\u0000\"}",
    "{\"a\\u0000b\":1}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\xff\"}",
    "{\"a\":\"\n\"}",
  };
  g_autofree char *deep = nested (100000);
  g_autofree char *too_deep = nested (74);
  g_autofree char *deep_body = nested (66);
  g_autofree char *just = nested (65);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (canonical (bad[i], &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_null (iw_canonical_read (deep, strlen (deep), NULL));
  g_assert_null (iw_canonical_read (too_deep, strlen (too_deep), NULL));
  g_assert_null (canonical (deep_body, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_clear_error (&error);
  text = canonical (just, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, just);
}

/* ---- the same as of a JsonObject ---- */

static void
test_same (void)
{
  static const char *const texts[] = {
    "{\"a\":\"\\u0001\\u001f\\b\\f\\r\\t\\n / \\u2028\"}",
    "{\"a\":[0.1,0.2,0.30000000000000004,1e21,1e-7,123456789.123,-2.5,5e-324,1."
    "7976931348623157e308]}",
    "{\"a\":[1.0,-1.0,100.0,1e2,999999999999999.0,1e14,1e15,1e16,12345678901234567890.0]}",
    "{\"a\":[0,-0,-1,9007199254740993,9223372036854775807,-9223372036854775807]}",
    "{\"b\":1,\"a\":2,\"b\":3,\"\":4,\"b\":5}",
    "{\"a\":{\"c\":{\"e\":[],\"d\":{}}},\"A\":null}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_same (texts[i]);
}

static void append_random (GString *out, guint depth);

static void
append_random_string (GString *out)
{
  static const char *const parts[] = { "a",  "é",  "\\n", "\\\"", "\\\\",   "\\u0007",
                                       "認", "😀", "_",   " ",    "\\u00e9" };

  g_string_append_c (out, '"');
  for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
    g_string_append (out, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  g_string_append_c (out, '"');
}

static void
append_random_object (GString *out, guint depth)
{
  int n = g_test_rand_int_range (0, g_test_rand_int_range (0, 20) == 0 ? 120 : 6);

  g_string_append_c (out, '{');
  for (int i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_random_string (out);
      g_string_append_c (out, ':');
      append_random (out, depth + 1);
    }
  g_string_append_c (out, '}');
}

static void
append_random_array (GString *out, guint depth)
{
  int n = g_test_rand_int_range (0, 5);

  g_string_append_c (out, '[');
  for (int i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_random (out, depth + 1);
    }
  g_string_append_c (out, ']');
}

static void
append_random_number (GString *out)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gint64 bits = (gint64)((guint64)g_test_rand_int () << 32 | (guint32)g_test_rand_int ());

  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, bits >> g_test_rand_int_range (1, 63));
      break;
    case 1:
      g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.17e", (double)bits / 1e9));
      break;
    default:
      g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.3f",
                                             g_test_rand_double_range (-1e6, 1e6)));
    }
}

static void
append_random (GString *out, guint depth)
{
  switch (g_test_rand_int_range (0, depth > 6 ? 4 : 7))
    {
    case 0:
      g_string_append (out, "null");
      break;
    case 1:
      g_string_append (out, g_test_rand_bit () ? "true" : "false");
      break;
    case 2:
      append_random_number (out);
      break;
    case 3:
      append_random_string (out);
      break;
    case 4:
      append_random_array (out, depth);
      break;
    default:
      append_random_object (out, depth);
    }
}

static void
test_random (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_random_object (text, 0);
      assert_same (text->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/canonical/forms", test_forms);
  g_test_add_func ("/canonical/body", test_body);
  g_test_add_func ("/canonical/too-long", test_too_long);
  g_test_add_func ("/canonical/string", test_string);
  g_test_add_func ("/canonical/refused", test_refused);
  g_test_add_func ("/canonical/same", test_same);
  g_test_add_func ("/canonical/random", test_random);
  return g_test_run ();
}
