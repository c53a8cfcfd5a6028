/* iw-incident-page.h: one incident: its name, the state that its decisions add up to, and its tabs.
 *
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-timeline-page.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_INCIDENT_PAGE (iw_incident_page_get_type ())
G_DECLARE_FINAL_TYPE (IwIncidentPage, iw_incident_page, IW, INCIDENT_PAGE, AdwNavigationPage)

/* Signal: "gone": the incident is no longer there (its creation was undone). */

/* @incident: a UUID */
AdwNavigationPage *iw_incident_page_new (IwWorkspace *workspace, const char *incident);
const char *iw_incident_page_get_incident (IwIncidentPage *self);
IwTimelinePage *iw_incident_page_get_timeline (IwIncidentPage *self); /* (transfer none) */
/* Brings up the timeline at a row. */
void iw_incident_page_show_key (IwIncidentPage *self, const char *key);

G_END_DECLS
