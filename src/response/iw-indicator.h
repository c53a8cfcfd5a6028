/* iw-indicator.h: indicators of compromise as people paste them (process.md D4).
 *
 * Document: type "indicator", incident, indicator_type, value (as stored: refanged, normal form), note.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  IW_INDICATOR_IP, IW_INDICATOR_DOMAIN, IW_INDICATOR_URL, IW_INDICATOR_HASH, IW_INDICATOR_FILE,
  IW_INDICATOR_ACCOUNT, IW_INDICATOR_HOST, IW_INDICATOR_MAIL, IW_N_INDICATOR_TYPES
} IwIndicatorType;

/* What documents hold ("ip"), static; FALSE where @text is no such type, @out stays; labels are translated, static. */
const char *iw_indicator_type_to_string (IwIndicatorType type);
gboolean iw_indicator_type_from_string (const char *text, IwIndicatorType *out);
const char *iw_indicator_type_label (IwIndicatorType type);

/* Undoes defanging: hxxp, [.], (dot), [:]//, [@], {.} and the like. (transfer full) */
char *iw_indicator_refang (const char *text);
/* Of a refanged text; FALSE where it looks like nothing known. Hashes by length (MD5, SHA-1, SHA-256, SHA-512),
 * IPv4 and IPv6 with or without prefix, hosts without a dot only where @text says so (HOST\user, \\host). */
gboolean iw_indicator_guess (const char *text, IwIndicatorType *out);
/* The form that is stored and compared: lower case for domains, mails, hashes and hosts, RFC 5952 for IPv6, URLs
 * with lower-case scheme and host (http where there is none); ports of addresses and domains, a prefix that
 * says one address, usual ports and a dot at the end of a name are left out; names in other scripts stay in
 * them. Doing it again changes nothing. @text is refanged first, and is at most 4 KiB of UTF-8 in one line;
 * NULL where it is no such value. (transfer full) */
char *iw_indicator_normalise (IwIndicatorType type, const char *text);

typedef struct
{
  IwIndicatorType type;
  char *value; /* normal form */
  char *found; /* as it stood in the text */
} IwIndicatorFound;
void iw_indicator_found_free (IwIndicatorFound *found); /* NULL is fine */
/* All in a pasted text, a line or several a line, each once; words that are none go to @rest, in order.
 * At most 100,000. (element-type IwIndicatorFound) (transfer full) */
GPtrArray *iw_indicators_parse (const char *text, GPtrArray *rest);

G_END_DECLS
