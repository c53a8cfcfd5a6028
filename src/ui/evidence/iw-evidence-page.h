/* iw-evidence-page.h: the Evidence tab of an incident: its files, their chains of custody, in and
 * out (process.md E2, E3). Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_EVIDENCE_PAGE (iw_evidence_page_get_type ())
G_DECLARE_FINAL_TYPE (IwEvidencePage, iw_evidence_page, IW, EVIDENCE_PAGE, AdwBin)

/* (transfer floating) */
GtkWidget *iw_evidence_page_new (IwLiveIncident *live);
/* @place: "evidence" for the list, or the id of an evidence document for its page. */
void iw_evidence_page_goto (IwEvidencePage *self, const char *place);

G_END_DECLS
