/* iw-ui.h: small things that many widgets need. Main thread. */
#pragma once

#include <adwaita.h>

#include "config.h"

G_BEGIN_DECLS

#define IW_RESOURCE_UI "/io/github/incident_workbench/IncidentWorkbench/ui/"

/* An error of the store or a file as whole sentences for the user: what happened, and what to do.
 * (transfer full) */
char *iw_ui_describe_error (const GError *error);

/* A toast that says @text, no markup, and wraps it where it is long: reasons of errors are.
 * (transfer full) */
AdwToast *iw_ui_toast_new (const char *text);

/* Shows a short message at the foot of the window that @widget is in. */
void iw_ui_toast (GtkWidget *widget, const char *text);

/* Puts the keyboard on @widget, which is in @dialog: now where the dialog is on screen, else once it
 * is. Call it before the dialog is presented; adw_dialog_set_focus() alone does not do it for a
 * dialog that comes up as a sheet at the foot of a narrow window. */
void iw_ui_focus_in_dialog (AdwDialog *dialog, GtkWidget *widget);

/* The AdwToastOverlay that is on screen within @widget, or @widget itself; NULL where there is none.
 * (transfer none) */
GtkWidget *iw_ui_find_toasts (GtkWidget *widget);

void iw_ui_set_css_class (GtkWidget *widget, const char *name, gboolean on);

/* Shows the label's text as its tooltip while not all of it can be seen. Call once. */
void iw_ui_tooltip_when_ellipsized (GtkLabel *label);

/* Who writes: the name from the preferences, else the account's full name. (transfer full) */
char *iw_ui_author (void);

G_END_DECLS
