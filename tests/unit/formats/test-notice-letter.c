#include <glib.h>
#include <string.h>

#include "iw-notice-letter.h"

static void
test_plain (void)
{
  const struct
  {
    const char *markdown, *plain;
  } cases[] = {
    { "", "" },
    { "\n\n", "" },
    { "Hello", "Hello\n" },
    { "Dear customer,\n\n## What happened\n\nMuch.\n",
      "Dear customer,\n\nWhat happened\n\nMuch.\n" },
    { "a\nb\r\nc", "a\nb\n\nc\n" },
    { "Done:\n\n- one\n- two\n\nMore", "Done:\n\n- one\n- two\n\nMore\n" },
    { "- one\n  - deep\n1. first\n12) twelfth", "- one\n  - deep\n1. first\n12. twelfth\n" },
    { "#no heading\n####### nor this", "#no heading\n####### nor this\n" },
    { "**bold** and __bold__, `code`, 2 * 3 * 4, a_b_c, **",
      "bold and bold, code, 2 * 3 * 4, a_b_c, **\n" },
    { "[site](https://a.example/x) [not a link] [](y)",
      "site (https://a.example/x) [not a link] [](y)\n" },
    { "\\*as it is\\*", "*as it is*\n" },
    { "- **End** all sessions", "- End all sessions\n" },
    { "日本語\n\n## 見出し", "日本語\n\n見出し\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = iw_notice_plain (cases[i].markdown);

      g_assert_cmpstr (plain, ==, cases[i].plain);
    }
}

static void
test_blocks (void)
{
  g_autoptr (GPtrArray) blocks = iw_notice_blocks ("# One\ntext\nmore\n3. item\n");
  const IwBlock *heading = blocks->pdata[0], *text = blocks->pdata[1], *item = blocks->pdata[2];

  g_assert_cmpuint (blocks->len, ==, 3);
  g_assert_cmpint (heading->kind, ==, IW_BLOCK_HEADING);
  g_assert_cmpuint (heading->level, ==, 1);
  g_assert_cmpint (text->kind, ==, IW_BLOCK_PARAGRAPH);
  g_assert_cmpstr (text->text, ==, "text\nmore");
  g_assert_cmpint (item->kind, ==, IW_BLOCK_ITEM);
  g_assert_cmpuint (item->number, ==, 3);
}

static void
test_text (void)
{
  g_autoptr (IwNoticeLetter) letter =
      iw_notice_letter_new ("Subject\nBcc: x", "## A\n\nb", "en", "Draft: not approved", NULL);
  g_autoptr (GBytes) bytes = iw_notice_text (letter);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (text, ==, "Draft: not approved\n\nSubject Bcc: x\n\nA\n\nb\n");
}

/* Whatever is in it, there is an end, and valid text. */
static void
test_random (void)
{
  const char alphabet[] = "#*_`[]()- \n\\1.ax\xff\xc3";

  for (guint run = 0; run < 2000; run++)
    {
      char text[64] = { 0 };
      g_autofree char *plain = NULL;

      for (guint i = 0; i < sizeof text - 1; i++)
        text[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      plain = iw_notice_plain (text);
      g_assert_true (g_utf8_validate (plain, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/notice-letter/plain", test_plain);
  g_test_add_func ("/notice-letter/blocks", test_blocks);
  g_test_add_func ("/notice-letter/text", test_text);
  g_test_add_func ("/notice-letter/random", test_random);
  return g_test_run ();
}
