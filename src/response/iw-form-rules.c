/* Rules that need to know what is in force in the incident. */
#include "iw-form-private.h"

#include "iw-experts.h"
#include "iw-gap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
get (IwFormValues *values, const char *field)
{
  return iw_form_values_get (values, field);
}

/* P4: what is still open, each with the place where it is mended. */
static void
check_closing (IwForm *self, GPtrArray *problems)
{
  g_autoptr (GPtrArray) gaps = iw_situation_get_gaps (self->situation);

  for (guint i = 0; i < gaps->len; i++)
    {
      const IwGap *gap = gaps->pdata[i];

      if (gap->closing)
        iw_problems_add_at (problems, NULL, gap->place, g_strdup (gap->text));
    }
}

static void
check_stage (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const char *to = get (values, "to");

  if (*to == '\0')
    return;
  if (strcmp (to, get (values, "from")) == 0)
    iw_problems_add (problems, "to", g_strdup (_ ("The incident is at this stage already.")));
  else if (strcmp (to, "closed") == 0)
    check_closing (self, problems);
}

static void
check_containment (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  gboolean running = iw_situation_get_state (self->situation)->containing;
  const char *to = get (values, "to");

  if (running && strcmp (to, "started") == 0)
    iw_problems_add (problems, "to", g_strdup (_ ("Containment runs already.")));
  if (!running && strcmp (to, "ended") == 0)
    iw_problems_add (problems, "to", g_strdup (_ ("No containment runs.")));
}

static void
check_classification (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const char *to = get (values, "to");

  /* A privacy incident may turn out to be about others too. */
  if (*to != '\0' && strcmp (to, get (values, "from")) == 0 && strcmp (to, "privacy") != 0)
    iw_problems_add (problems, "to", g_strdup (_ ("The incident is classified so already.")));
}

static gboolean
risk_is_urgent (IwForm *self)
{
  IwEntry *impact = iw_situation_get_state (self->situation)->impact;

  return impact != NULL && iw_impact_risk_is_urgent (iw_entry_get_field (impact, "risk"));
}

static void
check_level (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const char *to = get (values, "to");

  if (*to == '\0')
    return;
  if (strcmp (to, get (values, "from")) == 0)
    iw_problems_add (problems, "to", g_strdup (_ ("This is in force already.")));
  else if (risk_is_urgent (self) && iw_form_value_is_among (to, "low|medium|p2|p3|p4"))
    iw_problems_add_at (problems, "to", "impact",
                        g_strdup (_ ("Customer data is at risk, which makes it at least High and "
                                     "P1. Change the impact first.")));
  if (*get (values, "why") == '\0' && !iw_problems_have_field (problems, "why"))
    iw_problems_add_missing (problems, self->kind, "why");
}

/* Names are those of the situation: it may have gone on while the form was open. */
static void
check_expert (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const char *gone = get (values, "instead_of"), *to = get (values, "to");
  gboolean some = iw_situation_get_state (self->situation)->experts->len > 0;

  if (*to == '\0' && *gone == '\0')
    iw_problems_add (problems, "to",
                     g_strdup (some ? _ ("Say who takes this role, or choose who is relieved.")
                                    : _ ("Nobody holds this role. Say who takes it.")));
  else if (*to != '\0' && iw_situation_is_expert (self->situation, to))
    /* Translators: %s is a person. */
    iw_problems_add (problems, "to", g_strdup_printf (_ ("%s holds this role already."), to));
  if (*gone != '\0' && !iw_situation_is_expert (self->situation, gone))
    /* Translators: %s is a person. */
    iw_problems_add (problems, "instead_of",
                     g_strdup_printf (_ ("%s does not hold this role."), gone));
}

static void
check_role (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const char *from = get (values, "from"), *to = get (values, "to");

  if (*get (values, "role") == '\0')
    return;
  if (strcmp (get (values, "role"), IW_ROLE_EXPERT) == 0)
    check_expert (self, values, problems);
  else if (*from == '\0' && *to == '\0')
    iw_problems_add (problems, "to", g_strdup (_ ("Nobody holds this role. Say who takes it.")));
  else if (iw_form_same_name (from, to))
    /* Translators: %s is a person. */
    iw_problems_add (problems, "to", g_strdup_printf (_ ("%s holds this role already."), from));
}

static const IwEscalation *
find_escalation (IwSituation *situation, const char *id)
{
  GPtrArray *escalations = iw_situation_get_escalations (situation);

  for (guint i = 0; i < escalations->len; i++)
    if (strcmp (((IwEscalation *)escalations->pdata[i])->id, id) == 0)
      return escalations->pdata[i];
  return NULL;
}

static void
check_acknowledgement (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const IwEscalation *escalation = find_escalation (self->situation, get (values, "subject"));

  if (escalation == NULL && !iw_problems_have_field (problems, "subject"))
    iw_problems_add_at (problems, "subject", "escalations",
                        g_strdup (_ ("This escalation is no longer in force.")));
  else if (escalation != NULL && escalation->acknowledged != 0)
    /* Translators: %s is a person. */
    iw_problems_add_at (problems, "subject", "escalations",
                        g_strdup_printf (_ ("%s has answered this escalation already."),
                                         escalation->acknowledged_by));
  else if (escalation != NULL && values->occurred.us < escalation->asked)
    iw_problems_add (problems, "occurred_at",
                     g_strdup (_ ("This is before the escalation was made.")));
}

static const IwClock *
find_clock (IwSituation *situation, const char *id)
{
  GPtrArray *clocks = iw_situation_get_clocks (situation);

  for (guint i = 0; i < clocks->len; i++)
    if (strcmp (((IwClock *)clocks->pdata[i])->id, id) == 0)
      return clocks->pdata[i];
  return NULL;
}

static void
check_clock_end (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const IwClock *clock = find_clock (self->situation, get (values, "subject"));

  if (iw_problems_have_field (problems, "subject"))
    return;
  if (clock == NULL || clock->state != IW_CLOCK_RUNNING)
    iw_problems_add_at (problems, "subject", "clocks", g_strdup (_ ("This clock no longer runs.")));
  else if (values->occurred.us < clock->start)
    iw_problems_add (problems, "occurred_at", g_strdup (_ ("This is before the clock started.")));
}

static void
check_task_state (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  if (*get (values, "to") != '\0' && strcmp (get (values, "to"), get (values, "from")) == 0)
    iw_problems_add (problems, "to", g_strdup (_ ("The task is in this state already.")));
}

/* E3: the incident manager, where there is one. */
static void
check_approval (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  const char *manager = iw_situation_get_role (self->situation, "incident-manager");
  const char *who = get (values, "approved_by");

  if (*manager != '\0' && *who != '\0' && !iw_form_same_name (manager, who))
    /* Translators: %s is the person who is incident manager. */
    iw_problems_add_at (problems, "approved_by", "roles",
                        g_strdup_printf (_ ("Only the security incident manager, %s, may approve "
                                            "this."),
                                         manager));
}

static void
check_withdrawal (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  IwDecisions *decisions = iw_situation_get_decisions (self->situation);
  int index = iw_decisions_index_of (decisions, get (values, "subject"));

  if (index < 0)
    return;
  if (iw_decisions_get_withdrawal (decisions, (guint)index) != NULL)
    iw_problems_add (problems, "subject", g_strdup (_ ("This decision was withdrawn already.")));
  else if (iw_decisions_get_problem (decisions, (guint)index) != NULL)
    iw_problems_add (problems, "subject", g_strdup (_ ("This decision is not in force.")));
}

typedef struct
{
  const char *kind;
  void (*check) (IwForm *self, IwFormValues *values, GPtrArray *problems);
} Rule;

static const Rule rules[] = {
  { "stage", check_stage },
  { "containment", check_containment },
  { "classification", check_classification },
  { "severity", check_level },
  { "priority", check_level },
  { "role", check_role },
  { "acknowledgement", check_acknowledgement },
  { "clock-end", check_clock_end },
  { "notice-state", iw_form_check_notice_state },
  { "notice", iw_form_check_notice },
  { "task-state", check_task_state },
  { "approval", check_approval },
  { "withdrawal", check_withdrawal },
};

void
iw_form_check_situation (IwForm *self, IwFormValues *values, GPtrArray *problems)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].kind, self->kind->name) == 0)
      rules[i].check (self, values, problems);
}
