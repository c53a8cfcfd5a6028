/* iw-incidents-model.h: the incidents of a workspace as a lazy list: rows are read a page at a time when
 * they are shown, so that memory does not grow with the number of incidents.
 *
 * A GListModel of IwIncidentItem. Main thread.
 */
#pragma once

#include "iw-incident-item.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_INCIDENTS_MODEL (iw_incidents_model_get_type ())
G_DECLARE_FINAL_TYPE (IwIncidentsModel, iw_incidents_model, IW, INCIDENTS_MODEL, GObject)

/* Follows the workspace's "changed". (transfer full) */
IwIncidentsModel *iw_incidents_model_new (IwWorkspace *workspace);
/* @filter: copied. */
void iw_incidents_model_set_filter (IwIncidentsModel *self, const IwIncidentsFilter *filter);
void iw_incidents_model_set_order (IwIncidentsModel *self, IwIncidentsOrder order, gboolean descending);
/* Reads again: where the same incident stays in its place its item stays too. */
void iw_incidents_model_reload (IwIncidentsModel *self);

/* The present moved: each row that was read says so, see iw_incident_item_tick(). */
void iw_incidents_model_tick (IwIncidentsModel *self);

G_END_DECLS
