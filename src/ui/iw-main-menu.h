/* iw-main-menu.h: the main menu, whose Undo and Redo say what they would do. Main thread. */
#pragma once

#include "iw-workspace.h"

G_BEGIN_DECLS

/* Follows the labels of @workspace as long as the menu lives; NULL: plain labels. (transfer full) */
GMenuModel *iw_main_menu_new (IwWorkspace *workspace);

G_END_DECLS
