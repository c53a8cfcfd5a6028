/* All documents by id, and what can be said of all of them. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-attachments.h"
#include "iw-fail.h"
#include "iw-peer.h"

/* ---- by id ---- */

static char *
make_range_sql (const IwPeerRange *range)
{
  const char *low = range->descending ? range->end : range->start;
  const char *high = range->descending ? range->start : range->end;
  gboolean exclusive_low = range->descending && range->exclusive_end;
  gboolean exclusive_high = !range->descending && range->exclusive_end;

  return g_strdup_printf ("SELECT d.docid, r.gen, r.hash, d.seq, r.id%s"
                          " FROM doc d JOIN rev r ON r.id = d.winner WHERE NOT r.deleted%s%s"
                          " ORDER BY d.docid%s LIMIT ?3 OFFSET ?4",
                          range->bodies ? ", r.body, r.attached" : "",
                          low == NULL     ? ""
                          : exclusive_low ? " AND d.docid > ?1"
                                          : " AND d.docid >= ?1",
                          high == NULL     ? ""
                          : exclusive_high ? " AND d.docid < ?2"
                                           : " AND d.docid <= ?2",
                          range->descending ? " DESC" : "");
}

static gboolean
tell_doc (IwStore *self,
          IwDbStmt *stmt,
          gboolean bodies,
          IwPeerDocFunc func,
          gpointer data,
          gboolean *go_on,
          GError **error)
{
  g_autoptr (GPtrArray) attachments = NULL;
  g_autofree char *rev = iw_rev_format (iw_db_int (stmt, 1), iw_db_text (stmt, 2));
  IwPeerDoc doc = { 0 };

  if (bodies && iw_db_int (stmt, 6) &&
      (attachments = iw_attachments_read (self, iw_db_int (stmt, 4), error)) == NULL)
    return FALSE;
  doc.docid = (char *)iw_db_text (stmt, 0);
  doc.rev = rev;
  doc.seq = iw_db_int (stmt, 3);
  doc.body = bodies ? (char *)iw_db_text (stmt, 5) : NULL;
  doc.attachments = attachments;
  *go_on = func (&doc, data);
  return TRUE;
}

gboolean
iw_peer_foreach_doc (IwStore *self,
                     const IwPeerRange *range,
                     IwPeerDocFunc func,
                     gpointer data,
                     GError **error)
{
  const char *low = range->descending ? range->end : range->start;
  const char *high = range->descending ? range->start : range->end;
  g_autofree char *sql = make_range_sql (range);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, sql, error);
  gboolean go_on = TRUE;
  IwDbStep step = IW_DB_DONE;

  if (stmt == NULL)
    return FALSE;
  if (low != NULL)
    iw_db_bind_text (stmt, 1, low);
  if (high != NULL)
    iw_db_bind_text (stmt, 2, high);
  iw_db_bind_int (stmt, 3, range->limit > 0 ? (gint64)range->limit : -1);
  iw_db_bind_int (stmt, 4, range->skip);
  while (go_on && (step = iw_db_step (stmt, error)) == IW_DB_ROW)
    if (!tell_doc (self, stmt, range->bodies, func, data, &go_on, error))
      return FALSE;
  return step != IW_DB_ERROR;
}

/* ---- all of them ---- */

gboolean
iw_peer_get_info (IwStore *self, IwPeerInfo *info, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT (SELECT value FROM meta WHERE name = 'n_live'),"
                     " (SELECT value FROM meta WHERE name = 'n_deleted'),"
                     " (SELECT value FROM meta WHERE name = 'seq'),"
                     " (SELECT coalesce (max (id), 0) FROM purge),"
                     " (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),"
                     " (SELECT value FROM meta WHERE name = 'n_bytes')",
                     error);

  *info = (IwPeerInfo){ 0 };
  if (stmt == NULL || iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  info->doc_count = iw_db_int (stmt, 0);
  info->doc_del_count = iw_db_int (stmt, 1);
  info->update_seq = iw_db_int (stmt, 2);
  info->purge_seq = iw_db_int (stmt, 3);
  info->file_size = iw_db_int (stmt, 4);
  info->external_size = iw_db_int (stmt, 5);
  return TRUE;
}

gint64
iw_peer_get_revs_limit (IwStore *self)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT value FROM meta WHERE name = 'revs_limit'", NULL);

  if (stmt == NULL || iw_db_step (stmt, NULL) != IW_DB_ROW)
    return 1000;
  return MAX (iw_db_int (stmt, 0), 1);
}

gboolean
iw_peer_set_revs_limit (IwStore *self, gint64 limit, GError **error)
{
  g_autoptr (IwDbStmt) stmt = NULL;

  if (limit < 1)
    return iw_fail (error, IW_STORE_ERROR_INVALID, "%s",
                    _ ("At least one revision of a document must be kept."));
  stmt = iw_db_prepare (self->db,
                        "INSERT INTO meta VALUES ('revs_limit', ?1)"
                        " ON CONFLICT DO UPDATE SET value = excluded.value",
                        error);
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, limit);
  if (!iw_db_run (stmt, error))
    return FALSE;
  self->revs_limit = limit;
  return TRUE;
}
