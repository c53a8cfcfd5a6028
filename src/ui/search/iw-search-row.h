/* iw-search-row.h: how a result of the search is shown. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "iw-time-display.h"

G_BEGIN_DECLS

/* Makes the rows of IwSearchResults. @display: in its zone. (transfer full) */
GtkListItemFactory *iw_search_row_factory_new (IwTimeDisplay *display);
/* Makes the headings: the incidents' titles. (transfer full) */
GtkListItemFactory *iw_search_header_factory_new (void);

G_END_DECLS
