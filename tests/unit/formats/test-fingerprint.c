/* test-fingerprint.c: against the vectors that the authors of SipHash publish */
#include "iw-fingerprint.h"

#include <string.h>

static void
test_vectors (void)
{
  static const guint8 empty[16] = { 0xa3, 0x81, 0x7f, 0x04, 0xba, 0x25, 0xa8, 0xe6,
                                    0x6d, 0xf6, 0x72, 0x14, 0xc7, 0x55, 0x02, 0x93 };
  static const guint8 one[16] = { 0xda, 0x87, 0xc1, 0xd8, 0x6b, 0x99, 0xaf, 0x44,
                                  0x34, 0x76, 0x59, 0x11, 0x9b, 0x22, 0xfc, 0x45 };
  IwFingerprintKey key = { G_GUINT64_CONSTANT (0x0706050403020100),
                           G_GUINT64_CONSTANT (0x0f0e0d0c0b0a0908) };
  guint8 out[16];

  iw_fingerprint (&key, "", 0, out);
  g_assert_cmpmem (out, 16, empty, 16);
  iw_fingerprint (&key, "\0", 1, out);
  g_assert_cmpmem (out, 16, one, 16);
}

static void
test_lengths (void)
{
  IwFingerprintKey key;
  guint8 before[16] = { 0 }, out[16];
  char text[64];

  memset (text, 'a', sizeof text);
  iw_fingerprint_key_init (&key);
  for (gsize n = 0; n <= sizeof text; n++)
    {
      iw_fingerprint (&key, text, n, out);
      g_assert_cmpint (memcmp (before, out, 16), !=, 0);
      memcpy (before, out, 16);
      iw_fingerprint (&key, text, n, out);
      g_assert_cmpmem (before, 16, out, 16);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fingerprint/vectors", test_vectors);
  g_test_add_func ("/fingerprint/lengths", test_lengths);
  return g_test_run ();
}
