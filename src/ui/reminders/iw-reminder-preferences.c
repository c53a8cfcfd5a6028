#include "config.h"

#include "iw-reminder-preferences.h"

#include <glib/gi18n-lib.h>

#include "iw-background.h"
#include "iw-ui.h"

struct _IwReminderPreferences
{
  AdwPreferencesGroup parent_instance;

  AdwSwitchRow *background;
  AdwSpinRow *snooze;

  GSettings *settings;
  GCancellable *asking; /* NULL where nothing is being asked */
};

G_DEFINE_FINAL_TYPE (IwReminderPreferences, iw_reminder_preferences, ADW_TYPE_PREFERENCES_GROUP)

static void on_active_changed (IwReminderPreferences *self);

/* Shows what is set, without asking for it. */
static void
show_setting (IwReminderPreferences *self)
{
  g_signal_handlers_block_by_func (self->background, on_active_changed, self);
  adw_switch_row_set_active (self->background,
                             g_settings_get_boolean (self->settings, "remind-in-background"));
  g_signal_handlers_unblock_by_func (self->background, on_active_changed, self);
}

static void
say (IwReminderPreferences *self, const char *words)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->background), words);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static const char *
words_for (IwBackground answer)
{
  if (answer == IW_BACKGROUND_ALLOWED)
    return _ ("While a clock runs, also when the window is closed and after signing in");
  if (iw_background_may_stay (answer))
    return _ (
        "While a clock runs, also when the window is closed. This desktop cannot start it after "
        "signing in: open the application once");
  return _ ("The desktop does not allow it. Reminders come while the window is open");
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwReminderPreferences) self = data;
  IwBackground answer;

  if (!iw_background_request_finish (result, &answer, NULL))
    return; /* the dialog was closed; the next time it is asked again */
  g_clear_object (&self->asking);
  gtk_widget_set_sensitive (GTK_WIDGET (self->background), TRUE);
  g_settings_set_boolean (self->settings, "remind-in-background", iw_background_may_stay (answer));
  show_setting (self);
  say (self, words_for (answer));
}

static void
on_given_back (GObject *source, GAsyncResult *result, gpointer data)
{
  IwBackground answer;

  iw_background_request_finish (result, &answer, NULL);
}

static void
on_active_changed (IwReminderPreferences *self)
{
  if (!adw_switch_row_get_active (self->background))
    {
      g_settings_set_boolean (self->settings, "remind-in-background", FALSE);
      iw_background_request_async (FALSE, NULL, on_given_back, NULL);
      say (self, words_for (IW_BACKGROUND_ALLOWED));
      return;
    }
  if (self->asking != NULL)
    return;
  self->asking = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->background), FALSE);
  say (self, _ ("Asking the desktop…"));
  iw_background_request_async (TRUE, self->asking, on_answered, g_object_ref (self));
}

static void
iw_reminder_preferences_dispose (GObject *object)
{
  IwReminderPreferences *self = IW_REMINDER_PREFERENCES (object);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_REMINDER_PREFERENCES);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (iw_reminder_preferences_parent_class)->dispose (object);
}

static void
iw_reminder_preferences_class_init (IwReminderPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_reminder_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-reminder-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, IwReminderPreferences, background);
  gtk_widget_class_bind_template_child (widget_class, IwReminderPreferences, snooze);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed);
}

static void
iw_reminder_preferences_init (IwReminderPreferences *self)
{
  self->settings = g_settings_new (APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  show_setting (self);
  g_settings_bind (self->settings, "snooze-minutes", self->snooze, "value",
                   G_SETTINGS_BIND_DEFAULT);
}
