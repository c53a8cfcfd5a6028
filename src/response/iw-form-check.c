/* What every field, every decision and every document must fulfil, whatever road it came by. */
#include "iw-form-kind-private.h"

#include "iw-duration.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In bytes: longer than anything a person writes there. */
#define MAX_TEXT 4096
#define MAX_LONG (64 * 1024)
#define MAX_ITEM 1024
#define MAX_ITEMS 100000
#define MAX_LINKS 10000

static gboolean
is_choice (const IwFormField *field, const char *value)
{
  for (guint i = 0; field->choices != NULL && field->choices[i].value != NULL; i++)
    if (strcmp (field->choices[i].value, value) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_link (const char *line)
{
  g_autofree char *docid = NULL;
  gint64 row;

  return iw_form_value_parse_link (line, &docid, &row);
}

/* Why one line of a list will not do; NULL where it will. (transfer full) */
static char *
check_line (const IwFormField *field, const char *line)
{
  const char *label = iw_form_field_label (field);

  if (strlen (line) > MAX_ITEM)
    /* Translators: %s is the label of a field that is a list. */
    return g_strdup_printf (_ ("%s has a line that is too long."), label);
  if (field->input == IW_INPUT_SET && !is_choice (field, line))
    /* Translators: a value (%1$s) that is none of the choices of the field %2$s. */
    return g_strdup_printf (_ ("“%1$s” is not one of the choices of %2$s."), line, label);
  if (field->input == IW_INPUT_LINKS && !is_link (line))
    /* Translators: a line (%1$s) of the field %2$s, which cites entries and evidence. */
    return g_strdup_printf (_ ("“%1$s” in %2$s is not an entry or evidence."), line, label);
  return NULL;
}

static void
check_list (const IwFormField *field, const char *value, GPtrArray *problems)
{
  g_auto (GStrv) lines = iw_form_value_lines (value);
  guint max = field->input == IW_INPUT_LINKS ? MAX_LINKS : MAX_ITEMS;

  if (g_strv_length (lines) > max)
    {
      /* Translators: the label of a field that is a list (%1$s), and a number (%2$u). */
      iw_problems_add (
          problems, field->name,
          g_strdup_printf (_ ("%1$s has more than %2$u lines."), iw_form_field_label (field), max));
      return;
    }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *problem = check_line (field, lines[i]);

      if (problem == NULL)
        continue;
      iw_problems_add (problems, field->name, problem);
      return;
    }
}

static void
check_length (const IwFormField *field, const char *value, gsize max, GPtrArray *problems)
{
  if (strlen (value) > max)
    /* Translators: %s is the label of a field. */
    iw_problems_add (problems, field->name,
                     g_strdup_printf (_ ("%s is too long."), iw_form_field_label (field)));
}

static gboolean
is_time (const char *value)
{
  IwTime time;

  return iw_time_parse_rfc3339 (value, NULL, &time);
}

/* Why a single value will not do; NULL where it will. (transfer full) */
static char *
check_single (const IwFormField *field, const char *value)
{
  const char *label = iw_form_field_label (field);
  guint64 number;
  gint64 minutes;

  switch (field->input)
    {
    case IW_INPUT_CHOICE:
      return is_choice (field, value)
                 ? NULL
                 : g_strdup_printf (_ ("“%1$s” is not one of the choices of %2$s."), value, label);
    case IW_INPUT_TICK:
      /* Translators: %s is the label of a field that is ticked or not. */
      return strcmp (value, "true") == 0
                 ? NULL
                 : g_strdup_printf (_ ("%s is neither set nor unset."), label);
    case IW_INPUT_TIME:
      /* Translators: %s is the label of a field. */
      return is_time (value)
                 ? NULL
                 : g_strdup_printf (_ ("%s is not a time such as 2026-11-03T14:05:00Z."), label);
    case IW_INPUT_DURATION:
      /* Translators: %s is the label of a field. */
      return iw_duration_parse_stored (value, &minutes)
                 ? NULL
                 : g_strdup_printf (_ ("%s is not a number of minutes."), label);
    case IW_INPUT_NUMBER:
      /* Translators: %s is the label of a field. */
      return g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &number, NULL)
                 ? NULL
                 : g_strdup_printf (_ ("%s is not a whole number."), label);
    case IW_INPUT_TEXT:
    case IW_INPUT_LONG:
    case IW_INPUT_PERSON:
    case IW_INPUT_TEAM:
    case IW_INPUT_HOLDER:
    case IW_INPUT_SUBJECT:
    case IW_INPUT_SET:
    case IW_INPUT_LINES:
    case IW_INPUT_ITEMS:
    case IW_INPUT_LINKS:
    default:
      return NULL;
    }
}

static void
check_value (const IwFormField *field, const char *value, GPtrArray *problems)
{
  char *problem;

  if (!g_utf8_validate (value, -1, NULL))
    {
      /* Translators: %s is the label of a field. */
      iw_problems_add (
          problems, field->name,
          g_strdup_printf (_ ("%s holds bytes that are no text."), iw_form_field_label (field)));
      return;
    }
  switch (field->input)
    {
    case IW_INPUT_SET:
    case IW_INPUT_LINES:
    case IW_INPUT_ITEMS:
    case IW_INPUT_LINKS:
      check_list (field, value, problems);
      return;
    case IW_INPUT_LONG:
      check_length (field, value, MAX_LONG, problems);
      return;
    case IW_INPUT_TEXT:
    case IW_INPUT_PERSON:
    case IW_INPUT_TEAM:
    case IW_INPUT_HOLDER:
    case IW_INPUT_SUBJECT:
      check_length (field, value, MAX_TEXT, problems);
      return;
    case IW_INPUT_CHOICE:
    case IW_INPUT_TICK:
    case IW_INPUT_TIME:
    case IW_INPUT_DURATION:
    case IW_INPUT_NUMBER:
    default:
      problem = check_single (field, value);
      if (problem != NULL)
        iw_problems_add (problems, field->name, problem);
      return;
    }
}

void
iw_form_kind_check (const IwFormKind *kind, IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const IwFormField *field = &kind->fields[i];
      const char *value = get (source, field->name);

      if (!iw_form_field_is_wanted (field, get, source))
        continue;
      if (!iw_form_value_is_empty (value))
        check_value (field, value, problems);
      else if (field->flags & IW_REQUIRED)
        iw_problems_add_missing (problems, kind, field->name);
    }
  if (kind->check != NULL)
    kind->check (get, source, problems);
}

gboolean
iw_decision_check (IwEntry *entry, GPtrArray *problems)
{
  const IwFormKind *kind;
  g_auto (IwFieldSource) source = { 0 };
  guint before;

  g_return_val_if_fail (IW_IS_ENTRY (entry), FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  kind = iw_form_kind_of_entry (entry);
  if (kind == NULL)
    return TRUE;
  before = problems->len;
  iw_field_source_init (&source, kind, entry, NULL);
  iw_form_kind_check (kind, iw_field_source_get, &source, problems);
  return problems->len == before;
}

gboolean
iw_document_check (const char *type, JsonObject *body, GPtrArray *problems)
{
  const IwFormKind *kind = iw_form_kind_of_document (type);
  g_auto (IwFieldSource) source = { 0 };
  guint before;

  g_return_val_if_fail (body != NULL, FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  if (kind == NULL)
    return TRUE;
  before = problems->len;
  iw_field_source_init (&source, kind, NULL, body);
  iw_form_kind_check (kind, iw_field_source_get, &source, problems);
  return problems->len == before;
}
