/* Certificates: expired, unknown, pinned, swapped; TLS that is none. */
#include "hostile-server.h"
#include "iw-test-certificate.h"

#define DAY (24 * 3600)

static gboolean
answer_root (const Question *question, GOutputStream *out, gpointer data)
{
  return put_answer (out, 200, "", "{\"uuid\":\"u\"}");
}

/* The certificate that the client shows where it refused, NULL where it took it. */
static GTlsCertificate *
try_certificate (GTlsCertificate *shown, const char *pin, char **message)
{
  Server *server = server_start (shown, answer_root, NULL);
  g_autoptr (IwRemote) remote = remote_for (server, pin);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  GTlsCertificate *refused = NULL;

  iw_remote_set_limits (remote, 5000, 5000, 0);
  id = iw_remote_get_database_id (remote, "db", NULL, &error);
  if (id == NULL)
    {
      g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CERTIFICATE);
      refused = g_object_ref (iw_remote_get_certificate (remote));
      /* Nothing was told to whoever that was, the password least. */
      g_assert_cmpint (g_atomic_int_get (&server->n_requests), ==, 0);
      if (message != NULL)
        *message = g_strdup (error->message);
    }
  g_clear_object (&remote);
  server_stop (server);
  return refused;
}

static void
test_unknown_then_pinned (void)
{
  g_autoptr (GTlsCertificate) shown = iw_test_certificate (-DAY, DAY);
  g_autoptr (GTlsCertificate) refused = try_certificate (shown, NULL, NULL);
  g_autofree char *hash = NULL;

  g_assert_nonnull (refused);
  hash = iw_remote_certificate_hash (refused);
  g_assert_cmpuint (strlen (hash), ==, 64);
  g_assert_null (try_certificate (shown, hash, NULL));
}

static void
test_swapped (void)
{
  g_autoptr (GTlsCertificate) one = iw_test_certificate (-DAY, DAY);
  g_autoptr (GTlsCertificate) two = iw_test_certificate (-DAY, DAY);
  g_autofree char *pin = iw_remote_certificate_hash (one);
  g_autofree char *hash = NULL;
  g_autoptr (GTlsCertificate) refused = try_certificate (two, pin, NULL);

  g_assert_nonnull (refused);
  hash = iw_remote_certificate_hash (refused);
  g_assert_cmpstr (hash, !=, pin);
}

static void
test_expired (void)
{
  g_autoptr (GTlsCertificate) shown = iw_test_certificate (-10 * DAY, -DAY);
  g_autofree char *pin = iw_remote_certificate_hash (shown);
  g_autofree char *message = NULL;
  g_autofree char *message_pinned = NULL;
  g_autoptr (GTlsCertificate) refused = try_certificate (shown, NULL, &message);
  g_autoptr (GTlsCertificate) refused_pinned = try_certificate (shown, pin, &message_pinned);

  g_assert_nonnull (refused);
  g_assert_nonnull (refused_pinned);
  g_assert_nonnull (strstr (message, "no longer valid"));
  g_assert_nonnull (strstr (message_pinned, "no longer valid"));
}

/* A clock that is hours behind does not lock one out of one's own server. */
static void
test_not_yet_valid_pinned (void)
{
  g_autoptr (GTlsCertificate) shown = iw_test_certificate (3600, DAY);
  g_autofree char *pin = iw_remote_certificate_hash (shown);

  g_assert_null (try_certificate (shown, pin, NULL));
}

static gboolean
answer_plain (const Question *question, GOutputStream *out, gpointer data)
{
  return put (out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
}

static void
test_downgrade (void)
{
  Server *server = server_start (NULL, answer_plain, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", server->port);
  IwSyncAccount account = { .url = url, .user = (char *)"hana" };
  g_autoptr (IwRemote) remote = iw_remote_new (&account, "secret");
  g_autoptr (GError) error = NULL;

  iw_remote_set_limits (remote, 1000, 1000, 0);
  g_assert_null (iw_remote_call (remote, "GET", NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (g_atomic_int_get (&server->n_requests), ==, 0);
  g_clear_object (&remote);
  server_stop (server);
}

/* A server that is killed while hands are shaken is away, and may come back. */
static void
test_reset (void)
{
  g_autoptr (GTlsCertificate) shown = iw_test_certificate (-DAY, DAY);
  g_autofree char *pin = iw_remote_certificate_hash (shown);
  Server *server = server_start (shown, answer_root, NULL);
  g_autoptr (IwRemote) remote = remote_for (server, pin);
  g_autoptr (GError) error = NULL;

  g_atomic_int_set (&server->resets, TRUE);
  iw_remote_set_limits (remote, 1000, 1000, 0);
  g_assert_null (iw_remote_call (remote, "GET", NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE);
  g_clear_object (&remote);
  server_stop (server);
}

static gboolean
answer_to_plain (const Question *question, GOutputStream *out, gpointer data)
{
  g_autofree char *headers =
      g_strdup_printf ("Location: http://127.0.0.1:%u/\r\n", ((Server *)data)->port);

  return put_answer (out, 301, headers, "");
}

static void
test_redirect_to_plain (void)
{
  g_autoptr (GTlsCertificate) shown = iw_test_certificate (-DAY, DAY);
  g_autofree char *pin = iw_remote_certificate_hash (shown);
  Server *plain = server_start (NULL, answer_plain, NULL);
  Server *server = server_start (shown, answer_to_plain, plain);
  g_autoptr (IwRemote) remote = remote_for (server, pin);
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_remote_call (remote, "GET", NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL);
  g_assert_cmpint (g_atomic_int_get (&plain->n_requests), ==, 0);
  g_clear_object (&remote);
  server_stop (server);
  server_stop (plain);
}

/* Whoever wrote the account. */
static void
test_plain_elsewhere (void)
{
  IwSyncAccount account = { .url = (char *)"http://192.0.2.1/", .user = (char *)"hana" };
  g_autoptr (IwRemote) remote = iw_remote_new (&account, "secret");
  g_autoptr (GError) error = NULL;

  iw_remote_set_limits (remote, 1000, 1000, 0);
  g_assert_null (iw_remote_call (remote, "GET", NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/remote-tls/unknown-then-pinned", test_unknown_then_pinned);
  g_test_add_func ("/remote-tls/swapped", test_swapped);
  g_test_add_func ("/remote-tls/expired", test_expired);
  g_test_add_func ("/remote-tls/not-yet-valid-pinned", test_not_yet_valid_pinned);
  g_test_add_func ("/remote-tls/downgrade", test_downgrade);
  g_test_add_func ("/remote-tls/reset", test_reset);
  g_test_add_func ("/remote-tls/redirect-to-plain", test_redirect_to_plain);
  g_test_add_func ("/remote-tls/plain-elsewhere", test_plain_elsewhere);
  return g_test_run ();
}
