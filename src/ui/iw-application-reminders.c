/* Reminders of clocks: also from a closed window, and from a start without one. */
#include "config.h"

#include "iw-application-private.h"

/* The program stays while there is something to remind of, if the user wants that; Quit ends it all
 * the same. */
static void
update_hold (IwApplication *self)
{
  gboolean wanted = !self->quitting && iw_reminder_service_get_running (self->reminders) &&
                    g_settings_get_boolean (self->settings, "remind-in-background");

  if (wanted == self->held)
    return;
  self->held = wanted;
  if (wanted)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

/* While the sample is shown, the user's own clocks run on. */
static IwWorkspace *
own_workspace (IwApplication *self)
{
  g_autofree char *database = g_build_filename (self->own_dir, "workspace.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  IwWorkspace *workspace;

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    return NULL;
  workspace = iw_workspace_open (self->own_dir, &error);
  if (workspace == NULL)
    g_info ("No reminders: %s", error->message);
  return workspace;
}

static void
close_apart (IwApplication *self)
{
  if (self->reminded == NULL)
    return;
  iw_workspace_close (self->reminded);
  g_clear_object (&self->reminded);
}

void
iw_application_stop_reminders (IwApplication *self)
{
  iw_reminder_service_set_workspace (self->reminders, NULL);
  close_apart (self);
}

void
iw_application_update_reminders (IwApplication *self)
{
  gboolean own = self->workspace != NULL && g_strcmp0 (self->dir, self->own_dir) == 0;

  iw_application_stop_reminders (self);
  if (!own && self->workspace != NULL)
    self->reminded = own_workspace (self);
  iw_reminder_service_set_workspace (self->reminders, own ? self->workspace : self->reminded);
  update_hold (self);
}

/* ---- actions of notifications ---- */

static void
show_own_workspace (IwApplication *self)
{
  g_application_activate (G_APPLICATION (self));
  if (g_strcmp0 (self->dir, self->own_dir) != 0)
    iw_application_show_workspace (self, self->own_dir);
}

static void
on_open_incident (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  IwApplication *self = data;

  show_own_workspace (self);
  if (self->workspace != NULL)
    iw_window_show_place (iw_application_get_window (self), g_variant_get_string (parameter, NULL),
                          "clocks");
}

/* Nothing is shown for it: a workspace that is not open is opened without a window. */
static void
on_snooze_reminder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  IwApplication *self = data;
  const char *clock;

  g_variant_get (parameter, "(&s&s)", &clock, NULL);
  iw_application_begin_hidden (self);
  iw_reminder_service_snooze (self->reminders, clock);
}

static const GActionEntry actions[] = {
  { "open-incident", on_open_incident, "s" },
  { "snooze-reminder", on_snooze_reminder, "(ss)" },
};

/* ---- beginning and end ---- */

void
iw_application_begin_hidden (IwApplication *self)
{
  if (self->workspace != NULL || self->sample_work != NULL ||
      iw_reminder_service_get_workspace (self->reminders) != NULL)
    return;
  self->workspace = own_workspace (self);
  g_set_str (&self->dir, self->own_dir);
  iw_application_update_reminders (self);
}

void
iw_application_init_reminders (IwApplication *self)
{
  GApplication *application = G_APPLICATION (self);

  self->reminders = iw_reminder_service_new (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->reminders, "notify::running", G_CALLBACK (update_hold), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::remind-in-background",
                           G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  /* The session starts it without a window, if it may. */
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE &&
      g_settings_get_boolean (self->settings, "remind-in-background"))
    iw_application_begin_hidden (self);
}

void
iw_application_quit_reminders (IwApplication *self)
{
  self->quitting = TRUE;
  update_hold (self);
}
