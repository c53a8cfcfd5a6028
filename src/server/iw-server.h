/* iw-server.h: the server: its databases, accounts and connections, and who of them gets what. Main thread; callbacks
 * and sources are those of the main context that is the thread's default when it is made.
 */
#pragma once

#include "iw-accounts.h"
#include "iw-database.h"
#include "iw-server-config.h"
#include "iw-throttle.h"

G_BEGIN_DECLS

#define IW_TYPE_SERVER (iw_server_get_type ())
G_DECLARE_FINAL_TYPE (IwServer, iw_server, IW, SERVER, GObject)

/* Opens the data folder that iw_setup_init() made. @config is taken. @context: the clock of sessions and throttles,
 * kept; NULL for the system's. (transfer full) */
IwServer *iw_server_new (const char *dir, IwServerConfig *config, const IwContext *context, GError **error);
/* Listens as the configuration says, or on the sockets that systemd gave. */
gboolean iw_server_listen (IwServer *self, GError **error);
guint16 iw_server_get_port (IwServer *self); /* of the first socket */
/* No new connections or requests; what was begun is finished, feeds end with what they have. @done is called once that
 * is so, or after @patience_s; then the databases are closed. */
void iw_server_stop (IwServer *self, guint patience_s, GSourceOnceFunc done, gpointer data);

/* All (transfer none), as long as @self. */
const char *iw_server_get_uuid (IwServer *self); /* that of the database "_users" */
const IwServerConfig *iw_server_get_config (IwServer *self);
const IwContext *iw_server_get_context (IwServer *self); /* never NULL */
IwAccounts *iw_server_get_accounts (IwServer *self);
IwThrottle *iw_server_get_throttle (IwServer *self);
const guint8 *iw_server_get_session_key (IwServer *self); /* IW_SESSION_KEY_LENGTH bytes */
gboolean iw_server_is_tls (IwServer *self); /* it has a certificate */

/* ---- databases ---- */

IwDatabase *iw_server_get_database (IwServer *self, const char *name); /* (transfer none), NULL: none */
IwDatabase *iw_server_get_users (IwServer *self);                      /* (transfer none) */
/* In order of their names, without "_users". (element-type IwDatabase) (transfer container) */
GPtrArray *iw_server_list_databases (IwServer *self);
/* G_IO_ERROR_EXISTS. (transfer none) */
IwDatabase *iw_server_create_database (IwServer *self, const char *name, GError **error);
/* What is read or written there now ends first; feeds hear it by "closed". */
gboolean iw_server_delete_database (IwServer *self, IwDatabase *database, GError **error);

/* ---- what operators see ---- */

typedef struct
{
  guint64 n_requests[6]; /* by the first digit of the status; 0: cut */
  guint64 n_sign_ins_failed;
  guint64 n_connections; /* since the start */
  guint64 bytes_in;      /* of bodies */
  guint64 bytes_out;
  guint open_connections;
  guint running;         /* requests */
} IwServerCounts;

IwServerCounts *iw_server_get_counts (IwServer *self); /* (transfer none) */
/* What each line of the audit log is given to; by default it is printed to the standard output. @line has no end. */
typedef void (*IwServerLog) (const char *line, gpointer data);
void iw_server_set_log (IwServer *self, IwServerLog log, gpointer data);

G_END_DECLS
