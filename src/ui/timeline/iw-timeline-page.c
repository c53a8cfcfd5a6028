#include "config.h"

#include "iw-timeline-page.h"
#include "iw-timeline-page-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (IwTimelinePage, iw_timeline_page, GTK_TYPE_WIDGET)

/* ---- messages ---- */

static void
on_toast_dismissed (AdwToast *toast, IwTimelinePage *self)
{
  if (self->toast == toast)
    self->toast = NULL;
}

void
iw_timeline_page_toast (IwTimelinePage *self, const char *text, gboolean undoable)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  /* An older offer would undo the wrong action. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  if (undoable)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
      self->toast = toast;
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_dismissed), self, 0);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
iw_timeline_page_show_problem (IwTimelinePage *self, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->problem, text);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

void
iw_timeline_page_update_stack (IwTimelinePage *self)
{
  gint64 first, last;
  gboolean recorded = iw_timeline_view_get_extent (self->view, &first, &last);

  gtk_widget_set_visible (self->overview_box, recorded);
  if (!recorded)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (iw_timeline_view_get_n_rows (self->view) == 0)
    gtk_stack_set_visible_child_name (self->stack, "no-match");
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
  /* No row is on screen that the overview could frame. */
  if (iw_timeline_view_get_n_rows (self->view) == 0)
    iw_overview_set_list_range (self->overview, 0, 0);
}

/* ---- the zone ---- */

static void
show_zone (IwTimelinePage *self)
{
  gint64 first = 0, last = g_get_real_time ();
  g_autofree char *words = NULL;

  if (self->view != NULL)
    iw_timeline_view_get_extent (self->view, &first, &last);
  words = iw_time_display_words (self->display, last);
  gtk_label_set_text (self->zone_label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zone_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
on_display_changed (IwTimelinePage *self)
{
  iw_timeline_page_zone_changed (self);
  show_zone (self);
  iw_timeline_page_update_filter_row (self);
}

/* ---- parts of the page ---- */

static void
on_overview_activated (IwOverview *overview, gint64 us, IwTimelinePage *self)
{
  guint n_rows = iw_timeline_view_get_n_rows (self->view);

  if (n_rows > 0)
    iw_timeline_page_reveal (self, MIN (iw_timeline_view_find_time (self->view, us), n_rows - 1),
                             FALSE);
}

static void
on_entry_added (IwQuickEntryBar *bar, const char *docid, IwTimelinePage *self)
{
  g_autofree char *key = g_strconcat ("entry:", docid, NULL);
  guint position = self->view != NULL ? iw_timeline_view_find_key (self->view, key) : G_MAXUINT;
  AdwToast *toast;

  if (position != G_MAXUINT)
    {
      iw_timeline_page_reveal (self, position, FALSE);
      return;
    }
  toast = adw_toast_new (_ ("Entry added. The filter hides it."));
  adw_toast_set_button_label (toast, _ ("_Clear Filter"));
  adw_toast_set_action_name (toast, "timeline.clear-filter");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_quick_entry_left (IwQuickEntryBar *bar, IwTimelinePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_sidebar_changed (AdwOverlaySplitView *split, GParamSpec *pspec, IwTimelinePage *self)
{
  gboolean shown = adw_overlay_split_view_get_show_sidebar (split);

  if (self->settings == NULL)
    return;
  /* A narrow window shows details over the list for a moment: that is no preference. */
  if (!adw_overlay_split_view_get_collapsed (split))
    g_settings_set_boolean (self->settings, "timeline-detail", shown);
  iw_timeline_page_update_detail (self);
  if (!shown)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Where there is little room the details begin closed; with room again they are as they were. */
static void
on_collapsed_changed (AdwOverlaySplitView *split, GParamSpec *pspec, IwTimelinePage *self)
{
  if (self->settings == NULL)
    return;
  adw_overlay_split_view_set_show_sidebar (
      split, !adw_overlay_split_view_get_collapsed (split) &&
                 g_settings_get_boolean (self->settings, "timeline-detail"));
}

static void
on_detail_jump (IwDetailPane *pane, const char *key, IwTimelinePage *self)
{
  iw_timeline_page_show_key (self, key);
}

static void
on_narrow (AdwBreakpoint *breakpoint, IwTimelinePage *self)
{
  iw_quick_entry_bar_set_narrow (self->quick_entry, TRUE);
}

static void
on_wide (AdwBreakpoint *breakpoint, IwTimelinePage *self)
{
  iw_quick_entry_bar_set_narrow (self->quick_entry, FALSE);
}

/* ---- public ---- */

void
iw_timeline_page_show_key (IwTimelinePage *self, const char *key)
{
  guint position;

  g_return_if_fail (IW_IS_TIMELINE_PAGE (self));
  g_return_if_fail (key != NULL);

  if (self->view == NULL)
    return;
  position = iw_timeline_view_find_key (self->view, key);
  if (position == G_MAXUINT && !iw_filter_is_empty (self->filter))
    {
      g_action_group_activate_action (G_ACTION_GROUP (self->actions), "clear-filter", NULL);
      position = iw_timeline_view_find_key (self->view, key);
    }
  if (position == G_MAXUINT && iw_filter_get_events_mode (self->filter) == IW_EVENTS_HIDDEN)
    {
      g_autoptr (IwFilter) filter = iw_filter_copy (self->filter);

      iw_filter_set_events_mode (filter, IW_EVENTS_COLLAPSED);
      iw_timeline_page_set_filter (self, filter);
      position = iw_timeline_view_find_key (self->view, key);
    }
  if (position == G_MAXUINT)
    {
      iw_timeline_page_toast (self, _ ("That row is not in the timeline any more."), FALSE);
      return;
    }
  if (g_str_has_prefix (key, "event:"))
    {
      g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (self->view, position);

      if (iw_timeline_row_get_kind (row) == IW_ROW_RUN && !iw_timeline_row_get_run_expanded (row))
        {
          iw_timeline_page_toggle_run (self, position);
          position = iw_timeline_view_find_key (self->view, key);
        }
    }
  if (position != G_MAXUINT)
    iw_timeline_page_reveal (self, position, TRUE);
}

void
iw_timeline_page_focus_find (IwTimelinePage *self)
{
  g_return_if_fail (IW_IS_TIMELINE_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  /* What is there is replaced by what is typed, as in any Find. */
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

void
iw_timeline_page_focus_quick_entry (IwTimelinePage *self)
{
  g_return_if_fail (IW_IS_TIMELINE_PAGE (self));

  iw_quick_entry_bar_focus (self->quick_entry);
}

/* ---- object ---- */

static void
iw_timeline_page_dispose (GObject *object)
{
  IwTimelinePage *self = IW_TIMELINE_PAGE (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_cancellable_cancel (self->matching);
  g_cancellable_cancel (self->rebuilding);
  g_clear_object (&self->matching);
  g_clear_object (&self->rebuilding);
  if (self->visible_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->visible_tick);
  self->visible_tick = 0;
  g_clear_pointer (&self->row_menu_popover, gtk_widget_unparent);
  g_clear_object (&self->settings);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_TIMELINE_PAGE);
  /* disposing a template takes away the children that are bound by name; the outermost is not */
  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->view);
  g_clear_object (&self->columns);
  g_clear_object (&self->display);
  g_clear_object (&self->workspace);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (iw_timeline_page_parent_class)->dispose (object);
}

static void
iw_timeline_page_finalize (GObject *object)
{
  IwTimelinePage *self = IW_TIMELINE_PAGE (object);

  g_clear_pointer (&self->incident, g_free);
  g_clear_pointer (&self->filter, iw_filter_free);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_timeline_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, toasts);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, split);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, search);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, filter_popover);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, progress_row);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, progress);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, progress_button);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, area);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, overview_box);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, overview);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, zone_button);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, zone_label);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, filter_row);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, filter_label);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, filter_spinner);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, list);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, problem);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, quick_entry);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, detail);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, row_menu);
  gtk_widget_class_bind_template_child (widget_class, IwTimelinePage, columns_section);
}

static void
iw_timeline_page_class_init (IwTimelinePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_timeline_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = iw_timeline_page_finalize;
  g_type_ensure (IW_TYPE_OVERVIEW);
  g_type_ensure (IW_TYPE_DETAIL_PANE);
  g_type_ensure (IW_TYPE_FILTER_POPOVER);
  g_type_ensure (IW_TYPE_QUICK_ENTRY_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/incident_workbench/IncidentWorkbench/ui/iw-timeline-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_overview_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_added);
  gtk_widget_class_bind_template_callback (widget_class, on_quick_entry_left);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_detail_jump);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_collapsed_changed);
  iw_timeline_page_class_init_filter (widget_class);
  iw_timeline_page_class_init_list (widget_class);
  iw_timeline_page_class_init_reload (widget_class);
}

static void
iw_timeline_page_init (IwTimelinePage *self)
{
  self->headers = g_ptr_array_new ();
  self->reveal = GTK_INVALID_LIST_POSITION;
  self->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
init_columns (IwTimelinePage *self)
{
  GActionGroup *actions;
  g_autoptr (GMenuModel) menu = iw_columns_create_menu ();

  self->columns = iw_columns_new (self->display);
  actions = iw_columns_create_actions (self->columns);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", actions);
  g_object_unref (actions);
  g_menu_append_section (self->columns_section, NULL, menu);
}

static IwTimeDisplay *
make_display (IwTimelinePage *self)
{
  g_autofree char *docid = iw_id_incident_document (self->incident);
  g_autoptr (JsonObject) body =
      iw_store_get (iw_workspace_get_store (self->workspace), docid, NULL, NULL);

  return iw_time_display_new (
      body != NULL ? json_object_get_string_member_with_default (body, "zone", "") : NULL);
}

static void
init_content (IwTimelinePage *self, const GError *error)
{
  iw_overview_set_time_display (self->overview, self->display);
  iw_detail_pane_set_context (self->detail, self->workspace, self->display);
  iw_quick_entry_bar_set_context (self->quick_entry, self->workspace, self->incident,
                                  self->display);
  if (self->view == NULL)
    {
      gtk_widget_set_visible (self->overview_box, FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->quick_entry), FALSE);
      iw_timeline_page_show_problem (self, error);
      return;
    }
  iw_timeline_view_set_zone (self->view, iw_time_display_get_zone (self->display));
  iw_overview_set_view (self->overview, self->view);
}

GtkWidget *
iw_timeline_page_new (IwWorkspace *workspace, const char *incident)
{
  IwTimelinePage *self = g_object_new (IW_TYPE_TIMELINE_PAGE, NULL);
  g_autoptr (GError) error = NULL;

  self->workspace = g_object_ref (workspace);
  self->incident = g_strdup (incident);
  self->display = make_display (self);
  init_columns (self);
  self->view = iw_timeline_view_new (iw_workspace_get_store (workspace), incident, &error);
  self->filter = self->view != NULL ? iw_filter_copy (iw_timeline_view_get_filter (self->view))
                                    : iw_filter_new ();
  init_content (self, error);
  iw_timeline_page_init_list (self);
  iw_timeline_page_init_filter (self);
  iw_timeline_page_init_reload (self);
  iw_timeline_actions_init (self);
  g_signal_connect_object (self->display, "changed", G_CALLBACK (on_display_changed), self,
                           G_CONNECT_SWAPPED);
  show_zone (self);
  iw_timeline_actions_update (self);
  if (self->view != NULL)
    iw_timeline_page_update_stack (self);
  adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  self->settings = g_settings_new (APP_ID);
  if (g_settings_get_boolean (self->settings, "timeline-detail"))
    adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
  iw_timeline_page_show_latest (self);
  iw_timeline_page_rebuild_indexes (self);
  return GTK_WIDGET (self);
}
