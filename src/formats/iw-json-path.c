/* Members of foreign JSON by path. */
#include "iw-json-path.h"

#include "iw-model-json.h"

#include <string.h>

static JsonNode *
find (JsonObject *object, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = object != NULL ? json_object_get_member (object, path) : NULL;

  /* Names may have dots themselves: "@odata.type". */
  if (node != NULL)
    return node;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (object == NULL)
        return NULL;
      node = json_object_get_member (object, names[i]);
      object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  return node;
}

const char *
iw_path_text (JsonObject *object, const char *path)
{
  return iw_model_json_text_of (find (object, path), "");
}

JsonArray *
iw_path_array (JsonObject *object, const char *path)
{
  JsonNode *node = find (object, path);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
iw_path_object (JsonObject *object, const char *path)
{
  JsonNode *node = find (object, path);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

double
iw_path_number (JsonObject *object, const char *path, double fallback)
{
  JsonNode *node = find (object, path);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : 0;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : fallback;
}

char *
iw_path_scalar (JsonObject *object, const char *path)
{
  JsonNode *node = find (object, path);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : 0;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  /* A double has no room for ids of 64 bits. */
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (type == G_TYPE_DOUBLE)
    return g_strdup (g_ascii_dtostr (number, sizeof number, json_node_get_double (node)));
  return g_strdup (type == G_TYPE_STRING ? json_node_get_string (node) : "");
}

gboolean
iw_path_tells (const char *text)
{
  static const char *const nothing[] = { "", "Unknown", "NA", "Other", "None" };

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    if (g_ascii_strcasecmp (text, nothing[i]) == 0)
      return FALSE;
  return TRUE;
}

const char *
iw_path_element (JsonArray *array, guint index)
{
  return iw_model_json_text_of (json_array_get_element (array, index), "");
}

char *
iw_path_list (JsonObject *object, const char *path)
{
  JsonArray *array = iw_path_array (object, path);
  GString *text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *word = iw_path_element (array, i);

      if (iw_path_tells (word))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", word);
    }
  return g_string_free (text, FALSE);
}

gboolean
iw_path_has (JsonObject *object, const char *path, const char *text)
{
  JsonArray *array = iw_path_array (object, path);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_ascii_strcasecmp (iw_path_element (array, i), text) == 0)
      return TRUE;
  return FALSE;
}
