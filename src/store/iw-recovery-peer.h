/* iw-recovery-peer.h: what a replication peer keeps besides documents, out of a damaged database. Private to src/store. */
#pragma once

#include "iw-store-private.h"

G_BEGIN_DECLS

/* Whether it is a server's database, as far as that can still be told. */
gboolean iw_recovery_is_peer (IwDb *damaged);
/* Attachments, records of purges, compartments, parked documents and the limit of histories. Within the transaction that
 * fills @store, whose revisions are there, under the ids they had. */
gboolean iw_recovery_save_peer (IwDb *damaged, IwStore *store, GError **error);

G_END_DECLS
