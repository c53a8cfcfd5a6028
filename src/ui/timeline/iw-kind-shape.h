/* iw-kind-shape.h: the shape that stands for a kind of entry, the same in the overview and in the
 * list: kinds are told apart by shape and word before colour.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-entry.h"

G_BEGIN_DECLS

/* Adds the shape about (@x, @y), some @radius pixels around it. The diamond is kept for key events.
 */
void iw_kind_shape_add (GskPathBuilder *path, IwEntryKind kind, double x, double y, double radius);
void iw_kind_shape_add_diamond (GskPathBuilder *path, double x, double y, double radius);
void iw_kind_shape_add_polygon (GskPathBuilder *path,
                                double x,
                                double y,
                                double radius,
                                guint corners,
                                double turn);

G_END_DECLS
