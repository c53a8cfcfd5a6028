/* Undo and redo of decisions: nothing is deleted, and any number of times. */
#include "store-fixture.h"

#define TASK INCIDENT_A ":task-01900000-0000-7000-8000-0000000000f1"

static char **
undo (IwStore *store)
{
  g_autoptr (GError) error = NULL;
  char **changed = NULL;

  iw_store_undo (store, &changed, &error);
  g_assert_no_error (error);
  return changed;
}

static char **
redo (IwStore *store)
{
  g_autoptr (GError) error = NULL;
  char **changed = NULL;

  iw_store_redo (store, &changed, &error);
  g_assert_no_error (error);
  return changed;
}

static void
assert_clean (IwStore *store)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (iw_store_check (store, FALSE, problems, NULL, NULL));
  if (problems->len > 0)
    g_test_fail_printf ("%s", (char *)problems->pdata[0]);
}

static void
assert_severity (IwStore *store, IwSeverity severity, guint n_entries)
{
  g_autoptr (IwIncidentRow) row = iw_query_incident (store, INCIDENT_A, NULL);
  g_autoptr (GPtrArray) entries = iw_query_entries (store, INCIDENT_A, NULL);

  g_assert_cmpint (row->severity, ==, severity);
  g_assert_cmpint (entries->len, ==, n_entries);
  g_assert_cmpint (row->n_entries, ==, n_entries);
  assert_clean (store);
}

/* What a withdrawal says. */
static void
test_says (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;
  g_auto (GStrv) changed = NULL;
  g_autoptr (IwEntry) kept = NULL;
  g_autoptr (IwEntry) withdrawal = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  docid = put_severity (f->store, INCIDENT_A, 1, "high");
  changed = undo (f->store);
  g_assert_cmpint (g_strv_length (changed), ==, 2);
  g_assert_cmpstr (changed[0], ==, docid);
  kept = iw_query_entry (f->store, docid, NULL);
  g_assert_cmpstr (iw_entry_get_field (kept, "to"), ==, "high");
  withdrawal = iw_query_entry (f->store, changed[1], NULL);
  g_assert_cmpint (iw_entry_get_kind (withdrawal), ==, IW_ENTRY_WITHDRAWAL);
  g_assert_cmpstr (iw_entry_get_field (withdrawal, "subject"), ==, docid);
  g_assert_cmpstr (iw_entry_get_field (withdrawal, "of"), ==, "severity");
  g_assert_cmpstr (iw_entry_get_field (withdrawal, "why"), ==, "Undone");
  g_assert_cmpstr (iw_entry_get_actor (withdrawal), ==, "A. Sato");
  g_assert_cmpstr (iw_entry_get_field (withdrawal, "created_by"), ==, "A. Sato");
  g_assert_cmpint (iw_entry_get_sort_time (withdrawal), >=, TEST_START);
  g_assert_true (iw_time_is_set (iw_entry_get_recorded (withdrawal)));
  assert_severity (f->store, IW_SEVERITY_UNSET, 2);
}

static void
test_back_and_forth (Fixture *f, gconstpointer data)
{
  put_incident (f->store, INCIDENT_A, "A");
  g_free (put_severity (f->store, INCIDENT_A, 1, "low"));
  g_free (put_severity (f->store, INCIDENT_A, 2, "high"));
  for (guint i = 0; i < 4; i++)
    {
      guint n = 2 + 4 * i;

      assert_severity (f->store, IW_SEVERITY_HIGH, n);
      g_strfreev (undo (f->store));
      assert_severity (f->store, IW_SEVERITY_LOW, n + 1);
      reopen (f);
      g_strfreev (undo (f->store));
      assert_severity (f->store, IW_SEVERITY_UNSET, n + 2);
      reopen (f);
      g_strfreev (redo (f->store));
      assert_severity (f->store, IW_SEVERITY_LOW, n + 3);
      g_strfreev (redo (f->store));
    }
}

/* A decision and the document that it comes with, in one action. */
static void
test_with_documents (Fixture *f, gconstpointer data)
{
  g_autoptr (IwEntry) decision =
      iw_decision_new (INCIDENT_A, "classification", "to", "false-positive", "root_cause",
                       "a scanner", "follow_up", "tune the rule", NULL);
  g_autoptr (JsonObject) entry = iw_entry_to_json (decision);
  g_autoptr (JsonObject) task = json ("{\"type\":\"task\",\"title\":\"Tune the rule\","
                                      "\"phase\":\"follow-up\"}");
  g_autofree char *docid = iw_id_new_document (f->context, INCIDENT_A, "entry");
  IwChange changes[] = { { docid, entry }, { TASK, task } };
  g_autoptr (GError) error = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  iw_store_apply (f->store, "Classify", changes, 2, 1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (IwIncidentRow) row = NULL;
      g_autoptr (IwIncidentRow) gone = NULL;

      row = iw_query_incident (f->store, INCIDENT_A, NULL);
      g_assert_cmpint (row->classification, ==, IW_CLASSIFICATION_FALSE_POSITIVE);
      assert_field (f->store, TASK, "title", "Tune the rule");
      g_strfreev (undo (f->store));
      gone = iw_query_incident (f->store, INCIDENT_A, NULL);
      g_assert_cmpint (gone->classification, ==, IW_CLASSIFICATION_UNSET);
      assert_field (f->store, TASK, "title", NULL);
      g_strfreev (redo (f->store));
    }
  assert_clean (f->store);
}

/* An incident goes with its first decisions, and comes back with them: no withdrawals. */
static void
test_new_incident (Fixture *f, gconstpointer data)
{
  g_autofree char *incident_id = iw_id_incident_document (INCIDENT_A);
  g_autofree char *docid = iw_id_new_document (f->context, INCIDENT_A, "entry");
  g_autoptr (JsonObject) incident = iw_incident_new_document (INCIDENT_A, "A", "", "UTC");
  g_autoptr (IwEntry) decision =
      iw_decision_new (INCIDENT_A, "severity", "to", "high", "why", "so", NULL);
  g_autoptr (JsonObject) entry = iw_entry_to_json (decision);
  IwChange changes[] = { { incident_id, incident }, { docid, entry } };
  g_autoptr (GPtrArray) hits = NULL;

  g_assert_true (iw_store_apply (f->store, "New Incident", changes, 2, 1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      assert_severity (f->store, IW_SEVERITY_HIGH, 1);
      g_strfreev (undo (f->store));
      g_assert_null (iw_query_incident (f->store, INCIDENT_A, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
      hits = iw_query_search (f->store, "severity ", NULL, 0, NULL, 10, NULL);
      g_assert_cmpint (hits->len, ==, 0);
      g_clear_pointer (&hits, g_ptr_array_unref);
      assert_clean (f->store);
      g_strfreev (redo (f->store));
    }
  assert_severity (f->store, IW_SEVERITY_HIGH, 1);
  hits = iw_query_search (f->store, "severity ", NULL, 0, NULL, 10, NULL);
  g_assert_cmpint (hits->len, ==, 1);
}

/* An incident that is only edited stays, and the decision is withdrawn. */
static void
test_edited_incident (Fixture *f, gconstpointer data)
{
  g_autofree char *incident_id = iw_id_incident_document (INCIDENT_A);
  g_autofree char *docid = iw_id_new_document (f->context, INCIDENT_A, "entry");
  g_autoptr (JsonObject) incident = iw_incident_new_document (INCIDENT_A, "B", "", "UTC");
  g_autoptr (IwEntry) decision =
      iw_decision_new (INCIDENT_A, "severity", "to", "high", "why", "so", NULL);
  g_autoptr (JsonObject) entry = iw_entry_to_json (decision);
  IwChange changes[] = { { incident_id, incident }, { docid, entry } };

  put_incident (f->store, INCIDENT_A, "A");
  g_assert_true (iw_store_apply (f->store, "Both", changes, 2, 1, NULL));
  g_strfreev (undo (f->store));
  assert_severity (f->store, IW_SEVERITY_UNSET, 2);
  assert_field (f->store, incident_id, "title", "A");
  g_strfreev (redo (f->store));
  assert_severity (f->store, IW_SEVERITY_HIGH, 3);
  assert_field (f->store, incident_id, "title", "B");
}

/* Withdrawing is a decision, and undone as one. */
static void
test_withdrawal_itself (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  docid = put_severity (f->store, INCIDENT_A, 1, "high");
  g_free (put_decision (f->store, 2,
                        iw_decision_new (INCIDENT_A, "withdrawal", "subject", docid, "why",
                                         "the wrong incident", NULL)));
  assert_severity (f->store, IW_SEVERITY_UNSET, 2);
  g_strfreev (undo (f->store));
  assert_severity (f->store, IW_SEVERITY_HIGH, 3);
  g_strfreev (redo (f->store));
  assert_severity (f->store, IW_SEVERITY_UNSET, 4);
  g_strfreev (undo (f->store));
  g_strfreev (undo (f->store));
  assert_severity (f->store, IW_SEVERITY_UNSET, 6);
}

/* An import may hold a decision and its withdrawal; it is undone as a whole. */
static void
test_both_in_one (Fixture *f, gconstpointer data)
{
  g_autofree char *one = iw_id_new_document (f->context, INCIDENT_A, "entry");
  g_autofree char *two = iw_id_new_document (f->context, INCIDENT_A, "entry");
  g_autofree char *three = iw_id_new_document (f->context, INCIDENT_A, "entry");
  g_autoptr (IwEntry) low =
      iw_decision_new (INCIDENT_A, "severity", "to", "low", "why", "so", NULL);
  g_autoptr (IwEntry) high =
      iw_decision_new (INCIDENT_A, "severity", "to", "high", "why", "so", NULL);
  g_autoptr (IwEntry) taken =
      iw_decision_new (INCIDENT_A, "withdrawal", "subject", two, "why", "Undone", NULL);
  g_autoptr (JsonObject) low_body = iw_entry_to_json (low);
  g_autoptr (JsonObject) high_body = iw_entry_to_json (high);
  g_autoptr (JsonObject) taken_body = iw_entry_to_json (taken);
  IwChange changes[] = { { one, low_body }, { two, high_body }, { three, taken_body } };

  put_incident (f->store, INCIDENT_A, "A");
  g_assert_true (iw_store_apply (f->store, "Import", changes, 3, 3, NULL));
  for (guint i = 0; i < 2; i++)
    {
      assert_severity (f->store, IW_SEVERITY_LOW, 3 + i * 6);
      g_strfreev (undo (f->store));
      assert_severity (f->store, IW_SEVERITY_UNSET, 6 + i * 6);
      g_strfreev (redo (f->store));
    }
}

/* ---- somebody else ---- */

/* A decision that arrives from a peer. */
static void
arrive (IwStore *store, const char *docid, IwEntry *entry)
{
  static const char *const revs[] = { "1-a", NULL };
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);
  IwReplicatedRev rev = { docid, revs, body, FALSE };
  g_autoptr (GError) error = NULL;

  iw_store_put_replicated (store, &rev, 1, &error);
  g_assert_no_error (error);
  g_object_unref (entry);
}

static IwEntry *
withdrawal_of (const char *docid)
{
  return iw_decision_new (INCIDENT_A, "withdrawal", "subject", docid, "why", "by a peer", NULL);
}

#define PEER INCIDENT_A ":entry-01900000-0000-7000-8000-0000000000c1"

static void
assert_conflict (IwStore *store, gboolean (*act) (IwStore *, char ***, GError **))
{
  g_autoptr (GError) error = NULL;
  gint64 seq = iw_store_get_seq (store);

  g_assert_false (act (store, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "everity"));
  g_assert_cmpint (iw_store_get_seq (store), ==, seq);
}

static void
test_undo_conflict (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;
  g_autofree char *label = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  docid = put_severity (f->store, INCIDENT_A, 1, "high");
  arrive (f->store, PEER, withdrawal_of (docid));
  assert_conflict (f->store, iw_store_undo);
  /* Undo is not stuck on it. */
  label = iw_store_get_undo_label (f->store, NULL);
  g_assert_cmpstr (label, ==, "New Incident");
}

static void
test_redo_conflict (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;
  g_auto (GStrv) changed = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  docid = put_severity (f->store, INCIDENT_A, 1, "high");
  changed = undo (f->store);
  /* They withdrew it too: redo alone would not bring it back. */
  arrive (f->store, PEER, withdrawal_of (docid));
  assert_conflict (f->store, iw_store_redo);
  g_assert_null (iw_store_get_redo_label (f->store, NULL));
  assert_severity (f->store, IW_SEVERITY_UNSET, 3);
}

static void
test_redo_of_what_is_back (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) changed = NULL;

  put_incident (f->store, INCIDENT_A, "A");
  g_free (put_severity (f->store, INCIDENT_A, 1, "high"));
  changed = undo (f->store);
  arrive (f->store, PEER, withdrawal_of (changed[1]));
  assert_severity (f->store, IW_SEVERITY_HIGH, 3);
  assert_conflict (f->store, iw_store_redo);
}

/* Somebody's edit of a decision, which counts for nothing, does not stand in the way. */
static void
test_peer_edit (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;
  g_autofree char *winner = NULL;
  const char *revs[] = { "2-z", NULL, NULL };
  g_autoptr (JsonObject) body = json ("{}");
  IwReplicatedRev rev = { NULL, revs, body, TRUE };

  put_incident (f->store, INCIDENT_A, "A");
  docid = put_severity (f->store, INCIDENT_A, 1, "high");
  revs[1] = winner = winner_of (f->store, docid);
  rev.docid = docid;
  g_assert_true (iw_store_put_replicated (f->store, &rev, 1, NULL));
  assert_severity (f->store, IW_SEVERITY_HIGH, 1);
  g_strfreev (undo (f->store));
  assert_severity (f->store, IW_SEVERITY_UNSET, 2);
  g_strfreev (redo (f->store));
  assert_severity (f->store, IW_SEVERITY_HIGH, 3);
}

/* Many decisions in one action are withdrawn in linear time. */
static void
test_many (Fixture *f, gconstpointer data)
{
  const guint n = 1000;
  g_autofree IwChange *changes = g_new0 (IwChange, n);
  gint64 start;
  double apply, back;

  put_incident (f->store, INCIDENT_A, "A");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwEntry) entry =
          iw_decision_new (INCIDENT_A, "severity", "to", "low", "why", "so", NULL);

      changes[i].docid = iw_id_new_document (f->context, INCIDENT_A, "entry");
      changes[i].body = iw_entry_to_json (entry);
    }
  start = g_get_monotonic_time ();
  g_assert_true (iw_store_apply (f->store, "Import", changes, n, n, NULL));
  apply = (g_get_monotonic_time () - start) / 1e6;
  start = g_get_monotonic_time ();
  g_strfreev (undo (f->store));
  back = (g_get_monotonic_time () - start) / 1e6;
  g_test_message ("%u decisions: %.2f s to write, %.2f s to withdraw", n, apply, back);
  assert_severity (f->store, IW_SEVERITY_UNSET, 2 * n);
  g_assert_cmpfloat (back, <, 20 * apply + 1);
  for (guint i = 0; i < n; i++)
    {
      g_free ((char *)changes[i].docid);
      json_object_unref (changes[i].body);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/withdraw/says", test_says);
  add_test ("/withdraw/back-and-forth", test_back_and_forth);
  add_test ("/withdraw/with-documents", test_with_documents);
  add_test ("/withdraw/new-incident", test_new_incident);
  add_test ("/withdraw/edited-incident", test_edited_incident);
  add_test ("/withdraw/withdrawal-itself", test_withdrawal_itself);
  add_test ("/withdraw/both-in-one", test_both_in_one);
  add_test ("/withdraw/undo-conflict", test_undo_conflict);
  add_test ("/withdraw/redo-conflict", test_redo_conflict);
  add_test ("/withdraw/redo-of-what-is-back", test_redo_of_what_is_back);
  add_test ("/withdraw/peer-edit", test_peer_edit);
  add_test ("/withdraw/many", test_many);
  return g_test_run ();
}
