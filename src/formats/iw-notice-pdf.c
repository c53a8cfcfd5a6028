#include "config.h"

#include "iw-notice-pdf.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* A4, in points. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 64.0
#define TEXT_WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define FOOT_Y (PAGE_HEIGHT - 44.0)
#define INDENT 16.0

/* What is drawn, and how large; in points. */
typedef struct
{
  const char *tag; /* of PDF structure */
  double size;
  gboolean bold;
  double before; /* space above */
} Style;

static const Style mark_style = { "P", 10, TRUE, 0 };
static const Style title_style = { "H1", 17, TRUE, 6 };
static const Style heading_style = { "H2", 12.5, TRUE, 16 };
static const Style text_style = { "P", 10.5, FALSE, 8 };
static const Style item_style = { "LBody", 10.5, FALSE, 3 };

typedef struct
{
  cairo_t *cr; /* NULL while pages are counted */
  PangoContext *context;
  const IwNoticeLetter *letter;
  double y;
  guint page, n_pages;
  gboolean in_list;
} Printer;

static PangoLayout *
layout_new (Printer *self, const char *text, double size, gboolean bold, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_size (font, (int)(size * PANGO_SCALE));
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.25f);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* ---- pages ---- */

static void
draw_foot (Printer *self)
{
  /* Translators: at the foot of a page: its number, and how many there are. */
  g_autofree char *number = g_strdup_printf (C_ ("page", "%u / %u"), self->page, self->n_pages);
  g_autofree char *text = self->letter->reference != NULL
                              ? g_strdup_printf ("%s   ·   %s", self->letter->reference, number)
                              : g_strdup (number);
  g_autoptr (PangoLayout) layout = layout_new (self, text, 8.5, FALSE, TEXT_WIDTH);

  if (self->cr == NULL)
    return;
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  cairo_tag_begin (self->cr, "Artifact", NULL);
  cairo_set_source_rgb (self->cr, .35, .35, .35);
  cairo_move_to (self->cr, MARGIN, FOOT_Y);
  pango_cairo_show_layout (self->cr, layout);
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_tag_end (self->cr, "Artifact");
}

static void
end_page (Printer *self)
{
  draw_foot (self);
  if (self->cr != NULL)
    cairo_show_page (self->cr);
  self->page++;
  self->y = MARGIN;
}

/* The lines of a layout that fit on this page, the rest on the next ones. */
static void
draw_lines (Printer *self, PangoLayout *layout, double x)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);

  do
    {
      PangoRectangle extents;
      int top, bottom;
      double height;

      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      height = (double)(bottom - top) / PANGO_SCALE;
      if (self->y + height > FOOT_Y - 16 && self->y > MARGIN)
        end_page (self);
      if (self->cr != NULL)
        {
          double baseline = (double)(pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE;

          cairo_move_to (self->cr, x + (double)extents.x / PANGO_SCALE, self->y + baseline);
          pango_cairo_show_layout_line (self->cr, pango_layout_iter_get_line_readonly (iter));
        }
      self->y += height;
    }
  while (pango_layout_iter_next_line (iter));
}

static void
tag (Printer *self, gboolean begin, const char *name)
{
  if (self->cr == NULL)
    return;
  if (begin)
    cairo_tag_begin (self->cr, name, NULL);
  else
    cairo_tag_end (self->cr, name);
}

/* What must fit below for this to begin here: a heading has two lines after it, and a short
 * paragraph stays whole. */
static double
room_for (PangoLayout *layout, const Style *style)
{
  int height;

  if (style->bold)
    return 60;
  pango_layout_get_size (layout, NULL, &height);
  return pango_layout_get_line_count (layout) <= 3 ? (double)height / PANGO_SCALE : 0;
}

static void
draw_text (Printer *self, const Style *style, const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, text, style->size, style->bold, TEXT_WIDTH);

  if (self->y > MARGIN)
    self->y += style->before;
  if (self->y + room_for (layout, style) > FOOT_Y - 16)
    end_page (self);
  tag (self, TRUE, style->tag);
  draw_lines (self, layout, MARGIN);
  tag (self, FALSE, style->tag);
}

/* ---- lists ---- */

static void
set_list (Printer *self, gboolean in_list)
{
  if (self->in_list != in_list)
    tag (self, in_list, "L");
  self->in_list = in_list;
}

static void
draw_item (Printer *self, const IwBlock *block)
{
  g_autofree char *bullet =
      block->number > 0 ? g_strdup_printf ("%u.", block->number) : g_strdup ("•");
  double inset = INDENT * (block->level + 1) + (block->number > 9 ? 6 : 0);
  g_autoptr (PangoLayout) label = layout_new (self, bullet, item_style.size, FALSE, INDENT + 8);
  g_autoptr (PangoLayout) layout =
      layout_new (self, block->text, item_style.size, FALSE, TEXT_WIDTH - inset);
  gboolean rtl = pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;
  int label_width;

  self->y += item_style.before;
  if (self->y + 16 > FOOT_Y - 16)
    end_page (self);
  pango_layout_get_size (label, &label_width, NULL);
  pango_layout_set_width (label, -1);
  pango_layout_get_size (label, &label_width, NULL);
  tag (self, TRUE, "LI");
  tag (self, TRUE, "Lbl");
  if (self->cr != NULL)
    {
      double start = inset - INDENT + 2;

      cairo_move_to (self->cr,
                     rtl ? PAGE_WIDTH - MARGIN - start - (double)label_width / PANGO_SCALE
                         : MARGIN + start,
                     self->y);
      pango_cairo_show_layout (self->cr, label);
    }
  tag (self, FALSE, "Lbl");
  tag (self, TRUE, item_style.tag);
  draw_lines (self, layout, rtl ? MARGIN : MARGIN + inset);
  tag (self, FALSE, item_style.tag);
  tag (self, FALSE, "LI");
}

static void
draw_blocks (Printer *self, GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const IwBlock *block = g_ptr_array_index (blocks, i);

      if (block->kind == IW_BLOCK_ITEM && !self->in_list && self->y > MARGIN)
        self->y += 4;
      set_list (self, block->kind == IW_BLOCK_ITEM);
      if (block->kind == IW_BLOCK_ITEM)
        draw_item (self, block);
      else
        draw_text (self, block->kind == IW_BLOCK_HEADING ? &heading_style : &text_style,
                   block->text);
    }
  set_list (self, FALSE);
}

static guint
print (Printer *self, GPtrArray *blocks, cairo_t *cr, guint n_pages)
{
  self->cr = cr;
  self->n_pages = n_pages;
  self->page = 1;
  self->y = MARGIN;
  tag (self, TRUE, "Document");
  if (self->letter->mark != NULL)
    draw_text (self, &mark_style, self->letter->mark);
  draw_text (self, &title_style, self->letter->subject);
  draw_blocks (self, blocks);
  tag (self, FALSE, "Document");
  draw_foot (self);
  return self->page;
}

/* ---- the file ---- */

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_properties (cairo_surface_t *surface,
                const IwNoticeLetter *letter,
                const char *author,
                gint64 date)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc_usec (date);
  g_autofree char *iso = when != NULL ? g_date_time_format (when, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, letter->subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, _ ("Incident Workbench"));
  if (author != NULL && *author != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, author);
  if (iso != NULL)
    {
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, iso);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, iso);
    }
}

GBytes *
iw_notice_pdf (const IwNoticeLetter *letter, const char *author, gint64 date, GError **error)
{
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (fonts);
  g_autoptr (GPtrArray) blocks = iw_notice_blocks (letter->body);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Printer printer = { .context = context, .letter = letter };
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  /* Positions are in points, so that paper and counting agree. */
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  if (letter->language != NULL && *letter->language != '\0')
    pango_context_set_language (context, pango_language_from_string (letter->language));
  surface = cairo_pdf_surface_create_for_stream (append, bytes, PAGE_WIDTH, PAGE_HEIGHT);
  set_properties (surface, letter, author, date);
  cr = cairo_create (surface);
  print (&printer, blocks, cr, print (&printer, blocks, NULL, 0));
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  g_object_unref (context);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The PDF could not be made: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
