/* iw-revision-words.h: what one revision of an entry changed, in words. Pure; any thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* "Changed the text and the team", "Written", "Deleted": @before is the parent's body, NULL for the
 * first revision or where it is no longer kept. (transfer full) */
char *iw_revision_words (JsonObject *before, JsonObject *after, gboolean deleted);

G_END_DECLS
