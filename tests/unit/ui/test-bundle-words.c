/* What the window says of bundles. */
#include "iw-bundle-words.h"

#define KEY "0123456789ABCDEF0123456789ABCDEF01234567"

#define assert_words(expression, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *words_ = expression;                                                          \
    g_assert_cmpstr (words_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_signature (void)
{
  IwBundleInfo info = { .trust = IW_BUNDLE_UNSIGNED };
  g_autofree char *unsigned_words = iw_bundle_words_trust (&info);

  assert_words (iw_bundle_words_signature (&info), "Not Signed");
  info.trust = IW_BUNDLE_SIGNED_UNKNOWN;
  assert_words (iw_bundle_words_signature (&info), "Signed by an Unknown Key");
  info.signer = (char *)"Hana <hana@example.org>";
  assert_words (iw_bundle_words_signature (&info), "Signed by Hana <hana@example.org>");
  info.trust = IW_BUNDLE_SIGNED;
  assert_words (iw_bundle_words_signature (&info), "Signed by Hana <hana@example.org>");
  assert_words (iw_bundle_words_trust (&info),
                "The signature is good, and the key is trusted on this computer.");
  info.trust = IW_BUNDLE_SIGNATURE_BAD;
  assert_words (iw_bundle_words_signature (&info), "Altered or Damaged");
  g_assert_nonnull (g_strstr_len (unsigned_words, -1, "Anybody"));
}

static void
test_fingerprint (void)
{
  assert_words (iw_bundle_words_fingerprint (KEY),
                "0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567");
  assert_words (iw_bundle_words_fingerprint (NULL), "");
}

static void
test_contents (void)
{
  IwBundleInfo info = { .n_documents = 1 };

  assert_words (iw_bundle_words_contents (&info), "1 document");
  info.n_documents = 12;
  info.n_attachments = 3;
  info.n_bytes = 2100000000;
  assert_words (iw_bundle_words_contents (&info), "12 documents, 3 files (2.1\302\240GB)");
}

static void
test_maker (void)
{
  IwBundleInfo info = { .made_by = NULL };
  g_autofree char *both = NULL;

  assert_words (iw_bundle_words_maker (&info), NULL);
  info.made_by = (char *)"A. Sato";
  assert_words (iw_bundle_words_maker (&info), "A. Sato");
  info.made_at = G_GINT64_CONSTANT (1793674800000000);
  both = iw_bundle_words_maker (&info);
  g_assert_true (g_str_has_prefix (both, "A. Sato, "));
}

static void
test_imported (void)
{
  assert_words (iw_bundle_words_imported (0, 0), "Everything in the bundle was here already");
  assert_words (iw_bundle_words_imported (1, 0), "Bundle imported: 1 change is new");
  assert_words (iw_bundle_words_imported (3, 2),
                "Bundle imported: 3 changes are new. 2 conflicts to review");
}

static void
test_file_name (void)
{
  assert_words (iw_bundle_words_file_name ("Phish"), "Phish.iwbundle");
  assert_words (iw_bundle_words_file_name ("../a\\b:c\nd"), "-a-b-c-d.iwbundle");
  assert_words (iw_bundle_words_file_name ("認証"), "認証.iwbundle");
  assert_words (iw_bundle_words_file_name (""), "Incident.iwbundle");
  assert_words (iw_bundle_words_file_name (".."), "Incident.iwbundle");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/bundle-words/signature", test_signature);
  g_test_add_func ("/bundle-words/fingerprint", test_fingerprint);
  g_test_add_func ("/bundle-words/contents", test_contents);
  g_test_add_func ("/bundle-words/maker", test_maker);
  g_test_add_func ("/bundle-words/imported", test_imported);
  g_test_add_func ("/bundle-words/file-name", test_file_name);
  return g_test_run ();
}
