/* iw-task-row.h: a task of the recovery plan: a handle to drag it, a tick for done, its words, its
 * state, a menu; below it, note and evidence. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-task-text.h"

G_BEGIN_DECLS

#define IW_TYPE_TASK_ROW (iw_task_row_get_type ())
G_DECLARE_FINAL_TYPE (IwTaskRow, iw_task_row, IW, TASK_ROW, AdwExpanderRow)

/* Signals: "dropped" (char *docid): another task was dropped on this one.
 * Activates "plan.state" (ss), "plan.cite", "plan.edit", "plan.remove" (s), "plan.move" (si: step).
 */

GtkWidget *iw_task_row_new (const char *docid, gboolean writable);
const char *iw_task_row_get_docid (IwTaskRow *self);
/* Where it stands in its list, for its sort function. */
guint iw_task_row_get_position (IwTaskRow *self);
void iw_task_row_set_position (IwTaskRow *self, guint position);
/* @facts: (element-type IwFact) for below the row. */
void iw_task_row_set_text (IwTaskRow *self, const IwTaskText *text, GPtrArray *facts);

G_END_DECLS
