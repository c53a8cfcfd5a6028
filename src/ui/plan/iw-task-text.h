/* iw-task-text.h: what the row of a task says, as a value. From a situation, without widgets. */
#pragma once

#include "iw-fact.h"
#include "iw-situation.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;
  char *subtitle; /* "Emergency · A. Sato · Due 3 Nov 2026 09:00, overdue by 2 h" */
  char *state;    /* "planned", "in-progress", "done", "dropped" */
  char *words;    /* of the state */
  gboolean emergency;
  gboolean overdue;
} IwTaskText;

IwTaskText *
iw_task_text_new (IwSituation *situation, IwDocument *task, gint64 now, GTimeZone *zone);
void iw_task_text_free (IwTaskText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwTaskText, iw_task_text_free)

/* What is below the row: the note, why it is in its state, the evidence, each piece a link.
 * (element-type IwFact) (transfer full) */
GPtrArray *iw_task_facts (IwSituation *situation, IwDocument *task, GTimeZone *zone);
/* "3 of 7 done · 1 overdue"; dropped ones do not count. @plan: (element-type IwDocument).
 * (transfer full) */
char *iw_plan_summary (IwSituation *situation, GPtrArray *plan, gint64 now);

G_END_DECLS
