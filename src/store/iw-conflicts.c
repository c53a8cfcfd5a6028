/* Documents in conflict, and what a review shows of one. */
#include "config.h"

#include "iw-conflicts-private.h"

#include <string.h>

#include "iw-json.h"
#include "iw-merge.h"

/* Decisions that a peer has forked stay as they were first written: there is nothing to review. */
#define CONFLICTS                                                                                  \
  " FROM doc d WHERE d.fork >= 2 AND d.docid NOT GLOB '_design/*' AND NOT EXISTS"                  \
  " (SELECT 1 FROM entry e WHERE e.doc = d.id AND e.decision)"

struct _IwConflict
{
  char *docid;
  char *winner;
  char *other;
  JsonObject *winner_body;
  JsonObject *other_body;
  JsonObject *base_body; /* NULL: none kept */
  JsonObject *merged;
  GPtrArray *open; /* ended by NULL */
  gboolean deletion;
};

char **
iw_conflicts_list (IwStore *self, GError **error)
{
  g_autoptr (GStrvBuilder) docids = g_strv_builder_new ();
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT d.docid" CONFLICTS " ORDER BY d.docid", error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_strv_builder_add (docids, iw_db_text (stmt, 0));
  return step == IW_DB_DONE ? g_strv_builder_end (docids) : NULL;
}

guint
iw_conflicts_count (IwStore *self)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, "SELECT count(*)" CONFLICTS, NULL);

  return stmt != NULL && iw_db_step (stmt, NULL) == IW_DB_ROW ? iw_db_int (stmt, 0) : 0;
}

/* ---- leaves ---- */

JsonObject *
iw_conflict_body_of (const IwRevRow *row, GError **error)
{
  JsonObject *body = iw_json_from_text (row->body != NULL ? row->body : "{}", error);

  if (body != NULL && json_object_has_member (body, IW_MERGED))
    json_object_remove_member (body, IW_MERGED);
  return body;
}

gboolean
iw_conflict_read_base (IwStore *self,
                       const char *docid,
                       const IwRevRow *a,
                       const IwRevRow *b,
                       JsonObject **base,
                       GError **error)
{
  g_autofree char *rev_a = iw_rev_format (a->rev.gen, a->rev.hash);
  g_autofree char *rev_b = iw_rev_format (b->rev.gen, b->rev.hash);
  g_autoptr (GError) local = NULL;
  g_autofree char *rev = iw_store_common_ancestor (self, docid, rev_a, rev_b, &local);
  gboolean deleted = FALSE;

  *base = NULL;
  if (rev != NULL)
    *base = iw_store_get_rev (self, docid, rev, &deleted, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (*base != NULL && deleted)
    g_clear_pointer (base, json_object_unref);
  if (*base != NULL && json_object_has_member (*base, IW_MERGED))
    json_object_remove_member (*base, IW_MERGED);
  return TRUE;
}

gboolean
iw_conflict_is_decision (IwStore *self,
                         gint64 doc,
                         GPtrArray *leaves,
                         gboolean *decision,
                         GError **error)
{
  g_auto (IwRevRow) first = { 0 };

  *decision = FALSE;
  for (guint i = 0; i < leaves->len && !*decision; i++)
    *decision = iw_store_is_decision_text (((IwRevRow *)leaves->pdata[i])->body);
  if (*decision)
    return TRUE;
  if (!iw_store_find_decision (self, doc, &first, error))
    return FALSE;
  *decision = first.id != 0;
  return TRUE;
}

/* ---- one conflict ---- */

static gboolean
read_fork (IwStore *self, gint64 doc, gint64 *fork, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, "SELECT fork FROM doc WHERE id = ?1", error);
  IwDbStep step;

  *fork = IW_FORK_NONE;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *fork = iw_db_int (stmt, 0);
  return step != IW_DB_ERROR;
}

static gboolean
fill_bodies (IwStore *self,
             IwConflict *conflict,
             const IwRevRow *winner,
             const IwRevRow *other,
             GError **error)
{
  conflict->winner = iw_rev_format (winner->rev.gen, winner->rev.hash);
  conflict->other = iw_rev_format (other->rev.gen, other->rev.hash);
  conflict->deletion = other->deleted;
  conflict->open = g_ptr_array_new_with_free_func (g_free);
  if ((conflict->winner_body = iw_conflict_body_of (winner, error)) == NULL ||
      (conflict->other_body = iw_conflict_body_of (other, error)) == NULL ||
      !iw_conflict_read_base (self, conflict->docid, winner, other, &conflict->base_body, error))
    return FALSE;
  if (conflict->deletion)
    {
      conflict->merged = json_object_ref (conflict->winner_body);
      g_ptr_array_add (conflict->open, g_strdup (""));
    }
  else
    conflict->merged = iw_merge_objects (conflict->base_body, conflict->winner_body,
                                         conflict->other_body, conflict->open);
  g_ptr_array_add (conflict->open, NULL);
  return TRUE;
}

/* The leaf that is looked at with the winner: the next live one, else the deletion. id 0: no
 * conflict. */
static gboolean
read_other (IwStore *self, GPtrArray *leaves, gint64 fork, IwRevRow *other, GError **error)
{
  gint64 id = 0;

  if (leaves->len < 2 || fork < IW_FORK_LIVE)
    return TRUE;
  if (fork != IW_FORK_DELETION)
    id = ((IwRevRow *)leaves->pdata[1])->id;
  else if (!iw_store_find_deletion (self, leaves->pdata[0], &id, error))
    return FALSE;
  return iw_store_read_rev_by_id (self, id, other, error);
}

IwConflict *
iw_conflict_read (IwStore *self, const char *docid, GError **error)
{
  g_autoptr (IwConflict) conflict = g_new0 (IwConflict, 1);
  g_autoptr (GPtrArray) leaves = NULL;
  g_auto (IwRevRow) other = { 0 };
  gboolean decision;
  gint64 doc, fork;

  conflict->docid = g_strdup (docid);
  if (!iw_store_find_doc (self, docid, &doc, error) || doc == 0 ||
      !read_fork (self, doc, &fork, error) ||
      (leaves = iw_store_read_some_leaves (self, doc, 2, error)) == NULL ||
      !read_other (self, leaves, fork, &other, error) || other.id == 0 ||
      !iw_conflict_is_decision (self, doc, leaves, &decision, error) || decision ||
      !fill_bodies (self, conflict, leaves->pdata[0], &other, error))
    return NULL;
  return g_steal_pointer (&conflict);
}

void
iw_conflict_free (IwConflict *self)
{
  if (self == NULL)
    return;
  g_free (self->docid);
  g_free (self->winner);
  g_free (self->other);
  g_clear_pointer (&self->winner_body, json_object_unref);
  g_clear_pointer (&self->other_body, json_object_unref);
  g_clear_pointer (&self->base_body, json_object_unref);
  g_clear_pointer (&self->merged, json_object_unref);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_free (self);
}

const char *
iw_conflict_get_docid (IwConflict *self)
{
  return self->docid;
}

const char *
iw_conflict_get_winner (IwConflict *self)
{
  return self->winner;
}

const char *
iw_conflict_get_other (IwConflict *self)
{
  return self->other;
}

JsonObject *
iw_conflict_get_winner_body (IwConflict *self)
{
  return self->winner_body;
}

JsonObject *
iw_conflict_get_other_body (IwConflict *self)
{
  return self->other_body;
}

JsonObject *
iw_conflict_get_base_body (IwConflict *self)
{
  return self->base_body;
}

JsonObject *
iw_conflict_get_merged (IwConflict *self)
{
  return self->merged;
}

const char *const *
iw_conflict_get_open (IwConflict *self)
{
  return (const char *const *)self->open->pdata;
}

gboolean
iw_conflict_is_deletion (IwConflict *self)
{
  return self->deletion;
}
