/* iw-evidence-add.h: files become evidence of an incident (process.md E2).
 *
 * Each is hashed while it is read into the workspace, in bounded memory, and stored by content. The
 * document says what it is and how it was collected, and a custody entry begins its chain. All
 * files of a call are one user action: they are there together or not at all, and undone in one
 * step. Synchronous, any one thread; the application runs it in a job.
 */
#pragma once

#include "iw-blobs.h"
#include "iw-evidence-error.h"
#include "iw-store.h"
#include "iw-time.h"

G_BEGIN_DECLS

#define IW_EVIDENCE_MAX_FILES 1000 /* that are added in one action */

/* How the files were collected: the same for all of a call. */
typedef struct
{
  IwTime collected_at;      /* unset: now */
  const char *collected_by; /* a person's name; NULL or "": nobody is named */
  const char *origin;       /* where they are from; NULL or "": each file's own place */
} IwEvidenceDetails;

typedef enum
{
  IW_EVIDENCE_ADDED,
  IW_EVIDENCE_KNOWN,   /* the incident has this content already, or another of these files has it */
  IW_EVIDENCE_REFUSED, /* it could not be read */
} IwEvidenceOutcome;

/* What became of one file. */
typedef struct
{
  char *name; /* the file's, as it may be shown */
  IwEvidenceOutcome outcome;
  char *docid;     /* ADDED: the new document; KNOWN: the one that has the content; NULL: REFUSED */
  char sha256[65]; /* "" where REFUSED */
  gint64 length;   /* bytes */
  char *message;   /* KNOWN, REFUSED: why, a sentence; NULL else */
} IwEvidenceAdded;
void iw_evidence_added_free (IwEvidenceAdded *added);

/* Adds @files (element-type GFile) to @incident. A file that cannot be read, is a folder, or
 * changes while it is read is REFUSED, and the rest is added; content that is there already is
 * KNOWN, and where its stored copy was damaged or missing it is put back. What no file can be
 * blamed for ends it with nothing added: the disk is full, the workspace is busy, @cancellable
 * (G_IO_ERROR_CANCELLED).
 * @progress: bytes done of all files. @details may be NULL.
 * Returns a result for each file, in order. (element-type IwEvidenceAdded) (transfer full) */
GPtrArray *iw_evidence_add (IwStore *store,
                            const char *incident,
                            GPtrArray *files,
                            const IwEvidenceDetails *details,
                            IwProgressFunc progress,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
