/* iw-reminder-notification.h: a reminder as a desktop notification, with Open and Snooze. */
#pragma once

#include <gio/gio.h>

#include "iw-reminder.h"

G_BEGIN_DECLS

/* Its buttons activate "app.open-incident" (s): a UUID, and "app.snooze-reminder" (ss): the clock's
 * id and the incident's UUID. @snooze_minutes: what the button says. (transfer full) */
GNotification *
iw_reminder_notification_new (const IwReminder *reminder, gint64 now, guint snooze_minutes);
/* What the desktop knows the notification of a clock by. (transfer full) */
char *iw_reminder_notification_id (const char *clock);

G_END_DECLS
