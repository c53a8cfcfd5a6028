/* The user's word on a conflict, as one action of the undo journal. */
#include "config.h"

#include "iw-conflicts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-attachments.h"
#include "iw-fail.h"
#include "iw-json.h"

static gboolean
is_rev (const IwRevRow *row, const char *rev)
{
  g_autofree char *own = row->id != 0 ? iw_rev_format (row->rev.gen, row->rev.hash) : NULL;

  return g_strcmp0 (own, rev) == 0;
}

/* Reads both leaves; CONFLICT where they are others by now. */
static gboolean
read_leaves (IwStore *self, IwConflict *conflict, IwRevRow *winner, IwRevRow *other, GError **error)
{
  IwRev rev;
  gint64 doc;

  if (!iw_store_find_doc (self, iw_conflict_get_docid (conflict), &doc, error))
    return FALSE;
  if (doc != 0 && (!iw_store_read_winner (self, doc, winner, error) ||
                   !iw_rev_parse (iw_conflict_get_other (conflict), &rev) ||
                   !iw_store_read_rev (self, doc, &rev, other, error)))
    return FALSE;
  return (is_rev (winner, iw_conflict_get_winner (conflict)) && other->id != 0 && other->leaf) ||
         iw_fail (error, IW_STORE_ERROR_CONFLICT, "%s",
                  _ ("The document has been changed since. Look at it again."));
}

static gboolean
check (const char *docid, JsonObject *body, const char *text, GError **error)
{
  /* Documents of others keep to no rules of ours. */
  if (iw_store_check_docid (docid, TRUE, NULL) && !iw_store_check_document (docid, body, error))
    return FALSE;
  return !iw_store_is_decision_text (text) ||
         iw_fail (error, IW_STORE_ERROR_INVALID, "%s",
                  _ ("An entry cannot become a decision; make the decision instead."));
}

/* What becomes of the winner; NULL without an error where it stays. (transfer full) */
static char *
make_text (IwStore *self,
           IwConflict *conflict,
           const IwRevRow *winner,
           JsonObject *body,
           GError **error)
{
  g_autoptr (JsonObject) old = iw_conflict_body_of (winner, error);
  g_autoptr (JsonObject) new = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *text = NULL;
  g_autofree char *now = iw_store_now_text (self);

  if (old == NULL)
    return NULL;
  if (body == NULL)
    return iw_store_tombstone (self, iw_json_get_string (old, "type", NULL));
  new = iw_store_with_stamps_of (body, old);
  if ((old_text = iw_json_to_canonical (old, error)) == NULL ||
      (text = iw_json_to_canonical (new, error)) == NULL || strcmp (old_text, text) == 0 ||
      !check (iw_conflict_get_docid (conflict), new, text, error))
    return NULL;
  iw_store_stamp (self, new, now, FALSE);
  return iw_json_to_canonical (new, error);
}

static gboolean
write_winner (IwStore *self,
              IwConflict *conflict,
              const IwRevRow *winner,
              const IwRevRow *other,
              const char *text,
              gboolean deleted,
              GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autofree IwAttachment **list = NULL;

  if (deleted)
    return iw_peer_edit (self, iw_conflict_get_docid (conflict), iw_conflict_get_winner (conflict),
                         text, TRUE, NULL, NULL, error);
  if ((files = iw_conflict_join_attachments (self, winner, other, error)) == NULL)
    return FALSE;
  list = iw_conflict_list_attachments (files);
  return iw_peer_edit (self, iw_conflict_get_docid (conflict), iw_conflict_get_winner (conflict),
                       text, FALSE, list, NULL, error);
}

/* A deletion that was reviewed ends in one more: what hangs on it is no deletion of what the winner
 * goes on from. */
static gboolean
end_other (IwStore *self, IwConflict *conflict, const IwRevRow *other, GError **error)
{
  g_autoptr (JsonObject) old = iw_conflict_body_of (other, error);
  g_autofree char *text =
      old != NULL ? iw_store_tombstone (self, iw_json_get_string (old, "type", NULL)) : NULL;

  return text != NULL &&
         iw_peer_edit (self, iw_conflict_get_docid (conflict), iw_conflict_get_other (conflict),
                       text, TRUE, NULL, NULL, error);
}

/* The leaf that @parent goes on in: what was just written. */
static gboolean
read_child (IwStore *self, const IwRevRow *parent, gint64 *child, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT max (id) FROM rev WHERE parent = ?1 AND leaf", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, parent->id);
  if (iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  *child = iw_db_int (stmt, 0);
  return TRUE;
}

static gboolean
write_journal (IwStore *self,
               const IwRevRow *before,
               gboolean written,
               const IwRevRow *other,
               GError **error)
{
  g_auto (IwRevRow) winner = { 0 };
  gint64 action, after = before->id;

  return (!written || read_child (self, before, &after, error)) &&
         iw_store_read_winner (self, before->doc, &winner, error) &&
         iw_journal_begin (self, N_ ("Resolve Conflict"), 1, &action, error) &&
         iw_journal_add_step (self, action, before->doc, before->id, after, winner.id, error) &&
         iw_journal_set_other (self, action, before->doc, other->id, error);
}

static gboolean
resolve (IwStore *self, IwConflict *conflict, JsonObject *body, GError **error)
{
  g_auto (IwRevRow) winner = { 0 };
  g_auto (IwRevRow) other = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  if (!read_leaves (self, conflict, &winner, &other, error))
    return FALSE;
  text = make_text (self, conflict, &winner, body, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return (text == NULL ||
          write_winner (self, conflict, &winner, &other, text, body == NULL, error)) &&
         end_other (self, conflict, &other, error) &&
         write_journal (self, &winner, text != NULL, &other, error);
}

gboolean
iw_conflict_resolve (IwStore *self, IwConflict *conflict, JsonObject *body, GError **error)
{
  if (!iw_store_begin (self, error))
    return FALSE;
  if (resolve (self, conflict, body, error))
    return iw_store_commit (self, error);
  iw_store_rollback (self);
  return FALSE;
}
