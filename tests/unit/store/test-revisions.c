/* Revision trees under CouchDB's rules: ids, winners, conflicts, histories. */
#include "store-fixture.h"

#include "iw-json.h"

#define DOC INCIDENT_A ":entry-01900000-0000-7000-8000-000000000001"

/* Delivers one revision with its ancestors, "3-c 2-b 1-a"; the body says which one it is. */
static gboolean
deliver_to (IwStore *store, const char *path, gboolean deleted, GError **error)
{
  g_auto (GStrv) revs = g_strsplit (path, " ", -1);
  g_autoptr (JsonObject) body = json_object_new ();
  IwReplicatedRev rev = { DOC, (const char *const *)revs, body, deleted };

  json_object_set_string_member (body, "type", "x");
  json_object_set_string_member (body, "text", revs[0]);
  return iw_store_put_replicated (store, &rev, 1, error);
}

static void
deliver (Fixture *f, const char *path, gboolean deleted)
{
  g_autoptr (GError) error = NULL;

  deliver_to (f->store, path, deleted, &error);
  g_assert_no_error (error);
}

static char *
leaves_of (IwStore *store, gboolean include_deleted)
{
  g_auto (GStrv) leaves = iw_store_get_leaves (store, DOC, include_deleted, NULL);

  return g_strjoinv (" ", leaves);
}

#define assert_leaves(store, deleted, expected)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *leaves_ = leaves_of (store, deleted);                                         \
    g_assert_cmpstr (leaves_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

/* ---- ids ---- */

static void
test_parse (void)
{
  static const char *const bad[] = {
    "",      "1",    "-a",    "0-a",  "01-a",         "1-",  "a-1",
    "1-a b", "1-a/", "1-a-b", "+1-a", "9999999999-a", "1-é", " 1-a"
  };
  g_autofree char *long_hash = g_strnfill (IW_REV_MAX_HASH + 1, 'a');
  g_autofree char *too_long = g_strconcat ("1-", long_hash, NULL);
  IwRev rev;

  g_assert_true (iw_rev_parse ("12-0123456789abcdef0123456789abcdef", &rev));
  g_assert_cmpint (rev.gen, ==, 12);
  g_assert_cmpstr (rev.hash, ==, "0123456789abcdef0123456789abcdef");
  g_assert_true (iw_rev_parse ("3-of_no.body~", &rev));
  g_assert_cmpstr (rev.hash, ==, "of_no.body~");
  g_assert_true (!iw_rev_parse (too_long, &rev));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (iw_rev_parse (bad[i], &rev));
}

static void
test_deterministic (void)
{
  IwRev parent = { 1, "aaaa" };
  IwRev other = { 1, "aaab" };
  IwRev a = iw_rev_make (NULL, FALSE, "{}");
  IwRev b = iw_rev_make (NULL, FALSE, "{}");

  g_assert_cmpint (a.gen, ==, 1);
  g_assert_cmpstr (a.hash, ==, b.hash);
  g_assert_cmpint (strlen (a.hash), ==, 32);
  b = iw_rev_make (NULL, TRUE, "{}");
  g_assert_cmpstr (a.hash, !=, b.hash);
  b = iw_rev_make (NULL, FALSE, "{\"a\":1}");
  g_assert_cmpstr (a.hash, !=, b.hash);
  a = iw_rev_make (&parent, FALSE, "{}");
  b = iw_rev_make (&other, FALSE, "{}");
  g_assert_cmpint (a.gen, ==, 2);
  g_assert_cmpstr (a.hash, !=, b.hash);
}

static void
test_canonical (void)
{
  static const struct
  {
    const char *input;
    const char *expected;
  } cases[] = {
    { "{ \"b\": 1, \"a\" : [ true, false, null ] }", "{\"a\":[true,false,null],\"b\":1}" },
    { "{\"a\":\"\\u00e9\\n\\t\\\"\\\\\\/\"}", "{\"a\":\"é\\n\\u0009\\\"\\\\/\"}" },
    { "{\"a\":1.0,\"b\":0.1,\"c\":1e300,\"d\":-0.0,\"e\":3}",
      "{\"a\":1.0,\"b\":0.1,\"c\":1e+300,\"d\":0.0,\"e\":3}" },
    { "{\"a\":9223372036854775807,\"b\":-9223372036854775807}",
      "{\"a\":9223372036854775807,\"b\":-9223372036854775807}" },
    { "{\"z\":{\"y\":{},\"x\":[]},\"Z\":\"\"}", "{\"Z\":\"\",\"z\":{\"x\":[],\"y\":{}}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = json (cases[i].input);
      g_autofree char *text = iw_json_to_canonical (object, NULL);
      g_autoptr (JsonObject) again = json (text);
      g_autofree char *twice = iw_json_to_canonical (again, NULL);

      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_cmpstr (twice, ==, text);
    }
}

/* The same edit in two workspaces is the same revision. */
static void
test_same_edit_elsewhere (Fixture *f, gconstpointer data)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree IwContext *context = iw_context_new_fake (TEST_START, 0, 1);
  g_autoptr (IwStore) other = open_at (dir, IW_STORE_OPEN_DEFAULT, context);
  g_autofree char *rev = NULL;
  g_autofree char *other_rev = NULL;

  g_clear_object (&f->store);
  g_free (f->context);
  f->context = iw_context_new_fake (TEST_START, 0, 2);
  f->store = open_at (f->dir, IW_STORE_OPEN_DEFAULT, f->context);
  put (f->store, DOC, "{\"type\":\"x\",\"a\":1}");
  put (other, DOC, "{\"a\":1,\"type\":\"x\"}");
  rev = winner_of (f->store, DOC);
  other_rev = winner_of (other, DOC);
  g_assert_cmpstr (rev, ==, other_rev);
  g_clear_object (&other);
  iw_test_remove_dir (dir);
}

/* ---- trees ---- */

static void
test_twice_is_nothing (Fixture *f, gconstpointer data)
{
  gint64 seq;

  deliver (f, "2-b 1-a", FALSE);
  seq = iw_store_get_seq (f->store);
  deliver (f, "2-b 1-a", FALSE);
  deliver (f, "1-a", FALSE); /* its body, late */
  g_assert_cmpint (iw_store_get_seq (f->store), ==, seq);
  assert_leaves (f->store, TRUE, "2-b");
  assert_field (f->store, DOC, "text", "2-b");
}

static void
test_missing_ancestors (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) history = NULL;
  g_autofree char *joined = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;

  deliver (f, "4-d 3-c 2-b 1-a", FALSE);
  history = iw_store_get_history (f->store, DOC, "4-d", &error);
  g_assert_no_error (error);
  joined = g_strjoinv (" ", history);
  g_assert_cmpstr (joined, ==, "4-d 3-c 2-b 1-a");
  g_assert_null (iw_store_get_rev (f->store, DOC, "3-c", NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  deliver (f, "3-c 2-b 1-a", FALSE);
  body = iw_store_get_rev (f->store, DOC, "3-c", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (body, "text"), ==, "3-c");
}

static void
test_winner (Fixture *f, gconstpointer data)
{
  deliver (f, "2-b 1-a", FALSE);
  deliver (f, "2-c 1-a", FALSE); /* the greater hash */
  assert_leaves (f->store, TRUE, "2-c 2-b");
  assert_field (f->store, DOC, "text", "2-c");
  deliver (f, "3-a 2-b 1-a", FALSE); /* the higher number */
  assert_leaves (f->store, TRUE, "3-a 2-c");
  deliver (f, "9-z 8-y", TRUE); /* deleted comes last, however high */
  assert_leaves (f->store, TRUE, "3-a 2-c 9-z");
  assert_leaves (f->store, FALSE, "3-a 2-c");
  deliver (f, "4-d 3-a", TRUE);
  assert_field (f->store, DOC, "text", "2-c");
  deliver (f, "3-x 2-c", TRUE);
  g_assert_null (iw_store_get (f->store, DOC, NULL, NULL));
  assert_leaves (f->store, TRUE, "9-z 4-d 3-x");
  assert_leaves (f->store, FALSE, "");
}

/* CouchDB orders hashes as ASCII: digits before capitals before small letters. */
static void
test_ascii_order (Fixture *f, gconstpointer data)
{
  deliver (f, "1-Z", FALSE);
  deliver (f, "1-a", FALSE);
  deliver (f, "1-9", FALSE);
  assert_leaves (f->store, TRUE, "1-a 1-Z 1-9");
}

static void
test_interleaved_branches (Fixture *f, gconstpointer data)
{
  g_autofree char *ancestor = NULL;
  g_autofree char *none = NULL;
  g_autofree char *own = NULL;
  g_autoptr (GError) error = NULL;

  deliver (f, "1-a", FALSE);
  deliver (f, "3-b 2-b 1-a", FALSE);
  deliver (f, "2-b 1-a", FALSE);
  deliver (f, "2-c 1-a", FALSE);
  deliver (f, "3-c 2-c 1-a", FALSE);
  deliver (f, "4-b 3-b 2-b 1-a", FALSE);
  assert_leaves (f->store, TRUE, "4-b 3-c");
  ancestor = iw_store_common_ancestor (f->store, DOC, "4-b", "3-c", &error);
  g_assert_cmpstr (ancestor, ==, "1-a");
  own = iw_store_common_ancestor (f->store, DOC, "2-b", "4-b", &error);
  g_assert_cmpstr (own, ==, "2-b");
  deliver (f, "1-q", FALSE);
  none = iw_store_common_ancestor (f->store, DOC, "1-q", "4-b", &error);
  g_assert_null (none);
  g_assert_no_error (error);
}

/* An ancestor of which only the id is known is of no use to a merge. */
static void
test_ancestor_without_body (Fixture *f, gconstpointer data)
{
  g_autofree char *ancestor = NULL;

  deliver (f, "3-b 2-a 1-a", FALSE);
  deliver (f, "3-c 2-a 1-a", FALSE);
  g_assert_null (iw_store_common_ancestor (f->store, DOC, "3-b", "3-c", NULL));
  deliver (f, "1-a", FALSE);
  ancestor = iw_store_common_ancestor (f->store, DOC, "3-b", "3-c", NULL);
  g_assert_cmpstr (ancestor, ==, "1-a");
}

/* A history that came cut off is joined when the rest becomes known. */
static void
test_stemmed (Fixture *f, gconstpointer data)
{
  deliver (f, "2-b", FALSE);
  deliver (f, "5-e 4-d", FALSE);
  assert_leaves (f->store, TRUE, "5-e 2-b");
  deliver (f, "5-e 4-d 3-c 2-b 1-a", FALSE);
  assert_leaves (f->store, TRUE, "5-e");
}

static void
test_edit_goes_on_from_winner (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;
  g_auto (GStrv) history = NULL;

  deliver (f, "2-b 1-a", FALSE);
  deliver (f, "2-c 1-a", FALSE);
  put (f->store, DOC, "{\"type\":\"x\",\"text\":\"mine\"}");
  rev = winner_of (f->store, DOC);
  history = iw_store_get_history (f->store, DOC, rev, NULL);
  g_assert_true (g_str_has_prefix (rev, "3-"));
  g_assert_cmpstr (history[1], ==, "2-c");
}

static void
test_long_history (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_auto (GStrv) history = NULL;
  g_autofree char *rev = NULL;

  for (guint i = 1200; i > 0; i--)
    g_string_append_printf (path, "%s%u-a", i < 1200 ? " " : "", i);
  deliver (f, path->str, FALSE);
  put (f->store, DOC, "{\"type\":\"x\"}");
  rev = winner_of (f->store, DOC);
  g_assert_true (g_str_has_prefix (rev, "1201-"));
  history = iw_store_get_history (f->store, DOC, rev, NULL);
  g_assert_cmpint (g_strv_length (history), ==, 1000);
  g_assert_cmpstr (history[999], ==, "202-a");
}

static void
test_revs_diff (Fixture *f, gconstpointer data)
{
  static const char *const asked[] = { "1-a", "2-x", "2-b", "3-c", NULL };
  static const char *const bad[] = { "1-a", "x", NULL };
  g_auto (GStrv) missing = NULL;
  g_auto (GStrv) all = NULL;
  g_autoptr (GError) error = NULL;

  deliver (f, "2-b 1-a", FALSE);
  missing = iw_store_revs_diff (f->store, DOC, asked, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_strv_length (missing), ==, 2);
  g_assert_cmpstr (missing[0], ==, "2-x");
  g_assert_cmpstr (missing[1], ==, "3-c");
  all = iw_store_revs_diff (f->store, INCIDENT_B ":x", asked, &error);
  g_assert_cmpint (g_strv_length (all), ==, 4);
  g_assert_null (iw_store_revs_diff (f->store, DOC, bad, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
}

static void
test_malformed (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = { "",        "x",           "2-b 2-a", "3-c 1-a",
                                     "1-a 2-b", "2-b 1-a 0-z", "2-b x" };
  g_autoptr (GError) error = NULL;
  static const char *const good[] = { "1-a", NULL };
  IwReplicatedRev no_body = { DOC, good, NULL, FALSE };
  IwReplicatedRev no_id = { "_x", good, NULL, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (deliver_to (f->store, bad[i], FALSE, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (iw_store_put_replicated (f->store, &no_body, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (iw_store_put_replicated (f->store, &no_id, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  assert_leaves (f->store, TRUE, "");
  g_assert_cmpint (iw_store_get_seq (f->store), ==, 0);
}

/* Ids that only other peers make, and the envelope of a replicated body. */
static void
test_foreign (Fixture *f, gconstpointer data)
{
  static const char *const revs[] = { "1-a", NULL };
  g_autoptr (JsonObject) body =
      json ("{\"_id\":\"x\",\"_rev\":\"1-a\",\"_attachments\":{\"f\":{\"stub\":true}},\"a\":1}");
  IwReplicatedRev rev = { "_design/workbench", revs, body, FALSE };
  IwReplicatedRev gone = { "plain", revs, NULL, TRUE };
  g_autoptr (JsonObject) got = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_store_put_replicated (f->store, &rev, 1, &error));
  g_assert_true (iw_store_put_replicated (f->store, &gone, 1, &error));
  got = iw_store_get (f->store, "_design/workbench", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (json_object_has_member (got, "_id"));
  g_assert_true (json_object_has_member (got, "_attachments"));
}

/* ---- any order gives the same tree ---- */

#define MAX_NODES 24

/* A random tree: node i hangs below parent[i] < i; each is delivered with its whole history. */
typedef struct
{
  guint n;
  int parent[MAX_NODES];
  char *path[MAX_NODES];
  gboolean deleted[MAX_NODES];
} Tree;

static void
make_tree (Tree *tree)
{
  guint gen[MAX_NODES];

  tree->n = g_test_rand_int_range (2, MAX_NODES);
  for (guint i = 0; i < tree->n; i++)
    {
      g_autofree char *own = NULL;

      tree->parent[i] =
          i == 0 || g_test_rand_int_range (0, 12) == 0 ? -1 : g_test_rand_int_range (0, i);
      tree->deleted[i] = g_test_rand_int_range (0, 3) == 0;
      gen[i] = tree->parent[i] < 0 ? 1 : gen[tree->parent[i]] + 1;
      own = g_strdup_printf ("%u-%08xn%u", gen[i], g_test_rand_int (), i);
      tree->path[i] = tree->parent[i] < 0
                          ? g_strdup (own)
                          : g_strconcat (own, " ", tree->path[tree->parent[i]], NULL);
    }
}

static void
shuffle (guint *order, guint n)
{
  for (guint i = 0; i < n; i++)
    order[i] = i;
  for (guint i = n - 1; i > 0; i--)
    {
      guint k = g_test_rand_int_range (0, i + 1);
      guint swap = order[i];

      order[i] = order[k];
      order[k] = swap;
    }
}

static char *
deliver_shuffled (const Tree *tree, const char *dir)
{
  g_autoptr (IwStore) store = open_at (dir, IW_STORE_OPEN_DEFAULT, NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  IwReplicatedRev revs[MAX_NODES];
  char **split[MAX_NODES];
  JsonObject *bodies[MAX_NODES];
  guint order[MAX_NODES];
  guint cut;

  shuffle (order, tree->n);
  for (guint i = 0; i < tree->n; i++)
    {
      split[i] = g_strsplit (tree->path[order[i]], " ", -1);
      bodies[i] = json_object_new ();
      json_object_set_string_member (bodies[i], "text", split[i][0]);
      revs[i] = (IwReplicatedRev){ DOC, (const char *const *)split[i], bodies[i],
                                   tree->deleted[order[i]] };
    }
  cut = g_test_rand_int_range (0, tree->n); /* two batches */
  iw_store_put_replicated (store, revs, cut, &error);
  g_assert_no_error (error);
  iw_store_put_replicated (store, revs + cut, tree->n - cut, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < tree->n; i++)
    {
      json_object_unref (bodies[i]);
      g_strfreev (split[i]);
    }
  g_assert_true (iw_store_check (store, FALSE, problems, NULL, &error));
  g_assert_cmpint (problems->len, ==, 0);
  return leaves_of (store, TRUE);
}

static void
test_any_order (void)
{
  for (guint round = 0; round < 12; round++)
    {
      Tree tree;
      g_autofree char *first = NULL;

      make_tree (&tree);
      for (guint i = 0; i < 3; i++)
        {
          g_autofree char *dir = iw_test_make_dir ();
          g_autofree char *leaves = deliver_shuffled (&tree, dir);

          if (first == NULL)
            first = g_strdup (leaves);
          g_assert_cmpstr (leaves, ==, first);
          iw_test_remove_dir (dir);
        }
      for (guint i = 0; i < tree.n; i++)
        g_free (tree.path[i]);
    }
}

/* A peer that tells another past of a revision is not believed, and leaves nothing loose behind. */
static void
test_history_is_not_rewritten (Fixture *f, gconstpointer data)
{
  const char *const known[] = { "3-c", "2-b", "1-a", NULL };
  const char *const other[] = { "3-c", "2-x", "1-y", NULL };
  const char *const longer[] = { "4-d", "3-c", "2-x", "1-y", NULL };
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  const IwReplicatedRev revs[] = { { DOC, known, body, FALSE },
                                   { DOC, other, body, FALSE },
                                   { DOC, longer, body, FALSE } };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *leaves = NULL;
  g_auto (GStrv) history = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  iw_store_put_replicated (f->store, revs, G_N_ELEMENTS (revs), &error);
  g_assert_no_error (error);
  leaves = leaves_of (f->store, TRUE);
  g_assert_cmpstr (leaves, ==, "4-d");
  history = iw_store_get_history (f->store, DOC, "4-d", &error);
  line = g_strjoinv (" ", history);
  g_assert_cmpstr (line, ==, "4-d 3-c 2-b 1-a");
  g_assert_true (iw_store_check (f->store, FALSE, problems, NULL, &error));
  g_assert_cmpint (problems->len, ==, 0);
}

/* What came after the last generation could be read by nobody, this store included. */
static void
test_last_generation (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  const IwChange edit = { DOC, body }, deletion = { DOC, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  deliver (f, "999999999-a", FALSE);
  g_assert_false (iw_store_apply (f->store, "Edit", &edit, 1, 1, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_assert_false (iw_store_apply (f->store, "Delete", &deletion, 1, 1, &again));
  g_assert_error (again, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  assert_leaves (f->store, TRUE, "999999999-a");
}

/* Nor is undo stuck on it. */
static void
test_last_generation_undone (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = json ("{\"type\":\"x\"}");
  const IwChange edit = { DOC, body };
  g_autoptr (GError) error = NULL;

  deliver (f, "999999998-a", FALSE);
  g_assert_true (iw_store_apply (f->store, "Edit", &edit, 1, 1, NULL));
  g_assert_false (iw_store_undo (f->store, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  g_assert_null (iw_store_get_undo_label (f->store, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/revisions/parse", test_parse);
  g_test_add_func ("/revisions/deterministic", test_deterministic);
  g_test_add_func ("/revisions/canonical", test_canonical);
  add_test ("/revisions/same-edit-elsewhere", test_same_edit_elsewhere);
  add_test ("/revisions/twice", test_twice_is_nothing);
  add_test ("/revisions/missing-ancestors", test_missing_ancestors);
  add_test ("/revisions/winner", test_winner);
  add_test ("/revisions/ascii-order", test_ascii_order);
  add_test ("/revisions/interleaved", test_interleaved_branches);
  add_test ("/revisions/ancestor-without-body", test_ancestor_without_body);
  add_test ("/revisions/stemmed", test_stemmed);
  add_test ("/revisions/history-is-not-rewritten", test_history_is_not_rewritten);
  add_test ("/revisions/edit-goes-on", test_edit_goes_on_from_winner);
  add_test ("/revisions/long-history", test_long_history);
  add_test ("/revisions/diff", test_revs_diff);
  add_test ("/revisions/malformed", test_malformed);
  add_test ("/revisions/foreign", test_foreign);
  g_test_add_func ("/revisions/any-order", test_any_order);
  add_test ("/revisions/last-generation", test_last_generation);
  add_test ("/revisions/last-generation-undone", test_last_generation_undone);
  return g_test_run ();
}
