/* iw-decisions-private.h: one decision among those of an incident, for the sources of IwDecisions.
 */
#pragma once

#include "iw-decisions.h"

G_BEGIN_DECLS

typedef struct
{
  IwEntry *entry;
  const char *id;      /* "" if it has none */
  const char *subject; /* "" if it has none */
  IwEntryKind kind;
  gint64 time;     /* µs */
  gint64 recorded; /* µs, 0 if unknown */
  char *problem;   /* NULL where it counts */
  int withdrawal;  /* the one that withdraws it; -1 if none does */
} IwDecision;

/* All members of @body in one order whatever order they were written in. (transfer full) */
char *iw_decision_canonical_text (IwEntry *entry);

/* Finds out which are withdrawn: sets @withdrawal and @problem of those that have no problem yet.
 * The rule is that of iw-decisions.h. @by_id: (utf8 index) the first decision of each id. */
void iw_decisions_settle_withdrawals (GArray *decisions, GHashTable *by_id);

G_END_DECLS
