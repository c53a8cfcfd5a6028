/* Roles, outside bodies, and the work that is shared out (process.md R2, R3, R6, S1). */
#include "config.h"

#include "iw-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-board.h"
#include "iw-experts.h"
#include "iw-words.h"

/* ---- roles ---- */

static void
add_role (GPtrArray *facts,
          const IwFactContext *context,
          const IwFormField *field,
          const char *role)
{
  const IwIncidentState *state = iw_situation_get_state (context->situation);
  IwEntry *entry = g_hash_table_lookup (state->roles, role);
  const char *person = iw_situation_get_role (context->situation, role);
  const char *label = iw_form_field_choice_label (field, role);
  IwFact *fact =
      iw_facts_add (facts, IW_FACT_PROPERTY, role, label, *person != '\0' ? person : _ ("Nobody"));

  if (entry != NULL)
    iw_facts_set_decided (fact, context, entry);
  iw_fact_set_action (fact, "response.role", g_variant_new_string (role));
}

/* A row each, which replaces or relieves this one, and one that adds another. Who takes the place
 * of one takes the row and with it the keyboard. */
static void
add_experts (GPtrArray *facts, const IwFactContext *context, const char *label)
{
  g_autoptr (GPtrArray) experts = iw_situation_get_holders (context->situation, IW_ROLE_EXPERT);
  IwFact *fact;

  for (guint i = 0; i < experts->len; i++)
    {
      const char *person = iw_words_field (experts->pdata[i], "to");
      g_autofree char *key = g_strdup_printf ("%s:%u", IW_ROLE_EXPERT, i);

      fact = iw_facts_add (facts, IW_FACT_PROPERTY, i == 0 ? IW_ROLE_EXPERT : key, label, person);
      iw_facts_set_decided (fact, context, experts->pdata[i]);
      iw_fact_set_action (fact, "response.expert", g_variant_new_string (person));
    }
  fact = iw_facts_add (facts, IW_FACT_BUTTON, "add-expert", _ ("Add Subject-Matter Expert…"), NULL);
  iw_fact_set_mark (fact, "list-add-symbolic", IW_TONE_NONE);
  iw_fact_set_action (fact, "response.role", g_variant_new_string (IW_ROLE_EXPERT));
}

void
iw_facts_roles (GPtrArray *facts, const IwFactContext *context)
{
  const IwIncidentState *state = iw_situation_get_state (context->situation);
  const IwFormField *field = iw_form_kind_field (iw_form_kind_find ("role"), "role");

  for (const IwChoice *choice = field->choices; choice->value != NULL; choice++)
    if (g_str_equal (choice->value, IW_ROLE_EXPERT) && state->experts->len > 0)
      add_experts (facts, context, iw_form_field_choice_label (field, choice->value));
    else
      add_role (facts, context, field, choice->value);
}

/* ---- outside bodies ---- */

void
iw_facts_liaison (GPtrArray *facts, const IwFactContext *context)
{
  IwDecisions *decisions = iw_situation_get_decisions (context->situation);
  guint index = 0;
  IwEntry *entry;

  while ((entry = iw_decisions_next (decisions, &index, IW_ENTRY_LIAISON, NULL)) != NULL)
    {
      /* Translators: the kind of an outside body, and its name: "Regulator: Data Protection Board".
       */
      g_autofree char *title =
          g_strdup_printf (_ ("%1$s: %2$s"), iw_words_entry_choice (entry, "liaison", "body"),
                           iw_words_field (entry, "name"));
      IwFact *fact = iw_facts_add (facts, IW_FACT_PLAIN, iw_entry_get_id (entry), title,
                                   iw_words_field (entry, "what"));

      iw_facts_set_decided (fact, context, entry);
      if (iw_entry_get_id (entry) != NULL)
        iw_fact_set_goto (fact, iw_entry_get_id (entry));
    }
  if (facts->len == 0)
    iw_facts_add (facts, IW_FACT_PLAIN, "no-liaison", _ ("No Contact Recorded"),
                  _ ("Work with legal advisers, law enforcement, regulators and partners."));
}

/* ---- board and plan ---- */

static char *
board_words (const IwFactContext *context)
{
  guint n, done = 0, going = 0;
  const IwActivity *activities = iw_activities (&n);

  for (guint i = 0; i < n; i++)
    {
      IwEntry *entry = iw_situation_get_activity (context->situation, activities[i].id);
      const char *state = iw_words_field (entry, "to");

      done += g_str_equal (state, "done") || g_str_equal (state, "not-needed");
      going += g_str_equal (state, "in-progress");
    }
  /* Translators: of all activities of the response board. */
  return g_strdup_printf (_ ("%1$u of %2$u activities done, %3$u in progress"), done, n, going);
}

static char *
plan_words (const IwFactContext *context, gboolean *overdue)
{
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (context->situation);
  guint done = 0, late = 0, counted = 0;

  for (guint i = 0; i < plan->len; i++)
    {
      IwDocument *task = plan->pdata[i];
      const char *state =
          iw_situation_get_task_state (context->situation, iw_document_get_id (task), NULL);
      gboolean open = !g_str_equal (state, "done") && !g_str_equal (state, "dropped");
      IwTime due;

      counted += !g_str_equal (state, "dropped");
      done += g_str_equal (state, "done");
      late += open && iw_time_parse_rfc3339 (iw_document_get_text (task, "due"), NULL, &due) &&
              iw_time_end (due) <= context->now;
    }
  *overdue = late > 0;
  if (plan->len == 0)
    return g_strdup (_ ("No tasks yet"));
  if (late > 0)
    /* Translators: of all tasks of the recovery plan. */
    return g_strdup_printf (_ ("%1$u of %2$u tasks done, %3$u overdue"), done, counted, late);
  return g_strdup_printf (_ ("%1$u of %2$u tasks done"), done, counted);
}

void
iw_facts_work (GPtrArray *facts, const IwFactContext *context)
{
  gboolean overdue;
  IwFact *board =
      iw_facts_take (facts, IW_FACT_PLAIN, "board", _ ("Response Board"), board_words (context));
  IwFact *plan = iw_facts_take (facts, IW_FACT_PLAIN, "plan", _ ("Recovery Plan"),
                                plan_words (context, &overdue));

  iw_fact_set_goto (board, "board");
  iw_fact_set_goto (plan, "plan");
  if (overdue)
    iw_fact_set_mark (plan, "dialog-warning-symbolic", IW_TONE_BAD);
}
