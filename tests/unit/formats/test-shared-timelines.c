/* test-shared-timelines.c: every timeline of the shared data imports, or is refused row by row with
 * a reason; and what is exported of it imports again as the same. Skipped where the data is absent.
 */
#include "round-trip.h"

typedef struct
{
  const char *path;
  IwFormat format;
  gboolean naive;
  gint64 rows, good, duplicates, rejected;
} Case;

static const Case cases[] = {
  { "timesketch/csv_timestamp_as_datetime.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 4, 4, 0, 0 },
  { "timesketch/csv_timestamp_no_datetime.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 3, 3, 0, 0 },
  { "timesketch/invalid_datetime.csv", IW_FORMAT_TIMESKETCH_CSV, TRUE, 4, 3, 0, 1 },
  { "timesketch/large_field_event.jsonl", IW_FORMAT_TIMESKETCH_JSONL, FALSE, 3, 3, 0, 0 },
  { "timesketch/mapping_limit_exceed.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 1, 1, 0, 0 },
  { "timesketch/sigma_events.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 4, 4, 0, 0 },
  { "timesketch/sigma_events.jsonl", IW_FORMAT_TIMESKETCH_JSONL, FALSE, 5, 5, 0, 0 },
  { "timesketch/validate_date_events_missing_timestamp.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 1, 1,
    0, 0 },
  { "timesketch/validate_no_datetime_timestamps.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 5, 5, 0, 0 },
  { "timesketch/validate_time_precision.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 2, 2, 0, 0 },
  { "timesketch/validate_time_precision_datetime.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 1, 1, 0,
    0 },
  { "timesketch/validate_time_precision_jsonl.jsonl", IW_FORMAT_TIMESKETCH_JSONL, FALSE, 2, 2, 0,
    0 },
  { "timesketch/validate_timestamp_conversion.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 3, 3, 0, 0 },
  { "plaso/dynamic.log", IW_FORMAT_PLASO_DYNAMIC, FALSE, 20, 20, 0, 0 },
  { "plaso/dynamic_time_zone.log", IW_FORMAT_PLASO_DYNAMIC, FALSE, 20, 20, 0, 0 },
  { "plaso/json.log", IW_FORMAT_PLASO_JSON, FALSE, 20, 20, 0, 0 },
  { "plaso/l2tcsv_time_zone.log", IW_FORMAT_PLASO_L2TCSV, FALSE, 19, 19, 0, 0 },
  { "plaso/tln.log", IW_FORMAT_PLASO_TLN, FALSE, 20, 20, 0, 0 },
  { "lsass-01-first10k.timesketch.csv", IW_FORMAT_TIMESKETCH_CSV, FALSE, 10000, 10000, -1, 0 },
};

static char *
shared_path (const char *name)
{
  g_autofree char *path = g_build_filename ("data", "timelines", name, NULL);

  return iw_test_shared_path (path);
}

static char *
import_case (Workspace *w, const Case *c, const char *path)
{
  g_autoptr (IwTimelineImport) import = workspace_probe (w, path);
  IwImportCounts counts;

  g_assert_cmpstr (
      iw_format_to_string (iw_mapping_get_format (iw_timeline_import_get_mapping (import))), ==,
      iw_format_to_string (c->format));
  g_assert_cmpint (iw_timeline_import_needs_zone (import), ==, c->naive);
  if (c->naive)
    {
      counts = workspace_dry_run (w, import, w->incident);
      g_assert_cmpint (counts.good, <, c->good);
      log_rejects (import);
      workspace_set_zone (import, "UTC");
    }
  counts = workspace_dry_run (w, import, w->incident);
  log_rejects (import);
  g_assert_cmpint (counts.rows, ==, c->rows);
  g_assert_cmpint (counts.good, ==, c->good);
  g_assert_cmpint (counts.rejected, ==, c->rejected);
  if (c->duplicates >= 0)
    g_assert_cmpint (counts.duplicates, ==, c->duplicates);
  return workspace_commit (w, import, w->incident);
}

static void
test_file (Workspace *w, gconstpointer data)
{
  const Case *c = data;
  g_autofree char *path = shared_path (c->path);
  g_autofree char *docid = NULL;

  if (path == NULL)
    return;
  docid = import_case (w, c, path);
  round_trip (w, docid, IW_EXPORT_TIMESKETCH_CSV, c->good);
  round_trip (w, docid, IW_EXPORT_TIMESKETCH_JSONL, c->good);
  round_trip (w, docid, IW_EXPORT_IRIS_CSV, c->good);
}

/* The big one, compressed: every row in, none lost, the times printed. */
static void
test_lsass (Workspace *w, gconstpointer data)
{
  g_autofree char *path = shared_path ("lsass-campaigns-01-03.timesketch.csv.gz");
  g_autoptr (IwTimelineImport) import = NULL;
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimer) timer = g_timer_new ();
  g_autofree char *docid = NULL;
  IwImportCounts counts;
  double probe, scan, commit;

  if (path == NULL)
    return;
  import = workspace_probe (w, path);
  probe = g_timer_elapsed (timer, NULL);
  g_assert_true (iw_timeline_import_get_compressed (import));
  g_assert_cmpint (iw_timeline_import_get_target (import), ==, IW_IMPORT_AS_EVIDENCE);
  counts = workspace_dry_run (w, import, w->incident);
  scan = g_timer_elapsed (timer, NULL) - probe;
  g_assert_cmpint (counts.rows, ==, 138134);
  g_assert_cmpint (counts.good, ==, 138134);
  g_assert_cmpint (counts.rejected, ==, 0);
  g_assert_cmpint (counts.duplicates, >, 0);
  docid = workspace_commit (w, import, w->incident);
  commit = g_timer_elapsed (timer, NULL) - probe - scan;
  index = iw_event_index_open (w->dir, docid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (iw_event_index_get_n (index), ==, 138134);
  g_test_message ("probe %.2f s, dry run %.2f s, index %.2f s, %d duplicates", probe, scan, commit,
                  (int)counts.duplicates);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/shared-timelines/", cases[i].path, NULL);

      g_test_add (name, Workspace, &cases[i], workspace_set_up, test_file, workspace_tear_down);
    }
  g_test_add ("/shared-timelines/lsass", Workspace, NULL, workspace_set_up, test_lsass,
              workspace_tear_down);
  return g_test_run ();
}
