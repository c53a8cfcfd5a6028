/* iw-compartment.h: the part of the server that an incident lives in (sync.md "Who may do what").
 * Main thread, unless said otherwise.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

/* Where @incident lives; NULL where that needs no words: no account, or one compartment alone.
 * (transfer full) */
char *iw_compartment_of_incident (IwWorkspace *workspace, const char *incident);
/* Those that a new incident may go to, the usual one first; NULL where there is no choice. (transfer full) */
char **iw_compartment_choices (IwWorkspace *workspace);
/* Lets the documents of @incident live in @compartment, before the first of them is written: what is written
 * first would be sent to the usual one. */
void iw_compartment_set_async (IwWorkspace *workspace,
                               const char *incident,
                               const char *compartment,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean
iw_compartment_set_finish (IwWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
