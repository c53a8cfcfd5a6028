/* iw-board.h: the federated response model (process.md R2): which activities belong to whom, by phase.
 *
 * The activities are data; the "activity" form's choices are their ids.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

typedef enum { IW_PHASE_PREPARATION, IW_PHASE_DETECTION, IW_PHASE_CONTAINMENT, IW_PHASE_POST_INCIDENT, IW_N_PHASES } IwPhase;
typedef enum { IW_SIDE_CENTRAL, IW_SIDE_SERVICE } IwSide;

const char *iw_phase_label (IwPhase phase); /* NIST SP 800-61 (P1), translated */
/* The phase that a stage belongs to. */
IwPhase iw_phase_of_stage (IwStage stage);

typedef struct
{
  const char *id;    /* "ioc-sweeps" */
  IwPhase phase;
  IwSide side;
  const char *label; /* translated by iw_activity_label() */
} IwActivity;
/* All of R2, @n of them. Static. */
const IwActivity *iw_activities (guint *n);
const IwActivity *iw_activity_find (const char *id); /* NULL: none; static */
const char *iw_activity_label (const IwActivity *activity); /* translated, static */

/* The last "activity" entry about one: who has it, and its state; NULL while nobody decided. (transfer none) */
IwEntry *iw_situation_get_activity (IwSituation *situation, const char *id);

G_END_DECLS
