/* The databases of the server: opened at the start, made, deleted, and found when another program
 * made them. */
#include "config.h"

#include "iw-server-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* When @path was changed last; 0: it is not there. */
static gint64
changed_at (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) +
                                         info.st_mtim.tv_nsec + info.st_size
                                   : 0;
}

static gint64
look_at_databases (IwServer *self)
{
  g_autofree char *path = g_build_filename (self->dir, "databases", NULL);

  return changed_at (path);
}

static gint64
look_at_users (IwServer *self)
{
  g_autofree char *wal =
      g_build_filename (iw_database_get_dir (self->users), "workspace.sqlite-wal", NULL);

  return changed_at (wal);
}

static IwDatabase *
open_one (IwServer *self, const char *name, gboolean create, GError **error)
{
  IwDatabase *database = iw_database_open (self->dir, name, create, error);

  if (database != NULL)
    g_hash_table_insert (self->databases, g_strdup (name), database);
  return database;
}

static GPtrArray *
list_folders (IwServer *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_build_filename (self->dir, "databases", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *folder;

  while (dir != NULL && (folder = g_dir_read_name (dir)) != NULL)
    {
      char *name = *folder != '.' ? iw_database_name_of (folder) : NULL;

      if (name != NULL)
        g_ptr_array_add (names, name);
    }
  return names;
}

static void
on_users_changed (IwServer *self)
{
  iw_accounts_reload (self->accounts, NULL, NULL);
}

gboolean
iw_server_open_databases (IwServer *self, GError **error)
{
  g_autoptr (GPtrArray) names = list_folders (self);

  self->databases_at = look_at_databases (self);
  for (guint i = 0; i < names->len; i++)
    if (open_one (self, names->pdata[i], FALSE, error) == NULL)
      {
        g_prefix_error (error, "The database “%s” cannot be opened: ", (char *)names->pdata[i]);
        return FALSE;
      }
  self->users = g_hash_table_lookup (self->databases, IW_USERS_DATABASE);
  if (self->users == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   "There is no server in “%s” yet: run “incident-workbench-server init” first.",
                   self->dir);
      return FALSE;
    }
  self->uuid = g_strdup (iw_database_get_uuid (self->users));
  self->users_at = look_at_users (self);
  self->accounts = iw_accounts_new (self->users, self->context, error);
  if (self->accounts == NULL)
    return FALSE;
  g_signal_connect_swapped (self->users, "changed", G_CALLBACK (on_users_changed), self);
  return TRUE;
}

static void
look_at_members (IwServer *self)
{
  GHashTableIter iter;
  gpointer database;

  g_hash_table_iter_init (&iter, self->databases);
  while (g_hash_table_iter_next (&iter, NULL, &database))
    iw_database_look_again (database);
}

void
iw_server_look_again (IwServer *self)
{
  gint64 databases = look_at_databases (self);
  gint64 users = look_at_users (self);

  look_at_members (self);
  if (users != self->users_at)
    iw_accounts_reload (self->accounts, NULL, NULL);
  self->users_at = users;
  if (databases == self->databases_at)
    return;
  self->databases_at = databases;
  {
    g_autoptr (GPtrArray) names = list_folders (self);

    for (guint i = 0; i < names->len; i++)
      {
        g_autoptr (GError) error = NULL;

        if (!g_hash_table_contains (self->databases, names->pdata[i]) &&
            open_one (self, names->pdata[i], FALSE, &error) == NULL)
          g_warning ("the database “%s” cannot be opened: %s", (char *)names->pdata[i],
                     error->message);
      }
  }
}

void
iw_server_end_feeds (IwServer *self)
{
  GHashTableIter iter;
  gpointer database;

  g_hash_table_iter_init (&iter, self->databases);
  while (g_hash_table_iter_next (&iter, NULL, &database))
    iw_database_end_feeds (database);
}

void
iw_server_close_databases (IwServer *self)
{
  GHashTableIter iter;
  gpointer database;

  g_hash_table_iter_init (&iter, self->databases);
  while (g_hash_table_iter_next (&iter, NULL, &database))
    iw_database_close (database);
}

IwDatabase *
iw_server_get_database (IwServer *self, const char *name)
{
  return g_hash_table_lookup (self->databases, name);
}

IwDatabase *
iw_server_get_users (IwServer *self)
{
  return self->users;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (iw_database_get_name (*(IwDatabase **)a),
                 iw_database_get_name (*(IwDatabase **)b));
}

GPtrArray *
iw_server_list_databases (IwServer *self)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer database;

  g_hash_table_iter_init (&iter, self->databases);
  while (g_hash_table_iter_next (&iter, NULL, &database))
    if (database != self->users)
      g_ptr_array_add (list, database);
  g_ptr_array_sort (list, compare_names);
  return list;
}

IwDatabase *
iw_server_create_database (IwServer *self, const char *name, GError **error)
{
  if (g_hash_table_contains (self->databases, name))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                           "The database could not be created, the file already exists.");
      return NULL;
    }
  return open_one (self, name, TRUE, error);
}

/* ---- deleting ---- */

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

static gpointer
remove_in_thread (gpointer data)
{
  g_autoptr (GFile) file = data;

  remove_tree (file);
  return NULL;
}

gboolean
iw_server_delete_database (IwServer *self, IwDatabase *database, GError **error)
{
  g_autofree char *id = iw_id_new (iw_context_system ());
  g_autofree char *name = g_strconcat (".deleted-", id, NULL);
  g_autofree char *gone = g_build_filename (self->dir, "databases", name, NULL);
  g_autoptr (IwDatabase) kept = g_object_ref (database);

  iw_database_close (kept);
  g_hash_table_remove (self->databases, iw_database_get_name (kept));
  /* From here on it is gone, also after a crash; its files follow. */
  if (g_rename (iw_database_get_dir (kept), gone) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "the folder of “%s” could not be moved: %s", iw_database_get_name (kept),
                   g_strerror (errno));
      return FALSE;
    }
  g_thread_unref (g_thread_new ("iw-remove", remove_in_thread, g_file_new_for_path (gone)));
  return TRUE;
}
