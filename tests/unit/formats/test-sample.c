/* test-sample.c: the sample workspace is whole, believable and made in one step */
#include "iw-sample.h"

#include "iw-event-index.h"
#include "iw-queries.h"
#include "iw-test-support.h"

static void
test_whole (void)
{
  g_autofree char *parent = iw_test_make_dir ();
  g_autofree char *dir = g_build_filename (parent, "sample", NULL);
  g_autofree char *part = g_strconcat (dir, ".part", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  guint closed = 0, timelines = 0;

  g_assert_true (iw_sample_create (dir, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));

  store = iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  rows = iw_query_incidents (store, NULL, IW_INCIDENTS_BY_TITLE, FALSE, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < rows->len; i++)
    {
      IwIncidentRow *row = rows->pdata[i];
      g_autoptr (GPtrArray) evidence = iw_query_evidence (store, row->incident, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (row->n_entries, >=, 12);
      g_assert_cmpint (row->classification, !=, IW_CLASSIFICATION_UNSET);
      closed += row->closed_at != 0;
      for (guint j = 0; j < evidence->len; j++)
        {
          g_autoptr (IwEventIndex) index
              = iw_event_index_open (dir, iw_evidence_get_id (evidence->pdata[j]), &error);

          g_assert_no_error (error);
          g_assert_cmpint (iw_event_index_get_n (index), >, 0);
          timelines++;
        }
    }
  g_assert_cmpuint (closed, ==, 1);
  g_assert_cmpuint (timelines, >=, 3);

  g_assert_true (iw_store_check (store, TRUE, problems, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_object (&store);
  iw_test_remove_dir (parent);
}

static void
test_never_over_something (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *kept = g_build_filename (dir, "mine.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (kept, "mine", -1, NULL));
  g_assert_false (iw_sample_create (dir, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  iw_test_remove_dir (dir);
}

static void
test_cancelled (void)
{
  g_autofree char *parent = iw_test_make_dir ();
  g_autofree char *dir = g_build_filename (parent, "sample", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (iw_sample_create (dir, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
  iw_test_remove_dir (parent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sample/whole", test_whole);
  g_test_add_func ("/sample/never-over-something", test_never_over_something);
  g_test_add_func ("/sample/cancelled", test_cancelled);
  return g_test_run ();
}
