/* iw-evidence-export-private.h: an export between its steps; private to this folder. */
#pragma once

#include "iw-evidence-export.h"
#include "iw-evidence-package.h"
#include "iw-evidence.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* One chosen file. */
typedef struct
{
  IwEvidence *evidence;
  char *file;           /* in the package */
  char *reason;         /* why it is withheld; NULL while it is not */
  GPtrArray *approvals; /* (element-type IwEntry) of the situation */
} IwEvidenceExportFile;

typedef struct
{
  IwStore *store;
  const char *incident;
  const IwEvidenceExport *options;
  IwSituation *situation;
  GPtrArray *files; /* IwEvidenceExportFile */
  char *release;    /* the entry's id */
  gint64 now;
  IwEvidencePackage *package;
  char manifest_sha256[65];

  IwProgressFunc progress;
  gpointer data;
  gint64 done, total;
} IwEvidenceExporting;

/* The ids of what is exported (or withheld) now. (transfer full) */
char **iw_evidence_exporting_ids (IwEvidenceExporting *self, gboolean withheld);
/* The ids of the approvals that let it go, each once. (transfer full) */
char **iw_evidence_exporting_approvals (IwEvidenceExporting *self);

/* manifest.json. (transfer full) */
char *iw_evidence_manifest (IwEvidenceExporting *self);
/* WITHHELD.txt; NULL where nothing is. (transfer full) */
char *iw_evidence_withheld_text (IwEvidenceExporting *self);

G_END_DECLS
