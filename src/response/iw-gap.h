/* iw-gap.h: what is missing or overdue in an incident, each with the place where it is mended.
 *
 * One list for the overview, the closing check (process.md P4), the sidebar's marks and the command line.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

typedef enum
{
  IW_GAP_REFUSED, /* a decision that the server did not take counts here alone */
  IW_GAP_OVERDUE, /* a clock, an acknowledgement or a task is past due */
  IW_GAP_CLOSING, /* must be mended before it is closed, and is not overdue */
  IW_GAP_WANTED,  /* should be known at this stage: a source, an assessment, an owner, a contact */
} IwGapWeight;

typedef struct
{
  IwGapWeight weight;
  const char *place; /* "detection", "assessment", "classification", "impact", "roles", "escalations", "clocks",
                      * "notices", "scope", "evidence", "indicators", "plan", "board", "timeline", "held-back" (what the
                      * server did not take); static */
  char *subject;     /* document id of what it is about; NULL if none */
  char *text;        /* a sentence */
  gboolean closing;  /* stands in the way of closing it (P4): each of weight CLOSING, some that are overdue */
} IwGap;
void iw_gap_free (IwGap *gap); /* NULL is fine */

/* By weight, then in the order of places above. (element-type IwGap) (transfer full) */
GPtrArray *iw_situation_get_gaps (IwSituation *situation);

G_END_DECLS
