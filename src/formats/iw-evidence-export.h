/* iw-evidence-export.h: evidence of an incident leaves the workspace (process.md E2, E3).
 *
 * A folder or a .zip:
 *   files/NAME      each file under a safe name
 *   manifest.json   the incident, the release, and for each file its hash, how it was collected,
 *                   its marks, chain of custody and approvals; what was withheld, and why
 *   WITHHELD.txt    the same last part for people, where something was
 *   SHA256SUMS      of all others, as `sha256sum -c` reads it
 *
 * Marked files go only where iw_evidence_gate() lets them, asked of the situation read in the same
 * call and once more when all is copied; each file's hash is checked while it is copied. What left
 * is written down as a release entry before the package appears under its name: there is no package
 * without its record. Synchronous, any one thread; streams.
 */
#pragma once

#include "iw-blobs.h"
#include "iw-evidence-error.h"
#include "iw-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *const *items; /* evidence documents; NULL: all of the incident */
  const char *recipient;    /* who gets it: must be said, and is what approvals are looked for by */
  const char *purpose;      /* what for; may be NULL */
  const char *author;       /* who exports it; may be NULL */
  const char *path;         /* of the folder or the archive that will be */
  gboolean zip;
  gboolean replace; /* an archive that is there may be replaced; a folder never is */
} IwEvidenceExport;

/* What became of one file. */
typedef struct
{
  char *docid;
  char *name;   /* as the document has it */
  char *file;   /* in the package: "files/log.csv"; NULL: withheld */
  char *reason; /* why it was withheld, a sentence; NULL: exported */
  gint64 length;
  char *sha256;
} IwEvidenceExportItem;

typedef struct
{
  GPtrArray *items; /* (element-type IwEvidenceExportItem) in the order of the evidence */
  guint n_exported;
  char *release; /* the entry */
  char manifest_sha256[65];
} IwEvidenceExportResult;
void iw_evidence_export_result_free (IwEvidenceExportResult *result); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEvidenceExportResult, iw_evidence_export_result_free)

/* Writes it. Errors, with nothing written and nothing recorded: IW_EVIDENCE_ERROR_RECIPIENT,
 * _NOTHING (the message says why of each, to a few), _PLACE, _CHANGED (marks that came while it was
 * copied), _ARCHIVE; IW_STORE_ERROR_NOT_FOUND for an item that is no evidence of the incident;
 * G_IO_ERROR_*. Where the package cannot be put into place after its release was recorded, the
 * release is withdrawn.
 * @progress: bytes. (transfer full) */
IwEvidenceExportResult *iw_evidence_export (IwStore *store,
                                            const char *incident,
                                            const IwEvidenceExport *export,
                                            IwProgressFunc progress,
                                            gpointer data,
                                            GCancellable *cancellable,
                                            GError **error);

/* "Phished administrator evidence 2026-11-03.zip", or without ".zip": a name for a new one. @title:
 * the incident's. (transfer full) */
char *iw_evidence_export_name (const char *title, gboolean zip, gint64 now, GTimeZone *zone);

G_END_DECLS
