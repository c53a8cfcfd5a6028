/* iw-incident.h: an incident's own document and the state that its decisions add up to.
 *
 * The document holds what is no decision: the title, a summary, the incident's zone. Stage, severity
 * and classification are the fold of its entries (architecture.md, idea 1).
 */
#pragma once

#include "iw-decisions.h"
#include "iw-form-kind.h"

G_BEGIN_DECLS

/* process.md P2 */
typedef enum
{
  IW_STAGE_DETECT,
  IW_STAGE_ASSESS,
  IW_STAGE_DIAGNOSE,
  IW_STAGE_STABILISE,
  IW_STAGE_CLOSED,
  IW_N_STAGES
} IwStage;

typedef enum
{
  IW_SEVERITY_UNSET,
  IW_SEVERITY_LOW,
  IW_SEVERITY_MEDIUM,
  IW_SEVERITY_HIGH,
  IW_SEVERITY_CRITICAL,
  IW_N_SEVERITIES
} IwSeverity;

typedef enum
{
  IW_PRIORITY_UNSET,
  IW_PRIORITY_P4, /* lowest */
  IW_PRIORITY_P3,
  IW_PRIORITY_P2,
  IW_PRIORITY_P1,
  IW_N_PRIORITIES
} IwPriority;

/* process.md C1 */
typedef enum
{
  IW_CLASSIFICATION_UNSET,
  IW_CLASSIFICATION_FALSE_POSITIVE,
  IW_CLASSIFICATION_SECURITY_INCIDENT,
  IW_CLASSIFICATION_CRSI,
  IW_CLASSIFICATION_PRIVACY,
  IW_N_CLASSIFICATIONS
} IwClassification;

/* What documents hold ("detect"; "" for unset), static; labels are translated, static. */
const char *iw_stage_to_string (IwStage stage);
/* The from_string functions leave @out alone and return FALSE where @text is no such value. */
gboolean iw_stage_from_string (const char *text, IwStage *out);
const char *iw_stage_label (IwStage stage); /* translated, static */
const char *iw_severity_to_string (IwSeverity severity);
gboolean iw_severity_from_string (const char *text, IwSeverity *out);
const char *iw_severity_label (IwSeverity severity);
const char *iw_priority_to_string (IwPriority priority); /* "p1" */
gboolean iw_priority_from_string (const char *text, IwPriority *out);
const char *iw_priority_label (IwPriority priority);     /* "P1" */
const char *iw_classification_to_string (IwClassification classification);
gboolean iw_classification_from_string (const char *text, IwClassification *out);
const char *iw_classification_label (IwClassification classification);

/* A stage in force for a while, for the bands of P5. @end is G_MAXINT64 while it lasts. */
typedef struct
{
  IwStage stage;
  gint64 start;
  gint64 end;
} IwStageBand;

/* A span of time; @end is G_MAXINT64 while it lasts. */
typedef struct
{
  gint64 start;
  gint64 end;
} IwSpan;

/* What the decisions add up to. Entries are owned by it; NULL where there is no such decision. */
typedef struct
{
  IwStage stage;
  IwSeverity severity;      /* at least HIGH where risk to customer data is imminent or confirmed (C5) */
  IwSeverity set_severity;  /* as it was decided */
  IwPriority priority;      /* P1 where that risk is */
  IwPriority set_priority;  /* as it was decided */
  IwClassification classification;
  gboolean urgent;          /* there is that risk, and the incident is open: around the clock (C5) */
  gboolean containing;      /* containment runs (P3), in whatever stage */
  IwEntry *detection;       /* D1, D2 */
  IwEntry *assessment;      /* D3 */
  IwEntry *classified;      /* the classification entry in force */
  IwEntry *impact;          /* C4 */
  GHashTable *roles;        /* role -> the role entry in force that names somebody (utf8 IwEntry); the first expert's */
  GPtrArray *experts;       /* (element-type IwEntry) that of each, in order (R3): see iw-experts.h */
  GHashTable *activities;   /* activity -> entry (utf8 IwEntry), R2 */
  GArray *containment;      /* (element-type IwSpan), in order (P3, P5) */
  /* First time of a decision about the incident as a whole: stage, classification, severity, priority,
   * detection, assessment, impact, containment; 0 if there is none (its document's created_at then). */
  gint64 opened_at;
  gint64 closed_at;  /* 0 while open */
  /* (element-type IwStageBand), in order of time, without gaps from opened_at on. It begins with
   * DETECT where no stage was set at first; empty where opened_at is 0. */
  GArray *bands;
} IwIncidentState;

/* The fold: a pure function of the decisions, so the same for every order they arrived in; of two about
 * the same the later one is in force (see iw-decisions.h). (transfer full) */
IwIncidentState *iw_incident_fold (IwDecisions *decisions);
void iw_incident_state_free (IwIncidentState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwIncidentState, iw_incident_state_free)

/* A decision entry of a kind without going through a form, for imports, alerts and the sample: the named
 * fields, then a NULL. A value with several lines is a list where the kind says so. Its text says in the
 * user's language what was decided; times, author and links are the caller's to set. It is not checked:
 * see iw_decision_check(). @kind: "stage", "declaration" … (transfer full) */
IwEntry *iw_decision_new (const char *incident, const char *kind, const char *first_field, ...) G_GNUC_NULL_TERMINATED;
/* The text that says what an entry of a kind with these fields decides: "Severity changed from Medium to
 * High: customer data was read". (transfer full) */
char *iw_decision_describe (const IwFormKind *kind, IwFieldGetter get, gpointer source);

/* The incident document: {"type":"incident","v":1,"incident":uuid,"title","summary","zone", ...}.
 * (transfer full) */
JsonObject *iw_incident_new_document (const char *incident, const char *title, const char *summary,
                                      const char *zone);

G_END_DECLS
