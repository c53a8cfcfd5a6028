/* iw-export-work.h: what the export dialog does in a thread. */
#pragma once

#include "iw-filter.h"
#include "iw-store.h"
#include "iw-timeline-export.h"

G_BEGIN_DECLS

typedef struct
{
  char *incident;
  IwFilter *filter;
  IwExportFormat format;
  GTimeZone *zone;
  GFile *file;
  IwTimelineExportCounts counts; /* how many rows were written, and what was withheld */
} IwExportWork;

/* All copied or referenced. (transfer full) */
IwExportWork *iw_export_work_new (const char *incident,
                                  const IwFilter *filter,
                                  IwExportFormat format,
                                  GTimeZone *zone,
                                  GFile *file);
void iw_export_work_free (gpointer self);

/* An IwWorkspaceJob; its data is the work. A file of that name stays as it was unless all is
 * written. */
gboolean iw_export_work_write (IwStore *store,
                               gpointer self,
                               IwProgressFunc progress,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
