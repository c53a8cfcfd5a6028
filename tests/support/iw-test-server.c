#include "iw-test-server.h"

#include <string.h>

#include "iw-password.h"
#include "iw-setup.h"
#include "iw-test-support.h"

struct _IwTestServer
{
  char *dir;
  char *url;
  guint16 port;
  IwServerConfig *config;
  gboolean tls;
  IwContext clock;
  gint64 now;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  IwServer *server;
  SoupSession *session;
  GMutex lock;
  GCond cond;
  gboolean ready;
  GString *log;
};

static const struct
{
  const char *name;
  const char *role;
} accounts[] = { { "admin", "admin" },   { "boss", "responder" },  { "writer", "responder" },
                 { "reader", "reader" }, { "auditor", "auditor" }, { "outsider", "responder" } };

/* ---- a data folder ---- */

static gboolean
add_accounts (IwStore *users, gpointer data, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      const char *roles[] = { accounts[i].role, NULL };
      g_autoptr (IwUser) user = iw_user_new (accounts[i].name, roles);
      g_autofree char *password = g_strconcat (accounts[i].name, "-secret", NULL);

      user->password_hash = iw_password_hash (password, error);
      if (user->password_hash == NULL || !iw_user_store (users, user, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
make_folder (IwTestServer *self)
{
  static const char security[] = "{\"admins\":{\"names\":[\"boss\"],\"roles\":[]},\"members\":"
                                 "{\"names\":[\"writer\",\"reader\",\"auditor\"],\"roles\":[]}}";
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  iw_setup_init (self->dir, &error);
  g_assert_no_error (error);
  iw_setup_change_users (self->dir, add_accounts, NULL, &error);
  g_assert_no_error (error);
  path = g_build_filename (self->dir, "databases", "incidents", "security.json", NULL);
  g_assert_true (g_file_set_contents (path, security, -1, NULL));
}

/* ---- its thread ---- */

static gint64
get_now (gpointer data)
{
  return __atomic_load_n ((gint64 *)data, __ATOMIC_SEQ_CST);
}

static void
keep_line (const char *line, gpointer data)
{
  IwTestServer *self = data;

  g_mutex_lock (&self->lock);
  g_string_append_printf (self->log, "%s\n", line);
  g_mutex_unlock (&self->lock);
}

static void
start (IwTestServer *self)
{
  g_autoptr (GError) error = NULL;

  self->server = iw_server_new (self->dir, self->config, &self->clock, &error);
  g_assert_no_error (error);
  iw_server_set_log (self->server, keep_line, self);
  iw_server_listen (self->server, &error);
  g_assert_no_error (error);
  self->port = iw_server_get_port (self->server);
}

static gpointer
run_server (gpointer data)
{
  IwTestServer *self = data;

  g_main_context_push_thread_default (self->context);
  start (self);
  g_mutex_lock (&self->lock);
  self->ready = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  g_main_loop_run (self->loop);
  g_clear_object (&self->server);
  /* What connections and threads have left behind for this loop. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

IwTestServer *
iw_test_server_new_full (IwServerConfig *config, gboolean tls)
{
  IwTestServer *self = g_new0 (IwTestServer, 1);
  const char *const loopback[] = { "127.0.0.1", NULL };

  self->dir = iw_test_make_dir ();
  make_folder (self);
  self->config = config != NULL ? config : iw_server_config_new ();
  self->tls = tls;
  self->config->http = !tls;
  self->config->port = 0;
  g_strfreev (self->config->listen);
  self->config->listen = g_strdupv ((char **)loopback);
  g_free (self->config->certificate);
  g_free (self->config->key);
  self->config->certificate = g_build_filename (self->dir, IW_SERVER_CERTIFICATE, NULL);
  self->config->key = g_build_filename (self->dir, IW_SERVER_KEY, NULL);
  self->now = g_get_real_time ();
  self->clock = *iw_context_system ();
  self->clock.now = get_now;
  self->clock.data = &self->now;
  self->log = g_string_new (NULL);
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->session = soup_session_new_with_options ("max-conns", 2000, "max-conns-per-host", 2000,
                                                 "timeout", 30, "proxy-resolver", NULL, NULL);
  self->thread = g_thread_new ("server", run_server, self);
  g_mutex_lock (&self->lock);
  while (!self->ready)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", tls ? "https" : "http", self->port);
  return self;
}

IwTestServer *
iw_test_server_new (void)
{
  return iw_test_server_new_full (NULL, FALSE);
}

static void
on_stopped (gpointer data)
{
  g_main_loop_quit (((IwTestServer *)data)->loop);
}

static void
stop (gpointer data)
{
  IwTestServer *self = data;

  iw_server_stop (self->server, 5, on_stopped, self);
}

void
iw_test_server_free (IwTestServer *self)
{
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  iw_test_server_run (self, stop, self);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_string_free (self->log, TRUE);
  iw_test_remove_dir (self->dir);
  g_free (self->dir);
  g_free (self->url);
  g_free (self);
}

/* ---- about it ---- */

guint16
iw_test_server_get_port (IwTestServer *self)
{
  return self->port;
}

const char *
iw_test_server_get_url (IwTestServer *self)
{
  return self->url;
}

const char *
iw_test_server_get_dir (IwTestServer *self)
{
  return self->dir;
}

IwServer *
iw_test_server_get (IwTestServer *self)
{
  return self->server;
}

void
iw_test_server_pass (IwTestServer *self, gint64 us)
{
  __atomic_add_fetch (&self->now, us, __ATOMIC_SEQ_CST);
}

char *
iw_test_server_get_log (IwTestServer *self)
{
  char *text;

  g_mutex_lock (&self->lock);
  text = g_strdup (self->log->str);
  g_mutex_unlock (&self->lock);
  return text;
}

typedef struct
{
  IwTestServer *self;
  GSourceOnceFunc func;
  gpointer data;
  gboolean done;
} Run;

static gboolean
run_one (gpointer data)
{
  Run *run = data;
  IwTestServer *self = run->self;

  run->func (run->data);
  g_mutex_lock (&self->lock);
  run->done = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  return G_SOURCE_REMOVE;
}

void
iw_test_server_run (IwTestServer *self, GSourceOnceFunc func, gpointer data)
{
  Run run = { self, func, data, FALSE };

  g_main_context_invoke (self->context, run_one, &run);
  g_mutex_lock (&self->lock);
  while (!run.done)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}

/* ---- asking it ---- */

void
iw_test_answer_clear (IwTestAnswer *answer)
{
  g_clear_pointer (&answer->body, g_free);
  g_clear_pointer (&answer->headers, soup_message_headers_unref);
}

char *
iw_test_answer_rev (const IwTestAnswer *answer)
{
  const char *rev = strstr (answer->body, "rev\":\"");

  g_assert_nonnull (rev);
  rev += strlen ("rev\":\"");
  return g_strndup (rev, strcspn (rev, "\""));
}

char *
iw_test_basic (const char *account)
{
  g_autofree char *both = g_strdup_printf ("%s:%s-secret", account, account);
  g_autofree char *encoded = g_base64_encode ((guchar *)both, strlen (both));

  return g_strconcat ("Basic ", encoded, NULL);
}

static gboolean
accept_any (SoupMessage *message,
            GTlsCertificate *certificate,
            GTlsCertificateFlags errors,
            gpointer data)
{
  return TRUE;
}

IwTestAnswer
iw_test_server_ask_full (IwTestServer *self,
                         const char *method,
                         const char *path,
                         const char *header,
                         const char *value,
                         const char *content_type,
                         const char *body,
                         gssize length)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) got = NULL;
  IwTestAnswer answer = { 0 };

  g_assert_nonnull (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_any), NULL);
  if (header != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), header, value);
  if (body != NULL)
    {
      bytes = g_bytes_new (body, length < 0 ? strlen (body) : (gsize)length);
      soup_message_set_request_body_from_bytes (message, content_type, bytes);
    }
  got = soup_session_send_and_read (self->session, message, NULL, NULL);
  if (got == NULL)
    return answer;
  answer.status = soup_message_get_status (message);
  answer.length = g_bytes_get_size (got);
  answer.body = g_strndup (g_bytes_get_data (got, NULL), answer.length);
  answer.headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  return answer;
}

IwTestAnswer
iw_test_server_ask (IwTestServer *self,
                    const char *account,
                    const char *method,
                    const char *path,
                    const char *body)
{
  g_autofree char *basic = account != NULL ? iw_test_basic (account) : NULL;

  return iw_test_server_ask_full (self, method, path, basic != NULL ? "Authorization" : NULL, basic,
                                  "application/json", body, -1);
}

guint
iw_test_server_status (IwTestServer *self,
                       const char *account,
                       const char *method,
                       const char *path,
                       const char *body)
{
  g_auto (IwTestAnswer) answer = iw_test_server_ask (self, account, method, path, body);

  return answer.status;
}

char *
iw_test_server_raw (IwTestServer *self, const char *bytes, gsize length, guint wait_ms)
{
  g_autoptr (GSocketClient) client =
      g_object_new (G_TYPE_SOCKET_CLIENT, "enable-proxy", FALSE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, &error);
  GSocket *socket;
  GString *got = g_string_new (NULL);
  gint64 end = g_get_monotonic_time () + wait_ms * G_GINT64_CONSTANT (1000);

  g_assert_no_error (error);
  socket = g_socket_connection_get_socket (connection);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes,
                             length, NULL, NULL, NULL);
  while (g_get_monotonic_time () < end &&
         g_socket_condition_timed_wait (socket, G_IO_IN, end - g_get_monotonic_time (), NULL, NULL))
    {
      char buffer[4096];
      gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL);

      if (n <= 0)
        break;
      g_string_append_len (got, buffer, n);
    }
  return g_string_free (got, FALSE);
}
