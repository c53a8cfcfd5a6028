/* iw-apply.h: one user action without a form: written in the background, then a toast with Undo.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-document.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

/* Writes @body as @docid; NULL deletes it. @rev: the revision that the person saw (IwChange). @widget: whose window tells. @label: msgid of the action
 * ("Remove Team"), see iw_store_apply(). @done: what the toast says, a sentence. */
void iw_apply_body (GtkWidget *widget,
                    IwWorkspace *workspace,
                    const char *label,
                    const char *docid,
                    const char *rev,
                    JsonObject *body,
                    const char *done);
/* The same for several documents, as one action. @n_objects: what %u in @label stands for.
 * @documents: (element-type IwDocument) */
void iw_apply_documents (GtkWidget *widget,
                         IwWorkspace *workspace,
                         const char *label,
                         GPtrArray *documents,
                         guint n_objects,
                         const char *done);
/* Says that something was done, with Undo. */
void iw_apply_toast (GtkWidget *widget, const char *done);

G_END_DECLS
