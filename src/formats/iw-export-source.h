/* iw-export-source.h: the evidence file behind exported events; private to this folder. */
#pragma once

#include "iw-event-parser.h"
#include "iw-evidence.h"
#include "iw-situation.h"
#include "iw-store.h"

G_BEGIN_DECLS

typedef struct
{
  IwEvidence *evidence;
  char *withheld;    /* why its events may not leave, a sentence; NULL where they may */
  gint64 n_withheld; /* events that were left out; counted by the export */
  IwMapping *mapping;
  IwRecordReader *reader;
  IwEventParser *parser;
  int *
      targets; /* by column of the file: the column of the export, -1 for none; set by the export */
} IwExportSource;

/* Opens the file and names its columns. IW_IMPORT_ERROR_UNREADABLE, G_IO_ERROR_*. (transfer full)
 */
IwExportSource *iw_export_source_open (IwStore *store, IwEvidence *evidence, GError **error);
void iw_export_source_free (IwExportSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwExportSource, iw_export_source_free)

/* The same for a file whose events may leave according to @situation; one whose may not is not
 * opened at all, and says why in @withheld. (transfer full) */
IwExportSource *iw_export_source_open_gated (IwStore *store,
                                             IwSituation *situation,
                                             IwEvidence *evidence,
                                             GError **error);

/* The columns of the file. (transfer none) */
const char *const *iw_export_source_columns (IwExportSource *source, guint *n);
/* The record and the texts of an event, valid until the next call. */
gboolean iw_export_source_read (IwExportSource *source,
                                const IwEvent *event,
                                const IwRecord **record,
                                IwEventTexts *texts,
                                GError **error);

G_END_DECLS
