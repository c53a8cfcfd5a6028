/* iw-evidence-detail.h: one evidence file in full: what it is, how it was collected, its chain of
 * custody. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-evidence-page.h"

G_BEGIN_DECLS

#define IW_TYPE_EVIDENCE_DETAIL (iw_evidence_detail_get_type ())
G_DECLARE_FINAL_TYPE (IwEvidenceDetail, iw_evidence_detail, IW, EVIDENCE_DETAIL, AdwNavigationPage)

/* @page: whose it is. It goes when the document does. (transfer floating) */
AdwNavigationPage *
iw_evidence_detail_new (IwLiveIncident *live, IwEvidencePage *page, const char *docid);
const char *iw_evidence_detail_get_docid (IwEvidenceDetail *self);

G_END_DECLS
