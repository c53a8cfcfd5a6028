/* What was typed into a form, kept until it is written or thrown away. */
#include "iw-form-private.h"

#include "iw-model-json.h"

#include <string.h>

#define MAX_DRAFT (4 * 1024 * 1024)

static void
add_changed (IwForm *self, const IwFormField *field, JsonObject *values)
{
  const char *value = iw_form_get (self, field->name);

  if (!(field->flags & IW_HIDDEN) && field->input != IW_INPUT_SUBJECT &&
      strcmp (value, iw_form_get_original (self, field->name)) != 0)
    json_object_set_string_member (values, field->name, value);
}

char *
iw_form_to_draft (IwForm *self)
{
  g_autoptr (JsonObject) draft = json_object_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *values = json_object_new ();
  const IwFormField *common;
  guint n;

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_string_member (draft, "form", self->kind->name);
  json_object_set_object_member (draft, "values", values);
  iw_model_json_set_string (draft, "rev", self->base);
  for (guint i = 0; i < self->kind->n_fields; i++)
    add_changed (self, &self->kind->fields[i], values);
  common = iw_form_common_fields (&n);
  for (guint i = 0; self->kind->doc_type == NULL && i < n; i++)
    add_changed (self, &common[i], values);
  root = json_node_init_object (json_node_alloc (), draft);
  return json_to_string (root, FALSE);
}

/* @rev: (out) (transfer full): what it began from; NULL where it does not say. (transfer full);
 * NULL where @draft is none of this kind */
static JsonObject *
read_values (IwForm *self, const char *draft, char **rev)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root, *values;
  JsonObject *object;

  if (draft == NULL || strlen (draft) > MAX_DRAFT ||
      !json_parser_load_from_data (parser, draft, -1, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  values = iw_model_json_get (object, "values");
  if (g_strcmp0 (iw_model_json_get_string (object, "form"), self->kind->name) != 0 ||
      values == NULL || !JSON_NODE_HOLDS_OBJECT (values))
    return NULL;
  *rev = g_strdup (iw_model_json_get_string (object, "rev"));
  return json_object_ref (json_node_get_object (values));
}

IwForm *
iw_form_restore_draft (IwForm *self, const char *draft)
{
  g_autoptr (JsonObject) values = NULL;
  g_autoptr (GList) names = NULL;
  g_autofree char *rev = NULL;
  IwForm *form;

  g_return_val_if_fail (self != NULL, NULL);

  form = iw_form_ref (self);
  values = read_values (self, draft, &rev);
  names = values != NULL ? json_object_get_members (values) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      const IwFormField *field = iw_form_kind_field (self->kind, l->data);
      const char *value = iw_model_json_get_string (values, l->data);
      IwForm *changed;

      if (field == NULL || value == NULL || (field->flags & IW_HIDDEN) ||
          field->input == IW_INPUT_SUBJECT)
        continue;
      changed = iw_form_set (form, field->name, value);
      iw_form_unref (form);
      form = changed;
    }
  /* What others wrote since is neither overwritten nor believed to be taken back. */
  if (form != self && form->base != NULL && rev != NULL)
    g_set_str (&form->base, rev);
  return form;
}
