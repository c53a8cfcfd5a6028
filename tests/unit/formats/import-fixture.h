/* import-fixture.h: a workspace with an incident, to import into and export from */
#pragma once

#include "formats-fixture.h"
#include "iw-incident.h"
#include "iw-queries.h"
#include "iw-timeline-export.h"
#include "iw-timeline-import.h"

typedef struct
{
  char *dir;
  IwStore *store;
  char *incident;
  char *other; /* a second incident */
} Workspace;

static inline char *
workspace_add_incident (Workspace *w, const char *title)
{
  char *incident = iw_id_new (iw_store_get_context (w->store));
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autoptr (JsonObject) body = iw_incident_new_document (incident, title, "", "UTC");
  IwChange change = { docid, body };
  g_autoptr (GError) error = NULL;

  iw_store_apply (w->store, "New Incident", &change, 1, 1, &error);
  g_assert_no_error (error);
  return incident;
}

static inline void
workspace_set_up (Workspace *w, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  w->dir = iw_test_make_dir ();
  w->store = iw_store_open (w->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  w->incident = workspace_add_incident (w, "First");
  w->other = workspace_add_incident (w, "Second");
}

static inline void
workspace_tear_down (Workspace *w, gconstpointer data)
{
  g_clear_object (&w->store);
  iw_test_remove_dir (w->dir);
  g_free (w->incident);
  g_free (w->other);
  g_free (w->dir);
}

static inline IwTimelineImport *
workspace_probe (Workspace *w, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  IwTimelineImport *import = iw_timeline_import_probe (w->store, file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return import;
}

static inline IwTimelineImport *
workspace_probe_text (Workspace *w, const char *name, const char *text)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = fixture_file (dir, name, text, -1);
  IwTimelineImport *import = workspace_probe (w, path);

  iw_test_remove_dir (dir);
  return import;
}

static inline void
workspace_set_zone (IwTimelineImport *import, const char *zone)
{
  g_autoptr (IwMapping) mapping = iw_mapping_copy (iw_timeline_import_get_mapping (import));

  iw_mapping_set_zone (mapping, zone);
  iw_timeline_import_set_mapping (import, mapping);
}

static inline IwImportCounts
workspace_dry_run (Workspace *w, IwTimelineImport *import, const char *incident)
{
  g_autoptr (GError) error = NULL;
  IwImportCounts counts = { 0 };

  iw_timeline_import_dry_run (import, incident, &counts, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return counts;
}

static inline char *
workspace_commit (Workspace *w, IwTimelineImport *import, const char *incident)
{
  g_autoptr (GError) error = NULL;
  char *docid = NULL;

  iw_timeline_import_commit (import, incident, &docid, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return docid;
}

static inline GBytes *
workspace_export (Workspace *w,
                  const char *incident,
                  const IwFilter *filter,
                  IwExportFormat format,
                  gint64 *n)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  iw_timeline_export (w->store, incident, filter, format, NULL, output, n, NULL, NULL, NULL,
                      &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (output, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

static inline void
workspace_undo (Workspace *w)
{
  g_autoptr (GError) error = NULL;

  iw_store_undo (w->store, NULL, &error);
  g_assert_no_error (error);
}

static inline guint
workspace_count_files (Workspace *w, const char *folder)
{
  g_autofree char *path = g_build_filename (w->dir, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* All events of an evidence document, in order of time. (transfer full) */
static inline GPtrArray *
workspace_events (Workspace *w, const char *docid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventIndex) index = iw_event_index_open (w->dir, docid, &error);
  GPtrArray *events;

  g_assert_no_error (error);
  events = iw_event_index_read (index, 1, iw_event_index_get_n (index), &error);
  g_assert_no_error (error);
  return events;
}

/* The value of a field of an event, NULL where it has none. (transfer full) */
static inline char *
workspace_field (GPtrArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      IwField *field = g_ptr_array_index (fields, i);

      if (strcmp (field->name, name) == 0)
        return g_strdup (field->value);
    }
  return NULL;
}
