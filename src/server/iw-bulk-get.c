/* _bulk_get: many revisions in one go, as JSON or multipart. */
#include "config.h"

#include <string.h>

#include "iw-document-read.h"
#include "iw-handlers.h"

typedef struct
{
  IwPagedHead head;
  GBytes *body;
  yyjson_doc *json;     /* once it is read */
  yyjson_arr_iter docs; /* goes on with each page */
  IwDocumentQuery query;
  char *content_type;
  char *boundary; /* NULL: JSON */
  guint n;        /* documents asked for so far */
} BulkGet;

static void
bulk_get_free (gpointer data)
{
  BulkGet *self = data;

  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, yyjson_doc_free);
  iw_document_query_clear (&self->query);
  g_free (self->content_type);
  g_free (self->boundary);
  g_free (self);
}

static void
add_text (IwPage *page, const char *text)
{
  if (page->pieces != NULL)
    iw_pieces_stream_add_text (page->pieces, text);
  else
    g_string_append (page->text, text);
}

/* ---- one revision ---- */

static char *
describe_error (const char *docid, const char *rev, const char *error, const char *reason)
{
  GString *out = g_string_new ("{\"id\":");

  iw_canonical_append_string (out, docid);
  g_string_append (out, ",\"rev\":");
  iw_canonical_append_string (out, rev != NULL ? rev : "undefined");
  g_string_append_printf (out, ",\"error\":\"%s\",\"reason\":", error);
  iw_canonical_append_string (out, reason);
  g_string_append_c (out, '}');
  return g_string_free_and_steal (out);
}

static void
add_error (BulkGet *self,
           IwPage *page,
           const char *docid,
           const char *rev,
           const char *error,
           const char *reason)
{
  g_autofree char *json = describe_error (docid, rev, error, reason);

  if (self->boundary != NULL)
    {
      iw_document_add_error_part (page->pieces, json, self->boundary);
      return;
    }
  add_text (page, "{\"error\":");
  add_text (page, json);
  add_text (page, "}");
}

static gboolean
add_found (BulkGet *self, IwPage *page, const IwDocumentFound *found, GError **error)
{
  gboolean ok;

  if (self->boundary != NULL)
    return iw_document_add_part (page->pieces, found, self->boundary, error);
  add_text (page, "{\"ok\":");
  ok = page->pieces != NULL ? iw_wire_add_doc (page->pieces, &found->doc, &found->options, error)
                            : iw_wire_append_doc (page->text, &found->doc, &found->options, error);
  add_text (page, "}");
  return ok;
}

static gboolean
add_rev (BulkGet *self,
         IwStore *store,
         IwPage *page,
         const char *docid,
         const char *rev,
         const IwDocumentQuery *query,
         GError **error)
{
  g_auto (IwDocumentFound) found = { .doc = { NULL } };
  g_autoptr (GError) local = NULL;

  if (iw_document_find (store, docid, rev, query, &found, &local))
    return add_found (self, page, &found, error);
  if (local->domain != IW_REQUEST_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  add_error (self, page, docid, rev, "not_found", local->message);
  return TRUE;
}

/* ---- one document ---- */

/* All that comes of one line of the question: a revision's newest leaves with latest, all leaves
 * without a revision. */
static gboolean
add_revs (BulkGet *self,
          IwStore *store,
          IwPage *page,
          const char *docid,
          const char *rev,
          IwDocumentQuery *query,
          GError **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  char *asked[] = { (char *)rev, NULL };
  IwDocumentQuery open = { .open_revs = asked, .all_revs = rev == NULL, .latest = query->latest };
  g_auto (GStrv) revs = NULL;

  if (rev != NULL && !query->latest)
    return add_rev (self, store, page, docid, rev, query, error);
  revs = iw_document_open_revs (store, docid, &open, missing, error);
  if (revs == NULL)
    return FALSE;
  query->latest = FALSE;
  for (guint i = 0; revs[i] != NULL; i++)
    {
      if (i > 0 && self->boundary == NULL)
        add_text (page, ",");
      if (!add_rev (self, store, page, docid, revs[i], query, error))
        return FALSE;
    }
  if (revs[0] == NULL)
    add_error (self, page, docid, rev, "not_found", "missing");
  return TRUE;
}

static gboolean
add_valid (BulkGet *self, IwStore *store, IwPage *page, yyjson_val *value, GError **error)
{
  const char *docid = yyjson_get_str (yyjson_obj_get (value, "id"));
  yyjson_val *told = yyjson_obj_get (value, "rev");
  const char *rev = yyjson_get_str (told);
  yyjson_val *since = yyjson_obj_get (value, "atts_since");
  IwDocumentQuery query = self->query;
  gboolean ok;

  if (docid == NULL)
    {
      add_error (self, page, "null", rev, "bad_request", "document id missed");
      return TRUE;
    }
  if (told != NULL && (rev == NULL || iw_wire_rev_generation (rev) == 0))
    {
      add_error (self, page, docid, rev, "bad_request", "Invalid rev format");
      return TRUE;
    }
  query.atts_since = since != NULL ? iw_document_read_revs (since) : NULL;
  query.attachments |= self->boundary != NULL;
  ok = add_revs (self, store, page, docid, rev, &query, error);
  g_strfreev (query.atts_since);
  return ok;
}

static gboolean
add_document (BulkGet *self, IwStore *store, IwPage *page, yyjson_val *value, GError **error)
{
  const char *docid = yyjson_get_str (yyjson_obj_get (value, "id"));
  g_autoptr (GString) head = g_string_new (self->n > 0 ? ",{\"id\":" : "{\"id\":");

  if (self->boundary != NULL)
    return add_valid (self, store, page, value, error);
  iw_canonical_append_string (head, docid != NULL ? docid : "null");
  g_string_append (head, ",\"docs\":[");
  add_text (page, head->str);
  if (!add_valid (self, store, page, value, error))
    return FALSE;
  add_text (page, "]}");
  return TRUE;
}

/* ---- pages ---- */

static gboolean
read_question (BulkGet *self, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (self->body, &length);
  yyjson_val *docs;

  self->json = iw_canonical_read (text != NULL ? text : "", length, error);
  if (self->json == NULL)
    return FALSE;
  docs = yyjson_obj_get (yyjson_doc_get_root (self->json), "docs");
  if (!yyjson_is_arr (docs))
    return iw_refuse (error, 400, "Missing JSON list of 'docs'.");
  yyjson_arr_iter_init (docs, &self->docs);
  return TRUE;
}

static gboolean
is_full (const IwPage *page)
{
  return page->text->len >= IW_PAGE_BYTES ||
         (page->pieces != NULL && iw_pieces_stream_get_length (page->pieces) >= IW_PAGE_BYTES);
}

static void
end (BulkGet *self, IwPage *page)
{
  g_autofree char *text =
      self->boundary != NULL ? g_strdup_printf ("\r\n--%s--", self->boundary) : g_strdup ("]}\n");

  page->last = TRUE;
  add_text (page, text);
}

static gboolean
make_page (IwStore *store, IwPage *page, gpointer data, GError **error)
{
  BulkGet *self = data;
  gboolean first = self->json == NULL;
  yyjson_val *value;

  if (first && !read_question (self, error))
    return FALSE;
  if (self->boundary != NULL || self->query.attachments)
    page->pieces = iw_pieces_stream_new ();
  if (first && self->boundary == NULL)
    add_text (page, "{\"results\":[");
  while (!is_full (page) && (value = yyjson_arr_iter_next (&self->docs)) != NULL)
    {
      if (!add_document (self, store, page, value, error))
        return FALSE;
      self->n++;
    }
  if (!is_full (page))
    end (self, page);
  return TRUE;
}

void
iw_handle_bulk_get (IwRequest *request)
{
  g_autoptr (IwRequest) mine = request;
  IwDocumentQuery query;
  BulkGet *self;

  if (!iw_document_query_init (&query, request))
    return;
  self = g_new0 (BulkGet, 1);
  self->query = query;
  self->body = iw_request_get_body (request);
  self->head.status = 200;
  self->head.content_type = "application/json";
  if (iw_request_wants_multipart (request))
    {
      self->boundary = iw_wire_make_boundary ();
      self->content_type = g_strdup_printf ("multipart/mixed; boundary=\"%s\"", self->boundary);
      self->head.content_type = self->content_type;
    }
  iw_paged_answer_start (g_steal_pointer (&mine), &self->head, make_page, self, bulk_get_free);
}
