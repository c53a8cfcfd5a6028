/* What follows of a document's leaves: its winner, what is shown of it, counts, derived rows. */
#include "config.h"

#include "iw-store-private.h"

#include <string.h>

#include "iw-json.h"

/* What the document row and the counts rest on. */
typedef struct
{
  gint64 id; /* of the winner; 0: none yet */
  gboolean deleted;
  gint64 n_bytes;
} Before;

static gboolean
read_before (IwStore *self, gint64 doc, Before *before, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT r.id, r.deleted, octet_length (r.body)"
                     " FROM doc d JOIN rev r ON r.id = d.winner WHERE d.id = ?1",
                     error);
  IwDbStep step;

  *before = (Before){ 0 };
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *before = (Before){ iw_db_int (stmt, 0), iw_db_int (stmt, 1), iw_db_int (stmt, 2) };
  return step != IW_DB_ERROR;
}

static void
count (IwStore *self, const Before *before, gboolean deleted, gint64 n_bytes)
{
  if (before->id != 0)
    *(before->deleted ? &self->n_deleted : &self->n_live) -= 1;
  *(deleted ? &self->n_deleted : &self->n_live) += 1;
  self->n_bytes += n_bytes - before->n_bytes;
}

/* How far back a deletion is looked for: as far as histories usually reach. */
#define MAX_LINE 1000

gboolean
iw_store_find_deletion (IwStore *self, const IwRevRow *winner, gint64 *rev, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "WITH RECURSIVE line (id, parent, n) AS"
      " (SELECT id, parent, 1 FROM rev WHERE id = ?1 UNION ALL"
      " SELECT r.id, r.parent, n + 1 FROM line CROSS JOIN rev r ON r.id = line.parent"
      " WHERE n < ?2)"
      " SELECT t FROM (SELECT n, (SELECT r.id FROM rev r INDEXED BY rev_ended"
      " WHERE r.parent = line.id AND r.leaf AND r.deleted"
      " ORDER BY r.hash DESC LIMIT 1) AS t FROM line)"
      " WHERE t IS NOT NULL ORDER BY n LIMIT 1",
      error);
  IwDbStep step;

  *rev = 0;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, winner->id);
  iw_db_bind_int (stmt, 2, MAX_LINE);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *rev = iw_db_int (stmt, 0);
  return step != IW_DB_ERROR;
}

/* No more than two are looked at, however many there are. */
static gboolean
read_fork (IwStore *self, gint64 doc, const IwRevRow *winner, gint64 *fork, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT ((SELECT count(*) FROM (SELECT 1 FROM rev WHERE doc = ?1 AND leaf LIMIT 2)) > 1)"
      " + ((SELECT count(*) FROM (SELECT 1 FROM rev WHERE doc = ?1 AND deleted = 0 AND leaf"
      " LIMIT 2)) > 1)",
      error);
  gint64 deletion;

  *fork = 0;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  if (iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  *fork = iw_db_int (stmt, 0);
  if (*fork != IW_FORK_ENDED || winner->deleted || self->peer)
    return TRUE;
  if (!iw_store_find_deletion (self, winner, &deletion, error))
    return FALSE;
  if (deletion != 0)
    *fork = IW_FORK_DELETION;
  return TRUE;
}

static gboolean
update_doc (IwStore *self,
            gint64 doc,
            const IwRevRow *winner,
            gint64 shown,
            gint64 modified_at,
            gint64 fork,
            GError **error)
{
  return iw_db_run_with (
      self->db,
      "UPDATE doc SET seq = ?2, winner = ?3, shown = ?4, modified_at = ?5,"
      " void = void AND ?6, fork = ?7 WHERE id = ?1",
      IW_DB_INTS (doc, ++self->seq, winner->id, shown, modified_at, winner->deleted, fork), error);
}

static gboolean
parse_body (const IwRevRow *row, JsonObject **body, GError **error)
{
  *body = row->body != NULL ? iw_json_from_text (row->body, error) : NULL;
  return *body != NULL || row->body == NULL;
}

static gint64
modified_at (JsonObject *body)
{
  return body != NULL ? iw_json_get_time (body, "modified_at") : 0;
}

/* What screens read. @fork: whether there is more than one leaf. */
static gboolean
follow (IwStore *self,
        gint64 doc,
        const char *docid,
        const IwRevRow *winner,
        gint64 fork,
        GError **error)
{
  gboolean alone = fork == 0 && winner->parent == 0;
  g_auto (IwRevRow) other = { 0 };
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonObject) other_body = NULL;
  const IwRevRow *shown = winner;

  if (!parse_body (winner, &body, error) ||
      (!alone && !iw_store_find_shown (self, doc, winner, &other, error)))
    return FALSE;
  if (!alone && other.id != winner->id)
    shown = &other;
  if (shown == &other && !parse_body (&other, &other_body, error))
    return FALSE;
  return update_doc (self, doc, winner, shown->id, modified_at (body), fork, error) &&
         iw_derived_update (self, doc, docid,
                            shown->deleted    ? NULL
                            : shown == winner ? body
                                              : other_body,
                            error);
}

gboolean
iw_store_settle (IwStore *self, gint64 doc, const char *docid, IwRevRow *winner, GError **error)
{
  g_auto (IwRevRow) row = { 0 };
  Before before;
  gint64 fork;

  if (!read_before (self, doc, &before, error) ||
      !iw_store_read_first_leaf (self, doc, &row, error) ||
      !read_fork (self, doc, &row, &fork, error))
    return FALSE;
  g_assert (row.id != 0);
  count (self, &before, row.deleted, row.body != NULL ? (gint64)strlen (row.body) : 0);
  if (self->peer ? !update_doc (self, doc, &row, row.id, 0, fork, error)
                 : !follow (self, doc, docid, &row, fork, error))
    return FALSE;
  if (winner != NULL)
    {
      iw_rev_row_clear (winner);
      *winner = row;
      row.body = NULL;
    }
  return TRUE;
}

/* ---- a document with one leaf and nothing before it ---- */

static gboolean
update_new_doc (IwStore *self, gint64 doc, gint64 winner, gint64 modified_at, GError **error)
{
  return iw_db_run_with (self->db,
                         "UPDATE doc SET winner = ?2, shown = ?2, modified_at = ?3 WHERE id = ?1",
                         IW_DB_INTS (doc, winner, modified_at), error);
}

gboolean
iw_store_settle_new (IwStore *self,
                     gint64 doc,
                     const char *docid,
                     const IwRevRow *only,
                     const char *text,
                     GError **error)
{
  g_autoptr (JsonObject) body = NULL;

  count (self, &(Before){ 0 }, only->deleted, strlen (text));
  if (self->peer)
    return update_new_doc (self, doc, only->id, 0, error);
  return (body = iw_json_from_text (text, error)) != NULL &&
         update_new_doc (self, doc, only->id, modified_at (body), error) &&
         iw_derived_insert (self, doc, docid, only->deleted ? NULL : body, error);
}
