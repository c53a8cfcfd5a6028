/* All there is to know of an incident, as of one moment. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-fail.h"
#include "iw-json.h"
#include "iw-model-json.h"
#include "iw-queries-private.h"

typedef struct
{
  GPtrArray *entries;
  GHashTable *ids; /* of @entries */
} Reading;

static gboolean
take_entry (Reading *reading, const char *docid, const char *text, GError **error)
{
  g_autoptr (JsonObject) body = iw_json_from_text (text, error);
  IwEntry *entry;

  if (body == NULL)
    return FALSE;
  entry = iw_entry_new_from_json (docid, body, NULL);
  if (entry == NULL)
    return TRUE;
  g_ptr_array_add (reading->entries, entry);
  g_hash_table_add (reading->ids, (char *)iw_entry_get_id (entry));
  return TRUE;
}

static gboolean
take_entries (Reading *reading, IwDbStmt *stmt, GError **error)
{
  IwDbStep step;

  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    if (!take_entry (reading, iw_db_text (stmt, 0), iw_db_text (stmt, 1), error))
      return FALSE;
  return step == IW_DB_DONE;
}

/* Decisions and key events. */
static gboolean
read_chief (IwStore *store, const char *incident, Reading *reading, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      store->db,
      "SELECT d.docid, r.body FROM entry e JOIN doc d ON d.id = e.doc JOIN rev r ON r.id = d.shown"
      " WHERE e.doc IN (SELECT doc FROM entry WHERE incident = ?1 AND decision"
      " UNION SELECT doc FROM entry WHERE incident = ?1 AND key) ORDER BY e.sort_time, d.docid",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, incident);
  return take_entries (reading, stmt, error);
}

static gboolean
read_one (IwStore *store, const char *incident, const char *docid, Reading *reading, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      store->db,
      "SELECT d.docid, r.body FROM doc d JOIN entry e ON e.doc = d.id JOIN rev r ON r.id = d.shown"
      " WHERE d.docid = ?1 AND e.incident = ?2",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, docid);
  iw_db_bind_text (stmt, 2, incident);
  return take_entries (reading, stmt, error);
}

/* What decisions cite. */
static gboolean
read_cited (IwStore *store, const char *incident, Reading *reading, GError **error)
{
  guint n = reading->entries->len;

  for (guint i = 0; i < n; i++)
    {
      IwEntry *entry = reading->entries->pdata[i];
      GArray *links = iw_entry_get_links (entry);

      if (!iw_entry_kind_is_decision (iw_entry_get_kind (entry)))
        continue;
      for (guint k = 0; k < links->len; k++)
        {
          const IwEntryLink *link = &g_array_index (links, IwEntryLink, k);

          if (link->row == 0 && !g_hash_table_contains (reading->ids, link->docid) &&
              !read_one (store, incident, link->docid, reading, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_linked_of (IwStore *store,
                const char *incident,
                IwDocument *document,
                Reading *reading,
                GError **error)
{
  JsonNode *node = iw_model_json_get (iw_document_get_body (document), "links");
  JsonArray *links =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; links != NULL && i < json_array_get_length (links); i++)
    {
      JsonNode *element = json_array_get_element (links, i);
      const char *docid =
          JSON_NODE_HOLDS_OBJECT (element)
              ? iw_model_json_get_string (json_node_get_object (element), "document")
              : NULL;

      if (docid != NULL && !g_hash_table_contains (reading->ids, docid) &&
          !read_one (store, incident, docid, reading, error))
        return FALSE;
    }
  return TRUE;
}

/* What indicators are linked with. */
static gboolean
read_linked (IwStore *store,
             const char *incident,
             GPtrArray *documents,
             Reading *reading,
             GError **error)
{
  for (guint i = 0; i < documents->len; i++)
    if (g_str_equal (iw_document_get_type_name (documents->pdata[i]), "indicator") &&
        !read_linked_of (store, incident, documents->pdata[i], reading, error))
      return FALSE;
  return TRUE;
}

static GPtrArray *
read_entries (IwStore *store, const char *incident, GPtrArray *documents, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = { entries, ids };

  if (!read_chief (store, incident, &reading, error) ||
      !read_cited (store, incident, &reading, error) ||
      !read_linked (store, incident, documents, &reading, error))
    return NULL;
  return g_steal_pointer (&entries);
}

static gboolean
check_exists (IwStore *store, const char *incident, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (store->db, "SELECT 1 FROM incident WHERE incident = ?1", error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, incident);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_DONE)
    iw_fail (error, IW_STORE_ERROR_NOT_FOUND, _ ("There is no incident “%s”."), incident);
  return step == IW_DB_ROW;
}

/* Decisions that are parked on their way out, as iw_peer_list_parked() has them. (transfer full) */
static char **
read_refused (IwStore *store, const char *incident, GError **error)
{
  g_autoptr (GStrvBuilder) docids = g_strv_builder_new ();
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (store->db,
                     "SELECT DISTINCT d.docid FROM parked p JOIN doc d ON d.docid = p.docid"
                     " JOIN rev r ON r.doc = d.id AND r.leaf AND r.gen || '-' || r.hash = p.rev"
                     " JOIN entry e ON e.doc = d.id"
                     " WHERE NOT p.incoming AND e.incident = ?1 AND e.decision ORDER BY d.docid",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, incident);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_strv_builder_add (docids, iw_db_text (stmt, 0));
  return step == IW_DB_DONE ? g_strv_builder_end (docids) : NULL;
}

static IwSituation *
read_situation (IwStore *store, const char *incident, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GPtrArray) directory = NULL;
  g_auto (GStrv) refused = NULL;
  IwSituation *situation;

  if (!check_exists (store, incident, error) ||
      (documents = iw_queries_read_incident (store, incident, error)) == NULL ||
      (entries = read_entries (store, incident, documents, error)) == NULL ||
      (directory = iw_queries_read_directory (store, error)) == NULL ||
      (refused = read_refused (store, incident, error)) == NULL)
    return NULL;
  situation = iw_situation_new (incident, entries, documents, directory,
                                now != 0 ? now : iw_context_now (store->context));
  iw_situation_set_refused (situation, (const char *const *)refused);
  return situation;
}

IwSituation *
iw_query_situation (IwStore *store, const char *incident, gint64 now, GError **error)
{
  IwSituation *situation;
  gboolean begun;

  if (!iw_db_begin_read (store->db, &begun, error))
    return NULL;
  situation = read_situation (store, incident, now, error);
  iw_db_end_read (store->db, begun);
  return situation;
}

IwSituation *
iw_query_directory (IwStore *store, GError **error)
{
  g_autoptr (GPtrArray) directory = iw_queries_read_directory (store, error);

  if (directory == NULL)
    return NULL;
  return iw_situation_new (NULL, NULL, NULL, directory, iw_context_now (store->context));
}
