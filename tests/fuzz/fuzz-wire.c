/* fuzz-wire.c: damaged documents: nothing crashes, and what is taken is written so that it reads
 * the same. */
#include "iw-store.h"
#include "iw-wire.h"
#include "mutate.h"

static void
check_again (const IwWireDoc *doc)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new (doc->body);
  g_autoptr (IwWireDoc) again = NULL;
  IwPeerDoc peer = { doc->docid, doc->rev, body->str, doc->deleted };
  IwWireOptions options = { .history = doc->revs };
  g_autoptr (GError) error = NULL;

  if (doc->docid == NULL)
    return;
  iw_wire_append_doc (text, &peer, &options, &error);
  g_assert_no_error (error);
  again = iw_wire_read_doc_text (text->str, text->len, 1 << 20, &error);
  /* The members that underscores say make it a little longer than a body may be. */
  g_assert_no_error (error);
  g_assert_cmpstr (again->docid, ==, doc->docid);
  g_assert_cmpstr (again->rev, ==, doc->rev);
  g_assert_cmpstr (again->body, ==, doc->body);
  g_assert_true (again->deleted == doc->deleted);
}

static void
fuzz_wire (void)
{
  Mutator mutator;
  guint n_taken = 0;
  guint n = 0;

  mutator_init_from (&mutator, "wire");
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GByteArray) input = mutator_next (&mutator);
      g_autoptr (GError) error = NULL;
      g_autoptr (IwWireDoc) doc =
          iw_wire_read_doc_text ((const char *)input->data, input->len, 1000, &error);
      const char *reason;

      g_assert_true ((doc == NULL) == (error != NULL));
      if (doc == NULL)
        {
          g_assert_nonnull (iw_wire_error_name (error, &reason));
          g_assert_true (g_utf8_validate (reason, -1, NULL));
          continue;
        }
      n_taken++;
      if (doc->rev == NULL || !g_str_has_prefix (doc->rev, "0-"))
        check_again (doc);
    }
  g_assert_cmpuint (n_taken, >, 0);
  g_test_message ("%u inputs, %u taken", n, n_taken);
  mutator_clear (&mutator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/wire", fuzz_wire);
  return g_test_run ();
}
