/* iw-item-list.h: a long list with a search field, headings by section, and a page for when it is
 * empty. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-item-model.h"
#include "iw-item-row.h"

G_BEGIN_DECLS

#define IW_TYPE_ITEM_LIST (iw_item_list_get_type ())
G_DECLARE_FINAL_TYPE (IwItemList, iw_item_list, IW, ITEM_LIST, AdwBin)

/* Signal: "activated" (char *id). */

/* The heading of a section. (transfer full) */
typedef char *(*IwItemHeadingFunc) (guint section, gpointer data);

/* @label: what is listed, for assistive technology. @menu, @heading: may be NULL; @data is theirs
 * and must outlive the list. (transfer floating) */
GtkWidget *iw_item_list_new (const IwItemSource *source,
                             const char *label,
                             IwItemMenuFunc menu,
                             IwItemHeadingFunc heading,
                             gpointer data);
IwItemModel *iw_item_list_get_model (IwItemList *self); /* (transfer none) */
/* What is shown where there is nothing at all. @page: (transfer floating) */
void iw_item_list_set_empty (IwItemList *self, GtkWidget *page);
/* Ways to narrow the list beside the search: their number is what IwItemSource.matches gets; the
 * first is all. NULL-terminated. */
void iw_item_list_set_choices (IwItemList *self, const char *label, const char *const *choices);
void iw_item_list_set_choice (IwItemList *self, guint choice);
/* A widget above the list and below the search. @widget: (transfer floating) */
void iw_item_list_set_summary (IwItemList *self, GtkWidget *widget);
void iw_item_list_focus_find (IwItemList *self);
/* Scrolls to a row and puts the keyboard there; FALSE where it is not shown. */
gboolean iw_item_list_focus_item (IwItemList *self, const char *id);
void iw_item_list_set_narrow (IwItemList *self, gboolean narrow);

G_END_DECLS
