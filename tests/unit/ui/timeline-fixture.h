/* timeline-fixture.h: a workspace with an incident, entries and a machine timeline. */
#pragma once

#include <gtk/gtk.h>
#include <string.h>

#include "iw-event-writer.h"
#include "iw-queries.h"
#include "iw-test-support.h"
#include "iw-timeline-view.h"

#define INCIDENT "01900000-0000-7000-8000-00000000000a"
/* 2026-11-03T03:00:00Z */
#define START G_GINT64_CONSTANT (1793674800000000)

typedef struct
{
  char *dir;
  IwStore *store;
} Fixture;

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *docid = iw_id_incident_document (INCIDENT);
  g_autoptr (JsonObject) body = iw_incident_new_document (INCIDENT, "Phished", "", "Asia/Tokyo");
  IwChange change = { docid, body };

  fixture->dir = iw_test_make_dir ();
  fixture->store = iw_store_open (fixture->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  iw_store_apply (fixture->store, "New Incident", &change, 1, 1, &error);
  g_assert_no_error (error);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  iw_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
}

#define add_test(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

/* Stores @entry, new or changed, and gives its id. (transfer full) */
static inline char *
put_entry (Fixture *fixture, IwEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);
  char *docid = iw_entry_get_id (entry) != NULL
                    ? g_strdup (iw_entry_get_id (entry))
                    : iw_id_new_document (iw_context_system (), INCIDENT, "entry");
  IwChange change = { docid, body };

  iw_store_apply (fixture->store, "Add Entry", &change, 1, 1, &error);
  g_assert_no_error (error);
  return docid;
}

/* @seconds after START. (transfer full) */
static inline char *
put_text (Fixture *fixture, gint64 seconds, const char *text)
{
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_OBSERVATION, text);

  iw_entry_set_occurred (entry, (IwTime){ START + seconds * IW_USEC_PER_SEC, IW_PRECISION_SECOND });
  return put_entry (fixture, entry);
}

static inline void
delete_document (Fixture *fixture, const char *docid)
{
  g_autoptr (GError) error = NULL;
  IwChange change = { docid, NULL };

  iw_store_apply (fixture->store, "Delete", &change, 1, 1, &error);
  g_assert_no_error (error);
}

/* A machine timeline of @n events, @step seconds apart from @seconds after START. (transfer full)
 */
static inline char *
put_timeline (Fixture *fixture, const char *name, guint n, gint64 seconds, gint64 step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (fixture->dir, &error);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  g_autoptr (IwEvidence) evidence = iw_evidence_new (INCIDENT, name, sha256, 1000);
  g_autoptr (JsonObject) timeline = json_object_new ();
  g_autoptr (JsonObject) body = NULL;
  char *docid = iw_id_new_document (iw_context_system (), INCIDENT, "evidence");
  IwChange change = { docid, NULL };
  gint64 good, duplicates, rejected, first, last;
  IwScanned scanned;

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      guint64 print = i + 1;

      scanned = (IwScanned){ .time = { START + (seconds + i * step) * IW_USEC_PER_SEC,
                                       IW_PRECISION_SECOND },
                             .row = i + 1,
                             .line = i + 2,
                             .offset = i * 10,
                             .length = 9 };
      memcpy (scanned.fingerprint, &print, sizeof print);
      g_assert_true (iw_event_writer_scan (writer, &scanned, &error));
    }
  g_assert_true (
      iw_event_writer_end_scan (writer, &good, &duplicates, &rejected, &first, &last, &error));
  while (iw_event_writer_next (writer, &scanned, &error))
    {
      g_autofree char *message = g_strdup_printf ("event %" G_GINT64_FORMAT, scanned.row);

      g_assert_true (iw_event_writer_add (writer, message, "Event Logged", "Security", "host-1",
                                          scanned.row % 2 ? "ana" : "bo", message, &error));
    }
  g_assert_no_error (error);
  g_assert_true (iw_event_writer_finish (writer, docid, NULL, &error));

  json_object_set_string_member (timeline, "format", "generic-csv");
  json_object_set_int_member (timeline, "rows", n);
  iw_evidence_set_timeline (evidence, timeline);
  body = change.body = iw_evidence_to_json (evidence);
  iw_store_apply (fixture->store, "Import Timeline", &change, 1, 1, &error);
  g_assert_no_error (error);
  return docid;
}

static inline IwTimelineView *
open_view (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  IwTimelineView *view = iw_timeline_view_new (fixture->store, INCIDENT, &error);

  g_assert_no_error (error);
  return view;
}
