#include "config.h"

#include "iw-event-scan.h"

#include <string.h>

#include "iw-db.h"
#include "iw-event-files.h"

/* Nothing here outlives the process, so nothing is journaled or synced. The cache bounds what a
 * sort holds in memory; the rest goes to a temporary file. */
#define SCHEMA                                                                                     \
  "PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"               \
  "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16384;"                                   \
  "CREATE TABLE record (row INTEGER PRIMARY KEY, time INTEGER, precision INTEGER, line INTEGER,"   \
  "  offset INTEGER, length INTEGER, fingerprint BLOB);"                                           \
  "CREATE TABLE duplicate (row INTEGER PRIMARY KEY);"                                              \
  "BEGIN;"

struct _IwEventScan
{
  IwStagedFile *file;
  IwDb *db;
  IwDbStmt *insert;
  IwDbStmt *walk;
  gboolean walked; /* to the end: SQLite would begin anew */
  gint64 n, n_duplicates, first, last;
};

IwEventScan *
iw_event_scan_new (const char *dir, GError **error)
{
  g_autoptr (IwEventScan) scan = g_new0 (IwEventScan, 1);

  scan->file = iw_staged_file_new (dir, "scan", error);
  if (scan->file == NULL)
    return NULL;
  scan->db = iw_db_open (scan->file->path, IW_DB_WRITE, error);
  if (scan->db == NULL || !iw_db_exec (scan->db, SCHEMA, error))
    return NULL;
  scan->insert = iw_db_prepare (scan->db, "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", error);
  return scan->insert != NULL ? g_steal_pointer (&scan) : NULL;
}

void
iw_event_scan_free (IwEventScan *scan)
{
  if (scan == NULL)
    return;
  iw_db_release (scan->insert);
  iw_db_release (scan->walk);
  iw_db_close (scan->db);
  iw_staged_file_free (scan->file);
  g_free (scan);
}

gboolean
iw_event_scan_add (IwEventScan *scan, const IwScanned *scanned, GError **error)
{
  gint64 us = scanned->time.us;

  iw_db_bind_int (scan->insert, 1, scanned->row);
  iw_db_bind_int (scan->insert, 2, us);
  iw_db_bind_int (scan->insert, 3, scanned->time.precision);
  iw_db_bind_int (scan->insert, 4, scanned->line);
  iw_db_bind_int (scan->insert, 5, scanned->offset);
  iw_db_bind_int (scan->insert, 6, scanned->length);
  iw_db_bind_blob (scan->insert, 7, scanned->fingerprint, sizeof scanned->fingerprint);
  if (!iw_db_run (scan->insert, error))
    return FALSE;
  scan->first = scan->n == 0 ? us : MIN (scan->first, us);
  scan->last = scan->n == 0 ? us : MAX (scan->last, us);
  scan->n++;
  return TRUE;
}

/* Records in order of fingerprint: those after the first of an equal stretch are duplicates. */
static gboolean
find_duplicates (IwEventScan *scan, GError **error)
{
  g_autoptr (IwDbStmt) sorted = iw_db_prepare (
      scan->db, "SELECT fingerprint, row FROM record ORDER BY fingerprint, row", error);
  g_autoptr (IwDbStmt) insert = NULL;
  guint8 before[16] = { 0 };
  gboolean any = FALSE;
  IwDbStep step;

  if (sorted == NULL)
    return FALSE;
  insert = iw_db_prepare (scan->db, "INSERT INTO duplicate VALUES (?)", error);
  if (insert == NULL)
    return FALSE;
  while ((step = iw_db_step (sorted, error)) == IW_DB_ROW)
    {
      gsize length;
      const void *fingerprint = iw_db_blob (sorted, 0, &length);

      g_return_val_if_fail (length == sizeof before, FALSE);
      if (any && memcmp (before, fingerprint, sizeof before) == 0)
        {
          iw_db_bind_int (insert, 1, iw_db_int (sorted, 1));
          if (!iw_db_run (insert, error))
            return FALSE;
          scan->n_duplicates++;
        }
      memcpy (before, fingerprint, sizeof before);
      any = TRUE;
    }
  return step == IW_DB_DONE;
}

gboolean
iw_event_scan_end (IwEventScan *scan, GError **error)
{
  if (!find_duplicates (scan, error))
    return FALSE;
  scan->walk =
      iw_db_prepare (scan->db,
                     "SELECT r.row, r.time, r.precision, r.line, r.offset, r.length, r.fingerprint,"
                     "  d.row IS NOT NULL"
                     " FROM record r LEFT JOIN duplicate d ON d.row = r.row ORDER BY r.time, r.row",
                     error);
  return scan->walk != NULL;
}

gboolean
iw_event_scan_next (IwEventScan *scan, IwScanned *out, GError **error)
{
  const void *fingerprint;
  gsize length;

  if (scan->walked || iw_db_step (scan->walk, error) != IW_DB_ROW)
    {
      scan->walked = TRUE;
      return FALSE;
    }
  out->row = iw_db_int (scan->walk, 0);
  out->time.us = iw_db_int (scan->walk, 1);
  out->time.precision = (IwPrecision)iw_db_int (scan->walk, 2);
  out->line = iw_db_int (scan->walk, 3);
  out->offset = iw_db_int (scan->walk, 4);
  out->length = iw_db_int (scan->walk, 5);
  fingerprint = iw_db_blob (scan->walk, 6, &length);
  memcpy (out->fingerprint, fingerprint, MIN (length, sizeof out->fingerprint));
  out->duplicate = iw_db_int (scan->walk, 7) != 0;
  return TRUE;
}

gint64
iw_event_scan_get_n (IwEventScan *scan)
{
  return scan->n;
}

gint64
iw_event_scan_get_n_duplicates (IwEventScan *scan)
{
  return scan->n_duplicates;
}

gint64
iw_event_scan_get_first (IwEventScan *scan)
{
  return scan->first;
}

gint64
iw_event_scan_get_last (IwEventScan *scan)
{
  return scan->last;
}
