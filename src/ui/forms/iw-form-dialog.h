/* iw-form-dialog.h: any IwForm as a dialog: one row a field, problems at the field and in words, a
 * draft that survives closing. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-form.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_FORM_DIALOG (iw_form_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwFormDialog, iw_form_dialog, IW, FORM_DIALOG, AdwDialog)

/* Signal: "written" (const char *docid): it is durable; docid is what the form is about. */

/* @form: shown as it is, with the draft that was kept for the same kind, incident and subject laid
 * over it. It writes through @workspace, says so in a toast with Undo, and closes. */
AdwDialog *iw_form_dialog_new (IwWorkspace *workspace, IwForm *form);

/* Makes the form and presents the dialog over @parent: a new decision or document of a kind.
 * @incident: NULL for workspace documents. @subject may be NULL. What a caller knows already it
 * lays over the form:
 * @values: field, value, …, NULL; NULL for none. Reads what it needs in a thread first. */
void iw_form_dialog_present (GtkWidget *parent,
                             IwWorkspace *workspace,
                             const char *incident,
                             const char *kind,
                             const char *subject,
                             const char *const *values);
/* A new decision with the values of the one in force. @entry: the id of the one to decide again. */
void iw_form_dialog_present_again (GtkWidget *parent,
                                   IwWorkspace *workspace,
                                   const char *incident,
                                   const char *entry);
/* The same for a document that exists. */
void iw_form_dialog_present_edit (GtkWidget *parent, IwWorkspace *workspace, const char *docid);

G_END_DECLS
