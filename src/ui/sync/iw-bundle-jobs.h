/* iw-bundle-jobs.h: work on bundles in a thread of its own, for iw_workspace_run_async(). */
#pragma once

#include "iw-bundle.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;
  char *passphrase; /* NULL: none */
  gboolean allow_unsigned;
  IwBundleInfo *info; /* of verifying */
  gboolean by_passphrase; /* of verifying, also of a failed one: a passphrase opens it */
  guint n_new;        /* of importing */
  guint n_open;       /* conflicts that are to be reviewed */
} IwBundleImportJob;
void iw_bundle_import_job_free (gpointer job);
gboolean iw_bundle_verify_job_run (IwStore *store,
                                   gpointer job,
                                   IwProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean iw_bundle_import_job_run (IwStore *store,
                                   gpointer job,
                                   IwProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error);

typedef struct
{
  char *path;
  char *incident;
  gboolean sign;
  char *signer;      /* NULL: the default key */
  char **recipients; /* NULL: none */
  char *passphrase;  /* NULL: none */
  char *author;
} IwBundleExportJob;
void iw_bundle_export_job_free (gpointer job);
gboolean iw_bundle_export_job_run (IwStore *store,
                                   gpointer job,
                                   IwProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
