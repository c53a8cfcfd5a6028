/* The undo journal. */
#include "store-fixture.h"

#define X INCIDENT_A ":x-1"
#define Y INCIDENT_A ":x-2"

static void
undo (IwStore *store)
{
  g_autoptr (GError) error = NULL;

  iw_store_undo (store, NULL, &error);
  g_assert_no_error (error);
}

static void
redo (IwStore *store)
{
  g_autoptr (GError) error = NULL;

  iw_store_redo (store, NULL, &error);
  g_assert_no_error (error);
}

static void
apply (IwStore *store, const char *label, const IwChange *changes, guint n)
{
  g_autoptr (GError) error = NULL;

  iw_store_apply (store, label, changes, n, n, &error);
  g_assert_no_error (error);
}

static void
test_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_store_get_undo_label (f->store, NULL));
  g_assert_null (iw_store_get_redo_label (f->store, NULL));
  g_assert_false (iw_store_undo (f->store, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (iw_store_redo (f->store, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

/* New, edited twice, deleted: all the way back and forth, also over a restart. */
static void
test_back_and_forth (Fixture *f, gconstpointer data)
{
  for (guint round = 0; round < 2; round++)
    {
      if (round == 0)
        {
          put (f->store, X, "{\"type\":\"x\",\"text\":\"1\"}");
          put (f->store, X, "{\"type\":\"x\",\"text\":\"2\"}");
          put (f->store, X, "{\"type\":\"x\",\"text\":\"3\"}");
          put (f->store, X, NULL);
        }
      reopen (f);
      assert_field (f->store, X, "text", NULL);
      undo (f->store);
      assert_field (f->store, X, "text", "3");
      undo (f->store);
      assert_field (f->store, X, "text", "2");
      reopen (f);
      undo (f->store);
      assert_field (f->store, X, "text", "1");
      undo (f->store);
      assert_field (f->store, X, "text", NULL);
      g_assert_null (iw_store_get_undo_label (f->store, NULL));
      redo (f->store);
      assert_field (f->store, X, "text", "1");
      redo (f->store);
      reopen (f);
      redo (f->store);
      assert_field (f->store, X, "text", "3");
      redo (f->store);
      assert_field (f->store, X, "text", NULL);
      g_assert_null (iw_store_get_redo_label (f->store, NULL));
    }
}

/* Nothing that was written is rewritten: undo is one more revision. */
static void
test_is_a_revision (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *rev = NULL;
  g_auto (GStrv) history = NULL;
  gint64 seq;

  put (f->store, X, "{\"type\":\"x\",\"text\":\"1\"}");
  first = winner_of (f->store, X);
  put (f->store, X, "{\"type\":\"x\",\"text\":\"2\"}");
  seq = iw_store_get_seq (f->store);
  undo (f->store);
  rev = winner_of (f->store, X);
  history = iw_store_get_history (f->store, X, rev, NULL);
  g_assert_cmpint (g_strv_length (history), ==, 3);
  g_assert_cmpstr (history[2], ==, first);
  g_assert_cmpint (iw_store_get_seq (f->store), >, seq);
}

static void
test_many_documents (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) a = json ("{\"type\":\"x\",\"text\":\"a\"}");
  g_autoptr (JsonObject) b = json ("{\"type\":\"x\",\"text\":\"b\"}");
  IwChange first[] = { { X, a }, { Y, b } };
  IwChange second[] = { { X, NULL }, { Y, a }, { Y, NULL } };
  g_auto (GStrv) changed = NULL;
  g_autofree char *label = NULL;
  guint n;

  apply (f->store, "Import %u", first, 2);
  label = iw_store_get_undo_label (f->store, &n);
  g_assert_cmpstr (label, ==, "Import %u");
  g_assert_cmpint (n, ==, 2);
  apply (f->store, "Delete", second, 3);
  g_assert_true (iw_store_undo (f->store, &changed, NULL));
  g_assert_cmpint (g_strv_length (changed), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *)changed, X));
  g_assert_true (g_strv_contains ((const char *const *)changed, Y));
  assert_field (f->store, X, "text", "a");
  assert_field (f->store, Y, "text", "b");
  undo (f->store);
  assert_field (f->store, X, "text", NULL);
  redo (f->store);
  redo (f->store);
  assert_field (f->store, Y, "text", NULL);
}

static void
test_new_action_ends_redo (Fixture *f, gconstpointer data)
{
  g_autofree char *label = NULL;

  put (f->store, X, "{\"type\":\"x\",\"text\":\"1\"}");
  put (f->store, X, "{\"type\":\"x\",\"text\":\"2\"}");
  undo (f->store);
  label = iw_store_get_redo_label (f->store, NULL);
  g_assert_cmpstr (label, ==, "Change");
  put (f->store, X, "{\"type\":\"x\",\"text\":\"1\"}"); /* changes nothing */
  g_free (label);
  label = iw_store_get_redo_label (f->store, NULL);
  g_assert_nonnull (label);
  put (f->store, X, "{\"type\":\"x\",\"text\":\"3\"}");
  g_assert_null (iw_store_get_redo_label (f->store, NULL));
  undo (f->store);
  assert_field (f->store, X, "text", "1");
  undo (f->store);
  assert_field (f->store, X, "text", NULL);
}

static void
test_last_hundred (Fixture *f, gconstpointer data)
{
  guint n = 0;

  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":\"x\",\"text\":\"%u\"}", i);

      put (f->store, X, text);
    }
  while (iw_store_undo (f->store, NULL, NULL))
    n++;
  g_assert_cmpint (n, ==, 100);
  assert_field (f->store, X, "text", "29");
}

/* Somebody else's change arrives and wins. */
static void
arrive (IwStore *store, const char *docid, const char *text)
{
  g_autofree char *winner = winner_of (store, docid);
  g_autofree char *next = g_strdup_printf ("%d-f", atoi (winner) + 1);
  const char *revs[] = { next, winner, NULL };
  g_autoptr (JsonObject) body = json (text);
  IwReplicatedRev rev = { docid, revs, body, FALSE };
  g_autoptr (GError) error = NULL;

  iw_store_put_replicated (store, &rev, 1, &error);
  g_assert_no_error (error);
}

static void
test_conflict (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) a = json ("{\"type\":\"x\",\"text\":\"a2\"}");
  g_autoptr (JsonObject) b = json ("{\"type\":\"x\",\"text\":\"b2\"}");
  IwChange both[] = { { X, a }, { Y, b } };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) changed = NULL;

  put (f->store, X, "{\"type\":\"x\",\"text\":\"a1\"}");
  put (f->store, Y, "{\"type\":\"x\",\"text\":\"b1\"}");
  apply (f->store, "Both", both, 2);
  arrive (f->store, Y, "{\"type\":\"x\",\"text\":\"theirs\"}");
  g_assert_false (iw_store_undo (f->store, &changed, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "theirs"));
  g_assert_null (changed);
  g_clear_error (&error);
  assert_field (f->store, X, "text", "a2"); /* nothing was changed */
  assert_field (f->store, Y, "text", "theirs");

  /* The next one down meets it too, the one below does not. */
  g_assert_false (iw_store_undo (f->store, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (iw_store_undo (f->store, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT); /* X is at a2 now, not a1 */
  g_assert_null (iw_store_get_undo_label (f->store, NULL));
}

static void
test_redo_conflict (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (f->store, X, "{\"type\":\"x\",\"text\":\"1\"}");
  put (f->store, X, "{\"type\":\"x\",\"text\":\"2\"}");
  undo (f->store);
  arrive (f->store, X, "{\"type\":\"x\",\"text\":\"theirs\"}");
  g_assert_false (iw_store_redo (f->store, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_assert_null (iw_store_get_redo_label (f->store, NULL));
  assert_field (f->store, X, "text", "theirs");
}

/* Deleting the winner of a conflict lets the other leaf show; undo brings the winner back. */
static void
test_delete_with_other_leaf (Fixture *f, gconstpointer data)
{
  static const char *const one[] = { "2-b", "1-a", NULL };
  static const char *const two[] = { "2-c", "1-a", NULL };
  g_autoptr (JsonObject) b = json ("{\"type\":\"x\",\"text\":\"b\"}");
  g_autoptr (JsonObject) c = json ("{\"type\":\"x\",\"text\":\"c\"}");
  IwReplicatedRev revs[] = { { X, one, b, FALSE }, { X, two, c, FALSE } };

  g_assert_true (iw_store_put_replicated (f->store, revs, 2, NULL));
  assert_field (f->store, X, "text", "c");
  put (f->store, X, NULL);
  assert_field (f->store, X, "text", "b");
  undo (f->store);
  assert_field (f->store, X, "text", "c");
  redo (f->store);
  assert_field (f->store, X, "text", "b");
  undo (f->store);
  assert_field (f->store, X, "text", "c");
}

/* What another workspace changed in the meantime elsewhere does not matter. */
static void
test_others_do_not_matter (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) other = open_at (f->dir, IW_STORE_OPEN_DEFAULT, NULL);

  put (f->store, X, "{\"type\":\"x\",\"text\":\"1\"}");
  put (f->store, X, "{\"type\":\"x\",\"text\":\"2\"}");
  put (f->store, Y, "{\"type\":\"x\",\"text\":\"y\"}");
  arrive (f->store, Y, "{\"type\":\"x\",\"text\":\"theirs\"}");
  g_assert_false (iw_store_undo (other, NULL, NULL));
  undo (other);
  assert_field (f->store, X, "text", "1");
}

static void
test_derived_rows_follow (Fixture *f, gconstpointer data)
{
  g_autofree char *docid = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (IwIncidentRow) row = NULL;

  put_incident (f->store, INCIDENT_A, "Phished administrator");
  docid = put_text (f->store, INCIDENT_A, 10, "mailbox rule");
  undo (f->store);
  row = iw_query_incident (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (row->n_entries, ==, 0);
  hits = iw_query_search (f->store, "mailbox ", NULL, 0, NULL, 10, NULL);
  g_assert_cmpint (hits->len, ==, 0);
  redo (f->store);
  g_clear_pointer (&hits, g_ptr_array_unref);
  hits = iw_query_search (f->store, "mailbox ", NULL, 0, NULL, 10, NULL);
  g_assert_cmpint (hits->len, ==, 1);
}

/* Ten thousand documents in one action. */
static void
test_bulk (Fixture *f, gconstpointer data)
{
  const guint n = 10000;
  g_autofree IwChange *changes = g_new0 (IwChange, n);
  gint64 start;
  double seconds[3];

  put_incident (f->store, INCIDENT_A, "Bulk");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("event %u at the gateway", i);
      g_autoptr (IwEntry) entry = iw_entry_new (INCIDENT_A, IW_ENTRY_OBSERVATION, text);

      iw_entry_set_occurred (entry, (IwTime){ TEST_START + i, IW_PRECISION_SECOND });
      changes[i].docid = iw_id_new_document (f->context, INCIDENT_A, "entry");
      changes[i].body = iw_entry_to_json (entry);
    }
  start = g_get_monotonic_time ();
  apply (f->store, "Import %u Entries", changes, n);
  seconds[0] = (g_get_monotonic_time () - start) / 1e6;
  start = g_get_monotonic_time ();
  undo (f->store);
  seconds[1] = (g_get_monotonic_time () - start) / 1e6;
  start = g_get_monotonic_time ();
  redo (f->store);
  seconds[2] = (g_get_monotonic_time () - start) / 1e6;
  g_test_message ("10,000 entries: apply %.2f s, undo %.2f s, redo %.2f s", seconds[0], seconds[1],
                  seconds[2]);
  assert_field (f->store, changes[n - 1].docid, "text", "event 9999 at the gateway");
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
  add_test ("/undo/nothing", test_nothing);
  add_test ("/undo/back-and-forth", test_back_and_forth);
  add_test ("/undo/is-a-revision", test_is_a_revision);
  add_test ("/undo/many-documents", test_many_documents);
  add_test ("/undo/new-action-ends-redo", test_new_action_ends_redo);
  add_test ("/undo/last-hundred", test_last_hundred);
  add_test ("/undo/conflict", test_conflict);
  add_test ("/undo/redo-conflict", test_redo_conflict);
  add_test ("/undo/other-leaf", test_delete_with_other_leaf);
  add_test ("/undo/others-do-not-matter", test_others_do_not_matter);
  add_test ("/undo/derived-rows", test_derived_rows_follow);
  add_test ("/undo/bulk", test_bulk);
  return g_test_run ();
}
