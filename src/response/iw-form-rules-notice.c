/* Rules of notices that need to know the text, the scope and what is in force (process.md N2, N4).
 */
#include "iw-form-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwScopeItem *
find_item (IwSituation *situation, const char *docid)
{
  GPtrArray *items = iw_situation_get_scope (situation);

  for (guint i = 0; i < items->len; i++)
    if (strcmp (((IwScopeItem *)items->pdata[i])->docid, docid) == 0)
      return items->pdata[i];
  return NULL;
}

/* Notices go to affected customers and nobody else. @docids: a line each. */
static void
check_recipients (IwForm *self, const char *docids, const char *field, GPtrArray *problems)
{
  g_auto (GStrv) ids = iw_form_value_lines (docids);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const IwScopeItem *item = find_item (self->situation, ids[i]);

      if (item != NULL && iw_scope_item_is_notified (item))
        continue;
      /* Translators: %s is a customer. */
      iw_problems_add_at (problems, field, "scope",
                          item == NULL
                              ? g_strdup (_ ("A recipient is not among the affected customers."))
                              : g_strdup_printf (_ ("%s is not an affected customer, so no notice "
                                                    "goes there."),
                                                 item->name));
      return;
    }
}

void
iw_form_check_notice (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  if (!iw_problems_have_field (problems, "recipients"))
    check_recipients (self, iw_form_values_get (values, "recipients"), "recipients", problems);
}

/* Nobody who was ruled out is among those who got it. */
static void
check_sent_to (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  g_auto (GStrv) lines = iw_form_value_lines (iw_form_values_get (values, "recipients"));
  GPtrArray *items = iw_situation_get_scope (self->situation);

  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      if (item->kind != IW_SCOPE_CUSTOMER || iw_scope_item_is_notified (item))
        continue;
      for (guint l = 0; lines[l] != NULL; l++)
        if (strcmp (lines[l], item->docid) == 0 || iw_form_same_name (lines[l], item->name) ||
            (*item->mail != '\0' && iw_form_same_name (lines[l], item->mail)))
          {
            /* Translators: %s is a customer. */
            iw_problems_add_at (
                problems, "recipients", "scope",
                g_strdup_printf (_ ("%s is not an affected customer, so no notice goes there."),
                                 item->name));
            return;
          }
    }
}

static void
check_sending (IwForm *self, IwFormValues *values, const IwNoticeState *state, GPtrArray *problems)
{
  if (state->status == IW_NOTICE_APPROVED &&
      strcmp (state->digest, iw_form_values_get (values, "digest")) != 0)
    iw_problems_add_at (problems, "to", "notices",
                        g_strdup (_ ("The text was changed after it was approved. Have it approved "
                                     "again.")));
  if (!iw_problems_have_field (problems, "recipients"))
    check_sent_to (self, values, problems);
}

void
iw_form_check_notice_state (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const char *docid = iw_form_values_get (values, "subject");
  const IwNoticeState *state = iw_situation_get_notice (self->situation, docid);
  IwDocument *notice = iw_situation_find (self->situation, docid);
  g_auto (GStrv) recipients = NULL;
  g_autofree char *lines = NULL;
  IwNoticeStatus to;

  if (state == NULL || notice == NULL ||
      !iw_notice_status_from_string (iw_form_values_get (values, "to"), &to))
    return;
  if (!(iw_notice_next (state->status) & (1u << to)))
    /* Translators: the state a notice is in (%1$s) and the one it shall be in (%2$s). */
    iw_problems_add_at (problems, "to", "notices",
                        g_strdup_printf (_ ("A notice cannot go from %1$s to %2$s."),
                                         iw_notice_status_label (state->status),
                                         iw_notice_status_label (to)));
  if (to != IW_NOTICE_APPROVED && to != IW_NOTICE_SENT)
    return;
  recipients = iw_document_get_list (notice, "recipients");
  lines = g_strjoinv ("\n", recipients);
  check_recipients (self, lines, to == IW_NOTICE_SENT ? "recipients" : NULL, problems);
  if (to == IW_NOTICE_SENT)
    check_sending (self, values, state, problems);
}
