/* store-fixture.h: a workspace of its own for each test, and short ways to make documents. */
#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "iw-queries.h"
#include "iw-store-private.h"
#include "iw-test-support.h"

#define INCIDENT_A "01900000-0000-7000-8000-00000000000a"
#define INCIDENT_B "01900000-0000-7000-8000-00000000000b"
/* 2026-11-03T03:00:00Z */
#define TEST_START G_GINT64_CONSTANT (1793674800000000)

typedef struct
{
  char *dir;
  IwContext *context;
  IwStore *store;
} Fixture;

static inline IwStore *
open_at (const char *dir, IwStoreOpenFlags flags, const IwContext *context)
{
  g_autoptr (GError) error = NULL;
  IwStore *store = iw_store_open (dir, flags, context, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = iw_test_make_dir ();
  fixture->context = iw_context_new_fake (TEST_START, 1000, 42);
  fixture->store = open_at (fixture->dir, IW_STORE_OPEN_DEFAULT, fixture->context);
  iw_store_set_author (fixture->store, "A. Sato");
}

static inline void
reopen (Fixture *fixture)
{
  g_clear_object (&fixture->store);
  fixture->store = open_at (fixture->dir, IW_STORE_OPEN_DEFAULT, fixture->context);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  iw_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->context);
}

#define add_test(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

/* (transfer full) */
static inline JsonObject *
json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/* Writes one document, @text NULL to delete, and expects that it works. */
static inline void
put (IwStore *store, const char *docid, const char *text)
{
  g_autoptr (JsonObject) body = text != NULL ? json (text) : NULL;
  IwChange change = { docid, body };
  g_autoptr (GError) error = NULL;

  iw_store_apply (store, "Change", &change, 1, 1, &error);
  g_assert_no_error (error);
}

/* A member of the winning body, NULL where there is no document. (transfer full) */
static inline char *
get_field (IwStore *store, const char *docid, const char *name)
{
  g_autoptr (JsonObject) body = iw_store_get (store, docid, NULL, NULL);

  if (body == NULL)
    return NULL;
  return g_strdup (json_object_get_string_member_with_default (body, name, NULL));
}

#define assert_field(store, docid, name, expected)                                                  \
  G_STMT_START                                                                                      \
  {                                                                                                 \
    g_autofree char *value_ = get_field (store, docid, name);                                       \
    g_assert_cmpstr (value_, ==, expected);                                                         \
  }                                                                                                 \
  G_STMT_END

/* (transfer full) */
static inline char *
winner_of (IwStore *store, const char *docid)
{
  g_auto (GStrv) leaves = iw_store_get_leaves (store, docid, TRUE, NULL);

  return g_strdup (leaves[0]);
}

/* An incident by its title, the way the program makes it. */
static inline void
put_incident (IwStore *store, const char *incident, const char *title)
{
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autoptr (JsonObject) body = iw_incident_new_document (incident, title, "", "UTC");
  IwChange change = { docid, body };
  g_autoptr (GError) error = NULL;

  iw_store_apply (store, "New Incident", &change, 1, 1, &error);
  g_assert_no_error (error);
}

/* Stores an entry and gives its id. (transfer full) */
static inline char *
put_entry (IwStore *store, IwEntry *entry)
{
  char *docid = iw_id_new_document (iw_store_get_context (store),
                                    iw_entry_get_incident (entry),
                                    "entry");
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);
  IwChange change = { docid, body };
  g_autoptr (GError) error = NULL;

  iw_store_apply (store, "Add Entry", &change, 1, 1, &error);
  g_assert_no_error (error);
  return docid;
}

/* Stores a decision at @seconds after TEST_START. @decision: (transfer full). Gives its id. (transfer full) */
static inline char *
put_decision (IwStore *store, gint64 seconds, IwEntry *decision)
{
  IwTime time = { TEST_START + seconds * IW_USEC_PER_SEC, IW_PRECISION_SECOND };
  char *docid;

  iw_entry_set_occurred (decision, time);
  iw_entry_set_recorded (decision, time);
  docid = put_entry (store, decision);
  g_object_unref (decision);
  return docid;
}

static inline char *
put_severity (IwStore *store, const char *incident, gint64 seconds, const char *to)
{
  return put_decision (store, seconds,
                       iw_decision_new (incident, "severity", "to", to, "why", "because", NULL));
}

/* An observation at @seconds after TEST_START. (transfer full) */
static inline char *
put_text (IwStore *store, const char *incident, gint64 seconds, const char *text)
{
  g_autoptr (IwEntry) entry = iw_entry_new (incident, IW_ENTRY_OBSERVATION, text);

  iw_entry_set_occurred (entry,
                         (IwTime){ TEST_START + seconds * IW_USEC_PER_SEC, IW_PRECISION_SECOND });
  return put_entry (store, entry);
}
