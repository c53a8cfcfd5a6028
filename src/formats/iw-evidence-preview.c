#include "iw-evidence-preview.h"

#include "iw-decode.h"
#include "iw-preview-writer.h"

#include <string.h>

#define HEAD (64 * 1024)

/* ---- what it is ---- */

static guint
big_endian (const guint8 *bytes, guint n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

static gboolean
look_png (const guint8 *head, gsize n, IwPreviewFacts *facts)
{
  if (n < 24 || memcmp (head, "\211PNG\r\n\032\n", 8) != 0 || memcmp (head + 12, "IHDR", 4) != 0)
    return FALSE;
  facts->width = big_endian (head + 16, 4);
  facts->height = big_endian (head + 20, 4);
  return TRUE;
}

/* A start-of-frame segment says how large it is; C4, C8 and CC are others. */
static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean
look_jpeg (const guint8 *head, gsize n, IwPreviewFacts *facts)
{
  gsize at = 2;

  if (n < 4 || memcmp (head, "\xff\xd8\xff", 3) != 0)
    return FALSE;
  while (at + 9 < n && head[at] == 0xff)
    {
      if (is_frame (head[at + 1]))
        {
          facts->height = big_endian (head + at + 5, 2);
          facts->width = big_endian (head + at + 7, 2);
          return TRUE;
        }
      at += head[at + 1] == 0xff ? 1 : 2 + big_endian (head + at + 2, 2);
    }
  return FALSE;
}

static gboolean
is_within_limits (const IwPreviewFacts *facts)
{
  return facts->length <= IW_PREVIEW_IMAGE_BYTES && facts->width > 0 && facts->height > 0 &&
         facts->width <= IW_PREVIEW_IMAGE_SIDE && facts->height <= IW_PREVIEW_IMAGE_SIDE &&
         (gint64)facts->width * facts->height <= IW_PREVIEW_IMAGE_PIXELS;
}

/* A log may begin with "[2026-11-02": that is not JSON. */
static gboolean
looks_json (const guint8 *head, gsize n)
{
  static const char space[] = " \t\r\n";
  gsize i = n >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  guint8 first;

  while (i < n && head[i] != 0 && strchr (space, head[i]) != NULL)
    i++;
  if (i >= n || (head[i] != '{' && head[i] != '['))
    return FALSE;
  first = head[i++];
  while (i < n && head[i] != 0 && strchr (space, head[i]) != NULL)
    i++;
  return i < n && head[i] != 0 && strchr (first == '{' ? "\"}" : "{[\"]", head[i]) != NULL;
}

gboolean
iw_preview_look (const char *path, IwPreviewFacts *facts, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, error);
  g_autoptr (GFileInfo) info = NULL;
  g_autofree guint8 *head = g_malloc (HEAD);
  IwEncoding encoding;
  gsize n;

  *facts = (IwPreviewFacts){ .kind = IW_PREVIEW_HEX };
  if (input == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (input), head, HEAD, &n, NULL, error))
    return FALSE;
  info = g_file_input_stream_query_info (input, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, error);
  if (info == NULL)
    return FALSE;
  facts->length = g_file_info_get_size (info);
  if (n == 0)
    facts->kind = IW_PREVIEW_EMPTY;
  else if (look_png (head, n, facts) || look_jpeg (head, n, facts))
    facts->kind = is_within_limits (facts) ? IW_PREVIEW_IMAGE : IW_PREVIEW_HEX;
  else if (!(n >= 2 && head[0] == 0x1f && head[1] == 0x8b) &&
           iw_decode_guess (path, &encoding, NULL))
    {
      facts->encoding = encoding.encoding;
      facts->kind = looks_json (head, n) ? IW_PREVIEW_JSON : IW_PREVIEW_TEXT;
    }
  return TRUE;
}

/* ---- page by page ---- */

struct _IwPreviewReader
{
  GInputStream *input;
  GConverter *converter; /* NULL of HEX */
  IwPreviewWriter writer;
  GByteArray *rest; /* bytes of a character that the page cut */
  gboolean begun, ended;
  gint64 offset;
};

IwPreviewReader *
iw_preview_reader_new (const char *path, IwPreviewKind kind, const char *encoding, GError **error)
{
  g_autoptr (IwPreviewReader) self = g_new0 (IwPreviewReader, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GCharsetConverter *converter;

  self->rest = g_byte_array_new ();
  self->input = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (self->input == NULL)
    return NULL;
  self->writer.json = kind == IW_PREVIEW_JSON;
  if (kind == IW_PREVIEW_HEX)
    return g_steal_pointer (&self);
  converter = g_charset_converter_new ("UTF-8", encoding != NULL ? encoding : "UTF-8", error);
  if (converter == NULL)
    return NULL;
  /* Bytes that the encoding does not have become a backslash and two hex digits. */
  g_charset_converter_set_use_fallback (converter, TRUE);
  self->converter = G_CONVERTER (converter);
  return g_steal_pointer (&self);
}

void
iw_preview_reader_free (IwPreviewReader *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->input);
  g_clear_object (&self->converter);
  g_clear_pointer (&self->rest, g_byte_array_unref);
  g_free (self);
}

static void
take_text (IwPreviewReader *self, const char *text, gsize n)
{
  const char *end = text + n;

  while (text < end)
    {
      gunichar c = g_utf8_get_char_validated (text, end - text);

      if (c == (gunichar)-1 || c == (gunichar)-2)
        {
          c = 0xfffd;
          text++;
        }
      else
        text = c == 0 ? text + 1 : g_utf8_next_char (text);
      /* A byte-order mark is none of the text. */
      if (self->begun || c != 0xfeff)
        iw_preview_writer_take (&self->writer, c);
      self->begun = TRUE;
    }
}

/* Bytes at the very end that are no whole character. */
static void
take_broken (IwPreviewReader *self)
{
  for (guint i = 0; i < self->rest->len; i++)
    {
      char text[8];

      g_snprintf (text, sizeof text, "\\%02x", self->rest->data[i]);
      take_text (self, text, strlen (text));
    }
  g_byte_array_set_size (self->rest, 0);
}

/* Converts what it can of @rest; a cut character stays in it. */
static gboolean
convert (IwPreviewReader *self, GError **error)
{
  char text[8192];
  gsize at = 0;

  while (at < self->rest->len)
    {
      g_autoptr (GError) local = NULL;
      gsize read = 0, written = 0;
      GConverterResult result = g_converter_convert (
          self->converter, self->rest->data + at, self->rest->len - at, text, sizeof text,
          self->ended ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &read, &written, &local);

      if (result == G_CONVERTER_ERROR &&
          !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (result == G_CONVERTER_ERROR || (read == 0 && written == 0))
        break;
      take_text (self, text, written);
      at += read;
    }
  g_byte_array_remove_range (self->rest, 0, at);
  return TRUE;
}

char *
iw_preview_reader_next (IwPreviewReader *self, gboolean *more, GError **error)
{
  gsize wanted = self->converter != NULL ? IW_PREVIEW_TEXT_BYTES : IW_PREVIEW_HEX_BYTES;
  g_autofree guint8 *page = g_malloc (wanted);
  g_autoptr (GString) out = g_string_new (NULL);
  gsize n;

  self->writer.out = out;
  *more = FALSE;
  if (self->ended)
    return g_strdup ("");
  if (!g_input_stream_read_all (self->input, page, wanted, &n, NULL, error))
    return NULL;
  self->ended = n < wanted;
  if (self->converter == NULL)
    iw_preview_write_hex (out, self->offset, page, n);
  else
    {
      g_byte_array_append (self->rest, page, n);
      if (!convert (self, error))
        return NULL;
      if (self->ended)
        {
          take_broken (self);
          iw_preview_writer_end (&self->writer);
        }
    }
  self->offset += n;
  *more = !self->ended;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
