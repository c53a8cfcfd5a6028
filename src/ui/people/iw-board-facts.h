/* iw-board-facts.h: the response board as facts: each activity with who has it and its state.
 *
 * From a situation, without widgets. Rows open the form with "board.edit" (s: activity), their
 * button takes the next step with "board.set" (ss: activity, state). Main thread.
 */
#pragma once

#include "iw-board.h"
#include "iw-fact.h"

G_BEGIN_DECLS

/* The activities of a phase and side, in order. @writable: with buttons. (element-type IwFact)
 * (transfer full) */
GPtrArray *iw_board_facts (IwSituation *situation, IwPhase phase, IwSide side, gboolean writable);
/* "2 of 6 done, 1 in progress"; what is not needed does not count. (transfer full) */
char *iw_board_progress (IwSituation *situation, IwPhase phase);
/* The state of an activity: "not-started", "in-progress", "done", "not-needed". Static. */
const char *iw_board_state (IwSituation *situation, const char *activity);
const char *iw_side_label (IwSide side); /* translated */
/* The icon of a state of an activity or a task, and what it means. */
const char *iw_board_state_icon (const char *state, IwTone *tone);

G_END_DECLS
