#include "iw-fts.h"

#include <sqlite3.h>
#include <string.h>

static int
append_token (void *data, int flags, const char *token, int length, int start, int end)
{
  GString *out = data;

  if (out->len > 0)
    g_string_append_c (out, '|');
  g_string_append_len (out, token, length);
  return 0;
}

static char *
cut (const char *text, gboolean query)
{
  GString *out = g_string_new (NULL);

  g_assert_cmpint (iw_fts_tokenize (text, strlen (text), query, out, append_token), ==, 0);
  return g_string_free (out, FALSE);
}

static void
assert_cut (const char *text, gboolean query, const char *expected)
{
  g_autofree char *got = cut (text, query);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_words (void)
{
  assert_cut ("", FALSE, "");
  assert_cut (" -- \t\n", FALSE, "");
  assert_cut ("C:\\Windows\\System32\\lsass.exe", FALSE, "c|windows|system32|lsass|exe");
  assert_cut ("S-1-5-18 0x3E7", FALSE, "s|1|5|18|0x3e7");
  assert_cut ("Événement Ångström ŁÓDŹ", FALSE, "evenement|angstrom|łodz");
  assert_cut ("e\xcc\x81te\xcc\x81", FALSE, "ete"); /* decomposed */
  assert_cut ("ΆΝΕΜΟΣ άνεμος", FALSE, "ανεμοσ|ανεμοσ");
  assert_cut ("KAPI kapı", FALSE, "kapi|kapi");
  assert_cut ("Йод \xd0\xb8\xcc\x86од", FALSE,
              "йод|йод"); /* a letter of its own, not и with a mark */
  assert_cut ("ＬＳＡＳＳ．ｅｘｅ", FALSE, "lsass|exe");
  assert_cut ("नमस्ते", FALSE, "नमस्ते");
  assert_cut ("שָׁלוֹם", FALSE, "שלום");
}

static void
test_unspaced (void)
{
  assert_cut ("認証", FALSE, "認証|証");
  assert_cut ("認証", TRUE, "認証");
  assert_cut ("認", FALSE, "認");
  assert_cut ("認", TRUE, "認");
  assert_cut ("lsassの認証失敗", FALSE, "lsass|の認|認証|証失|失敗|敗");
  assert_cut ("認証 失敗", TRUE, "認証|証|失敗");
  assert_cut ("a認証b", TRUE, "a|認証|証|b");
  assert_cut ("인증 실패", FALSE, "인증|증|실패|패");
  assert_cut ("\xe1\x84\x8b\xe1\x85\xb5\xe1\x86\xab\xe1\x84\x8c\xe1\x85\xb3\xe1\x86\xbc", FALSE,
              "인증|증"); /* Jamo */
  assert_cut ("ガード \xe3\x82\xab\xe3\x82\x99ード", FALSE, "ガー|ード|ド|ガー|ード|ド");
  assert_cut ("ｱﾙ", FALSE, "アル|ル");
  assert_cut ("認証。", TRUE, "認証");
}

static void
test_limits (void)
{
  g_autofree char *wide = g_strnfill (63, 'a');
  g_autofree char *text = g_strconcat (wide, "я", "b c", NULL);
  g_autofree char *expected = g_strconcat (wide, "|c", NULL);
  g_autofree char *long_word = g_strnfill (1000, 'Q');
  g_autofree char *capped = g_strnfill (64, 'q');

  assert_cut (long_word, FALSE, capped);
  assert_cut (text, FALSE, expected); /* a character is never split, nor skipped for a later one */
  assert_cut ("ab\xff\xfe"
              "cd \xe8\xaa",
              FALSE, "ab|cd");
  assert_cut ("\xed\xa0\x80"
              "x",
              FALSE, "x"); /* a surrogate is no UTF-8 */
}

typedef struct
{
  const char *text;
  GString *out;
} Places;

static int
append_place (void *data, int flags, const char *token, int length, int start, int end)
{
  Places *places = data;

  g_string_append_printf (places->out, "[%.*s]", end - start, places->text + start);
  return 0;
}

static void
test_places (void)
{
  Places places = { "Été: 認証x", g_string_new (NULL) };

  iw_fts_tokenize (places.text, strlen (places.text), FALSE, &places, append_place);
  g_assert_cmpstr (places.out->str, ==, "[Été][認証][証][x]");
  g_string_free (places.out, TRUE);
}

static int
stop_at_once (void *data, int flags, const char *token, int length, int start, int end)
{
  (*(int *)data)++;
  return 7;
}

static void
test_stop (void)
{
  int calls = 0;

  g_assert_cmpint (iw_fts_tokenize ("a b c", 5, FALSE, &calls, stop_at_once), ==, 7);
  g_assert_cmpint (iw_fts_tokenize ("認証失敗", 12, FALSE, &calls, stop_at_once), ==, 7);
  g_assert_cmpint (calls, ==, 2);
}

static void
assert_query (const char *text, const char *expected)
{
  g_autofree char *query = iw_fts_query (text);

  g_assert_cmpstr (query, ==, expected);
}

static void
test_query (void)
{
  assert_query (NULL, NULL);
  assert_query ("", NULL);
  assert_query (" - : \" * ", NULL);
  assert_query ("logon", "\"logon\"*");
  assert_query ("logon ", "\"logon\"");
  assert_query ("failed logon", "\"failed\" AND \"logon\"*");
  assert_query ("\"failed logon\"", "\"failed logon\"");
  assert_query ("\"failed log\"* x", "\"failed log\"* AND \"x\"");
  assert_query ("fail* logon ", "\"fail*\"* AND \"logon\"");
  assert_query ("lsass.exe ", "\"lsass.exe\"");
  assert_query ("認証 ", "\"認証\"");
  assert_query ("認 ", "\"認\"*");
  assert_query ("\"open phrase", "\"open phrase\"*");
  assert_query ("OR NOT ", "\"OR\" AND \"NOT\"");
}

/* ---- held against a real table ---- */

static const char *const corpus[] = {
  "LSASS process C:\\Windows\\System32\\lsass.exe was accessed",
  "ユーザーの認証に失敗しました",
  "사용자 인증 실패",
  "An account failed to log on. Événement: mimikatz",
  "exe lsass (the other way round)",
  "認可と証明",
  "a認証b 100% sure - said: \"no\"",
  "",
};

static sqlite3 *
open_table (void)
{
  sqlite3 *db;
  sqlite3_stmt *insert;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (iw_fts_register (db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'iw')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "INSERT INTO t(rowid, text) VALUES (?, ?)", -1, &insert, NULL), ==,
      SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      sqlite3_bind_int (insert, 1, i);
      sqlite3_bind_text (insert, 2, corpus[i], -1, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
      sqlite3_reset (insert);
    }
  sqlite3_finalize (insert);
  return db;
}

/* The rows that match, as digits: "014". */
static char *
search (sqlite3 *db, const char *text)
{
  g_autofree char *query = iw_fts_query (text);
  GString *out = g_string_new (NULL);
  sqlite3_stmt *select;
  int rc;

  if (query == NULL)
    return g_string_free (out, FALSE);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", -1,
                                       &select, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_text (select, 1, query, -1, SQLITE_STATIC);
  while ((rc = sqlite3_step (select)) == SQLITE_ROW)
    g_string_append_printf (out, "%d", sqlite3_column_int (select, 0));
  if (rc != SQLITE_DONE)
    g_error ("%s: %s", query, sqlite3_errmsg (db));
  sqlite3_finalize (select);
  return g_string_free (out, FALSE);
}

static char *
match (const char *text)
{
  g_autoptr (IwFtsMatcher) matcher = iw_fts_matcher_new (text);
  GString *out = g_string_new (NULL);

  for (guint i = 0; matcher != NULL && i < G_N_ELEMENTS (corpus); i++)
    if (iw_fts_matcher_matches (matcher, &corpus[i], 1))
      g_string_append_printf (out, "%u", i);
  return g_string_free (out, FALSE);
}

static void
test_search (void)
{
  static const char *const cases[][2] = {
    { "lsass.exe", "0" },
    { "lsass exe", "04" },
    { "exe lsass ", "04" },
    { "\"lsass exe\"", "0" },
    { "認証", "16" },
    { "인증", "2" },
    { "認", "156" },
    { "証", "156" },
    { "失敗しまし", "1" },
    { "認証に失敗", "1" },
    { "証認", "" },
    { "mimi", "3" },
    { "mimi ", "" },
    { "mimi* ", "3" },
    { "evenement ", "3" },
    { "ÉVÉNEMENT ", "3" },
    { "a認証b ", "6" },
    { "a認", "6" },
    { "system32\\lsass", "0" },
    { "OR", "" },
    { "an OR account ", "" },
    { "failed log on", "3" },
    { "\"failed to\" on ", "3" },
    { "c:\\windows\\", "0" },
    { "100%", "6" },
    { "-said:", "6" },
    { "실", "2" },
  };
  sqlite3 *db = open_table ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = search (db, cases[i][0]);
      g_autofree char *matched = match (cases[i][0]);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpstr (found, ==, cases[i][1]);
      g_assert_cmpstr (matched, ==, cases[i][1]);
    }
  sqlite3_close (db);
}

/* Nothing that is typed is a syntax error, and memory and table agree on it. */
static void
test_any_text (void)
{
  static const char *const pieces[] = { "\"",  "*",    "-",   ":",    "(",     ")",
                                        "^",   "+",    "{",   "}",    "'",     " ",
                                        "\t",  "\n",   "AND", "NOT",  "NEAR(", "lsass",
                                        "exe", "認",   "証",  "認証", "x",     "\\",
                                        ".",   "\xff", "é",   ",",    "text:", "　" };
  sqlite3 *db = open_table ();

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *found = NULL, *matched = NULL;

      for (int n = g_test_rand_int_range (0, 9); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      found = search (db, text->str);
      matched = match (text->str);
      if (g_strcmp0 (found, matched) != 0)
        g_error ("%s: table %s, memory %s", text->str, found, matched);
    }
  sqlite3_close (db);
}

static void
test_long_query (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *found = NULL;
  sqlite3 *db = open_table ();

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "lsass ");
  found = search (db, text->str);
  g_assert_cmpstr (found, ==, "04");
  sqlite3_close (db);
}

static void
test_highlight (void)
{
  sqlite3 *db = open_table ();
  sqlite3_stmt *select;

  g_assert_cmpint (sqlite3_prepare_v2 (
                       db, "SELECT highlight(t, 0, '<', '>') FROM t WHERE t MATCH '\"認証に失\"'",
                       -1, &select, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (select), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *)sqlite3_column_text (select, 0), ==,
                   "ユーザーの<認証に失>敗しました");
  sqlite3_finalize (select);
  sqlite3_close (db);
}

static void
test_fields (void)
{
  const char *const texts[] = { "failed", NULL, "logon" };
  g_autoptr (IwFtsMatcher) words = iw_fts_matcher_new ("failed logon");
  g_autoptr (IwFtsMatcher) phrase = iw_fts_matcher_new ("\"failed logon\"");

  g_assert_true (iw_fts_matcher_matches (words, texts, 3));
  g_assert_false (iw_fts_matcher_matches (words, texts, 2));
  g_assert_false (iw_fts_matcher_matches (phrase, texts, 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fts/words", test_words);
  g_test_add_func ("/fts/unspaced", test_unspaced);
  g_test_add_func ("/fts/limits", test_limits);
  g_test_add_func ("/fts/places", test_places);
  g_test_add_func ("/fts/stop", test_stop);
  g_test_add_func ("/fts/query", test_query);
  g_test_add_func ("/fts/search", test_search);
  g_test_add_func ("/fts/any-text", test_any_text);
  g_test_add_func ("/fts/long-query", test_long_query);
  g_test_add_func ("/fts/highlight", test_highlight);
  g_test_add_func ("/fts/fields", test_fields);
  return g_test_run ();
}
