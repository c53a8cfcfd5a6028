#include "config.h"

#include "iw-store-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "iw-fail.h"
#include "iw-schema.h"

/* A window opens its workspace before it is shown, so this is not long. */
#define OPEN_PATIENCE_US (2 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (IwStore, iw_store, G_TYPE_OBJECT)
G_DEFINE_QUARK (iw-store-error-quark, iw_store_error)

static void
iw_store_finalize (GObject *object)
{
  IwStore *self = IW_STORE (object);

  g_clear_pointer (&self->db, iw_db_close);
  g_clear_pointer (&self->titles, iw_title_order_free);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_clear_pointer (&self->md5s, g_hash_table_unref);
  g_clear_pointer (&self->path, g_array_unref);
  g_free (self->dir);
  g_free (self->uuid);
  g_free (self->author);
  g_free (self->read_only_reason);
  G_OBJECT_CLASS (iw_store_parent_class)->finalize (object);
}

static void
iw_store_class_init (IwStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_store_finalize;
}

static void
free_text (gpointer data)
{
  IwText *text = data;

  g_free (text->text);
  g_free (text);
}

static void
iw_store_init (IwStore *self)
{
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_text);
  self->md5s = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->path = g_array_new (FALSE, FALSE, sizeof (IwRevName));
}

/* ---- opening ---- */

static gboolean
make_folders (const char *dir, GError **error)
{
  static const char *const names[] = { "blobs", "events", "staging", "backups" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);

      /* 0700: what is in here concerns nobody else on this machine. */
      if (g_mkdir_with_parents (path, 0700) != 0)
        return iw_fail_errno (error, _ ("The folder “%s” could not be made"), path);
    }
  return TRUE;
}

/* SQLite's own words for a file it may not touch are no help. */
static gboolean
check_access (const char *path, gboolean write, GError **error)
{
  if (g_access (path, R_OK) != 0)
    return iw_fail_errno (error, _ ("The database “%s” cannot be read"), path);
  if (write && g_access (path, W_OK) != 0)
    return iw_fail_errno (error, _ ("The database “%s” cannot be changed"), path);
  return TRUE;
}

/* Runs it until no other program's lock is in the way, or the time is over. SQLite does not always
 * wait by itself, and where it does, it would wait in every statement of @sql anew. */
static gboolean
exec_patiently (IwDb *db, const char *sql, gint64 deadline, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (iw_db_exec (db, sql, &local))
        return TRUE;
      if (g_get_monotonic_time () > deadline ||
          !g_error_matches (local, IW_STORE_ERROR, IW_STORE_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (20 * 1000);
    }
}

static gboolean
set_busy_timeout (IwDb *db, GError **error)
{
  return iw_db_exec (db, "PRAGMA busy_timeout = " G_STRINGIFY (IW_DB_BUSY_TIMEOUT_MS), error);
}

static gboolean
read_uuid (IwStore *self, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT value FROM meta WHERE name = 'uuid'", error);
  IwDbStep step;

  if (stmt == NULL || (step = iw_db_step (stmt, error)) == IW_DB_ERROR)
    return FALSE;
  if (step == IW_DB_ROW)
    self->uuid = g_strdup (iw_db_text (stmt, 0));
  return TRUE;
}

static gboolean
make_uuid (IwStore *self, GError **error)
{
  g_autofree char *uuid = iw_id_new (self->context);
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "INSERT INTO meta VALUES ('uuid', ?1), ('seq', 0), ('peer', ?2)"
                     " ON CONFLICT DO NOTHING",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, uuid);
  iw_db_bind_int (stmt, 2, self->peer);
  return iw_db_run (stmt, error);
}

static void
note_newer_version (IwStore *self)
{
  self->read_only_reason = g_strdup (
      _ ("This workspace was last used with a newer version of Incident Workbench. You can read "
         "it here; to change it, update Incident Workbench."));
}

/* A server's database has no tables for screens, and a workspace has them. */
static gboolean
check_kind (IwStore *self, GError **error)
{
  gboolean peer = iw_db_query_int (self->db, "SELECT value FROM meta WHERE name = 'peer'", 0) != 0;

  if (peer == self->peer)
    return TRUE;
  return iw_fail (error, IW_STORE_ERROR_INVALID,
                  peer ? _ ("“%s” is a database of an Incident Workbench server, not a workspace. "
                            "Choose another folder.")
                       : _ ("“%s” is a workspace, not a database of a server. Choose another "
                            "folder."),
                  self->dir);
}

/* A migration that changes the derived tables leaves a mark, and this fills them. */
static gboolean
finish_migration (gpointer data, GError **error)
{
  IwStore *self = data;

  if (iw_db_query_int (self->db, "SELECT value FROM meta WHERE name = 'rebuild'", 0) == 0)
    return TRUE;
  return iw_derived_rebuild (self, error) &&
         iw_db_exec (self->db, "DELETE FROM meta WHERE name = 'rebuild'", error);
}

static gboolean
open_to_write (IwStore *self, const char *path, GError **error)
{
  g_auto (GStrv) migrations = iw_schema_migrations ();
  gint64 known = g_strv_length (migrations);
  gint64 deadline = g_get_monotonic_time () + OPEN_PATIENCE_US;
  gboolean exists = g_access (path, F_OK) == 0;

  /* Not to be seen is something else than not to be there. */
  if ((exists || errno != ENOENT) && !check_access (path, TRUE, error))
    return FALSE;
  if (!make_folders (self->dir, error))
    return FALSE;
  self->db = iw_db_open (path, IW_DB_CREATE, error);
  if (self->db == NULL)
    return FALSE;
  if (!exists)
    g_chmod (path, 0600);
  if (!exec_patiently (self->db, "PRAGMA busy_timeout = 50; SELECT count(*) FROM sqlite_schema",
                       deadline, error))
    return FALSE;
  if (iw_schema_version (self->db) > 0 && !check_kind (self, error))
    return FALSE;
  if (iw_schema_version (self->db) > known)
    {
      note_newer_version (self);
      return set_busy_timeout (self->db, error) &&
             iw_db_exec (self->db, "PRAGMA query_only = ON", error) && read_uuid (self, error);
    }
  /* Changing to WAL takes an exclusive lock. What refers to what in a server's database is this
   * code's own business, and looked at by the check. */
  return (!self->peer || iw_db_exec (self->db, "PRAGMA foreign_keys = OFF", error)) &&
         exec_patiently (self->db,
                         "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         "PRAGMA journal_size_limit = 67108864;"
                         "PRAGMA wal_autocheckpoint = 4000",
                         deadline, error) &&
         set_busy_timeout (self->db, error) &&
         iw_schema_upgrade (self->db, self->dir, (const char *const *)migrations, self->context,
                            finish_migration, self, error) &&
         read_uuid (self, error) &&
         (self->uuid != NULL || (make_uuid (self, error) && read_uuid (self, error))) &&
         check_kind (self, error);
}

/* On read-only media SQLite cannot make the WAL's shared memory, but nobody else writes there. */
static IwDb *
open_reader (const char *path, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  gboolean frozen = g_access (dir, W_OK) != 0 && !g_file_test (wal, G_FILE_TEST_EXISTS) &&
                    !g_file_test (shm, G_FILE_TEST_EXISTS);

  return iw_db_open (path, frozen ? IW_DB_IMMUTABLE : IW_DB_READ, error);
}

static gboolean
open_to_read (IwStore *self, const char *path, GError **error)
{
  g_auto (GStrv) migrations = iw_schema_migrations ();
  gint64 known = g_strv_length (migrations);
  gint64 version;

  if (!check_access (path, FALSE, error))
    return FALSE;
  self->db = open_reader (path, error);
  if (self->db == NULL || !iw_db_exec (self->db, "SELECT count(*) FROM sqlite_schema", error))
    return FALSE;
  version = iw_schema_version (self->db);
  if (version > 0 && !check_kind (self, error))
    return FALSE;
  if (version > known)
    note_newer_version (self);
  else
    self->read_only_reason = g_strdup (_ ("This workspace was opened for reading only."));
  if (version >= known)
    return read_uuid (self, error);
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY,
                       _ ("This workspace is from an older version and must be updated before it "
                          "can be read. Open it once with the right to change it."));
  return FALSE;
}

IwStore *
iw_store_open (const char *dir, IwStoreOpenFlags flags, const IwContext *context, GError **error)
{
  g_autoptr (IwStore) self = g_object_new (IW_TYPE_STORE, NULL);
  g_autofree char *path = g_build_filename (dir, IW_STORE_DATABASE, NULL);
  gboolean ok;

  self->dir = g_strdup (dir);
  self->peer = (flags & IW_STORE_OPEN_PEER) != 0;
  self->context = context != NULL ? context : iw_context_system ();
  ok = (flags & IW_STORE_OPEN_READ_ONLY) ? open_to_read (self, path, error)
                                         : open_to_write (self, path, error);
  return ok ? g_steal_pointer (&self) : NULL;
}

char *
iw_store_default_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "incident-workbench", "workspace", NULL);
}

/* ---- properties ---- */

gboolean
iw_store_is_peer (IwStore *self)
{
  return self->peer;
}

const char *
iw_store_get_dir (IwStore *self)
{
  return self->dir;
}

const char *
iw_store_get_uuid (IwStore *self)
{
  return self->uuid;
}

const IwContext *
iw_store_get_context (IwStore *self)
{
  return self->context;
}

gboolean
iw_store_get_read_only (IwStore *self)
{
  return self->read_only_reason != NULL;
}

const char *
iw_store_get_read_only_reason (IwStore *self)
{
  return self->read_only_reason;
}

void
iw_store_set_author (IwStore *self, const char *author)
{
  g_free (self->author);
  self->author = author != NULL && *author != '\0' ? g_utf8_make_valid (author, -1) : NULL;
}
