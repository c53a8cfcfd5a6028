/* The fold of decisions. */
#include "decision-fixture.h"

#include <string.h>

static void
assert_band (IwIncidentState *state, guint index, IwStage stage, gint64 start, gint64 end)
{
  const IwStageBand *band;

  g_assert_cmpuint (index, <, state->bands->len);
  band = &g_array_index (state->bands, IwStageBand, index);
  g_assert_cmpint (band->stage, ==, stage);
  g_assert_cmpint (band->start, ==, minute (start));
  g_assert_cmpint (band->end, ==, end == G_MAXINT64 ? G_MAXINT64 : minute (end));
}

static void
assert_span (IwIncidentState *state, guint index, gint64 start, gint64 end)
{
  const IwSpan *span;

  g_assert_cmpuint (index, <, state->containment->len);
  span = &g_array_index (state->containment, IwSpan, index);
  g_assert_cmpint (span->start, ==, minute (start));
  g_assert_cmpint (span->end, ==, end == G_MAXINT64 ? G_MAXINT64 : minute (end));
}

static void
test_nothing (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) none = fold (NULL);
  g_autoptr (IwIncidentState) bare = iw_incident_fold (NULL);
  g_autoptr (IwIncidentState) state = NULL;

  put (entries, 5, iw_entry_new (INCIDENT, IW_ENTRY_OBSERVATION, "closed"));
  state = fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_DETECT);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_UNSET);
  g_assert_cmpint (state->priority, ==, IW_PRIORITY_UNSET);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_UNSET);
  g_assert_false (state->urgent);
  g_assert_false (state->containing);
  g_assert_null (state->classified);
  g_assert_cmpint (state->opened_at, ==, 0);
  g_assert_cmpint (state->closed_at, ==, 0);
  g_assert_cmpuint (state->bands->len, ==, 0);
  g_assert_cmpuint (none->bands->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (bare->roles), ==, 0);
  iw_incident_state_free (NULL);
}

static void
test_course (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;
  IwEntry *declared;

  put_severity (entries, 10, "low");
  put_stage (entries, 20, "assess");
  put_severity (entries, 30, "high");
  put_priority (entries, 30, "p2");
  put_stage (entries, 40, "diagnose");
  put_stage (entries, 50, "stabilise");
  put_stage (entries, 60, "diagnose"); /* back, as P3 allows */
  put_classification (entries, 65, "security-incident");
  declared = put_declaration (entries, 70);
  put_stage (entries, 80, "closed");
  state = fold (entries);

  g_assert_cmpint (state->stage, ==, IW_STAGE_CLOSED);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->priority, ==, IW_PRIORITY_P2);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_CRSI);
  g_assert_true (state->classified == declared);
  g_assert_cmpint (state->opened_at, ==, minute (10));
  g_assert_cmpint (state->closed_at, ==, minute (80));
  g_assert_cmpuint (state->bands->len, ==, 6);
  assert_band (state, 0, IW_STAGE_DETECT, 10, 20);
  assert_band (state, 1, IW_STAGE_ASSESS, 20, 40);
  assert_band (state, 2, IW_STAGE_DIAGNOSE, 40, 50);
  assert_band (state, 3, IW_STAGE_STABILISE, 50, 60);
  assert_band (state, 4, IW_STAGE_DIAGNOSE, 60, 80);
  assert_band (state, 5, IW_STAGE_CLOSED, 80, G_MAXINT64);
}

static void
test_reopened (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;

  put_stage (entries, 10, "closed");
  put_stage (entries, 20, "closed"); /* said twice: closed since the first time */
  state = fold (entries);
  g_assert_cmpint (state->closed_at, ==, minute (10));
  g_assert_cmpuint (state->bands->len, ==, 1);
  g_clear_pointer (&state, iw_incident_state_free);

  put_stage (entries, 30, "diagnose");
  state = fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_DIAGNOSE);
  g_assert_cmpint (state->closed_at, ==, 0);
  g_clear_pointer (&state, iw_incident_state_free);

  put_stage (entries, 40, "closed");
  state = fold (entries);
  g_assert_cmpint (state->closed_at, ==, minute (40));
  g_assert_cmpint (state->opened_at, ==, minute (10));
}

/* Stages that lasted no time leave no band, and what they cut in two is one again. */
static void
test_moments (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;

  put_stage (entries, 10, "assess");
  put_stage (entries, 20, "diagnose");
  put_stage (entries, 20, "assess");
  state = fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_ASSESS);
  g_assert_cmpuint (state->bands->len, ==, 1);
  assert_band (state, 0, IW_STAGE_ASSESS, 10, G_MAXINT64);
}

/* A closing without verification (P4), by whatever road it came, closes nothing and leaves no band.
 */
static void
test_closing_without_verification (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;

  put_stage (entries, 10, "diagnose");
  iw_entry_set_field (put_stage (entries, 20, "closed"), "verification", NULL);
  iw_entry_set_field (put_stage (entries, 21, "closed"), "risk_contained", NULL);
  iw_entry_set_field (put_stage (entries, 22, "closed"), "measures_implemented", "false");
  state = fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_DIAGNOSE);
  g_assert_cmpint (state->closed_at, ==, 0);
  g_assert_cmpuint (state->bands->len, ==, 1);
  assert_band (state, 0, IW_STAGE_DIAGNOSE, 10, G_MAXINT64);
}

/* Nor does a declaration without its determination declare. */
static void
test_declaration_without_determination (void)
{
  static const char *const needed[] = { "access", "duty", "statement", "declared_by" };

  for (guint i = 0; i <= G_N_ELEMENTS (needed); i++)
    {
      g_autoptr (Entries) entries = entries_new ();
      g_autoptr (IwIncidentState) state = NULL;
      IwEntry *declared;

      put_classification (entries, 1, "security-incident");
      declared = put_declaration (entries, 2);
      if (i < G_N_ELEMENTS (needed))
        iw_entry_set_field (declared, needed[i], NULL);
      else
        iw_entry_remove_link (declared, 0);
      state = fold (entries);
      g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_SECURITY_INCIDENT);
    }
}

/* Written later, but about an earlier time: it does not outdo what came after. */
static void
test_order_of_occurrence (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;

  iw_entry_set_recorded (put_severity (entries, 20, "high"), at_minute (20));
  iw_entry_set_recorded (put_severity (entries, 10, "low"), at_minute (90));
  state = fold (entries);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->opened_at, ==, minute (10));
}

/* What a newer version decided is no decision here, and undoes none. */
static void
test_unknown_values (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;

  put_stage (entries, 10, "assess");
  put_severity (entries, 10, "high");
  put_classification (entries, 10, "privacy");
  put_stage (entries, 20, "archive");
  put_severity (entries, 20, "apocalyptic");
  iw_entry_set_field (put_severity (entries, 20, "low"), "to", NULL);
  iw_entry_set_field (put_stage (entries, 20, "assess"), "to", NULL);
  iw_entry_set_field (put_classification (entries, 20, "privacy"), "to", NULL);
  state = fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_ASSESS);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_PRIVACY);
}

/* C5: risk to customer data makes it high and P1 whatever was decided, which is kept. */
static void
test_urgency (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;

  put_severity (entries, 1, "low");
  put_priority (entries, 1, "p3");
  put_impact (entries, 2, "none");
  state = fold (entries);
  g_assert_false (state->urgent);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_LOW);
  g_clear_pointer (&state, iw_incident_state_free);

  put_impact (entries, 3, "imminent");
  state = fold (entries);
  g_assert_true (state->urgent);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->set_severity, ==, IW_SEVERITY_LOW);
  g_assert_cmpint (state->priority, ==, IW_PRIORITY_P1);
  g_assert_cmpint (state->set_priority, ==, IW_PRIORITY_P3);
  g_clear_pointer (&state, iw_incident_state_free);

  put_severity (entries, 4, "critical");
  state = fold (entries);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_CRITICAL);
  g_clear_pointer (&state, iw_incident_state_free);

  /* Closed, it is no longer worked on around the clock; how grave it was stays. */
  put_severity (entries, 5, "medium");
  put_stage (entries, 6, "closed");
  state = fold (entries);
  g_assert_false (state->urgent);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->priority, ==, IW_PRIORITY_P1);
  g_clear_pointer (&state, iw_incident_state_free);

  put_impact (entries, 7, "none");
  state = fold (entries);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_MEDIUM);
  g_assert_cmpint (state->priority, ==, IW_PRIORITY_P3);
}

static void
test_containment (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;

  put_containment (entries, 5, "ended"); /* of nothing */
  put_containment (entries, 10, "started");
  put_containment (entries, 15, "started"); /* it runs already */
  put_stage (entries, 18, "diagnose");
  put_containment (entries, 20, "ended");
  put_containment (entries, 25, "ended");
  put_containment (entries, 30, "started");
  put_containment (entries, 30, "ended"); /* no time at all */
  put_containment (entries, 40, "started");
  state = fold (entries);
  g_assert_true (state->containing);
  g_assert_cmpuint (state->containment->len, ==, 2);
  assert_span (state, 0, 10, 20);
  assert_span (state, 1, 40, G_MAXINT64);
  g_clear_pointer (&state, iw_incident_state_free);

  /* Ended and taken up again in the same minute: it went on. */
  put_containment (entries, 50, "ended");
  put_containment (entries, 50, "started");
  state = fold (entries);
  g_assert_cmpuint (state->containment->len, ==, 2);
  assert_span (state, 1, 40, G_MAXINT64);
}

static void
test_roles (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;
  IwEntry *second;

  put_role (entries, 1, "incident-manager", "A. Sato");
  second = put_role (entries, 2, "incident-manager", "B. Berg");
  put_role (entries, 3, "legal", "L. Lee");
  put_role (entries, 4, "legal", ""); /* relieved */
  put_role (entries, 5, "scribe", "");
  state = fold (entries);
  g_assert_cmpuint (g_hash_table_size (state->roles), ==, 1);
  g_assert_true (g_hash_table_lookup (state->roles, "incident-manager") == second);
}

static void
assert_experts (Entries *entries, const char *expected)
{
  g_autoptr (IwIncidentState) state = fold (entries);
  g_autoptr (GString) names = g_string_new (NULL);
  IwEntry *first = g_hash_table_lookup (state->roles, "expert");

  for (guint i = 0; i < state->experts->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            iw_entry_get_field (state->experts->pdata[i], "to"));
  g_assert_cmpstr (names->str, ==, expected);
  g_assert_true (first == (state->experts->len > 0 ? state->experts->pdata[0] : NULL));
}

static void
test_experts (void)
{
  g_autoptr (Entries) entries = entries_new ();

  put_expert (entries, 1, "A. Sato", "");
  put_expert (entries, 2, "B. Berg", "");
  put_expert (entries, 3, "C. Cole", "");
  assert_experts (entries, "A. Sato, B. Berg, C. Cole");
  put_expert (entries, 4, "D. Dunn", "b. berg "); /* in the place of this one */
  assert_experts (entries, "A. Sato, D. Dunn, C. Cole");
  put_expert (entries, 5, "", "A. Sato");
  assert_experts (entries, "D. Dunn, C. Cole");
  put_expert (entries, 6, "c. cole", "");      /* is one already */
  put_expert (entries, 7, "", "A. Sato");      /* is none any more */
  put_expert (entries, 8, "E. Ek", "A. Sato"); /* the same */
  put_expert (entries, 9, "", "");             /* nothing */
  assert_experts (entries, "D. Dunn, C. Cole, E. Ek");
  put_expert (entries, 10, "C. Cole", "D. Dunn"); /* took over beside what C. Cole does */
  assert_experts (entries, "C. Cole, E. Ek");
  put_expert (entries, 11, "Erik Ek", "E. Ek");
  put_expert (entries, 12, "", "C. Cole");
  put_expert (entries, 13, "", "Erik Ek");
  assert_experts (entries, "");
}

/* What a workspace has from when this role had one holder adds up to what it did, whatever "from"
 * says; and the two kinds go on beside each other. */
static void
test_only_expert (void)
{
  g_autoptr (Entries) entries = entries_new ();

  put_only_expert (entries, 1, "A. Sato", "");
  put_only_expert (entries, 2, "B. Berg", ""); /* written beside the other, on another machine */
  assert_experts (entries, "B. Berg");
  put_only_expert (entries, 3, "C. Cole", "A. Sato");
  assert_experts (entries, "C. Cole");
  put_only_expert (entries, 4, "", "A. Sato");
  assert_experts (entries, "");
  put_only_expert (entries, 5, "A. Sato", "");
  put_expert (entries, 6, "B. Berg", "");
  assert_experts (entries, "A. Sato, B. Berg");
  put_expert (entries, 7, "C. Cole", "A. Sato");
  assert_experts (entries, "C. Cole, B. Berg");
  put_only_expert (entries, 8, "D. Dunn", "B. Berg");
  assert_experts (entries, "D. Dunn");
}

/* Others have one holder, whatever an entry says. */
static void
test_no_expert (void)
{
  g_autoptr (Entries) entries = entries_new ();
  IwEntry *entry;

  put_role (entries, 1, "scribe", "A. Sato");
  entry = put_role (entries, 2, "scribe", "B. Berg");
  iw_entry_set_field (entry, "holders", "several");
  assert_experts (entries, "");
  put_expert (entries, 3, "A. Sato", "");
  entry = put_expert (entries, 4, "B. Berg", "");
  iw_entry_set_field (entry, "holders", "a few"); /* which nobody knows: it does not count */
  assert_experts (entries, "A. Sato");
}

/* A withdrawal brings back who was replaced, in the place of before. */
static void
test_withdrawn_expert (void)
{
  g_autoptr (Entries) entries = entries_new ();
  IwEntry *entry;

  put_expert (entries, 1, "A. Sato", "");
  put_expert (entries, 2, "B. Berg", "");
  entry = put_expert (entries, 3, "C. Cole", "A. Sato");
  assert_experts (entries, "C. Cole, B. Berg");
  put_withdrawal (entries, 4, id_of (entry));
  assert_experts (entries, "A. Sato, B. Berg");
}

/* Who floods an incident does not hold up who reads it. */
static void
test_many_experts (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;
  gint64 began;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *name = g_strdup_printf ("Expert %u", i);

      put_expert (entries, i / 100, name, "");
    }
  began = g_get_monotonic_time ();
  state = fold (entries);
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpuint (state->experts->len, ==, 20000);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
}

static void
test_activities (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;
  IwEntry *done;

  put (entries, 1,
       iw_decision_new (INCIDENT, "activity", "activity", "forensics", "to", "in-progress",
                        "assignee", "Threat Intelligence", NULL));
  done = put (entries, 2,
              iw_decision_new (INCIDENT, "activity", "activity", "forensics", "to", "done", NULL));
  put (entries, 3, iw_decision_new (INCIDENT, "activity", "activity", "dance", "to", "done", NULL));
  state = fold (entries);
  g_assert_cmpuint (g_hash_table_size (state->activities), ==, 1);
  g_assert_true (g_hash_table_lookup (state->activities, "forensics") == done);
}

static void
test_found_and_assessed (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;
  IwEntry *detection, *assessment;

  put (entries, 1,
       iw_decision_new (INCIDENT, "detection", "to", "customer-report", "realm", "own", NULL));
  detection = put (
      entries, 2,
      iw_decision_new (INCIDENT, "detection", "to", "automated-anomaly", "realm", "own", NULL));
  assessment = put (entries, 3,
                    iw_decision_new (INCIDENT, "assessment", "to", "escalate", "why", "w",
                                     "evidence", "log", NULL));
  put (entries, 4, /* without evidence it is no assessment (D3) */
       iw_decision_new (INCIDENT, "assessment", "to", "do-not-escalate", "why", "w", NULL));
  state = fold (entries);
  g_assert_true (state->detection == detection);
  g_assert_true (state->assessment == assessment);
}

/* A decision about a part says nothing of when the incident began. */
static void
test_opened (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;

  put_role (entries, 1, "legal", "L. Lee");
  put_escalation (entries, 2, "Legal", "30");
  state = fold (entries);
  g_assert_cmpint (state->opened_at, ==, 0);
  g_assert_cmpuint (state->bands->len, ==, 0);
  g_clear_pointer (&state, iw_incident_state_free);

  put_impact (entries, 3, "none");
  state = fold (entries);
  g_assert_cmpint (state->opened_at, ==, minute (3));
  g_assert_cmpuint (state->bands->len, ==, 1);
  assert_band (state, 0, IW_STAGE_DETECT, 3, G_MAXINT64);
}

/* What undo takes back leaves no trace in the state. */
static void
test_withdrawn (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwIncidentState) state = NULL;
  IwEntry *wrong;

  put_stage (entries, 1, "assess");
  wrong = put_stage (entries, 2, "closed");
  put_withdrawal (entries, 3, id_of (wrong));
  put_stage (entries, 4, "diagnose");
  state = fold (entries);
  g_assert_cmpuint (state->bands->len, ==, 2);
  assert_band (state, 0, IW_STAGE_ASSESS, 1, 4);
  assert_band (state, 1, IW_STAGE_DIAGNOSE, 4, G_MAXINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/incident/fold/nothing", test_nothing);
  g_test_add_func ("/incident/fold/course", test_course);
  g_test_add_func ("/incident/fold/reopened", test_reopened);
  g_test_add_func ("/incident/fold/moments", test_moments);
  g_test_add_func ("/incident/fold/closing-without-verification",
                   test_closing_without_verification);
  g_test_add_func ("/incident/fold/declaration-without-determination",
                   test_declaration_without_determination);
  g_test_add_func ("/incident/fold/order-of-occurrence", test_order_of_occurrence);
  g_test_add_func ("/incident/fold/unknown-values", test_unknown_values);
  g_test_add_func ("/incident/fold/urgency", test_urgency);
  g_test_add_func ("/incident/fold/containment", test_containment);
  g_test_add_func ("/incident/fold/roles", test_roles);
  g_test_add_func ("/incident/fold/experts", test_experts);
  g_test_add_func ("/incident/fold/only-expert", test_only_expert);
  g_test_add_func ("/incident/fold/no-expert", test_no_expert);
  g_test_add_func ("/incident/fold/withdrawn-expert", test_withdrawn_expert);
  g_test_add_func ("/incident/fold/many-experts", test_many_experts);
  g_test_add_func ("/incident/fold/activities", test_activities);
  g_test_add_func ("/incident/fold/found-and-assessed", test_found_and_assessed);
  g_test_add_func ("/incident/fold/opened", test_opened);
  g_test_add_func ("/incident/fold/withdrawn", test_withdrawn);
  return g_test_run ();
}
