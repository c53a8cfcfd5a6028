/* iw-db.h: a thin layer over SQLite: one connection, cached statements, errors in plain words.
 *
 * Private to src/store (sqlite3.h itself is needed by iw-db.c and iw-fts.c alone). One thread at a
 * time per connection. Every failing call sets @error in the IW_STORE_ERROR domain, in words a
 * person can act on.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _IwDb IwDb;
typedef struct _IwDbStmt IwDbStmt;

typedef enum
{
  IW_DB_CREATE,    /* read and write, made where there is none */
  IW_DB_WRITE,     /* read and write an existing file */
  IW_DB_READ,      /* an existing file; refuses to write, yet keeps a WAL's shared memory usable */
  IW_DB_IMMUTABLE, /* a file nobody can change meanwhile: read-only media, a damaged copy */
} IwDbMode;

/* What iw_db_step() found. */
typedef enum
{
  IW_DB_ERROR = -1,
  IW_DB_DONE = 0,
  IW_DB_ROW = 1,
} IwDbStep;

/* How long a statement waits for another program's lock. */
#define IW_DB_BUSY_TIMEOUT_MS 5000

/* Opens the file and registers the `iw` tokenizer. (transfer full), NULL on error */
IwDb *iw_db_open (const char *path, IwDbMode mode, GError **error);
void iw_db_close (IwDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwDb, iw_db_close)

/* What iw_rank(text) gives in SQL, to order by what SQLite knows nothing of. @data: kept alive by the caller. */
typedef gint64 (*IwDbRankFunc) (const char *text, gpointer data);
void iw_db_set_rank (IwDb *db, IwDbRankFunc func, gpointer data);

/* Runs statements that return nothing; not cached. */
gboolean iw_db_exec (IwDb *db, const char *sql, GError **error);
/* The same of one statement from the cache, whose parameters are the @n integers @values. */
gboolean iw_db_run_with (IwDb *db, const char *sql, const gint64 *values, guint n, GError **error);
/* For @values and @n. */
#define IW_DB_INTS(...) (const gint64[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const gint64[]){ __VA_ARGS__ }))
gboolean iw_db_run_int (IwDb *db, const char *sql, gint64 value, GError **error); /* with one */
/* Whether there is a row. @value: the one parameter. */
gboolean iw_db_find_int (IwDb *db, const char *sql, gint64 value, gboolean *found, GError **error);
/* A one-off statement's first column, @fallback where there is no row or on error. */
gint64 iw_db_query_int (IwDb *db, const char *sql, gint64 fallback);

gboolean iw_db_begin (IwDb *db, GError **error); /* BEGIN IMMEDIATE: waits for the write lock */
gboolean iw_db_commit (IwDb *db, GError **error); /* rolls back where it fails */
void iw_db_rollback (IwDb *db); /* keeps quiet outside a transaction */

/* Several statements that see one state of the database: all between the two. Within another transaction
 * they do nothing: FALSE in @begun, which iw_db_end_read() is given. */
gboolean iw_db_begin_read (IwDb *db, gboolean *begun, GError **error);
void iw_db_end_read (IwDb *db, gboolean begun);

/* A statement from the cache, or prepared anew where that one is in use further up the stack; with no
 * bindings. Give it back with iw_db_release(). (transfer full), NULL on error */
IwDbStmt *iw_db_prepare (IwDb *db, const char *sql, GError **error);
void iw_db_release (IwDbStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwDbStmt, iw_db_release)

/* Parameters count from 1. NULL text binds NULL. Text is copied. */
void iw_db_bind_int (IwDbStmt *stmt, int index, gint64 value);
void iw_db_bind_text (IwDbStmt *stmt, int index, const char *text);
/* Not copied: stays as it is until the statement is given back. */
void iw_db_bind_static_text (IwDbStmt *stmt, int index, const char *text, gssize length);
void iw_db_bind_null (IwDbStmt *stmt, int index);
void iw_db_bind_blob (IwDbStmt *stmt, int index, const void *data, gsize length);

IwDbStep iw_db_step (IwDbStmt *stmt, GError **error); /* IW_DB_ERROR with @error */
/* Steps to the end and resets, for statements that change rows; bindings stay. */
gboolean iw_db_run (IwDbStmt *stmt, GError **error);
void iw_db_reset (IwDbStmt *stmt); /* to run it again; bindings stay */

/* Columns count from 0. Text is valid until the next step. */
gint64 iw_db_int (IwDbStmt *stmt, int column);
const char *iw_db_text (IwDbStmt *stmt, int column); /* NULL for NULL */
gboolean iw_db_is_null (IwDbStmt *stmt, int column);
const void *iw_db_blob (IwDbStmt *stmt, int column, gsize *length); /* NULL for an empty one */

gint64 iw_db_last_rowid (IwDb *db); /* of the last row inserted */
gint64 iw_db_n_changes (IwDb *db); /* rows that the last statement changed */

/* Statements end with G_IO_ERROR_CANCELLED soon after @cancellable is; NULL stops looking at it.
 * @cancellable: kept alive by the caller until then */
void iw_db_set_cancellable (IwDb *db, GCancellable *cancellable);

/* Copies the whole database into a new file at @path, durable when it returns. */
gboolean iw_db_backup (IwDb *db, const char *path, GError **error);


G_END_DECLS
