/* test-timeline-import.c: probe, dry run, commit; undo; what fails leaves nothing */
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  const char *name;
  IwFormat format;
  const char *encoding;
  IwImportTarget target;
  gboolean naive;
  gint64 good, duplicates, rejected;
} Case;

/* Good counts are those of evidence, in UTC. */
static const Case cases[] = {
  { "timesketch.csv", IW_FORMAT_TIMESKETCH_CSV, "UTF-8", IW_IMPORT_AS_EVIDENCE, TRUE, 5, 1, 0 },
  { "timesketch.csv.gz", IW_FORMAT_TIMESKETCH_CSV, "UTF-8", IW_IMPORT_AS_EVIDENCE, TRUE, 5, 1, 0 },
  { "timesketch.jsonl", IW_FORMAT_TIMESKETCH_JSONL, "UTF-8", IW_IMPORT_AS_EVIDENCE, FALSE, 2, 0,
    1 },
  { "iris-import.csv", IW_FORMAT_IRIS_IMPORT_CSV, "UTF-8", IW_IMPORT_AS_ENTRIES, FALSE, 2, 0, 1 },
  { "iris-export.csv", IW_FORMAT_IRIS_EXPORT_CSV, "UTF-8", IW_IMPORT_AS_ENTRIES, FALSE, 2, 0, 0 },
  { "l2tcsv.csv", IW_FORMAT_PLASO_L2TCSV, "UTF-8", IW_IMPORT_AS_EVIDENCE, TRUE, 3, 0, 1 },
  { "dynamic.csv", IW_FORMAT_PLASO_DYNAMIC, "UTF-8", IW_IMPORT_AS_EVIDENCE, FALSE, 2, 0, 0 },
  { "tln.txt", IW_FORMAT_PLASO_TLN, "UTF-8", IW_IMPORT_AS_EVIDENCE, FALSE, 2, 0, 1 },
  { "l2ttln.txt", IW_FORMAT_PLASO_TLN, "UTF-8", IW_IMPORT_AS_EVIDENCE, FALSE, 2, 0, 0 },
  { "plaso.json", IW_FORMAT_PLASO_JSON, "UTF-8", IW_IMPORT_AS_EVIDENCE, FALSE, 2, 0, 0 },
  { "plaso.jsonl", IW_FORMAT_PLASO_JSONL, "UTF-8", IW_IMPORT_AS_EVIDENCE, FALSE, 1, 0, 1 },
  { "german-cp1252.csv", IW_FORMAT_GENERIC_CSV, "WINDOWS-1252", IW_IMPORT_AS_EVIDENCE, FALSE, 2, 0,
    0 },
  { "utf16.tsv", IW_FORMAT_GENERIC_CSV, "UTF-16LE", IW_IMPORT_AS_EVIDENCE, FALSE, 1, 0, 0 },
  { "array.json", IW_FORMAT_GENERIC_JSONL, "UTF-8", IW_IMPORT_AS_EVIDENCE, FALSE, 2, 0, 0 },
};

static IwTimelineImport *
probe_own (Workspace *w, const char *name)
{
  g_autofree char *relative = g_build_filename ("timelines", name, NULL);
  g_autofree char *path = iw_test_data_path (relative);

  return workspace_probe (w, path);
}

static void
test_file (Workspace *w, gconstpointer data)
{
  const Case *c = data;
  g_autoptr (IwTimelineImport) import = probe_own (w, c->name);
  g_autofree char *docid = NULL;
  g_autofree char *raw = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  IwImportCounts counts;

  g_assert_cmpstr (iw_timeline_import_get_name (import), ==, c->name);
  g_assert_cmpstr (iw_timeline_import_get_encoding (import), ==, c->encoding);
  g_assert_cmpint (iw_timeline_import_get_target (import), ==, c->target);
  g_assert_cmpstr (
      iw_format_to_string (iw_mapping_get_format (iw_timeline_import_get_mapping (import))), ==,
      iw_format_to_string (c->format));
  g_assert_cmpint (iw_timeline_import_needs_zone (import), ==, c->naive);
  g_assert_cmpuint (iw_timeline_import_get_preview (import)->len, ==, c->good + c->rejected);
  if (c->naive)
    workspace_set_zone (import, "UTC");
  iw_timeline_import_set_target (import, IW_IMPORT_AS_EVIDENCE);
  counts = workspace_dry_run (w, import, w->incident);
  g_assert_cmpint (counts.rows, ==, c->good + c->rejected);
  g_assert_cmpint (counts.good, ==, c->good);
  g_assert_cmpint (counts.duplicates, ==, c->duplicates);
  g_assert_cmpint (counts.rejected, ==, c->rejected);
  docid = workspace_commit (w, import, w->incident);

  events = workspace_events (w, docid);
  g_assert_cmpuint (events->len, ==, c->good);
  fields =
      iw_timeline_import_read_fields (w->store, docid, g_ptr_array_index (events, 0), &raw, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fields->len, >, 2);
  g_assert_cmpuint (strlen (raw), >, 10);

  /* The index can be made again from the file alone, and is the same. */
  iw_event_index_remove (w->dir, docid);
  g_assert_true (iw_timeline_import_rebuild (w->store, docid, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  again = workspace_events (w, docid);
  g_assert_cmpuint (again->len, ==, events->len);
  for (guint i = 0; i < events->len; i++)
    {
      const IwEvent *a = g_ptr_array_index (events, i);
      const IwEvent *b = g_ptr_array_index (again, i);

      g_assert_cmpint (a->offset, ==, b->offset);
      g_assert_cmpint (a->time.us, ==, b->time.us);
      g_assert_cmpstr (a->message, ==, b->message);
    }
}

static IwEvent *
first_event (GPtrArray *events)
{
  return g_ptr_array_index (events, 0);
}

static void
test_event_texts (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import = probe_own (w, "german-cp1252.csv");
  g_autoptr (IwMapping) mapping = iw_mapping_copy (iw_timeline_import_get_mapping (import));
  g_autofree char *docid = NULL;
  g_autoptr (GPtrArray) events = NULL;
  IwImportCounts counts;

  g_assert_false (iw_timeline_import_get_encoding_certain (import));
  iw_mapping_set_role (mapping, "Datum", IW_ROLE_DATE);
  iw_mapping_set_role (mapping, "Uhrzeit", IW_ROLE_TIME_OF_DAY);
  iw_mapping_set_role (mapping, "Benutzer", IW_ROLE_ACTOR);
  iw_mapping_set_role (mapping, "Meldung", IW_ROLE_MESSAGE);
  iw_timeline_import_set_mapping (import, mapping);
  g_assert_true (iw_timeline_import_needs_zone (import));
  workspace_set_zone (import, "Europe/Berlin");
  counts = workspace_dry_run (w, import, w->incident);
  g_assert_cmpint (counts.good, ==, 2);
  g_assert_cmpint (counts.first, ==, G_GINT64_CONSTANT (1793167964000000));
  docid = workspace_commit (w, import, w->incident);
  events = workspace_events (w, docid);
  g_assert_cmpstr (first_event (events)->message, ==, "Anmeldung; erfolgreich");
  g_assert_cmpstr (first_event (events)->actor, ==, "Jürgen");
  g_assert_cmpint (first_event (events)->time.precision, ==, IW_PRECISION_SECOND);
}

static void
test_rejects (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import = probe_own (w, "l2tcsv.csv");
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *docid = NULL;
  const char *text;

  workspace_dry_run (w, import, NULL);
  rejects = iw_timeline_import_get_rejects (import, 0, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejects->len, ==, 2);
  g_assert_cmpint (((IwReject *)rejects->pdata[0])->line, ==, 4);
  g_assert_cmpstr (((IwReject *)rejects->pdata[0])->field, ==, "timezone");
  g_assert_cmpstr (((IwReject *)rejects->pdata[0])->value, ==, "IST");
  g_assert_cmpstr (((IwReject *)rejects->pdata[1])->value, ==, "00/00/0000");
  docid = workspace_commit (w, import, w->incident);
  g_assert_true (iw_timeline_import_export_rejects (import, output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (output, "", 1, NULL, NULL, NULL));
  text = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (output));
  g_assert_true (g_str_has_prefix (text, "file,line,row,field,reason,value\r\n"
                                         "l2tcsv.csv,4,3,timezone,\"This time zone"));
}

static void
test_undo (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import = probe_own (w, "dynamic.csv");
  g_autofree char *docid = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GPtrArray) evidence = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  workspace_dry_run (w, import, w->incident);
  docid = workspace_commit (w, import, w->incident);
  evidence = iw_query_evidence (w->store, w->incident, &error);
  g_assert_cmpuint (evidence->len, ==, 1);
  g_assert_cmpstr (iw_evidence_get_sha256 (evidence->pdata[0]), ==,
                   iw_timeline_import_get_sha256 (import));
  label = iw_store_get_undo_label (w->store, NULL);
  g_assert_cmpstr (label, ==, "Import Timeline");
  workspace_undo (w);
  after = iw_query_evidence (w->store, w->incident, &error);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_same_file_again (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import = probe_own (w, "dynamic.csv");
  g_autoptr (IwTimelineImport) again = probe_own (w, "dynamic.csv");
  g_autofree char *docid = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  workspace_dry_run (w, import, w->incident);
  workspace_dry_run (w, again, NULL);
  docid = workspace_commit (w, import, w->incident);
  g_assert_false (iw_timeline_import_commit (again, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_DUPLICATE);
  g_clear_error (&error);
  g_assert_false (iw_timeline_import_dry_run (again, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_DUPLICATE);
  workspace_dry_run (w, again, w->other);
  other = workspace_commit (w, again, w->other);
  g_assert_nonnull (other);
}

static void
test_refused_before (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) unmapped =
      workspace_probe_text (w, "a.txt", "just text\nand more\n");
  g_autoptr (IwTimelineImport) naive = workspace_probe_text (
      w, "b.csv", "datetime,message,timestamp_desc\n2026-11-02 10:00:00,a,b\n");
  g_autoptr (IwTimelineImport) bad =
      workspace_probe_text (w, "c.csv", "datetime,message,timestamp_desc\nnever,a,b\n");
  g_autoptr (GError) error = NULL;
  IwImportCounts counts;

  g_assert_false (
      iw_timeline_import_dry_run (unmapped, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING);
  g_clear_error (&error);
  g_assert_false (iw_timeline_import_commit (naive, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING);
  g_clear_error (&error);
  workspace_set_zone (naive, "Nowhere/Else");
  g_assert_false (iw_timeline_import_dry_run (naive, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_ZONE);
  g_clear_error (&error);
  workspace_set_zone (naive, NULL);
  counts = workspace_dry_run (w, naive, w->incident);
  g_assert_cmpint (counts.rejected, ==, 1);
  g_assert_false (iw_timeline_import_commit (naive, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_ZONE);
  g_clear_error (&error);
  workspace_dry_run (w, bad, w->incident);
  g_assert_false (iw_timeline_import_commit (bad, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY);
}

static void
assert_probe_fails (Workspace *w, const char *path, GQuark domain, int code)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_timeline_import_probe (w->store, file, NULL, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpuint (workspace_count_files (w, "staging"), ==, 0);
}

static void
test_no_files (Workspace *w, gconstpointer data)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *none = g_build_filename (dir, "none", NULL);
  g_autofree char *fifo = g_build_filename (dir, "fifo", NULL);
  g_autofree char *empty = fixture_file (dir, "empty", "", -1);
  g_autofree char *blank = fixture_file (dir, "blank", "\n\n\n", -1);
  g_autofree char *cut = fixture_file (dir, "cut.gz", "\x1f\x8b\x08\0\0\0", 6);
  g_autofree char *zip = fixture_file (dir, "a.xlsx", "PK\3\4xxxx", -1);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_probe_fails (w, none, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_probe_fails (w, dir, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  assert_probe_fails (w, fifo, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_probe_fails (w, empty, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY);
  assert_probe_fails (w, blank, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY);
  assert_probe_fails (w, cut, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE);
  assert_probe_fails (w, zip, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE);
  iw_test_remove_dir (dir);
}

static void
test_header_alone (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import =
      workspace_probe_text (w, "h.csv", "datetime,message,timestamp_desc\n");
  g_autoptr (GError) error = NULL;
  IwImportCounts counts = workspace_dry_run (w, import, w->incident);

  g_assert_cmpint (counts.rows, ==, 0);
  g_assert_false (iw_timeline_import_commit (import, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY);
}

static void
cancel_at (gint64 done, gint64 total, gpointer data)
{
  if (done > 0)
    g_cancellable_cancel (data);
}

/* Cancelled in the middle of any step, nothing is left: not in the store, not in staging. */
static void
test_cancel (Workspace *w, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("datetime,message,timestamp_desc\n");
  g_autoptr (IwTimelineImport) import = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 seq;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "2026-11-02T10:%02u:%02uZ,event %u,d\n", i / 60 % 60, i % 60, i);
  import = workspace_probe_text (w, "big.csv", text->str);
  seq = iw_store_get_seq (w->store);
  g_assert_false (iw_timeline_import_dry_run (import, w->incident, NULL, cancel_at, cancellable,
                                              cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  workspace_dry_run (w, import, w->incident);
  g_cancellable_reset (cancellable);
  g_assert_false (iw_timeline_import_commit (import, w->incident, NULL, cancel_at, cancellable,
                                             cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (iw_store_get_seq (w->store), ==, seq);
  g_assert_cmpuint (workspace_count_files (w, "events"), ==, 0);

  /* And it may be tried again. */
  workspace_dry_run (w, import, w->incident);
  g_free (workspace_commit (w, import, w->incident));
  g_clear_object (&import);
  g_assert_cmpuint (workspace_count_files (w, "staging"), ==, 0);
}

/* Choosing an intact copy of a file mends the stored one. */
static void
test_repair (Workspace *w, gconstpointer data)
{
  static const char text[] = "datetime,message,timestamp_desc\n2026-11-02T10:00:00Z,event,d\n";
  g_autoptr (IwTimelineImport) first = workspace_probe_text (w, "a.csv", text);
  g_autoptr (IwTimelineImport) second = NULL;
  g_autofree char *path = NULL;
  const char *dir = iw_store_get_dir (w->store);
  g_autoptr (GError) error = NULL;

  iw_timeline_import_set_target (first, IW_IMPORT_AS_EVIDENCE);
  workspace_dry_run (w, first, w->incident);
  g_free (workspace_commit (w, first, w->incident));
  path = iw_blobs_path (dir, iw_timeline_import_get_sha256 (first));
  g_assert_cmpint (g_unlink (path), ==, 0);
  second = workspace_probe_text (w, "a.csv", text);
  iw_timeline_import_set_target (second, IW_IMPORT_AS_EVIDENCE);
  g_assert_false (iw_timeline_import_dry_run (second, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_DUPLICATE);
  g_assert_nonnull (strstr (error->message, "put back"));
  g_assert_true (iw_blobs_verify (dir, iw_timeline_import_get_sha256 (first), NULL, NULL));
}

/* The commit of entries is one long transaction, which can be called off as well. */
static void
test_cancel_entries (Workspace *w, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("datetime,message,timestamp_desc\n");
  g_autoptr (IwTimelineImport) import = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 seq;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "2026-11-02T10:%02u:%02uZ,event %u,d\n", i / 60 % 60, i % 60, i);
  import = workspace_probe_text (w, "big.csv", text->str);
  iw_timeline_import_set_target (import, IW_IMPORT_AS_ENTRIES);
  workspace_dry_run (w, import, w->incident);
  seq = iw_store_get_seq (w->store);
  g_assert_false (iw_timeline_import_commit (import, w->incident, NULL, cancel_at, cancellable,
                                             cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (iw_store_get_seq (w->store), ==, seq);
}

static void
test_nothing_left (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import = probe_own (w, "utf16.tsv");
  g_autoptr (IwTimelineImport) packed = probe_own (w, "timesketch.csv.gz");
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_timeline_import_get_compressed (packed));
  workspace_dry_run (w, import, w->incident);
  g_assert_cmpuint (workspace_count_files (w, "staging"), >, 2);
  g_assert_true (iw_store_collect_garbage (w->store, &error));
  g_assert_cmpuint (workspace_count_files (w, "staging"), >, 2);
  g_clear_object (&import);
  g_clear_object (&packed);
  g_assert_cmpuint (workspace_count_files (w, "staging"), ==, 0);
  g_assert_cmpuint (workspace_count_files (w, "blobs"), ==, 0);
}

static void
test_set_encoding (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import = probe_own (w, "german-cp1252.csv");
  g_autoptr (GError) error = NULL;
  char **row;

  g_assert_true (iw_timeline_import_set_encoding (import, "IBM850", &error));
  g_assert_no_error (error);
  row = g_ptr_array_index (iw_timeline_import_get_preview (import), 0);
  g_assert_cmpstr (row[2], ==, "J³rgen");
  g_assert_false (iw_timeline_import_set_encoding (import, "nonsense", &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE);
  g_assert_cmpstr (iw_timeline_import_get_encoding (import), ==, "IBM850");
  g_clear_error (&error);
  g_assert_true (iw_timeline_import_set_encoding (import, "WINDOWS-1252", &error));
  row = g_ptr_array_index (iw_timeline_import_get_preview (import), 0);
  g_assert_cmpstr (row[2], ==, "Jürgen");
}

/* ---- entries ---- */

static void
test_entries (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import = probe_own (w, "iris-import.csv");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  IwImportCounts counts = workspace_dry_run (w, import, w->incident);
  guint n_objects = 0;
  IwEntry *first;

  g_assert_cmpint (counts.good, ==, 2);
  g_assert_cmpint (counts.rejected, ==, 1);
  g_assert_null (workspace_commit (w, import, w->incident));
  label = iw_store_get_undo_label (w->store, &n_objects);
  g_assert_cmpuint (n_objects, ==, 2);
  entries = iw_query_entries (w->store, w->incident, &error);
  g_assert_cmpuint (entries->len, ==, 2);
  first = entries->pdata[0];
  g_assert_cmpstr (iw_entry_get_text (first), ==,
                   "Phishing mail opened\nThe recipient followed the link.");
  g_assert_cmpint (iw_entry_get_occurred (first).us, ==, G_GINT64_CONSTANT (1793167964000000));
  g_assert_cmpstr (iw_entry_get_source (first), ==, "mail gateway");
  g_assert_cmpstr (iw_entry_get_zone (first), ==, "+02:00");
  g_assert_cmpstr (iw_entry_get_tags (first)[0], ==, "phishing");
  g_assert_cmpstr (iw_entry_get_tags (first)[1], ==, "mail");
  g_assert_cmpstr (iw_entry_get_field (first, "event_category"), ==, "Initial Access");
  g_assert_cmpstr (iw_entry_get_field (first, "event_assets"), ==, "ws-114;ws-115");
  workspace_undo (w);
  after = iw_query_entries (w->store, w->incident, &error);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_entries_duplicates (Workspace *w, gconstpointer data)
{
  static const char text[] = "time,kind,actor,text,extra,type\n"
                             "2026-11-02T10:00Z,action,ada,looked,1,own\n"
                             "2026-11-02T10:00Z,action,ada,looked,1,own\n"
                             "2026-11-02T10:00Z,action,ada,looked,2,own\n"
                             "2026-11-02T11:00Z,severity,ada,not a decision,,\n";
  g_autoptr (IwTimelineImport) import = workspace_probe_text (w, "a.csv", text);
  g_autoptr (IwTimelineImport) again = workspace_probe_text (w, "a.csv", text);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  IwImportCounts counts;
  IwEntry *entry;

  iw_timeline_import_set_target (import, IW_IMPORT_AS_ENTRIES);
  counts = workspace_dry_run (w, import, w->incident);
  g_assert_cmpint (counts.good, ==, 3);
  g_assert_cmpint (counts.duplicates, ==, 1);
  workspace_commit (w, import, w->incident);
  entries = iw_query_entries (w->store, w->incident, &error);
  g_assert_cmpuint (entries->len, ==, 3);
  entry = entries->pdata[0];
  g_assert_cmpint (iw_entry_get_kind (entry), ==, IW_ENTRY_ACTION);
  g_assert_cmpint (iw_entry_get_occurred (entry).precision, ==, IW_PRECISION_MINUTE);
  g_assert_cmpstr (iw_entry_get_field (entry, "column_type"), ==, "own");
  entry = entries->pdata[2];
  g_assert_cmpint (iw_entry_get_kind (entry), ==, IW_ENTRY_OBSERVATION);
  g_assert_cmpstr (iw_entry_get_field (entry, "column_kind"), ==, "severity");

  iw_timeline_import_set_target (again, IW_IMPORT_AS_ENTRIES);
  counts = workspace_dry_run (w, again, w->incident);
  g_assert_cmpint (counts.good, ==, 0);
  g_assert_cmpint (counts.duplicates, ==, 4);
  iw_timeline_import_set_keep_duplicates (again, TRUE);
  counts = workspace_dry_run (w, again, w->incident);
  g_assert_cmpint (counts.good, ==, 4);
}

/* Decisions that no form lets through are refused by row, field and reason; the rest comes in. */
static void
test_entries_forbidden (Workspace *w, gconstpointer data)
{
  static const char text[] =
      "message,datetime,timestamp,timestamp_desc,entry_kind,occurred_end,discovered_at,recorded_at,"
      "zone,actor,team,source,confidence,key,tags,entry_extra\n"
      "closed,2026-11-02T10:00:00Z,,Occurred,stage,,,,,ada,,,,,,\"{\"\"to\"\":\"\"closed\"\"}\"\n"
      "crsi,2026-11-02T10:01:00Z,,Occurred,classification,,,,,ada,,,,,,"
      "\"{\"\"to\"\":\"\"crsi\"\",\"\"access\"\":\"\"occurred\"\",\"\"duty\"\":\"\"none\"\","
      "\"\"statement\"\":\"\"x\"\",\"\"declared_by\"\":\"\"ada\"\"}\"\n"
      "low,2026-11-02T10:02:00Z,,Occurred,severity,,,,,ada,,,,,,\"{\"\"to\"\":\"\"low\"\"}\"\n"
      "seen,2026-11-02T10:03:00Z,,Occurred,observation,,,,,ada,,,,,,\n";
  g_autoptr (IwTimelineImport) import = workspace_probe_text (w, "a.csv", text);
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  IwImportCounts counts;
  const IwReject *reject;

  iw_timeline_import_set_target (import, IW_IMPORT_AS_ENTRIES);
  counts = workspace_dry_run (w, import, w->incident);
  g_assert_cmpint (counts.good, ==, 2);
  g_assert_cmpint (counts.decisions, ==, 1);
  g_assert_cmpint (counts.rejected, ==, 2);
  rejects = iw_timeline_import_get_rejects (import, 0, 10, &error);
  g_assert_no_error (error);
  reject = rejects->pdata[0];
  g_assert_cmpint (reject->row, ==, 1);
  g_assert_cmpstr (reject->field, ==, "risk_contained");
  g_assert_cmpstr (
      reject->reason, ==,
      "“Risk Is Contained” is missing. “Measures Are Implemented” is missing. “Verification” "
      "is missing.");
  reject = rejects->pdata[1];
  g_assert_cmpstr (reject->field, ==, "links");
  g_assert_null (workspace_commit (w, import, w->incident));
  entries = iw_query_entries (w->store, w->incident, &error);
  g_assert_cmpuint (entries->len, ==, 2);
}

static void
test_too_many_entries (Workspace *w, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("time,text\n");
  g_autoptr (IwTimelineImport) import = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50001; i++)
    g_string_append (text, "never,x\n");
  import = workspace_probe_text (w, "a.csv", text->str);
  iw_timeline_import_set_target (import, IW_IMPORT_AS_ENTRIES);
  g_assert_false (iw_timeline_import_dry_run (import, w->incident, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_TOO_MANY);
}

/* A damaged evidence file is not indexed, and a document that is no timeline is said to be none. */
static void
test_rebuild_refuses (Workspace *w, gconstpointer data)
{
  g_autoptr (IwTimelineImport) import = probe_own (w, "dynamic.csv");
  g_autofree char *docid = NULL;
  g_autofree char *incident_doc = iw_id_incident_document (w->incident);
  g_autofree char *blob = NULL;
  g_autoptr (GError) error = NULL;

  workspace_dry_run (w, import, w->incident);
  docid = workspace_commit (w, import, w->incident);
  blob = iw_blobs_path (w->dir, iw_timeline_import_get_sha256 (import));
  g_assert_cmpint (g_chmod (blob, 0600), ==, 0);
  g_assert_true (g_file_set_contents (blob, "something else", -1, NULL));
  g_assert_false (iw_timeline_import_rebuild (w->store, docid, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_DAMAGED_BLOB);
  g_clear_error (&error);
  g_assert_false (iw_timeline_import_rebuild (w->store, incident_doc, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
}

#define add(name, func)                                                                            \
  g_test_add ("/timeline-import/" name, Workspace, NULL, workspace_set_up, func,                   \
              workspace_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/timeline-import/file/", cases[i].name, NULL);

      g_test_add (name, Workspace, &cases[i], workspace_set_up, test_file, workspace_tear_down);
    }
  add ("event-texts", test_event_texts);
  add ("rejects", test_rejects);
  add ("undo", test_undo);
  add ("same-file-again", test_same_file_again);
  add ("refused-before", test_refused_before);
  add ("no-files", test_no_files);
  add ("header-alone", test_header_alone);
  add ("cancel", test_cancel);
  add ("repair", test_repair);
  add ("cancel-entries", test_cancel_entries);
  add ("nothing-left", test_nothing_left);
  add ("set-encoding", test_set_encoding);
  add ("entries", test_entries);
  add ("entries-duplicates", test_entries_duplicates);
  add ("entries-forbidden", test_entries_forbidden);
  add ("too-many-entries", test_too_many_entries);
  add ("rebuild-refuses", test_rebuild_refuses);
  return g_test_run ();
}
