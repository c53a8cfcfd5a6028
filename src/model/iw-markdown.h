/* iw-markdown.h: an entry's Markdown as Pango markup, for reading. Pure; any thread.
 *
 * What entries use: **bold**, *italic*, `code`, # headings, lists, [links](https://…). Everything
 * else is shown as it was typed. The result is always valid markup, whatever the text. Addresses
 * that are merely written out are not made into links: in an incident they often belong to the
 * attacker.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text: UTF-8, may be long: beyond 64 KiB it is escaped and not read as Markdown. (transfer full)
 */
char *iw_markdown_to_markup (const char *text);
/* The first line of @text that says something, as it reads: without marks of Markdown. At most 4
 * KiB of it; "" where there is none. (transfer full) */
char *iw_markdown_first_line (const char *text);

G_END_DECLS
