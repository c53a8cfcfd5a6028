/* iw-customers-dialog.h: customers from a file into the scope of an incident: columns, what each
 * row says and what is wrong with it, then one undoable action. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_CUSTOMERS_DIALOG (iw_customers_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwCustomersDialog, iw_customers_dialog, IW, CUSTOMERS_DIALOG, AdwDialog)

/* Begins to read @file at once. (transfer floating) */
AdwDialog *iw_customers_dialog_new (IwLiveIncident *live, GFile *file);
/* Asks for a file, then presents the dialog over @parent. */
void iw_customers_dialog_choose (GtkWidget *parent, IwLiveIncident *live);

G_END_DECLS
