/* Clocks and escalations: what runs, until when (process.md N1, R4). */
#include "config.h"

#include "iw-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-words.h"

/* ---- clocks ---- */

static char *
due_words (const IwFactContext *context, const IwClock *clock)
{
  g_autofree char *words = iw_clock_words (clock, context->now);
  g_autofree char *due = iw_words_time (clock->due, context->zone);
  g_autofree char *zone = iw_time_zone_words (context->zone, clock->due);

  /* Translators: how a clock stands, and when it is due with the zone: "41 h left · due 5 Nov 2026
   * 09:00 UTC". */
  return g_strdup_printf (_ ("%1$s · due %2$s %3$s"), words, due, zone);
}

IwFact *
iw_facts_add_clock (GPtrArray *facts, const IwFactContext *context, const IwClock *clock)
{
  IwFact *fact =
      iw_facts_take (facts, IW_FACT_PLAIN, clock->id, clock->name, due_words (context, clock));

  if (clock->state != IW_CLOCK_RUNNING)
    {
      iw_fact_set_mark (fact,
                        clock->state == IW_CLOCK_MET ? "object-select-symbolic"
                                                     : "action-unavailable-symbolic",
                        IW_TONE_NONE);
      return fact;
    }
  if (clock->due > clock->start)
    fact->level = CLAMP (
        (double)(context->now - clock->start) / (double)(clock->due - clock->start), 0.0, 1.0);
  if (iw_clock_is_overdue (clock, context->now))
    iw_fact_set_mark (fact, "dialog-warning-symbolic", IW_TONE_BAD);
  else
    iw_fact_set_mark (fact, "alarm-symbolic", IW_TONE_NONE);
  return fact;
}

static const char *
ends_on_words (const IwClock *clock)
{
  return iw_words_choice ("clock", "ends_on", clock->ends_on);
}

static void
add_ended (GPtrArray *facts, const IwFactContext *context, GPtrArray *clocks)
{
  g_autoptr (GPtrArray) rows = iw_facts_new ();
  IwFact *ended;

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];
      IwFact *fact;

      if (clock->state == IW_CLOCK_RUNNING || clock->kind == IW_CLOCK_ACKNOWLEDGEMENT)
        continue;
      fact = iw_facts_add_clock (rows, context, clock);
      if (*clock->why != '\0')
        {
          g_autofree char *before = fact->subtitle;

          fact->subtitle = g_strjoin ("\n", before, clock->why, NULL);
        }
      iw_fact_set_goto (fact, clock->id);
    }
  if (rows->len == 0)
    return;
  ended =
      iw_facts_take (facts, IW_FACT_EXPANDER, "ended-clocks", _ ("Ended Clocks"),
                     g_strdup_printf (ngettext ("%u clock", "%u clocks", rows->len), rows->len));
  g_ptr_array_unref (ended->children);
  ended->children = g_steal_pointer (&rows);
}

void
iw_facts_clocks (GPtrArray *facts, const IwFactContext *context)
{
  GPtrArray *clocks = iw_situation_get_clocks (context->situation);

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];
      g_autofree char *spoken = NULL;
      const char *ends_on;
      IwFact *fact;

      /* Those stand with the escalations. */
      if (clock->state != IW_CLOCK_RUNNING || clock->kind == IW_CLOCK_ACKNOWLEDGEMENT)
        continue;
      fact = iw_facts_add_clock (facts, context, clock);
      ends_on = ends_on_words (clock);
      if (*ends_on != '\0')
        {
          g_autofree char *before = fact->subtitle;

          /* Translators: how a clock stands (%1$s), and what ends it (%2$s). */
          fact->subtitle = g_strdup_printf (_ ("%1$s\nEnds: %2$s"), before, ends_on);
        }
      /* Translators: %s is the name of a clock. */
      spoken = g_strdup_printf (_ ("End the Clock “%s”"), clock->name);
      iw_fact_add_form_button (fact, _ ("End…"), spoken, "clock-end", clock->id);
    }
  if (facts->len == 0)
    iw_facts_add (facts, IW_FACT_PLAIN, "no-clock", _ ("No Clock Runs"),
                  _ ("Declaring a customer-reportable incident starts 72 hours; regulators and "
                     "contracts may set others."));
  add_ended (facts, context, clocks);
}

/* ---- escalations ---- */

static void
mark_escalation (IwFact *fact, const IwEscalation *escalation, gint64 now)
{
  if (iw_escalation_is_overdue (escalation, now))
    iw_fact_set_mark (fact, "dialog-warning-symbolic", IW_TONE_BAD);
  else if (escalation->acknowledged == 0)
    iw_fact_set_mark (fact, "alarm-symbolic", IW_TONE_NONE);
  else if (!escalation->accepted)
    iw_fact_set_mark (fact, "action-unavailable-symbolic", IW_TONE_ATTENTION);
  else
    iw_fact_set_mark (fact, "object-select-symbolic",
                      iw_escalation_was_late (escalation) ? IW_TONE_ATTENTION : IW_TONE_GOOD);
}

IwFact *
iw_facts_add_escalation (GPtrArray *facts,
                         const IwFactContext *context,
                         const IwEscalation *escalation)
{
  g_autofree char *words = iw_escalation_words (escalation, context->now);
  /* Translators: who escalates to whom: "Operations to Legal". */
  g_autofree char *title =
      g_strdup_printf (C_ ("escalation", "%1$s to %2$s"), escalation->from, escalation->to);
  IwFact *fact = iw_facts_take (
      facts, IW_FACT_PLAIN, escalation->id, title,
      *escalation->ask != '\0' ? g_strjoin ("\n", words, escalation->ask, NULL) : g_strdup (words));

  mark_escalation (fact, escalation, context->now);
  return fact;
}

static void
add_buttons (IwFact *fact, const IwEscalation *escalation)
{
  /* Translators: %s is who was asked. */
  g_autofree char *message = g_strdup_printf (_ ("Write a Message to %s"), escalation->to);
  g_autofree char *answer =
      g_strdup_printf (_ ("Acknowledge the Escalation to %s"), escalation->to);

  if (escalation->acknowledged == 0)
    iw_fact_add_form_button (fact, _ ("Acknowledge…"), answer, "acknowledgement", escalation->id);
  iw_fact_add_button (fact, _ ("Message…"), NULL, message, "response.message",
                      g_variant_new_string (escalation->id));
}

void
iw_facts_escalations (GPtrArray *facts, const IwFactContext *context)
{
  GPtrArray *escalations = iw_situation_get_escalations (context->situation);
  g_autoptr (GPtrArray) answered = iw_facts_new ();

  for (guint i = 0; i < escalations->len; i++)
    {
      const IwEscalation *escalation = escalations->pdata[i];
      IwFact *fact = iw_facts_add_escalation (escalation->acknowledged == 0 ? facts : answered,
                                              context, escalation);

      if (*escalation->why != '\0')
        {
          g_autofree char *before = fact->subtitle;

          fact->subtitle = g_strjoin ("\n", before, escalation->why, NULL);
        }
      add_buttons (fact, escalation);
    }
  while (answered->len > 0)
    g_ptr_array_add (facts, g_ptr_array_steal_index (answered, 0));
  if (facts->len == 0)
    iw_facts_add (facts, IW_FACT_PLAIN, "no-escalation", _ ("Nothing Escalated"),
                  _ ("Ask another team for help with a time by which it must answer."));
}
