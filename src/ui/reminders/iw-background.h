/* iw-background.h: asks the desktop whether the program may run while its window is closed, and
 * start with the session (the background portal). Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  IW_BACKGROUND_ALLOWED,  /* also to start with the session */
  IW_BACKGROUND_REFUSED,  /* the person or the desktop said no */
  IW_BACKGROUND_NO_PORTAL /* nobody to ask: it may stay while it runs, but nothing starts it */
} IwBackground;

/* @wanted: FALSE gives the permission back: it no longer starts with the session. */
void iw_background_request_async (gboolean wanted,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
/* @out: set where it returns TRUE. FALSE only where it was cancelled by @cancellable. */
gboolean iw_background_request_finish (GAsyncResult *result, IwBackground *out, GError **error);
/* Whether the program may stay with this answer: a sandbox without the desktop's word may not. */
gboolean iw_background_may_stay (IwBackground answer);

G_END_DECLS
