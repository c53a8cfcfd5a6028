/* iw-page-cache.h: goes through a large file without pushing everything else out of memory. Private to
 * src/store. Any thread; one thread at a time per value.
 *
 * A file of moderate size stays cached, because what follows (an import, a preview) reads it again.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  int fd; /* -1: none, nothing is done */
  gboolean writing;
  gint64 done;
  gint64 settled; /* as far as it is written out and let go of */
} IwPageCache;

void iw_page_cache_begin_write (IwPageCache *self, int fd); /* @fd stays the caller's */
/* @stream: one that reads a local file is looked after, any other is left alone. */
void iw_page_cache_begin_read (IwPageCache *self, GInputStream *stream);
/* @n more bytes were read or written, from the start on. Writes what is dirty out now and then, so that a full
 * disk shows early and the last sync is short: FALSE with errno where that fails. */
gboolean iw_page_cache_advance (IwPageCache *self, gsize n);

G_END_DECLS
