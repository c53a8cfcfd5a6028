/* Attachments: down in a file that goes on where it was cut, up as parts of a multipart document.
 * Streamed; hashed while they pass. */
#include "config.h"

#include "iw-remote-private.h"

#include "iw-multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_TRIES 3 /* of what a server breaks down over */
/* What is not told by the server may be this long: CouchDB's own default. */
#define MAX_ATTACHMENT (64LL * 1024 * 1024 * 1024)
#define DROP_EVERY (8 * 1024 * 1024)

/* ---- down ---- */

typedef struct
{
  int fd;
  char *path;
  GChecksum *sha256;
  GChecksum *md5;
  gint64 length; /* bytes that are there */
  gint64 dropped;
  gint64 total;
  gint64 asked_from;
  IwProgressFunc progress;
  gpointer data;
} Download;

static void
download_clear (Download *download)
{
  if (download->fd >= 0)
    close (download->fd);
  g_clear_pointer (&download->path, g_free);
  g_clear_pointer (&download->sha256, g_checksum_free);
  g_clear_pointer (&download->md5, g_checksum_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Download, download_clear)

static gboolean
fail_file (const Download *download, GError **error)
{
  int code = errno;

  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_FULL,
                         _ ("There is no room left on the disk for an attachment."));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("“%s” cannot be written: %s"),
                 download->path, g_strerror (code));
  return FALSE;
}

static void
hash (Download *download, const guint8 *bytes, gsize length)
{
  g_checksum_update (download->sha256, bytes, length);
  g_checksum_update (download->md5, bytes, length);
  download->length += length;
}

/* A large file does not push others out of the page cache. */
static void
drop_cache (Download *download)
{
  if (download->length - download->dropped < DROP_EVERY)
    return;
  fdatasync (download->fd);
  posix_fadvise (download->fd, download->dropped, download->length - download->dropped,
                 POSIX_FADV_DONTNEED);
  download->dropped = download->length;
}

static gboolean
start_over (Download *download, GError **error)
{
  g_checksum_reset (download->sha256);
  g_checksum_reset (download->md5);
  download->length = 0;
  download->dropped = 0;
  if (ftruncate (download->fd, 0) < 0 || lseek (download->fd, 0, SEEK_SET) < 0)
    return fail_file (download, error);
  return TRUE;
}

/* Hashes what an earlier try has left. */
static gboolean
take_up (Download *download, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *piece = g_malloc (IW_REMOTE_PIECE);

  for (;;)
    {
      gssize n = read (download->fd, piece, IW_REMOTE_PIECE);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_file (download, error);
      if (n == 0)
        break;
      hash (download, piece, n);
      drop_cache (download);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return download->length <= download->total || start_over (download, error);
}

/* The name rests on the content that is wanted, so that another's beginning is never taken up. Only
 * what has a digest of ours can be held against it at the end, and so be taken up at all. */
static char *
name_of (const char *db, const char *docid, const IwWireAttachment *attachment)
{
  g_autofree char *key =
      g_strdup_printf ("%s\n%s\n%s\n%s\n%" G_GINT64_FORMAT, db, docid, attachment->attachment.name,
                       attachment->attachment.md5 != NULL ? attachment->attachment.md5 : "",
                       attachment->attachment.length);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_strconcat ("download-", digest, NULL);
}

/* Another program may have moved the file among the blobs between open() and flock(): what is
 * written to it then would change a blob. */
static gboolean
lock (Download *download)
{
  struct stat open_file, named;

  return flock (download->fd, LOCK_EX | LOCK_NB) == 0 && fstat (download->fd, &open_file) == 0 &&
         stat (download->path, &named) == 0 && open_file.st_dev == named.st_dev &&
         open_file.st_ino == named.st_ino;
}

static gboolean
open_download (Download *download,
               const char *dir,
               const char *name,
               gboolean resumes,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *staging = g_build_filename (dir, "staging", NULL);

  download->fd = -1;
  download->sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  download->md5 = g_checksum_new (G_CHECKSUM_MD5);
  download->path = g_build_filename (staging, name, NULL);
  g_mkdir (staging, 0700);
  download->fd = open (download->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (download->fd >= 0 && !lock (download))
    {
      /* Another program fetches the same just now, or has just done so. */
      g_autofree char *uuid = g_uuid_string_random ();
      g_autofree char *shared = g_steal_pointer (&download->path);

      close (download->fd);
      download->path = g_strdup_printf ("%s-%s", shared, uuid);
      download->fd =
          open (download->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
  if (download->fd < 0)
    return fail_file (download, error);
  return resumes ? take_up (download, cancellable, error) : start_over (download, error);
}

static gboolean
on_head (guint status, SoupMessageHeaders *headers, gpointer data, GError **error)
{
  Download *download = data;
  goffset start, end, total;

  if (status == 206)
    {
      if (!soup_message_headers_get_content_range (headers, &start, &end, &total) ||
          start != download->asked_from || download->asked_from == 0)
        return iw_remote_unfit (error, "another part of an attachment than was asked for");
      return TRUE;
    }
  return start_over (download, error);
}

static gboolean
on_piece (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  Download *download = data;

  if ((gint64)length > download->total - download->length)
    return iw_remote_unfit (error, "an attachment that is longer than was said");
  for (gsize at = 0; at < length;)
    {
      gssize n = write (download->fd, bytes + at, length - at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_file (download, error);
      at += n;
    }
  hash (download, bytes, length);
  drop_cache (download);
  if (download->progress != NULL)
    download->progress (download->length, download->total, download->data);
  return TRUE;
}

/* "md5-" is left out; the same as in IwAttachment. */
static char *
base64_of (GChecksum *checksum)
{
  guint8 digest[16];
  gsize length = sizeof digest;

  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}

static gboolean
finish_download (Download *download, IwWireAttachment *attachment, const char *dir, GError **error)
{
  g_autoptr (GChecksum) md5 = g_checksum_copy (download->md5);
  g_autofree char *digest = base64_of (md5);
  const char *sha256;

  if (download->length != download->total)
    {
      g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_OFFLINE,
                           _ ("An attachment was cut short."));
      return FALSE;
    }
  if (attachment->attachment.md5 != NULL && !attachment->encoded &&
      !g_str_equal (digest, attachment->attachment.md5))
    {
      g_unlink (download->path);
      return iw_remote_unfit (error, "an attachment that does not have its digest");
    }
  if (fsync (download->fd) < 0)
    return fail_file (download, error);
  sha256 = g_checksum_get_string (download->sha256);
  g_set_str (&attachment->attachment.sha256, sha256);
  g_set_str (&attachment->attachment.md5, digest);
  return iw_blobs_commit (dir, download->path, sha256, error);
}

static gboolean
run_download (IwRemote *self,
              Download *download,
              const char *db,
              const char *path,
              GCancellable *cancellable,
              GError **error)
{
  g_auto (IwExchange)
      exchange = { .method = "GET", .db = db, .path = path, .accept = "*/*", .renew = TRUE };

  exchange.sink = on_piece;
  exchange.head = on_head;
  exchange.data = download;
  exchange.range_from = download->asked_from = download->length;
  exchange.max = download->total + 1;
  if (iw_remote_exchange (self, &exchange, cancellable, error))
    return TRUE;
  /* Room that it took helps nobody. */
  if (error != NULL && g_error_matches (*error, IW_STORE_ERROR, IW_STORE_ERROR_FULL))
    g_unlink (download->path);
  return FALSE;
}

/* @resumes: what is there already is taken up. */
static gboolean
try_download (IwRemote *self,
              const char *db,
              const char *docid,
              const char *path,
              IwWireAttachment *attachment,
              const char *dir,
              gboolean resumes,
              gboolean *resumed,
              IwProgressFunc progress,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_auto (Download) download = {
    .fd = -1, .total = attachment->attachment.length, .progress = progress, .data = data
  };
  g_autofree char *name = name_of (db, docid, attachment);

  if (!open_download (&download, dir, name, resumes, cancellable, error))
    return FALSE;
  *resumed = download.length > 0;
  if (download.length < download.total &&
      !run_download (self, &download, db, path, cancellable, error))
    return FALSE;
  return finish_download (&download, attachment, dir, error);
}

/* From the beginning once more where what was there already, or the server's idea of going on, was
 * no good. */
static gboolean
fetch_bytes (IwRemote *self,
             const char *db,
             const char *docid,
             const char *path,
             IwWireAttachment *attachment,
             const char *dir,
             IwProgressFunc progress,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  gboolean resumes = attachment->attachment.md5 != NULL && !attachment->encoded;
  gboolean resumed = FALSE;
  g_autoptr (GError) cause = NULL;

  if (try_download (self, db, docid, path, attachment, dir, resumes, &resumed, progress, data,
                    cancellable, &cause))
    return TRUE;
  if (resumed && (g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_PROTOCOL) ||
                  g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_REFUSED)))
    return try_download (self, db, docid, path, attachment, dir, FALSE, &resumed, progress, data,
                         cancellable, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* An address with such a part is another address: RFC 3986, 5.2.4. */
static gboolean
is_dots (const char *name)
{
  return g_str_equal (name, ".") || g_str_equal (name, "..");
}

static gboolean
refuse_dots (GError **error)
{
  g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_REFUSED,
                       _ ("A file can be neither sent nor fetched where it, or its document, is "
                          "called “.” or “..”."));
  return FALSE;
}

/* A server that breaks down over one file, again and again, and else is well: it is the file. */
static gboolean
is_broken (IwRemote *self, const char *db, const GError *cause, GCancellable *cancellable)
{
  g_autoptr (yyjson_doc) info = NULL;

  if (!g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FAILED))
    return FALSE;
  info = iw_remote_json (self, "GET", db, NULL, NULL, 0, cancellable, NULL);
  return info != NULL;
}

gboolean
iw_remote_get_attachment (IwRemote *self,
                          const char *db,
                          const char *docid,
                          const char *rev,
                          IwWireAttachment *attachment,
                          const char *dir,
                          IwProgressFunc progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *escaped = iw_remote_escape_docid (docid);
  g_autofree char *name = iw_remote_escape (attachment->attachment.name);
  g_autofree char *query = iw_remote_escape (rev);
  g_autofree char *path = g_strdup_printf ("%s/%s?rev=%s", escaped, name, query);
  g_autoptr (GError) cause = NULL;

  if (attachment->attachment.length < 0 || attachment->attachment.length > MAX_ATTACHMENT)
    return iw_remote_unfit (error, "an attachment of %" G_GINT64_FORMAT " bytes",
                            attachment->attachment.length);
  if (is_dots (docid) || is_dots (attachment->attachment.name))
    return refuse_dots (error);
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_clear_error (&cause);
      if (fetch_bytes (self, db, docid, path, attachment, dir, progress, data, cancellable, &cause))
        return TRUE;
      if (!is_broken (self, db, cause, cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  g_set_error_literal (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_REFUSED, cause->message);
  return FALSE;
}

/* ---- up ---- */

/* 201 or 202; some answer a list of rows as _bulk_docs does. */
static gboolean
read_put (const GString *text, GError **error)
{
  g_autoptr (yyjson_doc) doc = iw_canonical_read (text->str, text->len, NULL);
  yyjson_val *root = doc != NULL ? yyjson_doc_get_root (doc) : NULL;

  if (yyjson_is_arr (root))
    root = yyjson_arr_get_first (root);
  if (root != NULL && iw_json_text (root, "error") != NULL)
    return iw_remote_fail_status (
        g_strcmp0 (iw_json_text (root, "error"), "unauthorized") == 0 ? 401 : 403, text->str,
        text->len, error);
  if (doc == NULL)
    return iw_remote_unfit (error, "a PUT that is answered with no JSON");
  return TRUE;
}

gboolean
iw_remote_put_multipart (IwRemote *self,
                         const char *db,
                         const IwPeerDoc *doc,
                         char **history,
                         const char *dir,
                         IwProgressFunc progress,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *boundary = iw_wire_make_boundary ();
  g_autofree char *type = g_strdup_printf ("multipart/related; boundary=\"%s\"", boundary);
  g_autofree char *escaped = iw_remote_escape_docid (doc->docid);
  g_autofree char *path = g_strconcat (escaped, "?new_edits=false", NULL);
  g_autoptr (IwPiecesStream) stream = iw_pieces_stream_new ();
  IwWireOptions options = { .history = history, .dir = dir };
  g_auto (IwExchange) exchange = { .method = "PUT", .db = db, .path = path, .type = type };

  if (!iw_wire_add_related (stream, doc, &options, boundary, error))
    return FALSE;
  if (is_dots (doc->docid))
    return refuse_dots (error);
  exchange.stream = G_INPUT_STREAM (stream);
  exchange.stream_length = iw_pieces_stream_get_length (stream);
  exchange.progress = progress;
  exchange.progress_data = data;
  return iw_remote_exchange (self, &exchange, cancellable, error) &&
         read_put (exchange.text, error);
}
