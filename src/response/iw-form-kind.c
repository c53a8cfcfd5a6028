/* All kinds of forms, and the words of their fields. */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwFormKind *const kinds[] = {
  &iw_kind_stage,
  &iw_kind_containment,
  &iw_kind_detection,
  &iw_kind_assessment,
  &iw_kind_classification,
  &iw_kind_declaration,
  &iw_kind_impact,
  &iw_kind_severity,
  &iw_kind_priority,
  &iw_kind_role,
  &iw_kind_activity,
  &iw_kind_escalation,
  &iw_kind_acknowledgement,
  &iw_kind_liaison,
  &iw_kind_clock,
  &iw_kind_clock_end,
  &iw_kind_notice_state,
  &iw_kind_scope_state,
  &iw_kind_custody,
  &iw_kind_marking,
  &iw_kind_approval,
  &iw_kind_release,
  &iw_kind_sweep,
  &iw_kind_task_state,
  &iw_kind_withdrawal,
  /* documents */
  &iw_kind_notice,
  &iw_kind_scope_item,
  &iw_kind_indicator,
  &iw_kind_asset,
  &iw_kind_task,
  &iw_kind_team,
  &iw_kind_person,
};

/* Who and when: asked for by every decision. */
static const IwFormField common_fields[] = {
  { .name = "occurred_at",
    .input = IW_INPUT_TIME,
    .label = NC_ ("field", "When"),
    .help = NC_ ("field help", "Such as “10 min ago” or “14:05”. Empty means now.") },
  { .name = "actor",
    .input = IW_INPUT_PERSON,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Who"),
    .help = NC_ ("field help", "Who decided or did it.") },
};

static void
fill_choices (void)
{
  static gsize filled = 0;

  if (g_once_init_enter (&filled))
    {
      iw_kind_activity_fill_choices ();
      g_once_init_leave (&filled, 1);
    }
}

const IwFormField *
iw_form_common_fields (guint *n)
{
  if (n != NULL)
    *n = G_N_ELEMENTS (common_fields);
  return common_fields;
}

const IwFormKind *const *
iw_form_kinds (guint *n)
{
  fill_choices ();
  if (n != NULL)
    *n = G_N_ELEMENTS (kinds);
  return kinds;
}

const IwFormKind *
iw_form_kind_find (const char *name)
{
  fill_choices ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i]->name, name) == 0)
      return kinds[i];
  return NULL;
}

const IwFormKind *
iw_form_kind_of_entry (IwEntry *entry)
{
  IwEntryKind kind;

  g_return_val_if_fail (IW_IS_ENTRY (entry), NULL);

  fill_choices ();
  kind = iw_entry_get_kind (entry);
  if (kind == IW_ENTRY_UNKNOWN)
    return NULL;
  if (kind == IW_ENTRY_CLASSIFICATION)
    return g_strcmp0 (iw_entry_get_field (entry, "to"), "crsi") == 0 ? &iw_kind_declaration
                                                                     : &iw_kind_classification;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i]->entry_kind == kind)
      return kinds[i];
  return NULL;
}

const IwFormKind *
iw_form_kind_of_document (const char *type)
{
  fill_choices ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i]->doc_type != NULL && g_strcmp0 (kinds[i]->doc_type, type) == 0)
      return kinds[i];
  return NULL;
}

gboolean
iw_form_items_are_documents (const char *items_type)
{
  /* Evidence is added by reading a file, and has no form. */
  return g_strcmp0 (items_type, "evidence") == 0 || iw_form_kind_of_document (items_type) != NULL;
}

const IwFormField *
iw_form_kind_field (const IwFormKind *kind, const char *name)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    if (strcmp (kind->fields[i].name, name) == 0)
      return &kind->fields[i];
  for (guint i = 0; kind->doc_type == NULL && i < G_N_ELEMENTS (common_fields); i++)
    if (strcmp (common_fields[i].name, name) == 0)
      return &common_fields[i];
  return NULL;
}

gboolean
iw_form_field_is_wanted (const IwFormField *field, IwFieldGetter get, gpointer source)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->when_field == NULL ||
         iw_form_value_is_among (get (source, field->when_field), field->when_values);
}

/* The empty msgid means the head of the catalogue. */
static const char *
translate (const char *context, const char *msgid)
{
  return msgid == NULL || *msgid == '\0' ? "" : g_dpgettext2 (GETTEXT_PACKAGE, context, msgid);
}

const char *
iw_form_kind_title (const IwFormKind *kind, gboolean edit)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return translate ("form", edit && kind->edit_title != NULL ? kind->edit_title : kind->title);
}

const char *
iw_form_kind_verb (const IwFormKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return translate ("form", kind->verb);
}

const char *
iw_form_field_label (const IwFormField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return translate ("field", field->label);
}

const char *
iw_form_field_help (const IwFormField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return translate ("field help", field->help);
}
