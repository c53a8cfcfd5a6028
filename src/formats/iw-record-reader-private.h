/* iw-record-reader-private.h: what the reader and its two grammars share */
#pragma once

#include "iw-record-reader.h"

G_BEGIN_DECLS

typedef enum
{
  IW_LAYOUT_TABLE,
  IW_LAYOUT_JSON_LINES,
  IW_LAYOUT_JSON_DOCUMENT,
} IwLayout;

typedef enum
{
  IW_PARSE_RECORD,
  IW_PARSE_MORE, /* the record goes on beyond the buffer */
  IW_PARSE_OPEN, /* a quote is opened that nothing closes */
  IW_PARSE_SKIP, /* only punctuation was consumed */
  IW_PARSE_END,  /* the document is closed */
} IwParse;

/* What a grammar found: lengths from where it was asked to begin. */
typedef struct
{
  gsize start; /* of the record; what stands before it is punctuation */
  gsize length;
  gsize consumed; /* with the line end */
} IwSpan;

struct _IwRecordReader
{
  int fd;
  gint64 size;
  IwLayout layout;
  char delimiter;
  gboolean quoting;
  gboolean header;
  guint max_fields; /* the last one takes the rest of the line; 0 for no such rule */
  guint8 stop[256]; /* bytes that end an unquoted field */

  char *buffer;
  gsize capacity, filled, at; /* @at: where the next record begins */
  gint64 buffer_offset;       /* of buffer[0] in the file */
  gboolean eof;
  gint64 preamble;       /* lines above the table */
  gboolean reading;      /* beyond the header, and not again */
  gboolean may_be_short; /* rows of the present table */
  gboolean exact;        /* the record's end is known: a carriage return there belongs to it */
  gint64 no_close_until; /* a quote opened before this offset is known not to be closed before it */
  gboolean document_begun;
  gint64 row, line;

  char *window; /* for read_at() */
  gsize window_capacity, window_filled;
  gint64 window_offset, window_next;

  char *scratch; /* unescaped text of the present record */
  gsize scratch_capacity, scratch_used;

  GPtrArray *columns; /* (char *), NULL-terminated */
  GHashTable *column_numbers;
  GArray *fields;  /* IwSlice */
  GArray *touched; /* guint: JSON fields that hold something */
  guint guess;     /* the column that a JSON key probably names */
  guint too_many;  /* fields that were beyond the limit */
  GString *key;

  IwRecord record;
  GString *problem;
};

/* Splits one table record at @start; @eof: nothing follows @end. Fills self->fields. */
IwParse
iw_record_table_parse (IwRecordReader *self,
                       const char *start,
                       const char *end,
                       gint64 offset,
                       gboolean eof,
                       IwSpan *span);

/* Finds the next object of a document of JSON. */
IwParse
iw_record_json_find (IwRecordReader *self,
                     const char *start,
                     const char *end,
                     gboolean eof,
                     IwSpan *span);
/* Whether a JSON file that begins so is one document rather than an object a line. */
gboolean
iw_record_json_is_document (const char *start, const char *end);
/* Reads the fields of one object. FALSE with self->problem set. */
gboolean
iw_record_json_parse (IwRecordReader *self, const char *start, gsize length);

/* The number of a column, which is added where it is new; -1 where there would be too many. */
int
iw_record_reader_intern (IwRecordReader *self, const char *name);

/* ---- the buffer ---- */

/* Says in @error what errno means for the file @what. Always FALSE. */
gboolean
iw_record_reader_set_io_error (GError **error, const char *what);
void
iw_record_reader_grow (char **memory, gsize *capacity, gsize wanted);
/* Reads more behind what is there; moves the present record to the front first. */
gboolean
iw_record_reader_refill (IwRecordReader *self, GError **error);
/* Makes the next record self->record, but for its row; FALSE at the end or on error. */
gboolean
iw_record_reader_advance (IwRecordReader *self, GError **error);

G_END_DECLS
