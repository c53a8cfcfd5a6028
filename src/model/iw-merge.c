/* Three-way merge of documents: members, sets, lists by id, stamps. Texts: iw-diff3.c. */
#include "iw-merge.h"

#include <string.h>

#include "iw-diff3.h"
#include "iw-model-json.h"
#include "iw-time.h"

/* Fewer may be a name, and half of one and half of another is somebody else. */
#define TEXT_WORDS 4

typedef struct
{
  GString *pointer; /* to what is being looked at */
  GPtrArray *open;
} Merge;

static JsonNode *merge_nodes (Merge *self, JsonNode *base, JsonNode *ours, JsonNode *theirs);

/* ---- places ---- */

/* Returns what leave() goes back to. */
static gsize
enter (Merge *self, const char *name)
{
  gsize before = self->pointer->len;

  g_string_append_c (self->pointer, '/');
  for (const char *p = name; *p != '\0'; p++)
    if (*p == '~')
      g_string_append (self->pointer, "~0");
    else if (*p == '/')
      g_string_append (self->pointer, "~1");
    else
      g_string_append_c (self->pointer, *p);
  return before;
}

static void
leave (Merge *self, gsize before)
{
  g_string_truncate (self->pointer, before);
}

static void
leave_open (Merge *self)
{
  g_ptr_array_add (self->open, g_strdup (self->pointer->str));
}

/* ---- values ---- */

static gboolean
equal (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static JsonNode *
copy (JsonNode *node)
{
  return node != NULL ? iw_model_json_copy_node (node) : NULL;
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
array_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
node_of_object (JsonObject *object)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

static JsonNode *
node_of_array (JsonArray *array)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_array (node, array);
  json_array_unref (array);
  return node;
}

/* ---- texts ---- */

static gboolean
is_text (const char *text)
{
  guint words = 0;

  for (const char *p = text; *p != '\0' && words < TEXT_WORDS;)
    {
      if (*p == '\n')
        return TRUE;
      while (*p == ' ' || *p == '\t')
        p++;
      words += *p != '\0' && *p != '\n';
      while (*p != '\0' && *p != ' ' && *p != '\t' && *p != '\n')
        p++;
    }
  return words >= TEXT_WORDS;
}

char *
iw_merge_text (const char *base, const char *ours, const char *theirs)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (ours != NULL, NULL);
  g_return_val_if_fail (theirs != NULL, NULL);

  if (strcmp (ours, theirs) == 0)
    return g_strdup (ours);
  if (base == NULL || strlen (base) > G_MAXINT32 || strlen (ours) > G_MAXINT32 ||
      strlen (theirs) > G_MAXINT32)
    return NULL;
  out = g_string_new (NULL);
  if (!iw_diff3 ((IwDiff3Text){ base, strlen (base) }, (IwDiff3Text){ ours, strlen (ours) },
                 (IwDiff3Text){ theirs, strlen (theirs) }, IW_DIFF3_LINES, out))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static JsonNode *
merge_strings (const char *base, const char *ours, const char *theirs)
{
  g_autofree char *merged = NULL;

  if (base == NULL || !(is_text (base) || is_text (ours) || is_text (theirs)))
    return NULL;
  merged = iw_merge_text (base, ours, theirs);
  return merged != NULL ? json_node_init_string (json_node_alloc (), merged) : NULL;
}

/* ---- lists ---- */

/* The name an element is known by in its list: a string itself, an object's "id" or "name". NULL:
 * none. */
static const char *
key_of (JsonNode *node)
{
  JsonObject *object = object_of (node);
  const char *id;

  if (object == NULL)
    return iw_model_json_text_of (node, NULL);
  id = iw_model_json_get_string (object, "id");
  return id != NULL ? id : iw_model_json_get_string (object, "name");
}

/* (element-type utf8 JsonNode) by key, nothing owned; NULL where the elements are not known by
 * name, or are of both kinds, or an object comes twice. An absent list is an empty one. */
static GHashTable *
index_list (JsonArray *array, gboolean *objects)
{
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *key = key_of (node);
      gboolean is_object = object_of (node) != NULL;

      if (key == NULL || (*objects != is_object && g_hash_table_size (index) > 0))
        return NULL;
      *objects = is_object;
      if (!g_hash_table_insert (index, (gpointer)key, node) && is_object)
        return NULL;
    }
  return g_steal_pointer (&index);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Those of the base in its order, then what either side added, by name. (transfer container) */
static GPtrArray *
order_keys (JsonArray *base, GHashTable *in_base, GHashTable *ours, GHashTable *theirs)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  GHashTable *sides[] = { ours, theirs };

  for (guint i = 0; base != NULL && i < json_array_get_length (base); i++)
    {
      const char *key = key_of (json_array_get_element (base, i));

      if (g_hash_table_add (seen, (gpointer)key))
        g_ptr_array_add (keys, (gpointer)key);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      GHashTableIter iter;
      gpointer key;

      g_hash_table_iter_init (&iter, sides[i]);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (g_hash_table_add (seen, key))
          g_ptr_array_add (added, key);
    }
  g_ptr_array_sort (added, compare_keys);
  g_ptr_array_extend (keys, added, NULL, NULL);
  return keys;
}

static JsonNode *
merge_lists (Merge *self, JsonArray *base, JsonArray *ours, JsonArray *theirs)
{
  gboolean b_objects = FALSE, o_objects = FALSE, t_objects = FALSE;
  g_autoptr (GHashTable) in_base = index_list (base, &b_objects);
  g_autoptr (GHashTable) in_ours = index_list (ours, &o_objects);
  g_autoptr (GHashTable) in_theirs = index_list (theirs, &t_objects);
  g_autoptr (GPtrArray) keys = NULL;
  JsonArray *merged;

  if (in_base == NULL || in_ours == NULL || in_theirs == NULL ||
      (g_hash_table_size (in_ours) > 0 && g_hash_table_size (in_theirs) > 0 &&
       o_objects != t_objects))
    return NULL;
  keys = order_keys (base, in_base, in_ours, in_theirs);
  merged = json_array_new ();
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *position = g_strdup_printf ("%u", json_array_get_length (merged));
      JsonNode *own = g_hash_table_lookup (in_ours, keys->pdata[i]);
      /* What is not in the result has no place of its own. */
      gsize before = own != NULL ? enter (self, position) : self->pointer->len;
      JsonNode *node = merge_nodes (self, g_hash_table_lookup (in_base, keys->pdata[i]), own,
                                    g_hash_table_lookup (in_theirs, keys->pdata[i]));

      leave (self, before);
      if (node != NULL)
        json_array_add_element (merged, node);
    }
  return node_of_array (merged);
}

/* ---- objects ---- */

static void
add_names (GHashTable *seen, GPtrArray *names, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;

  if (object == NULL)
    return;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (g_hash_table_add (seen, (gpointer)name))
      g_ptr_array_add (names, (gpointer)name);
}

static JsonNode *
member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static JsonObject *
merge_members (Merge *self, JsonObject *base, JsonObject *ours, JsonObject *theirs)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObject *merged = json_object_new ();

  add_names (seen, names, ours);
  add_names (seen, names, theirs);
  g_ptr_array_sort (names, compare_keys);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      gsize before = enter (self, name);
      JsonNode *node =
          merge_nodes (self, member (base, name), member (ours, name), member (theirs, name));

      leave (self, before);
      if (node != NULL)
        json_object_set_member (merged, name, node);
    }
  return merged;
}

/* (transfer full), NULL where the member goes. */
static JsonNode *
merge_nodes (Merge *self, JsonNode *base, JsonNode *ours, JsonNode *theirs)
{
  JsonNode *merged = NULL;

  if (equal (ours, theirs) || equal (base, theirs))
    return copy (ours);
  if (equal (base, ours))
    return copy (theirs);
  if (object_of (ours) != NULL && object_of (theirs) != NULL)
    return node_of_object (
        merge_members (self, object_of (base), object_of (ours), object_of (theirs)));
  if (array_of (ours) != NULL && array_of (theirs) != NULL)
    merged = merge_lists (self, array_of (base), array_of (ours), array_of (theirs));
  else if (iw_model_json_text_of (ours, NULL) != NULL &&
           iw_model_json_text_of (theirs, NULL) != NULL)
    merged = merge_strings (iw_model_json_text_of (base, NULL), iw_model_json_text_of (ours, NULL),
                            iw_model_json_text_of (theirs, NULL));
  if (merged != NULL)
    return merged;
  leave_open (self);
  return copy (ours);
}

/* ---- stamps ---- */

static void
take (JsonObject *to, JsonObject *from, const char *name)
{
  JsonNode *node = json_object_get_member (from, name);

  if (node != NULL)
    json_object_set_member (to, name, copy (node));
  else if (json_object_has_member (to, name))
    json_object_remove_member (to, name);
}

/* Which of the two is the later; for equal times some order that both sides share. What is no time
 * counts as @unset. */
static int
compare_stamps (JsonObject *a, JsonObject *b, const char *at, const char *by, gint64 unset)
{
  IwTime time_a = iw_model_json_get_time (a, at), time_b = iw_model_json_get_time (b, at);
  gint64 us_a = iw_time_is_set (time_a) ? time_a.us : unset;
  gint64 us_b = iw_time_is_set (time_b) ? time_b.us : unset;
  int order;

  if (us_a != us_b)
    return us_a < us_b ? -1 : 1;
  order = g_strcmp0 (iw_model_json_get_string (a, at), iw_model_json_get_string (b, at));
  return order != 0
             ? order
             : g_strcmp0 (iw_model_json_get_string (a, by), iw_model_json_get_string (b, by));
}

/* Both of a pair are of one side; where nothing tells them apart they are members like others. */
static void
settle_stamps (JsonObject *ours, JsonObject *theirs)
{
  int modified = compare_stamps (ours, theirs, "modified_at", "modified_by", IW_TIME_MIN);
  int created = compare_stamps (ours, theirs, "created_at", "created_by", IW_TIME_MAX);

  if (modified != 0)
    {
      take (modified < 0 ? ours : theirs, modified < 0 ? theirs : ours, "modified_at");
      take (modified < 0 ? ours : theirs, modified < 0 ? theirs : ours, "modified_by");
    }
  if (created != 0)
    {
      take (created > 0 ? ours : theirs, created > 0 ? theirs : ours, "created_at");
      take (created > 0 ? ours : theirs, created > 0 ? theirs : ours, "created_by");
    }
}

JsonObject *
iw_merge_objects (JsonObject *base, JsonObject *ours, JsonObject *theirs, GPtrArray *open)
{
  g_autoptr (GString) pointer = g_string_new (NULL);
  Merge self = { pointer, open };
  g_autoptr (JsonObject) a = NULL;
  g_autoptr (JsonObject) b = NULL;

  g_return_val_if_fail (ours != NULL, NULL);
  g_return_val_if_fail (theirs != NULL, NULL);
  g_return_val_if_fail (open != NULL, NULL);

  a = iw_model_json_copy (ours);
  b = iw_model_json_copy (theirs);
  settle_stamps (a, b);
  return merge_members (&self, base, a, b);
}
