#include "config.h"

#include "iw-overview-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define BIN_MIN_PX 2
/* How finely the incident is looked at for where something happens. */
#define BUSY_BINS 1000

G_DEFINE_FINAL_TYPE (IwOverview, iw_overview, GTK_TYPE_WIDGET)

enum
{
  PROP_RANGE_WORDS = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  BRUSHED,
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

GTimeZone *
iw_overview_zone (IwOverview *self)
{
  static GTimeZone *utc;

  if (self->display != NULL)
    return iw_time_display_get_zone (self->display);
  if (g_once_init_enter_pointer (&utc))
    g_once_init_leave_pointer (&utc, g_time_zone_new_utc ());
  return utc;
}

/* ---- the histogram ---- */

static void
forget_bins (IwOverview *self)
{
  g_clear_pointer (&self->bins.counts, g_free);
  self->bins.bin_us = 0;
  self->bins.n = 0;
}

static gint64
floor_to (gint64 us, gint64 step)
{
  return us - ((us % step) + step) % step;
}

const IwOverviewBins *
iw_overview_bins (IwOverview *self)
{
  IwOverviewBins *bins = &self->bins;
  const IwScale *scale = &self->scale;
  gint64 bin_us = iw_scale_bin_width (scale, BIN_MIN_PX);
  gint64 span = scale->end - scale->start;
  gint64 start, end;

  if (bins->bin_us == bin_us && bins->start <= MAX (scale->start, scale->first) &&
      bins->start + (gint64)bins->n * bin_us >= MIN (scale->end, scale->last))
    return bins;
  forget_bins (self);
  start = floor_to (MAX (scale->start - span / 2, scale->first), bin_us);
  end = MIN (scale->end + span / 2, scale->last);
  bins->start = start;
  bins->bin_us = bin_us;
  bins->n = (guint)((end - start + bin_us - 1) / bin_us);
  bins->counts = g_new0 (guint32, MAX (bins->n, 1));
  iw_timeline_view_histogram (self->view, start, start + (gint64)bins->n * bin_us, bins->n,
                              bins->counts);
  return bins;
}

guint32
iw_overview_peak (IwOverview *self, gint64 *at)
{
  const IwOverviewBins *bins = iw_overview_bins (self);
  guint32 peak = 0;

  for (guint i = 0; i < bins->n; i++)
    {
      gint64 start = bins->start + (gint64)i * bins->bin_us;

      if (start + bins->bin_us <= self->scale.start || start >= self->scale.end ||
          bins->counts[i] <= peak)
        continue;
      peak = bins->counts[i];
      if (at != NULL)
        *at = start;
    }
  return peak;
}

/* ---- what is visible ---- */

static gboolean
on_announce (gpointer data)
{
  IwOverview *self = data;
  g_autofree char *words = iw_overview_words (self);

  self->announce_idle = 0;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return G_SOURCE_REMOVE;
}

void
iw_overview_changed_visible (IwOverview *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RANGE_WORDS]);
  /* the words are made once the movement rests, not for each frame of it */
  g_clear_handle_id (&self->announce_idle, g_source_remove);
  self->announce_idle = g_timeout_add (200, on_announce, self);
}

static void
take_extent (IwOverview *self)
{
  gint64 first, last;
  IwScale old = self->scale;
  gboolean had = self->has_scale;
  gboolean fitted = had && old.start == old.first && old.end == old.last;

  self->has_scale = self->view != NULL && iw_timeline_view_get_extent (self->view, &first, &last);
  if (!self->has_scale)
    return;
  self->scale = iw_scale_new (first, last, MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1));
  if (had && !fitted)
    iw_scale_set_visible (&self->scale, old.start, old.end);
}

static void
take_brush (IwOverview *self)
{
  gint64 start, end;

  if (self->view == NULL || self->brushing || self->brush_timeout != 0)
    return;
  if (iw_filter_get_range (iw_timeline_view_get_filter (self->view), &start, &end))
    iw_overview_set_brush (self, start, end);
  else
    iw_overview_set_brush (self, 0, 0);
}

void
iw_overview_refresh (IwOverview *self)
{
  g_return_if_fail (IW_IS_OVERVIEW (self));

  forget_bins (self);
  take_extent (self);
  take_brush (self);
  /* Containment has a row of its own. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
  iw_overview_changed_visible (self);
}

void
iw_overview_set_view (IwOverview *self, IwTimelineView *view)
{
  g_return_if_fail (IW_IS_OVERVIEW (self));

  if (!g_set_object (&self->view, view))
    return;
  self->has_scale = FALSE;
  self->list_start = self->list_end = 0;
  iw_overview_refresh (self);
}

static void
on_zone_changed (IwOverview *self)
{
  iw_overview_changed_visible (self);
}

void
iw_overview_set_time_display (IwOverview *self, IwTimeDisplay *display)
{
  g_return_if_fail (IW_IS_OVERVIEW (self));

  if (self->display != NULL)
    g_signal_handlers_disconnect_by_func (self->display, on_zone_changed, self);
  g_set_object (&self->display, display);
  if (display != NULL)
    g_signal_connect_object (display, "changed", G_CALLBACK (on_zone_changed), self,
                             G_CONNECT_SWAPPED);
  iw_overview_changed_visible (self);
}

void
iw_overview_set_list_range (IwOverview *self, gint64 start, gint64 end)
{
  g_return_if_fail (IW_IS_OVERVIEW (self));

  if (self->list_start == start && self->list_end == end)
    return;
  self->list_start = start;
  self->list_end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
iw_overview_set_visible (IwOverview *self, gint64 start, gint64 end)
{
  g_return_if_fail (IW_IS_OVERVIEW (self));

  if (!self->has_scale)
    return;
  iw_scale_set_visible (&self->scale, start, end);
  iw_overview_changed_visible (self);
}

void
iw_overview_zoom (IwOverview *self, double factor)
{
  g_return_if_fail (IW_IS_OVERVIEW (self));

  if (!self->has_scale)
    return;
  iw_scale_zoom (&self->scale, factor,
                 self->pointer_x >= 0 ? self->pointer_x : self->scale.width / 2);
  iw_overview_changed_visible (self);
}

void
iw_overview_zoom_fit (IwOverview *self)
{
  g_return_if_fail (IW_IS_OVERVIEW (self));

  if (self->has_scale)
    iw_overview_set_visible (self, self->scale.first, self->scale.last);
}

/* What happens in each of so many parts of the whole incident. */
static GArray *
busy_stretches (IwOverview *self)
{
  GPtrArray *entries = iw_timeline_view_get_entries (self->view);
  g_autofree guint32 *bins = g_new0 (guint32, BUSY_BINS);
  gint64 bin_us = (self->scale.last - self->scale.first) / BUSY_BINS + 1;

  iw_timeline_view_histogram (self->view, self->scale.first, self->scale.first + BUSY_BINS * bin_us,
                              BUSY_BINS, bins);
  for (guint i = 0; i < entries->len; i++)
    {
      gint64 us = iw_entry_get_sort_time (g_ptr_array_index (entries, i));

      bins[CLAMP ((us - self->scale.first) / bin_us, 0, BUSY_BINS - 1)]++;
    }
  return iw_scale_busy_stretches (bins, BUSY_BINS, self->scale.first, bin_us);
}

/* A little room on both sides, so that its ends are seen to be ends. */
static IwScale
scale_around (IwOverview *self, gint64 start, gint64 end)
{
  IwScale scale = self->scale;
  gint64 room = MAX ((end - start) / 20, IW_SCALE_MIN_SPAN);

  iw_scale_set_visible (&scale, start - room, end + room);
  return scale;
}

static gboolean
is_shown (IwOverview *self, const IwScale *scale)
{
  return self->scale.start == scale->start && self->scale.end == scale->end;
}

static IwScale
next_stretch (IwOverview *self, GArray *stretches)
{
  const IwBusyStretch *all = (const IwBusyStretch *)(void *)stretches->data;
  guint most = 0;

  for (guint i = 0; i < stretches->len; i++)
    {
      IwScale scale = scale_around (self, all[i].start, all[i].end);

      if (is_shown (self, &scale))
        {
          guint next = (i + 1) % stretches->len;

          return scale_around (self, all[next].start, all[next].end);
        }
      if (all[i].n > all[most].n)
        most = i;
    }
  return scale_around (self, all[most].start, all[most].end);
}

static gboolean
zoom_to_brush (IwOverview *self)
{
  IwScale scale = scale_around (self, self->brush_start, self->brush_end);

  if (self->brush_start == self->brush_end || is_shown (self, &scale))
    return FALSE;
  iw_overview_set_visible (self, scale.start, scale.end);
  return TRUE;
}

void
iw_overview_zoom_busy (IwOverview *self)
{
  g_autoptr (GArray) stretches = NULL;
  IwScale scale;

  g_return_if_fail (IW_IS_OVERVIEW (self));

  if (!self->has_scale || zoom_to_brush (self))
    return;
  stretches = busy_stretches (self);
  if (stretches->len == 0)
    return;
  scale = next_stretch (self, stretches);
  iw_overview_set_visible (self, scale.start, scale.end);
}

/* ---- the widget ---- */

static void
iw_overview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  iw_overview_draw (IW_OVERVIEW (widget), snapshot);
}

static void
iw_overview_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 480;
    }
  else
    *minimum = *natural = iw_overview_natural_height (IW_OVERVIEW (widget));
}

static void
iw_overview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  IW_OVERVIEW (widget)->scale.width = MAX (width, 1);
}

static gboolean
on_query_tooltip (GtkWidget *widget,
                  int x,
                  int y,
                  gboolean keyboard,
                  GtkTooltip *tooltip,
                  gpointer data)
{
  IwOverview *self = IW_OVERVIEW (widget);
  g_autofree char *words = keyboard ? iw_overview_words (self) : iw_overview_words_at (self, x);

  gtk_tooltip_set_text (tooltip, words);
  return words != NULL && !self->brushing;
}

static void
iw_overview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_RANGE_WORDS)
    g_value_take_string (value, iw_overview_get_range_words (IW_OVERVIEW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
iw_overview_dispose (GObject *object)
{
  IwOverview *self = IW_OVERVIEW (object);

  g_clear_handle_id (&self->announce_idle, g_source_remove);
  g_clear_handle_id (&self->brush_timeout, g_source_remove);
  forget_bins (self);
  self->has_scale = FALSE;
  g_clear_object (&self->view);
  g_clear_object (&self->display);
  G_OBJECT_CLASS (iw_overview_parent_class)->dispose (object);
}

static void
iw_overview_class_init (IwOverviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = iw_overview_dispose;
  object_class->get_property = iw_overview_get_property;
  widget_class->snapshot = iw_overview_snapshot;
  widget_class->measure = iw_overview_measure;
  widget_class->size_allocate = iw_overview_size_allocate;
  props[PROP_RANGE_WORDS] = g_param_spec_string ("range-words", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[BRUSHED] = g_signal_new ("brushed", IW_TYPE_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[ACTIVATED] = g_signal_new ("activated", IW_TYPE_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_css_name (widget_class, "overview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
iw_overview_init (IwOverview *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  const char *looks[] = { "notify::dark", "notify::high-contrast", "notify::accent-color" };

  self->scale.width = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    g_signal_connect_object (style, looks[i], G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Overview of the timeline"),
      GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION, C_ ("accessibility", "drawing in time"), -1);
  iw_overview_init_input (self);
}
