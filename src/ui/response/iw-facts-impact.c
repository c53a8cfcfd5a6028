/* Impact, and the severity and priority that follow from it (process.md C4, C5). */
#include "config.h"

#include "iw-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-words.h"

static void
add_urgent (GPtrArray *facts, const IwFactContext *context)
{
  const IwIncidentState *state = iw_situation_get_state (context->situation);
  IwFact *fact;

  if (!state->urgent)
    return;
  fact = iw_facts_add (
      facts, IW_FACT_PLAIN, "urgent", _ ("Work Around the Clock"),
      g_strcmp0 (iw_words_field (state->impact, "risk"), "confirmed") == 0
          ? _ ("The risk to customer data is confirmed: high severity at least, and priority P1.")
          : _ ("The risk to customer data is imminent: high severity at least, and priority P1."));
  iw_fact_set_mark (fact, "iw-around-the-clock-symbolic", IW_TONE_BAD);
}

/* With the reason of whoever set it; that of the rule stands below, once. */
static void
add_outcome (GPtrArray *facts,
             const IwFactContext *context,
             const char *form,
             const char *title,
             const char *label,
             IwEntryKind kind)
{
  IwEntry *impact = iw_situation_get_state (context->situation)->impact;
  IwEntry *entry = iw_decisions_last (iw_situation_get_decisions (context->situation), kind, NULL);
  const char *why = iw_words_field (entry, "why");
  gboolean ruled = g_strcmp0 (why, iw_words_field (impact, "rule")) == 0;
  IwFact *fact = iw_facts_take (facts, IW_FACT_PROPERTY, form, title,
                                iw_facts_lines (label, ruled ? "" : why));

  if (entry != NULL && !ruled)
    iw_facts_set_decided (fact, context, entry);
  iw_fact_set_form (fact, form, NULL);
}

static void
add_scales (GPtrArray *facts, const IwFactContext *context, IwEntry *impact)
{
  static const char *const scales[] = { "functional", "information", "recoverability", "risk" };
  const IwFormKind *kind = iw_form_kind_find ("impact");

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      const IwFormField *field = iw_form_kind_field (kind, scales[i]);
      IwFact *fact = iw_facts_add (facts, IW_FACT_PROPERTY, scales[i], iw_form_field_label (field),
                                   iw_words_entry_choice (impact, "impact", scales[i]));

      iw_fact_set_form (fact, "impact", NULL);
    }
}

static void
add_rule (GPtrArray *facts, const IwFactContext *context, IwEntry *impact)
{
  const char *override = iw_words_field (impact, "override_why");
  g_autofree char *otherwise =
      *override != '\0'
          /* Translators: %s is why a person decided otherwise than the rule. */
          ? g_strdup_printf (_ ("Decided otherwise: %s"), override)
          : g_strdup ("");
  g_autofree char *rule = iw_facts_lines (iw_words_field (impact, "rule"), otherwise);
  IwFact *fact = iw_facts_take (facts, IW_FACT_PROPERTY, "rule", _ ("How It Was Rated"),
                                iw_facts_lines (rule, iw_words_field (impact, "why")));

  iw_facts_set_decided (fact, context, impact);
}

void
iw_facts_impact (GPtrArray *facts, const IwFactContext *context)
{
  static const IwEntryKind kinds[] = { IW_ENTRY_IMPACT, IW_ENTRY_SEVERITY, IW_ENTRY_PRIORITY,
                                       IW_ENTRY_UNKNOWN };
  const IwIncidentState *state = iw_situation_get_state (context->situation);

  add_urgent (facts, context);
  add_outcome (facts, context, "severity", _ ("Severity"), iw_severity_label (state->severity),
               IW_ENTRY_SEVERITY);
  add_outcome (facts, context, "priority", _ ("Priority"), iw_priority_label (state->priority),
               IW_ENTRY_PRIORITY);
  if (state->impact == NULL)
    {
      IwFact *fact =
          iw_facts_add (facts, IW_FACT_PROPERTY, "impact", _ ("Impact"), _ ("Not recorded"));

      iw_fact_add_form_button (fact, _ ("Record…"), _ ("Record the Impact"), "impact", NULL);
    }
  else
    {
      add_scales (facts, context, state->impact);
      add_rule (facts, context, state->impact);
      iw_facts_add_cited (facts, context, "impact-cited", state->impact);
    }
  iw_facts_add_history (facts, context, "impact-history", kinds);
}
