#include "config.h"

#include "iw-page-cache.h"

#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <unistd.h>

#define STEP (32 * 1024 * 1024)
#define KEPT (256 * 1024 * 1024)

void
iw_page_cache_begin_write (IwPageCache *self, int fd)
{
  *self = (IwPageCache){ .fd = fd, .writing = TRUE };
}

void
iw_page_cache_begin_read (IwPageCache *self, GInputStream *stream)
{
  *self = (IwPageCache){ .fd = -1 };
  if (!G_IS_FILE_DESCRIPTOR_BASED (stream))
    return;
  self->fd = g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream));
  posix_fadvise (self->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
}

gboolean
iw_page_cache_advance (IwPageCache *self, gsize n)
{
  self->done += n;
  if (self->fd < 0 || self->done - self->settled < STEP)
    return TRUE;
  if (self->writing && fdatasync (self->fd) != 0)
    return FALSE;
  if (self->done > KEPT)
    posix_fadvise (self->fd, 0, self->done, POSIX_FADV_DONTNEED);
  self->settled = self->done;
  return TRUE;
}
