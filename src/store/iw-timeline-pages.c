#include "config.h"

#include "iw-timeline-pages.h"

#include "iw-timeline-row.h"

#define PAGE_ROWS 128
#define N_PAGES 6 /* what a list shows, with a margin, and a jump back */

typedef struct
{
  guint id;
  guint64 used;    /* when, in turns */
  GPtrArray *rows; /* NULL: empty */
} Page;

struct _IwTimelinePages
{
  IwTimelineLayout *layout;
  IwTimelineAxis *axis;
  GPtrArray *entries;
  IwDecisions *decisions;
  guint64 turn;
  Page pages[N_PAGES];
};

IwTimelinePages *
iw_timeline_pages_new (IwTimelineLayout *layout,
                       IwTimelineAxis *axis,
                       GPtrArray *entries,
                       IwDecisions *decisions)
{
  IwTimelinePages *pages = g_new0 (IwTimelinePages, 1);

  pages->layout = layout;
  pages->axis = axis;
  pages->entries = entries;
  pages->decisions = decisions;
  return pages;
}

void
iw_timeline_pages_free (IwTimelinePages *pages)
{
  if (pages == NULL)
    return;
  for (guint i = 0; i < N_PAGES; i++)
    g_clear_pointer (&pages->pages[i].rows, g_ptr_array_unref);
  g_free (pages);
}

/* ---- making rows ---- */

/* A page in the making. */
typedef struct
{
  IwTimelinePages *pages;
  GPtrArray *rows;
  gboolean any;  /* whether there is a row before */
  gint64 before; /* the time it reaches to */
} Making;

static gint64
gap (const Making *making, gint64 time)
{
  return making->any ? MAX (time - making->before, 0) : -1;
}

static void
take_row (Making *making, IwTimelineRow *row, gint64 reaches_to)
{
  g_ptr_array_add (making->rows, row);
  making->any = TRUE;
  making->before = reaches_to;
}

/* Why it is not in force; NULL where it is, or is no decision. */
static const char *
problem_of (IwTimelinePages *pages, IwEntry *entry)
{
  int index = iw_decisions_index_of (pages->decisions, iw_entry_get_id (entry));

  return index >= 0 ? iw_decisions_get_problem (pages->decisions, index) : NULL;
}

static void
make_entry (Making *making, guint i)
{
  IwEntry *entry = g_ptr_array_index (making->pages->entries, i);
  gint64 time = iw_entry_get_sort_time (entry);

  take_row (
      making,
      iw_timeline_row_new_entry (entry, problem_of (making->pages, entry), gap (making, time)),
      time);
}

static void
get_span (IwTimelinePages *pages, guint segment, IwAxisSpan *span)
{
  gint64 start, end;

  iw_timeline_layout_get_bounds (pages->layout, segment, &start, &end);
  iw_timeline_axis_get_span (pages->axis, start, end, span);
}

static void
make_run (Making *making, const IwLayoutItem *item)
{
  IwTimelineAxis *axis = making->pages->axis;
  IwEvidence *first;
  IwAxisSpan span;

  get_span (making->pages, item->index, &span);
  first = iw_timeline_axis_get_evidence (axis, span.first.source);
  take_row (making,
            iw_timeline_row_new_run (span.first.time, span.last.time, item->n, item->expanded,
                                     span.single_source ? first : NULL, first, span.first.rank,
                                     gap (making, span.first.time)),
            item->expanded ? span.first.time : span.last.time);
}

static void
make_events (Making *making, const IwLayoutItem *item, guint n)
{
  IwTimelineAxis *axis = making->pages->axis;
  g_autoptr (GArray) items = NULL;
  g_autoptr (GPtrArray) events = NULL;
  gint64 start, end;

  iw_timeline_layout_get_bounds (making->pages->layout, item->index, &start, &end);
  items = iw_timeline_axis_slice (axis, item->event, n, start, end);
  events = iw_timeline_axis_read (axis, items);
  for (guint i = 0; i < items->len; i++)
    {
      const IwAxisItem *place = &g_array_index (items, IwAxisItem, i);
      IwEvent *event = g_steal_pointer (&events->pdata[i]);

      take_row (making,
                iw_timeline_row_new_event (
                    event, iw_timeline_axis_get_evidence (axis, place->source),
                    iw_timeline_axis_get_skew (axis, place->source), gap (making, place->time)),
                place->time);
    }
}

/* How far the row before a page reaches, so that its first row has its gap. */
static gint64
reach_of (IwTimelinePages *pages, guint row)
{
  IwLayoutItem item = iw_timeline_layout_get (pages->layout, row);
  g_autoptr (GArray) items = NULL;
  IwAxisSpan span;
  gint64 start, end;

  switch (item.kind)
    {
    case IW_ITEM_ENTRY:
      return iw_entry_get_sort_time (g_ptr_array_index (pages->entries, item.index));
    case IW_ITEM_RUN:
      get_span (pages, item.index, &span);
      return item.expanded ? span.first.time : span.last.time;
    case IW_ITEM_EVENT:
    default:
      iw_timeline_layout_get_bounds (pages->layout, item.index, &start, &end);
      items = iw_timeline_axis_slice (pages->axis, item.event, 1, start, end);
      return items->len > 0 ? g_array_index (items, IwAxisItem, 0).time : start;
    }
}

static GPtrArray *
make_page (IwTimelinePages *pages, guint id)
{
  guint row = id * PAGE_ROWS, n_rows = iw_timeline_layout_get_n_rows (pages->layout);
  guint end = row + MIN (PAGE_ROWS, n_rows - row);
  Making making = { pages, g_ptr_array_new_with_free_func (g_object_unref), FALSE, 0 };

  if (row > 0)
    {
      making.any = TRUE;
      making.before = reach_of (pages, row - 1);
    }
  while (row < end)
    {
      IwLayoutItem item = iw_timeline_layout_get (pages->layout, row);
      guint made = making.rows->len;

      if (item.kind == IW_ITEM_ENTRY)
        make_entry (&making, item.index);
      else if (item.kind == IW_ITEM_RUN)
        make_run (&making, &item);
      else
        make_events (&making, &item, (guint)MIN (item.n, (gint64)(end - row)));
      if (making.rows->len == made)
        break; /* a damaged index has fewer events than it says */
      row += making.rows->len - made;
    }
  return making.rows;
}

/* ---- the pages kept ---- */

static Page *
find_page (IwTimelinePages *pages, guint id)
{
  Page *oldest = &pages->pages[0];

  for (guint i = 0; i < N_PAGES; i++)
    {
      Page *page = &pages->pages[i];

      if (page->rows != NULL && page->id == id)
        return page;
      if (page->used < oldest->used)
        oldest = page;
    }
  g_clear_pointer (&oldest->rows, g_ptr_array_unref);
  oldest->id = id;
  oldest->rows = make_page (pages, id);
  return oldest;
}

IwTimelineRow *
iw_timeline_pages_get (IwTimelinePages *pages, guint row)
{
  Page *page = find_page (pages, row / PAGE_ROWS);

  page->used = ++pages->turn;
  g_return_val_if_fail (row % PAGE_ROWS < page->rows->len, NULL);
  return g_ptr_array_index (page->rows, row % PAGE_ROWS);
}
