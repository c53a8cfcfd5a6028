#include "iw-test-support.h"

#include <glib/gstdio.h>

char *
iw_test_make_dir (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("iw-test-XXXXXX", &error);

  g_assert_no_error (error);
  return g_steal_pointer (&dir);
}

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children
      = g_file_enumerate_children (file, "standard::name,standard::type", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

void
iw_test_remove_dir (const char *dir)
{
  g_autoptr (GFile) file = g_file_new_for_path (dir);

  g_assert_true (g_str_has_prefix (dir, g_get_tmp_dir ()));
  remove_tree (file);
}

char *
iw_test_data_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}

char *
iw_test_shared_path (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("IW_SHARED") ? g_getenv ("IW_SHARED") : "/nonexistent", name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip ("the shared data is not here");
  return NULL;
}
