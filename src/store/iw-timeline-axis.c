#include "config.h"

#include "iw-timeline-axis.h"

typedef struct
{
  IwEvidence *evidence;
  IwEventIndex *index;
  gint64 skew;
  IwEventSet *set; /* NULL: all */
  gboolean hidden;
  gint64 low, high; /* ranks [low, high) lie in the range */
  gint64 skipped;   /* members below low */
  gint64 n;         /* members in the range */
} Source;

struct _IwTimelineAxis
{
  GPtrArray *sources;
  gint64 n;
};

static void
source_free (gpointer data)
{
  Source *source = data;

  g_object_unref (source->evidence);
  g_object_unref (source->index);
  iw_event_set_unref (source->set);
  g_free (source);
}

static Source *
get_source (IwTimelineAxis *axis, guint i)
{
  return g_ptr_array_index (axis->sources, i);
}

IwTimelineAxis *
iw_timeline_axis_new (void)
{
  IwTimelineAxis *axis = g_new0 (IwTimelineAxis, 1);

  axis->sources = g_ptr_array_new_with_free_func (source_free);
  return axis;
}

void
iw_timeline_axis_free (IwTimelineAxis *axis)
{
  if (axis == NULL)
    return;
  g_ptr_array_unref (axis->sources);
  g_free (axis);
}

/* ---- one source ---- */

/* Skew may come from anybody's copy: what it leads to stays within the times the program knows. */
static gint64
sane_skew (IwEvidence *evidence, IwEventIndex *index)
{
  return CLAMP (iw_evidence_get_skew (evidence), IW_TIME_MIN - iw_event_index_get_first (index),
                IW_TIME_MAX - iw_event_index_get_last (index));
}

static gint64
minus (gint64 a, gint64 b)
{
  gint64 result;

  if (__builtin_sub_overflow (a, b, &result))
    return b > 0 ? G_MININT64 : G_MAXINT64;
  return result;
}

static gint64
members_below (const Source *source, gint64 rank)
{
  return source->set != NULL ? iw_event_set_rank (source->set, rank) : rank - 1;
}

static gint64
rank_of (const Source *source, gint64 member)
{
  gint64 k = source->skipped + member;

  return source->set != NULL ? iw_event_set_select (source->set, k) : k + 1;
}

static gint64
time_of (const Source *source, gint64 rank)
{
  return iw_event_index_time_at (source->index, rank) + source->skew;
}

/* Members of the range before a corrected time. */
static gint64
before (const Source *source, gint64 us)
{
  gint64 rank;

  if (source->n == 0)
    return 0;
  rank = iw_event_index_lower_bound (source->index, minus (us, source->skew));
  return members_below (source, CLAMP (rank, source->low, source->high)) - source->skipped;
}

static void
set_limits (Source *source, gint64 low, gint64 high)
{
  source->low = low;
  source->high = MAX (low, high);
  source->skipped = members_below (source, low);
  source->n = source->hidden ? 0 : members_below (source, source->high) - source->skipped;
}

/* ---- sources ---- */

static void
count_all (IwTimelineAxis *axis)
{
  axis->n = 0;
  for (guint i = 0; i < axis->sources->len; i++)
    axis->n += get_source (axis, i)->n;
}

void
iw_timeline_axis_add (IwTimelineAxis *axis, IwEvidence *evidence, IwEventIndex *index)
{
  Source *source = g_new0 (Source, 1);

  source->evidence = g_object_ref (evidence);
  source->index = g_object_ref (index);
  source->skew = sane_skew (evidence, index);
  set_limits (source, 1, iw_event_index_get_n (index) + 1);
  g_ptr_array_add (axis->sources, source);
  count_all (axis);
}

guint
iw_timeline_axis_get_n_sources (IwTimelineAxis *axis)
{
  return axis->sources->len;
}

IwEvidence *
iw_timeline_axis_get_evidence (IwTimelineAxis *axis, guint source)
{
  return get_source (axis, source)->evidence;
}

gint64
iw_timeline_axis_get_skew (IwTimelineAxis *axis, guint source)
{
  return get_source (axis, source)->skew;
}

IwEventIndex *
iw_timeline_axis_get_index (IwTimelineAxis *axis, guint source)
{
  return get_source (axis, source)->index;
}

int
iw_timeline_axis_find_source (IwTimelineAxis *axis, const char *evidence_id)
{
  for (guint i = 0; i < axis->sources->len; i++)
    if (g_strcmp0 (iw_evidence_get_id (get_source (axis, i)->evidence), evidence_id) == 0)
      return (int)i;
  return -1;
}

gboolean
iw_timeline_axis_get_extent (IwTimelineAxis *axis, gint64 *first, gint64 *last)
{
  gboolean any = FALSE;

  for (guint i = 0; i < axis->sources->len; i++)
    {
      const Source *source = get_source (axis, i);
      gint64 from = iw_event_index_get_first (source->index) + source->skew;
      gint64 to = iw_event_index_get_last (source->index) + source->skew;

      if (iw_event_index_get_n (source->index) == 0)
        continue;
      *first = any ? MIN (*first, from) : from;
      *last = any ? MAX (*last, to) : to;
      any = TRUE;
    }
  return any;
}

void
iw_timeline_axis_restrict (IwTimelineAxis *axis, guint i, IwEventSet *set, gboolean hidden)
{
  Source *source = get_source (axis, i);

  g_return_if_fail (set == NULL ||
                    iw_event_set_get_n (set) == iw_event_index_get_n (source->index));

  g_clear_pointer (&source->set, iw_event_set_unref);
  source->set = set != NULL ? iw_event_set_ref (set) : NULL;
  source->hidden = hidden;
  set_limits (source, 1, iw_event_index_get_n (source->index) + 1);
  count_all (axis);
}

void
iw_timeline_axis_set_range (IwTimelineAxis *axis, gint64 start, gint64 end)
{
  for (guint i = 0; i < axis->sources->len; i++)
    {
      Source *source = get_source (axis, i);

      set_limits (source, iw_event_index_lower_bound (source->index, minus (start, source->skew)),
                  iw_event_index_lower_bound (source->index, minus (end, source->skew)));
    }
  count_all (axis);
}

gint64
iw_timeline_axis_get_n (IwTimelineAxis *axis)
{
  return axis->n;
}

gint64
iw_timeline_axis_count_before (IwTimelineAxis *axis, gint64 us)
{
  gint64 n = 0;

  for (guint i = 0; i < axis->sources->len; i++)
    n += before (get_source (axis, i), us);
  return n;
}

/* ---- places ---- */

static IwAxisItem
item_at (IwTimelineAxis *axis, guint i, gint64 member)
{
  const Source *source = get_source (axis, i);
  gint64 rank = rank_of (source, member);

  return (IwAxisItem){ i, rank, time_of (source, rank) };
}

void
iw_timeline_axis_get_span (IwTimelineAxis *axis, gint64 start, gint64 end, IwAxisSpan *span)
{
  guint n_sources = 0;

  *span = (IwAxisSpan){ 0 };
  for (guint i = 0; i < axis->sources->len; i++)
    {
      gint64 from = before (get_source (axis, i), start), to = before (get_source (axis, i), end);
      IwAxisItem first, last;

      if (to <= from)
        continue;
      first = item_at (axis, i, from);
      last = item_at (axis, i, to - 1);
      if (span->n == 0 || first.time < span->first.time)
        span->first = first;
      if (span->n == 0 || last.time >= span->last.time)
        span->last = last;
      span->n += to - from;
      n_sources++;
    }
  span->single_source = n_sources == 1;
}

/* The only source that has events in the range; -1 where there are more, or none. */
static int
only_source (IwTimelineAxis *axis)
{
  for (guint i = 0; i < axis->sources->len; i++)
    if (get_source (axis, i)->n > 0)
      return get_source (axis, i)->n == axis->n ? (int)i : -1;
  return -1;
}

/* The last time in [@low, @high) with no more than @k events before it. */
static gint64
find_time (IwTimelineAxis *axis, gint64 k, gint64 low, gint64 high)
{
  gint64 at_low = iw_timeline_axis_count_before (axis, low);

  while (at_low != k && low < high - 1)
    {
      gint64 middle = low + (high - low) / 2,
             at_middle = iw_timeline_axis_count_before (axis, middle);

      if (at_middle > k)
        high = middle;
      else
        {
          low = middle;
          at_low = at_middle;
        }
    }
  return low;
}

/* For each source, how many of its members lie before place @k. */
static gint64 *
locate (IwTimelineAxis *axis, gint64 k, gint64 start, gint64 end)
{
  gint64 *members = g_new0 (gint64, axis->sources->len);
  int only = only_source (axis);
  gint64 time, left = k;

  if (only >= 0)
    {
      members[only] = k;
      return members;
    }
  time = find_time (axis, k, MAX (start, IW_TIME_MIN), MIN (end, IW_TIME_MAX + 1));
  for (guint i = 0; i < axis->sources->len; i++)
    left -= members[i] = before (get_source (axis, i), time);
  /* What is left has this very time: the sources take their turns. */
  for (guint i = 0; i < axis->sources->len && left > 0; i++)
    {
      gint64 same = before (get_source (axis, i), time + 1) - members[i];
      gint64 taken = MIN (left, same);

      members[i] += taken;
      left -= taken;
    }
  return members;
}

/* Cursor of a merge: the next item of one source. */
typedef struct
{
  gint64 member;
  gboolean ended;
  IwAxisItem item;
} Head;

static void
fill_head (IwTimelineAxis *axis, guint i, Head *head)
{
  head->ended = head->member >= get_source (axis, i)->n;
  if (!head->ended)
    head->item = item_at (axis, i, head->member);
}

static Head *
earliest (Head *heads, guint n)
{
  Head *found = NULL;

  for (guint i = 0; i < n; i++)
    if (!heads[i].ended && (found == NULL || heads[i].item.time < found->item.time))
      found = &heads[i];
  return found;
}

GArray *
iw_timeline_axis_slice (IwTimelineAxis *axis, gint64 k, gint64 n, gint64 start, gint64 end)
{
  guint n_sources = axis->sources->len;
  g_autofree gint64 *members = locate (axis, k, start, end);
  g_autofree Head *heads = g_new (Head, n_sources);
  GArray *items = g_array_new (FALSE, FALSE, sizeof (IwAxisItem));
  Head *head;

  for (guint i = 0; i < n_sources; i++)
    {
      heads[i].member = members[i];
      fill_head (axis, i, &heads[i]);
    }
  while (items->len < n && (head = earliest (heads, n_sources)) != NULL)
    {
      g_array_append_val (items, head->item);
      head->member++;
      fill_head (axis, head - heads, head);
    }
  return items;
}

static gint64
find_place (IwTimelineAxis *axis, guint i, gint64 rank)
{
  const Source *source = get_source (axis, i);
  gint64 time, place;

  if (source->n == 0 || rank < MAX (source->low, 1) || rank >= source->high ||
      (source->set != NULL && !iw_event_set_contains (source->set, rank)))
    return -1;
  time = time_of (source, rank);
  place = members_below (source, rank) - source->skipped;
  for (guint other = 0; other < axis->sources->len; other++)
    if (other != i)
      place += before (get_source (axis, other), other < i ? time + 1 : time);
  return place;
}

gint64
iw_timeline_axis_find_rank (IwTimelineAxis *axis, const char *evidence_id, gint64 rank)
{
  int source = iw_timeline_axis_find_source (axis, evidence_id);

  return source >= 0 ? find_place (axis, source, rank) : -1;
}

gint64
iw_timeline_axis_find_row (IwTimelineAxis *axis, const char *evidence_id, gint64 row)
{
  int source = iw_timeline_axis_find_source (axis, evidence_id);
  g_autoptr (IwEvent) event = NULL;

  if (source >= 0)
    event = iw_event_index_find_row (get_source (axis, source)->index, row, NULL);
  return event != NULL ? find_place (axis, source, event->rank) : -1;
}

/* ---- events ---- */

/* An event that cannot be read still has its place and time. */
static IwEvent *
make_blank (const Source *source, const IwAxisItem *item)
{
  IwEvent *event = g_new0 (IwEvent, 1);

  event->rank = item->rank;
  event->time = (IwTime){ item->time - source->skew, IW_PRECISION_MICROSECOND };
  event->message = g_strdup ("");
  event->desc = g_strdup ("");
  event->origin = g_strdup ("");
  event->host = g_strdup ("");
  event->actor = g_strdup ("");
  return event;
}

/* Reads @n events of one source from @rank on into the places that @order gives. */
static void
read_batch (Source *source, gint64 rank, const guint *order, guint n, GPtrArray *events)
{
  g_autoptr (GPtrArray) read = iw_event_index_read (source->index, rank, n, NULL);

  for (guint i = 0; read != NULL && i < read->len; i++)
    {
      IwEvent *event = g_ptr_array_index (read, i);
      gint64 place = event->rank - rank;

      if (place < 0 || place >= n)
        continue;
      g_clear_pointer (&events->pdata[order[place]], iw_event_free);
      events->pdata[order[place]] = g_memdup2 (event, sizeof *event);
      *event = (IwEvent){ 0 }; /* its strings have moved */
    }
}

GPtrArray *
iw_timeline_axis_read (IwTimelineAxis *axis, GArray *items)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_event_free);
  g_autofree guint *order = g_new (guint, items->len);

  g_ptr_array_set_size (events, items->len);
  for (guint i = 0; i < axis->sources->len; i++)
    {
      gint64 from = 0;
      guint n = 0;

      for (guint at = 0; at < items->len; at++)
        {
          const IwAxisItem *item = &g_array_index (items, IwAxisItem, at);

          if (item->source != i)
            continue;
          if (n > 0 && item->rank != from + n)
            {
              read_batch (get_source (axis, i), from, order, n, events);
              n = 0;
            }
          if (n == 0)
            from = item->rank;
          order[n++] = at;
        }
      if (n > 0)
        read_batch (get_source (axis, i), from, order, n, events);
    }
  for (guint at = 0; at < items->len; at++)
    if (events->pdata[at] == NULL)
      {
        const IwAxisItem *item = &g_array_index (items, IwAxisItem, at);

        events->pdata[at] = make_blank (get_source (axis, item->source), item);
      }
  return events;
}

/* ---- histogram ---- */

static gint64
edge (gint64 start, gint64 end, guint i, guint n)
{
  return start + (gint64)(((__int128)end - start) * i / n);
}

static void
add_source (const Source *source, gint64 start, gint64 end, guint n, guint32 *bins)
{
  gint64 passed = 0;

  for (guint i = 0; i <= n; i++)
    {
      gint64 us = minus (edge (start, end, i, n), source->skew);
      gint64 members = members_below (source, iw_event_index_lower_bound (source->index, us));

      if (i > 0)
        bins[i - 1] += (guint32)MIN (members - passed, (gint64)(G_MAXUINT32 - bins[i - 1]));
      passed = members;
    }
}

void
iw_timeline_axis_histogram (IwTimelineAxis *axis, gint64 start, gint64 end, guint n, guint32 *bins)
{
  for (guint i = 0; i < n; i++)
    bins[i] = 0;
  if (n == 0 || end <= start)
    return;
  for (guint i = 0; i < axis->sources->len; i++)
    if (!get_source (axis, i)->hidden)
      add_source (get_source (axis, i), start, end, n, bins);
}
