/* The FTS5 tokenizer "iw".
 *
 * Compiled into the store, and by tests/bench with IW_FTS_EXTENSION as a module for the sqlite3
 * shell, so that both build the very same index. Nearly all machine logs are ASCII: that path is a
 * table look-up a byte, and GLib's Unicode tables are asked for the rest only.
 */
#include "iw-fts.h"

#include <string.h>

#ifdef IW_FTS_EXTENSION
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1
int
sqlite3_extension_init (sqlite3 *db, char **message, const sqlite3_api_routines *api);
#else
#include <sqlite3.h>
#endif

#define MAX_TOKEN 64

/* The lower-case form of a letter or digit, 0 for what separates words. */
static const char ascii_fold[128] = {
  ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
  ['7'] = '7', ['8'] = '8', ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
  ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k',
  ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
  ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
  ['z'] = 'z', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
  ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm',
  ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
  ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
};

typedef struct
{
  const char *text;
  const char *end;
  gboolean query;
  void *data;
  IwFtsTokenFunc func;
} Cutter;

typedef struct
{
  gunichar first, last;
} Range;

static gboolean
in_ranges (gunichar ch, const Range *ranges, guint n)
{
  for (guint i = 0; i < n && ch >= ranges[i].first; i++)
    if (ch <= ranges[i].last)
      return TRUE;
  return FALSE;
}

/* In order of code point. */
gboolean
iw_fts_is_unspaced (gunichar ch)
{
  static const Range ranges[] = {
    { 0x0e01, 0x0e3a }, { 0x0e40, 0x0e4e }, /* Thai without its digits */
    { 0x0e81, 0x0ece },                     /* Lao */
    { 0x1000, 0x103f },                     /* Myanmar */
    { 0x1100, 0x11ff },                     /* Hangul Jamo */
    { 0x1780, 0x17d3 },                     /* Khmer */
    { 0x3005, 0x3007 }, { 0x3021, 0x3029 }, /* iteration mark, closing mark, zero; numerals */
    { 0x3041, 0x3096 }, { 0x3099, 0x309a }, /* Hiragana, voicing marks that did not combine */
    { 0x309d, 0x309f }, { 0x30a1, 0x30fa }, /* Katakana */
    { 0x30fc, 0x30ff }, { 0x3105, 0x312f }, /* Bopomofo */
    { 0x3131, 0x318e }, { 0x31a0, 0x31bf }, /* Hangul compatibility Jamo */
    { 0x31f0, 0x31ff }, { 0x3400, 0x4dbf }, /* Han */
    { 0x4e00, 0x9fff }, { 0xa960, 0xa97c }, { 0xac00, 0xd7a3 }, /* Hangul */
    { 0xd7b0, 0xd7fb }, { 0xf900, 0xfaff }, { 0x1b000, 0x1b16f }, { 0x20000, 0x3fffd },
  };

  return ch >= 0x0e01 && in_ranges (ch, ranges, G_N_ELEMENTS (ranges));
}

/* Marks over and under letters that people leave out when they type: those of Latin, Greek, Hebrew
 * and Arabic. Vowel signs of other scripts are part of their words. */
static gboolean
is_optional_mark (gunichar ch)
{
  static const Range ranges[] = {
    { 0x0300, 0x036f }, { 0x0591, 0x05bd }, { 0x05bf, 0x05bf }, { 0x05c1, 0x05c2 },
    { 0x05c4, 0x05c5 }, { 0x05c7, 0x05c7 }, { 0x0610, 0x061a }, { 0x0640, 0x0640 },
    { 0x064b, 0x065f }, { 0x0670, 0x0670 }, { 0x06d6, 0x06dc }, { 0x06df, 0x06e4 },
    { 0x200c, 0x200d },
  };

  return ch >= 0x0300 && in_ranges (ch, ranges, G_N_ELEMENTS (ranges));
}

static gboolean
is_word (gunichar ch)
{
  return g_unichar_isalnum (ch) && !iw_fts_is_unspaced (ch);
}

static gboolean
may_combine (gunichar ch)
{
  return (ch >= 0x0300 && ch <= 0x036f) || ch == 0x3099 || ch == 0x309a ||
         (ch >= 0x1161 && ch <= 0x11ff);
}

/* Full-width letters and half-width Kana as the plain characters. */
static gunichar
fold_width (gunichar ch)
{
  gunichar plain[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (ch < 0xff00 || ch > 0xffef)
    return ch;
  return g_unichar_fully_decompose (ch, TRUE, plain, G_N_ELEMENTS (plain)) == 1 ? plain[0] : ch;
}

static gunichar
decode (const char *p, const char *end, const char **next)
{
  gunichar ch = g_utf8_get_char_validated (p, end - p);

  if (ch == (gunichar)-1 || ch == (gunichar)-2)
    {
      *next = p + 1;
      return 0;
    }
  *next = g_utf8_next_char (p);
  return fold_width (ch);
}

/* The character at @p with the combining ones that follow it, so that a text in decomposed form (as
 * macOS writes file names) gives the same words; 0 for a byte that is no UTF-8. */
static gunichar
read_char (const char *p, const char *end, const char **next)
{
  gunichar ch = decode (p, end, next);

  while (ch != 0 && *next < end && (guchar) * *next >= 0x80)
    {
      const char *after;
      gunichar mark = decode (*next, end, &after), composed;

      if (!may_combine (mark) || !g_unichar_compose (ch, mark, &composed))
        break;
      ch = composed;
      *next = after;
    }
  return ch;
}

static gunichar
fold_letter (gunichar ch)
{
  gunichar base, mark;

  if ((ch >= 0x00c0 && ch <= 0x024f) || (ch >= 0x0370 && ch <= 0x03ff) ||
      (ch >= 0x1e00 && ch <= 0x1fff))
    while (g_unichar_decompose (ch, &base, &mark) && mark != 0)
      ch = base;
  ch = g_unichar_tolower (ch);
  if (ch == 0x0131) /* dotless i: capital I cannot tell them apart */
    return 'i';
  return ch == 0x03c2 ? 0x03c3 : ch; /* final sigma */
}

static int
cut_word (const Cutter *cutter, const char *start, const char **next)
{
  char token[MAX_TOKEN + 6];
  int length = 0, limit = MAX_TOKEN;
  const char *p = start;

  while (p < cutter->end)
    {
      guchar c = *p;

      if (G_LIKELY (c < 0x80))
        {
          if (ascii_fold[c] == 0)
            break;
          if (length < limit)
            token[length++] = ascii_fold[c];
          p++;
        }
      else
        {
          const char *after;
          gunichar ch = read_char (p, cutter->end, &after);
          int n;

          if (is_optional_mark (ch))
            {
              p = after;
              continue;
            }
          if (!is_word (ch) && !(g_unichar_ismark (ch) && !iw_fts_is_unspaced (ch)))
            break;
          n = length < limit ? g_unichar_to_utf8 (fold_letter (ch), token + length) : 0;
          if (length + n <= limit)
            length += n;
          else
            limit = length; /* what comes after a character that did not fit is cut as well */
          p = after;
        }
    }
  *next = p;
  return cutter->func (cutter->data, 0, token, length, start - cutter->text, p - cutter->text);
}

static gboolean
begins_token (const char *p, const char *end, const char **next)
{
  gunichar ch;

  if ((guchar)*p < 0x80)
    {
      *next = p + 1;
      return ascii_fold[(guchar)*p] != 0;
    }
  ch = read_char (p, end, next);
  return iw_fts_is_unspaced (ch) || (is_word (ch) && !is_optional_mark (ch));
}

static gboolean
has_token (const char *p, const char *end)
{
  while (p < end)
    if (begins_token (p, end, &p))
      return TRUE;
  return FALSE;
}

static int
cut_run (const Cutter *cutter, const char *start, const char **next)
{
  char token[16];
  const char *p = start, *after;
  int rc = 0, pairs = 0, kept = 0; /* bytes of the character before */

  while (rc == 0 && p < cutter->end && (guchar)*p >= 0x80)
    {
      gunichar ch = read_char (p, cutter->end, &after);
      int n;

      if (!iw_fts_is_unspaced (ch))
        break;
      n = g_unichar_to_utf8 (ch, token + kept);
      if (kept > 0)
        {
          rc = cutter->func (cutter->data, 0, token, kept + n, start - cutter->text,
                             after - cutter->text);
          memmove (token, token + kept, n);
          start = p;
          pairs++;
        }
      kept = n;
      p = after;
    }
  *next = p;
  if (rc != 0 || (cutter->query && pairs > 0 && !has_token (p, cutter->end)))
    return rc;
  return cutter->func (cutter->data, 0, token, kept, start - cutter->text, p - cutter->text);
}

int
iw_fts_tokenize (const char *text, int length, gboolean query, void *data, IwFtsTokenFunc func)
{
  const Cutter cutter = { text, text + length, query, data, func };
  const char *p = text;
  int rc = 0;

  while (rc == 0 && p < cutter.end)
    {
      const char *next;

      if (!begins_token (p, cutter.end, &next))
        p = next;
      else if ((guchar)*p < 0x80 || !iw_fts_is_unspaced (read_char (p, cutter.end, &next)))
        rc = cut_word (&cutter, p, &p);
      else
        rc = cut_run (&cutter, p, &p);
    }
  return rc;
}

/* ---- FTS5 ---- */

static int
tokenizer_create (void *data, const char **args, int n_args, Fts5Tokenizer **out)
{
  static char state; /* it has none; FTS5 wants a pointer */

  *out = (Fts5Tokenizer *)&state;
  return SQLITE_OK;
}

static void
tokenizer_delete (Fts5Tokenizer *tokenizer)
{
}

static int
tokenizer_tokenize (Fts5Tokenizer *tokenizer,
                    void *data,
                    int flags,
                    const char *text,
                    int length,
                    int (*func) (void *, int, const char *, int, int, int))
{
  if (text == NULL)
    return SQLITE_OK;
  return iw_fts_tokenize (text, length, (flags & FTS5_TOKENIZE_QUERY) != 0, data, func);
}

int
iw_fts_register (sqlite3 *db)
{
  fts5_tokenizer tokenizer = { tokenizer_create, tokenizer_delete, tokenizer_tokenize };
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db, "SELECT fts5(?1)", -1, &statement, NULL);

  if (rc != SQLITE_OK)
    return rc;
  sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  rc = sqlite3_finalize (statement);
  if (rc != SQLITE_OK)
    return rc;
  if (api == NULL)
    return SQLITE_ERROR;
  return api->xCreateTokenizer (api, IW_FTS_TOKENIZER, NULL, &tokenizer, NULL);
}

#ifdef IW_FTS_EXTENSION
int
sqlite3_extension_init (sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
  SQLITE_EXTENSION_INIT2 (api);
  return iw_fts_register (db);
}
#endif
