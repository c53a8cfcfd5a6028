#include "iw-search-marks.h"

#include <string.h>

static const struct
{
  const char *markup;
  const char *expected;
} cases[] = {
  { "plain <b>text</b> &amp; more", "plain <b>text</b> &amp; more" },
  { "**First click.** M. <b>Keller</b>", "First click. M. <b>Keller</b>" },
  { "**Session <b>token</b> replayed** from", "Session <b>token</b> replayed from" },
  { "are **<b>not</b>** encrypted", "are <b>not</b> encrypted" },
  { "an *<b>odd</b>* one", "an <b>odd</b> one" },
  { "renamed to `.enc` <b>files</b>", "renamed to .enc <b>files</b>" },
  { "see [the <b>page</b>](https://example.com/a_b) first", "see the <b>page</b> first" },
  { "# Title <b>x</b> ## Second", "Title <b>x</b> Second" },
  /* Cut in the middle: the other half is elsewhere. */
  { "…clicked.** Then <b>M.</b>", "…clicked. Then <b>M.</b>" },
  { "Then **<b>M.</b> Keller opened…", "Then <b>M.</b> Keller opened…" },
  { "…**<b>a</b> b…", "…<b>a</b> b…" },
  /* No marks. */
  { "*.exe and *.dll", "*.exe and *.dll" },
  { "C:\\Users\\*\\<b>x</b>\\*", "C:\\Users\\*\\<b>x</b>\\*" },
  { "2 * 3 * 4", "2 * 3 * 4" },
  { "a ** b", "a ** b" },
  { "ticket #42, issue # 7", "ticket #42, issue # 7" },
  { "&#x1b;[0m &#39;a&#39;", "&#x1b;[0m &#39;a&#39;" },
  { "[host] (https://example.com)", "[host] (https://example.com)" },
  { "", "" },
};

static void
test_strip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *stripped = iw_search_strip_marks (cases[i].markup);

      g_assert_cmpstr (stripped, ==, cases[i].expected);
    }
}

/* A row of nothing but marks ends soon and does not crash. */
static void
test_hostile (void)
{
  g_autofree char *stars = g_strnfill (4000, '*');
  g_autofree char *brackets = g_strnfill (4000, '[');
  gint64 start = g_get_monotonic_time ();
  g_autofree char *a = iw_search_strip_marks (stars);
  g_autofree char *b = iw_search_strip_marks (brackets);

  g_assert_cmpstr (b, ==, brackets);
  g_assert_cmpuint (strlen (a), <=, 4000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/search-marks/strip", test_strip);
  g_test_add_func ("/search-marks/hostile", test_hostile);
  return g_test_run ();
}
