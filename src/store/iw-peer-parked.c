/* Which compartment a scope lives in, and what a server and this store did not take of each other.
 */
#include "config.h"

#include "iw-fail.h"
#include "iw-peer.h"
#include "iw-store-private.h"

/* ---- compartments ---- */

char *
iw_peer_get_compartment (IwStore *self, const char *scope, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT name FROM compartment WHERE scope = ?1", error);

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, scope);
  return iw_db_step (stmt, error) == IW_DB_ROW ? g_strdup (iw_db_text (stmt, 0)) : NULL;
}

static gboolean
refuse_to_write (IwStore *self, GError **error)
{
  if (self->read_only_reason == NULL)
    return FALSE;
  iw_fail (error, IW_STORE_ERROR_READ_ONLY, "%s", self->read_only_reason);
  return TRUE;
}

/* What was not taken elsewhere is sent as well. */
static gboolean
unpark_scope (IwStore *self, const char *first, const char *end, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "DELETE FROM parked WHERE docid >= ?1 AND docid < ?2 AND NOT incoming", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, first);
  iw_db_bind_text (stmt, 2, end);
  return iw_db_run (stmt, error);
}

/* Changes of the feed anew, so that they are sent to where they live now. */
static gboolean
tell_again (IwStore *self, const char *scope, GError **error)
{
  g_autofree char *first = g_strconcat (scope, ":", NULL);
  g_autofree char *end = g_strconcat (scope, ";", NULL); /* what follows the colon */
  g_autoptr (IwDbStmt) count =
      iw_db_prepare (self->db, "SELECT count(*) FROM doc WHERE docid >= ?1 AND docid < ?2", error);
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "UPDATE doc SET seq = ?3 + n FROM (SELECT id AS moved, row_number() OVER"
                     " (ORDER BY seq) AS n FROM doc WHERE docid >= ?1 AND docid < ?2)"
                     " WHERE id = moved",
                     error);
  gint64 n;

  if (count == NULL || stmt == NULL)
    return FALSE;
  iw_db_bind_text (count, 1, first);
  iw_db_bind_text (count, 2, end);
  if (iw_db_step (count, error) != IW_DB_ROW)
    return FALSE;
  n = iw_db_int (count, 0);
  iw_db_bind_text (stmt, 1, first);
  iw_db_bind_text (stmt, 2, end);
  iw_db_bind_int (stmt, 3, self->seq);
  self->seq += n;
  return n == 0 || (iw_db_run (stmt, error) && unpark_scope (self, first, end, error));
}

static gboolean
set_compartment (IwStore *self, const char *scope, const char *compartment, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     compartment != NULL ? "INSERT OR REPLACE INTO compartment VALUES (?1, ?2)"
                                         : "DELETE FROM compartment WHERE scope = ?1",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, scope);
  if (compartment != NULL)
    iw_db_bind_text (stmt, 2, compartment);
  return iw_db_run (stmt, error) && tell_again (self, scope, error);
}

gboolean
iw_peer_set_compartment (IwStore *self, const char *scope, const char *compartment, GError **error)
{
  gboolean alone;

  if (refuse_to_write (self, error))
    return FALSE;
  if (!iw_db_begin_read (self->db, &alone, error))
    return FALSE;
  iw_db_end_read (self->db, alone);
  if (!alone)
    return set_compartment (self, scope, compartment, error);
  if (!iw_store_begin (self, error))
    return FALSE;
  if (set_compartment (self, scope, compartment, error))
    return iw_store_commit (self, error);
  iw_store_rollback (self);
  return FALSE;
}

/* ---- parked ---- */

void
iw_parked_free (IwParked *parked)
{
  g_free (parked->compartment);
  g_free (parked->docid);
  g_free (parked->rev);
  g_free (parked->error);
  g_free (parked->reason);
  g_free (parked);
}

static void
bind_words (IwDbStmt *stmt, int index, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  iw_db_bind_text (stmt, index, valid);
}

gboolean
iw_peer_park (IwStore *self, const IwParked *parked, GError **error)
{
  g_autoptr (IwDbStmt) stmt = NULL;

  if (refuse_to_write (self, error))
    return FALSE;
  stmt = iw_db_prepare (self->db,
                        "INSERT OR REPLACE INTO parked"
                        " (compartment, docid, incoming, rev, error, reason, at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        error);
  if (stmt == NULL)
    return FALSE;
  bind_words (stmt, 1, parked->compartment);
  bind_words (stmt, 2, parked->docid);
  iw_db_bind_int (stmt, 3, parked->incoming != FALSE);
  bind_words (stmt, 4, parked->rev);
  bind_words (stmt, 5, parked->error);
  bind_words (stmt, 6, parked->reason);
  iw_db_bind_int (stmt, 7, parked->at);
  return iw_db_run (stmt, error);
}

gboolean
iw_peer_unpark (IwStore *self,
                const char *compartment,
                const char *docid,
                gboolean incoming,
                GError **error)
{
  g_autoptr (IwDbStmt) stmt = NULL;

  if (refuse_to_write (self, error))
    return FALSE;
  stmt = iw_db_prepare (
      self->db, "DELETE FROM parked WHERE compartment = ?1 AND docid = ?2 AND incoming = ?3",
      error);
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, compartment);
  iw_db_bind_text (stmt, 2, docid);
  iw_db_bind_int (stmt, 3, incoming != FALSE);
  return iw_db_run (stmt, error);
}

static IwParked *
take_parked (IwDbStmt *stmt)
{
  IwParked *parked = g_new0 (IwParked, 1);

  parked->compartment = g_strdup (iw_db_text (stmt, 0));
  parked->docid = g_strdup (iw_db_text (stmt, 1));
  parked->incoming = iw_db_int (stmt, 2) != 0;
  parked->rev = g_strdup (iw_db_text (stmt, 3));
  parked->error = g_strdup (iw_db_text (stmt, 4));
  parked->reason = g_strdup (iw_db_text (stmt, 5));
  parked->at = iw_db_int (stmt, 6);
  return parked;
}

gboolean
iw_peer_unpark_all (IwStore *self, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, "DELETE FROM parked", error);

  return stmt != NULL && iw_db_run (stmt, error);
}

/* What was not taken of a document that has changed since will be sent again by itself. */
static gboolean
is_pending (IwStore *self, const IwParked *parked, gboolean *pending, GError **error)
{
  g_auto (IwRevRow) row = { 0 };
  IwRev rev;
  gint64 doc;

  *pending = parked->incoming;
  if (parked->incoming || !iw_rev_parse (parked->rev, &rev))
    return TRUE;
  if (!iw_store_find_doc (self, parked->docid, &doc, error) ||
      !iw_store_read_rev (self, doc, &rev, &row, error))
    return FALSE;
  *pending = row.id != 0 && row.leaf;
  return TRUE;
}

GPtrArray *
iw_peer_list_parked (IwStore *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_parked_free);
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT compartment, docid, incoming, rev, error, reason, at FROM parked"
                     " ORDER BY at DESC, docid, incoming",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      g_autoptr (IwParked) parked = take_parked (stmt);
      gboolean pending;

      if (!is_pending (self, parked, &pending, error))
        return NULL;
      if (pending)
        g_ptr_array_add (list, g_steal_pointer (&parked));
    }
  return step == IW_DB_DONE ? g_steal_pointer (&list) : NULL;
}
