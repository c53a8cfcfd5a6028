/* iw-merge.h: three-way merge of a document's body (sync.md "Merging"). Pure and deterministic, any thread.
 *
 * Members merge one by one. One side alone changed: that side. Both the same: that. Both differently: objects by their
 * members; texts (strings that hold a line break or at least four words, so that no name is put together from two) by
 * lines and then by words; lists of strings as sets (additions and removals of both); lists of objects that all have an
 * "id" or "name" of their own by that; stamps: modified_at and modified_by of the later, created_at and created_by of
 * the earlier. Anything else cannot be merged and stays as @ours has it.
 *
 * Merging the other way round gives the same, but for what stays open.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* @base: the nearest common ancestor, NULL where there is none (then only what is on one side alone, or on both the
 * same, merges). @open: (element-type utf8) gets the JSON pointer (RFC 6901) of each member that could not be merged;
 * made with g_free as its free function. The bodies share nothing with the result. (transfer full) */
JsonObject *iw_merge_objects (JsonObject *base, JsonObject *ours, JsonObject *theirs, GPtrArray *open);

/* By lines, then by words. NULL where changes meet. All are UTF-8; @base may be NULL. (transfer full) */
char *iw_merge_text (const char *base, const char *ours, const char *theirs);

G_END_DECLS
