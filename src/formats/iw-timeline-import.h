/* iw-timeline-import.h: from a file to a machine timeline or to entries.
 *
 * Three steps, so that a person sees what will happen: probe (copy, hash, detect), dry run (read
 * every row and count), commit. Synchronous, any one thread; the application runs it on its worker.
 * Foreign files are hostile: sizes are limited, nothing is dropped without a reason.
 */
#pragma once

#include "iw-mapping.h"
#include "iw-store.h"
#include "iw-event-index.h"
#include "iw-blobs.h"

G_BEGIN_DECLS

#define IW_IMPORT_ERROR (iw_import_error_quark ())
typedef enum
{
  IW_IMPORT_ERROR_UNREADABLE, /* not a text table: binary, a broken archive, an unknown encoding */
  IW_IMPORT_ERROR_EMPTY,
  IW_IMPORT_ERROR_MAPPING,   /* the mapping lacks a time column, or names one that is not there */
  IW_IMPORT_ERROR_ZONE,      /* times without zone, and none given */
  IW_IMPORT_ERROR_DUPLICATE, /* this very file is evidence of this incident already */
  IW_IMPORT_ERROR_TOO_MANY,  /* more rows than can be entries: import as evidence */
} IwImportError;
GQuark
iw_import_error_quark (void); /* for IW_IMPORT_ERROR alone */

typedef enum
{
  IW_IMPORT_AS_EVIDENCE, /* machine timeline: the file is kept, its rows are indexed */
  IW_IMPORT_AS_ENTRIES,  /* each row becomes an entry that people can edit */
} IwImportTarget;

typedef struct
{
  gint64 rows; /* records after the header */
  gint64 good; /* includes duplicates when the target is evidence */
  gint64
      duplicates; /* same record earlier in the file, or (entries) an equal entry already there */
  gint64 rejected;
  gint64 first, last; /* µs, of the good ones */
  gint64 decisions;   /* entries only: good ones that are decisions; say so, for the incident
                         changes with them */
} IwImportCounts;

#define IW_TYPE_TIMELINE_IMPORT (iw_timeline_import_get_type ())
G_DECLARE_FINAL_TYPE (IwTimelineImport, iw_timeline_import, IW, TIMELINE_IMPORT, GObject)

/* Step 1: stages a copy of @file in the workspace (hash while copying), decodes it where it is gzip
 * or not UTF-8, and detects format, encoding, delimiter, columns and mapping. Unreferencing removes
 * what was staged and not committed. */
IwTimelineImport *
iw_timeline_import_probe (IwStore *store,
                          GFile *file,
                          IwProgressFunc progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);

const char *
iw_timeline_import_get_name (IwTimelineImport *self); /* the file's name */
const char *
iw_timeline_import_get_sha256 (IwTimelineImport *self); /* of the file as it came, before decoding */
gint64
iw_timeline_import_get_length (IwTimelineImport *self); /* bytes of that */
const char *
iw_timeline_import_get_encoding (
    IwTimelineImport *self); /* "UTF-8", "UTF-16LE", "WINDOWS-1252"; "+gzip" shown apart */
/* FALSE where the encoding is the one that remains when the bytes are not UTF-8: ask the person. */
gboolean
iw_timeline_import_get_encoding_certain (IwTimelineImport *self);
/* Whether the file is gzip. */
gboolean
iw_timeline_import_get_compressed (IwTimelineImport *self);
/* Decodes again with another encoding, and detects again. */
gboolean
iw_timeline_import_set_encoding (IwTimelineImport *self, const char *encoding, GError **error);
/* What was detected and may be changed before the dry run. (transfer none) */
const IwMapping *
iw_timeline_import_get_mapping (IwTimelineImport *self);
/* Copies @mapping and forgets the dry run. Columns and preview are read again, none where it makes no table
 * of the file; another format than before gives the columns their usual roles where they have none. */
void
iw_timeline_import_set_mapping (IwTimelineImport *self, const IwMapping *mapping);
/* (transfer none), NULL-terminated; until the next change of mapping or encoding. */
const char *const *
iw_timeline_import_get_columns (IwTimelineImport *self);
/* Lines above the table that are none of it ("# export of fw01"), and are left out. */
gint64
iw_timeline_import_get_preamble (IwTimelineImport *self);
/* The first records as arrays of column values. (element-type GStrv) (transfer none) */
GPtrArray *
iw_timeline_import_get_preview (IwTimelineImport *self);
/* Whether sampled times have no zone, so that it must be asked. */
gboolean
iw_timeline_import_needs_zone (IwTimelineImport *self);
/* Another target than before forgets the dry run. */
IwImportTarget
iw_timeline_import_get_target (IwTimelineImport *self);
void
iw_timeline_import_set_target (IwTimelineImport *self, IwImportTarget target);
/* Entries only: also import duplicates. Default FALSE. */
void
iw_timeline_import_set_keep_duplicates (IwTimelineImport *self, gboolean keep);

/* Step 2: reads every row. IW_IMPORT_ERROR_MAPPING, _DUPLICATE (a stored copy that is damaged or
 * missing is then put back from this file), _TOO_MANY; G_IO_ERROR_CANCELLED.
 * @incident: the incident it goes to (to find duplicates), a UUID; may be NULL for an incident
 * still to be made. */
gboolean
iw_timeline_import_dry_run (IwTimelineImport *self,
                            const char *incident,
                            IwImportCounts *counts,
                            IwProgressFunc progress,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error);
/* Rejected rows of the dry run. (element-type IwReject) (transfer full) */
GPtrArray *
iw_timeline_import_get_rejects (IwTimelineImport *self, guint offset, guint n, GError **error);
/* Writes them all as CSV: file,line,row,field,reason,value. */
gboolean
iw_timeline_import_export_rejects (IwTimelineImport *self,
                                   GOutputStream *output,
                                   GCancellable *cancellable,
                                   GError **error);

/* Step 3, after a dry run with the same mapping: one user action, undone in one step. Whole or not
 * at all, also under kill -9. @docid_out (optional, transfer full): the evidence document, NULL for
 * entries. */
gboolean
iw_timeline_import_commit (IwTimelineImport *self,
                           const char *incident,
                           char **docid_out,
                           IwProgressFunc progress,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);

/* Builds the index of an evidence document whose file is here and whose index is not. */
gboolean
iw_timeline_import_rebuild (IwStore *store,
                            const char *evidence_docid,
                            IwProgressFunc progress,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error);

/* Every field of an event and its raw row, read back from the evidence file. (transfer full)
 * @raw (out, transfer full): the record as it stands in the (decoded) file. */
typedef struct
{
  char *name;
  char *value;
} IwField;
void
iw_field_free (IwField *field);
/* (element-type IwField), in the order of the columns; empty ones are left out. */
GPtrArray *
iw_timeline_import_read_fields (IwStore *store,
                                const char *evidence_docid,
                                const IwEvent *event,
                                char **raw,
                                GError **error);

G_END_DECLS
