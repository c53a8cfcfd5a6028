/* iw-record-reader.c: the sliding buffer, and what happens to records that are none */
#include "iw-record-reader-private.h"

#include "iw-timeline-import.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define WINDOW_SIZE (256 * 1024)
#define RAW_OF_TOO_LONG 4096

gboolean
iw_record_reader_set_io_error (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", what,
               g_strerror (saved));
  return FALSE;
}

void
iw_record_reader_grow (char **memory, gsize *capacity, gsize wanted)
{
  if (*capacity < wanted)
    {
      *memory = g_realloc (*memory, wanted);
      *capacity = wanted;
    }
}

/* Reads more behind what is there; moves the present record to the front first. */
gboolean
iw_record_reader_refill (IwRecordReader *self, GError **error)
{
  gssize n;

  if (self->at > 0)
    {
      memmove (self->buffer, self->buffer + self->at, self->filled - self->at);
      self->buffer_offset += self->at;
      self->filled -= self->at;
      self->at = 0;
    }
  if (self->filled == self->capacity)
    {
      iw_record_reader_grow (&self->buffer, &self->capacity, self->capacity * 2);
      iw_record_reader_grow (&self->scratch, &self->scratch_capacity, self->capacity);
    }
  do
    n = pread (self->fd, self->buffer + self->filled, self->capacity - self->filled,
               self->buffer_offset + self->filled);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return iw_record_reader_set_io_error (error, _ ("The file cannot be read"));
  self->filled += n;
  self->eof = n == 0;
  return TRUE;
}

const char *const *
iw_record_reader_get_columns (IwRecordReader *self, guint *n)
{
  if (n != NULL)
    *n = self->columns->len - 1;
  return (const char *const *)self->columns->pdata;
}

int
iw_record_reader_find_column (IwRecordReader *self, const char *name)
{
  gpointer number;

  if (name != NULL && g_hash_table_lookup_extended (self->column_numbers, name, NULL, &number))
    return GPOINTER_TO_INT (number);
  return -1;
}

int
iw_record_reader_intern (IwRecordReader *self, const char *name)
{
  int number = iw_record_reader_find_column (self, name);
  char *copy;

  if (number >= 0)
    return number;
  number = self->columns->len - 1;
  if (number >= IW_RECORD_MAX_COLUMNS)
    return -1;
  copy = g_strdup (name);
  g_ptr_array_insert (self->columns, number, copy);
  g_hash_table_insert (self->column_numbers, copy, GINT_TO_POINTER (number));
  return number;
}

void
iw_record_reader_add_column (IwRecordReader *self, const char *name)
{
  iw_record_reader_intern (self, name);
}

/* ---- checks of a record that its grammar accepts ---- */

static gboolean
check_text (IwRecordReader *self, const char *raw, gsize length)
{
  const char *bad;

  if (g_utf8_validate_len (raw, length, &bad))
    return TRUE;
  if (*bad == '\0')
    g_string_printf (self->problem, _ ("Byte %u of the row is zero, which no text has."),
                     (guint)(bad - raw) + 1);
  else
    g_string_printf (self->problem,
                     _ ("Byte %u of the row is not valid UTF-8. Choose another encoding."),
                     (guint)(bad - raw) + 1);
  return FALSE;
}

static gboolean
check_columns (IwRecordReader *self)
{
  guint expected = self->columns->len - 1;

  if (self->too_many > 0)
    {
      g_string_printf (self->problem, _ ("The row has more than %d columns."),
                       IW_RECORD_MAX_COLUMNS);
      return FALSE;
    }
  for (guint i = expected; i < self->fields->len; i++)
    if (g_array_index (self->fields, IwSlice, i).length > 0)
      {
        g_string_printf (self->problem,
                         _ ("The row has %u columns where the header has %u. A quote or a "
                            "separator may be wrong."),
                         self->fields->len, expected);
        return FALSE;
      }
  /* An index that was made of short rows can still be read. */
  if (self->reading && !self->may_be_short && self->fields->len < expected)
    {
      g_string_printf (self->problem, _ ("The row has %u of %u columns."), self->fields->len,
                       expected);
      return FALSE;
    }
  return TRUE;
}

static void
deliver (IwRecordReader *self, const char *raw, gsize length, gboolean good)
{
  IwRecord *record = &self->record;

  record->raw = raw;
  record->raw_length = length;
  record->fields = (const IwSlice *)self->fields->data;
  record->n_fields = good ? MIN (self->fields->len, self->columns->len - 1) : 0;
  record->problem = good ? NULL : self->problem->str;
}

/* Takes what the grammar found at @start as the next record. */
static void
take (IwRecordReader *self, const char *start, const IwSpan *span)
{
  const char *raw = start + span->start;
  gboolean good = check_text (self, raw, span->length);

  if (self->layout != IW_LAYOUT_TABLE)
    good = good && iw_record_json_parse (self, raw, span->length);
  else
    good = good && check_columns (self);
  deliver (self, raw, span->length, good);
}

static gint64
count_lines (const char *start, gsize length)
{
  const char *end = start + length;
  gint64 n = 0;

  while ((start = memchr (start, '\n', end - start)) != NULL)
    {
      n++;
      start++;
    }
  return n;
}

static gboolean
is_blank (const char *start, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (start[i] != ' ' && start[i] != '\t' && start[i] != '\r')
      return FALSE;
  return TRUE;
}

/* ---- the next record ---- */

static IwParse
parse_line (IwRecordReader *self, const char *start, const char *end, IwSpan *span)
{
  const char *newline = memchr (start, '\n', end - start);

  if (newline == NULL && !self->eof)
    return IW_PARSE_MORE;
  span->start = 0;
  span->consumed = newline != NULL ? newline + 1 - start : end - start;
  span->length = newline != NULL ? newline - start : end - start;
  if (span->length > 0 && start[span->length - 1] == '\r')
    span->length--;
  return IW_PARSE_RECORD;
}

static IwParse
parse (IwRecordReader *self, const char *start, const char *end, IwSpan *span)
{
  switch (self->layout)
    {
    case IW_LAYOUT_TABLE:
      return iw_record_table_parse (self, start, end, self->buffer_offset + self->at, self->eof,
                                    span);
    case IW_LAYOUT_JSON_LINES:
      return parse_line (self, start, end, span);
    default:
      return iw_record_json_find (self, start, end, self->eof, span);
    }
}

/* Gives up on the record at the front: its first line is refused, reading goes on behind it. */
static gboolean
refuse_line (IwRecordReader *self, const char *problem, GError **error)
{
  const char *start = self->buffer + self->at;
  const char *newline = memchr (start, '\n', self->filled - self->at);
  gsize kept = MIN (self->filled - self->at, RAW_OF_TOO_LONG);
  gint64 length;

  g_string_assign (self->problem, problem);
  g_array_set_size (self->fields, self->layout == IW_LAYOUT_TABLE ? 0 : self->fields->len);
  if (newline != NULL || self->eof)
    {
      length = (newline != NULL ? newline : self->buffer + self->filled) - start;
      self->at += length + (newline != NULL);
      deliver (self, start, MIN (kept, (gsize)length), FALSE);
      self->record.length = length;
      self->line += newline != NULL;
      return TRUE;
    }

  /* The line goes on beyond the limit: keep its beginning, drop the rest of it. */
  memcpy (self->scratch, start, kept);
  length = self->filled - self->at;
  while (newline == NULL && !self->eof)
    {
      self->at = self->filled;
      if (!iw_record_reader_refill (self, error))
        return FALSE;
      newline = memchr (self->buffer, '\n', self->filled);
      length += newline != NULL ? newline - self->buffer : (gssize)self->filled;
      self->at = newline != NULL ? newline + 1 - self->buffer : (gssize)self->filled;
    }
  deliver (self, self->scratch, kept, FALSE);
  self->record.length = length;
  self->line += newline != NULL;
  return TRUE;
}

static gboolean
refuse_open (IwRecordReader *self, GError **error)
{
  const char *problem;

  if (self->layout != IW_LAYOUT_TABLE)
    problem = _ ("Not valid JSON: no object begins here, or it is not closed.");
  else
    {
      problem = _ ("A quote is opened that is never closed.");
      if (self->eof)
        self->no_close_until = G_MAXINT64;
    }
  return refuse_line (self, problem, error);
}

static gboolean
refuse_long (IwRecordReader *self, GError **error)
{
  g_autofree char *size = g_format_size (IW_RECORD_MAX_LENGTH);
  g_autofree char *problem = g_strdup_printf (
      /* Translators: %s is a size such as “16.8 MB” */
      _ ("The row is longer than %s, or a quote is opened that is never closed."), size);

  if (memchr (self->buffer + self->at, '"', self->filled - self->at) != NULL)
    self->no_close_until = self->buffer_offset + self->filled;
  return refuse_line (self, problem, error);
}

/* Leaves out what is no part of any record: punctuation of a JSON document. */
static void
step_over (IwRecordReader *self, gsize n)
{
  self->line += count_lines (self->buffer + self->at, n);
  self->at += n;
  self->record.line = self->line;
  self->record.offset = self->buffer_offset + self->at;
}

/* The next record with its place in the file; FALSE at the end or on error. */
gboolean
iw_record_reader_advance (IwRecordReader *self, GError **error)
{
  for (;;)
    {
      const char *start = self->buffer + self->at;
      gsize available = self->filled - self->at;
      IwSpan span;
      IwParse result;

      if (available == 0 && self->eof)
        return FALSE;
      self->record.line = self->line;
      self->record.offset = self->buffer_offset + self->at;
      result = available == 0 ? IW_PARSE_MORE : parse (self, start, start + available, &span);
      switch (result)
        {
        case IW_PARSE_MORE:
          if (available >= IW_RECORD_MAX_LENGTH)
            return refuse_long (self, error);
          if (!iw_record_reader_refill (self, error))
            return FALSE;
          continue;
        case IW_PARSE_OPEN:
          if (self->layout != IW_LAYOUT_TABLE)
            step_over (self, span.start);
          return refuse_open (self, error);
        case IW_PARSE_END:
          self->at = self->filled;
          return FALSE;
        case IW_PARSE_SKIP:
          step_over (self, span.consumed);
          continue;
        default:
          break;
        }
      self->at += span.consumed;
      self->record.line += count_lines (start, span.start);
      self->line += count_lines (start, span.consumed);
      if (is_blank (start + span.start, span.length))
        continue;
      self->record.offset += span.start;
      self->record.length = span.length;
      if (span.length > IW_RECORD_MAX_LENGTH)
        {
          g_autofree char *size = g_format_size (IW_RECORD_MAX_LENGTH);

          g_string_printf (self->problem, _ ("The row is longer than %s."), size);
          deliver (self, start + span.start, RAW_OF_TOO_LONG, FALSE);
        }
      else
        take (self, start, &span);
      return TRUE;
    }
}

gboolean
iw_record_reader_next (IwRecordReader *self, const IwRecord **record, GError **error)
{
  gboolean more;

  self->reading = TRUE;
  more = iw_record_reader_advance (self, error);
  self->reading = FALSE;
  if (!more)
    return FALSE;
  self->record.row = ++self->row;
  *record = &self->record;
  return TRUE;
}

/* ---- reading again ---- */

/* Brings a piece of the file into the window. Passes over a file in order of time are mostly in
 * order of place: then the window reads ahead, else it reads no more than it must. */
static gboolean
load_window (IwRecordReader *self, gint64 offset, gint64 length, GError **error)
{
  gboolean ahead = offset >= self->window_next && offset - self->window_next < WINDOW_SIZE / 4;
  gsize wanted = ahead ? MAX ((gsize)length, WINDOW_SIZE) : (gsize)length;
  gsize got = 0;

  self->window_next = offset + length;
  if (self->window_filled > 0 && offset >= self->window_offset &&
      offset + length <= self->window_offset + (gint64)self->window_filled)
    return TRUE;
  iw_record_reader_grow (&self->window, &self->window_capacity, wanted);
  iw_record_reader_grow (&self->scratch, &self->scratch_capacity, self->window_capacity);
  while (got < wanted)
    {
      gssize n = pread (self->fd, self->window + got, wanted - got, offset + got);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return iw_record_reader_set_io_error (error, _ ("The file cannot be read"));
      if (n == 0)
        break;
      got += n;
    }
  self->window_offset = offset;
  self->window_filled = got;
  if (got >= (gsize)length)
    return TRUE;
  g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                       _ ("The file is shorter than it was when it was imported."));
  return FALSE;
}

/* Parses a record whose end is known, whatever reading on has found out about what follows it. */
static gboolean
parse_exactly (IwRecordReader *self, const char *start, gsize length)
{
  gint64 no_close_until = self->no_close_until;
  IwSpan span;
  IwParse result;

  self->exact = TRUE;
  self->no_close_until = 0;
  result = iw_record_table_parse (self, start, start + length, 0, TRUE, &span);
  self->no_close_until = no_close_until;
  self->exact = FALSE;
  return result == IW_PARSE_RECORD;
}

gboolean
iw_record_reader_read_at (IwRecordReader *self,
                          gint64 row,
                          gint64 offset,
                          gint64 length,
                          const IwRecord **record,
                          GError **error)
{
  IwSpan span = { 0, length, length };
  const char *start;

  if (offset < 0 || length < 0 || length > IW_RECORD_MAX_LENGTH)
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                           _ ("The index points outside the file. Build it again."));
      return FALSE;
    }
  if (!load_window (self, offset, length, error))
    return FALSE;
  start = self->window + (offset - self->window_offset);
  self->record.row = row;
  self->record.line = 0;
  self->record.offset = offset;
  self->record.length = length;
  if (self->layout == IW_LAYOUT_TABLE && !parse_exactly (self, start, length))
    {
      g_string_assign (self->problem, _ ("A quote is opened that is never closed."));
      deliver (self, start, length, FALSE);
    }
  else
    take (self, start, &span);
  *record = &self->record;
  return TRUE;
}

void
iw_record_reader_free (IwRecordReader *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->buffer);
  g_free (self->window);
  g_free (self->scratch);
  g_ptr_array_unref (self->columns);
  g_hash_table_unref (self->column_numbers);
  g_array_unref (self->fields);
  g_array_unref (self->touched);
  g_string_free (self->key, TRUE);
  g_string_free (self->problem, TRUE);
  g_free (self);
}

gint64
iw_record_reader_get_preamble (IwRecordReader *self)
{
  return self->preamble;
}

gint64
iw_record_reader_get_position (IwRecordReader *self)
{
  return self->buffer_offset + self->at;
}

gint64
iw_record_reader_get_size (IwRecordReader *self)
{
  return self->size;
}
