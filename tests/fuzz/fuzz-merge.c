/* fuzz-merge.c: texts and documents that three people damaged each in their own way: a merge is the
 * same either way round, is text where they were, and loses nothing where one side changed nothing.
 */
#include <json-glib/json-glib.h>

#include "iw-merge.h"
#include "mutate.h"

static char *
next_text (Mutator *mutator, GByteArray *from, guint changes)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (64);

  g_byte_array_append (bytes, from->data, from->len);
  for (guint i = 0; i < changes; i++)
    mutator_change (mutator, bytes);
  return g_utf8_make_valid (bytes->len > 0 ? (const char *)bytes->data : "", bytes->len);
}

static void
test_text (void)
{
  Mutator mutator;
  guint merged_whole = 0;

  mutator_init (&mutator);
  for (guint n = 0; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GByteArray) bytes = mutator_next (&mutator);
      g_autofree char *base = NULL;
      g_autofree char *ours = NULL;
      g_autofree char *theirs = NULL;
      g_autofree char *forth = NULL;
      g_autofree char *back = NULL;
      g_autofree char *alone = NULL;

      g_byte_array_set_size (bytes, MIN (bytes->len, 20000));
      base = next_text (&mutator, bytes, 0);
      ours = next_text (&mutator, bytes, mutator_below (&mutator, 4));
      theirs = next_text (&mutator, bytes, mutator_below (&mutator, 4));
      forth = iw_merge_text (base, ours, theirs);
      back = iw_merge_text (base, theirs, ours);
      g_assert_cmpstr (forth, ==, back);
      g_assert_true (forth == NULL || g_utf8_validate (forth, -1, NULL));
      alone = iw_merge_text (base, base, theirs);
      g_assert_cmpstr (alone, ==, theirs);
      merged_whole += forth != NULL;
    }
  g_assert_cmpuint (merged_whole, >, 0);
  mutator_clear (&mutator);
}

/* ---- documents ---- */

static const char *const documents[] = {
  "{\"title\":\"The mail host was seen "
  "today\",\"tags\":[\"a\",\"b\"],\"n\":1,\"o\":{\"a\":[{\"id\":\"x\",\"v\":1}]}}",
  "{\"type\":\"task\",\"modified_at\":\"2026-11-03T03:00:00Z\",\"modified_by\":\"A\",\"created_"
  "at\":\"x\",\"items\":[]}",
  "{\"l\":[{\"name\":\"x\",\"id\":null},{\"name\":\"y\",\"l\":[[],{},null,true,1.5]}],\"\":{\"\":"
  "\"\"},\"/~\":\"a\\nb\"}",
};

/* One that still parses after it was damaged. */
static JsonObject *
next_document (Mutator *mutator)
{
  for (;;)
    {
      const char *text = documents[mutator_below (mutator, G_N_ELEMENTS (documents))];
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *valid = NULL;
      g_autoptr (JsonNode) node = NULL;

      g_byte_array_append (bytes, (const guint8 *)text, strlen (text));
      for (guint i = mutator_below (mutator, 4); i > 0; i--)
        mutator_change (mutator, bytes);
      valid = g_utf8_make_valid (bytes->len > 0 ? (const char *)bytes->data : "", bytes->len);
      node = json_from_string (valid, NULL);
      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        return json_node_dup_object (node);
    }
}

static void
assert_equal (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) node_a = json_node_init_object (json_node_alloc (), a);
  g_autoptr (JsonNode) node_b = json_node_init_object (json_node_alloc (), b);
  g_autofree char *text_a = json_to_string (node_a, FALSE);
  g_autofree char *text_b = json_to_string (node_b, FALSE);

  g_assert_cmpstr (text_a, ==, text_b);
}

static void
test_documents (void)
{
  Mutator mutator;

  mutator_init (&mutator);
  for (guint n = 0; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (JsonObject) base =
          mutator_below (&mutator, 5) > 0 ? next_document (&mutator) : NULL;
      g_autoptr (JsonObject) ours = next_document (&mutator);
      g_autoptr (JsonObject) theirs = next_document (&mutator);
      g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) turned_open = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (JsonObject) forth = iw_merge_objects (base, ours, theirs, open);
      g_autoptr (JsonObject) back = iw_merge_objects (base, theirs, ours, turned_open);

      g_assert_cmpuint (open->len, ==, turned_open->len);
      if (open->len == 0)
        assert_equal (forth, back);
      for (guint i = 0; i < open->len; i++)
        g_assert_cmpint (*(const char *)open->pdata[i], ==, '/');
    }
  mutator_clear (&mutator);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/merge-text", test_text);
  g_test_add_func ("/fuzz/merge-documents", test_documents);
  return g_test_run ();
}
