/* The quick-add line in another language: names of days and months from the locale, the other words
 * from a catalogue that is written here, so that the test needs no installed translation. */
#include "iw-quick-entry.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#define NOW "2026-11-03T14:30:45.5Z"

typedef struct
{
  const char *original;
  const char *translation;
} Message;

/* In the order of the originals, as the format asks for. */
static const Message german[] = {
  { "", "Content-Type: text/plain; charset=UTF-8\n" },
  { "day\004Yesterday", "Gestern" },
  { "quick entry\004ago", "vor|前" },
  { "quick entry\004at", "um" },
  { "quick entry\004h|hr|hrs|hour|hours", "Std|Stunde|Stunden" },
  { "quick entry\004m|min|mins|minute|minutes", "Minute|Minuten|分" },
  { "quick entry\004now", "jetzt" },
  { "quick entry\004today", "heute" },
  { "quick entry\004to|until|till", "bis" },
  { "quick entry\004yesterday", "gestern|昨日" },
};

static void
append_number (GByteArray *bytes, guint32 number)
{
  g_byte_array_append (bytes, (const guint8 *)&number, sizeof number);
}

/* A message catalogue as GNU gettext reads it: a head, two tables, the texts. */
static GByteArray *
make_catalogue (void)
{
  GByteArray *bytes = g_byte_array_new ();
  guint n = G_N_ELEMENTS (german);
  guint32 place = 28 + n * 16;

  append_number (bytes, 0x950412de);
  append_number (bytes, 0);
  append_number (bytes, n);
  append_number (bytes, 28);
  append_number (bytes, 28 + n * 8);
  append_number (bytes, 0);
  append_number (bytes, 0);
  for (int table = 0; table < 2; table++)
    for (guint i = 0; i < n; i++)
      {
        guint32 length = strlen (table == 0 ? german[i].original : german[i].translation);

        append_number (bytes, length);
        append_number (bytes, place);
        place += length + 1;
      }
  for (int table = 0; table < 2; table++)
    for (guint i = 0; i < n; i++)
      {
        const char *text = table == 0 ? german[i].original : german[i].translation;

        g_byte_array_append (bytes, (const guint8 *)text, strlen (text) + 1);
      }
  return bytes;
}

/* Turns the program to German; FALSE, and the test is skipped, where the locale is not there. */
static gboolean
speak_german (void)
{
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), "locale", NULL);
  g_autofree char *messages = g_build_filename (dir, "de", "LC_MESSAGES", NULL);
  g_autofree char *file = g_build_filename (messages, GETTEXT_PACKAGE ".mo", NULL);
  g_autoptr (GByteArray) catalogue = make_catalogue ();
  g_autoptr (GError) error = NULL;

  g_setenv ("LANGUAGE", "de", TRUE);
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the locale de_DE.UTF-8 is not installed");
      return FALSE;
    }
  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  g_file_set_contents (file, (const char *)catalogue->data, catalogue->len, &error);
  g_assert_no_error (error);
  bindtextdomain (GETTEXT_PACKAGE, dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return TRUE;
}

static gint64
at (const char *text)
{
  IwTime time = IW_TIME_NONE;

  g_assert_true (iw_time_parse_rfc3339 (text, NULL, &time));
  return time.us;
}

static void
assert_time (const char *input, const char *expected, const char *text)
{
  IwQuickEntry entry = iw_quick_entry_parse (input, at (NOW), NULL);
  g_autofree char *occurred = iw_time_to_rfc3339 (entry.occurred);

  g_test_message ("%s", input);
  g_assert_cmpint (entry.explicit_time, ==, expected != NULL);
  if (expected != NULL)
    g_assert_cmpstr (occurred, ==, expected);
  g_assert_cmpstr (entry.text, ==, text);
}

static void
test_german (void)
{
  IwQuickEntry range;

  if (!speak_german ())
    return;
  assert_time ("gestern 23:10 x", "2026-11-02T23:10Z", "x");
  assert_time ("Gestern um 23:10 x", "2026-11-02T23:10Z", "x");
  assert_time ("heute 9:00 x", "2026-11-03T09:00Z", "x");
  assert_time ("jetzt x", "2026-11-03T14:30:45Z", "x");
  assert_time ("vor 10 Minuten x", "2026-11-03T14:20Z", "x");
  assert_time ("vor 2 Std. 10 min x", "2026-11-03T12:20Z", "x");
  assert_time ("Mo 14:05 x", "2026-11-02T14:05Z", "x");
  assert_time ("montag 14:05 x", "2026-11-02T14:05Z", "x");
  assert_time ("2. März 14:05 x", "2026-03-02T14:05Z", "x");
  assert_time ("2. Mai 2026 x", "2026-05-02", "x");
  /* a script without spaces */
  assert_time ("昨日23:10認証", "2026-11-02T23:10Z", "認証");
  assert_time ("10分前認証失敗", "2026-11-03T14:20Z", "認証失敗");
  /* English all the same */
  assert_time ("yesterday 23:10 x", "2026-11-02T23:10Z", "x");
  assert_time ("10 min ago x", "2026-11-03T14:20Z", "x");
  assert_time ("Wed 14:05 x", "2026-10-28T14:05Z", "x");
  /* text */
  assert_time ("vor 10 Jahren x", NULL, "vor 10 Jahren x");
  assert_time ("vorher x", NULL, "vorher x");
  assert_time ("gestern x", NULL, "gestern x");

  range = iw_quick_entry_parse ("14:05 bis 14:20 x", at (NOW), NULL);
  g_assert_cmpint (range.occurred_end.us, ==, at ("2026-11-03T14:20Z"));
}

static void
test_words (void)
{
  IwQuickEntry entry;
  g_autofree char *words = NULL;

  if (!speak_german ())
    return;
  entry = iw_quick_entry_parse ("gestern 23:10", at (NOW), NULL);
  words = iw_quick_entry_describe (&entry, at (NOW), NULL);
  g_assert_cmpstr (words, ==, "Gestern 23:10 UTC");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/quick-locale/german", test_german);
  g_test_add_func ("/quick-locale/words", test_words);
  return g_test_run ();
}
