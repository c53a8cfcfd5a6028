/* test-decode.c: gzip and encodings, whole and broken */
#include "formats-fixture.h"
#include "iw-decode.h"
#include "iw-timeline-import.h"

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = iw_test_make_dir ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  iw_test_remove_dir (f->dir);
  g_free (f->dir);
}

static GBytes *
gzip (const char *bytes, gssize length)
{
  g_autoptr (GConverter) compressor =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) output = g_converter_output_stream_new (memory, compressor);

  g_assert_true (g_output_stream_write_all (output, bytes, length < 0 ? strlen (bytes) : length,
                                            NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (output, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
assert_contents (IwStaged *staged, const char *expected)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (staged->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_gunzip_members (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) one = gzip ("first\n", -1);
  g_autoptr (GBytes) two = gzip ("second\n", -1);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStaged) staged = NULL;
  g_autofree char *path = NULL;
  gboolean is_gzip = FALSE;

  g_byte_array_append (all, g_bytes_get_data (one, NULL), g_bytes_get_size (one));
  g_byte_array_append (all, g_bytes_get_data (two, NULL), g_bytes_get_size (two));
  g_byte_array_append (all, (const guint8 *)"\0\0\0\0", 4);
  path = fixture_file (f->dir, "a.gz", (const char *)all->data, all->len);
  g_assert_true (iw_decode_is_gzip (path, &is_gzip, &error));
  g_assert_true (is_gzip);
  staged = iw_decode_gunzip (path, f->dir, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_contents (staged, "first\nsecond\n");
}

static guint
count_files (const char *dir)
{
  g_autoptr (GDir) handle = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (handle) != NULL)
    n++;
  return n;
}

static void
check_broken (Fixture *f, const guint8 *bytes, gsize length)
{
  g_autofree char *path = fixture_file (f->dir, "a.gz", (const char *)bytes, length);
  g_autofree char *staging = g_build_filename (f->dir, "staging", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_decode_gunzip (path, staging, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE);
  g_assert_cmpuint (count_files (staging), ==, 0);
}

static void
test_gunzip_broken (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GBytes) good = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize length;

  for (guint i = 0; i < 100000; i++)
    text[i] = 'a' + (i * 7919u >> 3) % 26;
  good = gzip (text, -1);
  length = g_bytes_get_size (good);
  g_byte_array_append (bytes, g_bytes_get_data (good, NULL), length);
  check_broken (f, bytes->data, length / 2);
  check_broken (f, bytes->data, length - 1);
  check_broken (f, bytes->data, 5);
  bytes->data[length / 2] ^= 0x55;
  check_broken (f, bytes->data, length);
  bytes->data[length / 2] ^= 0x55;
  bytes->data[length - 6] ^= 1; /* the checksum */
  check_broken (f, bytes->data, length);
  bytes->data[length - 6] ^= 1;
  g_byte_array_append (bytes, (const guint8 *)"rest", 4);
  check_broken (f, bytes->data, length + 4);
}

/* Much of nothing. */
static void
test_gunzip_bomb (Fixture *f, gconstpointer data)
{
  g_autofree char *piece = g_malloc0 (1024 * 1024);
  g_autoptr (GConverter) compressor =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) output = g_converter_output_stream_new (memory, compressor);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 160; i++)
    g_assert_true (g_output_stream_write_all (output, piece, 1024 * 1024, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (output, NULL, NULL));
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 4 * 1024 * 1024);
  check_broken (f, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = gzip ("first\n", -1);
  g_autofree char *path =
      fixture_file (f->dir, "a.gz", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *staging = g_build_filename (f->dir, "staging", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (iw_decode_gunzip (path, staging, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (staging), ==, 0);
}

static void
check_guess (Fixture *f, const char *bytes, gsize length, const char *encoding, gboolean certain)
{
  g_autofree char *path = fixture_file (f->dir, "in", bytes, length);
  g_autoptr (GError) error = NULL;
  IwEncoding guess;

  iw_decode_guess (path, &guess, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guess.encoding, ==, encoding);
  g_assert_cmpint (guess.certain, ==, certain);
}

#define GUESS(bytes, encoding, certain)                                                            \
  check_guess (f, bytes, sizeof (bytes) - 1, encoding, certain)

static void
test_guess (Fixture *f, gconstpointer data)
{
  GUESS ("time,message\n", "UTF-8", TRUE);
  GUESS ("\xef\xbb\xbftime\n", "UTF-8", TRUE);
  GUESS ("time,m\xc3\xa9ssage\n", "UTF-8", TRUE);
  GUESS ("\xff\xfet\0i\0m\0e\0\n\0", "UTF-16LE", TRUE);
  GUESS ("\xfe\xff\0t\0i\0m\0e\0\n", "UTF-16BE", TRUE);
  GUESS ("t\0i\0m\0e\0,\0x\0\n\0", "UTF-16LE", TRUE);
  GUESS ("\0t\0i\0m\0e\0,\0x\0\n", "UTF-16BE", TRUE);
  GUESS ("time,m\xe9ssage\n", "WINDOWS-1252", FALSE);
  /* One bad byte among much good UTF-8 is the row's problem, not the file's. */
  GUESS ("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xe8\xaa\x8d\xe8\xa8\xbc,\xff\n", "UTF-8", TRUE);
  GUESS ("time,a\0b\n2026,x\n", "UTF-8", TRUE);
}

static void
test_guess_refuses (Fixture *f, gconstpointer data)
{
  static const char binary[] = "\1\2\3\4\5\6\7\0\1\2\3\4\5\6\7\0\1\2\3";
  static const struct
  {
    const char *bytes;
    gsize length;
    IwImportError code;
    const char *words;
  } cases[] = {
    { "", 0, IW_IMPORT_ERROR_EMPTY, "empty" },
    { "PK\3\4....", 8, IW_IMPORT_ERROR_UNREADABLE, "spreadsheet" },
    { "SQLite format 3\0", 16, IW_IMPORT_ERROR_UNREADABLE, "psort" },
    { "ElfFile\0", 8, IW_IMPORT_ERROR_UNREADABLE, "EVTX" },
    { binary, sizeof binary - 1, IW_IMPORT_ERROR_UNREADABLE, "not a text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = fixture_file (f->dir, "in", cases[i].bytes, cases[i].length);
      g_autoptr (GError) error = NULL;
      IwEncoding guess;

      g_assert_false (iw_decode_guess (path, &guess, &error));
      g_assert_error (error, IW_IMPORT_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
check_convert (Fixture *f,
               const char *bytes,
               gsize length,
               const char *encoding,
               const char *expected)
{
  g_autofree char *path = fixture_file (f->dir, "in", bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStaged) staged =
      iw_decode_convert (path, encoding, f->dir, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  assert_contents (staged, expected);
}

static void
test_convert (Fixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_file (f->dir, "none", "x", -1);
  g_autoptr (GError) error = NULL;

  check_convert (f, "m\xe9ssage \x80", 9, "WINDOWS-1252", "méssage €");
  check_convert (f, "a\x81z", 3, "WINDOWS-1252", "a\\81z");
  check_convert (f, "t\0\xe9\0=\xd8\0\xde", 8, "UTF-16LE", "té😀");
  check_convert (f, "t\0x", 3, "UTF-16LE", "t\\78");
  check_convert (f, "\xff\xfet\0", 4, "UTF-16LE", "\xef\xbb\xbft");
  g_assert_null (iw_decode_convert (path, "no-such-encoding", f->dir, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE);
}

#define add(name, func) g_test_add ("/decode/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("gunzip/members", test_gunzip_members);
  add ("gunzip/broken", test_gunzip_broken);
  add ("gunzip/bomb", test_gunzip_bomb);
  add ("gunzip/cancel", test_cancel);
  add ("guess", test_guess);
  add ("guess-refuses", test_guess_refuses);
  add ("convert", test_convert);
  return g_test_run ();
}
