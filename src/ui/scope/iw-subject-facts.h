/* iw-subject-facts.h: all that is known of one document, as facts: its fields, the decisions about
 * it, what it cites and what cites it.
 *
 * From a situation, without widgets. Rows copy text with the action "subject.copy" (s) and lead to
 * entries with "incident.goto" (s). Main thread.
 */
#pragma once

#include "iw-fact.h"
#include "iw-indicator-items.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* Its fields that are filled in, as its form names them; texts that people pass on can be copied.
 * @zone: that times are shown in. (element-type IwFact) (transfer full), as all below */
GPtrArray *iw_subject_fields (IwDocument *document, GTimeZone *zone);
/* Of something affected: in which state it is, and why. */
GPtrArray *iw_subject_state (const IwScopeItem *item, GTimeZone *zone);
/* The decisions in force about it, the latest first. */
GPtrArray *iw_subject_decisions (IwSituation *situation, const char *docid, GTimeZone *zone);
/* What an entry cites, by name. NULL: nothing. */
GPtrArray *iw_subject_cited (IwSituation *situation, IwEntry *entry, GTimeZone *zone);
/* Entries that an indicator is linked with. */
GPtrArray *iw_subject_linked (IwIndicators *indicators, const char *docid, GTimeZone *zone);
/* Its result in each sweep. */
GPtrArray *iw_subject_sweeps (IwIndicators *indicators, const char *docid, GTimeZone *zone);

G_END_DECLS
