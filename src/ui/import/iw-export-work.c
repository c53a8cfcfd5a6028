#include "config.h"

#include "iw-export-work.h"

#include "iw-file-out.h"

IwExportWork *
iw_export_work_new (const char *incident,
                    const IwFilter *filter,
                    IwExportFormat format,
                    GTimeZone *zone,
                    GFile *file)
{
  IwExportWork *self = g_new0 (IwExportWork, 1);

  self->incident = g_strdup (incident);
  self->filter = iw_filter_copy (filter);
  self->format = format;
  self->zone = g_time_zone_ref (zone);
  self->file = g_object_ref (file);
  return self;
}

void
iw_export_work_free (gpointer data)
{
  IwExportWork *self = data;

  g_free (self->incident);
  iw_filter_free (self->filter);
  g_time_zone_unref (self->zone);
  g_object_unref (self->file);
  iw_timeline_export_counts_clear (&self->counts);
  g_free (self);
}

typedef struct
{
  IwStore *store;
  IwExportWork *work;
  IwProgressFunc progress;
  gpointer progress_data;
} Writing;

static gboolean
write_rows (GOutputStream *output, gpointer data, GCancellable *cancellable, GError **error)
{
  Writing *writing = data;
  IwExportWork *work = writing->work;

  iw_timeline_export_counts_clear (&work->counts);
  return iw_timeline_export_counted (writing->store, work->incident, work->filter, work->format,
                                     work->zone, output, &work->counts, writing->progress,
                                     writing->progress_data, cancellable, error);
}

gboolean
iw_export_work_write (IwStore *store,
                      gpointer data,
                      IwProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  IwExportWork *work = data;
  Writing writing = { store, work, progress, progress_data };

  return iw_file_out (work->file, write_rows, &writing, cancellable, error);
}
