/* Random decisions, also wrong, withdrawn and hostile ones, in random orders of arrival: one
 * situation, nothing lost, and nothing in force that the rules forbid. */
#include "situation-fixture.h"

#include "iw-form-kind.h"
#include "iw-situation-json.h"

#include <string.h>

#define ROUNDS 400
#define ORDERS 4

/* ---- random worlds ---- */

static const char *
pick (GRand *rand, const char *const *values)
{
  return values[g_rand_int_range (rand, 0, g_strv_length ((char **)values))];
}

static const char *
pick_entry (GRand *rand, Entries *entries)
{
  const char *id = NULL;

  if (entries->len > 0)
    id = iw_entry_get_id (entries->pdata[g_rand_int_range (rand, 0, entries->len)]);
  return id != NULL ? id : "nothing";
}

static const char *const notices[] = { "n1", "n2", "n3", NULL };
static const char *const items[] = { "s1", "s2", "s3", NULL };
static const char *const tasks[] = { "t1", "t2", "t3", NULL };
static const char *const files[] = { "e1", "e2", NULL };
static const char *const people[] = { "A. Sato", "B. Berg", "", NULL };
static const char *const experts[] = { "A. Sato", "a. sato ", "B. Berg", "C. Cole", "", NULL };

static void
add_documents (World *world)
{
  add_document (world->documents, INCIDENT ":incident",
                "{\"type\":\"incident\",\"title\":\"Random\",\"zone\":\"Asia/Kathmandu\"}");
  for (guint i = 0; notices[i] != NULL; i++)
    add_notice (world, notices[i], i == 0 ? "customers" : "regulator", "x");
  for (guint i = 0; items[i] != NULL; i++)
    add_scope (world, items[i], i == 0 ? "service" : "customer", i == 1 ? "" : "a@b.example");
  for (guint i = 0; tasks[i] != NULL; i++)
    add_task (world, tasks[i], i == 0 ? "containment" : "follow-up",
              ",\"due\":\"2026-11-03T09:05:00Z\"");
  for (guint i = 0; files[i] != NULL; i++)
    add_document (world->documents, files[i], "{\"type\":\"evidence\",\"name\":\"log\"}");
}

static IwEntry *
add_response (World *world, GRand *rand, gint64 n)
{
  static const char *const stages[] = {
    "detect", "assess", "diagnose", "stabilise", "closed", NULL
  };
  static const char *const severities[] = { "low", "medium", "high", "critical", NULL };
  static const char *const priorities[] = { "p1", "p2", "p3", "p4", NULL };
  static const char *const classes[] = { "false-positive", "security-incident", "privacy", NULL };
  static const char *const risks[] = { "none", "imminent", "confirmed", NULL };
  static const char *const roles[] = { "incident-manager", "legal", NULL };
  static const char *const ends[] = { "started", "ended", NULL };

  switch (g_rand_int_range (rand, 0, 12))
    {
    case 9:
    case 10:
      return put_expert (world->entries, n, pick (rand, experts), pick (rand, experts));
    case 11:
      return put_only_expert (world->entries, n, pick (rand, experts), pick (rand, experts));
    case 0:
      return put_stage (world->entries, n, pick (rand, stages));
    case 1:
      return put_severity (world->entries, n, pick (rand, severities));
    case 2:
      return put_priority (world->entries, n, pick (rand, priorities));
    case 3:
      return put_classification (world->entries, n, pick (rand, classes));
    case 4:
      return put_impact (world->entries, n, pick (rand, risks));
    case 5:
      return put_role (world->entries, n, pick (rand, roles), pick (rand, people));
    case 6:
      return put_containment (world->entries, n, pick (rand, ends));
    case 7:
      return put_detection (world, n, "own");
    default:
      return put_declaration (world->entries, n);
    }
}

/* A decision about one of the others, whatever that is. */
static IwEntry *
add_about (World *world, GRand *rand, gint64 n)
{
  static const char *const answers[] = { "accepted", "declined", NULL };
  static const char *const ends[] = { "met", "stopped", NULL };
  IwEntry *target = put_severity (world->entries, n, "low");
  const char *subject = pick_entry (rand, world->entries);
  IwEntry *entry;

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      entry = put_answer (world->entries, n, target, pick (rand, answers));
      break;
    case 1:
      entry = put_clock_end (world->entries, n, target, pick (rand, ends));
      break;
    default:
      entry = put_withdrawal (world->entries, n, subject);
      break;
    }
  iw_entry_set_field (entry, "subject", subject);
  return entry;
}

static IwEntry *
add_thing (World *world, GRand *rand, gint64 n)
{
  static const char *const statuses[] = {
    "draft", "in-review", "approved", "sent", "deferred", NULL
  };
  static const char *const audiences[] = { "customers", "regulator", "internal", NULL };
  static const char *const sure[] = { "suspected", "confirmed", "ruled-out", NULL };
  static const char *const states[] = { "planned", "in-progress", "done", "dropped", NULL };
  static const char *const marks[] = { "", "sensitive", "customer-data\nconfidential", NULL };
  static const char *const ends[] = { "manual",    "notice-sent", "regulator-notice-sent",
                                      "contained", "closed",      NULL };

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      return put_notice (world->entries, n, pick (rand, notices), pick (rand, statuses),
                         pick (rand, audiences));
    case 1:
      return put_scope (world, n, pick (rand, items), pick (rand, sure));
    case 2:
      return put_task (world, n, pick (rand, tasks), pick (rand, states));
    case 3:
      return put_marking (world, n, pick (rand, files), pick (rand, marks));
    case 4:
      return put_approval (world, n, pick (rand, files), pick (rand, people));
    case 5:
      return put_clock (world->entries, n, "2026-11-03T09:02:00Z", "60", pick (rand, ends));
    default:
      return put_escalation (world->entries, n, "Legal", "30");
    }
}

/* Spoils it as hostile peers and broken imports do. */
static void
spoil (World *world, GRand *rand, IwEntry *entry)
{
  static const char *const fields[] = { "to",          "from",      "why",         "subject",
                                        "access",      "duty",      "statement",   "legal",
                                        "grounds",     "executive", "declared_by", "verification",
                                        "due",         "start",     "duration",    "risk_contained",
                                        "approved_by", "audience",  "holders",     "instead_of",
                                        NULL };
  static const char *const values[] = {
    "", "nonsense", "crsi", "closed", "deferred", "-5", "99999999999999999999", "\xE2\x80\xAE", NULL
  };

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
    case 1:
      iw_entry_set_field (entry, pick (rand, fields), pick (rand, values));
      break;
    case 2:
      iw_entry_set_occurred (entry, IW_TIME_NONE);
      break;
    case 3:
      iw_entry_set_id (entry, NULL);
      break;
    case 4:
      iw_entry_set_id (entry, pick_entry (rand, world->entries));
      break;
    case 5:
      if (iw_entry_get_links (entry)->len > 0)
        iw_entry_remove_link (entry, 0);
      break;
    default:
      g_ptr_array_add (world->entries, iw_entry_copy (entry)); /* given twice */
      break;
    }
}

static World *
random_world (GRand *rand)
{
  World *world = world_new ();

  add_documents (world);
  for (int n = g_rand_int_range (rand, 0, 40); n > 0; n--)
    {
      gint64 time = g_rand_int_range (rand, 0, 12);
      int what = g_rand_int_range (rand, 0, 10);
      IwEntry *entry = what < 5   ? add_response (world, rand, time)
                       : what < 8 ? add_thing (world, rand, time)
                                  : add_about (world, rand, time);

      if (g_rand_boolean (rand))
        iw_entry_set_recorded (entry, at_minute (g_rand_int_range (rand, 0, 12)));
      if (g_rand_int_range (rand, 0, 3) == 0)
        spoil (world, rand, entry);
    }
  return world;
}

/* ---- what must hold ---- */

static char *
as_text (IwSituation *situation)
{
  g_autoptr (JsonObject) json = iw_situation_to_json (situation);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json);

  return json_to_string (node, TRUE);
}

static const char *
field (IwEntry *entry, const char *name)
{
  const char *text = iw_entry_get_field (entry, name);

  return text != NULL ? text : "";
}

static gboolean
is_filled (IwEntry *entry, const char *name)
{
  g_autofree char *text = g_strstrip (g_strdup (field (entry, name)));

  return *text != '\0';
}

/* C3, said again here without the program's own check. */
static void
assert_declared_rightly (const IwIncidentState *state)
{
  IwEntry *entry = state->classified;

  if (state->classification != IW_CLASSIFICATION_CRSI)
    return;
  g_assert_cmpstr (field (entry, "to"), ==, "crsi");
  g_assert_true (g_str_equal (field (entry, "access"), "occurred") ||
                 g_str_equal (field (entry, "access"), "very-likely") ||
                 g_str_equal (field (entry, "duty"), "legal") ||
                 g_str_equal (field (entry, "duty"), "contractual") ||
                 g_str_equal (field (entry, "duty"), "both"));
  g_assert_true (is_filled (entry, "statement"));
  g_assert_true (is_filled (entry, "declared_by"));
  g_assert_cmpuint (iw_entry_get_links (entry)->len, >, 0);
}

/* P4 */
static void
assert_closed_rightly (IwSituation *situation)
{
  IwEntry *last = iw_decisions_last (iw_situation_get_decisions (situation), IW_ENTRY_STAGE, NULL);

  if (iw_situation_get_state (situation)->stage != IW_STAGE_CLOSED)
    return;
  g_assert_cmpstr (field (last, "to"), ==, "closed");
  g_assert_cmpstr (field (last, "risk_contained"), ==, "true");
  g_assert_cmpstr (field (last, "measures_implemented"), ==, "true");
  g_assert_true (is_filled (last, "verification"));
}

/* N3 */
static void
assert_deferred_rightly (IwSituation *situation)
{
  GPtrArray *states = iw_situation_get_notices (situation);

  for (guint i = 0; i < states->len; i++)
    {
      const IwNoticeState *state = states->pdata[i];

      if (state->status != IW_NOTICE_DEFERRED)
        continue;
      g_assert_true (g_str_equal (field (state->entry, "grounds"), "risk-to-others") ||
                     g_str_equal (field (state->entry, "grounds"), "extraordinary"));
      g_assert_true (is_filled (state->entry, "why"));
      g_assert_true (is_filled (state->entry, "legal"));
      g_assert_true (is_filled (state->entry, "executive"));
    }
}

/* E3: what lets a marked file out is an approval with a name, later than the marking. */
static void
assert_approved_rightly (IwSituation *situation)
{
  IwDecisions *decisions = iw_situation_get_decisions (situation);

  for (guint i = 0; files[i] != NULL; i++)
    {
      IwEntry *approval = iw_situation_get_approval (situation, files[i]);
      IwEntry *marking = iw_decisions_last (decisions, IW_ENTRY_MARKING, files[i]);

      if (approval == NULL)
        continue;
      g_assert_cmpint (iw_entry_get_kind (approval), ==, IW_ENTRY_APPROVAL);
      g_assert_true (is_filled (approval, "approved_by"));
      if (marking != NULL)
        g_assert_cmpint (iw_decision_time (approval), >=, iw_decision_time (marking));
    }
}

/* R3, said again here with a list: who has "several" adds, replaces or relieves one, else is the
 * only one. */
static void
assert_experts_hold (IwSituation *situation)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *held = iw_situation_get_state (situation)->experts;
  IwEntry *entry;
  guint index = 0;

  while ((entry = iw_decisions_next (iw_situation_get_decisions (situation), &index, IW_ENTRY_ROLE,
                                     NULL)) != NULL)
    {
      g_autofree char *to = g_strstrip (g_utf8_strdown (field (entry, "to"), -1));
      g_autofree char *gone = g_strstrip (g_utf8_strdown (field (entry, "instead_of"), -1));
      guint at = names->len;

      if (!g_str_equal (field (entry, "role"), "expert"))
        continue;
      if (!g_str_equal (field (entry, "holders"), "several"))
        g_ptr_array_set_size (names, at = 0);
      else if (*gone != '\0' && g_ptr_array_find_with_equal_func (names, gone, g_str_equal, &at))
        g_ptr_array_remove_index (names, at);
      else
        at = names->len;
      if (*to != '\0' && !g_ptr_array_find_with_equal_func (names, to, g_str_equal, NULL))
        g_ptr_array_insert (names, (int)at, g_steal_pointer (&to));
    }
  g_assert_cmpuint (held->len, ==, names->len);
  for (guint i = 0; i < held->len; i++)
    {
      g_autofree char *name = g_strstrip (g_utf8_strdown (field (held->pdata[i], "to"), -1));

      g_assert_cmpstr (name, ==, names->pdata[i]);
    }
}

static void
assert_bands_hold (const IwIncidentState *state)
{
  for (guint i = 0; i < state->bands->len; i++)
    {
      const IwStageBand *band = &g_array_index (state->bands, IwStageBand, i);

      g_assert_cmpint (band->start, <, band->end);
      if (i == 0)
        g_assert_cmpint (band->start, ==, state->opened_at);
      else
        {
          g_assert_cmpint (band->start, ==, (band - 1)->end);
          g_assert_cmpint (band->stage, !=, (band - 1)->stage);
        }
      if (i + 1 == state->bands->len)
        {
          g_assert_cmpint (band->end, ==, G_MAXINT64);
          g_assert_cmpint (band->stage, ==, state->stage);
        }
    }
  for (guint i = 0; i < state->containment->len; i++)
    {
      const IwSpan *span = &g_array_index (state->containment, IwSpan, i);

      g_assert_cmpint (span->start, <, span->end);
      g_assert_true (i == 0 || (span - 1)->end < span->start);
    }
  g_assert_true (!state->urgent || state->severity >= IW_SEVERITY_HIGH);
  g_assert_true (!state->urgent || state->priority == IW_PRIORITY_P1);
  g_assert_cmpint (state->severity, >=, state->set_severity);
}

static void
assert_clocks_hold (IwSituation *situation)
{
  const IwIncidentState *state = iw_situation_get_state (situation);
  GPtrArray *clocks = iw_situation_get_clocks (situation);
  guint customer = 0, running = 0;
  gint64 due = G_MININT64;

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];

      g_assert_cmpint (clock->due, >=, due);
      g_assert_true ((clock->ended == 0) == (clock->state == IW_CLOCK_RUNNING));
      due = clock->due;
      customer += clock->kind == IW_CLOCK_CUSTOMER_NOTICE;
      running += clock->kind == IW_CLOCK_CUSTOMER_NOTICE && clock->state == IW_CLOCK_RUNNING;
    }
  /* N1: a declaration in force has its clock, and no other classification has one that runs. */
  g_assert_cmpuint (running, <=, 1);
  g_assert_true (running == 0 || state->classification == IW_CLASSIFICATION_CRSI);
  g_assert_true (state->classification != IW_CLASSIFICATION_CRSI || customer > 0);
}

/* Every decision that was given is still there: in force, or with the reason why not. */
static void
assert_nothing_lost (World *world, IwSituation *situation)
{
  IwDecisions *decisions = iw_situation_get_decisions (situation);

  for (guint i = 0; i < world->entries->len; i++)
    {
      IwEntry *entry = world->entries->pdata[i];
      gboolean found = FALSE;

      for (guint j = 0; j < iw_decisions_get_n (decisions) && !found; j++)
        {
          IwEntry *kept = iw_decisions_get (decisions, j);

          found = kept == entry || (g_strcmp0 (id_of (kept), id_of (entry)) == 0 &&
                                    iw_entry_equal_content (kept, entry));
        }
      g_assert_true (found);
    }
}

static void
assert_situation_holds (World *world, IwSituation *situation)
{
  const IwIncidentState *state = iw_situation_get_state (situation);

  assert_declared_rightly (state);
  assert_closed_rightly (situation);
  assert_deferred_rightly (situation);
  assert_approved_rightly (situation);
  assert_experts_hold (situation);
  assert_bands_hold (state);
  assert_clocks_hold (situation);
  assert_nothing_lost (world, situation);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261103);
  guint declared = 0, closed = 0, deferred = 0, left_out = 0, several = 0;

  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (World) world = random_world (rand);
      gint64 now = g_rand_int_range (rand, 0, 2) * 5000;
      g_autoptr (IwSituation) situation = world_look (world, now);
      g_autofree char *text = as_text (situation);

      assert_situation_holds (world, situation);
      declared += iw_situation_get_state (situation)->classification == IW_CLASSIFICATION_CRSI;
      closed += iw_situation_get_state (situation)->stage == IW_STAGE_CLOSED;
      deferred += strstr (text, "\"deferred\"") != NULL;
      several += iw_situation_get_state (situation)->experts->len > 1;
      left_out += strstr (text, "\"problem\"") != NULL;
      for (int order = 0; order < ORDERS; order++)
        {
          g_autoptr (IwSituation) other = NULL;
          g_autofree char *again = NULL;

          shuffle (world->entries, rand);
          shuffle (world->documents, rand);
          other = world_look (world, now);
          again = as_text (other);
          g_assert_cmpstr (text, ==, again);
        }
    }
  /* The worlds were worth the trouble. */
  g_assert_cmpuint (declared, >, ROUNDS / 20);
  g_assert_cmpuint (closed, >, ROUNDS / 20);
  g_assert_cmpuint (deferred, >, ROUNDS / 20);
  g_assert_cmpuint (left_out, >, ROUNDS / 2);
  g_assert_cmpuint (several, >, ROUNDS / 20);
}

/* Two people decided on copies of one incident; each has the other's entries afterwards: both see
 * the same. */
static void
test_two_copies (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 50; round++)
    {
      g_autoptr (World) world = random_world (rand);
      g_autoptr (Entries) mine = entries_new ();
      g_autoptr (Entries) theirs = entries_new ();
      g_autoptr (IwSituation) left = NULL;
      g_autoptr (IwSituation) right = NULL;
      g_autofree char *left_text = NULL;
      g_autofree char *right_text = NULL;
      guint half = world->entries->len / 2;

      for (guint i = 0; i < world->entries->len; i++)
        {
          guint turned = (i + half) % world->entries->len;

          g_ptr_array_add (mine, g_object_ref (world->entries->pdata[i]));
          g_ptr_array_add (theirs, iw_entry_copy (world->entries->pdata[turned]));
        }
      left = iw_situation_new (INCIDENT, mine, world->documents, NULL, minute (30));
      right = iw_situation_new (INCIDENT, theirs, world->documents, NULL, minute (30));
      left_text = as_text (left);
      right_text = as_text (right);
      g_assert_cmpstr (left_text, ==, right_text);
    }
}

/* Ten thousand decisions in one incident are folded while somebody waits for a window. */
static void
test_many (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autofree char *text = NULL;
  gint64 began;

  add_documents (world);
  while (world->entries->len < 10000)
    if (g_rand_boolean (rand))
      add_thing (world, rand, g_rand_int_range (rand, 0, 5000));
    else
      add_response (world, rand, g_rand_int_range (rand, 0, 5000));
  began = g_get_monotonic_time ();
  situation = world_look (world, 5000);
  text = as_text (situation);
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/situation-random/any-order", test_random);
  g_test_add_func ("/situation-random/two-copies", test_two_copies);
  g_test_add_func ("/situation-random/many", test_many);
  return g_test_run ();
}
