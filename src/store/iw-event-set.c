#include "iw-event-set.h"

#include <string.h>

#define WORD_BITS 64
#define BLOCK_WORDS 8 /* a cache line; counted together in the directory */
#define BLOCK_BITS (BLOCK_WORDS * WORD_BITS)

struct _IwEventSet
{
  gatomicrefcount refs;
  gboolean sealed;
  gint64 n;
  gint64 count;
  gint64 n_blocks;
  guint64 *words;
  gint64 *before; /* members before each block, and after the last */
};

IwEventSet *
iw_event_set_new (gint64 n, gboolean full)
{
  IwEventSet *set = g_new0 (IwEventSet, 1);

  g_assert (n >= 0);
  g_atomic_ref_count_init (&set->refs);
  set->n = n;
  set->n_blocks = (n + BLOCK_BITS - 1) / BLOCK_BITS;
  set->words = g_new0 (guint64, set->n_blocks * BLOCK_WORDS);
  if (full && n > 0)
    {
      gint64 whole = n / WORD_BITS;

      memset (set->words, 0xff, whole * sizeof (guint64));
      if (n % WORD_BITS != 0)
        set->words[whole] = (G_GUINT64_CONSTANT (1) << (n % WORD_BITS)) - 1;
    }
  return set;
}

void
iw_event_set_add (IwEventSet *set, gint64 rank)
{
  gint64 bit = rank - 1;

  g_assert (!set->sealed);
  if (bit >= 0 && bit < set->n)
    set->words[bit / WORD_BITS] |= G_GUINT64_CONSTANT (1) << (bit % WORD_BITS);
}

void
iw_event_set_remove (IwEventSet *set, gint64 rank)
{
  gint64 bit = rank - 1;

  g_assert (!set->sealed);
  if (bit >= 0 && bit < set->n)
    set->words[bit / WORD_BITS] &= ~(G_GUINT64_CONSTANT (1) << (bit % WORD_BITS));
}

static int
count_bits (guint64 word)
{
  return __builtin_popcountll (word);
}

IwEventSet *
iw_event_set_seal (IwEventSet *set)
{
  g_assert (!set->sealed);
  set->before = g_new (gint64, set->n_blocks + 1);
  set->count = 0;
  for (gint64 block = 0; block < set->n_blocks; block++)
    {
      set->before[block] = set->count;
      for (int i = 0; i < BLOCK_WORDS; i++)
        set->count += count_bits (set->words[block * BLOCK_WORDS + i]);
    }
  set->before[set->n_blocks] = set->count;
  set->sealed = TRUE;
  return set;
}

IwEventSet *
iw_event_set_ref (IwEventSet *set)
{
  g_atomic_ref_count_inc (&set->refs);
  return set;
}

void
iw_event_set_unref (IwEventSet *set)
{
  if (set == NULL || !g_atomic_ref_count_dec (&set->refs))
    return;
  g_free (set->words);
  g_free (set->before);
  g_free (set);
}

gint64
iw_event_set_get_n (IwEventSet *set)
{
  return set->n;
}

gint64
iw_event_set_count (IwEventSet *set)
{
  g_assert (set->sealed);
  return set->count;
}

gboolean
iw_event_set_contains (IwEventSet *set, gint64 rank)
{
  gint64 bit = rank - 1;

  return bit >= 0 && bit < set->n && (set->words[bit / WORD_BITS] >> (bit % WORD_BITS) & 1) != 0;
}

gint64
iw_event_set_rank (IwEventSet *set, gint64 rank)
{
  gint64 bit = rank - 1, word, members;

  g_assert (set->sealed);
  if (bit <= 0)
    return 0;
  if (bit >= set->n)
    return set->count;
  word = bit / WORD_BITS;
  members = set->before[bit / BLOCK_BITS];
  for (gint64 i = bit / BLOCK_BITS * BLOCK_WORDS; i < word; i++)
    members += count_bits (set->words[i]);
  return members +
         count_bits (set->words[word] & ((G_GUINT64_CONSTANT (1) << (bit % WORD_BITS)) - 1));
}

/* The last block with at most @k members before it. */
static gint64
find_block (const IwEventSet *set, gint64 k)
{
  gint64 low = 0, high = set->n_blocks;

  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (set->before[middle] <= k)
        low = middle;
      else
        high = middle;
    }
  return low;
}

gint64
iw_event_set_select (IwEventSet *set, gint64 k)
{
  gint64 block, left, word;
  guint64 bits;

  g_assert (set->sealed);
  if (k < 0 || k >= set->count)
    return 0;
  block = find_block (set, k);
  left = k - set->before[block];
  word = block * BLOCK_WORDS;
  while (left >= count_bits (set->words[word]))
    left -= count_bits (set->words[word++]);
  for (bits = set->words[word]; left > 0; left--)
    bits &= bits - 1;
  return word * WORD_BITS + __builtin_ctzll (bits) + 1;
}

IwEventSet *
iw_event_set_intersect (IwEventSet *a, IwEventSet *b)
{
  IwEventSet *set;

  g_return_val_if_fail (a->n == b->n, NULL);
  set = iw_event_set_new (a->n, FALSE);
  for (gint64 i = 0; i < set->n_blocks * BLOCK_WORDS; i++)
    set->words[i] = a->words[i] & b->words[i];
  return iw_event_set_seal (set);
}
