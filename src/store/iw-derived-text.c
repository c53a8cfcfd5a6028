/* Which words of a document the search finds. */
#include "config.h"

#include <string.h>

#include "iw-derived.h"
#include "iw-form-kind.h"
#include "iw-json.h"

static void
add (GStrvBuilder *texts, const char *text)
{
  if (text != NULL && *text != '\0')
    g_strv_builder_add (texts, text);
}

static void
add_strings (GStrvBuilder *texts, JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);
  g_autoptr (GString) joined = g_string_new (NULL);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_string (item) != NULL)
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? ", " : "",
                                json_node_get_string (item));
    }
  add (texts, joined->str);
}

/* What a form asks for in words; ids, times and choices are no words. */
static void
add_fields (GStrvBuilder *texts, JsonObject *body, const IwFormKind *kind)
{
  for (guint i = 0; kind != NULL && i < kind->n_fields; i++)
    switch (kind->fields[i].input)
      {
      case IW_INPUT_TEXT:
      case IW_INPUT_LONG:
      case IW_INPUT_PERSON:
      case IW_INPUT_TEAM:
      case IW_INPUT_HOLDER:
        add (texts, iw_json_get_string (body, kind->fields[i].name, NULL));
        break;
      case IW_INPUT_LINES:
        add_strings (texts, body, kind->fields[i].name);
        break;
      case IW_INPUT_CHOICE:
      case IW_INPUT_SET:
      case IW_INPUT_TICK:
      case IW_INPUT_TIME:
      case IW_INPUT_DURATION:
      case IW_INPUT_NUMBER:
      case IW_INPUT_ITEMS:
      case IW_INPUT_LINKS:
      case IW_INPUT_SUBJECT:
      default:
        break;
      }
}

static void
add_members (GStrvBuilder *texts, JsonObject *body, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    add (texts, iw_json_get_string (body, names[i], NULL));
}

char **
iw_derived_entry_texts (IwEntry *entry, JsonObject *body)
{
  static const char *const names[] = { "text", "actor", "team", "source", NULL };
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  add_members (texts, body, names);
  add_strings (texts, body, "tags");
  add_fields (texts, body, iw_form_kind_of_entry (entry));
  return g_strv_builder_end (texts);
}

static gboolean
add_document (GStrvBuilder *texts, const char *docid, const char *type, JsonObject *body)
{
  static const char *const incident[] = { "title", "summary", NULL };
  static const char *const evidence[] = { "name", "origin", "collected_by", NULL };
  static const char *const searched[] = { "task", "notice", "scope", "indicator", "asset", NULL };
  g_autofree char *owner = iw_derived_incident_of (docid, body);

  if (iw_derived_is_incident (docid, body))
    add_members (texts, body, incident);
  else if (*owner == '\0')
    return FALSE;
  else if (strcmp (type, "evidence") == 0)
    add_members (texts, body, evidence);
  else if (g_strv_contains (searched, type))
    add_fields (texts, body, iw_form_kind_of_document (type));
  else
    return FALSE;
  return TRUE;
}

char **
iw_derived_texts (const char *docid, JsonObject *body)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  const char *type = iw_json_get_string (body, "type", "");

  if (strcmp (type, "entry") == 0)
    {
      g_autoptr (IwEntry) entry = iw_entry_new_from_json (docid, body, NULL);

      return entry != NULL ? iw_derived_entry_texts (entry, body) : NULL;
    }
  return add_document (texts, docid, type, body) ? g_strv_builder_end (texts) : NULL;
}
