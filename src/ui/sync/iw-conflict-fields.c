#include "config.h"

#include "iw-conflict-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-form-kind.h"
#include "iw-json-pointer.h"
#include "iw-model-json.h"
#include "iw-time.h"

void
iw_conflict_field_free (IwConflictField *field)
{
  g_free (field->pointer);
  g_free (field->label);
  g_free (field->winner);
  g_free (field->other);
  g_free (field->base);
  g_free (field->edited);
  g_free (field);
}

void
iw_settled_field_free (IwSettledField *field)
{
  g_free (field->label);
  g_free (field->text);
  g_free (field);
}

/* ---- labels ---- */

/* Members that no form has. */
static const struct
{
  const char *member;
  const char *label;
} labels[] = {
  { "text", NC_ ("member", "Text") },
  { "kind", NC_ ("member", "Kind") },
  { "occurred_at", NC_ ("member", "Occurred") },
  { "occurred_end", NC_ ("member", "Ended") },
  { "occurred_zone", NC_ ("member", "Time Zone") },
  { "discovered_at", NC_ ("member", "Discovered") },
  { "actor", NC_ ("member", "Actor") },
  { "team", NC_ ("member", "Team") },
  { "source", NC_ ("member", "Source") },
  { "confidence", NC_ ("member", "Confidence") },
  { "key", NC_ ("member", "Key Event") },
  { "tags", NC_ ("member", "Tags") },
  { "links", NC_ ("member", "Links") },
  { "title", NC_ ("member", "Title") },
  { "summary", NC_ ("member", "Summary") },
  { "zone", NC_ ("member", "Time Zone") },
  { "name", NC_ ("member", "Name") },
  { "collected_at", NC_ ("member", "Collected") },
  { "collected_by", NC_ ("member", "Collected By") },
  { "origin", NC_ ("member", "Origin") },
  { "skew_us", NC_ ("member", "Clock Correction") },
  { "modified_at", NC_ ("member", "Changed") },
  { "modified_by", NC_ ("member", "Changed By") },
};

static const IwFormField *
form_field (JsonObject *body, const char *member)
{
  const IwFormKind *kind = iw_form_kind_of_document (iw_model_json_get_text (body, "type"));

  return kind != NULL ? iw_form_kind_field (kind, member) : NULL;
}

char *
iw_conflict_field_label (JsonObject *body, const char *pointer)
{
  g_auto (GStrv) parts = iw_json_pointer_parts (pointer);
  const char *member = parts[0] != NULL ? parts[0] : "";
  const IwFormField *field = form_field (body, member);
  const char *label = field != NULL ? iw_form_field_label (field) : NULL;

  for (guint i = 0; label == NULL && i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].member, member))
      label = g_dpgettext2 (GETTEXT_PACKAGE, "member", labels[i].label);
  if (label == NULL)
    label = member;
  if (parts[0] != NULL && parts[1] != NULL)
    {
      g_autofree char *rest = g_strjoinv (" › ", parts + 1);

      return g_strconcat (label, " › ", rest, NULL);
    }
  return g_strdup (label);
}

/* ---- values as text ---- */

static gboolean
is_list_of_texts (JsonNode *node)
{
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) != G_TYPE_STRING)
      return FALSE;
  return TRUE;
}

static char *
join_lines (JsonArray *array)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            json_array_get_string_element (array, i));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Times and choices as the forms show them. */
static char *
words_of (const char *value, const IwFormField *field, const char *member, GTimeZone *zone)
{
  IwTime time;

  if (field != NULL && field->input == IW_INPUT_CHOICE)
    return g_strdup (iw_form_field_choice_label (field, value));
  if (g_str_has_suffix (member, "_at") || g_str_has_suffix (member, "_end") ||
      (field != NULL && field->input == IW_INPUT_TIME))
    if (iw_time_parse_rfc3339 (value, NULL, &time))
      return iw_time_format_with_zone (time, zone);
  return g_strdup (value);
}

static char *
text_of (JsonNode *node, JsonObject *body, const char *pointer, GTimeZone *zone)
{
  g_auto (GStrv) parts = iw_json_pointer_parts (pointer);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (is_list_of_texts (node))
    return join_lines (json_node_get_array (node));
  if (!JSON_NODE_HOLDS_VALUE (node))
    return json_to_string (node, TRUE);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return words_of (json_node_get_string (node), form_field (body, parts[0]), parts[0], zone);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _ ("Yes") : _ ("No"));
  return json_to_string (node, FALSE);
}

static gboolean
is_free_text (JsonNode *node)
{
  return node == NULL ||
         (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING);
}

/* What a form would have a text field for: no times, no choices, no ids. */
static gboolean
may_edit (JsonObject *body, const char *pointer, JsonNode *winner, JsonNode *other, gboolean lines)
{
  g_auto (GStrv) parts = iw_json_pointer_parts (pointer);
  const IwFormField *field = parts[0] != NULL ? form_field (body, parts[0]) : NULL;

  if (lines)
    return field == NULL || field->input == IW_INPUT_LINES;
  if (!is_free_text (winner) || !is_free_text (other) || parts[0] == NULL)
    return FALSE;
  if (g_str_has_suffix (parts[0], "_at") || g_str_has_suffix (parts[0], "_end") ||
      g_str_equal (parts[0], "kind") || g_str_equal (parts[0], "type") ||
      g_str_equal (parts[0], "confidence"))
    return FALSE;
  return field == NULL || field->input == IW_INPUT_TEXT || field->input == IW_INPUT_LONG ||
         field->input == IW_INPUT_PERSON || field->input == IW_INPUT_TEAM;
}

/* ---- the fields ---- */

static IwConflictField *
field_new (JsonObject *winner,
           JsonObject *other,
           JsonObject *base,
           JsonObject *merged,
           const char *pointer,
           GTimeZone *zone)
{
  IwConflictField *field = g_new0 (IwConflictField, 1);
  JsonNode *a = iw_json_pointer_get (winner, merged, pointer);
  JsonNode *b = iw_json_pointer_get (other, merged, pointer);
  JsonNode *c = iw_json_pointer_get (base, merged, pointer);

  field->pointer = g_strdup (pointer);
  field->label = iw_conflict_field_label (merged, pointer);
  field->winner = text_of (a, merged, pointer, zone);
  field->other = text_of (b, merged, pointer, zone);
  field->base = text_of (c, merged, pointer, zone);
  field->lines = (a == NULL || is_list_of_texts (a)) && (b == NULL || is_list_of_texts (b)) &&
                 (a != NULL || b != NULL);
  field->editable = may_edit (merged, pointer, a, b, field->lines);
  return field;
}

GPtrArray *
iw_conflict_fields_new (JsonObject *winner,
                        JsonObject *other,
                        JsonObject *base,
                        JsonObject *merged,
                        const char *const *open,
                        GTimeZone *zone)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_conflict_field_free);

  for (guint i = 0; open[i] != NULL; i++)
    if (*open[i] != '\0')
      g_ptr_array_add (fields, field_new (winner, other, base, merged, open[i], zone));
  return fields;
}

static gboolean
same_node (JsonNode *a, JsonNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return json_node_equal (a, b);
}

/* Whether @member, or something in it, is open. */
static gboolean
is_open (const char *member, const char *const *open)
{
  for (guint i = 0; open[i] != NULL; i++)
    {
      g_auto (GStrv) parts = iw_json_pointer_parts (open[i]);

      if (g_strcmp0 (parts[0], member) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_settled (GPtrArray *settled, JsonObject *merged, const char *member, GTimeZone *zone)
{
  g_autoptr (GString) pointer = g_string_new (member);
  IwSettledField *field = g_new0 (IwSettledField, 1);

  g_string_replace (pointer, "~", "~0", 0);
  g_string_replace (pointer, "/", "~1", 0);
  g_string_prepend_c (pointer, '/');
  field->label = iw_conflict_field_label (merged, pointer->str);
  field->text = text_of (json_object_get_member (merged, member), merged, pointer->str, zone);
  g_ptr_array_add (settled, field);
}

static void
add_members (GHashTable *members, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    g_hash_table_add (members, (gpointer)name);
}

GPtrArray *
iw_conflict_fields_settled (JsonObject *winner,
                            JsonObject *other,
                            JsonObject *merged,
                            const char *const *open,
                            GTimeZone *zone)
{
  GPtrArray *settled = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_settled_field_free);
  g_autoptr (GHashTable) members = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) sorted = NULL;

  add_members (members, winner);
  add_members (members, other);
  sorted = g_hash_table_get_keys_as_ptr_array (members);
  g_ptr_array_sort_values (sorted, (GCompareFunc)g_strcmp0);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *member = sorted->pdata[i];

      if (!g_str_has_prefix (member, "modified_") && !is_open (member, open) &&
          !same_node (json_object_get_member (winner, member),
                      json_object_get_member (other, member)))
        add_settled (settled, merged, member, zone);
    }
  return settled;
}

void
iw_conflict_field_pick (IwConflictField *field, IwPick pick, const char *edited)
{
  field->pick = pick;
  if (pick == IW_PICK_EDITED)
    g_set_str (&field->edited, edited);
}

gboolean
iw_conflict_fields_are_decided (GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    if (((IwConflictField *)fields->pdata[i])->pick == IW_PICK_NONE)
      return FALSE;
  return TRUE;
}

/* ---- the outcome ---- */

/* NULL where nothing is left of it. (transfer full) */
static JsonNode *
edited_node (IwConflictField *field)
{
  JsonNode *node;
  JsonArray *array;
  g_auto (GStrv) lines = NULL;

  if (field->edited == NULL || *field->edited == '\0')
    return NULL;
  if (!field->lines)
    return json_node_init_string (json_node_alloc (), field->edited);
  node = json_node_new (JSON_NODE_ARRAY);
  array = json_array_new ();
  lines = g_strsplit (field->edited, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      json_array_add_string_element (array, lines[i]);
  json_node_take_array (node, array);
  return node;
}

JsonObject *
iw_conflict_fields_apply (GPtrArray *fields,
                          JsonObject *winner,
                          JsonObject *other,
                          JsonObject *merged)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) copy = NULL;
  g_autofree char *text = NULL;
  JsonObject *body;

  json_node_set_object (node, merged);
  text = json_to_string (node, FALSE);
  copy = json_from_string (text, NULL);
  body = json_node_dup_object (copy);
  for (guint i = 0; i < fields->len; i++)
    {
      IwConflictField *field = fields->pdata[i];
      g_autoptr (JsonNode) edited = NULL;

      if (field->pick == IW_PICK_EDITED)
        {
          edited = edited_node (field);
          iw_json_pointer_set (body, field->pointer, edited);
        }
      else
        iw_json_pointer_set (body, field->pointer,
                             iw_json_pointer_get (field->pick == IW_PICK_OTHER ? other : winner,
                                                  merged, field->pointer));
    }
  return body;
}
