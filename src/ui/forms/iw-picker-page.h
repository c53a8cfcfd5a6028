/* iw-picker-page.h: several of many, picked from a list with a search: by pointer, or by keyboard
 * with the search at the top, arrows, and Enter or Space. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-picker-item.h"

G_BEGIN_DECLS

#define IW_TYPE_PICKER_PAGE (iw_picker_page_get_type ())
G_DECLARE_FINAL_TYPE (IwPickerPage, iw_picker_page, IW, PICKER_PAGE, AdwNavigationPage)

/* Signal: "toggled" (char *id, gboolean chosen). */

/* @items: of IwPickerItem, "chosen" as it is now. @empty: a sentence for where there are none at
 * all. (transfer full) of @items */
AdwNavigationPage *iw_picker_page_new (const char *title, GListModel *items, const char *empty);

G_END_DECLS
