#include "config.h"

#include "iw-entry-form-private.h"

#include "iw-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const field_names[IW_N_FIELDS] = {
  [IW_FIELD_KIND] = "kind",
  [IW_FIELD_TEXT] = "text",
  [IW_FIELD_OCCURRED] = "occurred",
  [IW_FIELD_END] = "end",
  [IW_FIELD_DISCOVERED] = "discovered",
  [IW_FIELD_ZONE] = "zone",
  [IW_FIELD_ACTOR] = "actor",
  [IW_FIELD_TEAM] = "team",
  [IW_FIELD_SOURCE] = "source",
  [IW_FIELD_CONFIDENCE] = "confidence",
  [IW_FIELD_KEY] = "key",
  [IW_FIELD_TAGS] = "tags",
  [IW_FIELD_LINKS] = "links",
};

static IwEntryForm *
form_alloc (GTimeZone *zone, gint64 now)
{
  IwEntryForm *self = g_new0 (IwEntryForm, 1);

  g_atomic_ref_count_init (&self->count);
  self->shown_zone = g_time_zone_ref (zone);
  self->zone = g_time_zone_ref (zone);
  self->now = now;
  return self;
}

IwEntryForm *
iw_entry_form_ref (IwEntryForm *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
iw_entry_form_unref (IwEntryForm *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  for (guint i = 0; i < IW_N_FIELDS; i++)
    {
      g_free (self->original[i]);
      g_free (self->current[i]);
      g_free (self->problem[i]);
      g_free (self->hint[i]);
    }
  g_time_zone_unref (self->shown_zone);
  g_time_zone_unref (self->zone);
  g_free (self);
}

/* ---- from an entry to text ---- */

static IwTime
entry_time (IwEntry *entry, IwEntryField field)
{
  if (field == IW_FIELD_OCCURRED)
    return iw_entry_get_occurred (entry);
  if (field == IW_FIELD_END)
    return iw_entry_get_occurred_end (entry);
  return iw_entry_get_discovered (entry);
}

static char *
write_links (IwEntry *entry)
{
  GArray *links = iw_entry_get_links (entry);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < links->len; i++)
    {
      const IwEntryLink *link = &g_array_index (links, IwEntryLink, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %s\n", link->row, link->docid);
    }
  return g_string_free (text, FALSE);
}

static char *
write_field (IwEntry *entry, IwEntryField field, GTimeZone *shown_zone)
{
  g_autoptr (GTimeZone) own_zone = NULL;

  switch (field)
    {
    case IW_FIELD_KIND:
      return g_strdup (iw_entry_kind_to_string (iw_entry_get_kind (entry)));
    case IW_FIELD_TEXT:
      return g_strdup (iw_entry_get_text (entry));
    case IW_FIELD_OCCURRED:
    case IW_FIELD_END:
    case IW_FIELD_DISCOVERED:
      own_zone = iw_entry_form_parse_zone (iw_entry_get_zone (entry));
      return iw_entry_form_write_time (entry_time (entry, field),
                                       own_zone != NULL ? own_zone : shown_zone);
    case IW_FIELD_ZONE:
      return g_strdup (iw_entry_get_zone (entry));
    case IW_FIELD_ACTOR:
      return g_strdup (iw_entry_get_actor (entry));
    case IW_FIELD_TEAM:
      return g_strdup (iw_entry_get_team (entry));
    case IW_FIELD_SOURCE:
      return g_strdup (iw_entry_get_source (entry));
    case IW_FIELD_CONFIDENCE:
      return g_strdup (iw_confidence_to_string (iw_entry_get_confidence (entry)));
    case IW_FIELD_KEY:
      return g_strdup (iw_entry_get_key (entry) ? "true" : "");
    case IW_FIELD_TAGS:
      return g_strjoinv (", ", (char **)iw_entry_get_tags (entry));
    case IW_FIELD_LINKS:
      return write_links (entry);
    case IW_N_FIELDS:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

/* ---- problems ---- */

static void
check (IwEntryForm *self)
{
  g_autofree char *text = g_strstrip (g_strdup (self->current[IW_FIELD_TEXT]));

  iw_entry_form_read_times (self);
  g_clear_pointer (&self->problem[IW_FIELD_TEXT], g_free);
  if (!self->bulk && *text == '\0')
    self->problem[IW_FIELD_TEXT] = g_strdup (_ ("Write what happened."));
}

IwEntryForm *
iw_entry_form_new (IwEntry *entry, GTimeZone *zone, gint64 now)
{
  IwEntryForm *self = form_alloc (zone, now);

  self->is_new = iw_entry_get_id (entry) == NULL;
  for (guint i = 0; i < IW_N_FIELDS; i++)
    {
      self->original[i] = write_field (entry, i, zone);
      self->current[i] = g_strdup (self->original[i]);
      if (IW_FORM_IS_TIME (i))
        self->original_time[i] = entry_time (entry, i);
    }
  check (self);
  return self;
}

static char *
common_value (GPtrArray *entries, IwEntryField field, GTimeZone *zone)
{
  g_autofree char *first = write_field (g_ptr_array_index (entries, 0), field, zone);

  for (guint i = 1; i < entries->len; i++)
    {
      g_autofree char *other = write_field (g_ptr_array_index (entries, i), field, zone);

      if (strcmp (first, other) != 0)
        return NULL;
    }
  return g_steal_pointer (&first);
}

IwEntryForm *
iw_entry_form_new_bulk (GPtrArray *entries, GTimeZone *zone, gint64 now)
{
  IwEntryForm *self = form_alloc (zone, now);

  g_return_val_if_fail (entries->len > 0, self);
  self->bulk = TRUE;
  for (guint i = 0; i < IW_N_FIELDS; i++)
    {
      self->original[i] = common_value (entries, i, zone);
      self->current[i] = g_strdup (self->original[i] != NULL ? self->original[i] : "");
      if (IW_FORM_IS_TIME (i) && self->original[i] != NULL)
        self->original_time[i] = entry_time (g_ptr_array_index (entries, 0), i);
    }
  check (self);
  return self;
}

/* ---- other values of it ---- */

static IwEntryForm *
form_copy (IwEntryForm *self)
{
  IwEntryForm *copy = form_alloc (self->shown_zone, self->now);

  copy->bulk = self->bulk;
  copy->is_new = self->is_new;
  for (guint i = 0; i < IW_N_FIELDS; i++)
    {
      copy->original[i] = g_strdup (self->original[i]);
      copy->current[i] = g_strdup (self->current[i]);
      copy->original_time[i] = self->original_time[i];
    }
  return copy;
}

static void
rewrite_times (IwEntryForm *copy, IwEntryForm *before)
{
  g_autoptr (GTimeZone) zone = iw_entry_form_parse_zone (copy->current[IW_FIELD_ZONE]);

  if (zone == NULL && *copy->current[IW_FIELD_ZONE] != '\0')
    return;
  for (guint i = IW_FIELD_OCCURRED; i <= IW_FIELD_DISCOVERED; i++)
    {
      g_autofree char *untouched = iw_entry_form_write_time (copy->original_time[i], before->zone);

      if (!iw_time_is_set (copy->original_time[i]) || strcmp (untouched, copy->current[i]) != 0)
        continue;
      g_free (copy->current[i]);
      copy->current[i] =
          iw_entry_form_write_time (copy->original_time[i], zone != NULL ? zone : copy->shown_zone);
    }
}

IwEntryForm *
iw_entry_form_set (IwEntryForm *self, IwEntryField field, const char *text)
{
  IwEntryForm *copy;

  g_return_val_if_fail (field < IW_N_FIELDS, iw_entry_form_ref (self));
  if (g_strcmp0 (text != NULL ? text : "", self->current[field]) == 0)
    return iw_entry_form_ref (self);
  copy = form_copy (self);
  g_free (copy->current[field]);
  copy->current[field] = g_strdup (text != NULL ? text : "");
  if (field == IW_FIELD_ZONE)
    rewrite_times (copy, self);
  check (copy);
  return copy;
}

IwEntryForm *
iw_entry_form_remove_link (IwEntryForm *self, guint index)
{
  g_auto (GStrv) lines = g_strsplit (self->current[IW_FIELD_LINKS], "\n", -1);
  g_autoptr (GString) left = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (i != index && *lines[i] != '\0')
      g_string_append_printf (left, "%s\n", lines[i]);
  return iw_entry_form_set (self, IW_FIELD_LINKS, left->str);
}

/* ---- reading ---- */

const char *
iw_entry_form_get (IwEntryForm *self, IwEntryField field)
{
  g_return_val_if_fail (field < IW_N_FIELDS, "");
  return self->current[field];
}

static void
link_clear (gpointer data)
{
  g_free (((IwEntryLink *)data)->docid);
}

GArray *
iw_entry_form_get_links (IwEntryForm *self)
{
  g_auto (GStrv) lines = g_strsplit (self->current[IW_FIELD_LINKS], "\n", -1);
  GArray *links = g_array_new (FALSE, FALSE, sizeof (IwEntryLink));

  g_array_set_clear_func (links, link_clear);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *docid = NULL;
      gint64 row = g_ascii_strtoll (lines[i], &docid, 10);
      IwEntryLink link = { NULL, row };

      if (docid == lines[i] || *docid != ' ' || docid[1] == '\0' || row < 0)
        continue;
      link.docid = g_strdup (docid + 1);
      g_array_append_val (links, link);
    }
  return links;
}

gboolean
iw_entry_form_is_bulk (IwEntryForm *self)
{
  return self->bulk;
}

gboolean
iw_entry_form_is_field_changed (IwEntryForm *self, IwEntryField field)
{
  const char *original = self->original[field] != NULL ? self->original[field] : "";

  /* times in another zone are the same times */
  if (IW_FORM_IS_TIME (field) && self->problem[field] == NULL && self->original[field] != NULL)
    return iw_time_is_set (self->time[field]) != iw_time_is_set (self->original_time[field]) ||
           (iw_time_is_set (self->time[field]) &&
            (self->time[field].us != self->original_time[field].us ||
             self->time[field].precision != self->original_time[field].precision));
  return strcmp (original, self->current[field]) != 0;
}

gboolean
iw_entry_form_is_mixed (IwEntryForm *self, IwEntryField field)
{
  return self->original[field] == NULL && !iw_entry_form_is_field_changed (self, field);
}

gboolean
iw_entry_form_is_changed (IwEntryForm *self)
{
  for (guint i = 0; i < IW_N_FIELDS; i++)
    if (iw_entry_form_is_field_changed (self, i))
      return TRUE;
  return FALSE;
}

const char *
iw_entry_form_get_problem (IwEntryForm *self, IwEntryField field)
{
  return self->problem[field];
}

const char *
iw_entry_form_get_hint (IwEntryForm *self, IwEntryField field)
{
  return self->hint[field];
}

gboolean
iw_entry_form_is_valid (IwEntryForm *self)
{
  for (guint i = 0; i < IW_N_FIELDS; i++)
    if (self->problem[i] != NULL)
      return FALSE;
  return TRUE;
}

IwTime
iw_entry_form_get_time (IwEntryForm *self, IwEntryField field)
{
  g_return_val_if_fail (IW_FORM_IS_TIME (field), IW_TIME_NONE);
  return self->time[field];
}

/* ---- into an entry ---- */

static void
apply_links (IwEntryForm *self, IwEntry *entry)
{
  g_autoptr (GArray) links = iw_entry_form_get_links (self);

  while (iw_entry_get_links (entry)->len > 0)
    iw_entry_remove_link (entry, 0);
  for (guint i = 0; i < links->len; i++)
    {
      const IwEntryLink *link = &g_array_index (links, IwEntryLink, i);

      iw_entry_add_link (entry, link->docid, link->row);
    }
}

static void
apply_tags (IwEntryForm *self, IwEntry *entry)
{
  g_auto (GStrv) parts = g_strsplit (self->current[IW_FIELD_TAGS], ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) tags = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0' && g_hash_table_add (seen, parts[i]))
        g_strv_builder_add (builder, parts[i]);
    }
  tags = g_strv_builder_end (builder);
  iw_entry_set_tags (entry, (const char *const *)tags);
}

static void
apply_field (IwEntryForm *self, IwEntry *entry, IwEntryField field)
{
  const char *text = self->current[field];
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  switch (field)
    {
    case IW_FIELD_KIND:
      iw_entry_set_kind (entry, iw_entry_kind_from_string (text));
      break;
    case IW_FIELD_TEXT:
      iw_entry_set_text (entry, text);
      break;
    case IW_FIELD_OCCURRED:
      iw_entry_set_occurred (entry, self->time[field]);
      break;
    case IW_FIELD_END:
      iw_entry_set_occurred_end (entry, self->time[field]);
      break;
    case IW_FIELD_DISCOVERED:
      iw_entry_set_discovered (entry, self->time[field]);
      break;
    case IW_FIELD_ZONE:
      iw_entry_set_zone (entry, stripped);
      break;
    case IW_FIELD_ACTOR:
      iw_entry_set_actor (entry, stripped);
      break;
    case IW_FIELD_TEAM:
      iw_entry_set_team (entry, stripped);
      break;
    case IW_FIELD_SOURCE:
      iw_entry_set_source (entry, stripped);
      break;
    case IW_FIELD_CONFIDENCE:
      iw_entry_set_confidence (entry, iw_confidence_from_string (text));
      break;
    case IW_FIELD_KEY:
      iw_entry_set_key (entry, strcmp (text, "true") == 0);
      break;
    case IW_FIELD_TAGS:
      apply_tags (self, entry);
      break;
    case IW_FIELD_LINKS:
      apply_links (self, entry);
      break;
    case IW_N_FIELDS:
    default:
      g_return_if_reached ();
    }
}

IwEntry *
iw_entry_form_apply (IwEntryForm *self, IwEntry *entry)
{
  IwEntry *copy = iw_entry_copy (entry);

  for (guint i = 0; i < IW_N_FIELDS; i++)
    if (self->is_new || iw_entry_form_is_field_changed (self, i))
      apply_field (self, copy, i);
  return copy;
}

/* ---- drafts ---- */

#define DRAFT_REV "rev"

char *
iw_entry_form_get_draft_rev (const char *draft)
{
  g_autoptr (JsonNode) node = draft != NULL ? json_from_string (draft, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? g_strdup (iw_model_json_get_string (json_node_get_object (node), DRAFT_REV))
             : NULL;
}

char *
iw_entry_form_to_draft (IwEntryForm *self, const char *rev)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < IW_N_FIELDS; i++)
    if (iw_entry_form_is_field_changed (self, i))
      json_object_set_string_member (object, field_names[i], self->current[i]);
  iw_model_json_set_string (object, DRAFT_REV, rev);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

IwEntryForm *
iw_entry_form_restore_draft (IwEntryForm *self, const char *draft)
{
  g_autoptr (JsonNode) node = draft != NULL ? json_from_string (draft, NULL) : NULL;
  IwEntryForm *form;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return iw_entry_form_ref (self);
  form = form_copy (self);
  for (guint i = 0; i < IW_N_FIELDS; i++)
    {
      const char *value = iw_model_json_get_string (json_node_get_object (node), field_names[i]);

      if (value != NULL)
        g_set_str (&form->current[i], value);
    }
  check (form);
  return form;
}
