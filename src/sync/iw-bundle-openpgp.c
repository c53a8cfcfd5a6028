/* Signs, encrypts, and the other way round, from file to file. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "iw-bundle-keys.h"

/* Between GPGME and two files. */
typedef struct
{
  IwBundleWork *work;
  gpgme_ctx_t context;
  int from;
  int to;
  gint64 n_read;
  gint64 n_written;
  gint64 max;
  gboolean too_large;
  int code; /* errno of a file */
} Pipe;

/* ---- files ---- */

static ssize_t
on_read (void *data, void *bytes, size_t n)
{
  Pipe *pipe = data;
  gssize got;

  if (g_cancellable_is_cancelled (pipe->work->cancellable))
    {
      errno = ECANCELED;
      return -1;
    }
  do
    got = pread (pipe->from, bytes, n, pipe->n_read);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    pipe->code = errno;
  else
    pipe->n_read += got;
  iw_bundle_work_tell (pipe->work, pipe->n_read);
  return got;
}

static ssize_t
on_write (void *data, const void *bytes, size_t n)
{
  Pipe *pipe = data;

  if (g_cancellable_is_cancelled (pipe->work->cancellable))
    {
      errno = ECANCELED;
      return -1;
    }
  pipe->too_large = pipe->n_written + (gint64)n > pipe->max;
  if (pipe->too_large)
    {
      errno = EFBIG;
      return -1;
    }
  if (!iw_bundle_write_all (pipe->to, bytes, n))
    {
      pipe->code = errno;
      return -1;
    }
  pipe->n_written += n;
  return n;
}

static void
on_cancelled (GCancellable *cancellable, gpointer context)
{
  gpgme_cancel_async (context);
}

/* ---- passphrases ---- */

/* @hook NULL: a key's passphrase is not asked for here. */
static gpgme_error_t
on_passphrase (void *hook, const char *hint, const char *info, int was_bad, int fd)
{
  const char *passphrase = hook;

  if (passphrase == NULL || was_bad)
    return gpgme_error (GPG_ERR_BAD_PASSPHRASE);
  if (gpgme_io_writen (fd, passphrase, strlen (passphrase)) != 0 ||
      gpgme_io_writen (fd, "\n", 1) != 0)
    return gpgme_error_from_syserror ();
  return 0;
}

/* From now on GnuPG asks us instead of a window of its own. */
static void
give_passphrase (gpgme_ctx_t context, const char *passphrase)
{
  gpgme_set_pinentry_mode (context, GPGME_PINENTRY_MODE_LOOPBACK);
  gpgme_set_passphrase_cb (context, on_passphrase, (gpointer)passphrase);
}

/* ---- running ---- */

typedef gpgme_error_t (*RunFunc) (gpgme_ctx_t context,
                                  gpgme_data_t from,
                                  gpgme_data_t to,
                                  gpointer data);

/* Runs it with both files as streams. 0 or GnuPG's error; *ok FALSE with @error where it is ours.
 */
static gpgme_error_t
run (Pipe *pipe, RunFunc func, gpointer data, gboolean *ok, GError **error)
{
  struct gpgme_data_cbs in_cbs = { .read = on_read };
  struct gpgme_data_cbs out_cbs = { .write = on_write };
  gpgme_data_t in = NULL, out = NULL;
  gulong handler = 0;
  gpgme_error_t code = gpgme_data_new_from_cbs (&in, &in_cbs, pipe);

  if (code == 0)
    code = gpgme_data_new_from_cbs (&out, &out_cbs, pipe);
  if (code == 0 && pipe->work->cancellable != NULL)
    handler = g_cancellable_connect (pipe->work->cancellable, G_CALLBACK (on_cancelled),
                                     pipe->context, NULL);
  if (code == 0)
    code = func (pipe->context, in, out, data);
  g_cancellable_disconnect (pipe->work->cancellable, handler);
  gpgme_data_release (in);
  gpgme_data_release (out);
  errno = pipe->code;
  *ok = !iw_bundle_work_is_cancelled (pipe->work, error) &&
        (pipe->code == 0 || iw_bundle_fail_errno (error, _ ("Bundle"))) &&
        (!pipe->too_large || iw_bundle_fail (error, IW_BUNDLE_ERROR_TOO_LARGE,
                                             _ ("The bundle unpacks to more than can be.")));
  return code;
}

/* ---- signing and encrypting ---- */

typedef struct
{
  gboolean sign;
  gboolean encrypt;
  gpgme_key_t *keys; /* NULL: none */
  gpgme_encrypt_flags_t flags;
} Seal;

static gpgme_error_t
run_seal (gpgme_ctx_t context, gpgme_data_t from, gpgme_data_t to, gpointer data)
{
  const Seal *seal = data;

  if (!seal->encrypt)
    return gpgme_op_sign (context, from, to, GPGME_SIG_MODE_NORMAL);
  if (seal->sign)
    return gpgme_op_encrypt_sign (context, seal->keys, seal->flags, from, to);
  return gpgme_op_encrypt (context, seal->keys, seal->flags, from, to);
}

/* With a passphrase of the bundle's own, GnuPG would ask us for the key's as well; so it is
 * unlocked before, in GnuPG's own way, by signing nothing. */
static gboolean
unlock_signer (gpgme_ctx_t context, GError **error)
{
  gpgme_data_t nothing = NULL, signature = NULL;
  gpgme_error_t code = gpgme_data_new (&nothing);

  if (code == 0)
    code = gpgme_data_new (&signature);
  if (code == 0)
    code = gpgme_op_sign (context, nothing, signature, GPGME_SIG_MODE_DETACH);
  gpgme_data_release (nothing);
  gpgme_data_release (signature);
  return code == 0 || iw_bundle_fail_gpg (error, code, _ ("The bundle could not be signed"));
}

gboolean
iw_bundle_seal (int from,
                int to,
                const IwBundleOptions *options,
                IwBundleWork *work,
                GError **error)
{
  g_auto (gpgme_ctx_t) context = iw_bundle_context_new (error);
  Pipe pipe = { .work = work, .context = context, .from = from, .to = to, .max = G_MAXINT64 };
  Seal seal = { .sign = options->sign };
  g_autoptr (GPtrArray) keys = NULL;
  gpgme_error_t code;
  gboolean ok;

  if (context == NULL ||
      (options->sign && !iw_bundle_add_signer (context, options->signer, error)) ||
      (keys = iw_bundle_find_recipients (context, options->recipients, error)) == NULL ||
      (options->sign && options->passphrase != NULL && !unlock_signer (context, error)))
    return FALSE;
  seal.keys = keys->len > 1 ? (gpgme_key_t *)keys->pdata : NULL;
  seal.encrypt = seal.keys != NULL || options->passphrase != NULL;
  /* Who may be encrypted for was looked at; the zip is packed already. */
  seal.flags = GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_COMPRESS;
  if (options->passphrase != NULL)
    {
      seal.flags |= GPGME_ENCRYPT_SYMMETRIC;
      give_passphrase (context, options->passphrase);
    }
  code = run (&pipe, run_seal, &seal, &ok, error);
  if (!ok || code == 0)
    return ok;
  return iw_bundle_fail_gpg (error, code,
                             options->sign ? _ ("The bundle could not be signed")
                                           : _ ("The bundle could not be encrypted"));
}

/* ---- what a signature says ---- */

static void
read_signer (gpgme_ctx_t context, gpgme_signature_t signature, IwBundleInfo *info)
{
  gpgme_key_t key = NULL;

  g_set_str (&info->fingerprint, signature->fpr);
  g_set_str (&info->signer, NULL);
  if (signature->fpr == NULL || gpgme_get_key (context, signature->fpr, &key, 0) != 0)
    return;
  /* The signing key may be a subkey; people know the other. */
  if (key->fpr != NULL)
    g_set_str (&info->fingerprint, key->fpr);
  if (key->uids != NULL && key->uids->uid != NULL)
    info->signer = g_utf8_make_valid (key->uids->uid, -1);
  gpgme_key_unref (key);
}

static IwBundleTrust
trust_of (gpgme_signature_t signature)
{
  switch (gpgme_err_code (signature->status))
    {
    case GPG_ERR_NO_ERROR:
      return signature->validity >= GPGME_VALIDITY_FULL && !signature->wrong_key_usage
                 ? IW_BUNDLE_SIGNED
                 : IW_BUNDLE_SIGNED_UNKNOWN;
    case GPG_ERR_NO_PUBKEY:
    case GPG_ERR_KEY_EXPIRED:
    case GPG_ERR_SIG_EXPIRED:
    case GPG_ERR_CERT_REVOKED:
      return IW_BUNDLE_SIGNED_UNKNOWN;
    default:
      return IW_BUNDLE_SIGNATURE_BAD;
    }
}

/* One bad signature spoils it; of good ones the best counts. */
static void
read_signatures (gpgme_ctx_t context, IwBundleInfo *info)
{
  gpgme_verify_result_t result = gpgme_op_verify_result (context);
  gpgme_signature_t told = NULL;

  for (gpgme_signature_t one = result != NULL ? result->signatures : NULL; one != NULL;
       one = one->next)
    {
      IwBundleTrust trust = trust_of (one);
      gboolean better =
          told == NULL || trust == IW_BUNDLE_SIGNATURE_BAD || trust == IW_BUNDLE_SIGNED;

      if (info->trust == IW_BUNDLE_SIGNATURE_BAD || !better)
        continue;
      info->trust = trust;
      told = one;
    }
  if (told != NULL)
    read_signer (context, told, info);
}

/* ---- the other way round ---- */

static gpgme_error_t
run_unseal (gpgme_ctx_t context, gpgme_data_t from, gpgme_data_t to, gpointer data)
{
  const IwBundlePackets *packets = data;

  return packets->encrypted ? gpgme_op_decrypt_verify (context, from, to)
                            : gpgme_op_verify (context, from, NULL, to);
}

static gboolean
fail_unseal (const IwBundlePackets *packets, const Pipe *pipe, gpgme_error_t code, GError **error)
{
  switch (gpgme_err_code (code))
    {
    case GPG_ERR_BAD_PASSPHRASE:
    case GPG_ERR_NO_SECKEY:
    case GPG_ERR_CANCELED:
    case GPG_ERR_FULLY_CANCELED:
    case GPG_ERR_NO_PASSPHRASE:
    case GPG_ERR_NO_PIN_ENTRY:
    case GPG_ERR_TIMEOUT:
      return iw_bundle_fail (error, IW_BUNDLE_ERROR_LOCKED,
                             packets->by_passphrase
                                 ? _ ("The bundle is encrypted, and the passphrase does not fit.")
                                 : _ ("The bundle is encrypted for keys that are not here, or that "
                                      "were not unlocked."));
    case GPG_ERR_DECRYPT_FAILED:
      if (pipe->n_written == 0)
        return iw_bundle_fail (error, IW_BUNDLE_ERROR_LOCKED,
                               _ ("The bundle could not be decrypted: the passphrase or key does "
                                  "not fit, or the file is damaged."));
      break;
    default:
      break;
    }
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_ALTERED,
                         _ ("The bundle is damaged, altered or cut. Nothing was read from it."));
}

gboolean
iw_bundle_unseal (int from,
                  int to,
                  const IwBundlePackets *packets,
                  const char *passphrase,
                  gint64 max,
                  IwBundleInfo *info,
                  IwBundleWork *work,
                  GError **error)
{
  g_auto (gpgme_ctx_t) context = NULL;
  Pipe pipe = { .work = work, .from = from, .to = to, .max = max };
  gpgme_error_t code;
  gboolean ok;

  if (packets->encrypted && !packets->for_keys && passphrase == NULL)
    return iw_bundle_fail (error, IW_BUNDLE_ERROR_LOCKED,
                           _ ("The bundle is encrypted. Give its passphrase."));
  context = pipe.context = iw_bundle_context_new (error);
  if (context == NULL)
    return FALSE;
  if (passphrase != NULL)
    give_passphrase (context, passphrase);
  code = run (&pipe, run_unseal, (gpointer)packets, &ok, error);
  if (!ok)
    return FALSE;
  if (code != 0)
    return fail_unseal (packets, &pipe, code, error);
  read_signatures (context, info);
  return TRUE;
}
