/* iw-search-page.h: searches entries and machine events of all incidents. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_SEARCH_PAGE (iw_search_page_get_type ())
G_DECLARE_FINAL_TYPE (IwSearchPage, iw_search_page, IW, SEARCH_PAGE, AdwNavigationPage)

/* Signal: "hit-chosen" (char *incident, char *key): a UUID, and the key of an IwSearchResult. */

AdwNavigationPage *iw_search_page_new (IwWorkspace *workspace);
void iw_search_page_focus_entry (IwSearchPage *self);

G_END_DECLS
