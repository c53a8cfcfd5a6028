#include "iw-model-json.h"

#include "iw-model-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static JsonArray *
copy_array (JsonArray *array)
{
  guint n = json_array_get_length (array);
  JsonArray *copy = json_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    json_array_add_element (copy, iw_model_json_copy_node (json_array_get_element (array, i)));
  return copy;
}

JsonNode *
iw_model_json_copy_node (JsonNode *node)
{
  JsonNode *copy;

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, iw_model_json_copy (json_node_get_object (node)));
      return copy;
    case JSON_NODE_ARRAY:
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, copy_array (json_node_get_array (node)));
      return copy;
    case JSON_NODE_VALUE:
    case JSON_NODE_NULL:
    default:
      return json_node_copy (node);
    }
}

JsonObject *
iw_model_json_copy (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, iw_model_json_copy_node (node));
  return copy;
}

JsonNode *
iw_model_json_get (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

const char *
iw_model_json_text_of (JsonNode *node, const char *fallback)
{
  return node != NULL && holds (node, G_TYPE_STRING) ? json_node_get_string (node) : fallback;
}

const char *
iw_model_json_get_string (JsonObject *object, const char *name)
{
  return iw_model_json_text_of (json_object_get_member (object, name), NULL);
}

const char *
iw_model_json_get_text (JsonObject *object, const char *name)
{
  return object != NULL ? iw_model_json_text_of (json_object_get_member (object, name), "") : "";
}

void
iw_model_json_set_string (JsonObject *object, const char *name, const char *value)
{
  g_autofree char *valid = NULL;

  if (value == NULL || *value == '\0')
    {
      json_object_remove_member (object, name);
      return;
    }
  if (!g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);
  json_object_set_string_member (object, name, value);
}

gint64
iw_model_json_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = iw_model_json_get (object, name);

  return node != NULL && holds (node, G_TYPE_INT64) ? json_node_get_int (node) : fallback;
}

IwTime
iw_model_json_get_time (JsonObject *object, const char *name)
{
  const char *text = iw_model_json_get_string (object, name);
  IwTime time = IW_TIME_NONE;

  if (text != NULL)
    iw_time_parse_rfc3339 (text, NULL, &time);
  return time;
}

void
iw_model_json_set_time (JsonObject *object, const char *name, IwTime time)
{
  g_autofree char *text = iw_time_to_rfc3339 (time);

  iw_model_json_set_string (object, name, text);
}

char **
iw_model_json_get_strings (JsonObject *object, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = iw_model_json_get (object, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *item = json_array_get_element (array, i);

          if (holds (item, G_TYPE_STRING))
            g_strv_builder_add (builder, json_node_get_string (item));
        }
    }
  return g_strv_builder_end (builder);
}

void
iw_model_json_set_strings (JsonObject *object, const char *name, const char *const *values)
{
  JsonArray *array;

  if (values == NULL || values[0] == NULL)
    {
      json_object_remove_member (object, name);
      return;
    }
  array = json_array_new ();
  for (; *values != NULL; values++)
    {
      g_autofree char *valid = g_utf8_make_valid (*values, -1);

      json_array_add_string_element (array, valid);
    }
  json_object_set_array_member (object, name, array);
}

/* Sets the error; @format is a whole sentence that names the field. */
static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID, format, args);
  va_end (args);
  return FALSE;
}

static gboolean
check_string_node (JsonNode *node, const char *name, gsize max_bytes, GError **error)
{
  const char *text;

  if (!holds (node, G_TYPE_STRING))
    return fail (error, _ ("Field “%s” is not text"), name);
  text = json_node_get_string (node);
  if (strlen (text) > max_bytes)
    return fail (error, _ ("Field “%s” is too long"), name);
  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, _ ("Field “%s” is not valid UTF-8"), name);
  return TRUE;
}

gboolean
iw_model_json_check_string (JsonObject *object, const char *name, gsize max_bytes, GError **error)
{
  JsonNode *node = iw_model_json_get (object, name);

  return node == NULL || check_string_node (node, name, max_bytes, error);
}

gboolean
iw_model_json_check_required (JsonObject *object, const char *name, gsize max_bytes, GError **error)
{
  JsonNode *node = iw_model_json_get (object, name);

  if (node == NULL)
    return fail (error, _ ("Field “%s” is missing"), name);
  if (!check_string_node (node, name, max_bytes, error))
    return FALSE;
  return *json_node_get_string (node) != '\0' || fail (error, _ ("Field “%s” is empty"), name);
}

gboolean
iw_model_json_check_int (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = iw_model_json_get (object, name);

  return node == NULL || holds (node, G_TYPE_INT64) ||
         fail (error, _ ("Field “%s” is not a whole number"), name);
}

gboolean
iw_model_json_check_boolean (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = iw_model_json_get (object, name);

  return node == NULL || holds (node, G_TYPE_BOOLEAN) ||
         fail (error, _ ("Field “%s” is neither true nor false"), name);
}

gboolean
iw_model_json_check_object (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = iw_model_json_get (object, name);

  return node == NULL || JSON_NODE_HOLDS_OBJECT (node) ||
         fail (error, _ ("Field “%s” is not an object"), name);
}

gboolean
iw_model_json_check_time (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = iw_model_json_get (object, name);
  IwTime time;

  if (node == NULL)
    return TRUE;
  if (!check_string_node (node, name, 64, error))
    return FALSE;
  return iw_time_parse_rfc3339 (json_node_get_string (node), NULL, &time) ||
         fail (error, _ ("Field “%s” is not a time such as 2026-11-03T14:05:00Z"), name);
}

gboolean
iw_model_json_check_strings (JsonObject *object,
                             const char *name,
                             guint max_items,
                             gsize max_bytes,
                             GError **error)
{
  JsonNode *node = iw_model_json_get (object, name);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, _ ("Field “%s” is not a list"), name);
  array = json_node_get_array (node);
  if (json_array_get_length (array) > max_items)
    return fail (error, _ ("Field “%s” has too many items"), name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!check_string_node (json_array_get_element (array, i), name, max_bytes, error))
      return FALSE;
  return TRUE;
}
