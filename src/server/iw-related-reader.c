#include "config.h"

#include "iw-related-reader.h"

#include <string.h>

#include "iw-blob-writer.h"

#define MAX_DOCUMENT (64 * 1024 * 1024) /* with inline attachments */
#define MAX_UNTOLD (G_GINT64_CONSTANT (1) << 40)

struct _IwRelatedReader
{
  char *dir;
  IwMultipartReader *multipart;
  GByteArray *json;             /* of the first part */
  IwWireDoc *doc;               /* once that is read */
  IwWireAttachment *attachment; /* whose part this is */
  IwBlobWriter *writer;
};

static gboolean
refuse (GError **error, const char *what, const char *name)
{
  g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, "bad_request: Attachment %s %s", name,
               what);
  return FALSE;
}

/* ---- attachments ---- */

/* By its file name; those who send none send them in the document's order. */
static IwWireAttachment *
find_attachment (IwRelatedReader *self, const char *name)
{
  for (guint i = 0; self->doc->attachments != NULL && i < self->doc->attachments->len; i++)
    {
      IwWireAttachment *attachment = self->doc->attachments->pdata[i];

      if (attachment->follows && attachment->attachment.sha256 == NULL &&
          (name == NULL || strcmp (attachment->attachment.name, name) == 0))
        return attachment;
    }
  return NULL;
}

static gboolean
begin_attachment (IwRelatedReader *self, GHashTable *headers, GError **error)
{
  g_autofree char *name = iw_multipart_filename (headers);
  const char *encoding = g_hash_table_lookup (headers, "content-encoding");
  gint64 told;

  self->attachment = find_attachment (self, name);
  if (self->attachment == NULL)
    return refuse (error, "was not told of, or came before",
                   name != NULL ? name : "without a name");
  self->attachment->encoded |= encoding != NULL && strcmp (encoding, "identity") != 0;
  told = self->attachment->attachment.length;
  self->writer = iw_blob_writer_new (self->dir, self->attachment->encoded,
                                     told > 0 ? told : MAX_UNTOLD, error);
  return self->writer != NULL;
}

static gboolean
end_attachment (IwRelatedReader *self, GError **error)
{
  g_autoptr (IwBlobWriter) writer = g_steal_pointer (&self->writer);
  IwAttachment *told = &self->attachment->attachment;
  g_autofree char *md5 = NULL;
  g_autofree char *sent_md5 = NULL;
  gint64 length;

  if (!iw_blob_writer_keep (writer, &told->sha256, &md5, &sent_md5, &length, error))
    return FALSE;
  if (told->length > 0 && told->length != length)
    return refuse (error, "is shorter than it was said to be", told->name);
  if (told->md5 != NULL && strcmp (told->md5, sent_md5) != 0 && strcmp (told->md5, md5) != 0)
    return refuse (error, "does not have its digest", told->name);
  g_free (told->md5);
  told->md5 = g_steal_pointer (&md5);
  told->length = length;
  return TRUE;
}

/* ---- parts ---- */

static gboolean
on_part (GHashTable *headers, gpointer data, GError **error)
{
  IwRelatedReader *self = data;

  return self->doc == NULL || begin_attachment (self, headers, error);
}

static gboolean
on_bytes (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  IwRelatedReader *self = data;

  if (self->doc != NULL)
    return iw_blob_writer_write (self->writer, bytes, length, error);
  if (self->json->len + length > MAX_DOCUMENT)
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID,
                           "document_too_large: The document is too large.");
      return FALSE;
    }
  g_byte_array_append (self->json, bytes, length);
  return TRUE;
}

static gboolean
on_end (gpointer data, GError **error)
{
  IwRelatedReader *self = data;

  if (self->doc != NULL)
    return end_attachment (self, error);
  self->doc =
      iw_wire_read_doc_text ((const char *)self->json->data, self->json->len, MAX_DOCUMENT, error);
  g_byte_array_set_size (self->json, 0);
  return self->doc != NULL && iw_wire_store_inline (self->doc, self->dir, error);
}

/* ---- the reader ---- */

IwRelatedReader *
iw_related_reader_new (const char *dir, const char *boundary)
{
  static const IwMultipartFuncs funcs = { on_part, on_bytes, on_end };
  IwRelatedReader *self = g_new0 (IwRelatedReader, 1);

  self->dir = g_strdup (dir);
  self->json = g_byte_array_new ();
  self->multipart = iw_multipart_reader_new (boundary, &funcs, self);
  return self;
}

void
iw_related_reader_free (IwRelatedReader *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->multipart);
  g_clear_pointer (&self->writer, iw_blob_writer_free);
  g_clear_pointer (&self->doc, iw_wire_doc_free);
  g_byte_array_unref (self->json);
  g_free (self->dir);
  g_free (self);
}

gboolean
iw_related_reader_feed (IwRelatedReader *self, const guint8 *bytes, gsize length, GError **error)
{
  return iw_multipart_reader_feed (self->multipart, bytes, length, error);
}

IwWireDoc *
iw_related_reader_finish (IwRelatedReader *self, GError **error)
{
  IwWireAttachment *left;

  if (!iw_multipart_reader_finish (self->multipart, error))
    return NULL;
  if (self->doc == NULL)
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID,
                           "bad_request: There is no document in the body.");
      return NULL;
    }
  left = find_attachment (self, NULL);
  if (left != NULL)
    {
      refuse (error, "did not come", left->attachment.name);
      return NULL;
    }
  return g_steal_pointer (&self->doc);
}
