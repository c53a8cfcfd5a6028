/* iw-event-set.h: a set of events of one index: one bit each, with counts so that the k-th is found
 * at once. Half a million events take 70 kB.
 *
 * Made empty or full, filled, sealed; from then on immutable, counted, and fit for any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _IwEventSet IwEventSet;

/* A set for ranks 1..@n. (transfer full) */
IwEventSet *iw_event_set_new (gint64 n, gboolean full);
/* Before sealing only. Ranks outside 1..n are passed over. */
void iw_event_set_add (IwEventSet *set, gint64 rank);
void iw_event_set_remove (IwEventSet *set, gint64 rank);
/* Counts what is in it. Returns @set. */
IwEventSet *iw_event_set_seal (IwEventSet *set);

IwEventSet *iw_event_set_ref (IwEventSet *set); /* any thread */
void iw_event_set_unref (IwEventSet *set); /* any thread; NULL is fine */
gint64 iw_event_set_get_n (IwEventSet *set); /* how many ranks it is about */
gint64 iw_event_set_count (IwEventSet *set); /* members */
gboolean iw_event_set_contains (IwEventSet *set, gint64 rank); /* FALSE outside 1..n */
gint64 iw_event_set_rank (IwEventSet *set, gint64 rank); /* members with a rank below @rank */
gint64 iw_event_set_select (IwEventSet *set,
                            gint64 k); /* the k-th member's rank, k from 0; 0 if there is none */
/* Members of both, which are about the same number of ranks. (transfer full) */
IwEventSet *iw_event_set_intersect (IwEventSet *a, IwEventSet *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEventSet, iw_event_set_unref)

G_END_DECLS
