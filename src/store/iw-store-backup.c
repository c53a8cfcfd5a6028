#include "config.h"

#include "iw-store-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "iw-fail.h"
#include "iw-store-private.h"

static gboolean
copy_blob (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = NULL;
  g_autoptr (GFile) target = NULL;

  /* Blobs never change, so that one file may be in both. */
  if (link (from, to) == 0 || errno == EEXIST)
    return TRUE;
  source = g_file_new_for_path (from);
  target = g_file_new_for_path (to);
  return g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

static gboolean
copy_folder (const char *from, const char *to, GError **error)
{
  g_autoptr (GDir) files = g_dir_open (from, 0, error);
  const char *name;

  if (files == NULL)
    return FALSE;
  if (g_mkdir_with_parents (to, 0700) != 0)
    return iw_fail_errno (error, _ ("The folder “%s” could not be made"), to);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      gboolean ok = g_file_test (source, G_FILE_TEST_IS_DIR) ? copy_folder (source, target, error)
                                                             : copy_blob (source, target, error);

      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
sync_all (const char *dir, GError **error)
{
  int fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && syncfs (fd) == 0;

  if (!ok)
    iw_fail_errno (error, _ ("“%s” could not be written out"), dir);
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
iw_store_backup (IwStore *self, const char *dir, GError **error)
{
  g_autofree char *database = g_build_filename (dir, IW_STORE_DATABASE, NULL);
  g_autofree char *from = g_build_filename (self->dir, "blobs", NULL);
  g_autofree char *to = g_build_filename (dir, "blobs", NULL);

  if (!iw_db_backup (self->db, database, error))
    return FALSE;
  g_chmod (database, 0600);
  if (!g_file_test (from, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!copy_folder (from, to, error))
    return FALSE;
  return sync_all (dir, error);
}
