/* The actions of the timeline page (group "timeline"), their keys, and when they make sense. */
#include "config.h"

#include "iw-timeline-page-private.h"

#include "iw-skew-dialog.h"
#include "iw-timeline-row-text.h"

#define ZOOM_STEP 2.0
#define MAX_COPIED 5000

static const char *const zone_names[] = { "utc", "local", "incident" };

typedef void (*PageFunc) (IwTimelinePage *self);

/* ---- the actions that are short ---- */

static void
find (IwTimelinePage *self)
{
  iw_timeline_page_focus_find (self);
}

static void
clear_filter (IwTimelinePage *self)
{
  g_autoptr (IwFilter) filter = iw_filter_new ();

  iw_filter_set_events_mode (filter, iw_filter_get_events_mode (self->filter));
  iw_timeline_page_set_filter (self, filter);
}

static void
save_filter (IwTimelinePage *self)
{
  gtk_menu_button_popup (self->filter_button);
  iw_filter_popover_focus_save (self->filter_popover);
}

static void
zone (IwTimelinePage *self)
{
  iw_time_display_cycle (self->display);
}

static void
zoom_in (IwTimelinePage *self)
{
  iw_overview_zoom (self->overview, ZOOM_STEP);
}

static void
zoom_out (IwTimelinePage *self)
{
  iw_overview_zoom (self->overview, 1 / ZOOM_STEP);
}

static void
zoom_fit (IwTimelinePage *self)
{
  iw_overview_zoom_fit (self->overview);
}

static void
zoom_busy (IwTimelinePage *self)
{
  iw_overview_zoom_busy (self->overview);
}

static void
detail (IwTimelinePage *self)
{
  adw_overlay_split_view_set_show_sidebar (self->split,
                                           !adw_overlay_split_view_get_show_sidebar (self->split));
}

static void
toggle_run (IwTimelinePage *self)
{
  iw_timeline_page_toggle_run (self, iw_timeline_model_get_single (self->model));
}

static void
insert_now (IwTimelinePage *self)
{
  iw_quick_entry_bar_insert_now (self->quick_entry);
}

static void
on_skew_applied (IwTimelinePage *self, const char *message)
{
  iw_timeline_page_toast (self, message, TRUE);
}

static void
skew (IwTimelinePage *self)
{
  AdwDialog *dialog = iw_skew_dialog_new (
      self->workspace, iw_timeline_view_get_evidence (self->view), self->display);

  g_signal_connect_object (dialog, "applied", G_CALLBACK (on_skew_applied), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* The selected rows as lines of time, kind and text, for a chat or a mail. */
static void
copy (IwTimelinePage *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));
  g_autoptr (GString) lines = g_string_new (NULL);
  GTimeZone *shown = iw_time_display_get_zone (self->display);
  GtkBitsetIter iter;
  guint position, n = 0;

  if (!gtk_bitset_iter_init_first (&iter, selected, &position))
    return;
  do
    {
      g_autoptr (IwTimelineRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
      IwTime time = { iw_timeline_row_get_time (row), iw_timeline_row_get_precision (row) };
      g_autofree char *when = iw_time_format (time, shown, TRUE);
      g_autofree char *words = iw_time_display_words (self->display, time.us);
      g_autofree char *kind = iw_row_kind_words (row);
      g_autofree char *text = iw_row_text (row);

      g_string_append_printf (lines, "%s%s %s\t%s\t%s", n > 0 ? "\n" : "", when, words, kind, text);
    }
  while (++n < MAX_COPIED && gtk_bitset_iter_next (&iter, &position));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), lines->str);
}

/* ---- the table ---- */

static const struct
{
  const char *name;
  PageFunc func;
  const char *keys; /* on the whole page; NULL: none. The list's own keys are in
                     * iw-timeline-page-list.c, Ctrl+E, Ctrl+F and Ctrl+O are the window's. */
  gboolean area;    /* on overview and list only: keys that are typed into fields */
} page_actions[] = {
  { "add", iw_timeline_edits_add, "<Control><Shift>n", FALSE },
  { "edit", iw_timeline_edits_edit, NULL, FALSE },
  { "duplicate", iw_timeline_edits_duplicate, "<Control>d", TRUE },
  { "delete", iw_timeline_edits_delete, NULL, FALSE },
  { "bulk-edit", iw_timeline_edits_bulk, "<Control><Shift>e", FALSE },
  { "promote", iw_timeline_edits_promote, NULL, FALSE },
  { "toggle-key", iw_timeline_edits_toggle_key, "<Control>k", TRUE },
  { "toggle-run", toggle_run, NULL, FALSE },
  { "copy", copy, NULL, FALSE },
  { "find", find, NULL, FALSE },
  { "clear-filter", clear_filter, "<Control><Shift>l", FALSE },
  { "save-filter", save_filter, NULL, FALSE },
  { "zone", zone, "u", TRUE },
  { "zoom-in", zoom_in, "plus|equal|KP_Add", TRUE },
  { "zoom-out", zoom_out, "minus|KP_Subtract", TRUE },
  { "zoom-fit", zoom_fit, "0|KP_0", TRUE },
  { "zoom-busy", zoom_busy, "z", TRUE },
  { "detail", detail, NULL, FALSE },
  { "now", insert_now, "<Control>period", FALSE },
  { "import", iw_timeline_page_choose_import, NULL, FALSE },
  { "export", iw_timeline_page_export, "<Control><Shift>s", FALSE },
  { "skew", skew, NULL, FALSE },
};

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PageFunc func = g_object_get_data (G_OBJECT (action), "func");

  func (IW_TIMELINE_PAGE (data));
}

static void
on_zone_mode (GSimpleAction *action, GVariant *state, gpointer data)
{
  IwTimelinePage *self = IW_TIMELINE_PAGE (data);

  for (guint i = 0; i < G_N_ELEMENTS (zone_names); i++)
    if (g_str_equal (g_variant_get_string (state, NULL), zone_names[i]))
      iw_time_display_set_mode (self->display, i);
}

static void
show_zone_mode (IwTimelinePage *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "zone-mode");

  g_simple_action_set_state (
      G_SIMPLE_ACTION (action),
      g_variant_new_string (zone_names[iw_time_display_get_mode (self->display)]));
}

static void
add_shortcut (GtkEventController *controller, const char *keys, const char *name)
{
  g_autofree char *detailed = g_strconcat ("timeline.", name, NULL);

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys), gtk_named_action_new (detailed)));
}

void
iw_timeline_actions_init (IwTimelinePage *self)
{
  GtkEventController *page_keys = gtk_shortcut_controller_new ();
  GtkEventController *area_keys = gtk_shortcut_controller_new ();
  g_autoptr (GSimpleAction) mode = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (page_actions); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (page_actions[i].name, NULL);

      g_object_set_data (G_OBJECT (action), "func", (gpointer)page_actions[i].func);
      g_signal_connect_object (action, "activate", G_CALLBACK (on_activate), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
      if (page_actions[i].keys != NULL)
        add_shortcut (page_actions[i].area ? area_keys : page_keys, page_actions[i].keys,
                      page_actions[i].name);
    }
  mode = g_simple_action_new_stateful ("zone-mode", G_VARIANT_TYPE_STRING,
                                       g_variant_new_string ("utc"));
  g_signal_connect_object (mode, "change-state", G_CALLBACK (on_zone_mode), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (mode));
  show_zone_mode (self);
  g_signal_connect_object (self->display, "changed", G_CALLBACK (show_zone_mode), self,
                           G_CONNECT_SWAPPED);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "timeline", G_ACTION_GROUP (self->actions));
  gtk_widget_add_controller (GTK_WIDGET (self), page_keys);
  gtk_widget_add_controller (self->area, area_keys);
}

/* ---- when they make sense ---- */

static void
enable (IwTimelinePage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
iw_timeline_actions_update (IwTimelinePage *self)
{
  gboolean readable = self->view != NULL;
  gboolean writable = readable && !iw_workspace_get_read_only (self->workspace);
  gboolean filtered = readable && !iw_filter_is_empty (self->filter);
  guint n_selected = readable ? iw_timeline_model_get_n_selected (self->model) : 0;
  g_autoptr (GPtrArray) editable =
      n_selected > 0 ? iw_timeline_model_get_editable (self->model, 2) : NULL;
  guint n_editable = editable != NULL ? editable->len : 0;
  g_autoptr (IwTimelineRow) row = n_selected == 1 ? iw_timeline_page_get_single (self) : NULL;
  gboolean event = row != NULL && iw_timeline_row_get_event (row) != NULL;
  gboolean run = row != NULL && iw_timeline_row_get_kind (row) == IW_ROW_RUN;

  enable (self, "add", writable);
  enable (self, "now", writable);
  enable (self, "import", writable);
  enable (self, "edit", writable && n_selected == 1 && n_editable == 1);
  enable (self, "duplicate", writable && n_selected == 1 && n_editable == 1);
  enable (self, "bulk-edit", writable && n_editable > 1);
  enable (self, "delete", writable && n_editable > 0);
  enable (self, "toggle-key", writable && n_editable > 0);
  enable (self, "promote", writable && event);
  enable (self, "toggle-run", run);
  enable (self, "copy", n_selected > 0);
  enable (self, "clear-filter", filtered);
  enable (self, "save-filter", writable && filtered);
  enable (self, "export", readable);
  enable (self, "skew", writable && iw_timeline_view_get_evidence (self->view)->len > 0);
}
