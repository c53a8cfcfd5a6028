/* Which tokens of two sequences go together.
 *
 * What begins and ends alike, then the tokens that come once in both (patience diff: the longest
 * run of them in one order), and between those again; where there are none, Myers' O(ND) search up
 * to a bound. A text of a megabyte that was written anew costs no more than one that was changed,
 * since what lies beyond the bound counts as replaced.
 */
#include "iw-diff3.h"

/* Edits that Myers' search looks for in one gap; it takes the square of it in memory. */
#define MAX_EDITS 256
#define MAX_DEPTH 64

typedef struct
{
  guint i;    /* in a */
  guint j;    /* in b */
  int before; /* of the longest run that ends here: the anchor before this one */
} Anchor;

typedef struct
{
  const guint32 *a;
  const guint32 *b;
  int *match;
  /* By token, all 0 between two looks. */
  guint32 *n_a;
  guint32 *n_b;
  guint32 *at_b;
} Diff;

typedef struct
{
  guint a, a_end, b, b_end;
} Gap;

static void diff_gap (Diff *self, Gap gap, guint depth);

/* ---- Myers ---- */

/* The furthest point on each diagonal after each number of edits: row d has d + 1 used cells from
 * -d in steps of 2. */
static int *
row_of (GPtrArray *rows, int d)
{
  return (int *)rows->pdata[d] + d;
}

static gboolean
goes_down (const int *before, int k, int d)
{
  return k == -d || (k != d && before[k - 1] < before[k + 1]);
}

static int
furthest (Diff *self, const Gap *gap, const int *before, int k, int d)
{
  int n = gap->a_end - gap->a, m = gap->b_end - gap->b;
  int x = d == 0 ? 0 : goes_down (before, k, d) ? before[k + 1] : before[k - 1] + 1;

  while (x < n && x - k < m && x - k >= 0 && self->a[gap->a + x] == self->b[gap->b + x - k])
    x++;
  return x;
}

static void
walk_back (Diff *self, const Gap *gap, GPtrArray *rows, int d)
{
  int x = gap->a_end - gap->a, y = gap->b_end - gap->b;

  for (; d >= 0; d--)
    {
      int k = x - y;
      int start_x = 0, start_y = 0;

      if (d > 0)
        {
          const int *before = row_of (rows, d - 1);
          int from = goes_down (before, k, d) ? k + 1 : k - 1;

          start_x = before[from];
          start_y = start_x - from;
        }
      while (x > start_x && y > start_y)
        {
          x--;
          y--;
          self->match[gap->a + x] = gap->b + y;
        }
      x = start_x;
      y = start_y;
    }
}

static void
myers (Diff *self, const Gap *gap)
{
  int n = gap->a_end - gap->a, m = gap->b_end - gap->b;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (int d = 0; d <= MAX_EDITS && d <= n + m; d++)
    {
      const int *before = d > 0 ? row_of (rows, d - 1) : NULL;

      g_ptr_array_add (rows, g_new (int, 2 * d + 1));
      for (int k = -d; k <= d; k += 2)
        {
          int x = furthest (self, gap, before, k, d);

          row_of (rows, d)[k] = x;
          if (x >= n && x - k >= m)
            {
              walk_back (self, gap, rows, d);
              return;
            }
        }
    }
}

/* ---- anchors ---- */

/* Tokens that come once in both, in order of a. */
static GArray *
find_anchors (Diff *self, const Gap *gap)
{
  GArray *anchors = g_array_new (FALSE, FALSE, sizeof (Anchor));

  for (guint i = gap->a; i < gap->a_end; i++)
    self->n_a[self->a[i]]++;
  for (guint j = gap->b; j < gap->b_end; j++)
    {
      self->n_b[self->b[j]]++;
      self->at_b[self->b[j]] = j;
    }
  for (guint i = gap->a; i < gap->a_end; i++)
    if (self->n_a[self->a[i]] == 1 && self->n_b[self->a[i]] == 1)
      {
        Anchor anchor = { i, self->at_b[self->a[i]], -1 };

        g_array_append_val (anchors, anchor);
      }
  for (guint i = gap->a; i < gap->a_end; i++)
    self->n_a[self->a[i]] = 0;
  for (guint j = gap->b; j < gap->b_end; j++)
    self->n_b[self->b[j]] = 0;
  return anchors;
}

/* Of @anchors the longest run that ascends in b as well, as indexes. (transfer full) */
static GArray *
longest_run (GArray *anchors)
{
  GArray *tops =
      g_array_new (FALSE, FALSE, sizeof (int)); /* the end of the best run of each length */
  GArray *run;

  for (guint n = 0; n < anchors->len; n++)
    {
      Anchor *anchor = &g_array_index (anchors, Anchor, n);
      guint low = 0, high = tops->len;
      int value = n;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (g_array_index (anchors, Anchor, g_array_index (tops, int, middle)).j < anchor->j)
            low = middle + 1;
          else
            high = middle;
        }
      anchor->before = low > 0 ? g_array_index (tops, int, low - 1) : -1;
      if (low == tops->len)
        g_array_append_val (tops, value);
      else
        g_array_index (tops, int, low) = value;
    }
  run = g_array_sized_new (FALSE, FALSE, sizeof (int), tops->len);
  g_array_set_size (run, tops->len);
  if (tops->len > 0)
    for (int n = g_array_index (tops, int, tops->len - 1), at = tops->len - 1; n >= 0;
         n = g_array_index (anchors, Anchor, n).before)
      g_array_index (run, int, at--) = n;
  g_array_unref (tops);
  return run;
}

/* ---- both ---- */

static gboolean
diff_by_anchors (Diff *self, const Gap *gap, guint depth)
{
  g_autoptr (GArray) anchors = find_anchors (self, gap);
  g_autoptr (GArray) run = longest_run (anchors);
  Gap rest = *gap;

  for (guint n = 0; n < run->len; n++)
    {
      const Anchor *anchor = &g_array_index (anchors, Anchor, g_array_index (run, int, n));

      diff_gap (self, (Gap){ rest.a, anchor->i, rest.b, anchor->j }, depth + 1);
      self->match[anchor->i] = anchor->j;
      rest.a = anchor->i + 1;
      rest.b = anchor->j + 1;
    }
  if (run->len > 0)
    diff_gap (self, rest, depth + 1);
  return run->len > 0;
}

static void
diff_gap (Diff *self, Gap gap, guint depth)
{
  while (gap.a < gap.a_end && gap.b < gap.b_end && self->a[gap.a] == self->b[gap.b])
    self->match[gap.a++] = gap.b++;
  while (gap.a < gap.a_end && gap.b < gap.b_end && self->a[gap.a_end - 1] == self->b[gap.b_end - 1])
    self->match[--gap.a_end] = --gap.b_end;
  if (gap.a == gap.a_end || gap.b == gap.b_end)
    return;
  if (depth >= MAX_DEPTH || !diff_by_anchors (self, &gap, depth))
    myers (self, &gap);
}

int *
iw_diff_match (const guint32 *a, guint n_a, const guint32 *b, guint n_b, guint n_ids)
{
  g_autofree guint32 *counts = g_new0 (guint32, 3 * (gsize)n_ids + 1);
  Diff self = { .a = a,
                .b = b,
                .match = g_new (int, n_a + 1),
                .n_a = counts,
                .n_b = counts + n_ids,
                .at_b = counts + 2 * (gsize)n_ids };

  for (guint i = 0; i < n_a; i++)
    self.match[i] = -1;
  diff_gap (&self, (Gap){ 0, n_a, 0, n_b }, 0);
  return self.match;
}
