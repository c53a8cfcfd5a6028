#include "iw-import-words.h"

#include <locale.h>
#include <string.h>

static void
test_result (void)
{
  const struct
  {
    gint64 rows, good, duplicates, rejected;
    const char *words;
  } cases[] = {
    { 0, 0, 0, 0, "The file has no rows." },
    { 1, 1, 0, 0, "1 row is good, none was rejected." },
    { 2, 2, 0, 0, "2 rows are good, none was rejected." },
    { 2, 1, 0, 1, "1 row is good, 1 was rejected." },
    { 3, 3, 1, 0, "3 rows are good, 1 is a duplicate, none was rejected." },
    { 20, 18, 12, 2, "18 rows are good, 12 are duplicates, 2 were rejected." },
    { 5, 0, 0, 5, "0 rows are good, 5 were rejected." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IwImportCounts counts = {
        cases[i].rows, cases[i].good, cases[i].duplicates, cases[i].rejected, 0, 0
      };
      g_autofree char *words = iw_import_words_result (&counts);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_thousands (void)
{
  IwImportCounts counts = { 10012, 9998, 12, 2, 0, 0 };
  g_autofree char *words = NULL;
  g_autofree char *button = NULL;

  if (setlocale (LC_ALL, "en_US.UTF-8") == NULL)
    {
      g_test_skip ("the locale en_US is not here");
      return;
    }
  words = iw_import_words_result (&counts);
  button = iw_import_words_button (9998, IW_IMPORT_AS_EVIDENCE);
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpstr (words, ==, "9,998 rows are good, 12 are duplicates, 2 were rejected.");
  g_assert_cmpstr (button, ==, "_Import 9,998 Rows");
}

static void
test_decisions (void)
{
  IwImportCounts none = { 5, 5, 0, 0, 0, 0, 0 };
  IwImportCounts some = { 5, 5, 0, 0, 0, 0, 3 };
  g_autofree char *words = iw_import_words_decisions (&some);

  g_assert_null (iw_import_words_decisions (&none));
  g_assert_cmpstr (words, ==, "Includes 3 decisions that come into force in the incident.");
}

static void
test_duplicates (void)
{
  IwImportCounts none = { 5, 5, 0, 0, 0, 0 };
  IwImportCounts some = { 20, 8, 12, 0, 0, 0 };
  g_autofree char *kept = iw_import_words_duplicates (&some, IW_IMPORT_AS_EVIDENCE, FALSE);
  g_autofree char *left_out = iw_import_words_duplicates (&some, IW_IMPORT_AS_ENTRIES, FALSE);
  g_autofree char *added = iw_import_words_duplicates (&some, IW_IMPORT_AS_ENTRIES, TRUE);

  g_assert_null (iw_import_words_duplicates (&none, IW_IMPORT_AS_EVIDENCE, FALSE));
  g_assert_nonnull (strstr (kept, "kept and marked"));
  g_assert_nonnull (strstr (left_out, "left out"));
  g_assert_nonnull (strstr (added, "added once more"));
  g_assert_cmpint (iw_import_n_rows (&some, IW_IMPORT_AS_EVIDENCE, TRUE), ==, 8);
  g_assert_cmpint (iw_import_n_rows (&some, IW_IMPORT_AS_ENTRIES, FALSE), ==, 8);
  g_assert_cmpint (iw_import_n_rows (&some, IW_IMPORT_AS_ENTRIES, TRUE), ==, 20);
}

static void
test_place (void)
{
  IwReject whole = { 7, 12, (char *)"", (char *)"why", (char *)"x" };
  IwReject field = { 121, 122, (char *)"time", (char *)"why", (char *)"x" };
  g_autofree char *a = iw_import_words_place (&whole);
  g_autofree char *b = iw_import_words_place (&field);

  g_assert_cmpstr (a, ==, "Line 12, row 7");
  g_assert_cmpstr (b, ==, "Line 122, row 121, field “time”");
}

static void
test_button (void)
{
  g_autofree char *one = iw_import_words_button (1, IW_IMPORT_AS_EVIDENCE);
  g_autofree char *entries = iw_import_words_button (2, IW_IMPORT_AS_ENTRIES);

  g_assert_cmpstr (one, ==, "_Import 1 Row");
  g_assert_cmpstr (entries, ==, "_Add 2 Entries");
}

static void
test_zone (void)
{
  const char *good[] = { "UTC", "Europe/Berlin", " Asia/Tokyo ", "+01:00", "-03:30" };
  const char *bad[] = { "Mars/Olympus", "../../etc/passwd", "25:99", "x" };
  g_autofree char *missing = iw_import_zone_problem ("  ", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_null (iw_import_zone_problem (good[i], TRUE));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *problem = iw_import_zone_problem (bad[i], FALSE);

      g_assert_nonnull (problem);
      g_assert_nonnull (strstr (problem, bad[i]));
    }
  g_assert_nonnull (missing);
  g_assert_null (iw_import_zone_problem ("", FALSE));
}

static void
test_errors_say_what_to_do (void)
{
  g_autoptr (GError) mapping =
      g_error_new_literal (IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING, "No column holds the time");
  g_autoptr (GError) other =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "The printer is on fire");
  g_autofree char *words = iw_import_words_error (mapping);
  g_autofree char *plain = iw_import_words_error (other);

  g_assert_cmpstr (words, ==, "No column holds the time. Say below which column holds the time.");
  g_assert_cmpstr (plain, ==, "The printer is on fire");
}

static void
test_range (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  IwImportCounts counts = { 2, 2, 0, 0, 0, 86400 * IW_USEC_PER_SEC };
  IwImportCounts none = { 2, 0, 0, 2, 0, 0 };
  g_autofree char *words = iw_import_words_range (&counts, utc);

  g_assert_nonnull (strstr (words, "1970"));
  g_assert_nonnull (strstr (words, "UTC"));
  g_assert_null (iw_import_words_range (&none, utc));
}

static void
test_progress (void)
{
  g_autofree char *half = iw_import_words_progress (50, 100);
  g_autofree char *over = iw_import_words_progress (200, 100);
  g_autofree char *unknown = iw_import_words_progress (7, 0);

  g_assert_cmpstr (half, ==, "50 %");
  g_assert_cmpstr (over, ==, "100 %");
  g_assert_cmpstr (unknown, ==, "");
}

static void
test_export_words (void)
{
  g_autofree char *none = iw_export_words_count (0, 0);
  g_autofree char *entry = iw_export_words_count (1, 0);
  g_autofree char *events = iw_export_words_count (0, 7);
  g_autofree char *both = iw_export_words_count (2, 1);

  g_assert_nonnull (strstr (none, "nothing to write"));
  g_assert_true (g_str_has_prefix (entry, "1 entry will"));
  g_assert_true (g_str_has_prefix (events, "7 events will"));
  g_assert_true (g_str_has_prefix (both, "2 entries and 1 event will"));
}

static void
test_file_names (void)
{
  const struct
  {
    const char *title;
    const char *name;
  } cases[] = {
    { "Phished administrator", "Phished-administrator.csv" },
    { "../../etc/passwd", "etc-passwd.csv" },
    { "  a // b\n?", "a-b.csv" },
    { "漏洩した 資格情報", "漏洩した-資格情報.csv" },
    { "", "timeline.csv" },
    { "***", "timeline.csv" },
  };
  g_autofree char *long_title = g_strnfill (5000, 'x');
  g_autofree char *cut = iw_export_file_name (long_title, IW_EXPORT_TIMESKETCH_CSV);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = iw_export_file_name (cases[i].title, IW_EXPORT_TIMESKETCH_CSV);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
  g_assert_cmpuint (strlen (cut), <, 80);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import-words/result", test_result);
  g_test_add_func ("/import-words/thousands", test_thousands);
  g_test_add_func ("/import-words/duplicates", test_duplicates);
  g_test_add_func ("/import-words/decisions", test_decisions);
  g_test_add_func ("/import-words/place", test_place);
  g_test_add_func ("/import-words/button", test_button);
  g_test_add_func ("/import-words/zone", test_zone);
  g_test_add_func ("/import-words/errors", test_errors_say_what_to_do);
  g_test_add_func ("/import-words/range", test_range);
  g_test_add_func ("/import-words/progress", test_progress);
  g_test_add_func ("/import-words/export", test_export_words);
  g_test_add_func ("/import-words/file-names", test_file_names);
  return g_test_run ();
}
