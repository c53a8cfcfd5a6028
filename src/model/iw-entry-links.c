/* What an entry refers to. */
#include "iw-entry-private.h"
#include "iw-model-json.h"

static void
link_clear (gpointer data)
{
  g_clear_pointer (&((IwEntryLink *)data)->docid, g_free);
}

/* A link of a form that this version does not know stays in the document and is not shown. */
static void
read_link (IwEntry *self, JsonNode *node, guint place)
{
  JsonObject *object;
  const char *docid;
  IwEntryLink link = { NULL, 0 };

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  docid = iw_model_json_get_string (object, "evidence");
  if (docid != NULL)
    link.row = MAX (iw_model_json_get_int (object, "row", 0), 0);
  else
    docid = iw_model_json_get_string (object, "document");
  if (docid == NULL)
    return;
  link.docid = g_strdup (docid);
  g_array_append_val (self->links, link);
  g_array_append_val (self->link_places, place);
}

GArray *
iw_entry_get_links (IwEntry *self)
{
  JsonNode *node;

  g_return_val_if_fail (IW_IS_ENTRY (self), NULL);

  if (self->links != NULL)
    return self->links;
  self->links = g_array_new (FALSE, FALSE, sizeof (IwEntryLink));
  g_array_set_clear_func (self->links, link_clear);
  self->link_places = g_array_new (FALSE, FALSE, sizeof (guint));
  node = iw_model_json_get (self->body, "links");
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        read_link (self, json_array_get_element (array, i), i);
    }
  return self->links;
}

void
iw_entry_add_link (IwEntry *self, const char *docid, gint64 row)
{
  JsonObject *link;
  JsonNode *node;

  g_return_if_fail (IW_IS_ENTRY (self));
  g_return_if_fail (docid != NULL && *docid != '\0');
  g_return_if_fail (row >= 0);

  link = json_object_new ();
  json_object_set_string_member (link, row > 0 ? "evidence" : "document", docid);
  if (row > 0)
    json_object_set_int_member (link, "row", row);

  node = iw_model_json_get (self->body, "links");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      json_object_set_array_member (self->body, "links", json_array_new ());
      node = json_object_get_member (self->body, "links");
    }
  json_array_add_object_element (json_node_get_array (node), link);
  iw_entry_forget (self);
}

void
iw_entry_remove_link (IwEntry *self, guint index)
{
  JsonArray *array;

  g_return_if_fail (IW_IS_ENTRY (self));
  g_return_if_fail (index < iw_entry_get_links (self)->len);

  array = json_object_get_array_member (self->body, "links");
  json_array_remove_element (array, g_array_index (self->link_places, guint, index));
  if (json_array_get_length (array) == 0)
    json_object_remove_member (self->body, "links");
  iw_entry_forget (self);
}
