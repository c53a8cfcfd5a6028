/* iw-columns.h: which columns the rows of the timeline have and how wide they are: shared by all
 * rows of one list, so that the columns stand in line. Chosen by the person, kept in the GSettings
 * key "timeline-columns". Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-time-display.h"

G_BEGIN_DECLS

/* In the order they stand in a row. */
typedef enum
{
  IW_COLUMN_TIME,
  IW_COLUMN_GAP,
  IW_COLUMN_KIND,
  IW_COLUMN_TEXT,
  IW_COLUMN_SOURCE,
  IW_COLUMN_ACTOR,
  IW_COLUMN_TEAM,
  IW_COLUMN_CONFIDENCE,
  IW_COLUMN_HOST,
  IW_COLUMN_TAGS,
  IW_N_COLUMNS
} IwColumn;

const char *iw_column_to_string (IwColumn column); /* static: "source" */
gboolean iw_column_from_string (const char *text, IwColumn *out);
const char *iw_column_label (IwColumn column); /* translated, static */

#define IW_TYPE_COLUMNS (iw_columns_get_type ())
G_DECLARE_FINAL_TYPE (IwColumns, iw_columns, IW, COLUMNS, GObject)

/* Signal "changed": other columns, another zone, a wider column, other words to mark. */

/* @display: kept. (transfer full) */
IwColumns *iw_columns_new (IwTimeDisplay *display);
GTimeZone *iw_columns_get_zone (IwColumns *self); /* (transfer none) */
gboolean iw_columns_get_shown (IwColumns *self, IwColumn column);
/* The time, the kind and the text are always shown. */
gboolean iw_columns_can_hide (IwColumn column);
void iw_columns_set_shown (IwColumns *self, IwColumn column, gboolean shown);
/* The widest that a column's words have been, in pixels: it grows with the rows seen, for all rows
 * at once. How much of it a row gives the column is the row's affair. */
int iw_columns_get_width (IwColumns *self, IwColumn column);
void iw_columns_need_width (IwColumns *self, IwColumn column, int width);
/* The words of a search, to be marked in the text. NULL for none. */
void iw_columns_set_search (IwColumns *self, const char *text);
const char *const *iw_columns_get_search_words (IwColumns *self); /* (transfer none), never NULL */

/* Stateful actions "show-<column>" for a menu of check items, group name "columns". (transfer full)
 */
GActionGroup *iw_columns_create_actions (IwColumns *self);
GMenuModel *iw_columns_create_menu (void); /* (transfer full) */

G_END_DECLS
