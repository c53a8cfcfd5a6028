/* iw-record-document.c: the objects within one document of JSON */
#include "iw-record-reader-private.h"

#include <string.h>

/* Behind the string that begins at @p, NULL where it does not end. */
static const char *
skip_string (const char *p, const char *end)
{
  for (p++; p < end; p++)
    {
      if (*p == '\\')
        p++;
      else if (*p == '"')
        return p + 1;
    }
  return NULL;
}

/* Behind the object that begins at @p, NULL where it does not end. */
static const char *
skip_object (const char *p, const char *end)
{
  guint depth = 0;

  while (p < end)
    {
      if (*p == '"')
        {
          p = skip_string (p, end);
          if (p == NULL)
            return NULL;
          continue;
        }
      if (*p == '{' || *p == '[')
        depth++;
      else if ((*p == '}' || *p == ']') && --depth == 0)
        return p + 1;
      p++;
    }
  return NULL;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

gboolean
iw_record_json_is_document (const char *start, const char *end)
{
  const char *p = start;

  while (p < end && is_space (*p))
    p++;
  if (p < end && *p == '[')
    return TRUE;
  if (p >= end || *p != '{')
    return FALSE;
  p++;
  while (p < end && is_space (*p))
    p++;
  return end - p > 7 && strncmp (p, "\"event_", 7) == 0 && g_ascii_isdigit (p[7]);
}

IwParse
iw_record_json_find (IwRecordReader *self,
                     const char *start,
                     const char *end,
                     gboolean eof,
                     IwSpan *span)
{
  const char *p = start;
  const char *after;

  for (;;)
    {
      while (p < end && (is_space (*p) || *p == ',' || *p == ':'))
        p++;
      if (p >= end)
        return eof ? IW_PARSE_END : IW_PARSE_MORE;
      if (!self->document_begun && (*p == '{' || *p == '['))
        {
          self->document_begun = TRUE;
          /* What came before is consumed for good, so that a second try does not open it twice. */
          span->start = span->length = 0;
          span->consumed = p + 1 - start;
          return IW_PARSE_SKIP;
        }
      span->start = p - start;
      if (*p == '"')
        {
          p = skip_string (p, end);
          if (p == NULL)
            return eof ? IW_PARSE_OPEN : IW_PARSE_MORE;
          continue;
        }
      if (*p != '}' && *p != ']')
        break;
      p++;
    }
  if (*p != '{')
    return IW_PARSE_OPEN;
  after = skip_object (p, end);
  if (after == NULL)
    return eof ? IW_PARSE_OPEN : IW_PARSE_MORE;
  span->start = p - start;
  span->length = after - p;
  span->consumed = after - start;
  return IW_PARSE_RECORD;
}
