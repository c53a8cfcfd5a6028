#include "config.h"

#include "iw-setup.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "iw-certificate.h"
#include "iw-database.h"
#include "iw-password.h"
#include "iw-server-config.h"
#include "iw-session.h"
#include "iw-store-backup.h"

static gboolean
fail (GError **error, const char *format, const char *path)
{
  int code = errno;
  g_autofree char *what = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  what = g_strdup_printf (format, path);
#pragma GCC diagnostic pop
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0 && g_chmod (path, 0700) == 0)
    return TRUE;
  return fail (error, _ ("The folder “%s” could not be made"), path);
}

static gboolean
write_file (const char *dir, const char *name, const char *bytes, gssize length, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  return g_file_set_contents_full (path, bytes, length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/* ---- init ---- */

static gboolean
make_certificate (const char *dir, GError **error)
{
  const char *names[] = { g_get_host_name (), "localhost", "127.0.0.1", "::1", NULL };
  const char *const *wanted = g_str_equal (names[0], "localhost") ? names + 1 : names;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  gboolean ok = iw_certificate_make (wanted, &certificate, &key, error) &&
                write_file (dir, IW_SERVER_KEY, key, -1, error) &&
                write_file (dir, IW_SERVER_CERTIFICATE, certificate, -1, error);

  if (key != NULL)
    explicit_bzero (key, strlen (key));
  return ok;
}

static gboolean
make_session_key (const char *dir, GError **error)
{
  guint8 key[IW_SESSION_KEY_LENGTH];
  gboolean ok;

  iw_secret_random (key, sizeof key);
  ok = write_file (dir, IW_SERVER_SESSION_KEY, (const char *)key, sizeof key, error);
  explicit_bzero (key, sizeof key);
  return ok;
}

gboolean
iw_setup_init (const char *dir, GError **error)
{
  static const char *const roles[] = { "reader", "responder", "incident-manager",
                                       "legal",  "executive", "auditor",
                                       NULL };
  g_autofree char *databases = g_build_filename (dir, "databases", NULL);
  g_autofree char *config = iw_server_config_template ();
  g_autofree char *incidents = iw_database_dir (dir, "incidents");

  if (iw_setup_check_folder (dir, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("There is a server in “%s” already."),
                   dir);
      return FALSE;
    }
  /* The accounts come last: what was cut half-way is made again by the next try. */
  return make_folder (dir, error) && make_folder (databases, error) &&
         write_file (dir, IW_SERVER_CONFIG, config, -1, error) && make_session_key (dir, error) &&
         make_certificate (dir, error) &&
         (g_file_test (incidents, G_FILE_TEST_IS_DIR) ||
          iw_setup_create_database (dir, "incidents", NULL, roles, error)) &&
         iw_setup_create_database (dir, IW_USERS_DATABASE, NULL, NULL, error);
}

gboolean
iw_setup_check_folder (const char *dir, GError **error)
{
  g_autofree char *users = iw_database_dir (dir, IW_USERS_DATABASE);

  if (g_file_test (users, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _ ("There is no server in “%s”: make one with “incident-workbench-server init”."),
               dir);
  return FALSE;
}

/* ---- databases ---- */

static gboolean
build_database (const char *root,
                const char *name,
                const char *const *members,
                const char *const *roles,
                GError **error)
{
  g_autoptr (IwDatabase) database = iw_database_open (root, name, TRUE, error);
  g_autofree char *security = iw_security_write (members, roles);
  gboolean ok = database != NULL && iw_database_set_security (database, security, error);

  if (database != NULL)
    iw_database_close (database);
  return ok;
}

/* Made aside and moved to its place, so that a server that runs never sees half of one. */
gboolean
iw_setup_create_database (const char *dir,
                          const char *name,
                          const char *const *members,
                          const char *const *roles,
                          GError **error)
{
  g_autofree char *id = iw_id_new (iw_context_system ());
  g_autofree char *new = g_strconcat (".new-", id, NULL);
  g_autofree char *root = g_build_filename (dir, new, NULL);
  g_autofree char *folders = g_build_filename (root, "databases", NULL);
  g_autofree char *made = iw_database_dir (root, name);
  g_autofree char *place = iw_database_dir (dir, name);
  gboolean ok;

  if (g_file_test (place, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("There is a database “%s” already."),
                   name);
      return FALSE;
    }
  ok = build_database (root, name, members, roles, error);
  if (ok && g_rename (made, place) != 0)
    ok = fail (error, _ ("The folder “%s” could not be made"), place);
  g_rmdir (folders);
  g_rmdir (root);
  return ok;
}

char **
iw_setup_list_databases (const char *dir, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree char *path = g_build_filename (dir, "databases", NULL);
  g_autoptr (GDir) folders = g_dir_open (path, 0, error);
  const char *folder;

  if (folders == NULL)
    return NULL;
  while ((folder = g_dir_read_name (folders)) != NULL)
    {
      char *name = *folder != '.' ? iw_database_name_of (folder) : NULL;

      if (name != NULL)
        g_strv_builder_take (names, name);
    }
  return g_strv_builder_end (names);
}

/* ---- accounts ---- */

gboolean
iw_setup_change_users (const char *dir, IwSetupUsers change, gpointer data, GError **error)
{
  g_autofree char *folder = iw_database_dir (dir, IW_USERS_DATABASE);
  g_autoptr (IwStore) store = NULL;

  if (!iw_setup_check_folder (dir, error))
    return FALSE;
  store = iw_store_open (folder, IW_STORE_OPEN_PEER, NULL, error);
  if (store == NULL || !iw_peer_begin (store, error))
    return FALSE;
  if (change (store, data, error))
    return iw_peer_commit (store, error);
  iw_peer_rollback (store);
  return FALSE;
}

/* ---- backup and check ---- */

static gboolean
copy_file (const char *from, const char *to, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (from, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (GError) local = NULL;
  gboolean ok;

  if (!g_file_get_contents (path, &bytes, &length, &local))
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  ok = write_file (to, name, bytes, length, error);
  explicit_bzero (bytes, length);
  return ok;
}

static gboolean
backup_database (const char *dir, const char *target, const char *name, GError **error)
{
  g_autofree char *from = iw_database_dir (dir, name);
  g_autofree char *to = iw_database_dir (target, name);
  g_autoptr (IwStore) store = NULL;

  if (!make_folder (to, error) || !copy_file (from, to, "security.json", error))
    return FALSE;
  store = iw_store_open (from, IW_STORE_OPEN_PEER | IW_STORE_OPEN_READ_ONLY, NULL, error);
  return store != NULL && iw_store_backup (store, to, error);
}

gboolean
iw_setup_backup (const char *dir, const char *target, GError **error)
{
  static const char *const files[] = { IW_SERVER_CONFIG, IW_SERVER_SESSION_KEY,
                                       IW_SERVER_CERTIFICATE, IW_SERVER_KEY };
  g_auto (GStrv) names = NULL;

  if (!iw_setup_check_folder (dir, error))
    return FALSE;
  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("“%s” is there already: a backup makes its own folder."), target);
      return FALSE;
    }
  names = iw_setup_list_databases (dir, error);
  if (names == NULL || !make_folder (target, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (!copy_file (dir, target, files[i], error))
      return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (!backup_database (dir, target, names[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_database (const char *dir, const char *name, GPtrArray *problems, GError **error)
{
  g_autofree char *folder = iw_database_dir (dir, name);
  g_autoptr (IwStore) store =
      iw_store_open (folder, IW_STORE_OPEN_PEER | IW_STORE_OPEN_READ_ONLY, NULL, error);
  guint before = problems->len;

  if (store == NULL || !iw_store_check (store, TRUE, problems, NULL, error))
    return FALSE;
  for (guint i = before; i < problems->len; i++)
    {
      char *problem = problems->pdata[i];

      problems->pdata[i] = g_strdup_printf ("%s: %s", name, problem);
      g_free (problem);
    }
  return TRUE;
}

gboolean
iw_setup_check (const char *dir, GPtrArray *problems, GError **error)
{
  g_auto (GStrv) names =
      iw_setup_check_folder (dir, error) ? iw_setup_list_databases (dir, error) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!check_database (dir, names[i], problems, error))
      {
        g_prefix_error (error, "%s: ", names[i]);
        return FALSE;
      }
  return names != NULL;
}
