#include "iw-situation-json.h"

#include "iw-gap.h"
#include "iw-model-json.h"
#include "iw-response-private.h"

#include <string.h>

static void
set_instant (JsonObject *object, const char *name, gint64 us)
{
  if (us != 0 && us != G_MAXINT64)
    iw_model_json_set_time (object, name, (IwTime){ us, IW_PRECISION_MICROSECOND });
}

static void
set_entry (JsonObject *object, const char *name, IwEntry *entry)
{
  if (entry != NULL)
    iw_model_json_set_string (object, name, iw_entry_get_id (entry));
}

/* Adds a new object to @array. */
static JsonObject *
append (JsonArray *array)
{
  JsonObject *object = json_object_new ();

  json_array_add_object_element (array, object);
  return object;
}

static JsonArray *
add_array (JsonObject *object, const char *name)
{
  JsonArray *array = json_array_new ();

  json_object_set_array_member (object, name, array);
  return array;
}

static JsonObject *
add_object (JsonObject *object, const char *name)
{
  JsonObject *member = json_object_new ();

  json_object_set_object_member (object, name, member);
  return member;
}

/* The keys of a table in one order, so that two runs write the same. (transfer container) */
static GList *
sorted_keys (GHashTable *table)
{
  return g_list_sort (g_hash_table_get_keys (table), (GCompareFunc)strcmp);
}

static void
write_state (JsonObject *json, const IwIncidentState *state)
{
  json_object_set_string_member (json, "stage", iw_stage_to_string (state->stage));
  json_object_set_string_member (json, "severity", iw_severity_to_string (state->severity));
  json_object_set_string_member (json, "set_severity", iw_severity_to_string (state->set_severity));
  json_object_set_string_member (json, "priority", iw_priority_to_string (state->priority));
  json_object_set_string_member (json, "set_priority", iw_priority_to_string (state->set_priority));
  json_object_set_string_member (json, "classification",
                                 iw_classification_to_string (state->classification));
  json_object_set_boolean_member (json, "urgent", state->urgent);
  json_object_set_boolean_member (json, "containing", state->containing);
  set_instant (json, "opened_at", state->opened_at);
  set_instant (json, "closed_at", state->closed_at);
  set_entry (json, "detection", state->detection);
  set_entry (json, "assessment", state->assessment);
  set_entry (json, "classified", state->classified);
  set_entry (json, "impact", state->impact);
}

static void
write_bands (JsonObject *json, const IwIncidentState *state)
{
  JsonArray *bands = add_array (json, "bands");
  JsonArray *containment = add_array (json, "containment");

  for (guint i = 0; i < state->bands->len; i++)
    {
      const IwStageBand *band = &g_array_index (state->bands, IwStageBand, i);
      JsonObject *object = append (bands);

      json_object_set_string_member (object, "stage", iw_stage_to_string (band->stage));
      set_instant (object, "start", band->start);
      set_instant (object, "end", band->end);
    }
  for (guint i = 0; i < state->containment->len; i++)
    {
      const IwSpan *span = &g_array_index (state->containment, IwSpan, i);
      JsonObject *object = append (containment);

      set_instant (object, "start", span->start);
      set_instant (object, "end", span->end);
    }
}

static void
write_people (JsonObject *json, const IwIncidentState *state)
{
  JsonObject *roles = add_object (json, "roles");
  JsonArray *experts = json_array_new ();
  JsonObject *activities = add_object (json, "activities");
  g_autoptr (GList) role_names = sorted_keys (state->roles);
  g_autoptr (GList) activity_names = sorted_keys (state->activities);

  for (GList *l = role_names; l != NULL; l = l->next)
    json_object_set_string_member (
        roles, l->data, iw_response_field (g_hash_table_lookup (state->roles, l->data), "to"));
  for (guint i = 0; i < state->experts->len; i++)
    json_array_add_string_element (experts, iw_response_field (state->experts->pdata[i], "to"));
  json_object_set_array_member (json, "experts", experts);
  for (GList *l = activity_names; l != NULL; l = l->next)
    {
      IwEntry *entry = g_hash_table_lookup (state->activities, l->data);
      JsonObject *object = add_object (activities, l->data);

      json_object_set_string_member (object, "state", iw_response_field (entry, "to"));
      iw_model_json_set_string (object, "assignee", iw_response_field (entry, "assignee"));
      set_entry (object, "entry", entry);
    }
}

static void
write_escalations (JsonObject *json, GPtrArray *escalations, gint64 now)
{
  JsonArray *array = add_array (json, "escalations");

  for (guint i = 0; i < escalations->len; i++)
    {
      const IwEscalation *escalation = escalations->pdata[i];
      JsonObject *object = append (array);

      json_object_set_string_member (object, "id", escalation->id);
      json_object_set_string_member (object, "from", escalation->from);
      json_object_set_string_member (object, "to", escalation->to);
      set_instant (object, "asked", escalation->asked);
      set_instant (object, "due", escalation->due);
      set_instant (object, "acknowledged", escalation->acknowledged);
      iw_model_json_set_string (object, "acknowledged_by", escalation->acknowledged_by);
      json_object_set_boolean_member (object, "accepted", escalation->accepted);
      json_object_set_boolean_member (object, "late", iw_escalation_was_late (escalation));
      json_object_set_boolean_member (object, "overdue",
                                      iw_escalation_is_overdue (escalation, now));
    }
}

static void
write_clocks (JsonObject *json, GPtrArray *clocks, gint64 now)
{
  static const char *const states[] = {
    [IW_CLOCK_RUNNING] = "running", [IW_CLOCK_MET] = "met", [IW_CLOCK_STOPPED] = "stopped"
  };
  JsonArray *array = add_array (json, "clocks");

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];
      JsonObject *object = append (array);

      json_object_set_string_member (object, "id", clock->id);
      json_object_set_string_member (object, "kind", iw_clock_kind_to_string (clock->kind));
      json_object_set_string_member (object, "name", clock->name);
      set_instant (object, "start", clock->start);
      set_instant (object, "due", clock->due);
      json_object_set_string_member (object, "ends_on", clock->ends_on);
      json_object_set_string_member (object, "state", states[clock->state]);
      set_instant (object, "ended", clock->ended);
      iw_model_json_set_string (object, "why", clock->why);
      json_object_set_boolean_member (object, "overdue", iw_clock_is_overdue (clock, now));
    }
}

static void
write_notice (JsonArray *array, const IwNoticeState *notice)
{
  JsonObject *object = append (array);

  json_object_set_string_member (object, "id", notice->notice);
  json_object_set_string_member (object, "audience", iw_audience_to_string (notice->audience));
  json_object_set_string_member (object, "status", iw_notice_status_to_string (notice->status));
  set_instant (object, "since", notice->since);
  set_instant (object, "first_sent", notice->first_sent);
  iw_model_json_set_string (object, "by", notice->by);
  iw_model_json_set_string (object, "digest", notice->digest);
  set_entry (object, "entry", notice->entry);
}

static void
write_notices (JsonObject *json, IwSituation *situation)
{
  JsonArray *array = add_array (json, "notices");
  GPtrArray *decided = iw_situation_get_notices (situation);
  g_autoptr (GPtrArray) documents = iw_situation_get_documents (situation, "notice");

  for (guint i = 0; i < decided->len; i++)
    write_notice (array, decided->pdata[i]);
  for (guint i = 0; i < documents->len; i++)
    {
      const IwNoticeState *notice =
          iw_situation_get_notice (situation, iw_document_get_id (documents->pdata[i]));

      if (notice->entry == NULL)
        write_notice (array, notice);
    }
}

static void
write_scope (JsonObject *json, GPtrArray *scope)
{
  JsonArray *array = add_array (json, "scope");

  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = scope->pdata[i];
      JsonObject *object = append (array);

      json_object_set_string_member (object, "id", item->docid);
      json_object_set_string_member (object, "kind", iw_scope_kind_to_string (item->kind));
      json_object_set_string_member (object, "name", item->name);
      json_object_set_string_member (object, "state", iw_scope_state_to_string (item->state));
      set_entry (object, "entry", item->entry);
    }
}

static void
write_tasks (JsonObject *json, IwSituation *situation)
{
  JsonArray *array = add_array (json, "tasks");
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (situation);

  for (guint i = 0; i < plan->len; i++)
    {
      const char *id = iw_document_get_id (plan->pdata[i]);
      JsonObject *object = append (array);

      json_object_set_string_member (object, "id", id);
      json_object_set_string_member (object, "title", iw_document_get_name (plan->pdata[i]));
      json_object_set_string_member (object, "phase",
                                     iw_document_get_text (plan->pdata[i], "phase"));
      json_object_set_boolean_member (object, "emergency",
                                      iw_situation_task_is_emergency (plan->pdata[i]));
      json_object_set_string_member (object, "state",
                                     iw_situation_get_task_state (situation, id, NULL));
    }
}

static void
write_evidence (JsonObject *json, IwSituation *situation)
{
  JsonArray *array = add_array (json, "evidence");
  g_autoptr (GPtrArray) evidence = iw_situation_get_documents (situation, "evidence");

  for (guint i = 0; i < evidence->len; i++)
    {
      const char *id = iw_document_get_id (evidence->pdata[i]);
      g_auto (GStrv) marks = iw_situation_get_marks (situation, id);
      JsonObject *object = append (array);
      JsonArray *list;

      json_object_set_string_member (object, "id", id);
      json_object_set_string_member (object, "name", iw_document_get_name (evidence->pdata[i]));
      list = add_array (object, "marks");
      for (guint j = 0; marks[j] != NULL; j++)
        json_array_add_string_element (list, marks[j]);
      set_entry (object, "approval", iw_situation_get_approval (situation, id));
    }
}

static void
write_gaps (JsonObject *json, IwSituation *situation)
{
  static const char *const weights[] = {
    [IW_GAP_REFUSED] = "refused",
    [IW_GAP_OVERDUE] = "overdue",
    [IW_GAP_CLOSING] = "closing",
    [IW_GAP_WANTED] = "wanted",
  };
  JsonArray *array = add_array (json, "gaps");
  g_autoptr (GPtrArray) gaps = iw_situation_get_gaps (situation);

  for (guint i = 0; i < gaps->len; i++)
    {
      const IwGap *gap = gaps->pdata[i];
      JsonObject *object = append (array);

      json_object_set_string_member (object, "weight", weights[gap->weight]);
      json_object_set_string_member (object, "place", gap->place);
      iw_model_json_set_string (object, "subject", gap->subject);
      json_object_set_string_member (object, "text", gap->text);
      json_object_set_boolean_member (object, "closing", gap->closing);
    }
}

static void
write_decisions (JsonObject *json, IwDecisions *decisions)
{
  JsonArray *counted = add_array (json, "decisions");
  JsonArray *others = add_array (json, "not_in_force");

  for (guint i = 0; i < iw_decisions_get_n (decisions); i++)
    {
      IwEntry *entry = iw_decisions_get (decisions, i);
      const char *problem = iw_decisions_get_problem (decisions, i);
      JsonObject *object;

      if (problem == NULL)
        {
          json_array_add_string_element (counted, iw_response_id (entry));
          continue;
        }
      object = append (others);
      json_object_set_string_member (object, "id", iw_response_id (entry));
      json_object_set_string_member (object, "kind",
                                     iw_entry_kind_to_string (iw_entry_get_kind (entry)));
      json_object_set_string_member (object, "problem", problem);
      set_entry (object, "withdrawn_by", iw_decisions_get_withdrawal (decisions, i));
    }
}

JsonObject *
iw_situation_to_json (IwSituation *situation)
{
  JsonObject *json = json_object_new ();
  const IwIncidentState *state;
  gint64 now;

  g_return_val_if_fail (situation != NULL, json);

  state = iw_situation_get_state (situation);
  now = iw_situation_get_now (situation);
  json_object_set_string_member (json, "incident", iw_situation_get_incident (situation));
  iw_model_json_set_string (json, "title", iw_situation_get_title (situation));
  set_instant (json, "now", now);
  write_state (json, state);
  write_bands (json, state);
  write_people (json, state);
  write_escalations (json, iw_situation_get_escalations (situation), now);
  write_clocks (json, iw_situation_get_clocks (situation), now);
  write_notices (json, situation);
  write_scope (json, iw_situation_get_scope (situation));
  write_tasks (json, situation);
  write_evidence (json, situation);
  write_gaps (json, situation);
  write_decisions (json, iw_situation_get_decisions (situation));
  return json;
}
