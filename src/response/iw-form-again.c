/* A form for what was decided before. */
#include "iw-form-private.h"

#include "iw-duration.h"
#include "iw-experts.h"

#include <string.h>

/* Kinds of which a later decision takes the place of an earlier one about the same; others, as
 * escalations, stand side by side. */
static const char *const replacing[] = {
  "stage",     "classification", "declaration",     "severity",    "priority",   "impact",
  "detection", "role",           "activity",        "scope-state", "task-state", "notice-state",
  "clock-end", "marking",        "acknowledgement", NULL
};

static const char *
field_of (IwEntry *entry, const char *name)
{
  const char *value = iw_entry_get_field (entry, name);

  return value != NULL ? value : "";
}

static gboolean
is_about_the_same (IwEntry *a, IwEntry *b)
{
  static const char *const keys[] = { "subject", "role", "activity" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (field_of (a, keys[i]), field_of (b, keys[i])) != 0)
      return FALSE;
  return iw_form_kind_of_entry (a) == iw_form_kind_of_entry (b);
}

/* Of several experts: what replaced or relieved this one, and who replaced that one, and so on. */
static IwEntry *
expert_in_force (IwDecisions *decisions, IwEntry *entry)
{
  guint index = (guint)(iw_decisions_index_of (decisions, iw_entry_get_id (entry)) + 1);
  IwEntry *later;

  while ((later = iw_decisions_next (decisions, &index, IW_ENTRY_ROLE, NULL)) != NULL)
    {
      const char *gone = field_of (later, "instead_of");

      if (is_about_the_same (later, entry) &&
          (!iw_experts_is_about_one (later) ||
           (*gone != '\0' && iw_form_same_name (gone, field_of (entry, "to")))))
        entry = later;
    }
  return entry;
}

/* Whom a form about @entry replaces or relieves: the expert whom it names. */
static const char *
expert_of (IwSituation *situation, IwEntry *entry)
{
  const char *person = field_of (entry, "to");

  return strcmp (field_of (entry, "role"), IW_ROLE_EXPERT) == 0 &&
                 iw_situation_is_expert (situation, person)
             ? person
             : "";
}

/* What has taken its place; itself where nothing has. */
static IwEntry *
in_force (IwSituation *situation, const IwFormKind *kind, IwEntry *entry)
{
  IwDecisions *decisions = iw_situation_get_decisions (situation);
  IwEntry *found = entry;
  IwEntry *other;
  guint index = 0;

  if (!g_strv_contains (replacing, kind->name))
    return entry;
  if (strcmp (field_of (entry, "role"), IW_ROLE_EXPERT) == 0)
    return expert_in_force (decisions, entry);
  while ((other = iw_decisions_next (decisions, &index, kind->entry_kind, NULL)) != NULL)
    if (is_about_the_same (other, entry))
      found = other;
  return found;
}

/* Where a form speaks otherwise than a document: a plain number of a span would be hours. */
static char *
as_typed (const IwFormField *field, const char *value)
{
  gint64 minutes;

  if (field->input == IW_INPUT_DURATION && iw_duration_parse_stored (value, &minutes))
    return iw_duration_format (minutes);
  return g_strdup (value);
}

/* A step to what is in force already is none. */
static gboolean
can_hold (IwForm *form, const IwFormField *field, const char *value)
{
  g_autofree IwChoice *choices = NULL;

  if (field->input != IW_INPUT_CHOICE || *value == '\0')
    return TRUE;
  choices = iw_form_get_choices (form, field);
  for (const IwChoice *choice = choices; choice->value != NULL; choice++)
    if (strcmp (choice->value, value) == 0)
      return TRUE;
  return FALSE;
}

IwForm *
iw_form_new_again (IwSituation *situation, IwEntry *entry, const char *author)
{
  const IwFormKind *kind;
  g_auto (IwFieldSource) source = { 0 };
  IwForm *form;

  g_return_val_if_fail (situation != NULL, NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  kind = iw_form_kind_of_entry (entry);
  if (kind == NULL)
    return NULL;
  entry = in_force (situation, kind, entry);
  form = iw_form_new (kind, situation, field_of (entry, "subject"), author);
  iw_field_source_init (&source, kind, entry, NULL);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const IwFormField *field = &kind->fields[i];
      const char *stored = field->input == IW_INPUT_HOLDER
                               ? expert_of (situation, entry)
                               : iw_field_source_get (&source, field->name);
      g_autofree char *value = as_typed (field, stored);
      IwForm *next;

      if ((field->flags & IW_HIDDEN) || field->input == IW_INPUT_SUBJECT ||
          !can_hold (form, field, value))
        continue;
      next = iw_form_set (form, field->name, value);
      iw_form_unref (form);
      form = next;
    }
  return form;
}
