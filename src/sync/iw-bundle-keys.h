/* iw-bundle-keys.h: OpenPGP contexts and keys for bundles. Private to iw-bundle-*.c. */
#pragma once

#include <gpgme.h>

#include "iw-bundle-private.h"

G_BEGIN_DECLS

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gpgme_ctx_t, gpgme_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gpgme_data_t, gpgme_data_release, NULL)

/* One that does not go on the network. NULL, and KEY, where GnuPG is not there. Free with gpgme_release(). */
gpgme_ctx_t iw_bundle_context_new (GError **error);
/* KEY, with the words of GnuPG. */
gboolean iw_bundle_fail_gpg (GError **error, gpgme_error_t code, const char *what);
/* Makes @signer, or the default key where that is NULL, the one to sign with. */
gboolean iw_bundle_add_signer (gpgme_ctx_t context, const char *signer, GError **error);
/* The keys to encrypt for, (element-type gpgme_key_t), with NULL at the end. (transfer full) */
GPtrArray *iw_bundle_find_recipients (gpgme_ctx_t context, const char *const *recipients, GError **error);

G_END_DECLS
