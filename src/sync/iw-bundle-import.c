/* Reads a bundle into a workspace: hashes first, attachments into blobs/ on the way, then all
 * documents in one transaction, then what can be merged. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iw-bundle-private.h"
#include "iw-conflicts.h"
#include "iw-erasure.h"

static gboolean
check_trust (const IwBundleInfo *info, gboolean allow_unsigned, GError **error)
{
  if (info->trust == IW_BUNDLE_SIGNATURE_BAD)
    return iw_bundle_fail (error, IW_BUNDLE_ERROR_ALTERED,
                           _ ("The bundle’s signature does not hold: it was altered or damaged. "
                              "Nothing was read from it."));
  if (info->trust == IW_BUNDLE_SIGNED || allow_unsigned)
    return TRUE;
  if (info->trust == IW_BUNDLE_UNSIGNED)
    return iw_bundle_fail (error, IW_BUNDLE_ERROR_UNSIGNED,
                           _ ("The bundle is not signed: anybody may have made or altered it. "
                              "Nothing was read from it."));
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_UNSIGNED,
                         _ ("The bundle is signed by a key that nobody here vouches for. Nothing "
                            "was read from it."));
}

/* ---- the first go ---- */

static gboolean
on_looked_at (IwWireDoc *doc, gpointer data, GError **error)
{
  return TRUE;
}

/* Every hash, and attachments into blobs/. (transfer full) */
static IwBundleManifest *
take_attachments (int fd, const char *dir, GHashTable *md5s, IwBundleWork *work, GError **error)
{
  g_autoptr (IwBundleReader) reader = iw_bundle_reader_new (fd, work, error);
  g_autoptr (IwBundleManifest) manifest = NULL;

  if (reader == NULL || (manifest = iw_bundle_reader_manifest (reader, error)) == NULL ||
      !iw_bundle_reader_documents (reader, manifest, on_looked_at, NULL, error) ||
      !iw_bundle_reader_attachments (reader, manifest, dir, md5s, error))
    return NULL;
  return g_steal_pointer (&manifest);
}

/* ---- the second ---- */

typedef struct
{
  IwStore *store;
  GHashTable *md5s; /* sha256 → md5, as counted here */
  GPtrArray *attachments;
  guint n_new;
} Import;

/* The digest that a document tells is part of its history; it must be that of the bytes. */
static gboolean
check_digests (Import *self, const IwWireDoc *doc, GError **error)
{
  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    {
      const IwWireAttachment *attachment = doc->attachments->pdata[i];
      const char *md5 = g_hash_table_lookup (self->md5s, attachment->attachment.sha256);

      if (g_strcmp0 (md5, attachment->attachment.md5) != 0)
        return iw_bundle_fail (error, IW_BUNDLE_ERROR_ALTERED,
                               /* Translators: %s is an attachment's name. */
                               _ ("The bundle was altered or damaged: “%s” does not have its "
                                  "digest. Nothing was read from it."),
                               attachment->attachment.name);
    }
  return TRUE;
}

static gboolean
on_doc (IwWireDoc *doc, gpointer data, GError **error)
{
  Import *self = data;
  gboolean stored = FALSE;
  g_autoptr (GError) cause = NULL;
  IwPeerRev rev;

  if (!check_digests (self, doc, error))
    return FALSE;
  /* Whoever made the file need be no administrator; the server's come by sync. */
  if (iw_erasure_is_docid (doc->docid))
    return TRUE;
  iw_wire_doc_to_rev (doc, self->attachments, &rev);
  if (!iw_peer_put (self->store, &rev, &stored, &cause))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&cause), "%s: ", doc->docid);
      return FALSE;
    }
  self->n_new += stored ? 1 : 0;
  return TRUE;
}

/* The documents are hashed again as they are stored: a file that changes meanwhile is found out
 * before the commit. */
static gboolean
store_documents (Import *self,
                 int fd,
                 IwBundleManifest *manifest,
                 IwBundleWork *work,
                 GError **error)
{
  g_autoptr (IwBundleReader) reader = iw_bundle_reader_new (fd, work, error);
  g_autoptr (IwBundleManifest) again = NULL;

  if (reader == NULL || (again = iw_bundle_reader_manifest (reader, error)) == NULL ||
      !iw_peer_begin (self->store, error))
    return FALSE;
  if (!iw_bundle_reader_documents (reader, manifest, on_doc, self, error) ||
      iw_bundle_work_is_cancelled (work, error))
    {
      iw_peer_rollback (self->store);
      return FALSE;
    }
  return iw_peer_commit (self->store, error);
}

static gboolean
merge (IwStore *store, GError **error)
{
  guint merged;

  do
    if (!iw_conflicts_merge_all (store, &merged, NULL, error))
      return FALSE;
  while (merged > 0);
  return TRUE;
}

static gboolean
take_all (Import *self, int fd, IwBundleWork *work, GError **error)
{
  struct stat info;
  g_autoptr (IwBundleManifest) manifest =
      take_attachments (fd, iw_store_get_dir (self->store), self->md5s, work, error);

  if (manifest == NULL)
    return FALSE;
  if (fstat (fd, &info) == 0)
    work->base += info.st_size;
  if (!store_documents (self, fd, manifest, work, error))
    return FALSE;
  /* All of it is in; what cannot be merged now is merged with what comes next. */
  work->cancellable = NULL;
  iw_bundle_work_tell (work, work->total);
  return merge (self->store, error);
}

gboolean
iw_bundle_import (IwStore *store,
                  const char *path,
                  const char *passphrase,
                  gboolean allow_unsigned,
                  guint *n_new,
                  IwProgressFunc progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  IwBundleWork work = { progress, data, cancellable };
  g_autoptr (IwBundleInfo) info = g_new0 (IwBundleInfo, 1);
  g_autoptr (GHashTable) md5s = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  Import self = { store, md5s, attachments, 0 };
  gboolean ok;
  int fd;

  fd = iw_bundle_open (path, iw_store_get_dir (store), passphrase, 2, info, &work, error);
  if (fd < 0)
    return FALSE;
  ok = check_trust (info, allow_unsigned, error) && take_all (&self, fd, &work, error);
  close (fd);
  if (ok && n_new != NULL)
    *n_new = self.n_new;
  return ok;
}
