/* iw-evidence-error.h: what may go wrong with evidence files, beside what GIO and the store say. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IW_EVIDENCE_ERROR (iw_evidence_error_quark ())
typedef enum
{
  IW_EVIDENCE_ERROR_CHANGED,   /* a file changed while it was read, or the marks while it was copied
                                */
  IW_EVIDENCE_ERROR_NOTHING,   /* nothing of what was chosen may be exported, or can be */
  IW_EVIDENCE_ERROR_RECIPIENT, /* an export does not say who gets it */
  IW_EVIDENCE_ERROR_PLACE,     /* where an export is to go is no place for one */
  IW_EVIDENCE_ERROR_ARCHIVE,   /* the archive could not be written */
} IwEvidenceError;
GQuark iw_evidence_error_quark (void); /* for IW_EVIDENCE_ERROR alone */

G_END_DECLS
