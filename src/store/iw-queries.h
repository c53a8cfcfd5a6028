/* iw-queries.h: what the screens ask of a store. Read-only, short, keyset-paged. */
#pragma once

#include "iw-incident.h"
#include "iw-situation.h"
#include "iw-evidence.h"
#include "iw-store.h"

G_BEGIN_DECLS

/* One row of the list of incidents; derived from the incident document and its decisions. */
typedef struct
{
  char *incident;   /* UUID */
  char *title;
  IwStage stage;
  IwSeverity severity;
  IwClassification classification;
  gint64 opened_at; /* µs */
  gint64 closed_at; /* 0 while open */
  gint64 modified_at; /* latest change to the incident or any of its entries */
  guint n_entries;
  IwPriority priority;
  gboolean urgent;            /* C5: around the clock */
  char *source;               /* how it was detected (D1): the detection form's "to"; "" if not recorded */
  gint64 due_at;              /* of what runs (clocks, acknowledgements, N1, R4) the earliest due; 0 if none */
  char *due_name;             /* what that is, as iw-clock.h names it, in the user's language; "" if none */
  guint n_customers;          /* affected: suspected or confirmed (E5) */
} IwIncidentRow;

IwIncidentRow *iw_incident_row_copy (const IwIncidentRow *row); /* (transfer full) */
void iw_incident_row_free (IwIncidentRow *row); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwIncidentRow, iw_incident_row_free)

typedef enum
{
  IW_INCIDENTS_BY_URGENCY, /* open first, severity high to low, then oldest first */
  IW_INCIDENTS_BY_TITLE,
  IW_INCIDENTS_BY_STAGE,
  IW_INCIDENTS_BY_SEVERITY,
  IW_INCIDENTS_BY_CLASSIFICATION,
  IW_INCIDENTS_BY_OPENED,
  IW_INCIDENTS_BY_MODIFIED,
  IW_INCIDENTS_BY_DUE, /* what is due first; those without last (descending: the other way round) */
  IW_INCIDENTS_BY_SOURCE,
  IW_INCIDENTS_BY_PRIORITY,
  IW_INCIDENTS_BY_CUSTOMERS,
} IwIncidentsOrder;

typedef struct
{
  gboolean open_only;
  const char *text;          /* in the title, any case; NULL for all */
  int stage;                 /* IwStage or -1 for all */
  int severity;              /* IwSeverity or -1 */
  int classification;        /* IwClassification or -1 */
  const char *source;        /* a detection source (D1), "" for those without, or NULL for all */
} IwIncidentsFilter;

/* @n rows from @offset in the order asked; those that are equal in it in the order they came to this
 * database. (element-type IwIncidentRow) (transfer full) */
GPtrArray *iw_query_incidents (IwStore *store, const IwIncidentsFilter *filter, IwIncidentsOrder order,
                               gboolean descending, guint offset, guint n, GError **error);
/* How many: @n. FALSE with a database error, @n is as it was. @filter: NULL for all. */
gboolean iw_query_count_incidents (IwStore *store, const IwIncidentsFilter *filter, guint *n, GError **error);
/* One incident, by UUID or a unique prefix of at least 4 characters of it (for the command line).
 * (transfer full), NULL with NOT_FOUND */
IwIncidentRow *iw_query_incident (IwStore *store, const char *incident_or_prefix, GError **error);
/* The state folded from the stored decision entries. (transfer full) */
IwIncidentState *iw_query_incident_state (IwStore *store, const char *incident, GError **error);

/* All there is to know of an incident now, the folds included, in one consistent read. Of the entries it
 * holds decisions, key events, what decisions cite and what indicators are linked with. @now: µs; 0 for the
 * store's clock. NOT_FOUND where there is no such incident. (transfer full) */
IwSituation *iw_query_situation (IwStore *store, const char *incident, gint64 now, GError **error);
/* The directory alone, for forms of workspace documents: a situation without an incident. (transfer full) */
IwSituation *iw_query_directory (IwStore *store, GError **error);
/* Documents of @type ("task", "notice", …) of an incident, or of the workspace (NULL), by id.
 * (element-type IwDocument) (transfer full) */
GPtrArray *iw_query_documents (IwStore *store, const char *incident, const char *type, GError **error);
IwDocument *iw_query_document (IwStore *store, const char *docid, GError **error); /* NULL with NOT_FOUND */
/* The document that was made from something outside (an alert, a VERIS record): its "external" member, such
 * as "alertmanager:9f2c…". Oldest first where there are several. (transfer full), empty if none */
char **iw_query_external (IwStore *store, const char *external, GError **error);
/* Open incidents with something running or overdue, the earliest due first. (element-type IwIncidentRow)
 * (transfer full) */
GPtrArray *iw_query_due (IwStore *store, GError **error);
/* Indicators with a value (normal form, exact; a trailing * for a beginning) over all incidents, newest
 * first. (element-type IwDocument) (transfer full) */
GPtrArray *iw_query_indicators (IwStore *store, const char *value, guint limit, GError **error);

/* An entry by document id. (transfer full) */
IwEntry *iw_query_entry (IwStore *store, const char *docid, GError **error);
/* All live entries of an incident in timeline order. (element-type IwEntry) (transfer full) */
GPtrArray *iw_query_entries (IwStore *store, const char *incident, GError **error);
/* The same, those of one time in any order, for who asks again after a change: an entry that is still
 * at the revision it had is taken from @known instead of being read, which is what takes the time.
 * @known: NULL at first; made, and brought up to date with what is returned. Whoever keeps it must not
 * change the entries. (inout) (element-type utf8 IwEntry) */
GPtrArray *iw_query_entries_again (IwStore *store, const char *incident, GHashTable **known, GError **error);
/* All evidence of an incident, by name. (element-type IwEvidence) (transfer full) */
GPtrArray *iw_query_evidence (IwStore *store, const char *incident, GError **error);

/* Values in use, for filters and completion, most used first, at most @limit. (transfer full) */
typedef enum { IW_FACET_ACTOR, IW_FACET_TEAM, IW_FACET_SOURCE, IW_FACET_TAG } IwFacet;
char **iw_query_facet (IwStore *store, const char *incident, IwFacet facet, guint limit, GError **error);

/* Full-text search over entries (of decisions also the reasons), incidents, and their tasks, notices, scope,
 * indicators, assets and evidence; of one incident or all (NULL). Words must all
 * occur, "phrases" as they stand, a trailing * matches beginnings; CJK matches anywhere. Newest first,
 * keyset-paged: @before is the sort time and id of the last row seen, 0 and NULL to begin. */
typedef struct
{
  char *docid;
  char *incident;
  gint64 time;   /* of an entry; else when it was made, of an incident when it was opened */
  char *title;   /* the incident's title */
  char *type;    /* of the document: "entry", "incident", "task" … */
  char *snippet; /* Pango markup, matches in <b> */
} IwSearchHit;
void iw_search_hit_free (IwSearchHit *hit);
GPtrArray *iw_query_search (IwStore *store, const char *text, const char *incident, gint64 before, const char *before_id,
                            guint limit, GError **error);

/* Named filters of the workspace, synced as documents (workspace:filter-<uuid>). */
char **iw_query_filter_names (IwStore *store, GError **error); /* (transfer full) sorted */
JsonObject *iw_query_filter (IwStore *store, const char *name, GError **error); /* (transfer full) */
gboolean iw_store_save_filter (IwStore *store, const char *name, JsonObject *filter, GError **error); /* NULL deletes; undoable */

G_END_DECLS
