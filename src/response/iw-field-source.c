/* The fields of an entry or of a document's body, as text. */
#include "iw-form-kind-private.h"

#include "iw-model-json.h"

void
iw_field_source_init (IwFieldSource *source,
                      const IwFormKind *kind,
                      IwEntry *entry,
                      JsonObject *body)
{
  *source = (IwFieldSource){ .entry = entry, .body = body, .kind = kind };
}

void
iw_field_source_clear (IwFieldSource *source)
{
  g_clear_pointer (&source->lists, g_hash_table_unref);
}

static char **
read_list (IwFieldSource *source, const char *field)
{
  return source->entry != NULL ? iw_entry_get_list (source->entry, field)
                               : iw_model_json_get_strings (source->body, field);
}

static char *
links_to_text (IwEntry *entry)
{
  GArray *links = iw_entry_get_links (entry);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < links->len; i++)
    {
      const IwEntryLink *link = &g_array_index (links, IwEntryLink, i);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, link->docid);
      if (link->row > 0)
        g_string_append_printf (text, " %" G_GINT64_FORMAT, link->row);
    }
  return g_string_free_and_steal (text);
}

/* A list has to live as long as the source: getters give what they do not own away. */
static const char *
get_list (IwFieldSource *source, const char *field, IwInput input)
{
  char *text;

  if (source->lists == NULL)
    source->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  text = g_hash_table_lookup (source->lists, field);
  if (text != NULL)
    return text;
  if (input == IW_INPUT_LINKS)
    text = source->entry != NULL ? links_to_text (source->entry) : g_strdup ("");
  else
    {
      g_auto (GStrv) values = read_list (source, field);

      text = g_strjoinv ("\n", values);
    }
  g_hash_table_insert (source->lists, g_strdup (field), text);
  return text;
}

static const char *
get_text (IwFieldSource *source, const char *field)
{
  const char *text = source->entry != NULL ? iw_entry_get_field (source->entry, field)
                                           : iw_model_json_get_string (source->body, field);

  return text != NULL ? text : "";
}

const char *
iw_field_source_get (gpointer data, const char *field)
{
  IwFieldSource *source = data;
  const IwFormField *known = iw_form_kind_field (source->kind, field);

  switch (known != NULL ? known->input : IW_INPUT_TEXT)
    {
    case IW_INPUT_SET:
    case IW_INPUT_LINES:
    case IW_INPUT_ITEMS:
    case IW_INPUT_LINKS:
      return get_list (source, field, known->input);
    case IW_INPUT_TEXT:
    case IW_INPUT_LONG:
    case IW_INPUT_CHOICE:
    case IW_INPUT_TICK:
    case IW_INPUT_TIME:
    case IW_INPUT_DURATION:
    case IW_INPUT_NUMBER:
    case IW_INPUT_PERSON:
    case IW_INPUT_TEAM:
    case IW_INPUT_HOLDER:
    case IW_INPUT_SUBJECT:
    default:
      return get_text (source, field);
    }
}
