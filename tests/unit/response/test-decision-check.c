/* test-decision-check.c: what may be in force, whatever road it came by (process.md C3, N3, P4) */
#include "form-fixture.h"

#include <string.h>

#define LINK INCIDENT ":entry-1"
#define SUBJECT INCIDENT ":x-1"

typedef struct
{
  const char *name;   /* of the case */
  const char *fields; /* of an entry, as JSON members */
  const char *wrong;  /* the field with the problem; NULL: it is good */
} Case;

static IwEntry *
read_entry (const char *fields)
{
  g_autofree char *json =
      g_strdup_printf ("{\"type\":\"entry\",\"v\":1,\"incident\":\"%s\",%s}", INCIDENT, fields);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  IwEntry *entry;

  node = json_from_string (json, &error);
  g_assert_no_error (error);
  entry = iw_entry_new_from_json (NULL, json_node_get_object (node), &error);
  g_assert_no_error (error);
  return entry;
}

static void
assert_case (const Case *wanted)
{
  g_autoptr (IwEntry) entry = read_entry (wanted->fields);
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  gboolean good = iw_decision_check (entry, problems);
  g_autofree char *text = iw_problems_to_text (problems);

  g_test_message ("%s: %s", wanted->name, text);
  g_assert_cmpint (good, ==, wanted->wrong == NULL);
  if (wanted->wrong == NULL)
    {
      g_assert_cmpstr (text, ==, "");
      return;
    }
  g_assert_nonnull (problem_at (problems, wanted->wrong));
  /* Nothing else is wrong with it, so that each rule is shown to hold alone. */
  for (guint i = 0; i < problems->len; i++)
    g_assert_cmpstr (((IwProblem *)problems->pdata[i])->field, ==, wanted->wrong);
}

#define CRSI                                                                                       \
  "\"kind\":\"classification\",\"to\":\"crsi\",\"access\":\"occurred\",\"duty\":\"none\","         \
  "\"statement\":\"the log shows it\",\"declared_by\":\"A. Sato\","                                \
  "\"links\":[{\"document\":\"" LINK "\"}]"
#define DEFERRAL                                                                                   \
  "\"kind\":\"notice\",\"subject\":\"" SUBJECT "\",\"audience\":\"customers\","                    \
  "\"to\":\"deferred\",\"grounds\":\"risk-to-others\",\"why\":\"they would be warned\","           \
  "\"legal\":\"J. Ortiz\",\"executive\":\"M. Ito\""
#define CLOSING                                                                                    \
  "\"kind\":\"stage\",\"to\":\"closed\",\"risk_contained\":\"true\","                              \
  "\"measures_implemented\":\"true\",\"verification\":\"swept all hosts\""

static const Case cases[] = {
  /* C3 */
  { "crsi", CRSI, NULL },
  { "crsi by duty alone", CRSI ",\"access\":\"none\",\"duty\":\"legal\"", NULL },
  { "crsi with neither", CRSI ",\"access\":\"none\"", "access" },
  { "crsi without determination", CRSI ",\"access\":null", "access" },
  { "crsi without duty", CRSI ",\"duty\":\"\"", "duty" },
  { "crsi without statement", CRSI ",\"statement\":\" \\n\\t\"", "statement" },
  { "crsi by nobody", CRSI ",\"declared_by\":null", "declared_by" },
  { "crsi by an object", CRSI ",\"declared_by\":{\"name\":\"A. Sato\"}", "declared_by" },
  { "crsi without evidence", CRSI ",\"links\":[]", "links" },
  { "crsi with a link to nothing", CRSI ",\"links\":[{}]", "links" },
  { "crsi with an odd access", CRSI ",\"access\":\"maybe\"", "access" },
  /* C1, C2 */
  { "security incident", "\"kind\":\"classification\",\"to\":\"security-incident\"", NULL },
  { "changed without reason",
    "\"kind\":\"classification\",\"from\":\"crsi\",\"to\":\"security-incident\"", "why" },
  { "false positive without follow-up",
    "\"kind\":\"classification\",\"to\":\"false-positive\",\"root_cause\":\"a job\"", "follow_up" },
  { "false positive without cause",
    "\"kind\":\"classification\",\"to\":\"false-positive\",\"follow_up\":\"tune\"", "root_cause" },
  { "privacy of nobody", "\"kind\":\"classification\",\"to\":\"privacy\"", "data_subjects" },
  { "privacy of whom",
    "\"kind\":\"classification\",\"to\":\"privacy\",\"data_subjects\":[\"cats\"]",
    "data_subjects" },
  { "privacy", "\"kind\":\"classification\",\"to\":\"privacy\",\"data_subjects\":[\"employees\"]",
    NULL },
  { "classified as nothing", "\"kind\":\"classification\"", "to" },
  /* P3, P4 */
  { "closing", CLOSING, NULL },
  { "closing without verification", CLOSING ",\"verification\":null", "verification" },
  { "closing at risk", CLOSING ",\"risk_contained\":null", "risk_contained" },
  { "closing with a risk that is no text", CLOSING ",\"risk_contained\":true", "risk_contained" },
  { "closing with a risk of one", CLOSING ",\"risk_contained\":\"1\"", "risk_contained" },
  { "closing without measures", CLOSING ",\"measures_implemented\":\"false\"",
    "measures_implemented" },
  { "forth", "\"kind\":\"stage\",\"from\":\"detect\",\"to\":\"diagnose\"", NULL },
  { "back", "\"kind\":\"stage\",\"from\":\"stabilise\",\"to\":\"diagnose\"", "why" },
  { "back with reason",
    "\"kind\":\"stage\",\"from\":\"stabilise\",\"to\":\"diagnose\",\"why\":\"another host\"",
    NULL },
  { "reopened", "\"kind\":\"stage\",\"from\":\"closed\",\"to\":\"assess\"", "why" },
  { "a stage of the future", "\"kind\":\"stage\",\"to\":\"archive\"", "to" },
  /* N2, N3 */
  { "deferral", DEFERRAL, NULL },
  { "deferral without legal", DEFERRAL ",\"legal\":null", "legal" },
  { "deferral without executive", DEFERRAL ",\"executive\":\" \"", "executive" },
  { "deferral without grounds", DEFERRAL ",\"grounds\":null", "grounds" },
  { "deferral on odd grounds", DEFERRAL ",\"grounds\":\"busy\"", "grounds" },
  { "deferral without reason", DEFERRAL ",\"why\":null", "why" },
  { "deferral until whenever", DEFERRAL ",\"until\":\"whenever\"", "until" },
  { "deferral of nothing", DEFERRAL ",\"subject\":null", "subject" },
  { "notice to an odd audience", DEFERRAL ",\"audience\":\"press\"", "audience" },
  { "approved without sum",
    "\"kind\":\"notice\",\"subject\":\"" SUBJECT "\",\"audience\":\"customers\","
    "\"to\":\"approved\"",
    "digest" },
  { "approved with an odd sum",
    "\"kind\":\"notice\",\"subject\":\"" SUBJECT "\",\"audience\":\"customers\","
    "\"to\":\"approved\",\"digest\":\"abc\"",
    "digest" },
  { "sent to nobody",
    "\"kind\":\"notice\",\"subject\":\"" SUBJECT "\",\"audience\":\"customers\",\"to\":\"sent\","
    "\"digest\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\","
    "\"method\":\"mail\",\"recipients\":\"a@example.org\"",
    "recipients" },
  /* D1 to D3 */
  { "detection", "\"kind\":\"detection\",\"to\":\"customer-report\",\"realm\":\"own\"", NULL },
  { "not ours", "\"kind\":\"detection\",\"to\":\"customer-report\",\"realm\":\"customer-only\"",
    "referred_to" },
  { "assessment without evidence", "\"kind\":\"assessment\",\"to\":\"escalate\",\"why\":\"x\"",
    "evidence" },
  { "assessment with links",
    "\"kind\":\"assessment\",\"to\":\"escalate\",\"why\":\"x\","
    "\"links\":[{\"evidence\":\"" SUBJECT "\",\"row\":3}]",
    NULL },
  /* C4, C5 */
  { "severity at first", "\"kind\":\"severity\",\"to\":\"low\"", NULL },
  { "severity changed", "\"kind\":\"severity\",\"from\":\"low\",\"to\":\"high\"", "why" },
  { "urgent and low",
    "\"kind\":\"impact\",\"functional\":\"none\",\"information\":\"none\","
    "\"recoverability\":\"regular\",\"risk\":\"imminent\",\"proposed_severity\":\"high\","
    "\"proposed_priority\":\"p1\",\"severity\":\"low\",\"override_why\":\"we are tired\"",
    "severity" },
  { "override without reason",
    "\"kind\":\"impact\",\"functional\":\"none\",\"information\":\"none\","
    "\"recoverability\":\"regular\",\"risk\":\"none\",\"proposed_severity\":\"low\","
    "\"proposed_priority\":\"p4\",\"severity\":\"high\"",
    "override_why" },
  { "an impact that forgets its proposal",
    "\"kind\":\"impact\",\"functional\":\"none\",\"information\":\"none\","
    "\"recoverability\":\"regular\",\"risk\":\"none\",\"priority\":\"p2\"",
    "override_why" },
  /* R3, R4 */
  { "relieved", "\"kind\":\"role\",\"role\":\"scribe\"", NULL },
  { "a role nobody knows", "\"kind\":\"role\",\"role\":\"hero\",\"to\":\"A. Sato\"", "role" },
  { "escalation",
    "\"kind\":\"escalation\",\"from\":\"R. Okafor\",\"to\":\"Legal\",\"why\":\"x\",\"ask\":\"y\","
    "\"due\":\"30\",\"due_at\":\"2026-11-03T14:30:00Z\"",
    NULL },
  { "escalation due as it is typed",
    "\"kind\":\"escalation\",\"from\":\"R. Okafor\",\"to\":\"Legal\",\"why\":\"x\",\"ask\":\"y\","
    "\"due\":\"30 min\"",
    "due" },
  { "escalation due at once",
    "\"kind\":\"escalation\",\"from\":\"R. Okafor\",\"to\":\"Legal\",\"why\":\"x\",\"ask\":\"y\","
    "\"due\":0",
    "due" },
  { "a number is as good as its digits",
    "\"kind\":\"escalation\",\"from\":\"R. Okafor\",\"to\":\"Legal\",\"why\":\"x\",\"ask\":\"y\","
    "\"due\":45",
    NULL },
  { "declined without reason",
    "\"kind\":\"acknowledgement\",\"subject\":\"" SUBJECT "\",\"to\":\"declined\"", "why" },
  { "activity", "\"kind\":\"activity\",\"activity\":\"forensics\",\"to\":\"in-progress\"", NULL },
  { "an activity nobody knows",
    "\"kind\":\"activity\",\"activity\":\"coffee\",\"to\":\"in-progress\"", "activity" },
  /* N1 */
  { "clock",
    "\"kind\":\"clock\",\"name\":\"Regulator\",\"clock_kind\":\"regulator\","
    "\"start\":\"2026-11-03T14:00:00Z\",\"duration\":\"4320\",\"ends_on\":\"manual\"",
    NULL },
  { "a clock without start",
    "\"kind\":\"clock\",\"name\":\"Regulator\",\"clock_kind\":\"regulator\","
    "\"duration\":\"4320\",\"ends_on\":\"manual\"",
    "start" },
  { "a clock of a thousand years",
    "\"kind\":\"clock\",\"name\":\"Regulator\",\"clock_kind\":\"regulator\","
    "\"start\":\"2026-11-03T14:00:00Z\",\"duration\":\"525960000\",\"ends_on\":\"manual\"",
    "duration" },
  { "stopped without reason",
    "\"kind\":\"clock-end\",\"subject\":\"" SUBJECT "\",\"to\":\"stopped\"", "why" },
  /* E2, E3, E5, D4, S1 */
  { "scope without evidence", "\"kind\":\"scope\",\"subject\":\"" SUBJECT "\",\"to\":\"confirmed\"",
    "why" },
  { "handed over to nobody",
    "\"kind\":\"custody\",\"subject\":\"" SUBJECT "\",\"to\":\"handed-over\"", "to_person" },
  { "unmarked", "\"kind\":\"marking\",\"subject\":\"" SUBJECT "\",\"why\":\"a test file\"", NULL },
  { "an odd mark",
    "\"kind\":\"marking\",\"subject\":\"" SUBJECT "\",\"why\":\"x\",\"marks\":[\"pink\"]",
    "marks" },
  { "approval of nothing",
    "\"kind\":\"approval\",\"recipient\":\"x\",\"purpose\":\"y\",\"approved_by\":\"z\"", "items" },
  { "approval by nobody",
    "\"kind\":\"approval\",\"items\":[\"" SUBJECT "\"],\"recipient\":\"x\",\"purpose\":\"y\"",
    "approved_by" },
  { "release",
    "\"kind\":\"release\",\"items\":[\"" SUBJECT "\"],"
    "\"manifest\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"",
    NULL },
  { "release without manifest", "\"kind\":\"release\",\"items\":[\"" SUBJECT "\"]", "manifest" },
  { "a sweep for nothing", "\"kind\":\"sweep\",\"where\":\"all hosts\"", "found" },
  { "dropped without reason", "\"kind\":\"task\",\"subject\":\"" SUBJECT "\",\"to\":\"dropped\"",
    "why" },
  { "withdrawn without reason", "\"kind\":\"withdrawal\",\"subject\":\"" SUBJECT "\"", "why" },
  { "withdrawal of nothing", "\"kind\":\"withdrawal\",\"why\":\"Undone\"", "subject" },
  /* not ruled */
  { "an observation", "\"kind\":\"observation\",\"to\":\"closed\"", NULL },
  { "from the future", "\"kind\":\"hologram\",\"to\":\"closed\"", NULL },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_case (&cases[i]);
}

static void
assert_too_long (const char *kind, const char *field, gsize length)
{
  g_autofree char *value = g_strnfill (length, 'x');
  g_autoptr (IwEntry) good = iw_decision_new (INCIDENT, kind, field, "x", NULL);
  g_autoptr (IwEntry) bad = iw_decision_new (INCIDENT, kind, field, value, NULL);
  g_autoptr (GPtrArray) before = iw_problems_new ();
  g_autoptr (GPtrArray) after = iw_problems_new ();

  iw_decision_check (good, before);
  iw_decision_check (bad, after);
  g_assert_null (problem_at (before, field));
  g_assert_nonnull (problem_at (after, field));
}

static void
test_sizes (void)
{
  g_autoptr (IwEntry) entry = iw_decision_new (INCIDENT, "sweep", "where", "x", NULL);
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  g_autofree char **many = g_new0 (char *, 100002);

  assert_too_long ("containment", "what", 5000);
  assert_too_long ("assessment", "why", 70000);
  assert_too_long ("role", "to", 5000);
  assert_too_long ("sweep", "found", 2000);

  for (guint i = 0; i <= 100000; i++)
    many[i] = (char *)"x";
  iw_entry_set_list (entry, "found", (const char *const *)many);
  g_assert_false (iw_decision_check (entry, problems));
  g_assert_cmpstr (problem_at (problems, "found"), ==, "Found has more than 100000 lines.");
}

/* Bodies with any type in any place are answered, and never let a forbidden state through. */
static void
test_hostile (void)
{
  static const char *const values[] = {
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1e308",
    "\"\"",
    "\"x\"",
    "\"true\"",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[\"true\"]",
    "{\"a\":{}}",
    "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "[{\"document\":3}]",
  };
  static const char *const required[] = { "access", "duty", "statement", "declared_by", "links" };
  guint n;
  const IwFormKind *const *kinds = iw_form_kinds (&n);

  for (guint k = 0; k < n; k++)
    for (guint v = 0; v < G_N_ELEMENTS (values); v++)
      {
        g_autoptr (GString) fields = g_string_new (NULL);
        g_autofree char *json = NULL;
        g_autoptr (JsonNode) node = NULL;
        g_autoptr (GPtrArray) problems = iw_problems_new ();
        g_autoptr (IwEntry) entry = NULL;

        g_string_append_printf (fields, "\"kind\":\"%s\"",
                                iw_entry_kind_to_string (kinds[k]->entry_kind));
        for (guint f = 0; f < kinds[k]->n_fields; f++)
          g_string_append_printf (fields, ",\"%s\":%s", kinds[k]->fields[f].name, values[v]);
        json = g_strdup_printf ("{\"incident\":\"%s\",%s}", INCIDENT, fields->str);
        node = json_from_string (json, NULL);
        if (node == NULL)
          continue;
        iw_document_check (kinds[k]->doc_type, json_node_get_object (node), problems);
        entry = iw_entry_new_from_json (NULL, json_node_get_object (node), NULL);
        if (entry != NULL)
          iw_decision_check (entry, problems);
      }

  for (guint r = 0; r < G_N_ELEMENTS (required); r++)
    for (guint v = 0; v < G_N_ELEMENTS (values); v++)
      {
        g_autofree char *json = g_strdup_printf ("{\"incident\":\"%s\"," CRSI ",\"%s\":%s}",
                                                 INCIDENT, required[r], values[v]);
        g_autoptr (JsonNode) node = json_from_string (json, NULL);
        g_autoptr (IwEntry) entry =
            node == NULL ? NULL : iw_entry_new_from_json (NULL, json_node_get_object (node), NULL);
        g_autoptr (GPtrArray) problems = iw_problems_new ();
        const char *field = NULL;

        if (entry == NULL || !iw_decision_check (entry, problems))
          continue;
        /* What passed is text that says something. */
        g_assert_cmpstr (required[r], !=, "links");
        field = iw_entry_get_field (entry, required[r]);
        g_assert_nonnull (field);
        g_assert_true (*field != '\0');
      }
}

static void
test_documents (void)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (GPtrArray) problems = iw_problems_new ();

  g_assert_false (iw_document_check ("indicator", body, problems));
  g_assert_nonnull (problem_at (problems, "value"));
  json_object_set_string_member (body, "indicator_type", "ip");
  json_object_set_string_member (body, "value", "not an address");
  g_ptr_array_set_size (problems, 0);
  g_assert_false (iw_document_check ("indicator", body, problems));
  g_assert_nonnull (problem_at (problems, "value"));
  json_object_set_string_member (body, "value", "203.0.113.24");
  g_ptr_array_set_size (problems, 0);
  g_assert_true (iw_document_check ("indicator", body, problems));
  g_assert_true (iw_document_check ("incident", body, problems));
  g_assert_true (iw_document_check ("from-the-future", body, problems));
  /* What is asked of customers alone is not looked at elsewhere. */
  g_clear_pointer (&body, json_object_unref);
  body = json_object_new ();
  json_object_set_string_member (body, "scope_kind", "service");
  json_object_set_string_member (body, "name", "Mail");
  g_assert_true (iw_document_check ("scope", body, problems));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/decision-check/cases", test_cases);
  g_test_add_func ("/decision-check/sizes", test_sizes);
  g_test_add_func ("/decision-check/hostile", test_hostile);
  g_test_add_func ("/decision-check/documents", test_documents);
  return g_test_run ();
}
