/* iw-notice-pdf.h: a notice as a PDF: A4 pages with numbers, headings and lists tagged for screen
 * readers, any script, each paragraph in its own direction. Pure; any thread.
 */
#pragma once

#include "iw-notice-letter.h"

G_BEGIN_DECLS

/* @author: goes into the file's properties; NULL for none. @date: µs, when it was made.
 * G_IO_ERROR_FAILED with cairo's words. (transfer full) */
GBytes *
iw_notice_pdf (const IwNoticeLetter *letter, const char *author, gint64 date, GError **error);

G_END_DECLS
