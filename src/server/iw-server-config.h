/* iw-server-config.h: what an operator may set: server.conf in the data folder (a key file), overridden by options.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IW_SERVER_CONFIG "server.conf"
#define IW_SERVER_CERTIFICATE "certificate.pem"
#define IW_SERVER_KEY "key.pem"
#define IW_SERVER_SESSION_KEY "session.key"
#define IW_SERVER_PORT 6984

typedef struct
{
  char **listen;     /* addresses; "*": all */
  guint16 port;      /* 0: one that is free */
  gboolean http;     /* without TLS: loopback addresses alone */
  char *certificate; /* paths of PEM files */
  char *key;

  guint max_connections;
  guint max_rate;           /* requests a second from one address, over ten seconds; 0: any */
  gint64 max_body;          /* bytes of a JSON body */
  gint64 max_document;      /* bytes of a document */
  gint64 max_attachment;    /* bytes of an attachment, and of a body that is streamed */
  guint session_s;          /* how long a cookie lasts */
  gboolean log_requests;
} IwServerConfig;

IwServerConfig *iw_server_config_new (void); /* as it is where nothing is set (transfer full) */
void iw_server_config_free (IwServerConfig *config); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwServerConfig, iw_server_config_free)

/* Reads server.conf of @dir where there is one. What is unknown or out of bounds is an error with its name: an
 * operator's typing error must not lift a limit. (transfer full) */
IwServerConfig *iw_server_config_load (const char *dir, GError **error);
/* A server.conf that says what can be set, all of it commented out. (transfer full) */
char *iw_server_config_template (void);

/* $IW_SERVER_DATA, $STATE_DIRECTORY (systemd) or incident-workbench-server in the user's data folder. (transfer full) */
char *iw_server_default_dir (void);

G_END_DECLS
