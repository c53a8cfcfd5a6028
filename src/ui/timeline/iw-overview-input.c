/* Pointer, touch and keys on the overview. */
#include "config.h"

#include <math.h>

#include "iw-overview-private.h"

#define WHEEL_STEP 1.25
#define CLICK_PX 4
/* Keys may repeat: the list is filtered once they rest. */
#define BRUSH_REST_MS 150

static void
emit_brushed (IwOverview *self)
{
  g_clear_handle_id (&self->brush_timeout, g_source_remove);
  g_signal_emit_by_name (self, "brushed", self->brush_start, self->brush_end);
}

static gboolean
on_brush_rest (gpointer data)
{
  IwOverview *self = data;

  self->brush_timeout = 0;
  emit_brushed (self);
  return G_SOURCE_REMOVE;
}

void
iw_overview_set_brush (IwOverview *self, gint64 start, gint64 end)
{
  self->brush_start = MIN (start, end);
  self->brush_end = MAX (start, end);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
clear_brush (IwOverview *self)
{
  iw_overview_set_brush (self, 0, 0);
  emit_brushed (self);
}

static void
zoom_at (IwOverview *self, double factor, double x)
{
  iw_scale_zoom (&self->scale, factor, x);
  iw_overview_changed_visible (self);
}

static void
pan (IwOverview *self, double dx)
{
  iw_scale_pan (&self->scale, dx);
  iw_overview_changed_visible (self);
}

/* ---- wheel and touchpad ---- */

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, gpointer data)
{
  IwOverview *self = data;
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  gboolean smooth = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE;
  double middle = self->scale.width / 2;

  if (!self->has_scale)
    return GDK_EVENT_PROPAGATE;
  if (state & GDK_SHIFT_MASK)
    {
      dx += dy;
      dy = 0;
    }
  if (fabs (dx) > fabs (dy))
    pan (self, smooth ? dx : dx * self->scale.width / 12);
  else if (dy != 0)
    zoom_at (self, pow (WHEEL_STEP, smooth ? -dy / 30 : -dy),
             self->pointer_x >= 0 ? self->pointer_x : middle);
  return GDK_EVENT_STOP;
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, gpointer data)
{
  IW_OVERVIEW (data)->pointer_x = x;
}

static void
on_leave (GtkEventControllerMotion *motion, gpointer data)
{
  IW_OVERVIEW (data)->pointer_x = -1;
}

/* ---- brush: drag with the primary button; a click goes to that time ---- */

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, gpointer data)
{
  IwOverview *self = data;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->brush_anchor = self->has_scale ? iw_scale_to_time (&self->scale, x) : 0;
  self->brushing = FALSE;
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, gpointer data)
{
  IwOverview *self = data;
  double x, y;

  if (!self->has_scale || (!self->brushing && fabs (dx) < CLICK_PX))
    return;
  self->brushing = TRUE;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_gesture_drag_get_start_point (drag, &x, &y);
  iw_overview_set_brush (self, self->brush_anchor,
                         iw_scale_to_time (&self->scale, CLAMP (x + dx, 0, self->scale.width)));
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, gpointer data)
{
  IwOverview *self = data;

  if (!self->has_scale)
    return;
  if (self->brushing)
    emit_brushed (self);
  else if (fabs (dx) < CLICK_PX)
    g_signal_emit_by_name (self, "activated", self->brush_anchor);
  self->brushing = FALSE;
}

/* ---- pan with the middle button, pinch ---- */

static void
on_gesture_begin (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  IW_OVERVIEW (data)->gesture_scale = IW_OVERVIEW (data)->scale;
}

static void
on_pan_begin (GtkGestureDrag *drag, double x, double y, gpointer data)
{
  on_gesture_begin (GTK_GESTURE (drag), NULL, data);
}

static void
on_pan_update (GtkGestureDrag *drag, double dx, double dy, gpointer data)
{
  IwOverview *self = data;

  if (!self->has_scale)
    return;
  self->scale = self->gesture_scale;
  pan (self, -dx);
}

static void
on_pinch (GtkGestureZoom *zoom, double factor, gpointer data)
{
  IwOverview *self = data;
  double x = self->scale.width / 2, y;

  if (!self->has_scale)
    return;
  gtk_gesture_get_bounding_box_center (GTK_GESTURE (zoom), &x, &y);
  self->scale = self->gesture_scale;
  zoom_at (self, factor, x);
}

/* ---- keys ---- */

static void
brush_by_key (IwOverview *self, int direction)
{
  gint64 step = MAX ((self->scale.end - self->scale.start) / 40, 1);
  gint64 moved;

  if (self->brush_start == self->brush_end)
    {
      gint64 from = self->list_start < self->list_end ? self->list_start : self->scale.start;

      self->brush_anchor = CLAMP (from, self->scale.start, self->scale.end - step);
      moved = self->brush_anchor;
    }
  else if (self->brush_anchor == self->brush_end)
    moved = self->brush_start;
  else
    {
      self->brush_anchor = self->brush_start;
      moved = self->brush_end;
    }
  moved = CLAMP (moved + direction * step, self->scale.first, self->scale.last);
  iw_overview_set_brush (self, self->brush_anchor, moved);
  if (moved < self->scale.start || moved > self->scale.end)
    pan (self, direction * self->scale.width / 40);
  g_clear_handle_id (&self->brush_timeout, g_source_remove);
  self->brush_timeout = g_timeout_add (BRUSH_REST_MS, on_brush_rest, self);
}

static void
go_to_end (IwOverview *self, gboolean last)
{
  gint64 span = self->scale.end - self->scale.start;
  gint64 start = last ? self->scale.last - span : self->scale.first;

  iw_overview_set_visible (self, start, start + span);
}

static gboolean
on_arrow (IwOverview *self, int direction, GdkModifierType state)
{
  if (state & (GDK_ALT_MASK | GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  if (state & GDK_SHIFT_MASK)
    brush_by_key (self, direction);
  else
    pan (self, direction * self->scale.width / 8);
  return GDK_EVENT_STOP;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        gpointer data)
{
  IwOverview *self = data;
  double middle = self->scale.width / 2;

  if (!self->has_scale)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_at (self, 1.5, middle);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_at (self, 1 / 1.5, middle);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      iw_overview_zoom_fit (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return on_arrow (self, -1, state);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return on_arrow (self, 1, state);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      go_to_end (self, FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      go_to_end (self, TRUE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      g_signal_emit_by_name (self, "activated",
                             self->brush_start != self->brush_end
                                 ? self->brush_start
                                 : iw_scale_to_time (&self->scale, middle));
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (self->brush_start == self->brush_end)
        return GDK_EVENT_PROPAGATE;
      clear_brush (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
add_drag (IwOverview *self, guint button, GCallback begin, GCallback update, GCallback end)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect (drag, "drag-begin", begin, self);
  g_signal_connect (drag, "drag-update", update, self);
  if (end != NULL)
    g_signal_connect (drag, "drag-end", end, self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
iw_overview_init_input (IwOverview *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  self->pointer_x = -1;
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_gesture_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  add_drag (self, GDK_BUTTON_PRIMARY, G_CALLBACK (on_drag_begin), G_CALLBACK (on_drag_update),
            G_CALLBACK (on_drag_end));
  add_drag (self, GDK_BUTTON_MIDDLE, G_CALLBACK (on_pan_begin), G_CALLBACK (on_pan_update), NULL);
}
