/* iw-elsewhere.h: where else an indicator was seen (process.md D4). Main thread. */
#pragma once

#include "iw-workspace.h"

G_BEGIN_DECLS

/* Another incident that has the same indicator. */
typedef struct
{
  char *incident; /* UUID */
  char *title;
  char *note; /* of the indicator there; "" if none */
} IwSighting;
void iw_sighting_free (IwSighting *sighting);

#define IW_ELSEWHERE_MAX 50

/* Looks in a thread for indicators of the same normal value outside @incident. */
void iw_elsewhere_find_async (IwWorkspace *workspace,
                              const char *value,
                              const char *incident,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
/* (element-type IwSighting) (transfer full) */
GPtrArray *iw_elsewhere_find_finish (IwWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
