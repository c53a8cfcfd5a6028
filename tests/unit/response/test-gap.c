/* What is missing, at each stage, and where it is mended. */
#include "situation-fixture.h"

/* The gaps as "weight place: text" a line each; @now in minutes. (transfer full) */
static char *
gaps_of (World *world, gint64 now)
{
  static const char *const weights[] = { "refused", "overdue", "closing", "wanted" };
  g_autoptr (IwSituation) situation = world_look (world, now);
  g_autoptr (GPtrArray) gaps = iw_situation_get_gaps (situation);
  GString *text = g_string_new (NULL);
  int weight = -1;

  for (guint i = 0; i < gaps->len; i++)
    {
      const IwGap *gap = gaps->pdata[i];

      g_assert_cmpint (gap->weight, >=, weight);
      g_assert_true (gap->closing || gap->weight != IW_GAP_CLOSING);
      g_assert_false (gap->closing && gap->weight == IW_GAP_WANTED);
      weight = gap->weight;
      g_string_append_printf (text, "%s%s %s: %s\n", gap->closing ? "! " : "", weights[gap->weight],
                              gap->place, gap->text);
    }
  return g_string_free_and_steal (text);
}

static void
assert_gaps (World *world, gint64 now, const char *expected)
{
  g_autofree char *gaps = gaps_of (world, now);

  g_assert_cmpstr (gaps, ==, expected);
}

/* Whether @line is among them. */
static gboolean
has_gap (World *world, gint64 now, const char *line)
{
  g_autofree char *gaps = gaps_of (world, now);
  g_auto (GStrv) lines = g_strsplit (gaps, "\n", -1);

  return g_strv_contains ((const char *const *)lines, line);
}

/* An incident that lacks nothing, in the stage given. */
static World *
complete_world (const char *stage)
{
  World *world = world_new ();
  IwEntry *asked;

  put_detection (world, 0, "own");
  put_assessment (world, 1, "escalate");
  asked = put_escalation (world->entries, 2, "Security Response Team", "30");
  put_answer (world->entries, 3, asked, "accepted");
  put_impact (world->entries, 4, "none");
  put_severity (world->entries, 4, "medium");
  put_priority (world->entries, 4, "p3");
  put_classification (world->entries, 5, "security-incident");
  put_role (world->entries, 6, "incident-manager", "A. Sato");
  put_role (world->entries, 6, "response-lead", "B. Berg");
  put_role (world->entries, 6, "incident-owner", "O. Own");
  add_scope (world, "s", "service", "");
  put_scope (world, 7, "s", "confirmed");
  add_document (world->documents, "e", "{\"type\":\"evidence\",\"name\":\"a.log\"}");
  add_task (world, "t", "recovery", ",\"owner\":\"O. Own\"");
  put_task (world, 8, "t", "done");
  put_stage (world->entries, 9, stage);
  return world;
}

static void
test_complete (void)
{
  for (IwStage stage = IW_STAGE_DETECT; stage < IW_N_STAGES; stage++)
    {
      g_autoptr (World) world = complete_world (iw_stage_to_string (stage));

      assert_gaps (world, 100, "");
    }
}

static void
test_new (void)
{
  g_autoptr (World) world = world_new ();

  put_stage (world->entries, 0, "detect");
  assert_gaps (world, 1,
               "! closing classification: The incident is not classified.\n"
               "wanted detection: How it was detected is not recorded.\n");
  put_stage (world->entries, 2, "assess");
  assert_gaps (world, 3,
               "! closing classification: The incident is not classified.\n"
               "wanted detection: How it was detected is not recorded.\n"
               "wanted assessment: It has not been assessed: escalate or not, and why.\n"
               "wanted impact: The impact is not recorded.\n"
               "wanted roles: Nobody is the incident manager.\n");
  put_stage (world->entries, 4, "stabilise");
  assert_gaps (world, 5,
               "! closing classification: The incident is not classified.\n"
               "wanted detection: How it was detected is not recorded.\n"
               "wanted assessment: It has not been assessed: escalate or not, and why.\n"
               "wanted impact: The impact is not recorded.\n"
               "wanted roles: Nobody is the incident manager.\n"
               "wanted roles: Nobody leads the response.\n"
               "wanted roles: Nobody owns the incident for the service.\n"
               "wanted scope: Nothing is recorded as affected.\n"
               "wanted evidence: No evidence is collected.\n"
               "wanted plan: There is no recovery plan.\n");
}

/* What is not the team's own incident asks for little more than its record. */
static void
test_handled_elsewhere (void)
{
  g_autoptr (World) world = world_new ();

  put_stage (world->entries, 0, "diagnose");
  put_detection (world, 1, "customer-only");
  assert_gaps (world, 2, "! closing classification: The incident is not classified.\n");
  put_classification (world->entries, 2, "security-incident"); /* it is one after all */
  g_assert_true (has_gap (world, 3, "wanted impact: The impact is not recorded."));
}

static void
test_false_positive (void)
{
  g_autoptr (World) world = world_new ();

  put_stage (world->entries, 0, "diagnose");
  put_detection (world, 1, "own");
  put_impact (world->entries, 1, "imminent");
  put_classification (world->entries, 2, "false-positive");
  assert_gaps (world, 3,
               "! closing plan: No follow-up that tunes the detection is planned.\n"
               "wanted impact: It is classified as a false positive, but the impact still tells of "
               "risk to customer data.\n");
  add_task (world, "f", "follow-up", "");
  put_impact (world->entries, 4, "none");
  assert_gaps (world, 5, "");
}

/* A reportable incident asks for people, customers and their notice. */
static void
test_reportable (void)
{
  g_autoptr (World) world = complete_world ("diagnose");

  put_declaration (world->entries, 10);
  assert_gaps (world, 11,
               "! closing notices: Customers have not been notified, and no notice is deferred.\n"
               "wanted roles: A reportable incident needs an executive incident manager.\n"
               "wanted roles: A reportable incident needs a legal adviser.\n"
               "wanted roles: A reportable incident needs a communications lead.\n"
               "wanted notices: No notice to customers is drafted.\n"
               "wanted scope: No affected customer is recorded, so nobody would be notified.\n");
  put_role (world->entries, 11, "executive", "E. Eng");
  put_role (world->entries, 11, "legal", "L. Lee");
  put_role (world->entries, 11, "communications", "C. Cho");
  add_scope (world, "c", "customer", "");
  put_scope (world, 12, "c", "suspected");
  add_notice (world, "n", "customers", "x");
  assert_gaps (world, 13,
               "! closing notices: Customers have not been notified, and no notice is deferred.\n"
               "wanted scope: Affected customers are only suspected.\n"
               "wanted scope: “Item c” has no contact for the notice.\n");
  put_scope (world, 14, "c", "ruled-out");
  add_scope (world, "d", "customer", "d@contoso.example");
  put_scope (world, 14, "d", "confirmed");
  assert_gaps (world, 15,
               "! closing notices: Customers have not been notified, and no notice is deferred.\n");
  assert_gaps (world, 10 + 73 * 60, "! overdue clocks: “Customer notice” is overdue by 1 h.\n");
}

static void
test_notice_on_its_way (void)
{
  g_autoptr (World) world = complete_world ("diagnose");
  g_autofree char *digest = NULL;
  IwDocument *notice;

  add_notice (world, "n", "customers", "x");
  notice = world->documents->pdata[world->documents->len - 1];
  put_notice (world->entries, 10, "n", "in-review", NULL);
  assert_gaps (world, 11, "wanted notices: The notice “Notice n” waits for its review.\n");
  digest = iw_notice_digest (iw_document_get_body (notice));
  put_notice (world->entries, 12, "n", "approved", NULL);
  assert_gaps (world, 13,
               "wanted notices: The notice “Notice n” was changed after it was approved.\n");
  iw_entry_set_field (put_notice (world->entries, 14, "n", "approved", NULL), "digest", digest);
  assert_gaps (world, 15, "wanted notices: The notice “Notice n” is approved but not sent.\n");
  put_notice (world->entries, 16, "n", "sent", NULL);
  assert_gaps (world, 17, "");
}

/* A deferral lets it be closed, for as long as it was vetted. */
static void
test_deferred (void)
{
  g_autoptr (World) world = complete_world ("stabilise");
  IwEntry *deferral;

  put_role (world->entries, 9, "executive", "E. Eng");
  put_role (world->entries, 9, "legal", "L. Lee");
  put_role (world->entries, 9, "communications", "C. Cho");
  add_scope (world, "d", "customer", "d@contoso.example");
  put_scope (world, 9, "d", "confirmed");
  add_notice (world, "n", "customers", "x");
  put_declaration (world->entries, 10);
  deferral = put_notice (world->entries, 11, "n", "deferred", NULL);
  iw_entry_set_field (deferral, "until", "2026-11-03T10:00:00Z"); /* minute 60 */
  assert_gaps (world, 12, "");
  assert_gaps (world, 90, "! overdue notices: The deferral of “Notice n” ended 29 min ago.\n");
  assert_gaps (world, 10 + 73 * 60,
               "overdue clocks: “Customer notice” is overdue by 1 h.\n"
               "! overdue notices: The deferral of “Notice n” ended 3 d ago.\n");
  put_notice (world->entries, 95, "n", "sent", NULL);
  assert_gaps (world, 100, "");
}

static void
test_personal_data (void)
{
  g_autoptr (World) world = complete_world ("diagnose");

  put_classification (world->entries, 10, "privacy");
  assert_gaps (world, 11,
               "wanted notices: Personal data was breached, and no notice to a regulator is "
               "drafted.\n");
  add_notice (world, "r", "regulator", "x");
  assert_gaps (world, 11, "");
  /* Those whose data it is, once it is at risk. */
  put (world->entries, 12,
       iw_decision_new (INCIDENT, "impact", "functional", "none", "information", "privacy-breach",
                        "recoverability", "regular", "risk", "confirmed", NULL));
  assert_gaps (world, 13,
               "wanted notices: Customer data is at risk, and no notice to customers or to the "
               "persons concerned is drafted.\n");
  add_notice (world, "d", "data-subjects", "x");
  assert_gaps (world, 13, "");
}

static void
test_escalations (void)
{
  g_autoptr (World) world = complete_world ("assess");
  IwEntry *asked = put_escalation (world->entries, 10, "Legal", "30");

  assert_gaps (world, 11, "! closing escalations: Legal has not acknowledged the escalation.\n");
  assert_gaps (
      world, 100,
      "! overdue escalations: Legal has not acknowledged the escalation: overdue by 1 h.\n");
  put_answer (world->entries, 20, asked, "declined");
  assert_gaps (world, 100,
               "wanted escalations: Legal declined the escalation, and nobody else was asked.\n");
  put_answer (world->entries, 31, put_escalation (world->entries, 30, "Trust", "30"), "accepted");
  assert_gaps (world, 100, "");
}

static void
test_assessed_to_escalate (void)
{
  g_autoptr (World) world = world_new ();

  put_stage (world->entries, 1, "assess");
  put_assessment (world, 2, "escalate");
  g_assert_true (has_gap (
      world, 3, "wanted escalations: The assessment says to escalate, but nobody was asked."));
  put_assessment (world, 3, "do-not-escalate");
  assert_gaps (world, 4,
               "! closing classification: The incident is not classified.\n"
               "wanted detection: How it was detected is not recorded.\n");
}

static void
test_clocks (void)
{
  g_autoptr (World) world = complete_world ("stabilise");
  IwEntry *clock = put_clock (world->entries, 10, "2026-11-03T09:00:00Z", "1440", "manual");
  IwEntry *other = put_clock (world->entries, 10, "2026-11-03T09:00:00Z", "1440", "manual");

  put_clock (world->entries, 10, "2026-11-03T09:00:00Z", "1440", "closed"); /* closing ends it */
  iw_entry_set_field (other, "clock_kind", "free");
  assert_gaps (world, 11, "! closing clocks: The clock “Authority” still runs.\n");
  put_clock_end (world->entries, 12, clock, "met");
  put_clock_end (world->entries, 12, other, "met");
  assert_gaps (world, 13, "");
  assert_gaps (world, 25 * 60, "overdue clocks: “Authority” is overdue by 1 h.\n");
}

static void
test_tasks (void)
{
  g_autoptr (World) world = complete_world ("stabilise");

  add_task (world, "a", "eradication", ",\"owner\":\"O. Own\"");
  add_task (world, "b", "longer-term", ",\"owner\":\"O. Own\"");
  add_task (world, "c", "follow-up", ",\"owner\":\"O. Own\",\"due\":\"2026-11-03\"");
  add_task (world, "d", "longer-term", ",\"owner\":\"O. Own\",\"emergency\":\"true\"");
  add_task (world, "e1", "recovery", ",\"due\":\"2026-11-03T10:00:00Z\"");
  put_containment (world->entries, 10, "started");
  assert_gaps (world, 11,
               "! closing plan: Containment is still running.\n"
               "! closing plan: The task “Task a” is not done.\n"
               "! closing plan: The task “Task e1” is not done.\n"
               "! closing plan: The task “Task d” is not done.\n"
               "wanted plan: 1 task has no owner.\n");
  put_task (world, 12, "a", "done");
  put_task (world, 12, "d", "dropped");
  put_containment (world->entries, 12, "ended");
  /* The day of the due date is over at its end. */
  assert_gaps (world, 15 * 60 + 60,
               "! overdue plan: The task “Task e1” is overdue by 14 h 59 min.\n"
               "overdue plan: The task “Task c” is overdue by 1 h.\n"
               "wanted plan: 1 task has no owner.\n");
}

static void
test_scope (void)
{
  g_autoptr (World) world = complete_world ("diagnose");

  add_scope (world, "u", "system", "");
  assert_gaps (
      world, 11,
      "wanted scope: 1 item of the scope is neither suspected, confirmed nor ruled out.\n");
  put_scope (world, 12, "u", "suspected");
  assert_gaps (world, 13, "");
  put_stage (world->entries, 14, "stabilise");
  assert_gaps (world, 15,
               "wanted scope: 1 item of the scope is only suspected: confirm it or rule it out.\n");
}

/* Many customers without a contact are counted, not listed. */
static void
test_many_without_contact (void)
{
  g_autoptr (World) world = complete_world ("assess");

  put_declaration (world->entries, 10);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%02u", i);

      add_scope (world, id, "customer", "none");
      put_scope (world, 11, id, "confirmed");
    }
  g_assert_true (
      has_gap (world, 12, "wanted scope: 40 affected customers have no contact for the notice."));
}

static void
test_indicators (void)
{
  g_autoptr (World) world = complete_world ("diagnose");

  add_document (world->documents, "i1", "{\"type\":\"indicator\",\"value\":\"192.0.2.1\"}");
  add_document (world->documents, "i2", "{\"type\":\"indicator\",\"value\":\"192.0.2.2\"}");
  add_document (world->documents, "i3", "{\"type\":\"indicator\",\"value\":\"192.0.2.3\"}");
  put (world->entries, 10,
       iw_decision_new (INCIDENT, "sweep", "where", "mail", "found", "i1", NULL));
  assert_gaps (world, 11, "wanted indicators: No sweep has looked for 2 indicators yet.\n");
  put (world->entries, 12,
       iw_decision_new (INCIDENT, "sweep", "where", "mail", "clear", "i2\ni3", NULL));
  assert_gaps (world, 13, "");
}

static void
test_board (void)
{
  g_autoptr (World) world = complete_world ("diagnose");

  put (world->entries, 10,
       iw_decision_new (INCIDENT, "activity", "activity", "forensics", "to", "in-progress", NULL));
  assert_gaps (world, 11, "wanted board: “Forensics” is in progress, but given to nobody.\n");
}

/* A decision that does not count is told of until a good one follows. */
static void
test_not_in_force (void)
{
  g_autoptr (World) world = complete_world ("stabilise");
  g_autofree char *gaps = NULL;
  IwEntry *closed = put_stage (world->entries, 20, "closed");

  iw_entry_set_field (closed, "verification", NULL);
  gaps = gaps_of (world, 21);
  g_assert_true (
      g_str_has_prefix (gaps, "wanted timeline: Stage is on the timeline but not in force: "));
  put_stage (world->entries, 22, "closed");
  assert_gaps (world, 23, "");
}

/* What a server did not take is told of as long as it counts here. */
static void
test_refused (void)
{
  g_autoptr (World) world = complete_world ("stabilise");
  IwEntry *declared = put_severity (world->entries, 10, "high");
  const char *docids[] = { iw_entry_get_id (declared), "unknown", NULL };
  g_autoptr (IwSituation) situation = world_look (world, 11);
  g_autoptr (IwSituation) later = NULL;
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autofree char *of = iw_withdrawal_of (declared);
  const IwGap *gap;

  g_assert_null (iw_situation_get_refused (situation)[0]);
  iw_situation_set_refused (situation, docids);
  gaps = iw_situation_get_gaps (situation);
  g_assert_cmpuint (gaps->len, ==, 1);
  gap = gaps->pdata[0];
  g_assert_cmpint (gap->weight, ==, IW_GAP_REFUSED);
  g_assert_cmpstr (gap->place, ==, "held-back");
  g_assert_cmpstr (gap->subject, ==, docids[0]);
  g_assert_nonnull (strstr (gap->text, "counts here alone"));
  g_assert_false (gap->closing);

  put (world->entries, 12,
       iw_decision_new (INCIDENT, "withdrawal", "subject", docids[0], "of", of, "why", "Refused",
                        NULL));
  later = world_look (world, 13);
  iw_situation_set_refused (later, docids);
  gone = iw_situation_get_gaps (later);
  g_assert_cmpuint (gone->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gap/complete", test_complete);
  g_test_add_func ("/gap/new", test_new);
  g_test_add_func ("/gap/handled-elsewhere", test_handled_elsewhere);
  g_test_add_func ("/gap/false-positive", test_false_positive);
  g_test_add_func ("/gap/reportable", test_reportable);
  g_test_add_func ("/gap/notice-on-its-way", test_notice_on_its_way);
  g_test_add_func ("/gap/deferred", test_deferred);
  g_test_add_func ("/gap/personal-data", test_personal_data);
  g_test_add_func ("/gap/escalations", test_escalations);
  g_test_add_func ("/gap/assessed-to-escalate", test_assessed_to_escalate);
  g_test_add_func ("/gap/clocks", test_clocks);
  g_test_add_func ("/gap/tasks", test_tasks);
  g_test_add_func ("/gap/scope", test_scope);
  g_test_add_func ("/gap/many-without-contact", test_many_without_contact);
  g_test_add_func ("/gap/indicators", test_indicators);
  g_test_add_func ("/gap/board", test_board);
  g_test_add_func ("/gap/not-in-force", test_not_in_force);
  g_test_add_func ("/gap/refused", test_refused);
  return g_test_run ();
}
