#include "workspace-fixture.h"

#include "iw-live-incident.h"

static void
on_signal (IwLiveIncident *live, gpointer data)
{
  ++*(guint *)data;
}

static gboolean
on_late (gpointer data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until *@n is at least @least. */
static void
wait_for (guint *n, guint least)
{
  guint id = g_timeout_add_seconds (10, on_late, NULL);

  while (*n < least)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static IwEntry *
new_decision (const char *incident, const char *kind, const char *to)
{
  IwEntry *entry = iw_decision_new (incident, kind, "to", to, "why", "as a test", NULL);
  gint64 now = g_get_real_time ();

  iw_entry_set_occurred (entry, (IwTime){ now - now % IW_USEC_PER_SEC, IW_PRECISION_SECOND });
  iw_entry_set_recorded (entry, (IwTime){ now, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (entry, "A. Sato");
  return entry;
}

static void
apply (Fixture *fixture, IwEntry *entry)
{
  g_autofree char *docid =
      iw_id_new_document (iw_context_system (), iw_entry_get_incident (entry), "entry");
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);
  IwChange change = { docid, body };
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  iw_workspace_apply_async (fixture->workspace, "Add Entry", &change, 1, 1, on_result, fixture);
  iw_workspace_apply_finish (fixture->workspace, wait_result (fixture), &error);
  g_assert_no_error (error);
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *incident = add_incident (fixture, "Leaked storage", IW_SEVERITY_LOW);
  g_autoptr (IwLiveIncident) live = iw_live_incident_new (fixture->workspace, incident);
  g_autoptr (IwEntry) severity = new_decision (incident, "severity", "high");
  g_autoptr (IwSituation) before = NULL;
  guint n = 0;

  g_signal_connect (live, "changed", G_CALLBACK (on_signal), &n);
  g_assert_null (iw_live_incident_get_situation (live));
  wait_for (&n, 1);
  before = iw_situation_ref (iw_live_incident_get_situation (live));
  g_assert_cmpint (iw_situation_get_state (before)->severity, ==, IW_SEVERITY_LOW);
  iw_entry_set_field (severity, "from", "low");
  apply (fixture, severity);
  wait_for (&n, 2);
  g_assert_cmpint (iw_situation_get_state (iw_live_incident_get_situation (live))->severity, ==,
                   IW_SEVERITY_HIGH);
  /* What somebody holds is as it was. */
  g_assert_cmpint (iw_situation_get_state (before)->severity, ==, IW_SEVERITY_LOW);
}

/* Changes while it reads are in the next reading, and not in one each. */
static void
test_coalesces (Fixture *fixture, gconstpointer data)
{
  g_autofree char *incident = add_incident (fixture, "Leaked storage", IW_SEVERITY_LOW);
  g_autoptr (IwLiveIncident) live = iw_live_incident_new (fixture->workspace, incident);
  const char *docids[] = { incident, NULL };
  guint n = 0;
  gint64 until;

  g_signal_connect (live, "changed", G_CALLBACK (on_signal), &n);
  for (guint i = 0; i < 20; i++)
    g_signal_emit_by_name (fixture->workspace, "changed", docids);
  wait_for (&n, 2);
  until = g_get_monotonic_time () + 300 * 1000;
  while (g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (n, ==, 2);
}

static void
test_others_are_ignored (Fixture *fixture, gconstpointer data)
{
  g_autofree char *incident = add_incident (fixture, "Leaked storage", IW_SEVERITY_LOW);
  g_autoptr (IwLiveIncident) live = iw_live_incident_new (fixture->workspace, incident);
  const char *other[] = { "019a0000-0000-7000-8000-000000000001:incident", NULL };
  const char *directory[] = { "workspace:team-1", NULL };
  guint n = 0;

  g_signal_connect (live, "changed", G_CALLBACK (on_signal), &n);
  wait_for (&n, 1);
  g_signal_emit_by_name (fixture->workspace, "changed", other);
  g_signal_emit_by_name (fixture->workspace, "changed", directory);
  wait_for (&n, 2);
  g_assert_cmpuint (n, ==, 2);
}

/* At the instant that a clock becomes due it ticks, and the situation knows that it is overdue. */
static void
test_due (Fixture *fixture, gconstpointer data)
{
  g_autofree char *incident = add_incident (fixture, "Leaked storage", IW_SEVERITY_LOW);
  g_autoptr (IwLiveIncident) live = NULL;
  g_autoptr (IwEntry) clock = NULL;
  gint64 start = g_get_real_time () + 2 * IW_USEC_PER_SEC - 60 * IW_USEC_PER_SEC;
  g_autofree char *text = NULL;
  const IwClock *shown;
  guint changes = 0, ticks = 0;

  start -= start % IW_USEC_PER_SEC;
  text = iw_time_to_rfc3339 ((IwTime){ start, IW_PRECISION_SECOND });
  clock = iw_decision_new (incident, "clock", "name", "Regulator", "clock_kind", "free", "start", text,
                           "duration", "1", "ends_on", "manual", NULL);
  iw_entry_set_occurred (clock, (IwTime){ start, IW_PRECISION_SECOND });
  iw_entry_set_recorded (clock, (IwTime){ start, IW_PRECISION_SECOND });
  iw_entry_set_actor (clock, "A. Sato");
  apply (fixture, clock);
  live = iw_live_incident_new (fixture->workspace, incident);
  g_signal_connect (live, "changed", G_CALLBACK (on_signal), &changes);
  g_signal_connect (live, "tick", G_CALLBACK (on_signal), &ticks);
  wait_for (&changes, 1);
  shown = iw_clocks_next_due (iw_situation_get_clocks (iw_live_incident_get_situation (live)));
  g_assert_nonnull (shown);
  g_assert_cmpint (shown->due, ==, start + 60 * IW_USEC_PER_SEC);
  wait_for (&ticks, 1);
  g_assert_cmpint (g_get_real_time (), >=, start + 60 * IW_USEC_PER_SEC);
  wait_for (&changes, 2);
  g_assert_cmpint (iw_situation_get_now (iw_live_incident_get_situation (live)), >=,
                   start + 60 * IW_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/live-incident/follows", test_follows);
  ADD ("/live-incident/coalesces", test_coalesces);
  ADD ("/live-incident/others-are-ignored", test_others_are_ignored);
  ADD ("/live-incident/due", test_due);
#undef ADD
  return g_test_run ();
}
