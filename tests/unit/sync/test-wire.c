/* Documents as they go over the wire: read, held to limits, written as CouchDB writes them. */
#include <glib/gstdio.h>
#include <string.h>

#include "iw-store.h"
#include "iw-test-support.h"
#include "iw-wire.h"

#define HELLO_SHA "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
#define HELLO_MD5 "XUFAKrxLKna5cZ2REBfFkg=="

static IwWireDoc *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  IwWireDoc *doc = iw_wire_read_doc_text (text, strlen (text), 1000, &error);

  g_assert_no_error (error);
  g_assert_nonnull (doc);
  return doc;
}

/* ---- reading ---- */

static void
test_read (void)
{
  g_autoptr (IwWireDoc) doc = read_text ("{\"z\":{\"_in\":1,\"a\":2},\"_rev\":\"3-c\",\"_id\":\"d:"
                                         "é\",\"_revisions\":{\"start\":3,\"ids\":"
                                         "[\"c\",\"b\",\"a\"]},\"_conflicts\":[\"1-x\"],\"_revs_"
                                         "info\":[],\"_local_seq\":4,\"b\":null}");

  g_assert_cmpstr (doc->docid, ==, "d:é");
  g_assert_cmpstr (doc->rev, ==, "3-c");
  g_assert_cmpstr (doc->revs[2], ==, "1-a");
  g_assert_cmpuint (g_strv_length (doc->revs), ==, 3);
  g_assert_false (doc->deleted);
  g_assert_cmpstr (doc->body, ==, "{\"b\":null,\"z\":{\"_in\":1,\"a\":2}}");
  g_assert_null (doc->attachments);
}

static void
test_read_little (void)
{
  g_autoptr (IwWireDoc) empty = read_text ("{}");
  g_autoptr (IwWireDoc) deleted = read_text ("{\"_id\":\"a\",\"_rev\":\"1-x\",\"_deleted\":true}");
  g_autoptr (IwWireDoc) local = read_text ("{\"_id\":\"_local/x\",\"_rev\":\"0-12\"}");

  g_assert_null (empty->docid);
  g_assert_null (empty->rev);
  g_assert_null (empty->revs);
  g_assert_cmpstr (empty->body, ==, "{}");
  g_assert_true (deleted->deleted);
  g_assert_cmpstr (deleted->revs[0], ==, "1-x");
  g_assert_null (deleted->revs[1]);
  g_assert_cmpstr (local->rev, ==, "0-12");
}

static void
test_revisions_count_more (void)
{
  g_autoptr (IwWireDoc) doc =
      read_text ("{\"_rev\":\"9-z\",\"_revisions\":{\"start\":2,\"ids\":[\"b\",\"a\"]}}");

  g_assert_cmpstr (doc->rev, ==, "2-b");
}

/* CouchDB's replicator tells a checkpoint's counter twice. */
static void
test_counter_as_history (void)
{
  g_autoptr (IwWireDoc) doc =
      read_text ("{\"_rev\":\"0-7\",\"_revisions\":{\"start\":0,\"ids\":[\"7\"]}}");

  g_assert_cmpstr (doc->rev, ==, "0-7");
}

static void
test_attachments (void)
{
  g_autoptr (IwWireDoc) doc = read_text (
      "{\"_id\":\"a\",\"_rev\":\"2-b\",\"_attachments\":{"
      "\"in\":{\"content_type\":\"text/plain\",\"data\":\"aGVsbG8=\",\"revpos\":2},"
      "\"stub\":{\"stub\":true,\"digest\":\"md5-" HELLO_MD5 "\",\"length\":5,\"revpos\":1},"
      "\"big\":{\"follows\":true,\"length\":3000000000,\"digest\":\"sha1-xx\",\"encoding\":"
      "\"gzip\"}}}");
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  IwWireAttachment *in = doc->attachments->pdata[0];
  IwWireAttachment *stub = doc->attachments->pdata[1];
  IwWireAttachment *big = doc->attachments->pdata[2];
  IwPeerRev rev;

  g_assert_cmpmem (g_bytes_get_data (in->data, NULL), g_bytes_get_size (in->data), "hello", 5);
  g_assert_cmpint (in->attachment.length, ==, 5);
  g_assert_cmpint (in->attachment.revpos, ==, 2);
  g_assert_null (in->attachment.sha256);
  g_assert_true (stub->stub);
  g_assert_cmpstr (stub->attachment.md5, ==, HELLO_MD5);
  g_assert_cmpstr (stub->attachment.content_type, ==, "application/octet-stream");
  g_assert_true (big->follows && big->encoded && big->attachment.md5 == NULL);
  g_assert_cmpint (big->attachment.length, ==, G_GINT64_CONSTANT (3000000000));
  iw_wire_doc_to_rev (doc, attachments, &rev);
  g_assert_cmpstr (rev.revs[0], ==, "2-b");
  g_assert_true (rev.attachments[1] == &stub->attachment);
  g_assert_null (rev.attachments[3]);
}

static void
test_refused (void)
{
  static const char *const cases[][2] = {
    { "[]", "bad_request" },
    { "3", "bad_request" },
    { "{\"_id\":3}", "illegal_docid" },
    { "{\"_id\":\"\"}", "illegal_docid" },
    { "{\"_id\":\"_x\"}", "illegal_docid" },
    { "{\"_id\":\"_design/\"}", "illegal_docid" },
    { "{\"_rev\":1}", "bad_request" },
    { "{\"_rev\":\"x\"}", "bad_request" },
    { "{\"_rev\":\"01-x\"}", "bad_request" },
    { "{\"_rev\":\"99999999999999999999-x\"}", "bad_request" },
    { "{\"_rev\":\"1-\"}", "bad_request" },
    { "{\"_rev\":\"1-'\"}", "bad_request" },
    { "{\"_deleted\":1}", "doc_validation" },
    { "{\"_deleted\":null}", "doc_validation" },
    { "{\"_foo\":1}", "doc_validation" },
    { "{\"_\":1}", "doc_validation" },
    { "{\"_revisions\":3}", "doc_validation" },
    { "{\"_revisions\":{\"start\":\"1\",\"ids\":[\"a\"]}}", "doc_validation" },
    { "{\"_revisions\":{\"start\":-1,\"ids\":[\"a\"]}}", "doc_validation" },
    { "{\"_revisions\":{\"start\":1e30,\"ids\":[\"a\"]}}", "doc_validation" },
    { "{\"_revisions\":{\"start\":1,\"ids\":\"a\"}}", "doc_validation" },
    { "{\"_revisions\":{\"start\":1,\"ids\":[\"a\",\"b\"]}}", "doc_validation" },
    { "{\"_revisions\":{\"start\":1,\"ids\":[7]}}", "doc_validation" },
    { "{\"_revisions\":{\"start\":1,\"ids\":[\"a-b\"]}}", "doc_validation" },
    { "{\"_revisions\":{\"start\":1000000000,\"ids\":[\"a\"]}}", "doc_validation" },
    { "{\"_attachments\":[]}", "bad_request" },
    { "{\"_attachments\":{\"a\":1}}", "bad_request" },
    { "{\"_attachments\":{\"a\":{}}}", "bad_request" },
    { "{\"_attachments\":{\"\":{\"stub\":true}}}", "bad_request" },
    { "{\"_attachments\":{\"_a\":{\"stub\":true}}}", "bad_request" },
    { "{\"_attachments\":{\"a\":{\"stub\":true},\"a\":{\"stub\":true}}}", "bad_request" },
    { "{\"_attachments\":{\"a\":{\"data\":\"a\"}}}", "bad_request" },
    { "{\"_attachments\":{\"a\":{\"data\":\"a=bc\"}}}", "bad_request" },
    { "{\"_attachments\":{\"a\":{\"data\":\"a===\"}}}", "bad_request" },
    { "{\"_attachments\":{\"a\":{\"data\":7}}}", "bad_request" },
    { "{\"_attachments\":{\"a\":{\"stub\":true,\"length\":-1}}}", "bad_request" },
    { "{\"_attachments\":{\"a\":{\"stub\":true,\"revpos\":\"1\"}}}", "bad_request" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *reason;

      g_test_message ("%s", cases[i][0]);
      g_assert_null (iw_wire_read_doc_text (cases[i][0], strlen (cases[i][0]), 1000, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_assert_cmpstr (iw_wire_error_name (error, &reason), ==, cases[i][1]);
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new ("{\"_attachments\":{");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) too_long = NULL;
  const char *reason;

  for (guint i = 0; i <= IW_WIRE_MAX_ATTACHMENTS; i++)
    g_string_append_printf (text, "%s\"a%u\":{\"stub\":true}", i > 0 ? "," : "", i);
  g_string_append (text, "}}");
  g_assert_null (iw_wire_read_doc_text (text->str, text->len, 1000, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);

  g_string_assign (text, "{\"_attachments\":{");
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (text, "%s\"a%u\":{\"data\":\"aGVsbG8=\"}", i > 0 ? "," : "", i);
  g_string_append (text, "}}");
  iw_wire_doc_free (iw_wire_read_doc_text (text->str, text->len, 15, NULL));
  g_assert_null (iw_wire_read_doc_text (text->str, text->len, 9, &too_long));
  g_assert_cmpstr (iw_wire_error_name (too_long, &reason), ==, "document_too_large");
  g_assert_false (g_str_has_prefix (reason, "document_too_large"));
}

static void
test_store_inline (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwWireDoc) doc = read_text ("{\"_attachments\":{\"a\":{\"data\":\"aGVsbG8=\"},\"b\":{"
                                         "\"stub\":true},\"c\":{\"data\":\"\"}}}");
  g_autoptr (IwWireDoc) wrong = read_text (
      "{\"_attachments\":{\"a\":{\"data\":\"aGVsbG9v\",\"digest\":\"md5-" HELLO_MD5 "\"}}}");
  g_autoptr (IwWireDoc) zipped =
      read_text ("{\"_attachments\":{\"a\":{\"content_type\":\"text/plain\","
                 "\"data\":\"aGVsbG9v\",\"digest\":\"md5-" HELLO_MD5 "\"}}}");
  IwWireAttachment *a = doc->attachments->pdata[0];
  IwWireAttachment *b = doc->attachments->pdata[1];
  IwWireAttachment *c = doc->attachments->pdata[2];
  g_autoptr (GError) error = NULL;

  iw_wire_store_inline (doc, dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (a->attachment.sha256, ==, HELLO_SHA);
  g_assert_cmpstr (a->attachment.md5, ==, HELLO_MD5);
  g_assert_true (iw_blobs_exists (dir, HELLO_SHA));
  g_assert_null (b->attachment.sha256);
  g_assert_cmpint (c->attachment.length, ==, 0);
  g_assert_nonnull (c->attachment.sha256);
  iw_wire_store_inline (zipped, dir, &error);
  g_assert_no_error (error);
  g_assert_false (iw_wire_store_inline (wrong, dir, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
  iw_test_remove_dir (dir);
}

/* ---- writing ---- */

static const char *const history[] = { "3-c", "2-b", "1-a", NULL };

static void
doc_init (IwPeerDoc *doc)
{
  *doc = (IwPeerDoc){ .docid = g_strdup ("a\"b"),
                      .rev = g_strdup ("3-c"),
                      .body = g_strdup ("{\"x\":1}") };
  doc->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_attachment_free);
  g_ptr_array_add (doc->attachments,
                   iw_attachment_new ("new \"1\"", "text/plain", HELLO_SHA, HELLO_MD5, 5, 3));
  g_ptr_array_add (doc->attachments,
                   iw_attachment_new ("old", "image/png", HELLO_SHA, HELLO_MD5, 5, 1));
}

#define NEW                                                                                        \
  "\"new \\\"1\\\"\":{\"content_type\":\"text/plain\",\"revpos\":3,\"digest\":\"md5-" HELLO_MD5    \
  "\","
#define OLD "\"old\":{\"content_type\":\"image/png\",\"revpos\":1,\"digest\":\"md5-" HELLO_MD5 "\","

static void
assert_written (const IwPeerDoc *doc, const IwWireOptions *options, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (IwPiecesStream) pieces = iw_pieces_stream_new ();
  char buffer[4096] = "";
  gsize n;
  g_autoptr (GError) error = NULL;

  iw_wire_append_doc (out, doc, options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
  iw_wire_add_doc (pieces, doc, options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (iw_pieces_stream_get_length (pieces), ==, strlen (expected));
  g_assert_true (
      g_input_stream_read_all (G_INPUT_STREAM (pieces), buffer, sizeof buffer, &n, NULL, &error));
  g_assert_cmpstr (buffer, ==, expected);
}

static void
add_hello (const char *dir)
{
  g_autoptr (IwWireDoc) doc = read_text ("{\"_attachments\":{\"a\":{\"data\":\"aGVsbG8=\"}}}");

  g_assert_true (iw_wire_store_inline (doc, dir, NULL));
}

static void
test_write (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_auto (IwPeerDoc) doc = { NULL };
  g_auto (IwPeerDoc) deleted = {
    .docid = g_strdup ("d"), .rev = g_strdup ("2-x"), .body = g_strdup ("{}"), .deleted = TRUE
  };
  const char *conflicts[] = { "3-b", "3-a", NULL };
  const char *since[] = { "2-b", NULL };
  const char *none[] = { NULL };
  IwWireOptions options = { .history = (char **)history,
                            .conflicts = (char **)conflicts,
                            .deleted_conflicts = (char **)none,
                            .local_seq = 7 };
  IwWireOptions with_data = { .dir = dir, .atts_since = (char **)since };
  IwWireOptions follows = { .follows = TRUE };

  doc_init (&doc);
  add_hello (dir);
  assert_written (&doc, NULL,
                  "{\"_id\":\"a\\\"b\",\"_rev\":\"3-c\",\"x\":1,\"_attachments\":{" NEW
                  "\"length\":5,\"stub\":true}," OLD "\"length\":5,\"stub\":true}}}");
  assert_written (&doc, &with_data,
                  "{\"_id\":\"a\\\"b\",\"_rev\":\"3-c\",\"x\":1,\"_attachments\":{" NEW
                  "\"data\":\"aGVsbG8=\"}," OLD "\"length\":5,\"stub\":true}}}");
  assert_written (&doc, &follows,
                  "{\"_id\":\"a\\\"b\",\"_rev\":\"3-c\",\"x\":1,\"_attachments\":{" NEW
                  "\"length\":5,\"follows\":true}," OLD "\"length\":5,\"follows\":true}}}");
  assert_written (
      &deleted, &options,
      "{\"_id\":\"d\",\"_rev\":\"2-x\",\"_deleted\":true,\"_revisions\":{\"start\":3,\"ids\":"
      "[\"c\",\"b\",\"a\"]},\"_local_seq\":7,\"_conflicts\":[\"3-b\",\"3-a\"]}");
  iw_test_remove_dir (dir);
}

static void
test_write_missing_blob (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_auto (IwPeerDoc) doc = { NULL };
  g_autoptr (GString) out = g_string_new (NULL);
  IwWireOptions options = { .dir = dir };
  g_autoptr (GError) error = NULL;

  doc_init (&doc);
  g_assert_false (iw_wire_append_doc (out, &doc, &options, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_DAMAGED_BLOB);
  iw_test_remove_dir (dir);
}

/* ---- multipart/related, there and back ---- */

static gboolean
on_part (GHashTable *headers, gpointer data, GError **error)
{
  g_autofree char *name = iw_multipart_filename (headers);

  g_string_append_printf (data, "<%s %s>", name != NULL ? name : "-",
                          (char *)g_hash_table_lookup (headers, "content-type"));
  return TRUE;
}

static gboolean
on_bytes (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  g_string_append_len (data, (const char *)bytes, length);
  return TRUE;
}

static gboolean
on_end (gpointer data, GError **error)
{
  g_string_append_c (data, '\n');
  return TRUE;
}

static void
test_related (void)
{
  static const IwMultipartFuncs funcs = { on_part, on_bytes, on_end };
  const char *since[] = { "2-b", NULL };
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *boundary = iw_wire_make_boundary ();
  g_auto (IwPeerDoc) doc = { NULL };
  IwWireOptions options = { .dir = dir, .atts_since = (char **)since };
  g_autoptr (IwPiecesStream) pieces = iw_pieces_stream_new ();
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (IwMultipartReader) reader = iw_multipart_reader_new (boundary, &funcs, found);
  char buffer[4096] = "";
  gsize n;
  g_autoptr (GError) error = NULL;

  doc_init (&doc);
  add_hello (dir);
  iw_wire_add_related (pieces, &doc, &options, boundary, &error);
  g_assert_no_error (error);
  g_assert_true (
      g_input_stream_read_all (G_INPUT_STREAM (pieces), buffer, sizeof buffer, &n, NULL, &error));
  g_assert_cmpint (iw_pieces_stream_get_length (pieces), ==, n);
  g_assert_true (iw_multipart_reader_feed (reader, (guint8 *)buffer, n, &error));
  g_assert_true (iw_multipart_reader_finish (reader, &error));
  g_assert_cmpstr (
      found->str, ==,
      "<- application/json>{\"_id\":\"a\\\"b\",\"_rev\":\"3-c\",\"x\":1,\"_attachments\":{" NEW
      "\"length\":5,\"follows\":true}," OLD "\"length\":5,\"stub\":true}}}\n"
      "<new \"1\" text/plain>hello\n");
  iw_test_remove_dir (dir);
}

static void
test_error_text (void)
{
  g_autofree char *text = iw_wire_error_text ("not_found", "a \"b\"\n");

  g_assert_cmpstr (text, ==, "{\"error\":\"not_found\",\"reason\":\"a \\\"b\\\"\\n\"}\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/wire/read", test_read);
  g_test_add_func ("/sync/wire/read-little", test_read_little);
  g_test_add_func ("/sync/wire/revisions-count-more", test_revisions_count_more);
  g_test_add_func ("/sync/wire/counter-as-history", test_counter_as_history);
  g_test_add_func ("/sync/wire/attachments", test_attachments);
  g_test_add_func ("/sync/wire/refused", test_refused);
  g_test_add_func ("/sync/wire/limits", test_limits);
  g_test_add_func ("/sync/wire/store-inline", test_store_inline);
  g_test_add_func ("/sync/wire/write", test_write);
  g_test_add_func ("/sync/wire/write-missing-blob", test_write_missing_blob);
  g_test_add_func ("/sync/wire/related", test_related);
  g_test_add_func ("/sync/wire/error-text", test_error_text);
  return g_test_run ();
}
