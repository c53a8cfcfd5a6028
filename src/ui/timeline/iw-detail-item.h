/* iw-detail-item.h: one row of the detail pane's list for an event: its head, a field, or its raw
 * row. Immutable. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  IW_DETAIL_HEAD,
  IW_DETAIL_FIELD,
  IW_DETAIL_RAW,
  IW_DETAIL_MESSAGE, /* that something is being read, or could not be */
} IwDetailItemKind;

#define IW_TYPE_DETAIL_ITEM (iw_detail_item_get_type ())
G_DECLARE_FINAL_TYPE (IwDetailItem, iw_detail_item, IW, DETAIL_ITEM, GObject)

/* @name and @value: NULL for "". (transfer full) */
IwDetailItem *iw_detail_item_new (IwDetailItemKind kind, const char *name, const char *value);
IwDetailItemKind iw_detail_item_get_kind (IwDetailItem *self);
const char *iw_detail_item_get_name (IwDetailItem *self);
const char *iw_detail_item_get_value (IwDetailItem *self);

G_END_DECLS
