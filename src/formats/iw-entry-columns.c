/* iw-entry-columns.c: an entry as columns of a table, and back */
#include "iw-entry-columns.h"

#include "iw-model-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A column and the member of the document that it holds. */
static const struct
{
  const char *column;
  const char *member;
} plain[] = {
  { IW_COLUMN_KIND, "kind" },
  { "occurred_end", "occurred_end" },
  { "discovered_at", "discovered_at" },
  { "recorded_at", "recorded_at" },
  { "zone", "occurred_zone" },
  { "actor", "actor" },
  { "team", "team" },
  { "source", "source" },
  { "confidence", "confidence" },
};

enum
{
  KEY = G_N_ELEMENTS (plain),
  TAGS,
  EXTRA,
  N_COLUMNS
};

const char *const *
iw_entry_columns (guint *n)
{
  static const char *const names[N_COLUMNS + 1] = {
    IW_COLUMN_KIND, "occurred_end", "discovered_at", "recorded_at", "zone", "actor",
    "team",         "source",       "confidence",    "key",         "tags", "entry_extra",
  };

  if (n != NULL)
    *n = N_COLUMNS;
  return names;
}

static gboolean
is_bookkeeping (const char *member)
{
  static const char *const names[] = { "type",       "v",           "incident",    "created_at",
                                       "created_by", "modified_at", "modified_by", NULL };

  return *member == '_' || g_strv_contains (names, member);
}

/* Members that the row or a column says. */
static gboolean
has_column (const char *member)
{
  static const char *const names[] = { "text", "occurred_at", "key", "tags", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (strcmp (member, plain[i].member) == 0)
      return TRUE;
  return g_strv_contains (names, member);
}

static char *
to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (json_object_get_size (object) == 0)
    return g_strdup ("");
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static char *
extra_to_cell (JsonObject *body)
{
  g_autoptr (JsonObject) extra = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (body);

  for (GList *l = members; l != NULL; l = l->next)
    if (!is_bookkeeping (l->data) && !has_column (l->data))
      json_object_set_member (extra, l->data, json_object_dup_member (body, l->data));
  return to_text (extra);
}

char *
iw_tags_to_cell (const char *const *tags)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  if (tags == NULL || tags[0] == NULL)
    return g_strdup ("");
  for (guint i = 0; tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);
  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

static char **
split_tags (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, strchr (text, '|') != NULL ? "|" : ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*g_strstrip (pieces[i]) != '\0')
      g_strv_builder_add (builder, pieces[i]);
  return g_strv_builder_end (builder);
}

char **
iw_tags_from_cell (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  if (*text != '[')
    return split_tags (text);
  node = json_from_string (text, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return split_tags (text);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return split_tags (text);
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  return g_strv_builder_end (builder);
}

char **
iw_entry_to_columns (IwEntry *entry)
{
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);
  char **values = g_new0 (char *, N_COLUMNS + 1);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    values[i] = g_strdup (json_object_get_string_member_with_default (body, plain[i].member, ""));
  values[KEY] = g_strdup (iw_entry_get_key (entry) ? "true" : "");
  values[TAGS] = iw_tags_to_cell (iw_entry_get_tags (entry));
  values[EXTRA] = extra_to_cell (body);
  return values;
}

IwTime
iw_entry_time_and_desc (IwEntry *entry, const char **desc)
{
  IwTime time = iw_entry_get_occurred (entry);

  *desc = IW_DESC_OCCURRED;
  if (iw_time_is_set (time))
    return time;
  time = iw_entry_get_discovered (entry);
  *desc = IW_DESC_DISCOVERED;
  if (iw_time_is_set (time))
    return time;
  *desc = IW_DESC_RECORDED;
  return iw_entry_get_recorded (entry);
}

JsonObject *
iw_entry_content_json (IwEntry *entry)
{
  JsonObject *body = iw_entry_to_json (entry);
  g_autoptr (GList) members = json_object_get_members (body);

  for (GList *l = members; l != NULL; l = l->next)
    if (is_bookkeeping (l->data))
      json_object_remove_member (body, l->data);
  return body;
}

static void
set_identity (JsonObject *body, const char *incident)
{
  json_object_set_string_member (body, "type", "entry");
  json_object_set_int_member (body, "v", 1);
  json_object_set_string_member (body, "incident", incident);
}

/* Takes over what @extra has and no column says; a row cannot name its author or its incident. */
static void
merge (JsonObject *body, JsonObject *extra)
{
  g_autoptr (GList) members = json_object_get_members (extra);

  for (GList *l = members; l != NULL; l = l->next)
    if (!is_bookkeeping (l->data) && !json_object_has_member (body, l->data))
      json_object_set_member (body, l->data, json_object_dup_member (extra, l->data));
}

static gboolean
merge_cell (JsonObject *body, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (*text == '\0')
    return TRUE;
  node = json_from_string (text, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID,
                   _ ("Field “%s” is not a JSON object"), "entry_extra");
      return FALSE;
    }
  merge (body, json_node_get_object (node));
  return TRUE;
}

static void
set_tags (JsonObject *body, const char *cell)
{
  g_auto (GStrv) tags = iw_tags_from_cell (cell);
  JsonArray *array;

  if (tags[0] == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);
  json_object_set_array_member (body, "tags", array);
}

IwEntry *
iw_entry_from_columns (const char *incident,
                       const char *const *values,
                       const char *text,
                       IwTime time,
                       const char *desc,
                       GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *occurred = NULL;

  set_identity (body, incident);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (*values[i] != '\0')
      json_object_set_string_member (body, plain[i].member, values[i]);
  if (*text != '\0')
    json_object_set_string_member (body, "text", text);
  if (strcmp (desc, IW_DESC_DISCOVERED) != 0 && strcmp (desc, IW_DESC_RECORDED) != 0)
    {
      occurred = iw_time_to_rfc3339 (time);
      json_object_set_string_member (body, "occurred_at", occurred);
    }
  if (g_ascii_strcasecmp (values[KEY], "true") == 0 || strcmp (values[KEY], "1") == 0)
    json_object_set_boolean_member (body, "key", TRUE);
  set_tags (body, values[TAGS]);
  if (!merge_cell (body, values[EXTRA], error))
    return NULL;
  return iw_entry_new_from_json (NULL, body, error);
}

IwEntry *
iw_entry_from_content_json (const char *incident, JsonObject *content, GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();

  set_identity (body, incident);
  merge (body, content);
  return iw_entry_new_from_json (NULL, body, error);
}
