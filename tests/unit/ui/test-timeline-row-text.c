#include "iw-timeline-row-text.h"

#include "timeline-fixture.h"

#define assert_words(expression, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *words_ = (expression);                                                        \
    g_assert_cmpstr (words_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static IwTimelineRow *
first_row (Fixture *fixture)
{
  g_autoptr (IwTimelineView) view = open_view (fixture);

  g_assert_cmpuint (iw_timeline_view_get_n_rows (view), >, 0);
  return iw_timeline_view_get_row (view, 0);
}

static IwTimelineRow *
entry_row (Fixture *fixture, IwTime occurred, IwTime end, const char *text)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_ACTION, text);

  iw_entry_set_occurred (entry, occurred);
  iw_entry_set_occurred_end (entry, end);
  iw_entry_set_source (entry, "sign-in log");
  iw_entry_set_confidence (entry, IW_CONFIDENCE_HIGH);
  iw_entry_set_key (entry, TRUE);
  g_free (put_entry (fixture, entry));
  return first_row (fixture);
}

static void
test_entry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (IwTimelineRow) row =
      entry_row (fixture, (IwTime){ START + 4 * 60 * IW_USEC_PER_SEC, IW_PRECISION_MINUTE },
                 IW_TIME_NONE, "\n## **Blocked** the `account`  \nmore");

  assert_words (iw_row_time_words (row, utc), "03:04");
  assert_words (iw_row_time_words (row, tokyo), "12:04");
  assert_words (iw_row_gap_words (row), "");
  assert_words (iw_row_kind_words (row), "Action");
  assert_words (iw_row_text (row), "Blocked the account");
  assert_words (iw_row_column_text (row, IW_COLUMN_SOURCE, utc), "sign-in log");
  assert_words (iw_row_column_text (row, IW_COLUMN_CONFIDENCE, utc), "High");
  assert_words (iw_row_column_text (row, IW_COLUMN_HOST, utc), "");
  assert_words (iw_row_spoken (row, utc),
                "03:04, key event, Action, Blocked the account, sign-in log, High");
  g_assert_true (iw_row_is_key (row));
  g_assert_null (iw_row_skew_words (row));
}

static void
test_range (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (IwTimelineRow) row =
      entry_row (fixture, (IwTime){ START, IW_PRECISION_MINUTE },
                 (IwTime){ START + 20 * 60 * IW_USEC_PER_SEC, IW_PRECISION_MINUTE }, "x");

  assert_words (iw_row_time_words (row, utc), "03:00–03:20");
}

/* The words of a row that starts and ends so many ms after START. */
static void
assert_brief (Fixture *fixture, gint64 start, gint64 end, IwPrecision precision, const char *words)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (IwTimelineRow) row =
      entry_row (fixture, (IwTime){ START + start * 1000, precision },
                 end > start ? (IwTime){ START + end * 1000, precision } : IW_TIME_NONE, "x");

  assert_words (iw_row_time_brief (row, utc), words);
}

/* Each begins before the one before it, so that it is the first row. */
static void
test_brief (Fixture *fixture, gconstpointer data)
{
  assert_brief (fixture, 9500, 0, IW_PRECISION_MICROSECOND, "03:00:09.500");
  assert_brief (fixture, 8000, 0, IW_PRECISION_SECOND, "03:00:08");
  assert_brief (fixture, 7000, 1207000, IW_PRECISION_SECOND, "03:00–03:20");
  assert_brief (fixture, 6500, 96500, IW_PRECISION_MILLISECOND, "03:00–03:01");
  assert_brief (fixture, 5000, 35000, IW_PRECISION_MILLISECOND, "03:00:05 +30 s");
  assert_brief (fixture, 4000, 22 * 3600000, IW_PRECISION_SECOND, "03:00–01:00 +1 d");
}

static void
test_gap (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineRow) hours = NULL, days = NULL;

  g_free (put_text (fixture, 0, "first"));
  g_free (put_text (fixture, 6 * 3600 + 44 * 60, "hours later"));
  g_free (put_text (fixture, 4 * 86400, "days later"));
  view = open_view (fixture);
  hours = iw_timeline_view_get_row (view, 1);
  days = iw_timeline_view_get_row (view, 2);
  assert_words (iw_row_gap_words (hours), "+6 h 44 min");
  assert_words (iw_row_gap_brief (hours), "+6 h");
  assert_words (iw_row_gap_words (days), "+3 d 17 h");
  assert_words (iw_row_gap_brief (days), "+3 d");
}

static void
test_imprecise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  IwTime month, day;
  g_autoptr (IwTimelineRow) month_row = NULL, day_row = NULL;

  g_assert_true (iw_time_parse_rfc3339 ("2026-11", NULL, &month));
  g_assert_true (iw_time_parse_rfc3339 ("2026-10-02", NULL, &day));
  month_row = entry_row (fixture, month, IW_TIME_NONE, "x");
  assert_words (iw_row_time_words (month_row, utc), "in November 2026");
  day_row = entry_row (fixture, day, IW_TIME_NONE, "x");
  assert_words (iw_row_time_words (day_row, utc), "this day");
}

static void
test_events (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (IwTimelineRow) run = NULL, second = NULL;
  g_autofree char *docid = put_timeline (fixture, "proxy.csv", 1204, 0, 1);

  g_free (put_text (fixture, -60, "before"));
  view = open_view (fixture);
  run = iw_timeline_view_get_row (view, 1);
  g_assert_cmpint (iw_timeline_row_get_kind (run), ==, IW_ROW_RUN);
  assert_words (iw_row_text (run), "1204 events from proxy.csv");
  assert_words (iw_row_gap_words (run), "+1 min");
  assert_words (iw_row_gap_brief (run), "+1 min");
  iw_timeline_view_set_run_expanded (view, 1, TRUE);
  second = iw_timeline_view_get_row (view, 3);
  assert_words (iw_row_kind_words (second), "Event Logged");
  assert_words (iw_row_text (second), "event 2");
  assert_words (iw_row_column_text (second, IW_COLUMN_ACTOR, utc), "bo");
  assert_words (iw_row_column_text (second, IW_COLUMN_HOST, utc), "host-1");
  assert_words (iw_row_column_text (second, IW_COLUMN_SOURCE, utc), "proxy.csv");
}

static void
test_skew (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwTimelineRow) row = NULL;
  g_autoptr (GPtrArray) evidence = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *docid = put_timeline (fixture, "proxy.csv", 2, 0, 1);
  IwChange change = { docid, NULL };

  evidence = iw_query_evidence (fixture->store, INCIDENT, &error);
  iw_evidence_set_skew (g_ptr_array_index (evidence, 0), -3600 * IW_USEC_PER_SEC);
  body = change.body = iw_evidence_to_json (g_ptr_array_index (evidence, 0));
  iw_store_apply (fixture->store, "Correct Clock", &change, 1, 1, &error);
  g_assert_no_error (error);
  row = first_row (fixture);
  g_assert_cmpint (iw_timeline_row_get_time (row), ==, START - 3600 * IW_USEC_PER_SEC);
  assert_words (iw_row_skew_words (row), "Clock corrected by −3600 s");
  assert_words (iw_row_format_correction (500000), "+0.5 s");
  assert_words (iw_row_format_correction (-1), "−0.000001 s");
  assert_words (iw_row_format_correction (0), "+0 s");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/row-text/entry", test_entry);
  add_test ("/row-text/range", test_range);
  add_test ("/row-text/brief", test_brief);
  add_test ("/row-text/gap", test_gap);
  add_test ("/row-text/imprecise", test_imprecise);
  add_test ("/row-text/events", test_events);
  add_test ("/row-text/skew", test_skew);
  return g_test_run ();
}
