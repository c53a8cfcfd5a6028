/* Rules of notices that need to know the text, the scope and what is in force (process.md N2, N4).
 */
#include "iw-form-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* There may be thousands of customers. (transfer full) (utf8 IwScopeItem) */
static GHashTable *
index_scope (IwSituation *situation)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *items = iw_situation_get_scope (situation);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (index, ((IwScopeItem *)items->pdata[i])->docid, items->pdata[i]);
  return index;
}

/* Notices go to affected customers and nobody else. @docids: a line each. */
static void
check_recipients (IwForm *self, const char *docids, const char *field, GPtrArray *problems)
{
  g_auto (GStrv) ids = iw_form_value_lines (docids);
  g_autoptr (GHashTable) scope = index_scope (self->situation);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const IwScopeItem *item = g_hash_table_lookup (scope, ids[i]);

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

/* (transfer full) */
static GHashTable *
fold_lines (const char *text)
{
  GHashTable *folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = iw_form_value_lines (text);

  for (guint i = 0; lines[i] != NULL; i++)
    g_hash_table_add (folded, iw_form_fold_name (lines[i]));
  return folded;
}

static gboolean
names (GHashTable *folded, const char *text)
{
  g_autofree char *name = iw_form_fold_name (text);

  return *name != '\0' && g_hash_table_contains (folded, name);
}

/* Nobody who was ruled out is among those who got it. */
static void
check_sent_to (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  g_autoptr (GHashTable) sent = fold_lines (iw_form_values_get (values, "recipients"));
  GPtrArray *items = iw_situation_get_scope (self->situation);

  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      if (item->kind != IW_SCOPE_CUSTOMER || iw_scope_item_is_notified (item) ||
          !(names (sent, item->docid) || names (sent, item->name) || names (sent, item->mail)))
        continue;
      /* Translators: %s is a customer. */
      iw_problems_add_at (
          problems, "recipients", "scope",
          g_strdup_printf (_ ("%s is not an affected customer, so no notice goes there."),
                           item->name));
      return;
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
