/* iw-sample-forms.c: the sample's decisions and documents, filled in as people fill in forms. */
#include "config.h"

#include "iw-sample-private.h"

#include "iw-form.h"

#include <string.h>

/* The moment that a form is filled in; the ids are the store's. */
typedef struct
{
  gint64 now;
  const IwContext *real;
} Moment;

static gint64
moment_now (gpointer data)
{
  return ((Moment *)data)->now;
}

static void
moment_random (guint8 *bytes, gsize n, gpointer data)
{
  const IwContext *real = ((Moment *)data)->real;

  real->random (bytes, n, real->data);
}

/* ---- values ---- */

/* "@name" is the id of what has that name, "@name 12" a row of it. (transfer full) */
static char *
resolve (IwSampleBuilder *self, const char *text)
{
  g_auto (GStrv) parts = NULL;
  const char *docid;

  if (*text != '@')
    return g_strdup (text);
  parts = g_strsplit (text + 1, " ", 2);
  docid = g_hash_table_lookup (self->names, parts[0]);
  if (docid == NULL)
    return g_strdup (text);
  return parts[1] != NULL ? g_strdup_printf ("%s %s", docid, parts[1]) : g_strdup (docid);
}

static char *
resolve_time (IwSampleBuilder *self, const char *text)
{
  IwTime time;

  return iw_sample_parse_time (text, self->base, &time) ? iw_time_to_rfc3339 (time)
                                                        : g_strdup (text);
}

/* A string, or strings that are a line each. (transfer full) */
static char *
read_value (IwSampleBuilder *self, const IwFormField *field, JsonNode *node)
{
  GString *text;
  JsonArray *array;

  if (JSON_NODE_HOLDS_VALUE (node))
    return field->input == IW_INPUT_TIME ? resolve_time (self, json_node_get_string (node))
                                         : resolve (self, json_node_get_string (node));
  text = g_string_new (NULL);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *line = resolve (self, json_array_get_string_element (array, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free_and_steal (text);
}

/* (transfer full) of both */
static IwForm *
set_field (IwForm *form, const char *name, const char *value)
{
  IwForm *changed = iw_form_set (form, name, value);

  iw_form_unref (form);
  return changed;
}

/* Members that are no field of the form say how it is written down. */
static IwForm *
fill_in (IwSampleBuilder *self, IwForm *form, JsonObject *json)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, json);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const IwFormField *field = iw_form_kind_field (iw_form_get_kind (form), name);
      g_autofree char *value = field != NULL ? read_value (self, field, node) : NULL;

      if (value != NULL)
        form = set_field (form, name, value);
    }
  return form;
}

/* ---- writing ---- */

/* Who wrote it down for which team; forms do not ask for that. (transfer full) */
static IwDocument *
finish_entry (IwEntry *entry, JsonObject *json)
{
  g_autoptr (JsonObject) body = NULL;

  iw_entry_set_team (entry, iw_sample_text (json, "team"));
  iw_entry_set_key (entry, json_object_get_boolean_member_with_default (json, "key", FALSE));
  body = iw_entry_to_json (entry);
  return iw_document_new (iw_entry_get_id (entry), NULL, body);
}

static gboolean
take (IwSampleBuilder *self, JsonObject *json, IwDocument *document, GError **error)
{
  g_autoptr (IwEntry) entry = NULL;

  if (strcmp (iw_document_get_type_name (document), "entry") != 0)
    {
      g_ptr_array_add (self->documents, iw_document_ref (document));
      g_ptr_array_add (self->written, iw_document_ref (document));
      return TRUE;
    }
  entry = iw_entry_new_from_json (iw_document_get_id (document), iw_document_get_body (document),
                                  error);
  if (entry == NULL)
    return FALSE;
  g_ptr_array_add (self->written, finish_entry (entry, json));
  g_ptr_array_add (self->entries, g_steal_pointer (&entry));
  return TRUE;
}

/* "id" is the name of what the form is about, "also" of what it writes besides. */
static void
name_written (IwSampleBuilder *self, JsonObject *json, GPtrArray *written)
{
  static const char *const members[] = { "id", "also" };

  for (guint i = 0; i < G_N_ELEMENTS (members) && i < written->len; i++)
    {
      const char *name = iw_sample_text (json, members[i]);

      if (name != NULL)
        g_hash_table_insert (self->names, g_strdup (name),
                             g_strdup (iw_document_get_id (written->pdata[i])));
    }
}

static IwForm *
open_form (IwSampleBuilder *self, const IwFormKind *kind, JsonObject *json, gint64 now)
{
  g_autoptr (IwSituation) situation =
      iw_situation_new (self->incident, self->entries, self->documents, self->directory, now);
  const char *subject = iw_sample_text (json, "about");
  g_autofree char *docid = subject != NULL ? resolve (self, subject) : NULL;
  IwForm *form = iw_form_new (kind, situation, docid, iw_sample_text (json, "actor"));

  if (kind->doc_type == NULL)
    {
      g_autofree char *when = iw_time_to_rfc3339 (iw_sample_time (self, json, "at"));

      form = set_field (form, "occurred_at", when);
    }
  return fill_in (self, form, json);
}

/* Says which one: the texts are long. */
static gboolean
fail (JsonObject *json, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json);
  g_autofree char *text = json_to_string (node, FALSE);

  g_prefix_error (error, "%s: ", text);
  return FALSE;
}

gboolean
iw_sample_fill_in (IwSampleBuilder *self, JsonObject *json, GError **error)
{
  const char *name = iw_sample_text (json, "decide");
  const IwFormKind *kind =
      iw_form_kind_find (name != NULL ? name : iw_sample_text (json, "document"));
  IwTime at = iw_sample_time (self, json, "at"), recorded = iw_sample_time (self, json, "recorded");
  Moment moment = { iw_time_is_set (recorded) ? recorded.us : at.us,
                    iw_store_get_context (self->store) };
  IwContext context = { moment_now, moment_random, &moment };
  g_autoptr (IwForm) form = NULL;
  g_autoptr (GPtrArray) written = NULL;

  if (kind == NULL || !iw_time_is_set (at))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no form, or no time");
      return fail (json, error);
    }
  form = open_form (self, kind, json, moment.now);
  written = iw_form_write (form, &context, error);
  if (written == NULL)
    return fail (json, error);
  name_written (self, json, written);
  for (guint i = 0; i < written->len; i++)
    if (!take (self, json, written->pdata[i], error))
      return fail (json, error);
  return TRUE;
}

gboolean
iw_sample_add_to_directory (IwSampleBuilder *self, JsonObject *json, GError **error)
{
  const IwFormKind *kind = iw_form_kind_find (iw_sample_text (json, "document"));
  g_autoptr (IwForm) form = NULL;
  g_autoptr (GPtrArray) written = NULL;

  g_return_val_if_fail (kind != NULL && kind->workspace, FALSE);

  form = fill_in (self, iw_form_new (kind, NULL, NULL, NULL), json);
  written = iw_form_write (form, iw_store_get_context (self->store), error);
  if (written == NULL)
    return fail (json, error);
  g_ptr_array_add (self->directory, iw_document_ref (written->pdata[0]));
  g_ptr_array_add (self->written, iw_document_ref (written->pdata[0]));
  return TRUE;
}
