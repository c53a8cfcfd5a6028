#include "load-connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS_AT_ONCE 256
#define PIECE (64 * 1024)
#define MAX_HEADERS (16 * 1024)

struct _LoadLoop
{
  int epoll;
  gboolean quit;
  char *piece; /* that all connections read into */
};

typedef enum
{
  AWAIT_HEADERS,
  IN_LENGTH,  /* @left bytes of a body of known length */
  IN_CHUNK,   /* @left bytes of a chunk */
  CHUNK_SIZE, /* the line with its size */
  CHUNK_END,  /* the line break after it */
  TRAILER,    /* the line after the last chunk */
} State;

struct _LoadConnection
{
  LoadLoop *loop;
  const LoadTarget *target;
  const LoadFuncs *funcs;
  gpointer data;
  int fd;
  gnutls_session_t session; /* NULL without TLS */
  gboolean shaken;          /* hands */
  gboolean wants_out;       /* is watched for room to write */
  GString *head;            /* of the request, not sent yet */
  const char *body;
  gsize n_body;
  State state;
  GString *line; /* headers or a chunk's line that is not whole yet */
  guint status;
  guint64 left;
  gboolean dead;
};

static gnutls_certificate_credentials_t credentials;
static gnutls_priority_t priorities;

LoadTarget *
load_target_new (const char *url, const char *authorization)
{
  LoadTarget *self = g_new0 (LoadTarget, 1);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_port (uri) <= 0)
    {
      fprintf (stderr, "load: no address with a port: %s\n", url);
      exit (2);
    }
  self->tls = g_str_equal (g_uri_get_scheme (uri), "https");
  self->host = g_strdup (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri);
  self->authorization = g_strdup (authorization);
  if (self->tls)
    {
      gnutls_certificate_allocate_credentials (&credentials);
      gnutls_priority_init (&priorities, "NORMAL", NULL);
    }
  return self;
}

/* ---- the loop ---- */

LoadLoop *
load_loop_new (void)
{
  LoadLoop *self = g_new0 (LoadLoop, 1);

  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->piece = g_malloc (PIECE);
  return self;
}

void
load_loop_quit (LoadLoop *self)
{
  self->quit = TRUE;
}

static void on_ready (LoadConnection *self, guint events);

void
load_loop_run (LoadLoop *self, void (*tick) (gpointer data), gpointer data)
{
  struct epoll_event events[EVENTS_AT_ONCE];

  self->quit = FALSE;
  while (!self->quit)
    {
      int n = epoll_wait (self->epoll, events, EVENTS_AT_ONCE, tick != NULL ? 1 : 1000);

      for (int i = 0; i < n; i++)
        on_ready (events[i].data.ptr, events[i].events);
      if (tick != NULL)
        tick (data);
    }
}

static void
watch (LoadConnection *self, gboolean out)
{
  struct epoll_event event = { .events = EPOLLIN | (out ? EPOLLOUT : 0u), .data.ptr = self };

  if (self->wants_out == out)
    return;
  self->wants_out = out;
  epoll_ctl (self->loop->epoll, EPOLL_CTL_MOD, self->fd, &event);
}

static void
fail (LoadConnection *self, const char *why)
{
  if (self->dead)
    return;
  self->dead = TRUE;
  epoll_ctl (self->loop->epoll, EPOLL_CTL_DEL, self->fd, NULL);
  self->funcs->failed (self, why, self->data);
}

/* ---- answers ---- */

static void
finish (LoadConnection *self)
{
  self->state = AWAIT_HEADERS;
  self->body = NULL;
  self->funcs->done (self, self->status, self->data);
}

static void
read_headers (LoadConnection *self)
{
  const char *length = strcasestr (self->line->str, "\r\nContent-Length:");
  gboolean chunked = strcasestr (self->line->str, "\r\nTransfer-Encoding: chunked") != NULL;

  self->status = strlen (self->line->str) > 12 ? atoi (self->line->str + 9) : 0;
  self->left = length != NULL ? strtoull (length + strlen ("\r\nContent-Length:"), NULL, 10) : 0;
  g_string_truncate (self->line, 0);
  self->state = chunked ? CHUNK_SIZE : IN_LENGTH;
  if (self->funcs->begun != NULL)
    self->funcs->begun (self, self->status, self->data);
  if (!chunked && self->left == 0)
    finish (self);
}

/* Takes up to the end of the headers; what is left of @bytes. */
static gsize
take_headers (LoadConnection *self, const char *bytes, gsize length)
{
  gsize before = self->line->len;
  const char *end;

  g_string_append_len (self->line, bytes, length);
  end = strstr (self->line->str + (before > 3 ? before - 3 : 0), "\r\n\r\n");
  if (end == NULL)
    {
      if (self->line->len > MAX_HEADERS)
        fail (self, "headers without end");
      return length;
    }
  length = end + 4 - self->line->str - before;
  g_string_truncate (self->line, end + 2 - self->line->str);
  read_headers (self);
  return length;
}

static gsize
take_line (LoadConnection *self, const char *bytes, gsize length)
{
  const char *end = memchr (bytes, '\n', length);
  gsize used = end != NULL ? (gsize)(end + 1 - bytes) : length;

  g_string_append_len (self->line, bytes, used);
  if (end == NULL)
    return used;
  if (self->state == CHUNK_SIZE)
    {
      self->left = strtoull (self->line->str, NULL, 16);
      self->state = self->left > 0 ? IN_CHUNK : TRAILER;
      g_string_truncate (self->line, 0);
      return used;
    }
  g_string_truncate (self->line, 0);
  if (self->state == TRAILER)
    finish (self);
  else
    self->state = CHUNK_SIZE;
  return used;
}

static gsize
take_body (LoadConnection *self, const char *bytes, gsize length)
{
  gsize used = MIN (length, self->left);

  self->left -= used;
  self->funcs->body (self, bytes, used, self->data);
  if (self->left > 0)
    return used;
  if (self->state == IN_CHUNK)
    self->state = CHUNK_END;
  else
    finish (self);
  return used;
}

static void
take (LoadConnection *self, const char *bytes, gsize length)
{
  while (length > 0 && !self->dead)
    {
      gsize used;

      if (self->state == AWAIT_HEADERS)
        used = take_headers (self, bytes, length);
      else if (self->state == IN_LENGTH || self->state == IN_CHUNK)
        used = take_body (self, bytes, length);
      else
        used = take_line (self, bytes, length);
      bytes += used;
      length -= used;
    }
}

/* ---- the socket ---- */

/* Bytes; 0: would wait; -1: the end; -2: an error. */
static gssize
receive (LoadConnection *self)
{
  gssize n;

  if (self->session != NULL)
    {
      n = gnutls_record_recv (self->session, self->loop->piece, PIECE);
      if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
        return 0;
    }
  else
    {
      n = recv (self->fd, self->loop->piece, PIECE, MSG_DONTWAIT);
      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    }
  return n > 0 ? n : n == 0 ? -1 : -2;
}

static gssize
transmit (LoadConnection *self, const char *bytes, gsize length)
{
  gssize n;

  if (self->session != NULL)
    {
      n = gnutls_record_send (self->session, bytes, length);
      return n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED ? 0 : n;
    }
  n = send (self->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  return n < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : n;
}

/* FALSE where there is no more room. */
static gboolean
transmit_some (LoadConnection *self, const char *bytes, gsize length, gsize *sent)
{
  gssize n = transmit (self, bytes, length);

  *sent = MAX (n, 0);
  if (n < 0)
    fail (self, "cannot be written to");
  return n > 0;
}

static void
push (LoadConnection *self)
{
  gsize n;

  while (!self->dead && self->head->len > 0)
    {
      if (!transmit_some (self, self->head->str, self->head->len, &n))
        break;
      g_string_erase (self->head, 0, n);
    }
  while (!self->dead && self->head->len == 0 && self->n_body > 0)
    {
      if (!transmit_some (self, self->body, self->n_body, &n))
        break;
      self->body += n;
      self->n_body -= n;
    }
  if (!self->dead)
    watch (self, self->head->len + self->n_body > 0);
}

static gboolean
shake (LoadConnection *self)
{
  int code;

  if (self->shaken || self->session == NULL)
    return self->shaken = TRUE;
  code = gnutls_handshake (self->session);
  if (code == GNUTLS_E_SUCCESS)
    return self->shaken = TRUE;
  if (gnutls_error_is_fatal (code))
    fail (self, gnutls_strerror (code));
  else
    watch (self, gnutls_record_get_direction (self->session) == 1);
  return FALSE;
}

static void
on_ready (LoadConnection *self, guint events)
{
  if (self->dead || !shake (self))
    return;
  push (self);
  while (!self->dead)
    {
      gssize n = receive (self);

      if (n == 0)
        return;
      if (n < 0)
        {
          fail (self, n == -1 ? "closed" : "cannot be read");
          return;
        }
      take (self, self->loop->piece, n);
    }
}

LoadConnection *
load_connection_new (LoadLoop *loop,
                     const LoadTarget *target,
                     const LoadFuncs *funcs,
                     gpointer data)
{
  LoadConnection *self = g_new0 (LoadConnection, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (target->port) };
  struct epoll_event event = { .events = EPOLLIN | EPOLLOUT, .data.ptr = self };

  self->loop = loop;
  self->target = target;
  self->funcs = funcs;
  self->data = data;
  self->head = g_string_new (NULL);
  self->line = g_string_new (NULL);
  self->wants_out = TRUE;
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof (int));
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (self->fd < 0 ||
      (connect (self->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS))
    {
      perror ("load: connect");
      exit (1);
    }
  if (target->tls)
    {
      gnutls_init (&self->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
      gnutls_priority_set (self->session, priorities);
      gnutls_credentials_set (self->session, GNUTLS_CRD_CERTIFICATE, credentials);
      gnutls_transport_set_int (self->session, self->fd);
    }
  epoll_ctl (loop->epoll, EPOLL_CTL_ADD, self->fd, &event);
  return self;
}

void
load_connection_request (LoadConnection *self,
                         const char *method,
                         const char *path,
                         const char *body,
                         gsize length)
{
  g_string_append_printf (self->head,
                          "%s %s HTTP/1.1\r\nHost: %s:%u\r\nAccept: application/json\r\n", method,
                          path, self->target->host, self->target->port);
  if (self->target->authorization != NULL)
    g_string_append_printf (self->head, "Authorization: %s\r\n", self->target->authorization);
  if (body != NULL)
    g_string_append_printf (
        self->head, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
        length);
  g_string_append (self->head, "\r\n");
  self->body = body;
  self->n_body = length;
  if (self->shaken)
    push (self);
}

void
load_connection_free (LoadConnection *self)
{
  if (self->session != NULL)
    gnutls_deinit (self->session);
  close (self->fd);
  g_string_free (self->head, TRUE);
  g_string_free (self->line, TRUE);
  g_free (self);
}
