#include "config.h"

#include "iw-state-facts.h"

#include <glib/gi18n-lib.h>

#include "iw-board.h"
#include "iw-form.h"
#include "iw-incident-item.h"

void
iw_state_fact_free (IwStateFact *fact)
{
  g_free (fact->text);
  g_free (fact->tip);
  g_free (fact->target);
  g_free (fact);
}

/* ---- the path ---- */

const char *
iw_stage_short_label (IwStage stage)
{
  switch (stage)
    {
    case IW_STAGE_STABILISE:
      /* Translators: short for “Stabilise and Recover”. */
      return C_ ("stage, short", "Stabilise");
    case IW_STAGE_DETECT:
    case IW_STAGE_ASSESS:
    case IW_STAGE_DIAGNOSE:
    case IW_STAGE_CLOSED:
    case IW_N_STAGES:
    default:
      return iw_stage_label (stage);
    }
}

void
iw_state_steps_fill (IwStateStep *steps, IwStage stage, guint reachable)
{
  for (IwStage i = 0; i < IW_N_STAGES; i++)
    {
      const char *phase = iw_phase_label (iw_phase_of_stage (i));

      steps[i].stage = i;
      steps[i].now = i == stage;
      steps[i].reachable = i == stage ? reachable != 0 : (reachable & (1u << i)) != 0;
      steps[i].text = g_strdup (iw_stage_short_label (i));
      steps[i].tip =
          i == stage
              /* Translators: the stage in force, and the phase of NIST SP 800-61 it belongs to. */
              ? g_strdup_printf (_ ("Now: %1$s (NIST: %2$s)"), iw_stage_label (i), phase)
              /* Translators: a stage of the response, and the phase of NIST SP 800-61 it belongs
                 to. */
              : g_strdup_printf (_ ("%1$s (NIST: %2$s)"), iw_stage_label (i), phase);
    }
}

void
iw_state_steps_clear (IwStateStep *steps)
{
  for (guint i = 0; i < IW_N_STAGES; i++)
    {
      g_clear_pointer (&steps[i].text, g_free);
      g_clear_pointer (&steps[i].tip, g_free);
    }
}

guint
iw_state_reachable (IwSituation *situation)
{
  const IwFormKind *kind = iw_form_kind_find ("stage");
  g_autoptr (IwForm) form = iw_form_new (kind, situation, NULL, NULL);
  g_autofree IwChoice *choices = iw_form_get_choices (form, iw_form_kind_field (kind, "to"));
  guint reachable = 0;
  IwStage stage;

  for (const IwChoice *choice = choices; choice->value != NULL; choice++)
    if (iw_stage_from_string (choice->value, &stage))
      reachable |= 1u << stage;
  return reachable;
}

/* ---- the facts ---- */

/* @text, @tip: (transfer full) */
static IwStateFact *
add (GPtrArray *facts,
     const char *id,
     char *text,
     char *tip,
     const char *action,
     const char *target)
{
  IwStateFact *fact = g_new0 (IwStateFact, 1);

  fact->id = id;
  fact->text = text;
  fact->tip = tip;
  fact->action = action;
  fact->target = g_strdup (target);
  g_ptr_array_add (facts, fact);
  return fact;
}

static void
add_severity (GPtrArray *facts, IwSeverity severity)
{
  IwStateFact *fact = add (facts, "severity", g_strdup (iw_incident_severity_words (severity)),
                           g_strdup (_ ("Set severity")), "incident.decide", "severity");

  fact->icon = iw_incident_severity_icon (severity);
  fact->tone = IW_STATE_SEVERITY;
  fact->first = TRUE;
}

static void
add_urgent (GPtrArray *facts)
{
  /* Translators: an incident that is worked on day and night, since customer data is at risk. */
  IwStateFact *fact =
      add (facts, "urgent", g_strdup (_ ("Around the Clock")),
           g_strdup (_ ("Customer data is at risk: high severity, worked on around the "
                        "clock. Opens the impact.")),
           "incident.decide", "impact");

  fact->icon = "iw-around-the-clock-symbolic";
  fact->tone = IW_STATE_WARNING;
  fact->first = TRUE;
}

static void
add_clock (GPtrArray *facts, const IwClock *clock, gint64 now, GTimeZone *zone)
{
  gboolean overdue = iw_clock_is_overdue (clock, now);
  IwStateFact *fact = add (facts, "clock", iw_clock_sentence (clock, now, zone),
                           g_strdup (_ ("Show the clocks")), "incident.goto", "clocks");

  fact->icon = overdue ? "dialog-warning-symbolic" : "alarm-symbolic";
  fact->tone = overdue ? IW_STATE_OVERDUE : IW_STATE_PLAIN;
  fact->first = TRUE;
}

static void
add_decided (GPtrArray *facts,
             IwSeverity severity,
             IwPriority priority,
             IwClassification classification)
{
  add_severity (facts, severity);
  if (priority != IW_PRIORITY_UNSET)
    add (facts, "priority", g_strdup (iw_priority_label (priority)), g_strdup (_ ("Set priority")),
         "incident.decide", "priority");
  add (facts, "classification", g_strdup (iw_incident_classification_words (classification)),
       g_strdup (_ ("Classify")), "incident.decide", "classification");
}

static void
add_customers (GPtrArray *facts, guint n)
{
  if (n > 0)
    add (facts, "customers",
         g_strdup_printf (ngettext ("%u customer affected", "%u customers affected", n), n),
         g_strdup (_ ("Show what is affected")), "incident.goto", "scope");
}

static void
add_age (GPtrArray *facts, const IwIncidentRow *row, gint64 now)
{
  g_autofree char *age = iw_incident_age_words (row, now);

  if (*age != '\0')
    add (facts, "age", g_steal_pointer (&age), NULL, NULL, NULL)->tone = IW_STATE_MUTED;
}

GPtrArray *
iw_state_facts_from_row (const IwIncidentRow *row, gint64 now, GTimeZone *zone)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_state_fact_free);

  add_decided (facts, row->severity, row->priority, row->classification);
  if (row->urgent)
    add_urgent (facts);
  if (row->due_at != 0)
    {
      IwClock clock = { .kind = IW_CLOCK_FREE, .name = row->due_name, .due = row->due_at };

      add_clock (facts, &clock, now, zone);
    }
  add_customers (facts, row->n_customers);
  add_age (facts, row, now);
  return facts;
}

static void
add_containing (GPtrArray *facts)
{
  /* Translators: containment of the incident is under way. */
  add (facts, "containing", g_strdup (_ ("Containing")),
       g_strdup (_ ("Containment runs beside the diagnosis. Record that it ended")),
       "incident.decide", "containment");
}

static void
add_clocks (GPtrArray *facts, GPtrArray *clocks, gint64 now, GTimeZone *zone)
{
  const IwClock *next = iw_clocks_next_due (clocks);
  guint n = 0;

  if (next == NULL)
    return;
  add_clock (facts, next, now, zone);
  for (guint i = 0; i < clocks->len; i++)
    n += ((const IwClock *)clocks->pdata[i])->state == IW_CLOCK_RUNNING;
  if (n > 1)
    /* Translators: clocks that run beside the one that is due first: "+2 clocks" */
    add (facts, "clocks", g_strdup_printf (ngettext ("+%u clock", "+%u clocks", n - 1), n - 1),
         g_strdup (_ ("Show the clocks")), "incident.goto", "clocks");
}

static void
add_manager (GPtrArray *facts, IwSituation *situation)
{
  const char *manager = iw_situation_get_role (situation, "incident-manager");

  if (*manager != '\0')
    /* Translators: %s is the security incident manager of the incident. */
    add (facts, "manager", g_strdup_printf (_ ("Manager: %s"), manager),
         g_strdup (_ ("Hand the incident to another manager")), "incident.role",
         "incident-manager");
  else
    add (facts, "manager", g_strdup (_ ("No manager")), g_strdup (_ ("Name the incident manager")),
         "incident.role", "incident-manager");
}

static guint
count_customers (IwSituation *situation)
{
  GPtrArray *scope = iw_situation_get_scope (situation);
  guint n = 0;

  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = scope->pdata[i];

      n += item->kind == IW_SCOPE_CUSTOMER &&
           (item->state == IW_SCOPE_SUSPECTED || item->state == IW_SCOPE_CONFIRMED);
    }
  return n;
}

GPtrArray *
iw_state_facts_new (IwSituation *situation, const IwIncidentRow *row, gint64 now, GTimeZone *zone)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_state_fact_free);
  const IwIncidentState *state = iw_situation_get_state (situation);

  add_decided (facts, state->severity, state->priority, state->classification);
  if (state->urgent)
    add_urgent (facts);
  if (state->containing)
    add_containing (facts);
  add_clocks (facts, iw_situation_get_clocks (situation), now, zone);
  add_manager (facts, situation);
  add_customers (facts, count_customers (situation));
  add_age (facts, row, now);
  return facts;
}
