/* The same revisions in any order, in any batches, with or without their histories' ends, make the
 * same database. */
#include "peer-fixture.h"

#define MAX_NODES 40
#define ROUNDS 60

/* Random trees of a few documents: node i hangs below parent[i] < i, and is delivered with its
 * history. */
typedef struct
{
  guint n;
  guint doc[MAX_NODES];
  int parent[MAX_NODES];
  guint gen[MAX_NODES];
  char *path[MAX_NODES];
  gboolean deleted[MAX_NODES];
} Trees;

static int
pick_parent (const Trees *trees, guint i)
{
  int parent = g_test_rand_int_range (0, MAX (i, 1));

  if (i == 0 || g_test_rand_int_range (0, 8) == 0 || trees->doc[parent] != trees->doc[i])
    return -1;
  return parent;
}

static void
make_trees (Trees *trees)
{
  trees->n = g_test_rand_int_range (2, MAX_NODES);
  for (guint i = 0; i < trees->n; i++)
    {
      g_autofree char *own = NULL;

      trees->doc[i] = g_test_rand_int_range (0, 3);
      trees->parent[i] = pick_parent (trees, i);
      trees->deleted[i] = g_test_rand_int_range (0, 3) == 0;
      trees->gen[i] = trees->parent[i] < 0 ? 1 : trees->gen[trees->parent[i]] + 1;
      own = g_strdup_printf ("%u-%08xn%u", trees->gen[i], g_test_rand_int (), i);
      trees->path[i] = trees->parent[i] < 0
                           ? g_strdup (own)
                           : g_strconcat (own, " ", trees->path[trees->parent[i]], NULL);
    }
}

static void
clear_trees (Trees *trees)
{
  for (guint i = 0; i < trees->n; i++)
    g_free (trees->path[i]);
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

static void
put_node (IwStore *store, const Trees *trees, guint i, guint cut)
{
  g_autofree char *docid = g_strdup_printf (INCIDENT_A ":x-%u", trees->doc[i]);
  g_auto (GStrv) path = g_strsplit (trees->path[i], " ", -1);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  for (guint k = g_strv_length (path); cut > 0 && k > cut; k--)
    g_clear_pointer (&path[k - 1], g_free);
  text = g_strjoinv (" ", path);
  try_put (store, docid, text, trees->deleted[i], NULL, &error);
  g_assert_no_error (error);
}

/* All of them shuffled, in batches, some twice, some with a history cut off; at last each with its
 * whole one. */
static void
deliver (IwStore *store, const Trees *trees, gboolean stemmed)
{
  guint order[MAX_NODES];

  shuffle (order, trees->n);
  begin (store);
  for (guint i = 0; i < trees->n; i++)
    {
      put_node (store, trees, order[i], stemmed ? g_test_rand_int_range (0, 4) : 0);
      if (g_test_rand_int_range (0, 4) == 0)
        put_node (store, trees, order[g_test_rand_int_range (0, trees->n)], 0);
      if (g_test_rand_int_range (0, 6) == 0)
        {
          commit (store);
          begin (store);
        }
    }
  shuffle (order, trees->n);
  for (guint i = 0; stemmed && i < trees->n; i++)
    put_node (store, trees, order[i], 0);
  commit (store);
}

static gboolean
note_change (const IwPeerChange *change, gpointer data)
{
  g_autofree char *revs = g_strjoinv (",", (char **)change->revs);

  g_ptr_array_add (data, g_strdup_printf ("%s %s %s %d", change->docid, revs, change->doc->body,
                                          change->deleted));
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* All that a peer is told, by document, with the histories of the leaves. */
static char *
state_of (IwStore *store)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) out = g_string_new (NULL);
  IwPeerInfo info;

  iw_peer_foreach_change (store, 0, 0, IW_PEER_CHANGES_ALL_LEAVES | IW_PEER_CHANGES_BODIES,
                          note_change, lines, NULL, NULL);
  g_ptr_array_sort_values (lines, compare);
  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines->pdata[i], " ", 3);
      g_auto (GStrv) revs = g_strsplit (parts[1], ",", -1);

      g_string_append_printf (out, "%s\n", (char *)lines->pdata[i]);
      for (guint k = 0; revs[k] != NULL; k++)
        {
          g_auto (GStrv) history = iw_peer_history (store, parts[0], revs[k], NULL);
          g_autofree char *joined = g_strjoinv (" ", history);

          g_string_append_printf (out, "  %s\n", joined);
        }
    }
  iw_peer_get_info (store, &info, NULL);
  g_string_append_printf (out, "%d %d %d", (int)info.doc_count, (int)info.doc_del_count,
                          (int)info.external_size);
  return g_string_free_and_steal (g_steal_pointer (&out));
}

static char *
deliver_to_new (const Trees *trees, IwStoreOpenFlags flags, gboolean stemmed)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwStore) store = open_at (dir, flags, NULL);
  char *state;

  deliver (store, trees, stemmed);
  assert_sound (store);
  state = state_of (store);
  g_clear_object (&store);
  iw_test_remove_dir (dir);
  return state;
}

static void
test_any_order (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      Trees trees;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      g_autofree char *stemmed = NULL;
      g_autofree char *workspace = NULL;

      make_trees (&trees);
      first = deliver_to_new (&trees, IW_STORE_OPEN_PEER, FALSE);
      second = deliver_to_new (&trees, IW_STORE_OPEN_PEER, FALSE);
      stemmed = deliver_to_new (&trees, IW_STORE_OPEN_PEER, TRUE);
      g_assert_cmpstr (first, ==, second);
      g_assert_cmpstr (first, ==, stemmed);
      if (round % 8 == 0)
        {
          workspace = deliver_to_new (&trees, IW_STORE_OPEN_DEFAULT, TRUE);
          g_assert_cmpstr (first, ==, workspace);
        }
      clear_trees (&trees);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/peer-random/any-order", test_any_order);
  return g_test_run ();
}
