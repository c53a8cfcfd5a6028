/* iw-record-reader.h: the records of a text table or of JSON, one after the other.
 *
 * Streams a UTF-8 file through a sliding buffer. Tables follow RFC 4180, leniently: line breaks and
 * doubled quotes inside quotes, quotes in the middle of a field, a quote inside a quoted field that
 * was not doubled (DFIR-IRIS writes such). A row must have all columns of the header; more of them
 * may only be empty. JSON is an object a line, or one document: an array of
 * objects, or an object of events as plaso writes it. Objects within objects become columns "a.b";
 * arrays stay JSON text; numbers keep their spelling.
 *
 * What is no record still comes back, with its problem in words: nothing is skipped but blank
 * lines. One thread at a time.
 */
#pragma once

#include "iw-mapping.h"

G_BEGIN_DECLS

#define IW_RECORD_MAX_LENGTH (16 * 1024 * 1024) /* bytes */
#define IW_RECORD_MAX_COLUMNS 10000
#define IW_RECORD_MAX_NAME 256 /* bytes of a column's name */

/* Text that is not NUL-terminated; @data is NULL where a record does not have the column. */
typedef struct
{
  const char *data;
  gsize length;
} IwSlice;

/* A record; valid until the reader is used again. */
typedef struct
{
  gint64 row;            /* 1 for the first after the header */
  gint64 line;           /* the line it begins on, 1-based; 0 from iw_record_reader_read_at() */
  gint64 offset, length; /* bytes in the file, without the line end */
  const char *raw;       /* as it stands in the file; where it is too long, only its beginning */
  gsize raw_length;
  const IwSlice *fields; /* by column */
  guint n_fields;
  const char *problem; /* why it is no record, a translated sentence; NULL where it is one */
} IwRecord;

typedef struct _IwRecordReader IwRecordReader;

/* Opens @path (UTF-8, with or without byte order mark) and reads the header where @mapping says
 * that there is one. Only format, delimiter and header of @mapping count, and it is not kept.
 * Errors: G_IO_ERROR_*; IW_IMPORT_ERROR_EMPTY where there is not even a header. (transfer full) */
IwRecordReader *
iw_record_reader_open (const char *path, const IwMapping *mapping, GError **error);
void
iw_record_reader_free (IwRecordReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwRecordReader, iw_record_reader_free)

/* The column names so far: those of JSON grow while reading. NULL-terminated, never NULL. */
const char *const *
iw_record_reader_get_columns (IwRecordReader *self, guint *n);
/* The column's number, -1 if there is none (yet). */
int
iw_record_reader_find_column (IwRecordReader *self, const char *name);
/* Names columns beforehand, as an earlier pass found them; for JSON. */
void
iw_record_reader_add_column (IwRecordReader *self, const char *name);

/* The next record. FALSE at the end, or with @error set. */
gboolean
iw_record_reader_next (IwRecordReader *self, const IwRecord **record, GError **error);
/* The record at @offset, of @length bytes, as iw_record_reader_next() gave them; @row is copied
 * into it. Does not move iw_record_reader_next(). */
gboolean
iw_record_reader_read_at (IwRecordReader *self,
                          gint64 row,
                          gint64 offset,
                          gint64 length,
                          const IwRecord **record,
                          GError **error);

/* How many lines above the table were left out: up to 20 that begin with "#" or have one field where
 * the lines below have three or more. */
gint64
iw_record_reader_get_preamble (IwRecordReader *self);
gint64
iw_record_reader_get_position (IwRecordReader *self); /* bytes read by next() */
gint64
iw_record_reader_get_size (IwRecordReader *self); /* of the file, in bytes */

G_END_DECLS
