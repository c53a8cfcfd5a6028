/* Documents of a peer: revisions, leaves, histories. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-attachments.h"
#include "iw-fail.h"
#include "iw-peer.h"

/* Hints for a peer, which it may do without. */
#define MAX_ANCESTORS 100

static gboolean
no_document (const char *docid, GError **error)
{
  return iw_fail (error, IW_STORE_ERROR_NOT_FOUND,
                  /* Translators: %s is a document's id. */
                  _ ("There is no document “%s”."), docid);
}

static gboolean
no_revision (const char *docid, const char *rev, GError **error)
{
  return iw_fail (error, IW_STORE_ERROR_NOT_FOUND,
                  /* Translators: the ids of a revision and of its document. */
                  _ ("There is no revision “%s” of the document “%s”."), rev, docid);
}

static char *
format_row (IwDbStmt *stmt, int gen)
{
  return iw_rev_format (iw_db_int (stmt, gen), iw_db_text (stmt, gen + 1));
}

/* ---- one revision ---- */

static IwDbStmt *
prepare_get (IwStore *self, const char *docid, const IwRev *rev, GError **error)
{
  static const char winner[] = "SELECT r.id, r.gen, r.hash, r.deleted, d.seq, r.body, r.attached"
                               " FROM doc d JOIN rev r ON r.id = d.winner WHERE d.docid = ?1";
  static const char given[] =
      "SELECT r.id, r.gen, r.hash, r.deleted, d.seq, r.body, r.attached"
      " FROM doc d JOIN rev r ON r.doc = d.id AND r.gen = ?2 AND r.hash = ?3 WHERE d.docid = ?1";
  IwDbStmt *stmt = iw_db_prepare (self->db, rev != NULL ? given : winner, error);

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, docid);
  if (rev != NULL)
    {
      iw_db_bind_int (stmt, 2, rev->gen);
      iw_db_bind_text (stmt, 3, rev->hash);
    }
  return stmt;
}

gboolean
iw_peer_get (IwStore *self, const char *docid, const char *rev, IwPeerDoc *doc, GError **error)
{
  g_autoptr (IwDbStmt) stmt = NULL;
  IwDbStep step;
  IwRev parsed;

  *doc = (IwPeerDoc){ 0 };
  if (rev != NULL && !iw_rev_parse (rev, &parsed))
    return no_revision (docid, rev, error);
  if ((stmt = prepare_get (self, docid, rev != NULL ? &parsed : NULL, error)) == NULL ||
      (step = iw_db_step (stmt, error)) == IW_DB_ERROR)
    return FALSE;
  if (step != IW_DB_ROW)
    return rev != NULL ? no_revision (docid, rev, error) : no_document (docid, error);
  if (iw_db_int (stmt, 6) &&
      (doc->attachments = iw_attachments_read (self, iw_db_int (stmt, 0), error)) == NULL)
    return FALSE;
  doc->docid = g_strdup (docid);
  doc->rev = format_row (stmt, 1);
  doc->deleted = iw_db_int (stmt, 3);
  doc->seq = iw_db_int (stmt, 4);
  doc->body = g_strdup (iw_db_text (stmt, 5));
  return TRUE;
}

gboolean
iw_peer_find (IwStore *self, const char *docid, const char *rev, IwPeerDoc *doc, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (iw_peer_get (self, docid, rev, doc, &local) ||
      g_error_matches (local, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The row id of a revision; NOT_FOUND where it is not here. */
static gboolean
find_rev (IwStore *self, const char *docid, const char *rev, gint64 *id, GError **error)
{
  g_autoptr (IwDbStmt) stmt = NULL;
  IwDbStep step;
  IwRev parsed;

  if (!iw_rev_parse (rev, &parsed))
    return no_revision (docid, rev, error);
  stmt = iw_db_prepare (self->db,
                        "SELECT r.id FROM doc d JOIN rev r ON r.doc = d.id AND r.gen = ?2"
                        " AND r.hash = ?3 WHERE d.docid = ?1",
                        error);
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, docid);
  iw_db_bind_int (stmt, 2, parsed.gen);
  iw_db_bind_text (stmt, 3, parsed.hash);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_DONE)
    return no_revision (docid, rev, error);
  *id = step == IW_DB_ROW ? iw_db_int (stmt, 0) : 0;
  return step == IW_DB_ROW;
}

/* ---- leaves ---- */

char **
iw_peer_leaves (IwStore *self, const char *docid, gboolean **deleted, GError **error)
{
  g_autoptr (GStrvBuilder) leaves = g_strv_builder_new ();
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT r.gen, r.hash, r.deleted FROM doc d JOIN rev r ON r.doc = d.id AND r.leaf"
      " WHERE d.docid = ?1 ORDER BY r.deleted, r.gen DESC, r.hash DESC",
      error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, docid);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      gboolean is_gone = iw_db_int (stmt, 2) != 0;

      g_strv_builder_take (leaves, format_row (stmt, 0));
      g_array_append_val (gone, is_gone);
    }
  if (step != IW_DB_DONE)
    return NULL;
  if (deleted != NULL)
    *deleted = (gboolean *)g_array_steal (gone, NULL);
  return g_strv_builder_end (leaves);
}

char **
iw_peer_latest (IwStore *self, const char *docid, const char *rev, GError **error)
{
  g_autoptr (GStrvBuilder) leaves = g_strv_builder_new ();
  g_autoptr (GError) local = NULL;
  g_autoptr (IwDbStmt) stmt = NULL;
  IwDbStep step;
  gint64 id;

  if (!find_rev (self, docid, rev, &id, &local))
    {
      if (g_error_matches (local, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
        return g_strv_builder_end (leaves);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  stmt = iw_db_prepare (
      self->db,
      "WITH RECURSIVE line (id) AS (SELECT ?1 UNION ALL"
      " SELECT r.id FROM line CROSS JOIN rev r ON r.parent = line.id)"
      " SELECT r.gen, r.hash FROM line CROSS JOIN rev r ON r.id = line.id WHERE +r.leaf"
      " ORDER BY r.deleted, r.gen DESC, r.hash DESC",
      error);
  if (stmt == NULL)
    return NULL;
  iw_db_bind_int (stmt, 1, id);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_strv_builder_take (leaves, format_row (stmt, 0));
  return step == IW_DB_DONE ? g_strv_builder_end (leaves) : NULL;
}

/* ---- histories ---- */

static IwDbStmt *
prepare_line (IwStore *self, gint64 rev, GError **error)
{
  IwDbStmt *stmt = iw_db_prepare (
      self->db,
      "WITH RECURSIVE line (gen, hash, parent, deleted, kept, n) AS ("
      " SELECT gen, hash, parent, deleted, body IS NOT NULL, 1 FROM rev WHERE id = ?1"
      " UNION ALL"
      " SELECT r.gen, r.hash, r.parent, r.deleted, r.body IS NOT NULL, n + 1"
      " FROM line CROSS JOIN rev r ON r.id = line.parent WHERE n < ?2)"
      " SELECT gen, hash, deleted, kept FROM line",
      error);

  if (stmt != NULL)
    {
      iw_db_bind_int (stmt, 1, rev);
      iw_db_bind_int (stmt, 2, iw_peer_get_revs_limit (self));
    }
  return stmt;
}

static IwRevStatus
status_of (IwDbStmt *stmt)
{
  if (!iw_db_int (stmt, 3))
    return IW_REV_MISSING;
  return iw_db_int (stmt, 2) ? IW_REV_DELETED : IW_REV_AVAILABLE;
}

gboolean
iw_peer_revs_info (IwStore *self,
                   const char *docid,
                   const char *rev,
                   char ***revs,
                   IwRevStatus **status,
                   GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (IwRevStatus));
  g_autoptr (IwDbStmt) stmt = NULL;
  IwDbStep step;
  gint64 id;

  if (!find_rev (self, docid, rev, &id, error) || (stmt = prepare_line (self, id, error)) == NULL)
    return FALSE;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      IwRevStatus state = status_of (stmt);

      g_strv_builder_take (ids, format_row (stmt, 0));
      g_array_append_val (states, state);
    }
  if (step != IW_DB_DONE)
    return FALSE;
  *revs = g_strv_builder_end (ids);
  if (status != NULL)
    *status = (IwRevStatus *)g_array_steal (states, NULL);
  return TRUE;
}

char **
iw_peer_history (IwStore *self, const char *docid, const char *rev, GError **error)
{
  char **revs = NULL;

  /* Most documents are written once, and have no history. */
  if (g_str_has_prefix (rev, "1-"))
    {
      gint64 id;

      return find_rev (self, docid, rev, &id, error) ? g_strdupv ((char *[]){ (char *)rev, NULL })
                                                     : NULL;
    }
  return iw_peer_revs_info (self, docid, rev, &revs, NULL, error) ? revs : NULL;
}

/* ---- what is missing ---- */

static gboolean
read_ancestors (IwStore *self, gint64 doc, gint64 below, char ***out, GError **error)
{
  g_autoptr (GStrvBuilder) leaves = g_strv_builder_new ();
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT gen, hash FROM rev INDEXED BY rev_leaf WHERE doc = ?1 AND leaf AND gen < ?2"
      " ORDER BY deleted, gen DESC, hash DESC LIMIT " G_STRINGIFY (MAX_ANCESTORS),
      error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, below);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_strv_builder_take (leaves, format_row (stmt, 0));
  if (step != IW_DB_DONE)
    return FALSE;
  *out = g_strv_builder_end (leaves);
  return TRUE;
}

static gboolean
is_here (IwStore *self, gint64 doc, const IwRevName *name, gboolean *here, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT 1 FROM rev WHERE doc = ?1 AND gen = ?2 AND hash = ?3", error);
  IwDbStep step;

  *here = FALSE;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, name->gen);
  iw_db_bind_static_text (stmt, 3, name->hash, -1);
  step = iw_db_step (stmt, error);
  *here = step == IW_DB_ROW;
  return step != IW_DB_ERROR;
}

char **
iw_peer_missing (IwStore *self,
                 const char *docid,
                 const char *const *revs,
                 char ***ancestors,
                 GError **error)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  gboolean here = FALSE;
  gint64 below = 0;
  gint64 doc;

  if (ancestors != NULL)
    *ancestors = NULL;
  if (!iw_store_find_doc (self, docid, &doc, error) ||
      /* What was erased is not asked for again. */
      (doc == 0 && !iw_peer_is_purged (self, docid, &here, error)))
    return NULL;
  for (guint i = 0; revs[i] != NULL; i++)
    {
      IwRevName name;

      if (!iw_rev_name_parse (revs[i], &name))
        {
          iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not the id of a revision."), revs[i]);
          return NULL;
        }
      if (doc != 0 && !is_here (self, doc, &name, &here, error))
        return NULL;
      if (here)
        continue;
      below = MAX (below, name.gen);
      g_strv_builder_add (missing, revs[i]);
    }
  if (ancestors != NULL && !read_ancestors (self, doc, below, ancestors, error))
    return NULL;
  return g_strv_builder_end (missing);
}
