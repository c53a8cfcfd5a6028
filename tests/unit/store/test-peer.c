/* A store as a peer of the replication protocol: puts, edits, reads, walks. */
#include "peer-fixture.h"

#define DOC "d:1"

/* ---- storing ---- */

static void
test_put (Fixture *f, gconstpointer data)
{
  g_auto (IwPeerDoc) doc = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (put_rev (f->store, DOC, "2-b 1-a", FALSE));
  g_assert_false (put_rev (f->store, DOC, "2-b 1-a", FALSE));
  g_assert_true (iw_peer_get (f->store, DOC, NULL, &doc, &error));
  g_assert_cmpstr (doc.docid, ==, DOC);
  g_assert_cmpstr (doc.rev, ==, "2-b");
  g_assert_cmpstr (doc.body, ==, "{\"text\":\"2-b\"}");
  g_assert_false (doc.deleted);
  g_assert_null (doc.attachments);
  g_assert_cmpint (doc.seq, ==, iw_store_get_seq (f->store));
  iw_peer_doc_clear (&doc);
  g_assert_true (iw_peer_get (f->store, DOC, "1-a", &doc, &error)); /* by its id alone */
  g_assert_null (doc.body);
  iw_peer_doc_clear (&doc);
  g_assert_true (put_rev (f->store, DOC, "1-a", FALSE)); /* its body, late */
  g_assert_true (iw_peer_get (f->store, DOC, "1-a", &doc, &error));
  g_assert_cmpstr (doc.body, ==, "{\"text\":\"1-a\"}");
  iw_peer_doc_clear (&doc);
  g_assert_false (iw_peer_get (f->store, DOC, "3-x", &doc, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (iw_peer_get (f->store, DOC, "nonsense", &doc, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (iw_peer_get (f->store, "other", NULL, &doc, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  assert_sound (f->store);
}

/* What is refused leaves the rest of the transaction as it was. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = { "",        "x",           "2-b 2-a", "3-c 1-a",
                                     "1-a 2-b", "2-b 1-a 0-z", "2-b x",   "1-a/" };
  IwAttachment stub = { (char *)"f", NULL, NULL, (char *)"AAAAAAAAAAAAAAAAAAAAAA==", 3, 1 };
  IwAttachment *stubs[] = { &stub, NULL };
  const char *revs[] = { "1-a", NULL };
  IwPeerRev with_stub = { "other", revs, "{}", FALSE, stubs };
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;

  begin (f->store);
  g_assert_true (try_put (f->store, DOC, "1-a", FALSE, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (try_put (f->store, DOC, bad[i], FALSE, NULL, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (try_put (f->store, "_x", "1-a", FALSE, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (iw_peer_put (f->store, &with_stub, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "missing_stub"));
  g_clear_error (&error);
  g_assert_false (iw_peer_edit (f->store, DOC, NULL, "{}", FALSE, NULL, &rev, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (try_put (f->store, "d:2", "1-b", FALSE, NULL, NULL));
  commit (f->store);
  assert_peer_leaves (f->store, DOC, "1-a");
  assert_peer_leaves (f->store, "d:2", "1-b");
  assert_peer_leaves (f->store, "other", "");
  g_assert_cmpint (iw_store_get_seq (f->store), ==, 2);
  assert_sound (f->store);
}

static void
test_rollback (Fixture *f, gconstpointer data)
{
  IwPeerInfo info;

  put_rev (f->store, DOC, "1-a", FALSE);
  begin (f->store);
  g_assert_true (try_put (f->store, "d:2", "1-b", FALSE, NULL, NULL));
  iw_peer_rollback (f->store);
  assert_peer_leaves (f->store, "d:2", "");
  put_rev (f->store, "d:3", "1-c", FALSE);
  g_assert_true (iw_peer_get_info (f->store, &info, NULL));
  g_assert_cmpint (info.doc_count, ==, 2);
  g_assert_cmpint (info.update_seq, ==, 2);
  assert_sound (f->store);
}

/* ---- editing ---- */

static void
test_edit (Fixture *f, gconstpointer data)
{
  g_autofree char *first = edit (f->store, DOC, NULL, "{\"a\":1}", FALSE);
  g_autofree char *second = edit (f->store, DOC, first, "{\"a\":2}", FALSE);
  g_autofree char *gone = edit (f->store, DOC, second, NULL, TRUE);
  g_autofree char *again = edit (f->store, DOC, NULL, "{\"a\":3}", FALSE);
  IwRev one = iw_rev_make (NULL, FALSE, "{\"a\":1}");
  g_autofree char *expected = iw_rev_format (one.gen, one.hash);
  g_auto (GStrv) history = iw_peer_history (f->store, DOC, again, NULL);
  static const char *const wrong[] = { "9-x", "1-x" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (first, ==, expected);
  g_assert_cmpint (g_strv_length (history), ==, 4);
  g_assert_cmpstr (history[0], ==, again);
  g_assert_cmpstr (history[1], ==, gone);
  g_assert_cmpstr (history[2], ==, second);
  g_assert_true (g_str_has_prefix (again, "4-"));
  begin (f->store);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (iw_peer_edit (f->store, DOC, wrong[i], "{}", FALSE, NULL, NULL, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
      g_clear_error (&error);
    }
  g_assert_false (iw_peer_edit (f->store, DOC, second, "{}", FALSE, NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (iw_peer_edit (f->store, "new", "1-a", "{}", FALSE, NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (iw_peer_edit (f->store, DOC, "1", "{}", FALSE, NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  commit (f->store);
  assert_peer_leaves (f->store, DOC, again);
  assert_sound (f->store);
}

/* A losing leaf can go on, and be deleted. */
static void
test_edit_conflict (Fixture *f, gconstpointer data)
{
  g_autofree char *more = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *expected = NULL;

  put_rev (f->store, DOC, "2-b 1-a", FALSE);
  put_rev (f->store, DOC, "2-c 1-a", FALSE);
  more = edit (f->store, DOC, "2-b", "{\"a\":1}", FALSE);
  expected = g_strconcat (more, " 2-c", NULL);
  assert_peer_leaves (f->store, DOC, expected);
  gone = edit (f->store, DOC, more, "{}", TRUE);
  g_free (expected);
  expected = g_strconcat ("2-c ", gone, NULL);
  assert_peer_leaves (f->store, DOC, expected);
  assert_sound (f->store);
}

/* The edit that a peer has made before, of which this store had only a history cut off, is joined.
 */
static void
test_edit_joins (Fixture *f, gconstpointer data)
{
  IwRev parent = { 2, "b" };
  IwRev child = iw_rev_make (&parent, FALSE, "{\"a\":1}");
  g_autofree char *id = iw_rev_format (child.gen, child.hash);
  g_autofree char *made = NULL;

  put_rev (f->store, DOC, id, FALSE);
  put_rev (f->store, DOC, "2-b 1-a", FALSE);
  made = edit (f->store, DOC, "2-b", "{\"a\":1}", FALSE);
  g_assert_cmpstr (made, ==, id);
  assert_peer_leaves (f->store, DOC, id);
  assert_sound (f->store);
}

/* ---- reading ---- */

static void
test_latest (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) of_root = NULL;
  g_auto (GStrv) of_branch = NULL;
  g_auto (GStrv) of_leaf = NULL;
  g_auto (GStrv) of_none = NULL;
  g_autofree char *joined = NULL;
  g_autofree gboolean *deleted = NULL;
  g_auto (GStrv) leaves = NULL;

  put_rev (f->store, DOC, "3-c 2-b 1-a", FALSE);
  put_rev (f->store, DOC, "3-d 2-b 1-a", TRUE);
  put_rev (f->store, DOC, "2-x 1-a", FALSE);
  of_root = iw_peer_latest (f->store, DOC, "1-a", NULL);
  joined = g_strjoinv (" ", of_root);
  g_assert_cmpstr (joined, ==, "3-c 2-x 3-d");
  of_branch = iw_peer_latest (f->store, DOC, "2-b", NULL);
  g_assert_cmpint (g_strv_length (of_branch), ==, 2);
  of_leaf = iw_peer_latest (f->store, DOC, "2-x", NULL);
  g_assert_cmpstr (of_leaf[0], ==, "2-x");
  g_assert_null (of_leaf[1]);
  of_none = iw_peer_latest (f->store, DOC, "7-x", NULL);
  g_assert_null (of_none[0]);
  leaves = iw_peer_leaves (f->store, DOC, &deleted, NULL);
  g_assert_cmpint (g_strv_length (leaves), ==, 3);
  g_assert_false (deleted[0]);
  g_assert_false (deleted[1]);
  g_assert_true (deleted[2]);
}

static void
test_revs_info (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) revs = NULL;
  g_autofree IwRevStatus *status = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (GError) error = NULL;

  put_rev (f->store, DOC, "2-b 1-a", FALSE);
  gone = edit (f->store, DOC, "2-b", "{}", TRUE);
  g_assert_true (iw_peer_revs_info (f->store, DOC, gone, &revs, &status, &error));
  g_assert_cmpint (g_strv_length (revs), ==, 3);
  g_assert_cmpint (status[0], ==, IW_REV_DELETED);
  g_assert_cmpint (status[1], ==, IW_REV_AVAILABLE);
  g_assert_cmpint (status[2], ==, IW_REV_MISSING);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  static const char *const asked[] = { "1-a", "2-x", "2-b", "4-c", NULL };
  static const char *const bad[] = { "1-a", "x", NULL };
  g_auto (GStrv) missing = NULL;
  g_auto (GStrv) ancestors = NULL;
  g_auto (GStrv) all = NULL;
  g_autofree char *joined = NULL;
  g_autoptr (GError) error = NULL;

  put_rev (f->store, DOC, "2-b 1-a", FALSE);
  put_rev (f->store, DOC, "5-z 4-y", FALSE);
  missing = iw_peer_missing (f->store, DOC, asked, &ancestors, &error);
  g_assert_no_error (error);
  joined = g_strjoinv (" ", missing);
  g_assert_cmpstr (joined, ==, "2-x 4-c");
  g_assert_cmpstr (ancestors[0], ==, "2-b");
  g_assert_null (ancestors[1]);
  all = iw_peer_missing (f->store, "none", asked, NULL, &error);
  g_assert_cmpint (g_strv_length (all), ==, 4);
  g_assert_null (iw_peer_missing (f->store, DOC, bad, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

/* ---- walking ---- */

static gboolean
note_change (const IwPeerChange *change, gpointer data)
{
  g_autofree char *revs = g_strjoinv (",", (char **)change->revs);

  g_string_append_printf (data, "%s%s:%s%s", ((GString *)data)->len > 0 ? " " : "", change->docid,
                          revs, change->deleted ? "!" : "");
  if (change->doc != NULL)
    g_string_append_printf (data, "=%s", change->doc->body);
  return TRUE;
}

static gboolean
stop_at_first (const IwPeerChange *change, gpointer data)
{
  ++*(guint *)data;
  return FALSE;
}

static void
assert_changes (IwStore *store,
                gint64 since,
                guint limit,
                IwPeerChangesFlags flags,
                const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  iw_peer_foreach_change (store, since, limit, flags, note_change, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_changes (Fixture *f, gconstpointer data)
{
  gint64 first;
  gint64 last;
  guint n = 0;

  put_rev (f->store, "a", "1-a", FALSE);
  first = iw_store_get_seq (f->store);
  put_rev (f->store, "b", "1-b", FALSE);
  put_rev (f->store, "c", "2-c 1-c", TRUE);
  put_rev (f->store, "b", "2-b 1-b", FALSE);
  put_rev (f->store, "b", "2-x 1-b", TRUE);
  assert_changes (f->store, 0, 0, 0, "a:1-a c:2-c! b:2-b");
  assert_changes (f->store, 0, 0, IW_PEER_CHANGES_ALL_LEAVES, "a:1-a c:2-c! b:2-b,2-x");
  assert_changes (f->store, first, 0, IW_PEER_CHANGES_BODIES,
                  "c:2-c!={\"text\":\"2-c\"} b:2-b={\"text\":\"2-b\"}");
  assert_changes (f->store, first, 0, IW_PEER_CHANGES_DESCENDING, "b:2-b c:2-c!");
  assert_changes (f->store, 0, 1, IW_PEER_CHANGES_DESCENDING | IW_PEER_CHANGES_ALL_LEAVES,
                  "b:2-b,2-x");
  assert_changes (f->store, 0, 2, 0, "a:1-a c:2-c!");
  assert_changes (f->store, 1000, 0, 0, "");
  g_assert_true (iw_peer_foreach_change (f->store, 0, 0, 0, stop_at_first, &n, &last, NULL));
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (last, ==, first);
  g_assert_true (iw_peer_foreach_change (f->store, 1000, 0, 0, stop_at_first, &n, &last, NULL));
  g_assert_cmpint (last, ==, 1000);
  g_assert_cmpint (iw_peer_count_changes (f->store, 0), ==, 3);
  g_assert_cmpint (iw_peer_count_changes (f->store, first), ==, 2);
}

static gboolean
note_doc (const IwPeerDoc *doc, gpointer data)
{
  g_string_append_printf (data, "%s%s", doc->docid, doc->body != NULL ? "+" : "");
  return TRUE;
}

static void
test_all_docs (Fixture *f, gconstpointer data)
{
  static const struct
  {
    IwPeerRange range;
    const char *expected;
  } cases[] = {
    { { 0 }, "abde" },
    { { .bodies = TRUE }, "a+b+d+e+" },
    { { .descending = TRUE }, "edba" },
    { { .start = "b" }, "bde" },
    { { .start = "b", .end = "d" }, "bd" },
    { { .start = "b", .end = "d", .exclusive_end = TRUE }, "b" },
    { { .start = "d", .end = "b", .descending = TRUE }, "db" },
    { { .start = "d", .end = "b", .descending = TRUE, .exclusive_end = TRUE }, "d" },
    { { .skip = 1, .limit = 2 }, "bd" },
    { { .start = "c", .end = "c" }, "" },
    { { .start = "d", .end = "b" }, "" },
  };

  put_rev (f->store, "d", "1-a", FALSE);
  put_rev (f->store, "a", "1-a", FALSE);
  put_rev (f->store, "c", "1-a", TRUE);
  put_rev (f->store, "b", "1-a", FALSE);
  put_rev (f->store, "e", "1-a", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      g_assert_true (iw_peer_foreach_doc (f->store, &cases[i].range, note_doc, out, NULL));
      g_assert_cmpstr (out->str, ==, cases[i].expected);
    }
}

static void
test_info (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;
  g_autofree char *back = NULL;
  IwPeerInfo info;

  g_assert_true (iw_peer_get_info (f->store, &info, NULL));
  g_assert_cmpint (info.doc_count, ==, 0);
  put_rev (f->store, "a", "1-a", FALSE);
  put_rev (f->store, "b", "1-b", FALSE);
  rev = edit (f->store, "a", "1-a", "{}", TRUE);
  g_assert_true (iw_peer_get_info (f->store, &info, NULL));
  g_assert_cmpint (info.doc_count, ==, 1);
  g_assert_cmpint (info.doc_del_count, ==, 1);
  g_assert_cmpint (info.update_seq, ==, 3);
  g_assert_cmpint (info.external_size, ==, strlen ("{\"text\":\"1-b\"}{}"));
  g_assert_cmpint (info.file_size, >, 0);
  g_assert_cmpint (info.purge_seq, ==, 0);
  back = edit (f->store, "a", NULL, "{\"x\":1}", FALSE);
  g_assert_true (iw_peer_get_info (f->store, &info, NULL));
  g_assert_cmpint (info.doc_count, ==, 2);
  g_assert_cmpint (info.doc_del_count, ==, 0);
  assert_sound (f->store);
}

/* ---- _local ---- */

static void
test_local (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *body = NULL;
  g_autofree char *rev = NULL;
  g_autoptr (GError) error = NULL;

  begin (f->store);
  g_assert_null (iw_peer_get_local (f->store, "x", NULL, &error));
  g_assert_no_error (error);
  g_assert_true (iw_peer_put_local (f->store, "x", "{\"a\":1}", NULL, &first, &error));
  g_assert_cmpstr (first, ==, "0-1");
  g_assert_false (iw_peer_put_local (f->store, "x", "{}", NULL, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (iw_peer_put_local (f->store, "x", "{\"a\":2}", "0-1", &second, &error));
  g_assert_cmpstr (second, ==, "0-2");
  g_assert_false (iw_peer_put_local (f->store, "x", NULL, "0-1", NULL, NULL));
  body = iw_peer_get_local (f->store, "x", &rev, &error);
  g_assert_cmpstr (body, ==, "{\"a\":2}");
  g_assert_cmpstr (rev, ==, "0-2");
  g_assert_true (iw_peer_put_local (f->store, "x", NULL, "0-2", &third, &error));
  g_assert_cmpstr (third, ==, "0-0");
  g_assert_null (iw_peer_get_local (f->store, "x", NULL, &error));
  commit (f->store);
  g_assert_cmpint (iw_store_get_seq (f->store), ==, 0);
}

/* ---- histories and limits ---- */

static char *
make_path (guint from, guint n)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (path, "%s%u-a", i > 0 ? " " : "", from - i);
  return g_string_free_and_steal (g_steal_pointer (&path));
}

static void
test_revs_limit (Fixture *f, gconstpointer data)
{
  g_autofree char *path = make_path (50, 50);
  g_auto (GStrv) history = NULL;
  g_auto (GStrv) longer = NULL;
  g_autoptr (GError) error = NULL;

  begin (f->store);
  g_assert_cmpint (iw_peer_get_revs_limit (f->store), ==, 1000);
  g_assert_false (iw_peer_set_revs_limit (f->store, 0, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_assert_true (iw_peer_set_revs_limit (f->store, 10, NULL));
  g_assert_true (try_put (f->store, DOC, path, FALSE, NULL, NULL));
  commit (f->store);
  history = iw_peer_history (f->store, DOC, "50-a", NULL);
  g_assert_cmpint (g_strv_length (history), ==, 10);
  put_rev (f->store, DOC, "51-a 50-a", FALSE);
  longer = iw_peer_history (f->store, DOC, "51-a", NULL);
  g_assert_cmpint (g_strv_length (longer), ==, 10);
  assert_peer_leaves (f->store, DOC, "51-a");
  assert_sound (f->store);
}

/* As long as a body may be: time grows with the length and not with its square. */
static void
test_hostile_history (Fixture *f, gconstpointer data)
{
  g_autofree char *path = make_path (200000, 100000);
  g_autofree char *other = make_path (150000, 100000);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 3; i++)
    put_rev (f->store, DOC, path, FALSE);
  g_assert_cmpint (iw_db_query_int (f->store->db, "SELECT count(*) FROM rev", 0), ==, 1000);
  put_rev (f->store, DOC, other, FALSE); /* meets what was stemmed */
  put_rev (f->store, DOC, "2-b 1-a", FALSE);
  put_rev (f->store, "d:2", other, FALSE);
  put_rev (f->store, "d:2", path, FALSE); /* goes on from it, fifty thousand later */
  assert_peer_leaves (f->store, "d:2", "200000-a");
  assert_sound (f->store);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_USEC_PER_SEC);
}

/* Many conflicts make no put slower: the last thousand takes about as long as the first. */
static void
test_hostile_conflicts (Fixture *f, gconstpointer data)
{
  const guint n = iw_store_is_peer (f->store) ? 9 : 6; /* below IW_TREE_MAX_LEAVES */
  gint64 first = 0;
  gint64 last = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 start = g_get_monotonic_time ();

      begin (f->store);
      for (guint k = 0; k < 1000; k++)
        {
          g_autofree char *rev =
              g_strdup_printf ("1-%08x", g_str_hash ("x") + (i * 1000 + k) * 2654435761u);

          g_assert_true (try_put (f->store, DOC, rev, k % 2 == 0, NULL, NULL));
        }
      commit (f->store);
      *(i == 0 ? &first : &last) = g_get_monotonic_time () - start;
    }
  g_assert_cmpint (last, <, 10 * first + G_USEC_PER_SEC);
  g_assert_cmpint (iw_db_query_int (f->store->db, "SELECT fork FROM doc", 0), ==, 2);
}

/* ---- many documents ---- */

static void
fill (IwStore *store, guint from, guint to)
{
  begin (store);
  for (guint i = from; i < to; i++)
    {
      g_autofree char *docid = g_strdup_printf ("d:%u", i);

      g_assert_true (try_put (store, docid, "2-b 1-a", FALSE, NULL, NULL));
      g_assert_true (try_put (store, docid, "2-c 1-a", TRUE, NULL, NULL));
    }
  commit (store);
}

/* All that is asked of one document, of a hundred of them. */
static gint64
ask_all (IwStore *store)
{
  static const char *const asked[] = { "1-a", "3-x", NULL };
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *docid = g_strdup_printf ("d:%u", i);
      g_auto (IwPeerDoc) doc = { 0 };
      g_auto (GStrv) latest = iw_peer_latest (store, docid, "1-a", NULL);
      g_auto (GStrv) leaves = iw_peer_leaves (store, docid, NULL, NULL);
      g_auto (GStrv) history = iw_peer_history (store, docid, "2-c", NULL);
      g_auto (GStrv) ancestors = NULL;
      g_auto (GStrv) missing = iw_peer_missing (store, docid, asked, &ancestors, NULL);
      g_autofree char *rev = NULL;

      g_assert_cmpint (g_strv_length (latest), ==, 2);
      g_assert_cmpint (g_strv_length (leaves), ==, 2);
      g_assert_cmpint (g_strv_length (history), ==, 2);
      g_assert_cmpint (g_strv_length (ancestors), ==, 2);
      g_assert_cmpint (g_strv_length (missing), ==, 1);
      g_assert_true (iw_peer_get (store, docid, "2-c", &doc, NULL));
      begin (store);
      g_assert_true (iw_peer_edit (store, docid, "2-b", "{}", FALSE, NULL, &rev, NULL));
      g_assert_true (try_put (store, docid, "3-z 2-b 1-a", FALSE, NULL, NULL));
      g_assert_true (
          iw_peer_purge (store, docid, (const char *[]){ rev, "3-z", NULL }, "x", NULL, NULL));
      iw_peer_rollback (store);
    }
  return g_get_monotonic_time () - start;
}

/* A hundred times as many documents change nothing for one of them. */
static void
test_many_documents (Fixture *f, gconstpointer data)
{
  gint64 few;

  fill (f->store, 0, 200);
  few = MIN (ask_all (f->store), ask_all (f->store));
  fill (f->store, 200, 20000);
  g_assert_cmpint (MIN (ask_all (f->store), ask_all (f->store)), <, 10 * few);
}

/* ---- kinds of databases ---- */

static void
test_kinds (Fixture *f, gconstpointer data)
{
  static const IwStoreOpenFlags as_peer[] = { IW_STORE_OPEN_PEER,
                                              IW_STORE_OPEN_PEER | IW_STORE_OPEN_READ_ONLY };
  static const IwStoreOpenFlags as_app[] = { IW_STORE_OPEN_DEFAULT, IW_STORE_OPEN_READ_ONLY };
  g_autofree char *app = iw_test_make_dir ();
  g_autoptr (IwStore) workspace = open_at (app, IW_STORE_OPEN_DEFAULT, NULL);
  IwChange change = { "workspace:x-1", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_store_is_peer (f->store));
  g_assert_false (iw_store_is_peer (workspace));
  g_assert_false (iw_store_apply (f->store, "x", &change, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_clear_error (&error);
  put_rev (f->store, DOC, "1-a", FALSE);
  g_clear_object (&f->store);
  for (guint i = 0; i < G_N_ELEMENTS (as_peer); i++)
    {
      g_autoptr (IwStore) good = open_at (f->dir, as_peer[i], NULL);

      assert_peer_leaves (good, DOC, "1-a");
      g_assert_null (iw_store_open (f->dir, as_app[i], NULL, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_null (iw_store_open (app, as_peer[i], NULL, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_clear_object (&workspace);
  iw_test_remove_dir (app);
}

/* A workspace is a peer too, and its screens follow. */
static void
test_workspace (Fixture *f, gconstpointer data)
{
  static const char body[] = "{\"created_at\":\"2026-11-03T03:00:00Z\",\"incident\":\"" INCIDENT_A
                             "\",\"kind\":\"observation\",\"occurred_at\":\"2026-11-03T03:00:00Z\","
                             "\"text\":\"from a peer\",\"type\":\"entry\",\"v\":1}";
  const char *revs[] = { "1-a", NULL };
  IwPeerRev rev = { INCIDENT_A ":entry-1", revs, body, FALSE, NULL };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *gone = NULL;

  put_incident (f->store, INCIDENT_A, "Title");
  begin (f->store);
  g_assert_true (iw_peer_put (f->store, &rev, NULL, NULL));
  commit (f->store);
  entries = iw_query_entries (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (entries->len, ==, 1);
  hits = iw_query_search (f->store, "peer", NULL, 0, NULL, 10, NULL);
  g_assert_cmpint (hits->len, ==, 1);
  gone = edit (f->store, rev.docid, "1-a", "{}", TRUE);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = iw_query_entries (f->store, INCIDENT_A, NULL);
  g_assert_cmpint (entries->len, ==, 0);
  assert_sound (f->store);
}

/* What cannot be read is not taken for what is not there. */
static void
test_find (Fixture *f, gconstpointer data)
{
  g_auto (IwPeerDoc) absent = { 0 };
  g_auto (IwPeerDoc) there = { 0 };
  g_auto (IwPeerDoc) unread = { 0 };
  g_autoptr (GError) error = NULL;

  put_rev (f->store, "a:1", "1-a", FALSE);
  g_assert_true (iw_peer_find (f->store, "a:2", NULL, &absent, NULL));
  g_assert_null (absent.docid);
  g_assert_true (iw_peer_find (f->store, "a:1", "2-b", &absent, NULL));
  g_assert_null (absent.docid);
  g_assert_true (iw_peer_find (f->store, "a:1", "1-a", &there, NULL));
  g_assert_cmpstr (there.docid, ==, "a:1");
  g_assert_true (iw_db_exec (f->store->db, "ALTER TABLE rev RENAME TO gone", NULL));
  g_assert_false (iw_peer_find (f->store, "a:1", "1-a", &unread, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_peer_test ("/peer/put", test_put);
  add_peer_test ("/peer/refused", test_refused);
  add_peer_test ("/peer/rollback", test_rollback);
  add_peer_test ("/peer/edit", test_edit);
  add_peer_test ("/peer/edit-conflict", test_edit_conflict);
  add_peer_test ("/peer/edit-joins", test_edit_joins);
  add_peer_test ("/peer/latest", test_latest);
  add_peer_test ("/peer/revs-info", test_revs_info);
  add_peer_test ("/peer/missing", test_missing);
  add_peer_test ("/peer/changes", test_changes);
  add_peer_test ("/peer/all-docs", test_all_docs);
  add_peer_test ("/peer/info", test_info);
  add_peer_test ("/peer/local", test_local);
  add_peer_test ("/peer/revs-limit", test_revs_limit);
  add_peer_test ("/peer/hostile-history", test_hostile_history);
  add_peer_test ("/peer/hostile-conflicts", test_hostile_conflicts);
  add_test ("/peer/hostile-conflicts-in-workspace", test_hostile_conflicts);
  add_peer_test ("/peer/many-documents", test_many_documents);
  add_peer_test ("/peer/kinds", test_kinds);
  add_test ("/peer/workspace", test_workspace);
  add_test ("/peer/find", test_find);
  return g_test_run ();
}
