/* Two people, offline for a while, with whatever they write: after both have the same leaves, both
 * make the same revisions, and nothing that both kept is lost. */
#include "store-fixture.h"

#include "iw-conflicts.h"
#include "iw-peer.h"

#define SEEDS 30
#define N_DOCS 6
#define N_SIDES 3

typedef struct
{
  char *dirs[N_SIDES];
  IwContext *contexts[N_SIDES];
  IwStore *stores[N_SIDES];
} Sides;

static void
sides_init (Sides *self, guint seed)
{
  static const char *const authors[] = { "hana", "omar", "mina" };

  for (guint i = 0; i < N_SIDES; i++)
    {
      self->dirs[i] = iw_test_make_dir ();
      /* Clocks that are off by hours. */
      self->contexts[i] = iw_context_new_fake (TEST_START + (gint64)i * 7000 * IW_USEC_PER_SEC,
                                               1000, seed * 10 + i);
      self->stores[i] = open_at (self->dirs[i], IW_STORE_OPEN_DEFAULT, self->contexts[i]);
      iw_store_set_author (self->stores[i], authors[i]);
    }
}

static void
sides_clear (Sides *self)
{
  for (guint i = 0; i < N_SIDES; i++)
    {
      g_object_unref (self->stores[i]);
      iw_test_remove_dir (self->dirs[i]);
      g_free (self->dirs[i]);
      g_free (self->contexts[i]);
    }
}

static char *
docid_of (guint n)
{
  return g_strdup_printf (INCIDENT_A ":task-01900000-0000-7000-8000-00000000000%u", n);
}

static void
edit (IwStore *store, GRand *rand)
{
  static const char *const phases[] = { "containment", "eradication", "recovery" };
  g_autofree char *docid = docid_of (g_rand_int_range (rand, 0, N_DOCS));
  g_autoptr (JsonObject) body = iw_store_get (store, docid, NULL, NULL);
  IwChange change = { docid, body };
  g_autofree char *note = NULL;

  if (body == NULL)
    change.body = body = json ("{\"type\":\"task\",\"title\":\"t\",\"phase\":\"recovery\",\"note\":"
                               "\"one two three four\"}");
  else if (g_rand_int_range (rand, 0, 12) == 0)
    change.body = NULL;
  else if (g_rand_boolean (rand))
    json_object_set_string_member (body, "phase", phases[g_rand_int_range (rand, 0, 3)]);
  else
    {
      const char *old = json_object_get_string_member_with_default (body, "note", "");

      note = g_rand_boolean (rand)
                 ? g_strdup_printf ("w%u %s", g_rand_int_range (rand, 0, 1000), old)
                 : g_strdup_printf ("%s w%u", old, g_rand_int_range (rand, 0, 1000));
      json_object_set_string_member (body, "note", note);
    }
  g_assert_true (iw_store_apply (store, "Edit", &change, 1, 1, NULL));
}

/* ---- what a replicator does ---- */

static gboolean with_ancestors;

static gboolean
copy_leaves (const IwPeerChange *change, gpointer data)
{
  IwStore **pair = data;

  for (guint i = 0; change->revs[i] != NULL; i++)
    {
      g_auto (GStrv) history = iw_peer_history (pair[0], change->docid, change->revs[i], NULL);

      /* The leaf alone, as the protocol has it, or also what is kept of what it comes from. */
      for (guint n = 0; history[n] != NULL && (n == 0 || with_ancestors); n++)
        {
          g_auto (IwPeerDoc) doc = { 0 };
          IwPeerRev rev;
          g_autoptr (GError) error = NULL;

          if (!iw_peer_get (pair[0], change->docid, history[n], &doc, &error) || doc.body == NULL)
            continue;
          rev = (IwPeerRev){ change->docid, (const char *const *)history + n, doc.body, doc.deleted,
                             NULL };
          iw_peer_put (pair[1], &rev, NULL, &error);
          g_assert_no_error (error);
        }
    }
  return TRUE;
}

static void
replicate (IwStore *from, IwStore *to)
{
  IwStore *pair[] = { from, to };
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_peer_begin (to, &error));
  g_assert_true (iw_peer_foreach_change (from, 0, 0, IW_PEER_CHANGES_ALL_LEAVES, copy_leaves, pair,
                                         NULL, &error));
  g_assert_true (iw_peer_commit (to, &error));
}

static void
replicate_all (Sides *self)
{
  for (guint i = 1; i < N_SIDES; i++)
    replicate (self->stores[i], self->stores[0]);
  for (guint i = 1; i < N_SIDES; i++)
    replicate (self->stores[0], self->stores[i]);
}

static gboolean
append_leaves (const IwPeerChange *change, gpointer data)
{
  GPtrArray *rows = ((gpointer *)data)[0];
  IwStore *store = ((gpointer *)data)[1];
  g_autoptr (GString) row = g_string_new (change->docid);

  for (guint i = 0; change->revs[i] != NULL; i++)
    {
      g_auto (IwPeerDoc) doc = { 0 };

      g_assert_true (iw_peer_get (store, change->docid, change->revs[i], &doc, NULL));
      g_string_append_printf (row, "\n %s %d %s", change->revs[i], doc.deleted, doc.body);
    }
  g_ptr_array_add (rows, g_string_free_and_steal (g_steal_pointer (&row)));
  return TRUE;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* All leaves with their bodies. */
static char *
state_of (IwStore *store)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  gpointer data[] = { rows, store };

  g_assert_true (iw_peer_foreach_change (store, 0, 0, IW_PEER_CHANGES_ALL_LEAVES, append_leaves,
                                         data, NULL, NULL));
  g_ptr_array_sort (rows, compare_rows);
  g_ptr_array_add (rows, NULL);
  return g_strjoinv ("\n", (char **)rows->pdata);
}

static void
assert_same (Sides *self)
{
  g_autofree char *first = state_of (self->stores[0]);

  for (guint i = 1; i < N_SIDES; i++)
    {
      g_autofree char *other = state_of (self->stores[i]);

      g_assert_cmpstr (other, ==, first);
    }
}

static guint
merge_all (Sides *self)
{
  guint total = 0;

  for (guint i = 0; i < N_SIDES; i++)
    {
      guint merged;
      g_autoptr (GError) error = NULL;

      iw_conflicts_merge_all (self->stores[i], &merged, NULL, &error);
      g_assert_no_error (error);
      total += merged;
    }
  return total;
}

static void
test_same_leaves (void)
{
  guint merged = 0;

  with_ancestors = TRUE;
  for (guint seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      Sides sides;

      sides_init (&sides, seed);
      for (guint round = 0; round < 4; round++)
        {
          for (guint i = 0; i < 8; i++)
            edit (sides.stores[g_rand_int_range (rand, 0, N_SIDES)], rand);
          if (round % 2 == 0 && g_rand_boolean (rand))
            replicate (sides.stores[0], sides.stores[1]);
        }
      replicate_all (&sides);
      assert_same (&sides);
      /* Each merges by itself, and all have made the same. */
      merged += merge_all (&sides);
      assert_same (&sides);
      /* What is merged is merged. */
      replicate_all (&sides);
      assert_same (&sides);
      sides_clear (&sides);
    }
  g_assert_cmpuint (merged, >, SEEDS);
}

/* Merging at any time, with whatever leaves one has by then, comes to one state all the same. */
static void
test_any_order (void)
{
  with_ancestors = FALSE;
  for (guint seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed + 1000);
      Sides sides;
      guint rounds = 0;

      sides_init (&sides, seed);
      for (guint i = 0; i < 40; i++)
        {
          guint a = g_rand_int_range (rand, 0, N_SIDES),
                b = (a + 1 + g_rand_int_range (rand, 0, N_SIDES - 1)) % N_SIDES;

          edit (sides.stores[a], rand);
          if (g_rand_int_range (rand, 0, 4) == 0)
            replicate (sides.stores[a], sides.stores[b]);
          if (g_rand_int_range (rand, 0, 6) == 0)
            g_assert_true (iw_conflicts_merge_all (sides.stores[b], NULL, NULL, NULL));
        }
      do
        {
          replicate_all (&sides);
          g_assert_cmpuint (rounds++, <, 20);
        }
      while (merge_all (&sides) > 0);
      replicate_all (&sides);
      assert_same (&sides);
      sides_clear (&sides);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/conflicts-random/same-leaves", test_same_leaves);
  g_test_add_func ("/conflicts-random/any-order", test_any_order);
  return g_test_run ();
}
