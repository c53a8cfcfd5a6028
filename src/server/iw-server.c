#include "config.h"

#include "iw-server-private.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#define CHECK_EVERY 5 /* ticks */
#define MAX_ADDRESSES 20000
#define MAX_HANDSHAKES 8 /* at a time, of one address */

G_DEFINE_FINAL_TYPE (IwServer, iw_server, G_TYPE_OBJECT)

static void
print_line (const char *line, gpointer data)
{
  fprintf (stdout, "%s\n", line);
  fflush (stdout);
}

static void
iw_server_finalize (GObject *object)
{
  IwServer *self = IW_SERVER (object);

  iw_source_drop (&self->tick);
  g_clear_pointer (&self->listeners, g_ptr_array_unref);
  if (self->users != NULL)
    g_signal_handlers_disconnect_by_data (self->users, self);
  g_clear_object (&self->soup);
  iw_server_abandon_connections (self);
  if (self->accounts != NULL)
    iw_accounts_close (self->accounts);
  iw_server_close_databases (self);
  g_clear_object (&self->accounts);
  g_hash_table_unref (self->databases);
  g_hash_table_unref (self->connections);
  g_clear_pointer (&self->throttle, iw_throttle_free);
  g_clear_pointer (&self->rate, iw_rate_free);
  g_clear_pointer (&self->handshakes, iw_handshakes_free);
  g_clear_pointer (&self->config, iw_server_config_free);
  g_clear_object (&self->certificate);
  g_clear_object (&self->stopping);
  explicit_bzero (self->session_key, sizeof self->session_key);
  g_free (self->uuid);
  g_free (self->dir);
  G_OBJECT_CLASS (iw_server_parent_class)->finalize (object);
}

static void
iw_server_class_init (IwServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_server_finalize;
}

static void
iw_server_init (IwServer *self)
{
  self->databases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->connections = g_hash_table_new (NULL, NULL);
  self->listeners = iw_server_listeners_new ();
  self->handshakes = iw_handshakes_new (MAX_HANDSHAKES);
  self->stopping = g_cancellable_new ();
  self->log = print_line;
}

/* ---- making one ---- */

static gboolean
read_session_key (IwServer *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, IW_SERVER_SESSION_KEY, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return FALSE;
  if (length != sizeof self->session_key)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” is no key.", path);
      return FALSE;
    }
  memcpy (self->session_key, bytes, length);
  explicit_bzero (bytes, length);
  return TRUE;
}

static gboolean
read_certificate (IwServer *self, GError **error)
{
  if (self->config->http)
    return TRUE;
  self->certificate =
      g_tls_certificate_new_from_files (self->config->certificate, self->config->key, error);
  g_prefix_error_literal (error, "The certificate cannot be used: ");
  return self->certificate != NULL;
}

/* libsoup keeps connections open only while it has a listener. This one nobody can find: its name
 * is gone. */
static gboolean
give_listener (IwServer *self, GError **error)
{
  g_autofree char *name = g_strdup_printf ("iw-server-%d-%08x", (int)getpid (), g_random_int ());
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  gboolean ok;

  if (socket == NULL)
    return FALSE;
  if (strlen (path) >= sizeof ((struct sockaddr_un){ 0 }).sun_path)
    {
      g_free (path);
      path = g_build_filename (g_get_tmp_dir (), name, NULL);
    }
  address = g_unix_socket_address_new (path);
  ok = g_socket_bind (socket, address, FALSE, error) && g_socket_listen (socket, error);
  g_unlink (path);
  return ok && soup_server_listen_socket (self->soup, socket, 0, error);
}

static gboolean
on_tick (gpointer data)
{
  IwServer *self = data;

  iw_server_look_again (self);
  if (++self->n_ticks % CHECK_EVERY == 0)
    iw_server_check_connections (self);
  return G_SOURCE_CONTINUE;
}

static void
start_ticking (IwServer *self, guint ms, GSourceFunc func)
{
  iw_source_drop (&self->tick);
  self->tick = g_timeout_source_new (ms);
  g_source_set_callback (self->tick, func, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
}

IwServer *
iw_server_new (const char *dir, IwServerConfig *config, const IwContext *context, GError **error)
{
  g_autoptr (IwServer) self = g_object_new (IW_TYPE_SERVER, NULL);

  self->dir = g_canonicalize_filename (dir, NULL);
  self->config = config;
  self->context = context != NULL ? context : iw_context_system ();
  self->throttle = iw_throttle_new (self->context, MAX_ADDRESSES);
  self->rate = iw_rate_new (config->max_rate, MAX_ADDRESSES);
  self->soup = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, "server-header",
                             "IncidentWorkbench", NULL);
  if (!iw_server_open_databases (self, error) || !read_session_key (self, error) ||
      !read_certificate (self, error) || !give_listener (self, error))
    return NULL;
  iw_server_serve (self);
  start_ticking (self, 1000, on_tick);
  return g_steal_pointer (&self);
}

/* ---- stopping ---- */

static void
cut_connections (IwServer *self, gboolean all)
{
  g_autoptr (GPtrArray) connections = g_hash_table_get_keys_as_ptr_array (self->connections);

  for (guint i = 0; i < connections->len; i++)
    {
      IwConnectionState state = iw_connection_get_state (connections->pdata[i]);

      if (all || state == IW_CONNECTION_IDLE || state == IW_CONNECTION_OPENING)
        iw_connection_cut (connections->pdata[i]);
    }
}

static gboolean
on_stopping (gpointer data)
{
  IwServer *self = data;
  gint64 left = self->stop_by - g_get_monotonic_time ();
  GSourceOnceFunc stopped = self->stopped;

  cut_connections (self, left <= 0 || self->counts.running == 0);
  /* Who was cut is gone in a moment. */
  if (g_hash_table_size (self->connections) > 0 && left > -2 * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;
  iw_accounts_close (self->accounts);
  iw_server_close_databases (self);
  iw_source_drop (&self->tick);
  if (stopped != NULL)
    stopped (self->stopped_data);
  return G_SOURCE_REMOVE;
}

void
iw_server_stop (IwServer *self, guint patience_s, GSourceOnceFunc done, gpointer data)
{
  if (g_cancellable_is_cancelled (self->stopping))
    return;
  self->stopped = done;
  self->stopped_data = data;
  self->stop_by = g_get_monotonic_time () + patience_s * (gint64)G_USEC_PER_SEC;
  iw_server_close_listeners (self);
  g_cancellable_cancel (self->stopping);
  iw_server_end_feeds (self);
  start_ticking (self, 20, on_stopping);
}

/* ---- properties ---- */

const char *
iw_server_get_uuid (IwServer *self)
{
  return self->uuid;
}

const IwServerConfig *
iw_server_get_config (IwServer *self)
{
  return self->config;
}

const IwContext *
iw_server_get_context (IwServer *self)
{
  return self->context;
}

IwAccounts *
iw_server_get_accounts (IwServer *self)
{
  return self->accounts;
}

IwThrottle *
iw_server_get_throttle (IwServer *self)
{
  return self->throttle;
}

const guint8 *
iw_server_get_session_key (IwServer *self)
{
  return self->session_key;
}

gboolean
iw_server_is_tls (IwServer *self)
{
  return self->certificate != NULL;
}

IwServerCounts *
iw_server_get_counts (IwServer *self)
{
  return &self->counts;
}

void
iw_server_set_log (IwServer *self, IwServerLog log, gpointer data)
{
  self->log = log;
  self->log_data = data;
}
