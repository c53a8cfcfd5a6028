#include "config.h"

#include "iw-bundle-keys.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

gboolean
iw_bundle_fail_gpg (GError **error, gpgme_error_t code, const char *what)
{
  char words[256] = "";

  gpgme_strerror_r (code, words, sizeof words);
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_KEY, "%s: %s", what, words);
}

gpgme_ctx_t
iw_bundle_context_new (GError **error)
{
  static gsize once;
  gpgme_ctx_t context = NULL;
  gpgme_error_t code;

  if (g_once_init_enter (&once))
    {
      gpgme_check_version (NULL);
      g_once_init_leave (&once, 1);
    }
  code = gpgme_engine_check_version (GPGME_PROTOCOL_OpenPGP);
  if (code == 0)
    code = gpgme_new (&context);
  if (code != 0)
    {
      iw_bundle_fail_gpg (error, code, _ ("Signed and encrypted bundles need GnuPG"));
      return NULL;
    }
  gpgme_set_protocol (context, GPGME_PROTOCOL_OpenPGP);
  gpgme_set_locale (context, LC_CTYPE, setlocale (LC_CTYPE, NULL));
  gpgme_set_offline (context, 1);
  return context;
}

/* A whole fingerprint names a key beyond doubt. */
static gboolean
is_fingerprint (const char *name)
{
  gsize n = 0;

  for (; g_ascii_isxdigit (name[n]); n++)
    ;
  return name[n] == '\0' && (n == 40 || n == 64);
}

typedef gboolean (*FitsFunc) (gpgme_key_t key);

static gboolean
can_sign (gpgme_key_t key)
{
  return key->can_sign && !key->revoked && !key->expired && !key->disabled && !key->invalid;
}

static gboolean
can_encrypt (gpgme_key_t key)
{
  return key->can_encrypt && !key->revoked && !key->expired && !key->disabled && !key->invalid;
}

/* The one usable key of that name. (transfer full) */
static gpgme_key_t
find_key (gpgme_ctx_t context, const char *name, gboolean secret, FitsFunc fits, GError **error)
{
  gpgme_key_t found = NULL, key;
  guint n = 0;
  gpgme_error_t code = gpgme_op_keylist_start (context, name, secret);

  while (code == 0 && (code = gpgme_op_keylist_next (context, &key)) == 0)
    {
      if (fits (key) && n++ == 0)
        found = key;
      else
        gpgme_key_unref (key);
    }
  gpgme_op_keylist_end (context);
  if (n == 1)
    return found;
  if (found != NULL)
    gpgme_key_unref (found);
  if (n > 1)
    iw_bundle_fail (error, IW_BUNDLE_ERROR_KEY,
                    _ ("“%s” stands for several OpenPGP keys. Give the fingerprint of one."), name);
  else
    iw_bundle_fail (error, IW_BUNDLE_ERROR_KEY,
                    secret ? _ ("There is no OpenPGP key “%s” to sign with here.")
                           : _ ("There is no OpenPGP key “%s” to encrypt for here."),
                    name);
  return NULL;
}

gboolean
iw_bundle_add_signer (gpgme_ctx_t context, const char *signer, GError **error)
{
  gpgme_key_t key;
  gpgme_error_t code;

  if (signer == NULL || *signer == '\0')
    return TRUE;
  key = find_key (context, signer, TRUE, can_sign, error);
  if (key == NULL)
    return FALSE;
  code = gpgme_signers_add (context, key);
  gpgme_key_unref (key);
  return code == 0 || iw_bundle_fail_gpg (error, code, _ ("The key could not be used"));
}

/* A mail address in a key proves nothing by itself: somebody has to vouch for it. */
static gboolean
is_trusted (gpgme_key_t key)
{
  for (gpgme_user_id_t uid = key->uids; uid != NULL; uid = uid->next)
    if (!uid->revoked && !uid->invalid && uid->validity >= GPGME_VALIDITY_FULL)
      return TRUE;
  return FALSE;
}

static void
unref_key (gpointer key)
{
  if (key != NULL)
    gpgme_key_unref (key);
}

GPtrArray *
iw_bundle_find_recipients (gpgme_ctx_t context, const char *const *recipients, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (unref_key);

  for (; recipients != NULL && *recipients != NULL; recipients++)
    {
      gpgme_key_t key = find_key (context, *recipients, FALSE, can_encrypt, error);

      if (key == NULL)
        return NULL;
      g_ptr_array_add (keys, key);
      if (is_fingerprint (*recipients) || is_trusted (key))
        continue;
      iw_bundle_fail (error, IW_BUNDLE_ERROR_KEY,
                      _ ("Nobody here vouches for the key of “%s”. Compare its fingerprint with "
                         "its owner, and give that fingerprint: %s"),
                      *recipients, key->fpr);
      return NULL;
    }
  g_ptr_array_add (keys, NULL);
  return g_steal_pointer (&keys);
}
