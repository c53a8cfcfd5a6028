/* diff3: what one side changed is taken, what both changed alike is taken once, what both changed
 * differently is looked at by its words, and is left to people after that. */
#include "iw-diff3.h"

#include <string.h>

typedef struct
{
  IwDiff3Text text;
  guint n;
  guint32 *ids;  /* equal tokens have equal ids */
  guint32 *ends; /* where each token ends, in bytes */
} Tokens;

static void
tokens_clear (Tokens *self)
{
  g_free (self->ids);
  g_free (self->ends);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tokens, tokens_clear)

/* ---- cutting ---- */

typedef enum
{
  CHAR_SPACE,
  CHAR_WORD,
  CHAR_ALONE, /* punctuation, and writing that puts no spaces between words */
} CharClass;

static CharClass
classify (gunichar c)
{
  if (c == '\n')
    return CHAR_ALONE;
  if (g_unichar_isspace (c))
    return CHAR_SPACE;
  if (g_unichar_iswide (c))
    return CHAR_ALONE;
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_' ? CHAR_WORD : CHAR_ALONE;
}

static gsize
next_word (const char *p, const char *end)
{
  CharClass class = classify (g_utf8_get_char (p));
  const char *q = g_utf8_next_char (p);

  while (q < end && class != CHAR_ALONE && classify (g_utf8_get_char (q)) == class)
    q = g_utf8_next_char (q);
  /* A mark belongs to what it stands on. */
  while (q < end && g_unichar_ismark (g_utf8_get_char (q)))
    q = g_utf8_next_char (q);
  return MIN (q, end) - p;
}

static gsize
next_token (const char *p, const char *end, IwDiff3Grain grain)
{
  const char *newline;

  if (grain == IW_DIFF3_WORDS)
    return next_word (p, end);
  newline = memchr (p, '\n', end - p);
  return (newline != NULL ? newline + 1 : end) - p;
}

/* ---- numbering ---- */

typedef struct
{
  const char *text;
  gsize length;
} Slice;

static guint
slice_hash (gconstpointer data)
{
  const Slice *slice = data;
  guint32 hash = 5381;

  for (gsize i = 0; i < slice->length; i++)
    hash = hash * 33 + (guchar)slice->text[i];
  return hash;
}

static gboolean
slice_equal (gconstpointer a, gconstpointer b)
{
  const Slice *x = a, *y = b;

  return x->length == y->length && memcmp (x->text, y->text, x->length) == 0;
}

static guint32
number_of (GHashTable *numbers, const char *text, gsize length)
{
  Slice slice = { text, length };
  gpointer number;

  if (g_hash_table_lookup_extended (numbers, &slice, NULL, &number))
    return GPOINTER_TO_UINT (number);
  number = GUINT_TO_POINTER (g_hash_table_size (numbers));
  g_hash_table_insert (numbers, g_memdup2 (&slice, sizeof slice), number);
  return GPOINTER_TO_UINT (number);
}

static void
cut (Tokens *self, IwDiff3Text text, IwDiff3Grain grain, GHashTable *numbers)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  const char *end = text.text + text.length;

  for (const char *p = text.text; p < end;)
    {
      gsize length = next_token (p, end, grain);
      guint32 id = number_of (numbers, p, length), at;

      p += length;
      at = p - text.text;
      g_array_append_val (ids, id);
      g_array_append_val (ends, at);
    }
  self->text = text;
  self->n = ids->len;
  self->ids = (guint32 *)g_array_free (g_steal_pointer (&ids), FALSE);
  self->ends = (guint32 *)g_array_free (g_steal_pointer (&ends), FALSE);
}

/* The bytes of the tokens from @from to before @to. */
static IwDiff3Text
slice_of (const Tokens *self, guint from, guint to)
{
  guint32 start = from > 0 ? self->ends[from - 1] : 0;
  guint32 end = to > 0 ? self->ends[to - 1] : 0;

  return (IwDiff3Text){ self->text.text + start, MAX (start, end) - start };
}

/* ---- merging ---- */

static gboolean
same (IwDiff3Text a, IwDiff3Text b)
{
  return a.length == b.length && memcmp (a.text, b.text, a.length) == 0;
}

static gboolean
merge_chunk (IwDiff3Text base,
             IwDiff3Text ours,
             IwDiff3Text theirs,
             IwDiff3Grain grain,
             GString *out)
{
  if (same (ours, theirs) || same (base, theirs))
    g_string_append_len (out, ours.text, ours.length);
  else if (same (base, ours))
    g_string_append_len (out, theirs.text, theirs.length);
  else
    return grain == IW_DIFF3_LINES && base.length > 0 &&
           iw_diff3 (base, ours, theirs, IW_DIFF3_WORDS, out);
  return TRUE;
}

static gboolean
merge_tokens (const Tokens *base,
              const Tokens *ours,
              const Tokens *theirs,
              const int *to_ours,
              const int *to_theirs,
              IwDiff3Grain grain,
              GString *out)
{
  guint b = 0, o = 0, t = 0;

  for (guint i = 0; i <= base->n; i++)
    {
      gboolean end = i == base->n;
      guint next_o, next_t;

      if (!end && (to_ours[i] < 0 || to_theirs[i] < 0))
        continue;
      next_o = end ? ours->n : (guint)to_ours[i];
      next_t = end ? theirs->n : (guint)to_theirs[i];
      if (!merge_chunk (slice_of (base, b, i), slice_of (ours, o, next_o),
                        slice_of (theirs, t, next_t), grain, out))
        return FALSE;
      if (end)
        break;
      g_string_append_len (out, slice_of (base, i, i + 1).text, slice_of (base, i, i + 1).length);
      b = i + 1;
      o = next_o + 1;
      t = next_t + 1;
    }
  return TRUE;
}

gboolean
iw_diff3 (IwDiff3Text base, IwDiff3Text ours, IwDiff3Text theirs, IwDiff3Grain grain, GString *out)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (slice_hash, slice_equal, g_free, NULL);
  g_auto (Tokens) b = { 0 };
  g_auto (Tokens) o = { 0 };
  g_auto (Tokens) t = { 0 };
  g_autofree int *to_ours = NULL;
  g_autofree int *to_theirs = NULL;

  cut (&b, base, grain, numbers);
  cut (&o, ours, grain, numbers);
  cut (&t, theirs, grain, numbers);
  to_ours = iw_diff_match (b.ids, b.n, o.ids, o.n, g_hash_table_size (numbers));
  to_theirs = iw_diff_match (b.ids, b.n, t.ids, t.n, g_hash_table_size (numbers));
  return merge_tokens (&b, &o, &t, to_ours, to_theirs, grain, out);
}
