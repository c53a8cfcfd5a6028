#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-application-private.h"
#include "iw-preferences-dialog.h"
#include "iw-sample-folder.h"
#include "iw-store.h"
#include "iw-sync-service.h"
#include "iw-ui.h"

/* Housekeeping waits until the person has begun. */
#define TIDY_DELAY_SECONDS 10

G_DEFINE_FINAL_TYPE (IwApplication, iw_application, ADW_TYPE_APPLICATION)

/* ---- the workspace ---- */

IwWindow *
iw_application_get_window (IwApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (IW_IS_WINDOW (l->data))
      return l->data;
  return IW_WINDOW (iw_window_new (GTK_APPLICATION (self)));
}

void
iw_application_close_workspace (IwApplication *self)
{
  if (self->workspace == NULL)
    return;
  iw_application_stop_reminders (self);
  g_clear_object (&self->indexer);
  iw_window_set_workspace (iw_application_get_window (self), NULL, FALSE);
  iw_workspace_close (self->workspace);
  g_clear_object (&self->workspace);
}

static void
update_author (IwApplication *self)
{
  g_autofree char *author = iw_ui_author ();

  if (self->workspace != NULL)
    iw_workspace_set_author (self->workspace, author);
}

static gboolean
tidy_workspace (IwStore *store,
                gpointer data,
                IwProgressFunc progress,
                gpointer progress_data,
                GCancellable *cancellable,
                GError **error)
{
  return iw_store_get_read_only (store) || iw_store_collect_garbage (store, error);
}

static void
on_tidied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, NULL, &error))
    g_info ("Files that nothing needs could not be removed: %s", error->message);
}

static gboolean
on_tidy_timeout (gpointer data)
{
  IwApplication *self = data;

  if (self->workspace != NULL)
    iw_workspace_run_async (self->workspace, tidy_workspace, NULL, NULL, NULL, NULL, NULL,
                            on_tidied, NULL);
  iw_sample_folder_delete_leftovers ();
  return G_SOURCE_REMOVE;
}

static void
tidy_later (IwApplication *self)
{
  if (self->tidied)
    return;
  self->tidied = TRUE;
  g_timeout_add_seconds_full (G_PRIORITY_LOW, TIDY_DELAY_SECONDS, on_tidy_timeout,
                              g_object_ref (self), g_object_unref);
}

/* What goes on by itself while a workspace is shown. */
static void
begin_background_work (IwApplication *self)
{
  g_clear_object (&self->indexer);
  if (!iw_workspace_get_read_only (self->workspace))
    self->indexer = iw_indexer_new (self->workspace);
  iw_sync_service_start (iw_sync_service_of (self->workspace));
}

void
iw_application_show_workspace (IwApplication *self, const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *wanted = g_strdup (dir);
  IwWindow *window = iw_application_get_window (self);

  iw_application_close_workspace (self);
  g_set_str (&self->dir, wanted);
  self->workspace = iw_workspace_open (wanted, &error);
  if (self->workspace == NULL)
    iw_application_show_problem (self, error);
  else
    {
      update_author (self);
      begin_background_work (self);
      iw_window_set_workspace (window, self->workspace, g_str_equal (wanted, self->own_dir));
      tidy_later (self);
    }
  iw_application_update_reminders (self);
  iw_application_update_sample_actions (self);
}

/* ---- running ---- */

/* A workspace that was open without a window gets one. */
static void
show_hidden_workspace (IwApplication *self)
{
  IwWindow *window = iw_application_get_window (self);

  if (self->workspace == NULL || iw_window_get_workspace (window) == self->workspace)
    return;
  update_author (self);
  begin_background_work (self);
  iw_window_set_workspace (window, self->workspace, g_str_equal (self->dir, self->own_dir));
  iw_application_update_sample_actions (self);
  tidy_later (self);
}

static void
iw_application_activate (GApplication *application)
{
  IwApplication *self = IW_APPLICATION (application);

  self->quitting = FALSE;
  if (self->workspace == NULL && self->sample_work == NULL)
    iw_application_show_workspace (self, self->dir != NULL ? self->dir : self->own_dir);
  else
    show_hidden_workspace (self);
  gtk_window_present (GTK_WINDOW (iw_application_get_window (self)));
}

static void
iw_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  IwApplication *self = IW_APPLICATION (application);
  g_autoptr (GPtrArray) rest = NULL;

  iw_application_activate (application);
  rest = iw_application_open_links (self, files, (guint)n_files);
  if (rest->len > 0)
    iw_window_open_files (iw_application_get_window (self), (GFile **)rest->pdata, rest->len);
}

static void
open_arguments (IwApplication *self,
                GApplicationCommandLine *command_line,
                const char *const *names)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rest = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (files,
                     g_application_command_line_create_file_for_arg (command_line, names[i]));
  rest = iw_application_open_links (self, (GFile **)files->pdata, files->len);
  if (rest->len > 0)
    iw_window_open_files (iw_application_get_window (self), (GFile **)rest->pdata, rest->len);
}

static int
iw_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  IwApplication *self = IW_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **names = NULL;
  const char *workspace = NULL;

  if (g_variant_dict_lookup (options, "workspace", "^&ay", &workspace))
    {
      g_autoptr (GFile) dir =
          g_application_command_line_create_file_for_arg (command_line, workspace);

      g_free (self->own_dir);
      self->own_dir = g_file_get_path (dir);
      iw_application_show_workspace (self, self->own_dir);
    }
  if (g_variant_dict_contains (options, "sample"))
    iw_application_open_sample (self);
  iw_application_activate (application);
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names))
    open_arguments (self, command_line, names);
  return 0;
}

static int
iw_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("%s %s\n", _ ("Incident Workbench"), PACKAGE_VERSION);
  return 0;
}

/* ---- actions ---- */

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  /* Closing saves the window's state and hands drafts over. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  iw_application_quit_reminders (data);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  IwWindow *window = iw_application_get_window (data);

  adw_dialog_present (iw_preferences_dialog_new (iw_window_get_workspace (window)),
                      GTK_WIDGET (window));
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource (IW_RESOURCE_UI "iw-shortcuts-window.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, GTK_WINDOW (iw_application_get_window (data)));
  gtk_window_present (window);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *const developers[] = { "Incident Workbench contributors", NULL };

  adw_show_about_dialog (
      GTK_WIDGET (iw_application_get_window (data)), "application-name", _ ("Incident Workbench"),
      "application-icon", APP_ID, "version", PACKAGE_VERSION, "developer-name",
      _ ("The Incident Workbench contributors"), "developers", developers, "license-type",
      GTK_LICENSE_GPL_3_0, "comments",
      _ ("Keep the timeline of a security incident: what machines logged, and what people saw, "
         "decided and did."),
      /* Translators: your names, one a line; they are shown in the About dialog. */
      "translator-credits", _ ("translator-credits"), NULL);
}

static void
on_open_sample (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  iw_application_open_sample (data);
}

static void
on_leave_sample (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  iw_application_show_workspace (data, IW_APPLICATION (data)->own_dir);
}

static void
on_remove_sample (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  iw_application_remove_sample (data);
}

static const GActionEntry actions[] = {
  { "quit", on_quit },
  { "preferences", on_preferences },
  { "shortcuts", on_shortcuts },
  { "about", on_about },
  { "open-sample", on_open_sample },
  { "leave-sample", on_leave_sample },
  { "remove-sample", on_remove_sample },
};

static const struct
{
  const char *action;
  const char *keys[3];
} accels[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "win.new-incident", { "<Control>n" } },
  { "win.all-incidents", { "<Alt>Home" } },
  { "win.search", { "<Control><Shift>f" } },
  { "win.find", { "<Control>f" } },
  { "win.quick-entry", { "<Control>e" } },
  { "win.import", { "<Control>o" } },
  { "win.toggle-sidebar", { "F9" } },
  { "win.sync-now", { "<Control><Alt>s" } },
  { "win.show-tab::overview", { "<Alt>1", "<Alt>KP_1" } },
  { "win.show-tab::timeline", { "<Alt>2", "<Alt>KP_2" } },
  { "win.show-tab::response", { "<Alt>3", "<Alt>KP_3" } },
  { "win.show-tab::evidence", { "<Alt>4", "<Alt>KP_4" } },
  { "win.show-tab::notices", { "<Alt>5", "<Alt>KP_5" } },
  { "win.show-tab::scope", { "<Alt>6", "<Alt>KP_6" } },
};

/* ---- the object ---- */

static void
update_style (IwApplication *self)
{
  g_autofree char *style = g_settings_get_string (self->settings, "style");
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (style, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (style, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
iw_application_startup (GApplication *application)
{
  IwApplication *self = IW_APPLICATION (application);

  G_APPLICATION_CLASS (iw_application_parent_class)->startup (application);
  self->settings = g_settings_new (APP_ID);
  g_signal_connect_object (self->settings, "changed::style", G_CALLBACK (update_style), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::author", G_CALLBACK (update_author), self,
                           G_CONNECT_SWAPPED);
  update_style (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].keys);
  gtk_window_set_default_icon_name (APP_ID);
  iw_application_update_sample_actions (self);
  iw_application_init_reminders (self);
}

static void
iw_application_shutdown (GApplication *application)
{
  IwApplication *self = IW_APPLICATION (application);

  if (self->sample_work != NULL)
    g_cancellable_cancel (self->sample_work);
  if (self->reminders != NULL)
    iw_application_stop_reminders (self);
  g_clear_object (&self->reminders);
  g_clear_object (&self->indexer);
  /* Waits for the last words to be written. */
  if (self->workspace != NULL)
    iw_workspace_close (self->workspace);
  g_clear_object (&self->workspace);
  G_APPLICATION_CLASS (iw_application_parent_class)->shutdown (application);
}

static void
iw_application_finalize (GObject *object)
{
  IwApplication *self = IW_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->sample_work);
  g_free (self->own_dir);
  g_free (self->dir);
  G_OBJECT_CLASS (iw_application_parent_class)->finalize (object);
}

static void
iw_application_class_init (IwApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = iw_application_finalize;
  application_class->startup = iw_application_startup;
  application_class->shutdown = iw_application_shutdown;
  application_class->activate = iw_application_activate;
  application_class->open = iw_application_open;
  application_class->command_line = iw_application_command_line;
  application_class->handle_local_options = iw_application_handle_local_options;
}

static void
iw_application_init (IwApplication *self)
{
  const GOptionEntry options[] = {
    { "workspace", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Open the workspace in this folder"), N_ ("FOLDER") },
    { "sample", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample workspace"),
      NULL },
    { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL,
      N_ ("[FILE…]") },
    { NULL },
  };

  self->own_dir = iw_store_default_dir ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("Timelines are imported into an incident, bundles into "
                               "the workspace."));
}

GApplication *
iw_application_new (void)
{
  return g_object_new (IW_TYPE_APPLICATION, "application-id", APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
