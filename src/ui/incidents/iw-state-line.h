/* iw-state-line.h: the line under an incident's name: the path of stages, then what is in force and
 * what runs. Each word is a flat button that opens the form that changes it, or leads to its place.
 *
 * Widgets stay while their words change, so that the keyboard stays where it is. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-state-facts.h"

G_BEGIN_DECLS

#define IW_TYPE_STATE_LINE (iw_state_line_get_type ())
G_DECLARE_FINAL_TYPE (IwStateLine, iw_state_line, IW, STATE_LINE, GtkWidget)

/* Buttons activate actions of the incident page with a string: "incident.stage" (a stage),
 * "incident.decide" (a kind of form), "incident.role" (a role), "incident.goto" (a place). */

/* @reachable: a set of 1 << IwStage. @facts: (element-type IwStateFact) */
void iw_state_line_set (IwStateLine *self,
                        IwStage stage,
                        guint reachable,
                        IwSeverity severity,
                        GPtrArray *facts);
/* In narrow windows: the stage, the severity and what is due first; the rest is behind a button. */
void iw_state_line_set_narrow (IwStateLine *self, gboolean narrow);

G_END_DECLS
