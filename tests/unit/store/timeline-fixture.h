/* timeline-fixture.h: incidents with entries and machine timelines, for the tests of the view. */
#pragma once

#include "event-fixture.h"
#include "iw-id.h"
#include "iw-queries.h"
#include "iw-timeline-view.h"

/* Tuesday 2026-10-20T00:00:00Z: five days before Berlin turns its clocks back. */
#define FIXTURE_TIME G_GINT64_CONSTANT (1792454400000000)
#define FIXTURE_HOUR (3600 * IW_USEC_PER_SEC)

typedef struct
{
  char *dir;
  IwContext *context;
  IwStore *store;
  char *incident;
} Fixture;

static inline void
put (Fixture *fixture, const char *docid, JsonObject *body)
{
  g_autoptr (GError) error = NULL;
  IwChange change = { docid, body };

  iw_store_apply (fixture->store, "Add Entry", &change, 1, 1, &error);
  g_assert_no_error (error);
}

static inline void
new_incident (Fixture *fixture)
{
  g_autofree char *docid = NULL;
  g_autoptr (JsonObject) body = NULL;

  g_free (fixture->incident);
  fixture->incident = iw_id_new (fixture->context);
  docid = iw_id_incident_document (fixture->incident);
  body = iw_incident_new_document (fixture->incident, "A case", "", "UTC");
  put (fixture, docid, body);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = iw_test_make_dir ();
  fixture->context = iw_context_new_fake (FIXTURE_TIME, 1000, 42);
  fixture->store = iw_store_open (fixture->dir, IW_STORE_OPEN_DEFAULT, fixture->context, &error);
  g_assert_no_error (error);
  new_incident (fixture);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  iw_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->incident);
  g_free (fixture->context);
}

/* Gives it an id and stores it. */
static inline void
put_entry (Fixture *fixture, IwEntry *entry)
{
  g_autofree char *id = iw_id_new_document (fixture->context, fixture->incident, "entry");
  g_autoptr (JsonObject) body = NULL;

  if (iw_entry_get_id (entry) == NULL)
    iw_entry_set_id (entry, id);
  body = iw_entry_to_json (entry);
  put (fixture, iw_entry_get_id (entry), body);
}

static inline IwEntry *
make_entry (Fixture *fixture, gint64 us, const char *text)
{
  IwEntry *entry = iw_entry_new (fixture->incident, IW_ENTRY_OBSERVATION, text);

  iw_entry_set_occurred (entry, (IwTime){ us, IW_PRECISION_MICROSECOND });
  return entry;
}

/* An entry with time and text alone; returns its id. */
static inline char *
add_entry (Fixture *fixture, gint64 us, const char *text)
{
  g_autoptr (IwEntry) entry = make_entry (fixture, us, text);

  put_entry (fixture, entry);
  return g_strdup (iw_entry_get_id (entry));
}

/* An evidence document without index; returns its id. */
static inline char *
add_evidence (Fixture *fixture, const char *name, gint64 skew)
{
  g_autoptr (IwEvidence) evidence =
      iw_evidence_new (fixture->incident, name,
                       "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 10);
  g_autoptr (JsonObject) timeline = json_object_new (), body = NULL;
  char *id = iw_id_new_document (fixture->context, fixture->incident, "evidence");

  json_object_set_string_member (timeline, "format", "timesketch-csv");
  iw_evidence_set_timeline (evidence, timeline);
  iw_evidence_set_skew (evidence, skew);
  body = iw_evidence_to_json (evidence);
  put (fixture, id, body);
  return id;
}

static inline char *
add_timeline (Fixture *fixture, const char *name, gint64 skew, const FixtureEvent *events, guint n)
{
  char *id = add_evidence (fixture, name, skew);

  fixture_build (fixture->dir, id, events, n);
  return id;
}

static inline IwTimelineView *
open_view (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  IwTimelineView *view = iw_timeline_view_new (fixture->store, fixture->incident, &error);

  g_assert_no_error (error);
  return view;
}

static inline void
set_filter (Fixture *fixture, IwTimelineView *view, const IwFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwTimelineMatch) match = NULL;

  if (iw_timeline_view_needs_match (filter))
    match = iw_timeline_match_new (fixture->store, fixture->incident, filter, NULL, &error);
  g_assert_no_error (error);
  iw_timeline_view_set_filter (view, filter, match);
}

/* Adds @n events @step apart from @us on, with messages "<prefix>0", "<prefix>1"... to @events. */
static inline void
fill_events (FixtureEvent *events, guint n, gint64 us, gint64 step)
{
  for (guint i = 0; i < n; i++)
    events[i] = (FixtureEvent){ us + i * step, "event", NULL, NULL, 0 };
}
