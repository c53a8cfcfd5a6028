/* iw-impact-rules.h: the rules from impact to severity and priority (process.md C4) as somebody
 * edits them, without a widget. iw_matrix_new_from_json() is the judge of what may be kept.
 *
 * A list is a GPtrArray of IwImpactRule. Pure; any one thread.
 */
#pragma once

#include "iw-form-kind.h"
#include "iw-impact.h"

G_BEGIN_DECLS

#define IW_IMPACT_N_SCALES 4

typedef struct
{
  guint wanted[IW_IMPACT_N_SCALES]; /* a set of 1 << value; 0: any */
  IwSeverity severity;
  IwPriority priority;
  char *why; /* the team's own words; "" if none */
} IwImpactRule;

/* The field of the impact form that a scale is: its label, its choices. Static. */
const IwFormField *iw_impact_scale_field (guint scale);

/* (element-type IwImpactRule) (transfer full) */
GPtrArray *iw_impact_rules_new (IwMatrix *matrix);
/* The document; members of @old (nullable) that this version does not know stay. (transfer full) */
JsonObject *iw_impact_rules_to_json (GPtrArray *rules, JsonObject *old);
/* Whether they may be kept: IW_MODEL_ERROR_INVALID with rule and field. */
gboolean iw_impact_rules_check (GPtrArray *rules, GError **error);
gboolean iw_impact_rules_equal (GPtrArray *a, GPtrArray *b);

/* Puts one that fits everything before the last; its position. */
guint iw_impact_rules_add (GPtrArray *rules);
/* The last one fits everything: it stays, and stays last. FALSE where nothing was done. */
gboolean iw_impact_rules_remove (GPtrArray *rules, guint position);
/* @step: -1 or 1. */
gboolean iw_impact_rules_move (GPtrArray *rules, guint position, int step);
/* Whether a rule before it takes all that it could fit, so that it never proposes anything. */
gboolean iw_impact_rules_is_shadowed (GPtrArray *rules, guint position);

/* "Functional Impact: High; Recoverability: Extended or Not Recoverable", "Everything else" for the
 * last, "Everything" where it has no conditions. (transfer full) */
char *iw_impact_rules_describe (GPtrArray *rules, guint position);
/* "High, P1". (transfer full) */
char *iw_impact_rule_outcome (const IwImpactRule *rule);
/* The values that it wants of a scale: "Any", "High", "Low or Medium". (transfer full) */
char *iw_impact_rule_wanted (const IwImpactRule *rule, guint scale);

G_END_DECLS
