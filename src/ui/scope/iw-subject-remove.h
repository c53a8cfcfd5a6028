/* iw-subject-remove.h: small changes to one document without a form, each with Undo. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-document.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

/* Deletes a scope item, indicator, asset, task, team or person. @widget: whose window tells. */
void iw_subject_remove (GtkWidget *widget, IwWorkspace *workspace, IwDocument *document);
/* Adds or takes away a link from the document to an entry. */
void iw_subject_link (GtkWidget *widget,
                      IwWorkspace *workspace,
                      IwDocument *document,
                      const char *entry,
                      gboolean linked);
/* The ids in its own "links". (transfer full), never NULL */
char **iw_subject_dup_links (IwDocument *document);
/* The body of @document with or without a link to @entry. (transfer full) */
JsonObject *iw_subject_body_with_link (IwDocument *document, const char *entry, gboolean linked);

G_END_DECLS
