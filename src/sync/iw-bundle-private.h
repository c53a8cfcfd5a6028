/* iw-bundle-private.h: what the files of bundles share. */
#pragma once

#include "iw-bundle.h"
#include "iw-wire.h"

G_BEGIN_DECLS

#define IW_BUNDLE_FORMAT "incident-workbench-bundle"
#define IW_BUNDLE_VERSION 1
#define IW_BUNDLE_MANIFEST "manifest.json"
#define IW_BUNDLE_DOCUMENTS "documents.jsonl"
#define IW_BUNDLE_ATTACHMENTS "attachments/"

#define IW_BUNDLE_MAX_MEMBERS 100000
#define IW_BUNDLE_MAX_MANIFEST (32 * 1024 * 1024)
#define IW_BUNDLE_MAX_LINE (16 * 1024 * 1024)                /* a body of 8 MiB, and its history */
#define IW_BUNDLE_MAX_TOTAL (G_GINT64_CONSTANT (1) << 42)    /* 4 TiB, all members together */
#define IW_BUNDLE_PIECE (64 * 1024)

/* Sets an error, and is FALSE. */
gboolean iw_bundle_fail (GError **error, IwBundleError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* What the system has just refused, by errno; a full disk is IW_STORE_ERROR_FULL. */
gboolean iw_bundle_fail_errno (GError **error, const char *path);
gboolean iw_bundle_write_all (int fd, const void *bytes, gsize n); /* errno */
/* A file in staging/ of @dir that has no name any more: gone when it is closed, also by a crash. -1 with an error. */
int iw_bundle_open_nameless (const char *dir, GError **error);

/* A piece of work that takes a while: several goes over something. */
typedef struct
{
  IwProgressFunc func; /* NULL: nobody is told */
  gpointer data;
  GCancellable *cancellable;
  gint64 base;         /* of the goes before */
  gint64 total;
} IwBundleWork;
void iw_bundle_work_tell (IwBundleWork *self, gint64 done);
gboolean iw_bundle_work_is_cancelled (IwBundleWork *self, GError **error);

/* ---- iw-bundle-manifest.c ---- */

typedef struct
{
  char *name;
  char *sha256;
  gint64 length;
} IwBundleMember;

typedef struct
{
  char *made_by;
  gint64 made_at; /* µs */
  gint64 n_documents;
  gint64 n_revisions;
  GPtrArray *incidents;   /* (element-type utf8): id, title, id, title…; written, and not read again */
  GHashTable *by_name;    /* name → IwBundleMember, all but the manifest itself */
  gint64 total;           /* bytes of them */
  gint64 attached;        /* of attachments alone */
} IwBundleManifest;

/* Of nothing yet. (transfer full) */
IwBundleManifest *iw_bundle_manifest_new (void);
void iw_bundle_manifest_free (IwBundleManifest *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwBundleManifest, iw_bundle_manifest_free)
/* One more member; FALSE where there is one of that name. */
gboolean iw_bundle_manifest_add (IwBundleManifest *self, const char *name, const char *sha256, gint64 length);
const IwBundleMember *iw_bundle_manifest_find (IwBundleManifest *self, const char *name);
char *iw_bundle_manifest_write (IwBundleManifest *self); /* (transfer full) */
/* NOT_A_BUNDLE, NEWER, TOO_LARGE. (transfer full) */
IwBundleManifest *iw_bundle_manifest_read (const char *text, gsize length, GError **error);

/* ---- iw-bundle-zip.c: writing a zip to a file ---- */

typedef struct _IwBundleZip IwBundleZip;
/* Writes to @fd, which stays the caller's. @path: for messages. (transfer full) */
IwBundleZip *iw_bundle_zip_new (int fd, const char *path, gint64 mtime, GError **error);
void iw_bundle_zip_free (IwBundleZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwBundleZip, iw_bundle_zip_free)
gboolean iw_bundle_zip_add_text (IwBundleZip *self, const char *name, const char *text, GError **error);
/* @length bytes from the beginning of @fd; @sha256 (optional): they must have it (DAMAGED_BLOB). */
gboolean iw_bundle_zip_add_file (IwBundleZip *self, const char *name, int fd, gint64 length, const char *sha256,
                                 IwBundleWork *work, GError **error);
gboolean iw_bundle_zip_finish (IwBundleZip *self, GError **error);

/* ---- iw-bundle-documents.c: documents.jsonl ---- */

/* Writes it to @fd and enters it, what is attached and the counts into @manifest. */
gboolean iw_bundle_write_documents (IwStore *store, const char *const *incidents, int fd, IwBundleManifest *manifest,
                                    IwBundleWork *work, GError **error);

/* ---- iw-bundle-read.c: reading a zip, member by member, in order ---- */

typedef struct _IwBundleReader IwBundleReader;
/* Reads @fd from its beginning; it stays the caller's. (transfer full) */
IwBundleReader *iw_bundle_reader_new (int fd, IwBundleWork *work, GError **error);
void iw_bundle_reader_free (IwBundleReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwBundleReader, iw_bundle_reader_free)
/* The first member. (transfer full) */
IwBundleManifest *iw_bundle_reader_manifest (IwBundleReader *self, GError **error);
/* The second: each line that is a document, with sha256 of its attachments filled in. */
typedef gboolean (*IwBundleDocFunc) (IwWireDoc *doc, gpointer data, GError **error);
gboolean iw_bundle_reader_documents (IwBundleReader *self, IwBundleManifest *manifest, IwBundleDocFunc func,
                                     gpointer data, GError **error);
/* The others; into blobs/ of @dir where that is not NULL. @md5s (optional): sha256 → md5 is added. */
gboolean iw_bundle_reader_attachments (IwBundleReader *self, IwBundleManifest *manifest, const char *dir,
                                       GHashTable *md5s, GError **error);

/* ---- iw-bundle-openpgp.c, iw-bundle-keys.c ---- */

/* Of the first packet: an OpenPGP message or not, encrypted or not, and how it can be opened. */
typedef struct
{
  gboolean openpgp;
  gboolean encrypted;
  gboolean for_keys;
  gboolean by_passphrase;
} IwBundlePackets;
void iw_bundle_look_at_packets (const guint8 *bytes, gsize n, IwBundlePackets *packets);

/* Signs and encrypts as @options say. */
gboolean iw_bundle_seal (int from, int to, const IwBundleOptions *options, IwBundleWork *work, GError **error);
/* Decrypts and verifies; no more than @max bytes come out. Fills in trust, signer, fingerprint of @info. */
gboolean iw_bundle_unseal (int from, int to, const IwBundlePackets *packets, const char *passphrase, gint64 max,
                           IwBundleInfo *info, IwBundleWork *work, GError **error);

/* ---- iw-bundle-open.c ---- */

/* Opens @path, unsealed; @info is filled in as far as the signature tells. -1 with an error.
 * Where the signature is bad there is nothing to read. */
int iw_bundle_open (const char *path, const char *dir, const char *passphrase, guint goes, IwBundleInfo *info,
                    IwBundleWork *work, GError **error);

G_END_DECLS
