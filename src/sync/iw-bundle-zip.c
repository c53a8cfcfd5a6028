/* A zip as a stream to a file. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "iw-bundle-private.h"

struct _IwBundleZip
{
  struct archive *archive;
  int fd;
  char *path;
  gint64 mtime; /* seconds */
  gboolean given_up;
};

static gboolean
fail (IwBundleZip *self, GError **error)
{
  int code = archive_errno (self->archive);

  if (code == ENOSPC || code == EDQUOT || code == EIO)
    {
      errno = code;
      return iw_bundle_fail_errno (error, self->path);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("“%s” could not be written: %s"),
               self->path, archive_error_string (self->archive));
  return FALSE;
}

static la_ssize_t
on_write (struct archive *archive, void *data, const void *bytes, size_t n)
{
  IwBundleZip *self = data;

  /* An archive that is given up still writes its end. */
  if (self->given_up || iw_bundle_write_all (self->fd, bytes, n))
    return n;
  archive_set_error (archive, errno, "%s", g_strerror (errno));
  return -1;
}

IwBundleZip *
iw_bundle_zip_new (int fd, const char *path, gint64 mtime, GError **error)
{
  g_autoptr (IwBundleZip) self = g_new0 (IwBundleZip, 1);

  self->fd = fd;
  self->path = g_strdup (path);
  self->mtime = mtime / G_USEC_PER_SEC;
  self->archive = archive_write_new ();
  /* Level 1: evidence is large, and the rest is small. */
  if (archive_write_set_format_zip (self->archive) != ARCHIVE_OK ||
      archive_write_zip_set_compression_deflate (self->archive) != ARCHIVE_OK ||
      archive_write_set_format_option (self->archive, "zip", "compression-level", "1") !=
          ARCHIVE_OK ||
      archive_write_set_bytes_in_last_block (self->archive, 1) != ARCHIVE_OK ||
      archive_write_open2 (self->archive, self, NULL, on_write, NULL, NULL) != ARCHIVE_OK)
    {
      fail (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
iw_bundle_zip_free (IwBundleZip *self)
{
  if (self == NULL)
    return;
  self->given_up = TRUE;
  archive_write_free (self->archive);
  g_free (self->path);
  g_free (self);
}

static gboolean
begin (IwBundleZip *self, const char *name, gint64 length, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  int result;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, self->mtime, 0);
  result = archive_write_header (self->archive, entry);
  archive_entry_free (entry);
  return result == ARCHIVE_OK || fail (self, error);
}

static gboolean
add (IwBundleZip *self, const void *bytes, gsize n, GError **error)
{
  const guint8 *at = bytes;

  while (n > 0)
    {
      gssize written = archive_write_data (self->archive, at, n);

      if (written <= 0)
        return fail (self, error);
      at += written;
      n -= written;
    }
  return TRUE;
}

static gboolean
end (IwBundleZip *self, GError **error)
{
  return archive_write_finish_entry (self->archive) == ARCHIVE_OK || fail (self, error);
}

gboolean
iw_bundle_zip_add_text (IwBundleZip *self, const char *name, const char *text, GError **error)
{
  gsize n = strlen (text);

  return begin (self, name, n, error) && add (self, text, n, error) && end (self, error);
}

static gboolean
fail_changed (const char *name, GError **error)
{
  g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_DAMAGED_BLOB,
               _ ("“%s” no longer has the content that was recorded. Check the workspace."), name);
  return FALSE;
}

gboolean
iw_bundle_zip_add_file (IwBundleZip *self,
                        const char *name,
                        int fd,
                        gint64 length,
                        const char *sha256,
                        IwBundleWork *work,
                        GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *piece = g_malloc (IW_BUNDLE_PIECE);
  gint64 at = 0;

  if (!begin (self, name, length, error))
    return FALSE;
  while (at < length)
    {
      gssize n = pread (fd, piece, MIN (IW_BUNDLE_PIECE, length - at), at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return iw_bundle_fail_errno (error, name);
      if (n == 0)
        return fail_changed (name, error);
      g_checksum_update (checksum, piece, n);
      if (!add (self, piece, n, error) || iw_bundle_work_is_cancelled (work, error))
        return FALSE;
      at += n;
      iw_bundle_work_tell (work, at);
    }
  work->base += length;
  if (sha256 != NULL && strcmp (g_checksum_get_string (checksum), sha256) != 0)
    return fail_changed (name, error);
  return end (self, error);
}

gboolean
iw_bundle_zip_finish (IwBundleZip *self, GError **error)
{
  return archive_write_close (self->archive) == ARCHIVE_OK || fail (self, error);
}
