/* iw-escalation.h: who was asked, when an answer is due, whether it came (process.md R4). */
#pragma once

#include "iw-decisions.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;            /* the escalation entry */
  IwEntry *entry;      /* (ref) */
  char *from, *to, *why, *ask;
  gint64 asked;        /* µs */
  gint64 due;          /* µs */
  gint64 acknowledged; /* µs, 0 until it was */
  char *acknowledged_by;
  gboolean accepted;   /* the answer was to take it, not to decline */
} IwEscalation;
void iw_escalation_free (IwEscalation *escalation); /* NULL is fine */

/* All that count, by due time: the entry's "due_at", else "due" minutes after it was asked. The first
 * acknowledgement that names an escalation counts.
 * (element-type IwEscalation) (transfer full) */
GPtrArray *iw_escalations_fold (IwDecisions *decisions);
/* Not acknowledged, and past due. */
gboolean iw_escalation_is_overdue (const IwEscalation *escalation, gint64 now);
/* Acknowledged, but after it was due. */
gboolean iw_escalation_was_late (const IwEscalation *escalation);
/* "Due in 12 min", "Overdue by 1 h", "Acknowledged by M. Ito after 8 min", "… 20 min late". (transfer full) */
char *iw_escalation_words (const IwEscalation *escalation, gint64 now);

G_END_DECLS
