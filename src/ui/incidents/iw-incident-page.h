/* iw-incident-page.h: one incident: its name, the state that its decisions add up to, and its tabs.
 *
 * Widgets anywhere in it may activate "incident.form" (ss): a kind of form and its subject, "" if
 * none; "incident.again" (s): the id of a decision to take again; "incident.edit" (s): the id of a
 * document; "incident.goto" (s): a place of iw-gap.h or the id of a document. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-timeline-page.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_INCIDENT_PAGE (iw_incident_page_get_type ())
G_DECLARE_FINAL_TYPE (IwIncidentPage, iw_incident_page, IW, INCIDENT_PAGE, AdwNavigationPage)

/* Signals: "gone": the incident is no longer there (its creation was undone).
 *          "tab-shown" (char *tab): the person brought up another one. */

/* @incident: a UUID. @tab: what it begins with ("overview", …); NULL: the timeline. */
AdwNavigationPage *
iw_incident_page_new (IwWorkspace *workspace, const char *incident, const char *tab);
const char *iw_incident_page_get_incident (IwIncidentPage *self);
/* Brings up the timeline. (transfer none) */
IwTimelinePage *iw_incident_page_get_timeline (IwIncidentPage *self);
/* Brings up the timeline at a row. */
void iw_incident_page_show_key (IwIncidentPage *self, const char *key);
/* Brings up a tab: "overview", "timeline" …; others are ignored. */
void iw_incident_page_show (IwIncidentPage *self, const char *tab);
/* Brings up a place of iw-gap.h, or where a document is shown by its id; others are ignored. */
void iw_incident_page_goto (IwIncidentPage *self, const char *place);
/* Puts the keyboard into the search of the tab that is shown; where it has none, of the timeline.
 */
void iw_incident_page_focus_find (IwIncidentPage *self);
/* Brings up the timeline with the keyboard there. */
void iw_incident_page_focus_quick_entry (IwIncidentPage *self);

G_END_DECLS
