/* iw-evidence-preview.h: what an evidence file looks like, without trusting it.
 *
 * Any bytes at all give text that is valid, short of line, and shows what would hide or turn it:
 * control characters, direction marks, invisible ones. Nothing is loaded from anywhere.
 * Synchronous, any one thread; bounded memory.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  IW_PREVIEW_EMPTY,
  IW_PREVIEW_TEXT,
  IW_PREVIEW_JSON,  /* text, set out in lines by what is nested in what */
  IW_PREVIEW_IMAGE, /* PNG or JPEG */
  IW_PREVIEW_HEX,   /* anything else: its bytes */
} IwPreviewKind;

#define IW_PREVIEW_TEXT_BYTES (1024 * 1024) /* a page of text */
#define IW_PREVIEW_HEX_BYTES (64 * 1024)    /* a page of bytes */
#define IW_PREVIEW_IMAGE_BYTES (64 * 1024 * 1024)
#define IW_PREVIEW_IMAGE_PIXELS (40 * 1000 * 1000) /* 160 MB when it is decoded */
#define IW_PREVIEW_IMAGE_SIDE 16384

typedef struct
{
  IwPreviewKind kind;
  gint64 length;        /* bytes of the file */
  const char *encoding; /* of text; static */
  guint width, height;  /* of an image, as it says itself */
} IwPreviewFacts;

/* What the file at @path is, by its content alone. An image beyond the limits is HEX. */
gboolean iw_preview_look (const char *path, IwPreviewFacts *facts, GError **error);

/* Reads a file page by page. */
typedef struct _IwPreviewReader IwPreviewReader;

/* @kind: TEXT, JSON or HEX; @encoding: of text. (transfer full) */
IwPreviewReader *
iw_preview_reader_new (const char *path, IwPreviewKind kind, const char *encoding, GError **error);
void iw_preview_reader_free (IwPreviewReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwPreviewReader, iw_preview_reader_free)
/* The next page as UTF-8 text; @more gets whether there is another. (transfer full) */
char *iw_preview_reader_next (IwPreviewReader *self, gboolean *more, GError **error);

G_END_DECLS
