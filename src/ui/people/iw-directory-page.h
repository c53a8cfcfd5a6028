/* iw-directory-page.h: "Teams and People" (process.md R1, R5): whom to reach, how, who is on call.
 *
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_DIRECTORY_PAGE (iw_directory_page_get_type ())
G_DECLARE_FINAL_TYPE (IwDirectoryPage, iw_directory_page, IW, DIRECTORY_PAGE, AdwNavigationPage)

/* A page for the window's AdwNavigationView, tag "directory". (transfer floating) */
AdwNavigationPage *iw_directory_page_new (IwWorkspace *workspace);
void iw_directory_page_focus_find (IwDirectoryPage *self);

G_END_DECLS
