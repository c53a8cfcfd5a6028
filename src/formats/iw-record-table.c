/* iw-record-table.c: the grammar of tables (RFC 4180, leniently) */
#include "iw-record-reader-private.h"

#include <string.h>

static void
add_field (IwRecordReader *self, const char *data, gsize length)
{
  IwSlice slice = { data, length };

  if (self->fields->len < IW_RECORD_MAX_COLUMNS)
    g_array_append_val (self->fields, slice);
  else
    self->too_many++;
}

/* Whether a record ends at @p: 1 yes, 0 no, -1 not known before more is read. */
static int
at_line_end (IwRecordReader *self, const char *p, const char *end, gboolean eof)
{
  if (p >= end)
    return eof ? 1 : -1;
  if (*p == '\n')
    return 1;
  if (*p != '\r')
    return 0;
  if (p + 1 >= end)
    return eof ? !self->exact : -1;
  return p[1] == '\n';
}

/* A quoted field that begins behind the quote before @p. @after: behind the closing quote. */
static IwParse
parse_quoted (IwRecordReader *self,
              const char *p,
              const char *end,
              gboolean eof,
              const char **after)
{
  const char *piece = p;
  char *out = NULL;
  gsize n = 0;

  for (;;)
    {
      const char *quote = memchr (p, '"', end - p);
      const char *next;
      int line_end;

      if (quote == NULL)
        return eof ? IW_PARSE_OPEN : IW_PARSE_MORE;
      next = quote + 1;
      if (next < end && *next == '"')
        {
          gsize length = next - piece;

          if (out == NULL)
            out = self->scratch + self->scratch_used;
          memcpy (out + n, piece, length); /* with the one of the two quotes */
          n += length;
          p = piece = next + 1;
          continue;
        }
      line_end = at_line_end (self, next, end, eof);
      if (line_end < 0)
        return IW_PARSE_MORE;
      if (line_end == 0 && *next != self->delimiter)
        {
          p = next; /* a quote that somebody forgot to double */
          continue;
        }
      if (out == NULL)
        add_field (self, piece, quote - piece);
      else
        {
          memcpy (out + n, piece, quote - piece);
          n += quote - piece;
          self->scratch_used += n;
          add_field (self, out, n);
        }
      *after = next;
      return IW_PARSE_RECORD;
    }
}

static IwParse
parse_plain (IwRecordReader *self, const char *p, const char *end, gboolean eof, const char **after)
{
  gboolean last = self->max_fields > 0 && self->fields->len + 1 >= self->max_fields;
  const char *start = p;

  for (;; p++)
    {
      int line_end;

      while (p < end && !self->stop[(guchar)*p])
        p++;
      if (p < end && *p == self->delimiter)
        {
          if (last)
            continue;
          break;
        }
      line_end = at_line_end (self, p, end, eof);
      if (line_end < 0)
        return IW_PARSE_MORE;
      if (line_end > 0)
        break;
    }
  add_field (self, start, p - start);
  *after = p;
  return IW_PARSE_RECORD;
}

IwParse
iw_record_table_parse (IwRecordReader *self,
                       const char *start,
                       const char *end,
                       gint64 offset,
                       gboolean eof,
                       IwSpan *span)
{
  const char *p = start;

  g_array_set_size (self->fields, 0);
  self->scratch_used = 0;
  self->too_many = 0;
  for (;;)
    {
      IwParse parse;

      if (self->quoting && p < end && *p == '"')
        {
          if (offset + (p - start) < self->no_close_until)
            return IW_PARSE_OPEN;
          parse = parse_quoted (self, p + 1, end, eof, &p);
        }
      else
        parse = parse_plain (self, p, end, eof, &p);
      if (parse != IW_PARSE_RECORD)
        return parse;
      if (p < end && *p == self->delimiter)
        {
          p++;
          continue;
        }
      span->start = 0;
      span->length = p - start;
      if (p < end && *p == '\r')
        p++;
      if (p < end && *p == '\n')
        p++;
      span->consumed = p - start;
      return IW_PARSE_RECORD;
    }
}
