/* iw-canonical.h: JSON from peers as text: read, held to limits, and written in one canonical form.
 *
 * Canonical: members in order of their names' bytes, no white space, escapes only where JSON demands them.
 * Equal bodies are equal texts, so that revision ids are deterministic (sync.md). The same form as the store
 * writes of a JsonObject. yyjson reads bodies in place: json-glib makes an object of each value, which is most
 * of what a server would do.
 *
 * Pure functions, any thread. Errors: IW_STORE_ERROR_INVALID with what is wrong, and where.
 */
#pragma once

#include <gio/gio.h>
#include <yyjson.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)

#define IW_CANONICAL_MAX_DEPTH 64

/* Reads JSON of @length bytes. Refuses what is not UTF-8, what is nested deeper than 64 (and 8 more, for what
 * documents are wrapped in), numbers that no double can hold, a NUL in a string. Integers beyond 64 bits are read as doubles. (transfer full) */
yyjson_doc *iw_canonical_read (const char *text, gsize length, GError **error);
/* The same of a list of things of which one that cannot be stored must not spoil the others: how deep it is nested and
 * a NUL in a string are not looked at. Each is to be held to iw_canonical_check(). (transfer full) */
yyjson_doc *iw_canonical_read_list (const char *text, gsize length, GError **error);
/* Whether an element of it may be stored, by the rules of iw_canonical_read(). */
gboolean iw_canonical_check (yyjson_val *value, GError **error);

/* Appends @value in canonical form. Of members of the same name the last one counts, as JavaScript has it. */
gboolean iw_canonical_append (GString *out, yyjson_val *value, GError **error);
/* Appends the members of @object in canonical form, in braces, less those whose name begins with "_": a document's
 * body. INVALID where it is longer than 8 MiB. */
gboolean iw_canonical_append_body (GString *out, yyjson_val *object, GError **error);
/* Appends @text as a JSON string, in quotes. Bytes that are not UTF-8 are replaced by U+FFFD. */
void iw_canonical_append_string (GString *out, const char *text);
/* The shortest form that reads back as the same double, and as a double rather than an integer. */
gboolean iw_canonical_append_double (GString *out, double value, GError **error);

G_END_DECLS
