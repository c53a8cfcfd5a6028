/* Revisions of peers: trees that grow from any end, in any order (sync.md). */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-json.h"

/* What peers may put into a body besides the document itself. */
static const char *const envelope[] = { "_id", "_rev", "_revisions", "_deleted", NULL };

/* ---- looking before anything is stored ---- */

/* The ids of one history, each a generation below the one before. */
static gboolean
parse_path (const IwReplicatedRev *rev, GArray *path, GError **error)
{
  g_array_set_size (path, 0);
  for (guint i = 0; rev->revs != NULL && rev->revs[i] != NULL; i++)
    {
      IwRev parsed;

      if (!iw_rev_parse (rev->revs[i], &parsed))
        return iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not the id of a revision."),
                        rev->revs[i]);
      if (i > 0 && parsed.gen != g_array_index (path, IwRev, i - 1).gen - 1)
        return iw_fail (error, IW_STORE_ERROR_INVALID,
                        _ ("The revision “%s” does not fit into its history."), rev->revs[i]);
      g_array_append_val (path, parsed);
    }
  if (path->len == 0)
    return iw_fail (error, IW_STORE_ERROR_INVALID, _ ("The document “%s” came without a revision."),
                    rev->docid);
  return TRUE;
}

static char *
prepare_body (const IwReplicatedRev *rev, GError **error)
{
  g_autoptr (JsonObject) body = NULL;

  if (rev->body == NULL && rev->deleted)
    return g_strdup ("{}");
  if (rev->body == NULL)
    {
      iw_fail (error, IW_STORE_ERROR_INVALID, _ ("The document “%s” came without content."),
               rev->docid);
      return NULL;
    }
  body = iw_json_shallow_copy (rev->body);
  for (guint i = 0; envelope[i] != NULL; i++)
    if (json_object_has_member (body, envelope[i]))
      json_object_remove_member (body, envelope[i]);
  return iw_json_to_canonical (body, error);
}

/* ---- growing the tree ---- */

typedef struct
{
  gboolean changed; /* what the leaves are */
  gboolean learned; /* the body of a revision that was known by its id alone */
} Growth;

static gboolean
set_parent (IwStore *self, gint64 rev, gint64 parent, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "UPDATE rev SET parent = ?2 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, rev);
  iw_db_bind_int (stmt, 2, parent);
  return iw_db_run (stmt, error);
}

static gboolean
set_body (IwStore *self, const IwRevRow *row, const char *body, gboolean deleted, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "UPDATE rev SET body = ?2, deleted = ?3 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, row->id);
  iw_db_bind_text (stmt, 2, body);
  iw_db_bind_int (stmt, 3, deleted);
  return iw_db_run (stmt, error);
}

/* Finds or makes one node. Those above the revision itself are made without a body. */
static gboolean
ensure_node (IwStore *self,
             gint64 doc,
             const IwRev *rev,
             const char *body,
             gboolean deleted,
             IwRevRow *node,
             Growth *growth,
             GError **error)
{
  if (!iw_store_read_rev (self, doc, rev, node, error))
    return FALSE;
  if (node->id != 0)
    {
      if (body == NULL || node->body != NULL)
        return TRUE;
      growth->learned = TRUE;
      return set_body (self, node, body, deleted, error);
    }
  node->doc = doc;
  node->rev = *rev;
  node->parent = 0;
  node->leaf = body != NULL;
  node->deleted = deleted;
  node->body = g_strdup (body);
  growth->changed |= body != NULL;
  return iw_store_insert_rev (self, node, error);
}

/* Hangs @child, which has no parent, below @parent. */
static gboolean
hang (IwStore *self, const IwRevRow *child, const IwRevRow *parent, Growth *growth, GError **error)
{
  if (!set_parent (self, child->id, parent->id, error))
    return FALSE;
  if (!parent->leaf)
    return TRUE;
  growth->changed = TRUE;
  return iw_store_set_leaf (self, parent->id, FALSE, error);
}

static gboolean
same_rev (const IwRev *a, const IwRev *b)
{
  return a->gen == b->gen && strcmp (a->hash, b->hash) == 0;
}

static gboolean
grow (IwStore *self,
      gint64 doc,
      GArray *path,
      const char *body,
      gboolean deleted,
      Growth *growth,
      GError **error)
{
  g_auto (IwRevRow) child = { 0 };

  if (!ensure_node (self, doc, &g_array_index (path, IwRev, 0), body, deleted, &child, growth,
                    error))
    return FALSE;
  for (guint i = 1; i < path->len; i++)
    {
      const IwRev *rev = &g_array_index (path, IwRev, i);
      g_auto (IwRevRow) node = { 0 };

      if (child.parent == 0)
        {
          if (!ensure_node (self, doc, rev, NULL, FALSE, &node, growth, error) ||
              !hang (self, &child, &node, growth, error))
            return FALSE;
        }
      else if (!iw_store_read_rev_by_id (self, child.parent, &node, error))
        return FALSE;
      else if (!same_rev (&node.rev, rev))
        return TRUE; /* a history once known is not rewritten */
      iw_rev_row_clear (&child);
      child = node;
      node.body = NULL;
    }
  return TRUE;
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
put_one (IwStore *self, const IwReplicatedRev *rev, GArray *path, GError **error)
{
  g_autofree char *body = NULL;
  Growth growth = { FALSE, FALSE };
  gint64 doc;

  if (!iw_store_check_docid (rev->docid, FALSE, error) || !parse_path (rev, path, error) ||
      (body = prepare_body (rev, error)) == NULL ||
      !iw_store_find_doc (self, rev->docid, &doc, error) ||
      (doc == 0 && !iw_store_insert_doc (self, rev->docid, &doc, error)) ||
      !grow (self, doc, path, body, rev->deleted, &growth, error) ||
      (!growth.changed && growth.learned && !look_again (self, doc, &growth.changed, error)))
    return FALSE;
  return !growth.changed || iw_store_settle (self, doc, rev->docid, NULL, error);
}

gboolean
iw_store_put_replicated (IwStore *self, const IwReplicatedRev *revs, guint n_revs, GError **error)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (IwRev));

  if (!iw_store_begin (self, error))
    return FALSE;
  for (guint i = 0; i < n_revs; i++)
    if (!put_one (self, &revs[i], path, error))
      {
        iw_store_rollback (self);
        return FALSE;
      }
  return iw_store_commit (self, error);
}

char **
iw_store_revs_diff (IwStore *self, const char *docid, const char *const *revs, GError **error)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_auto (IwRevRow) row = { 0 };
  gint64 doc;

  if (!iw_store_find_doc (self, docid, &doc, error))
    return NULL;
  for (guint i = 0; revs[i] != NULL; i++)
    {
      IwRev rev;

      if (!iw_rev_parse (revs[i], &rev))
        {
          iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not the id of a revision."), revs[i]);
          return NULL;
        }
      if (!iw_store_read_rev (self, doc, &rev, &row, error))
        return NULL;
      if (row.id == 0)
        g_strv_builder_add (missing, revs[i]);
    }
  return g_strv_builder_end (missing);
}
