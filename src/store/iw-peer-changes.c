/* The changes feed, with leaves and bodies. */
#include "config.h"

#include <string.h>

#include "iw-attachments.h"
#include "iw-peer.h"

typedef struct
{
  IwStore *store;
  IwPeerChangesFlags flags;
  GPtrArray *revs; /* (char *), in @names */
  GString *names;  /* the leaves' ids, each with its NUL */
} Walk;

static void
add_name (Walk *walk, gint64 gen, const char *hash)
{
  char number[24];
  char *p = number + sizeof number;

  do
    *--p = '0' + gen % 10;
  while ((gen /= 10) > 0);
  g_string_append_len (walk->names, p, number + sizeof number - p);
  g_string_append_c (walk->names, '-');
  g_string_append_len (walk->names, hash, strlen (hash) + 1);
}

/* The other leaves, after the winner. */
static gboolean
add_leaves (Walk *walk, gint64 doc, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (walk->store->db,
                     "SELECT gen, hash FROM rev INDEXED BY rev_leaf WHERE doc = ?1 AND leaf"
                     " ORDER BY deleted, gen DESC, hash DESC LIMIT -1 OFFSET 1",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    add_name (walk, iw_db_int (stmt, 0), iw_db_text (stmt, 1));
  return step == IW_DB_DONE;
}

static void
point_at_names (Walk *walk)
{
  const char *end = walk->names->str + walk->names->len;

  g_ptr_array_set_size (walk->revs, 0);
  for (char *p = walk->names->str; p < end; p += strlen (p) + 1)
    g_ptr_array_add (walk->revs, p);
  g_ptr_array_add (walk->revs, NULL);
}

/* Columns: seq, docid, id of doc, fork, gen, hash, deleted, id of rev, body, attached. */
static IwDbStmt *
prepare_walk (IwStore *self, gint64 since, guint limit, IwPeerChangesFlags flags, GError **error)
{
#define COLUMNS "SELECT d.seq, d.docid, d.id, d.fork, r.gen, r.hash, r.deleted"
#define FROM " FROM doc d JOIN rev r ON r.id = d.winner WHERE d.seq > ?1 ORDER BY d.seq"
  static const char *const sql[] = {
    COLUMNS FROM " LIMIT ?2",
    COLUMNS ", r.id, r.body, r.attached" FROM " LIMIT ?2",
    COLUMNS FROM " DESC LIMIT ?2",
    COLUMNS ", r.id, r.body, r.attached" FROM " DESC LIMIT ?2",
  };
#undef COLUMNS
#undef FROM
  guint i =
      ((flags & IW_PEER_CHANGES_BODIES) ? 1 : 0) + ((flags & IW_PEER_CHANGES_DESCENDING) ? 2 : 0);
  IwDbStmt *stmt = iw_db_prepare (self->db, sql[i], error);

  if (stmt != NULL)
    {
      iw_db_bind_int (stmt, 1, since);
      iw_db_bind_int (stmt, 2, limit > 0 ? (gint64)limit : -1);
    }
  return stmt;
}

static gboolean
tell_row (Walk *walk,
          IwDbStmt *stmt,
          IwPeerChangeFunc func,
          gpointer data,
          gboolean *go_on,
          GError **error)
{
  g_autoptr (GPtrArray) attachments = NULL;
  IwPeerDoc doc = { 0 };
  IwPeerChange change = { 0 };

  g_string_truncate (walk->names, 0);
  add_name (walk, iw_db_int (stmt, 4), iw_db_text (stmt, 5));
  if ((walk->flags & IW_PEER_CHANGES_ALL_LEAVES) && iw_db_int (stmt, 3) > 0 &&
      !add_leaves (walk, iw_db_int (stmt, 2), error))
    return FALSE;
  point_at_names (walk);
  change.seq = iw_db_int (stmt, 0);
  change.docid = iw_db_text (stmt, 1);
  change.revs = (const char *const *)walk->revs->pdata;
  change.deleted = iw_db_int (stmt, 6) != 0;
  if (walk->flags & IW_PEER_CHANGES_BODIES)
    {
      if (iw_db_int (stmt, 9) &&
          (attachments = iw_attachments_read (walk->store, iw_db_int (stmt, 7), error)) == NULL)
        return FALSE;
      doc = (IwPeerDoc){ (char *)change.docid, walk->revs->pdata[0], (char *)iw_db_text (stmt, 8),
                         change.deleted,       change.seq,           attachments };
      change.doc = &doc;
    }
  *go_on = func (&change, data);
  return TRUE;
}

gboolean
iw_peer_foreach_change (IwStore *self,
                        gint64 since,
                        guint limit,
                        IwPeerChangesFlags flags,
                        IwPeerChangeFunc func,
                        gpointer data,
                        gint64 *last,
                        GError **error)
{
  g_autoptr (GPtrArray) revs = g_ptr_array_new ();
  g_autoptr (GString) names = g_string_sized_new (128);
  g_autoptr (IwDbStmt) stmt = prepare_walk (self, since, limit, flags, error);
  Walk walk = { self, flags, revs, names };
  gint64 unused;
  gboolean go_on = TRUE;
  IwDbStep step = IW_DB_DONE;

  last = last != NULL ? last : &unused;
  *last = since;
  if (stmt == NULL)
    return FALSE;
  while (go_on && (step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      if (!tell_row (&walk, stmt, func, data, &go_on, error))
        return FALSE;
      *last = iw_db_int (stmt, 0);
    }
  return step != IW_DB_ERROR;
}

gint64
iw_peer_count_changes (IwStore *self, gint64 since)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT count(*) FROM doc WHERE seq > ?1", NULL);

  if (stmt == NULL)
    return 0;
  iw_db_bind_int (stmt, 1, since);
  return iw_db_step (stmt, NULL) == IW_DB_ROW ? iw_db_int (stmt, 0) : 0;
}
