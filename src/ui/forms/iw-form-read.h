/* iw-form-read.h: what a form needs to know, read in a thread: the situation, and the document that
 * is edited. Main thread.
 */
#pragma once

#include "iw-situation.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

/* @incident: a UUID, or NULL for the directory alone. @docid: of the document that is edited, or
 * NULL. */
void iw_form_read_async (IwWorkspace *workspace,
                         const char *incident,
                         const char *docid,
                         GAsyncReadyCallback callback,
                         gpointer data);
/* @document (out, optional, transfer full): NULL where none was asked for. (transfer full), NULL
 * with
 * @error set: NOT_FOUND, or what the store says. */
IwSituation *iw_form_read_finish (IwWorkspace *workspace,
                                  GAsyncResult *result,
                                  IwDocument **document,
                                  GError **error);

G_END_DECLS
