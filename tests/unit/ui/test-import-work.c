/* What the import and export dialogs do in a thread, and the files they write. */
#include "iw-import-work.h"

#include "iw-export-work.h"
#include "iw-file-out.h"
#include "timeline-fixture.h"

static GFile *
file_in (Fixture *fixture, const char *name)
{
  return g_file_new_build_filename (fixture->dir, name, NULL);
}

static void
put_file (GFile *file, const char *content)
{
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, content, strlen (content), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                           NULL, &error);
  g_assert_no_error (error);
}

static char *
get_file (GFile *file)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_load_contents (file, NULL, &content, NULL, NULL, &error);
  g_assert_no_error (error);
  return content;
}

/* ---- a file, whole or not at all ---- */

static gboolean
write_some (GOutputStream *output, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean *good = data;

  if (!g_output_stream_write_all (output, "new", 3, NULL, cancellable, error))
    return FALSE;
  if (!*good)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return *good;
}

static void
test_file_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_in (fixture, "out.csv");
  g_autoptr (GFile) nowhere = file_in (fixture, "no/such/folder");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *failed = NULL, *stopped = NULL, *written = NULL;
  gboolean good = FALSE;

  put_file (file, "old");
  g_assert_false (iw_file_out (file, write_some, &good, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  failed = get_file (file);
  g_assert_cmpstr (failed, ==, "old");

  good = TRUE;
  g_cancellable_cancel (cancelled);
  g_assert_false (iw_file_out (file, write_some, &good, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  stopped = get_file (file);
  g_assert_cmpstr (stopped, ==, "old");

  g_assert_true (iw_file_out (file, write_some, &good, NULL, &error));
  g_assert_no_error (error);
  written = get_file (file);
  g_assert_cmpstr (written, ==, "new");

  g_assert_false (iw_file_out (nowhere, write_some, &good, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* ---- import ---- */

#define IRIS                                                                                       \
  "event_date,event_tz,event_title,event_category,event_content,event_raw,event_source,event_"     \
  "assets,"                                                                                        \
  "event_iocs,event_tags\n"                                                                        \
  "2026-11-03T04:00:00.000000,+00:00,Mail opened,Initial Access,Opened "                           \
  "**it**,raw,gateway,PC-1,,phish\n"                                                               \
  "not a date,+00:00,Broken,,x,,,,,\n"                                                             \
  "2026-11-03T04:05:00.000000,+00:00,Caf\303\251,Persistence,Token used,,log,,,\n"

static IwImportWork *
probed (Fixture *fixture, GFile *file)
{
  g_autoptr (GError) error = NULL;
  IwImportWork *work = iw_import_work_new (fixture->dir, "M. Keller", INCIDENT, file);

  g_assert_true (iw_import_work_probe (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return work;
}

static void
test_import_as_entries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_in (fixture, "iris.csv");
  g_autoptr (GFile) rejects = file_in (fixture, "iris-rejected.csv");
  g_autoptr (GError) error = NULL;
  g_autofree char *rejected = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  IwImportWork *work;

  put_file (file, IRIS);
  work = probed (fixture, file);
  work->target = IW_IMPORT_AS_ENTRIES;
  g_assert_true (iw_import_work_dry_run (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (work->counts.rejected, ==, 1);
  g_assert_cmpuint (work->rejects->len, ==, 1);

  work->rejects_file = g_object_ref (rejects);
  g_assert_true (iw_import_work_export_rejects (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  rejected = get_file (rejects);
  g_assert_nonnull (strstr (rejected, "not a date"));

  g_assert_true (iw_import_work_commit (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  {
    g_autoptr (IwTimelineView) view = open_view (fixture);

    g_assert_cmpint (iw_timeline_view_get_n_entries (view), ==, 2);
    g_assert_cmpint (iw_timeline_view_get_n_events (view), ==, 0);
  }
  iw_import_work_unref (work);
}

static void
test_another_encoding (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_in (fixture, "iris.csv");
  g_autoptr (GError) error = NULL;
  IwImportWork *work;

  put_file (file, IRIS);
  work = probed (fixture, file);
  g_assert_cmpstr (work->encoding, ==, "UTF-8");
  g_free (work->encoding);
  work->encoding = g_strdup ("WINDOWS-1252");
  g_assert_true (iw_import_work_adjust (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (work->encoding, ==, "WINDOWS-1252");
  g_assert_true (iw_import_work_dry_run (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (work->counts.rejected, ==, 1);
  iw_import_work_unref (work);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_in (fixture, "iris.csv");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  IwImportWork *work;

  put_file (file, IRIS);
  g_cancellable_cancel (cancelled);
  work = iw_import_work_new (fixture->dir, "", INCIDENT, file);
  g_assert_false (iw_import_work_probe (NULL, work, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  iw_import_work_unref (work);

  work = probed (fixture, file);
  g_assert_false (iw_import_work_dry_run (NULL, work, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (iw_import_work_dry_run (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (iw_import_work_commit (NULL, work, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* what was cancelled can be done again */
  g_assert_true (iw_import_work_dry_run (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (iw_import_work_commit (NULL, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  iw_import_work_unref (work);
}

/* ---- export ---- */

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_in (fixture, "out.md");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (IwFilter) filter = iw_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  IwExportWork *work;

  g_free (put_text (fixture, 0, "Blocked the account"));
  g_free (put_text (fixture, 60, "Told everybody"));
  work = iw_export_work_new (INCIDENT, filter, IW_EXPORT_MARKDOWN, utc, file);
  g_assert_true (iw_export_work_write (fixture->store, work, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (work->counts.n_rows, ==, 2);
  content = get_file (file);
  g_assert_nonnull (strstr (content, "Blocked the account"));
  iw_export_work_free (work);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/import-work/file-out", test_file_out);
  add_test ("/import-work/as-entries", test_import_as_entries);
  add_test ("/import-work/another-encoding", test_another_encoding);
  add_test ("/import-work/cancelled", test_cancelled);
  add_test ("/import-work/export", test_export);
  return g_test_run ();
}
