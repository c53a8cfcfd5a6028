/* iw-reminder-preferences.h: the group "Reminders" of the preferences. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IW_TYPE_REMINDER_PREFERENCES (iw_reminder_preferences_get_type ())
G_DECLARE_FINAL_TYPE (IwReminderPreferences,
                      iw_reminder_preferences,
                      IW,
                      REMINDER_PREFERENCES,
                      AdwPreferencesGroup)

G_END_DECLS
