/* What concerns a notice as a whole: accurate, timely, and who gets it (process.md N4, N5). */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-model-json.h"
#include "iw-notice-check-private.h"
#include "iw-notice-template-facts.h"

static void
check_accurate (JsonObject *notice, IwSituation *situation, GPtrArray *items)
{
  IwCheckItem *item = iw_check_item_new ("accurate", NC_ ("notice check", "Accurate"), "");
  g_autofree char *all = g_strdup_printf ("%s\n%s", iw_model_json_get_text (notice, "subject"),
                                          iw_model_json_get_text (notice, "body"));
  g_auto (GStrv) marks = iw_notice_find_marks (all);
  guint n = g_strv_length (marks);

  g_ptr_array_add (items, item);
  if (n > 0)
    {
      item->reason = g_strdup_printf (ngettext ("%u fact is marked as not known yet.",
                                                "%u facts are marked as not known yet.", n),
                                      n);
      return;
    }
  if (iw_notice_document_is_behind (notice, situation))
    {
      item->reason =
          g_strdup (_ ("The incident knows more than this text says. Insert the facts again."));
      return;
    }
  item->state = IW_CHECK_PRESENT;
  item->reason = g_strdup (_ ("It says what the incident says now."));
}

static void
check_timely (JsonObject *notice, IwSituation *situation, GPtrArray *items)
{
  IwAudience audience = iw_notice_document_audience (notice);
  GPtrArray *clocks = iw_situation_get_clocks (situation);
  gint64 now = iw_situation_get_now (situation);
  const IwClock *clock = NULL;
  IwCheckItem *item;

  for (guint i = 0; i < clocks->len && clock == NULL; i++)
    {
      const IwClock *candidate = g_ptr_array_index (clocks, i);

      if (candidate->kind ==
              (audience == IW_AUDIENCE_REGULATOR ? IW_CLOCK_REGULATOR : IW_CLOCK_CUSTOMER_NOTICE) &&
          candidate->state == IW_CLOCK_RUNNING)
        clock = candidate;
    }
  if (clock == NULL || (audience != IW_AUDIENCE_CUSTOMERS && audience != IW_AUDIENCE_REGULATOR))
    return;
  item = iw_check_item_new ("timely", NC_ ("notice check", "Timely"), "");
  item->state = iw_clock_is_overdue (clock, now) ? IW_CHECK_MISSING : IW_CHECK_PRESENT;
  item->reason = iw_clock_sentence (clock, now, iw_situation_get_zone (situation));
  g_ptr_array_add (items, item);
}

typedef struct
{
  guint n_recipients, n_unreachable, n_left_out;
} Reach;

/* Whether another notice to customers goes there, in another language perhaps. */
static gboolean
gets_another (IwSituation *situation, const char *docid)
{
  g_autoptr (GPtrArray) notices = iw_situation_get_documents (situation, "notice");

  for (guint i = 0; i < notices->len; i++)
    {
      JsonObject *notice = iw_document_get_body (g_ptr_array_index (notices, i));
      g_auto (GStrv) recipients = iw_model_json_get_strings (notice, "recipients");

      if (iw_notice_document_audience (notice) == IW_AUDIENCE_CUSTOMERS &&
          g_strv_contains ((const char *const *)recipients, docid))
        return TRUE;
    }
  return FALSE;
}

static Reach
count_recipients (JsonObject *notice, IwSituation *situation)
{
  g_auto (GStrv) recipients = iw_model_json_get_strings (notice, "recipients");
  GPtrArray *scope = iw_situation_get_scope (situation);
  Reach reach = { 0 };

  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = g_ptr_array_index (scope, i);

      if (!iw_scope_item_is_notified (item))
        continue;
      if (g_strv_contains ((const char *const *)recipients, item->docid))
        {
          reach.n_recipients++;
          reach.n_unreachable += iw_scope_item_lacks_contact (item);
        }
      else if (!gets_another (situation, item->docid))
        reach.n_left_out++;
    }
  return reach;
}

/* (transfer full) */
static char *
reach_words (const Reach *reach)
{
  if (reach->n_recipients == 0)
    return g_strdup (_ ("No affected customer gets it."));
  if (reach->n_unreachable > 0)
    return g_strdup_printf (
        ngettext ("%u recipient has neither a mail address nor a phone number.",
                  "%u recipients have neither a mail address nor a phone number.",
                  reach->n_unreachable),
        reach->n_unreachable);
  if (reach->n_left_out > 0)
    return g_strdup_printf (ngettext ("%u affected customer gets no notice.",
                                      "%u affected customers get no notice.", reach->n_left_out),
                            reach->n_left_out);
  return g_strdup_printf (ngettext ("%u affected customer gets it, and nobody else outside.",
                                    "%u affected customers get it, and nobody else outside.",
                                    reach->n_recipients),
                          reach->n_recipients);
}

static void
check_recipients (JsonObject *notice, IwSituation *situation, GPtrArray *items)
{
  IwCheckItem *item = iw_check_item_new ("recipients", NC_ ("notice check", "Recipients"), "");
  g_auto (GStrv) others = iw_model_json_get_strings (notice, "internal");
  Reach reach = { 0 };

  if (iw_notice_document_audience (notice) == IW_AUDIENCE_CUSTOMERS)
    {
      reach = count_recipients (notice, situation);
      item->reason = reach_words (&reach);
      if (reach.n_recipients > 0 && reach.n_unreachable == 0)
        item->state = reach.n_left_out == 0 ? IW_CHECK_PRESENT : IW_CHECK_NOT_SURE;
    }
  else
    {
      item->state = others[0] != NULL ? IW_CHECK_PRESENT : IW_CHECK_MISSING;
      item->reason =
          others[0] != NULL
              ? g_strdup_printf (ngettext ("%u address.", "%u addresses.", g_strv_length (others)),
                                 g_strv_length (others))
              : g_strdup (_ ("Nobody gets it yet."));
    }
  g_ptr_array_add (items, item);
}

void
iw_check_whole (JsonObject *notice, IwSituation *situation, GPtrArray *items)
{
  if (situation == NULL)
    return;
  check_accurate (notice, situation, items);
  check_timely (notice, situation, items);
  check_recipients (notice, situation, items);
}
