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
/* As if its heading were clicked, which no key can do. @id: a column's; "": by urgency. */
void iw_incidents_columns_sort (GtkColumnView *table, const char *id, gboolean descending);
/* The id of the column that orders; "" where it is urgency. */
const char *iw_incidents_columns_get_sorted (GtkColumnView *table);
/* How many columns the table shows as sorted by. */
guint iw_incidents_columns_get_n_sorted (GtkColumnView *table);

/* How many of the columns that can be done without (day opened, last change, entries, in this order) are
 * shown: 0 to 3. */
void iw_incidents_columns_set_room (GtkColumnView *table, guint room);

G_END_DECLS
