/* iw-connection.h: one client's connection: its socket, TLS, and how long it may take for what. Main thread only.
 *
 * soup gets the stream once there is something to read and TLS is agreed on; libsoup's own listener would stop for good
 * at the first connection it cannot accept, has no limit, and waits for ever.
 */
#pragma once

#include <libsoup/soup.h>

#include "iw-handshakes.h"

G_BEGIN_DECLS

typedef struct _IwConnection IwConnection;
typedef struct _IwServer IwServer;

/* What it is doing, and since when. */
typedef enum
{
  IW_CONNECTION_OPENING,   /* nothing has come, or TLS is being agreed on */
  IW_CONNECTION_IDLE,      /* between requests */
  IW_CONNECTION_READING,   /* within a request */
  IW_CONNECTION_ANSWERING, /* the request is here whole */
} IwConnectionState;

/* Takes an accepted socket. @certificate NULL: plain. @handshakes: kept, outlives it. The connection lives until its socket is closed; @closed is
 * called then, and the connection is freed. */
typedef void (*IwConnectionClosed) (IwConnection *self, gpointer data);
IwConnection *iw_connection_new (SoupServer *soup, GSocket *socket, GTlsCertificate *certificate,
                                 IwHandshakes *handshakes, IwConnectionClosed closed, gpointer data);
/* For a server that goes while connections are still ending: cuts it and tells nobody any more. */
void iw_connection_abandon (IwConnection *self);
/* Of a message, while that is not finished; NULL where its connection is gone. */
IwConnection *iw_connection_of (SoupServerMessage *message);

/* Setting it begins its time anew, also where it is the same. */
void iw_connection_set_state (IwConnection *self, IwConnectionState state);
IwConnectionState iw_connection_get_state (IwConnection *self);
gint64 iw_connection_get_since (IwConnection *self); /* monotonic µs of the state's begin */
const char *iw_connection_get_address (IwConnection *self); /* of the client, without its port */
gboolean iw_connection_is_local (IwConnection *self); /* from this machine: a proxy's clients are not told apart */
/* Bytes of a request's body that came. */
void iw_connection_count (IwConnection *self, gsize n);
/* Cuts it where it takes too long: for its state, or drips. To be called every few seconds. */
void iw_connection_check (IwConnection *self, gint64 now);

/* Gathers what is written into whole records until it is taken off (iw-gather-stream.h). @self may be NULL. */
void iw_connection_cork (IwConnection *self, gboolean on);
/* Ends it at once, whatever it does. @self may be NULL. */
void iw_connection_cut (IwConnection *self);

/* Calls @func once when the client closes its end; replaces an earlier one, NULL takes it off. */
void iw_connection_watch (IwConnection *self, GSourceOnceFunc func, gpointer data);

G_END_DECLS
