/* iw-briefing-page.h: the Overview tab: what somebody who joins at 3 a.m. must know, in one look.
 *
 * Overdue first; then what changed since this person last looked, what is in force, runs, is known
 * and is missing. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_BRIEFING_PAGE (iw_briefing_page_get_type ())
G_DECLARE_FINAL_TYPE (IwBriefingPage, iw_briefing_page, IW, BRIEFING_PAGE, AdwBin)

/* That it was looked at is remembered when it is left. */
GtkWidget *iw_briefing_page_new (IwLiveIncident *live);
/* Scrolls to its top and puts the keyboard there. @place: "overview"; others are ignored. */
void iw_briefing_page_goto (IwBriefingPage *self, const char *place);

G_END_DECLS
