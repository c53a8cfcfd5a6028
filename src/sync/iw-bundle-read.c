/* Reads a bundle's zip from its beginning, member by member: what stands in its directory at the
 * end is not believed, and a million entries take no memory. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "iw-blob-writer.h"
#include "iw-bundle-private.h"

struct _IwBundleReader
{
  struct archive *archive;
  int fd;
  gint64 at;
  IwBundleWork *work;
  guint8 *in;  /* what libarchive reads */
  guint8 *out; /* what it makes of it */
  gboolean cancelled;
};

static gboolean
fail_cut (GError **error)
{
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_ALTERED,
                         _ ("The bundle is damaged or cut. Nothing was read from it."));
}

/* What libarchive has just said no to. */
static gboolean
fail (IwBundleReader *self, GError **error)
{
  if (self->cancelled && iw_bundle_work_is_cancelled (self->work, error))
    return FALSE;
  return fail_cut (error);
}

static la_ssize_t
on_read (struct archive *archive, void *data, const void **bytes)
{
  IwBundleReader *self = data;
  gssize n;

  if (g_cancellable_is_cancelled (self->work->cancellable))
    {
      self->cancelled = TRUE;
      return -1;
    }
  do
    n = pread (self->fd, self->in, IW_BUNDLE_PIECE, self->at);
  while (n < 0 && errno == EINTR);
  if (n > 0)
    self->at += n;
  iw_bundle_work_tell (self->work, self->at);
  *bytes = self->in;
  return n;
}

IwBundleReader *
iw_bundle_reader_new (int fd, IwBundleWork *work, GError **error)
{
  g_autoptr (IwBundleReader) self = g_new0 (IwBundleReader, 1);

  self->fd = fd;
  self->work = work;
  self->in = g_malloc (IW_BUNDLE_PIECE);
  self->out = g_malloc (IW_BUNDLE_PIECE);
  self->archive = archive_read_new ();
  if (archive_read_support_format_zip_streamable (self->archive) == ARCHIVE_OK &&
      archive_read_open2 (self->archive, self, NULL, on_read, NULL, NULL) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  if (!self->cancelled)
    iw_bundle_fail (error, IW_BUNDLE_ERROR_NOT_A_BUNDLE, _ ("This file is no bundle."));
  else
    fail (self, error);
  return NULL;
}

void
iw_bundle_reader_free (IwBundleReader *self)
{
  if (self == NULL)
    return;
  archive_read_free (self->archive);
  g_free (self->in);
  g_free (self->out);
  g_free (self);
}

/* The next member's name; NULL without an error at the end. Valid until the next one. */
static const char *
next (IwBundleReader *self, GError **error)
{
  struct archive_entry *entry;
  int result = archive_read_next_header (self->archive, &entry);
  const char *name;

  if (result == ARCHIVE_EOF)
    return NULL;
  if (result < ARCHIVE_WARN)
    {
      fail (self, error);
      return NULL;
    }
  name = archive_entry_pathname (entry);
  if (name != NULL && archive_entry_filetype (entry) == AE_IFREG &&
      !archive_entry_is_encrypted (entry))
    return name;
  iw_bundle_fail (error, IW_BUNDLE_ERROR_NOT_A_BUNDLE,
                  _ ("This is no bundle: it holds something else than files."));
  return NULL;
}

/* At most IW_BUNDLE_PIECE bytes, into self->out; 0 at the end, negative with an error. */
static gssize
read_piece (IwBundleReader *self, GError **error)
{
  gssize n = archive_read_data (self->archive, self->out, IW_BUNDLE_PIECE);

  if (n < 0)
    fail (self, error);
  return n;
}

/* ---- the manifest ---- */

static gboolean
expect (IwBundleReader *self, const char *wanted, GError **error)
{
  GError *cause = NULL;
  const char *name = next (self, &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (name == NULL)
    return fail_cut (error);
  if (strcmp (name, wanted) == 0)
    return TRUE;
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_NOT_A_BUNDLE,
                         /* Translators: %s is a file's name. */
                         _ ("This is no bundle: “%s” is not where it belongs."), wanted);
}

IwBundleManifest *
iw_bundle_reader_manifest (IwBundleReader *self, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gssize n;

  if (!expect (self, IW_BUNDLE_MANIFEST, error))
    return NULL;
  while ((n = read_piece (self, error)) > 0)
    {
      g_string_append_len (text, (const char *)self->out, n);
      if (text->len <= IW_BUNDLE_MAX_MANIFEST)
        continue;
      iw_bundle_fail (error, IW_BUNDLE_ERROR_TOO_LARGE, _ ("The bundle’s manifest is too long."));
      return NULL;
    }
  return n == 0 ? iw_bundle_manifest_read (text->str, text->len, error) : NULL;
}

/* ---- a member and its hash ---- */

typedef gboolean (*PieceFunc) (const guint8 *bytes, gsize n, gpointer data, GError **error);

static gboolean
fail_hash (const IwBundleMember *member, GError **error)
{
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_ALTERED,
                         /* Translators: %s is the name of a part of a bundle. */
                         _ ("The bundle was altered or damaged: “%s” is not what its manifest "
                            "says. Nothing was read from it."),
                         member->name);
}

/* No byte more than was said is read. */
static gboolean
read_member (IwBundleReader *self,
             const IwBundleMember *member,
             PieceFunc func,
             gpointer data,
             GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 length = 0;
  gssize n;

  while ((n = read_piece (self, error)) > 0)
    {
      length += n;
      if (length > member->length)
        return fail_hash (member, error);
      g_checksum_update (checksum, self->out, n);
      if (!func (self->out, n, data, error) || iw_bundle_work_is_cancelled (self->work, error))
        return FALSE;
    }
  if (n < 0)
    return FALSE;
  if (length != member->length || strcmp (g_checksum_get_string (checksum), member->sha256) != 0)
    return fail_hash (member, error);
  return TRUE;
}

/* ---- documents ---- */

typedef struct
{
  IwBundleManifest *manifest;
  GString *line;
  guint64 number;
  IwBundleDocFunc func;
  gpointer data;
} Lines;

static gboolean
fail_line (Lines *lines, const char *reason, GError **error)
{
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_NOT_A_BUNDLE,
                         /* Translators: a file's name, a line's number, what is wrong with it. */
                         _ ("The bundle cannot be read: %s, line %" G_GUINT64_FORMAT ": %s"),
                         IW_BUNDLE_DOCUMENTS, lines->number, reason);
}

static gboolean
find_file (Lines *lines, IwAttachment *attachment, yyjson_val *value)
{
  const char *sha256 = yyjson_get_str (yyjson_obj_get (value, "sha256"));
  g_autofree char *name = NULL;
  const IwBundleMember *member;

  if (sha256 == NULL)
    return FALSE;
  name = g_strconcat (IW_BUNDLE_ATTACHMENTS, sha256, NULL);
  member = iw_bundle_manifest_find (lines->manifest, name);
  if (member == NULL || member->length != attachment->length || attachment->md5 == NULL)
    return FALSE;
  attachment->sha256 = g_strdup (member->sha256);
  return TRUE;
}

static gboolean
find_files (Lines *lines, IwWireDoc *doc, yyjson_val *root, GError **error)
{
  yyjson_val *values = yyjson_obj_get (root, "_attachments");

  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    {
      IwWireAttachment *attachment = doc->attachments->pdata[i];

      if (!find_file (lines, &attachment->attachment,
                      yyjson_obj_get (values, attachment->attachment.name)))
        return fail_line (lines, _ ("it has an attachment that the bundle does not hold."), error);
    }
  return TRUE;
}

static gboolean
check_doc (Lines *lines, IwWireDoc *doc, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (doc->docid == NULL || *doc->docid == '_' || doc->revs == NULL || doc->revs[0] == NULL)
    return fail_line (lines, _ ("it has no id or no revision."), error);
  if (!iw_wire_check_docid (doc->docid, &cause))
    return fail_line (lines, cause->message, error);
  return TRUE;
}

static gboolean
take_line (Lines *lines, const char *text, gsize length, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) json = NULL;
  g_autoptr (IwWireDoc) doc = NULL;

  lines->number++;
  json = iw_canonical_read (text, length, &cause);
  doc = json != NULL ? iw_wire_read_doc (yyjson_doc_get_root (json), 0, &cause) : NULL;
  if (doc == NULL)
    return fail_line (lines, cause->message, error);
  return check_doc (lines, doc, error) &&
         find_files (lines, doc, yyjson_doc_get_root (json), error) &&
         lines->func (doc, lines->data, error);
}

static gboolean
on_documents (const guint8 *bytes, gsize n, gpointer data, GError **error)
{
  Lines *lines = data;
  const guint8 *end;

  while ((end = memchr (bytes, '\n', n)) != NULL)
    {
      g_string_append_len (lines->line, (const char *)bytes, end - bytes);
      if (!take_line (lines, lines->line->str, lines->line->len, error))
        return FALSE;
      g_string_truncate (lines->line, 0);
      n -= end + 1 - bytes;
      bytes = end + 1;
    }
  g_string_append_len (lines->line, (const char *)bytes, n);
  if (lines->line->len <= IW_BUNDLE_MAX_LINE)
    return TRUE;
  lines->number++;
  return fail_line (lines, _ ("it is too long."), error);
}

gboolean
iw_bundle_reader_documents (IwBundleReader *self,
                            IwBundleManifest *manifest,
                            IwBundleDocFunc func,
                            gpointer data,
                            GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Lines lines = { manifest, line, 0, func, data };
  const IwBundleMember *member = iw_bundle_manifest_find (manifest, IW_BUNDLE_DOCUMENTS);

  if (!expect (self, IW_BUNDLE_DOCUMENTS, error) ||
      !read_member (self, member, on_documents, &lines, error))
    return FALSE;
  if (line->len == 0 && (gint64)lines.number == manifest->n_revisions)
    return TRUE;
  return fail_hash (member, error);
}

/* ---- attachments ---- */

static gboolean
on_attachment (const guint8 *bytes, gsize n, gpointer data, GError **error)
{
  return data == NULL || iw_blob_writer_write (data, bytes, n, error);
}

static gboolean
read_attachment (IwBundleReader *self,
                 const IwBundleMember *member,
                 const char *dir,
                 GHashTable *md5s,
                 GError **error)
{
  g_autoptr (IwBlobWriter) writer = NULL;
  char *md5 = NULL;

  if (dir != NULL && (writer = iw_blob_writer_new (dir, FALSE, member->length, error)) == NULL)
    return FALSE;
  if (!read_member (self, member, on_attachment, writer, error))
    return FALSE;
  if (writer != NULL && !iw_blob_writer_keep (writer, NULL, &md5, NULL, NULL, error))
    return FALSE;
  if (md5s != NULL && md5 != NULL)
    g_hash_table_insert (md5s, g_strdup (member->sha256), md5);
  else
    g_free (md5);
  return TRUE;
}

gboolean
iw_bundle_reader_attachments (IwBundleReader *self,
                              IwBundleManifest *manifest,
                              const char *dir,
                              GHashTable *md5s,
                              GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GError *cause = NULL;
  const char *name;

  while ((name = next (self, &cause)) != NULL)
    {
      const IwBundleMember *member = iw_bundle_manifest_find (manifest, name);

      /* What comes twice, or is not told, could be taken for something else by another reader. */
      if (member == NULL || strcmp (name, IW_BUNDLE_DOCUMENTS) == 0 ||
          !g_hash_table_add (seen, member->name))
        return iw_bundle_fail (error, IW_BUNDLE_ERROR_ALTERED,
                               _ ("The bundle was altered: it holds something that its manifest "
                                  "does not tell. Nothing was read from it."));
      if (!read_attachment (self, member, dir, md5s, error))
        return FALSE;
    }
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  return g_hash_table_size (seen) + 1 == g_hash_table_size (manifest->by_name) || fail_cut (error);
}
