#include "config.h"

#include "iw-board-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-words.h"

const char *
iw_side_label (IwSide side)
{
  /* Translators: the two sides of a federated response: the security organisation, and the people
   * who run the service that is affected. */
  return side == IW_SIDE_CENTRAL ? C_ ("board", "Central Security") : C_ ("board", "Service Team");
}

const char *
iw_board_state_icon (const char *state, IwTone *tone)
{
  static const struct
  {
    const char *state;
    const char *icon;
    IwTone tone;
  } icons[] = {
    { "in-progress", "media-playback-start-symbolic", IW_TONE_ATTENTION },
    { "done", "object-select-symbolic", IW_TONE_GOOD },
    { "not-needed", "action-unavailable-symbolic", IW_TONE_NONE },
    { "dropped", "action-unavailable-symbolic", IW_TONE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].state, state))
      {
        *tone = icons[i].tone;
        return icons[i].icon;
      }
  *tone = IW_TONE_NONE;
  return "content-loading-symbolic";
}

const char *
iw_board_state (IwSituation *situation, const char *activity)
{
  static const char *const states[] = { "not-started", "in-progress", "done", "not-needed" };
  IwEntry *entry = iw_situation_get_activity (situation, activity);
  const char *to = iw_words_field (entry, "to");

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], to))
      return states[i];
  return "not-started";
}

static void
add_step (IwFact *fact, const IwActivity *activity, const char *state)
{
  const char *next = g_str_equal (state, "not-started")   ? "in-progress"
                     : g_str_equal (state, "in-progress") ? "done"
                                                          : NULL;
  const char *label;
  g_autofree char *spoken = NULL;

  if (next == NULL)
    return;
  /* Translators: buttons that take an activity's next step. */
  label = g_str_equal (next, "done") ? C_ ("activity step", "Done") : C_ ("activity step", "Start");
  /* Translators: what a button does, and to which activity: "Start: Forensics". */
  spoken = g_strdup_printf (_ ("%s: %s"), label, iw_activity_label (activity));
  iw_fact_add_button (fact, label, NULL, spoken, "board.set",
                      g_variant_new ("(ss)", activity->id, next));
}

static void
add_activity (GPtrArray *facts,
              IwSituation *situation,
              const IwActivity *activity,
              gboolean writable)
{
  IwEntry *entry = iw_situation_get_activity (situation, activity->id);
  const char *state = iw_board_state (situation, activity->id);
  const char *words = iw_words_choice ("activity", "to", state);
  const char *assignee = iw_words_field (entry, "assignee");
  IwTone tone;
  const char *icon = iw_board_state_icon (state, &tone);
  IwFact *fact = iw_facts_take (facts, IW_FACT_PLAIN, activity->id, iw_activity_label (activity),
                                *assignee != '\0'
                                    /* Translators: the state of an activity, and who has it. */
                                    ? g_strdup_printf (C_ ("board", "%s · %s"), words, assignee)
                                    : g_strdup (words));

  iw_fact_set_mark (fact, icon, tone);
  if (!writable)
    return;
  iw_fact_set_action (fact, "board.edit", g_variant_new_string (activity->id));
  add_step (fact, activity, state);
}

GPtrArray *
iw_board_facts (IwSituation *situation, IwPhase phase, IwSide side, gboolean writable)
{
  GPtrArray *facts = iw_facts_new ();
  guint n;
  const IwActivity *activities = iw_activities (&n);

  for (guint i = 0; i < n; i++)
    if (activities[i].phase == phase && activities[i].side == side)
      add_activity (facts, situation, &activities[i], writable);
  return facts;
}

char *
iw_board_progress (IwSituation *situation, IwPhase phase)
{
  guint n, total = 0, done = 0, running = 0;
  const IwActivity *activities = iw_activities (&n);
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    {
      const char *state = iw_board_state (situation, activities[i].id);

      if (activities[i].phase != phase || g_str_equal (state, "not-needed"))
        continue;
      total++;
      done += g_str_equal (state, "done");
      running += g_str_equal (state, "in-progress");
    }
  /* Translators: how many activities of a phase are done: "2 of 6 done". */
  words = g_strdup_printf (_ ("%u of %u done"), done, total);
  if (running == 0)
    return g_steal_pointer (&words);
  /* Translators: %s is such as "2 of 6 done", %u how many are being worked on. */
  return g_strdup_printf (_ ("%s, %u in progress"), words, running);
}
