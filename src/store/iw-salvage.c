#include "config.h"

#include "iw-salvage.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iw-fail.h"
#include "iw-schema.h"

#define PAGE_SIZE 4096
#define OFFSET_OF_PAGE_COUNT 28

/* Row ids in a row that cannot be read before the rest is given up: more than one damaged page of a
 * table's inner structure takes along. */
#define MAX_UNREADABLE 25000

/* ---- the first page ---- */

static gboolean
is_newer (IwDb *db)
{
  g_auto (GStrv) migrations = iw_schema_migrations ();

  return iw_schema_version (db) > (gint64)g_strv_length (migrations);
}

static gboolean
schema_is_readable (IwDb *db)
{
  return iw_db_exec (db, "SELECT 1 FROM doc, rev, draft LIMIT 0", NULL);
}

/* Whole pages, and no fewer than the schema speaks of. */
static gboolean
pad (int fd, off_t at_least, guint32 *n_pages)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return FALSE;
  *n_pages = (MAX (info.st_size, at_least) + PAGE_SIZE - 1) / PAGE_SIZE;
  return ftruncate (fd, (off_t)*n_pages * PAGE_SIZE) == 0;
}

static gboolean
graft_first_page (const char *path, const char *fresh, GError **error)
{
  guint8 page[PAGE_SIZE];
  struct stat info;
  guint32 n_pages;
  int from = g_open (fresh, O_RDONLY | O_CLOEXEC, 0);
  int to = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  gboolean ok = from >= 0 && to >= 0 && fstat (from, &info) == 0 &&
                pread (from, page, PAGE_SIZE, 0) == PAGE_SIZE && pad (to, info.st_size, &n_pages);

  if (ok)
    {
      n_pages = GUINT32_TO_BE (n_pages);
      memcpy (page + OFFSET_OF_PAGE_COUNT, &n_pages, sizeof n_pages);
      ok = pwrite (to, page, PAGE_SIZE, 0) == PAGE_SIZE;
    }
  if (!ok)
    iw_fail_errno (error, _ ("“%s” could not be written"), path);
  if (from >= 0)
    close (from);
  if (to >= 0)
    close (to);
  return ok;
}

/* Its schema has room on its first page, which later ones' need not have. */
static gboolean
make_first_version (const char *path, GError **error)
{
  g_auto (GStrv) migrations = iw_schema_migrations ();
  g_autoptr (IwDb) db = iw_db_open (path, IW_DB_CREATE, error);

  return db != NULL && iw_db_begin (db, error) && iw_db_exec (db, migrations[0], error) &&
         iw_db_commit (db, error);
}

IwDb *
iw_salvage_open (const char *path, const char *fresh, GError **error)
{
  g_autoptr (IwDb) db = iw_db_open (path, IW_DB_WRITE, NULL);

  if (db != NULL && is_newer (db))
    {
      iw_fail (error, IW_STORE_ERROR_READ_ONLY, "%s",
               _ ("This workspace was last used with a newer version of Incident Workbench. Update "
                  "Incident Workbench and recover it with that."));
      return NULL;
    }
  if (db == NULL || !schema_is_readable (db))
    {
      g_clear_pointer (&db, iw_db_close);
      if (!make_first_version (fresh, error) || !graft_first_page (path, fresh, error) ||
          (db = iw_db_open (path, IW_DB_WRITE, error)) == NULL)
        return NULL;
    }
  if (!schema_is_readable (db))
    {
      iw_fail (error, IW_STORE_ERROR_CORRUPT, "%s",
               _ ("Nothing in the database can be read any more. The file was kept."));
      return NULL;
    }
  if (!iw_db_exec (db, "PRAGMA cell_size_check = ON", error))
    return NULL;
  return g_steal_pointer (&db);
}

/* ---- rows ---- */

/* Reads on from the row id *@next until the end (TRUE) or a row that cannot be read (FALSE). */
static gboolean
read_on (IwDbStmt *stmt, gint64 *next, IwSalvageFunc func, gpointer data, guint *lost)
{
  IwDbStep step;

  iw_db_reset (stmt);
  iw_db_bind_int (stmt, 1, *next);
  while ((step = iw_db_step (stmt, NULL)) == IW_DB_ROW)
    {
      /* A page that strayed into the tree: on from there would lead in circles. */
      if (iw_db_int (stmt, 0) < *next)
        return FALSE;
      *next = iw_db_int (stmt, 0) + 1;
      if (!func (stmt, data))
        ++*lost;
    }
  return step == IW_DB_DONE;
}

guint
iw_salvage_table (IwDb *db,
                  const char *table,
                  const char *columns,
                  IwSalvageFunc func,
                  gpointer data)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT rowid, %s FROM %s NOT INDEXED WHERE rowid >= ?1 ORDER BY rowid", columns, table);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (db, sql, NULL);
  gint64 next = 1;
  gint64 before;
  guint unreadable = 0;
  guint lost = 0;

  if (stmt == NULL)
    return 0;
  /* Row ids are given in sequence, so that one after another can be tried. */
  for (before = next; !read_on (stmt, &next, func, data, &lost); before = next)
    {
      if (next > before)
        {
          lost += unreadable;
          unreadable = 0;
        }
      if (++unreadable > MAX_UNREADABLE)
        break;
      next++;
    }
  /* At the end it is not known how many rows there were: see iw_salvage_ends(). */
  return next > before ? lost + unreadable : lost;
}

void
iw_salvage_ends (IwDb *db,
                 const char *sql_forward,
                 const char *sql_backward,
                 IwSalvageFunc func,
                 gpointer data)
{
  const char *sql[] = { sql_forward, sql_backward };

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      g_autoptr (IwDbStmt) stmt = iw_db_prepare (db, sql[i], NULL);
      IwDbStep step = IW_DB_ERROR;

      while (stmt != NULL && (step = iw_db_step (stmt, NULL)) == IW_DB_ROW)
        func (stmt, data);
      if (step == IW_DB_DONE)
        return;
    }
}
