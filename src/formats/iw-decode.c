/* iw-decode.c: gzip and encodings, streaming */
#include "iw-decode.h"

#include "iw-timeline-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (256 * 1024)
/* Logs shrink to a tenth, seldom to a hundredth; a file of one repeated byte to a thousandth. */
#define MAX_RATIO 250
#define RATIO_FLOOR (G_GINT64_CONSTANT (128) * 1024 * 1024)

typedef struct
{
  GInputStream *input;
  gint64 input_read, input_total;
  GOutputStream *output;
  gint64 written;
  guint8 in[PIECE], out[PIECE];
  gsize in_at, in_filled;
  gboolean eof;
  IwProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
} Pump;

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE, message);
  return FALSE;
}

static gboolean
open_pump (Pump *pump, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, pump->cancellable, error);

  if (info == NULL)
    return FALSE;
  pump->input_total = g_file_info_get_size (info);
  pump->input = G_INPUT_STREAM (g_file_read (file, pump->cancellable, error));
  return pump->input != NULL;
}

/* Keeps the rest of what was read and puts new bytes behind it. */
static gboolean
fill (Pump *pump, GError **error)
{
  gssize n;

  memmove (pump->in, pump->in + pump->in_at, pump->in_filled - pump->in_at);
  pump->in_filled -= pump->in_at;
  pump->in_at = 0;
  n = g_input_stream_read (pump->input, pump->in + pump->in_filled, PIECE - pump->in_filled,
                           pump->cancellable, error);
  if (n < 0)
    return FALSE;
  pump->in_filled += n;
  pump->input_read += n;
  pump->eof = n == 0;
  if (pump->progress != NULL)
    pump->progress (pump->input_read, pump->input_total, pump->data);
  return TRUE;
}

static gboolean
put (Pump *pump, gsize n, gint64 max_ratio, GError **error)
{
  pump->written += n;
  if (pump->written > IW_DECODE_MAX_LENGTH ||
      (max_ratio > 0 && pump->written > RATIO_FLOOR &&
       pump->written / MAX (pump->input_read, 1) > max_ratio))
    return fail (error, _ ("The archive unpacks to far more than a log would. It was not read, as "
                           "it may have been made to fill the disk."));
  return g_output_stream_write_all (pump->output, pump->out, n, NULL, pump->cancellable, error);
}

/* Zeros may follow an archive that was on a tape; anything else is another member or damage. */
static gboolean
only_padding (Pump *pump)
{
  for (gsize i = pump->in_at; i < pump->in_filled; i++)
    if (pump->in[i] != 0)
      return FALSE;
  return TRUE;
}

static gboolean
inflate_member (Pump *pump, GConverter *inflater, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;
      gsize n_in = 0, n_out = 0;
      GConverterResult result;

      if (g_cancellable_set_error_if_cancelled (pump->cancellable, error))
        return FALSE;
      if (pump->in_at == pump->in_filled && !pump->eof && !fill (pump, error))
        return FALSE;
      result = g_converter_convert (inflater, pump->in + pump->in_at, pump->in_filled - pump->in_at,
                                    pump->out, PIECE, pump->eof ? G_CONVERTER_INPUT_AT_END : 0,
                                    &n_in, &n_out, &local);
      if (result == G_CONVERTER_ERROR)
        {
          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && !pump->eof)
            {
              if (!fill (pump, error))
                return FALSE;
              continue;
            }
          return fail (error, pump->eof ? _ ("The gzip archive ends early. It may not have been "
                                             "copied completely.")
                                        : _ ("The gzip archive is damaged."));
        }
      pump->in_at += n_in;
      if (!put (pump, n_out, MAX_RATIO, error))
        return FALSE;
      if (result == G_CONVERTER_FINISHED)
        return TRUE;
    }
}

static gboolean
gunzip (Pump *pump, GError **error)
{
  g_autoptr (GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  for (;;)
    {
      if (!inflate_member (pump, G_CONVERTER (inflater), error))
        return FALSE;
      while (!pump->eof && pump->in_filled - pump->in_at < 2)
        if (!fill (pump, error))
          return FALSE;
      if (pump->in_filled - pump->in_at < 2 || only_padding (pump))
        return TRUE;
      if (pump->in[pump->in_at] != 0x1f || pump->in[pump->in_at + 1] != 0x8b)
        return fail (error, _ ("Something that is no gzip follows the gzip archive."));
      g_converter_reset (G_CONVERTER (inflater));
    }
}

static gboolean
convert (Pump *pump, GConverter *converter, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;
      gsize n_in = 0, n_out = 0;
      GConverterResult result;

      if (g_cancellable_set_error_if_cancelled (pump->cancellable, error))
        return FALSE;
      if (pump->in_at == pump->in_filled && !pump->eof && !fill (pump, error))
        return FALSE;
      if (pump->in_at == pump->in_filled && pump->eof)
        return TRUE;
      result = g_converter_convert (
          converter, pump->in + pump->in_at, pump->in_filled - pump->in_at, pump->out, PIECE,
          pump->eof ? G_CONVERTER_INPUT_AT_END : 0, &n_in, &n_out, &local);
      if (result == G_CONVERTER_ERROR)
        {
          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && !pump->eof)
            {
              if (!fill (pump, error))
                return FALSE;
              continue;
            }
          /* Half a character at the end: kept as it stands, like any byte that is none. */
          n_out = g_snprintf ((char *)pump->out, 8, "\\%02X", pump->in[pump->in_at]);
          n_in = 1;
        }
      pump->in_at += n_in;
      if (!put (pump, n_out, 0, error))
        return FALSE;
      if (result == G_CONVERTER_FINISHED)
        return TRUE;
    }
}

typedef gboolean (*PumpFunc) (Pump *pump, GConverter *converter, GError **error);

static gboolean
gunzip_all (Pump *pump, GConverter *converter, GError **error)
{
  return gunzip (pump, error);
}

/* Runs @func from @path into a new file, which is removed where it fails. */
static IwStaged *
pump_file (const char *path,
           const char *staging,
           PumpFunc func,
           GConverter *converter,
           IwProgressFunc progress,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree Pump *pump = g_new0 (Pump, 1);
  g_autoptr (IwStaged) staged = iw_staged_new (staging, error);
  g_autoptr (GFile) file = NULL;
  gboolean ok;

  if (staged == NULL)
    return NULL;
  pump->progress = progress;
  pump->data = data;
  pump->cancellable = cancellable;
  file = g_file_new_for_path (staged->path);
  ok = open_pump (pump, path, error);
  if (ok)
    {
      pump->output = G_OUTPUT_STREAM (g_file_append_to (file, 0, cancellable, error));
      ok = pump->output != NULL && func (pump, converter, error) &&
           g_output_stream_close (pump->output, cancellable, error);
    }
  g_clear_object (&pump->input);
  g_clear_object (&pump->output);
  return ok ? g_steal_pointer (&staged) : NULL;
}

IwStaged *
iw_decode_gunzip (const char *path,
                  const char *staging,
                  IwProgressFunc progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  return pump_file (path, staging, gunzip_all, NULL, progress, data, cancellable, error);
}

IwStaged *
iw_decode_convert (const char *path,
                   const char *encoding,
                   const char *staging,
                   IwProgressFunc progress,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", encoding, NULL);

  if (converter == NULL)
    {
      g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                   _ ("The encoding %s is not known here."), encoding);
      return NULL;
    }
  g_charset_converter_set_use_fallback (converter, TRUE);
  return pump_file (path, staging, convert, G_CONVERTER (converter), progress, data, cancellable,
                    error);
}
