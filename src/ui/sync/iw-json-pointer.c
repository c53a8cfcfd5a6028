#include "config.h"

#include "iw-json-pointer.h"

char **
iw_json_pointer_parts (const char *pointer)
{
  char **parts = g_strsplit (*pointer == '/' ? pointer + 1 : pointer, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GString) part = g_string_new (parts[i]);

      g_string_replace (part, "~1", "/", 0);
      g_string_replace (part, "~0", "~", 0);
      g_free (parts[i]);
      parts[i] = g_string_free_and_steal (g_steal_pointer (&part));
    }
  return parts;
}

static gboolean
read_index (const char *part, JsonArray *array, guint *index)
{
  guint64 n;

  if (!g_ascii_string_to_unsigned (part, 10, 0, G_MAXUINT, &n, NULL) ||
      n >= json_array_get_length (array))
    return FALSE;
  *index = (guint)n;
  return TRUE;
}

/* What an element of a list goes by; NULL where it has no name. */
static const char *
name_of (JsonNode *node)
{
  static const char *const members[] = { "id", "name" };

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *name = json_object_get_member (json_node_get_object (node), members[i]);

      if (name != NULL && json_node_get_value_type (name) == G_TYPE_STRING)
        return json_node_get_string (name);
    }
  return NULL;
}

static JsonNode *
element (JsonArray *array, JsonNode *reference, const char *part)
{
  const char *name = NULL;
  guint index;

  if (reference != NULL && JSON_NODE_HOLDS_ARRAY (reference) &&
      read_index (part, json_node_get_array (reference), &index))
    name = name_of (json_array_get_element (json_node_get_array (reference), index));
  if (name == NULL)
    return read_index (part, array, &index) ? json_array_get_element (array, index) : NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (name_of (json_array_get_element (array, i)), name) == 0)
      return json_array_get_element (array, i);
  return NULL;
}

static JsonNode *
step (JsonNode *node, JsonNode *reference, const char *part)
{
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), part);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return element (json_node_get_array (node), reference, part);
  return NULL;
}

JsonNode *
iw_json_pointer_get (JsonObject *object, JsonObject *reference, const char *pointer)
{
  g_auto (GStrv) parts = iw_json_pointer_parts (pointer);
  JsonNode *node, *along = NULL;

  if (object == NULL || parts[0] == NULL)
    return NULL;
  node = json_object_get_member (object, parts[0]);
  if (reference != NULL)
    along = json_object_get_member (reference, parts[0]);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      node = step (node, along, parts[i]);
      along = step (along, NULL, parts[i]);
    }
  return node;
}

gboolean
iw_json_pointer_set (JsonObject *object, const char *pointer, JsonNode *node)
{
  g_auto (GStrv) parts = iw_json_pointer_parts (pointer);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  guint last = g_strv_length (parts), index;
  JsonNode *holder = root;

  if (last == 0)
    return FALSE;
  json_node_set_object (root, object);
  for (guint i = 0; i + 1 < last; i++)
    holder = step (holder, NULL, parts[i]);
  if (holder != NULL && JSON_NODE_HOLDS_OBJECT (holder))
    {
      if (node != NULL)
        json_object_set_member (json_node_get_object (holder), parts[last - 1],
                                json_node_copy (node));
      else
        json_object_remove_member (json_node_get_object (holder), parts[last - 1]);
      return TRUE;
    }
  if (holder == NULL || !JSON_NODE_HOLDS_ARRAY (holder) ||
      !read_index (parts[last - 1], json_node_get_array (holder), &index))
    return FALSE;
  json_array_remove_element (json_node_get_array (holder), index);
  if (node != NULL)
    {
      /* json-glib has no insert: the rest goes behind it again. */
      JsonArray *array = json_node_get_array (holder);
      g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);

      while (json_array_get_length (array) > index)
        {
          g_ptr_array_add (rest, json_array_dup_element (array, index));
          json_array_remove_element (array, index);
        }
      json_array_add_element (array, json_node_copy (node));
      for (guint i = 0; i < rest->len; i++)
        json_array_add_element (array, json_node_copy (rest->pdata[i]));
    }
  return TRUE;
}
