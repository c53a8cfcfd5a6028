/* iw-model-json.h: reading, setting and checking the members of JSON objects, whoever wrote them.
 * Pure; any thread.
 *
 * A member that is absent and one that is null are the same here. The check functions say what is
 * wrong with IW_MODEL_ERROR_INVALID and name the member.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "iw-time.h"

G_BEGIN_DECLS

/* A copy that shares nothing with @object, which json_node_copy() does not make. (transfer full) */
JsonObject *iw_model_json_copy (JsonObject *object);
JsonNode *iw_model_json_copy_node (JsonNode *node); /* the same of any value */

/* The member, or NULL where it is absent or null. (transfer none) */
JsonNode *iw_model_json_get (JsonObject *object, const char *name);

/* The text of a string node; @fallback where @node is NULL or something else. (transfer none) */
const char *iw_model_json_text_of (JsonNode *node, const char *fallback);

/* The text of a string member; NULL where it is absent or no string. (transfer none) */
const char *iw_model_json_get_string (JsonObject *object, const char *name);

/* The same; "" where there is none, and where @object is NULL. (transfer none) */
const char *iw_model_json_get_text (JsonObject *object, const char *name);

/* Sets a string member, made valid UTF-8; NULL and "" remove it. */
void iw_model_json_set_string (JsonObject *object, const char *name, const char *value);

/* The number of an integer member, or @fallback. */
gint64 iw_model_json_get_int (JsonObject *object, const char *name, gint64 fallback);

/* The time of a member in RFC 3339 form; unset where it is absent or unreadable. */
IwTime iw_model_json_get_time (JsonObject *object, const char *name);

/* Sets a time member; an unset time removes it. */
void iw_model_json_set_time (JsonObject *object, const char *name, IwTime time);

/* The strings of an array member; never NULL, empty where it is absent. (transfer full) */
char **iw_model_json_get_strings (JsonObject *object, const char *name);

/* Sets an array of strings, each made valid UTF-8; NULL and an empty array remove the member. */
void iw_model_json_set_strings (JsonObject *object, const char *name, const char *const *values);

/* Whether the member is absent or of that type. @max_bytes: the longest string allowed. */
gboolean iw_model_json_check_string (JsonObject *object, const char *name, gsize max_bytes,
                                     GError **error);
gboolean iw_model_json_check_int (JsonObject *object, const char *name, GError **error);
gboolean iw_model_json_check_boolean (JsonObject *object, const char *name, GError **error);
gboolean iw_model_json_check_object (JsonObject *object, const char *name, GError **error);
gboolean iw_model_json_check_time (JsonObject *object, const char *name, GError **error);
gboolean iw_model_json_check_strings (JsonObject *object, const char *name, guint max_items,
                                      gsize max_bytes, GError **error);

/* A string member that must be there and not be empty. */
gboolean iw_model_json_check_required (JsonObject *object, const char *name, gsize max_bytes,
                                       GError **error);

G_END_DECLS
