/* test-form-again.c: what was decided is taken up again, with the values that are in force */
#include "form-fixture.h"

static IwForm *
again (World *world, const char *id)
{
  g_autoptr (IwSituation) situation = world_situation (world);
  IwEntry *entry = iw_decisions_find (iw_situation_get_decisions (situation), id);

  g_assert_nonnull (entry);
  return iw_form_new_again (situation, entry, "A. Sato");
}

static void
test_replaced (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first =
      g_strdup (world_do (world, "role", NULL, "role", "scribe", "to", "P. Novak", NULL));
  g_autoptr (IwForm) form = NULL;

  world_do (world, "role", NULL, "role", "scribe", "to", "M. Ito", "why", "shift ends", NULL);
  world_do (world, "role", NULL, "role", "legal", "to", "H. Novak", NULL);
  form = again (world, first);
  g_assert_cmpstr (iw_form_get (form, "role"), ==, "scribe");
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "M. Ito");
  g_assert_cmpstr (iw_form_get (form, "why"), ==, "shift ends");
  /* Who and when are those of a new decision. */
  g_assert_cmpstr (iw_form_get (form, "occurred_at"), ==, "");
  g_assert_cmpstr (iw_form_get (form, "actor"), ==, "A. Sato");
}

/* Of several experts the one meant is replaced or relieved, or who came in that one's place. */
static void
test_expert (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first =
      g_strdup (world_do (world, "role", NULL, "role", "expert", "to", "P. Novak", NULL));
  g_autofree char *second =
      g_strdup (world_do (world, "role", NULL, "role", "expert", "to", "R. Diaz", NULL));
  g_autoptr (IwForm) form = NULL;

  world_do (world, "role", NULL, "role", "expert", "to", "M. Ito", "instead_of", "P. Novak", "why",
            "shift ends", NULL);
  world_do (world, "role", NULL, "role", "expert", "to", "B. Berg", NULL);
  form = again (world, first);
  g_assert_cmpstr (iw_form_get (form, "role"), ==, "expert");
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "M. Ito");
  g_assert_cmpstr (iw_form_get (form, "instead_of"), ==, "M. Ito");
  g_assert_cmpstr (iw_form_get (form, "why"), ==, "shift ends");
  assert_problem (world, form, "to", "M. Ito holds this role already.");
  set (&form, "to", "");
  assert_good (world, form);
  iw_form_unref (form);
  form = again (world, second);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "R. Diaz");
  g_assert_cmpstr (iw_form_get (form, "instead_of"), ==, "R. Diaz");
  set (&form, "to", "H. Novak");
  assert_good (world, form);

  /* Who was relieved is not there to be replaced. */
  world_do (world, "role", NULL, "role", "expert", "instead_of", "R. Diaz", NULL);
  iw_form_unref (form);
  form = again (world, second);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "");
  g_assert_cmpstr (iw_form_get (form, "instead_of"), ==, "");
}

/* A later one of another customer's is about something else. */
static void
test_subject (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *contoso = g_strdup (
      world_do (world, "scope-item", NULL, "scope_kind", "customer", "name", "Contoso", NULL));
  g_autofree char *fabrikam = g_strdup (
      world_do (world, "scope-item", NULL, "scope_kind", "customer", "name", "Fabrikam", NULL));
  g_autofree char *decision = g_strdup (
      world_do (world, "scope-state", contoso, "to", "suspected", "why", "same token", NULL));
  g_autoptr (IwForm) form = NULL;

  world_do (world, "scope-state", fabrikam, "to", "confirmed", "why", "in the log", NULL);
  form = again (world, decision);
  g_assert_cmpstr (iw_form_get (form, "subject"), ==, contoso);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "suspected");
  g_assert_cmpstr (iw_form_get (form, "why"), ==, "same token");
}

/* They stand side by side; and 30 minutes are not 30 hours. */
static void
test_escalation (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first =
      g_strdup (world_do (world, "escalation", NULL, "from", "Operations", "to", "Legal", "why",
                          "data", "ask", "vet it", "due", "30 min", NULL));
  g_autoptr (IwForm) form = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  world_do (world, "escalation", NULL, "from", "Operations", "to", "Storage", "why", "keys", "ask",
            "rotate", "due", "2 h", NULL);
  form = again (world, first);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "Legal");
  g_assert_cmpstr (iw_form_get (form, "ask"), ==, "vet it");
  g_assert_cmpstr (iw_form_get (form, "due"), ==, "30 min");
  problems = iw_form_get_problems (form, world->now);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Severity high while it is high is no decision: the choice is left open. */
static void
test_step_taken (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *severity =
      g_strdup (world_do (world, "severity", NULL, "to", "high", "why", "tokens", NULL));
  g_autoptr (IwForm) form = again (world, severity);

  g_assert_cmpstr (iw_form_get (form, "to"), ==, "");
  g_assert_cmpstr (iw_form_get (form, "why"), ==, "tokens");
}

/* One that is withdrawn is offered as it was. */
static void
test_withdrawn (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *decision = g_strdup (
      world_do (world, "detection", NULL, "to", "escalation", "detail", "by an engineer", NULL));
  g_autoptr (IwForm) form = NULL;

  world_do (world, "withdrawal", decision, "why", "a slip", NULL);
  form = again (world, decision);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "escalation");
  g_assert_cmpstr (iw_form_get (form, "detail"), ==, "by an engineer");
}

static void
test_no_decision (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = world_situation (world);
  g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT, IW_ENTRY_OBSERVATION, "a sign-in");

  g_assert_null (iw_form_new_again (situation, entry, "A. Sato"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/form-again/replaced", test_replaced);
  g_test_add_func ("/form-again/expert", test_expert);
  g_test_add_func ("/form-again/subject", test_subject);
  g_test_add_func ("/form-again/escalation", test_escalation);
  g_test_add_func ("/form-again/step-taken", test_step_taken);
  g_test_add_func ("/form-again/withdrawn", test_withdrawn);
  g_test_add_func ("/form-again/no-decision", test_no_decision);
  return g_test_run ();
}
