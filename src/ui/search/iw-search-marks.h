/* iw-search-marks.h: snippets without the marks of Markdown. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @markup: a snippet, Pango markup whose only elements are <b>; may be cut out of the middle of a
 * text, so that a mark's other half is missing. Takes away what Markdown would have turned into
 * style: **bold**, *italic*, `code`, # headings, and the addresses of [links](…). The matches keep
 * their <b>. What is no mark ("*.exe", "a * b") stays. (transfer full) */
char *iw_search_strip_marks (const char *markup);

G_END_DECLS
