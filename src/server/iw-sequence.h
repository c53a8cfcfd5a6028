/* iw-sequence.h: a database's sequences on the wire: "<number>-<beginning of the database's uuid>". Opaque to
 * clients; a number alone is taken as well. One of another database (it was deleted and made anew) counts as 0, which
 * is always right, only slower. Pure functions, any thread.
 */
#pragma once

#include <glib.h>
#include <yyjson.h>

G_BEGIN_DECLS

/* With its quotes. */
void iw_sequence_append (GString *out, gint64 seq, const char *uuid);
/* "now" is G_MAXINT64. FALSE where @text is no sequence. */
gboolean iw_sequence_parse (const char *text, const char *uuid, gint64 *seq);

G_END_DECLS
