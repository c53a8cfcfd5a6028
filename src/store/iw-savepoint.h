/* iw-savepoint.h: a part of a transaction (iw_peer_begin()) that can be undone alone: a server commits what several
 * clients wrote together, and one that fails must not take the others with it.
 *
 * As the store: one thread at a time a connection. Savepoints do not nest.
 */
#pragma once

#include "iw-store.h"

G_BEGIN_DECLS

typedef struct
{
  /* What the store counts while a transaction runs, as it was. */
  gint64 seq;
  gint64 n_live;
  gint64 n_deleted;
  gint64 n_bytes;
  gint64 revs_limit;
  gboolean has_purges;
  gboolean purging;
} IwSavepoint;

/* Within iw_peer_begin(). One of the two below ends it. */
gboolean iw_savepoint_begin (IwStore *store, IwSavepoint *savepoint, GError **error);
/* What was done since becomes part of the transaction. */
gboolean iw_savepoint_release (IwStore *store, IwSavepoint *savepoint, GError **error);
/* What was done since is undone; the transaction goes on. FALSE where SQLite has ended it by itself. */
gboolean iw_savepoint_undo (IwStore *store, IwSavepoint *savepoint, GError **error);

G_END_DECLS
