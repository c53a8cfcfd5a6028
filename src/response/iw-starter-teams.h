/* iw-starter-teams.h: the teams that a new directory may begin with (process.md R1). */
#pragma once

#include "iw-document.h"
#include "iw-id.h"

G_BEGIN_DECLS

#define IW_N_STARTER_TEAMS 11

/* Team documents with new ids, in the user's language, without those whose name is among @known
 * (NULL-terminated, or NULL). Any thread. (element-type IwDocument) (transfer full) */
GPtrArray *iw_starter_teams (const IwContext *context, const char *const *known);

G_END_DECLS
