/* Reading documents: winners, single revisions, histories, the changes feed. */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>

#include "iw-fail.h"
#include "iw-json.h"

/* CouchDB's default _revs_limit: how much of a history peers are given. */
#define MAX_HISTORY 1000

static void
not_found (const char *docid, GError **error)
{
  iw_fail (error, IW_STORE_ERROR_NOT_FOUND,
           /* Translators: %s is a document's id. */
           _ ("There is no document “%s”."), docid);
}

static void
no_revision (const char *docid, const char *rev, GError **error)
{
  iw_fail (error, IW_STORE_ERROR_NOT_FOUND,
           /* Translators: the ids of a revision and of its document. */
           _ ("There is no revision “%s” of the document “%s”."), rev, docid);
}

JsonObject *
iw_store_get (IwStore *self, const char *docid, char **rev_out, GError **error)
{
  g_auto (IwRevRow) row = { 0 };
  JsonObject *body;
  gint64 doc;

  if (!iw_store_find_doc (self, docid, &doc, error) ||
      !iw_store_read_shown (self, doc, &row, error))
    return NULL;
  if (row.id == 0 || row.deleted || row.body == NULL)
    {
      not_found (docid, error);
      return NULL;
    }
  body = iw_json_from_text (row.body, error);
  if (body != NULL && rev_out != NULL)
    *rev_out = iw_rev_format (row.rev.gen, row.rev.hash);
  return body;
}

/* Finds a revision by its text; id 0 where it is malformed or absent. */
static gboolean
find_rev (IwStore *self, const char *docid, const char *rev, IwRevRow *row, GError **error)
{
  IwRev parsed;
  gint64 doc;

  row->id = 0;
  if (!iw_rev_parse (rev, &parsed))
    return TRUE;
  return iw_store_find_doc (self, docid, &doc, error) &&
         iw_store_read_rev (self, doc, &parsed, row, error);
}

JsonObject *
iw_store_get_rev (IwStore *self,
                  const char *docid,
                  const char *rev,
                  gboolean *deleted_out,
                  GError **error)
{
  g_auto (IwRevRow) row = { 0 };

  if (!find_rev (self, docid, rev, &row, error))
    return NULL;
  if (row.id == 0 || row.body == NULL)
    {
      no_revision (docid, rev, error);
      return NULL;
    }
  if (deleted_out != NULL)
    *deleted_out = row.deleted;
  return iw_json_from_text (row.body, error);
}

char **
iw_store_get_leaves (IwStore *self, const char *docid, gboolean include_deleted, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) leaves = NULL;
  gint64 doc;

  if (!iw_store_find_doc (self, docid, &doc, error))
    return NULL;
  leaves = iw_store_read_leaves (self, doc, error);
  if (leaves == NULL)
    return NULL;
  for (guint i = 0; i < leaves->len; i++)
    {
      const IwRevRow *leaf = leaves->pdata[i];

      if (include_deleted || !leaf->deleted)
        g_strv_builder_take (builder, iw_rev_format (leaf->rev.gen, leaf->rev.hash));
    }
  return g_strv_builder_end (builder);
}

/* ---- histories ---- */

static const char history_sql[] =
    "WITH RECURSIVE line (id, gen, hash, parent, kept, n) AS ("
    " SELECT id, gen, hash, parent, body IS NOT NULL, 1 FROM rev WHERE id = ?1"
    " UNION ALL"
    " SELECT r.id, r.gen, r.hash, r.parent, r.body IS NOT NULL, n + 1"
    " FROM line JOIN rev r ON r.id = line.parent WHERE n < ?2)"
    " SELECT id, gen, hash, kept FROM line ORDER BY n";

static IwDbStmt *
prepare_history (IwStore *self, gint64 rev, GError **error)
{
  IwDbStmt *stmt = iw_db_prepare (self->db, history_sql, error);

  if (stmt != NULL)
    {
      iw_db_bind_int (stmt, 1, rev);
      iw_db_bind_int (stmt, 2, MAX_HISTORY);
    }
  return stmt;
}

char **
iw_store_get_history (IwStore *self, const char *docid, const char *rev, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (IwRevRow) row = { 0 };
  g_autoptr (IwDbStmt) stmt = NULL;
  IwDbStep step;

  if (!find_rev (self, docid, rev, &row, error))
    return NULL;
  if (row.id == 0)
    {
      no_revision (docid, rev, error);
      return NULL;
    }
  if ((stmt = prepare_history (self, row.id, error)) == NULL)
    return NULL;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_strv_builder_take (builder, iw_rev_format (iw_db_int (stmt, 1), iw_db_text (stmt, 2)));
  return step == IW_DB_DONE ? g_strv_builder_end (builder) : NULL;
}

/* The row ids of @rev and its ancestors. */
static GHashTable *
read_line (IwStore *self, gint64 rev, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (IwDbStmt) stmt = prepare_history (self, rev, error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      gint64 id = iw_db_int (stmt, 0);

      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return step == IW_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

char *
iw_store_common_ancestor (IwStore *self,
                          const char *docid,
                          const char *a,
                          const char *b,
                          GError **error)
{
  g_auto (IwRevRow) row_a = { 0 };
  g_auto (IwRevRow) row_b = { 0 };
  g_autoptr (GHashTable) line = NULL;
  g_autoptr (IwDbStmt) stmt = NULL;

  if (!find_rev (self, docid, a, &row_a, error) || !find_rev (self, docid, b, &row_b, error))
    return NULL;
  if (row_a.id == 0 || row_b.id == 0)
    {
      no_revision (docid, row_a.id == 0 ? a : b, error);
      return NULL;
    }
  if ((line = read_line (self, row_a.id, error)) == NULL ||
      (stmt = prepare_history (self, row_b.id, error)) == NULL)
    return NULL;
  while (iw_db_step (stmt, error) == IW_DB_ROW)
    {
      gint64 id = iw_db_int (stmt, 0);

      if (iw_db_int (stmt, 3) && g_hash_table_contains (line, &id))
        return iw_rev_format (iw_db_int (stmt, 1), iw_db_text (stmt, 2));
    }
  return NULL;
}

/* ---- many documents ---- */

gboolean
iw_store_foreach (IwStore *self,
                  const char *prefix,
                  IwStoreDocFunc func,
                  gpointer data,
                  GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT d.docid, r.gen, r.hash, r.body FROM doc d JOIN rev r ON r.id = d.shown"
                     " WHERE d.docid >= ?1 AND d.docid < ?1 || char (1114111)"
                     " AND NOT r.deleted AND r.body IS NOT NULL ORDER BY d.docid",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, prefix != NULL ? prefix : "");
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      g_autofree char *rev = iw_rev_format (iw_db_int (stmt, 1), iw_db_text (stmt, 2));
      g_autoptr (JsonObject) body = iw_json_from_text (iw_db_text (stmt, 3), error);

      if (body == NULL)
        return FALSE;
      if (!func (iw_db_text (stmt, 0), rev, body, data))
        return TRUE;
    }
  return step == IW_DB_DONE;
}

gboolean
iw_store_read_seq (IwStore *self, gint64 *seq, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT value FROM meta WHERE name = 'seq'", error);
  IwDbStep step = stmt != NULL ? iw_db_step (stmt, error) : IW_DB_ERROR;

  if (step == IW_DB_ROW)
    *seq = iw_db_int (stmt, 0);
  else if (step == IW_DB_DONE)
    return iw_fail (error, IW_STORE_ERROR_CORRUPT, "%s",
                    _ ("The workspace’s database is damaged: its count of changes is missing. A "
                       "recovery can save what is still readable."));
  return step == IW_DB_ROW;
}

gint64
iw_store_get_seq (IwStore *self)
{
  gint64 seq = 0;

  iw_store_read_seq (self, &seq, NULL);
  return seq;
}

gint64
iw_store_foreach_change (IwStore *self,
                         gint64 since,
                         guint limit,
                         IwStoreChangeFunc func,
                         gpointer data,
                         GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT d.seq, d.docid, r.gen, r.hash, r.deleted FROM doc d JOIN rev r ON r.id = d.winner"
      " WHERE d.seq > ?1 ORDER BY d.seq LIMIT ?2",
      error);
  gint64 last = since;

  if (stmt == NULL)
    return since;
  iw_db_bind_int (stmt, 1, since);
  iw_db_bind_int (stmt, 2, limit > 0 ? (gint64)limit : -1);
  while (iw_db_step (stmt, error) == IW_DB_ROW)
    {
      g_autofree char *rev = iw_rev_format (iw_db_int (stmt, 2), iw_db_text (stmt, 3));

      last = iw_db_int (stmt, 0);
      func (last, iw_db_text (stmt, 1), rev, iw_db_int (stmt, 4), data);
    }
  return last;
}
