/* Full-text search over entries, incidents and what belongs to them. */
#include "config.h"

#include "iw-derived.h"
#include "iw-fts.h"
#include "iw-json.h"
#include "iw-snippet.h"

/* An incident's own document stands at the time the incident was opened, others at the time they
 * were made. What is left of an incident that was removed is not found. */
static const char search_sql[] =
    "WITH found (doc, docid, shown, incident, time) AS ("
    " SELECT d.id, d.docid, d.shown, coalesce (e.incident, i.incident, m.incident),"
    " coalesce (e.sort_time, i.opened_at, m.created_at)"
    " FROM entry_fts f JOIN doc d ON d.id = f.rowid"
    " LEFT JOIN entry e ON e.doc = f.rowid LEFT JOIN incident i ON i.doc = f.rowid"
    " LEFT JOIN document m ON m.doc = f.rowid"
    " WHERE f.entry_fts MATCH ?1)"
    " SELECT f.docid, f.incident, f.time, coalesce (t.title, ''), r.body"
    " FROM (SELECT * FROM found WHERE incident IS NOT NULL AND (?2 IS NULL OR incident = ?2)"
    " AND (?4 IS NULL OR (time, docid) < (?3, ?4))"
    " AND (EXISTS (SELECT 1 FROM incident n WHERE n.incident = found.incident)"
    " OR NOT EXISTS (SELECT 1 FROM doc g WHERE g.docid = found.incident || ':incident'))"
    " ORDER BY time DESC, docid DESC LIMIT ?5) f"
    " JOIN rev r ON r.id = f.shown LEFT JOIN incident t ON t.incident = f.incident"
    " ORDER BY f.time DESC, f.docid DESC";

void
iw_search_hit_free (IwSearchHit *hit)
{
  if (hit == NULL)
    return;
  g_free (hit->docid);
  g_free (hit->incident);
  g_free (hit->title);
  g_free (hit->snippet);
  g_free (hit->type);
  g_free (hit);
}

static void
read_body (IwSearchHit *hit, const IwSnippet *snippet, const char *text)
{
  g_autoptr (JsonObject) body = iw_json_from_text (text, NULL);
  g_auto (GStrv) texts = body != NULL ? iw_derived_texts (hit->docid, body) : NULL;

  hit->type = g_strdup (body != NULL ? iw_json_get_string (body, "type", "") : "");
  hit->snippet =
      texts != NULL ? iw_snippet_make (snippet, (const char *const *)texts) : g_strdup ("");
}

GPtrArray *
iw_query_search (IwStore *store,
                 const char *text,
                 const char *incident,
                 gint64 before,
                 const char *before_id,
                 guint limit,
                 GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_search_hit_free);
  g_autofree char *query = iw_fts_query (text);
  g_autoptr (IwSnippet) snippet = NULL;
  g_autoptr (IwDbStmt) stmt = NULL;
  IwDbStep step;

  if (query == NULL)
    return g_steal_pointer (&hits);
  stmt = iw_db_prepare (store->db, search_sql, error);
  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, query);
  iw_db_bind_text (stmt, 2, incident);
  iw_db_bind_int (stmt, 3, before);
  iw_db_bind_text (stmt, 4, before_id);
  iw_db_bind_int (stmt, 5, limit);
  snippet = iw_snippet_new (text);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      IwSearchHit *hit = g_new0 (IwSearchHit, 1);

      hit->docid = g_strdup (iw_db_text (stmt, 0));
      hit->incident = g_strdup (iw_db_text (stmt, 1));
      hit->time = iw_db_int (stmt, 2);
      hit->title = g_strdup (iw_db_text (stmt, 3));
      read_body (hit, snippet, iw_db_text (stmt, 4));
      g_ptr_array_add (hits, hit);
    }
  return step == IW_DB_DONE ? g_steal_pointer (&hits) : NULL;
}
