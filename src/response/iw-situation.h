/* iw-situation.h: all that a form, the overview or a message needs to know of one incident at one moment.
 *
 * Made by the store in one read (iw_query_situation()) or by a test; immutable and counted; it may be
 * handed to another thread. All folds are in it, so that screens never fold by themselves.
 */
#pragma once

#include "iw-clock.h"
#include "iw-document.h"
#include "iw-escalation.h"
#include "iw-impact.h"
#include "iw-incident.h"
#include "iw-notice.h"
#include "iw-scope.h"

G_BEGIN_DECLS

typedef struct _IwSituation IwSituation;

/* @incident: a UUID. @entries: (element-type IwEntry) of the incident; decisions are what matters.
 * @documents: (element-type IwDocument) of the incident other than entries: the incident itself, evidence,
 * task, notice, scope, indicator, asset. @directory: (element-type IwDocument) workspace documents: team,
 * person, matrix. @now: µs. All are kept, not copied. (transfer full) */
IwSituation *iw_situation_new (const char *incident, GPtrArray *entries, GPtrArray *documents,
                               GPtrArray *directory, gint64 now);
/* The decisions that a server did not take, by id, NULL-terminated. They count here all the same: what is lost on the
 * way to others must not be lost here too (iw-gap.h tells). Set only by who made @self, before another has it. */
void iw_situation_set_refused (IwSituation *self, const char *const *docids);
const char *const *iw_situation_get_refused (IwSituation *self); /* never NULL */
IwSituation *iw_situation_ref (IwSituation *self);
void iw_situation_unref (IwSituation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwSituation, iw_situation_unref)

/* (transfer none), as long as @self; so are the lists and states below that do not say otherwise. */
const char *iw_situation_get_incident (IwSituation *self); /* "" for the directory alone */
const char *iw_situation_get_title (IwSituation *self); /* "" if it has none */
GTimeZone *iw_situation_get_zone (IwSituation *self);            /* the incident's; UTC if it has none */
gint64 iw_situation_get_now (IwSituation *self); /* µs, as given */
IwDecisions *iw_situation_get_decisions (IwSituation *self);
const IwIncidentState *iw_situation_get_state (IwSituation *self);
GPtrArray *iw_situation_get_entries (IwSituation *self);         /* (element-type IwEntry), as given */
GPtrArray *iw_situation_get_clocks (IwSituation *self);          /* (element-type IwClock) */
GPtrArray *iw_situation_get_escalations (IwSituation *self);     /* (element-type IwEscalation) */
GPtrArray *iw_situation_get_notices (IwSituation *self);         /* (element-type IwNoticeState) */
/* Of one notice; one that was never decided upon is a draft. NULL only for an unknown id. */
const IwNoticeState *iw_situation_get_notice (IwSituation *self, const char *docid);
GPtrArray *iw_situation_get_scope (IwSituation *self);           /* (element-type IwScopeItem) */
IwMatrix *iw_situation_get_matrix (IwSituation *self); /* the workspace's, else the usual one */
/* The person that holds a role ("incident-manager", …: the role form's choices), the first of the experts; "" if
 * nobody. */
const char *iw_situation_get_role (IwSituation *self, const char *role);
/* The entries in force whose "to" holds a role: one at most, but for experts, in order. (element-type IwEntry)
 * (transfer container) */
GPtrArray *iw_situation_get_holders (IwSituation *self, const char *role);
/* Whether a person of that name is one of the experts now; names are compared as forms do. */
gboolean iw_situation_is_expert (IwSituation *self, const char *person);
/* All that hold a role in a row, "A. Sato, B. Berg"; "" if nobody. (transfer full) */
char *iw_situation_name_holders (IwSituation *self, const char *role);
/* Documents of a type, incident's and directory's, by id. (element-type IwDocument) (transfer container) */
GPtrArray *iw_situation_get_documents (IwSituation *self, const char *type);
IwDocument *iw_situation_find (IwSituation *self, const char *docid); /* (transfer none), NULL if none */
/* What a document or entry is called, for sentences; words for what was erased for good; a short form of the id
 * where it is unknown. (transfer full) */
char *iw_situation_name (IwSituation *self, const char *docid);
/* Names of persons, of teams (and roles), for completion. (transfer full) */
char **iw_situation_get_people (IwSituation *self);
char **iw_situation_get_teams (IwSituation *self);

/* ---- tasks, evidence ---- */

/* The state of a task: "planned", "in-progress", "done", "dropped"; @entry (optional, transfer none). */
const char *iw_situation_get_task_state (IwSituation *self, const char *docid, IwEntry **entry);
/* Tasks by phase (containment, eradication, recovery, longer-term, follow-up), emergency first, then by
 * their "order", then id (S1). (element-type IwDocument) (transfer container) */
GPtrArray *iw_situation_get_plan (IwSituation *self);
/* Emergency mitigation, which stands out (S1). @task: a document of type "task". */
gboolean iw_situation_task_is_emergency (IwDocument *task);
/* Marks in force on an evidence file: "sensitive", "confidential", "customer-data". (transfer full) */
char **iw_situation_get_marks (IwSituation *self, const char *evidence);
/* The approval entry in force that lets @evidence out (E3); NULL where there is none. It must be that of the
 * incident manager of its time, if there was one, and younger than the last marking of @evidence. */
IwEntry *iw_situation_get_approval (IwSituation *self, const char *evidence);
/* Custody, marking, approval and release entries about @evidence, in order. (element-type IwEntry)
 * (transfer container) */
GPtrArray *iw_situation_get_custody (IwSituation *self, const char *evidence);

G_END_DECLS
