/* iw-test-certificate.h: certificates for tests, made on the spot. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A self-signed one for "localhost" and 127.0.0.1 with its key, valid @from to @until (seconds from
 * now). Each is another. (transfer full) */
GTlsCertificate *iw_test_certificate (gint64 from, gint64 until);

G_END_DECLS
