/* iw-file-out.h: writes a file whole or not at all. Blocks; any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes the content. FALSE with @error where that fails: what was written is thrown away. */
typedef gboolean (*IwFileOutFunc) (GOutputStream *output,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);

/* Replaces @file by what @func writes. It is written beside and moved into place: a file of that
 * name stays as it was unless all is written and closed. Errors: those of GIO and of @func. */
gboolean iw_file_out (GFile *file,
                      IwFileOutFunc func,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error);

G_END_DECLS
