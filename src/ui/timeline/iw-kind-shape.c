#include "config.h"

#include "iw-kind-shape.h"

#include <math.h>

void
iw_kind_shape_add_polygon (GskPathBuilder *path,
                           double x,
                           double y,
                           double radius,
                           guint corners,
                           double turn)
{
  for (guint i = 0; i < corners; i++)
    {
      double angle = turn + 2 * G_PI * i / corners;
      float px = (float)(x + radius * sin (angle));
      float py = (float)(y - radius * cos (angle));

      if (i == 0)
        gsk_path_builder_move_to (path, px, py);
      else
        gsk_path_builder_line_to (path, px, py);
    }
  gsk_path_builder_close (path);
}

void
iw_kind_shape_add_diamond (GskPathBuilder *path, double x, double y, double radius)
{
  iw_kind_shape_add_polygon (path, x, y, radius, 4, 0);
}

static void
add_rectangle (GskPathBuilder *path, double x, double y, double half_width, double half_height)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float)(x - half_width), (float)(y - half_height),
                                             (float)(2 * half_width), (float)(2 * half_height));

  gsk_path_builder_add_rect (path, &rect);
}

/* Against the way that rectangles go, so that it is a hole in one. */
static void
add_hole (GskPathBuilder *path, double x, double y, double half)
{
  gsk_path_builder_move_to (path, (float)(x - half), (float)(y - half));
  gsk_path_builder_line_to (path, (float)(x - half), (float)(y + half));
  gsk_path_builder_line_to (path, (float)(x + half), (float)(y + half));
  gsk_path_builder_line_to (path, (float)(x + half), (float)(y - half));
  gsk_path_builder_close (path);
}

/* A square within a square: what was decided, and stays. */
static void
add_decision (GskPathBuilder *path, double x, double y, double radius)
{
  add_rectangle (path, x, y, radius, radius);
  add_hole (path, x, y, radius - 1.3);
  add_rectangle (path, x, y, radius - 2.6, radius - 2.6);
}

void
iw_kind_shape_add (GskPathBuilder *path, IwEntryKind kind, double x, double y, double radius)
{
  switch (kind)
    {
    case IW_ENTRY_OBSERVATION:
      gsk_path_builder_add_circle (path, &GRAPHENE_POINT_INIT ((float)x, (float)y),
                                   (float)radius - 0.5f);
      break;
    case IW_ENTRY_ACTION: /* points forward */
      iw_kind_shape_add_polygon (path, x, y, radius + 1, 3, G_PI / 2);
      break;
    case IW_ENTRY_COMMUNICATION:
      add_rectangle (path, x, y, radius, radius - 1);
      break;
    case IW_ENTRY_DECISION:
      iw_kind_shape_add_polygon (path, x, y, radius + 0.5, 5, 0);
      break;
    case IW_ENTRY_NOTE:
      add_rectangle (path, x, y, 1, radius);
      break;
    case IW_ENTRY_UNKNOWN:
    case IW_N_ENTRY_KINDS:
      iw_kind_shape_add_polygon (path, x, y, radius, 3, G_PI);
      break;
    default:
      add_decision (path, x, y, radius - 0.5);
      break;
    }
}
