#include "config.h"

#include "iw-tree.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-attachments.h"
#include "iw-fail.h"

/* A path longer than this is first held against the oldest generation that is here. */
#define LONG_PATH 8

/* ---- paths ---- */

gboolean
iw_tree_parse_path (const char *docid, const char *const *revs, GArray *path, GError **error)
{
  g_array_set_size (path, 0);
  for (guint i = 0; revs != NULL && revs[i] != NULL; i++)
    {
      IwRevName name;

      if (!iw_rev_name_parse (revs[i], &name))
        return iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not the id of a revision."),
                        revs[i]);
      if (i > 0 && name.gen != g_array_index (path, IwRevName, i - 1).gen - 1)
        return iw_fail (error, IW_STORE_ERROR_INVALID,
                        _ ("The revision “%s” does not fit into its history."), revs[i]);
      g_array_append_val (path, name);
    }
  return path->len > 0 || iw_fail (error, IW_STORE_ERROR_INVALID,
                                   _ ("The document “%s” came without a revision."), docid);
}

/* ---- nodes ---- */

/* A revision as far as the tree goes. */
typedef struct
{
  gint64 id; /* 0: none */
  gint64 parent;
  gboolean leaf;
  gboolean has_body;
} Node;

static gboolean
step_node (IwDbStmt *stmt, Node *node, GError **error)
{
  IwDbStep step = iw_db_step (stmt, error);

  *node = (Node){ 0 };
  if (step == IW_DB_ROW)
    *node = (Node){ iw_db_int (stmt, 0), iw_db_int (stmt, 1), iw_db_int (stmt, 2),
                    iw_db_int (stmt, 3) };
  return step != IW_DB_ERROR;
}

static gboolean
find_node (IwStore *self, gint64 doc, const IwRevName *name, Node *node, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db,
                                             "SELECT id, parent, leaf, body IS NOT NULL FROM rev"
                                             " WHERE doc = ?1 AND gen = ?2 AND hash = ?3",
                                             error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, name->gen);
  iw_db_bind_static_text (stmt, 3, name->hash, -1);
  return step_node (stmt, node, error);
}

/* Whether the node of row id @id is @name; @node is filled in. */
static gboolean
read_node (IwStore *self,
           gint64 id,
           const IwRevName *name,
           Node *node,
           gboolean *same,
           GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT id, parent, leaf, body IS NOT NULL, gen, hash FROM rev WHERE id = ?1",
      error);

  *same = FALSE;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, id);
  if (!step_node (stmt, node, error))
    return FALSE;
  *same = node->id != 0 && iw_db_int (stmt, 4) == name->gen &&
          strcmp (iw_db_text (stmt, 5), name->hash) == 0;
  return TRUE;
}

static gboolean
insert_node (IwStore *self,
             gint64 doc,
             const IwRevName *name,
             gint64 parent,
             const IwRevContent *content,
             gint64 *id,
             GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "INSERT INTO rev (doc, gen, hash, parent, deleted, leaf, body, attached)"
                     " VALUES (?1, ?2, ?3, nullif (?4, 0), ?5, ?6, ?7, ?8)",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, name->gen);
  iw_db_bind_static_text (stmt, 3, name->hash, -1);
  iw_db_bind_int (stmt, 4, parent);
  iw_db_bind_int (stmt, 5, content != NULL && content->deleted);
  iw_db_bind_int (stmt, 6, content != NULL);
  if (content != NULL)
    iw_db_bind_static_text (stmt, 7, content->body, -1);
  iw_db_bind_int (stmt, 8, content != NULL && content->attachments != NULL);
  if (!iw_db_run (stmt, error))
    return FALSE;
  *id = iw_db_last_rowid (self->db);
  return content == NULL || content->attachments == NULL ||
         iw_attachments_store (self, *id, content->attachments, error);
}

static gboolean
set_parent (IwStore *self, gint64 rev, gint64 parent, GError **error)
{
  return iw_db_run_with (self->db, "UPDATE rev SET parent = ?2 WHERE id = ?1",
                         IW_DB_INTS (rev, parent), error);
}

static gboolean
learn_body (IwStore *self, gint64 rev, const IwRevContent *content, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "UPDATE rev SET body = ?2, deleted = ?3, attached = ?4 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, rev);
  iw_db_bind_static_text (stmt, 2, content->body, -1);
  iw_db_bind_int (stmt, 3, content->deleted);
  iw_db_bind_int (stmt, 4, content->attachments != NULL);
  return iw_db_run (stmt, error) && (content->attachments == NULL ||
                                     iw_attachments_store (self, rev, content->attachments, error));
}

/* ---- growing ---- */

/* Inserts path[from] … path[to - 1], the oldest first, below @parent. @id: of path[from]. */
static gboolean
insert_line (IwStore *self,
             gint64 doc,
             GArray *path,
             guint from,
             guint to,
             gint64 parent,
             const IwRevContent *content,
             gint64 *id,
             GError **error)
{
  *id = parent;
  for (guint i = to; i > from; i--)
    if (!insert_node (self, doc, &g_array_index (path, IwRevName, i - 1), *id,
                      i == 1 ? content : NULL, id, error))
      return FALSE;
  return TRUE;
}

gboolean
iw_tree_plant (IwStore *self,
               gint64 doc,
               GArray *path,
               const IwRevContent *content,
               IwRevRow *leaf,
               GError **error)
{
  const IwRevName *name = &g_array_index (path, IwRevName, 0);

  leaf->doc = doc;
  leaf->rev.gen = name->gen;
  g_strlcpy (leaf->rev.hash, name->hash, sizeof leaf->rev.hash);
  leaf->deleted = content->deleted;
  leaf->leaf = TRUE;
  return insert_line (self, doc, path, 0, MIN (path->len, self->revs_limit), 0, content, &leaf->id,
                      error);
}

static gboolean
read_oldest (IwStore *self, gint64 doc, gint64 *gen, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT min (gen) FROM rev WHERE doc = ?1", error);

  *gen = 0;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  if (iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  *gen = iw_db_int (stmt, 0);
  return TRUE;
}

/* The first of the path from *@at on that is here; *@at: the path's length where there is none. */
static gboolean
find_known (IwStore *self, gint64 doc, GArray *path, guint *at, Node *node, GError **error)
{
  gint64 oldest = 0;

  *node = (Node){ 0 };
  if (path->len - *at > LONG_PATH && !read_oldest (self, doc, &oldest, error))
    return FALSE;
  for (; *at < path->len; ++*at)
    {
      const IwRevName *name = &g_array_index (path, IwRevName, *at);

      if (name->gen < oldest)
        break;
      if (!find_node (self, doc, name, node, error))
        return FALSE;
      if (node->id != 0)
        return TRUE;
    }
  *at = path->len;
  return TRUE;
}

/* Inserts what is missing from @from on, down to @node at @known (see find_known()). */
static gboolean
join (IwStore *self,
      gint64 doc,
      GArray *path,
      guint from,
      guint known,
      const Node *node,
      const IwRevContent *content,
      gint64 *id,
      IwGrowth *growth,
      GError **error)
{
  /* Ids that lead nowhere are kept up to the limit. */
  guint to = node->id != 0 ? known : MIN (known, self->revs_limit);

  if (!insert_line (self, doc, path, from, to, node->id, content, id, error))
    return FALSE;
  if (!node->leaf)
    return TRUE;
  growth->changed = TRUE;
  return iw_store_set_leaf (self, node->id, FALSE, error);
}

/* Whether a history that came cut off could reach further by @path. */
static gboolean
has_stem (IwStore *self, gint64 doc, GArray *path, gboolean *found, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT 1 FROM rev WHERE doc = ?1 AND gen > ?2 AND gen <= ?3"
                     " AND parent IS NULL AND gen > 1 LIMIT 1",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, g_array_index (path, IwRevName, path->len - 1).gen);
  iw_db_bind_int (stmt, 3, g_array_index (path, IwRevName, 0).gen);
  step = iw_db_step (stmt, error);
  *found = step == IW_DB_ROW;
  return step != IW_DB_ERROR;
}

/* Hangs @stem, which is path[*at] and has no parent, below what the path says. */
static gboolean
hang (IwStore *self,
      gint64 doc,
      GArray *path,
      guint *at,
      Node *stem,
      IwGrowth *growth,
      GError **error)
{
  gint64 child = stem->id;
  guint from = *at + 1;
  gint64 parent;

  *at = from;
  if (!find_known (self, doc, path, at, stem, error))
    return FALSE;
  if (stem->id == 0 && from >= self->revs_limit)
    return TRUE; /* long enough, and it leads to nothing else */
  return join (self, doc, path, from, *at, stem, NULL, &parent, growth, error) &&
         set_parent (self, child, parent, error);
}

/* Follows the path down from @node, which is path[at], as far as it is what is here. */
static gboolean
reach_further (IwStore *self,
               gint64 doc,
               GArray *path,
               guint at,
               Node *node,
               IwGrowth *growth,
               GError **error)
{
  gboolean same;

  while (at + 1 < path->len && node->id != 0)
    {
      if (node->parent == 0)
        {
          if (!hang (self, doc, path, &at, node, growth, error))
            return FALSE;
          continue;
        }
      if (!read_node (self, node->parent, &g_array_index (path, IwRevName, at + 1), node, &same,
                      error))
        return FALSE;
      if (!same)
        return TRUE;
      at++;
    }
  return TRUE;
}

gboolean
iw_tree_grow (IwStore *self,
              gint64 doc,
              GArray *path,
              const IwRevContent *content,
              IwGrowth *growth,
              GError **error)
{
  guint known = 0;
  gboolean stem = FALSE;
  gint64 id;
  Node node;

  if (!find_known (self, doc, path, &known, &node, error))
    return FALSE;
  if (known == 0 && !node.has_body)
    {
      growth->learned = TRUE;
      if (!learn_body (self, node.id, content, error))
        return FALSE;
    }
  if (known > 0)
    {
      growth->changed = TRUE;
      if (!join (self, doc, path, 0, known, &node, content, &id, growth, error))
        return FALSE;
    }
  if (node.id == 0 || known + 1 >= path->len)
    return TRUE;
  return has_stem (self, doc, path, &stem, error) &&
         (!stem || reach_further (self, doc, path, known, &node, growth, error));
}
