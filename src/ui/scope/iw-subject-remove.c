#include "config.h"

#include "iw-subject-remove.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-model-json.h"

/* The name of the action in the undo menu. */
static const char *
remove_label (const char *type)
{
  static const struct
  {
    const char *type;
    const char *label;
  } labels[] = {
    { "scope", N_ ("Remove from Scope") }, { "indicator", N_ ("Remove Indicator") },
    { "asset", N_ ("Remove Asset") },      { "task", N_ ("Remove Task") },
    { "team", N_ ("Remove Team") },        { "person", N_ ("Remove Person") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].type, type))
      return labels[i].label;
  g_return_val_if_reached (N_ ("Remove"));
}

void
iw_subject_remove (GtkWidget *widget, IwWorkspace *workspace, IwDocument *document)
{
  /* Translators: %s is the name of what was removed. */
  g_autofree char *done = g_strdup_printf (_ ("“%s” removed"), iw_document_get_name (document));

  iw_apply_body (widget, workspace, remove_label (iw_document_get_type_name (document)),
                 iw_document_get_id (document), iw_document_get_rev (document), NULL, done);
}

/* ---- links ---- */

static gboolean
leads_to (JsonNode *node, const char *entry)
{
  JsonObject *link = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return link != NULL && g_strcmp0 (iw_model_json_get_string (link, "document"), entry) == 0;
}

char **
iw_subject_dup_links (IwDocument *document)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  JsonNode *node = iw_model_json_get (iw_document_get_body (document), "links");
  JsonArray *links =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; links != NULL && i < json_array_get_length (links); i++)
    {
      JsonNode *element = json_array_get_element (links, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (element)
                           ? iw_model_json_get_string (json_node_get_object (element), "document")
                           : NULL;

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

JsonObject *
iw_subject_body_with_link (IwDocument *document, const char *entry, gboolean linked)
{
  JsonObject *body = iw_model_json_copy (iw_document_get_body (document));
  JsonNode *node = iw_model_json_get (body, "links");
  JsonArray *old = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonArray *links = json_array_new ();

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    if (!leads_to (json_array_get_element (old, i), entry))
      json_array_add_element (links, json_node_copy (json_array_get_element (old, i)));
  if (linked)
    {
      JsonObject *link = json_object_new ();

      json_object_set_string_member (link, "document", entry);
      json_array_add_object_element (links, link);
    }
  if (json_array_get_length (links) > 0)
    json_object_set_array_member (body, "links", links);
  else
    {
      json_object_remove_member (body, "links");
      json_array_unref (links);
    }
  return body;
}

void
iw_subject_link (GtkWidget *widget,
                 IwWorkspace *workspace,
                 IwDocument *document,
                 const char *entry,
                 gboolean linked)
{
  JsonObject *body = iw_subject_body_with_link (document, entry, linked);

  iw_apply_body (widget, workspace, linked ? N_ ("Link Entry") : N_ ("Remove Link"),
                 iw_document_get_id (document), iw_document_get_rev (document), body,
                 linked ? _ ("Entry linked") : _ ("Link removed"));
  json_object_unref (body);
}
