#include "config.h"

#include "iw-stage-path.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define DOT_SIZE 24
#define DOT_RADIUS 9.0f

typedef enum
{
  STEP_DONE,
  STEP_NOW,
  STEP_NEXT,
} Step;

struct _IwStagePath
{
  GtkWidget parent_instance;

  GtkWidget *buttons[IW_N_STAGES];
  GtkWidget *dots[IW_N_STAGES]; /* room for what is drawn */
  GtkWidget *labels[IW_N_STAGES];
  Step steps[IW_N_STAGES];
};

G_DEFINE_FINAL_TYPE (IwStagePath, iw_stage_path, GTK_TYPE_WIDGET)

/* A word each, so that five stand side by side in a narrow window. */
static const char *
short_label (IwStage stage)
{
  switch (stage)
    {
    case IW_STAGE_STABILISE:
      /* Translators: short for “Stabilise and Recover”. */
      return C_ ("stage, short", "Stabilise");
    case IW_STAGE_CLOSED:
      /* Translators: the last step of the response, short for “Close and Post-Mortem”. */
      return C_ ("stage, short", "Close");
    case IW_STAGE_DETECT:
    case IW_STAGE_ASSESS:
    case IW_STAGE_DIAGNOSE:
    case IW_N_STAGES:
    default:
      return iw_stage_label (stage);
    }
}

static char *
spoken_label (IwStage stage, Step step)
{
  const char *label = iw_stage_label (stage);

  switch (step)
    {
    case STEP_DONE:
      /* Translators: a stage of the response that is over. */
      return g_strdup_printf (_ ("%s: done"), label);
    case STEP_NOW:
      /* Translators: the stage that the response is in. */
      return g_strdup_printf (_ ("%s: now"), label);
    case STEP_NEXT:
    default:
      /* Translators: a stage of the response that is yet to come. */
      return g_strdup_printf (_ ("%s: not yet"), label);
    }
}

/* ---- drawing ---- */

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA ink, accent;
} Drawing;

static gboolean
dot_center (IwStagePath *self, guint i, graphene_point_t *center)
{
  graphene_point_t middle = GRAPHENE_POINT_INIT (DOT_SIZE / 2.0f, DOT_SIZE / 2.0f);

  return gtk_widget_compute_point (self->dots[i], GTK_WIDGET (self), &middle, center);
}

static GdkRGBA
with_alpha (GdkRGBA color, double alpha)
{
  color.alpha *= (float)alpha;
  return color;
}

static void
stroke (Drawing *d, GskPathBuilder *builder, float width, gboolean dashed, GdkRGBA color)
{
  g_autoptr (GskPath) path = gsk_path_builder_free_to_path (builder);
  GskStroke *pen = gsk_stroke_new (width);

  if (dashed)
    gsk_stroke_set_dash (pen, (float[]){ 3, 3 }, 2);
  gsk_stroke_set_line_cap (pen, GSK_LINE_CAP_ROUND);
  gsk_stroke_set_line_join (pen, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_stroke (d->snapshot, path, pen, &color);
  gsk_stroke_free (pen);
}

static void
draw_line (Drawing *d, float x0, float x1, float y, gboolean dashed)
{
  GskPathBuilder *path = gsk_path_builder_new ();

  gsk_path_builder_move_to (path, x0, y);
  gsk_path_builder_line_to (path, x1, y);
  stroke (d, path, 1.5f, dashed, with_alpha (d->ink, dashed ? 0.5 : 0.7));
}

static void
draw_arrow_head (Drawing *d, float x, float y, float direction)
{
  GskPathBuilder *path = gsk_path_builder_new ();

  gsk_path_builder_move_to (path, x - 4 * direction, y - 3);
  gsk_path_builder_line_to (path, x, y);
  gsk_path_builder_line_to (path, x - 4 * direction, y + 3);
  stroke (d, path, 1.5f, FALSE, with_alpha (d->ink, 0.7));
}

/* From one step to the next; between Diagnose and Stabilise both ways. */
static void
draw_way (IwStagePath *self, Drawing *d, guint i)
{
  graphene_point_t from, to;
  gboolean dashed = self->steps[i + 1] == STEP_NEXT;
  float direction, x0, x1;

  if (!dot_center (self, i, &from) || !dot_center (self, i + 1, &to))
    return;
  direction = to.x > from.x ? 1 : -1;
  x0 = from.x + direction * (DOT_RADIUS + 5);
  x1 = to.x - direction * (DOT_RADIUS + 5);
  if ((x1 - x0) * direction < 6)
    return;
  if (i != IW_STAGE_DIAGNOSE)
    {
      draw_line (d, x0, x1, from.y, dashed);
      draw_arrow_head (d, x1, from.y, direction);
      return;
    }
  draw_line (d, x0, x1, from.y - 4, dashed);
  draw_arrow_head (d, x1, from.y - 4, direction);
  draw_line (d, x0, x1, from.y + 4, dashed);
  draw_arrow_head (d, x0, from.y + 4, -direction);
}

static void
fill_circle (Drawing *d, const graphene_point_t *center, float radius, GdkRGBA color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_add_circle (builder, center, radius);
  path = gsk_path_builder_free_to_path (builder);
  gtk_snapshot_append_fill (d->snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

static void
ring (Drawing *d, const graphene_point_t *center, float radius, float width, GdkRGBA color)
{
  GskPathBuilder *path = gsk_path_builder_new ();

  gsk_path_builder_add_circle (path, center, radius);
  stroke (d, path, width, FALSE, color);
}

/* Done: a tick in a disc. Now: a disc in a ring. Next: an empty ring. */
static void
draw_dot (IwStagePath *self, Drawing *d, guint i)
{
  graphene_point_t c;
  GskPathBuilder *tick;

  if (!dot_center (self, i, &c))
    return;
  switch (self->steps[i])
    {
    case STEP_DONE:
      ring (d, &c, DOT_RADIUS - 1, 1.5f, with_alpha (d->ink, 0.7));
      tick = gsk_path_builder_new ();
      gsk_path_builder_move_to (tick, c.x - 3.5f, c.y + 0.5f);
      gsk_path_builder_line_to (tick, c.x - 1, c.y + 3);
      gsk_path_builder_line_to (tick, c.x + 4, c.y - 3);
      stroke (d, tick, 1.8f, FALSE, d->ink);
      break;
    case STEP_NOW:
      ring (d, &c, DOT_RADIUS, 2, d->accent);
      fill_circle (d, &c, DOT_RADIUS - 3.5f, d->accent);
      break;
    case STEP_NEXT:
    default:
      ring (d, &c, DOT_RADIUS - 2, 1.5f, with_alpha (d->ink, 0.5));
      break;
    }
}

static void
iw_stage_path_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IwStagePath *self = IW_STAGE_PATH (widget);
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  Drawing d = { .snapshot = snapshot };

  GTK_WIDGET_CLASS (iw_stage_path_parent_class)->snapshot (widget, snapshot);
  gtk_widget_get_color (widget, &d.ink);
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style),
                                       adw_style_manager_get_dark (style), &d.accent);
  for (guint i = 0; i + 1 < IW_N_STAGES; i++)
    draw_way (self, &d, i);
  for (guint i = 0; i < IW_N_STAGES; i++)
    draw_dot (self, &d, i);
}

/* ---- the widget ---- */

void
iw_stage_path_set_state (IwStagePath *self, const IwIncidentState *state, guint reachable)
{
  g_return_if_fail (IW_IS_STAGE_PATH (self));

  for (IwStage stage = 0; stage < IW_N_STAGES; stage++)
    {
      g_autofree char *spoken = NULL;

      self->steps[stage] = stage < state->stage    ? STEP_DONE
                           : stage == state->stage ? STEP_NOW
                                                   : STEP_NEXT;
      spoken = spoken_label (stage, self->steps[stage]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[stage]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      gtk_widget_set_tooltip_text (self->buttons[stage], spoken);
      gtk_widget_set_sensitive (self->buttons[stage], (reachable & (1u << stage)) != 0);
      if (stage == state->stage)
        gtk_widget_add_css_class (self->labels[stage], "caption-heading");
      else
        gtk_widget_remove_css_class (self->labels[stage], "caption-heading");
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_clicked (GtkWidget *button, gpointer data)
{
  gtk_widget_activate_action (button, "response.stage", "s",
                              iw_stage_to_string (GPOINTER_TO_INT (data)));
}

static GtkWidget *
make_step (IwStagePath *self, IwStage stage)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = gtk_label_new (short_label (stage));

  self->buttons[stage] = button;
  self->labels[stage] = label;
  self->dots[stage] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_size_request (self->dots[stage], DOT_SIZE, DOT_SIZE);
  gtk_widget_set_halign (self->dots[stage], GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), self->dots[stage]);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "iw-step");
  gtk_widget_set_hexpand (button, TRUE);
  /* No action of its own, which would decide about the sensitivity. */
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), GINT_TO_POINTER (stage));
  return button;
}

static void
iw_stage_path_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (iw_stage_path_parent_class)->dispose (object);
}

static void
iw_stage_path_class_init (IwStagePathClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_stage_path_dispose;
  widget_class->snapshot = iw_stage_path_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
iw_stage_path_init (IwStagePath *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (layout), TRUE);
  for (IwStage stage = 0; stage < IW_N_STAGES; stage++)
    gtk_widget_set_parent (make_step (self, stage), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Stages of the Response"), -1);
}

GtkWidget *
iw_stage_path_new (void)
{
  return g_object_new (IW_TYPE_STAGE_PATH, NULL);
}
