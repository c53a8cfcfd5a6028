/* Which revision of a document is shown.
 *
 * A decision is written once (sync.md "Write rules"), but a peer that keeps to no rules can send a
 * later revision of one, or a tombstone. Such a revision may win as any other, so that all peers
 * keep to one protocol; shown, folded and searched is what was written first: the first generation
 * whose body is here, of several revisions of that the one with the greatest hash, as the winner is
 * chosen. What was no decision at first becomes none later. So what counts depends on the revisions
 * that are here, not on the order they came in.
 */
#include "config.h"

#include "iw-store-private.h"

#include <string.h>

#include "iw-entry.h"
#include "iw-json.h"

gboolean
iw_store_is_decision_text (const char *body)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (IwEntry) entry = NULL;
  IwEntryKind kind;

  /* Most documents are no entries; canonical bodies show it without being parsed. */
  if (body == NULL || strstr (body, "\"type\":\"entry\"") == NULL)
    return FALSE;
  object = iw_json_from_text (body, NULL);
  if (object == NULL || strcmp (iw_json_get_string (object, "type", ""), "entry") != 0)
    return FALSE;
  kind = iw_entry_kind_from_string (iw_json_get_string (object, "kind", ""));
  /* What a newer version's kinds mean is not known here. */
  if (kind == IW_ENTRY_UNKNOWN || !iw_entry_kind_is_decision (kind))
    return FALSE;
  entry = iw_entry_new_from_json (NULL, object, NULL);
  return entry != NULL;
}

/* More first revisions than this are no accident; those of the greatest hashes are looked at. */
#define MAX_FIRST 100

/* The row ids of the revisions of the first generation, the greatest hash first. */
static GArray *
read_first (IwStore *self, gint64 doc, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT id FROM rev WHERE doc = ?1 AND NOT deleted AND body IS NOT NULL"
                     " AND gen = (SELECT gen FROM rev WHERE doc = ?1 AND NOT deleted"
                     " AND body IS NOT NULL ORDER BY gen LIMIT 1)"
                     " ORDER BY hash DESC LIMIT " G_STRINGIFY (MAX_FIRST),
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_int (stmt, 1, doc);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      gint64 id = iw_db_int (stmt, 0);

      g_array_append_val (ids, id);
    }
  return step == IW_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

/* @row: the first revision, a decision before others; id 0 where no body is known. */
static gboolean
find_first (IwStore *self, gint64 doc, IwRevRow *row, gboolean *decision, GError **error)
{
  g_autoptr (GArray) ids = read_first (self, doc, error);

  *decision = FALSE;
  iw_rev_row_clear (row);
  row->id = 0;
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len && !*decision; i++)
    {
      if (!iw_store_read_rev_by_id (self, g_array_index (ids, gint64, i), row, error))
        return FALSE;
      *decision = iw_store_is_decision_text (row->body);
    }
  return *decision || ids->len <= 1 ||
         iw_store_read_rev_by_id (self, g_array_index (ids, gint64, 0), row, error);
}

gboolean
iw_store_find_decision (IwStore *self, gint64 doc, IwRevRow *row, GError **error)
{
  gboolean decision;

  if (!find_first (self, doc, row, &decision, error))
    return FALSE;
  if (!decision)
    {
      iw_rev_row_clear (row);
      row->id = 0;
    }
  return TRUE;
}

gboolean
iw_store_is_void (IwStore *self, gint64 doc, gboolean *is_void, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, "SELECT void FROM doc WHERE id = ?1", error);
  IwDbStep step;

  *is_void = FALSE;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *is_void = iw_db_int (stmt, 0) != 0;
  return step != IW_DB_ERROR;
}

gboolean
iw_store_find_shown (IwStore *self,
                     gint64 doc,
                     const IwRevRow *winner,
                     IwRevRow *row,
                     GError **error)
{
  gboolean decision;
  gboolean is_void = FALSE;

  if (!find_first (self, doc, row, &decision, error) ||
      (winner->deleted && !iw_store_is_void (self, doc, &is_void, error)))
    return FALSE;
  if (row->id != 0 && !is_void &&
      (decision || (!winner->deleted && iw_store_is_decision_text (winner->body))))
    return TRUE;
  iw_rev_row_clear (row);
  *row = *winner;
  row->body = g_strdup (winner->body);
  return TRUE;
}
