/* What is wrong with a form or an entry, in words. */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>

void
iw_problem_free (IwProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->field);
  g_free (problem->message);
  g_free (problem);
}

GPtrArray *
iw_problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_problem_free);
}

void
iw_problems_add_at (GPtrArray *problems, const char *field, const char *place, char *message)
{
  IwProblem *problem = g_new0 (IwProblem, 1);

  problem->field = g_strdup (field);
  problem->message = message;
  problem->place = place;
  g_ptr_array_add (problems, problem);
}

void
iw_problems_add (GPtrArray *problems, const char *field, char *message)
{
  g_return_if_fail (problems != NULL);
  g_return_if_fail (message != NULL);

  iw_problems_add_at (problems, field, NULL, message);
}

void
iw_problems_add_missing (GPtrArray *problems, const IwFormKind *kind, const char *field)
{
  const IwFormField *known = iw_form_kind_field (kind, field);

  /* Translators: %s is the label of a field that was left empty: "“Reason” is missing." */
  iw_problems_add (problems, field,
                   g_strdup_printf (_ ("“%s” is missing."),
                                    known != NULL ? iw_form_field_label (known) : field));
}

gboolean
iw_problems_have_field (GPtrArray *problems, const char *field)
{
  for (guint i = 0; i < problems->len; i++)
    if (g_strcmp0 (((IwProblem *)problems->pdata[i])->field, field) == 0)
      return TRUE;
  return FALSE;
}

char *
iw_problems_to_text (GPtrArray *problems)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (problems != NULL, NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, ((IwProblem *)problems->pdata[i])->message);
    }
  return g_string_free_and_steal (text);
}
