#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "iw-bundle-private.h"

G_DEFINE_QUARK (iw-bundle-error-quark, iw_bundle_error)

void
iw_bundle_info_free (IwBundleInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->signer);
  g_free (info->fingerprint);
  g_free (info->made_by);
  g_strfreev (info->titles);
  g_free (info);
}

/* ---- errors ---- */

gboolean
iw_bundle_fail (GError **error, IwBundleError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, IW_BUNDLE_ERROR, code, message);
  return FALSE;
}

gboolean
iw_bundle_fail_errno (GError **error, const char *path)
{
  int code = errno;

  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (
        error, IW_STORE_ERROR, IW_STORE_ERROR_FULL,
        _ ("The disk is full. Nothing was changed; free some space and try again."));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "“%s”: %s", path,
                 g_strerror (code));
  return FALSE;
}

/* ---- files ---- */

gboolean
iw_bundle_write_all (int fd, const void *bytes, gsize n)
{
  const guint8 *at = bytes;

  while (n > 0)
    {
      gssize written = write (fd, at, n);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      at += written;
      n -= written;
    }
  return TRUE;
}

int
iw_bundle_open_nameless (const char *dir, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, "staging", NULL);
  g_autofree char *path = g_build_filename (folder, "bundle-XXXXXX", NULL);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    iw_bundle_fail_errno (error, folder);
  else
    g_unlink (path);
  return fd;
}

/* ---- work ---- */

void
iw_bundle_work_tell (IwBundleWork *self, gint64 done)
{
  if (self->func != NULL)
    self->func (MIN (self->base + done, self->total), self->total, self->data);
}

gboolean
iw_bundle_work_is_cancelled (IwBundleWork *self, GError **error)
{
  return g_cancellable_set_error_if_cancelled (self->cancellable, error);
}
