/* What stands in the way of writing a form. */
#include "iw-form-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- documents that are named ---- */

static gboolean
entry_fits (IwEntry *entry, const char *items_type)
{
  return items_type == NULL ||
         (!iw_form_items_are_documents (items_type) &&
          iw_form_value_is_among (iw_entry_kind_to_string (iw_entry_get_kind (entry)), items_type));
}

/* Whether @docid is there and of the kind meant. */
static gboolean
is_known (IwForm *self, const char *docid, const char *items_type)
{
  IwEntry *entry = iw_decisions_find (iw_situation_get_decisions (self->situation), docid);
  IwDocument *document;

  if (entry != NULL)
    return entry_fits (entry, items_type);
  document = iw_situation_find (self->situation, docid);
  return document != NULL && items_type != NULL &&
         iw_form_value_is_among (iw_document_get_type_name (document), items_type);
}

/* Entries that people wrote need not be in the situation; what belongs elsewhere may not be cited.
 */
static gboolean
may_be_cited (IwForm *self, const char *docid)
{
  g_autofree char *incident = iw_id_incident_of (docid);

  if (g_strcmp0 (incident, iw_situation_get_incident (self->situation)) != 0)
    return FALSE;
  return strstr (docid, ":evidence-") == NULL || iw_situation_find (self->situation, docid) != NULL;
}

static void
check_link (IwForm *self, const IwFormField *field, const char *line, GPtrArray *problems)
{
  g_autofree char *docid = NULL;
  gint64 row;

  if (!iw_form_value_parse_link (line, &docid, &row) || may_be_cited (self, docid))
    return;
  /* Translators: a line (%1$s) of the field %2$s, which cites entries and evidence. */
  iw_problems_add (
      problems, field->name,
      g_strdup_printf (_ ("“%1$s” in %2$s is not an entry or evidence of this incident."), line,
                       iw_form_field_label (field)));
}

static void
check_item (IwForm *self, const IwFormField *field, const char *docid, GPtrArray *problems)
{
  if (is_known (self, docid, field->items_type))
    return;
  /* Translators: an id (%1$s) and the label of a field (%2$s). */
  iw_problems_add (
      problems, field->name,
      g_strdup_printf (_ ("“%1$s” in %2$s is not there."), docid, iw_form_field_label (field)));
}

static void
check_subject (IwForm *self, const IwFormField *field, const char *docid, GPtrArray *problems)
{
  if (*docid != '\0' && !is_known (self, docid, field->items_type))
    /* Translators: %s is what a decision is about: "Notice", "Task". */
    iw_problems_add (
        problems, field->name,
        g_strdup_printf (_ ("%s is not there, or no longer."), iw_form_field_label (field)));
}

void
iw_form_check_references (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  for (guint i = 0; i < self->kind->n_fields; i++)
    {
      const IwFormField *field = &self->kind->fields[i];
      const char *value = iw_form_values_get (values, field->name);
      g_auto (GStrv) lines = NULL;

      if (field->input == IW_INPUT_SUBJECT)
        check_subject (self, field, value, problems);
      if (field->input != IW_INPUT_ITEMS && field->input != IW_INPUT_LINKS)
        continue;
      lines = iw_form_value_lines (value);
      for (guint l = 0; lines[l] != NULL && !iw_problems_have_field (problems, field->name); l++)
        if (field->input == IW_INPUT_ITEMS)
          check_item (self, field, lines[l], problems);
        else
          check_link (self, field, lines[l], problems);
    }
}

/* ---- all of it ---- */

/* The first problem of a field says enough. */
static void
keep_first_of_each_field (GPtrArray *problems)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < problems->len;)
    {
      const char *field = ((IwProblem *)problems->pdata[i])->field;

      if (field == NULL || g_hash_table_add (seen, (gpointer)field))
        i++;
      else
        g_ptr_array_remove_index (problems, i);
    }
}

/* The common fields are in no table. */
static void
check_who_and_when (IwFormValues *values, GPtrArray *problems)
{
  guint n;
  const IwFormField *common = iw_form_common_fields (&n);

  for (guint i = 0; i < n; i++)
    if ((common[i].flags & IW_REQUIRED) && *iw_form_values_get (values, common[i].name) == '\0' &&
        !iw_problems_have_field (problems, common[i].name))
      iw_problems_add_missing (problems, values->form->kind, common[i].name);
}

GPtrArray *
iw_form_get_problems (IwForm *self, gint64 now)
{
  GPtrArray *problems;
  g_auto (IwFormValues) values = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  problems = iw_problems_new ();
  iw_form_values_init (&values, self, now, problems);
  iw_form_kind_check (self->kind, iw_form_values_get, &values, problems);
  if (self->kind->doc_type == NULL)
    check_who_and_when (&values, problems);
  if (self->situation != NULL && !self->kind->workspace)
    {
      iw_form_check_references (self, &values, problems);
      iw_form_check_situation (self, &values, problems);
    }
  keep_first_of_each_field (problems);
  return problems;
}
