/* iw-sweep-item.h: an indicator in a sweep that is being recorded: was it searched for, was it
 * found. Main thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  IW_SWEEP_SKIPPED,
  IW_SWEEP_CLEAR,
  IW_SWEEP_FOUND,
} IwSweepOutcome;

#define IW_TYPE_SWEEP_ITEM (iw_sweep_item_get_type ())
G_DECLARE_FINAL_TYPE (IwSweepItem, iw_sweep_item, IW, SWEEP_ITEM, GObject)

/* Signal: "changed": another outcome. */

IwSweepItem *iw_sweep_item_new (const char *docid, const char *value);
const char *iw_sweep_item_get_docid (IwSweepItem *self);
const char *iw_sweep_item_get_value (IwSweepItem *self);
IwSweepOutcome iw_sweep_item_get_outcome (IwSweepItem *self);
void iw_sweep_item_set_outcome (IwSweepItem *self, IwSweepOutcome outcome);

G_END_DECLS
