/* What a form holds as documents have it: times and durations read, what is not asked for left out.
 */
#include "iw-form-private.h"

#include "iw-duration.h"
#include "iw-indicator.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
put (IwFormValues *values, const char *field, const char *text)
{
  if (text != NULL && *text != '\0')
    g_hash_table_insert (values->texts, g_strdup (field), g_strdup (text));
}

static void
put_time (IwFormValues *values, const char *field, IwTime time)
{
  g_autofree char *text = iw_time_to_rfc3339 (time);

  put (values, field, text);
}

const char *
iw_form_values_get (gpointer source, const char *field)
{
  IwFormValues *values = source;
  const char *text = g_hash_table_lookup (values->texts, field);

  return text != NULL ? text : "";
}

static void
read_time (IwFormValues *values, const IwFormField *field, gint64 now, GPtrArray *problems)
{
  char *unread = NULL;
  IwTime time =
      iw_form_read_time (values->form, iw_form_get (values->form, field->name), now, &unread);

  if (unread != NULL)
    iw_problems_add (problems, field->name, unread);
  else
    put_time (values, field->name, time);
}

static void
read_duration (IwFormValues *values, const IwFormField *field, GPtrArray *problems)
{
  const char *text = iw_form_get (values->form, field->name);
  g_autofree char *stored = NULL;
  gint64 minutes;

  if (iw_form_value_is_empty (text))
    return;
  if (!iw_duration_parse (text, &minutes))
    {
      /* Translators: %s is what was typed. */
      iw_problems_add (
          problems, field->name,
          g_strdup_printf (_ ("“%s” is not understood as a duration. Write it as “45 min”, “72 h” "
                              "or “3 d”; a plain number is hours."),
                           text));
      return;
    }
  stored = g_strdup_printf ("%" G_GINT64_FORMAT, minutes);
  put (values, field->name, stored);
}

static void
read_lines (IwFormValues *values, const IwFormField *field)
{
  g_auto (GStrv) lines = iw_form_value_lines (iw_form_get (values->form, field->name));
  g_autofree char *text = g_strjoinv ("\n", lines);

  put (values, field->name, text);
}

static void
read_field (IwFormValues *values, const IwFormField *field, gint64 now, GPtrArray *problems)
{
  g_autofree char *trimmed = NULL;

  switch (field->input)
    {
    case IW_INPUT_TIME:
      read_time (values, field, now, problems);
      return;
    case IW_INPUT_DURATION:
      read_duration (values, field, problems);
      return;
    case IW_INPUT_SET:
    case IW_INPUT_LINES:
    case IW_INPUT_ITEMS:
    case IW_INPUT_LINKS:
      read_lines (values, field);
      return;
    case IW_INPUT_TEXT:
    case IW_INPUT_LONG:
    case IW_INPUT_CHOICE:
    case IW_INPUT_TICK:
    case IW_INPUT_NUMBER:
    case IW_INPUT_PERSON:
    case IW_INPUT_TEAM:
    case IW_INPUT_HOLDER:
    case IW_INPUT_SUBJECT:
    default:
      trimmed = g_strstrip (g_strdup (iw_form_get (values->form, field->name)));
      put (values, field->name, trimmed);
      return;
    }
}

/* Whole seconds: what a person decides is not exact to the microsecond. */
static IwTime
present (gint64 now)
{
  return (IwTime){ now - now % IW_USEC_PER_SEC, IW_PRECISION_SECOND };
}

static void
read_common (IwFormValues *values, gint64 now, GPtrArray *problems)
{
  guint n;
  const IwFormField *common = iw_form_common_fields (&n);

  for (guint i = 0; i < n; i++)
    read_field (values, &common[i], now, problems);
  if (!iw_time_parse_rfc3339 (iw_form_values_get (values, "occurred_at"), NULL, &values->occurred))
    values->occurred = present (now);
  put_time (values, "occurred_at", values->occurred);
}

/* ---- what the program adds ---- */

static void
add_due_at (IwFormValues *values)
{
  gint64 minutes;

  if (!iw_duration_parse_stored (iw_form_values_get (values, "due"), &minutes))
    return;
  put_time (values, "due_at",
            (IwTime){ CLAMP (values->occurred.us + minutes * 60 * IW_USEC_PER_SEC, IW_TIME_MIN,
                             IW_TIME_MAX),
                      IW_PRECISION_SECOND });
}

static void
add_proposal (IwFormValues *values)
{
  g_autoptr (IwProposal) proposal = iw_form_propose (values->form);

  if (proposal == NULL)
    return;
  put (values, "proposed_severity", iw_severity_to_string (proposal->severity));
  put (values, "proposed_priority", iw_priority_to_string (proposal->priority));
  put (values, "rule", proposal->why);
}

static void
add_notice_facts (IwFormValues *values)
{
  IwDocument *notice =
      iw_situation_find (values->form->situation, iw_form_values_get (values, "subject"));
  g_autofree char *digest = NULL;

  if (notice == NULL)
    return;
  put (values, "audience", iw_document_get_text (notice, "audience"));
  if (!iw_form_value_is_among (iw_form_values_get (values, "to"), "approved|sent"))
    return;
  digest = iw_notice_digest (iw_document_get_body (notice));
  put (values, "digest", digest);
}

/* A clock that says no start starts when it was decided. */
static void
add_start (IwFormValues *values, GPtrArray *problems)
{
  if (!iw_problems_have_field (problems, "start") && *iw_form_values_get (values, "start") == '\0')
    put_time (values, "start", values->occurred);
}

static void
add_indicator_value (IwFormValues *values)
{
  const char *typed = iw_form_values_get (values, "value");
  IwIndicatorType type;
  g_autofree char *refanged = NULL, *normal = NULL;

  if (!iw_indicator_type_from_string (iw_form_values_get (values, "indicator_type"), &type))
    return;
  refanged = iw_indicator_refang (typed);
  normal = iw_indicator_normalise (type, refanged);
  put (values, "value", normal);
}

/* What the decision is about, for its words. */
static void
add_subject_name (IwFormValues *values)
{
  const IwFormField *field = iw_form_kind_field (values->form->kind, "subject");
  const char *subject = iw_form_values_get (values, "subject");
  IwSituation *situation = values->form->situation;
  IwEntry *entry;
  g_autofree char *name = NULL;

  if (field == NULL || field->input != IW_INPUT_SUBJECT || *subject == '\0')
    return;
  entry = iw_decisions_find (iw_situation_get_decisions (situation), subject);
  if (entry != NULL && iw_entry_get_kind (entry) == IW_ENTRY_ESCALATION)
    put (values, IW_DECISION_SUBJECT_NAME, iw_entry_get_field (entry, "to"));
  else if (entry != NULL && iw_entry_get_kind (entry) == IW_ENTRY_CLOCK)
    put (values, IW_DECISION_SUBJECT_NAME, iw_entry_get_field (entry, "name"));
  else if (entry != NULL || iw_situation_find (situation, subject) != NULL)
    {
      name = iw_situation_name (situation, subject);
      put (values, IW_DECISION_SUBJECT_NAME, name);
    }
}

static void
add_withdrawn_kind (IwFormValues *values)
{
  IwEntry *subject = iw_decisions_find (iw_situation_get_decisions (values->form->situation),
                                        iw_form_values_get (values, "subject"));
  g_autofree char *of = subject != NULL ? iw_withdrawal_of (subject) : NULL;

  if (of != NULL)
    put (values, "of", of);
}

static void
add_program_values (IwFormValues *values, GPtrArray *problems)
{
  const char *name = values->form->kind->name;

  if (strcmp (name, "escalation") == 0)
    add_due_at (values);
  else if (strcmp (name, "impact") == 0)
    add_proposal (values);
  else if (strcmp (name, "notice-state") == 0)
    add_notice_facts (values);
  else if (strcmp (name, "clock") == 0)
    add_start (values, problems);
  else if (strcmp (name, "indicator") == 0)
    add_indicator_value (values);
  else if (strcmp (name, "withdrawal") == 0)
    add_withdrawn_kind (values);
  if (values->form->situation != NULL)
    {
      put (values, "from", iw_form_get_from (values->form));
      add_subject_name (values);
    }
}

void
iw_form_values_init (IwFormValues *values, IwForm *form, gint64 now, GPtrArray *problems)
{
  *values = (IwFormValues){
    .form = form,
    .texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };
  for (guint i = 0; i < form->kind->n_fields; i++)
    {
      const IwFormField *field = &form->kind->fields[i];
      gboolean ours = (field->flags & IW_HIDDEN) && form->kind->doc_type == NULL;

      /* By what was read, as documents have it: a field hangs on one that stands before it. */
      if (!iw_form_field_is_wanted (field, iw_form_values_get, values))
        continue;
      if (ours)
        put (values, field->name, iw_form_field_get_constant (field));
      else
        read_field (values, field, now, problems);
    }
  if (form->kind->doc_type == NULL)
    read_common (values, now, problems);
  add_program_values (values, problems);
}

void
iw_form_values_clear (IwFormValues *values)
{
  g_clear_pointer (&values->texts, g_hash_table_unref);
}
