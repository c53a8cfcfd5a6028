#include "config.h"

#include "iw-blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "iw-fail.h"
#include "iw-id.h"
#include "iw-page-cache.h"

#define PIECE (256 * 1024)

static gboolean
fail_to_write (GError **error, const char *path)
{
  return iw_fail_errno (error, _ ("“%s” could not be written"), path);
}

/* Makes an entry in a folder survive a power cut. */
static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail_to_write (error, path);
  if (fd >= 0)
    close (fd);
  return ok;
}

/* ---- staging ---- */

static gboolean
write_all (int fd, const guint8 *bytes, gsize n)
{
  while (n > 0)
    {
      gssize written = write (fd, bytes, n);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      bytes += written;
      n -= written;
    }
  return TRUE;
}

typedef struct
{
  IwProgressFunc func;
  gpointer data;
  gint64 total;
} Progress;

static gboolean
copy_and_hash (GInputStream *input,
               int fd,
               const char *path,
               GChecksum *checksum,
               GChecksum *md5,
               const Progress *progress,
               gint64 *length,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  IwPageCache from;
  IwPageCache to;
  gssize n;

  *length = 0;
  iw_page_cache_begin_read (&from, input);
  iw_page_cache_begin_write (&to, fd);
  while ((n = g_input_stream_read (input, piece, PIECE, cancellable, error)) > 0)
    {
      g_checksum_update (checksum, piece, n);
      if (md5 != NULL)
        g_checksum_update (md5, piece, n);
      if (!write_all (fd, piece, n) || !iw_page_cache_advance (&to, n))
        return fail_to_write (error, path);
      iw_page_cache_advance (&from, n);
      *length += n;
      if (progress->func != NULL)
        progress->func (*length, progress->total, progress->data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return n == 0;
}

/* Rather before an hour of copying than after it. */
static gboolean
check_space (const char *folder, gint64 total, GError **error)
{
  struct statvfs info;
  g_autofree char *needed = NULL;
  g_autofree char *free_space = NULL;
  guint64 available;

  if (total <= 0 || statvfs (folder, &info) != 0)
    return TRUE;
  available = (guint64)info.f_bavail * info.f_frsize;
  if (available >= (guint64)total)
    return TRUE;
  needed = g_format_size (total);
  free_space = g_format_size (available);
  return iw_fail (error, IW_STORE_ERROR_FULL,
                  /* Translators: two amounts of bytes, such as "2.1 GB". */
                  _ ("The file takes %s, and the disk has %s left. Nothing was changed; free some "
                     "space and try again."),
                  needed, free_space);
}

static int
open_staged (const char *dir, gint64 total, char **path, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, "staging", NULL);
  g_autofree char *id = iw_id_new (iw_context_system ());
  g_autofree char *name = g_strconcat (id, ".part", NULL);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail_to_write (error, folder);
      return -1;
    }
  if (!check_space (folder, total, error))
    return -1;
  *path = g_build_filename (folder, name, NULL);
  fd = g_open (*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    fail_to_write (error, *path);
  else
    flock (fd, LOCK_EX | LOCK_NB); /* tells iw_store_collect_garbage() that it is being written */
  return fd;
}

static char *
md5_to_base64 (GChecksum *checksum)
{
  guint8 digest[16];
  gsize n = sizeof digest;

  g_checksum_get_digest (checksum, digest, &n);
  return g_base64_encode (digest, n);
}

char *
iw_blobs_stage (const char *dir,
                GInputStream *input,
                gint64 total,
                IwProgressFunc progress,
                gpointer data,
                GCancellable *cancellable,
                char sha256[65],
                gint64 *length,
                GError **error)
{
  return iw_blobs_stage_full (dir, input, total, progress, data, cancellable, sha256, NULL, length,
                              error);
}

char *
iw_blobs_stage_full (const char *dir,
                     GInputStream *input,
                     gint64 total,
                     IwProgressFunc progress,
                     gpointer data,
                     GCancellable *cancellable,
                     char sha256[65],
                     char md5[25],
                     gint64 *length,
                     GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GChecksum) md5_sum = md5 != NULL ? g_checksum_new (G_CHECKSUM_MD5) : NULL;
  Progress report = { progress, data, total };
  g_autofree char *path = NULL;
  gint64 copied;
  gboolean ok;
  int fd = open_staged (dir, total, &path, error);

  if (fd < 0)
    return NULL;
  ok = copy_and_hash (input, fd, path, checksum, md5_sum, &report, &copied, cancellable, error);
  if (ok && fsync (fd) != 0)
    ok = fail_to_write (error, path);
  if (close (fd) != 0 && ok)
    ok = fail_to_write (error, path);
  if (!ok)
    {
      g_unlink (path);
      return NULL;
    }
  g_strlcpy (sha256, g_checksum_get_string (checksum), 65);
  if (md5 != NULL)
    {
      g_autofree char *text = md5_to_base64 (md5_sum);

      g_strlcpy (md5, text, 25);
    }
  if (length != NULL)
    *length = copied;
  return g_steal_pointer (&path);
}

/* ---- hashing ---- */

static gboolean
hash_stream (GInputStream *stream, GChecksum *checksum, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  IwPageCache cache;
  gssize n;

  iw_page_cache_begin_read (&cache, stream);
  while ((n = g_input_stream_read (stream, piece, PIECE, cancellable, error)) > 0)
    {
      g_checksum_update (checksum, piece, n);
      iw_page_cache_advance (&cache, n);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return n == 0;
}

static gboolean
hash_into (const char *path, GChecksum *checksum, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);

  return stream != NULL && hash_stream (G_INPUT_STREAM (stream), checksum, cancellable, error);
}

/* @sum gets the SHA-256 of what the file holds now. */
static gboolean
hash_file (const char *path, char sum[65], GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (!hash_into (path, checksum, cancellable, error))
    return FALSE;
  g_strlcpy (sum, g_checksum_get_string (checksum), 65);
  return TRUE;
}

/* ---- into place ---- */

/* Held shared while a blob is put, alone while garbage is collected: what a writer has just found
 * in place is not taken from under it. */
static int
lock_blobs (const char *folder, GError **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0 && flock (fd, LOCK_SH) == 0)
    return fd;
  fail_to_write (error, folder);
  if (fd >= 0)
    close (fd);
  return -1;
}

/* One that was damaged, or cut short by a crash, is not there. */
static gboolean
is_intact (const char *path, const char *sha256)
{
  char sum[65];

  return hash_file (path, sum, NULL, NULL) && strcmp (sum, sha256) == 0;
}

static gboolean
put (const char *staged, const char *path, const char *sha256, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *blobs = g_path_get_dirname (folder);

  if (is_intact (path, sha256))
    {
      /* As new, so that it is not collected before somebody refers to it. */
      if (utimensat (AT_FDCWD, path, NULL, 0) != 0)
        return fail_to_write (error, path);
      g_unlink (staged);
      return TRUE;
    }
  if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
    return fail_to_write (error, folder);
  /* Evidence does not change. */
  if (g_chmod (staged, 0400) != 0 || utimensat (AT_FDCWD, staged, NULL, 0) != 0 ||
      g_rename (staged, path) != 0)
    return fail_to_write (error, path);
  return sync_folder (folder, error) && sync_folder (blobs, error);
}

gboolean
iw_blobs_commit (const char *dir, const char *staged, const char *sha256, GError **error)
{
  g_autofree char *blobs = g_build_filename (dir, "blobs", NULL);
  g_autofree char *path = iw_blobs_path (dir, sha256);
  gboolean ok;
  int lock;

  if (g_mkdir_with_parents (blobs, 0700) != 0)
    return fail_to_write (error, blobs);
  lock = lock_blobs (blobs, error);
  if (lock < 0)
    return FALSE;
  ok = put (staged, path, sha256, error);
  close (lock);
  return ok;
}

char *
iw_blobs_path (const char *dir, const char *sha256)
{
  char first[3] = { sha256[0], sha256[0] != '\0' ? sha256[1] : '\0', '\0' };

  return g_build_filename (dir, "blobs", first, sha256, NULL);
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

gboolean
iw_blobs_exists (const char *dir, const char *sha256)
{
  g_autofree char *path = NULL;

  if (!is_sha256 (sha256))
    return FALSE;
  path = iw_blobs_path (dir, sha256);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* ---- reading ---- */

gboolean
iw_blobs_verify (const char *dir, const char *sha256, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = NULL;
  char sum[65];

  if (!is_sha256 (sha256))
    {
      iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” is not a SHA-256 sum."), sha256);
      return FALSE;
    }
  path = iw_blobs_path (dir, sha256);
  if (!hash_file (path, sum, cancellable, error))
    return FALSE;
  if (strcmp (sum, sha256) == 0)
    return TRUE;
  g_set_error (
      error, IW_STORE_ERROR, IW_STORE_ERROR_DAMAGED_BLOB,
      _ ("The evidence file “%s” is damaged: its content no longer has the SHA-256 sum that "
         "was recorded. Import an intact copy of it again, which replaces it."),
      path);
  return FALSE;
}

char *
iw_blobs_md5 (const char *dir, const char *sha256, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  g_autofree char *path = iw_blobs_path (dir, sha256);

  return hash_into (path, checksum, cancellable, error) ? md5_to_base64 (checksum) : NULL;
}
