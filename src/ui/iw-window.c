#include "config.h"

#include "iw-window-private.h"

#include <glib/gi18n-lib.h>

#include "iw-directory-page.h"
#include "iw-incidents-page.h"
#include "iw-search-page.h"
#include "iw-sync-actions.h"
#include "iw-ui.h"

G_DEFINE_FINAL_TYPE (IwWindow, iw_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- pages ---- */

IwIncidentPage *
iw_window_get_incident_page (IwWindow *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  return IW_IS_INCIDENT_PAGE (page) ? IW_INCIDENT_PAGE (page) : NULL;
}

static void
put_page (IwWindow *self, AdwNavigationPage *page, gboolean on_top)
{
  if (on_top && adw_navigation_view_get_visible_page (self->navigation) != NULL)
    adw_navigation_view_push (self->navigation, page);
  else
    adw_navigation_view_replace (self->navigation, &page, 1);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

static void
on_incident_gone (IwWindow *self, IwIncidentPage *page)
{
  iw_window_show_all (self);
}

static void
on_tab_shown (IwWindow *self, const char *tab, IwIncidentPage *page)
{
  g_hash_table_insert (self->tabs, g_strdup (iw_incident_page_get_incident (page)), g_strdup (tab));
}

void
iw_window_show_incident (IwWindow *self, const char *incident, gboolean from_list)
{
  IwIncidentPage *shown = iw_window_get_incident_page (self);
  AdwNavigationPage *page;

  if (self->workspace == NULL)
    return;
  if (shown != NULL && g_str_equal (iw_incident_page_get_incident (shown), incident))
    {
      adw_navigation_split_view_set_show_content (self->split_view, TRUE);
      return;
    }
  page =
      iw_incident_page_new (self->workspace, incident, g_hash_table_lookup (self->tabs, incident));
  g_signal_connect_object (page, "gone", G_CALLBACK (on_incident_gone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "tab-shown", G_CALLBACK (on_tab_shown), self, G_CONNECT_SWAPPED);
  put_page (self, page, from_list);
}

void
iw_window_show_place (IwWindow *self, const char *incident, const char *place)
{
  IwIncidentPage *page;

  iw_window_show_incident (self, incident, FALSE);
  page = iw_window_get_incident_page (self);
  if (page != NULL && *place != '\0')
    iw_incident_page_goto (page, place);
}

static void
on_list_incident_chosen (IwWindow *self, const char *incident)
{
  iw_window_show_incident (self, incident, TRUE);
}

void
iw_window_show_all (IwWindow *self)
{
  AdwNavigationPage *page;

  if (self->workspace == NULL)
    return;
  if (IW_IS_INCIDENTS_PAGE (adw_navigation_view_get_visible_page (self->navigation)))
    {
      adw_navigation_split_view_set_show_content (self->split_view, TRUE);
      return;
    }
  page = iw_incidents_page_new (self->workspace);
  g_signal_connect_object (page, "incident-chosen", G_CALLBACK (on_list_incident_chosen), self,
                           G_CONNECT_SWAPPED);
  put_page (self, page, FALSE);
}

void
iw_window_show_directory (IwWindow *self)
{
  if (self->workspace == NULL)
    return;
  if (IW_IS_DIRECTORY_PAGE (adw_navigation_view_get_visible_page (self->navigation)))
    adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  else
    put_page (self, iw_directory_page_new (self->workspace), FALSE);
}

static void
on_sidebar_incident_chosen (IwWindow *self, const char *incident)
{
  iw_window_show_incident (self, incident, FALSE);
}

static void
on_sidebar_all_chosen (IwWindow *self)
{
  iw_window_show_all (self);
}

static void
on_visible_page_changed (IwWindow *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);
  IwIncidentPage *incident_page = iw_window_get_incident_page (self);
  const char *incident = NULL;

  if (incident_page != NULL)
    incident = iw_incident_page_get_incident (incident_page);
  else if (IW_IS_INCIDENTS_PAGE (page))
    incident = "";
  iw_sidebar_set_shown (self->sidebar,
                        IW_IS_DIRECTORY_PAGE (page) ? IW_SIDEBAR_DIRECTORY : incident);
  if (page != NULL)
    adw_navigation_page_set_title (self->content_page, adw_navigation_page_get_title (page));
  if (incident != NULL && self->workspace != NULL && !iw_workspace_is_sample (self->workspace))
    g_settings_set_string (self->settings, "last-incident", incident);
  iw_window_update_actions (self);
}

/* ---- the workspace ---- */

static void
drop_offer (IwWindow *self)
{
  if (self->offer_toast != NULL)
    adw_toast_dismiss (self->offer_toast);
  g_clear_weak_pointer (&self->offer_toast);
}

static void
on_draft_failed (IwWindow *self, const char *message)
{
  g_autofree char *text = g_strdup_printf (
      /* Translators: %s is the reason, a sentence. */
      _ ("What you type cannot be kept just now: %s"), message);

  iw_window_add_text_toast (self, text);
}

static void
show_first_page (IwWindow *self, gboolean restore)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-incident");
  g_autoptr (IwIncidentRow) row = NULL;

  if (restore && iw_id_is_uuid (last))
    row = iw_query_incident (iw_workspace_get_store (self->workspace), last, NULL);
  if (row != NULL)
    iw_window_show_incident (self, row->incident, FALSE);
  else
    {
      iw_window_show_all (self);
      iw_incidents_page_focus_rows (
          IW_INCIDENTS_PAGE (adw_navigation_view_get_visible_page (self->navigation)));
    }
  /* A narrow window begins with what burns now, unless it was left in an incident or nothing does.
   */
  if (row == NULL && iw_sidebar_has_incidents (self->sidebar) &&
      g_settings_get_boolean (self->settings, "show-sidebar"))
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
}

void
iw_window_set_workspace (IwWindow *self, IwWorkspace *workspace, gboolean restore)
{
  AdwDialog *dialog;

  /* What is typed in a dialog stays as a draft. */
  while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))) !=
         NULL)
    adw_dialog_force_close (dialog);
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  drop_offer (self);
  g_hash_table_remove_all (self->tabs);
  iw_window_forget_files (self);
  if (self->workspace != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->workspace, self);
      g_clear_object (&self->workspace);
      adw_navigation_view_replace (self->navigation, NULL, 0);
    }
  iw_sidebar_set_workspace (self->sidebar, workspace);
  iw_sync_actions_set_workspace (GTK_APPLICATION_WINDOW (self), workspace);
  if (workspace != NULL)
    {
      self->workspace = g_object_ref (workspace);
      g_signal_connect_object (workspace, "draft-failed", G_CALLBACK (on_draft_failed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (workspace, "notify", G_CALLBACK (iw_window_update_actions), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (workspace, "changed", G_CALLBACK (drop_offer), self,
                               G_CONNECT_SWAPPED);
      iw_window_set_cover (self, NULL);
      show_first_page (self, restore);
    }
  iw_window_update_actions (self);
}

IwWorkspace *
iw_window_get_workspace (IwWindow *self)
{
  return self->workspace;
}

void
iw_window_set_cover (IwWindow *self, GtkWidget *cover)
{
  if (self->cover == cover)
    return;
  if (cover != NULL)
    {
      gtk_stack_add_child (self->stack, cover);
      gtk_stack_set_visible_child (self->stack, cover);
    }
  else
    gtk_stack_set_visible_child_name (self->stack, "content");
  if (self->cover != NULL)
    gtk_stack_remove (self->stack, self->cover);
  self->cover = cover;
  iw_window_update_actions (self);
}

void
iw_window_add_text_toast (IwWindow *self, const char *text)
{
  iw_window_add_toast (self, iw_ui_toast_new (text));
}

void
iw_window_add_toast (IwWindow *self, AdwToast *toast)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);
  GtkWidget *toasts = page != NULL ? iw_ui_find_toasts (GTK_WIDGET (page)) : NULL;

  adw_toast_overlay_add_toast (toasts != NULL ? ADW_TOAST_OVERLAY (toasts) : self->toasts, toast);
}

void
iw_window_add_undo_toast (IwWindow *self, const char *text)
{
  AdwToast *toast = iw_ui_toast_new (text);

  drop_offer (self);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  g_set_weak_pointer (&self->offer_toast, toast);
  iw_window_add_toast (self, toast);
}

void
iw_window_add_lasting_toast (IwWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* ---- the window's state ---- */

static void
on_collapsed_changed (IwWindow *self)
{
  /* F9 hides the sidebar by collapsing a wide window; the page must not make way for it. */
  if (adw_navigation_split_view_get_collapsed (self->split_view) &&
      !g_settings_get_boolean (self->settings, "show-sidebar"))
    adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

static void
restore_state (IwWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  if (!g_settings_get_boolean (self->settings, "show-sidebar"))
    adw_navigation_split_view_set_collapsed (self->split_view, TRUE);
}

static void
save_state (IwWindow *self)
{
  int width, height;

  /* The default size follows the user's and leaves out the maximized one. */
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width >= 360 && height >= 294)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
iw_window_close_request (GtkWindow *window)
{
  IwWindow *self = IW_WINDOW (window);

  save_state (self);
  if (self->workspace != NULL)
    iw_workspace_flush_drafts (self->workspace);
  return GTK_WINDOW_CLASS (iw_window_parent_class)->close_request (window);
}

static void
iw_window_dispose (GObject *object)
{
  IwWindow *self = IW_WINDOW (object);

  iw_window_forget_files (self);
  g_clear_weak_pointer (&self->undo_toast);
  g_clear_weak_pointer (&self->offer_toast);
  g_clear_pointer (&self->tabs, g_hash_table_unref);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_WINDOW);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (iw_window_parent_class)->dispose (object);
}

static void
iw_window_class_init (IwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = iw_window_close_request;
  g_type_ensure (IW_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-window.ui");
  gtk_widget_class_bind_template_child (widget_class, IwWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, IwWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, IwWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, IwWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, IwWindow, narrow);
  gtk_widget_class_bind_template_child (widget_class, IwWindow, sidebar);
  gtk_widget_class_bind_template_callback (widget_class, on_collapsed_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_incident_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_all_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_page_changed);
  iw_window_class_init_actions (widget_class);
}

static void
iw_window_init (IwWindow *self)
{
  self->settings = g_settings_new (APP_ID);
  self->tabs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  restore_state (self);
  iw_window_init_shortcuts (self);
  iw_window_init_drop (self);
  /* No key of the window acts behind a dialog. */
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (iw_window_update_actions), NULL);
  iw_window_update_actions (self);
}

GtkWidget *
iw_window_new (GtkApplication *application)
{
  return g_object_new (IW_TYPE_WINDOW, "application", application, NULL);
}
