/* iw-facts.h: what the pages of an incident say of its situation, without widgets.
 *
 * Each function appends to @facts (element-type IwFact). Pure; main thread.
 */
#pragma once

#include "iw-fact.h"
#include "iw-situation.h"

G_BEGIN_DECLS

typedef struct
{
  IwSituation *situation;
  GTimeZone *zone; /* that times are shown in */
  gint64 now;      /* µs */
} IwFactContext;

typedef void (*IwFactsFunc) (GPtrArray *facts, const IwFactContext *context);

/* ---- the Response tab, by group ---- */
void iw_facts_stage (GPtrArray *facts, const IwFactContext *context);
void iw_facts_detection (GPtrArray *facts, const IwFactContext *context);      /* D1, D2 */
void iw_facts_assessment (GPtrArray *facts, const IwFactContext *context);     /* D3 */
void iw_facts_classification (GPtrArray *facts, const IwFactContext *context); /* C1 to C3 */
void iw_facts_impact (GPtrArray *facts, const IwFactContext *context);         /* C4, C5 */
void iw_facts_clocks (GPtrArray *facts, const IwFactContext *context);         /* N1 */
void iw_facts_escalations (GPtrArray *facts, const IwFactContext *context);    /* R4 */
void iw_facts_roles (GPtrArray *facts, const IwFactContext *context);          /* R3 */
void iw_facts_liaison (GPtrArray *facts, const IwFactContext *context);        /* R6 */
void iw_facts_work (GPtrArray *facts, const IwFactContext *context);           /* R2, S1 */

/* ---- the Overview tab ---- */
void iw_facts_held_back (GPtrArray *facts, const IwFactContext *context); /* that the server did not take */
void iw_facts_overdue (GPtrArray *facts, const IwFactContext *context);
void iw_facts_force (GPtrArray *facts, const IwFactContext *context);
void iw_facts_running (GPtrArray *facts, const IwFactContext *context);
void iw_facts_known (GPtrArray *facts, const IwFactContext *context);
void iw_facts_missing (GPtrArray *facts, const IwFactContext *context);
void iw_facts_held_roles (GPtrArray *facts, const IwFactContext *context);
void iw_facts_counts (GPtrArray *facts, const IwFactContext *context); /* E5, S1, E2, D4 */

/* ---- parts of these ---- */

/* Notes when and by whom @entry was decided: "3 Nov 2026 03:06, A. Sato". */
void iw_facts_set_decided (IwFact *fact, const IwFactContext *context, IwEntry *entry);
/* Two texts on lines of their own; either may be "". (transfer full) */
char *iw_facts_lines (const char *first, const char *second);
/* How long since: "for 2 h", "just now" below a minute. (transfer full) */
char *iw_facts_for (gint64 since, gint64 now);
/* A link for each entry or file that @entry cites, in an expander; nothing where it cites none. */
void iw_facts_add_cited (GPtrArray *facts,
                         const IwFactContext *context,
                         const char *key,
                         IwEntry *entry);
/* All decisions of some kinds (ended by IW_ENTRY_UNKNOWN), the latest first, in an expander;
 * nothing where there is but one. */
void iw_facts_add_history (GPtrArray *facts,
                           const IwFactContext *context,
                           const char *key,
                           const IwEntryKind *kinds);
/* A clock with its words and how much of its time is gone. (transfer none) */
IwFact *iw_facts_add_clock (GPtrArray *facts, const IwFactContext *context, const IwClock *clock);
IwFact *iw_facts_add_escalation (GPtrArray *facts,
                                 const IwFactContext *context,
                                 const IwEscalation *escalation);

G_END_DECLS
