/* All derived tables anew, out of the documents. */
#include "config.h"

#include "iw-derived.h"
#include "iw-json.h"

/* How many documents' words are held at a time. */
#define STEP 2000

static gboolean
set_shown (IwStore *self, gint64 doc, gint64 rev, GError **error)
{
  return iw_db_run_with (self->db, "UPDATE doc SET shown = ?2 WHERE id = ?1", IW_DB_INTS (doc, rev),
                         error);
}

static gboolean
rebuild_doc (IwStore *self, gint64 doc, const char *docid, GError **error)
{
  g_auto (IwRevRow) winner = { 0 };
  g_auto (IwRevRow) shown = { 0 };
  g_autoptr (JsonObject) body = NULL;

  if (!iw_store_read_winner (self, doc, &winner, error))
    return FALSE;
  if (winner.id == 0)
    return TRUE; /* damaged; the check says so */
  if (!iw_store_find_shown (self, doc, &winner, &shown, error) ||
      !set_shown (self, doc, shown.id, error))
    return FALSE;
  /* What cannot be read any more keeps nobody out of the rest; the check names it. */
  if (!shown.deleted && shown.body != NULL)
    body = iw_json_from_text (shown.body, NULL);
  return iw_derived_update (self, doc, docid, body, error);
}

static gboolean
flush (IwStore *self, GError **error)
{
  gboolean ok = iw_derived_flush_texts (self, error);

  g_hash_table_remove_all (self->texts);
  return ok;
}

static gboolean
rebuild_docs (IwStore *self, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT id, docid FROM doc ORDER BY id", error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    if (!rebuild_doc (self, iw_db_int (stmt, 0), iw_db_text (stmt, 1), error) ||
        (g_hash_table_size (self->texts) >= STEP && !flush (self, error)))
      return FALSE;
  return step == IW_DB_DONE && flush (self, error);
}

gboolean
iw_derived_rebuild (IwStore *self, GError **error)
{
  gboolean ok;

  g_hash_table_remove_all (self->touched);
  g_hash_table_remove_all (self->texts);
  ok = iw_db_exec (self->db,
                   "DELETE FROM incident; DELETE FROM entry; DELETE FROM document;"
                   "DELETE FROM evidence; DELETE FROM external; DELETE FROM indicator;"
                   "INSERT INTO entry_fts (entry_fts) VALUES ('delete-all')",
                   error) &&
       rebuild_docs (self, error) && iw_derived_refresh_touched (self, error);
  g_hash_table_remove_all (self->touched);
  g_hash_table_remove_all (self->texts);
  return ok;
}
