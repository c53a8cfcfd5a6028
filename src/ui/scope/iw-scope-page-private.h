/* iw-scope-page-private.h: what the files of IwScopePage share. */
#pragma once

#include "iw-indicator-items.h"
#include "iw-item-list.h"
#include "iw-scope-page.h"

G_BEGIN_DECLS

struct _IwScopePage
{
  AdwBin parent_instance;

  AdwNavigationView *navigation;
  AdwViewStack *stack;
  AdwInlineViewSwitcher *switcher;
  GtkMenuButton *add;
  GMenuModel *scope_menu, *indicators_menu, *assets_menu;

  IwItemList *scope;
  IwItemList *indicators;
  IwItemList *assets;
  GtkLabel *scope_summary;
  GtkWidget *unreachable; /* a hint that leads to those without contact */
  GtkLabel *unreachable_text;
  GtkLabel *indicators_summary;

  IwLiveIncident *live;
  char *wanted; /* a place to go to once there is a situation; NULL if none */
};

/* iw-scope-page-actions.c */
void iw_scope_page_class_init_actions (GtkWidgetClass *widget_class);
/* Makes actions insensitive that could do nothing now. */
void iw_scope_page_update_actions (IwScopePage *self);
/* The menus of rows. (transfer full) */
GMenuModel *iw_scope_page_make_scope_menu (IwItem *item, gpointer self);
GMenuModel *iw_scope_page_make_indicator_menu (IwItem *item, gpointer self);
GMenuModel *iw_scope_page_make_asset_menu (IwItem *item, gpointer self);

G_END_DECLS
