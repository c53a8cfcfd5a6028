/* situation-fixture.h: an incident of decisions and documents, looked at at some minute. */
#pragma once

#include "decision-fixture.h"

#include "iw-gap.h"
#include "iw-situation.h"

typedef struct
{
  Entries *entries;
  GPtrArray *documents;
  GPtrArray *directory;
} World;

static inline World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  world->entries = entries_new ();
  world->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  world->directory = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  return world;
}

static inline void
world_free (World *world)
{
  g_ptr_array_unref (world->entries);
  g_ptr_array_unref (world->documents);
  g_ptr_array_unref (world->directory);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static inline IwSituation *
world_look (World *world, gint64 now)
{
  return iw_situation_new (INCIDENT, world->entries, world->documents, world->directory,
                           minute (now));
}

/* A document from JSON text; its id is given. (transfer none) */
static inline IwDocument *
add_document (GPtrArray *documents, const char *id, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  IwDocument *document;

  g_assert_nonnull (node);
  document = iw_document_new (id, "1-a", json_node_get_object (node));
  g_ptr_array_add (documents, document);
  return document;
}

static inline void
add_task (World *world, const char *id, const char *phase, const char *more)
{
  g_autofree char *json = g_strdup_printf (
      "{\"type\":\"task\",\"title\":\"Task %s\",\"phase\":\"%s\"%s}", id, phase, more);

  add_document (world->documents, id, json);
}

static inline void
add_notice (World *world, const char *id, const char *audience, const char *body)
{
  g_autofree char *json = g_strdup_printf (
      "{\"type\":\"notice\",\"title\":\"Notice %s\",\"audience\":\"%s\",\"body\":\"%s\"}", id,
      audience, body);

  add_document (world->documents, id, json);
}

static inline void
add_scope (World *world, const char *id, const char *kind, const char *mail)
{
  g_autofree char *json = g_strdup_printf (
      "{\"type\":\"scope\",\"scope_kind\":\"%s\",\"name\":\"Item %s\",\"mail\":\"%s\"}", kind, id,
      mail);

  add_document (world->documents, id, json);
}

static inline IwEntry *
put_task (World *world, gint64 n, const char *task, const char *to)
{
  return put (
      world->entries, n,
      iw_decision_new (INCIDENT, "task-state", "subject", task, "to", to, "why", "w", NULL));
}

static inline IwEntry *
put_scope (World *world, gint64 n, const char *item, const char *to)
{
  return put (
      world->entries, n,
      iw_decision_new (INCIDENT, "scope-state", "subject", item, "to", to, "why", "w", NULL));
}

static inline IwEntry *
put_marking (World *world, gint64 n, const char *evidence, const char *marks)
{
  return put (
      world->entries, n,
      iw_decision_new (INCIDENT, "marking", "subject", evidence, "marks", marks, "why", "w", NULL));
}

static inline IwEntry *
put_approval (World *world, gint64 n, const char *items, const char *by)
{
  return put (world->entries, n,
              iw_decision_new (INCIDENT, "approval", "items", items, "recipient", "Lab", "purpose",
                               "analysis", "approved_by", by, NULL));
}

static inline IwEntry *
put_detection (World *world, gint64 n, const char *realm)
{
  return put (world->entries, n,
              iw_decision_new (INCIDENT, "detection", "to", "automated-anomaly", "realm", realm,
                               "referred_to", "Partner", NULL));
}

static inline IwEntry *
put_assessment (World *world, gint64 n, const char *to)
{
  return put (
      world->entries, n,
      iw_decision_new (INCIDENT, "assessment", "to", to, "why", "w", "evidence", "log", NULL));
}
