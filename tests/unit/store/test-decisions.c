/* Decisions are written once, whatever anybody sends. */
#include "store-fixture.h"

#define D INCIDENT_A ":entry-01900000-0000-7000-8000-0000000000d1"

static char *
severity_body (const char *to)
{
  return g_strdup_printf (
      "{\"type\":\"entry\",\"v\":1,\"incident\":\"" INCIDENT_A "\","
      "\"kind\":\"severity\",\"to\":\"%s\",\"why\":\"because\",\"text\":\"set to %s\","
      "\"occurred_at\":\"2026-11-03T03:00:00Z\"}",
      to, to);
}

/* A revision of a severity decision as a peer sends it; @to NULL: a tombstone. */
static void
arrive (IwStore *store, const char *docid, const char *const *revs, const char *to)
{
  g_autofree char *text = to != NULL ? severity_body (to) : g_strdup ("{}");
  g_autoptr (JsonObject) body = json (text);
  IwReplicatedRev rev = { docid, revs, body, to == NULL };
  g_autoptr (GError) error = NULL;

  iw_store_put_replicated (store, &rev, 1, &error);
  g_assert_no_error (error);
}

static void
assert_clean (IwStore *store)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_store_check (store, FALSE, problems, NULL, &error));
  g_assert_no_error (error);
  if (problems->len > 0)
    g_test_fail_printf ("%s", (char *)problems->pdata[0]);
}

/* What every screen says of D: the list, the fold, the entry, the search. */
static void
assert_severity (IwStore *store, IwSeverity severity)
{
  g_autofree char *words = g_strdup_printf ("\"set to %s\"", iw_severity_to_string (severity));
  g_autoptr (IwIncidentRow) row = iw_query_incident (store, INCIDENT_A, NULL);
  g_autoptr (IwIncidentState) state = iw_query_incident_state (store, INCIDENT_A, NULL);
  g_autoptr (IwEntry) entry = iw_query_entry (store, D, NULL);
  g_autoptr (GPtrArray) hits = iw_query_search (store, words, NULL, 0, NULL, 10, NULL);
  g_autoptr (GPtrArray) entries = iw_query_entries (store, INCIDENT_A, NULL);

  g_assert_nonnull (entry);
  g_assert_cmpint (row->severity, ==, severity);
  g_assert_cmpint (state->severity, ==, severity);
  g_assert_cmpstr (iw_entry_get_field (entry, "to"), ==, iw_severity_to_string (severity));
  g_assert_cmpint (hits->len, ==, 1);
  g_assert_cmpint (row->n_entries, ==, entries->len);
  assert_clean (store);
}

#define assert_refused(store, docid, body, words)                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    IwChange change_ = { docid, body };                                                            \
    g_autoptr (GError) error_ = NULL;                                                              \
    gint64 seq_ = iw_store_get_seq (store);                                                        \
                                                                                                   \
    g_assert_false (iw_store_apply (store, "Change", &change_, 1, 1, &error_));                    \
    g_assert_error (error_, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);                               \
    if (strstr (error_->message, words) == NULL)                                                   \
      g_test_fail_printf ("“%s” does not say “%s”", error_->message, words);                       \
    g_assert_cmpint (iw_store_get_seq (store), ==, seq_);                                          \
  }                                                                                                \
  G_STMT_END

/* ---- the gate ---- */

static void
test_never_edited (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (JsonObject) same = NULL;
  g_autoptr (JsonObject) other = NULL;
  IwChange change;
  g_autoptr (GError) error = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  docid = put_severity (f->store, INCIDENT_A, 1, "low");
  entry = iw_query_entry (f->store, docid, NULL);
  same = iw_entry_to_json (entry);
  change = (IwChange){ docid, same };
  /* What changes nothing is no change. */
  g_assert_true (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  iw_entry_set_field (entry, "to", "high");
  other = iw_entry_to_json (entry);
  assert_refused (f->store, docid, other, "A decision is never edited; decide again instead.");
  assert_refused (f->store, docid, NULL, "A decision is never edited; decide again instead.");
}

/* All or nothing: one refused change takes the others with it. */
static void
test_all_or_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = put_severity (f->store, INCIDENT_A, 1, "low");
  g_autoptr (JsonObject) note = json ("{\"type\":\"x\"}");
  IwChange changes[] = { { INCIDENT_A ":x-1", note }, { docid, NULL } };
  g_autoptr (GError) error = NULL;

  g_assert_false (iw_store_apply (f->store, "Both", changes, 2, 2, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_assert_null (iw_store_get (f->store, INCIDENT_A ":x-1", NULL, NULL));
}

static void
test_becomes_none (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = put_text (f->store, INCIDENT_A, 1, "an observation");
  g_autofree char *text = severity_body ("high");
  g_autoptr (JsonObject) body = json (text);

  assert_refused (f->store, docid, body, "cannot become a decision");
}

static void
test_invalid_decisions (Fixture *f, gconstpointer data)
{
  g_autoptr (IwEntry) crsi = iw_decision_new (INCIDENT_A, "declaration", NULL, NULL);
  g_autoptr (IwEntry) close = iw_decision_new (INCIDENT_A, "stage", "to", "closed", NULL);
  g_autoptr (IwEntry) defer = iw_decision_new (INCIDENT_A, "notice-state", "subject",
                                               INCIDENT_A ":notice-1", "to", "deferred", NULL);
  g_autoptr (JsonObject) crsi_body = iw_entry_to_json (crsi);
  g_autoptr (JsonObject) close_body = iw_entry_to_json (close);
  g_autoptr (JsonObject) defer_body = iw_entry_to_json (defer);
  g_autoptr (JsonObject) silent = json ("{\"type\":\"entry\",\"incident\":\"" INCIDENT_A
                                        "\",\"kind\":\"severity\",\"to\":\"enormous\"}");

  /* All that is wrong is named, not the first alone. */
  assert_refused (f->store, D, crsi_body, "Duty");
  assert_refused (f->store, D, crsi_body, "Declared");
  assert_refused (f->store, D, close_body, "Verification");
  assert_refused (f->store, D, defer_body, "Legal");
  assert_refused (f->store, D, silent, "Severity");
}

static void
test_invalid_documents (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) team = json ("{\"type\":\"team\"}");
  g_autoptr (JsonObject) task = json ("{\"type\":\"task\",\"title\":\"x\",\"phase\":\"tomorrow\"}");
  g_autoptr (JsonObject) other = json ("{\"type\":\"something-newer\",\"name\":[]}");
  IwChange change = { "workspace:something-1", other };
  g_autoptr (GError) error = NULL;

  assert_refused (f->store, "workspace:team-1", team, "Name");
  assert_refused (f->store, INCIDENT_A ":task-1", task, "Phase");
  g_assert_true (iw_store_apply (f->store, "Change", &change, 1, 1, &error));
  g_assert_no_error (error);
}

/* ---- what peers send ---- */

static const char *const first[] = { "1-a", NULL };
static const char *const second[] = { "2-z", "1-a", NULL };
static const char *const third[] = { "3-z", "2-z", "1-a", NULL };
static const char *const root[] = { "1-b", NULL };

static void
test_peer_edits (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *winner = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  arrive (f->store, D, first, "high");
  assert_severity (f->store, IW_SEVERITY_HIGH);
  arrive (f->store, D, second, "low");
  assert_severity (f->store, IW_SEVERITY_HIGH);
  arrive (f->store, D, third, NULL);
  assert_severity (f->store, IW_SEVERITY_HIGH);
  body = iw_store_get (f->store, D, &rev, NULL);
  g_assert_cmpstr (rev, ==, "1-a");
  /* The protocol's own view is untouched. */
  winner = winner_of (f->store, D);
  g_assert_cmpstr (winner, ==, "3-z");
}

/* However it is deleted, it stays: also below another branch, also as another type. */
static void
test_peer_deletes (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) note = json ("{\"type\":\"x\",\"title\":\"nothing to see\"}");
  IwReplicatedRev other = { D, third, note, FALSE };

  put_incident (f->store, INCIDENT_A, "A");
  arrive (f->store, D, first, "high");
  arrive (f->store, D, second, NULL);
  assert_severity (f->store, IW_SEVERITY_HIGH);
  g_assert_true (iw_store_put_replicated (f->store, &other, 1, NULL));
  assert_severity (f->store, IW_SEVERITY_HIGH);
  assert_refused (f->store, D, NULL, "never edited");
}

/* Revisions in any order, and in one go, give the same. */
static void
test_any_order (void)
{
  static const struct
  {
    const char *const *revs;
    const char *to;
  } all[] = { { first, "high" }, { second, "low" }, { third, NULL }, { root, "medium" } };
  static const guint orders[][4] = {
    { 0, 1, 2, 3 }, { 3, 2, 1, 0 }, { 2, 0, 3, 1 }, { 1, 3, 0, 2 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      Fixture f;

      set_up (&f, NULL);
      put_incident (f.store, INCIDENT_A, "A");
      for (guint k = 0; k < 4; k++)
        arrive (f.store, D, all[orders[i][k]].revs, all[orders[i][k]].to);
      /* Two people cannot have made the same id; of the two the greater hash counts, as for
       * winners. */
      assert_severity (f.store, IW_SEVERITY_MEDIUM);
      tear_down (&f, NULL);
    }
}

/* Only a later revision came: it is what is known, until the first is. */
static void
test_first_comes_last (Fixture *f, gconstpointer data)
{
  put_incident (f->store, INCIDENT_A, "A");
  arrive (f->store, D, second, "low");
  assert_severity (f->store, IW_SEVERITY_LOW);
  arrive (f->store, D, first, "high");
  assert_severity (f->store, IW_SEVERITY_HIGH);
}

/* A root that is no decision does not hide one that is. */
static void
test_other_root (Fixture *f, gconstpointer data)
{
  static const char *const higher[] = { "1-f", NULL };
  g_autoptr (JsonObject) note = json ("{\"type\":\"entry\",\"incident\":\"" INCIDENT_A
                                      "\",\"kind\":\"note\",\"text\":\"nothing\"}");
  IwReplicatedRev rev = { D, higher, note, FALSE };

  put_incident (f->store, INCIDENT_A, "A");
  arrive (f->store, D, first, "high");
  g_assert_true (iw_store_put_replicated (f->store, &rev, 1, NULL));
  assert_severity (f->store, IW_SEVERITY_HIGH);
}

/* An observation that a peer turns into a decision is shown as it was, and decides nothing. */
static void
test_turned (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;
  g_autofree char *winner = NULL;
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (IwIncidentRow) row = NULL;
  const char *revs[] = { "2-z", NULL, NULL };

  put_incident (f->store, INCIDENT_A, "A");
  docid = put_text (f->store, INCIDENT_A, 1, "an observation");
  revs[1] = winner = winner_of (f->store, docid);
  arrive (f->store, docid, revs, "critical");
  entry = iw_query_entry (f->store, docid, NULL);
  row = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpstr (iw_entry_get_text (entry), ==, "an observation");
  g_assert_cmpint (row->severity, ==, IW_SEVERITY_UNSET);
  assert_clean (f->store);
}

/* What breaks the rules is stored and shown, and counts for nothing. */
static void
test_against_the_rules (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json ("{\"type\":\"entry\",\"incident\":\"" INCIDENT_A
                                      "\",\"kind\":\"classification\",\"to\":\"crsi\"}");
  IwReplicatedRev rev = { D, first, body, FALSE };
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  g_assert_true (iw_store_put_replicated (f->store, &rev, 1, NULL));
  row = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (row->classification, ==, IW_CLASSIFICATION_UNSET);
  g_assert_cmpint (row->due_at, ==, 0);
  entries = iw_query_entries (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (entries->len, ==, 1);
  assert_clean (f->store);
}

/* Other documents are edited and deleted as ever. */
static void
test_others_change (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = put_text (f->store, INCIDENT_A, 1, "first words");
  g_autofree char *winner = winner_of (f->store, docid);
  const char *revs[] = { "2-z", winner, NULL };
  g_autoptr (JsonObject) body = json ("{}");
  IwReplicatedRev rev = { docid, revs, body, TRUE };

  g_assert_true (iw_store_put_replicated (f->store, &rev, 1, NULL));
  g_assert_null (iw_query_entry (f->store, docid, NULL));
  assert_clean (f->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/decisions/never-edited", test_never_edited);
  add_test ("/decisions/all-or-nothing", test_all_or_nothing);
  add_test ("/decisions/becomes-none", test_becomes_none);
  add_test ("/decisions/invalid-decisions", test_invalid_decisions);
  add_test ("/decisions/invalid-documents", test_invalid_documents);
  add_test ("/decisions/peer-edits", test_peer_edits);
  add_test ("/decisions/peer-deletes", test_peer_deletes);
  g_test_add_func ("/decisions/any-order", test_any_order);
  add_test ("/decisions/first-comes-last", test_first_comes_last);
  add_test ("/decisions/other-root", test_other_root);
  add_test ("/decisions/turned", test_turned);
  add_test ("/decisions/against-the-rules", test_against_the_rules);
  add_test ("/decisions/others-change", test_others_change);
  return g_test_run ();
}
