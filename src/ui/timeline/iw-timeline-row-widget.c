#include "config.h"

#include "iw-timeline-row-widget.h"

#include <adwaita.h>
#include <math.h>

#include "iw-kind-shape.h"
#include "iw-timeline-row-text.h"

#define PADDING_X 12
#define PADDING_Y 6
#define SPACING 12
#define MARK_SLOT 18 /* for the diamond and the arrow of a run */
#define SHAPE_SLOT 18
#define SHAPE_RADIUS 5.0
#define NARROW_BELOW 560
/* No column is made narrower than this many characters: it goes instead. */
#define MIN_CHARS 7

struct _IwTimelineRowWidget
{
  GtkWidget parent_instance;

  IwColumns *columns;
  GtkListItem *item; /* while bound */
  IwTimelineRow *row;
  PangoLayout *layouts[IW_N_COLUMNS]; /* made when drawn; NULL: not yet */
};

G_DEFINE_FINAL_TYPE (IwTimelineRowWidget, iw_timeline_row_widget, GTK_TYPE_WIDGET)

/* How many characters a column has, and which go first where there is no room for all. */
static const struct
{
  guint least; /* so that the first rows that are seen seldom move it */
  guint most;
  guint dropped; /* 0: never */
} column_layout[IW_N_COLUMNS] = {
  [IW_COLUMN_TIME] = { 9, 15, 0 },       [IW_COLUMN_GAP] = { 7, 9, 7 },
  [IW_COLUMN_KIND] = { 11, 18, 0 },      [IW_COLUMN_SOURCE] = { 0, 20, 6 },
  [IW_COLUMN_ACTOR] = { 0, 15, 5 },      [IW_COLUMN_TEAM] = { 0, 14, 4 },
  [IW_COLUMN_CONFIDENCE] = { 0, 11, 3 }, [IW_COLUMN_HOST] = { 0, 15, 2 },
  [IW_COLUMN_TAGS] = { 0, 16, 1 },
};
#define N_TURNS 7

/* What a row looks like in a given width. */
typedef struct
{
  gboolean narrow;
  int line_height;
  int width[IW_N_COLUMNS]; /* 0: not shown */
} Plan;

static void
drop_layouts (IwTimelineRowWidget *self)
{
  for (guint i = 0; i < IW_N_COLUMNS; i++)
    g_clear_object (&self->layouts[i]);
}

/* ---- layouts ---- */

static void
mark_search (IwTimelineRowWidget *self, PangoAttrList *marks, const char *text)
{
  const char *const *words = iw_columns_get_search_words (self->columns);
  g_autofree char *folded = NULL;

  if (words[0] == NULL)
    return;
  folded = g_utf8_casefold (text, -1);
  /* Offsets agree only where folding changes no lengths; elsewhere nothing is marked. */
  if (strlen (folded) != strlen (text))
    return;
  for (guint i = 0; words[i] != NULL; i++)
    for (const char *at = strstr (folded, words[i]); at != NULL; at = strstr (at + 1, words[i]))
      {
        PangoAttribute *attributes[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD),
                                         pango_attr_underline_new (PANGO_UNDERLINE_SINGLE) };

        for (guint j = 0; j < G_N_ELEMENTS (attributes); j++)
          {
            attributes[j]->start_index = at - folded;
            attributes[j]->end_index = at - folded + strlen (words[i]);
            pango_attr_list_insert (marks, attributes[j]);
          }
      }
}

/* What was searched for stands out; a decision that does not count is struck through. */
static void
mark_text (IwTimelineRowWidget *self, PangoLayout *layout, const char *text)
{
  g_autoptr (PangoAttrList) marks = pango_attr_list_new ();

  mark_search (self, marks, text);
  if (iw_timeline_row_get_problem (self->row) != NULL)
    pango_attr_list_insert (marks, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (layout, marks);
}

/* Shorter than what is read aloud: the rows stand below each other, and the details say all. */
static char *
column_text (IwTimelineRowWidget *self, IwColumn column)
{
  GTimeZone *zone = iw_columns_get_zone (self->columns);

  switch (column)
    {
    case IW_COLUMN_TIME:
      return iw_row_time_brief (self->row, zone);
    case IW_COLUMN_GAP:
      return iw_row_gap_brief (self->row);
    default:
      return iw_row_column_text (self->row, column, zone);
    }
}

static PangoLayout *
get_layout (IwTimelineRowWidget *self, IwColumn column)
{
  g_autofree char *text = NULL;
  PangoLayout *layout;

  if (self->layouts[column] != NULL)
    return self->layouts[column];
  text = column_text (self, column);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (column == IW_COLUMN_TIME || column == IW_COLUMN_GAP)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (layout, attributes);
    }
  else if (column == IW_COLUMN_TEXT)
    mark_text (self, layout, text);
  self->layouts[column] = layout;
  return layout;
}

static int
layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static void
measure_font (GtkWidget *widget, int *char_width, int *line_height)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);

  /* Letters are narrower than digits on the whole. */
  *char_width = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_digit_width (metrics) * 0.85);
  *line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
}

/* ---- the plan ---- */

static void
plan_narrow (IwTimelineRowWidget *self, int width, Plan *plan)
{
  int whole = MAX (1, width - 2 * PADDING_X - MARK_SLOT);
  int time = layout_width (get_layout (self, IW_COLUMN_TIME));
  int kind = layout_width (get_layout (self, IW_COLUMN_KIND)) + SHAPE_SLOT;
  int gap = iw_columns_get_shown (self->columns, IW_COLUMN_GAP)
                ? layout_width (get_layout (self, IW_COLUMN_GAP))
                : 0;
  int rest;

  plan->width[IW_COLUMN_TEXT] = whole;
  plan->width[IW_COLUMN_TIME] = MIN (MAX (time, plan->width[IW_COLUMN_TIME]), whole * 2 / 3);
  rest = MAX (1, whole - plan->width[IW_COLUMN_TIME] - SPACING);
  /* The gap gives way to the kind. */
  if (gap > 0 && kind + SPACING + gap <= rest)
    plan->width[IW_COLUMN_GAP] = gap;
  plan->width[IW_COLUMN_KIND] = plan->width[IW_COLUMN_GAP] > 0 ? rest - gap - SPACING : rest;
}

/* The columns that are shown if there is room, each with the space before it. */
static int
sum_optional (const Plan *plan)
{
  int sum = 0;

  for (IwColumn i = 0; i < IW_N_COLUMNS; i++)
    if (column_layout[i].dropped > 0 && plan->width[i] > 0)
      sum += plan->width[i] + SPACING;
  return sum;
}

/* Takes up to @excess pixels from the columns that can do with less, each by its share. */
static void
shrink (Plan *plan, int excess, int char_width)
{
  int least = MIN_CHARS * char_width, spare = 0;

  for (IwColumn i = IW_COLUMN_SOURCE; i < IW_N_COLUMNS; i++)
    spare += MAX (0, plan->width[i] - least);
  for (IwColumn i = IW_COLUMN_SOURCE; i < IW_N_COLUMNS && spare > 0; i++)
    {
      int own = MAX (0, plan->width[i] - least);

      plan->width[i] -= (int)((gint64)own * MIN (excess, spare) / spare);
    }
}

/* At least half of the row is the text: what happened, not about it. */
static void
make_plan (IwTimelineRowWidget *self, int width, Plan *plan)
{
  int char_width, fixed, room;

  memset (plan, 0, sizeof *plan);
  measure_font (GTK_WIDGET (self), &char_width, &plan->line_height);
  plan->narrow = width < NARROW_BELOW;
  for (IwColumn i = 0; i < IW_N_COLUMNS; i++)
    if (column_layout[i].most > 0 && iw_columns_get_shown (self->columns, i))
      plan->width[i] =
          CLAMP (iw_columns_get_width (self->columns, i), (int)column_layout[i].least * char_width,
                 (int)column_layout[i].most * char_width);
  plan->width[IW_COLUMN_KIND] += SHAPE_SLOT;
  if (plan->narrow)
    {
      memset (plan->width, 0, sizeof plan->width);
      plan->width[IW_COLUMN_TIME] = (int)column_layout[IW_COLUMN_TIME].least * char_width;
      plan_narrow (self, width, plan);
      return;
    }

  fixed = 2 * PADDING_X + MARK_SLOT + plan->width[IW_COLUMN_TIME] + SPACING +
          plan->width[IW_COLUMN_KIND] + SPACING;
  room = MAX (0, width / 2 - fixed);
  for (guint turn = 1; turn <= N_TURNS && sum_optional (plan) > room; turn++)
    {
      shrink (plan, sum_optional (plan) - room, char_width);
      for (IwColumn i = 0; sum_optional (plan) > room + SPACING && i < IW_N_COLUMNS; i++)
        if (column_layout[i].dropped == turn)
          plan->width[i] = 0;
    }
  plan->width[IW_COLUMN_TEXT] = MAX (1, width - fixed - sum_optional (plan));
}

/* Tells the other rows how much room the words of this one want. */
static void
announce_widths (IwTimelineRowWidget *self)
{
  gboolean run = iw_timeline_row_get_kind (self->row) == IW_ROW_RUN;

  for (IwColumn i = 0; i < IW_N_COLUMNS; i++)
    if (column_layout[i].most > 0 && iw_columns_get_shown (self->columns, i) &&
        !(run && i >= IW_COLUMN_KIND))
      iw_columns_need_width (self->columns, i, layout_width (get_layout (self, i)));
}

static GtkSizeRequestMode
iw_timeline_row_widget_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
iw_timeline_row_widget_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  int char_width, line_height, n_lines;

  measure_font (widget, &char_width, &line_height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = MAX (*minimum, 80 * char_width);
      return;
    }
  n_lines = for_size >= 0 && for_size < NARROW_BELOW ? 2 : 1;
  *minimum = *natural = n_lines * line_height + 2 * PADDING_Y;
}

/* ---- drawing ---- */

typedef struct
{
  IwTimelineRowWidget *self;
  GtkSnapshot *snapshot;
  GdkRGBA ink, dim, accent;
  int width;
  gboolean rtl;
} Drawing;

static void
draw_text (Drawing *d,
           IwColumn column,
           int x,
           int y,
           int width,
           gboolean at_end,
           const GdkRGBA *color)
{
  PangoLayout *layout = get_layout (d->self, column);
  int natural = layout_width (layout);
  int shown = MIN (natural, width);

  if (natural == 0)
    return;
  pango_layout_set_ellipsize (layout, natural > width ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  if (natural > width)
    pango_layout_set_width (layout, width * PANGO_SCALE);
  if (at_end)
    x += width - shown;
  if (d->rtl)
    x = d->width - x - shown;
  gtk_snapshot_save (d->snapshot);
  gtk_snapshot_translate (d->snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (d->snapshot, layout, color);
  gtk_snapshot_restore (d->snapshot);
}

static void
draw_path (Drawing *d, GskPathBuilder *builder, const GdkRGBA *color)
{
  g_autoptr (GskPath) path = gsk_path_builder_free_to_path (builder);

  gtk_snapshot_append_fill (d->snapshot, path, GSK_FILL_RULE_WINDING, color);
}

/* A diamond for a key event; for a run an arrow, to the side or down. */
static void
draw_mark (Drawing *d, double x, double y)
{
  IwTimelineRow *row = d->self->row;
  GskPathBuilder *path;

  if (iw_timeline_row_get_kind (row) != IW_ROW_RUN && !iw_row_is_key (row))
    return;
  path = gsk_path_builder_new ();
  x = d->rtl ? d->width - x : x;
  if (iw_timeline_row_get_kind (row) != IW_ROW_RUN)
    {
      iw_kind_shape_add_diamond (path, x, y, SHAPE_RADIUS + 1);
      draw_path (d, path, &d->accent);
      return;
    }
  iw_kind_shape_add_polygon (
      path, x, y, SHAPE_RADIUS, 3,
      iw_timeline_row_get_run_expanded (row) ? G_PI : (d->rtl ? -G_PI / 2 : G_PI / 2));
  draw_path (d, path, &d->ink);
}

/* A decision that does not count steps back. */
static const GdkRGBA *
text_color (Drawing *d)
{
  return iw_timeline_row_get_problem (d->self->row) != NULL ? &d->dim : &d->ink;
}

static void
draw_kind (Drawing *d, int x, int y, int width, int line_height)
{
  IwEntry *entry = iw_timeline_row_get_entry (d->self->row);
  double cx = x + SHAPE_SLOT / 2.0 - 3;
  double cy = y + line_height / 2.0;
  GskPathBuilder *path;

  if (iw_timeline_row_get_kind (d->self->row) == IW_ROW_RUN)
    return;
  path = gsk_path_builder_new ();
  cx = d->rtl ? d->width - cx : cx;
  if (entry != NULL)
    iw_kind_shape_add (path, iw_entry_get_kind (entry), cx, cy, SHAPE_RADIUS);
  else
    gsk_path_builder_add_circle (path, &GRAPHENE_POINT_INIT ((float)cx, (float)cy), 2);
  draw_path (d, path, entry != NULL ? text_color (d) : &d->dim);
  draw_text (d, IW_COLUMN_KIND, x + SHAPE_SLOT, y, width - SHAPE_SLOT, FALSE,
             entry != NULL ? text_color (d) : &d->dim);
}

/* "±" before the time says that the clock was corrected; the tooltip and the spoken row say by how
 * much. */
static void
draw_skew (Drawing *d, int x, int y)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (iw_timeline_row_get_skew (d->self->row) == 0)
    return;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (d->self), "±");
  pango_layout_get_pixel_size (layout, &width, NULL);
  x = d->rtl ? d->width - x - width : x;
  gtk_snapshot_save (d->snapshot);
  gtk_snapshot_translate (d->snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (d->snapshot, layout, &d->accent);
  gtk_snapshot_restore (d->snapshot);
}

/* Time, kind and gap on one line, the text below. */
static void
draw_narrow (Drawing *d, const Plan *plan, int x, int y)
{
  draw_text (d, IW_COLUMN_TEXT, x, y + plan->line_height, plan->width[IW_COLUMN_TEXT], FALSE,
             text_color (d));
  draw_text (d, IW_COLUMN_TIME, x, y, plan->width[IW_COLUMN_TIME], FALSE, &d->ink);
  x += plan->width[IW_COLUMN_TIME] + SPACING;
  draw_kind (d, x, y, plan->width[IW_COLUMN_KIND], plan->line_height);
  x += plan->width[IW_COLUMN_KIND] + SPACING;
  if (plan->width[IW_COLUMN_GAP] > 0)
    draw_text (d, IW_COLUMN_GAP, x, y, plan->width[IW_COLUMN_GAP], TRUE, &d->dim);
}

static void
draw_row (Drawing *d, const Plan *plan)
{
  int x = PADDING_X;
  int y = PADDING_Y;
  gboolean run = iw_timeline_row_get_kind (d->self->row) == IW_ROW_RUN;

  draw_mark (d, x + MARK_SLOT / 2.0 - 3, y + plan->line_height / 2.0);
  if (!run && !iw_row_is_key (d->self->row))
    draw_skew (d, x, y);
  x += MARK_SLOT;
  if (plan->narrow)
    {
      draw_narrow (d, plan, x, y);
      return;
    }
  for (IwColumn column = 0; column < IW_N_COLUMNS; column++)
    {
      int width = plan->width[column];

      if (width == 0)
        continue;
      /* A run has no more columns: how many events it has stands where there is room for it. */
      if (column == IW_COLUMN_KIND && run)
        {
          draw_text (d, IW_COLUMN_TEXT, x, y, d->width - PADDING_X - x, FALSE, &d->ink);
          return;
        }
      if (column == IW_COLUMN_KIND)
        draw_kind (d, x, y, width, plan->line_height);
      else
        draw_text (d, column, x, y, width, column == IW_COLUMN_GAP,
                   column == IW_COLUMN_TEXT   ? text_color (d)
                   : column == IW_COLUMN_TIME ? &d->ink
                                              : &d->dim);
      x += width + SPACING;
    }
}

static void
iw_timeline_row_widget_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IwTimelineRowWidget *self = IW_TIMELINE_ROW_WIDGET (widget);
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  Drawing d = { self, snapshot };
  Plan plan;

  if (self->row == NULL)
    return;
  d.width = gtk_widget_get_width (widget);
  d.rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gtk_widget_get_color (widget, &d.ink);
  d.dim = d.ink;
  d.dim.alpha *= adw_style_manager_get_high_contrast (style) ? 0.95f : 0.7f;
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style),
                                       adw_style_manager_get_dark (style), &d.accent);

  announce_widths (self);
  make_plan (self, d.width, &plan);
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (0, 0, d.width, gtk_widget_get_height (widget)));
  draw_row (&d, &plan);
  gtk_snapshot_pop (snapshot);
}

/* ---- input ---- */

static gboolean
iw_timeline_row_widget_query_tooltip (GtkWidget *widget,
                                      int x,
                                      int y,
                                      gboolean keyboard,
                                      GtkTooltip *tooltip)
{
  IwTimelineRowWidget *self = IW_TIMELINE_ROW_WIDGET (widget);
  g_autofree char *skew = NULL, *text = NULL, *both = NULL;

  if (self->row == NULL)
    return FALSE;
  /* A decision has no clock that could be wrong. */
  skew = iw_row_skew_words (self->row);
  if (skew == NULL)
    skew = iw_row_problem_words (self->row);
  if (self->layouts[IW_COLUMN_TEXT] != NULL &&
      pango_layout_is_ellipsized (self->layouts[IW_COLUMN_TEXT]))
    text = iw_row_text (self->row);
  if (skew == NULL && text == NULL)
    return FALSE;
  both = g_strjoin ("\n", skew != NULL ? skew : text, skew != NULL ? text : NULL, NULL);
  gtk_tooltip_set_text (tooltip, both);
  return TRUE;
}

static gboolean
toggle_run (gpointer data)
{
  IwTimelineRowWidget *self = IW_TIMELINE_ROW_WIDGET (data);

  if (self->item != NULL && self->row != NULL && iw_timeline_row_get_kind (self->row) == IW_ROW_RUN)
    gtk_widget_activate_action (GTK_WIDGET (self), "list.activate-item", "u",
                                gtk_list_item_get_position (self->item));
  return G_SOURCE_REMOVE;
}

/* A click on a run opens or closes it; with Ctrl or Shift it selects like on any other row. Once
 * the list has selected and focused the row: it would focus a row that is gone, and start at the
 * top. */
static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  IwTimelineRowWidget *self = IW_TIMELINE_ROW_WIDGET (data);
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (self->row == NULL || iw_timeline_row_get_kind (self->row) != IW_ROW_RUN || n_press != 1 ||
      (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, toggle_run, g_object_ref (self), g_object_unref);
}

/* ---- object ---- */

static void
on_columns_changed (IwTimelineRowWidget *self)
{
  drop_layouts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->item != NULL && self->row != NULL)
    {
      g_autofree char *spoken = iw_row_spoken (self->row, iw_columns_get_zone (self->columns));

      gtk_list_item_set_accessible_label (self->item, spoken);
    }
}

static void
iw_timeline_row_widget_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (iw_timeline_row_widget_parent_class)->css_changed (widget, change);
  drop_layouts (IW_TIMELINE_ROW_WIDGET (widget));
}

static void
iw_timeline_row_widget_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (iw_timeline_row_widget_parent_class)->direction_changed (widget, previous);
  drop_layouts (IW_TIMELINE_ROW_WIDGET (widget));
}

static void
iw_timeline_row_widget_dispose (GObject *object)
{
  IwTimelineRowWidget *self = IW_TIMELINE_ROW_WIDGET (object);

  drop_layouts (self);
  g_clear_object (&self->row);
  g_clear_object (&self->columns);
  G_OBJECT_CLASS (iw_timeline_row_widget_parent_class)->dispose (object);
}

static void
iw_timeline_row_widget_class_init (IwTimelineRowWidgetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_timeline_row_widget_dispose;
  widget_class->get_request_mode = iw_timeline_row_widget_get_request_mode;
  widget_class->measure = iw_timeline_row_widget_measure;
  widget_class->snapshot = iw_timeline_row_widget_snapshot;
  widget_class->query_tooltip = iw_timeline_row_widget_query_tooltip;
  widget_class->css_changed = iw_timeline_row_widget_css_changed;
  widget_class->direction_changed = iw_timeline_row_widget_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "timelinerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
iw_timeline_row_widget_init (IwTimelineRowWidget *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
iw_timeline_row_widget_new (IwColumns *columns)
{
  IwTimelineRowWidget *self = g_object_new (IW_TYPE_TIMELINE_ROW_WIDGET, NULL);

  self->columns = g_object_ref (columns);
  g_signal_connect_object (columns, "changed", G_CALLBACK (on_columns_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
iw_timeline_row_widget_bind (IwTimelineRowWidget *self, GtkListItem *item)
{
  g_return_if_fail (IW_IS_TIMELINE_ROW_WIDGET (self));

  self->item = item;
  g_set_object (&self->row, item != NULL ? gtk_list_item_get_item (item) : NULL);
  on_columns_changed (self);
}

guint
iw_timeline_row_widget_get_position (IwTimelineRowWidget *self)
{
  g_return_val_if_fail (IW_IS_TIMELINE_ROW_WIDGET (self), GTK_INVALID_LIST_POSITION);

  return self->item != NULL ? gtk_list_item_get_position (self->item) : GTK_INVALID_LIST_POSITION;
}
