#include "iw-facts.h"

#include <string.h>

#include "../response/form-fixture.h"
#include "iw-seen.h"

/* The facts that @func tells of the world as it is. (transfer full) */
static GPtrArray *
tell (World *world, IwFactsFunc func)
{
  g_autoptr (IwSituation) situation = world_situation (world);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  IwFactContext context = { situation, zone, world->now };
  GPtrArray *facts = iw_facts_new ();

  func (facts, &context);
  return facts;
}

static IwFact *
find (GPtrArray *facts, const char *key)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_strcmp0 (((IwFact *)facts->pdata[i])->key, key) == 0)
      return facts->pdata[i];
  return NULL;
}

static IwFact *
must_find (GPtrArray *facts, const char *key)
{
  IwFact *fact = find (facts, key);

  if (fact == NULL)
    g_error ("there is no fact %s", key);
  return fact;
}

static void
assert_leads (const char *action,
              GVariant *target,
              const char *expected_action,
              const char *expected)
{
  g_autofree char *text = target != NULL ? g_variant_print (target, FALSE) : NULL;

  g_assert_cmpstr (action, ==, expected_action);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_detection (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) before = tell (world, iw_facts_detection);
  g_autoptr (GPtrArray) after = NULL;
  IwFact *source = must_find (before, "source");
  IwFactButton *button;

  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpstr (source->subtitle, ==, "Not recorded");
  g_assert_cmpuint (source->buttons->len, ==, 1);
  button = source->buttons->pdata[0];
  assert_leads (button->action, button->target, "incident.form", "('detection', '')");

  world_do (world, "detection", NULL, "to", "exercise", "detail", "Red team", "realm",
            "customer-only", "referred_to", "Contoso", NULL);
  after = tell (world, iw_facts_detection);
  source = must_find (after, "source");
  g_assert_true (g_str_has_suffix (source->subtitle, "\nRed team"));
  g_assert_cmpstr (source->note, ==, "3 Nov 2026 14:00, A. Sato");
  assert_leads (source->action, source->target, "incident.form", "('detection', '')");
  g_assert_true (g_str_has_suffix (must_find (after, "realm")->subtitle, "\nReferred to Contoso"));
}

/* All decisions about it, also those that do not count, with the reason. */
static void
test_classification_history (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) facts = NULL;
  const char *evidence = world_add_evidence (world, "sign-in.csv");
  g_autofree char *declared = NULL;
  IwFact *history, *cited, *first;

  world_do (world, "classification", NULL, "to", "security-incident", NULL);
  declared = g_strdup (world_do (world, "declaration", NULL, "access", "occurred", "duty", "legal",
                                 "statement", "The log shows it", "links", evidence, "declared_by",
                                 "A. Sato", NULL));
  facts = tell (world, iw_facts_classification);
  g_assert_true (
      g_str_has_prefix (must_find (facts, "classification")->subtitle, "Customer-Reportable"));
  g_assert_cmpstr (must_find (facts, "classification-statement")->subtitle, ==, "The log shows it");
  g_assert_null (find (facts, "declare"));
  cited = must_find (facts, "classification-cited");
  g_assert_cmpuint (cited->children->len, ==, 1);
  g_assert_cmpstr (((IwFact *)cited->children->pdata[0])->title, ==, "sign-in.csv");
  g_clear_pointer (&facts, g_ptr_array_unref);

  world_do (world, "withdrawal", declared, "why", "Wrong log", NULL);
  facts = tell (world, iw_facts_classification);
  g_assert_cmpstr (must_find (facts, "classification")->subtitle, ==, "Security Incident");
  g_assert_nonnull (find (facts, "declare"));
  history = must_find (facts, "classification-history");
  g_assert_cmpint (history->shape, ==, IW_FACT_EXPANDER);
  g_assert_cmpuint (history->children->len, ==, 2);
  first = history->children->pdata[0];
  g_assert_cmpstr (first->key, ==, declared);
  g_assert_nonnull (strstr (first->subtitle, "Not in force: "));
  g_assert_nonnull (strstr (first->subtitle, "Wrong log"));
}

static void
test_impact (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) before = tell (world, iw_facts_impact);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_null (find (before, "urgent"));
  g_assert_cmpstr (must_find (before, "impact")->subtitle, ==, "Not recorded");
  world_do (world, "impact", NULL, "functional", "low", "information", "none", "recoverability",
            "regular", "risk", "imminent", NULL);
  after = tell (world, iw_facts_impact);
  g_assert_cmpint (must_find (after, "urgent")->tone, ==, IW_TONE_BAD);
  /* The rule is said once, below. */
  g_assert_cmpstr (must_find (after, "severity")->subtitle, ==, "High");
  g_assert_cmpstr (must_find (after, "priority")->subtitle, ==, "P1");
  g_assert_true (g_str_has_prefix (must_find (after, "rule")->subtitle, "Rule "));
  g_assert_cmpstr (must_find (after, "risk")->subtitle, ==, "Imminent");
}

static void
test_clocks (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) none = tell (world, iw_facts_clocks);
  g_autoptr (GPtrArray) running = NULL, overdue = NULL, ended = NULL;
  g_autofree char *clock = NULL, *clock_target = NULL;
  IwFact *fact;

  g_assert_cmpuint (none->len, ==, 1);
  g_assert_cmpstr (((IwFact *)none->pdata[0])->title, ==, "No Clock Runs");
  clock = g_strdup (world_do (world, "clock", NULL, "name", "Authority", "clock_kind", "regulator",
                              "duration", "2 h", "ends_on", "manual", NULL));
  clock_target = g_strdup_printf ("('clock-end', '%s')", clock);
  world->now = NOW + MINUTES (30);
  running = tell (world, iw_facts_clocks);
  fact = must_find (running, clock);
  g_assert_cmpstr (fact->title, ==, "Authority");
  g_assert_cmpstr (fact->subtitle, ==, "1 h 30 min left · due 3 Nov 2026 16:00 UTC\nEnds: By Hand");
  g_assert_cmpfloat_with_epsilon (fact->level, .25, .001);
  g_assert_cmpint (fact->tone, ==, IW_TONE_NONE);
  assert_leads (((IwFactButton *)fact->buttons->pdata[0])->action,
                ((IwFactButton *)fact->buttons->pdata[0])->target, "incident.form", clock_target);

  world->now = NOW + MINUTES (180);
  overdue = tell (world, iw_facts_clocks);
  fact = must_find (overdue, clock);
  g_assert_true (g_str_has_prefix (fact->subtitle, "overdue by 1 h · "));
  g_assert_cmpint (fact->tone, ==, IW_TONE_BAD);
  g_assert_cmpstr (fact->icon, ==, "dialog-warning-symbolic");
  g_assert_cmpfloat (fact->level, ==, 1);

  world_do (world, "clock-end", clock, "to", "met", NULL);
  ended = tell (world, iw_facts_clocks);
  g_assert_null (find (ended, clock));
  fact = must_find (ended, "ended-clocks");
  g_assert_cmpuint (fact->children->len, ==, 1);
  g_assert_cmpfloat (((IwFact *)fact->children->pdata[0])->level, ==, -1);
}

static void
test_escalations (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) facts = NULL;
  g_autofree char *first = NULL, *second = NULL, *second_target = NULL;
  IwFact *fact;

  first = g_strdup (world_do (world, "escalation", NULL, "from", "Operations", "to", "Legal", "why",
                              "w", "ask", "vet it", "due", "10 min", NULL));
  second = g_strdup (world_do (world, "escalation", NULL, "from", "Operations", "to", "Trust",
                               "why", "w", "ask", "help", "due", "30 min", NULL));
  second_target = g_strdup_printf ("('acknowledgement', '%s')", second);
  world_do (world, "acknowledgement", first, "to", "accepted", NULL);
  world->now = NOW + MINUTES (60);
  facts = tell (world, iw_facts_escalations);
  g_assert_cmpuint (facts->len, ==, 2);
  /* The one that waits stands first, however late the other was due. */
  fact = facts->pdata[0];
  g_assert_cmpstr (fact->key, ==, second);
  g_assert_cmpstr (fact->title, ==, "Operations to Trust");
  g_assert_cmpint (fact->tone, ==, IW_TONE_BAD);
  g_assert_cmpuint (fact->buttons->len, ==, 2);
  assert_leads (((IwFactButton *)fact->buttons->pdata[0])->action,
                ((IwFactButton *)fact->buttons->pdata[0])->target, "incident.form", second_target);
  fact = facts->pdata[1];
  g_assert_cmpint (fact->tone, ==, IW_TONE_GOOD);
  g_assert_cmpuint (fact->buttons->len, ==, 1);
}

static void
test_roles (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) facts = NULL;

  world_do (world, "role", NULL, "role", "scribe", "to", "P. Novak", NULL);
  facts = tell (world, iw_facts_roles);
  g_assert_cmpuint (facts->len, ==, 8);
  g_assert_cmpstr (must_find (facts, "scribe")->subtitle, ==, "P. Novak");
  g_assert_cmpstr (must_find (facts, "legal")->subtitle, ==, "Nobody");
  g_assert_cmpstr (must_find (facts, "expert")->subtitle, ==, "Nobody");
}

/* A row each, and one to add another. */
static void
test_experts (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) facts = NULL;
  IwFact *fact;

  world_do (world, "role", NULL, "role", "expert", "to", "P. Novak", NULL);
  world_do (world, "role", NULL, "role", "expert", "to", "R. Diaz", NULL);
  facts = tell (world, iw_facts_roles);
  g_assert_cmpuint (facts->len, ==, 10);
  g_assert_cmpstr (must_find (facts, "expert")->subtitle, ==, "P. Novak");
  fact = must_find (facts, "expert:1");
  g_assert_cmpstr (fact->subtitle, ==, "R. Diaz");
  g_assert_cmpstr (fact->note, !=, "");
  assert_leads (fact->action, fact->target, "response.expert", "'R. Diaz'");
  fact = facts->pdata[9];
  g_assert_cmpint (fact->shape, ==, IW_FACT_BUTTON);
  assert_leads (fact->action, fact->target, "response.role", "'expert'");
  g_ptr_array_unref (facts);
  facts = tell (world, iw_facts_held_roles);
  g_assert_cmpstr (must_find (facts, "expert")->subtitle, ==, "P. Novak, R. Diaz");
}

static void
test_stage (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) facts = NULL;
  IwFact *fact;

  world_do (world, "stage", NULL, "to", "assess", "why", "It is real", NULL);
  world_do (world, "containment", NULL, "to", "started", "what", "Quarantine", NULL);
  world->now = NOW + MINUTES (120);
  facts = tell (world, iw_facts_stage);
  g_assert_cmpstr (must_find (facts, "stage")->subtitle, ==, "Assess, for 2 h\nIt is real");
  fact = must_find (facts, "containment");
  g_assert_cmpstr (fact->subtitle, ==, "Runs beside the other stages\nQuarantine");
  assert_leads (((IwFactButton *)fact->buttons->pdata[0])->action,
                ((IwFactButton *)fact->buttons->pdata[0])->target, "response.containment",
                "'ended'");
}

/* ---- the overview ---- */

static void
test_overdue_and_missing (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) overdue = NULL, missing = NULL;

  world_do (world, "escalation", NULL, "from", "Operations", "to", "Legal", "why", "w", "ask",
            "vet it", "due", "10 min", NULL);
  world->now = NOW + MINUTES (60);
  overdue = tell (world, iw_facts_overdue);
  missing = tell (world, iw_facts_missing);
  g_assert_cmpuint (overdue->len, ==, 1);
  g_assert_cmpint (((IwFact *)overdue->pdata[0])->tone, ==, IW_TONE_BAD);
  assert_leads (((IwFact *)overdue->pdata[0])->action, ((IwFact *)overdue->pdata[0])->target,
                "incident.goto", "'escalations'");
  g_assert_cmpuint (missing->len, >, 0);
  for (guint i = 0; i < missing->len; i++)
    g_assert_cmpint (((IwFact *)missing->pdata[i])->tone, !=, IW_TONE_BAD);
}

static void
test_known (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) facts = NULL;

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *text = g_strdup_printf ("Seen %u", i);
      g_autofree char *id = iw_id_new_document (world->context, INCIDENT, "entry");
      IwEntry *entry = iw_entry_new (INCIDENT, IW_ENTRY_OBSERVATION, text);

      iw_entry_set_id (entry, id);
      iw_entry_set_key (entry, i != 8);
      iw_entry_set_occurred (entry, (IwTime){ NOW + MINUTES (i), IW_PRECISION_MINUTE });
      g_ptr_array_add (world->entries, entry);
    }
  facts = tell (world, iw_facts_known);
  g_assert_cmpuint (facts->len, ==, 7);
  g_assert_cmpstr (((IwFact *)facts->pdata[0])->title, ==, "Seen 7");
  g_assert_cmpstr (must_find (facts, "more-known")->title, ==, "2 More Key Events");
}

/* ---- what changed ---- */

static void
test_seen (void)
{
  static const char *const bad[] = { NULL, "", "x", "1", "1 2 3", "-1 2", "1 -2", "1 x", "0 5" };
  IwSeen seen = { 1793714400000000, 42 }, again;
  g_autofree char *text = iw_seen_to_text (&seen);

  g_assert_true (iw_seen_parse (text, &again));
  g_assert_cmpint (again.at, ==, seen.at);
  g_assert_cmpint (again.seq, ==, 42);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (iw_seen_parse (bad[i], &again));
      g_assert_cmpint (again.at, ==, 0);
      g_assert_cmpint (again.seq, ==, 0);
    }
}

static void
test_changed (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) facts = iw_facts_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) docids = NULL;
  g_autofree char *first = NULL;

  for (guint i = 0; i < 10; i++)
    {
      const char *id = world_do (world, "stage", NULL, "to", i % 2 == 0 ? "assess" : "detect",
                                 "why", "back and forth", NULL);

      if (first == NULL)
        first = g_strconcat ("changed:", id, NULL);
      g_strv_builder_add (builder, id);
    }
  g_strv_builder_add (builder, INCIDENT ":entry-1");
  g_strv_builder_add (builder, INCIDENT ":entry-2");
  g_strv_builder_add (builder, INCIDENT ":task-1");
  g_strv_builder_add (builder, INCIDENT ":incident");
  docids = g_strv_builder_end (builder);
  situation = world_situation (world);
  {
    IwFactContext context = { situation, NULL, world->now };

    iw_facts_changed (facts, &context, (const char *const *)docids);
  }
  /* Eight decisions, the latest first, how many more, and how many of the rest. */
  g_assert_cmpuint (facts->len, ==, 11);
  g_assert_null (find (facts, first));
  g_assert_cmpstr (must_find (facts, "changed:more")->title, ==, "2 More Decisions");
  g_assert_cmpstr (must_find (facts, "changed:timeline")->title, ==, "2 Timeline Entries");
  g_assert_cmpstr (must_find (facts, "changed:plan")->title, ==, "1 Task");
  g_assert_nonnull (strstr (((IwFact *)facts->pdata[0])->title, "Detect"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/response-facts/detection", test_detection);
  g_test_add_func ("/ui/response-facts/classification-history", test_classification_history);
  g_test_add_func ("/ui/response-facts/impact", test_impact);
  g_test_add_func ("/ui/response-facts/clocks", test_clocks);
  g_test_add_func ("/ui/response-facts/escalations", test_escalations);
  g_test_add_func ("/ui/response-facts/roles", test_roles);
  g_test_add_func ("/ui/response-facts/experts", test_experts);
  g_test_add_func ("/ui/response-facts/stage", test_stage);
  g_test_add_func ("/ui/response-facts/overdue-and-missing", test_overdue_and_missing);
  g_test_add_func ("/ui/response-facts/known", test_known);
  g_test_add_func ("/ui/response-facts/seen", test_seen);
  g_test_add_func ("/ui/response-facts/changed", test_changed);
  return g_test_run ();
}
