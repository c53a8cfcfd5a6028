/* Erasures: written, and obeyed. */
#include "config.h"

#include "iw-erasure.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-json.h"
#include "iw-model-json.h"
#include "iw-store-private.h"

#define MARK ":erasure-"

gboolean
iw_erasure_is_docid (const char *docid)
{
  const char *colon = strchr (docid, ':');

  return colon != NULL && colon != docid && g_str_has_prefix (colon, MARK);
}

gboolean
iw_erasure_can_list (const char *docid)
{
  const char *colon = strchr (docid, ':');

  return colon != NULL && colon != docid && *docid != '_' && !g_str_has_prefix (colon, MARK);
}

static gboolean
is_of_scope (const char *docid, const char *scope)
{
  gsize length = strlen (scope);

  return strncmp (docid, scope, length) == 0 && docid[length] == ':';
}

/* ---- obeying ---- */

/* (transfer full); NULL where @body is no erasure */
static JsonObject *
read_erasure (const char *docid, const char *body)
{
  g_autoptr (JsonObject) object = NULL;

  if (!iw_erasure_is_docid (docid) || body == NULL)
    return NULL;
  object = iw_json_from_text (body, NULL);
  if (object == NULL || !g_str_equal (iw_json_get_string (object, "type", ""), "erasure"))
    return NULL;
  return g_steal_pointer (&object);
}

/* What was purged already is not recorded twice. */
static gboolean
erase (IwStore *self, const char *docid, const char *who, guint *n_erased, GError **error)
{
  g_auto (GStrv) purged = NULL;
  gboolean before = FALSE;
  gint64 doc;

  if (!iw_store_check_docid (docid, FALSE, NULL))
    return TRUE;
  if (!iw_store_find_doc (self, docid, &doc, error) ||
      (doc == 0 && !iw_peer_is_purged (self, docid, &before, error)))
    return FALSE;
  if (before)
    return TRUE;
  *n_erased += doc != 0;
  return iw_peer_purge (self, docid, NULL, who, &purged, error);
}

gboolean
iw_erasure_obey (IwStore *self,
                 const char *docid,
                 const char *body,
                 guint *n_erased,
                 GError **error)
{
  g_autoptr (JsonObject) erasure = read_erasure (docid, body);
  JsonNode *node = erasure != NULL ? json_object_get_member (erasure, "ids") : NULL;
  g_autofree char *scope = NULL;
  guint n = 0, unused;
  JsonArray *ids;

  n_erased = n_erased != NULL ? n_erased : &unused;
  *n_erased = 0;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return TRUE;
  scope = iw_peer_scope_of (docid);
  ids = json_node_get_array (node);
  n = MIN (json_array_get_length (ids), IW_ERASURE_MAX);
  for (guint i = 0; i < n; i++)
    {
      const char *listed = iw_model_json_text_of (json_array_get_element (ids, i), NULL);

      if (listed != NULL && is_of_scope (listed, scope) && iw_erasure_can_list (listed) &&
          !erase (self, listed, iw_json_get_string (erasure, "modified_by", ""), n_erased, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- writing ---- */

static char *
make_body (IwStore *self, JsonArray *ids, const char *who, const char *why, GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *now = iw_store_now_text (self);

  json_object_set_string_member (body, "type", "erasure");
  json_object_set_int_member (body, "v", 1);
  json_object_set_array_member (body, "ids", json_array_ref (ids));
  if (*why != '\0')
    json_object_set_string_member (body, "why", why);
  json_object_set_string_member (body, "created_at", now);
  json_object_set_string_member (body, "created_by", who);
  json_object_set_string_member (body, "modified_at", now);
  json_object_set_string_member (body, "modified_by", who);
  return iw_json_to_canonical (body, error);
}

static gboolean
write_one (IwStore *self,
           const char *scope,
           JsonArray *ids,
           const char *who,
           const char *why,
           GError **error)
{
  g_autofree char *uuid = iw_id_new (self->context);
  g_autofree char *docid = g_strconcat (scope, MARK, uuid, NULL);
  g_autofree char *body = make_body (self, ids, who, why, error);

  return body != NULL && iw_peer_edit (self, docid, NULL, body, FALSE, NULL, NULL, error) &&
         iw_erasure_obey (self, docid, body, NULL, error);
}

/* Those of @docids, from @start on, that are of the scope of the first. */
static JsonArray *
take_scope (const char *const *docids, const char *scope, gboolean *taken)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; docids[i] != NULL && json_array_get_length (ids) < IW_ERASURE_MAX; i++)
    if (!taken[i] && is_of_scope (docids[i], scope))
      {
        taken[i] = TRUE;
        json_array_add_string_element (ids, docids[i]);
      }
  return ids;
}

gboolean
iw_erasure_write (IwStore *self,
                  const char *const *docids,
                  const char *who,
                  const char *why,
                  GError **error)
{
  guint n = g_strv_length ((char **)docids);
  g_autofree gboolean *taken = g_new0 (gboolean, n + 1);

  for (guint i = 0; i < n; i++)
    if (!iw_store_check_docid (docids[i], FALSE, error))
      return FALSE;
    else if (!iw_erasure_can_list (docids[i]))
      return iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” cannot be erased."), docids[i]);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *scope = iw_peer_scope_of (docids[i]);
      g_autoptr (JsonArray) ids = NULL;

      if (taken[i])
        continue;
      ids = take_scope (docids, scope, taken);
      if (!write_one (self, scope, ids, who, why, error))
        return FALSE;
    }
  return TRUE;
}
