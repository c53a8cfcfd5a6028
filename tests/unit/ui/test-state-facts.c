#include "iw-state-facts.h"

#include <locale.h>
#include <string.h>

#define INCIDENT "019a0000-0000-7000-8000-000000000001"
#define NOW G_GINT64_CONSTANT (1793804400000000) /* 2026-11-04T15:00:00Z */
#define MINUTE (60 * IW_USEC_PER_SEC)

typedef struct
{
  GPtrArray *entries;
  GPtrArray *documents;
  guint n;
} Story;

static void
story_set_up (Story *story, gconstpointer data)
{
  story->entries = g_ptr_array_new_with_free_func (g_object_unref);
  story->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
}

static void
story_tear_down (Story *story, gconstpointer data)
{
  g_clear_pointer (&story->entries, g_ptr_array_unref);
  g_clear_pointer (&story->documents, g_ptr_array_unref);
}

/* @entry: (transfer full) */
static void
add (Story *story, IwEntry *entry, gint64 when)
{
  g_autofree char *id =
      g_strdup_printf (INCIDENT ":entry-019a0000-0000-7000-8000-%012u", ++story->n);

  iw_entry_set_id (entry, id);
  iw_entry_set_occurred (entry, (IwTime){ when, IW_PRECISION_SECOND });
  iw_entry_set_recorded (entry, (IwTime){ when, IW_PRECISION_SECOND });
  iw_entry_set_actor (entry, "A. Sato");
  g_ptr_array_add (story->entries, entry);
}

static GPtrArray *
facts_of (Story *story, IwSituation **situation)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) directory = g_ptr_array_new ();
  IwIncidentRow row = { .incident = (char *)INCIDENT, .opened_at = NOW - 180 * MINUTE };

  *situation = iw_situation_new (INCIDENT, story->entries, story->documents, directory, NOW);
  return iw_state_facts_new (*situation, &row, NOW, utc);
}

static const IwStateFact *
find (GPtrArray *facts, const char *id)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_str_equal (((const IwStateFact *)facts->pdata[i])->id, id))
      return facts->pdata[i];
  return NULL;
}

static void
test_nothing (Story *story, gconstpointer data)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) facts = facts_of (story, &situation);

  g_assert_cmpstr (find (facts, "manager")->text, ==, "No manager");
  g_assert_cmpstr (find (facts, "manager")->action, ==, "incident.role");
  g_assert_cmpstr (find (facts, "manager")->target, ==, "incident-manager");
  g_assert_cmpstr (find (facts, "severity")->target, ==, "severity");
  g_assert_true (find (facts, "severity")->first);
  g_assert_null (find (facts, "priority"));
  g_assert_null (find (facts, "clock"));
  g_assert_null (find (facts, "urgent"));
  g_assert_null (find (facts, "containing"));
  g_assert_null (find (facts, "customers"));
  g_assert_null (find (facts, "age")->action);
}

static IwEntry *
new_clock (const char *name, const char *minutes)
{
  g_autofree char *start = iw_time_to_rfc3339 ((IwTime){ NOW - 60 * MINUTE, IW_PRECISION_SECOND });

  return iw_decision_new (INCIDENT, "clock", "name", name, "clock_kind", "free", "start", start,
                          "duration", minutes, "ends_on", "manual", NULL);
}

static void
test_clocks (Story *story, gconstpointer data)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) facts = NULL;
  const IwStateFact *fact;

  add (story, new_clock ("Contract", "240"), NOW - 60 * MINUTE);
  add (story, new_clock ("Regulator", "120"), NOW - 60 * MINUTE);
  add (story, new_clock ("Partner", "300"), NOW - 60 * MINUTE);
  facts = facts_of (story, &situation);
  fact = find (facts, "clock");
  g_assert_nonnull (strstr (fact->text, "Regulator"));
  g_assert_nonnull (strstr (fact->text, "UTC"));
  g_assert_cmpint (fact->tone, ==, IW_STATE_PLAIN);
  g_assert_cmpstr (fact->target, ==, "clocks");
  g_assert_true (fact->first);
  g_assert_cmpstr (find (facts, "clocks")->text, ==, "+2 clocks");
}

/* Overdue is said by an icon and a word, not by colour alone. */
static void
test_overdue (Story *story, gconstpointer data)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) facts = NULL;

  add (story, new_clock ("Regulator", "30"), NOW - 60 * MINUTE);
  facts = facts_of (story, &situation);
  g_assert_cmpint (find (facts, "clock")->tone, ==, IW_STATE_OVERDUE);
  g_assert_cmpstr (find (facts, "clock")->icon, ==, "dialog-warning-symbolic");
  g_assert_nonnull (strstr (find (facts, "clock")->text, "overdue"));
  g_assert_null (find (facts, "clocks"));
}

static void
add_customer (Story *story, const char *name, const char *state)
{
  JsonObject *body = json_object_new ();
  g_autofree char *id = g_strdup_printf (INCIDENT ":scope-%s", name);
  IwEntry *entry =
      iw_decision_new (INCIDENT, "scope-state", "subject", id, "to", state, "why", "seen", NULL);

  json_object_set_string_member (body, "type", "scope");
  json_object_set_string_member (body, "incident", INCIDENT);
  json_object_set_string_member (body, "scope_kind", "customer");
  json_object_set_string_member (body, "name", name);
  g_ptr_array_add (story->documents, iw_document_new_take (id, "1-a", body));
  add (story, entry, NOW - 10 * MINUTE);
}

static void
test_customers (Story *story, gconstpointer data)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) facts = NULL;

  add_customer (story, "a", "confirmed");
  add_customer (story, "b", "suspected");
  add_customer (story, "c", "ruled-out");
  facts = facts_of (story, &situation);
  g_assert_cmpstr (find (facts, "customers")->text, ==, "2 customers affected");
  g_assert_cmpstr (find (facts, "customers")->target, ==, "scope");
}

static void
test_in_force (Story *story, gconstpointer data)
{
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) facts = NULL;

  add (story,
       iw_decision_new (INCIDENT, "containment", "to", "started", "what", "Quarantine", NULL),
       NOW - 20 * MINUTE);
  add (story, iw_decision_new (INCIDENT, "role", "role", "incident-manager", "to", "M. Ito", NULL),
       NOW - 20 * MINUTE);
  facts = facts_of (story, &situation);
  g_assert_cmpstr (find (facts, "containing")->target, ==, "containment");
  g_assert_cmpstr (find (facts, "manager")->text, ==, "Manager: M. Ito");
}

static void
test_steps (void)
{
  IwStateStep steps[IW_N_STAGES];

  iw_state_steps_fill (steps, IW_STAGE_DIAGNOSE, 1u << IW_STAGE_STABILISE | 1u << IW_STAGE_ASSESS);
  g_assert_true (steps[IW_STAGE_DIAGNOSE].now);
  g_assert_true (steps[IW_STAGE_DIAGNOSE].reachable);
  g_assert_false (steps[IW_STAGE_DETECT].reachable);
  g_assert_true (steps[IW_STAGE_STABILISE].reachable);
  g_assert_false (steps[IW_STAGE_STABILISE].now);
  g_assert_cmpstr (steps[IW_STAGE_STABILISE].text, ==, "Stabilise");
  g_assert_nonnull (strstr (steps[IW_STAGE_STABILISE].tip, "NIST"));
  iw_state_steps_clear (steps);
  /* Where nothing may be written no form opens. */
  iw_state_steps_fill (steps, IW_STAGE_DIAGNOSE, 0);
  g_assert_false (steps[IW_STAGE_DIAGNOSE].reachable);
  iw_state_steps_clear (steps);
}

static void
test_from_row (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) directory = g_ptr_array_new ();
  IwIncidentRow row = { .severity = IW_SEVERITY_HIGH,
                        .priority = IW_PRIORITY_P1,
                        .urgent = TRUE,
                        .due_at = NOW + 120 * MINUTE,
                        .due_name = (char *)"Customer notice",
                        .n_customers = 1,
                        .opened_at = NOW - 60 * MINUTE };
  g_autoptr (GPtrArray) facts = iw_state_facts_from_row (&row, NOW, utc);

  g_assert_nonnull (find (facts, "urgent"));
  g_assert_cmpstr (find (facts, "priority")->text, ==, "P1");
  g_assert_nonnull (strstr (find (facts, "clock")->text, "Customer notice"));
  g_assert_cmpstr (find (facts, "customers")->text, ==, "1 customer affected");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add (name, Story, NULL, story_set_up, func, story_tear_down)
  ADD ("/state-facts/nothing", test_nothing);
  ADD ("/state-facts/clocks", test_clocks);
  ADD ("/state-facts/overdue", test_overdue);
  ADD ("/state-facts/customers", test_customers);
  ADD ("/state-facts/in-force", test_in_force);
#undef ADD
  g_test_add_func ("/state-facts/steps", test_steps);
  g_test_add_func ("/state-facts/from-row", test_from_row);
  return g_test_run ();
}
