/* iw-calendar-export.h: the clocks of an incident into a calendar file. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

/* Asks where to, writes it in the background, and says so. @widget: whose window asks and tells. */
void iw_calendar_export_dialog (GtkWidget *widget, IwLiveIncident *live);

G_END_DECLS
