#include "config.h"

#include "iw-file-out.h"

#define BUFFER_SIZE (64 * 1024)

/* Closing with a cancelled cancellable leaves the former file in place. */
static void
throw_away (GOutputStream *output)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();

  g_cancellable_cancel (stop);
  g_output_stream_close (output, stop, NULL);
}

gboolean
iw_file_out (GFile *file,
             IwFileOutFunc func,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GFileOutputStream) output =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, error);
  g_autoptr (GOutputStream) buffered = NULL;

  if (output == NULL)
    return FALSE;
  buffered = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (output), BUFFER_SIZE);
  if (!func (buffered, data, cancellable, error) ||
      !g_output_stream_flush (buffered, cancellable, error))
    {
      throw_away (buffered);
      return FALSE;
    }
  return g_output_stream_close (buffered, cancellable, error);
}
