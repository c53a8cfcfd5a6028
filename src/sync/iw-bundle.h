/* iw-bundle.h: an .iwbundle: a one-way replication in a file (sync.md "Bundle"). Blocking; any one thread.
 *
 * A zip of manifest.json (format, version, made at, by, incidents, counts, SHA-256 of each other member),
 * documents.jsonl (a document with _revisions a line, bodies of ancestors first so that merging has a base) and
 * attachments/<sha256>. Signed and encrypted by OpenPGP (GPGME): a signed bundle is <file> as an OpenPGP message.
 */
#pragma once

#include "iw-peer.h"

G_BEGIN_DECLS

#define IW_BUNDLE_ERROR (iw_bundle_error_quark ())
typedef enum
{
  IW_BUNDLE_ERROR_NOT_A_BUNDLE,
  IW_BUNDLE_ERROR_NEWER,      /* of a newer version */
  IW_BUNDLE_ERROR_ALTERED,    /* a hash of the manifest, or the signature, does not hold */
  IW_BUNDLE_ERROR_TOO_LARGE,
  IW_BUNDLE_ERROR_LOCKED,     /* encrypted, and no key or passphrase for it */
} IwBundleError;
GQuark iw_bundle_error_quark (void);

typedef struct
{
  const char *const *incidents; /* UUIDs; NULL: the whole workspace */
  gboolean sign;                /* with @signer, an OpenPGP key's id or mail address; NULL: the default key */
  const char *signer;
  const char *const *recipients; /* keys it is encrypted for; NULL: not for keys */
  const char *passphrase;       /* encrypted by this; NULL: not */
} IwBundleOptions;
gboolean iw_bundle_export (IwStore *store, const char *path, const IwBundleOptions *options, IwProgressFunc progress,
                           gpointer data, GCancellable *cancellable, GError **error);

typedef enum
{
  IW_BUNDLE_UNSIGNED,
  IW_BUNDLE_SIGNED,           /* good, by a key that is trusted here */
  IW_BUNDLE_SIGNED_UNKNOWN,   /* good, by a key that nobody here vouches for, or that is not here */
  IW_BUNDLE_SIGNATURE_BAD,
} IwBundleTrust;
/* What is said of a bundle before anything of it is read into the workspace. */
typedef struct
{
  IwBundleTrust trust;
  char *signer;       /* name and mail address of the key; NULL */
  char *fingerprint;  /* NULL */
  gboolean encrypted;
  char *made_by;      /* as the manifest says */
  gint64 made_at;     /* µs */
  guint n_documents, n_attachments, n_incidents;
  char **titles;      /* of its incidents */
} IwBundleInfo;
void iw_bundle_info_free (IwBundleInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwBundleInfo, iw_bundle_info_free)
/* Decrypts into @dir's staging/ at need, checks every hash. @passphrase NULL: none. (transfer full) */
IwBundleInfo *iw_bundle_verify (const char *path, const char *dir, const char *passphrase, IwProgressFunc progress,
                                gpointer data, GCancellable *cancellable, GError **error);
/* Verifies, then merges all of it in one transaction, with what can be merged merged. @n_new (optional): revisions. */
gboolean iw_bundle_import (IwStore *store, const char *path, const char *passphrase, gboolean allow_unsigned,
                           guint *n_new, IwProgressFunc progress, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
