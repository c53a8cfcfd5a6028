/* Compartments, and what was not taken. */
#include "peer-fixture.h"

static void
park (IwStore *store, const char *docid, const char *rev, gboolean incoming, gint64 at)
{
  IwParked parked = { (char *)"team",
                      (char *)docid,
                      (char *)rev,
                      incoming,
                      (char *)"forbidden",
                      (char *)"Only a manager \xff may.",
                      at };
  g_autoptr (GError) error = NULL;

  iw_peer_park (store, &parked, &error);
  g_assert_no_error (error);
}

static char *
parked_in (IwStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = iw_peer_list_parked (store, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const IwParked *parked = list->pdata[i];

      g_string_append_printf (out, "%s%s %s%s", i > 0 ? ", " : "", parked->docid, parked->rev,
                              parked->incoming ? " in" : "");
    }
  return g_string_free_and_steal (g_steal_pointer (&out));
}

#define assert_parked(store, expected)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *parked_ = parked_in (store);                                                  \
    g_assert_cmpstr (parked_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

static void
test_parked (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *made = NULL;
  g_autofree char *expected = NULL;

  put_rev (f->store, "a:1", "1-a", FALSE);
  park (f->store, "a:1", "1-a", FALSE, 1);
  park (f->store, "b:1", "1-z", TRUE, 3);
  park (f->store, "a:1", "1-a", FALSE, 2); /* again */
  assert_parked (f->store, "b:1 1-z in, a:1 1-a");
  list = iw_peer_list_parked (f->store, NULL);
  g_assert_cmpstr (((IwParked *)list->pdata[1])->error, ==, "forbidden");
  g_assert_nonnull (strstr (((IwParked *)list->pdata[1])->reason, "manager"));
  g_assert_cmpint (((IwParked *)list->pdata[1])->at, ==, 2);
  /* A new revision is sent again by itself. */
  made = edit (f->store, "a:1", "1-a", "{\"a\":1}", FALSE);
  assert_parked (f->store, "b:1 1-z in");
  park (f->store, "a:1", made, FALSE, 4);
  expected = g_strdup_printf ("a:1 %s, b:1 1-z in", made);
  assert_parked (f->store, expected);
  reopen (f);
  assert_parked (f->store, expected);
  g_assert_true (iw_peer_unpark (f->store, "team", "a:1", FALSE, NULL));
  g_assert_true (iw_peer_unpark (f->store, "other", "b:1", TRUE, NULL));
  assert_parked (f->store, "b:1 1-z in");
}

static void
test_compartments (Fixture *f, gconstpointer data)
{
  g_autofree char *scope = iw_peer_scope_of (INCIDENT_A ":entry-1:x");
  g_autofree char *whole = iw_peer_scope_of ("plain");
  g_autofree char *set = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (scope, ==, INCIDENT_A);
  g_assert_cmpstr (whole, ==, "plain");
  g_assert_null (iw_peer_get_compartment (f->store, scope, &error));
  g_assert_no_error (error);
  g_assert_true (iw_peer_set_compartment (f->store, scope, "team", NULL));
  g_assert_true (iw_peer_set_compartment (f->store, scope, "closed", NULL));
  reopen (f);
  set = iw_peer_get_compartment (f->store, scope, &error);
  g_assert_cmpstr (set, ==, "closed");
  g_assert_true (iw_peer_set_compartment (f->store, scope, NULL, NULL));
  g_assert_null (iw_peer_get_compartment (f->store, scope, &error));
}

/* What one compartment refused is sent to the one that its scope moves to, and is not held back any
 * more. */
static void
test_moved (Fixture *f, gconstpointer data)
{
  put_rev (f->store, "a:1", "1-a", FALSE);
  put_rev (f->store, "b:1", "1-a", FALSE);
  park (f->store, "a:1", "1-a", FALSE, 1);
  park (f->store, "a:2", "1-a", TRUE, 2);
  park (f->store, "b:1", "1-a", FALSE, 3);
  g_assert_true (iw_peer_set_compartment (f->store, "a", "closed", NULL));
  assert_parked (f->store, "b:1 1-a, a:2 1-a in");
}

static void
test_read_only (Fixture *f, gconstpointer data)
{
  g_autoptr (IwStore) reader = open_at (f->dir, IW_STORE_OPEN_READ_ONLY, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (iw_peer_set_compartment (reader, "x", "y", &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (iw_peer_unpark (reader, "x", "y", TRUE, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (iw_peer_begin (reader, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_test ("/peer-parked/parked", test_parked);
  add_test ("/peer-parked/compartments", test_compartments);
  add_test ("/peer-parked/moved", test_moved);
  add_test ("/peer-parked/read-only", test_read_only);
  return g_test_run ();
}
