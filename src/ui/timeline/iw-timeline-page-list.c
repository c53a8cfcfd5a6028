/* The list of the timeline page: rows, days, what is on screen, selection. */
#include "config.h"

#include "iw-timeline-page-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "iw-timeline-row-text.h"
#include "iw-timeline-row-widget.h"

/* No row is lower than this many pixels. */
#define PROBE_STEP 12
/* How many layouts a row may take to come into sight. */
#define MAX_REVEAL_TURNS 5

/* ---- rows and days ---- */

static void
on_row_setup (GtkSignalListItemFactory *factory, GtkListItem *item, IwTimelinePage *self)
{
  gtk_list_item_set_child (item, iw_timeline_row_widget_new (self->columns));
}

static void
on_row_bind (GtkSignalListItemFactory *factory, GtkListItem *item, IwTimelinePage *self)
{
  iw_timeline_row_widget_bind (IW_TIMELINE_ROW_WIDGET (gtk_list_item_get_child (item)), item);
}

static void
on_row_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, IwTimelinePage *self)
{
  iw_timeline_row_widget_bind (IW_TIMELINE_ROW_WIDGET (gtk_list_item_get_child (item)), NULL);
}

static void
show_day (IwTimelinePage *self, GtkListHeader *header)
{
  IwTimelineRow *row = gtk_list_header_get_item (header);
  g_autofree char *day = NULL;

  if (row == NULL)
    return;
  day =
      iw_time_format_day (iw_timeline_row_get_time (row), iw_time_display_get_zone (self->display));
  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), day);
}

static void
on_header_setup (GtkSignalListItemFactory *factory, GtkListHeader *header, IwTimelinePage *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 9);
  gtk_list_header_set_child (header, label);
}

static void
on_header_bind (GtkSignalListItemFactory *factory, GtkListHeader *header, IwTimelinePage *self)
{
  g_ptr_array_add (self->headers, header);
  show_day (self, header);
}

static void
on_header_unbind (GtkSignalListItemFactory *factory, GtkListHeader *header, IwTimelinePage *self)
{
  g_ptr_array_remove (self->headers, header);
}

/* ---- what is on screen ---- */

/* The position of a row of the list whose item widget is @child; invalid for headers. */
static guint
child_position (GtkWidget *child)
{
  GtkWidget *row = gtk_widget_get_first_child (child);

  return IW_IS_TIMELINE_ROW_WIDGET (row)
             ? iw_timeline_row_widget_get_position (IW_TIMELINE_ROW_WIDGET (row))
             : GTK_INVALID_LIST_POSITION;
}

static GtkWidget *
child_at (IwTimelinePage *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && gtk_widget_get_parent (widget) != GTK_WIDGET (self->list))
    widget = gtk_widget_get_parent (widget);
  return widget;
}

/* The first row met on the way from @y by @step, past headings. */
static guint
position_from (IwTimelinePage *self, double y, double step)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->list));
  double x = gtk_widget_get_width (GTK_WIDGET (self->list)) / 2.0;

  for (; y >= 0 && y < height; y += step)
    {
      GtkWidget *child = child_at (self, x, y);
      guint position = child != NULL ? child_position (child) : GTK_INVALID_LIST_POSITION;

      if (position != GTK_INVALID_LIST_POSITION)
        return position;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* A list has many more rows at hand than it shows, so that the screen itself is asked. */
static void
find_visible (IwTimelinePage *self, guint *first, guint *n)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->list));
  guint low = position_from (self, 1, PROBE_STEP);
  guint high = position_from (self, height - 1, -PROBE_STEP);
  gboolean found =
      low != GTK_INVALID_LIST_POSITION && high != GTK_INVALID_LIST_POSITION && low <= high;

  *first = found ? low : 0;
  *n = found ? high - low + 1 : 0;
}

/* GtkListView holds on to the first row when its height changes, and so loses the first day's
 * heading above it. */
static void
show_first_heading (IwTimelinePage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkWidget *child = child_at (self, gtk_widget_get_width (list) / 2.0, 1);
  graphene_rect_t bounds;

  if (self->visible_first == 0 && gtk_adjustment_get_value (adjustment) > 0 && child != NULL &&
      child_position (child) == 0 && gtk_widget_compute_bounds (child, list, &bounds) &&
      fabsf (bounds.origin.y) < 1)
    gtk_adjustment_set_value (adjustment, 0);
}

static GtkWidget *
find_child (IwTimelinePage *self, guint position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child) && child_position (child) == position)
      return child;
  return NULL;
}

/* GtkListView scrolls by the heights it knows, without the heading of a day that is new: once a
 * layout has been made the rest of the way is known. FALSE where it must be looked at again. */
static gboolean
finish_reveal (IwTimelinePage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkWidget *child = find_child (self, self->reveal);
  double page = gtk_adjustment_get_page_size (adjustment), rest = 0;
  graphene_rect_t bounds;

  if (child == NULL || !gtk_widget_compute_bounds (child, GTK_WIDGET (self->list), &bounds))
    {
      gtk_list_view_scroll_to (self->list, self->reveal, GTK_LIST_SCROLL_NONE, NULL);
      return FALSE;
    }
  if (bounds.origin.y + bounds.size.height > page + 0.5)
    rest = bounds.origin.y + bounds.size.height - page;
  else if (bounds.origin.y < -0.5)
    rest = bounds.origin.y;
  if (rest == 0)
    return TRUE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + rest);
  return FALSE;
}

static void
forget_reveal (IwTimelinePage *self)
{
  self->reveal = GTK_INVALID_LIST_POSITION;
  self->to_latest = FALSE;
}

/* TRUE where another layout has to be waited for. */
static gboolean
go_on_revealing (IwTimelinePage *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (self->reveal >= n_rows || self->reveal_turns == 0 || finish_reveal (self))
    forget_reveal (self);
  else
    self->reveal_turns--;
  return self->reveal != GTK_INVALID_LIST_POSITION;
}

static void
announce_visible (IwTimelinePage *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autoptr (IwTimelineRow) first = NULL, last = NULL;

  if (self->visible_n == 0 || self->visible_first + self->visible_n > n_rows)
    return;
  first = g_list_model_get_item (G_LIST_MODEL (self->model), self->visible_first);
  last =
      g_list_model_get_item (G_LIST_MODEL (self->model), self->visible_first + self->visible_n - 1);
  iw_overview_set_list_range (
      self->overview, iw_timeline_row_get_time (first),
      MAX (iw_timeline_row_get_time (last), iw_timeline_row_get_end (last)));
}

static gboolean
on_visible_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  IwTimelinePage *self = IW_TIMELINE_PAGE (data);

  if (self->visible_wait > 0)
    {
      self->visible_wait--;
      return G_SOURCE_CONTINUE;
    }
  if (self->model != NULL && go_on_revealing (self))
    {
      self->visible_wait = 1;
      return G_SOURCE_CONTINUE;
    }
  self->visible_tick = 0;
  if (self->model == NULL)
    return G_SOURCE_REMOVE;
  find_visible (self, &self->visible_first, &self->visible_n);
  iw_timeline_model_set_visible (self->model, self->visible_first, self->visible_n);
  show_first_heading (self);
  announce_visible (self);
  return G_SOURCE_REMOVE;
}

/* Ticks come before the layout of their frame, so that the second one sees where the rows now are.
 */
static void
queue_visible (IwTimelinePage *self)
{
  if (self->visible_tick != 0)
    return;
  self->visible_wait = 1;
  self->visible_tick =
      gtk_widget_add_tick_callback (GTK_WIDGET (self->list), on_visible_tick, self, NULL);
}

/* ---- changes ---- */

static gboolean
list_has_keyboard (IwTimelinePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == GTK_WIDGET (self->list) ||
                           gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)));
}

/* A row that changed is a new row to the list, and the keyboard would start again at the first one:
 * the next Shift+Up would select, and Delete delete, what nobody meant. */
static void
keep_keyboard (IwTimelinePage *self)
{
  guint position = iw_timeline_model_get_single (self->model);
  guint first = 0, n = 0;

  iw_timeline_model_get_visible (self->model, &first, &n);
  if (self->had_keyboard && position != GTK_INVALID_LIST_POSITION && position >= first &&
      position - first < n)
    gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_FOCUS, NULL);
  self->had_keyboard = FALSE;
}

void
iw_timeline_page_begin_change (IwTimelinePage *self)
{
  self->had_keyboard = list_has_keyboard (self);
  /* While a layout is outstanding the rows' places mean nothing; the model knows where they went.
   */
  if (self->visible_tick == 0)
    {
      find_visible (self, &self->visible_first, &self->visible_n);
      iw_timeline_model_set_visible (self->model, self->visible_first, self->visible_n);
    }
  self->reveal = GTK_INVALID_LIST_POSITION;
  iw_timeline_model_get_visible (self->model, &self->visible_first, &self->visible_n);
  if (self->visible_n > 0)
    {
      g_autoptr (IwTimelineRow) row =
          g_list_model_get_item (G_LIST_MODEL (self->model), self->visible_first);

      if (row != NULL)
        self->anchor_time = iw_timeline_row_get_time (row);
    }
  iw_timeline_model_begin_change (self->model);
}

void
iw_timeline_page_end_change (IwTimelinePage *self)
{
  if (!iw_timeline_model_end_change (self->model) && self->anchor_time != 0)
    {
      guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
      guint position = iw_timeline_view_find_time (self->view, self->anchor_time);

      if (n_rows > 0)
        gtk_list_view_scroll_to (self->list, MIN (position, n_rows - 1), GTK_LIST_SCROLL_NONE,
                                 NULL);
    }
  iw_timeline_model_get_visible (self->model, &self->visible_first, &self->visible_n);
  keep_keyboard (self);
  queue_visible (self);
  self->visible_wait = 1;
  if (self->to_latest)
    iw_timeline_page_show_latest (self);
  iw_timeline_page_update_stack (self);
  iw_timeline_page_update_filter_row (self);
  iw_timeline_page_update_detail (self);
  iw_timeline_actions_update (self);
}

void
iw_timeline_page_zone_changed (IwTimelinePage *self)
{
  if (self->view != NULL)
    {
      iw_timeline_page_begin_change (self);
      iw_timeline_view_set_zone (self->view, iw_time_display_get_zone (self->display));
      iw_timeline_page_end_change (self);
      iw_timeline_model_days_changed (self->model);
    }
  for (guint i = 0; i < self->headers->len; i++)
    show_day (self, g_ptr_array_index (self->headers, i));
}

/* ---- selection ---- */

IwTimelineRow *
iw_timeline_page_get_single (IwTimelinePage *self)
{
  guint position =
      self->model != NULL ? iw_timeline_model_get_single (self->model) : GTK_INVALID_LIST_POSITION;

  if (position == GTK_INVALID_LIST_POSITION)
    return NULL;
  /* Fresh from the view: what is shown may be an older copy that looks the same. */
  return iw_timeline_view_get_row (self->view, position);
}

void
iw_timeline_page_update_detail (IwTimelinePage *self)
{
  g_autoptr (IwTimelineRow) row = NULL;

  if (!adw_overlay_split_view_get_show_sidebar (self->split))
    return;
  row = iw_timeline_page_get_single (self);
  iw_detail_pane_show_row (self->detail, row);
}

static void
on_selection_changed (IwTimelinePage *self)
{
  iw_timeline_page_update_detail (self);
  iw_timeline_actions_update (self);
}

static void
bring_into_sight (IwTimelinePage *self, guint position)
{
  self->reveal = position;
  self->reveal_turns = MAX_REVEAL_TURNS;
  self->to_latest = FALSE;
  queue_visible (self);
  self->visible_wait = 1;
}

void
iw_timeline_page_reveal (IwTimelinePage *self, guint position, gboolean focus)
{
  GtkListScrollFlags flags = GTK_LIST_SCROLL_SELECT | (focus ? GTK_LIST_SCROLL_FOCUS : 0);

  gtk_list_view_scroll_to (self->list, position, flags, NULL);
  bring_into_sight (self, position);
}

void
iw_timeline_page_show_latest (IwTimelinePage *self)
{
  guint n_rows = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;

  if (n_rows == 0)
    return;
  gtk_list_view_scroll_to (self->list, n_rows - 1, GTK_LIST_SCROLL_NONE, NULL);
  bring_into_sight (self, n_rows - 1);
  self->to_latest = TRUE;
}

/* ---- input ---- */

void
iw_timeline_page_toggle_run (IwTimelinePage *self, guint position)
{
  g_autoptr (IwTimelineRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row == NULL || iw_timeline_row_get_kind (row) != IW_ROW_RUN)
    return;
  iw_timeline_page_begin_change (self);
  iw_timeline_view_set_run_expanded (self->view, position, !iw_timeline_row_get_run_expanded (row));
  iw_timeline_page_end_change (self);
}

/* Enter or a double click: open a run, edit an entry, show what an event says. */
static void
on_row_activated (GtkListView *list, guint position, IwTimelinePage *self)
{
  g_autoptr (IwTimelineRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row == NULL)
    return;
  if (iw_timeline_row_get_kind (row) == IW_ROW_RUN)
    {
      iw_timeline_page_toggle_run (self, position);
      return;
    }
  iw_timeline_model_select_only (self->model, position);
  if (g_action_group_get_action_enabled (G_ACTION_GROUP (self->actions), "edit"))
    g_action_group_activate_action (G_ACTION_GROUP (self->actions), "edit", NULL);
  else
    adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
}

/* Right and left open and close a run, as in a tree. */
static gboolean
set_expanded (IwTimelinePage *self, gboolean expanded)
{
  g_autoptr (IwTimelineRow) row = iw_timeline_page_get_single (self);

  if (row == NULL || iw_timeline_row_get_kind (row) != IW_ROW_RUN ||
      iw_timeline_row_get_run_expanded (row) == expanded)
    return FALSE;
  iw_timeline_page_toggle_run (self, iw_timeline_model_get_single (self->model));
  return TRUE;
}

static gboolean
on_forward (GtkWidget *widget, GVariant *args, gpointer data)
{
  return set_expanded (IW_TIMELINE_PAGE (data),
                       gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL);
}

static gboolean
on_backward (GtkWidget *widget, GVariant *args, gpointer data)
{
  return set_expanded (IW_TIMELINE_PAGE (data),
                       gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
}

static gboolean
move_row (IwTimelinePage *self, int step)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  guint n_rows, position;
  g_autoptr (GtkBitset) selected = NULL;

  if (self->model == NULL || (n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model))) == 0)
    return FALSE;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));
  if (gtk_bitset_is_empty (selected))
    {
      position = focus != NULL ? child_position (focus) : GTK_INVALID_LIST_POSITION;
      position = MIN (position < n_rows ? position : self->visible_first, n_rows - 1);
    }
  else if (step > 0)
    position = MIN (gtk_bitset_get_maximum (selected) + 1, n_rows - 1);
  else
    position = MAX (gtk_bitset_get_minimum (selected), 1) - 1;
  iw_timeline_page_reveal (self, position, TRUE);
  return TRUE;
}

static gboolean
on_next (GtkWidget *widget, GVariant *args, gpointer data)
{
  return move_row (IW_TIMELINE_PAGE (data), 1);
}

static gboolean
on_previous (GtkWidget *widget, GVariant *args, gpointer data)
{
  return move_row (IW_TIMELINE_PAGE (data), -1);
}

static const struct
{
  const char *trigger;
  GtkShortcutFunc func;
  const char *action; /* where there is no func */
} list_shortcuts[] = {
  { "Right", on_forward, NULL },
  { "Left", on_backward, NULL },
  { "j", on_next, NULL },
  { "k", on_previous, NULL },
  { "space", NULL, "timeline.detail" },
  { "F2", NULL, "timeline.edit" },
  { "Delete|KP_Delete", NULL, "timeline.delete" },
  { "p", NULL, "timeline.promote" },
  { "<Control>c", NULL, "timeline.copy" },
};

static void
add_list_shortcuts (IwTimelinePage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* Before the rows: Space would select. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (list_shortcuts); i++)
    {
      GtkShortcutAction *action = list_shortcuts[i].func != NULL
                                      ? gtk_callback_action_new (list_shortcuts[i].func, self, NULL)
                                      : gtk_named_action_new (list_shortcuts[i].action);
      GtkShortcut *shortcut =
          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (list_shortcuts[i].trigger), action);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self->list), controller);
}

/* ---- the context menu ---- */

static void
popup_at (IwTimelinePage *self, double x, double y)
{
  if (self->row_menu_popover == NULL)
    {
      self->row_menu_popover = gtk_popover_menu_new_from_model (self->row_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->row_menu_popover), FALSE);
      gtk_widget_set_halign (self->row_menu_popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->row_menu_popover, GTK_WIDGET (self->list));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu_popover),
                               &(GdkRectangle){ (int)x, (int)y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_menu_popover));
}

static void
on_secondary_click (GtkGestureClick *gesture, int n_press, double x, double y, IwTimelinePage *self)
{
  GtkWidget *child = child_at (self, x, y);
  guint position = child != NULL ? child_position (child) : GTK_INVALID_LIST_POSITION;

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->model), position))
    iw_timeline_model_select_only (self->model, position);
  popup_at (self, x, y);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  IwTimelinePage *self = IW_TIMELINE_PAGE (data);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  guint position = child != NULL ? child_position (child) : GTK_INVALID_LIST_POSITION;
  graphene_rect_t bounds;

  if (position == GTK_INVALID_LIST_POSITION || !gtk_widget_compute_bounds (child, widget, &bounds))
    return FALSE;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->model), position))
    iw_timeline_model_select_only (self->model, position);
  popup_at (self, bounds.origin.x + 24, bounds.origin.y + bounds.size.height);
  return TRUE;
}

static void
add_menu (IwTimelinePage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (on_menu_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

/* ---- making it ---- */

static GtkListItemFactory *
make_factory (IwTimelinePage *self, GCallback setup, GCallback bind, GCallback unbind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", setup, self, 0);
  g_signal_connect_object (factory, "bind", bind, self, 0);
  g_signal_connect_object (factory, "unbind", unbind, self, 0);
  return factory;
}

void
iw_timeline_page_init_list (IwTimelinePage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_autoptr (GtkListItemFactory) rows = make_factory (
      self, G_CALLBACK (on_row_setup), G_CALLBACK (on_row_bind), G_CALLBACK (on_row_unbind));
  g_autoptr (GtkListItemFactory) headers =
      make_factory (self, G_CALLBACK (on_header_setup), G_CALLBACK (on_header_bind),
                    G_CALLBACK (on_header_unbind));

  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
  add_list_shortcuts (self);
  add_menu (self);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (queue_visible), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (queue_visible), self,
                           G_CONNECT_SWAPPED);
  if (self->view == NULL)
    return;
  self->model = iw_timeline_model_new (self->view);
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->model));
}

void
iw_timeline_page_class_init_list (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}
