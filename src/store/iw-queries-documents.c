/* Documents other than entries, and what they are found by. */
#include "config.h"

#include "iw-queries.h"

#include <string.h>

#include "iw-json.h"
#include "iw-queries-private.h"

/* docid, gen, hash, body: what take_document() reads. */
#define DOCUMENTS                                                                                  \
  "SELECT d.docid, r.gen, r.hash, r.body FROM document t JOIN doc d ON d.id = t.doc"               \
  " JOIN rev r ON r.id = d.shown "

static gboolean
take_document (IwDbStmt *stmt, GPtrArray *documents, GError **error)
{
  g_autoptr (JsonObject) body = iw_json_from_text (iw_db_text (stmt, 3), error);
  g_autofree char *rev = NULL;

  if (body == NULL)
    return FALSE;
  rev = iw_rev_format (iw_db_int (stmt, 1), iw_db_text (stmt, 2));
  g_ptr_array_add (documents, iw_document_new (iw_db_text (stmt, 0), rev, body));
  return TRUE;
}

static GPtrArray *
take_documents (IwDbStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  IwDbStep step;

  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    if (!take_document (stmt, documents, error))
      return NULL;
  return step == IW_DB_DONE ? g_steal_pointer (&documents) : NULL;
}

GPtrArray *
iw_query_documents (IwStore *store, const char *incident, const char *type, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      store->db, DOCUMENTS "WHERE t.incident = ?1 AND t.type = ?2 ORDER BY d.docid", error);

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, incident != NULL ? incident : "");
  iw_db_bind_text (stmt, 2, type);
  return take_documents (stmt, error);
}

GPtrArray *
iw_queries_read_incident (IwStore *store, const char *incident, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (store->db, DOCUMENTS "WHERE t.incident = ?1 ORDER BY d.docid", error);

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, incident);
  return take_documents (stmt, error);
}

GPtrArray *
iw_queries_read_directory (IwStore *store, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      store->db,
      DOCUMENTS "WHERE t.incident = '' AND t.type IN ('team', 'person', 'matrix') ORDER BY d.docid",
      error);

  return stmt != NULL ? take_documents (stmt, error) : NULL;
}

IwDocument *
iw_query_document (IwStore *store, const char *docid, GError **error)
{
  g_autofree char *rev = NULL;
  g_autoptr (JsonObject) body = iw_store_get (store, docid, &rev, error);

  return body != NULL ? iw_document_new (docid, rev, body) : NULL;
}

char **
iw_query_external (IwStore *store, const char *external, GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (store->db,
                     "SELECT d.docid FROM external x JOIN doc d ON d.id = x.doc"
                     " WHERE x.external = ?1 ORDER BY x.created_at, d.docid",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, external);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_strv_builder_add (ids, iw_db_text (stmt, 0));
  return step == IW_DB_DONE ? g_strv_builder_end (ids) : NULL;
}

GPtrArray *
iw_query_indicators (IwStore *store, const char *value, guint limit, GError **error)
{
  gsize length = strlen (value);
  gboolean prefix = length > 0 && value[length - 1] == '*';
  g_autofree char *start = g_strndup (value, prefix ? length - 1 : length);
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (store->db,
                     prefix ? DOCUMENTS "JOIN indicator i ON i.doc = t.doc"
                                        " WHERE i.value >= ?1 AND i.value < ?1 || char (1114111)"
                                        " ORDER BY i.created_at DESC, d.docid DESC LIMIT ?2"
                            : DOCUMENTS "JOIN indicator i ON i.doc = t.doc WHERE i.value = ?1"
                                        " ORDER BY i.created_at DESC, d.docid DESC LIMIT ?2",
                     error);

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, start);
  iw_db_bind_int (stmt, 2, limit);
  return take_documents (stmt, error);
}
