/* iw-incident.h: an incident's own document and the state that its decisions add up to.
 *
 * The document holds what is no decision: the title, a summary, the incident's zone. Stage, severity
 * and classification are the fold of its entries (architecture.md, idea 1).
 */
#pragma once

#include "iw-entry.h"

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

const char *iw_stage_to_string (IwStage stage);
/* The from_string functions leave @out alone and return FALSE where @text is no such value. */
gboolean iw_stage_from_string (const char *text, IwStage *out);
const char *iw_stage_label (IwStage stage); /* translated, static */
const char *iw_severity_to_string (IwSeverity severity);
gboolean iw_severity_from_string (const char *text, IwSeverity *out);
const char *iw_severity_label (IwSeverity severity);
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

/* What the decisions add up to. */
typedef struct
{
  IwStage stage;
  IwSeverity severity;
  IwClassification classification;
  gint64 opened_at;  /* first sort time of a decision, or created_at; 0 if unknown */
  gint64 closed_at;  /* 0 while open */
  /* (element-type IwStageBand), in order of time, without gaps from opened_at on. It begins with
   * DETECT where no stage was set at first; empty without decisions. */
  GArray *bands;
} IwIncidentState;

/* The fold: a pure function of the entries, the same for every order they are given in. Decisions
 * are ordered by occurred time, then recorded, then id; the later one is in force.
 * @entries: (element-type IwEntry) decision entries, others are ignored. (transfer full) */
IwIncidentState *iw_incident_fold (GPtrArray *entries);
void iw_incident_state_free (IwIncidentState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwIncidentState, iw_incident_state_free)

/* A decision entry that sets stage, severity or classification ("to", "from", "why" fields and a
 * readable text in the user's language). @from may be the unset value, for a stage the same as @to:
 * there is then no "from" field. @why may be NULL. Times and author are the caller's to set.
 * (transfer full) */
IwEntry *iw_incident_decide_stage (const char *incident, IwStage from, IwStage to, const char *why);
IwEntry *iw_incident_decide_severity (const char *incident, IwSeverity from, IwSeverity to, const char *why);
IwEntry *iw_incident_decide_classification (const char *incident, IwClassification from,
                                            IwClassification to, const char *why);

/* The incident document: {"type":"incident","v":1,"incident":uuid,"title","summary","zone", ...}.
 * (transfer full) */
JsonObject *iw_incident_new_document (const char *incident, const char *title, const char *summary,
                                      const char *zone);

G_END_DECLS
