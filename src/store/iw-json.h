/* iw-json.h: document bodies as text: canonical form, limits.
 *
 * The canonical form has sorted keys, no white space, and escapes only what JSON demands, so that
 * equal bodies are equal texts: revision ids and "has anything changed?" rest on it. Private to
 * src/store. Any thread.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define IW_JSON_MAX_BYTES (8 * 1024 * 1024) /* CouchDB's limit for a document */
#define IW_JSON_MAX_DEPTH 64

/* IW_STORE_ERROR_INVALID where the body is too deep or too long, or holds what JSON cannot say (not
 * UTF-8, not a finite number). (transfer full) */
char *iw_json_to_canonical (JsonObject *object, GError **error);
/* IW_STORE_ERROR_CORRUPT where a stored text is no JSON object. (transfer full) */
JsonObject *iw_json_from_text (const char *text, GError **error);

/* A string member; @fallback where it is absent or something else. */
const char *iw_json_get_string (JsonObject *object, const char *name, const char *fallback);
/* A member that holds a time, in µs; 0 where there is none. */
gint64 iw_json_get_time (JsonObject *object, const char *name);
/* A member that holds an integer; 0 where there is none. */
gint64 iw_json_get_int (JsonObject *object, const char *name);
/* A new object with the same members (the values are shared). (transfer full) */
JsonObject *iw_json_shallow_copy (JsonObject *object);

G_END_DECLS
