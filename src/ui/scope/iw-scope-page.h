/* iw-scope-page.h: the tab "Scope": what is affected (process.md E5), indicators and assets (D4).
 *
 * Holds an AdwNavigationView of its own: what is chosen in a list opens on top of it. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_SCOPE_PAGE (iw_scope_page_get_type ())
G_DECLARE_FINAL_TYPE (IwScopePage, iw_scope_page, IW, SCOPE_PAGE, AdwBin)

GtkWidget *iw_scope_page_new (IwLiveIncident *live);
/* Brings up a place: "scope", "indicators", "assets", or the docid of a scope item, an indicator or
 * an asset. Unknown places are ignored. */
void iw_scope_page_goto (IwScopePage *self, const char *place);

G_END_DECLS
