/* iw-conflicts.h: documents with several leaves: merged where that is safe, else told for a review (sync.md
 * "Merging"). Decision entries never conflict and are not looked at.
 */
#pragma once

#include "iw-store.h"

G_BEGIN_DECLS

/* Documents with more than one live leaf, and those that one edited and another deleted, by id; no decisions, no design
 * documents. (transfer full) NULL-terminated */
char **iw_conflicts_list (IwStore *self, GError **error);
guint iw_conflicts_count (IwStore *self); /* cheap: an index of conflicts alone */

/* A conflict as a review shows it: two leaves at a time, the winner and the next. Immutable. */
typedef struct _IwConflict IwConflict;
/* NULL without an error where @docid has no conflict. (transfer full) */
IwConflict *iw_conflict_read (IwStore *self, const char *docid, GError **error);
void iw_conflict_free (IwConflict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwConflict, iw_conflict_free)

/* All (transfer none), as long as @self. */
const char *iw_conflict_get_docid (IwConflict *self);
const char *iw_conflict_get_winner (IwConflict *self);    /* revision ids */
const char *iw_conflict_get_other (IwConflict *self);
JsonObject *iw_conflict_get_winner_body (IwConflict *self); /* (transfer none); who and when: modified_by, modified_at */
JsonObject *iw_conflict_get_other_body (IwConflict *self);
JsonObject *iw_conflict_get_base_body (IwConflict *self);   /* NULL where no common ancestor is kept */
/* Both merged as far as that goes; where it does not, as the winner has it. (transfer none) */
JsonObject *iw_conflict_get_merged (IwConflict *self);
/* JSON pointers of what could not be merged; empty where all could. (transfer none) */
const char *const *iw_conflict_get_open (IwConflict *self);
/* A document that one deleted and the other edited is open at "" (the whole): the edit wins until reviewed. */
gboolean iw_conflict_is_deletion (IwConflict *self);

/* Merges all conflicts that can be merged whole, each in the deterministic way: the merged body is a child of the
 * winner, the other leaves are deleted on top of themselves, bodies and stamps rest on the leaves (and what both come
 * from) alone, so that two clients that merge the same leaves make the same revisions. One that lacks the body of what
 * both come from may have to leave to the other what the other merges. The merged body names the revisions it is of in
 * "merged", as the write rules ask. Transactions of at most a thousand documents and fifty leaves of each; what is more than
 * twenty of those is left to the next call. What cannot be merged is looked at once, until its leaves are others.
 * @merged counts a document of very many leaves more than once.
 * @merged, @open (out, optional): how many were merged, how many need a review. */
gboolean iw_conflicts_merge_all (IwStore *self, guint *merged, guint *open, GError **error);
/* Whether there are some that no call has looked at yet. */
gboolean iw_conflicts_left (IwStore *self);

/* The user's word on one: @body becomes the document (NULL deletes it), the other leaf is deleted; one action that
 * can be undone. CONFLICT where its leaves are others by now. */
gboolean iw_conflict_resolve (IwStore *self, IwConflict *conflict, JsonObject *body, GError **error);

G_END_DECLS
