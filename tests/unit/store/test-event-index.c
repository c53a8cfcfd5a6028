#include <glib/gstdio.h>

#include "event-fixture.h"

/* ---- times ---- */

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

static gint64
naive_lower_bound (const gint64 *times, guint n, gint64 us)
{
  for (guint i = 0; i < n; i++)
    if (times[i] >= us)
      return i + 1;
  return n + 1;
}

static void
check_times (guint n, int spread)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree FixtureEvent *events = g_new0 (FixtureEvent, n);
  g_autofree gint64 *times = g_new (gint64, n);
  g_autoptr (IwEventIndex) index = NULL;

  for (guint i = 0; i < n; i++)
    events[i] = (FixtureEvent){ times[i] = g_test_rand_int_range (-spread, spread + 1), "m", NULL,
                                NULL, 0 };
  fixture_build (dir, FIXTURE_EVIDENCE, events, n);
  qsort (times, n, sizeof times[0], compare_times);
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  g_assert_cmpint (iw_event_index_get_n (index), ==, n);
  g_assert_cmpint (iw_event_index_get_first (index), ==, times[0]);
  g_assert_cmpint (iw_event_index_get_last (index), ==, times[n - 1]);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (iw_event_index_time_at (index, i + 1), ==, times[i]);
  for (guint i = 0; i < 500; i++)
    {
      gint64 us = g_test_rand_int_range (-spread - 2, spread + 3);

      g_assert_cmpint (iw_event_index_lower_bound (index, us), ==,
                       naive_lower_bound (times, n, us));
    }
  g_assert_cmpint (iw_event_index_lower_bound (index, G_MININT64), ==, 1);
  g_assert_cmpint (iw_event_index_lower_bound (index, G_MAXINT64), ==, n + 1);
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_times (void)
{
  check_times (1, 5);
  check_times (999, 100000);
  check_times (1000, 100000);
  check_times (1001, 100000);
  check_times (70123, 10000000); /* more blocks than are kept */
  check_times (5000, 3);         /* equal times over several blocks */
}

/* ---- rows ---- */

static void
test_find_row (void)
{
  static const FixtureEvent events[] = { { 30, "c" }, { 10, "a" }, { 20, "b" } };
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (IwEvent) event = NULL, none = NULL;
  g_autoptr (GError) error = NULL;

  fixture_build (dir, FIXTURE_EVIDENCE, events, 3);
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  event = iw_event_index_find_row (index, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (event->rank, ==, 3);
  g_assert_cmpstr (event->message, ==, "c");
  none = iw_event_index_find_row (index, 4, &error);
  g_assert_null (none);
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_read_range (void)
{
  static const FixtureEvent events[] = { { 1, "a" }, { 2, "b" }, { 3, "c" } };
  static const struct
  {
    gint64 rank;
    guint n, expected;
  } cases[] = { { 1, 3, 3 }, { 2, 1, 1 }, { 3, 10, 1 }, { 4, 10, 0 }, { 1, 0, 0 }, { -7, 2, 2 } };
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;

  fixture_build (dir, FIXTURE_EVIDENCE, events, 3);
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) read = iw_event_index_read (index, cases[i].rank, cases[i].n, NULL);

      g_assert_cmpuint (read->len, ==, cases[i].expected);
    }
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

/* ---- matching ---- */

static const FixtureEvent corpus[] = {
  { 1, "logon failed", "alice", "4625 logon failed alice host.example" },
  { 2, "logon", "bob", "4624 logon bob" },
  { 3, "mimikatz run", "bob", "mimikatz.exe sekurlsa::logonpasswords bob", 77 },
  { 4, "認証に失敗", "alice", "ユーザーの認証に失敗しました", 0 },
  { 5, "mimikatz run", "bob", "mimikatz.exe sekurlsa::logonpasswords bob", 77 },
  { 6, "인증", "", "사용자 인증 실패" },
};

static void
assert_match (IwEventIndex *index,
              const char *text,
              const char *actors,
              gboolean hide_duplicates,
              const char *expected)
{
  g_auto (GStrv) names = actors != NULL ? g_strsplit (actors, ",", -1) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventSet) set =
      iw_event_index_match (index, text, (const char *const *)names, hide_duplicates, NULL, &error);
  g_autoptr (GString) got = g_string_new (NULL);

  g_assert_no_error (error);
  for (gint64 k = 0; set != NULL && k < iw_event_set_count (set); k++)
    g_string_append_printf (got, "%d", (int)iw_event_set_select (set, k));
  g_assert_cmpstr (set != NULL ? got->str : "all", ==, expected);
}

static void
test_match (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;

  fixture_build (dir, FIXTURE_EVIDENCE, corpus, G_N_ELEMENTS (corpus));
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  assert_match (index, NULL, NULL, FALSE, "all");
  assert_match (index, "", "", FALSE, "all");
  assert_match (index, " -- ", NULL, FALSE, "all");
  assert_match (index, "logon ", NULL, FALSE, "12");
  assert_match (index, "logon", NULL, FALSE, "1235");
  assert_match (index, "mimikatz.exe", NULL, FALSE, "35");
  assert_match (index, "mimikatz.exe", NULL, TRUE, "3");
  assert_match (index, "認証", NULL, FALSE, "4");
  assert_match (index, "인증", NULL, FALSE, "6");
  assert_match (index, "nothing ", NULL, FALSE, "");
  assert_match (index, NULL, "bob", FALSE, "235");
  assert_match (index, NULL, "bob,alice", FALSE, "12345");
  assert_match (index, NULL, "BOB", FALSE, "");
  assert_match (index, NULL, "bob,nobody", TRUE, "23");
  assert_match (index, "logon", "bob", TRUE, "23");
  assert_match (index, NULL, NULL, TRUE, "12346");
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_search (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GPtrArray) some = NULL, none = NULL;

  fixture_build (dir, FIXTURE_EVIDENCE, corpus, G_N_ELEMENTS (corpus));
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  some = iw_event_index_search (index, "logon", 2, NULL);
  g_assert_cmpuint (some->len, ==, 2);
  g_assert_cmpint (((IwEvent *)g_ptr_array_index (some, 0))->rank, ==, 5);
  g_assert_cmpint (((IwEvent *)g_ptr_array_index (some, 1))->rank, ==, 3);
  none = iw_event_index_search (index, "\"*", 2, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_actors (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;
  g_auto (GStrv) all = NULL, one = NULL;

  fixture_build (dir, FIXTURE_EVIDENCE, corpus, G_N_ELEMENTS (corpus));
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  all = iw_event_index_actors (index, 10, NULL);
  g_assert_cmpstrv (all, ((const char *[]){ "bob", "alice", NULL }));
  one = iw_event_index_actors (index, 1, NULL);
  g_assert_cmpstrv (one, ((const char *[]){ "bob", NULL }));
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (2000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  const guint n = 60000;
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree FixtureEvent *events = g_new0 (FixtureEvent, n);
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventSet) set = NULL;
  const char *const actors[] = { "alice", NULL };
  GThread *thread;

  for (guint i = 0; i < n; i++)
    events[i] = (FixtureEvent){ i, "logon failed", "alice", NULL, 0 };
  fixture_build (dir, FIXTURE_EVIDENCE, events, n);
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  while (error == NULL)
    {
      g_clear_pointer (&set, iw_event_set_unref);
      set = iw_event_index_match (index, "logon failed", actors, TRUE, cancellable, &error);
    }
  g_thread_join (thread);
  g_assert_null (set);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* and the connection is as good as before */
  set = iw_event_index_match (index, "logon failed", actors, TRUE, NULL, NULL);
  g_assert_cmpint (iw_event_set_count (set), ==, n);
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

/* ---- damage ---- */

static void
test_absent (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_event_index_open (dir, FIXTURE_EVIDENCE, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  iw_test_remove_dir (dir);
}

static char *
index_path (const char *dir)
{
  return g_build_filename (dir, "events", strchr (FIXTURE_EVIDENCE, ':') + 1, NULL);
}

/* An index of another incident's evidence that bears the same name is not taken for ours. */
static void
test_foreign (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *foreign = g_strconcat ("other", strchr (FIXTURE_EVIDENCE, ':'), NULL);
  g_autoptr (GError) error = NULL;

  fixture_build (dir, FIXTURE_EVIDENCE, corpus, 2);
  g_assert_null (iw_event_index_open (dir, foreign, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
  iw_test_remove_dir (dir);
}

static void
test_not_a_database (void)
{
  static const char *const contents[] = {
    "", "x", "this is no database at all, whatever its name may say; not in the least"
  };
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *base = index_path (dir), *path = g_strconcat (base, ".sqlite", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir (folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
      g_assert_null (iw_event_index_open (dir, FIXTURE_EVIDENCE, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT);
    }
  iw_test_remove_dir (dir);
}

/* Asks for everything; answers do not matter, coming back does. */
static void
use_all (const char *dir)
{
  static const char *const actors[] = { "alice", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventIndex) index = iw_event_index_open (dir, FIXTURE_EVIDENCE, &error);
  g_autoptr (GPtrArray) events = NULL, found = NULL, rejects = NULL;
  g_autoptr (IwEventSet) set = NULL, originals = NULL;
  g_autoptr (IwEvent) event = NULL;
  g_auto (GStrv) names = NULL;
  gint64 n;

  if (index == NULL)
    {
      /* damage to the id within makes it look like another's */
      if (!g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
        g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT);
      return;
    }
  n = iw_event_index_get_n (index);
  for (gint64 us = -10; us < 3000; us += 97)
    iw_event_index_lower_bound (index, us);
  for (gint64 rank = 1; rank <= n; rank += 101)
    iw_event_index_time_at (index, rank);
  events = iw_event_index_read (index, 1, 3000, NULL);
  for (guint i = 0; events != NULL && i < events->len; i++)
    g_assert_true (g_utf8_validate (((IwEvent *)g_ptr_array_index (events, i))->message, -1, NULL));
  event = iw_event_index_find_row (index, 77, NULL);
  set = iw_event_index_match (index, "logon", NULL, FALSE, NULL, NULL);
  originals = iw_event_index_match (index, NULL, actors, TRUE, NULL, NULL);
  found = iw_event_index_search (index, "fail", 20, NULL);
  names = iw_event_index_actors (index, 20, NULL);
  rejects = iw_event_index_rejects (index, 0, 20, NULL);
}

static void
test_damage (void)
{
  const guint n = 2500;
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree FixtureEvent *events = g_new0 (FixtureEvent, n);
  g_autofree char *base = index_path (dir), *path = g_strconcat (base, ".sqlite", NULL),
                  *whole = NULL;
  gsize length;

  for (guint i = 0; i < n; i++)
    events[i] =
        (FixtureEvent){ i, "logon failed for alice", i % 3 ? "alice" : "bob", NULL, i % 5 ? 0 : 9 };
  fixture_build (dir, FIXTURE_EVIDENCE, events, n);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  g_log_set_writer_func (g_log_writer_standard_streams, NULL, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  for (guint round = 0; round < 150; round++)
    {
      g_autofree char *bad = g_memdup2 (whole, length);
      gsize bad_length = round % 5 == 0 ? (gsize)g_test_rand_int_range (0, length) : length;

      for (guint i = 0; i < 1 + round % 40; i++)
        bad[round % 3 == 0 ? g_test_rand_int_range (0, 8192) : g_test_rand_int_range (0, length)] ^=
            g_test_rand_int_range (1, 256);
      g_assert_true (
          g_file_set_contents_full (path, bad, bad_length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      use_all (dir);
    }
  iw_test_remove_dir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/event-index/times", test_times);
  g_test_add_func ("/event-index/find-row", test_find_row);
  g_test_add_func ("/event-index/read-range", test_read_range);
  g_test_add_func ("/event-index/match", test_match);
  g_test_add_func ("/event-index/search", test_search);
  g_test_add_func ("/event-index/actors", test_actors);
  g_test_add_func ("/event-index/cancel", test_cancel);
  g_test_add_func ("/event-index/absent", test_absent);
  g_test_add_func ("/event-index/foreign", test_foreign);
  g_test_add_func ("/event-index/not-a-database", test_not_a_database);
  g_test_add_func ("/event-index/damage", test_damage);
  return g_test_run ();
}
