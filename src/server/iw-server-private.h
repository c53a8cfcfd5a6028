/* iw-server-private.h: what the files of the server's frame share. */
#pragma once

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>

#include "iw-connection.h"
#include "iw-rate.h"
#include "iw-request-private.h"
#include "iw-server.h"
#include "iw-source.h"

G_BEGIN_DECLS

struct _IwServer
{
  GObject parent_instance;

  char *dir;
  IwServerConfig *config;
  const IwContext *context;
  guint8 session_key[32];

  SoupServer *soup;
  GTlsCertificate *certificate;
  GPtrArray *listeners;   /* (element-type IwListener) iw-server-listen.c */
  GHashTable *connections; /* IwConnection → itself */
  IwHandshakes *handshakes;
  IwRate *rate;

  GHashTable *databases; /* name → IwDatabase */
  gint64 databases_at;   /* what the folder looked like when it was last read */
  IwDatabase *users;
  gint64 users_at;
  char *uuid;
  IwAccounts *accounts;
  IwThrottle *throttle;

  GCancellable *stopping;
  GSource *tick;
  guint n_ticks;
  gint64 stop_by;
  GSourceOnceFunc stopped;
  gpointer stopped_data;

  IwServerCounts counts;
  IwServerLog log;
  gpointer log_data;
};

/* ---- iw-server-listen.c ---- */

GPtrArray *iw_server_listeners_new (void); /* (transfer full) */
void iw_server_close_listeners (IwServer *self); /* connections that are open go on */
/* Cuts connections that are late. */
void iw_server_check_connections (IwServer *self);
/* Of what is still open when the server goes. */
void iw_server_abandon_connections (IwServer *self);

/* ---- iw-server-databases.c ---- */

/* All in the data folder, and the accounts. G_IO_ERROR_NOT_FOUND where there is no "_users": no server yet. */
gboolean iw_server_open_databases (IwServer *self, GError **error);
/* Takes in what another program, as "createdb" or "adduser", has made. */
void iw_server_look_again (IwServer *self);
void iw_server_end_feeds (IwServer *self);
void iw_server_close_databases (IwServer *self);

/* ---- iw-exchange.c ---- */

/* Takes over all that comes to @self->soup. */
void iw_server_serve (IwServer *self);

/* ---- iw-gate.c ---- */

/* Who is asking: calls @done with them, NULL for nobody, or with what to answer instead (@status not 0). Now or
 * later; @message is kept alive by the caller until then. */
typedef void (*IwGateDone) (IwIdentity *identity, guint status, const char *reason, gpointer data);
void iw_gate_identify (IwServer *self, SoupServerMessage *message, const char *address, IwGateDone done, gpointer data);
/* Whether @account may have @route. 0, or the status to answer, with the reason. @database: NULL where there is none. */
guint iw_gate_admit (const IwRoute *route, gboolean names_database, IwDatabase *database, const IwAccount *account,
                     const char **reason);
/* Tells the throttle, and answers 429 in its words. (transfer full) NULL: go on */
char *iw_gate_slow (IwServer *self, const char *name, const char *address, guint *wait);

G_END_DECLS
