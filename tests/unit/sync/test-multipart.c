/* Multipart bodies read as they come, in whatever pieces, and written as a stream. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "iw-multipart.h"
#include "iw-test-support.h"

/* ---- what a reader found, as one text ---- */

typedef struct
{
  GString *found;
  gboolean open;
} Log;

static gboolean
on_part (GHashTable *headers, gpointer data, GError **error)
{
  Log *log = data;
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (headers), (GCompareFunc)strcmp);

  g_assert_false (log->open);
  log->open = TRUE;
  for (GList *name = names; name != NULL; name = name->next)
    g_string_append_printf (log->found, "%s=%s;", (char *)name->data,
                            (char *)g_hash_table_lookup (headers, name->data));
  g_string_append_c (log->found, '[');
  return TRUE;
}

static gboolean
on_bytes (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  Log *log = data;

  g_assert_true (log->open);
  g_assert_cmpuint (length, >, 0);
  g_string_append_len (log->found, (const char *)bytes, length);
  return TRUE;
}

static gboolean
on_end (gpointer data, GError **error)
{
  Log *log = data;

  g_assert_true (log->open);
  log->open = FALSE;
  g_string_append_c (log->found, ']');
  return TRUE;
}

static const IwMultipartFuncs funcs = { on_part, on_bytes, on_end };

/* Reads @body in pieces of at most @step bytes (0: random ones). NULL on error. */
static char *
read_in (const char *body, gsize length, gsize step, GRand *random, GError **error)
{
  Log log = { g_string_new (NULL), FALSE };
  g_autoptr (GString) found = log.found;
  g_autoptr (IwMultipartReader) reader = iw_multipart_reader_new ("frontier", &funcs, &log);

  for (gsize at = 0; at < length;)
    {
      gsize n = step > 0 ? step : (gsize)g_rand_int_range (random, 1, 40);
      g_autofree guint8 *piece = NULL;

      n = MIN (n, length - at);
      piece = g_memdup2 (body + at, n); /* so that ASan sees a look too far */
      if (!iw_multipart_reader_feed (reader, piece, n, error))
        return NULL;
      at += n;
    }
  if (!iw_multipart_reader_finish (reader, error))
    return NULL;
  return g_string_free_and_steal (g_steal_pointer (&found));
}

static void
assert_reads (const char *body, const char *expected)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *found = read_in (body, strlen (body), i < 40 ? i : 0, random, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, expected);
    }
}

static void
assert_refuses (const char *body, int code)
{
  for (guint step = 1; step < 60; step += 7)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_in (body, strlen (body), step, NULL, &error));
      g_assert_error (error, G_IO_ERROR, code);
    }
}

/* ---- reading ---- */

static void
test_parts (void)
{
  assert_reads (
      "--frontier\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--frontier\r\n"
      "CONTENT-TYPE:text/plain  \r\nX-More: b: c\r\n\r\nhello\r\nworld\r\n\r\n--frontier--",
      "content-type=application/json;[{\"a\":1}]"
      "content-type=text/plain;x-more=b: c;[hello\r\nworld\r\n]");
}

static void
test_preamble_and_epilogue (void)
{
  assert_reads (
      "for those who cannot read this\r\n--frontie\r\n--frontier  \t\r\n\r\nx\r\n--frontier--\r\n"
      "--frontier\r\n\r\nnot a part",
      "[x]");
}

static void
test_empty_parts (void)
{
  /* The line break before a boundary belongs to it, also that of the empty line. */
  assert_reads ("--frontier\r\n\r\n\r\n--frontier\r\nA: b\r\n\r\n--frontier\r\n\r\n--frontier--",
                "[]a=b;[][]");
  assert_reads ("--frontier--", "");
}

static void
test_almost_boundaries (void)
{
  assert_reads ("--frontier\r\n\r\n--frontie\r\n--frontie\r\r\n\r\n--\r\n-\r\r\n--frontier\r\n\r\n"
                "\r\n\r\n--fronti\r\n--frontier--",
                "[--frontie\r\n--frontie\r\r\n\r\n--\r\n-\r][\r\n\r\n--fronti]");
}

static void
test_binary (void)
{
  g_autoptr (GString) body = g_string_new ("--frontier\r\n\r\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 300000; i++)
    g_string_append_c (bytes, "\r\n-\0f"[g_rand_int_range (random, 0, 5)]);
  g_string_append_len (body, bytes->str, bytes->len);
  g_string_append (body, "\r\n--frontier--");
  found = read_in (body->str, body->len, 200000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (found + 1, bytes->len, bytes->str, bytes->len);
}

static void
test_cut (void)
{
  assert_refuses ("--frontier\r\n\r\nabc", G_IO_ERROR_PARTIAL_INPUT);
  assert_refuses ("--frontier\r\n\r\nabc\r\n--frontier", G_IO_ERROR_PARTIAL_INPUT);
  assert_refuses ("--frontier\r\n\r\nabc\r\n--frontier-", G_IO_ERROR_PARTIAL_INPUT);
  assert_refuses ("--frontier\r\nA: b", G_IO_ERROR_PARTIAL_INPUT);
  assert_refuses ("no boundary at all", G_IO_ERROR_PARTIAL_INPUT);
  assert_refuses ("x", G_IO_ERROR_PARTIAL_INPUT);
}

static void
test_malformed (void)
{
  g_autoptr (GString) many = g_string_new ("--frontier\r\nA: ");
  g_autoptr (GString) parts = g_string_new (NULL);

  assert_refuses ("--frontierx\r\n\r\nabc\r\n--frontier--", G_IO_ERROR_INVALID_DATA);
  assert_refuses ("--frontier\r\nno colon\r\n\r\nabc\r\n--frontier--", G_IO_ERROR_INVALID_DATA);
  assert_refuses ("--frontier\r\n: no name\r\n\r\n\r\n--frontier--", G_IO_ERROR_INVALID_DATA);
  assert_refuses ("--frontier\r\nA\xff: b\r\n\r\n\r\n--frontier--", G_IO_ERROR_INVALID_DATA);
  assert_refuses ("--frontier\r\nA: \xff\r\n\r\n\r\n--frontier--", G_IO_ERROR_INVALID_DATA);
  assert_refuses ("--frontier\r\nA: b\r\n folded\r\n\r\n\r\n--frontier--", G_IO_ERROR_INVALID_DATA);
  assert_refuses ("--frontier\r\nA: b\nC: d\r\n\r\n\r\n--frontier--", G_IO_ERROR_INVALID_DATA);
  for (guint i = 0; i < 20000; i++)
    g_string_append_c (many, 'x');
  assert_refuses (many->str, G_IO_ERROR_INVALID_DATA);
  for (guint i = 0; i < 2001; i++)
    g_string_append (parts, "--frontier\r\n\r\n\r\n");
  assert_refuses (parts->str, G_IO_ERROR_INVALID_DATA);
}

static void
test_boundary (void)
{
  static const char *const cases[][2] = {
    { "multipart/related; boundary=abc", "abc" },
    { "Multipart/Mixed;charset=x; BOUNDARY=\"a b:c\"", "a b:c" },
    { "multipart/related;boundary=\"e89b3e29388aef23453450d10e5aaed0\"",
      "e89b3e29388aef23453450d10e5aaed0" },
    { "multipart/related", NULL },
    { "multipart/related; boundary=", NULL },
    { "multipart/related; boundary=\"\"", NULL },
    { "application/json; boundary=abc", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *boundary = iw_multipart_boundary (cases[i][0]);

      g_assert_cmpstr (boundary, ==, cases[i][1]);
    }
}

static void
test_filename (void)
{
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *none = iw_multipart_filename (headers);
  g_autofree char *name = NULL;

  g_assert_null (none);
  g_hash_table_insert (headers, (gpointer) "content-disposition",
                       (gpointer) "attachment; filename=\"a \\\"b\\\".txt\"");
  name = iw_multipart_filename (headers);
  g_assert_cmpstr (name, ==, "a \"b\".txt");
}

/* ---- writing ---- */

static char *
read_all (GInputStream *stream, gsize step, gsize *length, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (step);
  gssize n;

  while ((n = g_input_stream_read (stream, piece, step, NULL, error)) > 0)
    g_byte_array_append (all, piece, n);
  if (n < 0)
    return NULL;
  g_byte_array_append (all, (const guint8 *)"", 1);
  *length = all->len - 1;
  return (char *)g_byte_array_free (g_steal_pointer (&all), FALSE);
}

static void
test_pieces (void)
{
  static const gsize steps[] = { 1, 3, 7, 4096, 1000000 };
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autofree guint8 *bytes = g_malloc (100000);
  g_autofree char *base64 = NULL;
  g_autoptr (GString) expected = g_string_new ("a");

  for (guint i = 0; i < 100000; i++)
    bytes[i] = i * 31 + i / 256;
  g_assert_true (g_file_set_contents (path, (char *)bytes, 100000, NULL));
  base64 = g_base64_encode (bytes, 100000);
  g_string_append_len (expected, (char *)bytes + 10, 99);
  g_string_append (expected, "b\"");
  g_string_append (expected, base64);
  g_string_append (expected, "\"");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (IwPiecesStream) pieces = iw_pieces_stream_new ();
      g_autofree char *all = NULL;
      gsize length;
      g_autoptr (GError) error = NULL;

      iw_pieces_stream_add_text (pieces, "a");
      iw_pieces_stream_add_text (pieces, "");
      iw_pieces_stream_add_file (pieces, path, 10, 99);
      iw_pieces_stream_add_text (pieces, "b\"");
      iw_pieces_stream_add_file_base64 (pieces, path, 100000);
      iw_pieces_stream_add_text (pieces, "\"");
      g_assert_cmpint (iw_pieces_stream_get_length (pieces), ==, expected->len);
      all = read_all (G_INPUT_STREAM (pieces), steps[i], &length, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (all, length, expected->str, expected->len);
    }
  iw_test_remove_dir (dir);
}

static void
test_pieces_short_file (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);

  g_assert_true (g_file_set_contents (path, "abc", 3, NULL));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (IwPiecesStream) pieces = iw_pieces_stream_new ();
      int code = i == 2 ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_PARTIAL_INPUT;
      gsize length;
      g_autoptr (GError) error = NULL;

      if (i == 2)
        g_unlink (path);
      if (i == 1)
        iw_pieces_stream_add_file_base64 (pieces, path, 4);
      else
        iw_pieces_stream_add_file (pieces, path, 0, 4);
      g_assert_null (read_all (G_INPUT_STREAM (pieces), 100, &length, &error));
      g_assert_error (error, G_IO_ERROR, code);
    }
  iw_test_remove_dir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/multipart/parts", test_parts);
  g_test_add_func ("/sync/multipart/preamble-and-epilogue", test_preamble_and_epilogue);
  g_test_add_func ("/sync/multipart/empty-parts", test_empty_parts);
  g_test_add_func ("/sync/multipart/almost-boundaries", test_almost_boundaries);
  g_test_add_func ("/sync/multipart/binary", test_binary);
  g_test_add_func ("/sync/multipart/cut", test_cut);
  g_test_add_func ("/sync/multipart/malformed", test_malformed);
  g_test_add_func ("/sync/multipart/boundary", test_boundary);
  g_test_add_func ("/sync/multipart/filename", test_filename);
  g_test_add_func ("/sync/pieces/read", test_pieces);
  g_test_add_func ("/sync/pieces/short-file", test_pieces_short_file);
  return g_test_run ();
}
