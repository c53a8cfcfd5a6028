/* Erasure: revisions that go for good, with a record of which and who (sync.md "Erasure"). */
#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "iw-attachments.h"
#include "iw-blobs.h"
#include "iw-event-files.h"
#include "iw-fail.h"
#include "iw-peer.h"

gboolean
iw_peer_is_purged (IwStore *self, const char *docid, gboolean *purged, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT 1 FROM purge WHERE docid = ?1 AND whole LIMIT 1", error);
  IwDbStep step;

  *purged = FALSE;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, docid);
  step = iw_db_step (stmt, error);
  *purged = step == IW_DB_ROW;
  return step != IW_DB_ERROR;
}

gboolean
iw_peer_purge_begin (IwStore *self, GError **error)
{
  /* A server's database does without foreign keys. */
  if (self->peer || self->purging)
    return TRUE;
  self->purging = TRUE;
  return iw_db_exec (self->db,
                     "CREATE INDEX purge_winner ON doc (winner);"
                     "CREATE INDEX purge_shown ON doc (shown)",
                     error);
}

gboolean
iw_peer_purge_end (IwStore *self, GError **error)
{
  if (!self->purging)
    return TRUE;
  self->purging = FALSE;
  return iw_db_exec (self->db, "DROP INDEX purge_winner; DROP INDEX purge_shown", error);
}

/* ---- single revisions ---- */

/* An action that touched what is gone cannot be undone as a whole. */
static gboolean
forget_actions (IwStore *self, gint64 doc, GError **error)
{
  return iw_db_run_int (self->db,
                        "DELETE FROM action WHERE id IN"
                        " (SELECT action FROM action_step WHERE doc = ?1 OR withdrawal = ?1)",
                        doc, error);
}

/* Removes a leaf and all before it that leads to no other. */
static gboolean
remove_branch (IwStore *self, gint64 leaf, GError **error)
{
  gint64 next = leaf;
  gboolean used = FALSE;

  while (next != 0 && !used)
    {
      g_auto (IwRevRow) row = { 0 };

      if (!iw_store_read_rev_by_id (self, next, &row, error) ||
          !iw_db_run_int (self->db, "DELETE FROM attachment WHERE rev = ?1", row.id, error) ||
          !iw_db_run_int (self->db, "DELETE FROM rev WHERE id = ?1", row.id, error))
        return FALSE;
      next = row.parent;
      if (next != 0 && !iw_db_find_int (self->db, "SELECT 1 FROM rev WHERE parent = ?1 LIMIT 1",
                                        next, &used, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the document's row ---- */

/* Nothing refers to a revision while some are removed. */
static gboolean
let_go (IwStore *self, gint64 doc, const char *docid, GError **error)
{
  g_auto (IwRevRow) winner = { 0 };

  if (!iw_peer_purge_begin (self, error) || !iw_store_read_winner (self, doc, &winner, error))
    return FALSE;
  *(winner.deleted ? &self->n_deleted : &self->n_live) -= 1;
  self->n_bytes -= winner.body != NULL ? (gint64)strlen (winner.body) : 0;
  return iw_db_run_int (self->db, "UPDATE doc SET winner = NULL, shown = NULL WHERE id = ?1", doc,
                        error) &&
         forget_actions (self, doc, error) &&
         (self->peer || iw_derived_update (self, doc, docid, NULL, error));
}

static gboolean
is_empty (IwStore *self, gint64 doc, gboolean *empty, GError **error)
{
  g_auto (IwRevRow) leaf = { 0 };

  if (!iw_store_read_first_leaf (self, doc, &leaf, error))
    return FALSE;
  *empty = leaf.id == 0;
  return TRUE;
}

/* ---- what lies outside the documents ---- */

/* So old that it is collected as soon as nothing refers to it; who puts the same bytes again makes
 * it new (iw_blobs_commit()). */
static void
make_old (const char *path)
{
  const struct timespec times[2] = { { 0, UTIME_OMIT }, { 0, 0 } };

  if (path != NULL)
    utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

static gboolean
make_files_old (IwStore *self, gint64 doc, const char *docid, GError **error)
{
  static const char *const suffixes[] = { IW_EVENT_INDEX_SUFFIX, IW_EVENT_TEXT_SUFFIX };
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT DISTINCT b.sha256 FROM rev r JOIN attachment a ON a.rev = r.id"
                     " JOIN blob b ON b.id = a.blob WHERE r.doc = ?1 AND r.attached",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      g_autofree char *path = iw_blobs_path (self->dir, iw_db_text (stmt, 0));

      make_old (path);
    }
  for (guint i = 0; !self->peer && i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = iw_event_files_path (self->dir, docid, suffixes[i]);

      make_old (path);
    }
  return step == IW_DB_DONE;
}

static gboolean
run_text (IwStore *self, const char *sql, const char *value, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, value);
  return iw_db_run (stmt, error);
}

static gboolean
remove_document (IwStore *self, gint64 doc, const char *docid, GError **error)
{
  self->seq++;
  self->has_purges = TRUE;
  return run_text (self, "DELETE FROM parked WHERE docid = ?1", docid, error) &&
         run_text (self, "DELETE FROM draft WHERE instr (key, ?1) > 0", docid, error) &&
         make_files_old (self, doc, docid, error) &&
         iw_db_run_int (self->db,
                        "DELETE FROM attachment WHERE rev IN"
                        " (SELECT id FROM rev WHERE doc = ?1 AND attached)",
                        doc, error) &&
         iw_db_run_int (self->db, "UPDATE rev SET parent = NULL WHERE doc = ?1", doc, error) &&
         iw_db_run_int (self->db, "DELETE FROM rev WHERE doc = ?1", doc, error) &&
         iw_db_run_int (self->db, "DELETE FROM doc WHERE id = ?1", doc, error);
}

/* ---- the record ---- */

static gboolean
record (IwStore *self,
        const char *docid,
        char **revs,
        const char *who,
        gboolean whole,
        GError **error)
{
  g_autofree char *ids = g_strjoinv (" ", revs);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "INSERT INTO purge (at, who, docid, revs, whole) VALUES (?1, ?2, ?3, ?4, ?5)",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, iw_context_now (self->context));
  iw_db_bind_text (stmt, 2, who != NULL ? who : "");
  iw_db_bind_text (stmt, 3, docid);
  iw_db_bind_text (stmt, 4, ids);
  iw_db_bind_int (stmt, 5, whole);
  return iw_db_run (stmt, error);
}

/* The leaves among @revs, as they are told; @ids: their row ids. */
static gboolean
find_leaves (IwStore *self,
             gint64 doc,
             const char *const *revs,
             GStrvBuilder *found,
             GArray *ids,
             GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; revs[i] != NULL; i++)
    {
      g_auto (IwRevRow) row = { 0 };
      IwRev rev;

      if (!iw_rev_parse (revs[i], &rev))
        return iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not the id of a revision."),
                        revs[i]);
      if (doc != 0 && !iw_store_read_rev (self, doc, &rev, &row, error))
        return FALSE;
      if (row.id == 0 || !row.leaf || !g_hash_table_add (seen, (gpointer)revs[i]))
        continue;
      g_strv_builder_add (found, revs[i]);
      g_array_append_val (ids, row.id);
    }
  return TRUE;
}

static gboolean
purge_revs (IwStore *self,
            gint64 doc,
            const char *docid,
            GArray *ids,
            gboolean *whole,
            GError **error)
{
  if (!let_go (self, doc, docid, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!remove_branch (self, g_array_index (ids, gint64, i), error))
      return FALSE;
  return is_empty (self, doc, whole, error) &&
         (*whole ? remove_document (self, doc, docid, error)
                 : iw_store_settle (self, doc, docid, NULL, error));
}

static gboolean
purge_all (IwStore *self, gint64 doc, const char *docid, GError **error)
{
  return let_go (self, doc, docid, error) && remove_document (self, doc, docid, error);
}

gboolean
iw_peer_purge (IwStore *self,
               const char *docid,
               const char *const *revs,
               const char *who,
               char ***purged,
               GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) found = NULL;
  gboolean whole = revs == NULL;
  gint64 doc;

  if (!iw_store_check_docid (docid, FALSE, error) ||
      !iw_store_find_doc (self, docid, &doc, error) ||
      (revs != NULL && !find_leaves (self, doc, revs, builder, ids, error)))
    return FALSE;
  found = revs != NULL ? g_strv_builder_end (builder) : iw_peer_leaves (self, docid, NULL, error);
  if (found == NULL)
    return FALSE;
  if (revs == NULL ? doc != 0 && !purge_all (self, doc, docid, error)
                   : ids->len > 0 && !purge_revs (self, doc, docid, ids, &whole, error))
    return FALSE;
  /* A whole document that is not here yet shall not come either. */
  if ((revs == NULL || ids->len > 0) && !record (self, docid, found, who, whole, error))
    return FALSE;
  self->has_purges |= whole;
  if (purged != NULL)
    *purged = g_steal_pointer (&found);
  return TRUE;
}

gboolean
iw_peer_foreach_purge (IwStore *self,
                       gint64 since,
                       IwPeerPurgeFunc func,
                       gpointer data,
                       GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT id, at, who, docid, revs FROM purge WHERE id > ?1 ORDER BY id", error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, since);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      const char *ids = iw_db_text (stmt, 4);
      g_auto (GStrv) revs = g_strsplit (ids, " ", -1);

      if (!func (iw_db_int (stmt, 0), iw_db_int (stmt, 1), iw_db_text (stmt, 2),
                 iw_db_text (stmt, 3), (const char *const *)revs, data))
        return TRUE;
    }
  return step == IW_DB_DONE;
}

/* ---- freeing what is gone ---- */

gboolean
iw_peer_wants_compact (IwStore *self)
{
  return self->read_only_reason == NULL &&
         iw_db_query_int (self->db,
                          "SELECT coalesce ((SELECT max (id) FROM purge WHERE whole), 0) >"
                          " coalesce ((SELECT value FROM meta WHERE name = 'compacted'), 0)",
                          FALSE);
}

/* Up to which purge nothing is left; later ones may come meanwhile. */
static gboolean
note_compacted (IwStore *self, gint64 purge, GError **error)
{
  if (!iw_store_begin (self, error))
    return FALSE;
  if (iw_db_run_int (self->db,
                     "INSERT INTO meta VALUES ('compacted', ?1)"
                     " ON CONFLICT DO UPDATE SET value = excluded.value",
                     purge, error))
    return iw_store_commit (self, error);
  iw_store_rollback (self);
  return FALSE;
}

/* FALSE in @all where somebody was reading: what they read is still in the file. */
static gboolean
checkpoint (IwStore *self, gboolean *all, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, "PRAGMA wal_checkpoint (TRUNCATE)", error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  step = iw_db_step (stmt, error);
  *all = step == IW_DB_ROW && iw_db_int (stmt, 0) == 0;
  return step != IW_DB_ERROR;
}

gboolean
iw_peer_compact (IwStore *self, GCancellable *cancellable, GError **error)
{
  gint64 purge = iw_db_query_int (self->db, "SELECT max (id) FROM purge", 0);
  gboolean all = FALSE;
  gboolean ok;

  if (self->read_only_reason != NULL)
    return iw_fail (error, IW_STORE_ERROR_READ_ONLY, "%s", self->read_only_reason);
  if (!iw_store_collect_garbage (self, error))
    return FALSE;
  iw_db_set_cancellable (self->db, cancellable);
  /* The search index keeps words of what is gone until it is merged. */
  ok = (self->peer ||
        iw_db_exec (self->db, "INSERT INTO entry_fts (entry_fts) VALUES ('optimize')", error)) &&
       iw_db_exec (self->db, "VACUUM", error) && checkpoint (self, &all, error);
  iw_db_set_cancellable (self->db, NULL);
  return ok && (!all || purge == 0 || note_compacted (self, purge, error));
}
