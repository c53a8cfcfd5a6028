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
  g_autofree char *span = iw_time_format_gap (MAX (context->now - since, 0));
  g_autofree char *phase =
      /* Translators: the NIST phase of the incident, and how long it is in its stage. */
      since != 0 ? g_strdup_printf (_ ("%1$s, for %2$s"),
                                    iw_phase_label (iw_phase_of_stage (state->stage)), span)
                 : g_strdup (iw_phase_label (iw_phase_of_stage (state->stage)));
  g_autofree char *decided = entry != NULL ? iw_facts_decided (context, entry) : g_strdup ("");

  iw_facts_take (facts, IW_FACT_PROPERTY, "stage", iw_stage_label (state->stage),
                 *decided != '\0' ? g_strjoin ("\n", phase, decided, NULL) : g_strdup (phase));
}

static void
add_containment (GPtrArray *facts, const IwFactContext *context)
{
  const IwIncidentState *state = iw_situation_get_state (context->situation);
  IwEntry *entry = iw_decisions_last (iw_situation_get_decisions (context->situation),
                                      IW_ENTRY_CONTAINMENT, NULL);
  char *words;
  IwFact *fact;

  if (state->containing)
    words = g_strdup (_ ("Runs beside the other stages"));
  else if (entry != NULL)
    words = g_strdup (_ ("Ended"));
  else
    words = g_strdup (_ ("Not started; it may begin at any stage"));
  if (entry != NULL)
    {
      const char *what = iw_words_field (entry, "what");
      char *lines = *what != '\0' ? g_strjoin ("\n", words, what, NULL) : g_strdup (words);

      g_free (words);
      words = iw_facts_with_decided (context, lines, entry);
    }
  fact = iw_facts_take (facts, IW_FACT_PROPERTY, "containment", _ ("Containment"), words);
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
