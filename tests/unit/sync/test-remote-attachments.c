/* Attachments from a server that cuts, lies and goes on for ever, and to one that reads. */
#include "hostile-server.h"

#define SIZE (300 * 1000)

typedef struct
{
  const char *mode;
  char *bytes; /* SIZE of them */
  guint n_gets;
  gboolean resumed;
  GString *put;
} Scene;

static gboolean
put_bytes (GOutputStream *out,
           int status,
           const char *headers,
           const char *bytes,
           gsize said,
           gsize given)
{
  g_autofree char *head =
      g_strdup_printf ("HTTP/1.1 %d X\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n%s\r\n",
                       status, said, headers);

  return put (out, head) && g_output_stream_write_all (out, bytes, given, NULL, NULL, NULL) &&
         said == given;
}

static gboolean
answer_scene (const Question *question, GOutputStream *out, gpointer data)
{
  Scene *scene = data;
  const char *range = strstr (question->head, "\r\nRange: bytes=");
  gsize from =
      range != NULL ? g_ascii_strtoull (range + strlen ("\r\nRange: bytes="), NULL, 10) : 0;
  g_autofree char *part =
      g_strdup_printf ("Content-Range: bytes %zu-%d/%d\r\n", from, SIZE - 1, SIZE);

  if (is_for (question, "PUT "))
    {
      scene->put = g_string_new (question->head);
      g_string_append_len (scene->put, question->body->str, question->body->len);
      return put_answer (out, 201, "", "{\"ok\":true,\"id\":\"d:1\",\"rev\":\"1-a\"}");
    }
  g_assert_nonnull (strstr (question->head, "Accept-Encoding: identity\r\n"));
  g_assert_true (is_for (question, "GET /db/d%3A1/a%20%2F%C3%A9?rev=1-a "));
  scene->n_gets++;
  if (g_str_equal (scene->mode, "cut") && from == 0)
    return put_bytes (out, 200, "", scene->bytes, SIZE, 200 * 1000);
  if (from > 0)
    scene->resumed = TRUE;
  if (from > 0 && g_str_equal (scene->mode, "cut"))
    return put_bytes (out, 206, part, scene->bytes + from, SIZE - from, SIZE - from);
  if (from > 0 && g_str_equal (scene->mode, "wrong-range"))
    return put_bytes (out, 206, "Content-Range: bytes 0-9/300000\r\n", scene->bytes, 10, 10);
  if (g_str_equal (scene->mode, "long"))
    return put_bytes (out, 200, "", scene->bytes, SIZE, SIZE) && FALSE;
  return put_bytes (out, 200, "", scene->bytes, SIZE, SIZE);
}

typedef struct
{
  Scene scene;
  Server *server;
  IwRemote *remote;
  char *dir;
  IwWireAttachment attachment;
} Fixture;

static char *
md5_of (const char *bytes, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize n = sizeof digest;

  g_checksum_update (checksum, (const guchar *)bytes, length);
  g_checksum_get_digest (checksum, digest, &n);
  return g_base64_encode (digest, n);
}

static void
set_up (Fixture *fixture, const char *mode)
{
  g_autofree char *staging = NULL;

  fixture->scene.mode = mode;
  fixture->scene.bytes = g_malloc (SIZE);
  for (guint i = 0; i < SIZE; i++)
    fixture->scene.bytes[i] = (char)(i * 7 + i / 251);
  fixture->server = server_start (NULL, answer_scene, &fixture->scene);
  fixture->remote = remote_for (fixture->server, NULL);
  fixture->dir = iw_test_make_dir ();
  staging = g_build_filename (fixture->dir, "staging", NULL);
  g_mkdir_with_parents (staging, 0700);
  fixture->attachment.attachment.name = g_strdup ("a /é");
  fixture->attachment.attachment.content_type = g_strdup ("text/plain");
  fixture->attachment.attachment.length = SIZE;
  fixture->attachment.attachment.md5 = md5_of (fixture->scene.bytes, SIZE);
}

static void
tear_down (Fixture *fixture)
{
  g_clear_object (&fixture->remote);
  server_stop (fixture->server);
  iw_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->scene.bytes);
  g_free (fixture->attachment.attachment.name);
  g_free (fixture->attachment.attachment.content_type);
  g_free (fixture->attachment.attachment.md5);
  g_free (fixture->attachment.attachment.sha256);
  if (fixture->scene.put != NULL)
    g_string_free (fixture->scene.put, TRUE);
}

static gboolean
get (Fixture *fixture, GError **error)
{
  return iw_remote_get_attachment (fixture->remote, "db", "d:1", "1-a", &fixture->attachment,
                                   fixture->dir, NULL, NULL, NULL, error);
}

static void
assert_is_here (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)fixture->scene.bytes, SIZE);

  g_assert_cmpstr (fixture->attachment.attachment.sha256, ==, hash);
  g_assert_true (iw_blobs_verify (fixture->dir, hash, NULL, &error));
  g_assert_no_error (error);
}

static void
test_whole (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&fixture, "whole");
  g_assert_true (get (&fixture, &error));
  g_assert_no_error (error);
  assert_is_here (&fixture);
  tear_down (&fixture);
}

static void
test_cut_and_resumed (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&fixture, "cut");
  g_assert_false (get (&fixture, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE);
  g_assert_null (fixture.attachment.attachment.sha256);
  g_clear_error (&error);
  g_assert_true (get (&fixture, &error));
  g_assert_no_error (error);
  g_assert_true (fixture.scene.resumed);
  assert_is_here (&fixture);
  tear_down (&fixture);
}

/* @mode: what the server does once asked to go on. */
static void
test_cut_then (gconstpointer mode)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&fixture, "cut");
  g_assert_false (get (&fixture, &error));
  g_clear_error (&error);
  fixture.scene.mode = mode;
  g_assert_true (get (&fixture, &error));
  g_assert_no_error (error);
  assert_is_here (&fixture);
  tear_down (&fixture);
}

static void
test_wrong_digest (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&fixture, "whole");
  fixture.attachment.attachment.md5[0] ^= 1;
  g_assert_false (get (&fixture, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL);
  g_clear_error (&error);
  /* What CouchDB has compressed is told by the digest of that. */
  fixture.attachment.encoded = TRUE;
  g_assert_true (get (&fixture, &error));
  g_assert_no_error (error);
  assert_is_here (&fixture);
  tear_down (&fixture);
}

static void
test_wrong_length (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&fixture, "long");
  fixture.attachment.attachment.length = SIZE - 1;
  g_assert_false (get (&fixture, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL);
  g_clear_error (&error);
  fixture.attachment.attachment.length = G_MAXINT64;
  g_assert_false (get (&fixture, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL);
  g_clear_error (&error);
  fixture.attachment.attachment.length = SIZE + 1;
  g_assert_false (get (&fixture, &error));
  g_assert_nonnull (error);
  g_assert_null (fixture.attachment.attachment.sha256);
  tear_down (&fixture);
}

static void
test_multipart (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_attachment_free);
  g_autofree char *last = NULL;
  char *history[] = { (char *)"1-a", NULL };
  IwPeerDoc doc = {
    .docid = (char *)"d:1", .rev = (char *)"1-a", .body = (char *)"{\"a\":1}", .attachments = list
  };

  set_up (&fixture, "whole");
  g_assert_true (get (&fixture, &error));
  g_ptr_array_add (list, iw_attachment_copy (&fixture.attachment.attachment));
  g_assert_true (iw_remote_put_multipart (fixture.remote, "db", &doc, history, fixture.dir, NULL,
                                          NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (fixture.scene.put->str, "PUT /db/d%3A1?new_edits=false "));
  g_assert_nonnull (strstr (fixture.scene.put->str, "\"follows\":true"));
  g_assert_nonnull (strstr (fixture.scene.put->str, "\"_revisions\":{"));
  g_assert_nonnull (
      memmem (fixture.scene.put->str, fixture.scene.put->len, fixture.scene.bytes, SIZE));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/remote-attachments/whole", test_whole);
  g_test_add_func ("/remote-attachments/cut-and-resumed", test_cut_and_resumed);
  g_test_add_data_func ("/remote-attachments/cut-then-whole", "whole", test_cut_then);
  g_test_add_data_func ("/remote-attachments/cut-then-wrong-range", "wrong-range", test_cut_then);
  g_test_add_func ("/remote-attachments/wrong-digest", test_wrong_digest);
  g_test_add_func ("/remote-attachments/wrong-length", test_wrong_length);
  g_test_add_func ("/remote-attachments/multipart", test_multipart);
  return g_test_run ();
}
