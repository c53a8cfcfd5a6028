#include "config.h"

#include "iw-timeline-layout.h"

#define MAX_ROWS (G_MAXUINT - 1)

typedef struct
{
  gint64 first_event, n_events;
  gint64 first_row, n_rows;
  gboolean run, expanded;
} Segment;

struct _IwTimelineLayout
{
  IwTimelineAxis *axis;
  GPtrArray *entries;
  Segment *segments; /* one more than entries */
};

/* ---- stretches of time ---- */

static gboolean
is_within (GArray *stretches, gint64 start, gint64 end)
{
  for (guint i = 0; i < stretches->len; i++)
    {
      const IwTimeStretch *stretch = &g_array_index (stretches, IwTimeStretch, i);

      if (stretch->start <= start && end <= stretch->end)
        return TRUE;
    }
  return FALSE;
}

void
iw_timeline_stretches_add (GArray *stretches, gint64 start, gint64 end)
{
  IwTimeStretch stretch = { start, end };

  if (!is_within (stretches, start, end))
    g_array_append_val (stretches, stretch);
}

void
iw_timeline_stretches_remove (GArray *stretches, gint64 start, gint64 end)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (IwTimeStretch));

  for (guint i = 0; i < stretches->len; i++)
    {
      IwTimeStretch stretch = g_array_index (stretches, IwTimeStretch, i);
      IwTimeStretch head = { stretch.start, MIN (stretch.end, start) };
      IwTimeStretch tail = { MAX (stretch.start, end), stretch.end };

      if (head.start < head.end)
        g_array_append_val (left, head);
      if (tail.start < tail.end)
        g_array_append_val (left, tail);
    }
  g_array_set_size (stretches, 0);
  if (left->len > 0)
    g_array_append_vals (stretches, left->data, left->len);
}

/* ---- making ---- */

void
iw_timeline_layout_get_bounds (IwTimelineLayout *layout, guint segment, gint64 *start, gint64 *end)
{
  GPtrArray *entries = layout->entries;

  *start =
      segment > 0 ? iw_entry_get_sort_time (g_ptr_array_index (entries, segment - 1)) : G_MININT64;
  *end = segment < entries->len ? iw_entry_get_sort_time (g_ptr_array_index (entries, segment))
                                : G_MAXINT64;
}

static void
lay_segment (IwTimelineLayout *layout,
             guint i,
             gint64 next_event,
             gboolean collapse,
             GArray *expanded)
{
  Segment *segment = &layout->segments[i];
  gint64 start, end;

  segment->n_events = MAX (next_event - segment->first_event, 0);
  segment->run = collapse && segment->n_events > IW_TIMELINE_SHORT_RUN;
  segment->n_rows = segment->n_events;
  if (!segment->run)
    return;
  iw_timeline_layout_get_bounds (layout, i, &start, &end);
  segment->expanded = is_within (expanded, start, end);
  segment->n_rows = segment->expanded ? segment->n_events + 1 : 1;
}

IwTimelineLayout *
iw_timeline_layout_new (IwTimelineAxis *axis,
                        GPtrArray *entries,
                        gboolean collapse,
                        GArray *expanded)
{
  IwTimelineLayout *layout = g_new0 (IwTimelineLayout, 1);
  gint64 event = 0, row = 0;

  layout->axis = axis;
  layout->entries = g_ptr_array_ref (entries);
  layout->segments = g_new0 (Segment, entries->len + 1);
  for (guint i = 0; i <= entries->len; i++)
    {
      gint64 next = iw_timeline_axis_get_n (axis);

      if (i < entries->len)
        next = iw_timeline_axis_count_before (
            axis, iw_entry_get_sort_time (g_ptr_array_index (entries, i)));
      layout->segments[i].first_event = event;
      layout->segments[i].first_row = row;
      lay_segment (layout, i, next, collapse, expanded);
      event += layout->segments[i].n_events;
      row += layout->segments[i].n_rows + 1; /* and the entry after it */
    }
  return layout;
}

void
iw_timeline_layout_free (IwTimelineLayout *layout)
{
  if (layout == NULL)
    return;
  g_ptr_array_unref (layout->entries);
  g_free (layout->segments);
  g_free (layout);
}

/* ---- asking ---- */

static guint
clamp_row (gint64 row)
{
  return (guint)MIN (row, (gint64)MAX_ROWS);
}

guint
iw_timeline_layout_get_n_rows (IwTimelineLayout *layout)
{
  const Segment *last = &layout->segments[layout->entries->len];

  return clamp_row (last->first_row + last->n_rows);
}

/* The last segment that begins at or before a row (@rows) or an event. */
static guint
find_segment (IwTimelineLayout *layout, gint64 value, gboolean rows)
{
  guint low = 0, high = layout->entries->len + 1;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      const Segment *segment = &layout->segments[middle];

      if ((rows ? segment->first_row : segment->first_event) <= value)
        low = middle;
      else
        high = middle;
    }
  return low;
}

IwLayoutItem
iw_timeline_layout_get (IwTimelineLayout *layout, guint row)
{
  guint i = find_segment (layout, row, TRUE);
  const Segment *segment = &layout->segments[i];
  gint64 offset = row - segment->first_row;
  IwLayoutItem item = { IW_ITEM_EVENT, i, segment->first_event, segment->n_events,
                        segment->expanded };

  if (offset >= segment->n_rows)
    item.kind = IW_ITEM_ENTRY;
  else if (segment->run && offset == 0)
    item.kind = IW_ITEM_RUN;
  else
    {
      offset -= segment->run ? 1 : 0;
      item.event += offset;
      item.n -= offset;
    }
  return item;
}

guint
iw_timeline_layout_row_of_entry (IwTimelineLayout *layout, guint entry)
{
  const Segment *segment = &layout->segments[entry];

  return clamp_row (segment->first_row + segment->n_rows);
}

guint
iw_timeline_layout_row_of_event (IwTimelineLayout *layout, gint64 event, gboolean head)
{
  const Segment *segment = &layout->segments[find_segment (layout, event, FALSE)];
  gint64 offset = event - segment->first_event;

  if (segment->run)
    offset = segment->expanded && !head ? offset + 1 : 0;
  return clamp_row (segment->first_row + offset);
}

/* The first entry at or after @us, or the number of entries. */
static guint
find_entry (GPtrArray *entries, gint64 us)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (iw_entry_get_sort_time (g_ptr_array_index (entries, middle)) < us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The first row at or after @us among those of the events from place @event on. */
static gint64
row_from_event (IwTimelineLayout *layout, gint64 event)
{
  const Segment *segment = &layout->segments[find_segment (layout, event, FALSE)];
  gint64 offset = event - segment->first_event;

  if (segment->run && offset > 0) /* the run's own row stands at its beginning */
    offset = segment->expanded ? offset + 1 : 1;
  return segment->first_row + offset;
}

guint
iw_timeline_layout_find_time (IwTimelineLayout *layout, gint64 us)
{
  guint entry = find_entry (layout->entries, us);
  gint64 event = iw_timeline_axis_count_before (layout->axis, us);
  gint64 row = iw_timeline_layout_get_n_rows (layout);

  if (entry < layout->entries->len)
    row = MIN (row, layout->segments[entry].first_row + layout->segments[entry].n_rows);
  if (event < iw_timeline_axis_get_n (layout->axis))
    row = MIN (row, row_from_event (layout, event));
  return clamp_row (row);
}
