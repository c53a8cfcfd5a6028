/* raw-http.h: a client that sends any bytes, well-formed or not, and reads answers as HTTP/1.1 has
 * them. Blocking. */
#pragma once

#include <errno.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  guint16 port;
  int fd;         /* -1: not connected */
  GByteArray *in; /* read, and not yet used */
} RawClient;

typedef enum
{
  RAW_WHOLE, /* the answer is all here */
  RAW_CUT,   /* the server closed the connection before */
  RAW_LATE,  /* nothing more came in time */
  RAW_WRONG, /* what came is no HTTP */
} RawEnd;

typedef struct
{
  RawEnd end;
  guint status; /* 0: none */
  char *head;   /* its lines, as they came */
  GByteArray *body;
  gboolean closes;
} RawAnswer;

static inline void
raw_answer_clear (RawAnswer *answer)
{
  g_clear_pointer (&answer->head, g_free);
  g_clear_pointer (&answer->body, g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RawAnswer, raw_answer_clear)

static inline void
raw_close (RawClient *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  g_byte_array_set_size (self->in, 0);
}

static inline void
raw_init (RawClient *self, guint16 port)
{
  self->port = port;
  self->fd = -1;
  self->in = g_byte_array_new ();
}

static inline void
raw_clear (RawClient *self)
{
  raw_close (self);
  g_byte_array_unref (self->in);
}

static inline void
raw_connect (RawClient *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (self->port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };

  if (self->fd >= 0)
    return;
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->fd, >=, 0);
  g_assert_cmpint (connect (self->fd, (struct sockaddr *)&address, sizeof address), ==, 0);
}

/* Ends with a reset instead of an orderly end. */
static inline void
raw_reset (RawClient *self)
{
  struct linger linger = { 1, 0 };

  if (self->fd >= 0)
    setsockopt (self->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  raw_close (self);
}

/* FALSE where the server does not want it, or does not take it in time. */
static inline gboolean
raw_send (RawClient *self, const void *bytes, gsize length, guint wait_ms)
{
  const guint8 *at = bytes;

  raw_connect (self);
  while (length > 0)
    {
      struct pollfd poller = { self->fd, POLLOUT, 0 };
      ssize_t n = send (self->fd, at, length, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0 && errno == EAGAIN && poll (&poller, 1, wait_ms) > 0)
        continue;
      if (n < 0)
        return FALSE;
      at += n;
      length -= n;
    }
  return TRUE;
}

/* 1: something came; 0: closed; -1: late. */
static inline int
raw_more (RawClient *self, gint64 until)
{
  guint8 buffer[16384];
  gint64 left = until - g_get_monotonic_time ();
  struct pollfd poller = { self->fd, POLLIN, 0 };
  ssize_t n;

  if (self->fd < 0)
    return 0;
  if (left <= 0 || poll (&poller, 1, MAX (left / 1000, 1)) <= 0)
    return -1;
  n = recv (self->fd, buffer, sizeof buffer, 0);
  if (n <= 0)
    return 0;
  g_byte_array_append (self->in, buffer, n);
  return 1;
}

static inline gboolean
raw_need (RawClient *self, gsize length, gint64 until, RawAnswer *answer)
{
  while (self->in->len < length)
    {
      int more = raw_more (self, until);

      if (more <= 0)
        {
          answer->end = more == 0 ? RAW_CUT : RAW_LATE;
          return FALSE;
        }
    }
  return TRUE;
}

/* Up to and with @stop, taken off. (transfer full) NULL where it does not come */
static inline char *
raw_take_until (RawClient *self, const char *stop, gint64 until, RawAnswer *answer)
{
  gsize n = strlen (stop);

  for (gsize seen = 0;;)
    {
      guint8 *at = self->in->len > seen
                       ? memmem (self->in->data + seen, self->in->len - seen, stop, n)
                       : NULL;

      if (at != NULL)
        {
          gsize length = at - self->in->data + n;
          char *text = g_strndup ((char *)self->in->data, length);

          g_byte_array_remove_range (self->in, 0, length);
          return text;
        }
      seen = self->in->len > n ? self->in->len - n : 0;
      if (!raw_need (self, self->in->len + 1, until, answer))
        return NULL;
    }
}

static inline gboolean
raw_take_body (RawClient *self, gsize length, gint64 until, RawAnswer *answer)
{
  gboolean ok = raw_need (self, length, until, answer);
  gsize n = MIN (length, self->in->len);

  g_byte_array_append (answer->body, self->in->data, n);
  if (n > 0)
    g_byte_array_remove_range (self->in, 0, n);
  return ok;
}

static inline gboolean
raw_take_chunks (RawClient *self, gint64 until, RawAnswer *answer)
{
  for (;;)
    {
      g_autofree char *line = raw_take_until (self, "\r\n", until, answer);
      g_autofree char *end = NULL;
      guint64 length;
      char *rest;

      if (line == NULL)
        return FALSE;
      length = g_ascii_strtoull (line, &rest, 16);
      if (rest == line || length > G_MAXINT32)
        {
          answer->end = RAW_WRONG;
          return FALSE;
        }
      if (length > 0 && !raw_take_body (self, length, until, answer))
        return FALSE;
      end = raw_take_until (self, "\r\n", until, answer);
      if (end == NULL || length == 0)
        return end != NULL;
    }
}

/* A header's value, without blanks around it; NULL where it is not there. (transfer full) */
static inline char *
raw_header (const RawAnswer *answer, const char *name)
{
  g_autofree char *key = g_strconcat ("\r\n", name, ":", NULL);
  g_autofree char *lower = answer->head != NULL ? g_ascii_strdown (answer->head, -1) : NULL;
  g_autofree char *lower_key = g_ascii_strdown (key, -1);
  char *at = lower != NULL ? strstr (lower, lower_key) : NULL;
  const char *value;

  if (at == NULL)
    return NULL;
  value = answer->head + (at - lower) + strlen (key);
  return g_strstrip (g_strndup (value, strcspn (value, "\r")));
}

/* One answer; 1xx are passed over. @head: of a HEAD request, which has no body. (transfer full) */
static inline RawAnswer
raw_receive (RawClient *self, gboolean head, guint wait_ms)
{
  gint64 until = g_get_monotonic_time () + wait_ms * G_GINT64_CONSTANT (1000);
  RawAnswer answer = { RAW_WHOLE, 0, NULL, g_byte_array_new (), FALSE };
  g_autofree char *length = NULL;
  g_autofree char *coding = NULL;
  g_autofree char *connection = NULL;

  do
    {
      g_free (answer.head);
      answer.head = raw_take_until (self, "\r\n\r\n", until, &answer);
      if (answer.head == NULL)
        return answer;
      answer.status = g_str_has_prefix (answer.head, "HTTP/1.")
                          ? g_ascii_strtoull (answer.head + 9, NULL, 10)
                          : 0;
    }
  while (answer.status / 100 == 1);
  if (answer.status == 0)
    {
      answer.end = RAW_WRONG;
      return answer;
    }
  length = raw_header (&answer, "content-length");
  coding = raw_header (&answer, "transfer-encoding");
  connection = raw_header (&answer, "connection");
  answer.closes = connection != NULL && g_ascii_strcasecmp (connection, "close") == 0;
  if (head || answer.status == 204 || answer.status == 304)
    return answer;
  if (coding != NULL)
    raw_take_chunks (self, until, &answer);
  else if (length != NULL)
    raw_take_body (self, g_ascii_strtoull (length, NULL, 10), until, &answer);
  else
    {
      answer.closes = TRUE;
      raw_take_body (self, G_MAXSIZE, until, &answer);
      answer.end = answer.end == RAW_CUT ? RAW_WHOLE : answer.end;
    }
  return answer;
}
