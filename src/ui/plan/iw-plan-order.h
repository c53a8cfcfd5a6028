/* iw-plan-order.h: where a task stands in the plan, and what to write so that it stands elsewhere.
 *
 * Pure functions over iw_situation_get_plan(); main thread. Emergency tasks come first in their
 * phase whatever their order, so a task moves among its like.
 */
#pragma once

#include "iw-document.h"

G_BEGIN_DECLS

#define IW_N_PLAN_PHASES 5
/* "containment" … "follow-up", in order; static. */
const char *iw_plan_phase (guint index);

/* The documents to write so that @docid comes to stand in @phase in the place of @target, which
 * moves on; @target NULL: at the end. A target among the others, emergency or not, leads to the
 * nearest end. Empty where nothing would change. @plan: (element-type IwDocument). (element-type
 * IwDocument) (transfer full) */
GPtrArray *iw_plan_move (GPtrArray *plan, const char *docid, const char *phase, const char *target);
/* One place up (-1) or down (+1) among its like. Empty at the end of the way. */
GPtrArray *iw_plan_step (GPtrArray *plan, const char *docid, int step);
/* The key of a new task at the end of a phase. (transfer full) */
char *iw_plan_order_at_end (GPtrArray *plan, const char *phase, const char *salt);

G_END_DECLS
