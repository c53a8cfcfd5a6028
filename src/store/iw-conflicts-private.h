/* iw-conflicts-private.h: what the files of iw-conflicts.h share. */
#pragma once

#include "iw-conflicts.h"
#include "iw-peer.h"
#include "iw-store-private.h"

G_BEGIN_DECLS

/* Of documents d. Decisions that a peer has forked stay as they were first written: there is nothing to review. */
#define IW_CONFLICT_CONCERNS                                                                        \
  "d.docid NOT GLOB '_design/*' AND NOT EXISTS"                                                     \
  " (SELECT 1 FROM entry e WHERE e.doc = d.id AND e.decision)"

/* @row's body without what a merge wrote into it itself; "{}" where it has none. (transfer full) */
JsonObject *iw_conflict_body_of (const IwRevRow *row, GError **error);
/* The body of the nearest common ancestor that is kept and no deletion. @base: (transfer full), NULL where there is
 * none. FALSE on errors alone. */
gboolean iw_conflict_read_base (IwStore *self, const char *docid, const IwRevRow *a, const IwRevRow *b,
                                JsonObject **base, GError **error);
/* Whether it is a decision, on any of these leaves or at first: nothing to merge. (element-type IwRevRow) */
gboolean iw_conflict_is_decision (IwStore *self, gint64 doc, GPtrArray *leaves, gboolean *decision, GError **error);
/* What either has attached to it; of one name what the winner has. (element-type IwAttachment) (transfer full) */
GPtrArray *iw_conflict_join_attachments (IwStore *self, const IwRevRow *winner, const IwRevRow *other, GError **error);
/* As iw_peer_edit() takes them. (transfer container) */
IwAttachment **iw_conflict_list_attachments (GPtrArray *attachments);

G_END_DECLS
