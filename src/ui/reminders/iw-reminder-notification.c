#include "config.h"

#include "iw-reminder-notification.h"

#include <glib/gi18n-lib.h>

static GNotificationPriority
priority_of (IwReminderLevel level)
{
  switch (level)
    {
    case IW_REMINDER_OVERDUE:
      return G_NOTIFICATION_PRIORITY_URGENT;
    case IW_REMINDER_1_HOUR:
    case IW_REMINDER_6_HOURS:
      return G_NOTIFICATION_PRIORITY_HIGH;
    case IW_REMINDER_24_HOURS:
    case IW_REMINDER_NONE:
    case IW_N_REMINDER_LEVELS:
    default:
      return G_NOTIFICATION_PRIORITY_NORMAL;
    }
}

GNotification *
iw_reminder_notification_new (const IwReminder *reminder, gint64 now, guint snooze_minutes)
{
  const IwReminderClock *clock = reminder->clock;
  g_autofree char *title = iw_reminder_title (clock, now);
  g_autofree char *gap = iw_time_format_gap ((gint64)snooze_minutes * 60 * IW_USEC_PER_SEC);
  /* Translators: a button of a notification; %s is a span such as “1 h”. */
  g_autofree char *snooze = g_strdup_printf (_ ("Snooze for %s"), gap);
  GNotification *notification = g_notification_new (title);
  g_autoptr (GIcon) icon = g_themed_icon_new (APP_ID);

  g_notification_set_body (notification, clock->title);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification, priority_of (reminder->level));
  g_notification_set_default_action_and_target (notification, "app.open-incident", "s",
                                                clock->incident);
  g_notification_add_button_with_target (notification, _ ("Open"), "app.open-incident", "s",
                                         clock->incident);
  g_notification_add_button_with_target (notification, snooze, "app.snooze-reminder", "(ss)",
                                         clock->clock, clock->incident);
  return notification;
}

char *
iw_reminder_notification_id (const char *clock)
{
  return g_strconcat ("clock-", clock, NULL);
}
