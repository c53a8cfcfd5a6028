/* Sockets that listen, and the connections that come from them. */
#include "config.h"

#include "iw-server-private.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#if HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

/* A team's apps all come back at once after the network was down; ten, libsoup's, would refuse
 * them. */
#define BACKLOG 4096
#define ACCEPT_AT_ONCE 64
#define NO_FILES_PAUSE_MS 200
#define HALF_OPEN_US (2 * (gint64)G_USEC_PER_SEC)

typedef struct
{
  IwServer *server;
  GSocket *socket;
  GSource *source;
  GSource *pause;
} IwListener;

static void
listener_free (gpointer data)
{
  IwListener *self = data;

  iw_source_drop (&self->source);
  iw_source_drop (&self->pause);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_free (self);
}

/* ---- connections ---- */

static void
on_closed (IwConnection *connection, gpointer data)
{
  IwServer *server = data;

  g_hash_table_remove (server->connections, connection);
  server->counts.open_connections = g_hash_table_size (server->connections);
}

/* Half a client: it has had time to say what it wants. */
static gboolean
is_half_open (IwConnection *connection, gint64 now)
{
  return iw_connection_get_state (connection) == IW_CONNECTION_OPENING &&
         now - iw_connection_get_since (connection) > HALF_OPEN_US;
}

/* Whether @a is to make room rather than @b: one that never said a word before one that did, then
 * the one that has waited for longer. */
static gboolean
is_rather (IwConnection *a, IwConnection *b, gint64 now)
{
  gboolean half = is_half_open (a, now);

  if (!half && iw_connection_get_state (a) != IW_CONNECTION_IDLE)
    return FALSE;
  if (b == NULL || half != is_half_open (b, now))
    return b == NULL || half;
  return iw_connection_get_since (a) < iw_connection_get_since (b);
}

static gboolean
make_room (IwServer *self)
{
  GHashTableIter iter;
  gpointer key;
  IwConnection *oldest = NULL;
  gint64 now = g_get_monotonic_time ();

  if (g_hash_table_size (self->connections) < self->config->max_connections)
    return TRUE;
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (is_rather (key, oldest, now))
      oldest = key;
  iw_connection_cut (oldest);
  return oldest != NULL;
}

static void
take (IwServer *self, GSocket *socket)
{
  IwConnection *connection;

  if (!make_room (self))
    return;
  g_socket_set_blocking (socket, FALSE);
  connection =
      iw_connection_new (self->soup, socket, self->certificate, self->handshakes, on_closed, self);
  if (connection == NULL)
    return;
  g_hash_table_add (self->connections, connection);
  self->counts.n_connections++;
  self->counts.open_connections = g_hash_table_size (self->connections);
}

void
iw_server_check_connections (IwServer *self)
{
  g_autoptr (GPtrArray) all = g_hash_table_get_keys_as_ptr_array (self->connections);
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < all->len; i++)
    iw_connection_check (all->pdata[i], now);
}

void
iw_server_abandon_connections (IwServer *self)
{
  GHashTableIter iter;
  gpointer connection;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    iw_connection_abandon (connection);
}

/* ---- accepting ---- */

static gboolean on_ready (GSocket *socket, GIOCondition condition, gpointer data);

static void
watch (IwListener *self)
{
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_ready), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static gboolean
on_pause_over (gpointer data)
{
  IwListener *self = data;

  iw_source_drop (&self->pause);
  watch (self);
  return G_SOURCE_REMOVE;
}

/* Without files there is nothing to accept with, and the socket would stay ready. */
static void
pause_accepting (IwListener *self, const char *why)
{
  g_warning ("no connection can be accepted for now: %s", why);
  iw_source_drop (&self->source);
  self->pause = g_timeout_source_new (NO_FILES_PAUSE_MS);
  g_source_set_callback (self->pause, on_pause_over, self, NULL);
  g_source_attach (self->pause, g_main_context_get_thread_default ());
}

static gboolean
on_ready (GSocket *socket, GIOCondition condition, gpointer data)
{
  IwListener *self = data;

  for (guint i = 0; i < ACCEPT_AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) client = g_socket_accept (socket, NULL, &error);

      if (client != NULL)
        take (self->server, client);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        {
          pause_accepting (self, error->message);
          return G_SOURCE_REMOVE;
        }
    }
  return G_SOURCE_CONTINUE;
}

static void
add_listener (IwServer *server, GSocket *socket)
{
  IwListener *self = g_new0 (IwListener, 1);

  self->server = server;
  self->socket = g_object_ref (socket);
  g_socket_set_blocking (socket, FALSE);
  g_ptr_array_add (server->listeners, self);
  watch (self);
}

/* ---- sockets ---- */

static GSocket *
make_socket (GInetAddress *address, guint16 port, gboolean both, GError **error)
{
  g_autoptr (GSocketAddress) full = g_inet_socket_address_new (address, port);
  GSocketFamily family = g_inet_address_get_family (address);
  g_autoptr (GSocket) socket =
      g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  if (family == G_SOCKET_FAMILY_IPV6)
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, !both, NULL);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, full, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static GSocket *
make_any_socket (guint16 port, GError **error)
{
  g_autoptr (GInetAddress) six = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GInetAddress) four = g_inet_address_new_any (G_SOCKET_FAMILY_IPV4);
  GSocket *socket = make_socket (six, port, TRUE, NULL);

  return socket != NULL ? socket : make_socket (four, port, FALSE, error);
}

static gboolean
refuse_http (const char *where, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "Plain HTTP is for loopback addresses alone, and “%s” is none: passwords would go "
               "over the network "
               "for all to read.",
               where);
  return FALSE;
}

static gboolean
listen_on (IwServer *self, const char *text, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  gboolean any = g_str_equal (text, "*");
  guint16 port = self->listeners->len > 0 && self->config->port == 0 ? iw_server_get_port (self)
                                                                     : self->config->port;
  g_autoptr (GSocket) socket = NULL;

  if (address == NULL && !any)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is no address to listen on.", text);
      return FALSE;
    }
  if (self->config->http && (any || !g_inet_address_get_is_loopback (address)))
    return refuse_http (text, error);
  socket = any ? make_any_socket (port, error) : make_socket (address, port, FALSE, error);
  if (socket == NULL)
    {
      g_prefix_error (error, "The server cannot listen on %s, port %u: ", text, port);
      return FALSE;
    }
  add_listener (self, socket);
  return TRUE;
}

#if HAVE_SYSTEMD
static gboolean
take_socket (IwServer *self, int fd, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, error);
  g_autoptr (GSocketAddress) address =
      socket != NULL ? g_socket_get_local_address (socket, error) : NULL;

  if (address == NULL)
    return FALSE;
  if (self->config->http && G_IS_INET_SOCKET_ADDRESS (address) &&
      !g_inet_address_get_is_loopback (
          g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    return refuse_http ("the socket that systemd gave", error);
  add_listener (self, socket);
  return TRUE;
}

static gboolean
take_sockets (IwServer *self, guint *n, GError **error)
{
  int given = sd_listen_fds (TRUE);

  *n = MAX (given, 0);
  for (guint i = 0; i < *n; i++)
    if (!take_socket (self, SD_LISTEN_FDS_START + i, error))
      return FALSE;
  return TRUE;
}
#else
static gboolean
take_sockets (IwServer *self, guint *n, GError **error)
{
  *n = 0;
  return TRUE;
}
#endif

/* Each connection is a file, and databases have some. */
static void
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, 65536);
  setrlimit (RLIMIT_NOFILE, &limit);
}

gboolean
iw_server_listen (IwServer *self, GError **error)
{
  guint n;

  raise_file_limit ();
  if (!take_sockets (self, &n, error))
    return FALSE;
  for (guint i = 0; n == 0 && self->config->listen[i] != NULL; i++)
    if (!listen_on (self, self->config->listen[i], error))
      return FALSE;
  if (self->listeners->len > 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "There is no address to listen on.");
  return FALSE;
}

guint16
iw_server_get_port (IwServer *self)
{
  IwListener *first = self->listeners->len > 0 ? self->listeners->pdata[0] : NULL;
  g_autoptr (GSocketAddress) address =
      first != NULL ? g_socket_get_local_address (first->socket, NULL) : NULL;

  return G_IS_INET_SOCKET_ADDRESS (address)
             ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address))
             : 0;
}

GPtrArray *
iw_server_listeners_new (void)
{
  return g_ptr_array_new_with_free_func (listener_free);
}

void
iw_server_close_listeners (IwServer *self)
{
  g_ptr_array_set_size (self->listeners, 0);
}
