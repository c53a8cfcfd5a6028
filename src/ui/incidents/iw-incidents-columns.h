/* iw-incidents-columns.h: the columns of the table of incidents. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "iw-queries.h"

G_BEGIN_DECLS

/* Adds all columns to a table of IwIncidentItem. Their sorters only carry the user's choice: the rows
 * are sorted by the store. */
void iw_incidents_columns_add (GtkColumnView *table);
/* The order that the column headings ask for; by urgency where none is chosen. */
IwIncidentsOrder iw_incidents_columns_get_order (GtkColumnView *table, gboolean *descending);

G_END_DECLS
