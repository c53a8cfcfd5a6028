#include "iw-document.h"

#include "iw-model-json.h"

struct _IwDocument
{
  gatomicrefcount refs;
  char *docid;
  char *rev;
  JsonObject *body;
  GHashTable *numbers; /* number members as text: made at once, so that reading changes nothing */
};

static char *
number_to_text (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
}

static GHashTable *
read_numbers (JsonObject *body)
{
  GHashTable *numbers = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, body);
  while (json_object_iter_next (&iter, &name, &node))
    {
      GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

      if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
        continue;
      if (numbers == NULL)
        numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (numbers, g_strdup (name), number_to_text (node));
    }
  return numbers;
}

IwDocument *
iw_document_new (const char *docid, const char *rev, JsonObject *body)
{
  IwDocument *self;

  g_return_val_if_fail (docid != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_new0 (IwDocument, 1);
  g_atomic_ref_count_init (&self->refs);
  self->docid = g_strdup (docid);
  self->rev = g_strdup (rev);
  self->body = json_object_ref (body);
  self->numbers = read_numbers (body);
  return self;
}

IwDocument *
iw_document_new_take (const char *docid, const char *rev, JsonObject *body)
{
  IwDocument *self = iw_document_new (docid, rev, body);

  json_object_unref (body);
  return self;
}

IwDocument *
iw_document_ref (IwDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
iw_document_unref (IwDocument *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  json_object_unref (self->body);
  g_free (self->rev);
  g_free (self->docid);
  g_free (self);
}

const char *
iw_document_get_id (IwDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->docid;
}

const char *
iw_document_get_rev (IwDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rev;
}

JsonObject *
iw_document_get_body (IwDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

const char *
iw_document_get_type_name (IwDocument *self)
{
  return iw_document_get_text (self, "type");
}

const char *
iw_document_get_text (IwDocument *self, const char *member)
{
  const char *text;

  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (member != NULL, "");

  text = iw_model_json_get_string (self->body, member);
  if (text == NULL && self->numbers != NULL)
    text = g_hash_table_lookup (self->numbers, member);
  return text != NULL ? text : "";
}

char **
iw_document_get_list (IwDocument *self, const char *member)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  return iw_model_json_get_strings (self->body, member);
}

const char *
iw_document_get_name (IwDocument *self)
{
  static const char *const members[] = { "name", "title", "value", "subject" };

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = iw_document_get_text (self, members[i]);

      if (*text != '\0')
        return text;
    }
  return self->docid;
}
