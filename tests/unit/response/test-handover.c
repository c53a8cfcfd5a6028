#include "iw-handover.h"

#include <string.h>

#include "form-fixture.h"
#include "iw-words.h"

#define assert_contains(text, part)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr (text, part) == NULL)                                                               \
      g_error ("no \"%s\" in: %s", part, text);                                                    \
  }                                                                                                \
  G_STMT_END

static void
test_new_incident (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = world_situation (world);
  g_autofree char *text = iw_handover_text (situation, NULL, world->now);

  g_assert_true (
      g_str_has_prefix (text, "# Hand-over: Phished\n\n3 Nov 2026 14:00; all times: UTC\n"));
  assert_contains (text, "## In Force\n\n- Detect\n- Severity and priority are not decided\n"
                         "- Not classified\n");
  g_assert_null (strstr (text, "## Clocks"));
  g_assert_null (strstr (text, "## Open Tasks"));
  g_assert_null (strstr (text, "## Latest Events"));
  g_assert_true (g_str_has_suffix (text, "\n"));
}

/* A night's work: everything has its place. */
static void
test_whole (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autofree char *text = NULL;
  g_autofree char *task = NULL, *customer = NULL, *done = NULL;

  world_do (world, "stage", NULL, "to", "assess", NULL);
  world_do (world, "stage", NULL, "to", "diagnose", NULL);
  world_do (world, "detection", NULL, "to", "customer-report", "realm", "own", NULL);
  world_do (world, "impact", NULL, "functional", "low", "information", "none", "recoverability",
            "regular", "risk", "imminent", NULL);
  world_do (world, "containment", NULL, "to", "started", "what", "quarantine", NULL);
  world_do (world, "clock", NULL, "name", "Authority", "clock_kind", "regulator", "duration",
            "24 h", "ends_on", "manual", NULL);
  world_do (world, "escalation", NULL, "from", "Operations", "to", "Legal", "why", "w", "ask",
            "vet\nit", "due", "30 min", NULL);
  world_do (world, "role", NULL, "role", "scribe", "to", "P. Novak", NULL);
  world_do (world, "role", NULL, "role", "expert", "to", "R. Diaz", NULL);
  world_do (world, "role", NULL, "role", "expert", "to", "B. Berg", NULL);
  world->now -= MINUTES (2);
  task = g_strdup (world_do (world, "task", NULL, "title", "Rotate keys", "phase", "eradication",
                             "owner", "K. Mori", "due", "2026-11-03T13:00:00Z", NULL));
  /* Today, and not at midnight. */
  world_do (world, "task", NULL, "title", "Tell staff", "phase", "recovery", "due", "2026-11-03",
            NULL);
  world->now -= MINUTES (1);
  done = g_strdup (
      world_do (world, "task", NULL, "title", "Block sender", "phase", "containment", NULL));
  world_do (world, "task-state", done, "to", "done", NULL);
  world_do (world, "task-state", task, "to", "in-progress", NULL);
  customer = g_strdup (
      world_do (world, "scope-item", NULL, "scope_kind", "customer", "name", "Contoso", NULL));
  world_do (world, "scope-state", customer, "to", "confirmed", "why", "seen in the log", NULL);
  situation = world_situation (world);
  text = iw_handover_text (situation, iw_situation_get_zone (situation), world->now);

  assert_contains (text, "3 Nov 2026 15:14; all times: Europe/Prague (UTC+01:00)\n");
  assert_contains (text, "- Diagnose since 3 Nov 2026 15:01\n- Containment runs\n");
  assert_contains (text, "- Severity High, priority P1\n");
  assert_contains (text, "- Risk to customer data: worked on around the clock\n");
  assert_contains (text, "- Detected by: Customer Report\n");
  assert_contains (text, "## Clocks\n\n- Authority due in 23 h 51 min: Wed 4 Nov 2026 15:05 ");
  assert_contains (text, "## Open Escalations\n\n- Operations to Legal: vet it (");
  assert_contains (text,
                   "## Open Tasks\n\n- Rotate keys (In Progress), K. Mori, overdue since 3 Nov "
                   "2026 14:00\n- Tell staff (Planned), due 3 Nov 2026\n");
  g_assert_null (strstr (text, "Block sender ("));
  assert_contains (text, "## Affected\n\n- Customer: 1 confirmed\n");
  assert_contains (text,
                   "## Roles\n\n- Scribe: P. Novak\n- Subject-Matter Expert: R. Diaz, B. Berg\n");
  assert_contains (text, "## Overdue and Missing\n\n- ");
  assert_contains (text, "## Latest Events\n\n- 3 Nov 2026 15:13, A. Sato: ");
}

/* Ten at most, the latest first, each one line whatever was typed. */
static void
test_latest (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autofree char *text = NULL;
  const char *latest;
  guint n = 0;

  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *words = g_strdup_printf ("**Seen `%u`**\n\n- second line", i);
      IwEntry *entry = iw_entry_new (INCIDENT, IW_ENTRY_OBSERVATION, words);
      g_autofree char *id = iw_id_new_document (world->context, INCIDENT, "entry");

      iw_entry_set_id (entry, id);
      iw_entry_set_occurred (entry, (IwTime){ NOW + MINUTES (i), IW_PRECISION_MINUTE });
      g_ptr_array_add (world->entries, entry);
    }
  situation = world_situation (world);
  text = iw_handover_text (situation, NULL, world->now);
  latest = strstr (text, "## Latest Events\n\n");
  g_assert_nonnull (latest);
  g_assert_true (g_str_has_prefix (latest + strlen ("## Latest Events\n\n"),
                                   "- 3 Nov 2026 14:14: Observation: Seen 14\n"));
  for (const char *at = latest; (at = strstr (at, "\n- ")) != NULL; at++)
    n++;
  g_assert_cmpuint (n, ==, IW_HANDOVER_EVENTS);
  g_assert_null (strstr (text, "second line"));
}

/* A decision's fields in the words of its form. */
static void
test_values (void)
{
  g_autoptr (World) world = world_new ();
  const char *id = world_do (world, "classification", NULL, "to", "privacy", "data_subjects",
                             "end-users\nemployees", NULL);
  g_autoptr (IwSituation) situation = world_situation (world);
  IwEntry *entry = iw_decisions_find (iw_situation_get_decisions (situation), id);
  const IwFormKind *kind = iw_form_kind_of_entry (entry);
  g_autofree char *to = iw_words_value (entry, iw_form_kind_field (kind, "to"), NULL, NULL, NULL);
  g_autofree char *who =
      iw_words_value (entry, iw_form_kind_field (kind, "data_subjects"), NULL, NULL, NULL);
  g_autofree char *why = iw_words_value (entry, iw_form_kind_field (kind, "why"), NULL, NULL, NULL);
  g_autofree char *when =
      iw_words_value (entry, iw_form_kind_field (kind, "occurred_at"), NULL, NULL, NULL);
  g_autofree char *set = iw_words_entry_set (entry, "classification", "data_subjects");

  g_assert_cmpstr (to, ==, "Privacy Incident");
  g_assert_cmpstr (who, ==, "End Users\nEmployees");
  g_assert_cmpstr (set, ==, "End Users, Employees");
  g_assert_cmpstr (why, ==, "");
  g_assert_true (g_str_has_prefix (when, "3 Nov 2026 14:00"));
  g_assert_true (g_str_has_suffix (when, " UTC"));
  g_assert_cmpstr (iw_words_choice ("detection", "to", "from-mars"), ==, "from-mars");
  g_assert_cmpstr (iw_words_choice ("detection", "to", NULL), ==, "");
  g_assert_cmpstr (iw_words_field (NULL, "to"), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/response/handover/new-incident", test_new_incident);
  g_test_add_func ("/response/handover/whole", test_whole);
  g_test_add_func ("/response/handover/latest", test_latest);
  g_test_add_func ("/response/words/values", test_values);
  return g_test_run ();
}
