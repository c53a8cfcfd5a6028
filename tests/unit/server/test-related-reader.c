/* Documents with their attachments as one multipart body. */
#include <string.h>

#include "iw-related-reader.h"
#include "iw-store.h"
#include "iw-test-support.h"

#define HELLO_MD5 "XUFAKrxLKna5cZ2REBfFkg=="
#define HEAD "--b\r\nContent-Type: application/json\r\n\r\n"

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = iw_test_make_dir ();
}

static guint
count_files (const char *dir, const char *folder)
{
  g_autofree char *path = g_build_filename (dir, folder, NULL);
  g_autoptr (GDir) open = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (open != NULL && g_dir_read_name (open) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (count_files (f->dir, "staging"), ==, 0); /* nothing is left lying about */
  iw_test_remove_dir (f->dir);
  g_free (f->dir);
}

static IwWireDoc *
read_body (Fixture *f, const char *body, gsize length, gsize step, GError **error)
{
  IwRelatedReader *reader = iw_related_reader_new (f->dir, "b");
  IwWireDoc *doc = NULL;
  gboolean ok = TRUE;

  for (gsize at = 0; ok && at < length; at += step)
    ok = iw_related_reader_feed (reader, (const guint8 *)body + at, MIN (step, length - at), error);
  if (ok)
    doc = iw_related_reader_finish (reader, error);
  iw_related_reader_free (reader);
  return doc;
}

static void
test_read (Fixture *f, gconstpointer data)
{
  static const char body[] =
      HEAD "{\"_id\":\"m\",\"n\":1,\"_attachments\":{"
           "\"f\":{\"follows\":true,\"length\":5,\"content_type\":\"text/"
           "plain\",\"digest\":\"md5-" HELLO_MD5 "\"},"
           "\"in\":{\"data\":\"aGVsbG8=\"},\"old\":{\"stub\":true},"
           "\"g\":{\"follows\":true,\"length\":3}}}"
           "\r\n--b\r\nContent-Disposition: attachment; filename=\"g\"\r\n\r\nabc"
           "\r\n--b\r\n\r\nhello\r\n--b--";

  for (gsize step = 1; step < sizeof body; step += 13)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (IwWireDoc) doc = read_body (f, body, sizeof body - 1, step, &error);
      IwWireAttachment *hello;
      IwWireAttachment *abc;

      g_assert_no_error (error);
      g_assert_cmpstr (doc->body, ==, "{\"n\":1}");
      hello = doc->attachments->pdata[0];
      abc = doc->attachments->pdata[3];
      g_assert_cmpstr (hello->attachment.md5, ==, HELLO_MD5);
      g_assert_true (iw_blobs_exists (f->dir, hello->attachment.sha256));
      g_assert_cmpstr (abc->attachment.name, ==, "g");
      g_assert_cmpint (abc->attachment.length, ==, 3);
      g_assert_cmpstr (((IwWireAttachment *)doc->attachments->pdata[1])->attachment.sha256, ==,
                       hello->attachment.sha256);
      g_assert_null (((IwWireAttachment *)doc->attachments->pdata[2])->attachment.sha256);
    }
}

/* What CouchDB keeps compressed it sends compressed, with the digest of that. */
static void
test_gzip (Fixture *f, gconstpointer data)
{
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (plain, "line %u\n", i);
  input = g_bytes_new (plain->str, plain->len);
  packed = g_converter_convert_bytes (gzip, input, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    {
      gsize told = i == 1 ? plain->len - 1 : i == 2 ? plain->len + 1 : plain->len;
      gsize cut = i == 3 ? 10 : 0;
      g_autoptr (GString) body = g_string_new (HEAD);
      g_autoptr (IwWireDoc) doc = NULL;
      g_autoptr (GError) refused = NULL;

      g_string_append_printf (
          body,
          "{\"_attachments\":{\"f\":{\"follows\":true,\"encoding\":\"gzip\",\"length\":%zu,"
          "\"encoded_length\":%zu}}}\r\n--b\r\nContent-Encoding: gzip\r\n\r\n",
          told, g_bytes_get_size (packed));
      g_string_append_len (body, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed) - cut);
      g_string_append (body, "\r\n--b--");
      doc = read_body (f, body->str, body->len, 1000, &refused);
      if (i > 0)
        {
          g_assert_error (refused, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
          continue;
        }
      g_assert_no_error (refused);
      g_assert_cmpint (((IwWireAttachment *)doc->attachments->pdata[0])->attachment.length, ==,
                       plain->len);
      g_assert_true (iw_blobs_verify (
          f->dir, ((IwWireAttachment *)doc->attachments->pdata[0])->attachment.sha256, NULL, NULL));
    }
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  static const char *const bodies[] = {
    "--b--",
    HEAD "[]\r\n--b--",
    HEAD "{\r\n--b--",
    HEAD "{}\r\n--b\r\n\r\nx\r\n--b--",
    HEAD "{\"_attachments\":{\"f\":{\"follows\":true,\"length\":5}}}\r\n--b--",
    HEAD "{\"_attachments\":{\"f\":{\"follows\":true,\"length\":5}}}\r\n--b\r\n\r\nhell\r\n--b--",
    HEAD "{\"_attachments\":{\"f\":{\"follows\":true,\"length\":5}}}\r\n--b\r\n\r\nhello!\r\n--b--",
    HEAD "{\"_attachments\":{\"f\":{\"follows\":true,\"length\":5,\"digest\":\"md5-" HELLO_MD5
         "\"}}}\r\n--b\r\n\r\nhallo\r\n--b--",
    HEAD "{\"_attachments\":{\"f\":{\"follows\":true,\"length\":5}}}\r\n--b\r\nContent-Disposition:"
         " attachment; "
         "filename=\"g\"\r\n\r\nhello\r\n--b--",
    HEAD "{\"_attachments\":{\"f\":{\"follows\":true,\"length\":5}}}\r\n--b\r\nContent-Encoding: "
         "gzip\r\n\r\nhello\r\n--b--",
    HEAD "{\"_attachments\":{\"f\":{\"follows\":true,\"length\":5}}}\r\n--b\r\n\r\nhello\r\n--"
         "b\r\n\r\nhello\r\n--b--",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bodies[i]);
      g_assert_null (read_body (f, bodies[i], strlen (bodies[i]), 7, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
    }
}

static void
test_cut (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char body[] =
      HEAD "{\"_attachments\":{\"f\":{\"follows\":true}}}\r\n--b\r\n\r\nhello";

  g_assert_null (read_body (f, body, sizeof body - 1, 5, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/server/related/read", Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/server/related/gzip", Fixture, NULL, set_up, test_gzip, tear_down);
  g_test_add ("/server/related/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/server/related/cut", Fixture, NULL, set_up, test_cut, tear_down);
  return g_test_run ();
}
