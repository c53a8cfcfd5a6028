/* Every endpoint by every role: held to what its table says, so that none is forgotten. */
#include "iw-route.h"

#include <string.h>

#include "iw-test-server.h"

static const char *const who[] = {
  NULL, "outsider", "reader", "auditor", "writer", "boss", "admin"
};

/* What the gate must say, in the order of IwNeeds; 0: it lets through. For databases that there
 * are. */
static const guint expected[6][7] = {
  /* nobody outsider reader auditor writer boss admin */
  [IW_NEEDS_NOBODY] = { 0, 0, 0, 0, 0, 0, 0 },
  [IW_NEEDS_ACCOUNT] = { 401, 0, 0, 0, 0, 0, 0 },
  [IW_NEEDS_MEMBER] = { 401, 404, 0, 0, 0, 0, 0 },
  [IW_NEEDS_WRITER] = { 401, 404, 403, 403, 0, 0, 0 },
  [IW_NEEDS_DB_ADMIN] = { 401, 404, 403, 403, 403, 0, 0 },
  [IW_NEEDS_ADMIN] = { 401, 403, 403, 403, 403, 403, 0 },
};

/* A path that the pattern fits. */
static char *
path_of (const char *pattern, const char *db)
{
  GString *path = g_string_new (pattern);

  g_string_replace (path, "{db}", db, 0);
  g_string_replace (path, "{docid}", "a-document", 0);
  g_string_replace (path, "{design}", "a-design", 0);
  g_string_replace (path, "{local...}", "a-local", 0);
  g_string_replace (path, "{local}", "a-local", 0);
  g_string_replace (path, "{attachment...}", "a-file", 0);
  g_assert_null (strchr (path->str, '{'));
  return g_string_free (path, FALSE);
}

/* Without a word that would change something: whoever gets through is refused for it by the
 * handler. */
static const char *
body_of (const IwRoute *route)
{
  return g_str_equal (route->method, "PUT") || g_str_equal (route->method, "POST") ? "[" : NULL;
}

/* What the gate says, and handlers do not in these words. */
static gboolean
is_gates (const IwTestAnswer *answer, guint status)
{
  static const char *const words[] = { "You must sign in.", "Database does not exist.",
                                       "You are not a server admin.",
                                       "Your role may read here, and not write.",
                                       "You are not a db or server admin." };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (answer->status == status && strstr (answer->body, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_excepted (const IwRoute *route)
{
  /* A feed does not end, deleting the database would end the test. */
  return (strstr (route->pattern, "_changes") != NULL && g_str_equal (route->method, "GET")) ||
         (g_str_equal (route->pattern, "/{db}") && g_str_equal (route->method, "DELETE"));
}

static void
check_route (IwTestServer *server, const IwRoute *route, guint i)
{
  g_autofree char *plain = path_of (route->pattern, "incidents");
  g_autofree char *path = strstr (plain, "_changes") != NULL
                              ? g_strconcat (plain, "?timeout=1", NULL)
                              : g_strdup (plain);
  guint want = expected[route->needs][i];
  g_auto (IwTestAnswer) answer = { 0 };

  if (want == 0 && is_excepted (route))
    return;
  answer = iw_test_server_ask (server, who[i], route->method, path, body_of (route));
  g_test_message ("%s %s as %s: %u", route->method, path, who[i] != NULL ? who[i] : "nobody",
                  answer.status);
  if (want != 0)
    {
      g_assert_cmpuint (answer.status, ==, want);
      g_assert_true (is_gates (&answer, want));
    }
  else
    {
      g_assert_cmpuint (answer.status, !=, 0);
      g_assert_cmpuint (answer.status, <, 500);
      g_assert_cmpuint (answer.status, !=, 401);
      g_assert_false (is_gates (&answer, answer.status));
    }
}

static void
test_every_endpoint_by_every_role (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  guint n_tables;
  const IwRoute *const *tables = iw_routes_get (&n_tables);

  for (guint t = 0; t < n_tables; t++)
    for (const IwRoute *route = tables[t]; route->method != NULL; route++)
      for (guint i = 0; i < G_N_ELEMENTS (who); i++)
        check_route (server, route, i);
}

/* All that an answer says, but for when. */
static char *
describe (const IwTestAnswer *answer)
{
  GString *text = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  g_string_append_printf (text, "%u\n", answer->status);
  soup_message_headers_iter_init (&iter, answer->headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, "Date") != 0)
      g_string_append_printf (text, "%s: %s\n", name, value);
  g_string_append (text, answer->body);
  return g_string_free (text, FALSE);
}

/* To whom is not a member, and to nobody, a database that there is looks like one that there is
 * not: by every byte. */
static void
test_compartments_do_not_show (void)
{
  static const char *const outside[] = { NULL, "outsider" };
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  guint n_tables;
  const IwRoute *const *tables = iw_routes_get (&n_tables);

  for (guint t = 0; t < n_tables; t++)
    for (const IwRoute *route = tables[t]; route->method != NULL; route++)
      for (guint i = 0; i < G_N_ELEMENTS (outside) && strstr (route->pattern, "{db}") != NULL; i++)
        {
          g_autofree char *real = path_of (route->pattern, "incidents");
          g_autofree char *none = path_of (route->pattern, "incidentz");
          g_auto (IwTestAnswer) a =
              iw_test_server_ask (server, outside[i], route->method, real, body_of (route));
          g_auto (IwTestAnswer) b =
              iw_test_server_ask (server, outside[i], route->method, none, body_of (route));
          g_autofree char *all_a = describe (&a);
          g_autofree char *all_b = describe (&b);

          g_assert_cmpstr (all_a, ==, all_b);
        }
  {
    g_auto (IwTestAnswer) outsider =
        iw_test_server_ask (server, "outsider", "GET", "/_all_dbs", NULL);
    g_auto (IwTestAnswer) reader = iw_test_server_ask (server, "reader", "GET", "/_all_dbs", NULL);
    g_auto (IwTestAnswer) admin = iw_test_server_ask (server, "admin", "GET", "/_all_dbs", NULL);

    g_assert_cmpstr (outsider.body, ==, "[]\n");
    g_assert_cmpstr (reader.body, ==, "[\"incidents\"]\n");
    g_assert_cmpstr (admin.body, ==, "[\"_users\",\"incidents\"]\n");
  }
}

/* Members come and go by _security. */
static void
test_membership (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();

  g_assert_cmpuint (iw_test_server_status (server, "admin", "PUT", "/secret", NULL), ==, 201);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "PUT", "/secret", NULL), ==, 412);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "PUT", "/Secret", NULL), ==, 400);
  g_assert_cmpuint (iw_test_server_status (server, "reader", "GET", "/secret", NULL), ==, 404);
  g_assert_cmpuint (
      iw_test_server_status (
          server, "admin", "PUT", "/secret/_security",
          "{\"members\":{\"roles\":[\"reader\"]},\"admins\":{\"names\":[\"writer\"]}}"),
      ==, 200);
  g_assert_cmpuint (iw_test_server_status (server, "reader", "GET", "/secret", NULL), ==, 200);
  g_assert_cmpuint (iw_test_server_status (server, "auditor", "GET", "/secret", NULL), ==, 404);
  g_assert_cmpuint (
      iw_test_server_status (server, "writer", "PUT", "/secret/_security", "{\"members\":7}"), ==,
      400);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "PUT", "/secret/_security", "{}"), ==,
                    200);
  /* An empty one is nobody's. */
  g_assert_cmpuint (iw_test_server_status (server, "reader", "GET", "/secret", NULL), ==, 404);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", "/secret", NULL), ==, 404);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "DELETE", "/secret", NULL), ==, 200);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "DELETE", "/secret", NULL), ==, 404);
  g_assert_cmpuint (iw_test_server_status (server, "admin", "GET", "/secret", NULL), ==, 404);
}

/* ---- what is known by its id alone is written when its body comes ---- */

#define SCOPE "01a20319-20a1-7d22-a6b9-da0bef322d16"
#define BY_BOSS                                                                                    \
  "\"created_at\":\"2026-11-03T01:00:00Z\",\"created_by\":\"boss\","                               \
  "\"modified_at\":\"2026-11-03T01:00:00Z\",\"modified_by\":\"boss\""

/* @body: the members of the first revision, which "writer" may not write. */
static void
check_late_body (IwTestServer *server, const char *docid, const char *body)
{
  g_autofree char *later =
      g_strdup_printf ("{\"new_edits\":false,\"docs\":[{\"_id\":\"%s\",\"_rev\":\"2-b\","
                       "\"_revisions\":{\"start\":2,\"ids\":[\"b\",\"a\"]},\"type\":\"remark\"}]}",
                       docid);
  g_autofree char *first = g_strdup_printf (
      "{\"new_edits\":false,\"docs\":[{\"_id\":\"%s\",\"_rev\":\"1-a\",%s}]}", docid, body);
  g_autofree char *path = g_strdup_printf ("/incidents/%s?rev=1-a", docid);
  g_auto (IwTestAnswer) answer = { 0 };
  g_auto (IwTestAnswer) refused = { 0 };

  answer = iw_test_server_ask (server, "writer", "POST", "/incidents/_bulk_docs", later);
  g_assert_cmpuint (answer.status, ==, 201);
  g_assert_null (strstr (answer.body, "error"));
  refused = iw_test_server_ask (server, "writer", "POST", "/incidents/_bulk_docs", first);
  g_assert_cmpuint (refused.status, ==, 201);
  g_assert_nonnull (strstr (refused.body, "forbidden"));
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", path, NULL), ==, 404);
}

static void
test_late_body (void)
{
  g_autoptr (IwTestServer) server = iw_test_server_new ();
  static const char kept[] = "/incidents/" SCOPE ":remark-1";

  g_assert_cmpuint (iw_test_server_status (server, "writer", "PUT", kept, "{\"type\":\"remark\"}"),
                    ==, 201);
  check_late_body (server, SCOPE ":entry-1",
                   "\"type\":\"entry\",\"kind\":\"classification\",\"to\":\"crsi\"," BY_BOSS);
  check_late_body (server, SCOPE ":erasure-1",
                   "\"type\":\"erasure\",\"v\":1,\"ids\":[\"" SCOPE ":remark-1\"]," BY_BOSS);
  g_assert_cmpuint (iw_test_server_status (server, "writer", "GET", kept, NULL), ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/roles/every-endpoint", test_every_endpoint_by_every_role);
  g_test_add_func ("/roles/compartments-do-not-show", test_compartments_do_not_show);
  g_test_add_func ("/roles/membership", test_membership);
  g_test_add_func ("/roles/late-body", test_late_body);
  return g_test_run ();
}
