/* iw-item.h: one row of a long list as a value that can be told another: words, a mark, where it is
 * filed. Made only while it is shown (iw-item-model.h). Main thread.
 */
#pragma once

#include <glib-object.h>

#include "iw-fact.h"

G_BEGIN_DECLS

#define IW_TYPE_ITEM (iw_item_get_type ())
G_DECLARE_FINAL_TYPE (IwItem, iw_item, IW, ITEM, GObject)

/* Signal: "changed": it says something else now. */

/* All texts may be NULL for "". */
typedef struct
{
  char *icon; /* symbolic; of what kind of thing it is */
  char *title;
  char *subtitle;
  char *state;   /* in words, at the end of the row */
  char *mark;    /* the icon beside the state */
  IwTone tone;   /* of the mark */
  char *warning; /* what stands out, in words, with an icon of its own */
} IwItemText;
void iw_item_text_clear (IwItemText *text);

/* @text: its strings are taken. (transfer full) */
IwItem *iw_item_new (const char *id, IwItemText *text);
const char *iw_item_get_id (IwItem *self);
const IwItemText *iw_item_get_text (IwItem *self);
/* @text: its strings are taken. Emits "changed" where it differs. */
void iw_item_take_text (IwItem *self, IwItemText *text);
/* All of it, as it is read aloud after the title. (transfer full) */
char *iw_item_dup_description (IwItem *self);

G_END_DECLS
