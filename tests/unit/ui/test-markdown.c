#include "iw-markdown.h"

#include <locale.h>
#include <pango/pango.h>
#include <string.h>

static void
test_what_entries_use (void)
{
  const struct
  {
    const char *text;
    const char *markup;
  } cases[] = {
    { "", "" },
    { "plain", "plain" },
    { "a < b & c", "a &lt; b &amp; c" },
    { "**bold** and *italic*", "<b>bold</b> and <i>italic</i>" },
    { "**bold with *italic* in it**", "<b>bold with <i>italic</i> in it</b>" },
    { "`rm -rf *` and `<x>`", "<tt>rm -rf *</tt> and <tt>&lt;x&gt;</tt>" },
    { "# Head\ntext", "<b>Head</b>\ntext" },
    { "- one\n* two\n  + three", " • one\n • two\n   • three" },
    { "[the log](https://example.org/a?b=1&c=2)",
      "<a href=\"https://example.org/a?b=1&amp;c=2\">the log</a>" },
    { "\\*not italic\\*", "*not italic*" },
    { "```\n**x** <y>\n```\nz", "<tt>**x** &lt;y&gt;</tt>\nz" },
    { "認証 **失敗**", "認証 <b>失敗</b>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = iw_markdown_to_markup (cases[i].text);

      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

static void
test_what_is_left_alone (void)
{
  const char *texts[] = { "2 * 3 * 4",
                          "a*",
                          "**",
                          "* ",
                          "snake_case_name",
                          "[x]",
                          "[x](",
                          "[](https://e.org)",
                          "#1 host",
                          "https://evil.example/" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *markup = iw_markdown_to_markup (texts[i]);

      g_assert_null (strchr (markup, '<'));
    }
}

static void
test_targets_are_safe (void)
{
  const char *texts[] = { "[x](javascript:alert(1))", "[x](file:///etc/passwd)", "[x](https://a b)",
                          "[x](https://)", "[x](data:text/html,x)" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *markup = iw_markdown_to_markup (texts[i]);

      g_assert_null (strstr (markup, "href"));
    }
}

/* Whatever is typed, Pango takes it, and nothing that was written is lost. */
static void
test_random_texts (void)
{
  static const char *const pieces[] = { "*", "**", "`",  "[",  "](https://x.org)",
                                        ")", "#",  "# ", "- ", "\\",
                                        "<", ">",  "&",  "\"", "a",
                                        " ", "\n", "認", "```" };

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *markup = NULL;
      g_autoptr (GError) error = NULL;
      guint n = (guint)g_test_rand_int_range (0, 40);

      for (guint i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      markup = iw_markdown_to_markup (text->str);
      /* Pango does not know <a>, which is GtkLabel's */
      {
        g_autoptr (GRegex) links = g_regex_new ("</?a( [^>]*)?>", 0, 0, NULL);
        g_autofree char *bare = g_regex_replace_literal (links, markup, -1, 0, "", 0, NULL);

        if (!pango_parse_markup (bare, -1, 0, NULL, NULL, NULL, &error))
          g_error ("%s: from \"%s\" came \"%s\"", error->message, text->str, bare);
      }
    }
}

static void
assert_line (const char *text, const char *expected)
{
  g_autofree char *line = iw_markdown_first_line (text);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_first_line (void)
{
  assert_line ("**First click.** The `mail` was opened", "First click. The mail was opened");
  assert_line ("\n \n## Blocked *all* of it  \nmore", "Blocked all of it");
  assert_line ("- [the log](https://example.org/a?b&c) <b>", "the log <b>");
  assert_line ("```\nrm -rf & co\n```", "rm -rf & co");
  assert_line ("#hash 2 * 3 * 4 \\*not\\*", "#hash 2 * 3 * 4 *not*");
  assert_line ("# \r\n** \r\nsecond", "**");
  assert_line ("\033[1m", "\033[1m");
  assert_line ("", "");
  assert_line ("  \n\t\n", "");
}

static void
test_hostile_length (void)
{
  g_autofree char *stars = g_strnfill (60000, '*');
  g_autofree char *brackets = g_strnfill (60000, '[');
  g_autofree char *huge = g_strnfill (1000000, '<');
  gint64 start = g_get_monotonic_time ();
  g_autofree char *a = iw_markdown_to_markup (stars);
  g_autofree char *b = iw_markdown_to_markup (brackets);
  g_autofree char *c = iw_markdown_to_markup (huge);

  g_assert_cmpuint (strlen (c), ==, 4000000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_assert_nonnull (a);
  g_assert_nonnull (b);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/markdown/what-entries-use", test_what_entries_use);
  g_test_add_func ("/markdown/left-alone", test_what_is_left_alone);
  g_test_add_func ("/markdown/safe-targets", test_targets_are_safe);
  g_test_add_func ("/markdown/random", test_random_texts);
  g_test_add_func ("/markdown/first-line", test_first_line);
  g_test_add_func ("/markdown/hostile-length", test_hostile_length);
  return g_test_run ();
}
