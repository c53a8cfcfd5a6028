#include "iw-session.h"

#include <string.h>

#include "iw-test-server.h"

static const guint8 key[IW_SESSION_KEY_LENGTH] = { 1, 2, 3 };
static const guint8 other_key[IW_SESSION_KEY_LENGTH] = { 1, 2, 4 };

static void
test_round_trip (void)
{
  g_autofree char *text = iw_session_make (key, "Hana Levi ü", "$y$hash", 1234567890);
  g_autofree char *name = NULL;
  gint64 until;

  g_assert_true (iw_session_read (text, &name, &until));
  g_assert_cmpstr (name, ==, "Hana Levi ü");
  g_assert_cmpint (until, ==, 1234567890);
  g_assert_true (iw_session_is_genuine (key, text, "$y$hash"));
  g_assert_false (iw_session_is_genuine (key, text, "$y$other"));
  g_assert_false (iw_session_is_genuine (other_key, text, "$y$hash"));
}

/* No byte can be changed. */
static void
test_every_byte_counts (void)
{
  g_autofree char *text = iw_session_make (key, "hana", "s", 99);

  for (gsize i = 0; i < strlen (text) - 1; i++)
    {
      g_autofree char *altered = g_strdup (text);

      altered[i] = altered[i] == 'A' ? 'B' : 'A';
      g_assert_false (iw_session_is_genuine (key, altered, "s"));
    }
}

static void
test_nonsense (void)
{
  static const char *const texts[] = {
    "", ".", "a", "a.b", "....", "AAAA.AAAA", "!!!.###", "LTE6aGFuYQ.x", "eHl6OmhhbmE.x", "AAAA"
  };
  g_autofree char *long_text = g_strnfill (100000, 'A');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char *name = NULL;
      gint64 until;

      g_assert_false (iw_session_read (texts[i], &name, &until));
      g_assert_null (name);
      g_assert_false (iw_session_is_genuine (key, texts[i], "s"));
    }
  long_text[50] = '.';
  g_assert_false (iw_session_read (long_text, (char *[]){ NULL }, (gint64[]){ 0 }));
}

static void
test_headers (void)
{
  g_autofree char *found = iw_session_from_header ("a=b; AuthSession=xyz.abc; c=d");
  g_autofree char *none = iw_session_from_header ("a=b; NotAuthSession=xyz");
  g_autofree char *set = iw_session_to_header ("xyz", 600, TRUE);
  g_autofree char *plain = iw_session_to_header ("xyz", 600, FALSE);
  g_autofree char *gone = iw_session_to_header (NULL, 600, TRUE);

  g_assert_cmpstr (found, ==, "xyz.abc");
  g_assert_null (none);
  g_assert_nonnull (strstr (set, "AuthSession=xyz; "));
  g_assert_nonnull (strstr (set, "HttpOnly"));
  g_assert_nonnull (strstr (set, "; Secure"));
  g_assert_nonnull (strstr (set, "SameSite=Strict"));
  g_assert_null (strstr (plain, "Secure"));
  g_assert_nonnull (strstr (gone, "AuthSession=; "));
  g_assert_nonnull (strstr (gone, "Max-Age=0"));
}

/* ---- over the wire ---- */

static char *
cookie_of (const IwTestAnswer *answer)
{
  const char *set = soup_message_headers_get_list (answer->headers, "Set-Cookie");
  char *cookie = set != NULL ? g_strdup (set) : NULL;

  if (cookie != NULL)
    cookie[strcspn (cookie, ";")] = '\0';
  return cookie;
}

static char *
who_is (IwTestServer *server, const char *cookie)
{
  g_auto (IwTestAnswer) answer =
      iw_test_server_ask_full (server, "GET", "/_session", "Cookie", cookie, NULL, NULL, 0);

  g_assert_cmpuint (answer.status, ==, 200);
  return g_strdup (answer.body);
}

static IwTestAnswer
sign_in (IwTestServer *server, const char *type, const char *body)
{
  return iw_test_server_ask_full (server, "POST", "/_session", NULL, NULL, type, body, -1);
}

static void
test_sign_in (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_auto (IwTestAnswer) json =
      sign_in (server, "application/json", "{\"name\":\"writer\",\"password\":\"writer-secret\"}");
  g_auto (IwTestAnswer) form =
      sign_in (server, "application/x-www-form-urlencoded", "name=admin&password=admin-secret");
  g_auto (IwTestAnswer) wrong =
      sign_in (server, "application/json", "{\"name\":\"writer\",\"password\":\"no\"}");
  g_auto (IwTestAnswer) nobody =
      sign_in (server, "application/json", "{\"name\":\"nobody\",\"password\":\"no\"}");
  g_auto (IwTestAnswer) half = sign_in (server, "application/json", "{\"name\":\"writer\"}");
  g_auto (IwTestAnswer) text = sign_in (server, "text/plain", "name=admin&password=admin-secret");
  g_autofree char *cookie = cookie_of (&json);
  g_autofree char *admin = cookie_of (&form);
  g_autofree char *who = who_is (server, cookie);
  g_autofree char *who_admin = who_is (server, admin);
  g_autofree char *who_else = who_is (server, "AuthSession=none");

  g_assert_cmpuint (json.status, ==, 200);
  g_assert_cmpstr (json.body, ==, "{\"ok\":true,\"name\":\"writer\",\"roles\":[\"responder\"]}\n");
  g_assert_nonnull (strstr (who, "\"name\":\"writer\""));
  g_assert_nonnull (strstr (who, "\"authenticated\":\"cookie\""));
  g_assert_nonnull (strstr (who_admin, "\"roles\":[\"_admin\",\"admin\"]"));
  g_assert_nonnull (strstr (who_else, "\"name\":null"));
  g_assert_cmpuint (wrong.status, ==, 401);
  g_assert_cmpuint (nobody.status, ==, 401);
  g_assert_cmpstr (wrong.body, ==, nobody.body);
  g_assert_null (soup_message_headers_get_one (wrong.headers, "WWW-Authenticate"));
  g_assert_cmpuint (half.status, ==, 400);
  g_assert_cmpuint (text.status, ==, 415);
}

static void
test_sessions_end (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_auto (IwTestAnswer) in =
      sign_in (server, "application/json", "{\"name\":\"writer\",\"password\":\"writer-secret\"}");
  g_autofree char *cookie = cookie_of (&in);
  g_auto (IwTestAnswer) early =
      iw_test_server_ask_full (server, "GET", "/_all_dbs", "Cookie", cookie, NULL, NULL, 0);

  g_assert_cmpuint (early.status, ==, 200);
  g_assert_null (soup_message_headers_get_list (early.headers, "Set-Cookie"));
  /* Past the middle a fresh one comes along. */
  iw_test_server_pass (server, 2000 * G_USEC_PER_SEC);
  {
    g_auto (IwTestAnswer) later =
        iw_test_server_ask_full (server, "GET", "/_all_dbs", "Cookie", cookie, NULL, NULL, 0);
    g_autofree char *fresh = cookie_of (&later);

    g_assert_cmpuint (later.status, ==, 200);
    g_assert_nonnull (fresh);
    iw_test_server_pass (server, 2000 * G_USEC_PER_SEC);
    {
      g_auto (IwTestAnswer) over =
          iw_test_server_ask_full (server, "GET", "/_all_dbs", "Cookie", cookie, NULL, NULL, 0);
      g_auto (IwTestAnswer) on =
          iw_test_server_ask_full (server, "GET", "/_all_dbs", "Cookie", fresh, NULL, NULL, 0);

      g_assert_cmpuint (over.status, ==, 401);
      g_assert_cmpuint (on.status, ==, 200);
    }
  }
}

/* A new password, and a deleted account, end what was signed in. */
static void
test_a_new_password_ends_them (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  g_auto (IwTestAnswer) in =
      sign_in (server, "application/json", "{\"name\":\"writer\",\"password\":\"writer-secret\"}");
  g_autofree char *cookie = cookie_of (&in);
  g_auto (IwTestAnswer) user =
      iw_test_server_ask (server, "writer", "GET", "/_users/org.couchdb.user:writer", NULL);
  g_autofree char *rev = iw_test_answer_rev (&user);
  g_autofree char *body = g_strdup_printf (
      "{\"name\":\"writer\",\"type\":\"user\",\"_rev\":\"%s\",\"password\":\"another\"}", rev);
  g_auto (IwTestAnswer) put =
      iw_test_server_ask (server, "writer", "PUT", "/_users/org.couchdb.user:writer", body);
  g_auto (IwTestAnswer) after =
      iw_test_server_ask_full (server, "GET", "/_all_dbs", "Cookie", cookie, NULL, NULL, 0);
  g_auto (IwTestAnswer) again =
      sign_in (server, "application/json", "{\"name\":\"writer\",\"password\":\"another\"}");

  g_assert_cmpuint (put.status, ==, 201);
  g_assert_cmpuint (after.status, ==, 401);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/_all_dbs", NULL), ==, 401);
  g_assert_cmpuint (again.status, ==, 200);
  /* Their role was kept. */
  g_assert_nonnull (strstr (again.body, "responder"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/session/round-trip", test_round_trip);
  g_test_add_func ("/session/every-byte-counts", test_every_byte_counts);
  g_test_add_func ("/session/nonsense", test_nonsense);
  g_test_add_func ("/session/headers", test_headers);
  g_test_add_func ("/session/sign-in", test_sign_in);
  g_test_add_func ("/session/end", test_sessions_end);
  g_test_add_func ("/session/new-password", test_a_new_password_ends_them);
  return g_test_run ();
}
