/* iw-certificate.h: a certificate that nobody vouches for, for a server whose clients hold on to it. Pure; any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* ECDSA on P-256, ten years, for @names: host names and addresses. PEM texts. @key (transfer full), its caller wipes it.
 * @certificate (transfer full). */
gboolean iw_certificate_make (const char *const *names, char **certificate, char **key, GError **error);
/* SHA-256 over it as DER: 64 hex digits in pairs with colons between them, as other programs print it.
 * (transfer full) */
char *iw_certificate_fingerprint (const char *path, GError **error);

G_END_DECLS
