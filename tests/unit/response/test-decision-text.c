/* test-decision-text.c: what decisions say on the timeline, and decisions made without a form */
#include "form-fixture.h"

static void
assert_text (IwEntry *entry, const char *text)
{
  g_autoptr (IwEntry) owned = entry;

  g_assert_cmpstr (iw_entry_get_text (owned), ==, text);
}

static void
test_state (void)
{
  assert_text (iw_decision_new (INCIDENT, "stage", "to", "detect", NULL), "Stage set to Detect");
  assert_text (iw_decision_new (INCIDENT, "stage", "from", "diagnose", "to", "stabilise", "why",
                                " host found\n", NULL),
               "Stage changed from Diagnose to Stabilise and Recover: host found");
  assert_text (iw_decision_new (INCIDENT, "stage", "from", "stabilise", "to", "closed",
                                "verification", "swept", NULL),
               "Stage changed from Stabilise and Recover to Closed: swept");
  assert_text (iw_decision_new (INCIDENT, "severity", "to", "low", "why", "  ", NULL),
               "Severity set to Low");
  assert_text (iw_decision_new (INCIDENT, "severity", "from", "low", "to", "critical", "why",
                                "data was read", NULL),
               "Severity changed from Low to Critical: data was read");
  assert_text (iw_decision_new (INCIDENT, "priority", "from", "p3", "to", "p1", NULL),
               "Priority changed from P3 to P1");
  assert_text (iw_decision_new (INCIDENT, "classification", "from", "security-incident", "to",
                                "false-positive", "why", "a %s test", NULL),
               "Classification changed from Security Incident to False Positive: a %s test");
  assert_text (iw_decision_new (INCIDENT, "declaration", "declared_by", "A. Sato", "statement",
                                "the log shows it", NULL),
               "Declared a customer-reportable incident by A. Sato: the log shows it");
  assert_text (iw_decision_new (INCIDENT, "containment", "to", "ended", "what", "Quarantine", NULL),
               "Containment ended: Quarantine");
  assert_text (iw_decision_new (INCIDENT, "detection", "to", "customer-report", "realm",
                                "customer-only", "referred_to", "the customer", NULL),
               "Detected (Customer Report) and referred to the customer");
  assert_text (iw_decision_new (INCIDENT, "detection", "to", "customer-report", "realm", "own",
                                "referred_to", "nobody who counts", NULL),
               "Detected (Customer Report)");
  assert_text (iw_decision_new (INCIDENT, "impact", "functional", "low", "information",
                                "privacy-breach", "recoverability", "extended", "risk", "confirmed",
                                NULL),
               "Impact assessed as functional Low, information Privacy Breach, recoverability "
               "Extended, risk to customer data Confirmed");
}

static void
test_people (void)
{
  assert_text (iw_decision_new (INCIDENT, "role", "role", "legal", "to", "J. Ortiz", NULL),
               "J. Ortiz is Legal Adviser");
  assert_text (
      iw_decision_new (INCIDENT, "role", "role", "legal", "from", "J. Ortiz", "to", "M. Ito", NULL),
      "M. Ito takes over as Legal Adviser from J. Ortiz");
  assert_text (iw_decision_new (INCIDENT, "role", "role", "legal", "from", "J. Ortiz", NULL),
               "J. Ortiz is no longer Legal Adviser");
  assert_text (iw_decision_new (INCIDENT, "role", "role", "legal", NULL),
               "Nobody is Legal Adviser");
  assert_text (iw_decision_new (INCIDENT, "role", "role", "expert", "to", "M. Ito", NULL),
               "M. Ito is Subject-Matter Expert");
  assert_text (iw_decision_new (INCIDENT, "role", "role", "expert", "instead_of", "J. Ortiz", "to",
                                "M. Ito", NULL),
               "M. Ito takes over as Subject-Matter Expert from J. Ortiz");
  assert_text (iw_decision_new (INCIDENT, "role", "role", "expert", "instead_of", "J. Ortiz", NULL),
               "J. Ortiz is no longer Subject-Matter Expert");
  assert_text (iw_decision_new (INCIDENT, "activity", "activity", "forensics", "to", "done",
                                "assignee", "R. Okafor", NULL),
               "Forensics, Done, assigned to R. Okafor");
  assert_text (iw_decision_new (INCIDENT, "escalation", "to", "Legal", "from", "R. Okafor", "why",
                                "a duty", NULL),
               "Escalated to Legal by R. Okafor: a duty");
  assert_text (iw_decision_new (INCIDENT, "clock", "name", "Regulator", "duration", "4320", NULL),
               "Clock “Regulator” started, for 72 h");
  assert_text (iw_decision_new (INCIDENT, "clock", "name", "Odd", "duration", "x", NULL),
               "Clock “Odd” started");
}

static void
test_things (void)
{
  assert_text (iw_decision_new (INCIDENT, "marking", "marks", "sensitive\ncustomer-data", NULL),
               "Evidence marked as Sensitive, Customer Data");
  assert_text (iw_decision_new (INCIDENT, "marking", "why", "a test file", NULL),
               "Evidence is no longer marked: a test file");
  assert_text (iw_decision_new (INCIDENT, "approval", "items", "a\nb", "recipient", "the police",
                                "approved_by", "A. Sato", NULL),
               "Release of 2 files to the police approved by A. Sato");
  assert_text (iw_decision_new (INCIDENT, "release", "items", "a", "withheld", "b\nc", NULL),
               "1 file released, 2 withheld");
  assert_text (iw_decision_new (INCIDENT, "notice-state", "to", "sent", "recipients", "a\nb", NULL),
               "Notice sent to 2 recipients");
  assert_text (iw_decision_new (INCIDENT, "sweep", "where", "all hosts", "clear", "x", NULL),
               "Sweep of all hosts found nothing");
  assert_text (iw_decision_new (INCIDENT, "withdrawal", "why", "Undone", NULL),
               "Decision withdrawn: Undone");
}

/* Every kind of decision has words, also with nothing in it. */
static void
test_all (void)
{
  guint n;
  const IwFormKind *const *kinds = iw_form_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (kinds[i]->doc_type == NULL)
      {
        g_autoptr (IwEntry) entry = iw_decision_new (INCIDENT, kinds[i]->name, NULL, NULL);

        g_assert_cmpstr (iw_entry_get_text (entry), !=, "");
        g_assert_cmpint (iw_entry_get_kind (entry), ==, kinds[i]->entry_kind);
        g_assert_cmpstr (iw_entry_get_incident (entry), ==, INCIDENT);
      }
}

/* Values go where their kind says: texts without outer space, lists as lists, links as links. */
static void
test_new (void)
{
  g_autoptr (IwEntry) declared =
      iw_decision_new (INCIDENT, "declaration", "why", NULL, "statement", " shown \n", "links",
                       INCIDENT ":evidence-a 7\n\n" INCIDENT ":entry-b", NULL);
  g_autoptr (IwEntry) sweep =
      iw_decision_new (INCIDENT, "sweep", "found", " a \n\nb", "where", "x", NULL);
  g_auto (GStrv) found = iw_entry_get_list (sweep, "found");
  GArray *links = iw_entry_get_links (declared);

  g_assert_cmpstr (iw_entry_get_field (declared, "to"), ==, "crsi");
  g_assert_cmpstr (iw_entry_get_field (declared, "statement"), ==, "shown");
  g_assert_null (iw_entry_get_field (declared, "why"));
  g_assert_cmpuint (links->len, ==, 2);
  g_assert_cmpstr (g_array_index (links, IwEntryLink, 0).docid, ==, INCIDENT ":evidence-a");
  g_assert_cmpint (g_array_index (links, IwEntryLink, 0).row, ==, 7);
  g_assert_cmpstr (g_array_index (links, IwEntryLink, 1).docid, ==, INCIDENT ":entry-b");
  g_assert_cmpint (g_array_index (links, IwEntryLink, 1).row, ==, 0);
  g_assert_cmpuint (g_strv_length (found), ==, 2);
  g_assert_cmpstr (found[0], ==, "a");
}

static void
test_incident_document (void)
{
  g_autoptr (JsonObject) full =
      iw_incident_new_document (INCIDENT, "Phished administrator", "A summary", "Europe/Berlin");
  g_autoptr (JsonObject) bare = iw_incident_new_document (INCIDENT, "Title", NULL, "");

  g_assert_cmpstr (json_object_get_string_member (full, "type"), ==, "incident");
  g_assert_cmpint (json_object_get_int_member (full, "v"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (full, "incident"), ==, INCIDENT);
  g_assert_cmpstr (json_object_get_string_member (full, "title"), ==, "Phished administrator");
  g_assert_cmpstr (json_object_get_string_member (full, "summary"), ==, "A summary");
  g_assert_cmpstr (json_object_get_string_member (full, "zone"), ==, "Europe/Berlin");
  g_assert_false (json_object_has_member (bare, "summary"));
  g_assert_false (json_object_has_member (bare, "zone"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/decision-text/state", test_state);
  g_test_add_func ("/decision-text/people", test_people);
  g_test_add_func ("/decision-text/things", test_things);
  g_test_add_func ("/decision-text/all", test_all);
  g_test_add_func ("/decision-text/new", test_new);
  g_test_add_func ("/decision-text/incident-document", test_incident_document);
  return g_test_run ();
}
