/* What an import of whole incidents has to say of a record. */
#include "iw-import-issue.h"

#define VALUE_MAX 200 /* characters */

void
iw_import_issue_free (IwImportIssue *issue)
{
  if (issue == NULL)
    return;
  g_free (issue->field);
  g_free (issue->reason);
  g_free (issue->value);
  g_free (issue);
}

static char *
cut (const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);

  if (g_utf8_strlen (valid, -1) <= VALUE_MAX)
    return g_steal_pointer (&valid);
  return g_utf8_substring (valid, 0, VALUE_MAX);
}

void
iw_import_issues_add (GPtrArray *issues,
                      gint64 row,
                      gint64 line,
                      gboolean rejected,
                      const char *field,
                      char *reason,
                      const char *value)
{
  IwImportIssue *issue = g_new0 (IwImportIssue, 1);

  issue->row = row;
  issue->line = line;
  issue->rejected = rejected;
  issue->field = g_strdup (field != NULL ? field : "");
  issue->reason = reason;
  issue->value = cut (value);
  g_ptr_array_add (issues, issue);
}

GPtrArray *
iw_import_issues_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_import_issue_free);
}
