/* iw-secrets.h: passwords and tokens in the Secret Service, by server and account. Blocking; not on the main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* NULL without an error where none is kept; G_IO_ERROR_PERMISSION_DENIED where the keyring stayed locked, also when
 * clearing. Free with iw_secret_free(). */
char *iw_secrets_lookup (const char *url, const char *user, GCancellable *cancellable, GError **error);
gboolean iw_secrets_store (const char *url, const char *user, const char *secret, GCancellable *cancellable, GError **error);
gboolean iw_secrets_clear (const char *url, const char *user, GCancellable *cancellable, GError **error);
/* Overwrites it first. NULL is fine. */
void iw_secret_free (char *secret);

G_END_DECLS
