/* The view against a list that is merged and sorted the plain way, over random timelines and
 * filters. */
#include "timeline-fixture.h"

#define MAX_SOURCES 3
#define MAX_EVENTS 160
#define MAX_ENTRIES 25
#define HOURS 400

static const char *const users[] = { "alice", "bob", NULL };
static const char *const words[] = { "alpha beta", "beta gamma", "gamma", "alpha" };
static const char *const names[] = { "source-0", "source-1", "source-2" };

typedef struct
{
  char *id;
  gint64 skew;
  guint n;
  FixtureEvent events[MAX_EVENTS];
} Source;

typedef struct
{
  Source sources[MAX_SOURCES];
  guint n_sources;
  GPtrArray *entries;
} World;

/* A row as it should be; before that, an item of the merge. */
typedef struct
{
  IwRowKind kind;
  gint64 time, end, gap;
  guint source; /* of an event */
  gint64 row;   /* of an event, in its file */
  IwEntry *entry;
  gint64 count;
  gboolean expanded;
  guint segment;
} Expected;

static gboolean
coin (int one_in)
{
  return g_test_rand_int_range (0, one_in) == 0;
}

static gint64
random_time (void)
{
  return FIXTURE_TIME + g_test_rand_int_range (0, HOURS) * FIXTURE_HOUR - coin (4);
}

/* ---- a random world ---- */

static void
make_source (Fixture *fixture, Source *source, const char *name)
{
  source->n = g_test_rand_int_range (0, coin (3) ? 4 : MAX_EVENTS);
  source->skew = coin (2) ? g_test_rand_int_range (-30, 30) * FIXTURE_HOUR : 0;
  for (guint i = 0; i < source->n; i++)
    source->events[i] = (FixtureEvent){ random_time (), words[g_test_rand_int_range (0, 4)],
                                        users[g_test_rand_int_range (0, 3)], NULL,
                                        coin (5) ? 1 + g_test_rand_int_range (0, 3) : 0 };
  source->id = add_timeline (fixture, name, source->skew, source->events, source->n);
}

static void
make_random_entry (Fixture *fixture, World *world)
{
  gint64 time = random_time ();
  g_autoptr (IwEntry) entry = make_entry (fixture, time, words[g_test_rand_int_range (0, 4)]);
  const char *user = users[g_test_rand_int_range (0, 3)];

  iw_entry_set_kind (entry, (IwEntryKind)g_test_rand_int_range (0, 5));
  iw_entry_set_actor (entry, user != NULL ? user : "");
  iw_entry_set_source (entry, names[g_test_rand_int_range (0, 3)]);
  iw_entry_set_team (entry, coin (2) ? "blue" : "");
  iw_entry_set_key (entry, coin (2));
  iw_entry_set_confidence (entry, (IwConfidence)g_test_rand_int_range (0, IW_N_CONFIDENCES));
  if (coin (4))
    iw_entry_set_occurred_end (entry, (IwTime){ time + 5 * FIXTURE_HOUR, IW_PRECISION_SECOND });
  put_entry (fixture, entry);
  g_ptr_array_add (world->entries, g_steal_pointer (&entry));
}

static void
make_world (Fixture *fixture, World *world)
{
  new_incident (fixture);
  world->n_sources = g_test_rand_int_range (0, MAX_SOURCES + 1);
  for (guint i = 0; i < world->n_sources; i++)
    make_source (fixture, &world->sources[i], names[i]);
  world->entries = g_ptr_array_new_with_free_func (g_object_unref);
  for (int n = g_test_rand_int_range (0, coin (3) ? 3 : MAX_ENTRIES); n > 0; n--)
    make_random_entry (fixture, world);
}

static void
clear_world (World *world)
{
  for (guint i = 0; i < world->n_sources; i++)
    g_free (world->sources[i].id);
  g_ptr_array_unref (world->entries);
}

static IwFilter *
make_filter (void)
{
  IwFilter *filter = iw_filter_new ();

  iw_filter_set_events_mode (filter, (IwEventsMode)g_test_rand_int_range (0, 3));
  if (coin (4))
    iw_filter_set_kinds (filter, g_test_rand_int_range (0, 31), coin (2));
  if (coin (4))
    iw_filter_set_sources (filter, (const char *[]){ names[g_test_rand_int_range (0, 3)], NULL });
  if (coin (4))
    iw_filter_set_actors (filter, (const char *[]){ users[g_test_rand_int_range (0, 2)], NULL });
  if (coin (8))
    iw_filter_set_teams (filter, (const char *[]){ "blue", NULL });
  if (coin (8))
    iw_filter_set_key_only (filter, TRUE);
  if (coin (8))
    iw_filter_set_min_confidence (filter, IW_CONFIDENCE_MEDIUM);
  if (coin (4))
    iw_filter_set_text (filter, coin (2) ? "alpha " : "\"beta gamma\"");
  if (coin (3))
    {
      gint64 start = random_time (), end = random_time ();

      iw_filter_set_range (filter, MIN (start, end), MAX (start, end) + coin (2));
    }
  iw_filter_set_hide_duplicates (filter, coin (4));
  return filter;
}

/* ---- the plain way ---- */

static gboolean
in_set (const char *const *set, const char *value)
{
  return *set == NULL || g_strv_contains (set, value != NULL ? value : "");
}

static gboolean
has_text (const IwFilter *filter, const char *text)
{
  const char *wanted = iw_filter_get_text (filter);

  if (*wanted == '"')
    return strstr (text, "beta gamma") != NULL;
  return *wanted == '\0' || strstr (text, "alpha") != NULL;
}

static gboolean
entry_in_range (const IwFilter *filter, IwEntry *entry)
{
  gint64 start, end, time = iw_entry_get_sort_time (entry);
  IwTime last = iw_entry_get_occurred_end (entry);

  if (!iw_filter_get_range (filter, &start, &end))
    return TRUE;
  return time < end && (time >= start || (iw_time_is_set (last) && last.us > start));
}

static gboolean
entry_passes (const IwFilter *filter, IwEntry *entry)
{
  gboolean machine;
  guint32 kinds = iw_filter_get_kinds (filter, &machine);

  if ((kinds != 0 || machine) && (kinds & 1u << iw_entry_get_kind (entry)) == 0)
    return FALSE;
  return in_set (iw_filter_get_sources (filter), iw_entry_get_source (entry)) &&
         in_set (iw_filter_get_actors (filter), iw_entry_get_actor (entry)) &&
         in_set (iw_filter_get_teams (filter), iw_entry_get_team (entry)) &&
         iw_entry_get_confidence (entry) >= iw_filter_get_min_confidence (filter) &&
         (!iw_filter_get_key_only (filter) || iw_entry_get_key (entry)) &&
         has_text (filter, iw_entry_get_text (entry));
}

static gboolean
is_duplicate (const Source *source, guint i)
{
  for (guint j = 0; j < i; j++)
    if (source->events[i].fingerprint != 0 &&
        source->events[j].fingerprint == source->events[i].fingerprint)
      return TRUE;
  return FALSE;
}

static gboolean
event_passes (const IwFilter *filter, const World *world, guint s, guint i)
{
  const Source *source = &world->sources[s];
  const FixtureEvent *event = &source->events[i];

  return iw_filter_admits_events (filter) && in_set (iw_filter_get_sources (filter), names[s]) &&
         in_set (iw_filter_get_actors (filter), event->actor) &&
         has_text (filter, event->message) &&
         !(iw_filter_get_hide_duplicates (filter) && is_duplicate (source, i));
}

static gboolean
event_in_range (const IwFilter *filter, gint64 time)
{
  gint64 start, end;

  return !iw_filter_get_range (filter, &start, &end) || (time >= start && time < end);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Expected *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind == IW_ROW_ENTRY ? -1 : 1;
  if (x->kind == IW_ROW_ENTRY)
    return g_strcmp0 (iw_entry_get_id (x->entry), iw_entry_get_id (y->entry));
  if (x->source != y->source)
    return x->source < y->source ? -1 : 1;
  return x->row < y->row ? -1 : 1;
}

static GArray *
merge (const World *world, const IwFilter *filter)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Expected));

  for (guint i = 0; i < world->entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (world->entries, i);
      IwTime last = iw_entry_get_occurred_end (entry);
      Expected item = { .kind = IW_ROW_ENTRY,
                        .time = iw_entry_get_sort_time (entry),
                        .entry = entry };

      item.end = iw_time_is_set (last) ? last.us : item.time;
      if (entry_passes (filter, entry) && entry_in_range (filter, entry))
        g_array_append_val (items, item);
    }
  for (guint s = 0; s < world->n_sources; s++)
    for (guint i = 0; i < world->sources[s].n; i++)
      {
        Expected item = { .kind = IW_ROW_EVENT,
                          .time = world->sources[s].events[i].us + world->sources[s].skew,
                          .source = s,
                          .row = i + 1 };

        item.end = item.time;
        if (event_passes (filter, world, s, i) && event_in_range (filter, item.time))
          g_array_append_val (items, item);
      }
  g_array_sort (items, compare_items);
  return items;
}

/* @expanded: by segment. */
static GArray *
make_rows (GArray *items, gboolean collapse, const gboolean *expanded)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (Expected));
  guint segment = 0, i = 0;

  while (i < items->len)
    {
      Expected item = g_array_index (items, Expected, i);
      guint n = 0;

      item.segment = segment;
      if (item.kind == IW_ROW_ENTRY)
        {
          g_array_append_val (rows, item);
          segment++;
          i++;
          continue;
        }
      while (i + n < items->len && g_array_index (items, Expected, i + n).kind == IW_ROW_EVENT)
        n++;
      if (collapse && n > 3)
        {
          Expected run = item;

          run.kind = IW_ROW_RUN;
          run.count = n;
          run.end = g_array_index (items, Expected, i + n - 1).time;
          run.expanded = expanded[segment];
          g_array_append_val (rows, run);
        }
      if (!collapse || n <= 3 || expanded[segment])
        for (guint k = 0; k < n; k++)
          {
            Expected event = g_array_index (items, Expected, i + k);

            event.segment = segment;
            event.expanded = collapse && n > 3;
            g_array_append_val (rows, event);
          }
      i += n;
    }
  for (guint r = 0; r < rows->len; r++)
    {
      Expected *row = &g_array_index (rows, Expected, r), *before = r > 0 ? row - 1 : NULL;

      row->gap = -1;
      if (before != NULL)
        row->gap = row->time -
                   (before->kind == IW_ROW_RUN && !before->expanded ? before->end : before->time);
    }
  return rows;
}

/* ---- comparing ---- */

static char *
key_of (const World *world, const Expected *row)
{
  if (row->kind == IW_ROW_ENTRY)
    return g_strdup_printf ("entry:%s", iw_entry_get_id (row->entry));
  return g_strdup_printf ("event:%s:%d", world->sources[row->source].id, (int)row->row);
}

static void
check_row (const World *world, IwTimelineView *view, GArray *rows, guint i)
{
  const Expected *expected = &g_array_index (rows, Expected, i);
  g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (view, i);
  g_autofree char *key = key_of (world, expected);

  g_assert_cmpint (iw_timeline_row_get_kind (row), ==, expected->kind);
  if (expected->kind != IW_ROW_RUN)
    g_assert_cmpstr (iw_timeline_row_get_key (row), ==, key);
  g_assert_cmpint (iw_timeline_row_get_time (row), ==, expected->time);
  g_assert_cmpint (iw_timeline_row_get_end (row), ==, expected->end);
  g_assert_cmpint (iw_timeline_row_get_gap (row), ==, expected->gap);
  g_assert_cmpuint (iw_timeline_view_find_key (view, iw_timeline_row_get_key (row)), ==, i);
  switch (expected->kind)
    {
    case IW_ROW_ENTRY:
      g_assert_cmpstr (iw_entry_get_id (iw_timeline_row_get_entry (row)), ==,
                       iw_entry_get_id (expected->entry));
      g_assert_cmpint (iw_timeline_row_get_skew (row), ==, 0);
      break;
    case IW_ROW_EVENT:
      g_assert_cmpstr (iw_evidence_get_name (iw_timeline_row_get_evidence (row)), ==,
                       names[expected->source]);
      g_assert_cmpint (iw_timeline_row_get_skew (row), ==, world->sources[expected->source].skew);
      g_assert_cmpint (iw_timeline_row_get_event (row)->row, ==, expected->row);
      g_assert_cmpstr (iw_timeline_row_get_event (row)->message, ==,
                       world->sources[expected->source].events[expected->row - 1].message);
      break;
    case IW_ROW_RUN:
    default:
      g_assert_true (g_str_has_prefix (iw_timeline_row_get_key (row), "run:"));
      g_assert_cmpint (iw_timeline_row_get_run_count (row), ==, expected->count);
      g_assert_cmpint (iw_timeline_row_get_run_expanded (row), ==, expected->expanded);
    }
}

static guint
naive_find (GArray *rows, gint64 us)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, Expected, i).time >= us)
      return i;
  return rows->len;
}

static void
check_days (IwTimelineView *view, GArray *rows, GTimeZone *zone)
{
  for (guint i = 0; i < rows->len; i += 1 + i / 3)
    {
      gint64 day = iw_time_day_start (g_array_index (rows, Expected, i).time, zone);
      guint first = i, last = i + 1, start, end;

      while (first > 0 &&
             iw_time_day_start (g_array_index (rows, Expected, first - 1).time, zone) == day)
        first--;
      while (last < rows->len &&
             iw_time_day_start (g_array_index (rows, Expected, last).time, zone) == day)
        last++;
      iw_timeline_view_get_day (view, i, &start, &end);
      g_assert_cmpuint (start, ==, first);
      g_assert_cmpuint (end, ==, last);
    }
}

static void
check_histogram (const World *world, const IwFilter *filter, IwTimelineView *view)
{
  gint64 start = random_time () - 40 * FIXTURE_HOUR,
         end = start + g_test_rand_int_range (1, 600) * FIXTURE_HOUR + 17;
  guint n = g_test_rand_int_range (1, 60);
  g_autofree guint32 *bins = g_new (guint32, n), *naive = g_new0 (guint32, n);

  for (guint s = 0; s < world->n_sources; s++)
    for (guint i = 0; i < world->sources[s].n; i++)
      {
        gint64 time = world->sources[s].events[i].us + world->sources[s].skew;

        if (!event_passes (filter, world, s, i) || time < start || time >= end)
          continue;
        for (guint bin = 0; bin < n; bin++)
          if (time >= start + (gint64)((__int128)(end - start) * bin / n) &&
              time < start + (gint64)((__int128)(end - start) * (bin + 1) / n))
            naive[bin]++;
      }
  iw_timeline_view_histogram (view, start, end, n, bins);
  g_assert_cmpmem (bins, n * sizeof *bins, naive, n * sizeof *naive);
}

static void
check_keys_in_runs (const World *world,
                    IwTimelineView *view,
                    GArray *items,
                    GArray *rows,
                    const gboolean *expanded)
{
  guint segment = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const Expected *item = &g_array_index (items, Expected, i);
      g_autofree char *key = key_of (world, item);
      guint position = iw_timeline_view_find_key (view, key);

      if (item->kind == IW_ROW_ENTRY)
        segment++;
      g_assert_cmpuint (position, <, rows->len);
      if (g_array_index (rows, Expected, position).kind == IW_ROW_RUN)
        {
          g_assert_cmpuint (g_array_index (rows, Expected, position).segment, ==, segment);
          g_assert_false (expanded[segment]);
        }
      else
        g_assert_cmpint (g_array_index (rows, Expected, position).row, ==, item->row);
    }
}

static void
check_view (const World *world,
            IwTimelineView *view,
            const IwFilter *filter,
            GArray *items,
            const gboolean *expanded,
            GTimeZone *zone)
{
  g_autoptr (GArray) rows =
      make_rows (items, iw_filter_get_events_mode (filter) == IW_EVENTS_COLLAPSED, expanded);
  guint n_entries = 0;

  g_assert_cmpuint (iw_timeline_view_get_n_rows (view), ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      check_row (world, view, rows, i);
      n_entries += g_array_index (rows, Expected, i).kind == IW_ROW_ENTRY;
    }
  for (guint n = 0; n < 8 && rows->len > 0; n++) /* pages in any order */
    check_row (world, view, rows, g_test_rand_int_range (0, rows->len));
  g_assert_cmpint (iw_timeline_view_get_n_entries (view), ==, n_entries);
  g_assert_cmpint (iw_timeline_view_get_n_events (view), ==, items->len - n_entries);
  for (guint n = 0; n < 40; n++)
    {
      gint64 us = random_time () + g_test_rand_int_range (-40, 40) * FIXTURE_HOUR +
                  g_test_rand_int_range (-1, 2);

      g_assert_cmpuint (iw_timeline_view_find_time (view, us), ==, naive_find (rows, us));
    }
  check_days (view, rows, zone);
  check_keys_in_runs (world, view, items, rows, expanded);
  check_histogram (world, filter, view);
}

/* Opens and closes runs through the view, and notes them. */
static void
toggle_runs (IwTimelineView *view, GArray *items, gboolean *expanded)
{
  for (guint n = 0; n < 4; n++)
    {
      g_autoptr (GArray) rows = make_rows (items, TRUE, expanded);
      const Expected *row;
      guint i;

      if (rows->len == 0)
        return;
      i = g_test_rand_int_range (0, rows->len);
      row = &g_array_index (rows, Expected, i);
      iw_timeline_view_set_run_expanded (view, i, !row->expanded);
      if (row->kind == IW_ROW_RUN || (row->kind == IW_ROW_EVENT && row->expanded))
        expanded[row->segment] = !row->expanded;
    }
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  g_assert_nonnull (berlin);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (IwTimelineView) view = NULL;
      World world;

      make_world (fixture, &world);
      view = open_view (fixture);
      iw_timeline_view_set_zone (view, berlin);
      for (guint n = 0; n < 12; n++)
        {
          g_autoptr (IwFilter) filter = make_filter ();
          g_autoptr (GArray) items = merge (&world, filter);
          g_autofree gboolean *expanded = g_new0 (gboolean, MAX_ENTRIES + 1);

          set_filter (fixture, view, filter);
          /* what was expanded under another filter may still be: begin anew */
          for (guint i = 0; i < iw_timeline_view_get_n_rows (view); i++)
            iw_timeline_view_set_run_expanded (view, i, FALSE);
          check_view (&world, view, filter, items, expanded, berlin);
          if (iw_filter_get_events_mode (filter) == IW_EVENTS_COLLAPSED)
            {
              toggle_runs (view, items, expanded);
              check_view (&world, view, filter, items, expanded, berlin);
            }
        }
      clear_world (&world);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/timeline-view/random", Fixture, NULL, set_up, test_random, tear_down);
  return g_test_run ();
}
