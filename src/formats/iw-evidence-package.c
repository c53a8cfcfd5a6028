#include "iw-evidence-package.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _IwEvidencePackage
{
  char *path;
  char *part; /* where it is written: beside @path */
  gboolean zip;
  gboolean replace;
  gboolean placed;
  gboolean given_up;
  int fd;     /* the archive, or the file of a folder that is being written; -1: none */
  char *name; /* of that file, its path */
  gint64 mtime;
  struct archive *archive;
  struct archive_entry *entry;
  locale_t utf8; /* libarchive asks the locale what names are written in */
};

static gboolean
fail_errno (const char *path, GError **error)
{
  int code = errno;

  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                         _ ("The disk is full. Nothing was exported; free some space and try "
                            "again."));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 _ ("“%s” could not be written: %s"), path, g_strerror (code));
  return FALSE;
}

static gboolean
fail_archive (IwEvidencePackage *self, GError **error)
{
  int code = archive_errno (self->archive);

  if (code == ENOSPC || code == EDQUOT)
    {
      errno = code;
      return fail_errno (self->path, error);
    }
  g_set_error (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_ARCHIVE,
               _ ("“%s” could not be written: %s"), self->path,
               archive_error_string (self->archive));
  return FALSE;
}

/* ---- removing ---- */

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
close_file (IwEvidencePackage *self)
{
  g_clear_pointer (&self->entry, archive_entry_free);
  g_clear_pointer (&self->archive, archive_write_free);
  g_clear_pointer (&self->name, g_free);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static void
throw_away (IwEvidencePackage *self)
{
  self->given_up = TRUE;
  close_file (self);
  if (self->part == NULL || self->placed)
    return;
  if (self->zip)
    g_unlink (self->part);
  else
    remove_tree (self->part);
}

void
iw_evidence_package_free (IwEvidencePackage *self)
{
  if (self == NULL)
    return;
  throw_away (self);
  if (self->utf8 != (locale_t)0)
    freelocale (self->utf8);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

/* ---- the archive ---- */

static la_ssize_t
on_archive_write (struct archive *archive, void *data, const void *bytes, size_t n)
{
  IwEvidencePackage *self = data;
  gssize written;

  /* An archive that is given up still writes its end. */
  if (self->given_up)
    return n;
  do
    written = write (self->fd, bytes, n);
  while (written < 0 && errno == EINTR);
  if (written < 0)
    archive_set_error (archive, errno, "%s", g_strerror (errno));
  return written;
}

/* Names are UTF-8 in this thread, whatever the process speaks. */
static locale_t
speak_utf8 (IwEvidencePackage *self)
{
  return self->utf8 != (locale_t)0 ? uselocale (self->utf8) : uselocale ((locale_t)0);
}

static gboolean
open_archive (IwEvidencePackage *self, GError **error)
{
  self->fd = g_open (self->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    return fail_errno (self->part, error);
  self->archive = archive_write_new ();
  if (archive_write_set_format_zip (self->archive) != ARCHIVE_OK ||
      archive_write_zip_set_compression_deflate (self->archive) != ARCHIVE_OK ||
      archive_write_set_bytes_in_last_block (self->archive, 1) != ARCHIVE_OK ||
      archive_write_open2 (self->archive, self, NULL, on_archive_write, NULL, NULL) != ARCHIVE_OK)
    return fail_archive (self, error);
  return TRUE;
}

static gboolean
begin_in_archive (IwEvidencePackage *self, const char *name, gint64 length, GError **error)
{
  locale_t former = speak_utf8 (self);
  int result;

  self->entry = archive_entry_new ();
  archive_entry_set_pathname (self->entry, name);
  archive_entry_set_size (self->entry, length);
  archive_entry_set_filetype (self->entry, AE_IFREG);
  archive_entry_set_perm (self->entry, 0644);
  archive_entry_set_mtime (self->entry, self->mtime / G_USEC_PER_SEC, 0);
  result = archive_write_header (self->archive, self->entry);
  uselocale (former);
  return result == ARCHIVE_OK || fail_archive (self, error);
}

/* ---- a folder ---- */

static gboolean
open_folder (IwEvidencePackage *self, GError **error)
{
  return g_mkdir (self->part, 0700) == 0 || fail_errno (self->part, error);
}

static gboolean
begin_in_folder (IwEvidencePackage *self, const char *name, GError **error)
{
  g_autofree char *folder = NULL;

  self->name = g_build_filename (self->part, name, NULL);
  folder = g_path_get_dirname (self->name);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_errno (folder, error);
  self->fd = g_open (self->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  return self->fd >= 0 || fail_errno (self->name, error);
}

static gboolean
end_in_folder (IwEvidencePackage *self, GError **error)
{
  const struct timespec times[] = { { self->mtime / G_USEC_PER_SEC, 0 },
                                    { self->mtime / G_USEC_PER_SEC, 0 } };
  gboolean ok = fsync (self->fd) == 0;

  /* A time that the file system does not take is not worth a failure. */
  if (futimens (self->fd, times) != 0)
    g_debug ("%s: no time: %s", self->name, g_strerror (errno));
  if (close (self->fd) != 0)
    ok = FALSE;
  self->fd = -1;
  if (!ok)
    fail_errno (self->name, error);
  g_clear_pointer (&self->name, g_free);
  return ok;
}

/* ---- both ---- */

static gboolean
check_free (IwEvidencePackage *self, GError **error)
{
  struct stat status;

  if (lstat (self->path, &status) != 0)
    return TRUE;
  if (self->replace && self->zip && S_ISREG (status.st_mode))
    return TRUE;
  g_set_error (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_PLACE,
               _ ("“%s” exists already. Choose another name."), self->path);
  return FALSE;
}

IwEvidencePackage *
iw_evidence_package_new (const char *path, gboolean zip, gboolean replace, GError **error)
{
  g_autoptr (IwEvidencePackage) self = g_new0 (IwEvidencePackage, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *hidden = g_strdup_printf (".evidence-%08x.part", g_random_int ());

  self->fd = -1;
  self->path = g_strdup (path);
  self->zip = zip;
  self->replace = replace;
  self->utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (!check_free (self, error))
    return NULL;
  self->part = g_build_filename (folder, hidden, NULL);
  if (zip ? !open_archive (self, error) : !open_folder (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
iw_evidence_package_restart (IwEvidencePackage *self, GError **error)
{
  throw_away (self);
  self->given_up = FALSE;
  return self->zip ? open_archive (self, error) : open_folder (self, error);
}

gboolean
iw_evidence_package_begin (IwEvidencePackage *self,
                           const char *name,
                           gint64 length,
                           gint64 mtime,
                           GError **error)
{
  self->mtime = mtime;
  return self->zip ? begin_in_archive (self, name, length, error)
                   : begin_in_folder (self, name, error);
}

gboolean
iw_evidence_package_write (IwEvidencePackage *self, const void *data, gsize n, GError **error)
{
  const guint8 *bytes = data;

  while (n > 0)
    {
      gssize written =
          self->zip ? archive_write_data (self->archive, bytes, n) : write (self->fd, bytes, n);

      if (written < 0 && !self->zip && errno == EINTR)
        continue;
      if (written < 0 && !self->zip)
        return fail_errno (self->name, error);
      /* An archive takes nothing beyond the length that was said. */
      if (written <= 0)
        return fail_archive (self, error);
      bytes += written;
      n -= written;
    }
  return TRUE;
}

gboolean
iw_evidence_package_end (IwEvidencePackage *self, GError **error)
{
  if (!self->zip)
    return end_in_folder (self, error);
  g_clear_pointer (&self->entry, archive_entry_free);
  return archive_write_finish_entry (self->archive) == ARCHIVE_OK || fail_archive (self, error);
}

gboolean
iw_evidence_package_add (IwEvidencePackage *self,
                         const char *name,
                         const char *text,
                         gint64 mtime,
                         GError **error)
{
  gsize n = strlen (text);

  return iw_evidence_package_begin (self, name, n, mtime, error) &&
         iw_evidence_package_write (self, text, n, error) && iw_evidence_package_end (self, error);
}

/* ---- into place ---- */

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* Some file systems have no way to do that, and are none the worse. */
  gboolean ok = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL || errno == EROFS);

  if (!ok)
    fail_errno (path, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
close_archive (IwEvidencePackage *self, GError **error)
{
  locale_t former = speak_utf8 (self);
  gboolean ok = archive_write_close (self->archive) == ARCHIVE_OK || fail_archive (self, error);

  uselocale (former);
  if (ok && fsync (self->fd) != 0)
    ok = fail_errno (self->part, error);
  if (ok && fchmod (self->fd, 0644) != 0)
    g_debug ("%s: %s", self->part, g_strerror (errno));
  close_file (self);
  return ok;
}

/* The folders below as well: files are in "files/". */
static gboolean
close_folder (IwEvidencePackage *self, GError **error)
{
  g_autofree char *files = g_build_filename (self->part, "files", NULL);

  return (!g_file_test (files, G_FILE_TEST_IS_DIR) || sync_folder (files, error)) &&
         sync_folder (self->part, error);
}

gboolean
iw_evidence_package_close (IwEvidencePackage *self, GError **error)
{
  return self->zip ? close_archive (self, error) : close_folder (self, error);
}

/* Without replacing what came there meanwhile, where the file system can say so. */
static gboolean
move (IwEvidencePackage *self, GError **error)
{
  if (self->replace && self->zip)
    return g_rename (self->part, self->path) == 0 || fail_errno (self->path, error);
  if (renameat2 (AT_FDCWD, self->part, AT_FDCWD, self->path, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno == EINVAL || errno == ENOSYS)
    {
      if (!check_free (self, error))
        return FALSE;
      if (g_rename (self->part, self->path) == 0)
        return TRUE;
    }
  return fail_errno (self->path, error);
}

gboolean
iw_evidence_package_place (IwEvidencePackage *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GError) local = NULL;

  if (!move (self, error))
    return FALSE;
  self->placed = TRUE;
  /* It is there; whether the folder's entry survives a power cut is beyond us now. */
  if (!sync_folder (folder, &local))
    g_debug ("%s: %s", folder, local->message);
  return TRUE;
}
