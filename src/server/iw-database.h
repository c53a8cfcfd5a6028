/* iw-database.h: one database of the server: a store, a thread that writes, threads that read, and who listens.
 *
 * Main thread only, but for what runs inside a job. Jobs that write are run one after the other on the writer's
 * connection; those that wait are committed together (one fsync for many writers), and answered once that is durable.
 * Jobs that read run beside them on connections of their own.
 */
#pragma once

#include "iw-peer.h"

G_BEGIN_DECLS

#define IW_TYPE_DATABASE (iw_database_get_type ())
G_DECLARE_FINAL_TYPE (IwDatabase, iw_database, IW, DATABASE, GObject)

/* Signals: "changed" (gint64 seq): something is durable; on the main thread, once for each commit. */

/* Opens or (with @create) makes databases/<name>/ under @root. (transfer full) */
IwDatabase *iw_database_open (const char *root, const char *name, gboolean create, GError **error);
const char *iw_database_get_name (IwDatabase *self);
const char *iw_database_get_dir (IwDatabase *self);
/* Ends the threads after what was begun. */
void iw_database_close (IwDatabase *self);
gint64 iw_database_get_seq (IwDatabase *self); /* of the last commit that was told of */

/* @data is freed on the main thread after the callback. In a write job: iw_peer_put() and the like within the
 * transaction that is open; a job that fails is undone alone (a savepoint). */
typedef gboolean (*IwDatabaseJob) (IwStore *store, gpointer data, GError **error);
typedef void (*IwDatabaseDone) (IwDatabase *database, gpointer data, const GError *error);
void iw_database_write (IwDatabase *self, IwDatabaseJob job, gpointer data, IwDatabaseDone done, GDestroyNotify free_data);
void iw_database_read (IwDatabase *self, IwDatabaseJob job, gpointer data, IwDatabaseDone done, GDestroyNotify free_data);

/* _security: who may read and write (members) and administer (admins), by names and roles. Kept in memory, written
 * through. An empty members list admits nobody but admins: our databases are never open to all. */
const char *iw_database_get_security (IwDatabase *self); /* canonical JSON */
gboolean iw_database_set_security (IwDatabase *self, const char *json, GError **error);

G_END_DECLS
