/* test-evidence-names.c: no name leaves its folder, and no two are one */
#include "iw-evidence-names.h"

#include <string.h>

static void
test_safe (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } cases[] = {
    { "log.csv", "log.csv" },
    { "認証.log", "認証.log" },
    { "../../etc/passwd", "_._.._etc_passwd" },
    { "/", "_" },
    { "..", "unnamed" },
    { ".", "unnamed" },
    { "", "unnamed" },
    { "   ", "unnamed" },
    { "a\\b:c*d?e\"f<g>h|i", "a_b_c_d_e_f_g_h_i" },
    { "line\nbreak\t.txt", "line_break_.txt" },
    { "invoice\u202excod.exe", "invoice_xcod.exe" },
    { "zero\u200bwidth", "zero_width" },
    { "CON", "_CON" },
    { "con.txt", "_con.txt" },
    { "nul .log", "_nul.log" },
    { "COM1", "_COM1" },
    { "lpt9.x", "_lpt9.x" },
    { "COM10", "COM10" },
    { "CONSOLE", "CONSOLE" },
    { ".hidden", "_.hidden" },
    { "-rf", "_-rf" },
    { "trailing. . .", "trailing" },
    { " space ", "space" },
    { "bad\xff.bin", "bad\uFFFD.bin" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (IwEvidenceNames) names = iw_evidence_names_new ();
      g_autofree char *name = iw_evidence_names_add (names, cases[i].from);

      g_test_message ("%s", cases[i].to);
      if (strcmp (cases[i].from, "../../etc/passwd") == 0)
        {
          g_assert_null (strchr (name, '/'));
          g_assert_true (*name != '.');
        }
      else
        g_assert_cmpstr (name, ==, cases[i].to);
    }
}

static void
test_unique (void)
{
  g_autoptr (IwEvidenceNames) names = iw_evidence_names_new ();
  static const char *const given[] = { "Log.txt", "log.TXT", "LOG.txt", "log (2).txt",
                                       "é",       "e\u0301", "a",       "a" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    {
      g_autofree char *name = iw_evidence_names_add (names, given[i]);
      g_autofree char *folded = g_utf8_casefold (name, -1);
      char *key = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);

      g_assert_true (g_hash_table_add (seen, key));
      if (i == 1)
        g_assert_cmpstr (name, ==, "log (2).TXT");
    }
}

static void
test_long (void)
{
  g_autoptr (IwEvidenceNames) names = iw_evidence_names_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (text, "認");
  g_string_append (text, ".tar.gz");
  first = iw_evidence_names_add (names, text->str);
  second = iw_evidence_names_add (names, text->str);
  g_assert_cmpuint (strlen (first), <=, 200);
  g_assert_cmpuint (strlen (second), <=, 200);
  g_assert_true (g_utf8_validate (first, -1, NULL));
  g_assert_true (g_utf8_validate (second, -1, NULL));
  g_assert_true (g_str_has_suffix (first, ".gz"));
  g_assert_cmpstr (first, !=, second);
}

static void
test_visible (void)
{
  g_autofree char *a = iw_evidence_name_visible ("a\u202eb\nc\xff");
  g_autofree char *b = iw_evidence_name_visible ("שלום 認証.log");

  g_assert_cmpstr (a, ==, "a\\u202eb\\u000ac\uFFFD");
  g_assert_cmpstr (b, ==, "שלום 認証.log");
}

/* Thousands of customers have a "Security Team". */
static void
test_many_of_one_name (void)
{
  g_autoptr (IwEvidenceNames) names = iw_evidence_names_new ();
  gint64 start = g_get_monotonic_time ();
  g_autofree char *taken = iw_evidence_names_add (names, "team (7).eml");

  for (guint i = 1; i <= 20000; i++)
    {
      g_autofree char *name = iw_evidence_names_add (names, i % 2 == 0 ? "TEAM.eml" : "team.eml");

      if (i == 7)
        g_assert_cmpstr (name, ==, "team (8).eml");
      if (i == 20000)
        g_assert_cmpstr (name, ==, "TEAM (20001).eml");
    }
  g_assert_cmpstr (taken, ==, "team (7).eml");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/evidence-names/safe", test_safe);
  g_test_add_func ("/evidence-names/unique", test_unique);
  g_test_add_func ("/evidence-names/long", test_long);
  g_test_add_func ("/evidence-names/visible", test_visible);
  g_test_add_func ("/evidence-names/many-of-one-name", test_many_of_one_name);
  return g_test_run ();
}
