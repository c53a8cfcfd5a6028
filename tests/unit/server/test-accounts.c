#include "iw-accounts.h"

#include <string.h>

#include "iw-password.h"
#include "iw-test-server.h"

static void
test_hashes (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *a = iw_password_hash ("correct horse", &error);
  g_autofree char *b = iw_password_hash ("correct horse", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (a, "$y$"));
  g_assert_cmpstr (a, !=, b);
  g_assert_true (iw_password_verify ("correct horse", a));
  g_assert_true (iw_password_verify ("correct horse", b));
  g_assert_false (iw_password_verify ("correct horse ", a));
  g_assert_false (iw_password_verify ("", a));
  g_assert_false (iw_password_verify ("correct horse", NULL));
  g_assert_false (iw_password_verify ("correct horse", "not a hash"));
  g_assert_null (iw_password_hash ("", NULL));
}

/* Whether an account exists must not be told by the time. */
static void
test_unknown_names_take_as_long (void)
{
  g_autofree char *hash = iw_password_hash ("x", NULL);
  gint64 begin = g_get_monotonic_time ();
  gint64 known;
  gint64 unknown;

  iw_password_verify ("y", hash);
  known = g_get_monotonic_time () - begin;
  begin = g_get_monotonic_time ();
  iw_password_verify ("y", NULL);
  unknown = g_get_monotonic_time () - begin;
  g_assert_cmpint (unknown, >, known / 5);
  g_assert_cmpint (unknown, <, known * 5);
}

static void
test_generated (void)
{
  g_autofree char *a = iw_password_generate ();
  g_autofree char *b = iw_password_generate ();
  g_autofree char *token = iw_token_generate ();
  g_autofree char *hash = iw_token_hash (token);

  g_assert_cmpuint (strlen (a), ==, 23);
  g_assert_cmpstr (a, !=, b);
  g_assert_cmpuint (strlen (token), ==, 47);
  g_assert_cmpuint (strlen (hash), ==, 64);
}

static void
test_names (void)
{
  g_assert_true (iw_user_is_name ("hana"));
  g_assert_true (iw_user_is_name ("Hana Levi ü"));
  g_assert_false (iw_user_is_name (""));
  g_assert_false (iw_user_is_name ("_hana"));
  g_assert_false (iw_user_is_name ("ha:na"));
  g_assert_false (iw_user_is_name ("ha/na"));
  g_assert_false (iw_user_is_name ("ha\nna"));
  g_assert_false (iw_user_is_name ("\xff"));
}

static void
test_documents (void)
{
  const char *roles[] = { "responder", "author:Hana \"H\" Levi", NULL };
  g_autoptr (IwUser) user = iw_user_new ("hana", roles);
  g_autofree char *token = iw_user_add_token (user, "proxy", 1700000000);
  g_autofree char *text = NULL;
  g_autoptr (IwUser) again = NULL;
  g_autofree char *text_again = NULL;
  g_autoptr (GError) error = NULL;

  user->password_hash = g_strdup ("$y$x");
  text = iw_user_write (user);
  g_assert_null (strstr (text, token));
  again = iw_user_parse (text, &error);
  g_assert_no_error (error);
  text_again = iw_user_write (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_cmpstr (again->roles[1], ==, roles[1]);
  g_assert_true (iw_user_remove_token (again, ((IwUserToken *)again->tokens->pdata[0])->id));
  g_assert_false (iw_user_remove_token (again, "none"));
  g_assert_null (iw_user_parse ("{\"name\":\"a\",\"roles\":\"admin\"}", NULL));
  g_assert_null (iw_user_parse ("{\"name\":7}", NULL));
  g_assert_null (iw_user_parse ("[]", NULL));
}

/* ---- over the wire ---- */

static void
test_users (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_auto (IwTestAnswer) made = iw_test_server_ask (
      server, "admin", "PUT", "/_users/org.couchdb.user%3Anew",
      "{\"name\":\"new\",\"type\":\"user\",\"roles\":[\"reader\"],\"password\":\"new-secret\"}");
  g_auto (IwTestAnswer) own =
      iw_test_server_ask (server, "new", "GET", "/_users/org.couchdb.user:new", NULL);
  g_auto (IwTestAnswer) by_admin =
      iw_test_server_ask (server, "admin", "GET", "/_users/org.couchdb.user:new", NULL);
  g_auto (IwTestAnswer) other =
      iw_test_server_ask (server, "new", "GET", "/_users/org.couchdb.user:admin", NULL);
  g_auto (IwTestAnswer) none =
      iw_test_server_ask (server, "new", "GET", "/_users/org.couchdb.user:none", NULL);

  g_assert_cmpuint (made.status, ==, 201);
  g_assert_cmpuint (own.status, ==, 200);
  g_assert_cmpstr (own.body, ==, by_admin.body);
  g_assert_nonnull (strstr (own.body, "\"roles\":[\"reader\"]"));
  g_assert_null (strstr (own.body, "$y$"));
  g_assert_null (strstr (own.body, "password"));
  g_assert_cmpuint (other.status, ==, 404);
  g_assert_cmpstr (other.body, ==, none.body);
}

static void
test_nobody_makes_themselves_admin (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_auto (IwTestAnswer) user =
      iw_test_server_ask (server, "reader", "GET", "/_users/org.couchdb.user:reader", NULL);
  g_autofree char *rev = iw_test_answer_rev (&user);
  g_autofree char *body =
      g_strdup_printf ("{\"name\":\"reader\",\"_rev\":\"%s\",\"roles\":[\"admin\"]}", rev);
  g_auto (IwTestAnswer) put =
      iw_test_server_ask (server, "reader", "PUT", "/_users/org.couchdb.user:reader", body);
  g_auto (IwTestAnswer) stale =
      iw_test_server_ask (server, "admin", "PUT", "/_users/org.couchdb.user:reader",
                          "{\"name\":\"reader\",\"roles\":[]}");
  g_auto (IwTestAnswer) renamed =
      iw_test_server_ask (server, "admin", "PUT", "/_users/org.couchdb.user:reader",
                          "{\"name\":\"admin\",\"roles\":[]}");

  g_assert_cmpuint (put.status, ==, 403);
  g_assert_cmpuint (stale.status, ==, 409);
  g_assert_cmpuint (renamed.status, ==, 400);
  g_assert_cmpuint (iw_test_server_status (server, "reader", "GET", "/_metrics", NULL), ==, 403);
}

/* The other endpoints of a database are none of the accounts'. */
static void
test_hashes_leave_by_no_road (void)
{
  static const char *const paths[] = { "/_users/_all_docs?include_docs=true",
                                       "/_users/_changes?include_docs=true", "/_users/_security",
                                       "/_users/_local/x", "/_users/org.couchdb.user:admin/a" };
  g_autoptr (IwTestServer) server = iw_test_server_new ();

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (IwTestAnswer) answer = iw_test_server_ask (server, "admin", "GET", paths[i], NULL);

      g_assert_cmpuint (answer.status, >=, 400);
      g_assert_null (strstr (answer.body, "$y$"));
    }
  g_assert_cmpuint (
      iw_test_server_status (server, "admin", "POST", "/_users/_bulk_get", "{\"docs\":[]}"), >=,
      400);
}

static gboolean
add_token (IwStore *users, gpointer data, GError **error)
{
  g_autofree char *rev = NULL;
  g_autoptr (IwUser) user = iw_user_load (users, "reader", &rev, error);

  *(char **)data = iw_user_add_token (user, "test", 0);
  return iw_user_store (users, user, rev, NULL, error);
}

#include "iw-setup.h"

/* Made by another program while the server runs. */
static void
test_tokens (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_autofree char *token = NULL;
  g_autofree char *bearer = NULL;
  g_autoptr (GError) error = NULL;
  guint status = 0;

  iw_setup_change_users (iw_test_server_get_dir (server), add_token, &token, &error);
  g_assert_no_error (error);
  bearer = g_strconcat ("Bearer ", token, NULL);
  for (guint i = 0; i < 50 && status != 200; i++)
    {
      g_auto (IwTestAnswer) answer = iw_test_server_ask_full (
          server, "GET", "/incidents", "Authorization", bearer, NULL, NULL, 0);

      status = answer.status;
      if (status == 429)
        iw_test_server_pass (server, 61 * G_USEC_PER_SEC);
      if (status != 200)
        g_usleep (100 * 1000);
    }
  g_assert_cmpuint (status, ==, 200);
  /* The line comes once the last byte is sent. */
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *log = iw_test_server_get_log (server);

      g_assert_null (strstr (log, token));
      if (strstr (log, " reader GET /incidents 200 ") != NULL)
        return;
      g_usleep (50 * 1000);
    }
  g_assert_not_reached ();
}

static void
test_guessing_is_slowed (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  guint n_slowed = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *guess = g_strdup_printf ("writer:%u", i);
      g_autofree char *encoded = g_base64_encode ((guchar *)guess, strlen (guess));
      g_autofree char *basic = g_strconcat ("Basic ", encoded, NULL);
      g_auto (IwTestAnswer) answer = iw_test_server_ask_full (
          server, "GET", "/_all_dbs", "Authorization", basic, NULL, NULL, 0);

      g_assert_true (answer.status == 401 || answer.status == 429);
      if (answer.status == 429)
        {
          g_assert_nonnull (soup_message_headers_get_one (answer.headers, "Retry-After"));
          n_slowed++;
        }
    }
  g_assert_cmpuint (n_slowed, ==, 7);
  /* Others are not. */
  g_assert_cmpuint (iw_test_server_status (server, "reader", "GET", "/_all_dbs", NULL), ==, 200);
  iw_test_server_pass (server, 61 * G_USEC_PER_SEC);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/_all_dbs", NULL), ==, 200);
}

/* Basic auth with each request is cheap once the password was seen to be right. */
static void
test_remembered (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  gint64 begin;

  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/_all_dbs", NULL), ==, 200);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < 200; i++)
    g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/_all_dbs", NULL), ==, 200);
  /* Two hundred hashes would take ten seconds. */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 3 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/accounts/hashes", test_hashes);
  g_test_add_func ("/accounts/unknown-names", test_unknown_names_take_as_long);
  g_test_add_func ("/accounts/generated", test_generated);
  g_test_add_func ("/accounts/names", test_names);
  g_test_add_func ("/accounts/documents", test_documents);
  g_test_add_func ("/accounts/users", test_users);
  g_test_add_func ("/accounts/no-self-made-admin", test_nobody_makes_themselves_admin);
  g_test_add_func ("/accounts/hashes-stay", test_hashes_leave_by_no_road);
  g_test_add_func ("/accounts/tokens", test_tokens);
  g_test_add_func ("/accounts/guessing", test_guessing_is_slowed);
  g_test_add_func ("/accounts/remembered", test_remembered);
  return g_test_run ();
}
