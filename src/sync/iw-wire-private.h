/* iw-wire-private.h: between the files iw-wire*.c. */
#pragma once

#include "iw-store.h"
#include "iw-wire.h"

G_BEGIN_DECLS

/* Sets IW_STORE_ERROR_INVALID, "<name>: <reason>", and returns FALSE; see iw_wire_error_name(). */
gboolean iw_wire_fail (GError **error, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* A string of @length bytes without NUL, within @length. */
const char *iw_wire_get_text (yyjson_val *value);
/* The value of _attachments. NULL on error; *out NULL where it is empty. */
gboolean iw_wire_read_attachments (yyjson_val *value, gsize max_inline, GPtrArray **out, GError **error);

G_END_DECLS
