/* load-connection.h: HTTP/1.1 clients in great number in one thread, with so little work for each
 * byte that the server is measured and not they: epoll, GnuTLS, no copies that can be spared.
 */
#pragma once

#include <glib.h>

/* Where to, and as whom. */
typedef struct
{
  char *host; /* as the server is called; it is looked for on 127.0.0.1 */
  guint16 port;
  gboolean tls;        /* the certificate is not looked at: it is our own server of a moment ago */
  char *authorization; /* the header's value; NULL: none */
} LoadTarget;

/* @url: "https://127.0.0.1:6984". Exits where it is none. */
LoadTarget *load_target_new (const char *url, const char *authorization);

typedef struct _LoadLoop LoadLoop;
typedef struct _LoadConnection LoadConnection;

typedef struct
{
  void (*begun) (LoadConnection *connection,
                 guint status,
                 gpointer data); /* headers are here; may be NULL */
  void (*body) (LoadConnection *connection, const char *bytes, gsize length, gpointer data);
  void (*done) (LoadConnection *connection, guint status, gpointer data);
  void (*failed) (LoadConnection *connection, const char *why, gpointer data);
} LoadFuncs;

LoadLoop *load_loop_new (void);
/* Runs until load_loop_quit(). @tick (may be NULL) is called every millisecond. */
void load_loop_run (LoadLoop *self, void (*tick) (gpointer data), gpointer data);
void load_loop_quit (LoadLoop *self);

/* Connects; requests may be given at once. */
LoadConnection *load_connection_new (LoadLoop *loop,
                                     const LoadTarget *target,
                                     const LoadFuncs *funcs,
                                     gpointer data);
/* One request at a time: the next after "done". @body: NULL for none; it must stay until "done". */
void load_connection_request (LoadConnection *self,
                              const char *method,
                              const char *path,
                              const char *body,
                              gsize length);
void load_connection_free (LoadConnection *self);
