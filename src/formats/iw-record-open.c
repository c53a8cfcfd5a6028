/* iw-record-open.c: opening a file of records: its layout, and its header */
#include "iw-record-reader-private.h"

#include "iw-timeline-import.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define BUFFER_SIZE (1024 * 1024)
#define PREAMBLE_MAX 20      /* lines */
#define PREAMBLE_AGREEING 10 /* lines that must look like the table */

static void
skip_byte_order_mark (IwRecordReader *self)
{
  if (self->filled - self->at >= 3 && memcmp (self->buffer + self->at, "\xef\xbb\xbf", 3) == 0)
    self->at += 3;
}

/* Spreadsheets may tell the separator in a first line of its own: "sep=;". */
static void
skip_separator_line (IwRecordReader *self)
{
  const char *p = self->buffer + self->at;
  gsize n = self->filled - self->at;
  gsize length = 5;

  if (n < 6 || g_ascii_strncasecmp (p, "sep=", 4) != 0)
    return;
  if (p[length] == '\r')
    length++;
  if (length < n && p[length] == '\n')
    {
      self->at += length + 1;
      self->line++;
    }
}

/* ---- lines above the table ---- */

typedef struct
{
  gsize start, next; /* from where reading stands */
  guint fields;      /* 0 for a blank line */
  gboolean comment;
} Line;

static gboolean
look_at_line (IwRecordReader *self, gsize start, Line *line)
{
  const char *text = self->buffer + self->at;
  gsize available = self->filled - self->at;
  const char *newline = start < available ? memchr (text + start, '\n', available - start) : NULL;
  gsize end = newline != NULL ? (gsize)(newline - text) : available;
  gboolean quoted = FALSE, blank = TRUE;

  if (start >= available)
    return FALSE;
  *line = (Line){ .start = start,
                  .next = newline != NULL ? end + 1 : available,
                  .fields = 1,
                  .comment = text[start] == '#' };
  for (gsize i = start; i < end; i++)
    {
      if (text[i] == '"' && self->quoting)
        quoted = !quoted;
      else if (text[i] == self->delimiter && !quoted)
        line->fields++;
      blank = blank && g_ascii_isspace (text[i]);
    }
  if (blank)
    line->fields = 0;
  return TRUE;
}

/* Whether the lines after @line have as many fields as it. */
static gboolean
begins_table (IwRecordReader *self, const Line *line)
{
  Line next = *line;
  guint n = 0;

  while (n < PREAMBLE_AGREEING && look_at_line (self, next.next, &next))
    {
      if (next.fields != line->fields && next.fields != 0)
        return FALSE;
      n++;
    }
  return n > 0;
}

/* "# export of fw01", or a title, above the header. A comment with as many fields as the table is
 * its header: "#time,host,message". */
static void
skip_preamble (IwRecordReader *self)
{
  Line lines[PREAMBLE_MAX + 1];
  guint n = 0;

  while (look_at_line (self, n == 0 ? 0 : lines[n - 1].next, &lines[n]) &&
         (lines[n].comment || lines[n].fields < 2))
    if (++n > PREAMBLE_MAX)
      return;
  if (n == 0 || self->at + lines[n - 1].next >= self->filled)
    return;
  if (lines[n - 1].comment && lines[n - 1].fields == lines[n].fields)
    n--;
  for (guint i = 0; i < n; i++)
    /* Text that nobody marked may be rows of one column. */
    if (!lines[i].comment && lines[i].fields > 0 &&
        (lines[n].fields < 3 || !begins_table (self, &lines[n])))
      return;
  self->at += lines[n].start;
  self->line += n;
  self->preamble = n;
}

static void
name_column (IwRecordReader *self, guint number, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, strnlen (name, IW_RECORD_MAX_NAME));
  g_autofree char *stripped = g_strdup (g_strstrip (valid));
  g_autofree char *unique = NULL;

  if (*stripped == '\0')
    {
      g_free (stripped);
      stripped = g_strdup_printf ("column_%u", number + 1);
    }
  unique = g_strdup (stripped);
  for (guint i = 2; iw_record_reader_find_column (self, unique) >= 0; i++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s_%u", stripped, i);
    }
  iw_record_reader_intern (self, unique);
}

static void
name_columns (IwRecordReader *self)
{
  GArray *fields = self->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      IwSlice *slice = &g_array_index (fields, IwSlice, i);
      g_autofree char *name =
          self->header ? g_utf8_make_valid (slice->data, slice->length) : g_strdup ("");

      name_column (self, i, name);
    }
}

/* The names of a table's columns: from its header, or as many as its first record has. */
static gboolean
read_header (IwRecordReader *self, GError **error)
{
  static const char *const tln[] = {
    "Time", "Source", "Host", "User", "Description", "TZ", "Notes"
  };
  g_autoptr (GError) local = NULL;

  if (!iw_record_reader_advance (self, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY,
                             _ ("The file is empty."));
      return FALSE;
    }
  /* A header has no columns to be compared with; without fields, it was no record. */
  if (self->fields->len == 0 || self->too_many > 0)
    {
      g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                   _ ("The header cannot be read: %s"), self->problem->str);
      return FALSE;
    }
  if (!self->header && self->max_fields > 0)
    for (guint i = 0; i < MIN (self->fields->len, G_N_ELEMENTS (tln)); i++)
      name_column (self, i, tln[i]);
  else
    name_columns (self);
  if (!self->header)
    {
      /* The buffer may have moved on to the record, but never beyond its beginning. */
      self->at = self->record.offset - self->buffer_offset;
      self->line = self->record.line;
    }
  return TRUE;
}

static void
set_table (IwRecordReader *self, const IwMapping *mapping)
{
  char delimiter = iw_mapping_get_delimiter (mapping);

  self->layout = IW_LAYOUT_TABLE;
  self->delimiter = delimiter != 0 ? delimiter : ',';
  self->quoting = TRUE;
  self->header = iw_mapping_get_header (mapping);
  if (iw_mapping_get_format (mapping) == IW_FORMAT_PLASO_TLN)
    self->quoting = FALSE;
  /* TLN ends where there is nothing more to say; DFIR-IRIS exports quotes that are not doubled, so
   * that two fields may look like one. */
  self->may_be_short = iw_mapping_get_format (mapping) == IW_FORMAT_PLASO_TLN ||
                       iw_mapping_get_format (mapping) == IW_FORMAT_IRIS_EXPORT_CSV;
  self->stop[(guchar)self->delimiter] = 1;
  self->stop['\r'] = 1;
  self->stop['\n'] = 1;
}

/* TLN does not quote: what is too much belongs to the description, or (l2ttln) to the notes. */
static void
set_tln_fields (IwRecordReader *self)
{
  const char *start = self->buffer + self->at;
  const char *end = memchr (start, '\n', self->filled - self->at);
  guint n = 1;

  for (const char *p = start; p < (end ? end : self->buffer + self->filled); p++)
    n += *p == self->delimiter;
  self->max_fields = n >= 7 ? 7 : 5;
}

IwRecordReader *
iw_record_reader_open (const char *path, const IwMapping *mapping, GError **error)
{
  g_autoptr (IwRecordReader) self = g_new0 (IwRecordReader, 1);
  IwFormat format = iw_mapping_get_format (mapping);
  struct stat st;

  self->line = 1;
  self->columns = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->columns, NULL);
  self->column_numbers = g_hash_table_new (g_str_hash, g_str_equal);
  self->fields = g_array_new (FALSE, TRUE, sizeof (IwSlice));
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint));
  self->key = g_string_new (NULL);
  self->problem = g_string_new (NULL);
  self->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (self->fd < 0 || fstat (self->fd, &st) < 0)
    {
      iw_record_reader_set_io_error (error, path);
      return NULL;
    }
  self->size = st.st_size;
  iw_record_reader_grow (&self->buffer, &self->capacity, BUFFER_SIZE);
  iw_record_reader_grow (&self->scratch, &self->scratch_capacity, BUFFER_SIZE);
  if (!iw_record_reader_refill (self, error))
    return NULL;
  skip_byte_order_mark (self);
  if (iw_format_is_json (format))
    {
      self->layout =
          iw_record_json_is_document (self->buffer + self->at, self->buffer + self->filled)
              ? IW_LAYOUT_JSON_DOCUMENT
              : IW_LAYOUT_JSON_LINES;
      return g_steal_pointer (&self);
    }
  set_table (self, mapping);
  skip_separator_line (self);
  skip_preamble (self);
  if (format == IW_FORMAT_PLASO_TLN)
    set_tln_fields (self);
  if (!read_header (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
