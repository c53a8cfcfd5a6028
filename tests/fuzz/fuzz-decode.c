/* fuzz-decode.c: archives and encodings of any bytes end in text or in an error, and in no file */
#include "iw-decode.h"
#include "iw-timeline-import.h"
#include "mutate.h"

static void
check_result (IwStaged *staged, const GError *error, gboolean utf8)
{
  g_autofree char *text = NULL;
  gsize length;

  if (staged == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_true (g_file_get_contents (staged->path, &text, &length, NULL));
  if (utf8)
    for (const char *p = text, *end = text + length; p < end; p++)
      if (!g_utf8_validate_len (p, end - p, &p))
        g_assert_cmpint (*p, ==, 0);
}

static void
decode (const char *path, const char *staging)
{
  static const char *const encodings[] = { "WINDOWS-1252", "UTF-16LE", "UTF-16BE", "SHIFT_JIS",
                                           "EUC-KR" };
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStaged) inflated = iw_decode_gunzip (path, staging, NULL, NULL, NULL, &error);
  IwEncoding guess;

  check_result (inflated, error, FALSE);
  iw_decode_guess (path, &guess, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (IwStaged) staged =
          iw_decode_convert (path, encodings[i], staging, NULL, NULL, NULL, &local);

      check_result (staged, local, TRUE);
    }
}

static void
fuzz (void)
{
  Mutator mutator;
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "input", NULL);
  g_autofree char *staging = g_build_filename (dir, "staging", NULL);
  g_autoptr (GDir) left = NULL;
  guint n = 0;

  mutator_init (&mutator);
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GByteArray) bytes = mutator_next (&mutator);

      if (mutator_below (&mutator, 3) == 0 && bytes->len > 4)
        memcpy (bytes->data, "\x1f\x8b\x08\0", 4);
      mutator_write (bytes, path);
      decode (path, staging);
    }
  g_test_message ("%u inputs", n);
  left = g_dir_open (staging, 0, NULL);
  g_assert_null (g_dir_read_name (left));
  iw_test_remove_dir (dir);
  mutator_clear (&mutator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/decode", fuzz);
  return g_test_run ();
}
