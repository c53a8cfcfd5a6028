/* iw-gap-private.h: how the sources of the gaps add them. */
#pragma once

#include "iw-gap.h"

G_BEGIN_DECLS

typedef struct
{
  IwSituation *situation;
  const IwIncidentState *state;
  gint64 now;
  GPtrArray *gaps;
} IwGapFinder;

/* @place: static. @subject: NULL if none. @text: (transfer full) */
void
iw_gap_add (IwGapFinder *f, IwGapWeight weight, const char *place, const char *subject, char *text);

void iw_gap_find_overdue (IwGapFinder *f); /* escalations, clocks, deferrals, tasks */
void iw_gap_find_closing (IwGapFinder *f); /* what P4 asks for before */
void iw_gap_find_wanted (IwGapFinder *f);       /* while it is open */
void iw_gap_find_wanted_scope (IwGapFinder *f); /* scope, indicators, plan, board */

/* ---- questions that several ask ---- */

gboolean iw_gap_task_is_open (IwGapFinder *f, IwDocument *task); /* neither done nor dropped */
/* A task that must be done before the incident is closed: later mitigations and follow-ups may stay
 * open. */
gboolean iw_gap_task_blocks (IwDocument *task);
gboolean iw_gap_has_phase (IwDocument *task, const char *phase);
/* A notice to @audience that was written down and has @status; -1 for any. */
gboolean iw_gap_has_notice (IwGapFinder *f, IwAudience audience, int status);

G_END_DECLS
