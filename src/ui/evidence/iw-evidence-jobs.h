/* iw-evidence-jobs.h: what the evidence pages do in threads: IwWorkspaceJob functions and their
 * data. */
#pragma once

#include <gdk/gdk.h>

#include "iw-evidence-add.h"
#include "iw-evidence-export.h"
#include "iw-evidence-preview.h"
#include "iw-evidence-verify.h"

G_BEGIN_DECLS

typedef struct
{
  char *incident;
  GPtrArray *files; /* (element-type GFile) */
  IwTime collected_at;
  char *collected_by;
  char *origin;
  GPtrArray *results; /* (element-type IwEvidenceAdded) afterwards */
} IwEvidenceAddJob;
/* @files: referenced. The texts are the caller's to set. (transfer full) */
IwEvidenceAddJob *iw_evidence_add_job_new (const char *incident, GPtrArray *files);
void iw_evidence_add_job_free (gpointer job);
gboolean iw_evidence_add_job_run (IwStore *store,
                                  gpointer job,
                                  IwProgressFunc progress,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);

typedef struct
{
  char *incident;
  char *author;
  char *docid;       /* of the one to verify; NULL: all */
  GPtrArray *checks; /* (element-type IwEvidenceCheck) afterwards */
} IwEvidenceVerifyJob;
/* (transfer full) */
IwEvidenceVerifyJob *
iw_evidence_verify_job_new (const char *incident, const char *docid, const char *author);
void iw_evidence_verify_job_free (gpointer job);
/* Also puts the result on record, in a workspace that may be written. */
gboolean iw_evidence_verify_job_run (IwStore *store,
                                     gpointer job,
                                     IwProgressFunc progress,
                                     gpointer data,
                                     GCancellable *cancellable,
                                     GError **error);

typedef struct
{
  char *incident;
  char **items;
  char *recipient;
  char *purpose;
  char *author;
  char *path;
  gboolean zip;
  gboolean replace;
  IwEvidenceExportResult *result; /* afterwards */
} IwEvidenceExportJob;
void iw_evidence_export_job_free (gpointer job);
gboolean iw_evidence_export_job_run (IwStore *store,
                                     gpointer job,
                                     IwProgressFunc progress,
                                     gpointer data,
                                     GCancellable *cancellable,
                                     GError **error);

typedef struct
{
  char *path;
  gboolean bytes;  /* as hexadecimal digits, whatever it is */
  gboolean looked; /* facts are known already */
  IwPreviewFacts facts;
  IwPreviewReader *reader; /* NULL at first; handed on from page to page */
  char *text;              /* the page */
  gboolean more;
  GdkTexture *texture; /* of an image */
} IwEvidencePreviewJob;
void iw_evidence_preview_job_free (gpointer job);
gboolean iw_evidence_preview_job_run (IwStore *store,
                                      gpointer job,
                                      IwProgressFunc progress,
                                      gpointer data,
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
