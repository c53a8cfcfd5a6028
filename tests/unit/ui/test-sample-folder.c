#include "iw-sample-folder.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "iw-workspace.h"

static void
make_sample (void)
{
  g_autofree char *dir = iw_workspace_sample_dir ();
  g_autofree char *blobs = g_build_filename (dir, "blobs", NULL);
  g_autofree char *database = g_build_filename (dir, "workspace.sqlite", NULL);
  g_autofree char *blob = g_build_filename (blobs, "ab", NULL);

  g_assert_cmpint (g_mkdir_with_parents (blobs, 0700), ==, 0);
  g_assert_true (g_file_set_contents (database, "x", 1, NULL));
  g_assert_true (g_file_set_contents (blob, "x", 1, NULL));
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object ((GAsyncResult **)data, result);
}

static gboolean
delete_and_wait (const char *aside, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  iw_sample_folder_delete_async (aside, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return iw_sample_folder_delete_finish (result, error);
}

static void
test_undo (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;

  g_assert_false (iw_sample_folder_exists ());
  g_assert_null (iw_sample_folder_set_aside (&error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  make_sample ();
  g_assert_true (iw_sample_folder_exists ());
  aside = iw_sample_folder_set_aside (&error);
  g_assert_no_error (error);
  g_assert_false (iw_sample_folder_exists ());
  g_assert_true (iw_sample_folder_put_back (aside, &error));
  g_assert_no_error (error);
  g_assert_true (iw_sample_folder_exists ());
}

static void
test_delete (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *sample = iw_workspace_sample_dir ();
  g_autofree char *parent = g_path_get_dirname (sample);
  g_autofree char *keep = g_build_filename (parent, "keep", NULL);
  g_autofree char *link = NULL;

  make_sample ();
  g_assert_true (g_file_set_contents (keep, "x", 1, NULL));
  aside = iw_sample_folder_set_aside (&error);
  g_assert_no_error (error);
  /* A link out of the folder goes, what it leads to stays. */
  link = g_build_filename (aside, "link", NULL);
  g_assert_cmpint (symlink (parent, link), ==, 0);
  /* A new sample made since is not overwritten by putting the old one back. */
  make_sample ();
  g_assert_false (iw_sample_folder_put_back (aside, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_true (delete_and_wait (aside, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (keep, G_FILE_TEST_EXISTS));
  g_assert_true (iw_sample_folder_exists ());
}

static void
test_delete_nothing_else (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sample = iw_workspace_sample_dir ();
  g_autofree char *elsewhere = g_build_filename (g_get_home_dir (), "sample.removed-1", NULL);

  make_sample ();
  g_assert_cmpint (g_mkdir_with_parents (elsewhere, 0700), ==, 0);
  g_assert_false (delete_and_wait (sample, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (delete_and_wait (elsewhere, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_true (iw_sample_folder_exists ());
  g_assert_true (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
}

static void
test_leftovers (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;

  make_sample ();
  aside = iw_sample_folder_set_aside (&error);
  g_assert_no_error (error);
  make_sample ();
  iw_sample_folder_delete_leftovers ();
  for (guint i = 0; i < 500 && g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10 * 1000);
    }
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_true (iw_sample_folder_exists ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sample-folder/undo", test_undo);
  g_test_add_func ("/sample-folder/delete", test_delete);
  g_test_add_func ("/sample-folder/delete-nothing-else", test_delete_nothing_else);
  g_test_add_func ("/sample-folder/leftovers", test_leftovers);
  return g_test_run ();
}
