/* Decision entries made without a form. */
#include "iw-form-kind-private.h"

#include "iw-incident.h"

void
iw_decision_set_field (IwEntry *entry, const IwFormField *field, const char *value)
{
  g_auto (GStrv) lines = NULL;

  switch (field->input)
    {
    case IW_INPUT_SET:
    case IW_INPUT_LINES:
    case IW_INPUT_ITEMS:
      lines = iw_form_value_lines (value);
      iw_entry_set_list (entry, field->name, (const char *const *)lines);
      return;
    case IW_INPUT_LINKS:
      lines = iw_form_value_lines (value);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_autofree char *docid = NULL;
          gint64 row;

          if (iw_form_value_parse_link (lines[i], &docid, &row))
            iw_entry_add_link (entry, docid, row);
        }
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
      {
        g_autofree char *trimmed = g_strstrip (g_strdup (value != NULL ? value : ""));

        iw_entry_set_field (entry, field->name, trimmed);
        return;
      }
    }
}

/* What the kind itself says: a declaration is one to "crsi". */
static void
set_constants (IwEntry *entry, IwFieldSource *source)
{
  for (guint i = 0; i < source->kind->n_fields; i++)
    {
      const IwFormField *field = &source->kind->fields[i];
      const char *only = iw_form_field_get_constant (field);

      if (only != NULL && iw_entry_get_field (entry, field->name) == NULL &&
          iw_form_field_is_wanted (field, iw_field_source_get, source))
        iw_entry_set_field (entry, field->name, only);
    }
}

IwEntry *
iw_decision_new (const char *incident, const char *kind_name, const char *first_field, ...)
{
  const IwFormKind *kind = iw_form_kind_find (kind_name);
  g_auto (IwFieldSource) source = { 0 };
  g_autofree char *text = NULL;
  const char *name;
  IwEntry *entry;
  va_list args;

  g_return_val_if_fail (incident != NULL, NULL);
  g_return_val_if_fail (kind != NULL && kind->doc_type == NULL, NULL);

  entry = iw_entry_new (incident, kind->entry_kind, NULL);
  va_start (args, first_field);
  for (name = first_field; name != NULL; name = va_arg (args, const char *))
    {
      const IwFormField *field = iw_form_kind_field (kind, name);
      const char *value = va_arg (args, const char *);

      if (field != NULL)
        iw_decision_set_field (entry, field, value);
      else
        g_critical ("a %s has no field %s", kind_name, name);
    }
  va_end (args);
  iw_field_source_init (&source, kind, entry, NULL);
  set_constants (entry, &source);
  text = iw_decision_describe (kind, iw_field_source_get, &source);
  iw_entry_set_text (entry, text);
  return entry;
}
