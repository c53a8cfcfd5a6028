/* iw-stage-path.h: the five stages as a row of steps: done, now, next, with the way back and forth
 * between Diagnose and Stabilise (process.md P2, P3). Each step is a button.
 *
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-situation.h"

G_BEGIN_DECLS

#define IW_TYPE_STAGE_PATH (iw_stage_path_get_type ())
G_DECLARE_FINAL_TYPE (IwStagePath, iw_stage_path, IW, STAGE_PATH, GtkWidget)

/* A step activates "response.stage" with the name of its stage. */
GtkWidget *iw_stage_path_new (void);
/* @reachable: a set of 1 << IwStage: the others' buttons are insensitive. */
void iw_stage_path_set_state (IwStagePath *self, const IwIncidentState *state, guint reachable);

G_END_DECLS
