/* iw-sample-entries.c: what people wrote on the sample's timelines. */
#include "config.h"

#include "iw-sample-private.h"

static void
add_links (IwSampleBuilder *self, IwEntry *entry, JsonArray *links)
{
  for (guint i = 0; i < json_array_get_length (links); i++)
    {
      JsonObject *link = json_array_get_object_element (links, i);
      const char *docid = g_hash_table_lookup (self->names, iw_sample_text (link, "timeline"));

      if (docid != NULL)
        iw_entry_add_link (entry, docid, json_object_get_int_member (link, "row"));
    }
}

static void
add_tags (IwEntry *entry, JsonArray *tags)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;

  for (guint i = 0; i < json_array_get_length (tags); i++)
    g_strv_builder_add (builder, json_array_get_string_element (tags, i));
  values = g_strv_builder_end (builder);
  iw_entry_set_tags (entry, (const char *const *)values);
}

static IwEntry *
make_entry (IwSampleBuilder *self, JsonObject *json)
{
  g_autoptr (IwEntry) entry =
      iw_entry_new (self->incident, iw_entry_kind_from_string (iw_sample_text (json, "kind")),
                    iw_sample_text (json, "text"));

  iw_entry_set_occurred (entry, iw_sample_time (self, json, "at"));
  iw_entry_set_occurred_end (entry, iw_sample_time (self, json, "end"));
  iw_entry_set_discovered (entry, iw_sample_time (self, json, "discovered"));
  iw_entry_set_recorded (entry, iw_sample_time (self, json, "recorded"));
  iw_entry_set_actor (entry, iw_sample_text (json, "actor"));
  iw_entry_set_team (entry, iw_sample_text (json, "team"));
  iw_entry_set_source (entry, iw_sample_text (json, "source"));
  iw_entry_set_key (entry, json_object_get_boolean_member_with_default (json, "key", FALSE));
  if (iw_sample_text (json, "confidence") != NULL)
    iw_entry_set_confidence (entry,
                             iw_confidence_from_string (iw_sample_text (json, "confidence")));
  if (json_object_has_member (json, "links"))
    add_links (self, entry, json_object_get_array_member (json, "links"));
  if (json_object_has_member (json, "tags"))
    add_tags (entry, json_object_get_array_member (json, "tags"));
  return g_steal_pointer (&entry);
}

static void
add_written (IwSampleBuilder *self, JsonObject *json)
{
  g_autoptr (IwEntry) entry = make_entry (self, json);
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (self->store), self->incident, "entry");
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);

  iw_entry_set_id (entry, docid);
  if (iw_sample_text (json, "id") != NULL)
    g_hash_table_insert (self->names, g_strdup (iw_sample_text (json, "id")), g_strdup (docid));
  g_ptr_array_add (self->written, iw_document_new (docid, NULL, body));
  g_ptr_array_add (self->entries, g_steal_pointer (&entry));
}

gboolean
iw_sample_add_entry (IwSampleBuilder *self, JsonObject *json, GError **error)
{
  if (!json_object_has_member (json, "kind"))
    return iw_sample_fill_in (self, json, error);
  add_written (self, json);
  return TRUE;
}
