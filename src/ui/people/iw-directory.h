/* iw-directory.h: the teams and people of the workspace, kept current (process.md R1, R5). Main
 * thread. */
#pragma once

#include "iw-situation.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_DIRECTORY (iw_directory_get_type ())
G_DECLARE_FINAL_TYPE (IwDirectory, iw_directory, IW, DIRECTORY, GObject)

/* Signals: "changed": there is another directory; "tick": the present moved by a minute. */

/* (transfer full) */
IwDirectory *iw_directory_new (IwWorkspace *workspace);
IwWorkspace *iw_directory_get_workspace (IwDirectory *self);
/* A situation without an incident; NULL until the first was read. (transfer none) */
IwSituation *iw_directory_get_situation (IwDirectory *self);
/* The zone that times are shown in. (transfer none) */
GTimeZone *iw_directory_get_zone (IwDirectory *self);

/* An escalation to a team that waits for an answer. */
typedef struct
{
  char *incident; /* UUID */
  char *title;    /* of the incident */
  char *id;       /* the escalation entry */
  char *ask;
  char *words; /* "Overdue by 1 h" */
  gboolean overdue;
} IwOpenEscalation;
void iw_open_escalation_free (IwOpenEscalation *escalation);

/* Looks in a thread through the open incidents. */
void iw_directory_find_escalations_async (IwDirectory *self,
                                          const char *team,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer data);
/* By due time. (element-type IwOpenEscalation) (transfer full) */
GPtrArray *
iw_directory_find_escalations_finish (IwDirectory *self, GAsyncResult *result, GError **error);

G_END_DECLS
