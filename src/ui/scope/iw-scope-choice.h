/* iw-scope-choice.h: in which state many that are added at once enter the scope, and what shows it.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-scope.h"

G_BEGIN_DECLS

#define IW_TYPE_SCOPE_CHOICE (iw_scope_choice_get_type ())
G_DECLARE_FINAL_TYPE (IwScopeChoice, iw_scope_choice, IW, SCOPE_CHOICE, AdwPreferencesGroup)

/* Signal: "changed". */

GtkWidget *iw_scope_choice_new (void);
IwScopeState iw_scope_choice_get_state (IwScopeChoice *self);
const char *iw_scope_choice_get_why (IwScopeChoice *self); /* (transfer none) */
/* FALSE where a state is chosen and nothing is said that shows it. */
gboolean iw_scope_choice_is_complete (IwScopeChoice *self);

G_END_DECLS
