#include "config.h"

#include "iw-import-work.h"

#include "iw-file-out.h"

IwImportWork *
iw_import_work_new (const char *dir, const char *author, const char *incident, GFile *file)
{
  IwImportWork *self = g_new0 (IwImportWork, 1);

  g_atomic_ref_count_init (&self->count);
  self->dir = g_strdup (dir);
  self->author = g_strdup (author);
  self->incident = g_strdup (incident);
  self->file = g_object_ref (file);
  return self;
}

IwImportWork *
iw_import_work_ref (IwImportWork *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
iw_import_work_unref (gpointer data)
{
  IwImportWork *self = data;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  /* the import removes what it staged, and needs its connection for that */
  g_clear_object (&self->import);
  g_clear_object (&self->store);
  g_clear_object (&self->file);
  g_clear_object (&self->rejects_file);
  g_clear_pointer (&self->mapping, iw_mapping_free);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_free (self->dir);
  g_free (self->author);
  g_free (self->incident);
  g_free (self->encoding);
  g_free (self->docid);
  g_free (self);
}

static void
take_detected (IwImportWork *self)
{
  g_clear_pointer (&self->mapping, iw_mapping_free);
  self->mapping = iw_mapping_copy (iw_timeline_import_get_mapping (self->import));
  self->target = iw_timeline_import_get_target (self->import);
  g_free (self->encoding);
  self->encoding = g_strdup (iw_timeline_import_get_encoding (self->import));
}

gboolean
iw_import_work_probe (IwStore *store,
                      gpointer data,
                      IwProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  IwImportWork *self = data;

  self->store = iw_store_open (self->dir, IW_STORE_OPEN_DEFAULT, NULL, error);
  if (self->store == NULL)
    return FALSE;
  iw_store_set_author (self->store, self->author);
  self->import = iw_timeline_import_probe (self->store, self->file, progress, progress_data,
                                           cancellable, error);
  if (self->import == NULL)
    return FALSE;
  take_detected (self);
  return TRUE;
}

static gboolean
set_encoding (IwImportWork *self, GError **error)
{
  if (self->encoding == NULL ||
      g_strcmp0 (self->encoding, iw_timeline_import_get_encoding (self->import)) == 0)
    return TRUE;
  return iw_timeline_import_set_encoding (self->import, self->encoding, error);
}

gboolean
iw_import_work_adjust (IwStore *store,
                       gpointer data,
                       IwProgressFunc progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  IwImportWork *self = data;
  IwImportTarget target = self->target;
  gboolean adjusted = set_encoding (self, error);

  if (adjusted)
    iw_timeline_import_set_mapping (self->import, self->mapping);
  take_detected (self);
  self->target = target;
  return adjusted;
}

gboolean
iw_import_work_dry_run (IwStore *store,
                        gpointer data,
                        IwProgressFunc progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  IwImportWork *self = data;

  iw_timeline_import_set_mapping (self->import, self->mapping);
  iw_timeline_import_set_target (self->import, self->target);
  iw_timeline_import_set_keep_duplicates (self->import, self->keep_duplicates);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  if (!iw_timeline_import_dry_run (self->import, self->incident, &self->counts, progress,
                                   progress_data, cancellable, error))
    return FALSE;
  self->rejects = iw_timeline_import_get_rejects (self->import, 0, IW_IMPORT_MAX_REJECTS, error);
  return self->rejects != NULL;
}

gboolean
iw_import_work_commit (IwStore *store,
                       gpointer data,
                       IwProgressFunc progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  IwImportWork *self = data;

  iw_timeline_import_set_keep_duplicates (self->import, self->keep_duplicates);
  return iw_timeline_import_commit (self->import, self->incident, &self->docid, progress,
                                    progress_data, cancellable, error);
}

static gboolean
write_rejects (GOutputStream *output, gpointer data, GCancellable *cancellable, GError **error)
{
  IwImportWork *self = data;

  return iw_timeline_import_export_rejects (self->import, output, cancellable, error);
}

gboolean
iw_import_work_export_rejects (IwStore *store,
                               gpointer data,
                               IwProgressFunc progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GError **error)
{
  IwImportWork *self = data;

  return iw_file_out (self->rejects_file, write_rejects, self, cancellable, error);
}
