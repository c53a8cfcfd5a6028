/* iw-database.h: one database of the server: a store, a thread that writes, threads that read, and who listens.
 *
 * Main thread only, but for what runs inside a job. Jobs that write are run one after the other on the writer's
 * connection; those that wait are committed together (one fsync for many writers), and answered once that is durable.
 * Jobs that read run beside them on connections of their own.
 */
#pragma once

#include "iw-peer.h"
#include "iw-security.h"

G_BEGIN_DECLS

#define IW_TYPE_DATABASE (iw_database_get_type ())
G_DECLARE_FINAL_TYPE (IwDatabase, iw_database, IW, DATABASE, GObject)

/* Signals: "changed" (gint64 seq): something is durable; on the main thread, once for each commit.
 * "closed": it is deleted, or the server stops: feeds end. Jobs that come later fail with NOT_FOUND. */

/* Opens or (with @create) makes databases/<name>/ under @root. INVALID for what is no name of a database, NOT_FOUND
 * where there is none. Callbacks come in the main context that is the thread's default now. (transfer full) */
IwDatabase *iw_database_open (const char *root, const char *name, gboolean create, GError **error);
/* (transfer none). The uuid is the store's own: part of each sequence. */
const char *iw_database_get_name (IwDatabase *self);
const char *iw_database_get_dir (IwDatabase *self);
const char *iw_database_get_uuid (IwDatabase *self);
/* The server stops: emits "closed", once, while jobs still run. */
void iw_database_end_feeds (IwDatabase *self);
gboolean iw_database_has_ended_feeds (IwDatabase *self); /* also once it is closed */
gboolean iw_database_is_closed (IwDatabase *self); /* FALSE in "closed" where the server stops, and it is not deleted */
/* Ends the threads after what was begun. */
void iw_database_close (IwDatabase *self);
gint64 iw_database_get_seq (IwDatabase *self); /* of the last commit that was told of */

/* @data is freed on the main thread after the callback. In a write job: iw_peer_put() and the like within the
 * transaction that is open; a job that fails is undone alone (a savepoint). */
typedef gboolean (*IwDatabaseJob) (IwStore *store, gpointer data, GError **error);
typedef void (*IwDatabaseDone) (IwDatabase *database, gpointer data, const GError *error);
void iw_database_write (IwDatabase *self, IwDatabaseJob job, gpointer data, IwDatabaseDone done, GDestroyNotify free_data);
void iw_database_read (IwDatabase *self, IwDatabaseJob job, gpointer data, IwDatabaseDone done, GDestroyNotify free_data);
/* In the writer's thread, in its turn, without a transaction: compaction. */
void iw_database_maintain (IwDatabase *self, IwDatabaseJob job, gpointer data, IwDatabaseDone done,
                           GDestroyNotify free_data);

/* _security: who may read and write (members) and administer (admins), by names and roles. Kept in memory, written
 * through. An empty members list admits nobody but admins: our databases are never open to all. */
const char *iw_database_get_security (IwDatabase *self); /* canonical JSON */
gboolean iw_database_set_security (IwDatabase *self, const char *json, GError **error);
/* Takes in what another program has written of it. */
void iw_database_look_again (IwDatabase *self);
/* Whether @account (NULL: nobody) may read and write here, or administer it; admins are members. */
gboolean iw_database_admits (IwDatabase *self, const IwAccount *account);
gboolean iw_database_is_admin (IwDatabase *self, const IwAccount *account);

/* As CouchDB has it: a lower-case letter, then letters, digits and _$()+/-; "_users" besides. At most 128 bytes. */
gboolean iw_database_is_name (const char *name);
/* Where one lies: databases/ and the name, with "/" as "%2F". (transfer full) */
char *iw_database_dir (const char *root, const char *name);
/* What iw_database_dir() made of a name; NULL for what is none. (transfer full) */
char *iw_database_name_of (const char *folder);

G_END_DECLS
