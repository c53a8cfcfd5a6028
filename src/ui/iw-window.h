/* iw-window.h: the window: the sidebar, and beside it the page of an incident, the list of all or
 * the search. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_WINDOW (iw_window_get_type ())
G_DECLARE_FINAL_TYPE (IwWindow, iw_window, IW, WINDOW, AdwApplicationWindow)

GtkWidget *iw_window_new (GtkApplication *application);
/* Shows a workspace: the incident that was open last where @restore, else its list. NULL: nothing.
 */
void iw_window_set_workspace (IwWindow *self, IwWorkspace *workspace, gboolean restore);
IwWorkspace *iw_window_get_workspace (IwWindow *self); /* (transfer none), may be NULL */
/* Puts a page in the place of everything (see iw-problem-page.h); NULL takes it away. */
void iw_window_set_cover (IwWindow *self, GtkWidget *cover);
/* Shows a message over the page that is shown, above the fields at its foot. It goes with the page.
 * @toast: (transfer full) */
void iw_window_add_toast (IwWindow *self, AdwToast *toast);
/* The same for words, no markup. */
void iw_window_add_text_toast (IwWindow *self, const char *text);
/* The same with an offer to undo, which goes when something else happens in the workspace: it would
 * undo that. */
void iw_window_add_undo_toast (IwWindow *self, const char *text);
/* Shows a message over whatever page is shown, for what must not go with one. @toast: (transfer
 * full) */
void iw_window_add_lasting_toast (IwWindow *self, AdwToast *toast);
/* @from_list: on top of the page that is shown, with a way back; else in its place. */
void iw_window_show_incident (IwWindow *self, const char *incident, gboolean from_list);
/* The same, and brings up a place in it: one of iw-gap.h, or the id of a document; "" as it is. */
void iw_window_show_place (IwWindow *self, const char *incident, const char *place);
void iw_window_show_all (IwWindow *self);
/* Teams and people. */
void iw_window_show_directory (IwWindow *self);
/* Imports files one after another: bundles, which say themselves what is in them; then timelines,
 * into the incident that is shown, else asks into which. */
void iw_window_open_files (IwWindow *self, GFile **files, guint n_files);

G_END_DECLS
