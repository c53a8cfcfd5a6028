/* iw-response-page.h: the Response tab: where the response stands, and a form for each decision.
 *
 * Everything shown is that of the incident's IwSituation. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_RESPONSE_PAGE (iw_response_page_get_type ())
G_DECLARE_FINAL_TYPE (IwResponsePage, iw_response_page, IW, RESPONSE_PAGE, AdwBin)

GtkWidget *iw_response_page_new (IwLiveIncident *live);
/* Scrolls to a group and puts the keyboard there: "response" (the stage), "detection",
 * "assessment", "classification", "impact", "clocks", "escalations", "roles", "liaison"; "board"
 * and "plan" open their pages. Others are ignored. */
void iw_response_page_goto (IwResponsePage *self, const char *place);

G_END_DECLS
