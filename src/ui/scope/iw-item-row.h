/* iw-item-row.h: how an IwItem is shown: icon, two lines, what stands out, the state, a menu.
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-item.h"

G_BEGIN_DECLS

#define IW_TYPE_ITEM_ROW (iw_item_row_get_type ())
G_DECLARE_FINAL_TYPE (IwItemRow, iw_item_row, IW, ITEM_ROW, GtkBox)

/* Makes the menu of an item. (transfer full) */
typedef GMenuModel *(*IwItemMenuFunc) (IwItem *item, gpointer data);

/* @menu: NULL for rows without one. */
GtkWidget *iw_item_row_new (IwItemMenuFunc menu, gpointer data);
/* NULL takes it away. */
void iw_item_row_set_item (IwItemRow *self, IwItem *item);
/* The state below the words instead of beside them. */
void iw_item_row_set_narrow (IwItemRow *self, gboolean narrow);
/* Opens the menu, as the keyboard and the second button do. */
void iw_item_row_popup (IwItemRow *self);

G_END_DECLS
