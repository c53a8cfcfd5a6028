/* The stage in force, and containment beside it (process.md P1 to P4). */
#include "config.h"

#include "iw-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-board.h"
#include "iw-words.h"

static void
add_stage (GPtrArray *facts, const IwFactContext *context)
{
  const IwIncidentState *state = iw_situation_get_state (context->situation);
  IwEntry *entry =
      iw_decisions_last (iw_situation_get_decisions (context->situation), IW_ENTRY_STAGE, NULL);
  gint64 since = iw_words_stage_since (state);
  g_autofree char *span = iw_facts_for (since, context->now);
  g_autofree char *words =
      since != 0
          /* Translators: a stage, and for how long: "Diagnose, for 2 h". */
          ? g_strdup_printf (_ ("%1$s, %2$s"), iw_stage_label (state->stage), span)
          : g_strdup (iw_stage_label (state->stage));
  IwFact *fact = iw_facts_take (facts, IW_FACT_PROPERTY, "stage",
                                iw_phase_label (iw_phase_of_stage (state->stage)),
                                iw_facts_lines (words, iw_words_field (entry, "why")));

  if (entry != NULL)
    iw_facts_set_decided (fact, context, entry);
}

static const char *
containment_words (const IwIncidentState *state, IwEntry *entry)
{
  if (state->containing)
    return _ ("Runs beside the other stages");
  return entry != NULL ? _ ("Ended") : _ ("Not started; it may begin at any stage");
}

static void
add_containment (GPtrArray *facts, const IwFactContext *context)
{
  const IwIncidentState *state = iw_situation_get_state (context->situation);
  IwEntry *entry = iw_decisions_last (iw_situation_get_decisions (context->situation),
                                      IW_ENTRY_CONTAINMENT, NULL);
  IwFact *fact = iw_facts_take (
      facts, IW_FACT_PROPERTY, "containment", _ ("Containment"),
      iw_facts_lines (containment_words (state, entry), iw_words_field (entry, "what")));

  if (entry != NULL)
    iw_facts_set_decided (fact, context, entry);
  if (state->stage == IW_STAGE_CLOSED && !state->containing)
    return;
  iw_fact_add_button (fact, state->containing ? _ ("End…") : _ ("Start…"), NULL,
                      state->containing ? _ ("End Containment") : _ ("Start Containment"),
                      "response.containment",
                      g_variant_new_string (state->containing ? "ended" : "started"));
}

void
iw_facts_stage (GPtrArray *facts, const IwFactContext *context)
{
  static const IwEntryKind kinds[] = { IW_ENTRY_STAGE, IW_ENTRY_CONTAINMENT, IW_ENTRY_UNKNOWN };

  add_stage (facts, context);
  add_containment (facts, context);
  iw_facts_add_history (facts, context, "stage-history", kinds);
}
