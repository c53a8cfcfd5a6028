/* The words of the quick-add line. English is always understood: people paste from logs and chats.
 */
#include "iw-quick-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Translators: words of the line that adds an entry ("yesterday 23:10", "10 min ago"). Give all
 * the forms people type, with | between them; upper and lower case are the same. The English words
 * are understood as well. "ago" may also stand before the number where your language puts it
 * there. */
static const char *const words[IW_N_QUICK_WORDS] = {
  [IW_QUICK_NOW] = NC_ ("quick entry", "now"),
  [IW_QUICK_TODAY] = NC_ ("quick entry", "today"),
  [IW_QUICK_YESTERDAY] = NC_ ("quick entry", "yesterday"),
  [IW_QUICK_TOMORROW] = NC_ ("quick entry", "tomorrow"),
  [IW_QUICK_NOON] = NC_ ("quick entry", "noon|midday"),
  [IW_QUICK_AGO] = NC_ ("quick entry", "ago"),
  /* Translators: before an amount of time: "in 2 hours". */
  [IW_QUICK_IN] = NC_ ("quick entry", "in"),
  /* Translators: instead of the number: "an hour ago". */
  [IW_QUICK_ONE] = NC_ ("quick entry", "a|an|one"),
  /* Translators: instead of the number: "half an hour ago". */
  [IW_QUICK_HALF] = NC_ ("quick entry", "half a|half an|half"),
  /* Translators: an amount that is not understood: "a few minutes ago". */
  [IW_QUICK_FEW] = NC_ ("quick entry", "few|a few|some|several|couple of|a couple of"),
  /* Translators: before a time that is then not understood: "since 14:05". */
  [IW_QUICK_ABOUT] = NC_ ("quick entry",
                          "around|about|approx|approx.|approximately|ca|ca.|circa|since|before|"
                          "after|from|by|until|till|between"),
  [IW_QUICK_AT] = NC_ ("quick entry", "at"),
  [IW_QUICK_TO] = NC_ ("quick entry", "to|until|till"),
  [IW_QUICK_SECONDS] = NC_ ("quick entry", "s|sec|secs|second|seconds"),
  [IW_QUICK_MINUTES] = NC_ ("quick entry", "m|min|mins|minute|minutes"),
  [IW_QUICK_HOURS] = NC_ ("quick entry", "h|hr|hrs|hour|hours"),
  [IW_QUICK_DAYS] = NC_ ("quick entry", "d|day|days"),
  [IW_QUICK_WEEKS] = NC_ ("quick entry", "w|wk|wks|week|weeks"),
};

static const char *const english_months[12] = {
  "jan|january",  "feb|february", "mar|march",  "apr|april",          "may",
  "jun|june",     "jul|july",     "aug|august", "sep|sept|september", "oct|october",
  "nov|november", "dec|december",
};

static const char *const english_weekdays[7] = {
  "mon|monday", "tue|tues|tuesday", "wed|weds|wednesday", "thu|thur|thurs|thursday",
  "fri|friday", "sat|saturday",     "sun|sunday",
};

/* The character at @p, 0 at the end of the text or where it is no UTF-8. */
static gunichar
char_at (const char *p)
{
  gunichar c = g_utf8_get_char_validated (p, -1);

  return c == (gunichar)-1 || c == (gunichar)-2 ? 0 : c;
}

/* Whether a word that ends with @last may be followed by @next. */
static gboolean
word_ends (gunichar last, gunichar next)
{
  if (g_unichar_iswide (last))
    return TRUE;
  return !g_unichar_isalpha (next) && !g_unichar_ismark (next) && next != '_';
}

static const char *
scan_one (const char *p, const char *word, const char *word_end)
{
  gunichar last = 0;

  while (word < word_end)
    {
      gunichar c = char_at (p);

      if (c == 0 || g_unichar_tolower (c) != g_unichar_tolower (char_at (word)))
        return NULL;
      last = c;
      p = g_utf8_next_char (p);
      word = g_utf8_next_char (word);
    }
  return last != 0 && word_ends (last, char_at (p)) ? p : NULL;
}

/* The longest of the words in @list ("min|minutes") that stands at @p. */
static const char *
scan_list (const char *p, const char *list)
{
  const char *longest = NULL;

  while (list != NULL && *list != '\0')
    {
      const char *bar = strchr (list, '|');
      const char *end = bar != NULL ? bar : list + strlen (list);
      const char *after = scan_one (p, list, end);

      if (after != NULL && (longest == NULL || after > longest))
        longest = after;
      list = bar != NULL ? bar + 1 : NULL;
    }
  return longest;
}

const char *
iw_quick_scan_translated_word (const char *p, IwQuickWord word)
{
  const char *translated = g_dpgettext2 (GETTEXT_PACKAGE, "quick entry", words[word]);

  return strcmp (translated, words[word]) != 0 ? scan_list (p, translated) : NULL;
}

const char *
iw_quick_scan_word (const char *p, IwQuickWord word)
{
  const char *english = scan_list (p, words[word]);
  const char *translated = iw_quick_scan_translated_word (p, word);

  if (english == NULL || translated == NULL)
    return english != NULL ? english : translated;
  return MAX (english, translated);
}

/* A name in the language of the user's locale, as g_date_time_format() gives it for @format. Some
 * locales write a dot after an abbreviation; the dot is optional in what people type. */
static const char *
scan_local_name (const char *p, GDateTime *date, const char *format)
{
  g_autofree char *name = g_date_time_format (date, format);
  gsize length = name != NULL ? strlen (name) : 0;

  if (length > 0 && name[length - 1] == '.')
    length--;
  return length > 0 ? scan_one (p, name, name + length) : NULL;
}

static const char *
scan_local_names (const char *p, GDateTime *date, const char *const *formats)
{
  for (; *formats != NULL; formats++)
    {
      const char *after = scan_local_name (p, date, *formats);

      if (after != NULL)
        return after;
    }
  return NULL;
}

static const char *
skip_dot (const char *p)
{
  return p != NULL && *p == '.' ? p + 1 : p;
}

const char *
iw_quick_scan_month (const char *p, int *month)
{
  static const char *const formats[] = { "%B", "%OB", "%b", "%Ob", NULL };

  for (int i = 0; i < 12; i++)
    {
      const char *after = scan_list (p, english_months[i]);

      if (after == NULL)
        {
          g_autoptr (GDateTime) date = g_date_time_new_utc (2024, i + 1, 1, 0, 0, 0);

          after = scan_local_names (p, date, formats);
        }
      if (after != NULL)
        {
          *month = i + 1;
          return skip_dot (after);
        }
    }
  return NULL;
}

const char *
iw_quick_scan_weekday (const char *p, int *weekday)
{
  static const char *const formats[] = { "%A", "%a", NULL };

  for (int i = 0; i < 7; i++)
    {
      const char *after = scan_list (p, english_weekdays[i]);

      if (after == NULL)
        {
          /* The first of January 2024 was a Monday. */
          g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, i + 1, 0, 0, 0);

          after = scan_local_names (p, date, formats);
        }
      if (after != NULL)
        {
          *weekday = i + 1;
          return skip_dot (after);
        }
    }
  return NULL;
}

const char *
iw_quick_skip_space (const char *p)
{
  gunichar c;

  while ((c = char_at (p)) != 0 && g_unichar_isspace (c))
    p = g_utf8_next_char (p);
  return p;
}

gboolean
iw_quick_is_boundary (const char *p)
{
  gunichar c = char_at (p);

  if (*p == '\0' || g_unichar_isspace (c) || g_unichar_iswide (c))
    return TRUE;
  if (strchr (",;:.", *p) == NULL)
    return FALSE;
  c = char_at (p + 1);
  return p[1] == '\0' || g_unichar_isspace (c);
}
