/* The fold: which stage, severity and classification the decisions add up to. */
#include "iw-incident.h"

#include <string.h>

/* A decision with what it is ordered by. */
typedef struct
{
  gint64 time;
  gint64 recorded;
  const char *id;
  IwEntryKind kind;
  const char *to;
} Decision;

static gboolean
folds (IwEntryKind kind)
{
  return kind == IW_ENTRY_STAGE || kind == IW_ENTRY_SEVERITY || kind == IW_ENTRY_CLASSIFICATION;
}

/* When a decision came into force. One without any time of its own counts from when it was made. */
static gint64
decision_time (IwEntry *entry)
{
  const char *created;
  IwTime time;

  if (iw_time_is_set (iw_entry_get_occurred (entry)) ||
      iw_time_is_set (iw_entry_get_discovered (entry)) ||
      iw_time_is_set (iw_entry_get_recorded (entry)))
    return iw_entry_get_sort_time (entry);
  created = iw_entry_get_field (entry, "created_at");
  return created != NULL && iw_time_parse_rfc3339 (created, NULL, &time) ? time.us : 0;
}

static Decision
read_decision (IwEntry *entry)
{
  IwTime recorded = iw_entry_get_recorded (entry);
  const char *id = iw_entry_get_id (entry);
  const char *to = iw_entry_get_field (entry, "to");

  return (Decision){
    .time = decision_time (entry),
    .recorded = iw_time_is_set (recorded) ? recorded.us : 0,
    .id = id != NULL ? id : "",
    .kind = iw_entry_get_kind (entry),
    .to = to != NULL ? to : "",
  };
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* Kind and value come last, so that even entries without ids have one order. */
static int
compare_decisions (gconstpointer a, gconstpointer b)
{
  const Decision *left = a, *right = b;
  int order = compare_numbers (left->time, right->time);

  if (order == 0)
    order = compare_numbers (left->recorded, right->recorded);
  if (order == 0)
    order = strcmp (left->id, right->id);
  if (order == 0)
    order = compare_numbers (left->kind, right->kind);
  return order != 0 ? order : strcmp (left->to, right->to);
}

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

static void
apply (IwIncidentState *state, const Decision *decision)
{
  IwStage stage;

  /* A value that a newer version wrote changes nothing here; the entry itself is still shown. */
  if (*decision->to == '\0')
    return;
  switch ((int)decision->kind)
    {
    case IW_ENTRY_STAGE:
      if (iw_stage_from_string (decision->to, &stage))
        enter_stage (state, stage, decision->time);
      break;
    case IW_ENTRY_SEVERITY:
      iw_severity_from_string (decision->to, &state->severity);
      break;
    case IW_ENTRY_CLASSIFICATION:
      iw_classification_from_string (decision->to, &state->classification);
      break;
    default:
      break;
    }
}

static GArray *
sorted_decisions (GPtrArray *entries)
{
  GArray *decisions = g_array_new (FALSE, FALSE, sizeof (Decision));

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (entries, i);
      Decision decision;

      if (!folds (iw_entry_get_kind (entry)))
        continue;
      decision = read_decision (entry);
      g_array_append_val (decisions, decision);
    }
  g_array_sort (decisions, compare_decisions);
  return decisions;
}

IwIncidentState *
iw_incident_fold (GPtrArray *entries)
{
  IwIncidentState *state = g_new0 (IwIncidentState, 1);
  g_autoptr (GArray) decisions = sorted_decisions (entries);

  state->bands = g_array_new (FALSE, FALSE, sizeof (IwStageBand));
  if (decisions->len == 0)
    return state;

  /* Each incident begins with being detected, whether or not someone wrote that down. */
  state->opened_at = g_array_index (decisions, Decision, 0).time;
  enter_stage (state, IW_STAGE_DETECT, state->opened_at);
  for (guint i = 0; i < decisions->len; i++)
    apply (state, &g_array_index (decisions, Decision, i));
  if (state->stage == IW_STAGE_CLOSED)
    state->closed_at = g_array_index (state->bands, IwStageBand, state->bands->len - 1).start;
  return state;
}

void
iw_incident_state_free (IwIncidentState *state)
{
  if (state == NULL)
    return;
  g_array_unref (state->bands);
  g_free (state);
}
