#include "config.h"

#include "iw-store-private.h"

#define REV_COLUMNS "r.id, r.doc, r.gen, r.hash, r.parent, r.deleted, r.leaf, r.body, r.attached"

void
iw_rev_row_clear (IwRevRow *row)
{
  g_clear_pointer (&row->body, g_free);
}

static void
rev_row_free (IwRevRow *row)
{
  iw_rev_row_clear (row);
  g_free (row);
}

static void
take_rev_row (IwDbStmt *stmt, IwRevRow *row)
{
  iw_rev_row_clear (row);
  row->id = iw_db_int (stmt, 0);
  row->doc = iw_db_int (stmt, 1);
  row->rev.gen = iw_db_int (stmt, 2);
  g_strlcpy (row->rev.hash, iw_db_text (stmt, 3), sizeof row->rev.hash);
  row->parent = iw_db_int (stmt, 4);
  row->deleted = iw_db_int (stmt, 5);
  row->leaf = iw_db_int (stmt, 6);
  row->body = g_strdup (iw_db_text (stmt, 7));
  row->attached = iw_db_int (stmt, 8);
}

/* Steps once; an absent row leaves id 0. */
static gboolean
step_rev_row (IwDbStmt *stmt, IwRevRow *row, GError **error)
{
  IwDbStep step = iw_db_step (stmt, error);

  iw_rev_row_clear (row);
  row->id = 0;
  if (step == IW_DB_ROW)
    take_rev_row (stmt, row);
  return step != IW_DB_ERROR;
}

gboolean
iw_store_find_doc (IwStore *self, const char *docid, gint64 *doc, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT id FROM doc WHERE docid = ?1", error);
  IwDbStep step;

  *doc = 0;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, docid);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *doc = iw_db_int (stmt, 0);
  return step != IW_DB_ERROR;
}

gboolean
iw_store_read_winner (IwStore *self, gint64 doc, IwRevRow *row, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT " REV_COLUMNS " FROM doc d JOIN rev r ON r.id = d.winner WHERE d.id = ?1",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  return step_rev_row (stmt, row, error);
}

gboolean
iw_store_read_shown (IwStore *self, gint64 doc, IwRevRow *row, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT " REV_COLUMNS " FROM doc d JOIN rev r ON r.id = d.shown WHERE d.id = ?1",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  return step_rev_row (stmt, row, error);
}

gboolean
iw_store_read_rev (IwStore *self, gint64 doc, const IwRev *rev, IwRevRow *row, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT " REV_COLUMNS " FROM rev r WHERE r.doc = ?1 AND r.gen = ?2 AND r.hash = ?3",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, rev->gen);
  iw_db_bind_text (stmt, 3, rev->hash);
  return step_rev_row (stmt, row, error);
}

gboolean
iw_store_read_rev_by_id (IwStore *self, gint64 rev, IwRevRow *row, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT " REV_COLUMNS " FROM rev r WHERE r.id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, rev);
  return step_rev_row (stmt, row, error);
}

gboolean
iw_store_read_first_leaf (IwStore *self, gint64 doc, IwRevRow *row, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT " REV_COLUMNS " FROM rev r INDEXED BY rev_leaf WHERE r.doc = ?1 AND r.leaf"
      " ORDER BY r.deleted, r.gen DESC, r.hash DESC LIMIT 1",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  return step_rev_row (stmt, row, error);
}

char *
iw_store_docid_of (IwStore *self, gint64 doc, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT docid FROM doc WHERE id = ?1", error);

  if (stmt == NULL)
    return NULL;
  iw_db_bind_int (stmt, 1, doc);
  return iw_db_step (stmt, error) == IW_DB_ROW ? g_strdup (iw_db_text (stmt, 0)) : NULL;
}

GPtrArray *
iw_store_read_some_leaves (IwStore *self, gint64 doc, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify)rev_row_free);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT " REV_COLUMNS " FROM rev r INDEXED BY rev_leaf WHERE r.doc = ?1 AND r.leaf"
      " ORDER BY r.deleted, r.gen DESC, r.hash DESC LIMIT ?2",
      error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, limit);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      IwRevRow *row = g_new0 (IwRevRow, 1);

      take_rev_row (stmt, row);
      g_ptr_array_add (leaves, row);
    }
  return step == IW_DB_DONE ? g_steal_pointer (&leaves) : NULL;
}

GPtrArray *
iw_store_read_leaves (IwStore *self, gint64 doc, GError **error)
{
  return iw_store_read_some_leaves (self, doc, -1, error);
}
