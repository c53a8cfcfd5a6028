#pragma once

#include "iw-entry.h"

G_BEGIN_DECLS

/* That a part of the scope has this state, for imports, which write it together with the part: a form would
 * not find that part's name in the incident yet. Time and author are the caller's to set.
 * @subject: the id of the part; @name: what it is called, for the text; @state: "suspected" …; @why: may be
 * NULL. (transfer full) */
IwEntry *iw_scope_decision_new (const char *incident, const char *subject, const char *name,
                                const char *state, const char *why);

G_END_DECLS
