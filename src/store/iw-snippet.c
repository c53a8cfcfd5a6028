#include "config.h"

#include "iw-snippet.h"

#include <string.h>

#include "iw-fts.h"

#define BEFORE 40  /* characters shown before the first match */
#define LENGTH 160 /* characters shown in all */

/* A word of the query, folded; @prefix: matches words that begin with it. */
typedef struct
{
  char *text;
  gsize length;
  gboolean prefix;
} Word;

struct _IwSnippet
{
  GArray *words; /* (element-type Word) */
};

/* Bytes of the text that matched. */
typedef struct
{
  int start;
  int end;
} Match;

static void
word_clear (gpointer word)
{
  g_free (((Word *)word)->text);
}

typedef struct
{
  IwSnippet *snippet;
  const char *text;
  int length;
} Collector;

static int
collect_word (void *data, int flags, const char *token, int length, int start, int end)
{
  Collector *collector = data;
  gboolean last = end == collector->length || collector->text[end] == '*';
  gboolean unspaced = iw_fts_is_unspaced (g_utf8_get_char (token));
  Word word = { g_strndup (token, length), length, last || unspaced };

  g_array_append_val (collector->snippet->words, word);
  return 0;
}

IwSnippet *
iw_snippet_new (const char *user_text)
{
  g_autofree char *valid = g_utf8_make_valid (user_text, -1);
  IwSnippet *self = g_new0 (IwSnippet, 1);
  Collector collector = { self, valid, strlen (valid) };

  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (self->words, word_clear);
  iw_fts_tokenize (valid, collector.length, TRUE, &collector, collect_word);
  return self;
}

void
iw_snippet_free (IwSnippet *self)
{
  g_array_unref (self->words);
  g_free (self);
}

/* ---- finding ---- */

typedef struct
{
  const IwSnippet *snippet;
  GArray *matches;
} Finder;

static int
find_match (void *data, int flags, const char *token, int length, int start, int end)
{
  Finder *finder = data;
  GArray *matches = finder->matches;
  Match match = { start, end };

  for (guint i = 0; i < finder->snippet->words->len; i++)
    {
      const Word *word = &g_array_index (finder->snippet->words, Word, i);

      if ((word->prefix ? length < word->length : length != word->length) ||
          memcmp (token, word->text, word->length) != 0)
        continue;
      /* Pairs of one run overlap: they are one match. */
      if (matches->len > 0 && start < g_array_index (matches, Match, matches->len - 1).end)
        g_array_index (matches, Match, matches->len - 1).end =
            MAX (end, g_array_index (matches, Match, matches->len - 1).end);
      else
        g_array_append_val (matches, match);
      break;
    }
  return 0;
}

static void
find_matches (const IwSnippet *self, const char *text, GArray *matches)
{
  Finder finder = { self, matches };

  g_array_set_size (matches, 0);
  iw_fts_tokenize (text, strlen (text), FALSE, &finder, find_match);
}

/* ---- cutting ---- */

/* Line breaks would make rows of different heights. */
static void
append_escaped (GString *out, const char *start, const char *end)
{
  g_autofree char *plain = g_strndup (start, end - start);
  g_autofree char *escaped = NULL;

  for (char *p = plain; *p != '\0'; p++)
    if ((guchar)*p < 0x20)
      *p = ' ';
  escaped = g_markup_escape_text (plain, -1);
  g_string_append (out, escaped);
}

static const char *
back (const char *text, const char *p, int characters)
{
  while (p > text && characters-- > 0)
    p = g_utf8_prev_char (p);
  return p;
}

static const char *
forward (const char *p, int characters)
{
  while (*p != '\0' && characters-- > 0)
    p = g_utf8_next_char (p);
  return p;
}

static char *
cut (const char *text, GArray *matches)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *first = matches->len > 0 ? text + g_array_index (matches, Match, 0).start : text;
  const char *start = back (text, first, BEFORE);
  const char *end = forward (start, LENGTH);
  const char *p = start;

  if (start > text)
    g_string_append (out, "…");
  for (guint i = 0; i < matches->len; i++)
    {
      const Match *match = &g_array_index (matches, Match, i);

      if (text + match->end > end)
        break;
      append_escaped (out, p, text + match->start);
      g_string_append (out, "<b>");
      append_escaped (out, text + match->start, text + match->end);
      g_string_append (out, "</b>");
      p = text + match->end;
    }
  append_escaped (out, p, end);
  if (*end != '\0')
    g_string_append (out, "…");
  return g_string_free_and_steal (g_steal_pointer (&out));
}

char *
iw_snippet_make (const IwSnippet *self, const char *const *texts)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (Match));

  for (guint i = 0; texts[i] != NULL; i++)
    {
      find_matches (self, texts[i], matches);
      if (matches->len > 0)
        return cut (texts[i], matches);
    }
  return cut (texts[0] != NULL ? texts[0] : "", matches);
}
