/* iw-record-json.c: the grammar of JSON records (RFC 8259), read without building a tree */
#include "iw-record-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DEPTH 64

typedef struct
{
  IwRecordReader *reader;
  const char *start, *p, *end;
} Cursor;

static gboolean
parse_object (Cursor *c, guint depth);

static gboolean
fail (Cursor *c, const char *what)
{
  g_string_printf (c->reader->problem, _ ("Not valid JSON at character %u of the record: %s."),
                   (guint)(c->p - c->start) + 1, what);
  return FALSE;
}

static void
skip_space (Cursor *c)
{
  while (c->p < c->end && (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r'))
    c->p++;
}

static gboolean
read_hex (const char *p, const char *end, gunichar *out)
{
  *out = 0;
  if (end - p < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return FALSE;
      *out = *out * 16 + digit;
    }
  return TRUE;
}

/* \uXXXX behind the u, with a second half where it is a surrogate. What is no character at all
 * becomes U+FFFD; a zero would end the text for everybody who reads it later. */
static gboolean
unescape_unicode (Cursor *c, char **out)
{
  gunichar high, low;

  if (!read_hex (c->p, c->end, &high))
    return fail (c, _ ("an incomplete \\u escape"));
  c->p += 4;
  if (high >= 0xd800 && high < 0xdc00 && c->end - c->p >= 6 && c->p[0] == '\\' && c->p[1] == 'u' &&
      read_hex (c->p + 2, c->end, &low) && low >= 0xdc00 && low < 0xe000)
    {
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
      c->p += 6;
    }
  if (high == 0 || (high >= 0xd800 && high < 0xe000))
    high = 0xfffd;
  *out += g_unichar_to_utf8 (high, *out);
  return TRUE;
}

static gboolean
unescape (Cursor *c, char **out)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (c->p >= c->end)
    return fail (c, _ ("a text does not end"));
  if (*c->p == 'u')
    {
      c->p++;
      return unescape_unicode (c, out);
    }
  found = memchr (from, *c->p, sizeof from - 1);
  if (found == NULL)
    return fail (c, _ ("an unknown escape"));
  *(*out)++ = to[found - from];
  c->p++;
  return TRUE;
}

/* A string behind its opening quote. Points into the record where nothing is escaped. */
static gboolean
parse_string (Cursor *c, IwSlice *slice)
{
  IwRecordReader *reader = c->reader;
  const char *start = c->p;
  char *text, *out;

  while (c->p < c->end && *c->p != '"' && *c->p != '\\')
    c->p++;
  if (c->p < c->end && *c->p == '"')
    {
      *slice = (IwSlice){ start, c->p++ - start };
      return TRUE;
    }
  text = out = reader->scratch + reader->scratch_used;
  memcpy (out, start, c->p - start);
  out += c->p - start;
  while (c->p < c->end && *c->p != '"')
    {
      if (*c->p != '\\')
        *out++ = *c->p++;
      else
        {
          c->p++;
          if (!unescape (c, &out))
            return FALSE;
        }
    }
  if (c->p >= c->end)
    return fail (c, _ ("a text does not end"));
  c->p++;
  *slice = (IwSlice){ text, out - text };
  reader->scratch_used += out - text;
  return TRUE;
}

/* A number, true, false or null, as it is spelled. */
static gboolean
parse_word (Cursor *c, IwSlice *slice)
{
  const char *start = c->p;
  gsize n;

  while (c->p < c->end && (g_ascii_isalnum (*c->p) || *c->p == '-' || *c->p == '+' || *c->p == '.'))
    c->p++;
  n = c->p - start;
  *slice = (IwSlice){ start, n };
  if (n == 4 && memcmp (start, "null", 4) == 0)
    {
      *slice = (IwSlice){ "", 0 };
      return TRUE;
    }
  if ((n == 4 && memcmp (start, "true", 4) == 0) || (n == 5 && memcmp (start, "false", 5) == 0) ||
      (n == 3 && memcmp (start, "NaN", 3) == 0)) /* Python writes NaN */
    return TRUE;
  if (n > 0 && (*start == '-' || g_ascii_isdigit (*start)))
    return TRUE;
  c->p = start;
  return fail (c, _ ("no value where one is expected"));
}

/* Steps over a value that is kept as JSON text. */
static gboolean
skip_value (Cursor *c, guint depth)
{
  gsize scratch = c->reader->scratch_used;
  gboolean object;
  IwSlice slice;
  char close;

  skip_space (c);
  if (c->p >= c->end)
    return fail (c, _ ("the record ends early"));
  if (*c->p == '"')
    {
      gboolean ok;

      c->p++;
      ok = parse_string (c, &slice);
      c->reader->scratch_used = scratch;
      return ok;
    }
  if (*c->p != '[' && *c->p != '{')
    return parse_word (c, &slice);
  if (depth > MAX_DEPTH)
    return fail (c, _ ("it is nested too deeply"));
  object = *c->p == '{';
  close = object ? '}' : ']';
  c->p++;
  skip_space (c);
  if (c->p < c->end && *c->p == close)
    {
      c->p++;
      return TRUE;
    }
  for (;;)
    {
      if (object)
        {
          skip_space (c);
          if (c->p >= c->end || *c->p != '"')
            return fail (c, _ ("a name is missing"));
          if (!skip_value (c, depth + 1))
            return FALSE;
          skip_space (c);
          if (c->p >= c->end || *c->p++ != ':')
            return fail (c, _ ("a colon is missing"));
        }
      if (!skip_value (c, depth + 1))
        return FALSE;
      skip_space (c);
      if (c->p < c->end && *c->p == ',')
        {
          c->p++;
          continue;
        }
      if (c->p < c->end && *c->p == close)
        {
          c->p++;
          return TRUE;
        }
      return fail (c, _ ("a comma or a closing bracket is missing"));
    }
}

/* The column that the present key names; the next one where the record has that one already. */
static int
find_field (IwRecordReader *reader)
{
  const char *guess = reader->guess < reader->columns->len - 1
                          ? g_ptr_array_index (reader->columns, reader->guess)
                          : NULL;
  int column = guess != NULL && strcmp (guess, reader->key->str) == 0
                   ? (int)reader->guess
                   : iw_record_reader_intern (reader, reader->key->str);
  gsize length = reader->key->len;

  for (guint n = 2; column >= 0 && (guint)column < reader->fields->len &&
                    g_array_index (reader->fields, IwSlice, column).data != NULL;
       n++)
    {
      g_string_truncate (reader->key, length);
      g_string_append_printf (reader->key, "_%u", n);
      column = iw_record_reader_intern (reader, reader->key->str);
    }
  g_string_truncate (reader->key, length);
  return column;
}

static gboolean
put_field (Cursor *c, IwSlice slice)
{
  IwRecordReader *reader = c->reader;
  int found = find_field (reader);
  guint column = found;

  if (found < 0)
    {
      g_string_printf (reader->problem, _ ("The file has more than %d columns."),
                       IW_RECORD_MAX_COLUMNS);
      return FALSE;
    }
  if (column >= reader->fields->len)
    g_array_set_size (reader->fields, column + 1);
  g_array_index (reader->fields, IwSlice, column) = slice;
  g_array_append_val (reader->touched, column);
  reader->guess = column + 1;
  return TRUE;
}

static gboolean
parse_value (Cursor *c, guint depth)
{
  const char *start;
  IwSlice slice;

  skip_space (c);
  if (c->p >= c->end)
    return fail (c, _ ("the record ends early"));
  start = c->p;
  switch (*c->p)
    {
    case '"':
      c->p++;
      return parse_string (c, &slice) && put_field (c, slice);
    case '{':
      if (depth > MAX_DEPTH)
        return fail (c, _ ("it is nested too deeply"));
      return parse_object (c, depth + 1);
    case '[':
      if (!skip_value (c, depth + 1))
        return FALSE;
      return put_field (c, (IwSlice){ start, c->p - start });
    default:
      return parse_word (c, &slice) && put_field (c, slice);
    }
}

/* One member of an object whose name goes behind the name of the object. */
static gboolean
parse_member (Cursor *c, guint depth)
{
  GString *key = c->reader->key;
  gsize prefix = key->len;
  IwSlice name;
  gboolean ok;

  skip_space (c);
  if (c->p >= c->end || *c->p != '"')
    return fail (c, _ ("a name is missing"));
  c->p++;
  if (!parse_string (c, &name))
    return FALSE;
  skip_space (c);
  if (c->p >= c->end || *c->p != ':')
    return fail (c, _ ("a colon is missing"));
  c->p++;
  if (prefix > 0)
    g_string_append_c (key, '.');
  g_string_append_len (key, name.data, name.length);
  if (key->len > IW_RECORD_MAX_NAME)
    {
      g_string_truncate (key, prefix);
      return fail (c, _ ("a name is too long"));
    }
  ok = parse_value (c, depth);
  g_string_truncate (key, prefix);
  return ok;
}

static gboolean
parse_object (Cursor *c, guint depth)
{
  const char *start = c->p++;

  skip_space (c);
  if (c->p < c->end && *c->p == '}')
    {
      c->p++;
      return depth == 0 || put_field (c, (IwSlice){ start, c->p - start });
    }
  for (;;)
    {
      if (!parse_member (c, depth))
        return FALSE;
      skip_space (c);
      if (c->p < c->end && *c->p == ',')
        {
          c->p++;
          continue;
        }
      if (c->p < c->end && *c->p == '}')
        {
          c->p++;
          return TRUE;
        }
      return fail (c, _ ("a comma or a closing bracket is missing"));
    }
}

gboolean
iw_record_json_parse (IwRecordReader *self, const char *start, gsize length)
{
  Cursor c = { self, start, start, start + length };

  for (guint i = 0; i < self->touched->len; i++)
    g_array_index (self->fields, IwSlice, g_array_index (self->touched, guint, i)).data = NULL;
  g_array_set_size (self->touched, 0);
  self->scratch_used = 0;
  self->guess = 0;
  g_string_truncate (self->key, 0);
  skip_space (&c);
  if (c.p >= c.end || *c.p != '{')
    return fail (&c, _ ("no object begins here"));
  if (!parse_object (&c, 0))
    return FALSE;
  skip_space (&c);
  return c.p == c.end || fail (&c, _ ("something follows the object"));
}
