/* iw-staged.c: a file in staging/ of the workspace while it is being made or read */
#include "iw-staged.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

static IwStaged *
hold (char *path, int fd)
{
  IwStaged *staged = g_new0 (IwStaged, 1);

  staged->path = path;
  staged->lock = fd;
  if (fd >= 0)
    flock (fd, LOCK_EX | LOCK_NB);
  return staged;
}

IwStaged *
iw_staged_new (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "text-XXXXXX", NULL);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path,
                   g_strerror (code));
      return NULL;
    }
  return hold (g_steal_pointer (&path), fd);
}

IwStaged *
iw_staged_take (char *path)
{
  return hold (path, g_open (path, O_RDONLY | O_CLOEXEC, 0));
}

void
iw_staged_free (IwStaged *staged)
{
  if (staged == NULL)
    return;
  g_unlink (staged->path);
  if (staged->lock >= 0)
    close (staged->lock);
  g_free (staged->path);
  g_free (staged);
}
