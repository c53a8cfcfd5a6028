/* round-trip.h: what is exported imports again as the same */
#pragma once

#include "import-fixture.h"

static inline void
log_rejects (IwTimelineImport *import)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rejects = iw_timeline_import_get_rejects (import, 0, 10, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rejects->len; i++)
    {
      IwReject *reject = g_ptr_array_index (rejects, i);

      g_test_message ("row %d, line %d, field “%s”: %s [%s]", (int)reject->row, (int)reject->line,
                      reject->field, reject->reason, reject->value);
      g_assert_cmpint (reject->row, >, 0);
      g_assert_cmpint (reject->line, >, 0);
      g_assert_cmpuint (strlen (reject->reason), >, 10);
    }
}

/* Fields that an export writes in its own form, or adds. */
static inline gboolean
is_time_field (const char *name)
{
  static const char *const names[] = { "datetime",      "timestamp",    "original_time",
                                       "evidence_name", "evidence_row", NULL };

  return g_strv_contains (names, name);
}

/* Every field of the event in the first file has the same value in the second. */
static inline void
assert_same_fields (Workspace *w,
                    const char *docid_a,
                    const IwEvent *a,
                    const char *docid_b,
                    const IwEvent *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields_a =
      iw_timeline_import_read_fields (w->store, docid_a, a, NULL, &error);
  g_autoptr (GPtrArray) fields_b = NULL;

  g_assert_no_error (error);
  fields_b = iw_timeline_import_read_fields (w->store, docid_b, b, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < fields_a->len; i++)
    {
      IwField *field = g_ptr_array_index (fields_a, i);
      g_autofree char *value = workspace_field (fields_b, field->name);

      if (is_time_field (field->name))
        continue;
      g_assert_cmpstr (value, ==, field->value);
    }
}

static inline void
assert_same_events (Workspace *w, const char *docid_a, const char *docid_b, gboolean all_fields)
{
  g_autoptr (GPtrArray) a = workspace_events (w, docid_a);
  g_autoptr (GPtrArray) b = workspace_events (w, docid_b);

  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const IwEvent *x = g_ptr_array_index (a, i);
      const IwEvent *y = g_ptr_array_index (b, i);

      g_assert_cmpint (x->time.us, ==, y->time.us);
      g_assert_cmpint (x->time.precision, ==, y->time.precision);
      g_assert_cmpstr (x->message, ==, y->message);
      g_assert_cmpstr (x->desc, ==, y->desc);
      if (all_fields && i < 200)
        assert_same_fields (w, docid_a, x, docid_b, y);
    }
}

static inline void
round_trip (Workspace *w, const char *docid, IwExportFormat format, gint64 rows)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;
  g_autofree char *incident = workspace_add_incident (w, "Again");
  g_autoptr (IwTimelineImport) import = NULL;
  IwImportCounts counts;
  gint64 n = 0;

  bytes = workspace_export (w, w->incident, NULL, format, &n);
  g_assert_cmpint (n, ==, rows);
  path = fixture_file (dir, iw_export_format_to_string (format), g_bytes_get_data (bytes, NULL),
                       g_bytes_get_size (bytes));
  import = workspace_probe (w, path);
  g_assert_false (iw_timeline_import_needs_zone (import));
  iw_timeline_import_set_target (import, IW_IMPORT_AS_EVIDENCE);
  counts = workspace_dry_run (w, import, incident);
  log_rejects (import);
  g_assert_cmpint (counts.good, ==, rows);
  g_assert_cmpint (counts.rejected, ==, 0);
  again = workspace_commit (w, import, incident);
  assert_same_events (w, docid, again, format != IW_EXPORT_IRIS_CSV);
  iw_test_remove_dir (dir);
}
