/* iw-live-incident.h: the situation of an open incident, kept current: what every tab shows.
 *
 * Reads in a thread and swaps, so that no tab reads the store for itself. Main thread.
 */
#pragma once

#include "iw-situation.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_LIVE_INCIDENT (iw_live_incident_get_type ())
G_DECLARE_FINAL_TYPE (IwLiveIncident, iw_live_incident, IW, LIVE_INCIDENT, GObject)

/* Signals: "changed": another situation is there (a change in the store, or a document of the
 * directory), or times are shown in another zone now. "tick": the present moved: words of clocks
 * and ages are to be written again; each minute, and at the instant that something becomes due.
 * After suspend and a changed clock it comes at once. */

/* @incident: a UUID. (transfer full) */
IwLiveIncident *iw_live_incident_new (IwWorkspace *workspace, const char *incident);
IwWorkspace *iw_live_incident_get_workspace (IwLiveIncident *self);
const char *iw_live_incident_get_incident (IwLiveIncident *self);
/* NULL until the first is read ("changed" tells). Changes made meanwhile are in the next. (transfer
 * none) */
IwSituation *iw_live_incident_get_situation (IwLiveIncident *self);
/* The zone that times are shown in now (the user's choice of UTC, local, incident). (transfer none)
 */
GTimeZone *iw_live_incident_get_zone (IwLiveIncident *self);

G_END_DECLS
