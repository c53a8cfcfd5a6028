/* iw-bundle.h: an .iwbundle: a one-way replication in a file (sync.md "Bundle"). Blocking; any one thread.
 *
 * A zip of, in this order:
 *   manifest.json           format, version, made when, by whom, incidents, counts, length and SHA-256 of each other member
 *   documents.jsonl         a revision a line as it goes over the wire, with _revisions, attachments as stubs that tell
 *                           their SHA-256; kept bodies of ancestors come before what grew on them, so that merging has
 *                           a base, the winner comes last
 *   attachments/<sha256>    their bytes
 * Signed and encrypted by OpenPGP (GPGME): such a bundle is an OpenPGP message whose content is that zip.
 *
 * What is in it: of each incident all its documents, entries, evidence with its custody; and of the workspace's own
 * documents those that these refer to (teams, people, what they refer to in turn): without them a name would be an id.
 * The directory as a whole goes along only with the whole workspace. Of what was deleted the deletion goes along, not
 * the content; of a decision always what was written first. An attachment that only an earlier revision had stays,
 * and so does that revision's body. An evidence file that is not in this workspace cannot go along.
 *
 * Importing is what pulling is: revisions are stored as they are, conflicts are kept and merged by the same rules, and
 * importing again changes nothing. A scope that is new here lives in the default compartment, one that is known stays
 * where it lives. What was purged here does not come back, and nothing is erased on a bundle's word (iw-erasure.h).
 *
 * All that is read is hostile: names, numbers, sizes and depths are held to limits, nothing is written outside staging/
 * and blobs/, members that the manifest does not name are refused, and a zip bomb ends at the length it was said to
 * have. Memory does not grow with attachments. The plain zip of an encrypted bundle is in staging/ without a name.
 */
#pragma once

#include "iw-peer.h"

G_BEGIN_DECLS

#define IW_BUNDLE_SUFFIX ".iwbundle"
#define IW_BUNDLE_MEDIA_TYPE "application/vnd.incident-workbench.bundle"
#define IW_BUNDLE_MAX_TITLES 100

#define IW_BUNDLE_ERROR (iw_bundle_error_quark ())
typedef enum
{
  IW_BUNDLE_ERROR_NOT_A_BUNDLE,
  IW_BUNDLE_ERROR_NEWER,      /* of a newer version */
  IW_BUNDLE_ERROR_ALTERED,    /* a hash of the manifest, or the signature, does not hold; or it is cut */
  IW_BUNDLE_ERROR_TOO_LARGE,
  IW_BUNDLE_ERROR_LOCKED,     /* encrypted, and no key or passphrase for it */
  IW_BUNDLE_ERROR_UNSIGNED,   /* unsigned, or by a key that nobody here vouches for, and that was not allowed */
  IW_BUNDLE_ERROR_KEY,        /* no such key to sign with or to encrypt for, several, one not to be trusted; no GnuPG */
} IwBundleError;
GQuark iw_bundle_error_quark (void); /* for IW_BUNDLE_ERROR alone */

typedef struct
{
  const char *const *incidents; /* UUIDs; NULL: the whole workspace */
  gboolean sign;                /* with @signer, an OpenPGP key's id or mail address; NULL: the default key */
  const char *signer;
  const char *const *recipients; /* keys it is encrypted for; NULL: not for keys. One named otherwise than by its
                                  * whole fingerprint must be trusted here */
  const char *passphrase;       /* encrypted by this; NULL: not */
  const char *made_by;          /* for the manifest; NULL: nobody */
} IwBundleOptions;
/* Writes @path whole or not at all; a regular file that is there is replaced. NOT_FOUND (IW_STORE_ERROR) where an
 * incident is not here, DAMAGED_BLOB where an evidence file no longer has its hash. */
gboolean iw_bundle_export (IwStore *store, const char *path, const IwBundleOptions *options, IwProgressFunc progress,
                           gpointer data, GCancellable *cancellable, GError **error);

typedef enum
{
  IW_BUNDLE_UNSIGNED,
  IW_BUNDLE_SIGNED,           /* good, by a key that is trusted here */
  IW_BUNDLE_SIGNED_UNKNOWN,   /* good, by a key that nobody here vouches for; or by one that is not here, which may be
                               * no signature at all; or by one that is expired or revoked */
  IW_BUNDLE_SIGNATURE_BAD,    /* altered: nothing else is told, and it is never imported */
} IwBundleTrust;
/* What is said of a bundle before anything of it is read into the workspace. */
typedef struct
{
  IwBundleTrust trust;
  char *signer;       /* name and mail address of the key; NULL */
  char *fingerprint;  /* NULL */
  gboolean encrypted;
  char *made_by;      /* as the manifest says; NULL */
  gint64 made_at;     /* µs; 0: not known */
  guint n_documents, n_attachments, n_incidents;
  gint64 n_bytes;     /* of attachments */
  char **titles;      /* of its incidents as its documents have them, the first IW_BUNDLE_MAX_TITLES */
} IwBundleInfo;
void iw_bundle_info_free (IwBundleInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwBundleInfo, iw_bundle_info_free)

/* Whether @path has the beginning of an encrypted message, and whether a passphrase opens it (a key may, too). Reads a
 * little of it. FALSE where it cannot be read. */
gboolean iw_bundle_peek (const char *path, gboolean *encrypted, gboolean *by_passphrase, GError **error);
/* Decrypts into @dir's staging/ at need, reads every document, checks every hash. @passphrase NULL: none; it also
 * opens the OpenPGP key. (transfer full) */
IwBundleInfo *iw_bundle_verify (const char *path, const char *dir, const char *passphrase, IwProgressFunc progress,
                                gpointer data, GCancellable *cancellable, GError **error);
/* Verifies, then stores all of it in one transaction, and merges what can be merged. Without @allow_unsigned only what
 * is IW_BUNDLE_SIGNED is read. @n_new (optional): revisions that were not here. Attachments that were put into blobs/
 * before something failed are collected as garbage later. */
gboolean iw_bundle_import (IwStore *store, const char *path, const char *passphrase, gboolean allow_unsigned,
                           guint *n_new, IwProgressFunc progress, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
