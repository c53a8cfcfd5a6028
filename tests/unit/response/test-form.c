/* test-form.c: what forms begin with, refuse, say and write */
#include "form-fixture.h"

#include "iw-model-error.h"

#include <string.h>

static IwEntry *
find_entry (World *world, const char *id)
{
  for (guint i = 0; i < world->entries->len; i++)
    if (g_strcmp0 (iw_entry_get_id (world->entries->pdata[i]), id) == 0)
      return world->entries->pdata[i];
  g_assert_not_reached ();
}

/* The fields that are asked for, joined with a space. (transfer full) */
static char *
list_fields (IwForm *form)
{
  g_autoptr (GPtrArray) fields = iw_form_get_fields (form);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((const IwFormField *)fields->pdata[i])->name);
  return g_string_free_and_steal (text);
}

static char *
list_choices (IwForm *form, const char *field)
{
  g_autofree IwChoice *choices =
      iw_form_get_choices (form, iw_form_kind_field (iw_form_get_kind (form), field));
  GString *text = g_string_new (NULL);

  for (guint i = 0; choices[i].value != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", choices[i].value);
  return g_string_free_and_steal (text);
}

#define assert_text(expression, expected)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text_ = (expression);                                                         \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static gboolean
has_note_in (World *world, IwForm *form, GTimeZone *zone, const char *part)
{
  g_auto (GStrv) notes = iw_form_get_notes (form, world->now, zone);
  g_autofree char *all = g_strjoinv (" | ", notes);

  g_test_message ("notes: %s", all);
  return strstr (all, part) != NULL;
}

static gboolean
has_note (World *world, IwForm *form, const char *part)
{
  return has_note_in (world, form, NULL, part);
}

/* ---- the value ---- */

static void
test_value (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "containment", NULL);
  g_autoptr (IwForm) changed = iw_form_set (form, "what", "Quarantine");
  g_autoptr (IwForm) same = iw_form_set (changed, "what", "Quarantine");
  g_autoptr (IwForm) back = iw_form_set (changed, "what", NULL);
  g_autoptr (IwForm) odd = iw_form_set (form, "what", "\xff");

  g_assert_cmpstr (iw_form_get (form, "what"), ==, "");
  g_assert_cmpstr (iw_form_get (changed, "what"), ==, "Quarantine");
  g_assert_cmpstr (iw_form_get_original (changed, "what"), ==, "");
  g_assert_true (same == changed);
  g_assert_false (iw_form_is_changed (form));
  g_assert_true (iw_form_is_changed (changed));
  g_assert_false (iw_form_is_changed (back));
  g_assert_true (g_utf8_validate (iw_form_get (odd, "what"), -1, NULL));
  g_assert_cmpstr (iw_form_get (form, "no_such"), ==, "");
  g_assert_cmpstr (iw_form_get (form, "actor"), ==, "A. Sato");
  g_assert_null (iw_form_get_document (form));
  assert_text (list_fields (form), "to what occurred_at actor");
}

static void
test_unknown_field (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (World) world = world_new ();
      g_autoptr (IwForm) form = world_form (world, "containment", NULL);

      iw_form_unref (iw_form_set (form, "no_such", "x"));
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

/* ---- who and when ---- */

static void
test_times (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "containment", NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  IwEntry *entry;

  set (&form, "what", "Quarantine");
  /* 13:05 in Prague, where it is an hour later than in UTC. */
  set (&form, "occurred_at", "13:05");
  assert_good (world, form);
  g_assert_true (has_note (world, form, "13:05 Europe/Prague (UTC+01:00)"));
  g_assert_true (has_note_in (world, form, utc, "12:05 UTC"));
  entry = find_entry (world, world_write (world, form));
  assert_text (iw_time_to_rfc3339 (iw_entry_get_occurred (entry)), "2026-11-03T12:05Z");
  g_assert_cmpint (iw_entry_get_recorded (entry).us, >=, NOW);
  g_assert_cmpstr (iw_entry_get_actor (entry), ==, "A. Sato");

  set (&form, "occurred_at", "10 min ago");
  g_assert_true (has_note (world, form, "14:50"));
  set (&form, "occurred_at", "sometime");
  assert_problem (world, form, "occurred_at",
                  "“sometime” is not understood as a time. Write it as “14:05”, “10 min ago” or "
                  "“2026-11-03 14:05”.");
  set (&form, "occurred_at", "14:05-14:20");
  assert_problem (world, form, "occurred_at", "This is a span of time. Give one point in time.");
  set (&form, "occurred_at", "14:05 IST");
  assert_problem (world, form, "occurred_at",
                  "“IST” looks like a time zone, but it is not clear which.");
  set (&form, "occurred_at", "in 2 hours");
  assert_problem (world, form, "occurred_at", NULL);
  g_assert_true (has_note (world, form, "This time is in the future."));
  set (&form, "occurred_at", "2026-11-03T04:00:00.123Z");
  assert_problem (world, form, "occurred_at", NULL);
  set (&form, "actor", " ");
  assert_problem (world, form, "actor", "“Who” is missing.");
}

static void
test_present (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "containment", NULL);
  IwEntry *entry;

  set (&form, "what", "Quarantine");
  entry = find_entry (world, world_write (world, form));
  assert_text (iw_time_to_rfc3339 (iw_entry_get_occurred (entry)), "2026-11-03T14:00:00Z");
  g_assert_cmpstr (iw_entry_get_text (entry), ==, "Containment started: Quarantine");
}

/* ---- stages ---- */

static void
test_stage (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = NULL;

  world_do (world, "stage", NULL, "to", "detect", NULL);
  world_do (world, "stage", NULL, "to", "diagnose", NULL);
  form = world_form (world, "stage", NULL);
  g_assert_cmpstr (iw_form_get (form, "from"), ==, "diagnose");
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "stabilise");
  assert_text (list_fields (form), "to why occurred_at actor");
  assert_text (list_choices (form, "to"), "detect assess stabilise closed");
  assert_text (iw_form_get_verb (form), "Move to Stabilise");
  assert_text (iw_form_get_title (form), "Change Stage");
  set (&form, "to", "assess");
  assert_problem (world, form, "why", "Going back needs a reason.");
  set (&form, "to", "diagnose");
  assert_problem (world, form, "to", "The incident is at this stage already.");
  /* What was opened about a stage begins with it. */
  iw_form_unref (form);
  form = world_form (world, "stage", "assess");
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "assess");
  /* Nobody talks a form into another "from" than what is in force. */
  set (&form, "from", "detect");
  assert_problem (world, form, "why", "Going back needs a reason.");
}

static void
test_closing (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  const char *place = NULL;

  world_do (world, "stage", NULL, "to", "detect", NULL);
  world_do (world, "containment", NULL, "to", "started", "what", "Quarantine", NULL);
  form = world_form (world, "stage", "closed");
  assert_text (list_fields (form),
               "to why risk_contained measures_implemented verification occurred_at actor");
  assert_text (iw_form_get_verb (form), "Close Incident");
  assert_problem (world, form, "risk_contained", "“Risk Is Contained” is missing.");
  assert_problem (world, form, "measures_implemented", "“Measures Are Implemented” is missing.");
  assert_problem (world, form, "verification", "“Verification” is missing.");
  set (&form, "risk_contained", "true");
  set (&form, "measures_implemented", "true");
  set (&form, "verification", "All hosts swept.");
  problems = iw_form_get_problems (form, world->now);
  g_assert_cmpuint (problems->len, >=, 2);
  for (guint i = 0; i < problems->len; i++)
    {
      const IwProblem *problem = problems->pdata[i];

      g_assert_null (problem->field);
      g_assert_nonnull (problem->place);
      if (strcmp (problem->message, "The incident is not classified.") == 0)
        place = problem->place;
    }
  g_assert_cmpstr (place, ==, "classification");
  g_clear_pointer (&form, iw_form_unref);

  world_do (world, "containment", NULL, "to", "ended", "what", "Quarantine", NULL);
  world_do (world, "classification", NULL, "to", "security-incident", NULL);
  world_do (world, "stage", NULL, "to", "closed", "risk_contained", "true", "measures_implemented",
            "true", "verification", "All hosts swept.", NULL);
  form = world_form (world, "stage", NULL);
  g_assert_cmpstr (iw_form_get (form, "from"), ==, "closed");
  assert_text (list_choices (form, "to"), "detect assess diagnose stabilise");
  set (&form, "to", "diagnose");
  assert_problem (world, form, "why", "Going back needs a reason.");
  g_assert_true (has_note (world, form, "Opens the incident again."));
}

static void
test_containment (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "containment", NULL);

  g_assert_cmpstr (iw_form_get (form, "to"), ==, "started");
  set (&form, "to", "ended");
  assert_problem (world, form, "to", "No containment runs.");
  world_do (world, "containment", NULL, "to", "started", "what", "x", NULL);
  iw_form_unref (form);
  form = world_form (world, "containment", NULL);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "ended");
  set (&form, "to", "started");
  assert_problem (world, form, "to", "Containment runs already.");
}

/* ---- classification ---- */

static void
test_false_positive (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "classification", "false-positive");
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;
  IwDocument *task;

  assert_text (list_fields (form), "to root_cause follow_up why occurred_at actor");
  g_assert_true (has_note (world, form, "Also adds the follow-up as a task."));
  g_assert_null (iw_form_write (form, world->context, &error));
  g_assert_error (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "“Root Cause” is missing. “Tuning Follow-Up” is missing.");
  g_clear_error (&error);

  set (&form, "root_cause", "A backup job");
  set (&form, "follow_up", "Tune RW-014");
  written = iw_form_write (form, world->context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 2);
  task = written->pdata[1];
  g_assert_cmpstr (iw_document_get_type_name (task), ==, "task");
  g_assert_cmpstr (iw_document_get_text (task, "title"), ==, "Tune RW-014");
  g_assert_cmpstr (iw_document_get_text (task, "phase"), ==, "follow-up");
  g_assert_cmpstr (iw_document_get_text (task, "incident"), ==, INCIDENT);
  g_assert_true (g_str_has_prefix (iw_document_get_id (task), INCIDENT ":task-"));

  /* What is no longer asked for is not written. */
  set (&form, "to", "privacy");
  set (&form, "data_subjects", "employees");
  g_clear_pointer (&written, g_ptr_array_unref);
  written = iw_form_write (form, world->context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 1);
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "root_cause"), ==, "");
}

static void
test_declaration (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = NULL;
  const char *evidence = world_add_evidence (world, "sign-in.csv");
  g_autofree char *link = g_strdup_printf ("%s 12", evidence);
  IwEntry *entry;

  world_do (world, "role", NULL, "role", "incident-manager", "to", "M. Ito", NULL);
  form = world_form (world, "declaration", NULL);
  g_assert_cmpstr (iw_form_get (form, "declared_by"), ==, "M. Ito");
  g_assert_true (has_note (world, form,
                           "Starts the 72-hour customer notice clock: due 6 Nov 2026 "
                           "15:01 Europe/Prague (UTC+01:00)."));
  set (&form, "declared_by", "A. Sato");
  g_assert_true (has_note (world, form, "M. Ito is Security Incident Manager of this incident."));
  set (&form, "declared_by", "M. Ito");
  set (&form, "access", "none");
  set (&form, "duty", "none");
  set (&form, "statement", "The log shows it");
  assert_problem (world, form, "access",
                  "A declaration needs access to customer data, a duty to notify, or both.");
  assert_problem (world, form, "links", "“Cited Entries and Evidence” is missing.");
  set (&form, "links", "0199a1b2-c3d4-7800-8000-00000000ffff:entry-1");
  assert_problem (world, form, "links",
                  "“0199a1b2-c3d4-7800-8000-00000000ffff:entry-1” in Cited Entries and Evidence is "
                  "not an entry or evidence of this incident.");
  set (&form, "links", INCIDENT ":evidence-gone 3");
  assert_problem (world, form, "links",
                  "“" INCIDENT ":evidence-gone 3” in Cited Entries and Evidence is not an entry or "
                  "evidence of this incident.");
  set (&form, "links", link);
  set (&form, "access", "very-likely");
  assert_good (world, form);
  entry = find_entry (world, world_write (world, form));
  g_assert_cmpint (iw_entry_get_kind (entry), ==, IW_ENTRY_CLASSIFICATION);
  g_assert_cmpstr (iw_entry_get_field (entry, "to"), ==, "crsi");
  g_assert_cmpstr (iw_entry_get_field (entry, "declared_by"), ==, "M. Ito");
  g_assert_cmpint (g_array_index (iw_entry_get_links (entry), IwEntryLink, 0).row, ==, 12);
  iw_form_unref (form);

  world->now += MINUTES (60);
  form = world_form (world, "declaration", NULL);
  g_assert_true (has_note (world, form, "runs already"));
  iw_form_unref (form);
  form = world_form (world, "classification", "security-incident");
  g_assert_cmpstr (iw_form_get (form, "from"), ==, "crsi");
  g_assert_true (has_note (world, form, "Stops the customer notice clock."));
  assert_problem (world, form, "why", "A change of the classification needs a reason.");
}

/* ---- impact ---- */

static void
test_impact (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "impact", NULL);
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;

  assert_problem (world, form, "functional", "“Functional Impact” is missing.");
  set (&form, "functional", "low");
  set (&form, "information", "privacy-breach");
  set (&form, "recoverability", "regular");
  g_assert_false (has_note (world, form, "Proposed:"));
  set (&form, "risk", "imminent");
  g_assert_true (has_note (world, form, "Proposed: High severity, P1."));
  g_assert_true (has_note (world, form, "worked around the clock"));
  set (&form, "severity", "low");
  set (&form, "override_why", "We are tired");
  assert_problem (world, form, "severity",
                  "While customer data is at risk the severity is High or Critical.");
  set (&form, "severity", "critical");
  set (&form, "override_why", "");
  assert_problem (world, form, "override_why",
                  "Another severity or priority than proposed needs a reason.");
  set (&form, "override_why", "The board is a customer");
  written = iw_form_write (form, world->context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 3);
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "proposed_severity"), ==, "high");
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "rule"), !=, "");
  g_assert_cmpstr (iw_document_get_text (written->pdata[1], "kind"), ==, "severity");
  g_assert_cmpstr (iw_document_get_text (written->pdata[1], "to"), ==, "critical");
  g_assert_cmpstr (iw_document_get_text (written->pdata[1], "why"), ==, "The board is a customer");
  g_assert_cmpstr (iw_document_get_text (written->pdata[2], "kind"), ==, "priority");
  g_assert_cmpstr (iw_document_get_text (written->pdata[2], "to"), ==, "p1");
  for (guint i = 0; i < written->len; i++)
    {
      g_autoptr (IwEntry) entry =
          iw_entry_new_from_json ("x", iw_document_get_body (written->pdata[i]), NULL);
      g_autoptr (GPtrArray) problems = iw_problems_new ();

      g_assert_true (iw_decision_check (entry, problems));
    }
  world_take (world, written);
  world->now += MINUTES (1);
  g_clear_pointer (&written, g_ptr_array_unref);
  iw_form_unref (form);

  /* The same again changes neither severity nor priority. */
  form = world_form (world, "impact", NULL);
  g_assert_cmpstr (iw_form_get (form, "risk"), ==, "imminent");
  set (&form, "severity", "critical");
  set (&form, "override_why", "Still");
  written = iw_form_write (form, world->context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 1);
  iw_form_unref (form);

  form = world_form (world, "severity", NULL);
  g_assert_cmpstr (iw_form_get (form, "from"), ==, "critical");
  set (&form, "to", "medium");
  set (&form, "why", "It looks better");
  assert_problem (world, form, "to",
                  "Customer data is at risk, which makes it at least High and P1. Change the "
                  "impact first.");
  set (&form, "to", "high");
  assert_good (world, form);
  set (&form, "why", "");
  assert_problem (world, form, "why", "A change needs a reason.");
}

static void
test_first_severity (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "severity", "low");

  g_assert_cmpstr (iw_form_get (form, "to"), ==, "low");
  assert_problem (world, form, "why", "“Reason” is missing.");
}

/* ---- people ---- */

static void
test_role (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "role", "legal");
  IwEntry *entry;

  g_assert_cmpstr (iw_form_get (form, "role"), ==, "legal");
  assert_problem (world, form, "to", "Nobody holds this role. Say who takes it.");
  world_do (world, "role", "legal", "to", "J. Ortiz", NULL);
  iw_form_unref (form);
  form = world_form (world, "role", NULL);
  set (&form, "role", "legal");
  set (&form, "to", "j. ortiz ");
  assert_problem (world, form, "to", "J. Ortiz holds this role already.");
  set (&form, "to", "");
  entry = find_entry (world, world_write (world, form));
  g_assert_cmpstr (iw_entry_get_field (entry, "from"), ==, "J. Ortiz");
  g_assert_null (iw_entry_get_field (entry, "to"));
  g_assert_null (iw_entry_get_field (entry, "holders"));
}

static gboolean
asks_for (IwForm *form, const char *field)
{
  g_autoptr (GPtrArray) fields = iw_form_get_fields (form);

  return g_ptr_array_find (fields, iw_form_kind_field (iw_form_get_kind (form), field), NULL);
}

static char *
name_experts (World *world)
{
  g_autoptr (IwSituation) situation = world_situation (world);

  return iw_situation_name_holders (situation, "expert");
}

static void
test_experts (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "role", "legal");
  IwEntry *entry;

  g_assert_false (asks_for (form, "instead_of"));
  set (&form, "role", "expert");
  g_assert_true (asks_for (form, "instead_of"));
  g_assert_false (asks_for (form, "holders"));
  assert_text (list_choices (form, "instead_of"), "");
  assert_problem (world, form, "to", "Nobody holds this role. Say who takes it.");
  set (&form, "to", "J. Ortiz");
  entry = find_entry (world, world_write (world, form));
  g_assert_cmpstr (iw_entry_get_field (entry, "holders"), ==, "several");
  g_assert_null (iw_entry_get_field (entry, "from"));
  world_do (world, "role", "expert", "to", "M. Ito", NULL);
  assert_text (name_experts (world), "J. Ortiz, M. Ito");

  iw_form_unref (form);
  form = world_form (world, "role", "expert");
  assert_text (list_choices (form, "instead_of"), " J. Ortiz M. Ito");
  assert_problem (world, form, "to", "Say who takes this role, or choose who is relieved.");
  set (&form, "to", "m. ito ");
  assert_problem (world, form, "to", "m. ito holds this role already.");
  set (&form, "to", "R. Diaz");
  set (&form, "instead_of", "H. Novak");
  assert_problem (world, form, "instead_of", "H. Novak does not hold this role.");
  assert_text (list_choices (form, "instead_of"), " J. Ortiz M. Ito H. Novak");
  set (&form, "instead_of", "J. Ortiz");
  /* However it is typed, and nobody talks a form into meaning all of them. */
  set (&form, "role", " expert ");
  set (&form, "holders", "");
  entry = find_entry (world, world_write (world, form));
  g_assert_cmpstr (iw_entry_get_field (entry, "holders"), ==, "several");
  g_assert_cmpstr (iw_entry_get_field (entry, "instead_of"), ==, "J. Ortiz");
  assert_text (name_experts (world), "R. Diaz, M. Ito");
  world->now += MINUTES (1);
  world_do (world, "role", "expert", "instead_of", "R. Diaz", NULL);
  assert_text (name_experts (world), "M. Ito");
  world_do (world, "role", "expert", "instead_of", "M. Ito", NULL);
  assert_text (name_experts (world), "");
}

static void
test_activity (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = NULL;

  world_do (world, "activity", "forensics", "to", "in-progress", "assignee", "R. Okafor", NULL);
  form = world_form (world, "activity", "forensics");
  g_assert_cmpstr (iw_form_get (form, "activity"), ==, "forensics");
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "in-progress");
  g_assert_cmpstr (iw_form_get (form, "assignee"), ==, "R. Okafor");
}

static void
test_escalation (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "escalation", NULL);
  const char *id;
  IwEntry *entry;

  g_assert_cmpstr (iw_form_get (form, "from"), ==, "A. Sato");
  g_assert_cmpstr (iw_form_get (form, "due"), ==, "30 min");
  assert_text (iw_form_get_verb (form), "Escalate");
  set (&form, "to", "Legal");
  assert_text (iw_form_get_verb (form), "Escalate to Legal");
  set (&form, "why", "A duty to notify");
  set (&form, "ask", "Is it one?");
  set (&form, "due", "soon");
  assert_problem (world, form, "due",
                  "“soon” is not understood as a duration. Write it as “45 min”, “72 h” or "
                  "“3 d”; a plain number is hours.");
  set (&form, "due", "");
  assert_problem (world, form, "due", "“Answer Due Within” is missing.");
  set (&form, "due", "45 min");
  g_assert_true (has_note (world, form, "An answer is due 3 Nov 2026 15:45"));
  id = world_write (world, form);
  entry = find_entry (world, id);
  g_assert_cmpstr (iw_entry_get_field (entry, "due"), ==, "45");
  g_assert_cmpstr (iw_entry_get_field (entry, "due_at"), ==, "2026-11-03T14:45:00Z");
  iw_form_unref (form);

  world->now += MINUTES (60);
  form = world_form (world, "acknowledgement", id);
  assert_text (list_fields (form), "to why occurred_at actor");
  assert_text (iw_form_get_verb (form), "Accept");
  set (&form, "occurred_at", "2026-11-03T13:00:00Z");
  assert_problem (world, form, "occurred_at", "This is before the escalation was made.");
  set (&form, "occurred_at", "");
  set (&form, "to", "declined");
  assert_problem (world, form, "why", "Whoever declines says why.");
  set (&form, "to", "accepted");
  entry = find_entry (world, world_write (world, form));
  g_assert_cmpstr (iw_entry_get_text (entry), ==, "Escalation acknowledged (Legal)");
  iw_form_unref (form);

  world->now += MINUTES (1);
  form = world_form (world, "acknowledgement", id);
  assert_problem (world, form, "subject", "A. Sato has answered this escalation already.");
}

static void
test_subjects (void)
{
  g_autoptr (World) world = world_new ();
  const char *stage = world_do (world, "stage", NULL, "to", "detect", NULL);
  g_autoptr (IwForm) wrong = world_form (world, "acknowledgement", stage);
  g_autoptr (IwForm) gone = world_form (world, "task-state", INCIDENT ":task-gone");
  g_autoptr (IwForm) none = world_form (world, "marking", NULL);
  const char *task = world_do (world, "task", NULL, "title", "T", "phase", "recovery", NULL);
  const char *started = world_do (world, "task-state", task, "to", "in-progress", NULL);
  g_autoptr (IwForm) about_decision = world_form (world, "task-state", started);

  assert_problem (world, wrong, "subject", "Escalation is not there, or no longer.");
  /* A decision about a task is none, though of a kind of this name. */
  set (&about_decision, "to", "done");
  assert_problem (world, about_decision, "subject", "Task is not there, or no longer.");
  set (&gone, "to", "done");
  assert_problem (world, gone, "subject", "Task is not there, or no longer.");
  assert_problem (world, none, "subject", "“Evidence” is missing.");
}

/* ---- clocks ---- */

static void
test_clock (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "clock", "regulator");
  const char *id;
  IwEntry *entry;

  g_assert_cmpstr (iw_form_get (form, "clock_kind"), ==, "regulator");
  set (&form, "name", "Authority");
  set (&form, "occurred_at", "2026-11-03T13:00:00Z");
  g_assert_true (has_note (world, form, "The clock is due 6 Nov 2026 14:00"));
  id = world_write (world, form);
  entry = find_entry (world, id);
  g_assert_cmpstr (iw_entry_get_field (entry, "start"), ==, "2026-11-03T13:00:00Z");
  g_assert_cmpstr (iw_entry_get_field (entry, "duration"), ==, "4320");
  iw_form_unref (form);

  form = world_form (world, "clock-end", id);
  set (&form, "to", "stopped");
  assert_problem (world, form, "why", "Stopping a clock needs a reason.");
  assert_text (iw_form_get_verb (form), "Stop Clock");
  set (&form, "why", "No duty after all");
  set (&form, "occurred_at", "2026-11-03T12:00:00Z");
  assert_problem (world, form, "occurred_at", "This is before the clock started.");
  set (&form, "occurred_at", "");
  entry = find_entry (world, world_write (world, form));
  g_assert_cmpstr (iw_entry_get_text (entry), ==, "Clock stopped (Authority): No duty after all");
  iw_form_unref (form);
  form = world_form (world, "clock-end", id);
  assert_problem (world, form, "subject", "This clock no longer runs.");
}

/* ---- scope, tasks, evidence ---- */

static void
test_scope (void)
{
  g_autoptr (World) world = world_new ();
  const char *customer = world_do (world, "scope-item", "customer", "name", "Contoso", "mail",
                                   "it@contoso.example", NULL);
  g_autoptr (IwForm) form = world_form (world, "scope-state", customer);
  IwEntry *entry;

  set (&form, "to", "confirmed");
  assert_problem (world, form, "why", "The evidence is missing: say it in words, or cite it.");
  set (&form, "why", "Their records were read");
  entry = find_entry (world, world_write (world, form));
  g_assert_cmpstr (iw_entry_get_text (entry), ==,
                   "Confirmed as affected (Contoso): Their records were read");
  g_assert_null (iw_entry_get_field (entry, "from"));
  iw_form_unref (form);
  world->now += MINUTES (1);
  form = world_form (world, "scope-state", customer);
  g_assert_cmpstr (iw_form_get (form, "from"), ==, "confirmed");
}

static void
test_task (void)
{
  g_autoptr (World) world = world_new ();
  const char *id = world_do (world, "task", "recovery", "title", "Rebuild the gateway", "emergency",
                             "true", "due", "tomorrow 10:00", NULL);
  g_autoptr (IwSituation) situation = world_situation (world);
  IwDocument *task = iw_situation_find (situation, id);
  g_autoptr (IwForm) form = world_form (world, "task-state", id);

  g_assert_cmpstr (iw_document_get_text (task, "due"), ==, "2026-11-04T09:00Z");
  g_assert_cmpstr (iw_document_get_text (task, "phase"), ==, "recovery");
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "in-progress");
  assert_text (list_choices (form, "to"), "in-progress done dropped");
  set (&form, "to", "dropped");
  assert_problem (world, form, "why", "Dropping a task needs a reason.");
  set (&form, "to", "planned");
  assert_problem (world, form, "to", "The task is in this state already.");
}

static void
test_evidence (void)
{
  g_autoptr (World) world = world_new ();
  const char *id = world_add_evidence (world, "disk.img");
  g_autoptr (IwForm) form = world_form (world, "custody", id);

  g_assert_cmpstr (iw_form_get (form, "from_person"), ==, "R. Okafor");
  world_do (world, "custody", id, "to", "handed-over", "to_person", "J. Ortiz", NULL);
  iw_form_unref (form);
  form = world_form (world, "custody", id);
  g_assert_cmpstr (iw_form_get (form, "from_person"), ==, "J. Ortiz");
  iw_form_unref (form);

  world_do (world, "marking", id, "marks", "sensitive\ncustomer-data", "why", "Mailboxes", NULL);
  form = world_form (world, "marking", id);
  g_assert_cmpstr (iw_form_get (form, "marks"), ==, "sensitive\ncustomer-data");
  iw_form_unref (form);

  form = world_form (world, "approval", id);
  g_assert_cmpstr (iw_form_get (form, "items"), ==, id);
  set (&form, "recipient", "The police");
  set (&form, "purpose", "Prosecution");
  assert_good (world, form);
  world_do (world, "role", "incident-manager", "to", "M. Ito", NULL);
  iw_form_unref (form);
  form = world_form (world, "approval", id);
  g_assert_cmpstr (iw_form_get (form, "approved_by"), ==, "M. Ito");
  set (&form, "recipient", "The police");
  set (&form, "purpose", "Prosecution");
  set (&form, "approved_by", "A. Sato");
  assert_problem (world, form, "approved_by",
                  "Only the security incident manager, M. Ito, may approve this.");
  set (&form, "approved_by", "m. ito");
  assert_good (world, form);
  set (&form, "items", "nothing");
  assert_problem (world, form, "items", "“nothing” in Evidence is not there.");
}

/* A release is written by the export alone: no form leads to one. */
static void
test_release (void)
{
  g_autoptr (World) world = world_new ();
  const char *id = world_add_evidence (world, "disk.img");
  g_autoptr (IwForm) form = world_form (world, "release", id);

  set (&form, "items", id);
  set (&form, "manifest", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  assert_problem (world, form, "items", "“Evidence” is missing.");
}

static void
test_withdrawal (void)
{
  g_autoptr (World) world = world_new ();
  const char *id = world_do (world, "containment", NULL, "to", "started", "what", "x", NULL);
  const char *withdrawal = world_do (world, "withdrawal", id, "why", "A slip", NULL);
  g_autoptr (IwForm) form = world_form (world, "withdrawal", id);

  set (&form, "why", "Again");
  assert_problem (world, form, "subject", "This decision was withdrawn already.");
  /* What brings it back. */
  iw_form_unref (form);
  g_assert_cmpstr (iw_entry_get_field (world->entries->pdata[world->entries->len - 1], "of"), ==,
                   "containment");
  form = world_form (world, "withdrawal", withdrawal);
  set (&form, "why", "It was none");
  assert_good (world, form);
  iw_form_unref (form);
  form = world_form (world, "withdrawal", INCIDENT ":incident");
  set (&form, "why", "x");
  assert_problem (world, form, "subject", "Decision is not there, or no longer.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/form/value", test_value);
  g_test_add_func ("/form/unknown-field", test_unknown_field);
  g_test_add_func ("/form/times", test_times);
  g_test_add_func ("/form/present", test_present);
  g_test_add_func ("/form/stage", test_stage);
  g_test_add_func ("/form/closing", test_closing);
  g_test_add_func ("/form/containment", test_containment);
  g_test_add_func ("/form/false-positive", test_false_positive);
  g_test_add_func ("/form/declaration", test_declaration);
  g_test_add_func ("/form/impact", test_impact);
  g_test_add_func ("/form/first-severity", test_first_severity);
  g_test_add_func ("/form/role", test_role);
  g_test_add_func ("/form/experts", test_experts);
  g_test_add_func ("/form/activity", test_activity);
  g_test_add_func ("/form/escalation", test_escalation);
  g_test_add_func ("/form/subjects", test_subjects);
  g_test_add_func ("/form/clock", test_clock);
  g_test_add_func ("/form/scope", test_scope);
  g_test_add_func ("/form/task", test_task);
  g_test_add_func ("/form/evidence", test_evidence);
  g_test_add_func ("/form/release", test_release);
  g_test_add_func ("/form/withdrawal", test_withdrawal);
  return g_test_run ();
}
