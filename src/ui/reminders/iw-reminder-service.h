/* iw-reminder-service.h: reminds of the clocks of a workspace with desktop notifications
 * (process.md N1).
 *
 * Looks at what runs whenever the workspace changes, when something becomes due, and when the
 * machine wakes or its clock is set; what to say is planned by iw-reminder.h. Main thread.
 */
#pragma once

#include <gio/gio.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_REMINDER_SERVICE (iw_reminder_service_get_type ())
G_DECLARE_FINAL_TYPE (IwReminderService, iw_reminder_service, IW, REMINDER_SERVICE, GObject)

/* Properties: "running": whether there is a clock to remind of. */

/* @application: sends the notifications, and is held while something is read or written; it must
 * outlive the service. (transfer full) */
IwReminderService *iw_reminder_service_new (GApplication *application);
/* @workspace: whose clocks; NULL for none. */
void iw_reminder_service_set_workspace (IwReminderService *self, IwWorkspace *workspace);
IwWorkspace *
iw_reminder_service_get_workspace (IwReminderService *self); /* (transfer none), may be NULL */
gboolean iw_reminder_service_get_running (IwReminderService *self);
/* Says nothing of a clock for as long as the setting "snooze-minutes" says. */
void iw_reminder_service_snooze (IwReminderService *self, const char *clock);

G_END_DECLS
