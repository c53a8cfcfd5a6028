/* iw-store-backup.h: a copy of a workspace while it is in use.
 */
#pragma once

#include "iw-store.h"

G_BEGIN_DECLS

/* Copies the database as it is at one moment, and all blobs (by link where both are on one file system), into the
 * folder @dir, durable when it returns. Blobs are copied last: the database refers to none that is not there. Indexes
 * and staging files are not copied: they are rebuilt. */
gboolean iw_store_backup (IwStore *self, const char *dir, GError **error);

G_END_DECLS
