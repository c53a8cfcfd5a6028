#include "iw-entry.h"

#include "iw-entry-private.h"
#include "iw-model-json.h"

G_DEFINE_FINAL_TYPE (IwEntry, iw_entry, G_TYPE_OBJECT)

void
iw_entry_forget (IwEntry *self)
{
  self->times_known = FALSE;
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->link_places, g_array_unref);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->fields, g_hash_table_unref);
}

static void
iw_entry_finalize (GObject *object)
{
  IwEntry *self = IW_ENTRY (object);

  iw_entry_forget (self);
  g_free (self->docid);
  g_free (self->rev);
  g_clear_pointer (&self->body, json_object_unref);
  G_OBJECT_CLASS (iw_entry_parent_class)->finalize (object);
}

static void
iw_entry_class_init (IwEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_entry_finalize;
}

static void
iw_entry_init (IwEntry *self)
{
}

/* Takes @body. */
static IwEntry *
wrap (const char *docid, JsonObject *body)
{
  IwEntry *self = g_object_new (IW_TYPE_ENTRY, NULL);

  self->docid = g_strdup (docid);
  self->body = body;
  return self;
}

IwEntry *
iw_entry_new (const char *incident, IwEntryKind kind, const char *text)
{
  JsonObject *body;

  g_return_val_if_fail (incident != NULL, NULL);
  g_return_val_if_fail (kind < IW_ENTRY_UNKNOWN, NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "type", "entry");
  json_object_set_int_member (body, "v", 1);
  json_object_set_string_member (body, "incident", incident);
  json_object_set_string_member (body, "kind", iw_entry_kind_to_string (kind));
  iw_model_json_set_string (body, "text", text);
  return wrap (NULL, body);
}

IwEntry *
iw_entry_new_from_json (const char *docid, JsonObject *body, GError **error)
{
  g_return_val_if_fail (body != NULL, NULL);

  if (!iw_entry_check_body (body, error))
    return NULL;
  return wrap (docid, iw_model_json_copy (body));
}

JsonObject *
iw_entry_to_json (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), NULL);

  return iw_model_json_copy (self->body);
}

IwEntry *
iw_entry_copy (IwEntry *self)
{
  IwEntry *copy;

  g_return_val_if_fail (IW_IS_ENTRY (self), NULL);

  copy = wrap (self->docid, iw_model_json_copy (self->body));
  copy->rev = g_strdup (self->rev);
  return copy;
}

const char *
iw_entry_get_id (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), NULL);

  return self->docid;
}

void
iw_entry_set_id (IwEntry *self, const char *docid)
{
  g_return_if_fail (IW_IS_ENTRY (self));

  g_set_str (&self->docid, docid);
}

const char *
iw_entry_get_rev (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), NULL);

  return self->rev;
}

void
iw_entry_set_rev (IwEntry *self, const char *rev)
{
  g_return_if_fail (IW_IS_ENTRY (self));

  g_set_str (&self->rev, rev);
}

static const char *
get_string (IwEntry *self, const char *name)
{
  const char *text;

  g_return_val_if_fail (IW_IS_ENTRY (self), "");

  text = iw_model_json_get_string (self->body, name);
  return text != NULL ? text : "";
}

static void
set_string (IwEntry *self, const char *name, const char *value)
{
  g_return_if_fail (IW_IS_ENTRY (self));

  iw_model_json_set_string (self->body, name, value);
  iw_entry_forget (self);
}

static void
set_time (IwEntry *self, const char *name, IwTime time)
{
  g_return_if_fail (IW_IS_ENTRY (self));

  iw_model_json_set_time (self->body, name, time);
  iw_entry_forget (self);
}

const char *
iw_entry_get_incident (IwEntry *self)
{
  return get_string (self, "incident");
}

IwEntryKind
iw_entry_get_kind (IwEntry *self)
{
  return iw_entry_kind_from_string (get_string (self, "kind"));
}

void
iw_entry_set_kind (IwEntry *self, IwEntryKind kind)
{
  /* The text of a kind that this version does not know must not be lost. */
  g_return_if_fail (kind < IW_ENTRY_UNKNOWN);

  set_string (self, "kind", iw_entry_kind_to_string (kind));
}

const char *
iw_entry_get_text (IwEntry *self)
{
  return get_string (self, "text");
}

void
iw_entry_set_text (IwEntry *self, const char *text)
{
  set_string (self, "text", text);
}

/* The timeline asks each entry for these again and again while it sorts. */
static void
read_times (IwEntry *self)
{
  IwTime time;

  if (self->times_known)
    return;
  self->occurred = time = iw_model_json_get_time (self->body, "occurred_at");
  if (!iw_time_is_set (time))
    time = iw_model_json_get_time (self->body, "discovered_at");
  if (!iw_time_is_set (time))
    time = iw_model_json_get_time (self->body, "recorded_at");
  self->sort_time = iw_time_is_set (time) ? time : IW_TIME_NONE;
  self->times_known = TRUE;
}

IwTime
iw_entry_get_occurred (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), IW_TIME_NONE);

  read_times (self);
  return self->occurred;
}

void
iw_entry_set_occurred (IwEntry *self, IwTime time)
{
  set_time (self, "occurred_at", time);
}

IwTime
iw_entry_get_occurred_end (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), IW_TIME_NONE);

  return iw_model_json_get_time (self->body, "occurred_end");
}

void
iw_entry_set_occurred_end (IwEntry *self, IwTime time)
{
  set_time (self, "occurred_end", time);
}

IwTime
iw_entry_get_discovered (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), IW_TIME_NONE);

  return iw_model_json_get_time (self->body, "discovered_at");
}

void
iw_entry_set_discovered (IwEntry *self, IwTime time)
{
  set_time (self, "discovered_at", time);
}

IwTime
iw_entry_get_recorded (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), IW_TIME_NONE);

  return iw_model_json_get_time (self->body, "recorded_at");
}

void
iw_entry_set_recorded (IwEntry *self, IwTime time)
{
  set_time (self, "recorded_at", time);
}

gint64
iw_entry_get_sort_time (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), 0);

  read_times (self);
  return self->sort_time.us;
}

IwPrecision
iw_entry_get_sort_precision (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), IW_PRECISION_UNKNOWN);

  read_times (self);
  return self->sort_time.precision;
}

const char *
iw_entry_get_zone (IwEntry *self)
{
  return get_string (self, "occurred_zone");
}

void
iw_entry_set_zone (IwEntry *self, const char *zone)
{
  set_string (self, "occurred_zone", zone);
}

const char *
iw_entry_get_actor (IwEntry *self)
{
  return get_string (self, "actor");
}

void
iw_entry_set_actor (IwEntry *self, const char *actor)
{
  set_string (self, "actor", actor);
}

const char *
iw_entry_get_team (IwEntry *self)
{
  return get_string (self, "team");
}

void
iw_entry_set_team (IwEntry *self, const char *team)
{
  set_string (self, "team", team);
}

const char *
iw_entry_get_source (IwEntry *self)
{
  return get_string (self, "source");
}

void
iw_entry_set_source (IwEntry *self, const char *source)
{
  set_string (self, "source", source);
}

IwConfidence
iw_entry_get_confidence (IwEntry *self)
{
  return iw_confidence_from_string (get_string (self, "confidence"));
}

void
iw_entry_set_confidence (IwEntry *self, IwConfidence confidence)
{
  set_string (self, "confidence", iw_confidence_to_string (confidence));
}

gboolean
iw_entry_get_key (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), FALSE);

  return json_object_get_boolean_member_with_default (self->body, "key", FALSE);
}

void
iw_entry_set_key (IwEntry *self, gboolean key)
{
  g_return_if_fail (IW_IS_ENTRY (self));

  if (key)
    json_object_set_boolean_member (self->body, "key", TRUE);
  else
    json_object_remove_member (self->body, "key");
  iw_entry_forget (self);
}

const char *const *
iw_entry_get_tags (IwEntry *self)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), NULL);

  if (self->tags == NULL)
    self->tags = iw_model_json_get_strings (self->body, "tags");
  return (const char *const *)self->tags;
}

void
iw_entry_set_tags (IwEntry *self, const char *const *tags)
{
  g_return_if_fail (IW_IS_ENTRY (self));

  iw_model_json_set_strings (self->body, "tags", tags);
  iw_entry_forget (self);
}

/* A number as text, kept so that the caller need not free it. */
static const char *
number_text (IwEntry *self, const char *name, JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *text;

  if (self->fields == NULL)
    self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  text = g_hash_table_lookup (self->fields, name);
  if (text != NULL)
    return text;

  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    text = g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
  else
    text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  g_hash_table_insert (self->fields, g_strdup (name), text);
  return text;
}

const char *
iw_entry_get_field (IwEntry *self, const char *name)
{
  JsonNode *node;
  GType type;

  g_return_val_if_fail (IW_IS_ENTRY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  node = iw_model_json_get (self->body, name);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return json_node_get_string (node);
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    return number_text (self, name, node);
  return NULL;
}

void
iw_entry_set_field (IwEntry *self, const char *name, const char *value)
{
  g_return_if_fail (name != NULL);

  set_string (self, name, value);
}

char **
iw_entry_get_list (IwEntry *self, const char *name)
{
  g_return_val_if_fail (IW_IS_ENTRY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return iw_model_json_get_strings (self->body, name);
}

void
iw_entry_set_list (IwEntry *self, const char *name, const char *const *values)
{
  g_return_if_fail (IW_IS_ENTRY (self));
  g_return_if_fail (name != NULL);

  iw_model_json_set_strings (self->body, name, values);
  iw_entry_forget (self);
}
