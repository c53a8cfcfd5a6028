/* iw-source.h: the end of a source, wherever it is attached. */
#pragma once

#include <glib.h>

/* NULL is fine, and is what is left. In the thread that runs its context. */
static inline void
iw_source_drop (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}
