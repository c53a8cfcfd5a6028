#include "config.h"

#include "iw-server-config.h"

#include <string.h>

#define MIB (G_GINT64_CONSTANT (1024) * 1024)

IwServerConfig *
iw_server_config_new (void)
{
  IwServerConfig *config = g_new0 (IwServerConfig, 1);

  config->listen = g_strsplit ("*", ";", -1);
  config->port = IW_SERVER_PORT;
  config->certificate = g_strdup (IW_SERVER_CERTIFICATE);
  config->key = g_strdup (IW_SERVER_KEY);
  config->max_connections = 4000;
  config->max_rate = 2000;
  config->max_body = 64 * MIB;
  config->max_document = 8 * MIB;
  config->max_attachment = 16 * 1024 * MIB;
  config->session_s = 3600;
  config->log_requests = TRUE;
  return config;
}

void
iw_server_config_free (IwServerConfig *config)
{
  g_strfreev (config->listen);
  g_free (config->certificate);
  g_free (config->key);
  g_free (config);
}

/* ---- reading ---- */

typedef struct
{
  const char *group;
  const char *name;
  gint64 min;
  gint64 max;
  gsize offset;
  enum
  {
    KIND_TEXT,
    KIND_LIST,
    KIND_BOOLEAN,
    KIND_NUMBER, /* guint */
    KIND_PORT,
    KIND_MIB,     /* gint64, in bytes */
    KIND_MINUTES, /* guint, in seconds */
  } kind;
} Setting;

#define AT(member) G_STRUCT_OFFSET (IwServerConfig, member)

static const Setting settings[] = {
  { "server", "listen", 0, 0, AT (listen), KIND_LIST },
  { "server", "port", 0, 65535, AT (port), KIND_PORT },
  { "server", "http", 0, 0, AT (http), KIND_BOOLEAN },
  { "server", "certificate", 0, 0, AT (certificate), KIND_TEXT },
  { "server", "key", 0, 0, AT (key), KIND_TEXT },
  { "server", "log-requests", 0, 0, AT (log_requests), KIND_BOOLEAN },
  { "limits", "connections", 10, 100000, AT (max_connections), KIND_NUMBER },
  { "limits", "requests-per-second", 0, 1000000, AT (max_rate), KIND_NUMBER },
  { "limits", "body-mib", 1, 1024, AT (max_body), KIND_MIB },
  { "limits", "document-mib", 1, 64, AT (max_document), KIND_MIB },
  { "limits", "attachment-mib", 1, 1024 * 1024, AT (max_attachment), KIND_MIB },
  { "sign-in", "session-minutes", 1, 60 * 24 * 30, AT (session_s), KIND_MINUTES },
};

static gboolean
read_number (GKeyFile *file, const Setting *setting, gint64 *value, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, setting->group, setting->name, error);

  return text != NULL &&
         g_ascii_string_to_signed (g_strstrip (text), 10, setting->min, setting->max, value, error);
}

static gboolean
read_setting (GKeyFile *file, const Setting *setting, IwServerConfig *config, GError **error)
{
  gpointer member = G_STRUCT_MEMBER_P (config, setting->offset);
  g_autoptr (GError) local = NULL;
  gint64 number = 0;

  switch (setting->kind)
    {
    case KIND_TEXT:
      g_free (*(char **)member);
      *(char **)member = g_key_file_get_string (file, setting->group, setting->name, &local);
      break;
    case KIND_LIST:
      g_strfreev (*(char ***)member);
      *(char ***)member =
          g_key_file_get_string_list (file, setting->group, setting->name, NULL, &local);
      break;
    case KIND_BOOLEAN:
      *(gboolean *)member = g_key_file_get_boolean (file, setting->group, setting->name, &local);
      break;
    case KIND_NUMBER:
    case KIND_PORT:
    case KIND_MIB:
    case KIND_MINUTES:
    default:
      if (!read_number (file, setting, &number, &local))
        break;
      if (setting->kind == KIND_PORT)
        *(guint16 *)member = number;
      else if (setting->kind == KIND_MIB)
        *(gint64 *)member = number * MIB;
      else
        *(guint *)member = setting->kind == KIND_MINUTES ? number * 60 : number;
      break;
    }
  if (local == NULL)
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[%s] %s: %s",
               setting->group, setting->name, local->message);
  return FALSE;
}

static const Setting *
find_setting (const char *group, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].group, group) && g_str_equal (settings[i].name, name))
      return &settings[i];
  return NULL;
}

static gboolean
read_all (GKeyFile *file, IwServerConfig *config, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (file, groups[i], NULL, NULL);

      for (guint j = 0; names != NULL && names[j] != NULL; j++)
        {
          const Setting *setting = find_setting (groups[i], names[j]);

          if (setting == NULL)
            {
              g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND,
                           "[%s] %s: there is no such setting", groups[i], names[j]);
              return FALSE;
            }
          if (!read_setting (file, setting, config, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Relative to the data folder. */
static void
resolve (char **path, const char *dir)
{
  char *absolute = g_canonicalize_filename (*path, dir);

  g_free (*path);
  *path = absolute;
}

IwServerConfig *
iw_server_config_load (const char *dir, GError **error)
{
  g_autoptr (IwServerConfig) config = iw_server_config_new ();
  g_autofree char *path = g_build_filename (dir, IW_SERVER_CONFIG, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &local) &&
      !g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local), "%s: ", path);
      return NULL;
    }
  if (!read_all (file, config, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  resolve (&config->certificate, dir);
  resolve (&config->key, dir);
  return g_steal_pointer (&config);
}

char *
iw_server_config_template (void)
{
  return g_strdup ("# incident-workbench-server: settings. See the man page. A line that begins "
                   "with # says nothing;\n"
                   "# what is shown is what holds where nothing is set.\n"
                   "\n"
                   "[server]\n"
                   "# Addresses, with semicolons between them; * is all of this machine's.\n"
                   "#listen=*\n"
                   "#port=6984\n"
                   "# Paths of PEM files, from this folder. The app shows a certificate that no "
                   "authority vouches for\n"
                   "# once, and then holds on to it.\n"
                   "#certificate=certificate.pem\n"
                   "#key=key.pem\n"
                   "# Without TLS; loopback addresses alone, for a proxy on this machine.\n"
                   "#http=false\n"
                   "# A line a request: who, what, when, from where; never bodies or secrets.\n"
                   "#log-requests=true\n"
                   "\n"
                   "[limits]\n"
                   "#connections=4000\n"
                   "# From one address; 0 is any number.\n"
                   "#requests-per-second=2000\n"
                   "#body-mib=64\n"
                   "#document-mib=8\n"
                   "#attachment-mib=16384\n"
                   "\n"
                   "[sign-in]\n"
                   "#session-minutes=60\n");
}

char *
iw_server_default_dir (void)
{
  const char *dir = g_getenv ("IW_SERVER_DATA");

  if (dir == NULL || *dir == '\0')
    dir = g_getenv ("STATE_DIRECTORY");
  if (dir != NULL && *dir != '\0')
    return g_strdup (dir);
  return g_build_filename (g_get_user_data_dir (), "incident-workbench-server", NULL);
}
