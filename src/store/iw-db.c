#include "config.h"

#include "iw-db.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-fts.h"

struct _IwDb
{
  sqlite3 *handle;
  GHashTable *idle; /* (char *sql) → IwDbStmt that nobody uses */
  IwDbRankFunc rank;
  gpointer rank_data;
};

struct _IwDbStmt
{
  IwDb *db;
  sqlite3_stmt *stmt;
  char *sql;
};

/* ---- errors ---- */

static IwStoreError
error_for_code (sqlite3 *handle, int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return IW_STORE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return IW_STORE_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return IW_STORE_ERROR_CORRUPT;
    case SQLITE_READONLY:
      return IW_STORE_ERROR_READ_ONLY;
    case SQLITE_IOERR:
      switch (handle != NULL ? sqlite3_system_errno (handle) : 0)
        {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
          return IW_STORE_ERROR_FULL;
        default:
          return IW_STORE_ERROR_FAILED;
        }
    default:
      return IW_STORE_ERROR_FAILED;
    }
}

static const char *
words_for_error (IwStoreError error)
{
  switch (error)
    {
    case IW_STORE_ERROR_FULL:
      return _ ("The disk is full. Nothing was changed; free some space and try again.");
    case IW_STORE_ERROR_BUSY:
      return _ ("Another program is using the workspace. Wait for it to finish, or close it, and "
                "try again.");
    case IW_STORE_ERROR_CORRUPT:
      return _ (
          "The workspace's database is damaged. Nothing was deleted; a recovery can save what "
          "is still readable.");
    case IW_STORE_ERROR_READ_ONLY:
      return _ ("The workspace can only be read. Check that you may write to its folder.");
    case IW_STORE_ERROR_FAILED:
    case IW_STORE_ERROR_NOT_FOUND:
    case IW_STORE_ERROR_CONFLICT:
    case IW_STORE_ERROR_INVALID:
    case IW_STORE_ERROR_DAMAGED_BLOB:
    default:
      return _ ("The workspace's database reported an error.");
    }
}

static void
set_error (sqlite3 *handle, int code, GError **error)
{
  IwStoreError kind = error_for_code (handle, code);

  if (error == NULL || *error != NULL)
    return;
  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The work was cancelled."));
      return;
    }
  g_set_error (error, IW_STORE_ERROR, kind, "%s (SQLite %d: %s)", words_for_error (kind), code,
               handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (code));
}

/* ---- opening ---- */

static void
stmt_free (IwDbStmt *stmt)
{
  sqlite3_finalize (stmt->stmt);
  g_free (stmt->sql);
  g_free (stmt);
}

/* iw_rank(text): for ORDER BY; see iw_db_set_rank(). NULL where nobody has set it. */
static void
rank (sqlite3_context *context, int n, sqlite3_value **values)
{
  IwDb *db = sqlite3_user_data (context);
  const char *text = (const char *)sqlite3_value_text (values[0]);

  if (text != NULL && db->rank != NULL)
    sqlite3_result_int64 (context, db->rank (text, db->rank_data));
}

static gboolean
set_up (sqlite3 *handle, IwDbMode mode)
{
  sqlite3_extended_result_codes (handle, 1);
  sqlite3_busy_timeout (handle, IW_DB_BUSY_TIMEOUT_MS);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  if (iw_fts_register (handle) != SQLITE_OK)
    return FALSE;
  /* query_only rather than a read-only handle: the reader may still set up the WAL's shared memory.
   */
  return mode != IW_DB_READ ||
         sqlite3_exec (handle, "PRAGMA query_only = ON", NULL, NULL, NULL) == SQLITE_OK;
}

static char *
make_uri (const char *path, IwDbMode mode)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);

  return g_strconcat ("file:", escaped, mode == IW_DB_IMMUTABLE ? "?immutable=1" : NULL, NULL);
}

/* Statements are long and looked up all the time: some of their letters tell them apart well
 * enough. */
static guint
hash_sql (gconstpointer sql)
{
  const char *text = sql;
  gsize length = strlen (text);
  guint hash = length;

  for (gsize i = 0; i < length; i += 7)
    hash = hash * 31 + (guchar)text[i];
  return hash;
}

IwDb *
iw_db_open (const char *path, IwDbMode mode, GError **error)
{
  static const int flags[] = {
    [IW_DB_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [IW_DB_WRITE] = SQLITE_OPEN_READWRITE,
    [IW_DB_READ] = SQLITE_OPEN_READWRITE, /* SQLite falls back to reading where it may not write */
    [IW_DB_IMMUTABLE] = SQLITE_OPEN_READONLY,
  };
  g_autofree char *uri = make_uri (path, mode);
  sqlite3 *handle = NULL;
  IwDb *db;
  int code;

  code = sqlite3_open_v2 (uri, &handle, flags[mode] | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK || !set_up (handle, mode))
    {
      set_error (handle, code != SQLITE_OK ? code : sqlite3_errcode (handle), error);
      sqlite3_close (handle);
      return NULL;
    }
  db = g_new0 (IwDb, 1);
  db->handle = handle;
  db->idle = g_hash_table_new_full (hash_sql, g_str_equal, NULL, (GDestroyNotify)stmt_free);
  sqlite3_create_function (handle, "iw_rank", 1, SQLITE_UTF8 | SQLITE_INNOCUOUS, db, rank, NULL,
                           NULL);
  return db;
}

void
iw_db_close (IwDb *db)
{
  if (db == NULL)
    return;
  g_hash_table_unref (db->idle);
  if (sqlite3_close (db->handle) != SQLITE_OK)
    {
      g_critical ("a statement is still in use: %s",
                  sqlite3_sql (sqlite3_next_stmt (db->handle, NULL)));
      sqlite3_close_v2 (db->handle);
    }
  g_free (db);
}

void
iw_db_set_rank (IwDb *db, IwDbRankFunc func, gpointer data)
{
  db->rank = func;
  db->rank_data = data;
}

/* ---- one-off statements and transactions ---- */

gboolean
iw_db_exec (IwDb *db, const char *sql, GError **error)
{
  int code = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  set_error (db->handle, code, error);
  return FALSE;
}

gint64
iw_db_query_int (IwDb *db, const char *sql, gint64 fallback)
{
  sqlite3_stmt *stmt = NULL;
  gint64 value = fallback;

  if (sqlite3_prepare_v2 (db->handle, sql, -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return value;
}

gboolean
iw_db_run_with (IwDb *db, const char *sql, const gint64 *values, guint n, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    iw_db_bind_int (stmt, i + 1, values[i]);
  return iw_db_run (stmt, error);
}

gboolean
iw_db_run_int (IwDb *db, const char *sql, gint64 value, GError **error)
{
  return iw_db_run_with (db, sql, &value, 1, error);
}

gboolean
iw_db_find_int (IwDb *db, const char *sql, gint64 value, gboolean *found, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (db, sql, error);
  IwDbStep step;

  *found = FALSE;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, value);
  step = iw_db_step (stmt, error);
  *found = step == IW_DB_ROW;
  return step != IW_DB_ERROR;
}

gboolean
iw_db_begin (IwDb *db, GError **error)
{
  return iw_db_run_with (db, "BEGIN IMMEDIATE", NULL, 0, error);
}

gboolean
iw_db_commit (IwDb *db, GError **error)
{
  if (iw_db_run_with (db, "COMMIT", NULL, 0, error))
    return TRUE;
  iw_db_rollback (db);
  return FALSE;
}

void
iw_db_rollback (IwDb *db)
{
  /* SQLite may have rolled back by itself (disk full). */
  if (!sqlite3_get_autocommit (db->handle))
    iw_db_run_with (db, "ROLLBACK", NULL, 0, NULL);
}

gboolean
iw_db_begin_read (IwDb *db, gboolean *begun, GError **error)
{
  *begun = sqlite3_get_autocommit (db->handle) != 0;
  return !*begun || iw_db_run_with (db, "BEGIN", NULL, 0, error);
}

void
iw_db_end_read (IwDb *db, gboolean begun)
{
  if (begun)
    iw_db_rollback (db);
}

/* ---- statements ---- */

IwDbStmt *
iw_db_prepare (IwDb *db, const char *sql, GError **error)
{
  IwDbStmt *stmt = g_hash_table_lookup (db->idle, sql);
  int code;

  if (stmt != NULL)
    {
      g_hash_table_steal (db->idle, sql);
      return stmt;
    }
  stmt = g_new0 (IwDbStmt, 1);
  stmt->db = db;
  stmt->sql = g_strdup (sql);
  code = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->stmt, NULL);
  if (code == SQLITE_OK)
    return stmt;
  set_error (db->handle, code, error);
  stmt_free (stmt);
  return NULL;
}

void
iw_db_release (IwDbStmt *stmt)
{
  if (stmt == NULL)
    return;
  sqlite3_reset (stmt->stmt);
  sqlite3_clear_bindings (stmt->stmt);
  if (g_hash_table_contains (stmt->db->idle, stmt->sql))
    stmt_free (stmt);
  else
    g_hash_table_insert (stmt->db->idle, stmt->sql, stmt);
}

void
iw_db_bind_int (IwDbStmt *stmt, int index, gint64 value)
{
  int code = sqlite3_bind_int64 (stmt->stmt, index, value);

  g_assert (code == SQLITE_OK);
}

void
iw_db_bind_text (IwDbStmt *stmt, int index, const char *text)
{
  int code = sqlite3_bind_text (stmt->stmt, index, text, -1, SQLITE_TRANSIENT);

  /* Too long a text is refused before it comes here (iw-json.h). */
  g_assert (code == SQLITE_OK);
}

void
iw_db_bind_static_text (IwDbStmt *stmt, int index, const char *text, gssize length)
{
  int code = sqlite3_bind_text64 (stmt->stmt, index, text, length < 0 ? strlen (text) : length,
                                  SQLITE_STATIC, SQLITE_UTF8);

  g_assert (code == SQLITE_OK);
}

void
iw_db_bind_null (IwDbStmt *stmt, int index)
{
  int code = sqlite3_bind_null (stmt->stmt, index);

  g_assert (code == SQLITE_OK);
}

void
iw_db_bind_blob (IwDbStmt *stmt, int index, const void *data, gsize length)
{
  int code = sqlite3_bind_blob64 (stmt->stmt, index, data, length, SQLITE_TRANSIENT);

  g_assert (code == SQLITE_OK);
}

IwDbStep
iw_db_step (IwDbStmt *stmt, GError **error)
{
  int code = sqlite3_step (stmt->stmt);

  if (code == SQLITE_ROW)
    return IW_DB_ROW;
  if (code == SQLITE_DONE)
    return IW_DB_DONE;
  set_error (stmt->db->handle, code, error);
  return IW_DB_ERROR;
}

gboolean
iw_db_run (IwDbStmt *stmt, GError **error)
{
  IwDbStep step;

  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    ;
  sqlite3_reset (stmt->stmt);
  return step == IW_DB_DONE;
}

void
iw_db_reset (IwDbStmt *stmt)
{
  sqlite3_reset (stmt->stmt);
}

gint64
iw_db_int (IwDbStmt *stmt, int column)
{
  return sqlite3_column_int64 (stmt->stmt, column);
}

const char *
iw_db_text (IwDbStmt *stmt, int column)
{
  return (const char *)sqlite3_column_text (stmt->stmt, column);
}

gboolean
iw_db_is_null (IwDbStmt *stmt, int column)
{
  return sqlite3_column_type (stmt->stmt, column) == SQLITE_NULL;
}

const void *
iw_db_blob (IwDbStmt *stmt, int column, gsize *length)
{
  const void *data = sqlite3_column_blob (stmt->stmt, column);

  *length = sqlite3_column_bytes (stmt->stmt, column);
  return data;
}

gint64
iw_db_last_rowid (IwDb *db)
{
  return sqlite3_last_insert_rowid (db->handle);
}

gint64
iw_db_n_changes (IwDb *db)
{
  return sqlite3_changes64 (db->handle);
}

/* ---- cancelling ---- */

#define STEPS_BETWEEN_LOOKS 2000 /* virtual machine instructions: well below a millisecond */

static int
look_at_cancellable (void *data)
{
  return g_cancellable_is_cancelled (data);
}

void
iw_db_set_cancellable (IwDb *db, GCancellable *cancellable)
{
  sqlite3_progress_handler (db->handle, cancellable != NULL ? STEPS_BETWEEN_LOOKS : 0,
                            cancellable != NULL ? look_at_cancellable : NULL, cancellable);
}

/* ---- backup ---- */

static gboolean
copy_pages (IwDb *db, const char *path, GError **error)
{
  sqlite3 *target = NULL;
  sqlite3_backup *backup;
  int code = sqlite3_open_v2 (path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (target, "main", db->handle, "main");
      if (backup != NULL)
        {
          sqlite3_backup_step (backup, -1);
          sqlite3_backup_finish (backup);
        }
      code = sqlite3_errcode (target);
    }
  if (code != SQLITE_OK)
    set_error (target, code, error);
  sqlite3_close (target);
  return code == SQLITE_OK;
}

gboolean
iw_db_backup (IwDb *db, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  g_unlink (part);
  if (!copy_pages (db, part, error))
    {
      g_unlink (part);
      return FALSE;
    }
  if (g_rename (part, path) == 0)
    return TRUE;
  return iw_fail_errno (error, _ ("The backup “%s” could not be written"), path);
}
