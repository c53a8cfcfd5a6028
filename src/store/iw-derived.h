/* iw-derived.h: what the files of the derived tables share with the check and the queries. Private to src/store. */
#pragma once

#include "iw-decisions.h"
#include "iw-queries.h"
#include "iw-store-private.h"

G_BEGIN_DECLS

/* Bind all columns of a derived table in the order of its definition, document first. */
void iw_derived_bind_entry (IwDbStmt *stmt, gint64 doc, IwEntry *entry);
void iw_derived_bind_evidence (IwDbStmt *stmt, gint64 doc, IwEvidence *evidence);
void iw_derived_bind_document (IwDbStmt *stmt, gint64 doc, const char *docid, JsonObject *body);
void iw_derived_bind_external (IwDbStmt *stmt, gint64 doc, JsonObject *body);
/* FALSE (and nothing bound) where @body has no value to find it by. */
gboolean iw_derived_bind_indicator (IwDbStmt *stmt, gint64 doc, JsonObject *body);

/* Whether a document is an incident's own. */
gboolean iw_derived_is_incident (const char *docid, JsonObject *body);
/* The incident that a document belongs to; "" for the workspace. (transfer full) */
char *iw_derived_incident_of (const char *docid, JsonObject *body);

/* ---- iw-derived-incident.c ---- */

/* A row as the table has it: what is due by a key that is the same in all languages. */
typedef struct
{
  IwIncidentRow row;
  char *due_kind; /* of a clock, "" if nothing runs */
} IwDerivedIncident;
void iw_derived_incident_free (IwDerivedIncident *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwDerivedIncident, iw_derived_incident_free)

void iw_derived_bind_incident (IwDbStmt *stmt, gint64 doc, const IwDerivedIncident *incident); /* as those above */
/* The stored decisions of an incident. (transfer full) */
IwDecisions *iw_derived_read_decisions (IwStore *self, const char *incident, GError **error);
/* The row that an incident should have. @n_entries: -1 to count them. (transfer full) */
IwDerivedIncident *iw_derived_make_incident (IwStore *self, const char *incident, JsonObject *body,
                                             gint64 n_entries, GError **error);
/* What is due in the user's language. (transfer full) */
char *iw_derived_due_words (const char *kind, const char *name);
/* A title as the filter compares it: any case, any normal form. (transfer full) */
char *iw_derived_fold_title (const char *title);

/* ---- iw-derived-text.c ---- */

/* What the search looks at in a document, the chief text first; NULL where it is not searched. (transfer full) */
char **iw_derived_texts (const char *docid, JsonObject *body);
/* The same of an entry that @body was read as. */
char **iw_derived_entry_texts (IwEntry *entry, JsonObject *body);

G_END_DECLS
