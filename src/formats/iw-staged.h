/* iw-staged.h: a file in staging/ of the workspace while it is being made or read.
 *
 * It is held with flock(): the store's garbage collection leaves it alone as long as this program
 * lives, and removes it after a kill. See iw-blobs.h and iw_store_collect_garbage().
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *path;
  int lock;
} IwStaged;

/* A new empty file in @folder, which is made where it is missing. (transfer full) */
IwStaged *
iw_staged_new (const char *folder, GError **error);
/* Holds an existing file. @path: (transfer full) */
IwStaged *
iw_staged_take (char *path);
/* Removes the file, unless it has been moved away, and lets go of it. NULL is fine. */
void
iw_staged_free (IwStaged *staged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwStaged, iw_staged_free)

G_END_DECLS
