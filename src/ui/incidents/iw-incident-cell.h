/* iw-incident-cell.h: an incident in two lines: its title, and severity, stage and age in words beside
 * the severity's shape. For the sidebar, narrow windows and the chooser. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-incident-item.h"

G_BEGIN_DECLS

#define IW_TYPE_INCIDENT_CELL (iw_incident_cell_get_type ())
G_DECLARE_FINAL_TYPE (IwIncidentCell, iw_incident_cell, IW, INCIDENT_CELL, GtkBox)

GtkWidget *iw_incident_cell_new (void);
/* Follows the item's "changed". NULL empties it. */
void iw_incident_cell_set_item (IwIncidentCell *self, IwIncidentItem *item);
/* Writes the age again. */
void iw_incident_cell_update (IwIncidentCell *self);

G_END_DECLS
