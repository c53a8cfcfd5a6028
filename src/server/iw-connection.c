#include "config.h"

#include "iw-connection.h"

#include <errno.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "iw-gather-stream.h"
#include "iw-source.h"

/* Seconds. A socket that neither takes nor gives anything for so long while it should is given up.
 */
#define STALL_S 120
#define OPENING_S 20
#define IDLE_S 300
#define HEADERS_S 60
/* A body must come at this pace, seen over a while. */
#define DRIP_WINDOW_S 60
#define DRIP_BYTES 1024

/* The first record of TLS: its type, version and length come first. */
#define RECORD_HEAD 5
#define RECORD_HANDSHAKE 0x16
#define MAX_RECORD 16384

#define CONNECTION_KEY "iw-connection"

struct _IwConnection
{
  SoupServer *soup;
  GSocket *socket;
  GSocketConnection *base;
  GTlsCertificate *certificate;
  IwHandshakes *handshakes; /* NULL once abandoned */
  GIOStream *stream;        /* until soup has it */
  IwGatherStream *gather;   /* what soup speaks through: soup's own, gone with this */
  GSocketAddress *remote;
  char *address;
  GCancellable *cancellable;
  GSource *first; /* the first bytes */
  GSource *watch; /* the client's end */
  GSourceOnceFunc watch_func;
  gpointer watch_data;

  IwConnectionState state;
  gint64 since;
  gint64 window_begin;
  gsize window_bytes;

  GThread *thread; /* the main one, and its context */
  GMainContext *context;
  IwConnectionClosed closed; /* NULL once abandoned */
  gpointer closed_data;
};

/* ---- ending ---- */

static void
connection_free (IwConnection *self)
{
  if (self->handshakes != NULL)
    iw_handshakes_leave (self->handshakes, self->address, self);
  iw_source_drop (&self->first);
  iw_source_drop (&self->watch);
  if (self->remote != NULL)
    g_object_set_data (G_OBJECT (self->remote), CONNECTION_KEY, NULL);
  g_clear_object (&self->remote);
  g_clear_object (&self->stream);
  g_clear_object (&self->base);
  g_clear_object (&self->socket);
  g_clear_object (&self->certificate);
  g_clear_object (&self->cancellable);
  g_main_context_unref (self->context);
  g_free (self->address);
  g_free (self);
}

static void
end (IwConnection *self)
{
  if (self->closed != NULL)
    self->closed (self, self->closed_data);
  connection_free (self);
}

static gboolean
on_end (gpointer data)
{
  end (data);
  return G_SOURCE_REMOVE;
}

/* soup closes the stream when it is through with it, and lets go of it. TLS shakes hands and closes
 * in threads of its own, and the last to let go may be one of these. */
static void
on_stream_gone (gpointer data, GObject *stream)
{
  IwConnection *self = data;

  if (g_thread_self () == self->thread)
    end (self);
  else
    {
      g_autoptr (GMainContext) context = g_main_context_ref (self->context);
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, on_end, self, NULL);
      g_source_attach (source, context);
    }
}

void
iw_connection_abandon (IwConnection *self)
{
  iw_connection_cut (self);
  self->handshakes = NULL;
  self->closed = NULL;
}

void
iw_connection_cut (IwConnection *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

/* ---- opening ---- */

static void
hand_over (IwConnection *self)
{
  g_autoptr (GIOStream) base = g_steal_pointer (&self->stream);
  GIOStream *stream = G_IO_STREAM (iw_gather_stream_new (base));
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (self->socket, NULL);

  /* Answers are mostly small, and not to be waited with. */
  g_socket_set_option (self->socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  g_socket_set_timeout (self->socket, STALL_S);
  /* Before soup has it: that may read a request at once. */
  iw_connection_set_state (self, IW_CONNECTION_IDLE);
  self->gather = IW_GATHER_STREAM (stream);
  if (local == NULL || !soup_server_accept_iostream (self->soup, stream, local, self->remote, NULL))
    {
      g_object_unref (stream);
      end (self);
      return;
    }
  g_clear_object (&self->base);
  g_object_weak_ref (G_OBJECT (stream), on_stream_gone, self);
  g_object_unref (stream);
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer data)
{
  IwConnection *self = data;
  g_autoptr (GError) error = NULL;

  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error) &&
      self->closed != NULL)
    {
      iw_handshakes_leave (self->handshakes, self->address, self);
      hand_over (self);
    }
  else
    end (self);
}

static void
shake_hands (gpointer data)
{
  IwConnection *self = data;
  /* libsoup's server cannot stream over HTTP/2: a feed would end with its first rows. */
  static const char *const protocols[] = { "http/1.1", NULL };
  g_autoptr (GError) error = NULL;
  GIOStream *tls;

  iw_source_drop (&self->first);
  iw_connection_set_state (self, IW_CONNECTION_OPENING);
  tls = g_tls_server_connection_new (G_IO_STREAM (self->base), self->certificate, &error);

  if (tls == NULL)
    {
      g_warning ("TLS cannot be used: %s", error->message);
      end (self);
      return;
    }
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  self->stream = tls;
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, self->cancellable,
                                    on_handshake, self);
}

/* Until it is its turn. */
static gboolean
on_lost (GSocket *socket, GIOCondition condition, gpointer data)
{
  end (data);
  return G_SOURCE_REMOVE;
}

static void
watch_first (IwConnection *self, GIOCondition condition, GSocketSourceFunc func)
{
  iw_source_drop (&self->first);
  self->first = g_socket_create_source (self->socket, condition, self->cancellable);
  g_source_set_callback (self->first, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (self->first, g_main_context_get_thread_default ());
}

typedef enum
{
  HELLO_NONE, /* what comes is no TLS, or will not be whole */
  HELLO_PART,
  HELLO_WHOLE,
} Hello;

/* Handshakes take a thread each, which waits as long as the client does: none is begun before its
 * first message is here. Until then poll(2) has nothing to tell of less than that. */
static Hello
look_for_hello (IwConnection *self)
{
  int fd = g_socket_get_fd (self->socket);
  struct pollfd end_of_it = { fd, POLLRDHUP, 0 };
  guint8 head[RECORD_HEAD] = { 0 };
  ssize_t n = recv (fd, head, sizeof head, MSG_PEEK | MSG_DONTWAIT);
  gint length = RECORD_HEAD;
  int here = 0;

  if (n < 0 && errno == EAGAIN)
    return HELLO_PART;
  if (n <= 0 || head[0] != RECORD_HANDSHAKE || (n > 1 && head[1] != 3))
    return HELLO_NONE;
  if (n == RECORD_HEAD)
    length += head[3] << 8 | head[4];
  if (length > RECORD_HEAD + MAX_RECORD || ioctl (fd, FIONREAD, &here) != 0)
    return HELLO_NONE;
  if (n == RECORD_HEAD && here >= length)
    return HELLO_WHOLE;
  if (poll (&end_of_it, 1, 0) != 0)
    return HELLO_NONE;
  g_socket_set_option (self->socket, SOL_SOCKET, SO_RCVLOWAT, length, NULL);
  return HELLO_PART;
}

static void
open_tls (IwConnection *self)
{
  Hello hello = look_for_hello (self);

  if (hello == HELLO_PART)
    return;
  iw_source_drop (&self->first);
  if (hello == HELLO_NONE)
    {
      end (self);
      return;
    }
  g_socket_set_option (self->socket, SOL_SOCKET, SO_RCVLOWAT, 1, NULL);
  watch_first (self, G_IO_HUP | G_IO_ERR, on_lost);
  iw_handshakes_enter (self->handshakes, self->address, shake_hands, self);
}

static gboolean
on_first_bytes (GSocket *socket, GIOCondition condition, gpointer data)
{
  IwConnection *self = data;

  if (g_cancellable_is_cancelled (self->cancellable) || (condition & (G_IO_HUP | G_IO_ERR)) != 0)
    end (self);
  else if (self->certificate != NULL)
    open_tls (self);
  else
    {
      iw_source_drop (&self->first);
      self->stream = g_object_ref (G_IO_STREAM (self->base));
      hand_over (self);
    }
  return G_SOURCE_CONTINUE; /* it is destroyed where it has done its work */
}

static char *
describe (GSocketAddress *address)
{
  if (G_IS_INET_SOCKET_ADDRESS (address))
    return g_inet_address_to_string (
        g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  return g_strdup ("local");
}

IwConnection *
iw_connection_new (SoupServer *soup,
                   GSocket *socket,
                   GTlsCertificate *certificate,
                   IwHandshakes *handshakes,
                   IwConnectionClosed closed,
                   gpointer data)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  IwConnection *self;

  if (remote == NULL)
    return NULL;
  self = g_new0 (IwConnection, 1);
  self->soup = soup;
  self->socket = g_object_ref (socket);
  self->base = g_socket_connection_factory_create_connection (socket);
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->handshakes = handshakes;
  self->remote = g_steal_pointer (&remote);
  self->address = describe (self->remote);
  self->cancellable = g_cancellable_new ();
  self->thread = g_thread_self ();
  self->context = g_main_context_ref_thread_default ();
  self->closed = closed;
  self->closed_data = data;
  g_object_set_data (G_OBJECT (self->remote), CONNECTION_KEY, self);
  iw_connection_set_state (self, IW_CONNECTION_OPENING);
  watch_first (self, G_IO_IN, on_first_bytes);
  return self;
}

IwConnection *
iw_connection_of (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return remote != NULL ? g_object_get_data (G_OBJECT (remote), CONNECTION_KEY) : NULL;
}

const char *
iw_connection_get_address (IwConnection *self)
{
  return self->address;
}

gboolean
iw_connection_is_local (IwConnection *self)
{
  return !G_IS_INET_SOCKET_ADDRESS (self->remote) ||
         g_inet_address_get_is_loopback (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (self->remote)));
}

/* ---- time ---- */

void
iw_connection_set_state (IwConnection *self, IwConnectionState state)
{
  self->state = state;
  self->since = self->window_begin = g_get_monotonic_time ();
  self->window_bytes = 0;
}

IwConnectionState
iw_connection_get_state (IwConnection *self)
{
  return self->state;
}

gint64
iw_connection_get_since (IwConnection *self)
{
  return self->since;
}

void
iw_connection_count (IwConnection *self, gsize n)
{
  self->window_bytes += n;
}

static gboolean
drips (IwConnection *self, gint64 now)
{
  gboolean slow = self->window_bytes < DRIP_BYTES;

  if (now - self->window_begin < MAX (DRIP_WINDOW_S, HEADERS_S) * (gint64)G_USEC_PER_SEC)
    return FALSE;
  self->window_begin = now;
  self->window_bytes = 0;
  return slow;
}

void
iw_connection_check (IwConnection *self, gint64 now)
{
  gint64 age = now - self->since;
  gboolean late = FALSE;

  switch (self->state)
    {
    case IW_CONNECTION_OPENING:
      late = age > OPENING_S * (gint64)G_USEC_PER_SEC;
      break;
    case IW_CONNECTION_IDLE:
      late = age > IDLE_S * (gint64)G_USEC_PER_SEC;
      break;
    case IW_CONNECTION_READING:
      late = drips (self, now);
      break;
    case IW_CONNECTION_ANSWERING:
    default:
      break;
    }
  if (late)
    iw_connection_cut (self);
}

/* ---- the socket ---- */

void
iw_connection_cork (IwConnection *self, gboolean on)
{
  if (self != NULL && self->gather != NULL)
    iw_gather_stream_set_gathering (self->gather, on);
}

static gboolean
on_client_end (int fd, GIOCondition condition, gpointer data)
{
  IwConnection *self = data;
  GSourceOnceFunc func = self->watch_func;
  gpointer func_data = self->watch_data;

  iw_source_drop (&self->watch);
  func (func_data);
  return G_SOURCE_REMOVE;
}

void
iw_connection_watch (IwConnection *self, GSourceOnceFunc func, gpointer data)
{
  iw_source_drop (&self->watch);
  if (func == NULL)
    return;
  self->watch_func = func;
  self->watch_data = data;
  /* soup does not look at the socket while it waits for an answer. POLLHUP alone would mean that
   * both ends are shut. */
  self->watch = g_unix_fd_source_new (g_socket_get_fd (self->socket),
                                      (GIOCondition)(POLLRDHUP | G_IO_HUP | G_IO_ERR));
  g_source_set_callback (self->watch, G_SOURCE_FUNC (on_client_end), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}
