/* iw-impact.h: from impact to severity and priority (process.md C4, C5; NIST SP 800-61r2 section 3.2.6).
 *
 * The matrix is data: a list of rules, the first that fits proposes. A team edits it as the workspace
 * document "workspace:matrix"; where there is none the built-in one holds. Values are immutable.
 */
#pragma once

#include "iw-incident.h"

G_BEGIN_DECLS

/* The values of the impact entry's fields; the first is also "not known yet". */
typedef struct
{
  const char *functional;     /* none low medium high */
  const char *information;    /* none privacy-breach proprietary-breach integrity-loss */
  const char *recoverability; /* regular supplemented extended not-recoverable */
  const char *risk;           /* to customer data: none imminent confirmed */
} IwImpact;

typedef struct _IwMatrix IwMatrix; /* counted */

#define IW_MATRIX_DOCID "workspace:matrix"

/* The built-in one (a resource of this library). (transfer full) */
IwMatrix *iw_matrix_new_default (void);
/* {"type":"matrix","v":1,"rules":[{"functional":["high"],"information":[…],"recoverability":[…],"risk":[…],
 * "severity":"high","priority":"p1","why":"…"}]}: an absent condition fits all. IW_MODEL_ERROR_INVALID with
 * rule and field where a value is unknown, or where the last rule does not fit everything. At most 200
 * rules. (transfer full) */
IwMatrix *iw_matrix_new_from_json (JsonObject *body, GError **error);
JsonObject *iw_matrix_to_json (IwMatrix *self); /* (transfer full) */
IwMatrix *iw_matrix_ref (IwMatrix *self);
void iw_matrix_unref (IwMatrix *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwMatrix, iw_matrix_unref)

typedef struct
{
  IwSeverity severity;
  IwPriority priority;
  guint rule; /* counted from 1 */
  char *why;  /* the rule in words: "Rule 3: high functional impact, so High and P1" */
} IwProposal;
void iw_proposal_free (IwProposal *proposal); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwProposal, iw_proposal_free)

/* What the first rule that fits proposes; imminent or confirmed risk to customer data makes it at least
 * high and P1 whatever the rules say, and @why says so (C5). NULL values count as the first. (transfer full) */
IwProposal *iw_matrix_propose (IwMatrix *self, const IwImpact *impact);

/* Whether @risk alone forces high severity and work around the clock (C5). */
gboolean iw_impact_risk_is_urgent (const char *risk);

G_END_DECLS
