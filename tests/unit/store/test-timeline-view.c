#include <glib/gstdio.h>

#include "iw-db.h"
#include "timeline-fixture.h"

static IwRowKind
kind_at (IwTimelineView *view, guint position)
{
  g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (view, position);

  return iw_timeline_row_get_kind (row);
}

/* The rows as letters: E for an entry, v for an event, R for a run, X for an expanded one. */
static void
assert_rows (IwTimelineView *view, const char *expected)
{
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; i < iw_timeline_view_get_n_rows (view); i++)
    {
      g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (view, i);

      switch (iw_timeline_row_get_kind (row))
        {
        case IW_ROW_ENTRY:
          g_string_append_c (got, 'E');
          break;
        case IW_ROW_EVENT:
          g_string_append_c (got, 'v');
          break;
        case IW_ROW_RUN:
        default:
          g_string_append_c (got, iw_timeline_row_get_run_expanded (row) ? 'X' : 'R');
        }
    }
  g_assert_cmpstr (got->str, ==, expected);
}

static void
reload (IwTimelineView *view)
{
  g_autoptr (GError) error = NULL;

  iw_timeline_view_reload (view, &error);
  g_assert_no_error (error);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = open_view (fixture);
  g_autoptr (GPtrArray) unindexed = iw_timeline_view_get_unindexed (view);
  gint64 first, last;
  guint32 bins[3] = { 7, 7, 7 };

  g_assert_cmpuint (iw_timeline_view_get_n_rows (view), ==, 0);
  g_assert_false (iw_timeline_view_get_extent (view, &first, &last));
  g_assert_cmpuint (iw_timeline_view_find_time (view, 0), ==, 0);
  g_assert_cmpuint (iw_timeline_view_find_key (view, "entry:x"), ==, G_MAXUINT);
  iw_timeline_view_histogram (view, 0, 3, 3, bins);
  g_assert_cmpuint (bins[0] + bins[1] + bins[2], ==, 0);
  g_assert_cmpuint (unindexed->len, ==, 0);
  g_assert_cmpuint (iw_timeline_view_get_bands (view)->len, ==, 0);
}

static void
test_no_incident (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwTimelineView) view =
      iw_timeline_view_new (fixture->store, "01900000-0000-7000-8000-0000000000ff", &error);

  g_assert_null (view);
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

/* Events alone are shown; entries among them fold them up. */
static void
test_first_mode (Fixture *fixture, gconstpointer data)
{
  FixtureEvent events[5];
  g_autoptr (IwTimelineView) alone = NULL, mixed = NULL;
  g_autofree char *evidence = NULL, *entry = NULL;

  fill_events (events, 5, FIXTURE_TIME, 10);
  evidence = add_timeline (fixture, "log", 0, events, 5);
  alone = open_view (fixture);
  assert_rows (alone, "vvvvv");
  entry = add_entry (fixture, FIXTURE_TIME + 35, "seen");
  mixed = open_view (fixture);
  assert_rows (mixed, "REv");
}

/* Three events are shown as they are, four are a run; an entry stands before events of its own
 * time. */
static void
test_runs (Fixture *fixture, gconstpointer data)
{
  FixtureEvent events[7];
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineRow) run = NULL;
  g_autofree char *evidence = NULL, *entry = NULL;

  fill_events (events, 7, FIXTURE_TIME, 10);
  evidence = add_timeline (fixture, "log", 5, events, 7);
  entry = add_entry (fixture, FIXTURE_TIME + 35, "seen"); /* the fourth's corrected time */
  view = open_view (fixture);
  assert_rows (view, "vvvER");
  run = iw_timeline_view_get_row (view, 4);
  g_assert_cmpint (iw_timeline_row_get_run_count (run), ==, 4);
  g_assert_cmpint (iw_timeline_row_get_time (run), ==, FIXTURE_TIME + 35);
  g_assert_cmpint (iw_timeline_row_get_end (run), ==, FIXTURE_TIME + 65);
  g_assert_cmpint (iw_timeline_row_get_gap (run), ==, 0);
  g_assert_cmpstr (iw_evidence_get_name (iw_timeline_row_get_evidence (run)), ==, "log");
  g_assert_null (iw_timeline_row_get_event (run));
  g_assert_cmpuint (iw_timeline_view_find_time (view, FIXTURE_TIME + 36), ==, 5);
  g_assert_cmpuint (iw_timeline_view_find_time (view, FIXTURE_TIME + 35), ==, 3);
}

static void
test_run_of_two_sources (Fixture *fixture, gconstpointer data)
{
  FixtureEvent events[3];
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineRow) run = NULL;
  g_autofree char *a = NULL, *b = NULL, *entry = NULL;

  fill_events (events, 3, FIXTURE_TIME, 10);
  a = add_timeline (fixture, "a", 0, events, 3);
  b = add_timeline (fixture, "b", 0, events, 3);
  entry = add_entry (fixture, FIXTURE_TIME - 1, "seen");
  view = open_view (fixture);
  assert_rows (view, "ER");
  run = iw_timeline_view_get_row (view, 1);
  g_assert_null (iw_timeline_row_get_evidence (run));
}

static void
test_expand (Fixture *fixture, gconstpointer data)
{
  FixtureEvent events[10];
  g_autoptr (IwTimelineView) view = NULL;
  g_autofree char *evidence = NULL, *first = NULL, *middle = NULL, *last = NULL;

  fill_events (events, 10, FIXTURE_TIME, 10);
  evidence = add_timeline (fixture, "log", 0, events, 10);
  first = add_entry (fixture, FIXTURE_TIME - 5, "first");
  last = add_entry (fixture, FIXTURE_TIME + 1000, "last");
  view = open_view (fixture);
  assert_rows (view, "ERE");
  iw_timeline_view_set_run_expanded (view, 0, TRUE); /* an entry: nothing */
  assert_rows (view, "ERE");
  iw_timeline_view_set_run_expanded (view, 1, TRUE);
  assert_rows (view, "EXvvvvvvvvvvE");
  /* an event is promoted: both halves stay open */
  middle = add_entry (fixture, FIXTURE_TIME + 50, "promoted");
  reload (view);
  assert_rows (view, "EXvvvvvEXvvvvvE");
  iw_timeline_view_set_run_expanded (view, 3, FALSE); /* an event below the first run */
  assert_rows (view, "EREXvvvvvE");
  reload (view);
  assert_rows (view, "EREXvvvvvE");
}

static void
test_skew (Fixture *fixture, gconstpointer data)
{
  const FixtureEvent events[] = { { FIXTURE_TIME, "at ten" } };
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineRow) row = NULL;
  g_autofree char *evidence =
      add_timeline (fixture, "late clock", -90 * IW_USEC_PER_SEC, events, 1);
  g_autofree char *entry =
      add_entry (fixture, FIXTURE_TIME - 60 * IW_USEC_PER_SEC, "a minute before");

  view = open_view (fixture);
  assert_rows (view, "vE");
  row = iw_timeline_view_get_row (view, 0);
  g_assert_cmpint (iw_timeline_row_get_time (row), ==, FIXTURE_TIME - 90 * IW_USEC_PER_SEC);
  g_assert_cmpint (iw_timeline_row_get_skew (row), ==, -90 * IW_USEC_PER_SEC);
  g_assert_cmpint (iw_timeline_row_get_event (row)->time.us, ==,
                   FIXTURE_TIME); /* what the source wrote */
}

/* A skew out of all bounds, from another's copy, leads to no time that the program does not know.
 */
static void
test_absurd_skew (Fixture *fixture, gconstpointer data)
{
  static const gint64 skews[] = { G_MAXINT64, G_MININT64, IW_TIME_MAX, IW_TIME_MIN };
  const FixtureEvent events[] = { { FIXTURE_TIME, "a" }, { FIXTURE_TIME + 1, "b" } };

  for (guint i = 0; i < G_N_ELEMENTS (skews); i++)
    {
      g_autoptr (IwTimelineView) view = NULL;
      g_autofree char *evidence = NULL;
      gint64 first, last;

      new_incident (fixture);
      evidence = add_timeline (fixture, "log", skews[i], events, 2);
      view = open_view (fixture);
      assert_rows (view, "vv");
      g_assert_true (iw_timeline_view_get_extent (view, &first, &last));
      g_assert_cmpint (first, >=, IW_TIME_MIN);
      g_assert_cmpint (last, <=, IW_TIME_MAX);
      g_assert_cmpint (last - first, ==, 1);
    }
}

static void
test_range (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwEntry) lasting = make_entry (fixture, FIXTURE_TIME, "an outage");
  g_autofree char *before = add_entry (fixture, FIXTURE_TIME + 5, "before");
  g_autofree char *within = add_entry (fixture, FIXTURE_TIME + 60, "within");
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineRow) row = NULL;

  iw_entry_set_occurred_end (lasting, (IwTime){ FIXTURE_TIME + 50, IW_PRECISION_MICROSECOND });
  put_entry (fixture, lasting);
  view = open_view (fixture);
  iw_filter_set_range (filter, FIXTURE_TIME + 50, FIXTURE_TIME + 100);
  set_filter (fixture, view, filter);
  assert_rows (view, "E");
  iw_filter_set_range (filter, FIXTURE_TIME + 49, FIXTURE_TIME + 60);
  set_filter (fixture, view, filter);
  assert_rows (view, "E");
  row = iw_timeline_view_get_row (view, 0);
  g_assert_cmpstr (iw_entry_get_text (iw_timeline_row_get_entry (row)), ==, "an outage");
  g_assert_cmpint (iw_timeline_row_get_end (row), ==, FIXTURE_TIME + 50);
  g_assert_cmpuint (iw_timeline_view_get_entries (view)->len, ==, 3); /* not by time */
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  const FixtureEvent events[] = { { FIXTURE_TIME, "x", NULL, "認証に失敗 lsass.exe" },
                                  { FIXTURE_TIME + 1, "y", NULL, "nothing" } };
  g_autoptr (IwEntry) tagged = make_entry (fixture, FIXTURE_TIME, "no words");
  g_autofree char *evidence = add_timeline (fixture, "log", 0, events, 2);
  g_autofree char *entry = add_entry (fixture, FIXTURE_TIME + 2, "Saw LSASS.EXE read; 認証 failed");
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwTimelineView) view = NULL;

  iw_entry_set_tags (tagged, (const char *[]){ "lsass.exe", "認証", NULL });
  put_entry (fixture, tagged);
  view = open_view (fixture);
  iw_filter_set_events_mode (filter, IW_EVENTS_SHOWN);
  iw_filter_set_text (filter, "\"lsass exe\" 認証");
  g_assert_true (iw_timeline_view_needs_match (filter));
  set_filter (fixture, view, filter);
  assert_rows (view, "EvE");
  /* without a match, text restricts entries alone */
  iw_timeline_view_set_filter (view, filter, NULL);
  assert_rows (view, "EvvE");
}

/* A timeline that the match was not asked about stays away. */
static void
test_old_match (Fixture *fixture, gconstpointer data)
{
  const FixtureEvent events[] = { { FIXTURE_TIME, "x" } };
  g_autofree char *old = add_timeline (fixture, "old", 0, events, 1), *new = NULL;
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwTimelineView) view = open_view (fixture);

  iw_filter_set_events_mode (filter, IW_EVENTS_SHOWN);
  iw_filter_set_text (filter, "x");
  set_filter (fixture, view, filter);
  assert_rows (view, "v");
  new = add_timeline (fixture, "new", 0, events, 1);
  reload (view);
  assert_rows (view, "v");
  set_filter (fixture, view, filter);
  assert_rows (view, "vv");
}

static void
test_unindexed (Fixture *fixture, gconstpointer data)
{
  FixtureEvent events[2];
  g_autofree char *id = add_evidence (fixture, "just synced", 0);
  g_autoptr (IwTimelineView) view = open_view (fixture);
  g_autoptr (GPtrArray) before = iw_timeline_view_get_unindexed (view), after = NULL;

  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpstr (iw_evidence_get_id (g_ptr_array_index (before, 0)), ==, id);
  g_assert_cmpuint (iw_timeline_view_get_evidence (view)->len, ==, 1);
  assert_rows (view, "");
  fill_events (events, 2, FIXTURE_TIME, 1);
  fixture_build (fixture->dir, id, events, 2);
  reload (view);
  after = iw_timeline_view_get_unindexed (view);
  g_assert_cmpuint (after->len, ==, 0);
  assert_rows (view, "vv");
}

/* Days of 25 hours, seen from where the clocks are turned back on 25 October 2026. */
static void
test_days (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin"),
                        utc = g_time_zone_new_utc ();
  const gint64 midnight =
      FIXTURE_TIME + 4 * 24 * FIXTURE_HOUR + 22 * FIXTURE_HOUR; /* 25 October in Berlin */
  g_autofree char *a = add_entry (fixture, midnight - 1, "a"),
                  *b = add_entry (fixture, midnight, "b");
  g_autofree char *c = add_entry (fixture, midnight + 25 * FIXTURE_HOUR - 1, "c");
  g_autofree char *d = add_entry (fixture, midnight + 25 * FIXTURE_HOUR, "d");
  g_autoptr (IwTimelineView) view = open_view (fixture);
  guint start, end;

  iw_timeline_view_set_zone (view, berlin);
  iw_timeline_view_get_day (view, 0, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 1);
  iw_timeline_view_get_day (view, 2, &start, &end);
  g_assert_cmpuint (start, ==, 1);
  g_assert_cmpuint (end, ==, 3);
  iw_timeline_view_get_day (view, 3, &start, &end);
  g_assert_cmpuint (start, ==, 3);
  g_assert_cmpuint (end, ==, 4);
  iw_timeline_view_set_zone (view, utc);
  iw_timeline_view_get_day (view, 0, &start, &end);
  g_assert_cmpuint (end, ==, 2);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  static const char *const unknown[] = {
    "", "entry:", "event:", "event:x", "event:x:y:1", "run:", "run:event:", "run:entry:x", "nothing"
  };
  FixtureEvent events[5];
  g_autofree char *evidence = NULL, *entry = NULL, *third = NULL, *bad_row = NULL, *huge_row = NULL;
  g_autoptr (IwTimelineView) view = NULL;

  fill_events (events, 5, FIXTURE_TIME, 10);
  evidence = add_timeline (fixture, "log", 0, events, 5);
  entry = add_entry (fixture, FIXTURE_TIME - 1, "seen");
  view = open_view (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_cmpuint (iw_timeline_view_find_key (view, unknown[i]), ==, G_MAXUINT);
  bad_row = g_strdup_printf ("event:%s:6", evidence);
  huge_row = g_strdup_printf ("event:%s:99999999999999999999", evidence);
  g_assert_cmpuint (iw_timeline_view_find_key (view, bad_row), ==, G_MAXUINT);
  g_assert_cmpuint (iw_timeline_view_find_key (view, huge_row), ==, G_MAXUINT);
  third = g_strdup_printf ("event:%s:3", evidence);
  g_assert_cmpuint (iw_timeline_view_find_key (view, third), ==, 1); /* the run */
  iw_timeline_view_set_run_expanded (view, 1, TRUE);
  g_assert_cmpuint (iw_timeline_view_find_key (view, third), ==, 4);
}

static void
test_totals (Fixture *fixture, gconstpointer data)
{
  FixtureEvent events[4];
  g_autofree char *evidence = NULL, *entry = NULL;
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwFilter) filter = iw_filter_new ();
  gint64 first, last;
  guint32 bins[4];

  fill_events (events, 4, FIXTURE_TIME, 10);
  evidence = add_timeline (fixture, "log", 0, events, 4);
  entry = add_entry (fixture, FIXTURE_TIME + 100, "seen");
  view = open_view (fixture);
  iw_filter_set_range (filter, FIXTURE_TIME, FIXTURE_TIME + 20);
  set_filter (fixture, view, filter);
  g_assert_cmpint (iw_timeline_view_get_n_events (view), ==, 2);
  g_assert_cmpint (iw_timeline_view_get_n_entries (view), ==, 0);
  g_assert_true (iw_timeline_view_get_extent (view, &first, &last)); /* of all */
  g_assert_cmpint (first, ==, FIXTURE_TIME);
  g_assert_cmpint (last, ==, FIXTURE_TIME + 100);
  iw_timeline_view_histogram (view, FIXTURE_TIME, FIXTURE_TIME + 40, 4, bins);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (bins[i], ==, 1);
  iw_filter_set_events_mode (filter, IW_EVENTS_HIDDEN);
  set_filter (fixture, view, filter);
  g_assert_cmpint (iw_timeline_view_get_n_events (view), ==, 0);
  iw_timeline_view_histogram (view, FIXTURE_TIME, FIXTURE_TIME + 40, 4, bins);
  g_assert_cmpuint (bins[0], ==, 0);
}

static void
test_bands (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwEntry) decision = iw_decision_new (fixture->incident, "stage", "from", "detect",
                                                  "to", "diagnose", "why", "look closer", NULL);
  g_autoptr (IwTimelineView) view = NULL;
  GArray *bands;

  iw_entry_set_occurred (decision, (IwTime){ FIXTURE_TIME, IW_PRECISION_SECOND });
  put_entry (fixture, decision);
  view = open_view (fixture);
  bands = iw_timeline_view_get_bands (view);
  g_assert_cmpuint (bands->len, >, 0);
  g_assert_cmpint (g_array_index (bands, IwStageBand, bands->len - 1).stage, ==, IW_STAGE_DIAGNOSE);
}

/* Containment runs beside the stages, and a decision that counts no more says why. */
static void
test_decisions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwEntry) started = iw_decision_new (fixture->incident, "containment", "to", "started",
                                                 "what", "mail blocked", NULL);
  g_autoptr (IwEntry) severity =
      iw_decision_new (fixture->incident, "severity", "to", "high", "why", "so", NULL);
  g_autoptr (IwEntry) withdrawal = NULL;
  g_autoptr (IwEntry) note = iw_entry_new (fixture->incident, IW_ENTRY_NOTE, "a note");
  g_autoptr (IwTimelineView) view = NULL;
  GArray *containment;
  guint n_problems = 0;

  iw_entry_set_occurred (started, (IwTime){ FIXTURE_TIME, IW_PRECISION_SECOND });
  iw_entry_set_occurred (severity, (IwTime){ FIXTURE_TIME + 10, IW_PRECISION_SECOND });
  iw_entry_set_occurred (note, (IwTime){ FIXTURE_TIME + 20, IW_PRECISION_SECOND });
  put_entry (fixture, started);
  put_entry (fixture, severity);
  put_entry (fixture, note);
  view = open_view (fixture);
  containment = iw_timeline_view_get_containment (view);
  g_assert_cmpuint (containment->len, ==, 1);
  g_assert_cmpint (g_array_index (containment, IwSpan, 0).start, ==, FIXTURE_TIME);
  g_assert_cmpint (g_array_index (containment, IwSpan, 0).end, ==, G_MAXINT64);

  withdrawal = iw_decision_new (fixture->incident, "withdrawal", "subject",
                                iw_entry_get_id (severity), "why", "by mistake", NULL);
  iw_entry_set_occurred (withdrawal, (IwTime){ FIXTURE_TIME + 30, IW_PRECISION_SECOND });
  put_entry (fixture, withdrawal);
  g_assert_true (iw_timeline_view_reload (view, NULL));
  for (guint i = 0; i < iw_timeline_view_get_n_rows (view); i++)
    {
      g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (view, i);
      const char *problem = iw_timeline_row_get_problem (row);

      if (problem == NULL)
        continue;
      n_problems++;
      g_assert_cmpstr (iw_entry_get_id (iw_timeline_row_get_entry (row)), ==,
                       iw_entry_get_id (severity));
      g_assert_nonnull (strstr (problem, "by mistake"));
    }
  g_assert_cmpuint (n_problems, ==, 1);
}

/* Events of a damaged index keep their places; what cannot be read is blank, and nothing fails. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 3000
  };
  g_autofree FixtureEvent *events = g_new (FixtureEvent, N);
  g_autofree char *id = NULL, *base = NULL, *path = NULL, *bytes = NULL;
  gsize length;
  guint n_reported = 0;

  fill_events (events, N, FIXTURE_TIME, 10);
  id = add_timeline (fixture, "log", 0, events, N);
  base = g_build_filename (fixture->dir, "events", strchr (id, ':') + 1, NULL);
  path = g_strconcat (base, ".sqlite", NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpuint (length, >, 8192);
  for (guint round = 0; round < 25; round++)
    {
      g_autofree char *bad = g_memdup2 (bytes, length);
      g_autoptr (IwTimelineView) view = NULL;
      g_autoptr (GPtrArray) damaged = NULL;
      guint n;

      for (guint i = 0; i < 60; i++)
        bad[g_test_rand_int_range (8192, length)] ^= g_test_rand_int_range (1, 256);
      g_assert_true (g_file_set_contents (path, bad, length, NULL));
      view = open_view (fixture);
      n = iw_timeline_view_get_n_rows (view);
      for (guint i = 0; i < n; i += 50)
        g_assert_cmpint (kind_at (view, i), ==, IW_ROW_EVENT);
      damaged = iw_timeline_view_get_unindexed (view);
      n_reported += damaged->len;
    }
  g_assert_cmpuint (n_reported, >, 0);
}

static char *
index_path (Fixture *fixture, const char *evidence)
{
  g_autofree char *name = g_strconcat (strchr (evidence, ':') + 1, ".sqlite", NULL);

  return g_build_filename (fixture->dir, "events", name, NULL);
}

static void
assert_n_unindexed (IwTimelineView *view, guint n)
{
  g_autoptr (GPtrArray) unindexed = iw_timeline_view_get_unindexed (view);

  g_assert_cmpuint (unindexed->len, ==, n);
}

/* What stands in an index's place and cannot be opened hinders neither the incident nor a search.
 */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *evidence = add_evidence (fixture, "log", 0);
  g_autofree char *path = index_path (fixture, evidence);
  g_autofree char *entry = add_entry (fixture, FIXTURE_TIME, "seen");
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwTimelineView) view = NULL;

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  view = open_view (fixture);
  assert_rows (view, "E");
  assert_n_unindexed (view, 1);
  iw_filter_set_text (filter, "seen");
  set_filter (fixture, view, filter);
  assert_rows (view, "E");
}

/* Swaps times of an index, so that they are in no order any more. */
static void
disorder (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwDb) db = iw_db_open (path, IW_DB_WRITE, &error);
  g_autoptr (IwDbStmt) select = NULL, update = NULL;
  g_autofree gint64 *times = NULL;
  gsize length;

  g_assert_no_error (error);
  select = iw_db_prepare (db, "SELECT times FROM block WHERE id = 1", &error);
  g_assert_cmpint (iw_db_step (select, &error), ==, IW_DB_ROW);
  times = g_memdup2 (iw_db_blob (select, 0, &length), 1000 * sizeof (gint64));
  g_assert_cmpuint (length, ==, 1000 * sizeof (gint64));
  iw_db_reset (select);
  for (guint i = 0; i < 1000; i++)
    {
      guint other = g_test_rand_int_range (0, 1000);
      gint64 time = times[i];

      times[i] = times[other];
      times[other] = time;
    }
  update = iw_db_prepare (db, "UPDATE block SET times = ? WHERE id = 1", &error);
  iw_db_bind_blob (update, 1, times, length);
  g_assert_true (iw_db_run (update, &error));
}

/* Times out of order are damage; each row is there all the same, in order of time. */
static void
test_disorder (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 2500
  };
  g_autofree FixtureEvent *events = g_new (FixtureEvent, N);
  g_autofree char *a = NULL, *b = NULL, *path = NULL;
  g_autoptr (IwTimelineView) view = NULL;

  fill_events (events, N, FIXTURE_TIME, 10);
  a = add_timeline (fixture, "a", 0, events, N);
  fill_events (events, N, FIXTURE_TIME + 3, 10);
  b = add_timeline (fixture, "b", 0, events, N);
  path = index_path (fixture, a);
  disorder (path);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  view = open_view (fixture);
  g_assert_cmpuint (iw_timeline_view_get_n_rows (view), ==, 2 * N);
  for (guint i = 0; i < 2 * N; i++)
    g_assert_cmpint (kind_at (view, i), ==, IW_ROW_EVENT);
  for (guint i = 1; i < N; i++)
    g_assert_cmpuint (iw_timeline_view_find_time (view, FIXTURE_TIME + 20 * i - 10), <=,
                      iw_timeline_view_find_time (view, FIXTURE_TIME + 20 * i));
  assert_n_unindexed (view, 1);
}

/* A search that cannot look into an index says so: its timeline is to be indexed again. */
static void
test_damaged_words (Fixture *fixture, gconstpointer data)
{
  const FixtureEvent events[] = { { FIXTURE_TIME, "logon" } };
  g_autofree char *id = add_timeline (fixture, "log", 0, events, 1);
  g_autofree char *path = index_path (fixture, id);
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwDb) db = iw_db_open (path, IW_DB_WRITE, NULL);

  g_assert_true (iw_db_exec (db, "DROP TABLE text", NULL));
  g_clear_pointer (&db, iw_db_close);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  view = open_view (fixture);
  assert_rows (view, "v");
  assert_n_unindexed (view, 0);
  iw_filter_set_events_mode (filter, IW_EVENTS_SHOWN);
  iw_filter_set_text (filter, "logon");
  set_filter (fixture, view, filter);
  assert_rows (view, "");
  assert_n_unindexed (view, 1);
  /* built again, all is well, also before the next match is made */
  fixture_build (fixture->dir, id, events, 1);
  reload (view);
  assert_n_unindexed (view, 0);
  set_filter (fixture, view, filter);
  assert_rows (view, "v");
  assert_n_unindexed (view, 0);
}

/* A match of an index that was built again since speaks of other ranks, however many they are. */
static void
test_rebuilt_since (Fixture *fixture, gconstpointer data)
{
  const FixtureEvent before[] = { { FIXTURE_TIME, "x" }, { FIXTURE_TIME + 1, "y" } };
  const FixtureEvent after[] = { { FIXTURE_TIME, "y" }, { FIXTURE_TIME + 1, "x" } };
  g_autofree char *id = add_timeline (fixture, "log", 0, before, 2);
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwTimelineView) view = open_view (fixture);

  iw_filter_set_events_mode (filter, IW_EVENTS_SHOWN);
  iw_filter_set_text (filter, "x");
  set_filter (fixture, view, filter);
  assert_rows (view, "v");
  fixture_build (fixture->dir, id, after, 2);
  reload (view);
  assert_rows (view, "");
  set_filter (fixture, view, filter);
  assert_rows (view, "v");
}

/* A range of dates lasts to the end of its last one. */
static void
test_range_of_dates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwEntry) days = make_entry (fixture, FIXTURE_TIME, "two days");
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwTimelineView) view = NULL;

  iw_entry_set_occurred (days, (IwTime){ FIXTURE_TIME, IW_PRECISION_DAY });
  iw_entry_set_occurred_end (days, (IwTime){ FIXTURE_TIME + IW_USEC_PER_DAY, IW_PRECISION_DAY });
  put_entry (fixture, days);
  view = open_view (fixture);
  iw_filter_set_range (filter, FIXTURE_TIME + 30 * FIXTURE_HOUR, FIXTURE_TIME + 31 * FIXTURE_HOUR);
  set_filter (fixture, view, filter);
  assert_rows (view, "E");
  iw_filter_set_range (filter, FIXTURE_TIME + 48 * FIXTURE_HOUR, FIXTURE_TIME + 49 * FIXTURE_HOUR);
  set_filter (fixture, view, filter);
  assert_rows (view, "");
}

/* A date alone stands where it is drawn, at its beginning. */
static void
test_date_in_range (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwEntry) day = make_entry (fixture, FIXTURE_TIME, "that day");
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (IwTimelineView) view = NULL;

  iw_entry_set_occurred (day, (IwTime){ FIXTURE_TIME, IW_PRECISION_DAY });
  put_entry (fixture, day);
  view = open_view (fixture);
  iw_filter_set_range (filter, FIXTURE_TIME + 23 * FIXTURE_HOUR, FIXTURE_TIME + 25 * FIXTURE_HOUR);
  set_filter (fixture, view, filter);
  assert_rows (view, "");
  iw_filter_set_range (filter, FIXTURE_TIME, FIXTURE_TIME + FIXTURE_HOUR);
  set_filter (fixture, view, filter);
  assert_rows (view, "E");
}

#define add(name)                                                                                  \
  g_test_add ("/timeline-view/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add (empty);
  add (no_incident);
  add (first_mode);
  add (runs);
  add (run_of_two_sources);
  add (expand);
  add (skew);
  add (absurd_skew);
  add (range);
  add (text);
  add (old_match);
  add (unindexed);
  add (days);
  add (keys);
  add (totals);
  add (bands);
  add (decisions);
  add (damaged);
  add (unreadable);
  add (disorder);
  add (damaged_words);
  add (rebuilt_since);
  add (range_of_dates);
  add (date_in_range);
  return g_test_run ();
}
