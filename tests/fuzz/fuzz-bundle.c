/* fuzz-bundle.c: damaged bundles: as a file, as a manifest, and as documents in a zip whose hashes
 * are right. Nothing crashes, what is refused changes nothing, and the store stays sound. */
#include <fcntl.h>
#include <unistd.h>

#include "iw-bundle-private.h"
#include "iw-store.h"
#include "mutate.h"

typedef struct
{
  char *dir;
  char *path;
  IwStore *store;
  guint n_taken;
} Target;

/* ---- as a manifest ---- */

static void
try_manifest (GByteArray *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwBundleManifest) manifest =
      iw_bundle_manifest_read ((const char *)input->data, input->len, &error);

  g_assert_true ((manifest == NULL) == (error != NULL));
  if (manifest != NULL)
    g_assert_cmpint (manifest->total, <=, IW_BUNDLE_MAX_TOTAL);
}

/* ---- as a file ---- */

static void
import (Target *target)
{
  gint64 before = iw_store_get_seq (target->store);
  g_autoptr (GError) error = NULL;
  guint n_new = 0;

  if (iw_bundle_import (target->store, target->path, NULL, TRUE, &n_new, NULL, NULL, NULL, &error))
    target->n_taken += n_new > 0 ? 1 : 0;
  else
    {
      g_assert_true (error->domain == IW_BUNDLE_ERROR || error->domain == IW_STORE_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (iw_store_get_seq (target->store), ==, before);
    }
}

static void
try_file (Target *target, GByteArray *input)
{
  IwBundlePackets packets = { 0 };

  iw_bundle_look_at_packets (input->data, input->len, &packets);
  /* GnuPG's own reading is not what is looked for here. */
  if (packets.openpgp)
    return;
  mutator_write (input, target->path);
  import (target);
}

/* ---- as documents ---- */

/* The whole with right hashes around @input. */
static void
write_around (Target *target, GByteArray *input)
{
  g_autoptr (IwBundleManifest) manifest = iw_bundle_manifest_new ();
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, input->data, input->len);
  g_autofree char *text = NULL;
  g_autoptr (IwBundleZip) zip = NULL;
  g_autoptr (GError) error = NULL;
  IwBundleWork work = { 0 };
  int fd = open (target->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  int documents = iw_bundle_open_nameless (target->dir, &error);

  for (guint i = 0; i < input->len; i++)
    manifest->n_revisions += input->data[i] == '\n';
  iw_bundle_manifest_add (manifest, IW_BUNDLE_DOCUMENTS, sum, input->len);
  text = iw_bundle_manifest_write (manifest);
  g_assert_true (iw_bundle_write_all (documents, input->data, input->len));
  zip = iw_bundle_zip_new (fd, target->path, 0, &error);
  g_assert_true (iw_bundle_zip_add_text (zip, IW_BUNDLE_MANIFEST, text, &error));
  g_assert_true (
      iw_bundle_zip_add_file (zip, IW_BUNDLE_DOCUMENTS, documents, input->len, sum, &work, &error));
  g_assert_true (iw_bundle_zip_finish (zip, &error));
  close (documents);
  close (fd);
}

static void
try_documents (Target *target, GByteArray *input)
{
  write_around (target, input);
  import (target);
}

/* ---- the run ---- */

static void
assert_sound (IwStore *store)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  iw_store_check (store, TRUE, problems, NULL, &error);
  g_assert_no_error (error);
  if (problems->len > 0)
    g_assert_cmpstr (problems->pdata[0], ==, NULL);
}

/* One as it is: what is taken makes the store that the others meet. (transfer full) */
static GByteArray *
unchanged (Mutator *mutator)
{
  GBytes *base = mutator->corpus->pdata[mutator_below (mutator, mutator->corpus->len)];
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (base, NULL), g_bytes_get_size (base));
  return bytes;
}

static void
fuzz_bundle (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "input.iwbundle", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  Target target = { dir, path, store, 0 };
  Mutator mutator;
  guint n = 0;

  g_assert_no_error (error);
  mutator_init_from (&mutator, "bundle");
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GByteArray) input = n % 12 == 2 ? unchanged (&mutator) : mutator_next (&mutator);

      if (n % 3 == 0)
        try_manifest (input);
      else if (n % 3 == 1)
        try_file (&target, input);
      else
        try_documents (&target, input);
    }
  assert_sound (store);
  g_assert_cmpuint (target.n_taken, >, 0);
  g_test_message ("%u inputs, %u taken", n, target.n_taken);
  mutator_clear (&mutator);
  g_clear_object (&store);
  iw_test_remove_dir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/bundle", fuzz_bundle);
  return g_test_run ();
}
