/* Full-text search over entries and incidents. */
#include "config.h"

#include <string.h>

#include "iw-derived.h"
#include "iw-fts.h"
#include "iw-json.h"
#include "iw-snippet.h"

/* An incident's own document stands at the time the incident was opened. */
static const char search_sql[] =
    "WITH found (doc, docid, winner, incident, time) AS ("
    " SELECT d.id, d.docid, d.winner, coalesce (e.incident, i.incident),"
    " coalesce (e.sort_time, i.opened_at)"
    " FROM entry_fts f JOIN doc d ON d.id = f.rowid"
    " LEFT JOIN entry e ON e.doc = f.rowid LEFT JOIN incident i ON i.doc = f.rowid"
    " WHERE f.entry_fts MATCH ?1)"
    " SELECT f.docid, f.incident, f.time, coalesce (t.title, ''), r.body"
    " FROM (SELECT * FROM found WHERE incident IS NOT NULL AND (?2 IS NULL OR incident = ?2)"
    " AND (?4 IS NULL OR (time, docid) < (?3, ?4))"
    " ORDER BY time DESC, docid DESC LIMIT ?5) f"
    " JOIN rev r ON r.id = f.winner LEFT JOIN incident t ON t.incident = f.incident"
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
  g_free (hit);
}

static char *
join_tags (JsonObject *body)
{
  JsonNode *node = json_object_get_member (body, "tags");
  GString *tags = g_string_new (NULL);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        JsonNode *tag = json_array_get_element (json_node_get_array (node), i);

        if (JSON_NODE_HOLDS_VALUE (tag) && json_node_get_string (tag) != NULL)
          g_string_append_printf (tags, "%s%s", tags->len > 0 ? ", " : "",
                                  json_node_get_string (tag));
      }
  return g_string_free_and_steal (tags);
}

static char *
make_snippet (const IwSnippet *snippet, const char *text)
{
  g_autoptr (JsonObject) body = iw_json_from_text (text, NULL);
  g_autofree char *tags = NULL;
  const char *texts[8] = { NULL };
  guint n = 0;

  if (body == NULL)
    return g_strdup ("");
  tags = join_tags (body);
  if (strcmp (iw_json_get_string (body, "type", ""), "incident") == 0)
    {
      texts[n++] = iw_json_get_string (body, "title", "");
      texts[n++] = iw_json_get_string (body, "summary", "");
    }
  else
    {
      texts[n++] = iw_json_get_string (body, "text", "");
      texts[n++] = iw_json_get_string (body, "actor", "");
      texts[n++] = iw_json_get_string (body, "team", "");
      texts[n++] = iw_json_get_string (body, "source", "");
      texts[n++] = tags;
    }
  return iw_snippet_make (snippet, texts);
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
      hit->snippet = make_snippet (snippet, iw_db_text (stmt, 4));
      g_ptr_array_add (hits, hit);
    }
  return step == IW_DB_DONE ? g_steal_pointer (&hits) : NULL;
}
