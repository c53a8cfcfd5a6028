#include "iw-route.h"

#include <string.h>

static void
check (const char *method,
       const char *path,
       const char *pattern,
       const char *part,
       const char *value)
{
  g_autoptr (GHashTable) parts = NULL;
  g_autofree char *allowed = NULL;
  const IwRoute *route = iw_routes_find (method, path, &parts, &allowed);

  g_assert_nonnull (route);
  g_assert_cmpstr (route->pattern, ==, pattern);
  g_assert_null (allowed);
  if (part != NULL)
    g_assert_cmpstr (g_hash_table_lookup (parts, part), ==, value);
}

static void
test_found (void)
{
  check ("GET", "/", "/", NULL, NULL);
  check ("GET", "/_up", "/_up", NULL, NULL);
  check ("GET", "/incidents", "/{db}", "db", "incidents");
  check ("GET", "/incidents/", "/{db}", "db", "incidents");
  check ("GET", "/a%2Fb", "/{db}", "db", "a/b");
  check ("GET", "/incidents/_changes", "/{db}/_changes", "db", "incidents");
  check ("GET", "/incidents/a%2Fb:c", "/{db}/{docid}", "docid", "a/b:c");
  check ("GET", "/incidents/doc/a/b%20c", "/{db}/{docid}/{attachment...}", "attachment", "a/b c");
  check ("PUT", "/incidents/_local/x", "/{db}/_local/{local...}", "local", "x");
  check ("GET", "/_users/org.couchdb.user:hana", "/_users/{docid}", "docid",
         "org.couchdb.user:hana");
  /* HEAD is GET. */
  check ("HEAD", "/incidents/doc", "/{db}/{docid}", "docid", "doc");
}

static void
test_other_methods (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *allowed;
  } cases[] = {
    { "POST", "/", "GET, HEAD" },
    { "DELETE", "/_up", "GET, HEAD" },
    /* No document's, although that is the name of one by its form. */
    { "DELETE", "/incidents/_security", "GET, HEAD, PUT" },
    { "PATCH", "/incidents/doc", "GET, HEAD, PUT, DELETE" },
    { "GET", "/incidents/_compact", "POST" },
    { "OPTIONS", "/_session", "GET, HEAD, POST, DELETE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GHashTable *parts = NULL;
      g_autofree char *allowed = NULL;

      g_assert_null (iw_routes_find (cases[i].method, cases[i].path, &parts, &allowed));
      g_assert_null (parts);
      g_assert_cmpstr (allowed, ==, cases[i].allowed);
    }
}

static void
test_nothing_there (void)
{
  static const char *const paths[] = { "/_none",
                                       "/_users/a/b",
                                       "/_replicator",
                                       "//",
                                       "/incidents//x",
                                       "/%00",
                                       "/a%zz",
                                       "/a/%ff",
                                       "/_utils/index.html",
                                       "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      GHashTable *parts = NULL;
      g_autofree char *allowed = NULL;

      g_assert_null (iw_routes_find ("GET", paths[i], &parts, &allowed));
      g_assert_null (parts);
      g_assert_null (allowed);
    }
}

/* Two routes for one method and pattern would hide one of them. */
static void
test_no_twins (void)
{
  guint n;
  const IwRoute *const *tables = iw_routes_get (&n);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i++)
    for (const IwRoute *route = tables[i]; route->method != NULL; route++)
      {
        g_assert_true (
            g_hash_table_add (seen, g_strdup_printf ("%s %s", route->method, route->pattern)));
        g_assert_nonnull (route->handler);
      }
  g_assert_cmpuint (g_hash_table_size (seen), >, 30);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/routes/found", test_found);
  g_test_add_func ("/routes/other-methods", test_other_methods);
  g_test_add_func ("/routes/nothing-there", test_nothing_there);
  g_test_add_func ("/routes/no-twins", test_no_twins);
  return g_test_run ();
}
