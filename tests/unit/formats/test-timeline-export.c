/* test-timeline-export.c: filtered views as files, which import again as the same */
#include "round-trip.h"

#include "iw-entry-columns.h"

/* ---- entries ---- */

static void
add_entry (Workspace *w, IwEntry *entry)
{
  g_autofree char *id = iw_id_new_document (iw_store_get_context (w->store), w->incident, "entry");
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);
  IwChange change = { id, body };
  g_autoptr (GError) error = NULL;

  iw_store_apply (w->store, "Add Entry", &change, 1, 1, &error);
  g_assert_no_error (error);
}

static IwEntry *
new_entry (Workspace *w, IwEntryKind kind, const char *text, gint64 seconds, IwPrecision precision)
{
  IwEntry *entry = iw_entry_new (w->incident, kind, text);

  iw_entry_set_occurred (entry, (IwTime){ seconds * IW_USEC_PER_SEC, precision });
  iw_entry_set_recorded (entry,
                         (IwTime){ G_GINT64_CONSTANT (1793200000000000), IW_PRECISION_SECOND });
  return entry;
}

static void
add_entries (Workspace *w)
{
  g_autoptr (IwEntry) full = new_entry (w, IW_ENTRY_ACTION, "# Title\n\n- a | b\n- \"c\", d\r\n",
                                        1793167964, IW_PRECISION_SECOND);
  g_autoptr (IwEntry) day =
      new_entry (w, IW_ENTRY_OBSERVATION, "=1+1", 1793145600, IW_PRECISION_DAY);
  g_autoptr (IwEntry) late = iw_entry_new (w->incident, IW_ENTRY_NOTE, "only discovered");
  g_autoptr (IwEntry) noted = iw_entry_new (w->incident, IW_ENTRY_NOTE, "only recorded");
  g_autoptr (IwEntry) stage =
      iw_decision_new (w->incident, "stage", "from", "detect", "to", "assess", "why", "why", NULL);
  const char *const tags[] = { "one|two", "認証", NULL };

  iw_entry_set_occurred_end (full,
                             (IwTime){ G_GINT64_CONSTANT (1793168000000000), IW_PRECISION_MINUTE });
  iw_entry_set_actor (full, "ada");
  iw_entry_set_team (full, "blue");
  iw_entry_set_source (full, "phone");
  iw_entry_set_zone (full, "Asia/Tokyo");
  iw_entry_set_confidence (full, IW_CONFIDENCE_CONFIRMED);
  iw_entry_set_key (full, TRUE);
  iw_entry_set_tags (full, tags);
  iw_entry_add_link (full, "x:evidence-y", 3);
  iw_entry_set_field (full, "event_category", "Remediation");
  iw_entry_set_discovered (late,
                           (IwTime){ G_GINT64_CONSTANT (1793168060000000), IW_PRECISION_HOUR });
  iw_entry_set_recorded (
      noted, (IwTime){ G_GINT64_CONSTANT (1793168070000000), IW_PRECISION_MICROSECOND });
  iw_entry_set_occurred (
      stage, (IwTime){ G_GINT64_CONSTANT (1793168080000000), IW_PRECISION_MICROSECOND });
  iw_entry_set_recorded (stage, iw_entry_get_occurred (stage));
  add_entry (w, full);
  add_entry (w, day);
  add_entry (w, late);
  add_entry (w, noted);
  add_entry (w, stage);
}

/* The entry of @entries that says the same as @entry, but for the incident. */
static gboolean
has_equal (GPtrArray *entries, IwEntry *entry, const char *incident)
{
  g_autoptr (JsonObject) content = iw_entry_content_json (entry);
  g_autoptr (IwEntry) moved = iw_entry_from_content_json (incident, content, NULL);

  for (guint i = 0; i < entries->len; i++)
    if (iw_entry_equal_content (entries->pdata[i], moved))
      return TRUE;
  return FALSE;
}

static IwTimelineImport *
probe_export (Workspace *w, const IwFilter *filter, IwExportFormat format, gint64 *n)
{
  g_autoptr (GBytes) bytes = workspace_export (w, w->incident, filter, format, n);
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = fixture_file (dir, iw_export_format_extension (format),
                                        g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  IwTimelineImport *import = workspace_probe (w, path);

  iw_test_remove_dir (dir);
  return import;
}

static void
test_entries (Workspace *w, gconstpointer data)
{
  IwExportFormat format = GPOINTER_TO_INT (data);
  g_autoptr (IwTimelineImport) import = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  IwImportCounts counts;
  gint64 n = 0;

  add_entries (w);
  import = probe_export (w, NULL, format, &n);
  g_assert_cmpint (n, ==, 5);
  g_assert_cmpint (iw_timeline_import_get_target (import), ==, IW_IMPORT_AS_ENTRIES);
  g_assert_false (iw_timeline_import_needs_zone (import));

  /* Where they come from, all of them are there already. */
  counts = workspace_dry_run (w, import, w->incident);
  log_rejects (import);
  g_assert_cmpint (counts.duplicates, ==, 5);
  g_assert_cmpint (counts.good, ==, 0);

  counts = workspace_dry_run (w, import, w->other);
  g_assert_cmpint (counts.good, ==, 5);
  g_assert_cmpint (counts.rejected, ==, 0);
  workspace_commit (w, import, w->other);
  before = iw_query_entries (w->store, w->incident, &error);
  after = iw_query_entries (w->store, w->other, &error);
  g_assert_cmpuint (after->len, ==, 5);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (has_equal (after, before->pdata[i], w->other));
}

/* ---- events ---- */

static char *
import_own (Workspace *w, const char *name)
{
  g_autofree char *relative = g_build_filename ("timelines", name, NULL);
  g_autofree char *path = iw_test_data_path (relative);
  g_autoptr (IwTimelineImport) import = workspace_probe (w, path);

  if (iw_timeline_import_needs_zone (import))
    workspace_set_zone (import, "UTC");
  iw_timeline_import_set_target (import, IW_IMPORT_AS_EVIDENCE);
  workspace_dry_run (w, import, w->incident);
  return workspace_commit (w, import, w->incident);
}

static void
test_events (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = import_own (w, data);
  g_autoptr (GPtrArray) events = workspace_events (w, docid);

  round_trip (w, docid, IW_EXPORT_TIMESKETCH_CSV, events->len);
  round_trip (w, docid, IW_EXPORT_TIMESKETCH_JSONL, events->len);
  round_trip (w, docid, IW_EXPORT_IRIS_CSV, events->len);
}

static void
set_skew (Workspace *w, const char *docid, gint64 skew)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = iw_store_get (w->store, docid, NULL, &error);
  g_autoptr (IwEvidence) evidence = iw_evidence_new_from_json (docid, body, &error);
  g_autoptr (JsonObject) changed = NULL;
  IwChange change = { docid, NULL };

  iw_evidence_set_skew (evidence, skew);
  changed = iw_evidence_to_json (evidence);
  change.body = changed;
  iw_store_apply (w->store, "Correct the Clock", &change, 1, 1, &error);
  g_assert_no_error (error);
}

/* The corrected time is the event's, the source's own stands beside it. */
static void
test_skew (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = import_own (w, "dynamic.csv");
  g_autoptr (IwTimelineImport) import = NULL;
  g_autofree char *again = NULL;
  g_autofree char *original = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GError) error = NULL;
  IwEvent *event;
  gint64 n;

  set_skew (w, docid, -90 * IW_USEC_PER_SEC);
  import = probe_export (w, NULL, IW_EXPORT_TIMESKETCH_CSV, &n);
  g_assert_cmpint (n, ==, 2);
  workspace_dry_run (w, import, w->other);
  again = workspace_commit (w, import, w->other);
  events = workspace_events (w, again);
  event = events->pdata[0];
  g_assert_cmpint (event->time.us, ==, G_GINT64_CONSTANT (1793167964500000) - 90 * IW_USEC_PER_SEC);
  fields = iw_timeline_import_read_fields (w->store, again, event, NULL, &error);
  original = workspace_field (fields, "original_time");
  g_assert_cmpstr (original, ==, "2026-10-28T06:12:44.500000Z");
}

/* ---- both ---- */

static void
test_mixed (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = import_own (w, "timesketch.csv");
  g_autoptr (IwTimelineImport) import = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  IwImportCounts counts;
  gint64 n;

  add_entries (w);
  import = probe_export (w, NULL, GPOINTER_TO_INT (data), &n);
  g_assert_cmpint (n, ==, 10);
  iw_timeline_import_set_target (import, IW_IMPORT_AS_EVIDENCE);
  counts = workspace_dry_run (w, import, w->other);
  log_rejects (import);
  g_assert_cmpint (counts.good, ==, 10);
  iw_timeline_import_set_target (import, IW_IMPORT_AS_ENTRIES);
  counts = workspace_dry_run (w, import, w->other);
  log_rejects (import);
  g_assert_cmpint (counts.good, ==, 10);
  workspace_commit (w, import, w->other);
  before = iw_query_entries (w->store, w->incident, &error);
  after = iw_query_entries (w->store, w->other, &error);
  g_assert_cmpuint (after->len, ==, 10);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (has_equal (after, before->pdata[i], w->other));
}

static void
test_filter (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = import_own (w, "timesketch.csv");
  g_autoptr (IwFilter) hidden = iw_filter_new ();
  g_autoptr (IwFilter) words = iw_filter_new ();
  g_autoptr (IwFilter) range = iw_filter_new ();
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;
  g_autoptr (GBytes) c = NULL;
  gint64 n;

  add_entries (w);
  iw_filter_set_events_mode (hidden, IW_EVENTS_HIDDEN);
  a = workspace_export (w, w->incident, hidden, IW_EXPORT_TIMESKETCH_JSONL, &n);
  g_assert_cmpint (n, ==, 5);
  iw_filter_set_text (words, "認証");
  b = workspace_export (w, w->incident, words, IW_EXPORT_TIMESKETCH_JSONL, &n);
  g_assert_cmpint (n, >=, 1);
  g_assert_cmpint (n, <=, 2);
  iw_filter_set_range (range, G_GINT64_CONSTANT (1793168040000000),
                       G_GINT64_CONSTANT (1793168065000000));
  iw_filter_set_events_mode (range, IW_EVENTS_COLLAPSED);
  c = workspace_export (w, w->incident, range, IW_EXPORT_TIMESKETCH_JSONL, &n);
  g_assert_cmpint (n, ==, 1);
}

static void
test_markdown (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = import_own (w, "timesketch.csv");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gint64 n;

  add_entries (w);
  bytes = workspace_export (w, w->incident, NULL, IW_EXPORT_MARKDOWN, &n);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpint (n, ==, 10);
  g_assert_cmpuint (g_strv_length (lines), ==, 4 + 10 + 1);
  g_assert_cmpstr (lines[0], ==, "Times are in UTC.");
  for (guint i = 2; i < 14; i++)
    {
      guint bars = 0;

      for (const char *p = lines[i]; *p != '\0'; p++)
        bars += *p == '|' && (p == lines[i] || p[-1] != '\\');
      g_assert_cmpuint (bars, ==, 6);
    }
  g_assert_nonnull (strstr (text, "- a \\| b<br>"));
  g_assert_nonnull (strstr (text, "=HYPERLINK("));
}

static void
test_formulas_are_left (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = import_own (w, "timesketch.csv");
  g_autoptr (GBytes) bytes =
      workspace_export (w, w->incident, NULL, IW_EXPORT_TIMESKETCH_CSV, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_nonnull (strstr (text, "\"=HYPERLINK(\"\"http"));
}

static void
test_empty (Workspace *w, gconstpointer data)
{
  for (guint i = 0; i < IW_N_EXPORTS; i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      gint64 n = -1;

      bytes = workspace_export (w, w->incident, NULL, i, &n);
      g_assert_cmpint (n, ==, 0);
    }
}

static void
test_cancel (Workspace *w, gconstpointer data)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_entries (w);
  g_cancellable_cancel (cancellable);
  g_assert_false (iw_timeline_export (w->store, w->incident, NULL, IW_EXPORT_IRIS_CSV, NULL, output,
                                      NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_not_indexed (Workspace *w, gconstpointer data)
{
  g_autofree char *docid = import_own (w, "timesketch.csv");
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  iw_event_index_remove (w->dir, docid);
  g_assert_false (iw_timeline_export (w->store, w->incident, NULL, IW_EXPORT_IRIS_CSV, NULL, output,
                                      NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

static void
test_names (void)
{
  for (guint i = 0; i < IW_N_EXPORTS; i++)
    {
      IwExportFormat format = IW_N_EXPORTS;

      g_assert_true (iw_export_format_from_string (iw_export_format_to_string (i), &format));
      g_assert_cmpint (format, ==, i);
      g_assert_nonnull (iw_export_format_label (i));
      g_assert_nonnull (iw_export_format_extension (i));
    }
}

#define add(name, func, data)                                                                      \
  g_test_add ("/timeline-export/" name, Workspace, data, workspace_set_up, func,                   \
              workspace_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/timeline-export/names", test_names);
  add ("entries/timesketch-csv", test_entries, GINT_TO_POINTER (IW_EXPORT_TIMESKETCH_CSV));
  add ("entries/timesketch-jsonl", test_entries, GINT_TO_POINTER (IW_EXPORT_TIMESKETCH_JSONL));
  add ("entries/iris-csv", test_entries, GINT_TO_POINTER (IW_EXPORT_IRIS_CSV));
  add ("events/timesketch-csv", test_events, "timesketch.csv");
  add ("events/timesketch-csv-gz", test_events, "timesketch.csv.gz");
  add ("events/timesketch-jsonl", test_events, "timesketch.jsonl");
  add ("events/l2tcsv", test_events, "l2tcsv.csv");
  add ("events/dynamic", test_events, "dynamic.csv");
  add ("events/tln", test_events, "tln.txt");
  add ("events/l2ttln", test_events, "l2ttln.txt");
  add ("events/plaso-json", test_events, "plaso.json");
  add ("events/plaso-jsonl", test_events, "plaso.jsonl");
  add ("events/iris-import", test_events, "iris-import.csv");
  add ("events/iris-export", test_events, "iris-export.csv");
  add ("events/german", test_events, "german-cp1252.csv");
  add ("events/utf16", test_events, "utf16.tsv");
  add ("events/array", test_events, "array.json");
  add ("skew", test_skew, NULL);
  add ("mixed/csv", test_mixed, GINT_TO_POINTER (IW_EXPORT_TIMESKETCH_CSV));
  add ("mixed/jsonl", test_mixed, GINT_TO_POINTER (IW_EXPORT_TIMESKETCH_JSONL));
  add ("mixed/iris", test_mixed, GINT_TO_POINTER (IW_EXPORT_IRIS_CSV));
  add ("filter", test_filter, NULL);
  add ("markdown", test_markdown, NULL);
  add ("formulas-are-left", test_formulas_are_left, NULL);
  add ("empty", test_empty, NULL);
  add ("cancel", test_cancel, NULL);
  add ("not-indexed", test_not_indexed, NULL);
  return g_test_run ();
}
