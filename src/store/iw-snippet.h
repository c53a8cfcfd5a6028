/* iw-snippet.h: the piece of a text that a search found. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _IwSnippet IwSnippet;

/* What to look for, as a person typed it (see iw_fts_query()). (transfer full) */
IwSnippet *iw_snippet_new (const char *user_text);
void iw_snippet_free (IwSnippet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwSnippet, iw_snippet_free)

/* About 160 characters of the first of @texts (NULL-terminated) that holds a word looked for, as Pango
 * markup with the words in <b>; where none does, the beginning of the first text. (transfer full) */
char *iw_snippet_make (const IwSnippet *self, const char *const *texts);

G_END_DECLS
