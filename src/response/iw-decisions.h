/* iw-decisions.h: the decisions of an incident in order, each with whether it is in force.
 *
 * The ground of every fold: entries of decision kinds, ordered by occurred time, then recorded, then id
 * (the same for every order of arrival); those that iw_decision_check() refuses and those withdrawn are
 * kept, with the reason, and count for nothing. Immutable and counted; any one thread.
 *
 * Withdrawals: a decision is withdrawn if a withdrawal that counts itself names it, so that a withdrawal
 * of a withdrawal brings a decision back. Times have no part in this: undo works also where the clock of
 * the machine it is done on runs behind. Withdrawals that go in a circle (none of which honest programs
 * write) count for nothing, all of them, unless one outside the circle withdraws one in it.
 *
 * A withdrawal says of what kind its subject is ("of", iw_withdrawal_of()), which is what the write rules ask a role
 * for; one that says another kind than its subject's counts for nothing. Those of older versions say none.
 *
 * One entry given twice counts once. Two different entries under one id, which no store holds, are both
 * kept; the first in order counts.
 */
#pragma once

#include "iw-entry.h"

G_BEGIN_DECLS

typedef struct _IwDecisions IwDecisions;

/* @entries: (element-type IwEntry), others than decisions are ignored; kept, not copied: they must not be
 * changed afterwards. NULL: none. (transfer full) */
IwDecisions *iw_decisions_new (GPtrArray *entries);
IwDecisions *iw_decisions_ref (IwDecisions *self);
void iw_decisions_unref (IwDecisions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwDecisions, iw_decisions_unref)

guint iw_decisions_get_n (IwDecisions *self); /* also those that do not count */
/* In order. (transfer none) */
IwEntry *iw_decisions_get (IwDecisions *self, guint index);
gint64 iw_decisions_get_time (IwDecisions *self, guint index); /* µs, what it is ordered by */
/* Why it is not in force, as a sentence; NULL where it counts. "In force" is said of a decision that
 * counts, also when a later one has replaced what it set. (transfer none) */
const char *iw_decisions_get_problem (IwDecisions *self, guint index);
/* The withdrawal that put it out of force; NULL where none did. (transfer none) */
IwEntry *iw_decisions_get_withdrawal (IwDecisions *self, guint index);
/* By document id; NULL if there is none. */
IwEntry *iw_decisions_find (IwDecisions *self, const char *docid);
/* The same as an index; -1 if there is none. */
int iw_decisions_index_of (IwDecisions *self, const char *docid);

/* Walks those that count, in order: start with *index = 0; NULL at the end. Afterwards *index - 1 is that
 * of the one returned.
 * @kind: IW_ENTRY_UNKNOWN for all. @subject: only those whose "subject" it is; NULL for all. */
IwEntry *iw_decisions_next (IwDecisions *self, guint *index, IwEntryKind kind, const char *subject);
/* The last that counts of a kind (and subject); NULL if there is none. (transfer none) */
IwEntry *iw_decisions_last (IwDecisions *self, IwEntryKind kind, const char *subject);
/* What a withdrawal of @subject has as its "of": the kind, with what decides which role it needs: "approval",
 * "classification/crsi", "notice/approved/regulator". Of a withdrawal: that of what it withdraws, "withdrawal" where it
 * does not say. (transfer full) */
char *iw_withdrawal_of (IwEntry *subject);
gint64 iw_decision_time (IwEntry *entry); /* µs: occurred, else discovered, recorded, created; 0 if none */

G_END_DECLS
