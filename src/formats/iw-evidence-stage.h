/* iw-evidence-stage.h: one file on its way to being evidence; private to this folder. */
#pragma once

#include "iw-evidence-error.h"
#include "iw-blobs.h"
#include "iw-staged.h"

G_BEGIN_DECLS

/* A copy in staging/ of the workspace. */
typedef struct
{
  char *name;   /* as it may be shown: UTF-8 */
  char *origin; /* where it was */
  char *media_type;
  char sha256[65];
  gint64 length;
  IwStaged *file;
} IwEvidenceStaged;

/* Removes the copy, unless it was moved away. */
void iw_evidence_staged_free (IwEvidenceStaged *staged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEvidenceStaged, iw_evidence_staged_free)

/* The name of a file, for messages. (transfer full) */
char *iw_evidence_file_name (GFile *file);
/* The size of a regular file; an error that names it where it is none. @cancellable may be NULL. */
gboolean
iw_evidence_file_size (GFile *file, gint64 *size, GCancellable *cancellable, GError **error);

/* Copies @file into staging/ of the workspace in @dir while hashing. IW_EVIDENCE_ERROR_CHANGED
 * where it grows, shrinks or is written to meanwhile: what was copied would be a state it never
 * had. (transfer full) */
IwEvidenceStaged *iw_evidence_stage (const char *dir,
                                     GFile *file,
                                     IwProgressFunc progress,
                                     gpointer data,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
