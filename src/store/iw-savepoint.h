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
  gint64 seq; /* of the last change before it */
} IwSavepoint;

gboolean iw_savepoint_begin (IwStore *store, IwSavepoint *savepoint, GError **error);
/* What was done since becomes part of the transaction. */
gboolean iw_savepoint_release (IwStore *store, IwSavepoint *savepoint, GError **error);
/* What was done since is undone; the transaction goes on. FALSE where SQLite has ended it by itself. */
gboolean iw_savepoint_undo (IwStore *store, IwSavepoint *savepoint, GError **error);

G_END_DECLS
