#include "config.h"

#include <string.h>

#include <libsoup/soup.h>

#include "iw-multipart.h"

#define MAX_HEADERS (16 * 1024)
#define MAX_PARTS 2000
#define MAX_BOUNDARY 200 /* RFC 2046 says 70; some peers take longer ones */
#define SLICE (64 * 1024)

typedef enum
{
  PREAMBLE, /* before the first boundary */
  BOUNDARY, /* after a boundary: "--", or the end of its line */
  HEADERS,
  EMPTY_LINE, /* after the headers: its line break may be that of the next boundary */
  BODY,
  EPILOGUE,
} State;

struct _IwMultipartReader
{
  GObject parent_instance;

  IwMultipartFuncs funcs;
  gpointer data;
  char *delimiter; /* "\r\n--boundary" */
  gsize delimiter_length;
  GByteArray *buffer; /* what came; from @at on it is not told yet */
  gsize at;
  State state;
  guint n_parts;
  gboolean failed;
};

G_DEFINE_FINAL_TYPE (IwMultipartReader, iw_multipart_reader, G_TYPE_OBJECT)

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
  return FALSE;
}

/* ---- headers ---- */

static gboolean
is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]) || text[i] == ':')
      return FALSE;
  return length > 0;
}

/* One line without its end. */
static gboolean
read_header (GHashTable *headers, const char *line, gsize length, GError **error)
{
  const char *colon = memchr (line, ':', length);
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (colon == NULL || !is_token (line, colon - line) || memchr (line, '\0', length) != NULL)
    return fail (error, "A header of a part is malformed.");
  name = g_ascii_strdown (line, colon - line);
  value = g_strstrip (g_strndup (colon + 1, length - (colon + 1 - line)));
  if (!g_utf8_validate (value, -1, NULL) || strpbrk (value, "\r\n") != NULL)
    return fail (error, "A header of a part has characters that it may not have.");
  g_hash_table_replace (headers, g_steal_pointer (&name), g_steal_pointer (&value));
  return TRUE;
}

/* @block: the lines with their ends, without the empty one. (transfer full) */
static GHashTable *
read_headers (const char *block, gsize length, GError **error)
{
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (length > 0)
    {
      const char *end = memmem (block, length, "\r\n", 2);

      g_assert (end != NULL);
      if (!read_header (headers, block, end - block, error))
        return NULL;
      length -= end + 2 - block;
      block = end + 2;
    }
  return g_steal_pointer (&headers);
}

/* ---- states: each takes what it can from the buffer; *waits where it needs more ---- */

static const guint8 *
head (IwMultipartReader *self)
{
  return self->buffer->data + self->at;
}

static gsize
left (IwMultipartReader *self)
{
  return self->buffer->len - self->at;
}

static const guint8 *
find_delimiter (IwMultipartReader *self)
{
  return memmem (head (self), left (self), self->delimiter, self->delimiter_length);
}

/* How much of it cannot be the beginning of a delimiter. */
static gsize
get_safe_length (IwMultipartReader *self)
{
  const guint8 *end = head (self) + left (self);
  const guint8 *at = end - MIN (left (self), self->delimiter_length - 1);

  while (at < end && (at = memchr (at, '\r', end - at)) != NULL)
    {
      if (memcmp (at, self->delimiter, end - at) == 0)
        return at - head (self);
      at++;
    }
  return left (self);
}

static gboolean
take_preamble (IwMultipartReader *self, gboolean *waits)
{
  const guint8 *found = find_delimiter (self);

  *waits = found == NULL;
  if (found == NULL)
    {
      self->at += get_safe_length (self);
      return TRUE;
    }
  self->at += found - head (self) + self->delimiter_length;
  self->state = BOUNDARY;
  return TRUE;
}

static gboolean
take_boundary (IwMultipartReader *self, gboolean *waits, GError **error)
{
  const guint8 *bytes = head (self);
  gsize length = left (self);
  gsize n = 0;

  if (length >= 2 && memcmp (bytes, "--", 2) == 0)
    {
      self->state = EPILOGUE;
      return TRUE;
    }
  while (n < length && (bytes[n] == ' ' || bytes[n] == '\t'))
    n++;
  if (n > MAX_HEADERS)
    return fail (error, "The line of a boundary is too long.");
  *waits = length < n + 2;
  if (*waits)
    return TRUE;
  if (memcmp (bytes + n, "\r\n", 2) != 0)
    return fail (error, "A boundary is followed by something that does not belong there.");
  if (++self->n_parts > MAX_PARTS)
    return fail (error, "The body has too many parts.");
  self->at += n + 2;
  self->state = HEADERS;
  return TRUE;
}

static gboolean
take_headers (IwMultipartReader *self, gboolean *waits, GError **error)
{
  const char *bytes = (const char *)head (self);
  gsize length = left (self);
  g_autoptr (GHashTable) headers = NULL;
  gsize block = 0; /* with the end of its last line */

  *waits = length < 2;
  if (*waits)
    return TRUE;
  if (memcmp (bytes, "\r\n", 2) != 0)
    {
      const char *end = memmem (bytes, length, "\r\n\r\n", 4);

      block = end != NULL ? end + 2 - bytes : length;
      if (block > MAX_HEADERS)
        return fail (error, "The headers of a part are too long.");
      *waits = end == NULL;
      if (*waits)
        return TRUE;
    }
  headers = read_headers (bytes, block, error);
  if (headers == NULL)
    return FALSE;
  self->at += block;
  self->state = EMPTY_LINE;
  return self->funcs.part (headers, self->data, error);
}

static gboolean
take_empty_line (IwMultipartReader *self, gboolean *waits)
{
  gsize n = MIN (left (self), self->delimiter_length);
  gboolean same = memcmp (head (self), self->delimiter, n) == 0;

  *waits = same && n < self->delimiter_length;
  if (*waits)
    return TRUE;
  if (!same)
    self->at += 2;
  self->state = BODY;
  return TRUE;
}

static gboolean
take_body (IwMultipartReader *self, gboolean *waits, GError **error)
{
  const guint8 *found = find_delimiter (self);
  gsize length = found != NULL ? (gsize)(found - head (self)) : get_safe_length (self);

  if (length > 0 && !self->funcs.bytes (head (self), length, self->data, error))
    return FALSE;
  self->at += length;
  *waits = found == NULL;
  if (*waits)
    return TRUE;
  self->at += self->delimiter_length;
  self->state = BOUNDARY;
  return self->funcs.end (self->data, error);
}

static gboolean
take (IwMultipartReader *self, gboolean *waits, GError **error)
{
  switch (self->state)
    {
    case PREAMBLE:
      return take_preamble (self, waits);
    case BOUNDARY:
      return take_boundary (self, waits, error);
    case HEADERS:
      return take_headers (self, waits, error);
    case EMPTY_LINE:
      return take_empty_line (self, waits);
    case BODY:
      return take_body (self, waits, error);
    case EPILOGUE:
    default:
      self->at = self->buffer->len;
      *waits = TRUE;
      return TRUE;
    }
}

static gboolean
feed_slice (IwMultipartReader *self, const guint8 *bytes, gsize length, GError **error)
{
  gboolean waits = FALSE;

  g_byte_array_append (self->buffer, bytes, length);
  while (!waits)
    if (!take (self, &waits, error))
      return FALSE;
  if (self->at > 0)
    g_byte_array_remove_range (self->buffer, 0, self->at);
  self->at = 0;
  return TRUE;
}

/* ---- the reader ---- */

static void
iw_multipart_reader_finalize (GObject *object)
{
  IwMultipartReader *self = IW_MULTIPART_READER (object);

  g_free (self->delimiter);
  g_byte_array_unref (self->buffer);
  G_OBJECT_CLASS (iw_multipart_reader_parent_class)->finalize (object);
}

static void
iw_multipart_reader_class_init (IwMultipartReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_multipart_reader_finalize;
}

static void
iw_multipart_reader_init (IwMultipartReader *self)
{
  /* As if a line had ended before: the first boundary may be the first thing there is. */
  self->buffer = g_byte_array_new ();
  g_byte_array_append (self->buffer, (const guint8 *)"\r\n", 2);
}

char *
iw_multipart_boundary (const char *content_type)
{
  g_autoptr (GHashTable) params = NULL;
  const char *semicolon;
  const char *boundary;

  if (content_type == NULL || g_ascii_strncasecmp (content_type, "multipart/", 10) != 0)
    return NULL;
  semicolon = strchr (content_type, ';');
  if (semicolon == NULL)
    return NULL;
  params = soup_header_parse_semi_param_list (semicolon + 1);
  boundary = g_hash_table_lookup (params, "boundary");
  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > MAX_BOUNDARY)
    return NULL;
  for (const char *c = boundary; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return NULL;
  return g_strdup (boundary);
}

char *
iw_multipart_filename (GHashTable *headers)
{
  const char *disposition = g_hash_table_lookup (headers, "content-disposition");
  const char *semicolon = disposition != NULL ? strchr (disposition, ';') : NULL;
  g_autoptr (GHashTable) params = NULL;

  if (semicolon == NULL)
    return NULL;
  params = soup_header_parse_semi_param_list (semicolon + 1);
  return g_strdup (g_hash_table_lookup (params, "filename"));
}

IwMultipartReader *
iw_multipart_reader_new (const char *boundary, const IwMultipartFuncs *funcs, gpointer data)
{
  IwMultipartReader *self = g_object_new (IW_TYPE_MULTIPART_READER, NULL);

  self->funcs = *funcs;
  self->data = data;
  self->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  self->delimiter_length = strlen (self->delimiter);
  return self;
}

gboolean
iw_multipart_reader_feed (IwMultipartReader *self,
                          const guint8 *bytes,
                          gsize length,
                          GError **error)
{
  if (self->failed)
    return fail (error, "The body could not be read before.");
  for (gsize at = 0; at < length; at += SLICE)
    if (!feed_slice (self, bytes + at, MIN (SLICE, length - at), error))
      {
        self->failed = TRUE;
        return FALSE;
      }
  return TRUE;
}

gboolean
iw_multipart_reader_finish (IwMultipartReader *self, GError **error)
{
  if (!self->failed && self->state == EPILOGUE)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                       "The body ends before its last boundary.");
  return FALSE;
}
