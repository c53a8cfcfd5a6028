/* iw-derived.h: what iw-derived.c shares with the check and the queries. Private to src/store. */
#pragma once

#include "iw-queries.h"
#include "iw-store-private.h"

G_BEGIN_DECLS

/* Bind all columns of a derived table in the order of its definition, document first. */
void iw_derived_bind_entry (IwDbStmt *stmt, gint64 doc, IwEntry *entry);
void iw_derived_bind_evidence (IwDbStmt *stmt, gint64 doc, IwEvidence *evidence);
void iw_derived_bind_incident (IwDbStmt *stmt, gint64 doc, const IwIncidentRow *row);

/* What the stored decisions of an incident add up to. (transfer full) */
IwIncidentState *iw_derived_fold (IwStore *self, const char *incident, GError **error);
/* The row that an incident should have. (transfer full) */
IwIncidentRow *iw_derived_make_incident (IwStore *self, const char *incident, JsonObject *body, GError **error);
/* A title as the filter compares it: any case, any normal form. (transfer full) */
char *iw_derived_fold_title (const char *title);

G_END_DECLS
