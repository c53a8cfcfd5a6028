/* fuzz-related.c: damaged bodies of documents with attachments: nothing crashes, nothing is left
 * behind, and what is taken has all its bytes. */
#include "iw-related-reader.h"
#include "iw-store.h"
#include "mutate.h"

static guint
count_files (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "staging", NULL);
  g_autoptr (GDir) open = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (open != NULL && g_dir_read_name (open) != NULL)
    n++;
  return n;
}

static IwWireDoc *
read_body (const char *dir, GByteArray *input, Mutator *mutator, GError **error)
{
  IwRelatedReader *reader = iw_related_reader_new (dir, "frontier");
  IwWireDoc *doc = NULL;
  gboolean ok = TRUE;

  for (guint at = 0; ok && at < input->len;)
    {
      guint n = 1 + mutator_below (mutator, 200);

      n = MIN (n, input->len - at);
      ok = iw_related_reader_feed (reader, input->data + at, n, error);
      at += n;
    }
  if (ok)
    doc = iw_related_reader_finish (reader, error);
  iw_related_reader_free (reader);
  return doc;
}

static void
check (const char *dir, IwWireDoc *doc)
{
  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    {
      IwWireAttachment *attachment = doc->attachments->pdata[i];

      if (!attachment->stub)
        g_assert_true (iw_blobs_exists (dir, attachment->attachment.sha256));
    }
}

static void
fuzz_related (void)
{
  Mutator mutator;
  g_autofree char *dir = iw_test_make_dir ();
  guint n_taken = 0;
  guint n = 0;

  mutator_init_from (&mutator, "multipart");
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GByteArray) input = mutator_next (&mutator);
      g_autoptr (GError) error = NULL;
      g_autoptr (IwWireDoc) doc = read_body (dir, input, &mutator, &error);

      g_assert_true ((doc == NULL) == (error != NULL));
      if (doc != NULL)
        check (dir, doc);
      n_taken += doc != NULL;
    }
  g_assert_cmpuint (count_files (dir), ==, 0);
  g_test_message ("%u inputs, %u taken", n, n_taken);
  mutator_clear (&mutator);
  iw_test_remove_dir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/related", fuzz_related);
  return g_test_run ();
}
