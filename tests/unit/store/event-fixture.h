/* event-fixture.h: small machine timelines for the tests of the store. */
#pragma once

#include <string.h>

#include "iw-event-writer.h"
#include "iw-store.h"
#include "iw-test-support.h"

#define FIXTURE_EVIDENCE                                                                           \
  "01890000-0000-7000-8000-000000000001:evidence-01890000-0000-7000-8000-00000000000a"

typedef struct
{
  gint64 us;
  const char *message;
  const char *actor;
  const char *text;    /* for the full-text index; NULL: the message */
  guint32 fingerprint; /* 0: one of its own */
} FixtureEvent;

static inline IwScanned
fixture_scanned (const FixtureEvent *event, gint64 row)
{
  IwScanned scanned = {
    { event->us, IW_PRECISION_MICROSECOND }, row, row + 1, row * 100, 99, { 0 }, FALSE
  };
  guint64 fingerprint = event->fingerprint != 0 ? event->fingerprint : (guint64)row << 32;

  memcpy (scanned.fingerprint, &fingerprint, sizeof fingerprint);
  return scanned;
}

/* Rows of the file are counted from 1 in the order of @events. */
static inline void
fixture_scan (IwEventWriter *writer, const FixtureEvent *events, guint n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      IwScanned scanned = fixture_scanned (&events[i], i + 1);

      iw_event_writer_scan (writer, &scanned, &error);
      g_assert_no_error (error);
    }
}

static inline void
fixture_index (IwEventWriter *writer, const FixtureEvent *events)
{
  g_autoptr (GError) error = NULL;
  IwScanned scanned;

  while (iw_event_writer_next (writer, &scanned, &error))
    {
      const FixtureEvent *event = &events[scanned.row - 1];

      iw_event_writer_add (writer, event->message, "Event Logged", "Security", "host-1",
                           event->actor, event->text != NULL ? event->text : event->message,
                           &error);
      g_assert_no_error (error);
    }
  g_assert_no_error (error);
}

static inline void
fixture_build (const char *dir, const char *evidence_id, const FixtureEvent *events, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, &error);
  gint64 good, duplicates, rejected, first, last;

  g_assert_no_error (error);
  fixture_scan (writer, events, n);
  iw_event_writer_end_scan (writer, &good, &duplicates, &rejected, &first, &last, &error);
  g_assert_no_error (error);
  fixture_index (writer, events);
  iw_event_writer_finish (writer, evidence_id, NULL, &error);
  g_assert_no_error (error);
}

static inline IwEventIndex *
fixture_open (const char *dir, const char *evidence_id)
{
  g_autoptr (GError) error = NULL;
  IwEventIndex *index = iw_event_index_open (dir, evidence_id, &error);

  g_assert_no_error (error);
  return index;
}
