#include "iw-preview-writer.h"

#include <string.h>

#define MAX_COLUMN 2000 /* a line of a megabyte would stop the window */
#define MAX_INDENT 40   /* levels */
#define ROW 16          /* bytes a line of hexadecimal digits */

static void
put_raw (IwPreviewWriter *self, const char *text)
{
  g_string_append (self->out, text);
  self->column += strlen (text);
}

static void
new_line (IwPreviewWriter *self)
{
  g_string_append_c (self->out, '\n');
  self->column = 0;
}

/* Whether it cannot be seen, or changes what is seen around it. */
static gboolean
is_hidden (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

static const char *const control_names[] = {
  "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "HT",  "LF",
  "VT",  "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
  "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US",
};

static void
put (IwPreviewWriter *self, gunichar c)
{
  char name[24];

  if (self->column >= MAX_COLUMN)
    {
      new_line (self);
      put_raw (self, "↪ ");
    }
  if (c == '\t')
    g_string_append_c (self->out, '\t');
  else if (c < 32)
    {
      g_string_append_printf (self->out, "⟨%s⟩", control_names[c]);
      self->column += 4;
    }
  else if (is_hidden (c))
    {
      g_snprintf (name, sizeof name, "⟨U+%04X⟩", c);
      g_string_append (self->out, name);
      self->column += 7;
    }
  else
    g_string_append_unichar (self->out, c);
  self->column++;
}

/* ---- plain text ---- */

static void
take_text (IwPreviewWriter *self, gunichar c)
{
  if (self->carriage && c != '\n')
    put (self, '\r');
  self->carriage = c == '\r';
  if (c == '\n')
    new_line (self);
  else if (c != '\r')
    put (self, c);
}

/* ---- JSON: only the space between tokens changes, so that nothing is lost of what is there ----
 */

static void
indent (IwPreviewWriter *self)
{
  new_line (self);
  for (guint i = 0; i < MIN (self->depth, MAX_INDENT); i++)
    put_raw (self, "  ");
}

static void
before_token (IwPreviewWriter *self)
{
  if (self->between && self->depth == 0)
    new_line (self);
  else if (self->opened)
    indent (self);
  self->between = FALSE;
  self->opened = FALSE;
}

static void
take_close (IwPreviewWriter *self, gunichar c)
{
  if (self->depth > 0)
    self->depth--;
  if (!self->opened)
    indent (self);
  self->opened = FALSE;
  put (self, c);
  self->between = self->depth == 0;
}

static void
take_json (IwPreviewWriter *self, gunichar c)
{
  if (self->in_string)
    {
      put (self, c);
      self->in_string = self->escaped || c != '"';
      self->escaped = !self->escaped && c == '\\';
      return;
    }
  switch (c)
    {
    case ' ':
    case '\t':
    case '\r':
      return;
    case '\n':
      self->between |= self->depth == 0 && self->column > 0;
      return;
    case '{':
    case '[':
      before_token (self);
      put (self, c);
      self->depth++;
      self->opened = TRUE;
      return;
    case '}':
    case ']':
      take_close (self, c);
      return;
    case ',':
      put (self, c);
      indent (self);
      return;
    case ':':
      put_raw (self, ": ");
      return;
    default:
      before_token (self);
      put (self, c);
      self->in_string = c == '"';
    }
}

void
iw_preview_writer_take (IwPreviewWriter *self, gunichar c)
{
  if (self->json)
    take_json (self, c);
  else
    take_text (self, c);
}

void
iw_preview_writer_end (IwPreviewWriter *self)
{
  if (self->carriage)
    put (self, '\r');
  self->carriage = FALSE;
}

/* ---- bytes ---- */

void
iw_preview_write_hex (GString *out, gint64 offset, const guint8 *bytes, gsize n)
{
  for (gsize row = 0; row < n; row += ROW)
    {
      gsize length = MIN (ROW, n - row);

      g_string_append_printf (out, "%08" G_GINT64_MODIFIER "x ", offset + (gint64)row);
      for (gsize i = 0; i < ROW; i++)
        {
          if (i == ROW / 2)
            g_string_append_c (out, ' ');
          if (i < length)
            g_string_append_printf (out, " %02x", bytes[row + i]);
          else
            g_string_append (out, "   ");
        }
      g_string_append (out, "  ");
      for (gsize i = 0; i < length; i++)
        g_string_append_c (out, bytes[row + i] >= 32 && bytes[row + i] < 127 ? (char)bytes[row + i]
                                                                             : '.');
      g_string_append_c (out, '\n');
    }
}
