#include "workspace-fixture.h"

typedef struct
{
  guint n;
  char **docids; /* of the last time */
} Changes;

static void
on_changed (IwWorkspace *workspace, char **docids, gpointer data)
{
  Changes *changes = data;

  changes->n++;
  g_strfreev (changes->docids);
  changes->docids = g_strdupv (docids);
}

static gboolean
on_timeout (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @done or eight seconds have passed. */
static void
wait_until (gboolean (*done) (gpointer data), gpointer data)
{
  gboolean late = FALSE;
  guint id = g_timeout_add_seconds (8, on_timeout, &late);

  while (!done (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (id);
}

static void
test_apply_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *incident = NULL;
  g_autofree char *docid = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  Changes changes = { 0 };

  g_signal_connect (fixture->workspace, "changed", G_CALLBACK (on_changed), &changes);
  g_assert_null (iw_workspace_get_undo_label (fixture->workspace));
  incident = add_incident (fixture, "Leaked storage", IW_SEVERITY_HIGH);
  docid = iw_id_incident_document (incident);

  /* Told before the callback, and readable by the main connection. */
  g_assert_cmpuint (changes.n, ==, 1);
  g_assert_cmpuint (g_strv_length (changes.docids), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *)changes.docids, docid));
  body = iw_store_get (iw_workspace_get_store (fixture->workspace), docid, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (iw_workspace_get_undo_label (fixture->workspace), ==, "New Incident");
  g_assert_null (iw_workspace_get_redo_label (fixture->workspace));

  g_clear_object (&fixture->result);
  iw_workspace_undo_async (fixture->workspace, on_result, fixture);
  g_assert_true (
      iw_workspace_undo_finish (fixture->workspace, wait_result (fixture), &label, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "New Incident");
  g_assert_cmpuint (changes.n, ==, 2);
  g_assert_null (iw_store_get (iw_workspace_get_store (fixture->workspace), docid, NULL, NULL));
  g_assert_null (iw_workspace_get_undo_label (fixture->workspace));
  g_assert_cmpstr (iw_workspace_get_redo_label (fixture->workspace), ==, "New Incident");

  g_clear_object (&fixture->result);
  iw_workspace_redo_async (fixture->workspace, on_result, fixture);
  g_assert_true (
      iw_workspace_undo_finish (fixture->workspace, wait_result (fixture), NULL, &error));
  g_assert_cmpuint (changes.n, ==, 3);
  g_strfreev (changes.docids);
}

static void
test_apply_error (Fixture *fixture, gconstpointer data)
{
  IwChange missing = { "019a0000-0000-7000-8000-000000000001:entry-x", NULL };
  g_autoptr (GError) error = NULL;
  Changes changes = { 0 };
  gboolean busy;

  g_signal_connect (fixture->workspace, "changed", G_CALLBACK (on_changed), &changes);
  iw_workspace_apply_async (fixture->workspace, "Delete Entry", &missing, 1, 1, on_result, fixture);
  g_object_get (fixture->workspace, "busy", &busy, NULL);
  g_assert_true (busy);
  g_assert_false (iw_workspace_apply_finish (fixture->workspace, wait_result (fixture), &error));
  g_assert_nonnull (error);
  g_object_get (fixture->workspace, "busy", &busy, NULL);
  g_assert_false (busy);
  g_assert_cmpuint (changes.n, ==, 0);
  g_assert_null (iw_workspace_get_undo_label (fixture->workspace));
}

static gboolean
has_changed (gpointer data)
{
  return ((Changes *)data)->n > 0;
}

static void
test_other_program (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) other = iw_store_open (fixture->dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_autoptr (JsonObject) body = NULL;
  const char *docid = "019a0000-0000-7000-8000-000000000001:incident";
  IwChange change;
  Changes changes = { 0 };

  g_assert_no_error (error);
  g_signal_connect (fixture->workspace, "changed", G_CALLBACK (on_changed), &changes);
  body =
      iw_incident_new_document ("019a0000-0000-7000-8000-000000000001", "From elsewhere", "", "");
  change = (IwChange){ docid, body };
  g_assert_true (iw_store_apply (other, "New Incident", &change, 1, 1, &error));
  g_assert_no_error (error);
  wait_until (has_changed, &changes);
  g_assert_cmpstr (changes.docids[0], ==, docid);
  g_strfreev (changes.docids);
}

static void
assert_draft (const char *dir, const char *key, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = iw_store_open (dir, IW_STORE_OPEN_READ_ONLY, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = iw_store_get_draft (store, key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_idle (gpointer data)
{
  gboolean busy;

  g_object_get (((Fixture *)data)->workspace, "busy", &busy, NULL);
  return !busy;
}

static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *gone = NULL;

  iw_workspace_put_draft (fixture->workspace, "quick", "bloc");
  iw_workspace_put_draft (fixture->workspace, "quick", "blocked");
  /* What waits is already what is read. */
  text = iw_workspace_get_draft (fixture->workspace, "quick");
  g_assert_cmpstr (text, ==, "blocked");
  assert_draft (fixture->dir, "quick", NULL);

  iw_workspace_flush_drafts (fixture->workspace);
  wait_until (is_idle, fixture);
  assert_draft (fixture->dir, "quick", "blocked");

  iw_workspace_put_draft (fixture->workspace, "quick", NULL);
  gone = iw_workspace_get_draft (fixture->workspace, "quick");
  g_assert_null (gone);
  iw_workspace_put_draft (fixture->workspace, "other", "words");
  /* Closing does not lose what waits. */
  iw_workspace_close (fixture->workspace);
  assert_draft (fixture->dir, "quick", NULL);
  assert_draft (fixture->dir, "other", "words");
}

static gboolean
draft_is_stored (gpointer data)
{
  g_autoptr (IwStore) store = iw_store_open (data, IW_STORE_OPEN_READ_ONLY, NULL, NULL);
  g_autofree char *text = iw_store_get_draft (store, "quick", NULL);

  return g_strcmp0 (text, "typed") == 0;
}

static void
test_draft_by_itself (Fixture *fixture, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  iw_workspace_put_draft (fixture->workspace, "quick", "typed");
  wait_until (draft_is_stored, fixture->dir);
  /* 300 ms and some room for a slow disk. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

typedef struct
{
  char *dir;
  GMutex lock;
  GCond cond;
  gboolean locked;
} Locker;

/* Another program that holds the write lock longer than the store waits for it. */
static gpointer
hold_lock (gpointer data)
{
  Locker *locker = data;
  g_autofree char *database = g_build_filename (locker->dir, "workspace.sqlite", NULL);
  const char *argv[] = { "sqlite3",        database, "BEGIN IMMEDIATE;", ".shell echo locked",
                         ".shell sleep 6", NULL };
  g_autoptr (GSubprocess) program = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  char answer[6];

  g_assert_nonnull (program);
  g_input_stream_read (g_subprocess_get_stdout_pipe (program), answer, sizeof answer, NULL, NULL);
  g_mutex_lock (&locker->lock);
  locker->locked = TRUE;
  g_cond_signal (&locker->cond);
  g_mutex_unlock (&locker->lock);
  g_subprocess_wait (program, NULL, NULL);
  return NULL;
}

static void
on_draft_failed (IwWorkspace *workspace, const char *message, gpointer data)
{
  (*(guint *)data)++;
}

static gboolean
is_set (gpointer data)
{
  return *(guint *)data > 0;
}

static void
test_draft_retried (Fixture *fixture, gconstpointer data)
{
  Locker locker = { .dir = fixture->dir };
  guint n_failed = 0;
  GThread *thread;
  g_autofree char *sqlite = g_find_program_in_path ("sqlite3");

  if (sqlite == NULL || !g_test_slow ())
    {
      g_test_skip ("waits for seconds, and needs the sqlite3 program");
      return;
    }
  thread = g_thread_new ("locker", hold_lock, &locker);
  g_mutex_lock (&locker.lock);
  while (!locker.locked)
    g_cond_wait (&locker.cond, &locker.lock);
  g_mutex_unlock (&locker.lock);

  g_signal_connect (fixture->workspace, "draft-failed", G_CALLBACK (on_draft_failed), &n_failed);
  iw_workspace_put_draft (fixture->workspace, "quick", "typed");
  wait_until (is_set, &n_failed);
  g_assert_cmpuint (n_failed, ==, 1);
  g_thread_join (thread);
  wait_until (draft_is_stored, fixture->dir);
}

/* ---- long work ---- */

typedef struct
{
  GThread *thread;
  gboolean freed;
  guint n_progress;
  gint64 last;
} Work;

static gboolean
work (IwStore *store,
      gpointer data,
      IwProgressFunc progress,
      gpointer progress_data,
      GCancellable *cancellable,
      GError **error)
{
  ((Work *)data)->thread = g_thread_self ();
  for (gint64 i = 1; i <= 1000; i++)
    progress (i, 1000, progress_data);
  return TRUE;
}

static gboolean
work_until_cancelled (IwStore *store,
                      gpointer data,
                      IwProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_usleep (1000);
  return FALSE;
}

static void
work_free (gpointer data)
{
  ((Work *)data)->freed = TRUE;
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  Work *w = data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  w->n_progress++;
  w->last = done;
}

static void
test_run (Fixture *fixture, gconstpointer data)
{
  Work w = { 0 };
  gpointer job_data = NULL;
  g_autoptr (GError) error = NULL;

  iw_workspace_run_async (fixture->workspace, work, &w, work_free, on_progress, &w, NULL, on_result,
                          fixture);
  wait_result (fixture);
  g_assert_false (w.freed);
  g_assert_true (iw_workspace_run_finish (fixture->workspace, fixture->result, &job_data, &error));
  g_assert_no_error (error);
  g_assert_true (job_data == &w);
  g_assert_true (w.thread != g_thread_self ());
  /* Few reports, and the last word among them. */
  g_assert_cmpuint (w.n_progress, >=, 1);
  g_assert_cmpuint (w.n_progress, <=, 20);
  g_assert_cmpint (w.last, ==, 1000);
  g_clear_object (&fixture->result);
  while (!w.freed)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_run_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Work w = { 0 };

  iw_workspace_run_async (fixture->workspace, work_until_cancelled, &w, NULL, NULL, NULL,
                          cancellable, on_result, fixture);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      iw_workspace_run_finish (fixture->workspace, wait_result (fixture), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_close_with_work (Fixture *fixture, gconstpointer data)
{
  g_autofree char *incident = begin_incident (fixture, "In time", IW_SEVERITY_UNSET);
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = NULL;
  g_autoptr (JsonObject) body = NULL;

  /* What was handed over is done and answered. */
  iw_workspace_close (fixture->workspace);
  g_assert_true (iw_workspace_apply_finish (fixture->workspace, wait_result (fixture), &error));
  store = iw_store_open (fixture->dir, IW_STORE_OPEN_READ_ONLY, NULL, &error);
  body = iw_store_get (store, docid, NULL, &error);
  g_assert_no_error (error);
}

static void
test_not_sample (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sample = iw_workspace_sample_dir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IwWorkspace) workspace = iw_workspace_open (sample, &error);

  g_assert_no_error (error);
  g_assert_true (iw_workspace_is_sample (workspace));
  g_assert_false (iw_workspace_is_sample (fixture->workspace));
  g_assert_false (iw_workspace_get_read_only (fixture->workspace));
  g_assert_null (iw_workspace_get_read_only_reason (fixture->workspace));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *database = g_build_filename (dir, "workspace.sqlite", NULL);
  g_autoptr (GString) noise = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append (noise, "this is no database ");
  g_assert_true (g_file_set_contents (database, noise->str, noise->len, NULL));
  g_assert_null (iw_workspace_open (dir, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT);
  iw_test_remove_dir (dir);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/workspace/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("apply-undo", test_apply_undo);
  ADD ("apply-error", test_apply_error);
  ADD ("other-program", test_other_program);
  ADD ("drafts", test_drafts);
  ADD ("draft-by-itself", test_draft_by_itself);
  ADD ("draft-retried", test_draft_retried);
  ADD ("run", test_run);
  ADD ("run-cancelled", test_run_cancelled);
  ADD ("close-with-work", test_close_with_work);
  ADD ("not-sample", test_not_sample);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
