/* iw-notice-fixture.h: an incident to write notices about. */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

#define FIXTURE_INCIDENT "01933f60-1c00-7000-8000-000000000001"
/* 2026-11-03T03:04:00Z and an hour later: when it was detected and declared. */
#define FIXTURE_DETECTED G_GINT64_CONSTANT (1793675040000000)
#define FIXTURE_DECLARED (FIXTURE_DETECTED + 3600 * IW_USEC_PER_SEC)

typedef struct
{
  GPtrArray *entries, *documents, *directory;
} Fixture;

/* @known: with a summary, a declaration, scope, plan and people; else a title alone. */
Fixture *fixture_new (gboolean known);
void fixture_free (Fixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
/* A decision with fields: name, value, …, NULL. (transfer none) */
IwEntry *fixture_decide (Fixture *self,
                         const char *id,
                         IwEntryKind kind,
                         gint64 when,
                         const char *first,
                         ...) G_GNUC_NULL_TERMINATED;
/* A document of the incident, or with @directory of the workspace. */
void fixture_document (Fixture *self, gboolean directory, const char *id, const char *json);
IwSituation *fixture_situation (Fixture *self, gint64 now); /* (transfer full) */

G_END_DECLS
