/* iw-import-passes.h: the two passes over a text file that make an index of it; private to this
 * folder. Both stop between records when cancelled.
 */
#pragma once

#include "iw-blobs.h"
#include "iw-event-writer.h"
#include "iw-mapping.h"
#include "iw-record-reader.h"

G_BEGIN_DECLS

typedef struct
{
  IwProgressFunc func;
  gpointer data;
  GCancellable *cancellable;
} IwPassControl;

typedef struct
{
  gint64 rows;
  gint64 naive;   /* refused for want of a zone alone */
  char **columns; /* all that the file has; owned by the caller */
} IwPassResult;

/* FALSE with @error when cancelled; reports @done of @total every now and then. */
gboolean
iw_pass_step (const IwPassControl *control, gint64 n, gint64 done, gint64 total, GError **error);
/* A copy of the reader's column names. (transfer full) */
char **
iw_pass_dup_columns (IwRecordReader *reader);

/* Whether @mapping can give times to the rows of @path: IW_IMPORT_ERROR_MAPPING where not, _ZONE
 * where its zone is none. */
gboolean
iw_pass_check_mapping (const char *path, const IwMapping *mapping, GError **error);

/* First: times and places of all records. Does not end the writer's scan. */
gboolean
iw_pass_scan (const char *path,
              const IwMapping *mapping,
              IwEventWriter *writer,
              const IwPassControl *control,
              IwPassResult *result,
              GError **error);
/* Second: the texts, in order of time. @columns: those of the first pass. */
gboolean
iw_pass_index (const char *path,
               const IwMapping *mapping,
               const char *const *columns,
               IwEventWriter *writer,
               gint64 total,
               const IwPassControl *control,
               GError **error);

G_END_DECLS
