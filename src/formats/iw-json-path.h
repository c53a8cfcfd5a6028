/* iw-json-path.h: members of foreign JSON by path: "attribute.confidentiality.data_disclosure". Any
 * member may be missing or of another type; that is then nothing, and no error. Any thread.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* "" where there is nothing or something else. (transfer none) */
const char *iw_path_text (JsonObject *object, const char *path);
/* NULL where there is none. (transfer none) */
JsonArray *iw_path_array (JsonObject *object, const char *path);
JsonObject *iw_path_object (JsonObject *object, const char *path);
/* @fallback where there is no number. */
double iw_path_number (JsonObject *object, const char *path, double fallback);
/* A text, or a number with all its digits, as ids and times are; "" if neither. (transfer full) */
char *iw_path_scalar (JsonObject *object, const char *path);
/* The strings of an array with ", " between them, "Unknown" and "NA" left out; "" if none.
 * (transfer full) */
char *iw_path_list (JsonObject *object, const char *path);
/* Whether an array of strings holds @text, any case. */
gboolean iw_path_has (JsonObject *object, const char *path, const char *text);
/* Whether @text says something: it is not empty, "Unknown", "NA" or "Other". */
gboolean iw_path_tells (const char *text);

/* The text of an array's element; "" where it is no string. (transfer none) */
const char *iw_path_element (JsonArray *array, guint index);

G_END_DECLS
