/* Revisions of peers, stored as they are. */
#include "config.h"

#include "iw-attachments.h"
#include "iw-peer.h"
#include "iw-tree.h"

static gboolean
put_new (IwStore *self,
         const char *docid,
         GArray *path,
         const IwRevContent *content,
         GError **error)
{
  g_auto (IwRevRow) leaf = { 0 };
  gint64 doc;

  return iw_store_insert_doc (self, docid, &doc, error) &&
         iw_tree_plant (self, doc, path, content, &leaf, error) &&
         iw_store_settle_new (self, doc, docid, &leaf, content->body, error);
}

/* The body of an earlier revision that comes late matters where it is what was written first. */
static gboolean
look_again (IwStore *self, gint64 doc, gboolean *changed, GError **error)
{
  g_auto (IwRevRow) winner = { 0 };
  g_auto (IwRevRow) was = { 0 };
  g_auto (IwRevRow) is = { 0 };

  if (!iw_store_read_winner (self, doc, &winner, error) ||
      !iw_store_read_shown (self, doc, &was, error) ||
      !iw_store_find_shown (self, doc, &winner, &is, error))
    return FALSE;
  *changed = is.id != was.id;
  return TRUE;
}

/* ---- how many leaves there may be ---- */

/* @n: counted up to the bound alone. */
static gboolean
count_leaves (IwStore *self, gint64 doc, gint64 *n, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT count(*) FROM (SELECT 1 FROM rev INDEXED BY rev_leaf"
                     " WHERE doc = ?1 AND leaf LIMIT ?2)",
                     error);

  *n = 0;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, IW_TREE_MAX_LEAVES);
  if (iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  *n = iw_db_int (stmt, 0);
  return TRUE;
}

/* *leaf: whether @name is one; -1 where it is not here. */
static gboolean
find_leaf (IwStore *self, gint64 doc, const IwRevName *name, int *leaf, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT leaf FROM rev WHERE doc = ?1 AND gen = ?2 AND hash = ?3", error);
  IwDbStep step;

  *leaf = -1;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, name->gen);
  iw_db_bind_static_text (stmt, 3, name->hash, -1);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *leaf = iw_db_int (stmt, 0) != 0;
  return step != IW_DB_ERROR;
}

/* Whether the path is known, or goes on from a leaf: then there are no more leaves with it. */
static gboolean
adds_no_leaf (IwStore *self, gint64 doc, GArray *path, gboolean *adds_none, GError **error)
{
  int leaf = -1;
  guint i = 0;

  for (; i < path->len && leaf < 0; i++)
    if (!find_leaf (self, doc, &g_array_index (path, IwRevName, i), &leaf, error))
      return FALSE;
  *adds_none = leaf == 1 || (leaf == 0 && i == 1);
  return TRUE;
}

/* Each of its changes tells all leaves of a document (style=all_docs), so somebody who sends them
 * without end must not make one row as long as they like. */
static gboolean
has_room (IwStore *self, gint64 doc, const char *docid, GArray *path, GError **error)
{
  gint64 n = 0;
  gboolean adds_none = FALSE;

  if (!self->peer)
    return TRUE;
  if (!count_leaves (self, doc, &n, error))
    return FALSE;
  if (n < IW_TREE_MAX_LEAVES)
    return TRUE;
  if (!adds_no_leaf (self, doc, path, &adds_none, error))
    return FALSE;
  if (!adds_none)
    g_set_error (
        error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID,
        "document_too_large: “%s” has %d branches of revisions already; no more are taken.", docid,
        IW_TREE_MAX_LEAVES);
  return adds_none;
}

static gboolean
put_more (IwStore *self,
          gint64 doc,
          const char *docid,
          GArray *path,
          const IwRevContent *content,
          gboolean *stored,
          GError **error)
{
  IwGrowth growth = { FALSE, FALSE };
  gboolean changed;

  if (!has_room (self, doc, docid, path, error) ||
      !iw_tree_grow (self, doc, path, content, &growth, error))
    return FALSE;
  *stored = growth.changed || growth.learned;
  changed = growth.changed;
  if (!changed && growth.learned && !self->peer && !look_again (self, doc, &changed, error))
    return FALSE;
  return !changed || iw_store_settle (self, doc, docid, NULL, error);
}

static gboolean
put (IwStore *self, const IwPeerRev *rev, gboolean also_purged, gboolean *stored, GError **error)
{
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (GError) local = NULL;
  GArray *path = self->path;
  IwRevContent content = { rev->body != NULL ? rev->body : "{}", rev->deleted, NULL };
  gboolean purged = FALSE;
  gint64 doc;

  *stored = FALSE;
  if (!iw_store_check_docid (rev->docid, FALSE, error) ||
      !iw_tree_parse_path (rev->docid, rev->revs, path, error) ||
      !iw_store_find_doc (self, rev->docid, &doc, error) ||
      (doc == 0 && !also_purged && self->has_purges &&
       !iw_peer_is_purged (self, rev->docid, &purged, error)))
    return FALSE;
  if (purged)
    return TRUE;
  attachments = iw_attachments_resolve (self, doc, path, rev->attachments, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  content.attachments = attachments;
  *stored = doc == 0;
  return doc == 0 ? put_new (self, rev->docid, path, &content, error)
                  : put_more (self, doc, rev->docid, path, &content, stored, error);
}

gboolean
iw_peer_put (IwStore *self, const IwPeerRev *rev, gboolean *stored, GError **error)
{
  gboolean unused;

  return put (self, rev, FALSE, stored != NULL ? stored : &unused, error);
}

gboolean
iw_peer_put_again (IwStore *self, const IwPeerRev *rev, GError **error)
{
  gboolean stored;

  return put (self, rev, TRUE, &stored, error);
}
