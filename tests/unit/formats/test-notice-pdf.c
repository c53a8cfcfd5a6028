#include <gio/gio.h>
#include <string.h>

#include "iw-notice-pdf.h"
#include "iw-test-support.h"

#define DATE G_GINT64_CONSTANT (1793675040000000) /* 2026-11-03T03:04:00Z */

static char *
run (const char *program, const char *option, const char *path)
{
  const char *const argv[] = { program, option, path,
                               g_str_equal (program, "pdftotext") ? "-" : NULL, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, &output, NULL, &status, &error))
    return NULL;
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return g_steal_pointer (&output);
}

/* What poppler reads in the PDF; NULL where it is not installed, and the test is skipped. */
static char *
read_back (const char *body, const char *language, const char *program, const char *option)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "notice.pdf", NULL);
  g_autoptr (IwNoticeLetter) letter =
      iw_notice_letter_new ("Sicherheitsvorfall 認証", body, language, NULL, "01933f60-1c00");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = iw_notice_pdf (letter, "A. Sato", DATE, &error);
  char *text;

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 5, "%PDF-", 5);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
  text = run (program, option, path);
  iw_test_remove_dir (dir);
  if (text == NULL)
    g_test_skip ("poppler's tools are not installed");
  return text;
}

static void
assert_holds (const char *text, const char *wanted)
{
  if (strstr (text, wanted) == NULL)
    g_error ("There is no “%s” in:\n%.2000s", wanted, text);
}

static void
test_text (void)
{
  g_autofree char *text =
      read_back ("Dear customer,\n\n## What happened\n\n- One thing\n- Größe\n\n1. First\n", "en",
                 "pdftotext", "-layout");

  if (text == NULL)
    return;
  assert_holds (text, "Sicherheitsvorfall 認証");
  assert_holds (text, "Dear customer,");
  assert_holds (text, "What happened");
  assert_holds (text, "Größe");
  assert_holds (text, "1.");
  assert_holds (text, "01933f60-1c00");
  assert_holds (text, "1 / 1");
}

static void
test_japanese (void)
{
  g_autofree char *text = read_back ("## 発生した事象\n\n管理者の認証情報が窃取されました。\n",
                                     "ja", "pdftotext", "-q");

  if (text == NULL)
    return;
  assert_holds (text, "発生した事象");
  assert_holds (text, "管理者の認証情報が窃取されました。");
}

/* The letters of words come back in their order, as a screen reader needs them. */
static void
test_hebrew (void)
{
  g_autofree char *text =
      read_back ("## מה קרה\n\nפרטי ההתחברות נגנבו\n\n- סיסמאות\n", "he", "pdftotext", "-q");

  if (text == NULL)
    return;
  assert_holds (text, "קרה");
  assert_holds (text, "ההתחברות");
  assert_holds (text, "סיסמאות");
}

static void
test_pages (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 1; i <= 200; i++)
    g_string_append_printf (
        body,
        "## Heading %u\n\nParagraph %u of many words that take a line or two of the page, "
        "so that there are several pages.\n\n",
        i, i);
  text = read_back (body->str, "en", "pdftotext", "-layout");
  if (text == NULL)
    return;
  for (guint i = 1; i <= 200; i++)
    {
      g_autofree char *heading = g_strdup_printf ("Heading %u\n", i);
      g_autofree char *paragraph = g_strdup_printf ("Paragraph %u of", i);

      assert_holds (text, heading);
      assert_holds (text, paragraph);
    }
  assert_holds (text, "· 20 / ");
}

/* One paragraph longer than a page. */
static void
test_long_paragraph (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (body, "word%u ", i);
  text = read_back (body->str, "en", "pdftotext", "-q");
  if (text == NULL)
    return;
  assert_holds (text, "word0 ");
  assert_holds (text, "word1500");
  assert_holds (text, "word2999");
}

static void
test_properties (void)
{
  g_autofree char *info = read_back ("Text", "de", "pdfinfo", "-isodates");

  if (info == NULL)
    return;
  assert_holds (info, "Sicherheitsvorfall 認証");
  assert_holds (info, "A. Sato");
  assert_holds (info, "2026-11-03T03:04:00Z");
  assert_holds (info, "A4");
  g_assert_nonnull (g_strstr_len (info, -1, "Tagged:"));
  g_assert_true (g_regex_match_simple ("Tagged: +yes", info, 0, 0));
}

static void
test_structure (void)
{
  g_autofree char *structure =
      read_back ("Text\n\n## Heading\n\n- Item\n", "en", "pdfinfo", "-struct-text");

  if (structure == NULL)
    return;
  assert_holds (structure, "H1");
  assert_holds (structure, "H2");
  assert_holds (structure, "LBody");
  assert_holds (structure, "Heading");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice-pdf/text", test_text);
  g_test_add_func ("/notice-pdf/japanese", test_japanese);
  g_test_add_func ("/notice-pdf/hebrew", test_hebrew);
  g_test_add_func ("/notice-pdf/pages", test_pages);
  g_test_add_func ("/notice-pdf/long-paragraph", test_long_paragraph);
  g_test_add_func ("/notice-pdf/properties", test_properties);
  g_test_add_func ("/notice-pdf/structure", test_structure);
  return g_test_run ();
}
