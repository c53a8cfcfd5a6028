#include "iw-search-job.h"

#include <string.h>

#include "workspace-fixture.h"

static void
no_progress (gint64 done, gint64 total, gpointer data)
{
}

static IwSearchResult *
result (const char *incident, const char *key, gint64 time, gboolean event)
{
  IwSearchResult *r = g_object_new (IW_TYPE_SEARCH_RESULT, NULL);

  r->incident = g_strdup (incident);
  r->key = g_strdup (key);
  r->time = time;
  r->event = event;
  return r;
}

static void
test_merge (void)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GString) order = g_string_new (NULL);

  g_ptr_array_add (entries, result ("b", "b1", 90, FALSE));
  g_ptr_array_add (entries, result ("a", "a1", 80, FALSE));
  g_ptr_array_add (entries, result ("b", "b2", 70, FALSE));
  g_ptr_array_add (events, result ("c", "c1", 99, TRUE));
  g_ptr_array_add (events, result ("a", "a2", 10, TRUE));
  g_ptr_array_add (events, result ("a", "a3", 20, TRUE));
  all = iw_search_merge (entries, events);
  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (order, "%s ", ((IwSearchResult *)all->pdata[i])->key);
  /* Incidents together, in the order of their first entry; events after entries, newest first. */
  g_assert_cmpstr (order->str, ==, "b1 b2 a1 a3 a2 c1 ");
}

static void
test_entries (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_incident (fixture, "Leaked <storage> & more", IW_SEVERITY_LOW);
  g_autofree char *b = add_incident (fixture, "Something else", IW_SEVERITY_LOW);
  IwStore *store = iw_workspace_get_store (fixture->workspace);
  IwSearch *search = iw_search_new ("storage");
  IwSearchResult *first;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_search_entries (store, search, no_progress, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (search->results->len, ==, 1);
  g_assert_false (search->more);
  first = search->results->pdata[0];
  g_assert_cmpstr (first->incident, ==, a);
  /* The incident itself, not a row of its timeline. */
  g_assert_cmpstr (first->key, ==, "");
  g_assert_cmpstr (first->text, ==, "Leaked <storage> & more");
  g_assert_nonnull (strstr (first->markup, "<b>storage</b>"));
  iw_search_free (search);
}

static void
test_decision (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_incident (fixture, "Leaked storage", IW_SEVERITY_HIGH);
  IwSearch *search = iw_search_new ("severity");
  g_autoptr (GError) error = NULL;
  IwSearchResult *first;

  g_assert_true (iw_search_entries (iw_workspace_get_store (fixture->workspace), search,
                                    no_progress, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (search->results->len, ==, 1);
  first = search->results->pdata[0];
  g_assert_true (g_str_has_prefix (first->key, "entry:"));
  g_assert_cmpstr (first->incident, ==, a);
  iw_search_free (search);
}

/* Other documents lead to the place where they are shown. */
static void
test_document (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_incident (fixture, "Leaked storage", IW_SEVERITY_HIGH);
  g_autofree char *docid = g_strconcat (a, ":task-1", NULL);
  g_autoptr (JsonObject) body = json_object_new ();
  IwStore *store = iw_workspace_get_store (fixture->workspace);
  g_autoptr (IwStore) writer =
      iw_store_open (iw_store_get_dir (store), IW_STORE_OPEN_DEFAULT, NULL, NULL);
  IwSearch *search = iw_search_new ("rotate");
  IwChange change = { docid, body };
  g_autoptr (GError) error = NULL;
  IwSearchResult *first;

  json_object_set_string_member (body, "type", "task");
  json_object_set_string_member (body, "title", "Rotate the keys");
  json_object_set_string_member (body, "phase", "eradication");
  iw_store_apply (writer, "Add Task", &change, 1, 1, &error);
  g_assert_no_error (error);
  g_assert_true (iw_search_entries (store, search, no_progress, NULL, NULL, &error));
  g_assert_cmpuint (search->results->len, ==, 1);
  first = search->results->pdata[0];
  g_assert_cmpstr (first->key, ==, "place:plan");
  g_assert_cmpstr (first->source, ==, "Task");
  g_assert_cmpstr (first->text, ==, "Rotate the keys");
  iw_search_free (search);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_incident (fixture, "Leaked storage", IW_SEVERITY_HIGH);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  IwSearch *search = iw_search_new ("storage");
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (iw_search_entries (iw_workspace_get_store (fixture->workspace), search,
                                     no_progress, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  iw_search_free (search);
}

static void
test_no_events (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_incident (fixture, "Leaked storage", IW_SEVERITY_HIGH);
  IwSearch *search = iw_search_new ("storage");
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_search_events (iw_workspace_get_store (fixture->workspace), search, no_progress,
                                   NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (search->results->len, ==, 0);
  iw_search_free (search);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/search-job/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/search-job/merge", test_merge);
  ADD ("entries", test_entries);
  ADD ("decision", test_decision);
  ADD ("document", test_document);
  ADD ("cancelled", test_cancelled);
  ADD ("no-events", test_no_events);
  return g_test_run ();
}
