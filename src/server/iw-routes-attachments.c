/* Attachments: read with ranges, written as they come. */
#include "config.h"

#include <string.h>

#include "iw-blob-writer.h"
#include "iw-document-write.h"
#include "iw-handlers.h"
#include "iw-paged-answer.h"
#include "iw-upload.h"

#define MAX_BYTES (G_GINT64_CONSTANT (1) << 40) /* the server's limit for bodies comes first */

typedef struct
{
  IwRequest *request;
  char *docid;
  char *name;
  char *rev;
  char *content_type;
  IwBlobWriter *writer;     /* of a PUT */
  IwAttachment *attachment; /* that was written, or found */
  char *new_rev;
} Attach;

static void
attach_clear (gpointer data)
{
  Attach *self = data;

  g_clear_object (&self->request);
  g_clear_pointer (&self->writer, iw_blob_writer_free);
  g_clear_pointer (&self->attachment, iw_attachment_free);
  g_free (self->docid);
  g_free (self->name);
  g_free (self->rev);
  g_free (self->content_type);
  g_free (self->new_rev);
}

static void
attach_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, attach_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attach, attach_unref)

/* Takes @request; NULL where it is answered. */
static Attach *
attach_new (IwRequest *request, gboolean writes)
{
  g_autoptr (Attach) self = g_atomic_rc_box_new0 (Attach);

  self->request = request;
  self->docid = iw_handler_get_docid (request);
  self->name = g_strdup (iw_request_get_part (request, "attachment"));
  if (self->docid == NULL || !iw_handler_get_rev (request, &self->rev))
    return NULL;
  if ((*self->name != '_' || !writes) && *self->name != '\0')
    return g_steal_pointer (&self);
  iw_request_answer_error (request, 400, "bad_request",
                           "Attachment name is empty or starts with prohibited character '_'");
  return NULL;
}

static IwAttachment *
find_attachment (const IwPeerDoc *doc, const char *name)
{
  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    {
      IwAttachment *attachment = doc->attachments->pdata[i];

      if (strcmp (attachment->name, name) == 0)
        return attachment;
    }
  return NULL;
}

/* ---- reading ---- */

static gboolean
find (IwStore *store, gpointer data, GError **error)
{
  Attach *self = data;
  g_auto (IwPeerDoc) doc = { NULL };
  IwAttachment *attachment;

  if (!iw_peer_find (store, self->docid, self->rev, &doc, error))
    return FALSE;
  if (doc.docid == NULL)
    return iw_refuse (error, 404, "missing");
  if (doc.deleted && self->rev == NULL)
    return iw_refuse (error, 404, "deleted");
  attachment = find_attachment (&doc, self->name);
  if (attachment == NULL || attachment->sha256 == NULL)
    return iw_refuse (error, 404, "Document is missing attachment");
  self->attachment = iw_attachment_copy (attachment);
  return TRUE;
}

/* The range that is asked for, and the status of the answer: 416 where it cannot be given. Several
 * become the whole; all from the first byte on is the whole, as in CouchDB. */
static guint
get_range (IwRequest *request, const char *etag, gint64 total, gint64 *offset, gint64 *length)
{
  SoupMessageHeaders *headers =
      soup_server_message_get_request_headers (iw_request_get_message (request));
  const char *range = iw_request_get_header (request, "Range");
  const char *if_range = iw_request_get_header (request, "If-Range");
  SoupRange *ranges;
  guint status = 416;
  int n;

  *offset = 0;
  *length = total;
  /* What is no range of bytes is passed over (RFC 9110). */
  if (range == NULL || g_ascii_strncasecmp (range, "bytes=", 6) != 0 ||
      (if_range != NULL && strcmp (if_range, etag) != 0) || strchr (range, ',') != NULL ||
      total == 0)
    return 200;
  if (!soup_message_headers_get_ranges (headers, total, &ranges, &n))
    return 416;
  if (n == 1 && ranges[0].start <= ranges[0].end && ranges[0].start < total)
    {
      *offset = MAX (ranges[0].start, 0); /* the last 100 bytes of 10 are all */
      *length = MIN (ranges[0].end, total - 1) - *offset + 1;
      status = *length == total && g_str_has_suffix (range, "-") ? 200 : 206;
    }
  soup_message_headers_free_ranges (headers, ranges);
  return status;
}

static void
send (Attach *self)
{
  IwRequest *request = self->request;
  const IwAttachment *attachment = self->attachment;
  g_autofree char *etag = g_strdup_printf ("\"%s\"", attachment->md5);
  g_autofree char *path =
      iw_blobs_path (iw_database_get_dir (iw_request_get_database (request)), attachment->sha256);
  const char *known = iw_request_get_header (request, "If-None-Match");
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  gint64 offset, length;
  guint status = get_range (request, etag, attachment->length, &offset, &length);

  iw_request_set_header (request, "ETag", etag);
  /* What others attached must not run as a page of this server. */
  iw_request_set_header (request, "Content-Security-Policy", "sandbox");
  iw_request_set_header (request, "X-Content-Type-Options", "nosniff");
  if (known != NULL && strstr (known, etag) != NULL)
    iw_request_answer_bytes (request, 304, attachment->content_type, nothing);
  else if (status != 416)
    iw_request_answer_file (request, status, path, offset, length, attachment->length,
                            attachment->content_type, etag);
  else
    {
      g_autofree char *range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, attachment->length);

      iw_request_set_header (request, "Content-Range", range);
      iw_request_answer_error (request, 416, NULL, "Requested range not satisfiable");
    }
}

static void
on_found (IwDatabase *database, gpointer data, const GError *error)
{
  Attach *self = data;

  if (error != NULL)
    iw_answer_gerror (self->request, error);
  else
    send (self);
}

static void
handle_get (IwRequest *request)
{
  Attach *self = attach_new (request, FALSE);

  if (self != NULL)
    iw_database_read (iw_request_get_database (request), find, self, on_found, attach_unref);
}

/* ---- writing: in the writer's thread ---- */

static IwWireAttachment *
copy_attachment (const IwAttachment *attachment)
{
  IwWireAttachment *copy = g_new0 (IwWireAttachment, 1);

  copy->attachment = (IwAttachment){ .name = g_strdup (attachment->name),
                                     .content_type = g_strdup (attachment->content_type),
                                     .sha256 = g_strdup (attachment->sha256),
                                     .md5 = g_strdup (attachment->md5),
                                     .length = attachment->length,
                                     .revpos = attachment->revpos };
  return copy;
}

/* The document as it is but for the attachment of that name. */
static IwWireDoc *
make_document (Attach *self, const IwPeerDoc *before)
{
  IwWireDoc *doc = g_new0 (IwWireDoc, 1);

  doc->docid = g_strdup (self->docid);
  doc->rev = g_strdup (self->rev);
  doc->body = g_strdup (before->body != NULL && !before->deleted ? before->body : "{}");
  doc->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_wire_attachment_free);
  for (guint i = 0; before->attachments != NULL && i < before->attachments->len; i++)
    {
      const IwAttachment *attachment = before->attachments->pdata[i];
      IwWireAttachment *kept;

      if (strcmp (attachment->name, self->name) == 0)
        continue;
      kept = copy_attachment (attachment);
      kept->stub = TRUE;
      g_ptr_array_add (doc->attachments, kept);
    }
  if (self->attachment != NULL)
    g_ptr_array_add (doc->attachments, copy_attachment (self->attachment));
  return doc;
}

static gboolean
write_attachment (IwStore *store, gpointer data, GError **error)
{
  Attach *self = data;
  g_auto (IwPeerDoc) before = { NULL };
  g_autoptr (IwWireDoc) doc = NULL;

  if (!iw_peer_find (store, self->docid, self->rev, &before, error))
    return FALSE;
  if (before.docid == NULL && (self->attachment == NULL || self->rev != NULL))
    return self->rev == NULL ? iw_refuse (error, 404, "missing")
                             : iw_refuse (error, 409, "Document update conflict.");
  if (self->attachment == NULL && find_attachment (&before, self->name) == NULL)
    return iw_refuse (error, 404, "Document is missing attachment");
  doc = make_document (self, &before);
  return iw_document_write (store, iw_request_get_account (self->request), doc, TRUE,
                            &self->new_rev, error);
}

/* ---- writing: main thread, and the upload's ---- */

static void
on_written (IwDatabase *database, gpointer data, const GError *error)
{
  Attach *self = data;

  if (error != NULL)
    iw_answer_gerror (self->request, error);
  else
    iw_handler_answer_written (self->request, self->attachment != NULL ? 201 : 200, self->docid,
                               self->name, self->new_rev);
}

static void
start_write (Attach *self)
{
  iw_database_write (iw_request_get_database (self->request), write_attachment,
                     g_atomic_rc_box_acquire (self), on_written, attach_unref);
}

static gboolean
on_bytes (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  return iw_blob_writer_write (((Attach *)data)->writer, bytes, length, error);
}

static gboolean
on_finish (gpointer data, GError **error)
{
  Attach *self = data;
  g_autofree char *sha256 = NULL;
  g_autofree char *md5 = NULL;
  gint64 length;

  if (!iw_blob_writer_keep (self->writer, &sha256, &md5, NULL, &length, error))
    return FALSE;
  self->attachment = iw_attachment_new (self->name, self->content_type, sha256, md5, length, 0);
  return TRUE;
}

static void
on_done (IwRequest *request, gpointer data, const GError *error)
{
  if (error != NULL)
    iw_answer_gerror (request, error);
  else
    start_write (data);
}

static void
handle_put (IwRequest *request)
{
  static const IwUploadFuncs funcs = { on_bytes, on_finish, on_done };
  g_autoptr (Attach) self = attach_new (request, TRUE);
  const char *type = iw_request_get_header (request, "Content-Type");
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;
  self->content_type = g_strdup (type != NULL && *type != '\0' ? type : "application/octet-stream");
  self->writer = iw_blob_writer_new (iw_database_get_dir (iw_request_get_database (request)), FALSE,
                                     MAX_BYTES, &error);
  if (self->writer == NULL)
    iw_answer_gerror (request, error);
  else
    iw_upload_start (request, &funcs, g_steal_pointer (&self), attach_unref);
}

static void
handle_delete (IwRequest *request)
{
  g_autoptr (Attach) self = attach_new (request, TRUE);

  if (self != NULL)
    start_write (self);
}

const IwRoute iw_routes_attachments[] = {
  { "GET", "/{db}/{docid}/{attachment...}", IW_NEEDS_MEMBER, IW_BODY_NONE, handle_get },
  { "PUT", "/{db}/{docid}/{attachment...}", IW_NEEDS_WRITER, IW_BODY_STREAM, handle_put },
  { "DELETE", "/{db}/{docid}/{attachment...}", IW_NEEDS_WRITER, IW_BODY_NONE, handle_delete },
  { "GET", "/{db}/_design/{design}/{attachment...}", IW_NEEDS_MEMBER, IW_BODY_NONE, handle_get },
  { "PUT", "/{db}/_design/{design}/{attachment...}", IW_NEEDS_WRITER, IW_BODY_STREAM, handle_put },
  { "DELETE", "/{db}/_design/{design}/{attachment...}", IW_NEEDS_WRITER, IW_BODY_NONE,
    handle_delete },
  { NULL },
};
