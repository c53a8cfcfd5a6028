/* iw-impact-rule-row.h: one rule from impact to severity and priority, to be opened and changed.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-impact-rules.h"

G_BEGIN_DECLS

#define IW_TYPE_IMPACT_RULE_ROW (iw_impact_rule_row_get_type ())
G_DECLARE_FINAL_TYPE (IwImpactRuleRow, iw_impact_rule_row, IW, IMPACT_RULE_ROW, AdwExpanderRow)

/* Signals: "edited": the rule in the list was changed.
 *          "moved" (int step), "removed": asked for by its buttons. */

/* @rules: kept; the row changes the rule at @position of it. */
GtkWidget *iw_impact_rule_row_new (GPtrArray *rules, guint position);
/* Puts the keyboard on the button that moves it that way, where it can; else on the row. */
void iw_impact_rule_row_focus_move (IwImpactRuleRow *self, int step);
/* Writes its words again: a rule before it may be another now. */
void iw_impact_rule_row_update (IwImpactRuleRow *self);

G_END_DECLS
