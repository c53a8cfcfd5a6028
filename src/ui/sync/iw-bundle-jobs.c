#include "config.h"

#include "iw-bundle-jobs.h"

#include <string.h>

#include "iw-conflicts.h"

static void
forget (char *passphrase)
{
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}

void
iw_bundle_import_job_free (gpointer data)
{
  IwBundleImportJob *job = data;

  g_free (job->path);
  forget (job->passphrase);
  iw_bundle_info_free (job->info);
  g_free (job);
}

gboolean
iw_bundle_verify_job_run (IwStore *store,
                          gpointer data,
                          IwProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error)
{
  IwBundleImportJob *job = data;
  gboolean encrypted;

  if (!iw_bundle_peek (job->path, &encrypted, &job->by_passphrase, error))
    return FALSE;
  job->info = iw_bundle_verify (job->path, iw_store_get_dir (store), job->passphrase, progress,
                                progress_data, cancellable, error);
  return job->info != NULL;
}

gboolean
iw_bundle_import_job_run (IwStore *store,
                          gpointer data,
                          IwProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error)
{
  IwBundleImportJob *job = data;

  if (!iw_bundle_import (store, job->path, job->passphrase, job->allow_unsigned, &job->n_new,
                         progress, progress_data, cancellable, error))
    return FALSE;
  job->n_open = iw_conflicts_count (store);
  return TRUE;
}

void
iw_bundle_export_job_free (gpointer data)
{
  IwBundleExportJob *job = data;

  g_free (job->path);
  g_free (job->incident);
  g_free (job->signer);
  g_strfreev (job->recipients);
  forget (job->passphrase);
  g_free (job->author);
  g_free (job);
}

gboolean
iw_bundle_export_job_run (IwStore *store,
                          gpointer data,
                          IwProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error)
{
  IwBundleExportJob *job = data;
  const char *const incidents[] = { job->incident, NULL };
  const IwBundleOptions options = { .incidents = incidents,
                                    .sign = job->sign,
                                    .signer = job->signer,
                                    .recipients = (const char *const *)job->recipients,
                                    .passphrase = job->passphrase,
                                    .made_by = job->author };

  return iw_bundle_export (store, job->path, &options, progress, progress_data, cancellable, error);
}
