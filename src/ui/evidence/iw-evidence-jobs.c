#include "config.h"

#include "iw-evidence-jobs.h"

/* ---- adding ---- */

IwEvidenceAddJob *
iw_evidence_add_job_new (const char *incident, GPtrArray *files)
{
  IwEvidenceAddJob *job = g_new0 (IwEvidenceAddJob, 1);

  job->incident = g_strdup (incident);
  job->files = g_ptr_array_ref (files);
  return job;
}

void
iw_evidence_add_job_free (gpointer data)
{
  IwEvidenceAddJob *job = data;

  g_clear_pointer (&job->results, g_ptr_array_unref);
  g_ptr_array_unref (job->files);
  g_free (job->incident);
  g_free (job->collected_by);
  g_free (job->origin);
  g_free (job);
}

gboolean
iw_evidence_add_job_run (IwStore *store,
                         gpointer data,
                         IwProgressFunc progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GError **error)
{
  IwEvidenceAddJob *job = data;
  const IwEvidenceDetails details = { job->collected_at, job->collected_by, job->origin };

  job->results = iw_evidence_add (store, job->incident, job->files, &details, progress,
                                  progress_data, cancellable, error);
  return job->results != NULL;
}

/* ---- verifying ---- */

IwEvidenceVerifyJob *
iw_evidence_verify_job_new (const char *incident, const char *docid, const char *author)
{
  IwEvidenceVerifyJob *job = g_new0 (IwEvidenceVerifyJob, 1);

  job->incident = g_strdup (incident);
  job->docid = g_strdup (docid);
  job->author = g_strdup (author);
  return job;
}

void
iw_evidence_verify_job_free (gpointer data)
{
  IwEvidenceVerifyJob *job = data;

  g_clear_pointer (&job->checks, g_ptr_array_unref);
  g_free (job->incident);
  g_free (job->docid);
  g_free (job->author);
  g_free (job);
}

gboolean
iw_evidence_verify_job_run (IwStore *store,
                            gpointer data,
                            IwProgressFunc progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GError **error)
{
  IwEvidenceVerifyJob *job = data;
  const char *const one[] = { job->docid, NULL };

  job->checks = iw_evidence_verify (store, job->incident, job->docid != NULL ? one : NULL, progress,
                                    progress_data, cancellable, error);
  if (job->checks == NULL)
    return FALSE;
  if (iw_store_get_read_only (store) || job->checks->len == 0)
    return TRUE;
  return job->docid != NULL ? iw_evidence_verify_record_one (
                                  store, job->incident, job->checks->pdata[0], job->author, error)
                            : iw_evidence_verify_record_all (store, job->incident, job->checks,
                                                             job->author, error);
}

/* ---- exporting ---- */

void
iw_evidence_export_job_free (gpointer data)
{
  IwEvidenceExportJob *job = data;

  g_clear_pointer (&job->result, iw_evidence_export_result_free);
  g_strfreev (job->items);
  g_free (job->incident);
  g_free (job->recipient);
  g_free (job->purpose);
  g_free (job->author);
  g_free (job->path);
  g_free (job);
}

gboolean
iw_evidence_export_job_run (IwStore *store,
                            gpointer data,
                            IwProgressFunc progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GError **error)
{
  IwEvidenceExportJob *job = data;
  const IwEvidenceExport export = { .items = (const char *const *)job->items,
                                    .recipient = job->recipient,
                                    .purpose = job->purpose,
                                    .author = job->author,
                                    .path = job->path,
                                    .zip = job->zip,
                                    .replace = job->replace };

  job->result = iw_evidence_export (store, job->incident, &export, progress, progress_data,
                                    cancellable, error);
  return job->result != NULL;
}

/* ---- looking ---- */

void
iw_evidence_preview_job_free (gpointer data)
{
  IwEvidencePreviewJob *job = data;

  g_clear_pointer (&job->reader, iw_preview_reader_free);
  g_clear_object (&job->texture);
  g_free (job->path);
  g_free (job->text);
  g_free (job);
}

/* Decoded here, within the limits that its header was held to. */
static gboolean
load_image (IwEvidencePreviewJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (job->path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, cancellable, NULL, error);

  job->texture = bytes != NULL ? gdk_texture_new_from_bytes (bytes, error) : NULL;
  return job->texture != NULL;
}

gboolean
iw_evidence_preview_job_run (IwStore *store,
                             gpointer data,
                             IwProgressFunc progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GError **error)
{
  IwEvidencePreviewJob *job = data;

  if (!job->looked && !iw_preview_look (job->path, &job->facts, error))
    return FALSE;
  job->looked = TRUE;
  if (job->facts.kind == IW_PREVIEW_EMPTY)
    return TRUE;
  if (job->facts.kind == IW_PREVIEW_IMAGE && !job->bytes)
    return load_image (job, cancellable, error);
  if (job->reader == NULL)
    job->reader = iw_preview_reader_new (job->path, job->bytes ? IW_PREVIEW_HEX : job->facts.kind,
                                         job->facts.encoding, error);
  job->text = job->reader != NULL ? iw_preview_reader_next (job->reader, &job->more, error) : NULL;
  return job->text != NULL;
}
