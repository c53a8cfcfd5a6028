/* Properties of merges that hold whatever the texts: nothing kept by both is lost, nothing is made
 * up. */
#include "iw-merge.h"

#include <string.h>

#include "iw-test-support.h"

#define ROUNDS 3000

/* Words that each come once, so that one can tell what became of each. */
static GPtrArray *
make_base (GRand *rand)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  guint n = g_rand_int_range (rand, 0, 40);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (words, g_strdup_printf ("w%u", i));
  return words;
}

/* Deletes, inserts, moves. */
static GPtrArray *
edit (GRand *rand, GPtrArray *base, char side)
{
  GPtrArray *words = g_ptr_array_copy (base, (GCopyFunc)g_strdup, NULL);
  guint n = g_rand_int_range (rand, 0, 5);

  g_ptr_array_set_free_func (words, g_free);
  for (guint i = 0; i < n; i++)
    {
      guint at = g_rand_int_range (rand, 0, words->len + 1);

      switch (g_rand_int_range (rand, 0, 3))
        {
        case 0:
          if (at < words->len)
            g_ptr_array_remove_index (words, at);
          break;
        case 1:
          g_ptr_array_insert (words, at, g_strdup_printf ("%c%u", side, i));
          break;
        default:
          if (at < words->len)
            {
              char *word = g_ptr_array_steal_index (words, at);

              g_ptr_array_insert (words, g_rand_int_range (rand, 0, words->len + 1), word);
            }
        }
    }
  return words;
}

/* @breaks: every so many words a line ends. */
static char *
join (GPtrArray *words, guint breaks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", (char *)words->pdata[i],
                            (i + 1) % breaks == 0 ? "\n" : " ");
  return g_string_free (text, FALSE);
}

static gboolean
has (GPtrArray *words, const char *word)
{
  return g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL);
}

static GPtrArray *
split (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (text, " \n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  return words;
}

static void
check (GPtrArray *base, GPtrArray *ours, GPtrArray *theirs, const char *merged)
{
  g_autoptr (GPtrArray) result = split (merged);

  for (guint i = 0; i < ours->len; i++)
    {
      const char *word = ours->pdata[i];

      /* What both have, and what one side wrote. */
      if (has (theirs, word) || !has (base, word))
        g_assert_true (has (result, word));
    }
  for (guint i = 0; i < theirs->len; i++)
    if (!has (base, theirs->pdata[i]))
      g_assert_true (has (result, theirs->pdata[i]));
  for (guint i = 0; i < result->len; i++)
    g_assert_true (has (ours, result->pdata[i]) || has (theirs, result->pdata[i]));
}

static void
test_text (void)
{
  guint merged_whole = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (round);
      g_autoptr (GPtrArray) base = make_base (rand);
      g_autoptr (GPtrArray) ours = edit (rand, base, 'o');
      g_autoptr (GPtrArray) theirs = edit (rand, base, 't');
      guint breaks = g_rand_int_range (rand, 1, 8);
      g_autofree char *base_text = join (base, breaks);
      g_autofree char *our_text = join (ours, breaks);
      g_autofree char *their_text = join (theirs, breaks);
      g_autofree char *merged = iw_merge_text (base_text, our_text, their_text);
      g_autofree char *turned = iw_merge_text (base_text, their_text, our_text);

      g_assert_cmpstr (merged, ==, turned);
      if (merged == NULL)
        continue;
      merged_whole++;
      check (base, ours, theirs, merged);
      g_assert_true (g_utf8_validate (merged, -1, NULL));
    }
  /* A merge that always gave up would pass all of the above. */
  g_assert_cmpuint (merged_whole, >, ROUNDS / 4);
}

/* ---- documents ---- */

static JsonNode *
random_value (GRand *rand, guint depth)
{
  JsonNode *node = json_node_alloc ();
  g_autoptr (JsonArray) array = NULL;
  g_autoptr (JsonObject) object = NULL;

  switch (g_rand_int_range (rand, 0, depth < 3 ? 7 : 4))
    {
    case 0:
      return json_node_init_int (node, g_rand_int_range (rand, 0, 3));
    case 1:
      return json_node_init_boolean (node, g_rand_boolean (rand));
    case 2:
      return json_node_init_null (node);
    case 3:
      {
        g_autofree char *text = g_strdup_printf (
            "a%d b%d c%d d%d", g_rand_int_range (rand, 0, 2), g_rand_int_range (rand, 0, 2),
            g_rand_int_range (rand, 0, 2), g_rand_int_range (rand, 0, 2));

        return json_node_init_string (node, text);
      }
    case 4:
    case 5:
      array = json_array_new ();
      for (guint n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        {
          g_autofree char *name = g_strdup_printf ("n%d", g_rand_int_range (rand, 0, 5));

          json_array_add_string_element (array, name);
        }
      return json_node_init_array (node, array);
    default:
      object = json_object_new ();
      for (guint n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        {
          g_autofree char *name =
              g_strdup_printf ("%s", (const char *[]){ "id", "x", "y", "~/" }[n - 1]);

          json_object_set_member (object, name, random_value (rand, depth + 1));
        }
      return json_node_init_object (node, object);
    }
}

static JsonObject *
random_object (GRand *rand, JsonObject *from)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u", i);
      JsonNode *old = from != NULL ? json_object_get_member (from, name) : NULL;

      if (old != NULL && g_rand_int_range (rand, 0, 3) != 0)
        json_object_set_member (object, name, json_node_copy (old));
      else if (g_rand_int_range (rand, 0, 4) != 0)
        json_object_set_member (object, name, random_value (rand, 0));
    }
  return object;
}

static char *
text_of (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

static char *
merge (JsonObject *base, JsonObject *a, JsonObject *b, guint *n_open)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) merged = iw_merge_objects (base, a, b, open);

  *n_open = open->len;
  return text_of (merged);
}

static void
test_documents (void)
{
  guint whole = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (round);
      g_autoptr (JsonObject) base = random_object (rand, NULL);
      g_autoptr (JsonObject) ours = random_object (rand, base);
      g_autoptr (JsonObject) theirs = random_object (rand, base);
      g_autofree char *forth = NULL;
      g_autofree char *back = NULL;
      guint n_forth, n_back;

      if (g_rand_int_range (rand, 0, 5) == 0)
        g_clear_pointer (&base, json_object_unref);
      forth = merge (base, ours, theirs, &n_forth);
      back = merge (base, theirs, ours, &n_back);
      g_assert_cmpuint (n_forth, ==, n_back);
      if (n_forth == 0)
        g_assert_cmpstr (forth, ==, back);
      whole += n_forth == 0;
      /* With itself, and with what nobody changed. */
      g_free (forth);
      g_free (back);
      forth = merge (ours, ours, theirs, &n_forth);
      back = merge (theirs, ours, theirs, &n_back);
      g_assert_cmpuint (n_forth + n_back, ==, 0);
      {
        g_autoptr (JsonNode) one = json_from_string (forth, NULL);
        g_autoptr (JsonNode) two = json_from_string (back, NULL);

        g_assert_true (json_object_equal (json_node_get_object (one), theirs));
        g_assert_true (json_object_equal (json_node_get_object (two), ours));
      }
    }
  g_assert_cmpuint (whole, >, ROUNDS / 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/merge-random/text", test_text);
  g_test_add_func ("/merge-random/documents", test_documents);
  return g_test_run ();
}
