/* What a form writes. */
#include "iw-form-private.h"

#include "iw-model-error.h"
#include "iw-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is at hand while one form is written. */
typedef struct
{
  IwForm *form;
  IwFormValues *values;
  const IwContext *context;
  gint64 now;
  GPtrArray *documents;
} Writer;

static const char *
get (Writer *self, const char *field)
{
  return iw_form_values_get (self->values, field);
}

/* @body: (transfer full) */
static void
add_document (Writer *self, const char *docid, const char *rev, JsonObject *body)
{
  g_autoptr (JsonObject) owned = body;

  g_ptr_array_add (self->documents, iw_document_new (docid, rev, owned));
}

/* ---- entries ---- */

/* Who, when, and in which zone it was said. @entry: (transfer full) */
static void
add_entry (Writer *self, IwEntry *entry)
{
  g_autoptr (IwEntry) owned = entry;
  const char *incident = iw_situation_get_incident (self->form->situation);
  g_autofree char *docid = iw_id_new_document (self->context, incident, "entry");

  iw_entry_set_occurred (owned, self->values->occurred);
  iw_entry_set_recorded (owned, (IwTime){ self->now, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (owned, get (self, "actor"));
  add_document (self, docid, NULL, iw_entry_to_json (owned));
}

static void
add_decision (Writer *self)
{
  const IwFormKind *kind = self->form->kind;
  const char *incident = iw_situation_get_incident (self->form->situation);
  g_autofree char *text = iw_decision_describe (kind, iw_form_values_get, self->values);
  IwEntry *entry = iw_entry_new (incident, kind->entry_kind, text);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const char *value = get (self, kind->fields[i].name);

      if (*value != '\0' &&
          iw_form_field_is_wanted (&kind->fields[i], iw_form_values_get, self->values))
        iw_decision_set_field (entry, &kind->fields[i], value);
    }
  add_entry (self, entry);
}

/* The severity or priority that an impact makes, where it is another than before. */
static void
add_level (Writer *self,
           const char *kind,
           const char *chosen,
           const char *proposed,
           const char *old)
{
  const char *incident = iw_situation_get_incident (self->form->situation);
  const char *to = *chosen != '\0' ? chosen : proposed;
  const char *why = *chosen != '\0' && strcmp (chosen, proposed) != 0 ? get (self, "override_why")
                                                                      : get (self, "rule");

  if (strcmp (to, old) != 0)
    add_entry (self, iw_decision_new (incident, kind, "from", old, "to", to, "why", why, NULL));
}

static void
add_levels (Writer *self)
{
  const IwIncidentState *state = iw_situation_get_state (self->form->situation);

  add_level (self, "severity", get (self, "severity"), get (self, "proposed_severity"),
             iw_severity_to_string (state->set_severity));
  add_level (self, "priority", get (self, "priority"), get (self, "proposed_priority"),
             iw_priority_to_string (state->set_priority));
}

/* ---- documents ---- */

static JsonObject *
new_body (Writer *self, const IwFormKind *kind)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "type", kind->doc_type);
  json_object_set_int_member (body, "v", 1);
  if (!kind->workspace)
    json_object_set_string_member (body, "incident",
                                   iw_situation_get_incident (self->form->situation));
  return body;
}

/* C2: what tunes the detection source is a task of its own. */
static void
add_follow_up (Writer *self)
{
  const char *incident = iw_situation_get_incident (self->form->situation);
  g_autofree char *docid = iw_id_new_document (self->context, incident, "task");
  JsonObject *body = new_body (self, iw_form_kind_find ("task"));

  json_object_set_string_member (body, "title", get (self, "follow_up"));
  json_object_set_string_member (body, "phase", "follow-up");
  iw_model_json_set_string (body, "note", get (self, "root_cause"));
  add_document (self, docid, NULL, body);
}

static void
set_member (JsonObject *body, const IwFormField *field, const char *value)
{
  g_auto (GStrv) lines = NULL;

  switch (field->input)
    {
    case IW_INPUT_SET:
    case IW_INPUT_LINES:
    case IW_INPUT_ITEMS:
    case IW_INPUT_LINKS:
      lines = iw_form_value_lines (value);
      iw_model_json_set_strings (body, field->name, (const char *const *)lines);
      return;
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
      iw_model_json_set_string (body, field->name, value);
      return;
    }
}

static void
add_form_document (Writer *self)
{
  const IwFormKind *kind = self->form->kind;
  IwDocument *edited = self->form->document;
  const char *incident = kind->workspace ? NULL : iw_situation_get_incident (self->form->situation);
  g_autofree char *docid = edited != NULL
                               ? g_strdup (iw_document_get_id (edited))
                               : iw_id_new_document (self->context, incident, kind->doc_type);
  JsonObject *body =
      edited != NULL ? iw_model_json_copy (iw_document_get_body (edited)) : new_body (self, kind);

  for (guint i = 0; i < kind->n_fields; i++)
    if (iw_form_field_is_wanted (&kind->fields[i], iw_form_values_get, self->values))
      set_member (body, &kind->fields[i], get (self, kind->fields[i].name));
    else
      json_object_remove_member (body, kind->fields[i].name);
  add_document (self, docid, self->form->base, body);
}

/* ---- all of it ---- */

static void
write_all (Writer *self)
{
  const char *name = self->form->kind->name;

  if (self->form->kind->doc_type != NULL)
    {
      add_form_document (self);
      return;
    }
  add_decision (self);
  if (strcmp (name, "impact") == 0)
    add_levels (self);
  else if (strcmp (name, "classification") == 0 && strcmp (get (self, "to"), "false-positive") == 0)
    add_follow_up (self);
}

GPtrArray *
iw_form_write (IwForm *self, const IwContext *context, GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) unread = iw_problems_new ();
  g_auto (IwFormValues) values = { 0 };
  Writer writer = { .form = self, .values = &values, .context = context };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  writer.now = iw_context_now (context);
  problems = iw_form_get_problems (self, writer.now);
  if (problems->len > 0)
    {
      g_autofree char *text = iw_problems_to_text (problems);

      g_set_error_literal (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID, text);
      return NULL;
    }
  iw_form_values_init (&values, self, writer.now, unread);
  writer.documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  write_all (&writer);
  return writer.documents;
}
