/* iw-json-pointer.h: members of a document by JSON pointer (RFC 6901), across versions of it. Pure. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What @pointer means in @object, where it was written of @reference: an element of a list that has an "id" or a
 * "name" is looked for by that, any other by its position. @reference NULL: of @object itself. NULL where there is
 * none. (transfer none) */
JsonNode *iw_json_pointer_get (JsonObject *object, JsonObject *reference, const char *pointer);
/* Puts a copy of @node there; NULL removes it. FALSE where there is no place for it: what holds it is gone. */
gboolean iw_json_pointer_set (JsonObject *object, const char *pointer, JsonNode *node);
/* The parts of it, unescaped. (transfer full) */
char **iw_json_pointer_parts (const char *pointer);

G_END_DECLS
