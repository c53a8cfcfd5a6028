/* Serves until it is told to stop. */
#include "config.h"

#include "iw-command.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#if HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

#include "iw-server.h"
#include "iw-setup.h"

#define PATIENCE_S 10

static void
notify (const char *state)
{
#if HAVE_SYSTEMD
  sd_notify (FALSE, state);
#endif
}

typedef struct
{
  GMainLoop *loop;
  IwServer *server;
} Serving;

static void
on_stopped (gpointer data)
{
  g_main_loop_quit (((Serving *)data)->loop);
}

static gboolean
on_signal (gpointer data)
{
  Serving *serving = data;

  notify ("STOPPING=1");
  iw_server_stop (serving->server, PATIENCE_S, on_stopped, serving);
  return G_SOURCE_CONTINUE;
}

static gboolean
apply_port (IwServerConfig *config, int port, GError **error)
{
  if (port < -1 || port > 65535)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("A port is a number from 0 to 65535."));
      return FALSE;
    }
  if (port >= 0)
    config->port = port;
  return TRUE;
}

static void
apply_listen (IwServerConfig *config, char **listen, gboolean http)
{
  static const char *const loopback[] = { "127.0.0.1", NULL };

  config->http = config->http || http;
  if (listen == NULL && !http)
    return;
  g_strfreev (config->listen);
  config->listen = g_strdupv (listen != NULL ? listen : (char **)loopback);
}

static IwCommandExit
serve (IwServer *server)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Serving serving = { loop, server };
  guint term = g_unix_signal_add (SIGTERM, on_signal, &serving);
  guint interrupt = g_unix_signal_add (SIGINT, on_signal, &serving);

  /* Translators: %1$s is "https" or "http", %2$d a port. */
  fprintf (stderr, _ ("Serving %1$s on port %2$d.\n"), iw_server_is_tls (server) ? "https" : "http",
           iw_server_get_port (server));
  notify ("READY=1");
  g_main_loop_run (loop);
  g_source_remove (term);
  g_source_remove (interrupt);
  return IW_COMMAND_OK;
}

IwCommandExit
iw_command_serve (const char *dir, int argc, char **argv)
{
  g_auto (GStrv) listen = NULL;
  gboolean http = FALSE;
  int port = -1;
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING_ARRAY, &listen,
      N_ ("An address to listen on; may be repeated"), N_ ("ADDRESS") },
    { "port", 0, 0, G_OPTION_ARG_INT, &port,
      N_ ("The port, instead of 6984; 0 is one that is free"), N_ ("PORT") },
    { "http", 0, 0, G_OPTION_ARG_NONE, &http, N_ ("Without TLS, on loopback addresses alone"),
      NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (IwServerConfig) config = NULL;
  g_autoptr (IwServer) server = NULL;

  if (!iw_command_parse (&argc, &argv, entries, "", _ ("Serves until it is told to stop."), 0, 0))
    return IW_COMMAND_USAGE;
  if (!iw_setup_check_folder (dir, &error))
    return iw_command_complain (g_steal_pointer (&error));
  config = iw_server_config_load (dir, &error);
  if (config == NULL || !apply_port (config, port, &error))
    return iw_command_complain (g_steal_pointer (&error));
  apply_listen (config, listen, http);
  server = iw_server_new (dir, g_steal_pointer (&config), NULL, &error);
  if (server == NULL || !iw_server_listen (server, &error))
    return iw_command_complain (g_steal_pointer (&error));
  return serve (server);
}
