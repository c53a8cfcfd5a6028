/* Entries, evidence, values in use, named filters. */
#include "config.h"

#include "iw-queries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-json.h"
#include "iw-store-private.h"

IwEntry *
iw_query_entry (IwStore *store, const char *docid, GError **error)
{
  g_autofree char *rev = NULL;
  g_autoptr (JsonObject) body = iw_store_get (store, docid, &rev, error);
  IwEntry *entry = body != NULL ? iw_entry_new_from_json (docid, body, error) : NULL;

  if (entry != NULL)
    iw_entry_set_rev (entry, rev);
  return entry;
}

/* Makes an object of a stored document; NULL where it is none. */
typedef gpointer (*NewFunc) (const char *docid, JsonObject *body, GError **error);

/* FALSE where @text is no JSON; TRUE with @object NULL where it is, but no such object. */
static gboolean
make_object (const char *docid,
             const char *text,
             NewFunc new_func,
             gpointer *object,
             GError **error)
{
  g_autoptr (JsonObject) body = iw_json_from_text (text, error);

  *object = body != NULL ? new_func (docid, body, NULL) : NULL;
  return body != NULL;
}

/* @sql gives docid and body for an incident (?1). */
static GPtrArray *
read_objects (IwStore *store,
              const char *sql,
              const char *incident,
              NewFunc new_func,
              GError **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (store->db, sql, error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, incident);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      gpointer object;

      if (!make_object (iw_db_text (stmt, 0), iw_db_text (stmt, 1), new_func, &object, error))
        return NULL;
      if (object == NULL)
        continue;
      if (IW_IS_ENTRY (object))
        iw_entry_set_rev (object, iw_db_text (stmt, 2));
      g_ptr_array_add (objects, object);
    }
  return step == IW_DB_DONE ? g_steal_pointer (&objects) : NULL;
}

static gpointer
new_entry (const char *docid, JsonObject *body, GError **error)
{
  return iw_entry_new_from_json (docid, body, error);
}

static gpointer
new_evidence (const char *docid, JsonObject *body, GError **error)
{
  return iw_evidence_new_from_json (docid, body, error);
}

GPtrArray *
iw_query_entries (IwStore *store, const char *incident, GError **error)
{
  return read_objects (
      store,
      "SELECT d.docid, r.body, r.gen || '-' || r.hash FROM entry e JOIN doc d ON d.id = e.doc"
      " JOIN rev r ON r.id = d.shown WHERE e.incident = ?1"
      " ORDER BY e.sort_time, d.docid",
      incident, new_entry, error);
}

GPtrArray *
iw_query_entries_again (IwStore *store, const char *incident, GHashTable **known, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) now =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      store->db,
      "SELECT d.docid, d.docid || ' ' || r.gen || '-' || r.hash, r.body, r.gen || '-' || r.hash"
      " FROM entry e"
      " JOIN doc d ON d.id = e.doc JOIN rev r ON r.id = d.shown WHERE e.incident = ?1"
      " ORDER BY e.sort_time", /* nothing more, or SQLite would sort the bodies too */
      error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, incident);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      const char *revision = iw_db_text (stmt, 1);
      gpointer entry = *known != NULL ? g_hash_table_lookup (*known, revision) : NULL;

      if (entry != NULL)
        g_object_ref (entry);
      else if (!make_object (iw_db_text (stmt, 0), iw_db_text (stmt, 2), new_entry, &entry, error))
        return NULL;
      if (entry == NULL)
        continue;
      iw_entry_set_rev (entry, iw_db_text (stmt, 3));
      g_hash_table_insert (now, g_strdup (revision), g_object_ref (entry));
      g_ptr_array_add (entries, entry);
    }
  if (step != IW_DB_DONE)
    return NULL;
  g_clear_pointer (known, g_hash_table_unref);
  *known = g_steal_pointer (&now);
  return g_steal_pointer (&entries);
}

GPtrArray *
iw_query_evidence (IwStore *store, const char *incident, GError **error)
{
  return read_objects (store,
                       "SELECT d.docid, r.body FROM evidence e JOIN doc d ON d.id = e.doc"
                       " JOIN rev r ON r.id = d.shown WHERE e.incident = ?1"
                       " ORDER BY e.name, d.docid",
                       incident, new_evidence, error);
}

/* ---- values in use ---- */

#define FACET_COLUMN(column)                                                                       \
  "SELECT " column ", count(*) AS n FROM entry WHERE (?1 IS NULL OR incident = ?1)"                \
  " AND " column " <> '' GROUP BY 1 ORDER BY n DESC, 1 LIMIT ?2"

/* A timeline's rows are its uses. */
static const char source_sql[] =
    "SELECT value, sum(n) AS total FROM ("
    " SELECT source AS value, 1 AS n FROM entry WHERE ?1 IS NULL OR incident = ?1"
    " UNION ALL"
    " SELECT name, max(n_rows, 1) FROM evidence WHERE ?1 IS NULL OR incident = ?1)"
    " WHERE value <> '' GROUP BY value ORDER BY total DESC, value LIMIT ?2";

static const char tag_sql[] =
    "SELECT t.tag, count(*) AS n FROM entry_tag t JOIN entry e ON e.doc = t.doc"
    " WHERE ?1 IS NULL OR e.incident = ?1 GROUP BY 1 ORDER BY n DESC, 1 LIMIT ?2";

char **
iw_query_facet (IwStore *store, const char *incident, IwFacet facet, guint limit, GError **error)
{
  static const char *const sql[] = {
    [IW_FACET_ACTOR] = FACET_COLUMN ("actor"),
    [IW_FACET_TEAM] = FACET_COLUMN ("team"),
    [IW_FACET_SOURCE] = source_sql,
    [IW_FACET_TAG] = tag_sql,
  };
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (store->db, sql[facet], error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, incident);
  iw_db_bind_int (stmt, 2, limit);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_strv_builder_add (values, iw_db_text (stmt, 0));
  return step == IW_DB_DONE ? g_strv_builder_end (values) : NULL;
}

/* ---- named filters ---- */

#define FILTER_PREFIX "workspace:filter-"

typedef struct
{
  const char *name; /* looked for; NULL to collect the names */
  GPtrArray *names;
  char *docid;
  JsonObject *filter;
} FilterWalk;

static gboolean
visit_filter (const char *docid, const char *rev, JsonObject *body, gpointer data)
{
  FilterWalk *walk = data;
  const char *name = iw_json_get_string (body, "name", NULL);
  JsonNode *filter = json_object_get_member (body, "filter");

  if (name == NULL || filter == NULL || !JSON_NODE_HOLDS_OBJECT (filter))
    return TRUE;
  if (walk->name == NULL)
    {
      /* Two people may have used the same name before their workspaces met. */
      if (!g_ptr_array_find_with_equal_func (walk->names, name, g_str_equal, NULL))
        g_ptr_array_add (walk->names, g_strdup (name));
      return TRUE;
    }
  if (strcmp (name, walk->name) != 0)
    return TRUE;
  walk->docid = g_strdup (docid);
  walk->filter = json_object_ref (json_node_get_object (filter));
  return FALSE;
}

static int
compare_filter_names (gconstpointer a, gconstpointer b)
{
  int order = g_utf8_collate (a, b);

  return order != 0 ? order : strcmp (a, b);
}

char **
iw_query_filter_names (IwStore *store, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  FilterWalk walk = { .names = names };

  if (!iw_store_foreach (store, FILTER_PREFIX, visit_filter, &walk, error))
    return NULL;
  g_ptr_array_sort_values (names, compare_filter_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_steal (names, NULL);
}

JsonObject *
iw_query_filter (IwStore *store, const char *name, GError **error)
{
  FilterWalk walk = { .name = name };

  if (!iw_store_foreach (store, FILTER_PREFIX, visit_filter, &walk, error))
    return NULL;
  if (walk.filter == NULL)
    iw_fail (error, IW_STORE_ERROR_NOT_FOUND, _ ("There is no filter “%s”."), name);
  g_free (walk.docid);
  return walk.filter;
}

static gboolean
delete_filter (IwStore *store, const FilterWalk *walk, GError **error)
{
  IwChange change = { .docid = walk->docid };

  if (walk->docid != NULL)
    return iw_store_apply (store, N_ ("Delete Filter"), &change, 1, 1, error);
  iw_fail (error, IW_STORE_ERROR_NOT_FOUND, _ ("There is no filter “%s”."), walk->name);
  return FALSE;
}

gboolean
iw_store_save_filter (IwStore *store, const char *name, JsonObject *filter, GError **error)
{
  FilterWalk walk = { .name = name };
  g_autoptr (JsonObject) body = NULL;
  gboolean ok;

  ok = iw_store_foreach (store, FILTER_PREFIX, visit_filter, &walk, error);
  if (ok && filter == NULL)
    ok = delete_filter (store, &walk, error);
  else if (ok)
    {
      g_autofree char *docid = walk.docid != NULL
                                   ? g_strdup (walk.docid)
                                   : iw_id_new_document (store->context, NULL, "filter");
      IwChange change = { .docid = docid };

      body = json_object_new ();
      json_object_set_string_member (body, "type", "filter");
      json_object_set_int_member (body, "v", 1);
      json_object_set_string_member (body, "name", name);
      json_object_set_object_member (body, "filter", json_object_ref (filter));
      change.body = body;
      ok = iw_store_apply (store, N_ ("Save Filter"), &change, 1, 1, error);
    }
  g_free (walk.docid);
  g_clear_pointer (&walk.filter, json_object_unref);
  return ok;
}
