#include "config.h"

#include "iw-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-canonical.h"
#include "iw-model-json.h"
#include "iw-store.h"
#include "iw-time.h"

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, reason);
  return FALSE;
}

static gboolean
append_string (GString *out, const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _ ("A document holds a text that is not UTF-8."));
  iw_canonical_append_string (out, text);
  return TRUE;
}

static gboolean append_node (GString *out, JsonNode *node, guint depth, GError **error);

static gboolean
append_object (GString *out, JsonObject *object, guint depth, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer)name);
  g_ptr_array_sort_values (names, (GCompareFunc)strcmp);
  g_string_append_c (out, '{');
  for (guint i = 0; i < names->len; i++)
    {
      name = names->pdata[i];
      if (i > 0)
        g_string_append_c (out, ',');
      if (!append_string (out, name, error))
        return FALSE;
      g_string_append_c (out, ':');
      if (!append_node (out, json_object_get_member (object, name), depth + 1, error))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_array (GString *out, JsonArray *array, guint depth, GError **error)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (!append_node (out, json_array_get_element (array, i), depth + 1, error))
        return FALSE;
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
append_value (GString *out, JsonNode *node, GError **error)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return append_string (out, json_node_get_string (node), error);
    case G_TYPE_DOUBLE:
      return iw_canonical_append_double (out, json_node_get_double (node), error);
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      return TRUE;
    default:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
      return TRUE;
    }
}

static gboolean
append_node (GString *out, JsonNode *node, guint depth, GError **error)
{
  if (depth > IW_JSON_MAX_DEPTH)
    return refuse (error, _ ("A document is nested too deeply."));
  if (out->len > IW_JSON_MAX_BYTES)
    return refuse (error, _ ("A document is longer than 8 MiB."));
  switch (JSON_NODE_TYPE (node))
    {
    case JSON_NODE_OBJECT:
      return append_object (out, json_node_get_object (node), depth, error);
    case JSON_NODE_ARRAY:
      return append_array (out, json_node_get_array (node), depth, error);
    case JSON_NODE_VALUE:
      return append_value (out, node, error);
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
      return TRUE;
    }
}

char *
iw_json_to_canonical (JsonObject *object, GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (512);

  if (!append_object (out, object, 0, error))
    return NULL;
  if (out->len > IW_JSON_MAX_BYTES)
    {
      refuse (error, _ ("A document is longer than 8 MiB."));
      return NULL;
    }
  return g_string_free_and_steal (g_steal_pointer (&out));
}

JsonObject *
iw_json_from_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_dup_object (node);
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT,
                       _ ("A stored document cannot be read."));
  return NULL;
}

const char *
iw_json_get_string (JsonObject *object, const char *name, const char *fallback)
{
  return iw_model_json_text_of (json_object_get_member (object, name), fallback);
}

gint64
iw_json_get_time (JsonObject *object, const char *name)
{
  const char *text = iw_json_get_string (object, name, NULL);
  IwTime time;

  return text != NULL && iw_time_parse_rfc3339 (text, NULL, &time) ? time.us : 0;
}

gint64
iw_json_get_int (JsonObject *object, const char *name)
{
  return iw_model_json_get_int (object, name, 0);
}

JsonObject *
iw_json_shallow_copy (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, json_node_ref (node));
  return copy;
}
