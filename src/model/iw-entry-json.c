/* What makes a document an entry, and when two of them say the same. */
#include "iw-entry-private.h"
#include "iw-id.h"
#include "iw-model-error.h"
#include "iw-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT (1024 * 1024)
#define MAX_FIELD (64 * 1024)
#define MAX_TAGS 1000
#define MAX_TAG 1024
#define MAX_LINKS 10000

static const char *const time_fields[] = {
  "occurred_at", "occurred_end", "discovered_at", "recorded_at", "created_at", "modified_at", NULL,
};

static const char *const text_fields[] = {
  "occurred_zone", "actor",       "team", "source", "confidence", "stage",
  "created_by",    "modified_by", "from", "to",     "why",        NULL,
};

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_identity (JsonObject *body, GError **error)
{
  const char *type = iw_model_json_get_string (body, "type");

  if (!iw_model_json_check_string (body, "type", MAX_FIELD, error) ||
      !iw_model_json_check_int (body, "v", error) ||
      !iw_model_json_check_required (body, "incident", MAX_FIELD, error) ||
      !iw_model_json_check_required (body, "kind", MAX_FIELD, error))
    return FALSE;
  if (type != NULL && strcmp (type, "entry") != 0)
    return fail (error, _ ("Field “type” is not “entry”"));
  if (!iw_id_is_uuid (iw_model_json_get_string (body, "incident")))
    return fail (error, _ ("Field “incident” is not the id of an incident"));
  return TRUE;
}

static gboolean
check_link (JsonNode *node, GError **error)
{
  JsonObject *link;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, _ ("Field “links” holds something that is not a link"));
  link = json_node_get_object (node);
  if (!iw_model_json_check_string (link, "evidence", MAX_FIELD, error) ||
      !iw_model_json_check_string (link, "document", MAX_FIELD, error) ||
      !iw_model_json_check_int (link, "row", error))
    return FALSE;
  if (iw_model_json_get_int (link, "row", 1) < 1)
    return fail (error, _ ("Field “links” names a row below 1"));
  return TRUE;
}

static gboolean
check_links (JsonObject *body, GError **error)
{
  JsonNode *node = iw_model_json_get (body, "links");
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, _ ("Field “links” is not a list"));
  array = json_node_get_array (node);
  if (json_array_get_length (array) > MAX_LINKS)
    return fail (error, _ ("Field “links” has too many items"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!check_link (json_array_get_element (array, i), error))
      return FALSE;
  return TRUE;
}

gboolean
iw_entry_check_body (JsonObject *body, GError **error)
{
  if (!check_identity (body, error))
    return FALSE;
  for (guint i = 0; time_fields[i] != NULL; i++)
    if (!iw_model_json_check_time (body, time_fields[i], error))
      return FALSE;
  for (guint i = 0; text_fields[i] != NULL; i++)
    if (!iw_model_json_check_string (body, text_fields[i], MAX_FIELD, error))
      return FALSE;
  return iw_model_json_check_string (body, "text", MAX_TEXT, error) &&
         iw_model_json_check_boolean (body, "key", error) &&
         iw_model_json_check_strings (body, "tags", MAX_TAGS, MAX_TAG, error) &&
         check_links (body, error);
}

static gboolean
is_bookkeeping (const char *name)
{
  static const char *const names[] = { "type",       "v",           "recorded_at", "created_at",
                                       "created_by", "modified_at", "modified_by", NULL };

  return *name == '_' || g_strv_contains (names, name);
}

/* Whether a member says no more than its absence does. */
static gboolean
is_empty (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return *json_node_get_string (node) == '\0';
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN && !json_node_get_boolean (node);
}

/* The content alone, in one form: times in UTC, nothing that is empty. */
static JsonObject *
content_of (IwEntry *entry)
{
  JsonObject *content = iw_model_json_copy (entry->body);
  g_autoptr (GList) names = json_object_get_members (content);

  for (GList *l = names; l != NULL; l = l->next)
    if (is_bookkeeping (l->data) || is_empty (json_object_get_member (content, l->data)))
      json_object_remove_member (content, l->data);
  for (guint i = 0; time_fields[i] != NULL; i++)
    {
      IwTime time = iw_model_json_get_time (content, time_fields[i]);

      if (iw_time_is_set (time))
        iw_model_json_set_time (content, time_fields[i], time);
    }
  return content;
}

gboolean
iw_entry_equal_content (IwEntry *a, IwEntry *b)
{
  g_autoptr (JsonObject) content_a = NULL;
  g_autoptr (JsonObject) content_b = NULL;

  g_return_val_if_fail (IW_IS_ENTRY (a), FALSE);
  g_return_val_if_fail (IW_IS_ENTRY (b), FALSE);

  if (a == b)
    return TRUE;
  content_a = content_of (a);
  content_b = content_of (b);
  return json_object_equal (content_a, content_b);
}
