/* iw-preview-writer.h: characters of any file made into text that can be looked at; private to this
 * folder.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *out; /* the caller's */
  gboolean json;
  guint column;
  gboolean carriage; /* a CR that may be half of a line end */
  /* of JSON */
  guint depth;
  gboolean in_string, escaped;
  gboolean opened;  /* a bracket just opened: what follows goes onto a line of its own */
  gboolean between; /* a value of the outermost level ended */
} IwPreviewWriter;

/* Takes one character. */
void iw_preview_writer_take (IwPreviewWriter *self, gunichar c);
/* Nothing more will come. */
void iw_preview_writer_end (IwPreviewWriter *self);

/* Appends @n bytes as lines of offset, hexadecimal digits and characters; @offset: of the first. */
void iw_preview_write_hex (GString *out, gint64 offset, const guint8 *bytes, gsize n);

G_END_DECLS
