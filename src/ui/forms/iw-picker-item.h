/* iw-picker-item.h: something that can be picked from a list: a document or an entry. Main thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IW_TYPE_PICKER_ITEM (iw_picker_item_get_type ())
G_DECLARE_FINAL_TYPE (IwPickerItem, iw_picker_item, IW, PICKER_ITEM, GObject)

/* Property "chosen": a gboolean. */

/* @subtitle: what tells it from others, "" for none. (transfer full) */
IwPickerItem *iw_picker_item_new (const char *id, const char *title, const char *subtitle);
const char *iw_picker_item_get_id (IwPickerItem *self);
const char *iw_picker_item_get_title (IwPickerItem *self);
const char *iw_picker_item_get_subtitle (IwPickerItem *self);
gboolean iw_picker_item_get_chosen (IwPickerItem *self);
void iw_picker_item_set_chosen (IwPickerItem *self, gboolean chosen);
/* Whether all words of @folded (g_utf8_casefold()) occur in what it says. */
gboolean iw_picker_item_matches (IwPickerItem *self, const char *folded);

G_END_DECLS
