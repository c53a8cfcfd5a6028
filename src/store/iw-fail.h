/* iw-fail.h: sets an error and returns FALSE, in one line. Private to src/store. Any thread. */
#pragma once

#include <glib.h>

#include "iw-store.h"

G_BEGIN_DECLS

/* IW_STORE_ERROR with a message. */
gboolean iw_fail (GError **error, IwStoreError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* What the system has just refused, by errno: a full disk is IW_STORE_ERROR_FULL in the same words as
 * everywhere, anything else G_IO_ERROR with the message and, after ": ", the system's reason. */
gboolean iw_fail_errno (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
