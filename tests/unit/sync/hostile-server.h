/* hostile-server.h: a server that answers whatever a test wants, byte by byte, in threads of its
 * own. */
#pragma once

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>

#include "iw-remote.h"
#include "iw-test-support.h"

/* One request. */
typedef struct
{
  char *head; /* the request's line and headers */
  GString *body;
} Question;

/* Writes the whole answer to @out; FALSE closes the connection. */
typedef gboolean (*Answer) (const Question *question, GOutputStream *out, gpointer data);

typedef struct
{
  GSocketService *service;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GTlsCertificate *certificate; /* NULL: without TLS */
  guint16 port;
  Answer answer;
  gpointer data;
  gint n_requests;
  gint stop;
  gint resets; /* connections, as soon as anything comes */
} Server;

static inline gboolean
put (GOutputStream *out, const char *text)
{
  return g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
}

static inline gboolean
put_answer (GOutputStream *out, int status, const char *headers, const char *body)
{
  g_autofree char *head = g_strdup_printf (
      "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n", status,
      strlen (body), headers);

  return put (out, head) && put (out, body);
}

static inline gboolean
is_for (const Question *question, const char *start)
{
  return g_str_has_prefix (question->head, start);
}

static inline gsize
length_of (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *at = strstr (lower, "\r\ncontent-length:");

  return at != NULL ? g_ascii_strtoull (at + strlen ("\r\ncontent-length:"), NULL, 10) : 0;
}

static inline gboolean
read_question (GInputStream *in, Question *question)
{
  GString *head = g_string_new (NULL);
  gsize length;
  char byte;

  while (g_input_stream_read (in, &byte, 1, NULL, NULL) == 1)
    {
      g_string_append_c (head, byte);
      if (g_str_has_suffix (head->str, "\r\n\r\n"))
        break;
    }
  question->head = g_string_free (head, FALSE);
  length = length_of (question->head);
  question->body = g_string_new (NULL);
  g_string_set_size (question->body, length);
  return g_str_has_suffix (question->head, "\r\n\r\n") &&
         g_input_stream_read_all (in, question->body->str, length, NULL, NULL, NULL);
}

/* As the system does for a program that is killed. */
static inline void
reset (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  struct linger linger = { 1, 0 };
  char byte;

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte, 1, NULL,
                       NULL);
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (socket, NULL);
}

static inline gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        Server *server)
{
  g_autoptr (GIOStream) stream = G_IO_STREAM (g_object_ref (connection));
  gboolean goes_on = TRUE;

  if (g_atomic_int_get (&server->resets))
    {
      reset (connection);
      return TRUE;
    }
  if (server->certificate != NULL)
    {
      GIOStream *tls = g_tls_server_connection_new (stream, server->certificate, NULL);

      g_object_unref (stream);
      stream = tls;
    }
  while (goes_on && !g_atomic_int_get (&server->stop))
    {
      Question question = { 0 };

      goes_on = read_question (g_io_stream_get_input_stream (stream), &question);
      if (goes_on)
        {
          g_atomic_int_inc (&server->n_requests);
          goes_on =
              server->answer (&question, g_io_stream_get_output_stream (stream), server->data);
        }
      g_free (question.head);
      g_string_free (question.body, TRUE);
    }
  g_io_stream_close (stream, NULL, NULL);
  return TRUE;
}

static inline gpointer
run_server (gpointer data)
{
  Server *server = data;

  g_main_context_push_thread_default (server->context);
  g_main_loop_run (server->loop);
  g_main_context_pop_thread_default (server->context);
  return NULL;
}

static inline Server *
server_start (GTlsCertificate *certificate, Answer answer, gpointer data)
{
  Server *server = g_new0 (Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  server->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  server->answer = answer;
  server->data = data;
  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  g_main_context_push_thread_default (server->context);
  server->service = g_threaded_socket_service_new (16);
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (server->service, "run", G_CALLBACK (on_run), server);
  g_socket_service_start (server->service);
  g_main_context_pop_thread_default (server->context);
  server->thread = g_thread_new ("hostile", run_server, server);
  return server;
}

/* Clients must be gone by then: their connections' threads end with them. */
static inline void
server_stop (Server *server)
{
  g_atomic_int_set (&server->stop, 1);
  g_main_loop_quit (server->loop);
  g_thread_join (server->thread);
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  /* Threads of connections may still be at their last words. */
  while (g_atomic_int_get (&G_OBJECT (server->service)->ref_count) > 1)
    {
      while (g_main_context_iteration (server->context, FALSE))
        ;
      g_usleep (1000);
    }
  g_object_unref (server->service);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_clear_object (&server->certificate);
  g_free (server);
}

/* With short limits: 400 ms of silence, 1.2 s in all, 1 MiB. */
static inline IwRemote *
remote_for (Server *server, const char *pin)
{
  g_autofree char *url = g_strdup_printf (
      "%s://127.0.0.1:%u/", server->certificate != NULL ? "https" : "http", server->port);
  IwSyncAccount account = {
    .url = url, .user = (char *)"hana", .certificate = (char *)pin, .compartment = (char *)"db"
  };
  IwRemote *remote = iw_remote_new (&account, "secret");

  iw_remote_set_limits (remote, 400, 1200, 1024 * 1024);
  return remote;
}
