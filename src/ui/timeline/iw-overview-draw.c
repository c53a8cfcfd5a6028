/* What the overview looks like. Kinds differ by shape before colour, stages by name; all colours
 * come from the style, so that light, dark and high contrast follow. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "iw-kind-shape.h"
#include "iw-overview-private.h"

#define LANE_HEIGHT 22
#define DENSITY_HEIGHT 44
#define MARK_RADIUS 4.5
#define KEY_RADIUS 7.0
#define MIN_TICK_PX 44
#define LABEL_GAP 10
/* Marks of one kind closer than this are one mark. */
#define MARK_APART 3

typedef struct
{
  GtkSnapshot *snapshot;
  IwOverview *overview;
  double width, height;
  double line;   /* height of a line of small text */
  double stage;  /* height of the row of stages; 0 without any */
  double band;   /* the same with the row of containment below it */
  double lane_y; /* middle of the row of marks */
  double axis_y; /* foot of the density, top of the axis */
  GdkRGBA ink;
  GdkRGBA accent;
  gboolean contrast;
} Drawing;

static GdkRGBA
with_alpha (GdkRGBA color, double alpha)
{
  color.alpha *= (float)alpha;
  return color;
}

static PangoLayout *
small_layout (IwOverview *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static double
line_height (IwOverview *self)
{
  g_autoptr (PangoLayout) layout = small_layout (self, "0A");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static gboolean
has_containment (IwOverview *self)
{
  return self->view != NULL && iw_timeline_view_get_containment (self->view)->len > 0;
}

int
iw_overview_natural_height (IwOverview *self)
{
  int lines = has_containment (self) ? 3 : 2;

  return (int)ceil (lines * line_height (self)) + 4 + LANE_HEIGHT + DENSITY_HEIGHT;
}

static void
fill (Drawing *d, double x, double y, double width, double height, GdkRGBA color)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height);

  gtk_snapshot_append_color (d->snapshot, &color, &rect);
}

static void
draw_layout (Drawing *d, PangoLayout *layout, double x, double y, GdkRGBA color)
{
  gtk_snapshot_save (d->snapshot);
  gtk_snapshot_translate (d->snapshot, &GRAPHENE_POINT_INIT ((float)round (x), (float)round (y)));
  gtk_snapshot_append_layout (d->snapshot, layout, &color);
  gtk_snapshot_restore (d->snapshot);
}

/* ---- stages (process.md P5) ---- */

static void
draw_band (Drawing *d, const IwStageBand *band)
{
  IwScale *scale = &d->overview->scale;
  double x0 = CLAMP (iw_scale_to_x (scale, MIN (band->start, scale->last)), 0, d->width);
  double x1 = CLAMP (iw_scale_to_x (scale, MIN (band->end, scale->last)), 0, d->width);
  g_autoptr (PangoLayout) layout = NULL;

  if (x1 - x0 < 1)
    return;
  fill (d, x0, 0, x1 - x0, d->stage, with_alpha (d->ink, 0.06 + 0.035 * band->stage));
  fill (d, x0, 0, 1, d->axis_y, with_alpha (d->ink, d->contrast ? 0.6 : 0.25));
  if (x1 - x0 < 3 * d->line)
    return;
  layout = small_layout (d->overview, iw_stage_label (band->stage));
  pango_layout_set_width (layout, (int)((x1 - x0 - 10) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  draw_layout (d, layout, x0 + 5, 1, d->ink);
}

static void
draw_bands (Drawing *d, GArray *bands)
{
  for (guint i = 0; i < bands->len; i++)
    draw_band (d, &g_array_index (bands, IwStageBand, i));
}

/* ---- containment, beside the stages (P3) ---- */

#define HATCH_PX 6

static void
draw_hatch (Drawing *d, double x0, double y0, double width, double height)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (1);
  GdkRGBA color = with_alpha (d->ink, d->contrast ? 0.6 : 0.3);

  for (double x = x0 - height; x < x0 + width; x += HATCH_PX)
    {
      gsk_path_builder_move_to (builder, (float)x, (float)(y0 + height));
      gsk_path_builder_line_to (builder, (float)(x + height), (float)y0);
    }
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_push_clip (d->snapshot,
                          &GRAPHENE_RECT_INIT ((float)x0, (float)y0, (float)width, (float)height));
  gtk_snapshot_append_stroke (d->snapshot, path, stroke, &color);
  gtk_snapshot_pop (d->snapshot);
  gsk_stroke_free (stroke);
}

/* Hatched where stages are plain; the word stands beside the hatching, not upon it. */
static void
draw_containment (Drawing *d, const IwSpan *span)
{
  IwScale *scale = &d->overview->scale;
  double x0 = CLAMP (iw_scale_to_x (scale, MIN (span->start, scale->last)), 0, d->width);
  double x1 = CLAMP (iw_scale_to_x (scale, MIN (span->end, scale->last)), 0, d->width);
  double height = d->band - d->stage;
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (x1 - x0 < 1)
    return;
  fill (d, x0, d->stage, 1, height, with_alpha (d->ink, d->contrast ? 0.8 : 0.5));
  fill (d, x1 - 1, d->stage, 1, height, with_alpha (d->ink, d->contrast ? 0.8 : 0.5));
  /* Translators: a band of the drawn timeline: while containment ran. */
  layout = small_layout (d->overview, C_ ("overview", "Containment"));
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (x1 - x0 < width + 12)
    {
      draw_hatch (d, x0, d->stage + 2, x1 - x0, height - 4);
      return;
    }
  draw_layout (d, layout, x0 + 5, d->stage + 1, d->ink);
  draw_hatch (d, x0 + width + 10, d->stage + 2, x1 - x0 - width - 10, height - 4);
}

static void
draw_containments (Drawing *d)
{
  GArray *spans = iw_timeline_view_get_containment (d->overview->view);

  for (guint i = 0; i < spans->len; i++)
    draw_containment (d, &g_array_index (spans, IwSpan, i));
}

/* ---- density of machine events ---- */

static gboolean
in_brush (IwOverview *self, gint64 start, gint64 end)
{
  return self->brush_start == self->brush_end ||
         (end > self->brush_start && start < self->brush_end);
}

static void
draw_density (Drawing *d)
{
  IwOverview *self = d->overview;
  const IwOverviewBins *bins = iw_overview_bins (self);
  double room = d->axis_y - (d->lane_y + LANE_HEIGHT / 2.0);
  double bin_px = (double)bins->bin_us / (double)(self->scale.end - self->scale.start) * d->width;
  guint32 peak = iw_overview_peak (self, NULL);
  double offset = iw_scale_to_x (&self->scale, bins->start);

  for (guint i = 0; peak > 0 && i < bins->n; i++)
    {
      double x0 = MAX (offset + i * bin_px, 0);
      double x1 = MIN (offset + (i + 1) * bin_px, d->width);
      gint64 start = bins->start + (gint64)i * bins->bin_us;
      double height;
      gboolean lit;

      if (bins->counts[i] == 0 || x1 <= x0)
        continue;
      /* the square root lets a single event be seen beside thousands */
      height = MAX (2, sqrt ((double)bins->counts[i] / peak) * room);
      lit = in_brush (self, start, start + bins->bin_us);
      fill (d, x0, d->axis_y - height, x1 - x0, height,
            with_alpha (d->ink, lit ? (d->contrast ? 0.9 : 0.55) : 0.2));
    }
}

/* ---- entries ---- */

static void
draw_path (Drawing *d, GskPathBuilder *builder, GdkRGBA color)
{
  g_autoptr (GskPath) path = gsk_path_builder_to_path (builder);

  if (!gsk_path_is_empty (path))
    gtk_snapshot_append_fill (d->snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

static void
draw_span (Drawing *d, IwEntry *entry, double x)
{
  IwTime end = iw_entry_get_occurred_end (entry);
  double x1 = iw_time_is_set (end) ? iw_scale_to_x (&d->overview->scale, end.us) : x;

  x1 = MIN (x1, d->width);
  x = MAX (x, 0);
  if (x1 > x)
    fill (d, x, d->lane_y - 1, x1 - x, 2, with_alpha (d->ink, 0.5));
}

/* Marks of one kind are one path: a node a kind, however many entries there are. */
static void
draw_marks (Drawing *d, GPtrArray *entries)
{
  GskPathBuilder *paths[IW_N_ENTRY_KINDS + 1];
  double last_x[IW_N_ENTRY_KINDS + 1];

  for (guint i = 0; i <= IW_N_ENTRY_KINDS; i++)
    {
      paths[i] = gsk_path_builder_new ();
      last_x[i] = -G_MAXDOUBLE;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (entries, i);
      gboolean key = iw_entry_get_key (entry);
      IwEntryKind kind = iw_entry_get_kind (entry);
      guint which = key ? IW_N_ENTRY_KINDS : kind;
      double x = iw_scale_to_x (&d->overview->scale, iw_entry_get_sort_time (entry));

      if (x > d->width + KEY_RADIUS)
        break;
      /* All decisions have one shape. */
      if (!key && kind != IW_ENTRY_UNKNOWN && iw_entry_kind_is_decision (kind))
        which = IW_ENTRY_STAGE;
      draw_span (d, entry, x);
      if (x < -KEY_RADIUS || x - last_x[which] < MARK_APART)
        continue;
      last_x[which] = x;
      if (key)
        iw_kind_shape_add_diamond (paths[which], x, d->lane_y, KEY_RADIUS);
      else
        iw_kind_shape_add (paths[which], kind, x, d->lane_y, MARK_RADIUS);
    }
  for (guint i = 0; i <= IW_N_ENTRY_KINDS; i++)
    {
      draw_path (d, paths[i],
                 i == IW_N_ENTRY_KINDS ? d->accent : with_alpha (d->ink, d->contrast ? 1 : 0.8));
      gsk_path_builder_unref (paths[i]);
    }
}

/* ---- the axis ---- */

static gboolean
has_major (GArray *ticks)
{
  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, IwTick, i).major)
      return TRUE;
  return FALSE;
}

static void
draw_tick (Drawing *d, const IwTick *tick, PangoLayout *layout, double label_width)
{
  fill (d, round (tick->x), d->axis_y, 1, tick->major ? 6 : 3, with_alpha (d->ink, 0.5));
  if (tick->major)
    fill (d, round (tick->x), d->band, 1, d->axis_y - d->band,
          with_alpha (d->ink, d->contrast ? 0.4 : 0.12));
  if (tick->label)
    draw_layout (d, layout, iw_scale_label_x (tick, label_width, d->width), d->axis_y + 3,
                 with_alpha (d->ink, tick->major || d->contrast ? 1 : 0.75));
}

static void
draw_axis (Drawing *d)
{
  IwOverview *self = d->overview;
  GTimeZone *zone = iw_overview_zone (self);
  IwTickStep step = iw_scale_choose_step (&self->scale, MIN_TICK_PX);
  g_autoptr (GArray) ticks = iw_scale_ticks (&self->scale, step, zone);
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree double *widths = g_new0 (double, MAX (ticks->len, 1));
  gboolean context = !has_major (ticks);

  fill (d, 0, d->axis_y, d->width, 1, with_alpha (d->ink, 0.35));
  for (guint i = 0; i < ticks->len; i++)
    {
      g_autofree char *text =
          iw_scale_tick_label (&g_array_index (ticks, IwTick, i), step, context && i == 0, zone);
      PangoLayout *layout = small_layout (self, text);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widths[i] = width;
      g_ptr_array_add (layouts, layout);
    }
  iw_scale_place_labels (ticks, widths, d->width, LABEL_GAP);
  for (guint i = 0; i < ticks->len; i++)
    draw_tick (d, &g_array_index (ticks, IwTick, i), g_ptr_array_index (layouts, i), widths[i]);
}

/* ---- frames ---- */

static void
draw_brush (Drawing *d)
{
  IwOverview *self = d->overview;
  double x0, x1;

  if (self->brush_start == self->brush_end)
    return;
  x0 = CLAMP (iw_scale_to_x (&self->scale, self->brush_start), -4, d->width + 4);
  x1 = CLAMP (iw_scale_to_x (&self->scale, self->brush_end), -4, d->width + 4);
  fill (d, x0, d->band, MAX (x1 - x0, 1), d->axis_y - d->band,
        with_alpha (d->accent, d->contrast ? 0.35 : 0.18));
  fill (d, x0 - 1, d->band, 2, d->axis_y - d->band, d->accent);
  fill (d, x1 - 1, d->band, 2, d->axis_y - d->band, d->accent);
}

static void
draw_list_frame (Drawing *d)
{
  IwOverview *self = d->overview;
  double x0, x1;
  graphene_rect_t rect;
  GskRoundedRect frame;
  GdkRGBA color = with_alpha (d->ink, d->contrast ? 1 : 0.6);

  if (self->list_start >= self->list_end)
    return;
  x0 = iw_scale_to_x (&self->scale, self->list_start);
  x1 = iw_scale_to_x (&self->scale, self->list_end);
  if (x1 < 0 || x0 > d->width)
    return;
  x0 = MAX (x0 - 2, -6);
  x1 = MIN (MAX (x1 + 2, x0 + 6), d->width + 6);
  rect = GRAPHENE_RECT_INIT ((float)x0, (float)d->band + 1, (float)(x1 - x0),
                             (float)(d->axis_y - d->band - 1));
  gsk_rounded_rect_init_from_rect (&frame, &rect, 4);
  gtk_snapshot_append_border (d->snapshot, &frame, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                              (GdkRGBA[4]){ color, color, color, color });
}

static GdkRGBA
accent_color (AdwStyleManager *style)
{
  GdkRGBA color;

  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style),
                                       adw_style_manager_get_dark (style), &color);
  return color;
}

void
iw_overview_draw (IwOverview *self, GtkSnapshot *snapshot)
{
  AdwStyleManager *style =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  GArray *bands;
  Drawing d = {
    .snapshot = snapshot,
    .overview = self,
    .width = gtk_widget_get_width (GTK_WIDGET (self)),
    .height = gtk_widget_get_height (GTK_WIDGET (self)),
    .accent = accent_color (style),
    .contrast = adw_style_manager_get_high_contrast (style),
  };

  if (!self->has_scale || d.width < 2)
    return;
  bands = iw_timeline_view_get_bands (self->view);
  gtk_widget_get_color (GTK_WIDGET (self), &d.ink);
  d.line = line_height (self);
  d.stage = bands->len > 0 ? d.line + 2 : 0;
  d.band = d.stage + (has_containment (self) ? d.line + 2 : 0);
  d.lane_y = d.band + 1 + LANE_HEIGHT / 2.0;
  d.axis_y = round (d.height - d.line - 4);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)d.width, (float)d.height));
  draw_bands (&d, bands);
  draw_containments (&d);
  draw_axis (&d);
  draw_density (&d);
  draw_brush (&d);
  draw_marks (&d, iw_timeline_view_get_entries (self->view));
  draw_list_frame (&d);
  gtk_snapshot_pop (snapshot);
}
