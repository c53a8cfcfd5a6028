#include "store-fixture.h"

#include "iw-conflicts.h"
#include "iw-peer.h"

#define DOC INCIDENT_A ":task-01900000-0000-7000-8000-000000000001"
#define STAMPS(at, by)                                                                             \
  "\"created_at\":\"2026-11-03T01:00:00Z\",\"created_by\":\"H\",\"modified_at\":\"2026-11-03T" at  \
  "Z\",\"modified_by\":\"" by "\""
#define TASK(title, phase, at, by)                                                                 \
  "{\"type\":\"task\",\"title\":\"" title "\",\"phase\":\"" phase "\"," STAMPS (at, by) "}"

/* A revision of a peer; @path: it and its ancestors with a space between them. */
static void
receive (IwStore *store, const char *docid, const char *path, const char *text, gboolean deleted)
{
  g_auto (GStrv) revs = g_strsplit (path, " ", -1);
  g_autoptr (JsonObject) body = json (text);
  IwReplicatedRev rev = { docid, (const char *const *)revs, body, deleted };
  g_autoptr (GError) error = NULL;

  iw_store_put_replicated (store, &rev, 1, &error);
  g_assert_no_error (error);
}

static void
merge_all (IwStore *store, guint merged, guint open)
{
  guint n_merged, n_open;
  g_autoptr (GError) error = NULL;

  iw_conflicts_merge_all (store, &n_merged, &n_open, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_merged, ==, merged);
  g_assert_cmpuint (n_open, ==, open);
  g_assert_cmpuint (iw_conflicts_count (store), ==, open);
}

static guint
count_live (IwStore *store, const char *docid)
{
  g_auto (GStrv) leaves = iw_store_get_leaves (store, docid, FALSE, NULL);

  return g_strv_length (leaves);
}

/* Two edits of one task that can be merged. */
static void
fork_mergeable (IwStore *store)
{
  receive (store, DOC, "1-a", TASK ("Block the sender", "containment", "01:00:00", "H"), FALSE);
  receive (store, DOC, "2-b 1-a", TASK ("Block the sender now", "containment", "02:00:00", "B"),
           FALSE);
  receive (store, DOC, "2-c 1-a", TASK ("Block the sender", "recovery", "03:00:00", "C"), FALSE);
}

/* Two that cannot. */
static void
fork_open (IwStore *store)
{
  receive (store, DOC, "1-a", TASK ("Block", "containment", "01:00:00", "H"), FALSE);
  receive (store, DOC, "2-b 1-a", TASK ("Stop", "containment", "02:00:00", "B"), FALSE);
  receive (store, DOC, "2-c 1-a", TASK ("Watch", "recovery", "03:00:00", "C"), FALSE);
}

static IwConflict *
read_one (IwStore *store)
{
  g_autoptr (GError) error = NULL;
  IwConflict *conflict = iw_conflict_read (store, DOC, &error);

  g_assert_no_error (error);
  g_assert_nonnull (conflict);
  return conflict;
}

static void
resolve (IwStore *store, IwConflict *conflict, JsonObject *body)
{
  g_autoptr (GError) error = NULL;

  iw_conflict_resolve (store, conflict, body, &error);
  g_assert_no_error (error);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) docids = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq;

  put (fixture->store, DOC, "{\"type\":\"task\",\"title\":\"x\",\"phase\":\"recovery\"}");
  seq = iw_store_get_seq (fixture->store);
  docids = iw_conflicts_list (fixture->store, NULL);
  g_assert_nonnull (docids);
  g_assert_null (docids[0]);
  g_assert_null (iw_conflict_read (fixture->store, DOC, &error));
  g_assert_no_error (error);
  g_assert_null (iw_conflict_read (fixture->store, INCIDENT_B ":task-x", &error));
  g_assert_no_error (error);
  merge_all (fixture->store, 0, 0);
  g_assert_cmpint (iw_store_get_seq (fixture->store), ==, seq);
}

static void
test_merged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *rev = NULL;
  JsonArray *merged;

  fork_mergeable (fixture->store);
  g_assert_cmpuint (iw_conflicts_count (fixture->store), ==, 1);
  merge_all (fixture->store, 1, 0);
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 1);
  assert_field (fixture->store, DOC, "title", "Block the sender now");
  assert_field (fixture->store, DOC, "phase", "recovery");
  /* The stamps are those of the later, not of now and of us. */
  assert_field (fixture->store, DOC, "modified_by", "C");
  assert_field (fixture->store, DOC, "modified_at", "2026-11-03T03:00:00Z");
  body = iw_store_get (fixture->store, DOC, &rev, NULL);
  g_assert_true (g_str_has_prefix (rev, "3-"));
  merged = json_object_get_array_member (body, "merged");
  g_assert_cmpuint (json_array_get_length (merged), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (merged, 0), ==, "2-c");
  g_assert_cmpstr (json_array_get_string_element (merged, 1), ==, "2-b");
  merge_all (fixture->store, 0, 0);
  /* The next who writes writes their own words. */
  json_object_set_string_member (body, "title", "Block");
  {
    IwChange change = { DOC, body };

    g_assert_true (iw_store_apply (fixture->store, "Change", &change, 1, 1, NULL));
  }
  assert_field (fixture->store, DOC, "modified_by", "A. Sato");
  g_clear_pointer (&body, json_object_unref);
  body = iw_store_get (fixture->store, DOC, NULL, NULL);
  g_assert_false (json_object_has_member (body, "merged"));
}

/* Both say the same, but for the stamps. */
static void
test_alike (Fixture *fixture, gconstpointer data)
{
  receive (fixture->store, DOC, "1-b", TASK ("Block", "containment", "02:00:00", "B"), FALSE);
  receive (fixture->store, DOC, "1-c", TASK ("Block", "containment", "03:00:00", "C"), FALSE);
  merge_all (fixture->store, 1, 0);
  assert_field (fixture->store, DOC, "modified_by", "C");
  /* Nothing is added to what the winner says already. */
  {
    g_autofree char *rev = winner_of (fixture->store, DOC);

    g_assert_cmpstr (rev, ==, "1-c");
  }
}

/* Three leaves, of which one stays open: the other two are merged. */
static void
test_some (Fixture *fixture, gconstpointer data)
{
  fork_mergeable (fixture->store);
  receive (fixture->store, DOC, "2-a 1-a",
           TASK ("Block the sender", "eradication", "03:30:00", "D"), FALSE);
  merge_all (fixture->store, 1, 1);
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 2);
  assert_field (fixture->store, DOC, "title", "Block the sender now");
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;
  g_auto (GStrv) docids = NULL;

  fork_open (fixture->store);
  merge_all (fixture->store, 0, 1);
  docids = iw_conflicts_list (fixture->store, NULL);
  g_assert_cmpuint (g_strv_length (docids), ==, 1);
  g_assert_cmpstr (docids[0], ==, DOC);
  conflict = read_one (fixture->store);
  g_assert_cmpstr (iw_conflict_get_docid (conflict), ==, DOC);
  g_assert_cmpstr (iw_conflict_get_winner (conflict), ==, "2-c");
  g_assert_cmpstr (iw_conflict_get_other (conflict), ==, "2-b");
  g_assert_cmpstr (json_object_get_string_member (iw_conflict_get_winner_body (conflict), "title"),
                   ==, "Watch");
  g_assert_cmpstr (json_object_get_string_member (iw_conflict_get_other_body (conflict), "title"),
                   ==, "Stop");
  g_assert_cmpstr (json_object_get_string_member (iw_conflict_get_base_body (conflict), "title"),
                   ==, "Block");
  g_assert_cmpstr (json_object_get_string_member (iw_conflict_get_merged (conflict), "title"), ==,
                   "Watch");
  g_assert_cmpstr (json_object_get_string_member (iw_conflict_get_merged (conflict), "phase"), ==,
                   "recovery");
  g_assert_cmpstr (iw_conflict_get_open (conflict)[0], ==, "/title");
  g_assert_null (iw_conflict_get_open (conflict)[1]);
  g_assert_false (iw_conflict_is_deletion (conflict));
}

static void
test_resolve (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  fork_open (fixture->store);
  conflict = read_one (fixture->store);
  body = json ("{\"type\":\"task\",\"title\":\"Watch and stop\",\"phase\":\"recovery\"}");
  resolve (fixture->store, conflict, body);
  g_assert_cmpuint (iw_conflicts_count (fixture->store), ==, 0);
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 1);
  assert_field (fixture->store, DOC, "title", "Watch and stop");
  assert_field (fixture->store, DOC, "modified_by", "A. Sato");
  assert_field (fixture->store, DOC, "created_by", "H");
  label = iw_store_get_undo_label (fixture->store, NULL);
  g_assert_cmpstr (label, ==, "Resolve Conflict");

  /* It is decided already. */
  g_assert_false (iw_conflict_resolve (fixture->store, conflict, body, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (IwConflict) again = NULL;
      g_autoptr (GPtrArray) titles = g_ptr_array_new ();

      g_clear_error (&error);
      iw_store_undo (fixture->store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (iw_conflicts_count (fixture->store), ==, 1);
      again = read_one (fixture->store);
      g_ptr_array_add (titles, (char *)json_object_get_string_member (
                                   iw_conflict_get_winner_body (again), "title"));
      g_ptr_array_add (titles, (char *)json_object_get_string_member (
                                   iw_conflict_get_other_body (again), "title"));
      g_assert_true (g_ptr_array_find_with_equal_func (titles, "Watch", g_str_equal, NULL));
      g_assert_true (g_ptr_array_find_with_equal_func (titles, "Stop", g_str_equal, NULL));

      iw_store_redo (fixture->store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (iw_conflicts_count (fixture->store), ==, 0);
      assert_field (fixture->store, DOC, "title", "Watch and stop");
      g_assert_cmpuint (count_live (fixture->store, DOC), ==, 1);
    }
}

/* To take the winner as it is makes no revision of it. */
static void
test_keep_winner (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;
  g_autofree char *rev = NULL;

  fork_open (fixture->store);
  conflict = read_one (fixture->store);
  resolve (fixture->store, conflict, iw_conflict_get_winner_body (conflict));
  rev = winner_of (fixture->store, DOC);
  g_assert_cmpstr (rev, ==, "2-c");
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 1);
  g_assert_true (iw_store_undo (fixture->store, NULL, NULL));
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 2);
  g_assert_true (iw_store_redo (fixture->store, NULL, NULL));
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 1);
  assert_field (fixture->store, DOC, "title", "Watch");
}

static void
test_keep_other (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;

  fork_open (fixture->store);
  conflict = read_one (fixture->store);
  resolve (fixture->store, conflict, iw_conflict_get_other_body (conflict));
  assert_field (fixture->store, DOC, "title", "Stop");
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 1);
}

static void
test_delete_both (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;

  fork_open (fixture->store);
  conflict = read_one (fixture->store);
  resolve (fixture->store, conflict, NULL);
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 0);
  g_assert_cmpuint (iw_conflicts_count (fixture->store), ==, 0);
  g_assert_true (iw_store_undo (fixture->store, NULL, NULL));
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 2);
}

/* What breaks the rules of its type is not taken, and nothing is changed. */
static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;
  g_autoptr (JsonObject) body = json ("{\"type\":\"task\",\"title\":\"x\",\"phase\":\"never\"}");
  g_autoptr (GError) error = NULL;

  fork_open (fixture->store);
  conflict = read_one (fixture->store);
  g_assert_false (iw_conflict_resolve (fixture->store, conflict, body, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 2);
  g_assert_null (iw_store_get_undo_label (fixture->store, NULL));
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;
  g_autoptr (GError) error = NULL;

  fork_open (fixture->store);
  conflict = read_one (fixture->store);
  receive (fixture->store, DOC, "3-d 2-c 1-a", TASK ("Wait", "recovery", "04:00:00", "D"), FALSE);
  g_assert_false (iw_conflict_resolve (fixture->store, conflict, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 2);
}

/* One deleted what the other edited: the edit wins, and is looked at once. */
static void
test_deletion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;

  receive (fixture->store, DOC, "1-a", TASK ("Block", "containment", "01:00:00", "H"), FALSE);
  receive (fixture->store, DOC, "2-b 1-a", TASK ("Stop", "containment", "02:00:00", "B"), FALSE);
  receive (fixture->store, DOC, "2-c 1-a",
           "{\"modified_by\":\"C\",\"modified_at\":\"2026-11-03T03:00:00Z\"}", TRUE);
  assert_field (fixture->store, DOC, "title", "Stop");
  merge_all (fixture->store, 0, 1);
  conflict = read_one (fixture->store);
  g_assert_true (iw_conflict_is_deletion (conflict));
  g_assert_cmpstr (iw_conflict_get_other (conflict), ==, "2-c");
  g_assert_cmpstr (iw_conflict_get_open (conflict)[0], ==, "");
  g_assert_cmpstr (
      json_object_get_string_member (iw_conflict_get_other_body (conflict), "modified_by"), ==,
      "C");
  resolve (fixture->store, conflict, iw_conflict_get_winner_body (conflict));
  g_assert_cmpuint (iw_conflicts_count (fixture->store), ==, 0);
  assert_field (fixture->store, DOC, "title", "Stop");
}

static void
test_deletion_confirmed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwConflict) conflict = NULL;

  receive (fixture->store, DOC, "1-a", TASK ("Block", "containment", "01:00:00", "H"), FALSE);
  receive (fixture->store, DOC, "3-d 2-b 1-a", TASK ("Stop", "containment", "02:00:00", "B"),
           FALSE);
  receive (fixture->store, DOC, "2-c 1-a", "{}", TRUE);
  conflict = read_one (fixture->store);
  resolve (fixture->store, conflict, NULL);
  g_assert_cmpuint (iw_conflicts_count (fixture->store), ==, 0);
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 0);
  g_assert_true (iw_store_undo (fixture->store, NULL, NULL));
  assert_field (fixture->store, DOC, "title", "Stop");
}

/* A losing branch that another program has ended is no deletion to look at. */
static void
test_ended_elsewhere (Fixture *fixture, gconstpointer data)
{
  fork_open (fixture->store);
  receive (fixture->store, DOC, "3-e 2-b 1-a", "{}", TRUE);
  g_assert_cmpuint (iw_conflicts_count (fixture->store), ==, 0);
}

/* Decisions are left as they are, whatever peers send. */
static void
test_decisions (Fixture *fixture, gconstpointer data)
{
  g_autofree char *docid = put_severity (fixture->store, INCIDENT_A, 0, "high");
  g_autofree char *rev = winner_of (fixture->store, docid);
  g_autofree char *one = g_strconcat ("2-b ", rev, NULL);
  g_autofree char *two = g_strconcat ("2-c ", rev, NULL);
  g_autoptr (JsonObject) body = iw_store_get (fixture->store, docid, NULL, NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (GError) error = NULL;

  receive (fixture->store, docid, one, text, FALSE);
  receive (fixture->store, docid, two, text, FALSE);
  g_assert_cmpuint (count_live (fixture->store, docid), ==, 2);
  merge_all (fixture->store, 0, 0);
  g_assert_cmpuint (count_live (fixture->store, docid), ==, 2);
  g_assert_null (iw_conflict_read (fixture->store, docid, &error));
  g_assert_no_error (error);
}

/* A merge that would break the rules of its type is for people. */
static void
test_rules (Fixture *fixture, gconstpointer data)
{
  const char *docid = INCIDENT_A ":scope-01900000-0000-7000-8000-000000000001";

  receive (fixture->store, docid, "1-a",
           "{\"type\":\"asset\",\"asset_type\":\"server\",\"name\":\"x\",\"criticality\":\"low\"}",
           FALSE);
  receive (fixture->store, docid, "2-b 1-a",
           "{\"type\":\"asset\",\"asset_type\":\"server\",\"name\":\"x\"}", FALSE);
  /* Such as a document of a newer version. */
  receive (fixture->store, docid, "2-a 1-a",
           "{\"type\":\"asset\",\"asset_type\":\"drone\",\"name\":\"x\",\"criticality\":\"low\"}",
           FALSE);
  merge_all (fixture->store, 0, 1);
}

/* ---- attachments ---- */

static void
receive_attached (IwStore *store, const char *path, const char *title, const char *name, char digit)
{
  g_auto (GStrv) revs = g_strsplit (path, " ", -1);
  g_autofree char *body = g_strdup_printf ("{\"title\":\"%s\"}", title);
  g_autofree char *sha256 = g_strnfill (64, digit);
  g_autofree char *md5 = g_strdup_printf ("%022d==", digit);
  g_autoptr (IwAttachment) attachment = iw_attachment_new (name, "text/plain", sha256, md5, 3, 1);
  IwAttachment *attachments[] = { attachment, NULL };
  IwPeerRev rev = { "plan", (const char *const *)revs, body, FALSE, attachments };
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_peer_begin (store, &error));
  iw_peer_put (store, &rev, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (iw_peer_commit (store, &error));
}

static void
test_attachments (Fixture *fixture, gconstpointer data)
{
  g_auto (IwPeerDoc) doc = { 0 };

  receive_attached (fixture->store, "1-a", "x", "one", '1');
  receive_attached (fixture->store, "2-b 1-a", "x", "two", '2');
  receive_attached (fixture->store, "2-c 1-a", "x", "three", '3');
  merge_all (fixture->store, 1, 0);
  g_assert_true (iw_peer_get (fixture->store, "plan", NULL, &doc, NULL));
  /* Both took "one" away and each brought its own. */
  g_assert_cmpuint (doc.attachments->len, ==, 2);
  g_assert_cmpstr (((IwAttachment *)doc.attachments->pdata[0])->name, ==, "three");
  g_assert_cmpstr (((IwAttachment *)doc.attachments->pdata[1])->name, ==, "two");
}

static void
test_attachments_meet (Fixture *fixture, gconstpointer data)
{
  receive_attached (fixture->store, "1-b", "x", "one", '1');
  receive_attached (fixture->store, "1-c", "x", "one", '2');
  merge_all (fixture->store, 0, 1);
}

/* More leaves than are looked at in one go, and more that cannot be merged than fit into one
 * transaction. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  guint merged, open;
  g_autoptr (GError) error = NULL;

  receive (fixture->store, DOC, "1-a", TASK ("Block the sender", "containment", "01:00:00", "H"),
           FALSE);
  g_assert_true (iw_peer_begin (fixture->store, NULL));
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *docid = g_strdup_printf ("note-%u", i / 2);
      g_autofree char *body = g_strdup_printf ("{\"n\":%u}", i);
      g_autofree char *id = g_strdup_printf ("2-%u", i);
      const char *one[] = { "1-a", NULL }, *two[] = { "1-b", NULL }, *leaf[] = { id, "1-a", NULL };
      IwPeerRev note = { docid, i % 2 == 0 ? one : two, body, FALSE, NULL };
      IwPeerRev task = { DOC, leaf, TASK ("Block the sender", "recovery", "02:00:00", "B"), FALSE,
                         NULL };

      g_assert_true (iw_peer_put (fixture->store, &note, NULL, NULL));
      if (i < 200)
        g_assert_true (iw_peer_put (fixture->store, &task, NULL, NULL));
    }
  g_assert_true (iw_peer_commit (fixture->store, NULL));
  g_assert_true (iw_conflicts_left (fixture->store));
  iw_conflicts_merge_all (fixture->store, &merged, &open, &error);
  g_assert_no_error (error);
  g_assert_false (iw_conflicts_left (fixture->store));
  g_assert_cmpuint (merged, >=, 4);
  g_assert_cmpuint (open, ==, 1000);
  g_assert_cmpuint (count_live (fixture->store, DOC), ==, 1);
  g_test_message ("first: %.2f s", (g_get_monotonic_time () - start) / 1e6);
  start = g_get_monotonic_time ();
  merge_all (fixture->store, 0, 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC / 2);
  /* One whose leaves are others is looked at again. */
  receive (fixture->store, "note-7", "2-c 1-a", "{\"n\":15}", FALSE);
  merge_all (fixture->store, 1, 999);
  {
    g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

    g_assert_true (iw_store_check (fixture->store, TRUE, problems, NULL, NULL));
    g_assert_cmpuint (problems->len, ==, 0);
  }
}

/* ---- one that cannot be merged holds up no others ---- */

static void
put_leaf (IwStore *store, const char *docid, const char *rev, const char *body)
{
  const char *revs[] = { rev, NULL };
  IwPeerRev leaf = { docid, revs, body, FALSE, NULL };
  g_autoptr (GError) error = NULL;

  iw_peer_begin (store, &error);
  iw_peer_put (store, &leaf, NULL, &error);
  g_assert_no_error (error);
  iw_peer_commit (store, &error);
  g_assert_no_error (error);
}

/* There is no generation after the last, which a peer may send. */
static void
test_last_generation (Fixture *fixture, gconstpointer data)
{
  put_leaf (fixture->store, "a-note", "999999999-b", "{\"b\":1}");
  put_leaf (fixture->store, "a-note", "999999999-c", "{\"c\":1}");
  put_leaf (fixture->store, "b-note", "999999999-b", "{\"b\":1}");
  put_leaf (fixture->store, "b-note", "1-c", "{\"c\":1}");
  put_leaf (fixture->store, "c-note", "999999999-c", "{\"c\":1}");
  put_leaf (fixture->store, "c-note", "2-b", "{\"b\":1}");
  fork_mergeable (fixture->store);
  merge_all (fixture->store, 1, 3);
}

/* Two texts that may be stored can make one that may not. */
static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5 * 1024 * 1024, 'x');
  g_autofree char *one = g_strdup_printf ("{\"a\":\"%s\"}", text);
  g_autofree char *two = g_strdup_printf ("{\"b\":\"%s\"}", text);

  put_leaf (fixture->store, "a-note", "1-b", one);
  put_leaf (fixture->store, "a-note", "1-c", two);
  fork_mergeable (fixture->store);
  merge_all (fixture->store, 1, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/conflicts/none", test_none);
  add_test ("/conflicts/merged", test_merged);
  add_test ("/conflicts/alike", test_alike);
  add_test ("/conflicts/some", test_some);
  add_test ("/conflicts/open", test_open);
  add_test ("/conflicts/resolve", test_resolve);
  add_test ("/conflicts/keep-winner", test_keep_winner);
  add_test ("/conflicts/keep-other", test_keep_other);
  add_test ("/conflicts/delete-both", test_delete_both);
  add_test ("/conflicts/invalid", test_invalid);
  add_test ("/conflicts/stale", test_stale);
  add_test ("/conflicts/deletion", test_deletion);
  add_test ("/conflicts/deletion-confirmed", test_deletion_confirmed);
  add_test ("/conflicts/ended-elsewhere", test_ended_elsewhere);
  add_test ("/conflicts/decisions", test_decisions);
  add_test ("/conflicts/rules", test_rules);
  add_test ("/conflicts/many", test_many);
  add_test ("/conflicts/last-generation", test_last_generation);
  add_test ("/conflicts/too-long", test_too_long);
  add_test ("/conflicts/attachments", test_attachments);
  add_test ("/conflicts/attachments-meet", test_attachments_meet);
  return g_test_run ();
}
