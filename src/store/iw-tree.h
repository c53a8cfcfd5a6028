/* iw-tree.h: revision trees that grow from any end, in any order (sync.md). Private to src/store.
 *
 * Within a write transaction. What follows of a tree that has grown is iw_store_settle()'s.
 */
#pragma once

#include "iw-store-private.h"

G_BEGIN_DECLS

/* Of a document in a server's database: iw_peer_put() refuses one more as INVALID ("document_too_large"). Clients of ours
 * ask for the first thousand (IW_REMOTE_MAX_LEAVES). */
#define IW_TREE_MAX_LEAVES 10000

/* What is stored with the first of a path. */
typedef struct
{
  const char *body; /* canonical */
  gboolean deleted;
  GPtrArray *attachments; /* (element-type IwAttachment), all with sha256; NULL: none */
} IwRevContent;

typedef struct
{
  gboolean changed; /* what the leaves are */
  gboolean learned; /* the body of a revision that was known by its id alone */
} IwGrowth;

/* Reads the ids of one history, each a generation below the one before. @path: of IwRevName, whose
 * hashes are parts of @revs; emptied before. */
gboolean iw_tree_parse_path (const char *docid, const char *const *revs, GArray *path, GError **error);

/* The first revision of a document that has none, with its ancestors, no more than _revs_limit of all. */
gboolean iw_tree_plant (IwStore *self, gint64 doc, GArray *path, const IwRevContent *content, IwRevRow *leaf,
                        GError **error);
/* Adds a revision and its ancestors where they are missing, as long as the time its path takes: histories that
 * came cut off are joined, and one once known is not rewritten. */
gboolean iw_tree_grow (IwStore *self, gint64 doc, GArray *path, const IwRevContent *content, IwGrowth *growth,
                       GError **error);

G_END_DECLS
