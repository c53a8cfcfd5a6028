#include "config.h"

#include "iw-sample-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "iw-workspace.h"

#define ASIDE_PREFIX "sample.removed-"

gboolean
iw_sample_folder_exists (void)
{
  g_autofree char *dir = iw_workspace_sample_dir ();
  g_autofree char *database = g_build_filename (dir, "workspace.sqlite", NULL);

  return g_file_test (database, G_FILE_TEST_EXISTS);
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” is there already", to);
      return FALSE;
    }
  if (g_rename (from, to) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "“%s” could not be moved: %s",
               from, g_strerror (errno));
  return FALSE;
}

char *
iw_sample_folder_set_aside (GError **error)
{
  g_autofree char *dir = iw_workspace_sample_dir ();
  g_autofree char *parent = g_path_get_dirname (dir);
  g_autofree char *name = g_strdup_printf (ASIDE_PREFIX "%" G_GINT64_FORMAT, g_get_real_time ());
  g_autofree char *aside = g_build_filename (parent, name, NULL);

  return move (dir, aside, error) ? g_steal_pointer (&aside) : NULL;
}

gboolean
iw_sample_folder_put_back (const char *aside, GError **error)
{
  g_autofree char *dir = iw_workspace_sample_dir ();

  return move (aside, dir, error);
}

static gboolean
delete_tree (GFile *file, GError **error);

static gboolean
delete_children (GFile *dir, GError **error)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      dir, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  GFile *child;

  if (children == NULL)
    return FALSE;
  do
    if (!g_file_enumerator_iterate (children, NULL, &child, NULL, error) ||
        (child != NULL && !delete_tree (child, error)))
      return FALSE;
  while (child != NULL);
  return TRUE;
}

/* A link to a folder is deleted, not what it leads to. */
static gboolean
delete_tree (GFile *file, GError **error)
{
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) ==
          G_FILE_TYPE_DIRECTORY &&
      !delete_children (file, error))
    return FALSE;
  return g_file_delete (file, NULL, error);
}

static void
delete_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GFile *file = data;
  GError *error = NULL;

  if (delete_tree (file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
iw_sample_folder_delete_async (const char *aside, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  g_autofree char *sample = iw_workspace_sample_dir ();
  g_autofree char *parent = g_path_get_dirname (sample);
  g_autofree char *aside_parent = g_path_get_dirname (aside);
  g_autofree char *name = g_path_get_basename (aside);

  if (!g_str_equal (parent, aside_parent) || !g_str_has_prefix (name, ASIDE_PREFIX))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                               "“%s” is no removed sample", aside);
      return;
    }
  g_task_set_task_data (task, g_file_new_for_path (aside), g_object_unref);
  g_task_run_in_thread (task, delete_thread);
}

gboolean
iw_sample_folder_delete_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
iw_sample_folder_delete_leftovers (void)
{
  g_autofree char *sample = iw_workspace_sample_dir ();
  g_autofree char *parent = g_path_get_dirname (sample);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, ASIDE_PREFIX))
      {
        g_autofree char *path = g_build_filename (parent, name, NULL);

        iw_sample_folder_delete_async (path, NULL, NULL);
      }
}
