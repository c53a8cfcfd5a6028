/* What a person typed, as an FTS5 query and as a matcher in memory. */
#include "iw-fts.h"

#include <string.h>

#define MAX_QUERY 4096 /* bytes; what comes after is left out */
#define MAX_TERMS 64

/* A word or phrase of the query: where it stands in the text, and its tokens. */
typedef struct
{
  const char *start;
  int length;
  gboolean prefix;
  GPtrArray *tokens;
} Term;

struct _IwFtsMatcher
{
  GPtrArray *terms;
};

static int
collect (void *data, int flags, const char *token, int length, int start, int end)
{
  g_ptr_array_add (data, g_strndup (token, length));
  return 0;
}

static GPtrArray *
tokens_of (const char *text, int length, gboolean query)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  iw_fts_tokenize (text, length, query, tokens, collect);
  return tokens;
}

static void
term_free (gpointer data)
{
  Term *term = data;

  g_ptr_array_unref (term->tokens);
  g_free (term);
}

static gboolean
is_single (const char *text)
{
  return *text != '\0' && *g_utf8_next_char (text) == '\0';
}

/* A lone character of an unspaced script stands in the index as the beginning of a pair. */
static gboolean
is_lone_character (const char *token)
{
  return is_single (token) && iw_fts_is_unspaced (g_utf8_get_char (token));
}

static void
add_term (GPtrArray *terms,
          const char *start,
          const char *end,
          gboolean starred,
          gboolean half_typed)
{
  g_autoptr (GPtrArray) tokens = tokens_of (start, end - start, TRUE);
  const char *last;
  Term *term;

  if (tokens->len == 0 || terms->len >= MAX_TERMS)
    return;
  last = g_ptr_array_index (tokens, tokens->len - 1);
  term = g_new (Term, 1);
  term->start = start;
  term->length = end - start;
  term->prefix = starred || is_lone_character (last) || (half_typed && !is_single (last));
  term->tokens = g_steal_pointer (&tokens);
  g_ptr_array_add (terms, term);
}

/* The end of the word at @p: a space or a quotation mark. */
static const char *
word_end (const char *p)
{
  while (*p != '\0' && *p != '"' && !g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

static GPtrArray *
parse (const char *text)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (term_free);
  const char *p = text;

  while (*p != '\0')
    {
      if (*p == '"')
        {
          const char *end = strchr (p + 1, '"');
          gboolean closed = end != NULL;

          if (!closed)
            end = p + strlen (p);
          add_term (terms, p + 1, end, closed && end[1] == '*', !closed);
          p = closed ? end + 1 : end;
        }
      else if (g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      else
        {
          const char *end = word_end (p);

          add_term (terms, p, end, end[-1] == '*', *end == '\0');
          p = end;
        }
    }
  return terms;
}

static char *
clean (const char *user_text)
{
  return user_text != NULL ? g_utf8_make_valid (user_text, strnlen (user_text, MAX_QUERY))
                           : g_strdup ("");
}

char *
iw_fts_query (const char *user_text)
{
  g_autofree char *text = clean (user_text);
  g_autoptr (GPtrArray) terms = parse (text);
  GString *query;

  if (terms->len == 0)
    return NULL;
  query = g_string_new (NULL);
  for (guint i = 0; i < terms->len; i++)
    {
      const Term *term = g_ptr_array_index (terms, i);

      g_string_append (query, i > 0 ? " AND \"" : "\"");
      g_string_append_len (query, term->start,
                           term->length); /* parse() lets no quotation mark in */
      g_string_append (query, term->prefix ? "\"*" : "\"");
    }
  return g_string_free (query, FALSE);
}

IwFtsMatcher *
iw_fts_matcher_new (const char *user_text)
{
  g_autofree char *text = clean (user_text);
  g_autoptr (GPtrArray) terms = parse (text);
  IwFtsMatcher *matcher;

  if (terms->len == 0)
    return NULL;
  for (guint i = 0; i < terms->len; i++)
    ((Term *)g_ptr_array_index (terms, i))->start = NULL; /* the text goes, the tokens stay */
  matcher = g_new (IwFtsMatcher, 1);
  matcher->terms = g_steal_pointer (&terms);
  return matcher;
}

void
iw_fts_matcher_free (IwFtsMatcher *matcher)
{
  if (matcher == NULL)
    return;
  g_ptr_array_unref (matcher->terms);
  g_free (matcher);
}

static gboolean
stands_at (const Term *term, GPtrArray *tokens, guint at)
{
  for (guint i = 0; i < term->tokens->len; i++)
    {
      const char *wanted = g_ptr_array_index (term->tokens, i);
      const char *found = g_ptr_array_index (tokens, at + i);
      gboolean last = i + 1 == term->tokens->len;

      if (last && term->prefix ? !g_str_has_prefix (found, wanted) : !g_str_equal (found, wanted))
        return FALSE;
    }
  return TRUE;
}

static gboolean
occurs (const Term *term, GPtrArray *tokens)
{
  for (guint at = 0; at + term->tokens->len <= tokens->len; at++)
    if (stands_at (term, tokens, at))
      return TRUE;
  return FALSE;
}

gboolean
iw_fts_matcher_matches (const IwFtsMatcher *matcher, const char *const *texts, guint n)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL)
      g_ptr_array_add (fields, tokens_of (texts[i], strlen (texts[i]), FALSE));
  for (guint i = 0; i < matcher->terms->len; i++)
    {
      const Term *term = g_ptr_array_index (matcher->terms, i);
      gboolean found = FALSE;

      for (guint f = 0; f < fields->len && !found; f++)
        found = occurs (term, g_ptr_array_index (fields, f));
      if (!found)
        return FALSE;
    }
  return TRUE;
}
