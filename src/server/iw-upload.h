/* iw-upload.h: a body that is taken in as it comes, off the main thread: hashed and written to disk while the client
 * sends. Where the disk is slower than the network the client is held back. Main thread only, but for the functions
 * of the taker.
 */
#pragma once

#include "iw-request.h"

G_BEGIN_DECLS

typedef struct
{
  /* Another thread, one call at a time. FALSE refuses the rest of the body. */
  gboolean (*bytes) (const guint8 *bytes, gsize length, gpointer data, GError **error);
  /* The same, once the body is whole. */
  gboolean (*finish) (gpointer data, GError **error);
  /* Main thread: all was taken (@error NULL), or it was refused. Not called where the client went away. */
  void (*done) (IwRequest *request, gpointer data, const GError *error);
} IwUploadFuncs;

/* Within the handler's call of a route of IW_BODY_STREAM. Keeps @request. @free_data: main thread, at the end. */
void iw_upload_start (IwRequest *request, const IwUploadFuncs *funcs, gpointer data, GDestroyNotify free_data);

/* Collects a body in memory, on the main thread: 413 where it is longer than @max. @done gets it (transfer none). */
typedef void (*IwCollected) (IwRequest *request, GBytes *body, gpointer data);
void iw_upload_collect (IwRequest *request, gsize max, IwCollected done, gpointer data, GDestroyNotify free_data);

G_END_DECLS
