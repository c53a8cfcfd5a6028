#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "event-fixture.h"

static guint
count_files (const char *dir, const char *folder)
{
  g_autofree char *path = g_build_filename (dir, folder, NULL);
  g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (entries != NULL && g_dir_read_name (entries) != NULL)
    n++;
  return n;
}

static void
test_order (void)
{
  static const FixtureEvent events[] = {
    { 300, "c" }, { 100, "a" }, { 200, "b1" }, { 200, "b2" }, { -5, "before the epoch" }
  };
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, &error);
  gint64 good, duplicates, rejected, first, last;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GString) order = g_string_new (NULL);

  fixture_scan (writer, events, G_N_ELEMENTS (events));
  g_assert_true (
      iw_event_writer_end_scan (writer, &good, &duplicates, &rejected, &first, &last, &error));
  g_assert_cmpint (good, ==, 5);
  g_assert_cmpint (duplicates, ==, 0);
  g_assert_cmpint (rejected, ==, 0);
  g_assert_cmpint (first, ==, -5);
  g_assert_cmpint (last, ==, 300);
  fixture_index (writer, events);
  g_assert_true (iw_event_writer_finish (writer, FIXTURE_EVIDENCE, NULL, &error));
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  read = iw_event_index_read (index, 1, 100, &error);
  for (guint i = 0; i < read->len; i++)
    g_string_append_printf (order, "%s/", ((IwEvent *)g_ptr_array_index (read, i))->message);
  g_assert_cmpstr (order->str, ==, "before the epoch/a/b1/b2/c/");
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_fields (void)
{
  static const FixtureEvent events[] = { { 7, "first" }, { 9, "second", "mallory" } };
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GPtrArray) read = NULL;
  const IwEvent *event;

  fixture_build (dir, FIXTURE_EVIDENCE, events, 2);
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  read = iw_event_index_read (index, 2, 1, NULL);
  g_assert_cmpuint (read->len, ==, 1);
  event = g_ptr_array_index (read, 0);
  g_assert_cmpint (event->rank, ==, 2);
  g_assert_cmpint (event->time.us, ==, 9);
  g_assert_cmpint (event->time.precision, ==, IW_PRECISION_MICROSECOND);
  g_assert_cmpint (event->row, ==, 2);
  g_assert_cmpint (event->line, ==, 3);
  g_assert_cmpint (event->offset, ==, 200);
  g_assert_cmpint (event->length, ==, 99);
  g_assert_false (event->duplicate);
  g_assert_cmpstr (event->message, ==, "second");
  g_assert_cmpstr (event->desc, ==, "Event Logged");
  g_assert_cmpstr (event->origin, ==, "Security");
  g_assert_cmpstr (event->host, ==, "host-1");
  g_assert_cmpstr (event->actor, ==, "mallory");
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

/* The earliest of equal records in the file is the original, wherever its time puts it. */
static void
test_duplicates (void)
{
  static const FixtureEvent events[] = { { 50, "x", NULL, NULL, 7 },
                                         { 20, "x", NULL, NULL, 7 },
                                         { 30, "y" },
                                         { 50, "x", NULL, NULL, 7 },
                                         { 50, "z", NULL, NULL, 8 } };
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GPtrArray) read = NULL;

  fixture_build (dir, FIXTURE_EVIDENCE, events, G_N_ELEMENTS (events));
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  read = iw_event_index_read (index, 1, 10, NULL);
  g_assert_cmpuint (read->len, ==, 5);
  for (guint i = 0; i < read->len; i++)
    {
      const IwEvent *event = g_ptr_array_index (read, i);

      g_assert_cmpint (event->duplicate, ==, event->row == 2 || event->row == 4);
    }
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_rejects (void)
{
  static const FixtureEvent events[] = { { 1, "x" } };
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, &error);
  g_autoptr (GPtrArray) page = NULL, kept = NULL;
  g_autoptr (IwEventIndex) index = NULL;
  gint64 good, duplicates, rejected, first, last;

  for (int i = 1; i <= 30; i++)
    {
      g_autofree char *value = g_strdup_printf ("value %d", i);
      IwReject reject = { i, i * 2, (char *)"datetime", (char *)"no time", value };

      g_assert_true (iw_event_writer_reject (writer, &reject, &error));
    }
  fixture_scan (writer, events, 1);
  iw_event_writer_end_scan (writer, &good, &duplicates, &rejected, &first, &last, &error);
  g_assert_cmpint (rejected, ==, 30);
  page = iw_event_writer_rejects (writer, 10, 5, &error);
  g_assert_cmpuint (page->len, ==, 5);
  g_assert_cmpstr (((IwReject *)g_ptr_array_index (page, 0))->value, ==, "value 11");
  fixture_index (writer, events);
  g_assert_true (iw_event_writer_finish (writer, FIXTURE_EVIDENCE, NULL, &error));
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  kept = iw_event_index_rejects (index, 29, 100, &error);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpint (((IwReject *)g_ptr_array_index (kept, 0))->row, ==, 30);
  g_assert_cmpint (((IwReject *)g_ptr_array_index (kept, 0))->line, ==, 60);
  g_assert_cmpstr (((IwReject *)g_ptr_array_index (kept, 0))->field, ==, "datetime");
  g_assert_cmpstr (((IwReject *)g_ptr_array_index (kept, 0))->reason, ==, "no time");
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_empty (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GPtrArray) read = NULL;

  fixture_build (dir, FIXTURE_EVIDENCE, NULL, 0);
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  g_assert_cmpint (iw_event_index_get_n (index), ==, 0);
  g_assert_cmpint (iw_event_index_lower_bound (index, 5), ==, 1);
  read = iw_event_index_read (index, 1, 10, NULL);
  g_assert_cmpuint (read->len, ==, 0);
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_unfinished (void)
{
  static const FixtureEvent events[] = { { 1, "x" }, { 2, "y" } };
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, NULL);
  gint64 unused;
  IwScanned scanned;

  fixture_scan (writer, events, 2);
  iw_event_writer_end_scan (writer, &unused, &unused, &unused, &unused, &unused, NULL);
  g_assert_true (iw_event_writer_next (writer, &scanned, NULL));
  g_assert_true (iw_event_writer_add (writer, "x", NULL, NULL, NULL, NULL, "x", NULL));
  g_assert_cmpuint (count_files (dir, "staging"), >, 0);
  g_clear_object (&writer);
  g_assert_cmpuint (count_files (dir, "staging"), ==, 0);
  g_assert_cmpuint (count_files (dir, "events"), ==, 0);
  iw_test_remove_dir (dir);
}

static void
test_incomplete (void)
{
  static const FixtureEvent events[] = { { 1, "x" }, { 2, "y" } };
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, NULL);
  g_autoptr (GError) error = NULL;
  gint64 unused;

  fixture_scan (writer, events, 2);
  iw_event_writer_end_scan (writer, &unused, &unused, &unused, &unused, &unused, NULL);
  g_assert_false (iw_event_writer_finish (writer, FIXTURE_EVIDENCE, NULL, &error));
  g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_FAILED);
  g_clear_object (&writer);
  g_assert_cmpuint (count_files (dir, "events"), ==, 0);
  iw_test_remove_dir (dir);
}

/* What is being written can be told from what a killed program left. */
static void
test_lock (void)
{
  g_autofree char *dir = iw_test_make_dir (), *staging = g_build_filename (dir, "staging", NULL);
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, NULL);
  g_autoptr (GDir) entries = g_dir_open (staging, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (staging, name, NULL);
      int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);

      g_assert_cmpint (fd, >=, 0);
      g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), !=, 0);
      close (fd);
      n++;
    }
  g_assert_cmpuint (n, ==, 2);
  g_clear_object (&writer);
  iw_test_remove_dir (dir);
}

static void
test_bad_ids (void)
{
  static const char *const ids[] = { "",      "x",     "x:",    ":",         "x:../../etc/passwd",
                                     "x:a/b", "x:a.b", "x:a:b", "x:évidence" };
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *wide = g_strnfill (300, 'a'), *long_id = g_strconcat ("x:", wide, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (ids); i++)
    {
      const char *id = i < G_N_ELEMENTS (ids) ? ids[i] : long_id;
      g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, NULL);
      g_autoptr (IwEventIndex) index = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (iw_event_writer_finish (writer, id, NULL, &error));
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID);
      g_clear_error (&error);
      index = iw_event_index_open (dir, id, &error);
      g_assert_null (index);
      g_assert_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
      iw_event_index_remove (dir, id);
    }
  g_assert_cmpuint (count_files (dir, "staging"), ==, 0);
  iw_test_remove_dir (dir);
}

static void
finish_with_text (const char *dir, const FixtureEvent *event, const char *decoded)
{
  g_autoptr (IwEventWriter) writer = iw_event_writer_new (dir, NULL);
  g_autoptr (GError) error = NULL;
  gint64 unused;

  fixture_scan (writer, event, 1);
  iw_event_writer_end_scan (writer, &unused, &unused, &unused, &unused, &unused, NULL);
  fixture_index (writer, event);
  iw_event_writer_finish (writer, FIXTURE_EVIDENCE, decoded, &error);
  g_assert_no_error (error);
}

/* Building again replaces, also under a reader that has the old one open; the decoded copy goes
 * where it is no longer needed. */
static void
test_replace (void)
{
  static const FixtureEvent old = { 1, "old" }, new = { 2, "new" };
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *decoded = g_build_filename (dir, "decoded", NULL);
  g_autofree char *text = NULL, *text_after = NULL, *contents = NULL;
  g_autoptr (IwEventIndex) before = NULL, after = NULL;
  g_autoptr (GPtrArray) events = NULL;

  g_assert_true (g_file_set_contents (decoded, "datetime,message\n", -1, NULL));
  finish_with_text (dir, &old, decoded);
  g_assert_false (g_file_test (decoded, G_FILE_TEST_EXISTS));
  text = iw_event_index_text_path (dir, FIXTURE_EVIDENCE, "ab12");
  g_assert_true (g_file_get_contents (text, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "datetime,message\n");
  before = fixture_open (dir, FIXTURE_EVIDENCE);
  finish_with_text (dir, &new, NULL);
  after = fixture_open (dir, FIXTURE_EVIDENCE);
  g_assert_cmpint (iw_event_index_get_first (before), ==, 1);
  g_assert_cmpint (iw_event_index_get_first (after), ==, 2);
  events = iw_event_index_read (before, 1, 1, NULL);
  g_assert_cmpstr (((IwEvent *)g_ptr_array_index (events, 0))->message, ==, "old");
  text_after = iw_event_index_text_path (dir, FIXTURE_EVIDENCE, "ab12");
  g_assert_cmpstr (text, !=, text_after);
  g_clear_object (&before);
  g_clear_object (&after);
  iw_event_index_remove (dir, FIXTURE_EVIDENCE);
  g_assert_cmpuint (count_files (dir, "events"), ==, 0);
  iw_test_remove_dir (dir);
}

static void
test_long_texts (void)
{
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwEventIndex) index = NULL;
  g_autoptr (GPtrArray) read = NULL;
  FixtureEvent event = { 1 };
  const IwEvent *got;

  for (int i = 0; i < 700; i++)
    g_string_append (wide, "é");
  event.message = wide->str;
  event.actor = wide->str;
  fixture_build (dir, FIXTURE_EVIDENCE, &event, 1);
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  read = iw_event_index_read (index, 1, 1, NULL);
  got = g_ptr_array_index (read, 0);
  g_assert_cmpint (g_utf8_strlen (got->message, -1), ==, 500);
  g_assert_true (g_utf8_validate (got->message, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (got->actor, -1), ==, 200);
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

/* More distinct names than are kept in memory still make one entry of the dictionary each. */
static void
test_many_actors (void)
{
  const guint n = 42000;
  g_autofree FixtureEvent *events = g_new0 (FixtureEvent, n);
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (IwEventIndex) index = NULL;
  const char *wanted[] = { "user-20999", NULL };
  g_autoptr (IwEventSet) set = NULL;
  g_auto (GStrv) actors = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("user-%u", i % (n / 2)));
      events[i] = (FixtureEvent){ i, "m", g_ptr_array_index (names, i), NULL, 0 };
    }
  fixture_build (dir, FIXTURE_EVIDENCE, events, n);
  index = fixture_open (dir, FIXTURE_EVIDENCE);
  set = iw_event_index_match (index, NULL, wanted, FALSE, NULL, NULL);
  g_assert_cmpint (iw_event_set_count (set), ==, 2);
  actors = iw_event_index_actors (index, n, NULL);
  g_assert_cmpuint (g_strv_length (actors), ==, n / 2);
  g_clear_object (&index);
  iw_test_remove_dir (dir);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IwEventWriter) writer = iw_event_writer_new ("/proc/nowhere", &error);

  g_assert_null (writer);
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/event-writer/order", test_order);
  g_test_add_func ("/event-writer/fields", test_fields);
  g_test_add_func ("/event-writer/duplicates", test_duplicates);
  g_test_add_func ("/event-writer/rejects", test_rejects);
  g_test_add_func ("/event-writer/empty", test_empty);
  g_test_add_func ("/event-writer/unfinished", test_unfinished);
  g_test_add_func ("/event-writer/incomplete", test_incomplete);
  g_test_add_func ("/event-writer/lock", test_lock);
  g_test_add_func ("/event-writer/bad-ids", test_bad_ids);
  g_test_add_func ("/event-writer/replace", test_replace);
  g_test_add_func ("/event-writer/long-texts", test_long_texts);
  g_test_add_func ("/event-writer/many-actors", test_many_actors);
  g_test_add_func ("/event-writer/no-folder", test_no_folder);
  return g_test_run ();
}
