/* The fold: what the decisions that count add up to. */
#include "iw-incident.h"

#include "iw-experts.h"
#include "iw-impact.h"
#include "iw-response-private.h"

/* Ends the last band at @time; a band that lasted no time at all leaves no trace. */
static void
end_band (GArray *bands, gint64 time)
{
  IwStageBand *last;

  if (bands->len == 0)
    return;
  last = &g_array_index (bands, IwStageBand, bands->len - 1);
  last->end = time;
  if (last->start == last->end)
    g_array_set_size (bands, bands->len - 1);
}

static void
enter_stage (IwIncidentState *state, IwStage stage, gint64 time)
{
  GArray *bands = state->bands;
  IwStageBand band = { stage, time, G_MAXINT64 };

  state->stage = stage;
  if (bands->len > 0 && g_array_index (bands, IwStageBand, bands->len - 1).stage == stage)
    return;
  end_band (bands, time);
  /* What is left may be the stage that is entered: it then goes on. */
  if (bands->len > 0 && g_array_index (bands, IwStageBand, bands->len - 1).stage == stage)
    g_array_index (bands, IwStageBand, bands->len - 1).end = G_MAXINT64;
  else
    g_array_append_val (bands, band);
}

/* Started twice is started once; an end of what never began is nothing. */
static void
contain (IwIncidentState *state, const char *to, gint64 time)
{
  GArray *spans = state->containment;
  IwSpan *last = spans->len > 0 ? &g_array_index (spans, IwSpan, spans->len - 1) : NULL;

  if (g_str_equal (to, "started") && !state->containing)
    {
      IwSpan span = { time, G_MAXINT64 };

      /* Ended and taken up again in one moment: it went on. */
      if (last != NULL && last->end == time)
        last->end = G_MAXINT64;
      else
        g_array_append_val (spans, span);
      state->containing = TRUE;
    }
  else if (g_str_equal (to, "ended") && state->containing)
    {
      last->end = time;
      if (last->start == last->end)
        g_array_set_size (spans, spans->len - 1);
      state->containing = FALSE;
    }
}

/* @table: a role or an activity to the entry in force. An entry that names nobody relieves. */
static void
assign (GHashTable *table, IwEntry *entry, const char *field, const char *to)
{
  const char *key = iw_entry_get_field (entry, field);

  if (key == NULL)
    return;
  if (*to != '\0')
    g_hash_table_insert (table, g_strdup (key), g_object_ref (entry));
  else
    g_hash_table_remove (table, key);
}

/* @experts: those so far. */
static void
assign_role (IwIncidentState *state, IwExperts *experts, IwEntry *entry, const char *to)
{
  if (g_str_equal (iw_response_field (entry, "role"), IW_ROLE_EXPERT))
    iw_experts_apply (experts, entry);
  else
    assign (state->roles, entry, "role", to);
}

static void
classify (IwIncidentState *state, IwEntry *entry, const char *to)
{
  if (iw_classification_from_string (to, &state->classification))
    g_set_object (&state->classified, entry);
}

/* A value that a newer version wrote changes nothing here; the entry itself is still shown. */
static void
apply (IwIncidentState *state, IwExperts *experts, IwEntry *entry, gint64 time)
{
  const char *field = iw_entry_get_field (entry, "to");
  const char *to = field != NULL ? field : "";
  IwStage stage;

  switch ((int)iw_entry_get_kind (entry))
    {
    case IW_ENTRY_STAGE:
      if (iw_stage_from_string (to, &stage))
        enter_stage (state, stage, time);
      break;
    case IW_ENTRY_CLASSIFICATION:
      if (*to != '\0')
        classify (state, entry, to);
      break;
    case IW_ENTRY_SEVERITY:
      if (*to != '\0')
        iw_severity_from_string (to, &state->set_severity);
      break;
    case IW_ENTRY_PRIORITY:
      if (*to != '\0')
        iw_priority_from_string (to, &state->set_priority);
      break;
    case IW_ENTRY_DETECTION:
      g_set_object (&state->detection, entry);
      break;
    case IW_ENTRY_ASSESSMENT:
      g_set_object (&state->assessment, entry);
      break;
    case IW_ENTRY_IMPACT:
      g_set_object (&state->impact, entry);
      break;
    case IW_ENTRY_CONTAINMENT:
      contain (state, to, time);
      break;
    case IW_ENTRY_ROLE:
      assign_role (state, experts, entry, to);
      break;
    case IW_ENTRY_ACTIVITY:
      assign (state->activities, entry, "activity", to);
      break;
    default:
      break;
    }
}

static gboolean
is_about_the_whole (IwEntryKind kind)
{
  switch ((int)kind)
    {
    case IW_ENTRY_STAGE:
    case IW_ENTRY_CLASSIFICATION:
    case IW_ENTRY_SEVERITY:
    case IW_ENTRY_PRIORITY:
    case IW_ENTRY_DETECTION:
    case IW_ENTRY_ASSESSMENT:
    case IW_ENTRY_IMPACT:
    case IW_ENTRY_CONTAINMENT:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
take_experts (IwIncidentState *state, IwExperts *experts)
{
  state->experts = iw_experts_end (experts);
  if (state->experts->len > 0)
    g_hash_table_insert (state->roles, g_strdup (IW_ROLE_EXPERT),
                         g_object_ref (state->experts->pdata[0]));
}

/* What follows from the rest: C5, and when it was closed. */
static void
conclude (IwIncidentState *state)
{
  gboolean at_risk = state->impact != NULL &&
                     iw_impact_risk_is_urgent (iw_entry_get_field (state->impact, "risk"));

  state->urgent = at_risk && state->stage != IW_STAGE_CLOSED;
  state->severity = at_risk ? MAX (state->set_severity, IW_SEVERITY_HIGH) : state->set_severity;
  state->priority = at_risk ? IW_PRIORITY_P1 : state->set_priority;
  if (state->stage == IW_STAGE_CLOSED)
    state->closed_at = g_array_index (state->bands, IwStageBand, state->bands->len - 1).start;
}

IwIncidentState *
iw_incident_fold (IwDecisions *decisions)
{
  IwIncidentState *state = g_new0 (IwIncidentState, 1);
  g_autoptr (IwExperts) experts = iw_experts_new ();
  gboolean opened = FALSE;
  IwEntry *entry;

  state->bands = g_array_new (FALSE, FALSE, sizeof (IwStageBand));
  state->containment = g_array_new (FALSE, FALSE, sizeof (IwSpan));
  state->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  state->activities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; decisions != NULL &&
                    (entry = iw_decisions_next (decisions, &i, IW_ENTRY_UNKNOWN, NULL)) != NULL;)
    {
      gint64 time = iw_decisions_get_time (decisions, i - 1);

      /* Each incident begins with being detected, whether or not someone wrote that down. */
      if (!opened && is_about_the_whole (iw_entry_get_kind (entry)))
        {
          opened = TRUE;
          state->opened_at = time;
          enter_stage (state, IW_STAGE_DETECT, time);
        }
      apply (state, experts, entry, time);
    }
  take_experts (state, experts);
  conclude (state);
  return state;
}

void
iw_incident_state_free (IwIncidentState *state)
{
  if (state == NULL)
    return;
  g_clear_object (&state->detection);
  g_clear_object (&state->assessment);
  g_clear_object (&state->classified);
  g_clear_object (&state->impact);
  g_hash_table_unref (state->roles);
  g_hash_table_unref (state->activities);
  g_ptr_array_unref (state->experts);
  g_array_unref (state->containment);
  g_array_unref (state->bands);
  g_free (state);
}
