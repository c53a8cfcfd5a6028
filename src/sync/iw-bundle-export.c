/* Writes a bundle: documents first to a file of its own, because the manifest that tells their hash
 * comes before them. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iw-bundle-private.h"

static gboolean
is_sealed (const IwBundleOptions *options)
{
  return options->sign || options->passphrase != NULL ||
         (options->recipients != NULL && *options->recipients != NULL);
}

static gboolean
add_attachment (IwBundleZip *zip,
                const IwBundleMember *member,
                const char *dir,
                IwBundleWork *work,
                GError **error)
{
  g_autofree char *path = iw_blobs_path (dir, member->sha256);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean ok;

  if (fd < 0)
    return iw_bundle_fail_errno (error, path);
  ok = iw_bundle_zip_add_file (zip, member->name, fd, member->length, member->sha256, work, error);
  close (fd);
  return ok;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (((const IwBundleMember *)a)->name, ((const IwBundleMember *)b)->name);
}

static gboolean
fill_zip (IwBundleZip *zip,
          const char *dir,
          int documents,
          IwBundleManifest *manifest,
          IwBundleWork *work,
          GError **error)
{
  g_autofree char *text = iw_bundle_manifest_write (manifest);
  const IwBundleMember *lines = iw_bundle_manifest_find (manifest, IW_BUNDLE_DOCUMENTS);
  g_autoptr (GPtrArray) members = g_hash_table_get_values_as_ptr_array (manifest->by_name);

  if (strlen (text) > IW_BUNDLE_MAX_MANIFEST)
    return iw_bundle_fail (error, IW_BUNDLE_ERROR_TOO_LARGE,
                           _ ("There is too much for one bundle. Export fewer incidents at a "
                              "time."));
  g_ptr_array_sort_values (members, compare_names);
  if (!iw_bundle_zip_add_text (zip, IW_BUNDLE_MANIFEST, text, error) ||
      !iw_bundle_zip_add_file (zip, IW_BUNDLE_DOCUMENTS, documents, lines->length, lines->sha256,
                               work, error))
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    if (members->pdata[i] != lines && !add_attachment (zip, members->pdata[i], dir, work, error))
      return FALSE;
  return iw_bundle_zip_finish (zip, error);
}

static gboolean
write_zip (IwStore *store,
           const IwBundleOptions *options,
           int fd,
           const char *path,
           int documents,
           IwBundleWork *work,
           GError **error)
{
  g_autoptr (IwBundleManifest) manifest = iw_bundle_manifest_new ();
  g_autoptr (IwBundleZip) zip = NULL;

  manifest->made_at = iw_context_now (iw_store_get_context (store));
  manifest->made_by = options->made_by != NULL ? g_utf8_make_valid (options->made_by, -1) : NULL;
  if (!iw_bundle_write_documents (store, options->incidents, documents, manifest, work, error))
    return FALSE;
  work->total = manifest->total * (is_sealed (options) ? 2 : 1);
  zip = iw_bundle_zip_new (fd, path, manifest->made_at, error);
  return zip != NULL && fill_zip (zip, iw_store_get_dir (store), documents, manifest, work, error);
}

/* ---- into place ---- */

static gboolean
check_place (const char *path, GError **error)
{
  struct stat info;

  if (lstat (path, &info) != 0 || S_ISREG (info.st_mode))
    return TRUE;
  errno = S_ISDIR (info.st_mode) ? EISDIR : EEXIST;
  return iw_bundle_fail_errno (error, path);
}

static void
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  /* Some file systems have no way to do that, and are none the worse. */
  if (fd >= 0 && fsync (fd) != 0)
    g_debug ("%s: %s", folder, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}

static gboolean
put_in_place (int fd, const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (fsync (fd) != 0 || g_rename (part, path) != 0)
    return iw_bundle_fail_errno (error, path);
  sync_folder (folder);
  return TRUE;
}

/* The zip, and what is made of it. */
static gboolean
write_bundle (IwStore *store,
              const IwBundleOptions *options,
              int fd,
              const char *path,
              IwBundleWork *work,
              GError **error)
{
  const char *dir = iw_store_get_dir (store);
  gboolean sealed = is_sealed (options);
  int documents = iw_bundle_open_nameless (dir, error);
  int zip = documents < 0 ? -1 : sealed ? iw_bundle_open_nameless (dir, error) : fd;
  gboolean ok = zip >= 0 && write_zip (store, options, zip, path, documents, work, error) &&
                (!sealed || iw_bundle_seal (zip, fd, options, work, error));

  if (sealed && zip >= 0)
    close (zip);
  if (documents >= 0)
    close (documents);
  return ok;
}

gboolean
iw_bundle_export (IwStore *store,
                  const char *path,
                  const IwBundleOptions *options,
                  IwProgressFunc progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  IwBundleWork work = { progress, data, cancellable };
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *hidden = g_strdup_printf (".bundle-%08x.part", g_random_int ());
  g_autofree char *part = g_build_filename (folder, hidden, NULL);
  gboolean ok;
  int fd;

  if (!check_place (path, error))
    return FALSE;
  fd = g_open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return iw_bundle_fail_errno (error, path);
  ok = write_bundle (store, options, fd, path, &work, error) &&
       !iw_bundle_work_is_cancelled (&work, error) && put_in_place (fd, part, path, error);
  close (fd);
  if (!ok)
    g_unlink (part);
  return ok;
}
