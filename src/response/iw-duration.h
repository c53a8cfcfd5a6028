/* iw-duration.h: how long something may take, as people write it and as documents keep it: minutes.
 *
 * Pure functions; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ten years: a longer one is a slip. */
#define IW_DURATION_MAX_MINUTES (10 * 366 * 24 * 60)

/* Reads "45 min", "72 h", "3 d", "1 h 30 min" in English or the user's language; a plain number is hours.
 * FALSE, and @minutes left alone, where @text is no such thing, less than a minute or more than
 * IW_DURATION_MAX_MINUTES. */
gboolean iw_duration_parse (const char *text, gint64 *minutes);
/* What documents keep: digits that are minutes. The same limits. */
gboolean iw_duration_parse_stored (const char *text, gint64 *minutes);
/* "45 min", "72 h", "1 h 30 min", "10 d": days only where they are whole and more than three, since clocks of
 * 24, 48 and 72 hours are spoken of in hours. (transfer full) */
char *iw_duration_format (gint64 minutes);

G_END_DECLS
