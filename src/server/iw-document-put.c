/* PUT, POST and DELETE of a document: as JSON, or as multipart/related with its attachments. */
#include "config.h"

#include <string.h>

#include "iw-document-write.h"
#include "iw-handlers.h"
#include "iw-paged-answer.h"
#include "iw-related-reader.h"
#include "iw-upload.h"

#define MAX_JSON (64 * 1024 * 1024) /* with inline attachments */

/* Lives as long as anybody has it: the upload, then the job. */
typedef struct
{
  IwRequest *request;
  char *docid; /* of the path; NULL: of the document, else a new one */
  char *rev;   /* of the query or If-Match */
  gboolean new_edits;
  gboolean deletes;
  GBytes *body; /* JSON */
  IwRelatedReader *related;
  IwWireDoc *doc;
  char *new_rev;
} Put;

static void
put_clear (gpointer data)
{
  Put *self = data;

  g_clear_object (&self->request);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->related, iw_related_reader_free);
  g_clear_pointer (&self->doc, iw_wire_doc_free);
  g_free (self->docid);
  g_free (self->rev);
  g_free (self->new_rev);
}

static void
put_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, put_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Put, put_unref)

/* ---- in the writer's thread ---- */

static gboolean
read_body (Put *self, IwStore *store, GError **error)
{
  gsize length;
  const char *text;

  if (self->doc != NULL)
    return TRUE;
  text = g_bytes_get_data (self->body, &length);
  self->doc = iw_wire_read_doc_text (text != NULL ? text : "", length, MAX_JSON, error);
  return self->doc != NULL && iw_wire_store_inline (self->doc, iw_store_get_dir (store), error);
}

static gboolean
settle_id (Put *self, GError **error)
{
  IwWireDoc *doc = self->doc;

  if (self->docid == NULL)
    self->docid = doc->docid != NULL ? g_strdup (doc->docid) : iw_document_make_id ();
  if (doc->docid != NULL && strcmp (doc->docid, self->docid) != 0)
    return iw_refuse (error, 400, "Document ID must match the one in the address.");
  g_free (doc->docid);
  doc->docid = g_strdup (self->docid);
  return TRUE;
}

static gboolean
settle_rev (Put *self, GError **error)
{
  IwWireDoc *doc = self->doc;

  if (self->rev == NULL)
    return TRUE;
  if (doc->rev != NULL && strcmp (doc->rev, self->rev) != 0)
    return iw_refuse (error, 400,
                      "Document rev from request body and query string have different values");
  if (doc->rev == NULL)
    {
      doc->rev = g_strdup (self->rev);
      doc->revs = g_strdupv ((char *[]){ self->rev, NULL });
    }
  return TRUE;
}

static gboolean
write_document (IwStore *store, gpointer data, GError **error)
{
  Put *self = data;
  const IwAccount *account = iw_request_get_account (self->request);

  if (self->deletes)
    return iw_document_delete (store, account, self->docid, self->rev, &self->new_rev, error);
  return read_body (self, store, error) && settle_id (self, error) && settle_rev (self, error) &&
         iw_document_write (store, account, self->doc, self->new_edits, &self->new_rev, error);
}

/* ---- on the main thread ---- */

static void
on_written (IwDatabase *database, gpointer data, const GError *error)
{
  Put *self = data;

  if (error != NULL)
    iw_answer_gerror (self->request, error);
  else
    iw_handler_answer_written (self->request, self->deletes ? 200 : 201, self->docid, NULL,
                               self->new_rev);
}

static void
start_write (Put *self)
{
  iw_database_write (iw_request_get_database (self->request), write_document,
                     g_atomic_rc_box_acquire (self), on_written, put_unref);
}

static void
on_json (IwRequest *request, GBytes *body, gpointer data)
{
  Put *self = data;

  self->body = g_bytes_ref (body);
  start_write (self);
}

static gboolean
related_bytes (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  return iw_related_reader_feed (((Put *)data)->related, bytes, length, error);
}

static gboolean
related_finish (gpointer data, GError **error)
{
  Put *self = data;

  self->doc = iw_related_reader_finish (self->related, error);
  return self->doc != NULL;
}

static void
related_done (IwRequest *request, gpointer data, const GError *error)
{
  if (error != NULL)
    iw_answer_gerror (request, error);
  else
    start_write (data);
}

/* Takes @request. NULL where it is answered already. */
static Put *
put_new (IwRequest *request, char *docid)
{
  Put *self = g_atomic_rc_box_new0 (Put);

  self->request = request;
  self->docid = docid;
  if (iw_handler_get_rev (request, &self->rev) &&
      iw_request_get_query_bool (request, "new_edits", TRUE, &self->new_edits))
    return self;
  put_unref (self);
  return NULL;
}

void
iw_handle_document_put (IwRequest *request)
{
  static const IwUploadFuncs funcs = { related_bytes, related_finish, related_done };
  g_autoptr (IwRequest) mine = request;
  const char *type = iw_request_get_header (request, "Content-Type");
  g_autofree char *boundary = iw_multipart_boundary (type);
  char *docid = iw_handler_get_docid (request);
  Put *self = docid != NULL ? put_new (g_steal_pointer (&mine), docid) : NULL;

  if (self == NULL)
    return;
  if (boundary != NULL)
    {
      self->related =
          iw_related_reader_new (iw_database_get_dir (iw_request_get_database (request)), boundary);
      iw_upload_start (request, &funcs, self, put_unref);
    }
  else if (type != NULL && g_ascii_strncasecmp (type, "multipart/", 10) == 0)
    {
      iw_request_answer_error (request, 400, "bad_request", "The Content-Type has no boundary.");
      put_unref (self);
    }
  else
    iw_upload_collect (request, MAX_JSON, on_json, self, put_unref);
}

void
iw_handle_document_post (IwRequest *request)
{
  g_autoptr (Put) self = NULL;
  const char *type = iw_request_get_header (request, "Content-Type");

  if (type == NULL || g_ascii_strncasecmp (type, "application/json", 16) != 0)
    {
      iw_request_answer_error (request, 415, "bad_content_type",
                               "Content-Type must be application/json");
      g_object_unref (request);
      return;
    }
  self = put_new (request, NULL);
  if (self == NULL)
    return;
  self->body = iw_request_get_body (request);
  start_write (self);
}

void
iw_handle_document_delete (IwRequest *request)
{
  g_autoptr (IwRequest) mine = request;
  char *docid = iw_handler_get_docid (request);
  g_autoptr (Put) self = docid != NULL ? put_new (g_steal_pointer (&mine), docid) : NULL;

  if (self == NULL)
    return;
  self->deletes = TRUE;
  start_write (self);
}
