/* iw-timeline-import-private.h: the state of an import between its steps */
#pragma once

#include "iw-event-writer.h"
#include "iw-import-passes.h"
#include "iw-staged.h"
#include "iw-timeline-import.h"

G_BEGIN_DECLS

#define IW_IMPORT_MAX_ENTRIES 50000 /* more rows than that are a machine timeline */

struct _IwTimelineImport
{
  GObject parent_instance;

  IwStore *store;
  char *name;   /* the file's */
  char *origin; /* where it was */
  char sha256[65];
  gint64 length;

  IwStaged *file;     /* the staged copy; NULL once it is a blob */
  char *file_path;    /* of the copy or the blob */
  IwStaged *inflated; /* where the file is gzip */
  IwStaged *text;     /* where it is not UTF-8 */
  gboolean gzip;
  char *encoding;
  gboolean encoding_certain;

  IwMapping *mapping;
  char **columns;
  GPtrArray *preview;
  gint64 preamble; /* lines above the table */
  gboolean needs_zone;
  IwImportTarget target;
  gboolean keep_duplicates;

  /* what the dry run leaves */
  gboolean ran;
  IwEventWriter *writer;
  IwImportCounts counts;
  gint64 naive;
  char **all_columns;
  GPtrArray *entries; /* (element-type IwEntry) to be imported */
  char *docid;        /* the evidence document, once it is committed */
};

/* The text that rows are read from. */
const char *
iw_timeline_import_text_path (IwTimelineImport *self);
/* The staged decoded text; NULL where the file itself is read. */
IwStaged *
iw_timeline_import_decoded (IwTimelineImport *self);
/* Detects format, columns, mapping, and what may be asked about them. */
gboolean
iw_timeline_import_detect (IwTimelineImport *self, GError **error);
/* Brings the text into UTF-8 where it is not. */
gboolean
iw_timeline_import_convert (IwTimelineImport *self,
                            const char *encoding,
                            const IwPassControl *control,
                            GError **error);
/* Reads the columns and the first records again, with the present mapping. */
gboolean
iw_timeline_import_load_preview (IwTimelineImport *self, GError **error);
/* Whether a sampled time lacks a zone. */
gboolean
iw_timeline_import_sample_zone (IwTimelineImport *self);
/* Forgets the dry run. */
void
iw_timeline_import_forget (IwTimelineImport *self);

/* Steps 2 and 3 for each target; errors as iw_timeline_import_dry_run() and iw_timeline_import_commit() have them. */
gboolean
iw_timeline_import_run_evidence (IwTimelineImport *self,
                                 const char *incident,
                                 const IwPassControl *control,
                                 GError **error);
gboolean
iw_timeline_import_commit_evidence (IwTimelineImport *self,
                                    const char *incident,
                                    const IwPassControl *control,
                                    GError **error);
gboolean
iw_timeline_import_run_entries (IwTimelineImport *self,
                                const char *incident,
                                const IwPassControl *control,
                                GError **error);
gboolean
iw_timeline_import_commit_entries (IwTimelineImport *self, const char *incident, const IwPassControl *control, GError **error);

G_END_DECLS
