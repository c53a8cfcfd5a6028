/* The actions of the window. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-bundle-import-dialog.h"
#include "iw-directory-page.h"
#include "iw-incident-dialog.h"
#include "iw-incidents-page.h"
#include "iw-search-page.h"
#include "iw-ui.h"
#include "iw-window-private.h"

/* ---- undo ---- */

static void
report (IwWindow *self, const char *format, const char *what, GError *error)
{
  g_autofree char *text = NULL;

  if (error != NULL)
    text = iw_ui_describe_error (error);
  else
    {
      g_autoptr (GString) words = g_string_new (format);

      g_string_replace (words, "%s", what != NULL ? what : "", 1);
      text = g_strdup (words->str);
    }
  /* The one about the action before has had its time. */
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  g_set_weak_pointer (&self->undo_toast, iw_ui_toast_new (text));
  iw_window_add_toast (self, self->undo_toast);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;

  iw_workspace_undo_finish (IW_WORKSPACE (source), result, &what, &error);
  /* Translators: %s is an action: "Undone: Add Entry". */
  report (self, _ ("Undone: %s"), what, error);
}

static void
on_redone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;

  iw_workspace_undo_finish (IW_WORKSPACE (source), result, &what, &error);
  /* Translators: %s is an action: "Redone: Add Entry". */
  report (self, _ ("Redone: %s"), what, error);
}

static void
undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);

  iw_workspace_undo_async (self->workspace, on_undone, g_object_ref (self));
}

static void
redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);

  iw_workspace_redo_async (self->workspace, on_redone, g_object_ref (self));
}

/* ---- pages and dialogs ---- */

static void
on_incident_created (IwWindow *self, const char *incident)
{
  IwIncidentPage *page;

  iw_window_show_incident (self, incident, FALSE);
  page = iw_window_get_incident_page (self);
  if (page != NULL)
    iw_incident_page_focus_quick_entry (page);
}

static void
new_incident (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);
  AdwDialog *dialog = iw_incident_dialog_new (self->workspace);

  g_signal_connect_object (dialog, "created", G_CALLBACK (on_incident_created), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
show_incident (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *incident, *place;

  g_variant_get (parameter, "(&s&s)", &incident, &place);
  if (iw_id_is_uuid (incident))
    iw_window_show_place (IW_WINDOW (widget), incident, place);
}

static void
all_incidents (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);

  iw_window_show_all (self);
  iw_incidents_page_focus_rows (
      IW_INCIDENTS_PAGE (adw_navigation_view_get_visible_page (self->navigation)));
}

static void
directory (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_window_show_directory (IW_WINDOW (widget));
}

static void
on_hit_chosen (IwWindow *self, const char *incident, const char *key)
{
  IwIncidentPage *page;

  iw_window_show_incident (self, incident, TRUE);
  page = iw_window_get_incident_page (self);
  if (page != NULL && g_str_has_prefix (key, "place:"))
    iw_incident_page_goto (page, key + strlen ("place:"));
  else if (page != NULL && *key != '\0')
    iw_incident_page_show_key (page, key);
}

static void
search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  if (!IW_IS_SEARCH_PAGE (page))
    {
      page = iw_search_page_new (self->workspace);
      g_signal_connect_object (page, "hit-chosen", G_CALLBACK (on_hit_chosen), self,
                               G_CONNECT_SWAPPED);
      adw_navigation_view_push (self->navigation, page);
    }
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  iw_search_page_focus_entry (IW_SEARCH_PAGE (page));
}

static void
find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  if (IW_IS_INCIDENT_PAGE (page))
    iw_incident_page_focus_find (IW_INCIDENT_PAGE (page));
  else if (IW_IS_INCIDENTS_PAGE (page))
    iw_incidents_page_focus_find (IW_INCIDENTS_PAGE (page));
  else if (IW_IS_DIRECTORY_PAGE (page))
    iw_directory_page_focus_find (IW_DIRECTORY_PAGE (page));
  else if (IW_IS_SEARCH_PAGE (page))
    iw_search_page_focus_entry (IW_SEARCH_PAGE (page));
}

static void
quick_entry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);
  IwIncidentPage *page = iw_window_get_incident_page (self);

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  iw_incident_page_focus_quick_entry (page);
}

static void
show_tab (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  iw_incident_page_show (iw_window_get_incident_page (self),
                         g_variant_get_string (parameter, NULL));
}

static void
import_timeline (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_window_choose_file (IW_WINDOW (widget));
}

static void
import_bundle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_bundle_import_choose (widget, IW_WINDOW (widget)->workspace);
}

static void
toggle_sidebar (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwWindow *self = IW_WINDOW (widget);
  gboolean narrow =
      adw_application_window_get_current_breakpoint (ADW_APPLICATION_WINDOW (self)) != NULL;
  gboolean collapsed = adw_navigation_split_view_get_collapsed (self->split_view);

  if (narrow)
    {
      gboolean content = adw_navigation_split_view_get_show_content (self->split_view);

      adw_navigation_split_view_set_show_content (self->split_view, !content);
      return;
    }
  g_settings_set_boolean (self->settings, "show-sidebar", collapsed);
  adw_navigation_split_view_set_collapsed (self->split_view, !collapsed);
}

void
iw_window_update_actions (IwWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean dialog =
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL;
  gboolean ready = self->workspace != NULL && self->cover == NULL && !dialog;
  gboolean writable = ready && !iw_workspace_get_read_only (self->workspace);
  gboolean incident = iw_window_get_incident_page (self) != NULL;
  gboolean idle = FALSE;

  if (self->workspace != NULL)
    g_object_get (self->workspace, "busy", &idle, NULL);
  idle = !idle;
  gtk_widget_action_set_enabled (widget, "win.new-incident", writable);
  gtk_widget_action_set_enabled (widget, "win.import", writable);
  gtk_widget_action_set_enabled (widget, "win.import-bundle", writable);
  gtk_widget_action_set_enabled (widget, "win.quick-entry", writable && incident);
  gtk_widget_action_set_enabled (widget, "win.show-tab", ready && incident);
  gtk_widget_action_set_enabled (widget, "win.find", ready);
  gtk_widget_action_set_enabled (widget, "win.search", ready);
  gtk_widget_action_set_enabled (widget, "win.all-incidents", ready);
  gtk_widget_action_set_enabled (widget, "win.directory", ready);
  gtk_widget_action_set_enabled (widget, "win.toggle-sidebar", ready);
  gtk_widget_action_set_enabled (widget, "win.undo",
                                 writable && idle && iw_workspace_get_undo_label (self->workspace));
  gtk_widget_action_set_enabled (widget, "win.redo",
                                 writable && idle && iw_workspace_get_redo_label (self->workspace));
}

/* A text field that is empty would swallow the keys although it has nothing worth undoing: just
 * after an entry was added from the quick line, they mean that entry. */
static gboolean
undo_from_empty_field (GtkWidget *widget, GVariant *action, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));

  if (!GTK_IS_TEXT (focus) || *gtk_editable_get_text (GTK_EDITABLE (focus)) != '\0')
    return FALSE;
  return gtk_widget_activate_action (widget, g_variant_get_string (action, NULL), NULL);
}

void
iw_window_init_shortcuts (IwWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  const struct
  {
    GdkModifierType modifiers;
    const char *action;
  } keys[] = { { GDK_CONTROL_MASK, "win.undo" },
               { GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" } };

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut =
          gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, keys[i].modifiers),
                            gtk_callback_action_new (undo_from_empty_field, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].action));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
iw_window_class_init_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-incident", NULL, new_incident);
  gtk_widget_class_install_action (widget_class, "win.all-incidents", NULL, all_incidents);
  gtk_widget_class_install_action (widget_class, "win.show-incident", "(ss)", show_incident);
  gtk_widget_class_install_action (widget_class, "win.directory", NULL, directory);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find);
  gtk_widget_class_install_action (widget_class, "win.quick-entry", NULL, quick_entry);
  gtk_widget_class_install_action (widget_class, "win.show-tab", "s", show_tab);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_timeline);
  gtk_widget_class_install_action (widget_class, "win.import-bundle", NULL, import_bundle);
  gtk_widget_class_install_action (widget_class, "win.toggle-sidebar", NULL, toggle_sidebar);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo);

  /* Bindings of the window and not accelerators of the application: these come after the text field
   * that has the focus, which undoes its own typing with them. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
}
