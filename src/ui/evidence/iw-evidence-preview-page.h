/* iw-evidence-preview-page.h: what is in an evidence file: text, JSON, an image, or its bytes.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-evidence.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_EVIDENCE_PREVIEW_PAGE (iw_evidence_preview_page_get_type ())
G_DECLARE_FINAL_TYPE (IwEvidencePreviewPage,
                      iw_evidence_preview_page,
                      IW,
                      EVIDENCE_PREVIEW_PAGE,
                      AdwNavigationPage)

/* (transfer floating) */
AdwNavigationPage *iw_evidence_preview_page_new (IwWorkspace *workspace, IwEvidence *evidence);

G_END_DECLS
