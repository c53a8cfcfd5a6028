/* iw-item-model.h: a list of any length whose rows are made when they are looked at.
 *
 * A GListModel of IwItem with sections (GtkSectionModel). What it is given is an array of anything
 * and a few functions on it, so that five thousand indicators cost no more than those on screen.
 * After a change the rows that stay keep their place, their widget and the focus. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-item.h"

G_BEGIN_DECLS

#define IW_TYPE_ITEM_MODEL (iw_item_model_get_type ())
G_DECLARE_FINAL_TYPE (IwItemModel, iw_item_model, IW, ITEM_MODEL, GObject)

typedef struct
{
  const char *(*get_id) (gpointer row, gpointer data);
  /* Rows of a section stand together, in order of section. NULL: one section without a heading. */
  guint (*get_section) (gpointer row, gpointer data);
  /* Whether a row matches what is looked for: @needle is case-folded. NULL: never filtered. */
  gboolean (*matches) (gpointer row, const char *needle, guint choice, gpointer data);
  void (*fill) (gpointer row, IwItemText *text, gpointer data);
} IwItemSource;

/* @source: static. (transfer full) */
IwItemModel *iw_item_model_new (const IwItemSource *source);
/* Shows these. @data is handed to the functions; @free_data frees it when it is replaced, and the
 * rows live at least as long. @rows: (transfer none), kept. */
void iw_item_model_set_rows (IwItemModel *self,
                             GPtrArray *rows,
                             gpointer data,
                             GDestroyNotify free_data);
/* @text: NULL or "" for all. @choice: a number that matches() knows; 0 for all. */
void iw_item_model_set_filter (IwItemModel *self, const char *text, guint choice);
/* Writes the rows that are looked at again: the present has moved. */
void iw_item_model_refresh (IwItemModel *self);
guint iw_item_model_get_n_rows (IwItemModel *self); /* without the filter */
/* The position of an id among what is shown; -1 if it is not. */
int iw_item_model_find (IwItemModel *self, const char *id);
guint iw_item_model_get_section (IwItemModel *self, guint position);

G_END_DECLS
