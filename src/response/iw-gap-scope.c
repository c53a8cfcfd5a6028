/* What should be known of the scope, the evidence, the indicators, the plan and who does what. */
#include "iw-gap-private.h"

#include "iw-board.h"
#include "iw-response-private.h"

#include <glib/gi18n-lib.h>

/* More customers without a contact than this are counted, not listed. */
#define MAX_LISTED 5

typedef struct
{
  guint items, undecided, suspected, customers, confirmed_customers, unreachable;
} Scope;

static Scope
count_scope (GPtrArray *items)
{
  Scope scope = { .items = items->len };

  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      scope.undecided += item->state == IW_SCOPE_UNSET;
      scope.suspected += item->state == IW_SCOPE_SUSPECTED;
      scope.customers += iw_scope_item_is_notified (item);
      scope.confirmed_customers +=
          item->kind == IW_SCOPE_CUSTOMER && item->state == IW_SCOPE_CONFIRMED;
      scope.unreachable += iw_scope_item_is_notified (item) && iw_scope_item_lacks_contact (item);
    }
  return scope;
}

static void
want_contacts (IwGapFinder *f, GPtrArray *items, guint unreachable)
{
  if (unreachable > MAX_LISTED)
    {
      iw_gap_add (
          f, IW_GAP_WANTED, "scope", NULL,
          g_strdup_printf (ngettext ("%u affected customer has no contact for the notice.",
                                     "%u affected customers have no contact for the notice.",
                                     unreachable),
                           unreachable));
      return;
    }
  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      if (iw_scope_item_is_notified (item) && iw_scope_item_lacks_contact (item))
        iw_gap_add (f, IW_GAP_WANTED, "scope", item->docid,
                    /* Translators: a customer. */
                    g_strdup_printf (_ ("“%s” has no contact for the notice."), item->name));
    }
}

static void
want_customers (IwGapFinder *f, GPtrArray *items, const Scope *scope)
{
  if (f->state->classification != IW_CLASSIFICATION_CRSI)
    return;
  if (scope->customers == 0)
    iw_gap_add (f, IW_GAP_WANTED, "scope", NULL,
                g_strdup (_ ("No affected customer is recorded, so nobody would be notified.")));
  else if (scope->confirmed_customers == 0)
    iw_gap_add (f, IW_GAP_WANTED, "scope", NULL,
                g_strdup (_ ("Affected customers are only suspected.")));
  want_contacts (f, items, scope->unreachable);
}

static void
want_scope (IwGapFinder *f)
{
  GPtrArray *items = iw_situation_get_scope (f->situation);
  Scope scope = count_scope (items);

  want_customers (f, items, &scope);
  if (f->state->stage < IW_STAGE_DIAGNOSE)
    return;
  if (scope.items == 0 && f->state->classification != IW_CLASSIFICATION_CRSI)
    iw_gap_add (f, IW_GAP_WANTED, "scope", NULL, g_strdup (_ ("Nothing is recorded as affected.")));
  if (scope.undecided > 0)
    iw_gap_add (
        f, IW_GAP_WANTED, "scope", NULL,
        g_strdup_printf (
            ngettext ("%u item of the scope is neither suspected, confirmed nor ruled out.",
                      "%u items of the scope are neither suspected, confirmed nor ruled out.",
                      scope.undecided),
            scope.undecided));
  if (scope.suspected > 0 && f->state->stage >= IW_STAGE_STABILISE)
    iw_gap_add (f, IW_GAP_WANTED, "scope", NULL,
                g_strdup_printf (
                    ngettext ("%u item of the scope is only suspected: confirm it or rule it out.",
                              "%u items of the scope are only suspected: confirm or rule them out.",
                              scope.suspected),
                    scope.suspected));
}

/* ---- evidence, indicators ---- */

static void
want_evidence (IwGapFinder *f)
{
  g_autoptr (GPtrArray) evidence = iw_situation_get_documents (f->situation, "evidence");

  if (evidence->len == 0 && f->state->stage >= IW_STAGE_DIAGNOSE)
    iw_gap_add (f, IW_GAP_WANTED, "evidence", NULL, g_strdup (_ ("No evidence is collected.")));
}

static void
note_swept (GHashTable *swept, IwEntry *sweep, const char *list)
{
  g_auto (GStrv) ids = iw_entry_get_list (sweep, list);

  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (swept, g_strdup (ids[i]));
}

static void
want_sweeps (IwGapFinder *f)
{
  g_autoptr (GHashTable) swept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) indicators = iw_situation_get_documents (f->situation, "indicator");
  IwDecisions *decisions = iw_situation_get_decisions (f->situation);
  IwEntry *sweep;
  guint unswept = 0;

  for (guint i = 0; (sweep = iw_decisions_next (decisions, &i, IW_ENTRY_SWEEP, NULL)) != NULL;)
    {
      note_swept (swept, sweep, "found");
      note_swept (swept, sweep, "clear");
    }
  for (guint i = 0; i < indicators->len; i++)
    unswept += !g_hash_table_contains (swept, iw_document_get_id (indicators->pdata[i]));
  if (unswept > 0 && f->state->stage >= IW_STAGE_DIAGNOSE)
    iw_gap_add (f, IW_GAP_WANTED, "indicators", NULL,
                g_strdup_printf (ngettext ("No sweep has looked for %u indicator yet.",
                                           "No sweep has looked for %u indicators yet.", unswept),
                                 unswept));
}

/* ---- plan, board ---- */

static void
want_plan (IwGapFinder *f)
{
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (f->situation);
  guint ownerless = 0;

  for (guint i = 0; i < plan->len; i++)
    ownerless += iw_gap_task_is_open (f, plan->pdata[i]) &&
                 *iw_document_get_text (plan->pdata[i], "owner") == '\0';
  if (plan->len == 0 && f->state->stage >= IW_STAGE_STABILISE)
    iw_gap_add (f, IW_GAP_WANTED, "plan", NULL, g_strdup (_ ("There is no recovery plan.")));
  if (ownerless > 0)
    iw_gap_add (
        f, IW_GAP_WANTED, "plan", NULL,
        g_strdup_printf (ngettext ("%u task has no owner.", "%u tasks have no owner.", ownerless),
                         ownerless));
}

static void
want_assignees (IwGapFinder *f)
{
  guint n;
  const IwActivity *activities = iw_activities (&n);

  for (guint i = 0; i < n; i++)
    {
      IwEntry *entry = iw_situation_get_activity (f->situation, activities[i].id);

      if (entry != NULL && g_str_equal (iw_response_field (entry, "to"), "in-progress") &&
          *iw_response_field (entry, "assignee") == '\0')
        iw_gap_add (f, IW_GAP_WANTED, "board", iw_response_id (entry),
                    /* Translators: an activity of the response. */
                    g_strdup_printf (_ ("“%s” is in progress, but given to nobody."),
                                     iw_activity_label (&activities[i])));
    }
}

void
iw_gap_find_wanted_scope (IwGapFinder *f)
{
  want_scope (f);
  want_evidence (f);
  want_sweeps (f);
  want_plan (f);
  want_assignees (f);
}
