/* Revisions of peers, stored as they are. */
#include "config.h"

#include "iw-attachments.h"
#include "iw-peer.h"
#include "iw-tree.h"

static gboolean
is_purged (IwStore *self, const char *docid, gboolean *purged, GError **error)
{
  g_autoptr (IwDbStmt) stmt = NULL;
  IwDbStep step;

  *purged = FALSE;
  if (!self->has_purges)
    return TRUE;
  stmt = iw_db_prepare (self->db, "SELECT 1 FROM purge WHERE docid = ?1 AND whole LIMIT 1", error);
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, docid);
  step = iw_db_step (stmt, error);
  *purged = step == IW_DB_ROW;
  return step != IW_DB_ERROR;
}

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

  if (!iw_tree_grow (self, doc, path, content, &growth, error))
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
      (doc == 0 && !also_purged && !is_purged (self, rev->docid, &purged, error)))
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
