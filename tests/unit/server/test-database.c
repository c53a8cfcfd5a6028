#include "iw-database.h"

#include <string.h>

#include "iw-test-support.h"

typedef struct
{
  char *dir;
  IwDatabase *database;
  GPtrArray *done; /* of char *: "name" or "name: error" in the order of answers */
  guint n_changed;
  gint64 seq;
} Fixture;

typedef struct
{
  Fixture *fixture;
  const char *name;
  guint n;
  gboolean fail;
  gint64 found;
} Job;

static void
on_changed (IwDatabase *database, gint64 seq, Fixture *fixture)
{
  g_assert_cmpint (seq, >, fixture->seq);
  fixture->seq = seq;
  fixture->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = iw_test_make_dir ();
  fixture->done = g_ptr_array_new_with_free_func (g_free);
  fixture->database = iw_database_open (fixture->dir, "a/b-1", TRUE, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  iw_database_close (fixture->database);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->database);
  g_ptr_array_unref (fixture->done);
  iw_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
}

static gboolean
write_docs (IwStore *store, gpointer data, GError **error)
{
  Job *job = data;

  for (guint i = 0; i < job->n; i++)
    {
      g_autofree char *docid = g_strdup_printf ("%s-%u", job->name, i);
      g_autofree char *rev = NULL;

      if (!iw_peer_edit (store, docid, NULL, "{}", FALSE, NULL, &rev, error))
        return FALSE;
    }
  if (!job->fail)
    return TRUE;
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT, "on purpose");
  return FALSE;
}

static gboolean
count_docs (IwStore *store, gpointer data, GError **error)
{
  IwPeerInfo info;

  if (!iw_peer_get_info (store, &info, error))
    return FALSE;
  ((Job *)data)->found = info.doc_count;
  return TRUE;
}

static void
on_done (IwDatabase *database, gpointer data, const GError *error)
{
  Job *job = data;

  g_ptr_array_add (job->fixture->done, error != NULL
                                           ? g_strdup_printf ("%s: %s", job->name, error->message)
                                           : g_strdup (job->name));
}

static void
wait_for (Fixture *fixture, guint n)
{
  while (fixture->done->len < n)
    g_main_context_iteration (NULL, TRUE);
}

static gint64
count (Fixture *fixture)
{
  Job job = { fixture, "count" };

  g_ptr_array_set_size (fixture->done, 0);
  iw_database_read (fixture->database, count_docs, &job, on_done, NULL);
  wait_for (fixture, 1);
  return job.found;
}

static gboolean
sleep_a_little (IwStore *store, gpointer data, GError **error)
{
  g_usleep (200 * 1000);
  return TRUE;
}

/* What waits together is answered in order and told of by far fewer signals than there were
 * writers. */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  Job jobs[200];
  char names[200][8];

  /* All wait for the first. */
  iw_database_write (fixture->database, sleep_a_little, NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_snprintf (names[i], sizeof names[i], "w%u", i);
      jobs[i] = (Job){ fixture, names[i], 1 };
      iw_database_write (fixture->database, write_docs, &jobs[i], on_done, NULL);
    }
  wait_for (fixture, G_N_ELEMENTS (jobs));
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    g_assert_cmpstr (fixture->done->pdata[i], ==, names[i]);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (fixture->seq, ==, 200);
  g_assert_cmpint (iw_database_get_seq (fixture->database), ==, 200);
  g_assert_cmpuint (fixture->n_changed, >, 0);
  g_assert_cmpuint (fixture->n_changed, <, 20);
  g_assert_cmpint (count (fixture), ==, 200);
}

/* A job that fails takes nothing of the others with it, and leaves nothing of its own. */
static void
test_a_failing_job_is_undone_alone (Fixture *fixture, gconstpointer data)
{
  Job jobs[] = {
    { fixture, "a", 3 }, { fixture, "b", 3, TRUE }, { fixture, "c", 3 }, { fixture, "b", 1 }
  };
  Job bad[] = { { fixture, "x", 1, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    iw_database_write (fixture->database, write_docs, &jobs[i], on_done, NULL);
  wait_for (fixture, 4);
  g_assert_cmpstr (fixture->done->pdata[0], ==, "a");
  g_assert_cmpstr (fixture->done->pdata[1], ==, "b: on purpose");
  g_assert_cmpstr (fixture->done->pdata[2], ==, "c");
  g_assert_cmpstr (fixture->done->pdata[3], ==, "b");
  g_assert_cmpint (count (fixture), ==, 7);
  /* Sequences of what was undone are not left open, and nobody is told of nothing. */
  g_assert_cmpint (fixture->seq, ==, 7);
  fixture->n_changed = 0;
  g_ptr_array_set_size (fixture->done, 0);
  iw_database_write (fixture->database, write_docs, &bad[0], on_done, NULL);
  wait_for (fixture, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
count_closed (IwDatabase *database, guint *n)
{
  (*n)++;
}

/* What was begun is finished, what comes later is refused. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  Job jobs[] = {
    { fixture, "a", 50 }, { fixture, "b", 50 }, { fixture, "late", 1 }, { fixture, "late", 1 }
  };
  guint n_closed = 0;

  g_signal_connect (fixture->database, "closed", G_CALLBACK (count_closed), &n_closed);
  iw_database_write (fixture->database, write_docs, &jobs[0], on_done, NULL);
  iw_database_write (fixture->database, write_docs, &jobs[1], on_done, NULL);
  iw_database_close (fixture->database);
  g_assert_cmpuint (fixture->done->len, ==, 2);
  g_assert_cmpstr (fixture->done->pdata[1], ==, "b");
  iw_database_write (fixture->database, write_docs, &jobs[2], on_done, NULL);
  iw_database_read (fixture->database, count_docs, &jobs[3], on_done, NULL);
  wait_for (fixture, 4);
  g_assert_true (g_str_has_prefix (fixture->done->pdata[2], "late: "));
  g_assert_true (g_str_has_prefix (fixture->done->pdata[3], "late: "));
  g_assert_cmpuint (n_closed, ==, 1);
}

static void
test_security (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = { "[]",
                                     "7",
                                     "{\"members\":[]}",
                                     "{\"members\":{\"names\":\"hana\"}}",
                                     "{\"admins\":{\"roles\":[7]}}",
                                     "{" };
  const char *roles[] = { "team", NULL };
  const IwAccount hana = { "hana", roles };
  const IwAccount other = { "other", (const char *[]){ NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (IwDatabase) again = NULL;

  g_assert_false (iw_database_admits (fixture->database, &hana));
  g_assert_true (iw_database_set_security (
      fixture->database,
      "{\"members\":{\"roles\":[\"team\"]},\"admins\":{\"names\":[\"hana\"]},\"x\":1}", &error));
  g_assert_no_error (error);
  g_assert_true (iw_database_admits (fixture->database, &hana));
  g_assert_true (iw_database_is_admin (fixture->database, &hana));
  g_assert_false (iw_database_admits (fixture->database, &other));
  g_assert_false (iw_database_admits (fixture->database, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (iw_database_set_security (fixture->database, bad[i], NULL));
  again = iw_database_open (fixture->dir, "a/b-1", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (iw_database_get_security (again), ==,
                   iw_database_get_security (fixture->database));
  g_assert_nonnull (strstr (iw_database_get_security (again), "\"x\":1"));
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const good[] = { "a", "incidents", "a/b", "a-b_c$d(e)f+g", "_users", "a1" };
  static const char *const bad[] = { "", "A", "1a", "_replicator", "a b", "..", "a.b", "ä", "/a" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *dir = iw_database_dir ("/r", good[i]);
      g_autofree char *folder = g_path_get_basename (dir);
      g_autofree char *back = iw_database_name_of (folder);

      g_assert_true (iw_database_is_name (good[i]));
      g_assert_cmpstr (back, ==, good[i]);
      g_assert_true (g_str_has_prefix (dir, "/r/databases/"));
      g_assert_null (strchr (folder, '/'));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (iw_database_is_name (bad[i]));
  g_assert_null (iw_database_open (fixture->dir, "none", FALSE, NULL));
}

#define ADD(name) g_test_add ("/database/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD (groups);
  ADD (a_failing_job_is_undone_alone);
  ADD (close);
  ADD (security);
  ADD (names);
  return g_test_run ();
}
