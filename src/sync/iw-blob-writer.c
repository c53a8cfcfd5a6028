#include "config.h"

#include "iw-blob-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "iw-page-cache.h"
#include "iw-wire-private.h"

#define DECODED (64 * 1024)

struct _IwBlobWriter
{
  char *dir;
  char *path; /* NULL once it is in its place */
  int fd;
  IwPageCache cache;
  GChecksum *sha256;
  GChecksum *md5;
  GChecksum *sent_md5; /* with @gzip */
  GConverter *gzip;
  gboolean ended; /* of the gzip */
  gint64 length;
  gint64 max;
};

static gboolean
fail_errno (GError **error)
{
  int code = errno;
  gboolean full = code == ENOSPC || code == EDQUOT;

  g_set_error (error, full ? IW_STORE_ERROR : G_IO_ERROR,
               full ? (int)IW_STORE_ERROR_FULL : (int)g_io_error_from_errno (code),
               "An attachment could not be written: %s", g_strerror (code));
  return FALSE;
}

IwBlobWriter *
iw_blob_writer_new (const char *dir, gboolean gzip, gint64 max, GError **error)
{
  g_autoptr (IwBlobWriter) self = g_new0 (IwBlobWriter, 1);
  g_autofree char *folder = g_build_filename (dir, "staging", NULL);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (uuid, ".part", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  self->fd = -1;
  self->dir = g_strdup (dir);
  self->max = max;
  self->sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  self->md5 = g_checksum_new (G_CHECKSUM_MD5);
  if (gzip)
    {
      self->gzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
      self->sent_md5 = g_checksum_new (G_CHECKSUM_MD5);
    }
  if (g_mkdir_with_parents (folder, 0700) == 0)
    self->fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      fail_errno (error);
      return NULL;
    }
  self->path = g_steal_pointer (&path);
  flock (self->fd, LOCK_EX | LOCK_NB); /* tells the collector of garbage that it is being written */
  iw_page_cache_begin_write (&self->cache, self->fd);
  return g_steal_pointer (&self);
}

void
iw_blob_writer_free (IwBlobWriter *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->path != NULL)
    g_unlink (self->path);
  g_clear_pointer (&self->sent_md5, g_checksum_free);
  g_checksum_free (self->sha256);
  g_checksum_free (self->md5);
  g_clear_object (&self->gzip);
  g_free (self->path);
  g_free (self->dir);
  g_free (self);
}

/* ---- writing ---- */

static gboolean
write_plain (IwBlobWriter *self, const guint8 *bytes, gsize length, GError **error)
{
  gsize left = length;

  if (self->length + (gint64)length > self->max)
    return iw_wire_fail (error, "bad_request", "An attachment is longer than it was said to be");
  g_checksum_update (self->sha256, bytes, length);
  g_checksum_update (self->md5, bytes, length);
  self->length += length;
  while (left > 0)
    {
      gssize n = write (self->fd, bytes, left);

      if (n < 0 && errno != EINTR)
        return fail_errno (error);
      if (n > 0)
        {
          bytes += n;
          left -= n;
        }
    }
  return iw_page_cache_advance (&self->cache, length) || fail_errno (error);
}

/* One step of the decoder; *used of the bytes were taken. */
static gboolean
decode_some (IwBlobWriter *self,
             const guint8 *bytes,
             gsize length,
             gsize *used,
             gsize *made,
             GError **error)
{
  guint8 decoded[DECODED];
  g_autoptr (GError) local = NULL;
  GConverterResult result = g_converter_convert (self->gzip, bytes, length, decoded, sizeof decoded,
                                                 G_CONVERTER_NO_FLAGS, used, made, &local);

  if (result == G_CONVERTER_ERROR)
    {
      *used = *made = 0;
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        return TRUE;
      return iw_wire_fail (error, "bad_request", "An attachment is no gzip: %s", local->message);
    }
  self->ended = result == G_CONVERTER_FINISHED;
  return write_plain (self, decoded, *made, error);
}

static gboolean
write_gzip (IwBlobWriter *self, const guint8 *bytes, gsize length, GError **error)
{
  gsize used = 1;
  gsize made = 0;

  g_checksum_update (self->sent_md5, bytes, length);
  while (!self->ended && (length > 0 || made > 0) && (used > 0 || made > 0))
    {
      if (!decode_some (self, bytes, length, &used, &made, error))
        return FALSE;
      bytes += used;
      length -= used;
    }
  return length == 0 || iw_wire_fail (error, "bad_request", "An attachment goes on after its gzip");
}

gboolean
iw_blob_writer_write (IwBlobWriter *self, const guint8 *bytes, gsize length, GError **error)
{
  return self->gzip != NULL ? write_gzip (self, bytes, length, error)
                            : write_plain (self, bytes, length, error);
}

/* ---- into place ---- */

static char *
finish_md5 (GChecksum *checksum)
{
  guint8 digest[16];
  gsize n = sizeof digest;

  g_checksum_get_digest (checksum, digest, &n);
  return iw_wire_md5 (digest);
}

gboolean
iw_blob_writer_keep (IwBlobWriter *self,
                     char **sha256,
                     char **md5,
                     char **sent_md5,
                     gint64 *length,
                     GError **error)
{
  const char *sum = g_checksum_get_string (self->sha256);

  if (self->gzip != NULL && !self->ended)
    return iw_wire_fail (error, "bad_request", "An attachment's gzip is cut");
  if (fsync (self->fd) != 0)
    return fail_errno (error);
  close (self->fd);
  self->fd = -1;
  if (!iw_blobs_commit (self->dir, self->path, sum, error))
    return FALSE;
  g_clear_pointer (&self->path, g_free);
  if (sha256 != NULL)
    *sha256 = g_strdup (sum);
  if (md5 != NULL)
    *md5 = finish_md5 (self->md5);
  if (sent_md5 != NULL)
    *sent_md5 = self->sent_md5 != NULL ? finish_md5 (self->sent_md5)
                : md5 != NULL          ? g_strdup (*md5)
                                       : finish_md5 (self->md5);
  if (length != NULL)
    *length = self->length;
  return TRUE;
}
